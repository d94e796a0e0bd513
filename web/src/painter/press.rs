//! Clicks and keys on nodes, heard once for the whole stage.

use consensus::NodeId;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, Event, EventTarget, KeyboardEvent, SvgElement};

/// The attribute by which a press finds its node.
pub(super) const NODE: &str = "data-node";

/// The listeners of one stage; dropping it removes them.
pub(super) struct Presses {
    svg: SvgElement,
    click: Closure<dyn FnMut(Event)>,
    key: Closure<dyn FnMut(KeyboardEvent)>,
}

impl Presses {
    pub(super) fn new(svg: &SvgElement, on_node: Rc<dyn Fn(NodeId)>) -> Self {
        let on_key = Rc::clone(&on_node);
        let click = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            if let Some(node) = pressed(event.target()) {
                on_node(node);
            }
        });
        let key = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| {
            let with_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
            if with_modifier || !matches!(event.key().as_str(), "Enter" | " ") {
                return;
            }
            if let Some(node) = pressed(event.target()) {
                event.prevent_default();
                if !event.repeat() {
                    on_key(node);
                }
            }
        });
        let _ = svg.add_event_listener_with_callback("click", click.as_ref().unchecked_ref());
        let _ = svg.add_event_listener_with_callback("keydown", key.as_ref().unchecked_ref());
        Self {
            svg: svg.clone(),
            click,
            key,
        }
    }
}

impl Drop for Presses {
    fn drop(&mut self) {
        let (click, key) = (self.click.as_ref(), self.key.as_ref());
        let svg = &self.svg;
        let _ = svg.remove_event_listener_with_callback("click", click.unchecked_ref());
        let _ = svg.remove_event_listener_with_callback("keydown", key.unchecked_ref());
    }
}

/// The node that an event happened on.
fn pressed(target: Option<EventTarget>) -> Option<NodeId> {
    let element = target?.dyn_into::<Element>().ok()?;
    let node = element.closest("[data-node]").ok()??;
    node.get_attribute(NODE)?.parse().ok().map(NodeId)
}
