//! Saves the run that is played as a scenario file.

use crate::choice::Choice;
use crate::files::Told;
use crate::seed;
use crate::text;
use scenario::{Played, ProtocolName, Run, Side};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Saves a run under the title of what was chosen: the browser asks where to, or knows.
pub(crate) fn save(run: &Run, choice: &Choice) -> Told {
    let name = file_name(choice);
    let saved = written(run, choice).and_then(|file| {
        let given = hand_over(&name, &file);
        given.map_err(|error| text::not_read(&format!("{error:?}")))
    });
    match saved {
        Ok(()) => Told::Saved(name),
        Err(why) => Told::NotSaved(why),
    }
}

/// The text of the file, or why there is none.
fn written(run: &Run, choice: &Choice) -> Result<String, String> {
    let [first, others @ ..] = run.sides() else {
        return Err(String::new());
    };
    let protocols: Vec<ProtocolName> = run.sides().iter().map(Side::protocol).collect();
    if protocols.iter().any(|it| choice.breaker_of(*it).is_some()) {
        return Err(text::RULE_IN_THE_WAY.to_string());
    }
    if others.iter().any(|it| it.setup() != first.setup()) {
        return Err(text::TWO_SETTINGS.to_string());
    }
    let played = Played {
        title: choice.title(),
        protocols: &protocols,
        setup: first.setup(),
        acts: run.acts(),
        until: run.reached(),
    };
    let scenario = played.scenario();
    let scenario = scenario.map_err(|error| text::take_it_back(&error.to_string()))?;
    Ok(scenario.text())
}

/// A name that says which run it is.
fn file_name(choice: &Choice) -> String {
    let title = choice.title().to_lowercase();
    let words = title.split(|sign: char| !sign.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    format!("{}-{}.json", words.join("-"), seed::show(choice.seed))
}

/// Gives the browser a file to save.
fn hand_over(name: &str, text: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(document) = document {
        let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    Url::revoke_object_url(&address)
}
