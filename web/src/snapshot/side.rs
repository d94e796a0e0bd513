//! One side of the run: what just happened there, what it costs, and what proves it.

use super::news;
use crate::measures::Measure;
use crate::protocol;
use crate::sentences::Sentences;
use scenario::ProtocolName;
use scenario::simulator::{Playback, Property, Standing, TimedAction, View};
use scene::RuleFace;
use scene::caption::Caption;
use scene::lanes::{Lane, LaneRule, Window, lane};

/// What tells a run from another one: equal for equal runs, on every machine.
#[derive(Clone, Default)]
pub(crate) struct Proof {
    /// How many events lie before the cursor.
    pub(crate) events: u64,
    /// The digest of all that happened, in hexadecimal digits.
    pub(crate) digest: String,
    /// The digest of the whole state; only while time stands, for it costs some.
    pub(crate) state: Option<String>,
}

/// What is on one stage.
pub(crate) struct Side {
    /// Which protocol is played.
    pub(crate) protocol: ProtocolName,
    /// What just happened.
    pub(crate) caption: Caption,
    /// What tells this run from another one.
    pub(crate) proof: Proof,
    /// What the checks say.
    pub(crate) checks: Vec<(Property, Standing)>,
    /// The measures.
    pub(crate) measures: Vec<Measure>,
    /// Who led.
    pub(crate) lane: Lane,
    /// Elections and leaders, as told to screen readers.
    pub(crate) announced: String,
}

impl Side {
    /// A side as it stands, of so many nodes; its state is digested only where time `stands`.
    pub(super) fn take(
        side: &scenario::Side,
        (view, nodes): (&View, usize),
        (script, window): (&[TimedAction], &Window),
        (sentences, measures): (Option<&Sentences>, Vec<Measure>),
        stands: bool,
    ) -> Self {
        let (protocol, run) = (side.protocol(), side.playback());
        let rule = match protocol::face(protocol) {
            RuleFace::Votes => LaneRule::Majority(nodes),
            RuleFace::Age => LaneRule::Age,
        };
        let mut story = run.story();
        let announced = news::leader(protocol, &story);
        let caption = |tell: &Sentences| tell(side, &mut story, view, window.cursor);
        Self {
            protocol,
            caption: sentences.map_or_else(untold, caption),
            proof: proof(run, stands),
            checks: run.engine().checks(window.cursor),
            measures,
            lane: lane(run.record(), script, rule, window),
            announced,
        }
    }
}

/// What is told where there are no words yet.
fn untold() -> Caption {
    Caption {
        segments: Vec::new(),
        ..Caption::plain("")
    }
}

fn proof(run: &Playback, stands: bool) -> Proof {
    let hex = |digest: u64| format!("{digest:016x}");
    let engine = run.engine();
    Proof {
        events: engine.events(),
        digest: hex(engine.digest()),
        state: stands.then(|| hex(engine.state_digest())),
    }
}
