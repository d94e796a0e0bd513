//! A run of two sides steps from milestone to milestone of either.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::consensus::Micros;
use scenario::simulator::{Action, MilestoneKind, MilestoneKinds, Playback, Progress, Target};
use scenario::{PRESETS, ProtocolName, Run, RunMilestone, RunProgress, Scenario};

fn run() -> Run {
    let preset = PRESETS.iter().find(|it| it.name == "cut");
    let text = preset.expect("it comes with the product").text;
    let scenario = Scenario::parse(text).expect("it can be read");
    let protocols = [ProtocolName::Raft, ProtocolName::Almighty];
    Run::between(scenario.setup(), protocols)
}

fn millis(millis: u64) -> Micros {
    Micros::from_millis(millis)
}

fn found(run: &Run, forward: bool) -> Option<RunMilestone> {
    let mut search = run.search(forward);
    loop {
        match search.go_on(run, 17) {
            RunProgress::Searching => {}
            RunProgress::Found(found) => return Some(found),
            RunProgress::Nothing => return None,
        }
    }
}

/// The events of every milestone of one side alone, up to this moment.
fn alone(playback: &mut Playback, until: Micros) -> Vec<u64> {
    playback.seek_event(0);
    let mut met = Vec::new();
    loop {
        let mut search = playback.next_milestone(MilestoneKinds::ALL);
        match search.go_on(playback, u64::MAX) {
            Progress::Found(found) if found.at <= until => {
                playback.seek_event(found.event);
                met.push(found.event);
            }
            _ => return met,
        }
    }
}

/// What each side came to, step by step, up to this moment.
fn trail(run: &mut Run, forward: bool, until: Micros) -> Vec<RunMilestone> {
    let mut met = Vec::new();
    while let Some(next) = found(run, forward).filter(|it| !forward || it.at <= until) {
        run.go_to(&next);
        assert_eq!(run.at(), next.at);
        met.push(next);
    }
    met
}

#[test]
fn every_milestone_of_either_side_is_met_once_and_in_order() {
    let until = millis(2_600);
    let mut run = run();
    let met = trail(&mut run, true, until);
    assert!(met.len() > 10, "{}", met.len());
    assert!(met.is_sorted_by_key(|it| it.at));
    let scenario = {
        let preset = PRESETS.iter().find(|it| it.name == "cut");
        Scenario::parse(preset.expect("it comes with the product").text).expect("it can be read")
    };
    for (place, side) in run.sides().iter().enumerate() {
        let events: Vec<u64> = met
            .iter()
            .filter_map(|it| it.sides[place].map(|it| it.event))
            .collect();
        let engine = scenario.setup().engine(side.protocol());
        assert_eq!(events, alone(&mut Playback::new(engine), until));
    }
}

#[test]
fn the_way_back_is_the_way_there() {
    let mut run = run();
    let mut there = trail(&mut run, true, millis(2_600));
    // One further than the last, so that the last is met again.
    run.seek(run.at() + Micros(1));
    let mut back = trail(&mut run, false, Micros::ZERO);
    back.reverse();
    // On a side that stands still at a moment its own milestone of that moment is told once.
    assert_eq!(there.len(), back.len());
    let at = |all: &mut Vec<RunMilestone>| all.iter().map(|it| it.at).collect::<Vec<_>>();
    assert_eq!(at(&mut there), at(&mut back));
}

#[test]
fn what_is_done_to_both_sides_is_one_step() {
    let mut run = run();
    run.seek(millis(500));
    run.act(Action::Stop(Target::Leader))
        .expect("it can be done");
    run.seek(Micros::ZERO);
    let next = trail(&mut run, true, millis(500)).pop();
    let sides = next.expect("both have a leader").sides;
    let kinds: Vec<_> = sides.iter().flatten().map(|it| it.kind).collect();
    assert_eq!(kinds, [MilestoneKind::Crash; 2]);
}

#[test]
fn a_vote_says_who_gives_it_to_whom() {
    let mut run = run();
    let votes = trail(&mut run, true, millis(1_500))
        .into_iter()
        .filter_map(|it| it.sides[0].filter(|it| it.kind == MilestoneKind::Vote));
    let given: Vec<_> = votes.map(|it| (it.node, it.candidate)).collect();
    assert!(given.iter().any(|(node, candidate)| node != candidate));
    let named = |it: &(Option<_>, Option<_>)| it.0.is_some() && it.1.is_some();
    assert!(given.iter().all(named), "{given:?}");
}
