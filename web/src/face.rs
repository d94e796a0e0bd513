//! One stage: who stands where, and the painter that draws it.

use crate::painter::{Painter, Press, pixels};
use consensus::{Micros, NodeId};
use scenario::simulator::{Engine, View};
use scene::{CalmFills, Point, RuleFace, Scene, Seating, Stage, Style, advance, compose, hit};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, SvgElement};

/// Nodes take this long, in milliseconds, for most of the way to a new place.
const EASE: f64 = 140.0;
/// A message is meant as far away from it as this, in pixels: as wide as a finger.
const REACH: f64 = 14.0;

/// A stage of a side.
pub(crate) struct Face {
    room: Element,
    painter: Painter,
    stage: Stage,
    seating: Option<Seating>,
    fills: CalmFills,
    drawn: Option<Drawn>,
    river: Option<f64>,
    /// The node being looked at.
    pub(crate) selected: Option<NodeId>,
    /// The message being looked at.
    pub(crate) lit: Option<u64>,
    /// Whether it is on the screen, as far as is known.
    pub(crate) seen: bool,
}

/// What was drawn last, which time alone changes little of.
struct Drawn {
    /// After how many events, and the digest of them: no event, no news.
    events: (u64, u64),
    view: View,
    target: Seating,
    style: Style,
    scene: Scene,
}

/// When a stage is drawn, and how.
#[derive(Clone, Copy)]
pub(crate) struct Moment {
    /// The moment of the run.
    pub(crate) at: Micros,
    /// Real time, in milliseconds.
    pub(crate) now: f64,
    /// Milliseconds of real time since the last drawing; `None` puts everybody in place at once.
    pub(crate) passed: Option<f64>,
    /// Whether messages show where they go.
    pub(crate) arrows: bool,
}

impl Face {
    /// A stage in `svg`, which is as large as the element round it.
    pub(crate) fn new(svg: SvgElement, prefix: &str, on_press: Rc<dyn Fn(Press)>) -> Option<Self> {
        let room = svg.parent_element()?;
        let painter = Painter::new(svg, prefix, on_press);
        let stage = Stage::new(0.0, 0.0);
        let mut face = Self {
            room,
            painter,
            stage,
            seating: None,
            fills: CalmFills::default(),
            drawn: None,
            river: None,
            selected: None,
            lit: None,
            seen: true,
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
            self.drawn = None;
        }
        changed
    }

    /// The message that somebody points at, of those that are on their wires.
    pub(crate) fn message_at(&self, point: Point) -> Option<u64> {
        let scene = &self.drawn.as_ref()?.scene;
        let meant = hit(scene, point, REACH).filter(|flight| flight.fall.is_none());
        meant.map(|flight| flight.id)
    }

    /// Another run is to be drawn, which may have had as many events.
    pub(crate) fn forget(&mut self) {
        self.drawn = None;
    }

    /// Draws a run, unless nobody can see it. False while something is still to be drawn though no
    /// time passes in the run: somebody is on the way to their place, or yet to take up a fill.
    pub(crate) fn paint(&mut self, run: &dyn Engine, rule: RuleFace, moment: Moment) -> bool {
        // Out of sight it stands as it was; but it is there, for whoever reads the page by its names.
        if !self.seen && self.drawn.is_some() {
            return true;
        }
        let style = Style {
            rule,
            arrows: moment.arrows,
            selected: self.selected,
        };
        let events = (run.events(), run.digest());
        let known = self.drawn.take().filter(|drawn| drawn.events == events);
        let (view, target, old) = match known {
            Some(drawn) => {
                let same = drawn.style == style;
                (drawn.view, drawn.target, Some(drawn.scene).filter(|_| same))
            }
            None => {
                let view = run.glance();
                let target = Seating::target(&view, self.stage);
                (view, target, None)
            }
        };
        let moves = self.settle(&target, moment.passed);
        let Some(seating) = &self.seating else {
            return true;
        };
        let composed = moves || old.is_none();
        let mut scene = match old.filter(|_| !moves) {
            Some(mut scene) => {
                advance(&mut scene, &view, moment.at, seating, style);
                scene
            }
            None => compose(&view, moment.at, seating, self.stage, style),
        };
        let is_calm = self.fills.settle(&mut scene, moment.now);
        let in_place = *seating == target;
        self.painter.paint(&scene, composed);
        self.painter.light(&scene, self.lit);
        self.place_river(&scene);
        self.drawn = Some(Drawn {
            events,
            view,
            target,
            style,
            scene,
        });
        in_place && is_calm
    }

    /// Moves everybody towards their place; false where all are there already.
    fn settle(&mut self, target: &Seating, passed: Option<f64>) -> bool {
        if self.seating.as_ref() == Some(target) {
            return false;
        }
        match (&mut self.seating, passed) {
            (Some(seating), Some(passed)) => {
                seating.ease(target, 1.0 - js_sys::Math::exp(-passed / EASE));
            }
            (seating, _) => *seating = Some(target.clone()),
        }
        true
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
