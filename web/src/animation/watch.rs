//! What the loop is told from outside: that a person wants less motion, and what is in sight.

use super::Inner;
use crate::pace::{Pace, STILL};
use crate::sight::Sight;
use gloo_events::EventListener;
use std::cell::RefCell;
use std::rc::Rc;

/// A person may ask for less motion at any time.
pub(super) fn motion(inner: &Rc<RefCell<Inner>>) -> Option<EventListener> {
    let list = web_sys::window()?.match_media(STILL).ok().flatten()?;
    let weak = Rc::downgrade(inner);
    Some(EventListener::new(&list, "change", move |_| {
        if let Some(inner) = weak.upgrade() {
            let mut inner = inner.borrow_mut();
            inner.pace.stepping = Pace::stills();
            inner.news();
        }
    }))
}

/// Stages are drawn while they are on the screen, and time passes while any of the page is.
pub(super) fn sight(inner: &Rc<RefCell<Inner>>) -> Option<Sight> {
    let weak = Rc::downgrade(inner);
    let faces = &inner.borrow().faces;
    let mut elements: Vec<_> = faces.iter().map(|face| face.room().clone()).collect();
    let page = elements.first()?.closest("main").ok().flatten()?;
    elements.push(page);
    Sight::watch(elements, move |place, seen| {
        if let Some(inner) = weak.upgrade() {
            inner.borrow_mut().sight(place, seen);
        }
    })
}
