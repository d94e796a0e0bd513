//! The space-time diagram: for any number of nodes, on a stage of any size.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

#[path = "support/runs.rs"]
mod runs;

use consensus::NodeId;
use runs::{Run, diagram, frame, runs, servers};
use scene::lanes::Sign;
use scene::spacetime::{RayEnd, Spacetime};
use scene::{Form, Point, Stage};

const STAGES: [(f64, f64); 5] = [
    (120.0, 90.0),
    (300.0, 160.0),
    (360.0, 640.0),
    (960.0, 226.0),
    (1_920.0, 400.0),
];

/// Half the size of what is drawn at a centre.
type Box = (f64, f64, f64, f64);

fn apart(a: Box, b: Box) -> bool {
    (a.0 - b.0).abs() >= a.2 + b.2 || (a.1 - b.1).abs() >= a.3 + b.3
}

fn boxes(diagram: &Spacetime) -> Vec<Box> {
    let half = 10.0 * diagram.mark;
    let signs = diagram.signs.iter().map(|it| {
        let high = if it.sign == Sign::Crown {
            9.0 * diagram.mark
        } else {
            0.0
        };
        (it.at.x, it.at.y - high, half, half)
    });
    let labels = diagram
        .labels
        .iter()
        .map(|it| (it.at.x, it.at.y, it.half, 9.0));
    signs.chain(labels).collect()
}

fn check(run: &Run, stage: (f64, f64), span: u64) {
    let (width, height) = stage;
    let diagram = diagram(run, span, Stage::new(width, height));
    let what = format!("{} {stage:?} {span}", run.name);
    let boxes = boxes(&diagram);
    for (place, one) in boxes.iter().enumerate() {
        let clear = boxes[..place].iter().all(|other| apart(*one, *other));
        assert!(clear, "{what}: a mark is covered");
    }
    let named: Vec<f64> = diagram
        .rows
        .iter()
        .filter(|it| it.named)
        .map(|it| it.y)
        .collect();
    assert!(
        named.windows(2).all(|it| it[1] - it[0] >= 16.9),
        "{what}: {named:?}"
    );
    assert!(!named.is_empty());
    assert!(
        diagram
            .rows
            .iter()
            .all(|it| it.y >= 0.0 && it.y <= diagram.floor),
        "{what}"
    );
    assert!(diagram.floor < height.max(80.0), "{what}");
    let ticks = diagram.ticks.windows(2);
    for pair in ticks {
        let room = (pair[0].text.len() + pair[1].text.len()) as f64 * 3.8;
        assert!(pair[1].x - pair[0].x > room, "{what}: {pair:?}");
    }
    let inside = |x: f64| x >= diagram.left - 0.01 && x <= diagram.right + 0.01;
    for ray in &diagram.rays {
        assert!(inside(ray.from.x) && inside(ray.to.x), "{what}: {ray:?}");
        assert!(
            ray.from.y.is_finite() && ray.to.y.is_finite(),
            "{what}: {ray:?}"
        );
        assert!(ray.from.x <= ray.to.x, "{what}: {ray:?}");
    }
    for life in &diagram.lives {
        assert!(
            inside(life.from) && inside(life.to) && life.from < life.to,
            "{what}: {life:?}"
        );
    }
}

#[test]
fn nothing_covers_anything_for_any_number_of_nodes_on_any_stage() {
    for nodes in [1, 2, 3, 5, 9, 16, 31] {
        let run = servers(nodes, 2);
        for stage in STAGES {
            for span in [40, 400, 1_500] {
                check(&run, stage, span);
            }
        }
    }
    for run in runs() {
        for stage in STAGES {
            check(&run, stage, 900);
        }
    }
}

#[test]
fn sides_stand_together_and_the_river_runs_between_them() {
    let run = servers(6, 2);
    let diagram = diagram(&run, 1_500, Stage::new(960.0, 300.0));
    let order: Vec<u16> = diagram.rows.iter().map(|it| it.node.0).collect();
    assert_eq!(order, [0, 2, 4, 1, 3, 5]);
    let [span] = &diagram.spans[..] else {
        panic!("one cut, healed: {:?}", diagram.spans)
    };
    let y = span.y.expect("a river");
    assert!(diagram.rows[2].y < y && y < diagram.rows[3].y);
    assert!(span.begins && span.ends && !span.one_way);
    // What fell, fell into it; what did not cross, did not.
    let lost = diagram.rays.iter().filter(|it| it.end == RayEnd::Lost);
    assert!(lost.clone().count() > 3);
    for ray in lost {
        assert!((ray.to.y - y).abs() < 0.01, "{ray:?}");
    }
}

#[test]
fn lives_show_who_led_who_stood_and_who_was_down() {
    let run = servers(5, 2);
    let diagram = diagram(&run, 1_590, Stage::new(960.0, 300.0));
    let with = |form: Form| diagram.lives.iter().filter(move |it| it.form == form);
    let record = run.playback.record();
    let led: Vec<NodeId> = record.leads.iter().map(|it| it.node).collect();
    for node in led {
        assert!(with(Form::Leader).any(|it| it.node == node), "{node}");
    }
    assert!(with(Form::Candidate).count() > 0);
    assert_eq!(
        with(Form::Stopped)
            .filter(|it| it.to >= it.from + 30.0)
            .count(),
        1
    );
    // One line for each, without a gap.
    for row in &diagram.rows {
        let mine: Vec<_> = diagram
            .lives
            .iter()
            .filter(|it| it.node == row.node)
            .collect();
        assert!(
            mine.windows(2)
                .all(|it| (it[0].to - it[1].from).abs() < 0.01)
        );
    }
    let crowns = diagram.signs.iter().filter(|it| it.sign == Sign::Crown);
    assert_eq!(crowns.count(), record.leads.len());
}

#[test]
fn what_is_pointed_at_is_what_lies_nearest() {
    let run = servers(5, 2);
    let frame = frame(&run, 300, Stage::new(960.0, 300.0));
    let diagram = diagram(&run, 300, Stage::new(960.0, 300.0));
    for ray in &diagram.rays {
        let middle = ray.from.toward(ray.to, 0.5);
        let met = diagram.ray_at(middle, 0.5).expect("it lies there");
        // Where two cross, the one on top is met.
        assert!(met.id >= ray.id);
        assert!(diagram.ray_at(Point::new(middle.x, -40.0), 9.0).is_none());
    }
    for row in &diagram.rows {
        let name = diagram.name_at(Point::new(10.0, row.y + 3.0));
        assert_eq!(name.map(|it| it.node), Some(row.node));
        assert!(
            diagram
                .name_at(Point::new(diagram.left + 1.0, row.y))
                .is_none()
        );
    }
    for sign in &diagram.signs {
        let away = diagram.moment_at(sign.at.x, &frame).0.abs_diff(sign.when.0);
        assert!(away <= 1, "{away}");
    }
    assert_eq!(diagram.moment_at(-5.0, &frame), frame.from);
    assert_eq!(diagram.moment_at(5_000.0, &frame), frame.to);
}

#[test]
fn ticks_are_round_moments() {
    let run = servers(3, 2);
    let texts = |span| {
        let diagram = diagram(&run, span, Stage::new(960.0, 300.0));
        let ticks = diagram.ticks.into_iter();
        ticks.map(|it| it.text).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(texts(1_500), "0.2 0.4 0.6 0.8 1.0 1.2 1.4 1.6 s");
    assert_eq!(
        texts(40),
        "1.560 1.565 1.570 1.575 1.580 1.585 1.590 1.595 1.600 s"
    );
}
