//! Lessons that cannot be played are refused with the line, the field and the remedy.
#![allow(missing_docs)]

use scenario::ScenarioError;
use scenario::lesson::Lesson;

/// A lesson that can be played, to be spoilt line by line.
const GOOD: &str = r#"{
  "title": "A crash",
  "about": "The leader crashes.",
  "covers": ["R3"],
  "minutes": 3,
  "protocols": ["raft"],
  "scenario": { "title": "A crash", "nodes": 3, "seed": 7, "until": "10s" },
  "steps": [
    {
      "caption": "Three servers wait.",
      "highlight": [{ "timer": "A" }],
      "gate": "one-leader",
      "within": "3s"
    },
    {
      "caption": "Now the leader crashes.",
      "do": [{ "stop": "leader" }],
      "ask": {
        "question": "Will anybody lead now?",
        "answers": [
          { "text": "Yes", "feedback": "Two agree.", "that": { "not": { "leaders": [] } } },
          { "text": "No", "feedback": "Two are enough.", "that": { "leaders": [] } }
        ],
        "right": 1
      },
      "for": "2s"
    }
  ]
}"#;

fn refused(from: &str, to: &str) -> ScenarioError {
    assert_eq!(GOOD.matches(from).count(), 1, "{from}");
    match Lesson::parse(&GOOD.replace(from, to)) {
        Err(error) => error,
        Ok(_) => panic!("{to} was read"),
    }
}

/// What replaces what, and the line, the field and a piece of the problem that come of it.
type Spoilt = (
    &'static str,
    &'static str,
    usize,
    &'static str,
    &'static str,
);

fn all_refused(spoilt: &[Spoilt]) {
    for (from, to, line, field, piece) in spoilt {
        let error = refused(from, to);
        assert_eq!((error.line, &*error.field), (*line, *field), "{error}");
        assert!(error.problem.contains(piece), "{error}");
    }
}

#[test]
fn the_good_one_can_be_played() {
    let report = Lesson::check(GOOD, 3).expect("it is read");
    assert!(report.holds(), "{:?}", report.complaints);
}

#[test]
fn what_is_said_is_short_and_there() {
    let long = "\"Three servers wait, and wait, and wait, and wait, and wait, and wait, and wait, and wait, and wait.\"";
    all_refused(&[
        (
            "\"Three servers wait.\"",
            long,
            10,
            "steps[0].caption",
            "19 words",
        ),
        (
            "\"Three servers wait.\"",
            "\" - \"",
            10,
            "steps[0].caption",
            "says nothing",
        ),
        (
            "\"Two agree.\"",
            "\"\"",
            21,
            "steps[1].ask.answers[0].feedback",
            "says nothing",
        ),
        (
            "\"feedback\": \"Two agree.\", ",
            "",
            21,
            "steps[1].ask.answers[0]",
            "missing field `feedback`",
        ),
        (
            "\"The leader crashes.\"",
            "\"\"",
            3,
            "about",
            "says nothing",
        ),
        ("\"minutes\": 3", "\"minutes\": 9", 5, "minutes", "3 to 8"),
        (
            "[\"R3\"]",
            "[\"R3\", \"X1\"]",
            4,
            "covers[1]",
            "no requirement",
        ),
    ]);
}

#[test]
fn unknown_fields_and_names_are_refused() {
    all_refused(&[
        (
            "\"minutes\": 3",
            "\"minutes\": 3, \"color\": 1",
            5,
            "color",
            "unknown field `color`",
        ),
        (
            "\"for\": \"2s\"",
            "\"for\": \"2s\", \"then\": 1",
            26,
            "steps[1].then",
            "unknown field",
        ),
        (
            "{ \"timer\": \"A\" }",
            "{ \"timer\": \"D\" }",
            11,
            "steps[0].highlight[0].timer",
            "no node D",
        ),
        (
            "{ \"timer\": \"A\" }",
            "{ \"client\": 2 }",
            11,
            "steps[0].highlight[0].client",
            "1 to 1",
        ),
        (
            "{ \"timer\": \"A\" }",
            "{ \"link\": [\"A\", \"A\"] }",
            11,
            "steps[0].highlight[0].link",
            "itself",
        ),
        (
            "{ \"timer\": \"A\" }",
            "{ \"moon\": \"A\" }",
            11,
            "steps[0].highlight[0].moon",
            "unknown variant",
        ),
        (
            "{ \"stop\": \"leader\" }",
            "{ \"stop\": \"Q\" }",
            17,
            "steps[1].do[0].stop",
            "no node Q",
        ),
        (
            "\"one-leader\"",
            "{ \"leaders\": [\"E\"] }",
            12,
            "steps[0].gate",
            "no node E",
        ),
        (
            "\"nodes\": 3",
            "\"nodes\": 0",
            7,
            "scenario.nodes",
            "out of range",
        ),
        (
            "\"seed\": 7",
            "\"seed\": 7, \"wind\": 3",
            7,
            "scenario.wind",
            "unknown field `wind`",
        ),
    ]);
}

#[test]
fn who_joins_in_a_step_is_a_node() {
    let joins = GOOD.replace(
        "{ \"stop\": \"leader\" }",
        "{ \"join\": \"D\" }, { \"stop\": \"D\" }",
    );
    assert!(Lesson::parse(&joins).is_ok());
}

#[test]
fn a_gate_has_a_time_and_a_span_has_no_gate() {
    let rule = "{ \"rule\": { \"name\": \"election-won\" } }";
    all_refused(&[
        (
            ",\n      \"within\": \"3s\"",
            "",
            12,
            "steps[0].gate",
            "\"within\": \"2s\"",
        ),
        (
            "\"within\": \"3s\"",
            "\"within\": \"3s\", \"for\": \"1s\"",
            13,
            "steps[0].for",
            "leave out this",
        ),
        (
            "\"within\": \"3s\"",
            "\"within\": \"0s\"",
            13,
            "steps[0].within",
            "some time",
        ),
        (
            "\"for\": \"2s\"",
            "\"within\": \"2s\"",
            26,
            "steps[1].within",
            "nothing to wait for",
        ),
        (
            "\"for\": \"2s\"",
            "\"for\": \"0s\"",
            26,
            "steps[1].for",
            "no time at all",
        ),
        (
            ",\n      \"for\": \"2s\"",
            "",
            18,
            "steps[1].ask",
            "could decide it",
        ),
        (
            "\"for\": \"2s\"",
            "\"for\": \"2s\", \"of\": \"raft\"",
            26,
            "steps[1].of",
            "no gate",
        ),
        (
            "\"one-leader\"",
            rule,
            12,
            "steps[0].gate",
            "what can be seen",
        ),
        (
            "\"for\": \"2s\"",
            "\"for\": \"8s\"",
            26,
            "steps[1].for",
            "its scenario ends at 10s",
        ),
    ]);
}

#[test]
fn a_question_can_be_decided() {
    let one = "\"feedback\": \"Two agree.\", \"of\": \"almighty\"";
    all_refused(&[
        (
            "\"right\": 1",
            "\"right\": 3",
            24,
            "steps[1].ask.right",
            "1 to 2",
        ),
        (
            "\"right\": 1",
            "\"right\": 0",
            24,
            "steps[1].ask.right",
            "1 to 2",
        ),
        (
            "\"feedback\": \"Two agree.\"",
            one,
            21,
            "steps[1].ask.answers[0].of",
            "not played under",
        ),
    ]);
}

#[test]
fn no_list_is_longer_than_a_page_can_play() {
    let many = |piece: &str, times: usize| vec![piece; times].join(", ");
    let deeds = GOOD.replace("{ \"stop\": \"leader\" }", &many("\"heal\"", 33));
    let error = Lesson::parse(&deeds).expect_err("it does too much");
    assert_eq!((error.line, &*error.field), (17, "steps[1].do"), "{error}");
    let claims = many("{ \"that\": \"checks-hold\" }", 9);
    let beside = format!("\"one-leader\", \"also\": [{claims}]");
    let error = Lesson::parse(&GOOD.replace("\"one-leader\"", &beside)).expect_err("too many");
    assert_eq!(
        (error.line, &*error.field),
        (12, "steps[0].also"),
        "{error}"
    );
    let step = "{ \"caption\": \"On.\" }";
    let steps = GOOD.replace("\"steps\": [", &format!("\"steps\": [{},", many(step, 63)));
    let error = Lesson::parse(&steps).expect_err("it is too long");
    assert_eq!((error.line, &*error.field), (8, "steps"), "{error}");
}

#[test]
fn one_protocol_or_two_play_side_by_side() {
    let three = "[\"raft\", \"almighty\", \"watercraft\"]";
    all_refused(&[
        ("[\"raft\"]", three, 6, "protocols", "two side by side"),
        (
            "[\"raft\"]",
            "[\"raft\", \"raft\"]",
            6,
            "protocols[1]",
            "name it once",
        ),
    ]);
    let message = "{ \"message\": { \"number\": 3, \"do\": \"drop\" } }";
    let both = GOOD.replace("[\"raft\"]", "[\"raft\", \"almighty\"]");
    let touched = both.replace("{ \"stop\": \"leader\" }", message);
    let error = Lesson::parse(&touched).expect_err("it touches a message on two sides");
    assert_eq!(error.field, "steps[1].do[0].message");
}

#[test]
fn a_scenario_is_named_as_it_ships() {
    let begin = GOOD.find("{ \"title\": \"A crash\"").expect("it is there");
    let end = GOOD[begin..].find('}').expect("it ends") + begin + 1;
    let named = format!("{}\"no-such\"{}", &GOOD[..begin], &GOOD[end..]);
    let error = Lesson::parse(&named).expect_err("there is none");
    assert_eq!((error.line, &*error.field), (7, "scenario"), "{error}");
    assert!(error.problem.contains("`split-vote`"), "{error}");
}

#[test]
fn what_is_no_lesson_is_told_so() {
    let error = Lesson::parse("[]").expect_err("it is a list");
    assert!(
        error
            .to_string()
            .starts_with("line 1, the file: it is no lesson"),
        "{error}"
    );
}
