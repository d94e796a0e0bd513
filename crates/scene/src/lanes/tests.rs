use super::*;
use alloc::vec;
use consensus::Reign;
use simulator::{LinkChange, Links, PerMillion, Target};

const SECOND: u64 = 1_000_000;

fn term(node: u16, term: u64, from: u64, until: Option<u64>) -> Lead {
    let reign = Reign {
        mandate: Mandate::Term(term),
        leader: Some(NodeId(node)),
    };
    let number = term as u32;
    Lead {
        node: NodeId(node),
        reign,
        number,
        from: Micros(from),
        until: until.map(Micros),
    }
}

fn election(node: u16, number: u32, from: u64, until: Option<u64>) -> Lead {
    let mandate = Mandate::Election {
        at: Micros(from),
        caller: NodeId(node),
    };
    let reign = Reign {
        mandate,
        leader: Some(NodeId(node)),
    };
    Lead {
        node: NodeId(node),
        reign,
        number,
        from: Micros(from),
        until: until.map(Micros),
    }
}

fn cut(at: u64) -> TimedAction {
    let action = Action::Cut(vec![vec![NodeId(0), NodeId(1)]]);
    TimedAction {
        at: Micros(at),
        action,
    }
}

fn heal(at: u64) -> TimedAction {
    TimedAction {
        at: Micros(at),
        action: Action::Heal,
    }
}

fn window(cursor: u64) -> Window {
    Window::new(Micros(cursor), Micros(2 * SECOND))
}

fn record(leads: Vec<Lead>) -> Record {
    let mut record = Record::default();
    record.leads = leads;
    record
}

#[test]
fn the_window_grows_in_whole_ticks() {
    let end = |reached: u64| Window::new(Micros(0), Micros(reached)).end.0;
    assert_eq!(end(0), 2 * SECOND);
    assert_eq!(end(2 * SECOND + 1), 2_500_000);
    assert_eq!(end(3_200_000), 4 * SECOND);
    assert_eq!(end(61 * SECOND), 80 * SECOND);
    assert_eq!(window(0).ticks().count(), 5);
}

#[test]
fn a_cut_off_minority_leads_in_vain_and_a_majority_does_not() {
    let script = [cut(SECOND), heal(1_500_000)];
    let idle = |node| {
        let record = record(vec![term(node, 1, 0, None)]);
        let lane = lane(&record, &script, LaneRule::Majority(5), &window(2 * SECOND));
        lane.bars
            .iter()
            .map(|bar| (bar.from, bar.idle))
            .collect::<Vec<_>>()
    };
    assert_eq!(idle(0), [(0.0, false), (50.0, true), (75.0, false)]);
    assert_eq!(idle(2), [(0.0, false)]);
}

#[test]
fn an_older_term_leads_in_vain_beside_a_newer_one() {
    let leads = vec![term(0, 1, 0, Some(2 * SECOND)), term(2, 2, SECOND, None)];
    let lane = lane(
        &record(leads),
        &[],
        LaneRule::Majority(5),
        &window(2 * SECOND),
    );
    let drawn: Vec<_> = lane
        .bars
        .iter()
        .map(|bar| (bar.low, bar.idle, bar.note))
        .collect();
    assert_eq!(
        drawn,
        [
            (false, false, None),
            (false, true, Some(Note::CannotCommit)),
            (true, false, None)
        ]
    );
}

#[test]
fn two_who_lead_by_age_are_called_two_leaders() {
    let leads = vec![election(0, 1, 0, None), election(2, 2, SECOND, None)];
    let lane = lane(
        &record(leads),
        &[cut(SECOND)],
        LaneRule::Age,
        &window(2 * SECOND),
    );
    assert!(lane.bars.iter().all(|bar| !bar.idle));
    let noted: Vec<_> = lane
        .bars
        .iter()
        .filter_map(|bar| bar.note.map(|n| (bar.low, n)))
        .collect();
    assert_eq!(noted, [(true, Note::TwoLeaders)]);
}

#[test]
fn the_cursor_parts_what_was_lived_from_what_lies_ahead() {
    let lane = lane(
        &record(vec![term(0, 1, 0, None)]),
        &[],
        LaneRule::Majority(5),
        &window(SECOND),
    );
    let drawn: Vec<_> = lane
        .bars
        .iter()
        .map(|bar| (bar.from, bar.to, bar.ahead))
        .collect();
    assert_eq!(drawn, [(0.0, 50.0, false), (50.0, 100.0, true)]);
    assert_eq!(lane.bars[0].name, Some(NodeId(0)));
    assert_eq!(lane.bars[1].name, None);
}

#[test]
fn a_row_is_free_again_after_its_leader() {
    let leads = [
        term(0, 1, 0, Some(SECOND)),
        term(1, 2, SECOND, None),
        term(2, 3, SECOND + 1, None),
    ];
    assert_eq!(rows(&leads), [false, false, true]);
}

#[test]
fn the_river_runs_from_cut_to_heal_and_on_to_what_was_reached() {
    let river = |script: &[TimedAction]| shared(script, &window(0)).rivers;
    assert_eq!(river(&[cut(SECOND), heal(1_500_000)]), [(50.0, 75.0)]);
    assert_eq!(river(&[cut(SECOND), cut(1_200_000)]), [(50.0, 100.0)]);
    assert_eq!(river(&[heal(SECOND)]), []);
}

#[test]
fn marks_tell_their_story_in_words() {
    let lane = lane(
        &record(vec![term(0, 1, 184_000, Some(SECOND))]),
        &[],
        LaneRule::Majority(5),
        &window(SECOND),
    );
    let said: Vec<_> = lane.marks.iter().map(|mark| mark.said.as_str()).collect();
    assert_eq!(
        said,
        ["0.184 s: A leads term 1", "1.000 s: A leads no longer"]
    );
}

fn deaf(from: &[u16], to: &[u16]) -> TimedAction {
    let names = |nodes: &[u16]| nodes.iter().map(|node| NodeId(*node)).collect();
    TimedAction {
        at: Micros(SECOND),
        action: Action::CutOneWay {
            from: names(from),
            to: names(to),
        },
    }
}

#[test]
fn who_is_only_heard_or_only_hears_is_no_part_of_a_majority() {
    let idle = |script: &[TimedAction]| {
        let record = record(vec![term(0, 1, 0, None)]);
        let rule = LaneRule::Majority(5);
        let bars = lane(&record, script, rule, &window(2 * SECOND)).bars;
        bars.iter().any(|bar| bar.idle)
    };
    assert!(idle(&[deaf(&[0, 1], &[2, 3, 4])]));
    assert!(idle(&[deaf(&[2, 3, 4], &[0, 1])]));
    assert!(!idle(&[deaf(&[0, 1], &[3, 4])]));
    assert!(idle(&[deaf(&[0, 1], &[3, 4]), deaf(&[2], &[0])]));
    assert!(!idle(&[deaf(&[2, 3, 4], &[0, 1]), heal(SECOND)]));
}

#[test]
fn a_river_runs_where_one_way_is_cut_and_its_mark_says_which() {
    let script = [deaf(&[0, 1], &[2]), heal(1_500_000)];
    let shared = shared(&script, &window(0));
    assert_eq!(shared.rivers, [(50.0, 75.0)]);
    assert_eq!(shared.marks[0].sign, Sign::CutOneWay);
    assert_eq!(
        shared.marks[0].said,
        "1.000 s: nothing passes from A B to C"
    );
}

#[test]
fn a_cut_that_takes_anothers_place_is_no_healing() {
    let script = [cut(0), heal(SECOND), deaf(&[0], &[1])];
    let shared = shared(&script, &window(0));
    let signs: Vec<_> = shared.marks.iter().map(|mark| mark.sign).collect();
    assert_eq!(signs, [Sign::Cut, Sign::CutOneWay]);
    assert_eq!(shared.rivers, [(0.0, 50.0), (50.0, 100.0)]);
}

#[test]
fn the_water_of_one_moment_has_one_mark_that_says_how_it_is_now() {
    let water = |change| TimedAction {
        at: Micros(SECOND),
        action: Action::Link {
            links: Links::ALL,
            change,
        },
    };
    let script = [
        water(LinkChange::Loss(PerMillion::percent(1))),
        water(LinkChange::Loss(PerMillion::percent(2))),
        water(LinkChange::Corruption(PerMillion::percent(5))),
    ];
    let marks = shared(&script, &window(0)).marks;
    let said: Vec<_> = marks.iter().map(|mark| mark.said.as_str()).collect();
    assert_eq!(
        said,
        ["1.000 s: 2% of messages are lost, 5% of messages are damaged"]
    );
}

#[test]
fn what_is_done_to_a_node_is_marked() {
    let at = Micros(SECOND);
    let node = Target::Node(NodeId(1));
    let service = Micros(40_000);
    let script = [
        Action::Pause(node),
        Action::Resume(node),
        Action::Slow { node, service },
    ]
    .map(|action| TimedAction { at, action });
    let marks = shared(&script, &window(0)).marks;
    let signs: Vec<_> = marks.iter().map(|mark| mark.sign).collect();
    assert_eq!(signs, [Sign::Pause, Sign::Resume, Sign::Slow]);
    // They stand side by side, and lead to the same moment.
    assert!(marks.is_sorted_by(|one, other| one.place < other.place && one.at == other.at));
}

/// So many leaders, one after the other, each for so long.
fn storm(count: u64, each: u64) -> Record {
    let lead = |n: u64| term((n % 5) as u16, n + 1, n * each, Some((n + 1) * each));
    record((0..count).map(lead).collect())
}

#[test]
fn marks_that_crowd_are_told_of_by_those_that_have_room() {
    for room in [1.2, 1.9, 13.4] {
        let window = window(2 * SECOND).with_room(room);
        let marks = lane(&storm(1_000, 2_000), &[], LaneRule::Majority(5), &window).marks;
        assert!(marks.len() as f64 <= 100.0 / room + 1.0, "{}", marks.len());
        let far = |pair: &[Mark]| pair[1].place - pair[0].place > room - 0.02;
        assert!(marks.windows(2).all(far), "at {room}");
        let events: u32 = marks.iter().map(|it| it.more + 1).sum();
        assert_eq!(events, 2_000);
        assert!(marks.iter().all(|it| it.said.lines().count() <= 4));
    }
}

#[test]
fn a_mark_names_its_neighbours_or_says_how_many_there_are() {
    let window = window(2 * SECOND).with_room(2.0);
    let few = lane(&storm(2, 4_000), &[], LaneRule::Majority(5), &window).marks;
    assert_eq!(few.len(), 1);
    assert_eq!(
        few[0].said,
        "0.000 s: A leads term 1\n0.004 s: A leads no longer\n0.004 s: B leads term 2\n\
         0.008 s: B leads no longer"
    );
    let many = lane(&storm(4, 4_000), &[], LaneRule::Majority(5), &window).marks;
    assert_eq!(many[0].more, 7);
    assert!(many[0].said.ends_with("and 5 more, the last at 0.016 s"));
}

#[test]
fn what_weighs_most_keeps_its_sign_where_marks_crowd() {
    let at = Micros(SECOND);
    let node = Target::Node(NodeId(1));
    let write = Action::Write {
        client: 0,
        key: 0,
        value: 5,
        to: None,
    };
    let script = [write, Action::Stop(node), Action::Heal].map(|action| TimedAction { at, action });
    let marks = shared(&script, &window(0).with_room(13.0)).marks;
    assert_eq!(marks.len(), 1);
    assert_eq!((marks[0].sign, marks[0].more), (Sign::Heal, 2));
}
