//! All keys of the page, as a list to read.

use crate::app::Msg;
use crate::callbacks::Link;
use crate::el::{El, button, el, span};
use crate::shortcuts::{Key, Place, SHORTCUTS, Shortcut};
use crate::text;
use yew::Html;

/// The list, place by place, and a switch for keys of a single character.
pub(crate) fn list(link: &Link, single_keys: bool) -> Html {
    let mut places: Vec<Place> = SHORTCUTS.iter().map(|it| it.place).collect();
    places.dedup();
    let groups = places.into_iter().map(group).collect();
    let on = if single_keys { "true" } else { "false" };
    let switch = button("btn switch", link, Msg::SingleKeys)
        .word("role", "switch")
        .word("aria-checked", on)
        .say(text::SINGLE_KEYS);
    el("div", "all-keys")
        .with(el("div", "shortcuts").all(groups))
        .with(switch)
        .done()
}

fn group(place: Place) -> Html {
    let here = SHORTCUTS.iter().filter(|it| it.place == place);
    el("section", "")
        .with(el("h3", "").say(text::place(place)))
        .with(el("dl", "").all(here.map(row).collect()))
        .done()
}

fn row(shortcut: &Shortcut) -> Html {
    let mut caps = el("dd", "");
    for (place, key) in shortcut.keys.iter().enumerate() {
        if place > 0 {
            caps = caps.put(span("dim", text::OR));
        }
        caps = cap(caps, *key);
    }
    el("div", "")
        .with(el("dt", "").say(text::deed(shortcut.place, shortcut.deed)))
        .with(caps)
        .done()
}

fn cap(caps: El, key: Key) -> El {
    let name = if key.shift {
        [text::SHIFT, "+", key.name].concat()
    } else {
        key.name.to_string()
    };
    let mut chord = el("span", "chord").attr("data-key", name);
    if key.shift {
        chord = chord.with(el("kbd", "").say(text::SHIFT));
    }
    caps.with(chord.with(el("kbd", "").say(text::key_cap(key.name))))
}
