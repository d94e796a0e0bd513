//! The timeline's window: what part of a run it shows.

use consensus::Micros;

/// Nearer than this, marks cover each other where nobody says how wide they are.
const MARK_ROOM: u16 = 120;

/// What part of a run the timeline shows, and where in it people are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its end; it begins at 0.
    pub end: Micros,
    /// The distance of two ticks.
    pub tick: Micros,
    /// The moment shown.
    pub cursor: Micros,
    /// The furthest moment played.
    pub reached: Micros,
    /// How wide a mark is, in hundredths of a percent.
    pub room: u16,
}

impl Window {
    /// A window with room for all that was played: two seconds, or more in whole ticks.
    #[must_use]
    pub fn new(cursor: Micros, reached: Micros) -> Self {
        const TICKS: [u64; 9] = [
            500, 1_000, 2_000, 5_000, 10_000, 20_000, 60_000, 300_000, 3_600_000,
        ];
        let least = reached.0.max(2_000_000);
        let tick = TICKS
            .map(|ms| ms * 1_000)
            .into_iter()
            .find(|tick| least.div_ceil(*tick) <= 6);
        let tick = tick.unwrap_or_else(|| least.div_ceil(6));
        let end = Micros(least.div_ceil(tick) * tick);
        Self {
            end,
            tick: Micros(tick),
            cursor,
            reached,
            room: MARK_ROOM,
        }
    }

    /// This window where a mark takes so much of its width, in percent.
    #[must_use]
    pub fn with_room(self, percent: f64) -> Self {
        let room = (percent * 100.0) as u16;
        Self { room, ..self }
    }

    /// How wide a mark is, in percent.
    pub(super) fn room(&self) -> f64 {
        f64::from(self.room) / 100.0
    }

    /// Where a moment lies, in percent.
    #[must_use]
    pub fn place(&self, at: Micros) -> f64 {
        let percent = at.0.min(self.end.0) as f64 * 100.0 / self.end.0.max(1) as f64;
        libm::round(percent * 100.0) / 100.0
    }

    /// The ticks' moments, both ends included.
    pub fn ticks(&self) -> impl Iterator<Item = Micros> + use<> {
        let tick = self.tick.0;
        (0..=self.end.0 / tick).map(move |n| Micros(n * tick))
    }
}
