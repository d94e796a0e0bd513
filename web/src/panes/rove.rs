//! One stop of the Tab key for many things: arrows go from one to the next.

use crate::el::El;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement, SvgElement};
use yew::prelude::*;
use yew::virtual_dom::Listener;

/// The attribute of what holds them: `row` where they stand in one order, `grid` where they stand in
/// rows and columns.
pub(super) const ROVER: &str = "data-rover";
/// The attribute of each of them.
pub(super) const ROVE: &str = "data-rove";

/// Hears the keys: arrows, Home and End move the focus, Enter and Space are told as `press` on what has
/// the focus.
pub(super) fn keys(press: impl Fn(&Element) + 'static) -> Rc<dyn Listener> {
    let heard = Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let Some(here) = target.filter(|it| it.has_attribute(ROVE)) else {
            return;
        };
        match event.key().as_str() {
            "Enter" | " " => {
                event.prevent_default();
                if !event.repeat() {
                    press(&here);
                }
            }
            key => {
                if moved(&here, key) {
                    event.prevent_default();
                }
            }
        }
    });
    Rc::new(yew::html::onkeydown::Wrapper::new(heard))
}

/// Moves the focus as a key says; false where it says nothing.
fn moved(here: &Element, key: &str) -> bool {
    let way = match key {
        "ArrowLeft" => (-1.0, 0.0),
        "ArrowRight" => (1.0, 0.0),
        "ArrowUp" => (0.0, -1.0),
        "ArrowDown" => (0.0, 1.0),
        "Home" | "End" => (0.0, 0.0),
        _ => return false,
    };
    let Ok(Some(rover)) = here.closest("[data-rover]") else {
        return false;
    };
    let all = elements(&rover);
    let next = match (key, rover.get_attribute(ROVER).as_deref()) {
        ("Home", _) => all.first(),
        ("End", _) => all.last(),
        (_, Some("grid")) => nearest(&all, here, way),
        _ => {
            let place = all.iter().position(|it| it == here).unwrap_or_default();
            let step = if way.0 + way.1 > 0.0 { 1 } else { -1 };
            place.checked_add_signed(step).and_then(|it| all.get(it))
        }
    };
    if let Some(next) = next {
        focus(next);
    }
    true
}

/// Everything in there that can have the focus, in order.
fn elements(rover: &Element) -> Vec<Element> {
    let Ok(list) = rover.query_selector_all("[data-rove]") else {
        return Vec::new();
    };
    let all = (0..list.length()).filter_map(|place| list.get(place)?.dyn_into().ok());
    all.collect()
}

/// What lies nearest in a direction.
fn nearest<'a>(all: &'a [Element], here: &Element, way: (f64, f64)) -> Option<&'a Element> {
    let middle = |it: &Element| {
        let rect = it.get_bounding_client_rect();
        (
            rect.left() + rect.width() / 2.0,
            rect.top() + rect.height() / 2.0,
        )
    };
    let from = middle(here);
    let far = |it: &&Element| {
        let to = middle(it);
        let (x, y) = (to.0 - from.0, to.1 - from.1);
        let (along, across) = (x * way.0 + y * way.1, x * way.1 - y * way.0);
        (along > 4.0).then_some(along + 3.0 * across.abs())
    };
    let known = all.iter().filter_map(|it| Some((far(&it)?, it)));
    known
        .min_by(|it, other| it.0.total_cmp(&other.0))
        .map(|it| it.1)
}

fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    } else if let Some(element) = element.dyn_ref::<SvgElement>() {
        let _ = element.focus();
    }
}

/// What an event happened on, or what holds that, by an attribute.
pub(super) fn within(target: Option<EventTarget>, attribute: &str) -> Option<Element> {
    let element = target?.dyn_into::<Element>().ok()?;
    element.closest(&["[", attribute, "]"].concat()).ok()?
}

/// Tells what a pointer or the focus came to in there, and nothing where it left.
pub(super) fn hovers(room: El, tell: impl Fn(Option<EventTarget>) + 'static) -> El {
    let tell = Rc::new(tell);
    let [over, focused] = [Rc::clone(&tell), Rc::clone(&tell)];
    let [left, blurred] = [Rc::clone(&tell), tell];
    let over = Callback::from(move |event: PointerEvent| over(event.target()));
    let focused = Callback::from(move |event: FocusEvent| focused(event.target()));
    room.hear(Rc::new(yew::html::onpointerover::Wrapper::new(over)))
        .hear(Rc::new(yew::html::onfocusin::Wrapper::new(focused)))
        .hear(Rc::new(yew::html::onpointerleave::Wrapper::new(
            Callback::from(move |_| left(None)),
        )))
        .hear(Rc::new(yew::html::onfocusout::Wrapper::new(
            Callback::from(move |_| blurred(None)),
        )))
}
