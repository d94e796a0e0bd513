//! Arrows lead from one button to the next where many stand in rows: only one of a row is reached
//! with Tab.

use crate::shortcuts::{Deed, Place, deed};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;
use yew::virtual_dom::Listener;

/// A marker with this keeps its tip to itself.
const HUSHED: &str = "data-hushed";

/// Listens in a whole of rows of markers.
pub(crate) fn among_markers() -> Rc<dyn Listener> {
    heard(|event| go(event, Place::Marker, ".marks", "button"))
}

/// Listens in a list of branches.
pub(crate) fn among_branches() -> Rc<dyn Listener> {
    heard(|event| go(event, Place::Branch, ".twigs", "button"))
}

fn heard(go: fn(&KeyboardEvent) -> Option<()>) -> Rc<dyn Listener> {
    let heard = Callback::from(move |event: KeyboardEvent| {
        if go(&event).is_some() {
            event.prevent_default();
        }
    });
    Rc::new(yew::html::onkeydown::Wrapper::new(heard))
}

/// Moves the focus, where it stands on one of these.
fn go(event: &KeyboardEvent, place: Place, row: &str, one: &str) -> Option<()> {
    let deed = deed(place, event)?;
    let here = event.target()?.dyn_into::<Element>().ok()?;
    let here = here.closest(one).ok()??;
    let own = here.closest(row).ok()??;
    let all = elements(&own, one);
    let at = all.iter().position(|it| *it == here)?;
    let goal = match deed {
        Deed::Next => all.get(at + 1),
        Deed::Previous => at.checked_sub(1).and_then(|it| all.get(it)),
        Deed::First => all.first(),
        Deed::Last => all.last(),
        Deed::Above => return other(&here, &own, row, one, -1),
        Deed::Below => return other(&here, &own, row, one, 1),
        Deed::Leave => {
            let _ = here.set_attribute(HUSHED, "");
            return None;
        }
        _ => return None,
    };
    focus(goal);
    Some(())
}

/// To the nearest one of the next row that has any, in this direction.
fn other(here: &Element, own: &Element, row: &str, one: &str, step: isize) -> Option<()> {
    let whole = own.closest(".lanes").ok()??;
    let rows = elements(&whole, row);
    let mut at = rows.iter().position(|it| it == own)?;
    let left = |it: &Element| it.get_bounding_client_rect().left();
    while let Some(next) = at.checked_add_signed(step).filter(|it| *it < rows.len()) {
        at = next;
        let all = elements(&rows[at], one);
        let far = |it: &&Element| (left(it) - left(here)).abs();
        if let Some(nearest) = all.iter().min_by(|a, b| far(a).total_cmp(&far(b))) {
            focus(Some(nearest));
            break;
        }
    }
    Some(())
}

fn elements(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = within.query_selector_all(selector) else {
        return Vec::new();
    };
    let places = 0..found.length();
    let one = |place| found.get(place)?.dyn_into().ok();
    places.filter_map(one).collect()
}

fn focus(goal: Option<&Element>) {
    if let Some(goal) = goal.and_then(|it| it.dyn_ref::<HtmlElement>()) {
        let _ = goal.remove_attribute(HUSHED);
        let _ = goal.focus();
    }
}
