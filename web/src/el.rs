//! Elements, piece by piece: a third of the code that `html!` writes out for each of them, and the
//! page has a hundred.

use crate::app::Msg;
use crate::callbacks::{Link, press};
use crate::icons::{Icon, icon};
use consensus::NodeId;
use std::rc::Rc;
use yew::prelude::*;
use yew::virtual_dom::{Listener, VList, VNode, VTag, VText};

/// An element in the making.
pub(crate) struct El(Box<VTag>);

/// An element, with a class unless that is empty.
#[inline(never)]
pub(crate) fn el(name: &'static str, class: &'static str) -> El {
    let made = El(Box::new(VTag::new(name)));
    if class.is_empty() {
        made
    } else {
        made.word("class", class)
    }
}

impl El {
    fn change(mut self, change: impl FnOnce(&mut VTag)) -> Self {
        change(&mut self.0);
        self
    }

    /// Sets an attribute to a word that never changes.
    #[inline(never)]
    pub(crate) fn word(self, name: &'static str, value: &'static str) -> Self {
        self.change(|tag| tag.add_attribute(name, AttrValue::Static(value)))
    }

    /// Sets an attribute.
    #[inline(never)]
    pub(crate) fn attr(self, name: &'static str, value: String) -> Self {
        self.change(|tag| tag.add_attribute(name, AttrValue::from(value)))
    }

    /// Sets an attribute that stands for yes by being there.
    pub(crate) fn flag(self, name: &'static str, yes: bool) -> Self {
        if yes { self.word(name, name) } else { self }
    }

    /// Puts words into it.
    #[inline(never)]
    pub(crate) fn say(self, words: &'static str) -> Self {
        self.put(VNode::from(VText::new(AttrValue::Static(words))))
    }

    /// Puts words into it that change.
    #[inline(never)]
    pub(crate) fn text(self, words: String) -> Self {
        self.put(VNode::from(VText::new(AttrValue::from(words))))
    }

    /// Puts something into it.
    #[inline(never)]
    pub(crate) fn put(self, child: Html) -> Self {
        self.change(|tag| tag.add_child(child))
    }

    /// Puts an element into it.
    #[inline(never)]
    pub(crate) fn with(self, child: Self) -> Self {
        self.put(child.done())
    }

    /// Puts as many into it as there are; nothing else should stand beside them.
    #[inline(never)]
    pub(crate) fn all(self, children: Vec<Html>) -> Self {
        self.put(VNode::from(VList::with_children(children, None)))
    }

    /// Lets a reference find it.
    #[inline(never)]
    pub(crate) fn at(self, place: &NodeRef) -> Self {
        self.change(|tag| tag.node_ref = place.clone())
    }

    /// Tells it from its predecessor: with another key it is made anew.
    pub(crate) fn key(self, key: String) -> Self {
        self.change(|tag| tag.key = Some(key.into()))
    }

    /// Keeps the value of an input.
    pub(crate) fn value(self, value: String) -> Self {
        self.change(|tag| tag.set_value(Some(AttrValue::from(value))))
    }

    /// Keeps whether a box is ticked.
    pub(crate) fn checked(self, yes: bool) -> Self {
        self.change(|tag| tag.set_checked(yes))
    }

    /// Listens.
    #[inline(never)]
    pub(crate) fn hear(self, listener: Rc<dyn Listener>) -> Self {
        self.change(|tag| {
            tag.add_listener(listener);
        })
    }

    /// Tells the page this when pressed.
    #[inline(never)]
    pub(crate) fn press(self, link: &Link, msg: Msg) -> Self {
        let heard = yew::html::onclick::Wrapper::new(press(link, msg));
        self.hear(Rc::new(heard))
    }

    /// The element.
    #[inline(never)]
    pub(crate) fn done(self) -> Html {
        VNode::from(*self.0)
    }
}

/// A button with nothing in it yet.
pub(crate) fn button(class: &'static str, link: &Link, msg: Msg) -> El {
    el("button", class).word("type", "button").press(link, msg)
}

/// A button that shows an icon; `label` is its name, `title` what a pointer is told.
pub(crate) fn icon_button(
    class: &'static str,
    sign: Icon,
    [label, title]: [&'static str; 2],
    link: &Link,
    msg: Msg,
) -> El {
    button(class, link, msg)
        .word("aria-label", label)
        .word("title", title)
        .put(icon(sign))
}

/// Words in a box of their own.
#[inline(never)]
pub(crate) fn span(class: &'static str, words: &'static str) -> Html {
    el("span", class).say(words).done()
}

/// Words that change, in a box of their own.
#[inline(never)]
pub(crate) fn spoken(class: &'static str, words: String) -> Html {
    el("span", class).text(words).done()
}

/// The small disc that stands for a node in words.
pub(crate) fn disc(node: NodeId, fill: u8) -> Html {
    el("span", "n")
        .attr("data-term", fill.to_string())
        .text(node.to_string())
        .done()
}
