//! Light or dark: the system's choice until a person makes one.

use web_sys::{Element, Storage, Window};

const KEY: &str = "whitewater-theme";

fn window() -> Option<Window> {
    web_sys::window()
}

fn root() -> Option<Element> {
    window()?.document()?.document_element()
}

/// A sandboxed frame has no storage: then the choice lasts as long as the page.
fn storage() -> Option<Storage> {
    window()?.local_storage().ok().flatten()
}

/// Takes up the choice made on an earlier visit.
pub(crate) fn recall() {
    let kept = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    if let (Some(theme @ ("light" | "dark")), Some(root)) = (kept.as_deref(), root()) {
        let _ = root.set_attribute("data-theme", theme);
    }
}

/// Switches between light and dark.
pub(crate) fn toggle() {
    let Some(root) = root() else { return };
    let dark = match root.get_attribute("data-theme").as_deref() {
        Some(theme) => theme == "dark",
        None => media("(prefers-color-scheme: dark)"),
    };
    let theme = if dark { "light" } else { "dark" };
    let _ = root.set_attribute("data-theme", theme);
    if let Some(storage) = storage() {
        let _ = storage.set_item(KEY, theme);
    }
}

/// Whether a media query matches now.
pub(crate) fn media(query: &str) -> bool {
    window()
        .and_then(|window| window.match_media(query).ok().flatten())
        .is_some_and(|list| list.matches())
}
