//! The measures under a stage: a figure and its course, on one scale for all sides.

use crate::callbacks::Link;
use crate::el::{el, span};
use crate::part::part;
use crate::text;
use consensus::Micros;
use scenario::simulator::{Measures, Playback, Sample};
use scene::spark::{Course, Spark, spark};
use yew::Html;

/// A measure as shown.
#[derive(Clone, PartialEq)]
pub(crate) struct Measure {
    name: [&'static str; 2],
    figure: String,
    unit: &'static str,
    cost: bool,
    spark: Spark,
}

/// What a measure is made of.
struct Kind {
    /// In full, and where there is little room.
    name: [&'static str; 2],
    unit: Unit,
    now: fn(&Measures) -> u64,
    then: fn(&Sample) -> u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Time,
    Writes,
    Count,
}

const KINDS: [Kind; 5] = [
    Kind {
        name: text::NO_LEADER,
        unit: Unit::Time,
        now: |measures| measures.leaderless.0,
        then: |sample| sample.leaderless.0,
    },
    Kind {
        name: text::TWO_LEADERS,
        unit: Unit::Time,
        now: |measures| measures.two_claim.0,
        then: |sample| sample.two_claim.0,
    },
    Kind {
        name: text::AT_RISK,
        unit: Unit::Writes,
        now: |measures| measures.at_risk,
        then: |sample| sample.at_risk,
    },
    Kind {
        name: text::WRITES_LOST,
        unit: Unit::Writes,
        now: |measures| measures.lost,
        then: |sample| sample.lost,
    },
    Kind {
        name: text::MESSAGES_SENT,
        unit: Unit::Count,
        now: |measures| measures.messages,
        then: |sample| sample.messages,
    },
];

/// The measures of each side at `at`.
pub(crate) fn measures(runs: &[&Playback], at: Micros) -> Vec<Vec<Measure>> {
    let now: Vec<Measures> = runs.iter().map(|run| run.engine().measures(at)).collect();
    let until = |run: &&'_ Playback| run.record().samples.partition_point(|it| it.at <= at);
    let samples = runs.iter().map(|run| &run.record().samples[..until(run)]);
    let samples: Vec<&[Sample]> = samples.collect();
    let scale: Vec<u64> = KINDS
        .iter()
        .map(|kind| most(kind, &now, &samples))
        .collect();
    let side = |(now, samples): (&Measures, &&[Sample])| {
        let kinds = KINDS.iter().zip(&scale);
        let shown = kinds.map(|(kind, most)| measure(kind, now, samples, *most, at));
        shown.collect()
    };
    now.iter().zip(&samples).map(side).collect()
}

/// The top of the scale that all sides share.
fn most(kind: &Kind, now: &[Measures], samples: &[&[Sample]]) -> u64 {
    let before = samples
        .iter()
        .flat_map(|side| side.iter().map(|sample| (kind.then)(sample)));
    before
        .chain(now.iter().map(|now| (kind.now)(now)))
        .max()
        .unwrap_or(0)
}

fn measure(kind: &Kind, now: &Measures, samples: &[Sample], most: u64, at: Micros) -> Measure {
    let value = (kind.now)(now);
    let points = samples
        .iter()
        .map(|sample| (sample.at, (kind.then)(sample)));
    let course = if kind.unit == Unit::Writes {
        Course::Steps
    } else {
        Course::Slope
    };
    let lasts = match kind.name {
        text::NO_LEADER => now.claims == 0,
        text::TWO_LEADERS => now.claims > 1,
        _ => false,
    };
    let (figure, unit) = match kind.unit {
        // While it lasts, the figure says so.
        Unit::Time if lasts => (seconds(value), text::SECONDS_NOW),
        Unit::Time => (seconds(value), text::SECONDS),
        Unit::Writes => (value.to_string(), text::writes(value)),
        Unit::Count => (value.to_string(), ""),
    };
    Measure {
        name: kind.name,
        figure,
        unit,
        cost: value > 0 && kind.unit != Unit::Count,
        spark: spark(points, (at, value), most, course),
    }
}

fn seconds(micros: u64) -> String {
    match micros {
        0 => "0".to_string(),
        micros => {
            let hundredths = (micros + 5_000) / 10_000;
            format!("{}.{:02}", hundredths / 100, hundredths % 100)
        }
    }
}

/// Draws a side's measures.
pub(crate) fn show(link: &Link, measures: &[Measure]) -> Html {
    let shown = measures.iter();
    let shown = shown.map(|measure| part(link, measure.clone(), show_one));
    el("dl", "measures").all(shown.collect()).done()
}

fn show_one(_: &Link, measure: &Measure) -> Html {
    let class = if measure.cost {
        "measure is-warn"
    } else {
        "measure"
    };
    let figure = el("span", "figure")
        .text(measure.figure.clone())
        .put(span("unit", measure.unit))
        .done();
    let path = |class, d: &String| el("path", class).attr("d", d.clone()).done();
    let spark = el("svg", "spark")
        .word("viewBox", "0 0 72 24")
        .word("preserveAspectRatio", "none")
        .word("aria-hidden", "true")
        .put(path("area", &measure.spark.area))
        .put(path("line", &measure.spark.line))
        .done();
    el("div", class)
        .with(
            el("dt", "")
                .put(span("long", measure.name[0]))
                .put(span("brief", measure.name[1])),
        )
        .with(el("dd", "").put(figure).put(spark))
        .done()
}
