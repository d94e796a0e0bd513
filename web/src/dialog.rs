//! Whatever floats over the page: a modal dialog beside its place, a bottom sheet on a phone.

use crate::app::Msg;
use crate::callbacks::Link;
use crate::el::{el, icon_button};
use crate::icons::Icon;
use crate::text;
use gloo_events::EventListener;
use std::rc::Rc;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// The one dialog there can be at a time.
#[derive(Default)]
pub(crate) struct Dialog {
    node: NodeRef,
    closes: Option<EventListener>,
}

impl Dialog {
    /// Its frame round `body`. `near` is where it points, in pixels of the window; none puts it in
    /// the middle.
    pub(crate) fn frame(
        &self,
        link: &Link,
        label: String,
        near: Option<(i32, i32)>,
        body: Html,
    ) -> Html {
        let class = if near.is_some() { "pop near" } else { "pop" };
        // The dialog's own box is the veil round its body.
        let (node, veil) = (self.node.clone(), link.clone());
        let onclick = Callback::from(move |event: MouseEvent| {
            if event.target().map(Into::into) == node.get().map(wasm_bindgen::JsValue::from) {
                veil.send_message(Msg::Shut);
            }
        });
        let close = [text::CLOSE; 2];
        let head = el("header", "")
            .with(el("h2", "").text(label.clone()))
            .with(icon_button("iconbtn", Icon::Close, close, link, Msg::Shut));
        let mut dialog = el("dialog", class)
            .at(&self.node)
            .attr("aria-label", label)
            .hear(Rc::new(yew::html::onclick::Wrapper::new(onclick)));
        if let Some((x, y)) = near {
            dialog = dialog.attr("style", format!("--x:{x}px;--y:{y}px"));
        }
        dialog
            .with(el("div", "pop-body").with(head).put(body))
            .done()
    }

    /// After a rendering: what has come to stand on the page takes the focus. The browser keeps it
    /// in there, and closes the dialog on Escape.
    pub(crate) fn rendered(&mut self, link: &Link) {
        let Some(dialog) = self.node.cast::<HtmlDialogElement>() else {
            self.closes = None;
            return;
        };
        if self.closes.is_none() {
            let _ = dialog.show_modal();
            let link = link.clone();
            let shut = move |_: &Event| link.send_message(Msg::Shut);
            self.closes = Some(EventListener::new(&dialog, "close", shut));
        }
    }

    /// Before it is taken from the page: the focus goes back to where it was.
    pub(crate) fn close(&mut self) {
        self.closes = None;
        if let Some(dialog) = self.node.cast::<HtmlDialogElement>() {
            dialog.close();
        }
    }
}
