//! What is shown of a history that no order explains.

use crate::{doubtful, judged, read, write};
use simulator::linearizability::{ClientCall, Judgement};

#[test]
fn a_part_is_told_in_short_sentences() {
    let calls = [
        write(0, 9, 0, 5),
        doubtful(1, 5, 1_000_000),
        read(2, Some(5), 1_500_000, 1_600_000),
        write(3, 8, 1_550_000, 9_000_000),
        read(4, None, 2_000_000, 2_000_001),
        read(5, Some(5), 3_000_000, 3_000_001),
    ];
    let Judgement::Unexplained(part) = judged(&calls) else {
        panic!("no order explains it");
    };
    assert_eq!(
        part.to_string(),
        "from   0.000000 s to 0.000005 s    client 1 writes 9\n\
         from   2.000000 s to 2.000001 s    client 5 finds no value"
    );
    let sentences: Vec<String> = calls.iter().map(ClientCall::sentence).collect();
    assert_eq!(sentences[1], "client 2 may have written 5");
    assert_eq!(sentences[2], "client 3 reads 5");
}

#[test]
fn what_was_answered_later_is_in_doubt_in_it() {
    let calls = [
        write(0, 9, 0, 500),
        read(1, Some(9), 10, 20),
        read(2, None, 30, 40),
        read(3, Some(9), 50, 60),
    ];
    let Judgement::Unexplained(part) = judged(&calls) else {
        panic!("no order explains it");
    };
    assert_eq!(
        part.to_string(),
        "from   0.000000 s on               client 1 may have written 9\n\
         from   0.000010 s to 0.000020 s    client 2 reads 9\n\
         from   0.000030 s to 0.000040 s    client 3 finds no value"
    );
}
