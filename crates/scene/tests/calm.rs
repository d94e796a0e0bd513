//! What large areas do over time: no disc changes its fill more than three times a second.

mod support;

use consensus::Role;
use scene::{CalmFills, Scene, Seating, Stage, Style, compose};
use support::{ms, node, term, view};

const STAGE: Stage = Stage::new(490.0, 436.0);

/// Three followers in this term.
fn scene_of(number: u64) -> Scene {
    let nodes = (0..3).map(|id| node(id, Role::Follower, term(number, None)));
    let view = view(nodes.collect());
    let seating = Seating::target(&view, STAGE);
    compose(&view, ms(1000), &seating, STAGE, Style::default())
}

/// What the first disc wears in each frame, while the term changes with `term_of` the frame.
fn worn(frames: u64, term_of: impl Fn(u64) -> u64) -> Vec<u8> {
    let mut fills = CalmFills::default();
    let frame = |frame: u64| {
        let mut scene = scene_of(term_of(frame));
        fills.settle(&mut scene, frame as f64 * 1000.0 / 60.0);
        scene.nodes[0].wears
    };
    (0..frames).map(frame).collect()
}

fn changes(worn: &[u8]) -> usize {
    worn.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

#[test]
fn no_disc_flashes_however_quickly_terms_change() {
    // A term for every frame, and one that goes to and fro.
    let ways: [fn(u64) -> u64; 3] = [|frame| frame, |frame| frame / 2, |frame| 1 + frame / 3 % 2];
    for term_of in ways {
        let worn = worn(600, term_of);
        for second in worn.windows(61) {
            assert!(changes(second) <= 3, "{second:?}");
        }
        assert!(changes(&worn) >= 20, "discs follow their terms");
    }
}

#[test]
fn a_change_after_a_calm_while_is_seen_at_once() {
    let worn = worn(120, |frame| 1 + frame / 40);
    assert_eq!(changes(&worn), 2);
    assert_eq!([worn[39], worn[40], worn[79], worn[80]], [1, 2, 2, 3]);
}

#[test]
fn in_the_end_every_disc_wears_its_own_fill() {
    let mut fills = CalmFills::default();
    assert!(fills.settle(&mut scene_of(1), 0.0));
    assert!(fills.settle(&mut scene_of(2), 10.0));
    let mut scene = scene_of(3);
    assert!(!fills.settle(&mut scene, 20.0), "it asks to be drawn again");
    assert_eq!((scene.nodes[0].wears, scene.nodes[0].fill), (2, 3));
    assert_eq!(
        scene.nodes[0].tag.as_ref().map(|tag| tag.text.as_str()),
        Some("T3")
    );
    assert!(
        fills.settle(&mut scene, 400.0),
        "the same scene, drawn again later"
    );
    assert_eq!(scene.nodes[0].wears, 3);
}
