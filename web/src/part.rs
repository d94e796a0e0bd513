//! Parts of the page that most news does not touch: each is drawn anew only when what it shows
//! changed.

use crate::callbacks::Link;
use std::any::Any;
use std::rc::Rc;
use yew::prelude::*;
use yew::virtual_dom::{VComp, VNode};

/// A part that shows `shows`, drawn by `draw`.
pub(crate) fn part<T: PartialEq + 'static>(
    link: &Link,
    shows: T,
    draw: fn(&Link, &T) -> Html,
) -> Html {
    let link = link.clone();
    let drawing = Rc::new(Drawing { shows, draw });
    VNode::from(VComp::new::<Part>(Rc::new(Shown { link, drawing }), None))
}

/// What a part shows, and how.
struct Drawing<T: 'static> {
    shows: T,
    draw: fn(&Link, &T) -> Html,
}

/// A drawing of whatever kind: one component serves all parts, for each further one costs kilobytes.
trait Draw {
    fn draw(&self, link: &Link) -> Html;
    fn shows(&self) -> &dyn Any;
    fn is_like(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + 'static> Draw for Drawing<T> {
    fn draw(&self, link: &Link) -> Html {
        (self.draw)(link, &self.shows)
    }

    fn shows(&self) -> &dyn Any {
        &self.shows
    }

    fn is_like(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(&self.shows)
    }
}

struct Shown {
    link: Link,
    drawing: Rc<dyn Draw>,
}

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        self.drawing.is_like(other.drawing.shows())
    }
}

impl Properties for Shown {
    type Builder = ();

    fn builder() {}
}

struct Part;

impl Component for Part {
    type Message = ();
    type Properties = Shown;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Shown { link, drawing } = ctx.props();
        drawing.draw(link)
    }
}
