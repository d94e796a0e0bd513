//! What those who listen are told, and no more than they can hear.

/// The least time between two announcements while time runs, in milliseconds.
const HEARD: f64 = 2_000.0;

/// How much something matters to those who listen; the first of them most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// Somebody leads.
    Leader,
    /// The network is cut, or whole again.
    Cut,
    /// Somebody asks to lead.
    #[default]
    Election,
}

/// The latest of one kind of news; without words where there was none yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct News {
    /// How much it matters.
    pub(crate) rank: Rank,
    /// What is said.
    pub(crate) words: String,
}

/// Lets news wait for their turn.
#[derive(Default)]
pub(crate) struct Announcer {
    /// What came last from each source, said or not.
    came: Vec<News>,
    /// From each source what matters most of that which was not said yet, the latest of such.
    waits: Vec<Option<News>>,
    said: Vec<String>,
    since: f64,
}

impl Announcer {
    /// What is said `now`, in milliseconds of real time, when this is the `latest` from each source.
    /// While time `stands` that is all of it, for then a person asked for it; while it runs, from time
    /// to time what matters most.
    pub(crate) fn tell(&mut self, latest: Vec<News>, now: f64, stands: bool) -> &[String] {
        self.waits.resize(latest.len(), None);
        self.came.resize(latest.len(), News::default());
        for (place, news) in latest.iter().enumerate() {
            let waits = &mut self.waits[place];
            let matters = waits.as_ref().is_none_or(|it| news.rank <= it.rank);
            let is_new = !news.words.is_empty() && *news != self.came[place];
            if is_new && matters {
                *waits = Some(news.clone());
            }
        }
        if stands {
            self.said = latest.iter().map(|it| it.words.clone()).collect();
            self.waits.fill(None);
        } else if now - self.since >= HEARD {
            let waiting = self.waits.iter_mut().filter(|it| it.is_some());
            let first = waiting.min_by_key(|it| it.as_ref().map(|news| news.rank));
            if let Some(news) = first.and_then(Option::take) {
                self.said = vec![news.words];
                self.since = now;
            }
        }
        self.came = latest;
        &self.said
    }
}

#[cfg(test)]
mod tests {
    use super::{Announcer, News, Rank};

    fn news(rank: Rank, words: &str) -> News {
        let words = words.into();
        News { rank, words }
    }

    #[test]
    fn what_matters_most_is_said_and_the_next_must_wait() {
        let mut announcer = Announcer::default();
        let mut told = |side: News, cut: &str, now| {
            let cut = news(Rank::Cut, cut);
            announcer.tell(vec![cut, side], now, false).join(" ")
        };
        assert_eq!(
            told(news(Rank::Election, "A asks."), "", 5_000.0),
            "A asks."
        );
        assert_eq!(told(news(Rank::Leader, "A leads."), "", 5_100.0), "A asks.");
        assert_eq!(
            told(news(Rank::Election, "B asks."), "Cut.", 6_900.0),
            "A asks."
        );
        assert_eq!(
            told(news(Rank::Election, "B asks."), "Cut.", 7_000.0),
            "A leads."
        );
        assert_eq!(
            told(news(Rank::Election, "B asks."), "Cut.", 9_000.0),
            "Cut."
        );
        assert_eq!(
            told(news(Rank::Election, "B asks."), "Cut.", 99_000.0),
            "Cut."
        );
    }

    #[test]
    fn who_stops_time_hears_it_all() {
        let mut announcer = Announcer::default();
        let latest = vec![news(Rank::Cut, "Cut."), news(Rank::Leader, "A leads.")];
        announcer.tell(latest.clone(), 5_000.0, false);
        assert_eq!(announcer.tell(latest, 5_001.0, true), ["Cut.", "A leads."]);
    }
}
