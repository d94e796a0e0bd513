//! Captions at high speed: a sentence stays for as long as it takes to read it.

use scene::caption::Caption;

/// How long a sentence stays at least while time runs, in milliseconds.
const READ: f64 = 1_600.0;

/// The sentences under the stages.
#[derive(Default)]
pub(crate) struct Captions {
    shown: Vec<Shown>,
}

struct Shown {
    caption: Caption,
    since: f64,
}

impl Captions {
    /// Puts what is to be told under the stage at this place, `now` in milliseconds of real time, in
    /// place of the `latest` sentence: the one before it until that has been read. While time
    /// `stands` it is always the latest.
    pub(crate) fn tell(&mut self, place: usize, latest: &mut Caption, now: f64, stands: bool) {
        let Some(shown) = self.shown.get_mut(place) else {
            let (caption, since) = (latest.clone(), now);
            self.shown.push(Shown { caption, since });
            return;
        };
        // Who goes back in time has no use for what was told of the future.
        let is_due = stands || now - shown.since >= READ || latest.at < shown.caption.at;
        if !is_due {
            latest.clone_from(&shown.caption);
        } else if shown.caption != *latest {
            shown.caption.clone_from(latest);
            shown.since = now;
        }
    }
}
