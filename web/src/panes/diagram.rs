//! The space-time diagram of a side: the picture, and what can be pointed at in it.

use super::export::Format;
use super::extent::Extent;
use super::rove::{ROVE, keys};
use super::{Beside, Pane, PaneMsg, Shown, label};
use crate::app::Msg;
use crate::callbacks::Link;
use crate::command::{Command, Focus};
use crate::el::{El, button, el, icon_button, spoken};
use crate::icons::Icon;
use crate::inspect::Inspected;
use crate::message_menu;
use crate::protocol;
use crate::text;
use crate::views::View;
use consensus::{Micros, NodeId};
use scenario::Side;
use scenario::simulator::{Fate, Flight};
use scene::spacetime::{Frame, Spacetime, spacetime};
use scene::svg::{Picture, spacetime_svg};
use scene::{Point, Stage, decimal};
use std::cell::Cell;
use std::rc::Rc;
use web_sys::{Element, MouseEvent};
use yew::prelude::*;

/// At most so many events are played for one look at a run.
const MOST: u64 = 4_000;
/// A message is meant as far away from its line as this, in pixels.
const REACH: f64 = 9.0;
/// The height of a row, in pixels: at least, and at most.
const ROW: (f64, f64) = (26.0, 62.0);
/// What is above and below the rows.
const ROUND: f64 = 66.0;

/// A diagram as it stands.
pub(super) struct Diagram {
    pub(super) shape: Spacetime,
    pub(super) frame: Frame,
    picture: AttrValue,
    /// Every message in the picture, in order of sending.
    flights: Vec<Flight>,
}

/// What somebody points at.
#[derive(Clone, Copy, PartialEq)]
enum Spot {
    Message(u64),
    Sign(usize),
    Name(NodeId),
    Moment(Micros),
}

/// Reads a side's part of the extent; false where more of it is to be read.
pub(super) fn read(pane: &mut Pane, side: &Side, extent: &Extent, cursor: Micros) -> (Shown, bool) {
    let run = side.playback();
    let done = pane.excerpt.show(run, extent.from, extent.to(), MOST);
    let nodes = pane.about.fills.len().max(2) as f64;
    let (width, height) = pane.size;
    if width < 1.0 {
        return (Shown::Nothing, true);
    }
    let height = height.max(ROUND + ROW.0 * nodes).min(ROUND + ROW.1 * nodes);
    let frame = Frame {
        from: extent.from,
        to: extent.to(),
        cursor,
        stage: Stage::new(width, height),
        rule: protocol::face(side.protocol()),
    };
    let shape = spacetime(&pane.excerpt, run.record(), &pane.about.reigns, frame);
    let picture = Picture {
        title: "",
        description: "",
        token: &|name| ["var(--", name, ")"].concat(),
    };
    let picture = spacetime_svg(&shape, &picture);
    let drawn = |it: &&Flight| shape.rays.iter().any(|ray| ray.id == it.id);
    let flights = pane.excerpt.flights().iter().filter(drawn).cloned();
    let diagram = Diagram {
        flights: flights.collect(),
        picture: AttrValue::from(picture),
        frame,
        shape,
    };
    (Shown::Diagram(Rc::new(diagram)), done)
}

impl Diagram {
    fn flight(&self, number: u64) -> Option<&Flight> {
        let place = self.flights.binary_search_by_key(&number, |it| it.id);
        self.flights.get(place.ok()?)
    }

    fn spot(&self, point: Point) -> Spot {
        if let Some(row) = self.shape.name_at(point) {
            return Spot::Name(row.node);
        }
        let near = |at: Point| (at - point).length() <= 11.0 * self.shape.mark;
        let sign = self.shape.signs.iter().position(|it| near(it.at));
        if let Some(place) = sign {
            return Spot::Sign(place);
        }
        match self.shape.ray_at(point, REACH) {
            Some(ray) => Spot::Message(ray.id),
            None => Spot::Moment(self.shape.moment_at(point.x, &self.frame)),
        }
    }

    /// What stands for an element of the marks.
    fn spot_of(element: &Element) -> Option<Spot> {
        let number = |name| element.get_attribute(name)?.parse::<u64>().ok();
        let message = number("data-message").map(Spot::Message);
        message.or_else(|| number("data-sign").map(|it| Spot::Sign(it as usize)))
    }

    fn focus(&self, side: usize, spot: Spot) -> Focus {
        let mut focus = Focus::default();
        match spot {
            Spot::Message(number) => focus.message = Some((side, number)),
            Spot::Sign(place) => {
                let sign = self.shape.signs.get(place);
                (focus.node, focus.at) = (sign.map(|it| it.node), sign.map(|it| it.when));
            }
            Spot::Name(node) => focus.node = Some(node),
            Spot::Moment(_) => {}
        }
        focus
    }

    /// Goes to what was pressed, or looks into it.
    fn press(&self, link: &Link, side: usize, spot: Spot) {
        let look = |inspected| link.send_message(Msg::Inspect(Some(inspected)));
        match spot {
            Spot::Message(number) => {
                if let Some(flight) = self.flight(number) {
                    link.send_message(Msg::Visit(halfway(flight)));
                    look(Inspected::Message(side, number));
                }
            }
            Spot::Sign(place) => {
                if let Some(sign) = self.shape.signs.get(place) {
                    link.send_message(Msg::Visit(sign.when));
                }
            }
            Spot::Name(node) => look(Inspected::Node(side, node)),
            Spot::Moment(at) => link.send_message(Msg::Visit(at)),
        }
    }
}

/// A moment at which a message was on its way.
fn halfway(flight: &Flight) -> Micros {
    let end = match flight.fate {
        Fate::Held(since) => since,
        fate => fate.dropped_at().unwrap_or(flight.due),
    };
    flight.sent + Micros(end.since(flight.sent).0 / 2)
}

/// A side's diagram.
pub(super) fn show(
    beside: &Beside,
    link: &Link,
    (side, pane): (usize, &Pane),
    diagram: &Rc<Diagram>,
) -> Html {
    let Stage { width, height } = diagram.shape.stage;
    let size = format!("width:{width}px;height:{height}px");
    let picture = el("div", "picture")
        .word("aria-hidden", "true")
        .put(Html::from_html_unchecked(diagram.picture.clone()));
    let sheet = el("div", "sheet")
        .attr("style", size)
        .with(picture)
        .with(lights(beside, side, diagram))
        .with(marks(beside, link, side, diagram));
    let mut note = el("p", "left-out");
    if diagram.shape.left_out > 0 {
        note = note.text(text::left_out(diagram.shape.left_out));
    }
    el("section", "pane")
        .attr("aria-label", label(&pane.about, View::Spacetime))
        .with(bar(beside, link, side))
        .with(el("div", "room diagram").at(&pane.room).with(sheet))
        .with(note)
        .done()
}

/// The zoom, and the ways to keep the picture.
fn bar(beside: &Beside, link: &Link, side: usize) -> El {
    let [more, less] = beside.extent.can_zoom();
    let zoom = |sign, words, steps: i32, can: bool| {
        icon_button(
            "iconbtn",
            sign,
            words,
            link,
            Msg::Pane(PaneMsg::Zoom(steps)),
        )
        .flag("disabled", !can)
    };
    let keep = |words: [&'static str; 2], format| {
        button("btn quiet", link, Msg::Pane(PaneMsg::Export(side, format)))
            .word("aria-label", words[1])
            .say(words[0])
    };
    let span = text::shown_span(beside.extent.span());
    el("div", "pane-bar")
        .with(zoom(Icon::Minus, text::SHOW_MORE_TIME, 1, more))
        .put(spoken("span", span))
        .with(zoom(Icon::Plus, text::SHOW_LESS_TIME, -1, less))
        .with(el("span", "gap"))
        .with(keep(text::KEEP_SVG, Format::Svg))
        .with(keep(text::KEEP_PNG, Format::Png))
}

fn number(mut element: El, list: &[(&'static str, f64)]) -> El {
    for (name, number) in list {
        let mut text = String::new();
        decimal(&mut text, *number, 1);
        element = element.attr(name, text);
    }
    element
}

/// What is marked, and what lies ahead.
fn lights(beside: &Beside, side: usize, diagram: &Diagram) -> El {
    let Diagram { shape, frame, .. } = diagram;
    let focus = beside.focus;
    let mut lights = Vec::new();
    let line = |class, from: Point, to: Point| {
        let ends = [("x1", from.x), ("y1", from.y), ("x2", to.x), ("y2", to.y)];
        number(el("line", class), &ends)
    };
    if let Some(now) = shape.playhead {
        let ahead = [
            ("x", now + 1.0),
            ("y", 0.0),
            ("width", (shape.right - now - 1.0).max(0.0)),
            ("height", shape.floor - 4.0),
        ];
        lights.push(number(el("rect", "ahead"), &ahead).done());
    }
    if let Some(row) = shape.rows.iter().find(|it| Some(it.node) == focus.node) {
        let (left, right) = (Point::new(4.0, row.y), Point::new(shape.right, row.y));
        let row = line("lit-row", left, right).attr("data-term", row.fill.to_string());
        lights.push(row.attr("data-lit", "row".to_string()).done());
    }
    for ray in shape
        .rays
        .iter()
        .filter(|ray| focus.message == Some((side, ray.id)))
    {
        lights.push(line("lit-halo", ray.from, ray.to).done());
        let lit = line("lit-ray", ray.from, ray.to).attr("data-term", ray.fill.to_string());
        lights.push(lit.attr("data-lit", "message".to_string()).done());
    }
    if let Some(at) = focus.at.filter(|at| (frame.from..=frame.to).contains(at)) {
        let whole = frame.to.since(frame.from).0.max(1) as f64;
        let x = shape.left + (shape.right - shape.left) * at.since(frame.from).0 as f64 / whole;
        let moment = line("lit-moment", Point::new(x, 0.0), Point::new(x, shape.floor));
        lights.push(moment.attr("data-lit", "moment".to_string()).done());
    }
    el("svg", "lights").word("aria-hidden", "true").all(lights)
}

/// What can be pointed at: with a pointer anything that is near, by keyboard one mark after the other,
/// while time stands.
fn marks(beside: &Beside, link: &Link, side: usize, diagram: &Rc<Diagram>) -> El {
    let (here, pressed) = (Rc::clone(diagram), link.clone());
    let point = |event: &MouseEvent| {
        let target = super::rove::within(event.target(), super::rove::ROVER)?;
        let rect = target.get_bounding_client_rect();
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        Some(Point::new(x - rect.left(), y - rect.top()))
    };
    let on_click = Callback::from(move |event: MouseEvent| {
        if let Some(point) = point(&event) {
            here.press(&pressed, side, here.spot(point));
        }
    });
    let (here, looked, last) = (Rc::clone(diagram), link.clone(), Cell::new(beside.focus));
    let look = move |focus: Focus| {
        if last.replace(focus) != focus {
            looked.send_message(Msg::Ask(Command::Look(focus)));
        }
    };
    let look = Rc::new(look);
    let over = Rc::clone(&look);
    let on_move = Callback::from(move |event: PointerEvent| {
        if let Some(point) = point(&event) {
            over(here.focus(side, here.spot(point)));
        }
    });
    let (here, over) = (Rc::clone(diagram), Rc::clone(&look));
    let on_focus = Callback::from(move |event: FocusEvent| {
        let element = super::rove::within(event.target(), ROVE);
        if let Some(spot) = element.as_ref().and_then(Diagram::spot_of) {
            over(here.focus(side, spot));
        }
    });
    let (left, blurred) = (Rc::clone(&look), look);
    let (here, entered) = (Rc::clone(diagram), link.clone());
    let mut marks = el("svg", "marks")
        .word(super::rove::ROVER, "row")
        .word("role", "group")
        .word("aria-label", text::MARKS)
        .hear(Rc::new(yew::html::onclick::Wrapper::new(on_click)))
        .hear(Rc::new(yew::html::onpointermove::Wrapper::new(on_move)))
        .hear(Rc::new(yew::html::onfocusin::Wrapper::new(on_focus)))
        .hear(Rc::new(yew::html::onpointerleave::Wrapper::new(
            Callback::from(move |_| left(Focus::default())),
        )))
        .hear(Rc::new(yew::html::onfocusout::Wrapper::new(
            Callback::from(move |_| blurred(Focus::default())),
        )))
        .hear(keys(move |element| {
            if let Some(spot) = Diagram::spot_of(element) {
                here.press(&entered, side, spot);
            }
        }));
    marks = marks.all(if beside.stands {
        buttons(diagram)
    } else {
        Vec::new()
    });
    marks
}

/// A button for each mark and each message, in order of time; Tab comes to the one at the moment that
/// people stand at.
fn buttons(diagram: &Diagram) -> Vec<Html> {
    let shape = &diagram.shape;
    let mut buttons: Vec<(f64, El)> = Vec::new();
    for (place, sign) in shape.signs.iter().enumerate() {
        let round = [
            ("cx", sign.at.x),
            ("cy", sign.at.y),
            ("r", 12.0 * shape.mark),
        ];
        let mark = number(el("circle", "mark"), &round)
            .attr("data-sign", place.to_string())
            .attr("aria-label", sign.said.clone());
        buttons.push((sign.at.x, mark));
    }
    for ray in &shape.rays {
        let Some(flight) = diagram.flight(ray.id) else {
            continue;
        };
        let ends = [
            ("x1", ray.from.x),
            ("y1", ray.from.y),
            ("x2", ray.to.x),
            ("y2", ray.to.y),
        ];
        let said = text::message_sent(&message_menu::name(flight), flight.sent);
        let mark = number(el("line", "mark"), &ends)
            .attr("data-message", ray.id.to_string())
            .attr("aria-label", said);
        buttons.push((ray.from.x, mark));
    }
    buttons.sort_by(|it, other| it.0.total_cmp(&other.0));
    let now = shape.playhead.unwrap_or(shape.right);
    let before = buttons.partition_point(|it| it.0 <= now).saturating_sub(1);
    let button = |(place, (_, mark)): (usize, (f64, El))| {
        mark.word(ROVE, "")
            .word("role", "button")
            .word("tabindex", if place == before { "0" } else { "-1" })
            .done()
    };
    buttons.into_iter().enumerate().map(button).collect()
}
