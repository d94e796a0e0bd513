//! Diagrams as files: everything that they need is in them, and no request is made.

use super::About;
use super::diagram::Diagram;
use crate::text;
use js_sys::{Array, encode_uri_component};
use scene::svg::{Picture, spacetime_svg};
use std::cell::RefCell;
use std::collections::BTreeMap;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, Document, HtmlAnchorElement,
    HtmlCanvasElement, HtmlElement, HtmlImageElement, Url, Window,
};

/// A picture has so many pixels for each of the page's.
const SHARP: f64 = 2.0;
/// How long a browser may take to begin a download, in milliseconds.
const BEGINS: i32 = 10_000;

/// What kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Shapes, to be edited and scaled.
    Svg,
    /// Pixels.
    Png,
}

/// Hands a person the file of a diagram.
pub(super) fn export(about: &About, diagram: &Diagram, format: Format) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let Some(document) = window.document() else {
        return;
    };
    let svg = markup(&window, &document, about, diagram);
    let name = |ending| {
        text::file_name(
            about.title(),
            &crate::seed::show(about.seed),
            diagram.frame.cursor,
            ending,
        )
    };
    match format {
        Format::Svg => {
            if let Some(blob) = blob(&svg, "image/svg+xml") {
                save(&window, &document, &blob, &name("svg"));
            }
        }
        Format::Png => {
            let stage = diagram.shape.stage;
            rasterise(
                window,
                document,
                &svg,
                (stage.width, stage.height),
                name("png"),
            );
        }
    }
}

/// The diagram as SVG, with the colours of the theme that is shown.
fn markup(window: &Window, document: &Document, about: &About, diagram: &Diagram) -> String {
    let probe = document
        .create_element("i")
        .ok()
        .and_then(|it| it.dyn_into::<HtmlElement>().ok());
    if let (Some(probe), Some(body)) = (&probe, document.body()) {
        let _ = body.append_child(probe);
    }
    let known = RefCell::new(BTreeMap::<String, String>::new());
    let resolve = |name: &str| {
        let probe = probe.as_ref()?;
        let value = ["var(--", name, ")"].concat();
        let property = if name == "sans" {
            "font-family"
        } else {
            "color"
        };
        probe.style().set_property(property, &value).ok()?;
        let style = window.get_computed_style(probe).ok().flatten()?;
        style.get_property_value(property).ok()
    };
    let token = |name: &str| {
        let mut known = known.borrow_mut();
        let value = known
            .entry(name.to_string())
            .or_insert_with(|| resolve(name).unwrap_or_default());
        value.clone()
    };
    let frame = diagram.frame;
    let seed = crate::seed::show(about.seed);
    let picture = Picture {
        title: &text::picture_title(about.title(), &seed),
        description: &text::picture_description(frame.from, frame.to),
        token: &token,
    };
    let svg = spacetime_svg(&diagram.shape, &picture);
    if let Some(probe) = &probe {
        probe.remove();
    }
    svg
}

fn blob(text: &str, kind: &str) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&JsValue::from_str(text));
    Blob::new_with_str_sequence_and_options(&parts, &options).ok()
}

/// Gives a file to the browser, which asks or keeps it as it is used to.
fn save(window: &Window, document: &Document, blob: &Blob, name: &str) {
    let Ok(address) = Url::create_object_url_with_blob(blob) else {
        return;
    };
    let link = document
        .create_element("a")
        .ok()
        .and_then(|it| it.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    let release = Closure::once_into_js(move || {
        let _ = Url::revoke_object_url(&address);
    });
    let _ = window
        .set_timeout_with_callback_and_timeout_and_arguments_0(release.unchecked_ref(), BEGINS);
}

/// Draws the SVG on a canvas of its own, and saves that.
fn rasterise(window: Window, document: Document, svg: &str, size: (f64, f64), name: String) {
    let Ok(image) = HtmlImageElement::new() else {
        return;
    };
    let escaped = String::from(encode_uri_component(svg));
    let source = ["data:image/svg+xml,", &escaped].concat();
    let drawn = image.clone();
    let loaded = Closure::once_into_js(move || {
        let Some(canvas) = draw(&document, &drawn, size) else {
            return;
        };
        let taken = Closure::once_into_js(move |blob: Option<Blob>| {
            if let Some(blob) = blob {
                save(&window, &document, &blob, &name);
            }
        });
        let _ = canvas.to_blob(taken.unchecked_ref());
    });
    image.set_onload(Some(loaded.unchecked_ref()));
    image.set_src(&source);
}

fn draw(
    document: &Document,
    image: &HtmlImageElement,
    (width, height): (f64, f64),
) -> Option<HtmlCanvasElement> {
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width((width * SHARP).round() as u32);
    canvas.set_height((height * SHARP).round() as u32);
    let context = canvas.get_context("2d").ok()??;
    let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
    let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    context
        .draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)
        .ok()?;
    Some(canvas)
}
