//! Pictures as standalone SVG text: every colour and font is written out, so that any program shows
//! them as the page does.

mod glyph;
mod message;
mod node;
mod spacetime;
mod stage;
mod writer;

use alloc::format;
use alloc::string::String;
use writer::Writer;

pub use spacetime::spacetime_svg;
pub use stage::ring_svg;

/// What a picture is drawn with, and what it says to somebody who does not see it.
pub struct Picture<'a> {
    /// Its title.
    pub title: &'a str,
    /// What is to be seen in it.
    pub description: &'a str,
    /// What a token stands for in the theme at hand, by its name without the dashes: colours
    /// such as `ink` and `term-1`, and `sans`, the font.
    pub token: &'a dyn Fn(&str) -> String,
}

/// The document with what `draw` writes into it. The box is left, top, width and height.
fn document(
    picture: &Picture<'_>,
    view_box: [f64; 4],
    draw: impl FnOnce(&mut Writer<'_>),
) -> String {
    let mut body = Writer::new(picture.token);
    let [left, top, width, height] = view_box;
    let frame = [
        ("x", left),
        ("y", top),
        ("width", width),
        ("height", height),
    ];
    body.element("rect")
        .numbers(&frame)
        .colour("fill", "paper")
        .end();
    draw(&mut body);
    let mut to = Writer::new(picture.token);
    to.element("svg")
        .text("xmlns", "http://www.w3.org/2000/svg")
        .numbers(&[("width", width), ("height", height)])
        .list("viewBox", &view_box)
        .text("role", "img")
        .text("font-family", &(picture.token)("sans"))
        .text("font-weight", "700")
        .text("font-size", "13")
        .text("text-anchor", "middle")
        .open();
    for (name, words) in [("title", picture.title), ("desc", picture.description)] {
        to.element(name).say(words);
    }
    format!("{}{}</svg>\n", to.finish(), body.finish())
}
