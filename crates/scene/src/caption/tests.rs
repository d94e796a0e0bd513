use super::*;
use alloc::boxed::Box;
use consensus::{ClientId, Explanation, Facts};
use simulator::{BreakerState, LinkChange, Links, PerMillion, SpanRange};

const WHY: Why = Why {
    rule: &Explanation {
        name: "test/rule",
        sentence: "{node} asks {peer}: {number} of {of}.",
        because: "a majority wins",
        source: "Raft §5.2",
        weight: 2,
    },
    facts: Facts {
        peer: Some(NodeId(1)),
        number: Some(2),
        of: Some(3),
    },
};

/// A rule like that of [`WHY`], with this weight and sentence.
fn rule(weight: u8, sentence: &'static str) -> &'static Explanation {
    Box::leak(Box::new(Explanation {
        name: "test/rule",
        sentence,
        because: "a majority wins",
        source: "Raft §5.2",
        weight,
    }))
}

fn why(at: u64, weight: u8, sentence: &'static str) -> Happening {
    let why = Why {
        rule: rule(weight, sentence),
        ..WHY
    };
    Happening {
        at: Micros(at),
        event: at,
        what: What::Why(NodeId(0), why),
    }
}

fn fills(node: NodeId) -> u8 {
    node.0 as u8 + 1
}

#[test]
fn facts_take_their_places_in_the_sentence() {
    assert_eq!(
        fill_sentence(&WHY, NodeId(0), &fills),
        [
            Segment::Node {
                node: NodeId(0),
                fill: 1
            },
            Segment::Text(" asks ".into()),
            Segment::Node {
                node: NodeId(1),
                fill: 2
            },
            Segment::Text(": 2 of 3.".into()),
        ]
    );
}

#[test]
fn a_missing_fact_never_shows_its_braces() {
    for sentence in [WHY.rule.sentence, "{", "{node", "}{unknown}{", "{}"] {
        let why = Why {
            rule: rule(2, sentence),
            facts: Facts::NONE,
        };
        let segments = fill_sentence(&why, NodeId(0), &fills);
        let caption = Caption {
            segments,
            ..Caption::plain("")
        };
        assert!(!caption.text().contains("{peer}") && !caption.text().contains("{number}"));
    }
}

#[test]
fn the_latest_of_the_greatest_weight_is_told() {
    let story = [
        why(1, 2, "first."),
        why(2, 2, "second."),
        why(3, 1, "line."),
        why(4, 0, "no."),
    ];
    let told = |cursor| choose(&story, Micros(cursor), "start.", &fills).text();
    assert_eq!(told(0), "start.");
    assert_eq!(told(1), "first.");
    assert_eq!(told(9), "second.");
    assert_eq!(
        choose(&story[2..], Micros(9), "start.", &fills).text(),
        "line."
    );
}

#[test]
fn what_a_person_does_is_told_without_a_source() {
    let cut = Action::Cut(vec![vec![NodeId(0), NodeId(1)], vec![NodeId(2)]]);
    let story = [Happening {
        at: Micros(5),
        event: 1,
        what: What::Acted(cut),
    }];
    let caption = choose(&story, Micros(5), "", &fills);
    assert_eq!(caption.text(), "The network is cut: A B | C.");
    assert_eq!((caption.because, caption.source), ("", ""));
}

/// The captions of happenings, one after the other.
fn told(story: Vec<What>) -> Vec<String> {
    let story: Vec<Happening> = (1..)
        .zip(story)
        .map(|(at, what)| Happening {
            at: Micros(at),
            event: at,
            what,
        })
        .collect();
    let at = |one: &Happening| choose(&story, one.at, "", &fills).text();
    story.iter().map(at).collect()
}

#[test]
fn a_cut_one_way_says_which_way_is_closed() {
    let cut = Action::CutOneWay {
        from: vec![NodeId(0), NodeId(1)],
        to: vec![NodeId(2)],
    };
    assert_eq!(
        told(vec![What::Acted(cut)]),
        ["The network is cut one way: nothing passes from A B to C."]
    );
}

#[test]
fn rough_water_says_how_rough() {
    let link = |change| {
        What::Acted(Action::Link {
            links: Links::ALL,
            change,
        })
    };
    assert_eq!(
        told(vec![
            link(LinkChange::Corruption(PerMillion::percent(5))),
            link(LinkChange::Corruption(PerMillion(0))),
            link(LinkChange::Delay(SpanRange::millis(40, 60))),
        ]),
        [
            "From now on 5% of messages are damaged.",
            "From now on no message is damaged.",
            "From now on messages take 40 to 60 ms.",
        ]
    );
}

#[test]
fn a_breaker_that_opens_again_was_tried_in_vain() {
    let breaker = |client, state| What::Breaker {
        client: ClientId(client),
        node: NodeId(0),
        state,
    };
    assert_eq!(
        told(vec![
            breaker(0, BreakerState::Open),
            breaker(0, BreakerState::HalfOpen),
            breaker(1, BreakerState::Open),
            breaker(0, BreakerState::Open),
            breaker(0, BreakerState::HalfOpen),
            breaker(0, BreakerState::Closed),
        ]),
        [
            "Client 1 stops asking A: too many answers in a row failed to come.",
            "Client 1 may try A once.",
            "Client 2 stops asking A: too many answers in a row failed to come.",
            "Client 1 tried A in vain, and leaves it alone again.",
            "Client 1 may try A once.",
            "Client 1 trusts A again.",
        ]
    );
}
