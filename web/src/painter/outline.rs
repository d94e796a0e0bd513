//! Which of the outlines and signs of messages a body has, for marks and for strokes on a canvas.

use scene::Body;
use scene::glyph;

/// Which of the [`glyph::OUTLINES`] a body has.
pub(super) const fn outline(body: &Body) -> usize {
    glyph::outline(body.shape, body.answer.is_some())
}

/// Which of the [`glyph::SIGNS`] a body has, where it is an answer.
pub(super) fn sign(body: &Body) -> Option<usize> {
    body.answer.map(usize::from)
}
