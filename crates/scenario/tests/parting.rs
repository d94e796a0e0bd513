//! Two runs side by side: what counts as their first difference.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::consensus::{Micros, NodeId};
use scenario::simulator::{Action, Playback, Target, What};
use scenario::{ProtocolName, Run, Scenario};

/// Raft's A leads when it is told to, the oldest peer at once: with this seed nobody else claims to.
fn run_of(steps: &str) -> Run {
    let text = format!(
        r#"{{ "title": "x", "nodes": 3, "seed": 10, "until": "20s",
        "raft": {{ "election-timeout": ["30s", "40s"] }}, "steps": [{steps}] }}"#
    );
    let scenario = Scenario::parse(&text).expect("it is good");
    Run::between(
        scenario.setup(),
        [ProtocolName::Raft, ProtocolName::Almighty],
    )
}

#[test]
fn what_one_side_does_much_later_stays_a_difference_when_it_is_done() {
    let mut run = run_of(r#"{ "at": "3s", "do": { "time-out": "A" } }"#);
    run.seek(Micros::from_secs(2));
    let early = run.parting().expect("only one side has a leader");
    run.seek(Micros::from_secs(5));
    let first = |side: &Playback| side.record().leads[0].node;
    assert_eq!(
        (
            first(run.sides()[0].playback()),
            first(run.sides()[1].playback())
        ),
        (NodeId(0), NodeId(0))
    );
    let late = run.parting().expect("A came too late");
    assert_eq!(late.at(), early.at());
}

#[test]
fn what_both_do_at_about_the_same_time_is_no_difference() {
    let mut run = run_of(r#"{ "at": "150ms", "do": { "time-out": "A" } }"#);
    run.seek(Micros::from_secs(5));
    assert_eq!(run.parting(), None);
}

#[test]
fn a_read_that_is_told_two_values_is_a_difference() {
    // The value that A alone held dies with it under the oldest-peer rule.
    let mut run = run_of(
        r#"{ "at": "150ms", "do": { "time-out": "A" } },
        { "at": "1s", "do": { "write": { "value": 7 } } },
        { "at": "2s", "do": { "stop": "A" } },
        { "at": "2200ms", "do": { "time-out": "B" } },
        { "at": "3s", "do": { "read": { "to": "B" } } }"#,
    );
    run.seek(Micros::from_secs(5));
    let at = run.parting().expect("the answers differ").at();
    assert!(
        (Micros::from_secs(3)..Micros::from_millis(3_300)).contains(&at),
        "{at}"
    );
}

#[test]
fn stepping_to_and_fro_and_branches_lead_back_to_the_same_runs() {
    let mut run = run_of(r#"{ "at": "150ms", "do": { "time-out": "A" } }"#);
    let digests = |run: &Run| [0, 1].map(|side| run.sides()[side].playback().engine().digest());
    run.seek(Micros::from_secs(1));
    run.act(Action::Stop(Target::Leader))
        .expect("it is allowed");
    run.seek(Micros::from_secs(3));
    let stopped = digests(&run);
    for _ in 0..50 {
        assert!(run.step_back());
    }
    for _ in 0..50 {
        assert!(run.step_forward());
    }
    assert_eq!(digests(&run), stopped);
    run.seek(Micros::from_millis(500));
    run.act(Action::Stop(Target::Node(NodeId(2))))
        .expect("it is allowed");
    assert_eq!(run.branches().len(), 1);
    run.take_up(0);
    assert_eq!((run.at(), digests(&run)), (Micros::from_secs(3), stopped));
    assert_eq!(run.branches()[0].acts.len(), 1, "the script left is kept");
}

#[test]
fn a_branch_is_compared_with_what_is_played() {
    let mut run = run_of(r#"{ "at": "150ms", "do": { "time-out": "A" } }"#);
    let (stop, start) = (Micros::from_millis(900), Micros::from_millis(1_500));
    run.seek(stop);
    run.act(Action::Stop(Target::Node(NodeId(0))))
        .expect("it is allowed");
    run.seek(Micros::from_secs(4));
    run.seek(start);
    run.act(Action::Start(Target::Node(NodeId(0))))
        .expect("it is allowed");
    run.seek(Micros::from_secs(3));
    assert!(run.compare(1).is_none(), "there is one branch");
    let compared = run.compare(0).expect("there is one branch");
    let measured = |side: &Playback| side.engine().measures(Micros::from_secs(3));
    for (side, found) in [run.sides()[0].playback(), run.sides()[1].playback()]
        .into_iter()
        .zip(&compared)
    {
        assert_eq!(found.until, Micros::from_secs(3), "the branch went further");
        let divergence = found.divergence.as_ref().expect("they part");
        assert_eq!(divergence.at(), start);
        let told = &divergence.sides[0].as_ref().expect("it is played").told;
        assert!(matches!(told[0].what, What::Acted(Action::Start(_))));
        assert!(divergence.words(0)[0].contains("Start"));
        assert_eq!(found.measures[0], measured(side));
    }
    run.take_up(0);
    run.seek(Micros::from_secs(3));
    assert_eq!(compared[0].measures[1], measured(run.sides()[0].playback()));
    assert_eq!(compared[1].measures[1], measured(run.sides()[1].playback()));
    let back = run.compare(0).expect("what was played is a branch now");
    let swapped = |side: usize| back[side].measures.clone().into_iter().rev();
    assert!(swapped(0).eq(compared[0].measures.clone()));
    assert!(swapped(1).eq(compared[1].measures.clone()));
}

#[test]
fn a_difference_says_what_each_side_did() {
    let mut run = run_of(r#"{ "at": "3s", "do": { "time-out": "A" } }"#);
    run.seek(Micros::from_secs(2));
    let early = run.parting().expect("only one side has a leader");
    assert_eq!(early.words(0), ["nobody else begins to lead"]);
    assert_eq!(
        early.words(1),
        [format!("A begins to lead at {}", early.at())]
    );
}
