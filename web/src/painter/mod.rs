//! Paints scenes into an `<svg>`: elements are made once and kept, and only what changed is
//! written.

mod badge;
mod broken;
mod cells;
mod client;
mod dam;
mod flight;
mod mark;
mod needle;
mod node;
mod pool;
mod press;
mod river;
mod words;

use cells::LogMark;
use client::ClientMark;
use consensus::NodeId;
use dam::DamMark;
use flight::FlightMark;
pub(crate) use mark::pixels;
use mark::{Mark, Pen, put};
use needle::NeedleMark;
use node::NodeMark;
use pool::Pool;
use press::Presses;
use river::RiverMark;
use scene::{Point, Scene, Sizes};
use std::rc::Rc;
use web_sys::{Document, SvgElement};
use words::NoteMark;

/// Paints one stage.
pub(crate) struct Painter {
    svg: SvgElement,
    document: Document,
    pen: Pen,
    layers: Layers,
    orbit: Mark,
    river: RiverMark,
    dams: Pool<DamMark>,
    needles: Pool<NeedleMark>,
    logs: Pool<LogMark>,
    flights: Pool<FlightMark>,
    notes: Pool<NoteMark>,
    clients: Pool<ClientMark>,
    nodes: Pool<NodeMark>,
    view_box: [f64; 4],
    sizes: Option<Sizes>,
    _presses: Presses,
}

/// The layers, from the river at the bottom to what clients say on top.
struct Layers {
    river: Mark,
    orbit: Mark,
    dams: Mark,
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
            river: layer().fixed("aria-hidden", "true"),
            orbit: layer().fixed("aria-hidden", "true"),
            dams: layer().fixed("aria-hidden", "true"),
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
    /// Takes over an `<svg>`. `prefix` makes the ids of definitions unique on the page; `on_node`
    /// is called when a node is clicked, or chosen with Enter or Space.
    ///
    /// # Panics
    ///
    /// Where the element belongs to no document.
    #[must_use]
    pub(crate) fn new(svg: SvgElement, prefix: &str, on_node: Rc<dyn Fn(NodeId)>) -> Self {
        let document = svg
            .owner_document()
            .expect("an element belongs to a document");
        let layers = Layers::new(&document, &svg);
        let orbit = layers.orbit.child(&document, "ellipse", "orbit");
        let river = RiverMark::new(&document, &layers.river, prefix);
        let presses = Presses::new(&svg, on_node);
        Self {
            svg,
            document,
            pen: Pen::default(),
            layers,
            orbit,
            river,
            dams: Pool::new(),
            needles: Pool::new(),
            logs: Pool::new(),
            flights: Pool::new(),
            notes: Pool::new(),
            clients: Pool::new(),
            nodes: Pool::new(),
            view_box: [0.0; 4],
            sizes: None,
            _presses: presses,
        }
    }

    /// Makes the stage show this scene. Returns how many writes to the DOM that took.
    pub(crate) fn paint(&mut self, scene: &Scene) -> u64 {
        self.pen.writes = 0;
        self.fit(scene);
        self.river
            .paint(&self.document, &mut self.pen, scene.rivers.first());
        self.paint_orbit(scene.orbit);
        self.paint_dams(scene);
        self.paint_needles_and_cells(scene);
        self.paint_flights(scene);
        self.paint_notes(scene);
        self.paint_nodes(scene);
        self.paint_clients(scene);
        self.pen.writes
    }

    fn paint_nodes(&mut self, scene: &Scene) {
        let (document, pen, layer) = (&self.document, &mut self.pen, &self.layers.nodes);
        for (hint, shape) in scene.nodes.iter().enumerate() {
            let make = || NodeMark::new(document, layer);
            let mark = self.nodes.get(pen, shape.id.0.into(), hint, make);
            mark.paint(document, pen, shape, scene.sizes);
        }
        self.nodes.sweep(pen);
    }

    /// Takes over the stage's size, and the sizes of text that follow from it.
    fn fit(&mut self, scene: &Scene) {
        if self.view_box != scene.view_box {
            self.view_box = scene.view_box;
            let mut text = String::new();
            put(&mut text, &scene.view_box);
            let _ = self.svg.set_attribute("viewBox", &text);
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
        for (hint, shape) in scene.flights.iter().enumerate() {
            let make = || FlightMark::new(document, layer);
            let mark = self.flights.get(pen, shape.id, hint, make);
            mark.paint(document, pen, shape, scene.dense);
        }
        self.flights.sweep(pen);
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
        let (document, pen, layers) = (&self.document, &mut self.pen, &self.layers);
        for (index, shape) in scene.dams.iter().enumerate() {
            let make = || DamMark::new(document, &layers.dams);
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
            &layers.river,
            &layers.orbit,
            &layers.dams,
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
