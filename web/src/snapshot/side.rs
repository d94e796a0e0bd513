//! One side of the run: what just happened there, what it costs, and what proves it.

use super::{news, nodes};
use crate::announcer::News;
use crate::checks::Check;
use crate::measures::Measure;
use crate::protocol;
use consensus::NodeId;
use scenario::ProtocolName;
use scenario::simulator::{Playback, TimedAction, View};
use scene::RuleFace;
use scene::caption::{Caption, choose, node_fill};
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
    /// Its name, which no other side has.
    pub(crate) name: &'static str,
    /// What just happened.
    pub(crate) caption: Caption,
    /// What tells this run from another one.
    pub(crate) proof: Proof,
    /// What the checks say.
    pub(crate) checks: Vec<Check>,
    /// The measures.
    pub(crate) measures: Vec<Measure>,
    /// Who led.
    pub(crate) lane: Lane,
    /// Who leads under the latest mandate.
    pub(crate) leader: Option<NodeId>,
    /// Whether it has committed nothing yet since it leads.
    pub(crate) leader_is_new: bool,
    /// The latest election or leader, for those who listen.
    pub(crate) news: News,
}

impl Side {
    /// A side as it stands, of so many nodes, with the digest of its state, where that is known.
    pub(super) fn take(
        (side, name): (&scenario::Side, &'static str),
        (view, nodes): (&View, usize),
        (script, window): (&[TimedAction], &Window),
        (measures, state): (Vec<Measure>, Option<u64>),
    ) -> Self {
        let (protocol, run) = (side.protocol(), side.playback());
        let rule = match protocol::face(protocol) {
            RuleFace::Votes => LaneRule::Majority(nodes),
            RuleFace::Age => LaneRule::Age,
        };
        let start = protocol::beginning(protocol);
        let fill = |node| node_fill(view, node);
        let story = run.story();
        Self {
            protocol,
            name,
            caption: choose(&story, window.cursor, start, &fill),
            proof: proof(run, state),
            checks: Check::all(run.engine(), window.cursor),
            measures,
            lane: lane(run.record(), script, rule, window),
            leader: nodes::leader(view).map(|it| it.id),
            leader_is_new: nodes::leader(view).is_some_and(nodes::is_new),
            news: news::leader(protocol, &story),
        }
    }
}

fn proof(run: &Playback, state: Option<u64>) -> Proof {
    let hex = |digest: u64| format!("{digest:016x}");
    let engine = run.engine();
    Proof {
        events: engine.events(),
        digest: hex(engine.digest()),
        state: state.map(hex),
    }
}
