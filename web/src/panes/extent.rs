//! How much time a diagram shows, and which.

use consensus::Micros;
use scene::lanes::Window;

/// The spans that one can choose from, in milliseconds; none is longer than the timeline's window.
const SPANS: [u64; 11] = [
    20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000,
];
/// What is shown at first: about as many messages as one can tell apart.
const FIRST: usize = 4;
/// The moment that people stand at is within these parts of the span, in percent.
const INSIDE: (u64, u64) = (4, 84);

/// The part of time that diagrams show, the same on every side.
pub(super) struct Extent {
    zoom: usize,
    window: Micros,
    /// Where it begins.
    pub(super) from: Micros,
}

impl Default for Extent {
    fn default() -> Self {
        Self {
            zoom: FIRST,
            window: Micros::ZERO,
            from: Micros::ZERO,
        }
    }
}

impl Extent {
    /// How much time is shown: never more than the timeline does.
    pub(super) fn span(&self) -> Micros {
        let span = SPANS.get(self.zoom).copied().unwrap_or(u64::MAX);
        Micros::from_millis(span).min(self.window)
    }

    pub(super) fn to(&self) -> Micros {
        self.from + self.span()
    }

    /// Whether more can be shown, and whether less.
    pub(super) fn can_zoom(&self) -> [bool; 2] {
        let more = self.zoom + 1 < SPANS.len() && self.span() < self.window;
        [more, self.zoom > 0]
    }

    /// Shows more time, or less where negative.
    pub(super) fn zoom(&mut self, steps: i32) {
        let wide = |it: &&u64| Micros::from_millis(**it) < self.window;
        let most = SPANS.iter().filter(wide).count().min(SPANS.len() - 1);
        let step = steps.signum() as isize;
        self.zoom = self.zoom.min(most).saturating_add_signed(step).min(most);
    }

    /// Follows the moment that people stand at. It stays where it is while that moment is inside, so
    /// that nothing slips away under a pointer.
    pub(super) fn follow(&mut self, at: Micros, reached: Micros) {
        self.window = Window::new(at, reached).end;
        let span = self.span();
        let part = |percent: u64| Micros(span.0 * percent / 100);
        let (early, late) = (part(INSIDE.0), part(INSIDE.1));
        if at > self.from + late {
            self.from = at.since(late);
        } else if at < self.from + early {
            self.from = at.since(early);
        }
        self.from = self.from.min(self.window.since(span));
    }
}
