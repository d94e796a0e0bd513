//! Reads a scenario file that a person gave.

use crate::app::Msg;
use crate::callbacks::Link;
use crate::files::{FilesMsg, Opened, Told};
use crate::text;
use scenario::Scenario;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// No scenario that people write is nearly as large, in kilobytes.
const MOST: u64 = 1_000;

/// Reads what was given, and tells the page what came of it.
pub(crate) fn read(link: &Link, files: Vec<File>) {
    let link = link.clone();
    yew::platform::spawn_local(async move {
        let msg = match opened(&files).await {
            Ok(opened) => FilesMsg::Opened(Rc::new(opened)),
            Err(told) => FilesMsg::Told(told),
        };
        link.send_message(Msg::Files(msg));
    });
}

async fn opened(files: &[File]) -> Result<Opened, Told> {
    let names: Vec<String> = files.iter().map(File::name).collect();
    let refused = |place: String, problem: String| Told::Refused {
        name: names.join(", "),
        place,
        problem,
    };
    let plainly = |problem| refused(String::new(), problem);
    let [file] = files else {
        return Err(plainly(text::ONE_FILE.to_string()));
    };
    let kilobytes = (file.size() / 1_000.0) as u64;
    if kilobytes > MOST {
        return Err(plainly(text::too_large(kilobytes, MOST)));
    }
    let read = JsFuture::from(file.text()).await;
    let read = read.map_err(|error| plainly(text::not_read(&words(error))))?;
    let scenario = Scenario::parse(&read.as_string().unwrap_or_default())
        .map_err(|error| refused(text::in_line(error.line, &error.field), error.problem))?;
    Ok(Opened {
        setup: scenario.setup(),
        title: scenario.title,
        watch: scenario.watch,
        protocols: scenario.protocols,
    })
}

/// What the browser says of an error.
fn words(error: JsValue) -> String {
    let said = js_sys::Error::from(error).message();
    said.as_string().unwrap_or_default()
}
