//! Paints scenes into an `<svg>`: elements are made once and kept, and only what changed is
//! written. While messages move, and where there are many, they are drawn on a canvas under it.

mod badge;
mod broken;
mod canvas;
mod cells;
mod client;
mod dam;
mod flight;
mod inks;
mod mark;
mod needle;
mod node;
mod outline;
mod pool;
mod press;
mod river;
mod stroke;
mod words;

use canvas::{FlightCanvas, is_drawn};
use cells::LogMark;
use client::ClientMark;
use dam::DamMark;
use flight::FlightMark;
pub(crate) use mark::pixels;
use mark::{Mark, Pen, put};
use needle::NeedleMark;
use node::NodeMark;
use pool::Pool;
pub(crate) use press::Press;
use press::Presses;
use river::RiverMark;
use scene::{Point, Scene, Sizes, places};
use std::rc::Rc;
use web_sys::{Document, SvgElement};
use words::NoteMark;

/// Paints one stage.
pub(crate) struct Painter {
    svg: SvgElement,
    /// What lies under the messages: the river, and the ring.
    ground: Mark,
    canvas: Option<FlightCanvas>,
    document: Document,
    pen: Pen,
    layers: Layers,
    orbit: Mark,
    river: RiverMark,
    dam_layer: Mark,
    dams: Pool<DamMark>,
    needles: Pool<NeedleMark>,
    logs: Pool<LogMark>,
    flights: Pool<FlightMark>,
    notes: Pool<NoteMark>,
    clients: Pool<ClientMark>,
    nodes: Pool<NodeMark>,
    /// A ring round the message that somebody looks at.
    lit: Mark,
    view_box: [f64; 4],
    sizes: Option<Sizes>,
    presses: Presses,
}

/// The layers of the stage, from the needles at the bottom to what clients say on top.
struct Layers {
    needles: Mark,
    cells: Mark,
    flights: Mark,
    notes: Mark,
    nodes: Mark,
    clients: Mark,
}

impl Layers {
    fn new(document: &Document, svg: &SvgElement) -> Self {
        let layer = || Mark::new(document, svg, "g", "");
        Self {
            needles: layer(),
            cells: layer(),
            flights: layer(),
            notes: layer(),
            nodes: layer(),
            clients: layer(),
        }
    }
}

impl Painter {
    /// Takes over an `<svg>`. `prefix` makes the ids of definitions unique on the page; `on_press`
    /// hears of whatever is pressed or drawn there.
    ///
    /// # Panics
    ///
    /// Where the element belongs to no document.
    #[must_use]
    pub(crate) fn new(svg: SvgElement, prefix: &str, on_press: Rc<dyn Fn(Press)>) -> Self {
        let document = svg
            .owner_document()
            .expect("an element belongs to a document");
        let layers = Layers::new(&document, &svg);
        let ground = Mark::before(&document, &svg, "svg", "ground").fixed("aria-hidden", "true");
        let canvas = FlightCanvas::new(&document, &svg, &ground);
        let river = RiverMark::new(&document, &ground.child(&document, "g", ""), prefix);
        let orbit = ground.child(&document, "ellipse", "orbit");
        let dam_layer = ground.child(&document, "g", "");
        let presses = Presses::new(&document, &svg, on_press);
        let lit = layers.notes.child(&document, "circle", "lit");
        Self {
            svg,
            ground,
            canvas,
            document,
            pen: Pen::default(),
            layers,
            orbit,
            river,
            dam_layer,
            dams: Pool::new(),
            needles: Pool::new(),
            logs: Pool::new(),
            flights: Pool::new(),
            notes: Pool::new(),
            clients: Pool::new(),
            nodes: Pool::new(),
            lit,
            view_box: [0.0; 4],
            sizes: None,
            presses,
        }
    }

    /// Makes the stage show this scene: all of it where it was `composed` anew, else what moves in
    /// one that was only taken on. Returns how many writes to the DOM that took.
    pub(crate) fn paint(&mut self, scene: &Scene, composed: bool) -> u64 {
        self.pen.writes = 0;
        if composed {
            self.paint_composed(scene);
        } else {
            self.paint_timers(scene);
        }
        self.paint_flights(scene);
        self.paint_notes(scene);
        self.pen.writes
    }

    /// Rings the message of this number, where it is on the stage.
    pub(crate) fn light(&mut self, scene: &Scene, message: Option<u64>) {
        let pen = &mut self.pen;
        let lit = message.and_then(|id| scene.flights.iter().find(|it| it.id == id));
        self.lit.show(pen, lit.is_some());
        if let Some(shape) = lit {
            self.lit.place(pen, shape.at);
            self.lit.number(pen, "r", 18.0 * shape.body.scale);
        }
    }

    fn paint_composed(&mut self, scene: &Scene) {
        self.fit(scene);
        self.river
            .paint(&self.document, &mut self.pen, scene.rivers.first());
        self.paint_orbit(scene.orbit);
        self.paint_dams(scene);
        self.paint_needles_and_cells(scene);
        self.paint_nodes(scene);
        self.paint_clients(scene);
    }

    /// What time alone changes on nodes and clients.
    fn paint_timers(&mut self, scene: &Scene) {
        let pen = &mut self.pen;
        for (hint, shape) in scene.nodes.iter().enumerate() {
            if let Some(mark) = self.nodes.known(shape.id.0.into(), hint) {
                mark.paint_moving(pen, shape);
            }
        }
        for (index, shape) in scene.clients.iter().enumerate() {
            if let Some(mark) = self.clients.known(index as u64, index) {
                mark.paint_backoff(pen, shape);
            }
        }
    }

    fn paint_nodes(&mut self, scene: &Scene) {
        let (document, pen, layer) = (&self.document, &mut self.pen, &self.layers.nodes);
        for (hint, shape) in scene.nodes.iter().enumerate() {
            let make = || NodeMark::new(document, layer);
            let mark = self.nodes.get(pen, shape.id.0.into(), hint, make);
            mark.paint(document, pen, shape, scene.sizes);
        }
        self.nodes.sweep(pen);
        self.presses.place(places(scene));
    }

    /// Takes over the stage's size, and the sizes of text that follow from it.
    fn fit(&mut self, scene: &Scene) {
        if self.view_box != scene.view_box {
            self.view_box = scene.view_box;
            let mut text = String::new();
            put(&mut text, &scene.view_box);
            for svg in [&*self.svg, self.ground.element()] {
                let _ = svg.set_attribute("viewBox", &text);
            }
        }
        if self.sizes != Some(scene.sizes) {
            self.sizes = Some(scene.sizes);
            let style = self.svg.style();
            let sizes = scene.sizes;
            for (name, size) in [
                ("--name", sizes.name),
                ("--sub", sizes.sub),
                ("--tag", sizes.tag),
                ("--note", sizes.note),
            ] {
                let _ = style.set_property(name, &pixels(size));
            }
        }
    }

    fn paint_orbit(&mut self, orbit: Option<Point>) {
        let pen = &mut self.pen;
        self.orbit.show(pen, orbit.is_some());
        if let Some(axes) = orbit {
            self.orbit.number(pen, "rx", axes.x);
            self.orbit.number(pen, "ry", axes.y);
        }
    }

    fn paint_needles_and_cells(&mut self, scene: &Scene) {
        let (document, pen, layers) = (&self.document, &mut self.pen, &self.layers);
        for (hint, shape) in scene.needles.iter().enumerate() {
            let make = || NeedleMark::new(document, &layers.needles);
            self.needles
                .get(pen, shape.node.0.into(), hint, make)
                .paint(pen, shape);
        }
        self.needles.sweep(pen);
        for (hint, shape) in scene.cells.iter().enumerate() {
            let make = || LogMark::new(document, &layers.cells);
            let mark = self.logs.get(pen, shape.node.0.into(), hint, make);
            mark.paint(document, pen, shape, scene.sizes.unit);
        }
        self.logs.sweep(pen);
    }

    fn paint_flights(&mut self, scene: &Scene) {
        let (document, pen, layer) = (&self.document, &mut self.pen, &mut self.layers.flights);
        // A stream of messages is noise to a screen reader; a paused one can be read.
        layer.word(
            pen,
            "aria-hidden",
            if scene.still { "false" } else { "true" },
        );
        // One can point at a message that stands; one that moves is gone before it is reached.
        let drawn = !scene.still || scene.dense;
        let marks = scene.flights.iter();
        let marks = marks.filter(|shape| !drawn || self.canvas.is_none() || !is_drawn(shape));
        for (hint, shape) in marks.enumerate() {
            let make = || FlightMark::new(document, layer);
            let mark = self.flights.get(pen, shape.id, hint, make);
            mark.paint(document, pen, shape, scene.dense);
            mark.offer(pen, shape, !drawn, hint == 0);
        }
        self.flights.sweep(pen);
        match &mut self.canvas {
            Some(canvas) if drawn => canvas.paint(scene),
            Some(canvas) => canvas.clear(),
            None => {}
        }
    }

    fn paint_notes(&mut self, scene: &Scene) {
        let (document, pen, layers) = (&self.document, &mut self.pen, &self.layers);
        for (index, shape) in scene.notes.iter().enumerate() {
            let make = || NoteMark::new(document, &layers.notes);
            self.notes
                .get(pen, index as u64, index, make)
                .paint(pen, shape);
        }
        self.notes.sweep(pen);
    }

    fn paint_dams(&mut self, scene: &Scene) {
        let (document, pen, layer) = (&self.document, &mut self.pen, &self.dam_layer);
        for (index, shape) in scene.dams.iter().enumerate() {
            let make = || DamMark::new(document, layer);
            let mark = self.dams.get(pen, index as u64, index, make);
            mark.paint(pen, shape, scene.sizes.mark);
        }
        self.dams.sweep(pen);
    }

    fn paint_clients(&mut self, scene: &Scene) {
        let (document, pen, layers) = (&self.document, &mut self.pen, &self.layers);
        for (index, shape) in scene.clients.iter().enumerate() {
            let make = || ClientMark::new(document, &layers.clients);
            let mark = self.clients.get(pen, index as u64, index, make);
            mark.paint(document, pen, shape, scene.sizes);
        }
        self.clients.sweep(pen);
    }
}

impl Drop for Painter {
    fn drop(&mut self) {
        let layers = &self.layers;
        for layer in [
            &self.ground,
            &layers.needles,
            &layers.cells,
            &layers.flights,
            &layers.notes,
            &layers.nodes,
            &layers.clients,
        ] {
            layer.remove();
        }
    }
}
