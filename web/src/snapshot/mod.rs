//! What Yew is told of the run: plain values, made a few times a second.

mod news;
mod nodes;
mod side;
mod twigs;

pub(crate) use nodes::{Membership, NodeState, SideState};
pub(crate) use side::{Proof, Side};
pub(crate) use twigs::Twig;

use crate::announcer::News;
use crate::chunks::Chunks;
use crate::inspect::Panel;
use crate::measures::measures;
use crate::pace::Pace;
use crate::protocol;
use crate::room::Room;
use crate::speed::Speed;
use crate::text;
use consensus::{Micros, NodeId};
use scenario::Run;
use scenario::simulator::{Action, Insight, LinkSettings, OneWayCut, SpanRange, TimedAction};
use scene::lanes::{Shared, Window, shared};

/// The run at one moment, as the page's text and controls show it.
pub(crate) struct Snapshot {
    /// The timeline's extent, and the moment.
    pub(crate) window: Window,
    /// Whether time runs, or would if nothing were being chosen.
    pub(crate) playing: bool,
    /// Whether events come one by one.
    pub(crate) stepping: bool,
    /// How fast.
    pub(crate) speed: Speed,
    /// What is on each stage: one, or left and right.
    pub(crate) sides: Vec<Side>,
    /// What was done to all sides.
    pub(crate) shared: Shared,
    /// The sides of the cut; empty where there is none.
    pub(crate) cut: Vec<Vec<NodeId>>,
    /// The one-way cuts.
    pub(crate) one_way: Vec<OneWayCut>,
    /// What links between nodes do to messages.
    pub(crate) link: LinkSettings,
    /// How long messages take in calm water.
    pub(crate) calm_delay: SpanRange,
    /// How many nodes there were at the start.
    pub(crate) given: u16,
    /// Every attached node.
    pub(crate) nodes: Vec<NodeState>,
    /// Who may come: those that left, and the first that never was here.
    pub(crate) newcomers: Vec<NodeId>,
    /// How many clients there are.
    pub(crate) clients: u32,
    /// Futures left behind.
    pub(crate) twigs: Vec<Twig>,
    /// The first moment at which the sides part.
    pub(crate) parting: Option<Micros>,
    /// A value that nobody wrote yet.
    pub(crate) next_value: u64,
    /// Whether a person did anything to the scenario.
    pub(crate) acted: bool,
    /// What is looked into.
    pub(crate) panel: Option<Panel>,
    /// The latest cut, for those who listen.
    pub(crate) cut_news: News,
    /// What they are told now.
    pub(crate) announced: Vec<String>,
    /// The milestone that was reached last, while the run stands there.
    pub(crate) reached: String,
}

impl Snapshot {
    /// Whether there is a cut of any kind.
    pub(crate) fn is_cut(&self) -> bool {
        !self.cut.is_empty() || !self.one_way.is_empty()
    }

    /// The run as it stands, with what is looked into.
    pub(crate) fn take(run: &Run, pace: &Pace, chunks: &Chunks, panel: Option<Panel>) -> Self {
        let at = run.at();
        let window = Window::new(at, run.reached()).with_room(Room::now().marker());
        let playing: Vec<_> = run.sides().iter().map(|side| side.playback()).collect();
        let views: Vec<_> = playing.iter().map(|it| it.engine().glance()).collect();
        let nodes = nodes::nodes(run.sides(), &views);
        let script = run.script();
        // It costs some.
        let digested = |side| match pace.runs() {
            true => None,
            false => chunks.insight(side).map(Insight::state_digest),
        };
        let played: Vec<_> = run.sides().iter().map(|side| side.protocol()).collect();
        let sides = run.sides().iter().zip(&views).zip(measures(&playing, at));
        let sides = sides.enumerate().map(|(place, ((side, view), measures))| {
            let seen = (view, nodes.len());
            let known = (measures, digested(side));
            let side = (side, protocol::name(&played, place));
            Side::take(side, seen, (script, &window), known)
        });
        let (first, world) = (&views[0], &run.sides()[0].setup().world);
        Self {
            sides: sides.collect(),
            playing: pace.playing,
            stepping: pace.stepping,
            speed: pace.speed,
            shared: shared(script, &window),
            cut: if first.sides.len() > 1 {
                first.sides.clone()
            } else {
                Vec::new()
            },
            one_way: first.one_way.clone(),
            link: first.link,
            calm_delay: world.link.delay,
            given: world.nodes,
            newcomers: nodes::newcomers(first),
            clients: world.clients,
            nodes,
            twigs: twigs::twigs(run, &window),
            parting: run.parting().map(|parting| parting.at()),
            next_value: next_value(script),
            acted: !run.acts().is_empty(),
            panel,
            cut_news: news::cut(script, at),
            announced: Vec::new(),
            reached: String::new(),
            window,
        }
    }
}

fn next_value(script: &[TimedAction]) -> u64 {
    let most = script.iter().filter_map(|timed| match timed.action {
        Action::Write { value, .. } => Some(value),
        _ => None,
    });
    most.max().map_or(1, |value| value % 999 + 1)
}

/// How the cut is called: how many from how many, or to how many where it is one way; empty where
/// there is none.
pub(crate) fn cut_words(shown: &Snapshot) -> String {
    if let (true, Some(cut)) = (shown.cut.is_empty(), shown.one_way.first()) {
        return text::cut_one_way(cut.from.len(), cut.to.len());
    }
    let counts = shown.cut.iter().map(|side| side.len().to_string());
    counts.collect::<Vec<_>>().join(text::FROM)
}
