//! The outlines of messages, one vocabulary for marks and for strokes on a canvas.

use consensus::MessageShape;
use scene::Body;

const CIRCLE: &str = "M-9 0A9 9 0 1 1 9 0A9 9 0 1 1-9 0Z";
const RING: &str = "M-9.5 0A9.5 9.5 0 1 1 9.5 0A9.5 9.5 0 1 1-9.5 0Z";
const DIAMOND: &str = "M-9.9-2.1-2.1-9.9Q0-12 2.1-9.9L9.9-2.1Q12 0 9.9 2.1L2.1 9.9Q0 12-2.1 9.9L-9.9 2.1Q-12 0-9.9-2.1Z";
const SQUARE: &str = "M-5.5-10.5H5.5A5 5 0 0 1 10.5-5.5V5.5A5 5 0 0 1 5.5 10.5H-5.5A5 5 0 0 1-10.5 5.5V-5.5A5 5 0 0 1-5.5-10.5Z";

/// Every outline of a body, in the order of [`outline`].
pub(super) const OUTLINES: [&str; 4] = [CIRCLE, RING, DIAMOND, SQUARE];

/// The sign of an answer that says yes, and of one that says no.
pub(super) const SIGNS: [&str; 2] = ["M-4.2 0h8.4M0-4.2v8.4", "M-4.2 0h8.4"];

/// Which of the [`OUTLINES`] a body has.
pub(super) const fn outline(body: &Body) -> usize {
    match body.shape {
        MessageShape::Call if body.answer.is_none() => 0,
        MessageShape::Call => 1,
        MessageShape::Claim => 2,
        MessageShape::Entry => 3,
    }
}

/// Which of the [`SIGNS`] a body has, where it is an answer.
pub(super) fn sign(body: &Body) -> Option<usize> {
    body.answer.map(|yes| usize::from(!yes))
}
