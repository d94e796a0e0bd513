//! How much room the timeline has, so that nothing on it covers anything else.

use scene::lanes::Window;

/// Up to this width, in the browser's own rem, the page is a phone's, as in the styles.
const PHONE: f64 = 45.0;
/// The browser's own rem, in pixels.
const REM: f64 = 16.0;
/// A marker's width, for a pointer and for a finger, in rem.
const MARKER: [f64; 2] = [1.5, 2.75];
/// The column of the lanes' titles, in rem; a phone has none.
pub(crate) const GUTTER: f64 = 6.25;

/// The width of the timeline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Room {
    /// Of its lanes, in rem.
    pub(crate) track: f64,
    /// Whether it is a phone's.
    pub(crate) phone: bool,
}

/// What takes a part of the ruler, from where to where in rem.
pub(crate) type Taken = (f64, f64);

impl Room {
    /// As the page stands now.
    pub(crate) fn now() -> Self {
        let width = web_sys::window().and_then(|window| window.inner_width().ok()?.as_f64());
        let width = width.unwrap_or(1_440.0);
        let phone = width <= PHONE * REM;
        // As the styles have it: the root grows a little on a projector.
        let rem = (0.004 * width + 10.24).clamp(REM, 1.375 * REM);
        let beside = if phone { 2.0 } else { 3.0 + GUTTER };
        let track = (width / rem - beside).max(1.0);
        Self { track, phone }
    }

    /// How wide a marker is, in percent.
    pub(crate) fn marker(self) -> f64 {
        MARKER[usize::from(self.phone)] * 100.0 / self.track
    }

    /// A place in percent, in rem.
    pub(crate) fn rem(self, percent: f64) -> f64 {
        percent * self.track / 100.0
    }

    /// What the playhead's clock takes.
    pub(crate) fn clock(self, window: &Window) -> Taken {
        let at = self.rem(window.place(window.cursor));
        (at - 2.25, at + 2.25)
    }

    /// Where words of this width stand that belong to a moment: beside it, where the playhead's
    /// clock is not.
    pub(crate) fn beside(self, at: f64, width: f64, window: &Window) -> f64 {
        let (from, to) = self.clock(window);
        let first = if self.phone { 0.0 } else { -GUTTER };
        let fits = |left: &f64| {
            let right = left + width;
            first <= *left && right <= self.track && (right <= from || to <= *left)
        };
        let places = [at - width - 0.375, at + 0.375, to, from - width];
        places.into_iter().find(fits).unwrap_or(to)
    }
}

/// Whether two have a part in common.
pub(crate) fn overlap(one: Taken, other: Taken) -> bool {
    one.0 < other.1 && other.0 < one.1
}
