//! The few kinds of callback that the controls need: each kind is compiled once, whatever it tells.

use crate::app::{App, Msg};
use crate::choice::ChoiceMsg;
use crate::water::{Fault, WaterMsg};
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::html::Scope;
use yew::prelude::*;
use yew::virtual_dom::Listener;

/// The way from a control to the page.
pub(crate) type Link = Scope<App>;

/// Tells the page this when pressed.
pub(crate) fn press(link: &Link, msg: Msg) -> Callback<MouseEvent> {
    let link = link.clone();
    Callback::from(move |_| link.send_message(msg.clone()))
}

/// Tells the page this when a form is sent; the browser itself sends nothing.
pub(crate) fn submit(link: &Link, msg: Msg) -> Rc<dyn Listener> {
    let link = link.clone();
    let heard = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        link.send_message(msg.clone());
    });
    Rc::new(yew::html::onsubmit::Wrapper::new(heard))
}

/// Tells the page a slider's place.
pub(crate) fn slide(link: &Link, told: fn(u64) -> Msg) -> Rc<dyn Listener> {
    let link = link.clone();
    let heard = Callback::from(move |event: InputEvent| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        link.send_message(told(input.value_as_number().max(0.0) as u64));
    });
    Rc::new(yew::html::oninput::Wrapper::new(heard))
}

/// Tells the page the stop of a fault's slider: while it is drawn, and when it is released.
pub(crate) fn drag(link: &Link, fault: Fault) -> [Rc<dyn Listener>; 2] {
    fn stop(target: &HtmlInputElement) -> usize {
        target.value_as_number().max(0.0) as usize
    }
    let to = link.clone();
    let drawn = Callback::from(move |event: InputEvent| {
        let input = event.target_unchecked_into();
        to.send_message(Msg::Water(WaterMsg::Drawn(fault, stop(&input))));
    });
    let to = link.clone();
    let released = Callback::from(move |event: Event| {
        let input = event.target_unchecked_into();
        to.send_message(Msg::Water(WaterMsg::Released(fault, stop(&input))));
    });
    [
        Rc::new(yew::html::oninput::Wrapper::new(drawn)),
        Rc::new(yew::html::onchange::Wrapper::new(released)),
    ]
}

/// Tells the page the number that was typed, 0 where it is none.
pub(crate) fn number(link: &Link, told: fn(u64) -> Msg) -> Rc<dyn Listener> {
    let link = link.clone();
    let heard = Callback::from(move |event: Event| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        link.send_message(told(input.value_as_number().max(0.0) as u64));
    });
    Rc::new(yew::html::onchange::Wrapper::new(heard))
}

/// Tells the page which scenario was chosen.
pub(crate) fn choose(link: &Link) -> Rc<dyn Listener> {
    pick(link, |place| Msg::Choice(ChoiceMsg::Scenario(place)))
}

/// Tells the page which protocol was chosen for a side.
pub(crate) fn pick_protocol(link: &Link, side: usize) -> Rc<dyn Listener> {
    pick(link, move |place| {
        Msg::Choice(ChoiceMsg::Protocol(side, place))
    })
}

/// Tells the page the place of the option that was chosen.
fn pick(link: &Link, told: impl Fn(usize) -> Msg + 'static) -> Rc<dyn Listener> {
    let link = link.clone();
    let heard = Callback::from(move |event: Event| {
        let select = event.target_unchecked_into::<HtmlSelectElement>();
        link.send_message(told(select.selected_index().max(0) as usize));
    });
    Rc::new(yew::html::onchange::Wrapper::new(heard))
}

/// The input that a reference stands for, while it is on the page.
pub(crate) fn input(field: &NodeRef) -> Option<HtmlInputElement> {
    field.cast()
}
