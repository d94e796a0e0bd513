//! The lessons that ship, played as the page plays them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::Scenario;
use scenario::lesson::{Lesson, LessonPlayer, LessonProgress};
use serde_json::{Value, json};
use std::fs;

/// So many other seeds each lesson is played from that is told by any.
const OTHER_SEEDS: u32 = 20;

/// Every lesson that ships, by name, in the order of the course.
fn course() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/lessons");
    let files = fs::read_dir(folder).expect("the lessons are there");
    let paths = files.map(|it| it.expect("it can be listed").path());
    let lessons = paths.filter(|it| it.extension().is_some_and(|it| it == "json"));
    let mut texts: Vec<(String, String)> = lessons
        .map(|path| {
            let name = path.file_stem().expect("it has a name").to_string_lossy();
            (
                name.into_owned(),
                fs::read_to_string(&path).expect("it is text"),
            )
        })
        .collect();
    texts.sort();
    texts
}

fn text_of(number: usize) -> String {
    course()[number - 1].1.clone()
}

fn lesson(number: usize) -> Lesson {
    Lesson::parse(&text_of(number)).expect("it can be played")
}

/// What the check of a lesson finds after an edit: fields and problems.
fn found(number: usize, edit: impl Fn(&mut Value)) -> Vec<(String, String)> {
    let mut file: Value = serde_json::from_str(&text_of(number)).expect("it is JSON");
    edit(&mut file);
    let report = Lesson::check(&file.to_string(), 0).expect("it can be played");
    let faults = report.complaints.into_iter().map(|it| it.fault);
    faults.map(|it| (it.field, it.problem)).collect()
}

/// Goes to a step, in slices of so many events; what is shown at its beginning and its end.
fn look(player: &mut LessonPlayer, step: usize, slice: u64) -> [Vec<u64>; 2] {
    player.go_to(step);
    while player.go_on(slice) != LessonProgress::There {}
    assert_eq!(player.step(), step);
    let begin = player.digests();
    player.show_end();
    [begin, player.digests()]
}

#[test]
fn every_lesson_tells_what_happens() {
    let course = course();
    assert_eq!(course.len(), 11);
    for (name, text) in course {
        let report = Lesson::check(&text, OTHER_SEEDS).unwrap_or_else(|it| panic!("{name}: {it}"));
        assert!(report.holds(), "{name}: {:?}", report.complaints);
        assert!((8..=14).contains(&report.caption_words.len()), "{name}");
        assert!(report.questions >= 1, "{name}");
        assert!(
            report.median_words() <= 12 && report.most_words() <= 18,
            "{name}"
        );
    }
}

#[test]
fn a_step_shows_the_same_forward_back_and_by_a_jump() {
    for (name, text) in course() {
        let lesson = Lesson::parse(&text).expect("it can be played");
        let count = lesson.steps.len();
        let mut player = LessonPlayer::new(lesson.clone());
        let forward: Vec<_> = (0..count)
            .map(|it| look(&mut player, it, u64::MAX))
            .collect();
        for step in (0..count).rev().chain(0..count) {
            assert_eq!(
                look(&mut player, step, u64::MAX),
                forward[step],
                "{name} {step}"
            );
        }
        let mut other = LessonPlayer::new(lesson);
        for step in [count - 1, 0, count / 2, 1] {
            assert_eq!(look(&mut other, step, 64), forward[step], "{name} {step}");
        }
        let of_a_step = forward
            .iter()
            .flatten()
            .collect::<std::collections::BTreeSet<_>>();
        assert!(of_a_step.len() > count / 2, "{name}: the steps differ");
    }
}

#[test]
fn what_is_shown_is_what_the_gate_was_judged_by() {
    let mut player = LessonPlayer::new(lesson(2));
    let before = look(&mut player, 4, u64::MAX);
    assert_ne!(before[0], before[1]);
    let nodes = |player: &LessonPlayer| {
        let view = player.run().sides()[0].playback().engine().view();
        let leads = |it: &scenario::simulator::NodeView| it.inspection.reign.leader == Some(it.id);
        view.nodes.iter().map(leads).collect::<Vec<bool>>()
    };
    assert_eq!(nodes(&player), [true, false, false, false]);
    player.show(scenario::consensus::Micros::ZERO);
    assert_eq!(nodes(&player), [false; 4]);
    assert_eq!(player.digests(), before[0]);
    assert_eq!(player.mark(4).expect("it is found").right(), Some(1));
}

#[test]
fn events_are_stepped_through_up_to_the_end_of_the_step() {
    let mut player = LessonPlayer::new(lesson(4));
    let [_, end] = look(&mut player, 3, u64::MAX);
    player.go_to(3);
    player.arrive();
    let mut events = 0;
    while player.step_forward() {
        events += 1;
    }
    assert!(events > 10, "{events}");
    assert_eq!(player.digests(), end);
}

#[test]
fn a_search_goes_on_in_slices_and_can_be_given_up() {
    let mut player = LessonPlayer::new(lesson(4));
    look(&mut player, 0, u64::MAX);
    let shown = player.digests();
    player.go_to(12);
    assert_eq!(player.needs(12), 12);
    assert!(matches!(player.go_on(10), LessonProgress::Searching(1)));
    assert_eq!(
        (player.step(), player.digests()),
        (0, shown),
        "nothing moves meanwhile"
    );
    player.go_to(0);
    assert_eq!(player.go_on(10), LessonProgress::There);
    player.go_to(99);
    player.arrive();
    assert_eq!((player.step(), player.needs(12)), (12, 0));
    assert!(!player.forward() && player.back());
    player.arrive();
    assert_eq!(player.step(), 11);
}

#[test]
fn the_sandbox_begins_where_the_lesson_stands_without_what_comes_later() {
    let mut player = LessonPlayer::new(lesson(4));
    look(&mut player, 12, u64::MAX);
    // What comes next is done at the very next moment.
    look(&mut player, 4, u64::MAX);
    let run = player.sandbox();
    let digest = run.sides()[0].playback().engine().state_digest();
    assert_eq!((run.at(), digest), (player.run().at(), player.digests()[0]));
    let last = run.script().last().expect("something was done").at;
    assert!(
        run.acts().len() == 4 && last <= run.at(),
        "{:?}",
        run.acts()
    );
    look(&mut player, 12, u64::MAX);
    assert_eq!(player.sandbox().acts().len(), 7);
}

#[test]
fn an_edit_that_breaks_a_gate_fails() {
    let without_the_cut = |file: &mut Value| file["steps"][2]["do"] = json!([]);
    assert!(!found(4, without_the_cut).is_empty());
    let other_leader = |file: &mut Value| file["steps"][4]["gate"] = json!({ "leaders": ["B"] });
    let faults = found(2, other_leader);
    let (field, problem) = &faults[0];
    assert_eq!(field, "steps[4].gate");
    assert_eq!(problem, "it did not hold within 200ms: these lead: A");
    let too_short = |file: &mut Value| file["steps"][4]["within"] = json!("1ms");
    assert_eq!(found(2, too_short)[0].0, "steps[4].gate");
    let holds_already = |file: &mut Value| file["steps"][8]["gate"] = json!("one-leader");
    let (field, problem) = &found(2, holds_already)[0];
    assert_eq!(field, "steps[8].gate");
    assert!(
        problem.contains("the moment the step is entered"),
        "{problem}"
    );
}

#[test]
fn an_edit_that_breaks_an_answer_fails() {
    let other = |file: &mut Value| file["steps"][3]["ask"]["right"] = json!(1);
    let faults = found(4, other);
    let (field, problem) = &faults[0];
    assert_eq!((faults.len(), &**field), (1, "steps[3].ask.right"));
    assert_eq!(
        problem,
        "answer 1 ought to be the only right one; after 0.090 s these are: 2"
    );
    let two = |file: &mut Value| {
        file["steps"][3]["ask"]["answers"][2]["that"] = json!({ "leaders": ["A"] });
    };
    assert!(found(4, two)[0].1.ends_with("these are: 2, 3"));
    let none = |file: &mut Value| {
        file["steps"][3]["ask"]["answers"][1]["that"] = json!({ "leaders": [] });
    };
    assert!(found(4, none)[0].1.ends_with("these are: none"));
}

#[test]
fn a_rule_that_is_broken_is_told() {
    let breaks = |file: &mut Value| {
        file["scenario"]["raft"] = json!({ "mutant": "majority-of-reachable" });
    };
    let faults = found(4, breaks);
    assert!(
        faults.iter().any(|it| it.1.contains("stands still")),
        "{faults:?}"
    );
}

#[test]
fn the_example_of_the_format_holds() {
    let format = include_str!("../LESSONS.md");
    let (_, rest) = format.split_once("```json\n").expect("there is one");
    let (example, _) = rest.split_once("```").expect("it ends");
    let report = Lesson::check(example, OTHER_SEEDS).unwrap_or_else(|it| panic!("{it}"));
    assert!(report.holds(), "{:?}", report.complaints);
}

#[test]
fn a_lesson_can_name_a_scenario_that_ships() {
    let text = json!({
        "title": "Split", "about": "A vote splits.", "minutes": 3, "scenario": "split-vote",
        "steps": [{ "caption": "Somebody leads in the end.", "gate": "one-leader", "within": "2s" }]
    });
    let lesson = Lesson::parse(&text.to_string()).expect("it can be played");
    let preset = scenario::PRESETS.iter().find(|it| it.name == "split-vote");
    let named = Scenario::parse(preset.expect("it ships").text).expect("it can be run");
    assert_eq!(
        (lesson.scenario.setup(), lesson.scenario.seed),
        (named.setup(), 1)
    );
    assert!(
        Lesson::check(&text.to_string(), 0)
            .expect("it can be played")
            .holds()
    );
}

#[test]
fn a_transcript_has_all_that_is_said_and_what_is_right() {
    let lesson = lesson(2);
    let (text, with_notes) = (lesson.transcript(false), lesson.transcript(true));
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for step in &lesson.steps {
        assert!(joined.contains(&step.caption) && joined.contains(&step.deeper));
        assert!(step.notes.is_empty() || !joined.contains(&step.notes));
    }
    assert!(text.contains("  > A crashes.\n") && text.contains("  Right, 3: Yes."));
    assert!(with_notes.contains("Notes: Ask the room first"));
    assert!(with_notes.lines().all(|it| it.chars().count() <= 78));
}

#[test]
fn a_hand_out_asks_first_and_answers_on_another_page() {
    let text = lesson(2).hand_out();
    let (asks, answers) = text.split_once('\u{c}').expect("there are two pages");
    assert!(asks.contains("[ ] 2. Everybody who voted") && !asks.contains("Right"));
    assert!(answers.contains("Right, 1:") && answers.contains("Right, 3:"));
}
