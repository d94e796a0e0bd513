//! The measures of two sides as charts that grow with time, in a chunk of its own.

use crate::app::Msg;
use crate::callbacks::{Link, slide};
use crate::chunk::chunk;
use crate::difference::difference;
use crate::el::{El, el, span, spoken};
use crate::text;
use crate::timeline::{clock, places};
use consensus::Micros;
use scenario::Run;
use scenario::simulator::{Measures, Sample};
use scene::chart::{Scale, line, value_at};
use scene::lanes::Window;
use scene::spark::Course;
use scene::{Measured, decimal, plain};
use std::rc::Rc;
use yew::prelude::*;

/// The charts.
pub(crate) struct Charts {
    /// The first difference of a run's sides, which have these names, and their measures; read at a
    /// moment, or at the run's own.
    pub(crate) show: fn(&Link, &Run, &[&'static str], Option<Micros>) -> Html,
}

chunk! {
    /// Fetches the charts.
    charts: Charts = Charts { show };
}

/// What a chart is made of.
struct Kind {
    measured: Measured,
    title: &'static str,
    /// Of what, where its title does not say it.
    unit: &'static str,
    course: Course,
    /// The least step of its scale.
    least: u64,
    set: fn(&mut Measures, u64),
    now: fn(&Measures) -> u64,
    then: fn(&Sample) -> u64,
}

macro_rules! kind {
    ($measured:ident, ($title:expr, $unit:expr), $course:ident, $least:literal, $field:ident $($micros:tt)?) => {
        Kind {
            measured: Measured::$measured,
            title: $title[0],
            unit: $unit,
            course: Course::$course,
            least: $least,
            set: |measures, value| measures.$field = kind!(@ value $($micros)?),
            now: |measures| measures.$field $(.$micros)?,
            then: |sample| sample.$field $(.$micros)?,
        }
    };
    (@ $value:ident 0) => { Micros($value) };
    (@ $value:ident) => { $value };
}

const KINDS: [Kind; 5] = [
    kind!(NoLeader, (text::NO_LEADER, text::IN_SECONDS), Slope, 100_000, leaderless 0),
    kind!(TwoLeaders, (text::TWO_LEADERS, text::IN_SECONDS), Slope, 100_000, two_claim 0),
    kind!(
        WritesAtRisk,
        (text::AT_RISK, text::ACKNOWLEDGED_WRITES),
        Steps,
        1,
        at_risk
    ),
    kind!(
        WritesLost,
        (text::WRITES_LOST, text::ACKNOWLEDGED_WRITES),
        Steps,
        1,
        lost
    ),
    kind!(Messages, (text::MESSAGES_SENT, ""), Slope, 1, messages),
];

impl Kind {
    fn is_time(&self) -> bool {
        matches!(self.measured, Measured::NoLeader | Measured::TwoLeaders)
    }

    /// A value in plain words, and whether somebody paid for it.
    fn say(&self, value: u64) -> (String, bool) {
        if self.measured == Measured::Messages {
            return (text::messages(value), false);
        }
        let mut measures = Measures::default();
        (self.set)(&mut measures, value);
        let all = plain(&measures, 0);
        let own = all.into_iter().find(|it| it.measured == self.measured);
        own.map(|it| (it.words, it.cost)).unwrap_or_default()
    }

    /// A value at a tick of its scale.
    fn tick(&self, value: u64) -> String {
        if !self.is_time() {
            return value.to_string();
        }
        let mut words = String::new();
        decimal(&mut words, value as f64 / 1e6, 2);
        words
    }
}

/// A side of a chart.
struct Curve {
    name: &'static str,
    /// The course as far as it was played.
    points: Vec<(Micros, u64)>,
    /// How many of them lie up to the cursor, which is the last of these.
    lived: usize,
}

fn curves(kind: &Kind, run: &Run, names: &[&'static str], cursor: Micros) -> Vec<Curve> {
    let sides = run.sides().iter().zip(names);
    let curve = sides.map(|(side, name)| {
        let run = side.playback();
        let samples = &run.record().samples;
        let before = samples.partition_point(|sample| sample.at < cursor);
        let point = |sample: &Sample| (sample.at, (kind.then)(sample));
        let now = (cursor, (kind.now)(&run.engine().measures(cursor)));
        let later = samples[before..].iter().filter(|it| it.at > cursor);
        let points = samples[..before].iter().map(point).chain([now]);
        Curve {
            name,
            points: points.chain(later.map(point)).collect(),
            lived: before + 1,
        }
    });
    curve.collect()
}

fn show(link: &Link, run: &Run, names: &[&'static str], read: Option<Micros>) -> Html {
    let window = &Window::new(run.at(), run.reached());
    let moment = read.unwrap_or(window.cursor).min(window.reached);
    let parting = run.parting();
    let at = parting.as_ref().map(|it| it.at());
    let chart = |kind: &Kind| {
        let curves = curves(kind, run, names, window.cursor);
        chart(link, kind, &curves, (window, moment, at))
    };
    el("div", "charts")
        .with(
            el("div", "parting")
                .with(el("h2", "").say(text::SIDE_BY_SIDE))
                .put(difference(link, run, parting.as_ref(), names))
                .with(
                    el("p", "chart-hint")
                        .with(el("b", "").text(text::measured_at(&clock(moment))))
                        .put(span("dim", text::CHARTS_HINT)),
                ),
        )
        .with(el("div", "chart-row").all(KINDS.iter().map(chart).collect()))
        .done()
}

fn chart(
    link: &Link,
    kind: &Kind,
    curves: &[Curve],
    (window, moment, parting): (&Window, Micros, Option<Micros>),
) -> Html {
    let values = curves.iter().flat_map(|curve| &curve.points).map(|it| it.1);
    let scale = Scale::holding(values.max().unwrap_or(0), kind.least);
    let told: Vec<(String, bool)> = curves
        .iter()
        .map(|curve| kind.say(value_at(&curve.points, moment, kind.course)))
        .collect();
    let side = |(place, (curve, (words, cost))): (usize, (&Curve, &(String, bool)))| {
        let class = if *cost { "is-warn" } else { "" };
        el("li", class)
            .put(swatch(place))
            .put(span("dim", curve.name))
            .with(el("b", "").text(words.clone()))
            .done()
    };
    let heard = curves.iter().zip(&told);
    let heard = heard.map(|(curve, (words, _))| [curve.name, ": ", words].concat());
    let heard = heard.collect::<Vec<_>>().join("; ");
    let plot = el("div", "plot")
        .with(
            el("div", "y-axis")
                .word("aria-hidden", "true")
                .all(y_axis(kind, scale)),
        )
        .with(
            el("div", "plane")
                .attr(
                    "style",
                    places(&[
                        ("--now:", window.place(window.cursor)),
                        ("--at:", window.place(moment)),
                    ]),
                )
                .put(lines(kind, curves, &told, (window, scale)))
                .with(marks(window, (moment, parting)))
                .with(reader(link, kind.title, (window, moment), heard)),
        )
        .with(
            el("div", "x-axis")
                .word("aria-hidden", "true")
                .all(x_axis(window)),
        );
    let sides = curves.iter().zip(&told).enumerate().map(side).collect();
    el("figure", "chart")
        .with(
            el("figcaption", "")
                .with(el("h3", "").say(kind.title))
                .put(span("dim", kind.unit)),
        )
        .with(plot)
        .with(el("ul", "chart-told").all(sides))
        .done()
}

/// How a side's line looks.
fn swatch(place: usize) -> Html {
    let class = if place == 0 {
        "swatch first-side"
    } else {
        "swatch"
    };
    span(class, "")
}

fn lines(
    kind: &Kind,
    curves: &[Curve],
    told: &[(String, bool)],
    (window, scale): (&Window, Scale),
) -> Html {
    let mut paths = Vec::new();
    for (place, curve) in curves.iter().enumerate() {
        let draw = |class: String, points: &[(Micros, u64)]| {
            el("path", "")
                .attr("class", class)
                .attr("d", line(points, kind.course, window.end, scale))
                .done()
        };
        let mut class = String::from(if place == 0 {
            "first-side"
        } else {
            "second-side"
        });
        if told[place].1 {
            class.push_str(" is-warn");
        }
        let from = curve.lived.saturating_sub(1);
        paths.push(draw([&class, " ahead"].concat(), &curve.points[from..]));
        paths.push(draw(class, &curve.points[..curve.lived]));
    }
    el("svg", "")
        .word("viewBox", "0 0 100 100")
        .word("preserveAspectRatio", "none")
        .word("aria-hidden", "true")
        .all(paths)
        .done()
}

/// The cursor, the moment that is read, and the first difference.
fn marks(window: &Window, (moment, parting): (Micros, Option<Micros>)) -> El {
    let mark = |class: &'static str, at: Micros| {
        el("span", class)
            .attr("style", places(&[("--t:", window.place(at))]))
            .done()
    };
    let mut marks = vec![mark("chart-cursor", window.cursor)];
    if moment != window.cursor {
        marks.push(mark("chart-read", moment));
    }
    marks.extend(parting.map(|at| mark("chart-parting", at)));
    el("div", "chart-marks")
        .word("aria-hidden", "true")
        .all(marks)
}

/// A slider over what was played: a pointer reads where it is, and so do the arrow keys.
fn reader(
    link: &Link,
    title: &'static str,
    (window, moment): (&Window, Micros),
    heard: String,
) -> El {
    let reached = window.reached.0;
    let (to, leave) = (link.clone(), link.clone());
    let over = Callback::from(move |event: PointerEvent| {
        let input = event.target_unchecked_into::<web_sys::Element>();
        let share = f64::from(event.offset_x()) / f64::from(input.client_width().max(1));
        let at = Micros((share.clamp(0.0, 1.0) * reached as f64) as u64);
        to.send_message(Msg::ReadAt(Some(at)));
    });
    let away = Callback::from(move |_: PointerEvent| leave.send_message(Msg::ReadAt(None)));
    let leave = link.clone();
    let blur = Callback::from(move |_: FocusEvent| leave.send_message(Msg::ReadAt(None)));
    let value = [&text::measured_at(&clock(moment)), ": ", &heard].concat();
    let input = el("input", "")
        .word("type", "range")
        .word("min", "0")
        .attr("max", reached.to_string())
        .attr("step", (window.end.0 / 100).max(1).to_string())
        .attr("aria-label", text::at_a_moment(title))
        .attr("aria-valuetext", value)
        .value(moment.0.to_string())
        .hear(slide(link, |at| Msg::ReadAt(Some(Micros(at)))))
        .hear(Rc::new(yew::html::onpointermove::Wrapper::new(over)))
        .hear(Rc::new(yew::html::onpointerleave::Wrapper::new(away)))
        .hear(Rc::new(yew::html::onblur::Wrapper::new(blur)));
    el("div", "reader")
        .attr("style", places(&[("--b:", window.place(window.reached))]))
        .with(input)
}

fn y_axis(kind: &Kind, scale: Scale) -> Vec<Html> {
    let tick = |value: u64| {
        el("span", "")
            .attr("style", places(&[("--y:", scale.place(value))]))
            .put(spoken("", kind.tick(value)))
            .done()
    };
    scale.ticks().map(tick).collect()
}

fn x_axis(window: &Window) -> Vec<Html> {
    let tick = |at: Micros| {
        let mut words = String::new();
        decimal(&mut words, at.0 as f64 / 1e6, 1);
        if at == Micros::ZERO {
            words.push_str(" s");
        }
        let class = match (at == Micros::ZERO, at >= window.end) {
            (true, _) => "start",
            (_, true) => "last",
            _ => "",
        };
        el("span", class)
            .attr("style", places(&[("--t:", window.place(at))]))
            .text(words)
            .done()
    };
    window.ticks().map(tick).collect()
}
