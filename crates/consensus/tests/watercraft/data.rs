//! W9, one node at a time: shared data, and good-byes.

use crate::node::*;

#[test]
fn w9_only_the_host_serves() {
    let mut a = host();
    let fx = a.give(write(1));
    assert!(said(&fx, R::StoresAlone));
    let call = command(1).call;
    let answer = Answer::Done(Output::new([7]));
    assert!(fx.contains(&Effect::Answer { call, answer }));

    let mut c = follower();
    let refused = |hint: Option<u16>| Effect::Answer {
        call,
        answer: Answer::Refused {
            reason: Refusal::NotLeader,
            hint: hint.map(NodeId),
        },
    };
    let fx = c.give(write(1));
    assert!(said(&fx, R::ClientRedirected) && fx.contains(&refused(Some(A))));
    let mut seeker = Node::boot(D, 1, ALL, WatercraftSettings::default());
    seeker.give(Input::Start);
    let fx = seeker.give(write(1));
    assert!(said(&fx, R::ClientRefused) && fx.contains(&refused(None)));
}

#[test]
fn w9_a_call_is_carried_out_once_at_a_time_and_lost_with_the_host() {
    let mut c = lone_host();
    c.bench.instant_machine = false;
    c.give(write(1));
    assert!(said(&c.give(write(1)), R::CallRepeated));
    let fx = c.hear(B, answer_of_b(3));
    assert!(said(&fx, R::YieldsToOlder) && said(&fx, R::CallsLost) && said(&fx, R::DataDropped));
    let call = command(1).call;
    let answer = Answer::Refused {
        reason: Refusal::LostLeadership,
        hint: Some(NodeId(B)),
    };
    assert!(fx.contains(&Effect::Answer { call, answer }));
    assert!(fx.contains(&Effect::ClearApplication));
}

#[test]
fn w9_a_host_that_leaves_hands_list_and_data_over() {
    let mut a = host();
    a.give(write(1));
    a.give(write(2));
    let fx = a.give(Input::Control(Control::Leave));
    assert!(said(&fx, R::HandsOver) && said(&fx, R::DataDropped));
    assert!(fx.contains(&Effect::ClearApplication));
    assert_eq!(kinds(&fx), [(B, "hand-over"), (C, "goodbye")]);
    let Some((_, hand_over)) = sent(&fx).first().copied() else {
        panic!("nothing was sent");
    };

    let mut b = Node::boot(B, 1, ALL, WatercraftSettings::default());
    b.give(Input::Start);
    let three = list(&[(A, 1, Alive), (B, 2, Alive), (C, 3, Alive)]);
    let at = version(1, A, 3);
    b.hear(
        A,
        M::List {
            version: at,
            list: three.clone(),
        },
    );
    let fx = b.hear(A, hand_over.clone());
    assert!(said(&fx, R::TakesOver) && said(&fx, R::TakesOverData) && b.hosts());
    for (index, command) in [(1, command(1)), (2, command(2))] {
        assert!(fx.contains(&Effect::Apply(SingleCommand { index, command })));
    }
    assert_eq!(b.rows(), [(A, 1, false), (B, 2, true), (C, 3, true)]);
    assert!(
        said(&b.hear(A, hand_over.clone()), R::MessageIgnored),
        "A is gone"
    );

    let mut c = Node::boot(C, 1, ALL, WatercraftSettings::default());
    c.give(Input::Start);
    c.hear(
        A,
        M::List {
            version: at,
            list: three,
        },
    );
    let fx = c.hear(A, M::Goodbye);
    assert!(said(&fx, R::HostLeft) && said(&fx, R::DecidesOnNext) && c.follows() == Some(B));
}

#[test]
fn w9_what_is_handed_over_too_late_is_of_use_only_to_an_empty_host() {
    let hand_over = || {
        let mut list = list(FOUR);
        list.strike(life(A), Left);
        M::HandOver {
            version: version(2, A, 6),
            list,
            commands: vec![command(1)],
        }
    };
    for writes in [0, 1] {
        let mut c = follower();
        c.fire(T::Silence);
        c.fire(T::Silence);
        for sequence in 0..writes {
            c.give(write(8 + sequence));
        }
        let fx = c.hear(A, hand_over());
        assert_eq!(said(&fx, R::TakesOverData), writes == 0);
        assert_eq!(said(&fx, R::HandOverTooLate), writes == 1);
        assert!(said(&fx, R::NodeLeaves), "A was not known to have left");
    }
}

#[test]
fn w9_who_leaves_tells_the_host_and_the_host_the_others() {
    let mut c = follower();
    let fx = c.give(Input::Control(Control::Leave));
    assert_eq!(kinds(&fx), [(A, "goodbye")]);
    assert!(c.give(Input::Control(Control::Leave)).is_empty());
    assert!(said(&c.hear(A, M::Contact), R::MessageIgnored));

    let mut a = host();
    let fx = a.hear(C, M::Goodbye);
    assert!(said(&fx, R::NodeLeaves));
    assert_eq!(kinds(&fx), [(B, "removal")]);
    let late = call(3, Report::Version(version(1, A, 3)));
    assert!(
        said(&a.hear(C, late), R::MessageIgnored),
        "it said good-bye"
    );
}
