//! Logs side by side, and the list of events.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

#[path = "support/runs.rs"]
mod runs;
mod support;

use consensus::{NodeId, Role};
use runs::{excerpt, runs};
use scene::events::{EventKind, EventKinds, Events, Filter, Telling, events};
use scene::logs::logs;
use scene::{CellState, Facts, RuleFace};
use simulator::{CellView, Happening};
use support::{Built, node, term, view};

fn telling(reigns: &[consensus::Reign]) -> Telling<'_> {
    Telling {
        reigns,
        fills: &|_| 1,
    }
}

/// A log from `first` to `last` that is committed up to `committed`.
fn log(first: u64, last: u64, committed: u64) -> Vec<CellView> {
    let cell = |index| CellView {
        index,
        term: index / 1_000 + 1,
        value: (index % 3 > 0).then_some(index),
        committed: index <= committed,
    };
    (first..=last).map(cell).collect()
}

#[test]
fn of_a_long_log_only_what_is_in_the_window_is_drawn() {
    let mut nodes = [0, 1, 2].map(|id| node(id, Role::Follower, term(11, Some(0))));
    nodes[0].log = log(1, 10_000, 9_990);
    nodes[1].log = log(4_001, 9_995, 9_990);
    nodes[2].inspection.committed = 9_000;
    nodes[1].inspection.committed = 9_990;
    nodes[0].inspection.committed = 9_990;
    let view = view(nodes.to_vec());
    let facts = Facts::new(&view, RuleFace::Votes);
    for width in [200.0, 360.0, 768.0, 1_440.0] {
        let end = logs(&facts, None, width);
        assert_eq!((end.last, end.end), (10_000, 10_000));
        assert!(end.rows.iter().all(|it| it.cells.len() < 40));
        let [all, most, none] = &end.rows[..] else {
            panic!("three rows")
        };
        assert_eq!(all.cells.len() as u64, end.last - end.first + 1);
        assert!(all.folded.is_none() && most.folded.is_some());
        let folded = none.folded.as_ref().map(|it| &*it.text);
        assert_eq!((folded, none.cells.len()), (Some("1–9000"), 0));
        for table in [
            end,
            logs(&facts, Some(5_000), width),
            logs(&facts, Some(1), width),
        ] {
            let edge = table.says.unwrap_or(table.stage.width);
            for row in &table.rows {
                let cells = row.folded.iter().chain(&row.cells);
                let cells: Vec<_> = cells.collect();
                assert!(
                    cells.windows(2).all(|it| it[0].x + it[0].width <= it[1].x),
                    "{width}"
                );
                assert!(
                    cells
                        .iter()
                        .all(|it| it.x + it.width <= edge + 1.0 || width < 300.0)
                );
            }
        }
    }
    let middle = logs(&facts, Some(5_000), 768.0);
    assert_eq!(middle.first, 5_000);
    assert!(middle.rows[0].border.is_none());
    assert_eq!(logs(&facts, Some(99_999), 768.0).last, 10_000);
}

#[test]
fn what_is_committed_ends_at_a_border() {
    let mut leader = node(0, Role::Leader, term(2, Some(0))).holding(&[
        (1, 3, true),
        (1, 7, true),
        (2, 9, false),
    ]);
    leader.inspection.committed = 2;
    let view = view(vec![leader]);
    let table = logs(&Facts::new(&view, RuleFace::Votes), None, 400.0);
    let row = &table.rows[0];
    let border = row.border.expect("it is in the window");
    let states: Vec<_> = row
        .cells
        .iter()
        .map(|it| (it.state, it.fill, it.x < border))
        .collect();
    let safe = (CellState::Committed, 1, true);
    assert_eq!(states, [safe, safe, (CellState::Pending, 2, false)]);
    assert_eq!(row.says, "leads, 1 not committed");
}

#[test]
fn a_ledger_says_whom_a_peer_knows() {
    let view = view(vec![
        node(0, Role::Leader, term(1, Some(0))).aged(&[0, 1]),
        node(1, Role::Follower, term(1, Some(0))).aged(&[0]),
    ]);
    let table = logs(&Facts::new(&view, RuleFace::Age), None, 400.0);
    let row = |place: usize| {
        let cells = table.rows[place].cells.iter();
        cells.map(|it| (&*it.text, it.state)).collect::<Vec<_>>()
    };
    assert_eq!(
        row(0),
        [("A", CellState::Committed), ("B", CellState::Committed)]
    );
    assert_eq!(
        row(1),
        [("A", CellState::Committed), ("", CellState::Empty)]
    );
    assert_eq!(table.columns[1].text, "2nd");
}

#[test]
fn what_is_committed_and_what_is_carried_out_are_told_apart() {
    let mut one = node(0, Role::Follower, term(2, Some(1)));
    one.log = log(1, 9, 6);
    one.inspection.committed = 6;
    one.data = vec![simulator::DataView {
        index: 4,
        value: 4,
        acknowledged: true,
    }];
    let view = view(vec![one]);
    let table = logs(&Facts::new(&view, RuleFace::Votes), None, 700.0);
    let cells = table.rows[0].cells.iter();
    let done: Vec<_> = cells.map(|it| (it.position, it.applied)).collect();
    let expected: Vec<_> = (1..=9).map(|index| (index, index <= 4)).collect();
    assert_eq!(done, expected);
    assert!(
        table.rows[0].cells[3]
            .said
            .ends_with("committed, carried out")
    );
    assert!(table.rows[0].cells[4].said.ends_with(", committed"));
}

#[test]
fn a_line_names_the_nodes_and_the_entry_that_it_is_about() {
    let run = &runs()[0];
    let told = excerpt(run, 0, 1_420);
    let mut filter = Filter::all();
    filter.search = "puts an entry".into();
    let rows = shown(told.told(), &filter, 0, usize::MAX).rows;
    assert!(rows.len() > 4);
    for row in rows {
        let text = row.caption.text();
        let node = row.nodes[0].expect("somebody's log");
        assert!(text.starts_with(&node.to_string()), "{text}");
        let position = format!("position {} ", row.entry.expect("it has a place"));
        assert!(text.contains(&position), "{text}");
        assert_eq!(row.message, None);
    }
}

fn shown(told: &[Happening], filter: &Filter, first: usize, count: usize) -> Events {
    events(told, &telling(&[]), filter, first, count)
}

#[test]
fn everything_that_happens_is_a_sentence() {
    for run in runs() {
        let told = excerpt(&run, 0, run.playback.at().0 / 1_000);
        let all = shown(told.told(), &Filter::all(), 0, usize::MAX);
        assert_eq!(all.rows.len(), told.told().len());
        for row in all.rows {
            let text = row.caption.text();
            let is_sentence = text.ends_with('.') && text.starts_with(char::is_uppercase);
            assert!(is_sentence, "{text}");
            for sign in ["{", "}", "(", "::", "Some", "@", "#", "NodeId", "_"] {
                assert!(!text.contains(sign), "{text}");
            }
        }
    }
}

#[test]
fn a_part_of_the_list_is_that_part_of_all_of_it() {
    let run = &runs()[1];
    let told = excerpt(run, 0, 2_400);
    let mut rules = Filter::all();
    rules.kinds = EventKinds::NONE
        .toggled(EventKind::Rule)
        .toggled(EventKind::Client);
    let mut searched = Filter::all();
    searched.search = " VoTe ".into();
    for filter in [Filter::all(), rules, searched] {
        let all = shown(told.told(), &filter, 0, usize::MAX);
        assert_eq!(all.total, all.rows.len());
        assert!(all.total > 20);
        let part = shown(told.told(), &filter, 7, 9);
        assert_eq!((part.total, part.first), (all.total, 7));
        assert_eq!(part.rows, all.rows[7..16]);
    }
}

#[test]
fn a_filter_leaves_what_fits() {
    let run = &runs()[0];
    let told = excerpt(run, 0, 1_420);
    let mut filter = Filter::all();
    filter.kinds = EventKinds::NONE.toggled(EventKind::Power);
    let power = shown(told.told(), &filter, 0, usize::MAX);
    assert!(power.rows.iter().all(|it| it.kind == EventKind::Power));
    filter.node = Some(NodeId(1));
    let one = shown(told.told(), &filter, 0, usize::MAX);
    let texts: Vec<_> = one.rows.iter().map(|it| it.caption.text()).collect();
    assert_eq!(texts, ["B is up, in its 1st life.", "B is down."]);
    filter = Filter::all();
    filter.search = "one vote per term".into();
    let why = shown(told.told(), &filter, 0, usize::MAX);
    assert!(why.total > 0);
    assert!(
        why.rows
            .iter()
            .all(|it| it.caption.because.contains("one vote per term"))
    );
    filter.search = "no such words".into();
    assert_eq!(shown(told.told(), &filter, 0, 5), Events::default());
}
