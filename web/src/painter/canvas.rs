//! Messages as strokes on a canvas: what moves in every frame is drawn, not made of elements.

use super::inks::{Ink, Inks};
use super::mark::Mark;
use super::outline::{outline, sign};
use js_sys::Array;
use scene::glyph::{OUTLINES, SIGNS};
use scene::{Fall, FlightShape, Point, Scene};
use std::cell::{Cell, RefCell};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, Document, Element, HtmlCanvasElement, Path2d, Window};

/// The canvas under a stage, of the stage's size.
pub(super) struct FlightCanvas {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    window: Window,
    document: Document,
    inks: Inks,
    outlines: Vec<Path2d>,
    signs: Vec<Path2d>,
    wire_dash: JsValue,
    fall_dash: JsValue,
    no_dash: JsValue,
    /// Device pixels for a pixel of the page, and where the stage's upper left corner lies.
    view: View,
    brush: Brush,
    /// Whether nothing is drawn.
    blank: bool,
}

/// What was set last: setting it again costs as much as a stroke.
#[derive(Default)]
struct Brush {
    fill: RefCell<String>,
    stroke: RefCell<String>,
    width: Cell<f64>,
    font: RefCell<String>,
}

#[derive(Clone, Copy, Default, PartialEq)]
struct View {
    ratio: f64,
    view_box: [f64; 4],
}

/// Whether a message is drawn here while others fly: what is in pieces, or held, stays a mark.
pub(super) const fn is_drawn(shape: &FlightShape) -> bool {
    !shape.body.broken && !shape.held
}

/// What is drawn here and has not left its wire, the oldest first.
fn flying(scene: &Scene) -> impl Iterator<Item = &FlightShape> {
    let drawn = scene.flights.iter().filter(|shape| is_drawn(shape));
    drawn.filter(|shape| shape.fall.is_none())
}

fn dash(lengths: &[f64]) -> JsValue {
    let lengths: Array = lengths.iter().copied().map(JsValue::from_f64).collect();
    lengths.into()
}

impl FlightCanvas {
    /// Puts a canvas before `svg`, of which `layer` is a part. None where the browser has no canvas.
    pub(super) fn new(document: &Document, svg: &Element, layer: &Mark) -> Option<Self> {
        let window = web_sys::window()?;
        let canvas = document.create_element("canvas").ok()?;
        let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
        let context = canvas.get_context("2d").ok()??;
        let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
        canvas.set_class_name("flights");
        let _ = canvas.set_attribute("aria-hidden", "true");
        svg.before_with_node_1(&canvas).ok()?;
        let paths = |texts: &[&str]| -> Option<Vec<Path2d>> {
            let paths = texts.iter().map(|text| Path2d::new_with_path_string(text));
            paths.collect::<Result<_, _>>().ok()
        };
        Some(Self {
            outlines: paths(&OUTLINES)?,
            signs: paths(&SIGNS)?,
            wire_dash: dash(&[1.0, 5.0]),
            fall_dash: dash(&[2.0, 4.0]),
            no_dash: dash(&[]),
            inks: Inks::new(window.clone(), document, layer),
            document: document.clone(),
            canvas,
            context,
            window,
            view: View::default(),
            brush: Brush::default(),
            blank: true,
        })
    }

    /// Takes all messages off.
    pub(super) fn clear(&mut self) {
        if !core::mem::replace(&mut self.blank, true) {
            let _ = self.context.reset_transform();
            let (width, height) = (self.canvas.width(), self.canvas.height());
            self.context
                .clear_rect(0.0, 0.0, width.into(), height.into());
        }
    }

    /// Draws the messages of a scene, the oldest at the bottom.
    pub(super) fn paint(&mut self, scene: &Scene) {
        self.clear();
        let mut flights = scene.flights.iter().filter(|shape| is_drawn(shape));
        if flights.next().is_none() {
            return;
        }
        self.blank = false;
        self.fit(scene.view_box);
        self.inks.refresh(&self.document);
        self.context.set_global_alpha(1.0);
        if !scene.dense {
            self.paint_wires(scene);
            self.paint_tails(scene);
        }
        self.paint_falling(scene);
        // One kind after the other, for a change of colour costs more than a stroke.
        self.paint_bodies(scene, false);
        self.paint_bodies(scene, true);
        self.paint_signs(scene);
    }

    /// Makes it as fine as the screen is.
    fn fit(&mut self, view_box: [f64; 4]) {
        let ratio = self.window.device_pixel_ratio();
        let view = View { ratio, view_box };
        if view != self.view {
            self.view = view;
            let pixels = |size: f64| (size * ratio).round() as u32;
            self.canvas.set_width(pixels(view_box[2]));
            self.canvas.set_height(pixels(view_box[3]));
            // All that was set on it is gone.
            self.brush = Brush::default();
            self.context.set_line_join("round");
            self.context.set_line_cap("round");
            self.context.set_text_align("center");
        }
    }

    /// What the text in messages is written with. To set it has the browser work out all its styles.
    fn set_font(&self) {
        let mut set = self.brush.font.borrow_mut();
        if *set != self.inks.font {
            set.clone_from(&self.inks.font);
            self.context.set_font(&set);
        }
    }

    fn fill_style(&self, colour: &str) {
        let mut set = self.brush.fill.borrow_mut();
        if *set != colour {
            colour.clone_into(&mut set);
            self.context.set_fill_style_str(colour);
        }
    }

    fn stroke_style(&self, colour: &str, width: f64) {
        let mut set = self.brush.stroke.borrow_mut();
        if *set != colour {
            colour.clone_into(&mut set);
            self.context.set_stroke_style_str(colour);
        }
        if self.brush.width.replace(width) != width {
            self.context.set_line_width(width);
        }
    }

    /// From now on, `at` is the origin, turned by so many degrees and so much larger.
    fn stand_at(&self, at: Point, degrees: f64, scale: f64) {
        let View { ratio, view_box } = self.view;
        let size = ratio * scale;
        let along = if degrees == 0.0 {
            Point::new(size, 0.0)
        } else {
            Point::polar(degrees.to_radians(), size)
        };
        let _ = self.context.set_transform(
            along.x,
            along.y,
            -along.y,
            along.x,
            (at.x - view_box[0]) * ratio,
            (at.y - view_box[1]) * ratio,
        );
    }

    /// The wires ahead, all at once: they lie under everything.
    fn paint_wires(&self, scene: &Scene) {
        let context = &self.context;
        self.stand_at(Point::default(), 0.0, 1.0);
        context.begin_path();
        flying(scene).for_each(|shape| self.trace_wire(shape));
        self.stroke_wire(0.75);
        context.set_global_alpha(1.0);
    }

    /// From its end, so that its dots stand still while the message comes.
    fn trace_wire(&self, shape: &FlightShape) {
        let Some((from, to)) = shape.wire else { return };
        let heading = Point::polar(shape.direction.to_radians(), 1.0);
        let (end, start) = (shape.anchor + heading * to, shape.anchor + heading * from);
        self.context.move_to(end.x, end.y);
        self.context.line_to(start.x, start.y);
    }

    fn stroke_wire(&self, alpha: f64) {
        let context = &self.context;
        context.set_global_alpha(alpha);
        self.stroke_style(&self.inks.wire, 1.25);
        let _ = context.set_line_dash(&self.wire_dash);
        context.stroke();
        let _ = context.set_line_dash(&self.no_dash);
    }

    /// The tails behind, as many at once as are of one colour.
    fn paint_tails(&self, scene: &Scene) {
        let context = &self.context;
        self.stand_at(Point::default(), 0.0, 1.0);
        let mut run = None;
        for shape in flying(scene) {
            if run != Some(shape.fill) {
                if run.is_some() {
                    context.fill();
                }
                run = Some(shape.fill);
                context.begin_path();
                if let Some(ink) = self.inks.of(shape.fill) {
                    self.fill_style(&ink.tail);
                }
            }
            let heading = Point::polar(shape.direction.to_radians(), 1.0);
            let aside = heading.right() * shape.tail_half;
            let [left, end, right] = [
                shape.anchor - aside,
                shape.anchor - heading * shape.tail,
                shape.anchor + aside,
            ];
            context.move_to(left.x, left.y);
            context.line_to(end.x, end.y);
            context.line_to(right.x, right.y);
        }
        if run.is_some() {
            context.fill();
        }
    }

    /// What falls is as faint as it has sunk, and so is drawn one by one.
    fn paint_falling(&self, scene: &Scene) {
        for shape in scene.flights.iter().filter(|shape| is_drawn(shape)) {
            if let (Some(fall), Some(ink)) = (&shape.fall, self.inks.of(shape.fill)) {
                self.paint_fall(shape, fall, ink, scene.dense);
                self.paint_body(shape, ink);
                if let Some(sign) = sign(&shape.body) {
                    self.stroke_style(&self.inks.sign, 2.5);
                    self.context.stroke_with_path(&self.signs[sign]);
                }
                self.context.set_global_alpha(1.0);
            }
        }
    }

    fn paint_bodies(&self, scene: &Scene, answers: bool) {
        for shape in flying(scene).filter(|shape| shape.body.answer.is_some() == answers) {
            if let Some(ink) = self.inks.of(shape.fill) {
                self.paint_body(shape, ink);
            }
        }
    }

    fn paint_signs(&self, scene: &Scene) {
        for shape in flying(scene) {
            if let Some(sign) = sign(&shape.body) {
                self.stand_at(shape.at, 0.0, shape.body.scale);
                self.stroke_style(&self.inks.sign, 2.5);
                self.context.stroke_with_path(&self.signs[sign]);
            }
        }
    }

    fn paint_body(&self, shape: &FlightShape, ink: &Ink) {
        let (context, body) = (&self.context, &shape.body);
        let tilt = shape.fall.map_or(0.0, |fall| fall.tilt);
        self.stand_at(shape.at, tilt, body.scale);
        let outline = &self.outlines[outline(body)];
        let paper = &self.inks.paper;
        if body.copy {
            let _ = context.translate(5.0, -5.0);
            self.fill_and_stroke(outline, paper, &ink.fill, 1.75);
            let _ = context.translate(-5.0, 5.0);
        }
        if body.answer.is_some() {
            self.fill_and_stroke(outline, paper, &ink.fill, 2.75);
            return;
        }
        self.fill_and_stroke(outline, &ink.fill, paper, 2.0);
        if let Some(text) = &body.text {
            self.set_font();
            self.fill_style(&ink.on);
            let _ = context.fill_text(text, 0.0, 4.5);
        }
    }

    fn fill_and_stroke(&self, path: &Path2d, fill: &str, stroke: &str, width: f64) {
        self.fill_style(fill);
        self.context.fill_with_path_2d(path);
        self.stroke_style(stroke, width);
        self.context.stroke_with_path(path);
    }

    /// The wire that it left, the way that it falls, and the ripples where it lands. What is drawn
    /// next is as faint as it is.
    fn paint_fall(&self, shape: &FlightShape, fall: &Fall, ink: &Ink, dense: bool) {
        let context = &self.context;
        self.stand_at(Point::default(), 0.0, 1.0);
        if !dense {
            context.begin_path();
            self.trace_wire(shape);
            self.stroke_wire(0.4 * fall.opacity);
        }
        context.begin_path();
        context.move_to(shape.anchor.x, shape.anchor.y);
        context.quadratic_curve_to(fall.bend.x, fall.bend.y, fall.to.x, fall.to.y);
        context.set_global_alpha(0.6 * fall.opacity);
        self.stroke_style(&ink.fill, 2.0);
        let _ = context.set_line_dash(&self.fall_dash);
        context.stroke();
        let _ = context.set_line_dash(&self.no_dash);
        if fall.ripple > 0.0 && !fall.bounced {
            self.paint_ripples(shape, fall);
        }
        context.set_global_alpha(fall.opacity);
    }

    fn paint_ripples(&self, shape: &FlightShape, fall: &Fall) {
        let context = &self.context;
        let size = fall.ripple_size(shape.body.scale);
        self.stand_at(fall.to + Point::new(0.0, 5.0), 0.0, size);
        self.stroke_style(&self.inks.river, 1.5);
        for (width, height, alpha) in [(15.0, 4.5, 1.0), (24.0, 7.5, 0.5)] {
            context.set_global_alpha(alpha * fall.opacity);
            context.begin_path();
            let _ = context.ellipse(0.0, 0.0, width, height, 0.0, 0.0, core::f64::consts::TAU);
            context.stroke();
        }
    }
}

impl Drop for FlightCanvas {
    fn drop(&mut self) {
        self.canvas.remove();
    }
}
