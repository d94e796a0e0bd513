//! The strokes of marks round their centre, the same on the page and in pictures.

use consensus::MessageShape;

/// A leader's crown.
pub const CROWN: &str = "M-13 9-16-6.5-7.5-.5 0-11 7.5-.5 16-6.5 13 9Z";
/// The sign of an answer that says no, and of one that says yes.
pub const SIGNS: [&str; 2] = ["M-4.2 0h8.4", "M-4.2 0h8.4M0-4.2v8.4"];
/// A prompt: a client.
pub const PROMPT: &str = "M-5-4 0 0-5 4M2 5h5";

const CIRCLE: &str = "M-9 0A9 9 0 1 1 9 0A9 9 0 1 1-9 0Z";
const RING: &str = "M-9.5 0A9.5 9.5 0 1 1 9.5 0A9.5 9.5 0 1 1-9.5 0Z";
const DIAMOND: &str = "M-9.9-2.1-2.1-9.9Q0-12 2.1-9.9L9.9-2.1Q12 0 9.9 2.1L2.1 9.9Q0 12-2.1 9.9L-9.9 2.1Q-12 0-9.9-2.1Z";
const SQUARE: &str = "M-5.5-10.5H5.5A5 5 0 0 1 10.5-5.5V5.5A5 5 0 0 1 5.5 10.5H-5.5A5 5 0 0 1-10.5 5.5V-5.5A5 5 0 0 1-5.5-10.5Z";

/// Every outline of a message, in the order of [`outline`].
pub const OUTLINES: [&str; 4] = [CIRCLE, RING, DIAMOND, SQUARE];

/// Which of the [`OUTLINES`] a message has; `answers` where it is no request.
#[must_use]
pub const fn outline(shape: MessageShape, answers: bool) -> usize {
    match shape {
        MessageShape::Call if !answers => 0,
        MessageShape::Call => 1,
        MessageShape::Claim => 2,
        MessageShape::Entry => 3,
    }
}
