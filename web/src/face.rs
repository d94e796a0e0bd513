//! One stage: who stands where, and the painter that draws it.

use crate::painter::{Painter, pixels};
use consensus::{Micros, NodeId};
use scenario::simulator::View;
use scene::{RuleFace, Scene, Seating, Stage, Style, compose};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, SvgElement};

/// Nodes take this long, in milliseconds, for most of the way to a new place.
const EASE: f64 = 140.0;

/// A stage of a side.
pub(crate) struct Face {
    room: Element,
    painter: Painter,
    seating: Option<Seating>,
    stage: Stage,
    river: Option<f64>,
    /// The node being looked at.
    pub(crate) selected: Option<NodeId>,
}

impl Face {
    /// A stage in `svg`, which is as large as the element round it.
    pub(crate) fn new(svg: SvgElement, prefix: &str, on_node: Rc<dyn Fn(NodeId)>) -> Option<Self> {
        let room = svg.parent_element()?;
        let painter = Painter::new(svg, prefix, on_node);
        let stage = Stage::new(0.0, 0.0);
        let mut face = Self {
            room,
            painter,
            seating: None,
            stage,
            river: None,
            selected: None,
        };
        face.measure();
        Some(face)
    }

    /// The element whose size decides.
    pub(crate) fn room(&self) -> &Element {
        &self.room
    }

    /// Takes the size anew; true where it changed.
    pub(crate) fn measure(&mut self) -> bool {
        let rect = self.room.get_bounding_client_rect();
        let stage = Stage::new(rect.width().max(1.0), rect.height().max(1.0));
        let changed = stage != self.stage;
        self.stage = stage;
        // A page that is being resized does not wander: everybody is in place at once.
        if changed {
            self.seating = None;
        }
        changed
    }

    /// Draws the run at `at`, `passed` milliseconds after the last drawing; `None` puts everybody
    /// in place at once. False while somebody is on the way to their place.
    pub(crate) fn paint(
        &mut self,
        (view, rule): (&View, RuleFace),
        at: Micros,
        passed: Option<f64>,
        arrows: bool,
    ) -> bool {
        let target = Seating::target(view, self.stage);
        let in_place = match (&mut self.seating, passed) {
            (Some(seating), Some(passed)) => {
                seating.ease(&target, 1.0 - js_sys::Math::exp(-passed / EASE));
                *seating == target
            }
            (seating, _) => {
                *seating = Some(target);
                true
            }
        };
        if let Some(seating) = &self.seating {
            let style = Style {
                rule,
                arrows,
                selected: self.selected,
            };
            let scene = compose(view, at, seating, self.stage, style);
            self.painter.paint(&scene);
            self.place_river(&scene);
        }
        in_place
    }

    /// Lets the stage say whether it stays as it is until somebody acts.
    pub(crate) fn show_still(&self, still: bool) {
        let _ = if still {
            self.room.set_attribute("data-still", "")
        } else {
            self.room.remove_attribute("data-still")
        };
    }

    /// Tells the page how high the river runs, for what floats on it.
    fn place_river(&mut self, scene: &Scene) {
        let height = scene
            .rivers
            .first()
            .map(|river| river.y - scene.view_box[1]);
        if height == self.river {
            return;
        }
        self.river = height;
        if let (Some(height), Some(room)) = (height, self.room.dyn_ref::<HtmlElement>()) {
            let _ = room.style().set_property("--river-at", &pixels(height));
        }
    }
}
