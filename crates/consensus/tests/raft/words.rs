//! What the page shows: sentences, kinds of messages; and settings that make no sense.

use crate::server::*;
use consensus::raft::{
    Append, AppendAnswer, AppendOutcome, HeartbeatRound, LogIndex, LogPosition, RaftMessage,
    RaftRule, RaftSettings, RaftSettingsError, RaftTimer, ReadPath, ReplicationSession, Term,
};
use consensus::{
    ClusterId, Describe, Explain, Input, Mandate, MessageShape, Micros, NodeId, Receiver,
    TimerKind, wire,
};
use std::collections::BTreeSet;

#[test]
fn every_sentence_is_short_whole_and_names_only_what_it_may() {
    for rule in RaftRule::ALL {
        let sentence = rule.explanation().sentence;
        assert!(sentence.split_whitespace().count() <= 18, "{sentence}");
        assert!(
            sentence.starts_with("{node} ") && sentence.ends_with('.'),
            "{sentence}"
        );
        let mut rest = sentence.to_owned();
        for known in ["{node}", "{peer}", "{number}", "{of}"] {
            rest = rest.replace(known, "");
        }
        assert!(!rest.contains(['{', '}']), "{sentence}");
        let because = rule.explanation().because;
        assert!(!because.is_empty() && !because.ends_with('.'), "{because}");
        let sources = ["Raft §", "Raft thesis §", "rule "];
        assert!(
            sources
                .iter()
                .any(|it| rule.explanation().source.starts_with(it))
        );
        assert!(rule.explanation().weight <= 2);
    }
}

#[test]
fn every_rule_has_its_own_kebab_name() {
    let names: BTreeSet<&str> = RaftRule::ALL.iter().map(|rule| rule.name()).collect();
    assert_eq!(names.len(), RaftRule::ALL.len());
    let kebab = |c: char| c.is_ascii_lowercase() || c == '-' || c == '/';
    assert!(names.iter().all(|name| name.chars().all(kebab)));
}

/// A message with its kind, its shape and, for an answer, what it says.
type Sample = (RaftMessage, &'static str, MessageShape, Option<bool>);

/// The messages of the paper.
fn samples() -> Vec<Sample> {
    let term = Term(3);
    let append = |terms: &[u64]| {
        RaftMessage::Append(Append {
            term,
            entries: entries(terms).into(),
            ..Append::default()
        })
    };
    let answer = |carried, outcome| {
        RaftMessage::AppendAnswer(AppendAnswer {
            term,
            session: ReplicationSession(1),
            round: HeartbeatRound(1),
            carried,
            outcome,
        })
    };
    let last = LogPosition::ZERO;
    let yes = AppendOutcome::Matched(LogIndex(1));
    let granted = true;
    vec![
        (
            RaftMessage::VoteRequest {
                term,
                last,
                transfer: true,
            },
            "vote request",
            MessageShape::Claim,
            None,
        ),
        (
            RaftMessage::VoteAnswer { term, granted },
            "vote",
            MessageShape::Claim,
            Some(true),
        ),
        (append(&[]), "heartbeat", MessageShape::Call, None),
        (append(&[1, 2]), "append", MessageShape::Entry, None),
        (
            answer(false, yes),
            "heartbeat answer",
            MessageShape::Call,
            Some(true),
        ),
        (
            answer(true, AppendOutcome::Stale),
            "append answer",
            MessageShape::Entry,
            Some(false),
        ),
    ]
}

/// The messages of the thesis.
fn samples_of_the_thesis() -> Vec<Sample> {
    let (term, last, granted, round) = (Term(3), LogPosition::ZERO, true, round(1));
    vec![
        (
            RaftMessage::PreVoteRequest { term, round, last },
            "pre-vote request",
            MessageShape::Claim,
            None,
        ),
        (
            RaftMessage::PreVoteAnswer {
                term,
                round,
                granted,
            },
            "pre-vote",
            MessageShape::Claim,
            Some(true),
        ),
        (
            RaftMessage::TimeoutNow { term },
            "timeout now",
            MessageShape::Claim,
            None,
        ),
    ]
}

#[test]
fn messages_show_what_they_are() {
    for (message, kind, shape, says) in samples().into_iter().chain(samples_of_the_thesis()) {
        let summary = message.describe();
        assert_eq!(
            (summary.kind, summary.shape, summary.answer),
            (kind, shape, says)
        );
        assert_eq!(
            summary.reign.map(|reign| reign.mandate),
            Some(Mandate::Term(3))
        );
        let newest = (kind == "append").then(|| command(2));
        assert_eq!(
            summary.command, newest,
            "the newest command that it carries"
        );
        let Input::Receive(envelope) = from(B, message) else {
            unreachable!()
        };
        let bytes = wire::encode(&envelope).expect("encodes");
        assert_eq!(wire::decode(&bytes), Ok(envelope));
    }
}

#[test]
fn timers_have_names_and_only_patience_is_drawn() {
    assert!(RaftTimer::Election.is_patience() && !RaftTimer::Heartbeat.is_patience());
    assert_eq!(RaftTimer::Election.name(), "election");
    assert_eq!(RaftTimer::Heartbeat.name(), "heartbeat");
}

#[test]
fn the_presets_differ_in_what_keeps_a_cluster_calm_and_both_can_work() {
    let (paper, production) = (RaftSettings::paper(), RaftSettings::production());
    assert_eq!(paper, RaftSettings::default());
    let calm = |it: &RaftSettings| [it.pre_vote, it.check_quorum, it.no_op];
    assert_eq!((calm(&paper), calm(&production)), ([false; 3], [true; 3]));
    assert_eq!((paper.check(), production.check()), (Ok(()), Ok(())));
}

#[test]
fn settings_that_cannot_work_are_named() {
    let fine = RaftSettings::default();
    assert_eq!(fine.check(), Ok(()));
    let (least, most) = (Micros::from_millis(400), Micros::from_millis(300));
    let mut bad = fine.clone();
    bad.election_timeout_least = least;
    let swapped = RaftSettingsError::ElectionTimeoutsSwapped { least, most };
    assert_eq!(bad.check(), Err(swapped));
    bad.election_timeout_least = Micros::ZERO;
    assert_eq!(bad.check(), Err(RaftSettingsError::NoElectionTimeout));
    let mut bad = fine.clone();
    bad.heartbeat = Micros::from_millis(51);
    let error = bad.check().expect_err("more than a third of 150 ms");
    assert_eq!(
        error.to_string(),
        "the heartbeat interval may be at most 0.050 s, a third of the shortest election \
         timeout, not 0.051 s"
    );
    bad.heartbeat = Micros::ZERO;
    assert_eq!(bad.check(), Err(RaftSettingsError::NoHeartbeat));
    let mut bad = fine;
    bad.entries_per_message = 0;
    assert_eq!(bad.check(), Err(RaftSettingsError::NoEntriesPerMessage));
}

#[test]
fn settings_that_would_deceive_clients_are_named() {
    let lease = |settings| RaftSettings {
        reads: ReadPath::Lease,
        ..settings
    };
    assert_eq!(lease(RaftSettings::production()).check(), Ok(()));
    let error = lease(RaftSettings::paper()).check();
    assert_eq!(error, Err(RaftSettingsError::LeaseWithoutCheckQuorum));
    let bad = RaftSettings {
        clock_drift_percent: 100,
        ..RaftSettings::default()
    };
    let error = RaftSettingsError::ClocksTooFarApart { percent: 100 };
    assert_eq!(bad.check(), Err(error));
    let bad = RaftSettings {
        session_expiry: Some(Micros::ZERO),
        ..RaftSettings::default()
    };
    assert_eq!(bad.check(), Err(RaftSettingsError::NoSessionExpiry));
}

#[test]
fn messages_that_no_member_could_mean_are_ignored_and_change_nothing() {
    let ask = RaftMessage::VoteRequest {
        term: Term(1),
        last: LogPosition::ZERO,
        transfer: false,
    };
    let altered = |change: &dyn Fn(&mut consensus::Envelope<RaftMessage>)| {
        let Input::Receive(mut envelope) = from(B, ask.clone()) else {
            unreachable!()
        };
        change(&mut envelope);
        Input::Receive(envelope)
    };
    let at = |term, index| LogPosition {
        term: Term(term),
        index: LogIndex(index),
    };
    let malformed = RaftRule::IgnoredMalformed;
    for (input, rule) in [
        (
            altered(&|e| e.cluster = ClusterId(8)),
            RaftRule::IgnoredOtherCluster,
        ),
        (vote(NodeId(9), 7, false), RaftRule::IgnoredUnknownSender),
        (altered(&|e| e.sender = A), RaftRule::IgnoredMisaddressed),
        (
            altered(&|e| e.receiver = Receiver::Node(C)),
            RaftRule::IgnoredMisaddressed,
        ),
        (vote_request(B, 0, LogPosition::ZERO), malformed),
        (vote_request(B, u64::MAX, LogPosition::ZERO), malformed),
        (vote_request(B, 2, at(2, 1)), malformed),
        (pre_vote_request(B, u64::MAX, LogPosition::ZERO), malformed),
        (pre_vote_request(B, 1, at(2, 1)), malformed),
        (pre_vote(B, u64::MAX, 1, true), malformed),
        (timeout_now(B, 0), malformed),
        (append(B, 2, at(0, 1), &[], 0), malformed),
        (append(B, 2, at(1, 0), &[], 0), malformed),
        (append(B, 2, at(3, 4), &[], 0), malformed),
        (append(B, 2, at(1, u64::MAX), &[1], 0), malformed),
        (append(B, 2, LogPosition::ZERO, &[2, 1], 0), malformed),
        (append(B, 2, LogPosition::ZERO, &[3], 0), malformed),
        (append(B, 2, LogPosition::ZERO, &[0], 0), malformed),
        (append(B, 2, LogPosition::ZERO, &[], u64::MAX), malformed),
        (differs(B, 2, 0, at(0, 0)), malformed),
        (matched(B, 2, u64::MAX), malformed),
    ] {
        let mut bench = server(3);
        let before = bench.node.clone();
        let done = bench.give(input.clone());
        assert!(said(&done, rule), "{input:?}");
        assert_eq!(done.len(), 1);
        assert_eq!(bench.node, before);
    }
}
