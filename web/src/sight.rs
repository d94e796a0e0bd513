//! What of the page is on the screen: nothing is drawn that nobody can see.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};

/// Watches some elements; dropping it ends that.
pub(crate) struct Sight {
    observer: IntersectionObserver,
    _changed: Closure<dyn FnMut(Array)>,
}

impl Sight {
    /// Calls `changed` with an element's place among `elements`, and whether it is on the screen
    /// now: soon, and whenever that changes. None where a browser cannot tell.
    pub(crate) fn watch(
        elements: Vec<Element>,
        changed: impl Fn(usize, bool) + 'static,
    ) -> Option<Self> {
        let watched = elements.clone();
        let changed = Closure::new(move |entries: Array| {
            for entry in entries {
                let entry: IntersectionObserverEntry = entry.unchecked_into();
                let target = entry.target();
                if let Some(place) = elements.iter().position(|one| *one == target) {
                    changed(place, entry.is_intersecting());
                }
            }
        });
        let observer = IntersectionObserver::new(changed.as_ref().unchecked_ref()).ok()?;
        for element in &watched {
            observer.observe(element);
        }
        Some(Self {
            observer,
            _changed: changed,
        })
    }
}

impl Drop for Sight {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
