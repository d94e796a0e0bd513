//! W3 to W5, one node at a time: the list, who keeps it, and what calls report.

use crate::node::*;

#[test]
fn w3_a_first_caller_and_everyone_else_get_the_whole_list() {
    let mut a = host();
    let fx = a.hear(D, M::Contact);
    assert!(said(&fx, R::TellsEveryone));
    let told = M::List {
        version: version(1, A, 4),
        list: list(FOUR),
    };
    assert_eq!(sent(&fx), [(B, &told), (C, &told), (D, &told)]);
    let again = a.hear(D, M::Contact);
    assert!(said(&again, R::TellsListAgain));
    assert_eq!(sent(&again), [(D, &told)], "the answer may have been lost");
}

#[test]
fn w3_a_removal_is_told_to_the_others() {
    let mut a = host();
    for _ in 0..3 {
        a.fire(T::Round);
        a.hear(B, call(2, Report::Version(version(1, A, 3))));
    }
    let fx = a.fire(T::Round);
    assert!(said(&fx, R::Removes));
    let notice = M::Removal {
        version: version(1, A, 4),
        lives: vec![life(C)],
        standing: Removed,
    };
    assert_eq!(sent(&fx), [(B, &notice)]);

    let mut d = Node::boot(B, 1, ALL, WatercraftSettings::default());
    d.give(Input::Start);
    let list = list(&[(A, 1, Alive), (B, 2, Alive), (C, 3, Alive)]);
    let version = version(1, A, 3);
    d.hear(A, M::List { version, list });
    assert!(said(&d.hear(A, notice.clone()), R::HearsRemoval));
    assert_eq!(d.rows(), a.rows());
    assert!(said(&d.hear(A, notice), R::IgnoresOldList), "a duplicate");
}

#[test]
fn w3_after_a_lost_notice_the_next_report_is_wrong() {
    let mut c = follower();
    let notice = |change, lives| M::Removal {
        version: version(2, A, change),
        lives,
        standing: Removed,
    };
    c.hear(A, notice(7, vec![life(D)]));
    let reported = |fx: &Fx| match sent(fx)[..] {
        [(A, M::Call { report, .. })] => Some(*report),
        _ => None,
    };
    let known = Report::Version(version(2, A, 5));
    assert_eq!(reported(&c.fire(T::Round)), Some(known));
}

#[test]
fn w4_a_follower_keeps_the_list_and_takes_no_older_one() {
    let mut c = follower();
    assert_eq!(c.rows().len(), 4);
    let older = M::List {
        version: version(2, A, 4),
        list: list(&[(A, 1, Alive), (C, 3, Alive)]),
    };
    assert!(said(&c.hear(A, older), R::IgnoresOldList));
    assert_eq!(c.rows().len(), 4);
    let newer = M::List {
        version: version(2, A, 6),
        list: list(&[(A, 1, Alive), (C, 9, Removed)]),
    };
    assert!(said(&c.hear(A, newer), R::TakesList));
    assert_eq!(
        c.rows(),
        [(A, 1, true), (C, 3, true)],
        "it knows itself best"
    );
}

#[test]
fn w5_a_right_report_is_confirmed_and_a_wrong_one_gets_the_list() {
    for (settings, right, wrong, rule) in [
        (
            by_count(),
            Report::Count(3),
            Report::Count(2),
            R::CountWrong,
        ),
        (
            WatercraftSettings::default(),
            Report::Version(version(1, A, 3)),
            Report::Version(version(1, A, 2)),
            R::VersionWrong,
        ),
    ] {
        let mut a = host_with(settings);
        let fx = a.hear(B, call(2, right));
        assert!(said(&fx, R::ReportRight));
        assert_eq!(kinds(&fx), [(B, "right")]);
        let fx = a.hear(B, call(2, wrong));
        assert!(said(&fx, rule));
        assert_eq!(kinds(&fx), [(B, "list")]);
    }
}

#[test]
fn w5_a_follower_reports_what_it_believes() {
    let mut c = follower_with(by_count());
    let report = Report::Count(4);
    assert_eq!(sent(&c.fire(T::Round)), [(A, &call(3, report))]);
    let mut c = follower();
    let report = Report::Version(version(2, A, 5));
    assert_eq!(sent(&c.fire(T::Round)), [(A, &call(3, report))]);
}

#[test]
fn w5_with_counts_one_left_and_one_joined_goes_unseen() {
    let mut a = host_with(by_count());
    a.hear(C, M::Goodbye);
    a.hear(D, M::Contact);
    // B missed both notices, and still believes in A, B and C.
    assert_eq!(kinds(&a.hear(B, call(2, Report::Count(3)))), [(B, "right")]);
    let mut a = host();
    let known = Report::Version(version(1, A, 3));
    a.hear(C, M::Goodbye);
    a.hear(D, M::Contact);
    assert_eq!(kinds(&a.hear(B, call(2, known))), [(B, "list")]);
}

#[test]
fn w5_with_counts_a_node_without_a_list_of_its_host_gets_one() {
    let mut c = follower_with(by_count());
    c.fire(T::Silence);
    assert_eq!(c.follows(), Some(B));
    assert_eq!(
        sent(&c.fire(T::Round)),
        [(B, &call(3, Report::Count(0)))],
        "B may count as many as C does"
    );
}

#[test]
fn w5_a_confirmed_count_tells_of_a_new_reign() {
    let mut c = follower_with(by_count());
    let version = version(5, A, 1);
    let fx = c.hear(A, M::Right { version });
    assert!(said(&fx, R::HostAnswers));
    assert_eq!(c.view().reign.mandate, version.reign.mandate());
}
