//! One side of the run: what just happened there, what it costs, and what proves it.

use super::news;
use crate::engines::Engines;
use crate::measures::Measure;
use crate::protocol;
use scenario::ProtocolName;
use scenario::simulator::{Property, Standing, TimedAction, View};
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
        (engines, measures): (&Engines, Vec<Measure>),
        stands: bool,
    ) -> Self {
        let (protocol, run) = (side.protocol(), side.playback());
        let rule = match protocol::face(protocol) {
            RuleFace::Votes => LaneRule::Majority(nodes),
            RuleFace::Age => LaneRule::Age,
        };
        let mut story = run.story();
        let announced = news::leader(protocol, &story);
        let caption = match engines.account.contents() {
            Ok(account) => (account.caption)(side, &mut story, view, window.cursor),
            Err(_) => untold(),
        };
        Self {
            protocol,
            caption,
            proof: proof(engines, side, stands),
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

fn proof(engines: &Engines, side: &scenario::Side, stands: bool) -> Proof {
    let hex = |digest: u64| format!("{digest:016x}");
    let engine = side.playback().engine();
    let state = || engines.state_digest(side).map(hex);
    Proof {
        events: engine.events(),
        digest: hex(engine.digest()),
        state: stands.then(state).flatten(),
    }
}
