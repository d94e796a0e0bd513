//! The colours of marks, for what is drawn and not styled: read from the page's styles, so that
//! they are written down once.

use super::mark::{Mark, Pen};
use web_sys::{CssStyleDeclaration, Document, MediaQueryList, Window};

/// How many fills there are: neutral, and eight of terms; that of clients comes after them.
const FILLS: usize = 9;

/// What a message of one term is drawn with.
pub(super) struct Ink {
    pub(super) fill: String,
    pub(super) tail: String,
    pub(super) on: String,
}

/// What all messages are drawn with.
pub(super) struct Inks {
    by_term: Vec<Ink>,
    pub(super) paper: String,
    pub(super) sign: String,
    pub(super) wire: String,
    pub(super) river: String,
    /// Weight, size and family of the text in a message.
    pub(super) font: String,
    probe: Probe,
    dark: Option<MediaQueryList>,
    /// The theme that these were read in.
    theme: Option<(Option<String>, bool)>,
}

/// A message that is never drawn, and only asked how it would look.
struct Probe {
    window: Window,
    message: Mark,
    body: Mark,
    tail: Mark,
    sign: Mark,
    wire: Mark,
    text: Mark,
    ripple: Mark,
}

impl Inks {
    pub(super) fn new(window: Window, document: &Document, layer: &Mark) -> Self {
        let message = layer.child(document, "g", "msg").fixed("display", "none");
        let part = |name, class| message.child(document, name, class);
        let (body, tail, sign) = (
            part("path", "body"),
            part("path", "tail"),
            part("path", "sign"),
        );
        let (wire, text) = (part("path", "wire"), part("text", "value"));
        let ripple = part("g", "ripple").child(document, "ellipse", "");
        Self {
            by_term: Vec::new(),
            paper: String::new(),
            sign: String::new(),
            wire: String::new(),
            river: String::new(),
            font: String::new(),
            dark: window
                .match_media("(prefers-color-scheme: dark)")
                .ok()
                .flatten(),
            theme: None,
            probe: Probe {
                window,
                message,
                body,
                tail,
                sign,
                wire,
                text,
                ripple,
            },
        }
    }

    /// The colours of a term's messages; of clients' where there is none.
    pub(super) fn of(&self, fill: Option<u8>) -> Option<&Ink> {
        let place = fill.map_or(FILLS, |fill| usize::from(fill).min(FILLS - 1));
        self.by_term.get(place)
    }

    /// Reads all anew where light became dark, or dark light.
    pub(super) fn refresh(&mut self, document: &Document) {
        let root = document.document_element();
        let chosen = root.and_then(|root| root.get_attribute("data-theme"));
        let theme = Some((
            chosen,
            self.dark.as_ref().is_some_and(MediaQueryList::matches),
        ));
        if theme != self.theme {
            self.theme = theme;
            self.read();
        }
    }

    fn read(&mut self) {
        let (probe, pen) = (&mut self.probe, &mut Pen::default());
        self.by_term.clear();
        for place in 0..=FILLS {
            if place < FILLS {
                probe.message.term(pen, place as u8);
            } else {
                probe.message.clear(pen, "data-term");
                probe.message.word(pen, "data-client", "");
            }
            self.by_term.push(Ink {
                fill: probe.ask(&probe.body, "fill"),
                tail: probe.ask(&probe.tail, "fill"),
                on: probe.ask(&probe.text, "fill"),
            });
        }
        probe.message.clear(pen, "data-client");
        self.paper = probe.ask(&probe.body, "stroke");
        self.sign = probe.ask(&probe.sign, "stroke");
        self.wire = probe.ask(&probe.wire, "stroke");
        self.river = probe.ask(&probe.ripple, "stroke");
        self.font = ["700 13px ", &probe.ask(&probe.text, "font-family")].concat();
    }
}

impl Probe {
    /// How a mark would look.
    fn ask(&self, mark: &Mark, property: &str) -> String {
        let style: Option<CssStyleDeclaration> = self
            .window
            .get_computed_style(mark.element())
            .ok()
            .flatten();
        style
            .and_then(|style| style.get_property_value(property).ok())
            .unwrap_or_default()
    }
}
