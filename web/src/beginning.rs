//! Where a run is begun to be shown: just before something moves on every stage.

use consensus::Micros;
use scenario::Run;
use scenario::simulator::{Engine, What};

/// So much is shown of the quiet before the first message: a second at the default speed.
const QUIET: Micros = Micros(20_000);
/// A side that sends nothing in so many steps is not waited for.
const STEPS: u32 = 1_000;

/// The moment from which on a person need not wait for the first message.
pub(crate) fn beginning(run: &Run) -> Micros {
    let sides = run.sides().iter().map(|side| {
        let engine = side.playback().fork_before(Micros::ZERO);
        first_message(engine).unwrap_or_default()
    });
    sides.max().unwrap_or_default().since(QUIET)
}

/// When the first message is sent.
fn first_message(mut engine: Box<dyn Engine>) -> Option<Micros> {
    let mut told = Vec::new();
    for _ in 0..STEPS {
        told.clear();
        if !engine.step(&mut told) {
            return None;
        }
        if told.iter().any(|it| matches!(it.what, What::Sent { .. })) {
            return Some(engine.now());
        }
    }
    None
}
