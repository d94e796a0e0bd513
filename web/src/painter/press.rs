//! What a pointer, a finger and the keys do to the stage: nodes and messages are pressed, and a line
//! across the ring is drawn. Heard once for the whole stage.

use super::stroke::Stroke;
use crate::shortcuts::{Deed, Place, deed};
use consensus::NodeId;
use scene::Point;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Document, Element, Event, EventTarget, KeyboardEvent, MouseEvent, PointerEvent, SvgElement,
};

/// The attribute by which a press finds its node.
pub(super) const NODE: &str = "data-node";
/// The attribute by which a press finds its message.
pub(super) const MESSAGE: &str = "data-message";

/// What was done to the stage.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Press {
    /// A node was clicked, or chosen with Enter or Space.
    Node(NodeId),
    /// A message that stands was clicked, or chosen with Enter or Space, here in the window.
    Message(u64, (i32, i32)),
    /// The water was clicked at this point of the scene, which is here in the window: whatever is
    /// near is meant.
    Water(Point, (i32, i32)),
    /// A pointer or the focus came to a node or a message, or left both.
    Over(Option<NodeId>, Option<u64>),
    /// A line was drawn: who stands on either side of it.
    Line([Vec<NodeId>; 2]),
}

/// All that is listened to.
const KINDS: [&str; 6] = [
    "click",
    "keydown",
    "pointerdown",
    "pointermove",
    "pointerup",
    "pointercancel",
];
/// What tells where a pointer or the focus is. A key may move the focus while it is heard.
const OVER: [&str; 4] = ["pointerover", "pointerleave", "focusin", "focusout"];

/// The listeners of one stage; dropping it removes them.
pub(super) struct Presses {
    svg: SvgElement,
    heard: Closure<dyn FnMut(Event)>,
    over: Closure<dyn Fn(Event)>,
    stroke: Rc<RefCell<Stroke>>,
}

impl Presses {
    pub(super) fn new(document: &Document, svg: &SvgElement, on_press: Rc<dyn Fn(Press)>) -> Self {
        let stroke = Rc::new(RefCell::new(Stroke::new(document, svg)));
        let (drawn, stage) = (Rc::clone(&stroke), svg.clone());
        let (told, last) = (Rc::clone(&on_press), Cell::new((None, None)));
        let over = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            if let Some(now) = over(&event).filter(|now| last.replace(*now) != *now) {
                told(Press::Over(now.0, now.1));
            }
        });
        let heard = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            let told = match event.dyn_ref::<KeyboardEvent>() {
                Some(key) => pressed_key(&stage, key),
                None => pointed(&stage, &mut drawn.borrow_mut(), &event),
            };
            if let Some(told) = told {
                on_press(told);
            }
        });
        let kinds = KINDS.map(|kind| (kind, heard.as_ref()));
        for (kind, heard) in kinds
            .into_iter()
            .chain(OVER.map(|kind| (kind, over.as_ref())))
        {
            let _ = svg.add_event_listener_with_callback(kind, heard.unchecked_ref());
        }
        Self {
            svg: svg.clone(),
            heard,
            over,
            stroke,
        }
    }

    /// Takes over where the nodes stand.
    pub(super) fn place(&self, places: Vec<(NodeId, Point)>) {
        self.stroke.borrow_mut().places = places;
    }
}

impl Drop for Presses {
    fn drop(&mut self) {
        let kinds = KINDS.map(|kind| (kind, self.heard.as_ref()));
        for (kind, heard) in kinds
            .into_iter()
            .chain(OVER.map(|kind| (kind, self.over.as_ref())))
        {
            let _ = self
                .svg
                .remove_event_listener_with_callback(kind, heard.unchecked_ref());
        }
        self.stroke.borrow().remove();
    }
}

/// The node and the message that a pointer or the focus came to. A finger comes only to press.
fn over(event: &Event) -> Option<(Option<NodeId>, Option<u64>)> {
    let touches = |it: &PointerEvent| it.pointer_type() == "touch";
    match event.type_().as_str() {
        "pointerover" if event.dyn_ref().is_some_and(touches) => None,
        "pointerover" | "focusin" => {
            let node = number(event.target(), NODE).map(NodeId);
            Some((node, number(event.target(), MESSAGE)))
        }
        _ => Some((None, None)),
    }
}

/// What a pointer did.
fn pointed(stage: &SvgElement, stroke: &mut Stroke, event: &Event) -> Option<Press> {
    let mouse = event.dyn_ref::<MouseEvent>()?;
    let near = (mouse.client_x(), mouse.client_y());
    let point = point(stage, near);
    let node = number(mouse.target(), NODE);
    if mouse.type_() == "click" {
        if stroke.has_just_ended() {
            return None;
        }
        return Some(match (node, number(mouse.target(), MESSAGE)) {
            (Some(node), _) => Press::Node(NodeId(node)),
            (None, Some(message)) => Press::Message(message, near),
            (None, None) => Press::Water(point, near),
        });
    }
    let pointer = event.dyn_ref::<PointerEvent>()?;
    match pointer.type_().as_str() {
        "pointerdown" if node.is_none() && pointer.is_primary() && pointer.button() == 0 => {
            stroke.begin(point);
        }
        "pointerdown" => stroke.give_up(),
        "pointermove" if stroke.goes_on(point) => {
            let _ = stage.set_pointer_capture(pointer.pointer_id());
        }
        "pointerup" => return stroke.end().map(Press::Line),
        "pointercancel" => stroke.give_up(),
        _ => {}
    }
    None
}

/// What a key did: it chooses what has the focus, or leads from message to message.
fn pressed_key(stage: &SvgElement, key: &KeyboardEvent) -> Option<Press> {
    let message = number(key.target(), MESSAGE);
    if message.is_some() {
        match deed(Place::Message, key) {
            Some(Deed::Next) => return neighbour(stage, key, 1),
            Some(Deed::Previous) => return neighbour(stage, key, -1),
            _ => {}
        }
    }
    if deed(Place::Stage, key) != Some(Deed::Choose) {
        return None;
    }
    let told = match message {
        Some(message) => {
            let element = key.target()?.dyn_into::<Element>().ok()?;
            Press::Message(message, middle(&element))
        }
        None => Press::Node(NodeId(number(key.target(), NODE)?)),
    };
    key.prevent_default();
    (!key.repeat()).then_some(told)
}

/// The focus goes to the next message, or the one before, and round from the last to the first.
fn neighbour(stage: &SvgElement, key: &KeyboardEvent, step: i32) -> Option<Press> {
    key.prevent_default();
    let selector = "[data-message][tabindex]:not([display=none])";
    let all = stage.query_selector_all(selector).ok()?;
    let count = i32::try_from(all.length()).ok()?;
    let here = key.target()?.dyn_into::<web_sys::Node>().ok()?;
    let element = |place: i32| all.get(u32::try_from(place).unwrap_or_default());
    let place = (0..count).find(|place| element(*place).is_some_and(|it| it == here))?;
    let next = element((place + step).rem_euclid(count))?;
    let _ = next.dyn_into::<SvgElement>().ok()?.focus();
    None
}

/// The number that an attribute gives to whatever an event happened on.
fn number<N: core::str::FromStr>(target: Option<EventTarget>, attribute: &str) -> Option<N> {
    let element = target?.dyn_into::<Element>().ok()?;
    let named = element.closest(&["[", attribute, "]"].concat()).ok()??;
    named.get_attribute(attribute)?.parse().ok()
}

/// Where in the window the middle of an element is.
fn middle(element: &Element) -> (i32, i32) {
    let rect = element.get_bounding_client_rect();
    (
        (rect.left() + rect.width() / 2.0) as i32,
        (rect.top() + rect.height() / 2.0) as i32,
    )
}

/// A place in the window, in the scene's own pixels.
fn point(stage: &SvgElement, (x, y): (i32, i32)) -> Point {
    let rect = stage.get_bounding_client_rect();
    let seen = stage.get_attribute("viewBox").unwrap_or_default();
    // The browser reads them: what reads fractions here weighs twelve kilobytes on the page.
    let mut seen = seen
        .split(' ')
        .map(|part| JsValue::from_str(part).unchecked_into_f64());
    let [left, top, width, height] = [(); 4].map(|()| seen.next().unwrap_or(1.0));
    Point::new(
        left + (f64::from(x) - rect.left()) * width / rect.width().max(1.0),
        top + (f64::from(y) - rect.top()) * height / rect.height().max(1.0),
    )
}
