//! What Yew is told of the run: plain values, made a few times a second.

use crate::command::SideName;
use crate::measures::{Measure, measures};
use crate::pace::Pace;
use crate::protocol;
use crate::speed::Speed;
use consensus::{Mandate, Micros, NodeId, Observation, Role};
use scenario::simulator::{
    Action, Happening, LinkSettings, NodeView, OneWayCut, Playback, Power, Property, SpanRange,
    Standing, Target, TimedAction, View, What,
};
use scenario::{Branch, Duel, ProtocolName};
use scene::caption::{Caption, choose, node_fill};
use scene::lanes::{Lane, LaneRule, Shared, Window, lane, shared};
use scene::{Facts, RuleFace};

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
    /// Left, then right.
    pub(crate) sides: [Side; 2],
    /// What was done to both.
    pub(crate) shared: Shared,
    /// The sides of the cut; empty where there is none.
    pub(crate) cut: Vec<Vec<NodeId>>,
    /// The one-way cuts.
    pub(crate) one_way: Vec<OneWayCut>,
    /// What links between nodes do to messages.
    pub(crate) link: LinkSettings,
    /// How long messages take in calm water.
    pub(crate) calm_delay: SpanRange,
    /// Every attached node.
    pub(crate) nodes: Vec<NodeState>,
    /// Futures left behind.
    pub(crate) twigs: Vec<Twig>,
    /// The first moment at which the sides differ.
    pub(crate) first: Option<Micros>,
    /// A value that nobody wrote yet.
    pub(crate) next_value: u64,
    /// Whether a person did anything to the scenario.
    pub(crate) acted: bool,
    /// Cuts, as told to screen readers.
    pub(crate) announced: String,
}

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

/// One side of the comparison.
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

/// One node on both sides.
pub(crate) struct NodeState {
    /// Who.
    pub(crate) id: NodeId,
    /// Which protocol is played on each side.
    pub(crate) protocols: [ProtocolName; 2],
    /// Its fill on each side.
    pub(crate) fills: [u8; 2],
    /// Whether it is up, on each side.
    pub(crate) power: [Power; 2],
    /// Whether it takes time for each message, on each side.
    pub(crate) slow: [bool; 2],
    /// What it is, on each side.
    pub(crate) said: [String; 2],
    /// What keeps it from its work, on each side; empty where nothing does.
    pub(crate) held_up: [String; 2],
    /// Whether it leads on the left.
    pub(crate) leads: bool,
}

/// A future left behind.
pub(crate) struct Twig {
    /// Which branch.
    pub(crate) branch: usize,
    /// Where it parts, in percent.
    pub(crate) from: f64,
    /// How far it was played, in percent.
    pub(crate) to: f64,
    /// What makes it different.
    pub(crate) label: String,
}

impl Snapshot {
    /// Whether there is a cut of any kind.
    pub(crate) fn is_cut(&self) -> bool {
        !self.cut.is_empty() || !self.one_way.is_empty()
    }

    /// The run as it stands; `given` is the scenario's own script.
    pub(crate) fn take(duel: &Duel, given: &[TimedAction], pace: &Pace) -> Self {
        let at = duel.at();
        let window = Window::new(at, duel.reached());
        let runs = [&duel.left, &duel.right];
        let views = runs.map(|run| run.engine().view());
        let [left_measures, right_measures] = measures(runs, at);
        let protocols = duel.sides();
        let nodes = nodes(&views, protocols);
        let majority = LaneRule::Majority(nodes.len());
        let script = duel.script();
        let SpanRange { least, most } = duel.setup().world.link.delay;
        let side = |name: SideName, measures| {
            let protocol = protocols[name.place()];
            let rule = match protocol::face(protocol) {
                RuleFace::Votes => majority,
                RuleFace::Age => LaneRule::Age,
            };
            side(
                protocol,
                runs[name.place()],
                &views[name.place()],
                (script, rule, &window),
                measures,
                !pace.runs(),
            )
        };
        Self {
            window,
            playing: pace.playing,
            stepping: pace.stepping,
            speed: pace.speed,
            sides: [
                side(SideName::Left, left_measures),
                side(SideName::Right, right_measures),
            ],
            shared: shared(script, &window),
            cut: if views[0].sides.len() > 1 {
                views[0].sides.clone()
            } else {
                Vec::new()
            },
            one_way: views[0].one_way.clone(),
            link: views[0].link,
            calm_delay: SpanRange { least, most },
            nodes,
            twigs: twigs(duel.branches(), &window),
            first: duel.first_difference().map(|difference| difference.at),
            next_value: next_value(script),
            acted: script != given,
            announced: announced_cut(script, at),
        }
    }
}

fn side(
    protocol: ProtocolName,
    run: &Playback,
    view: &View,
    (script, rule, window): (&[TimedAction], LaneRule, &Window),
    measures: Vec<Measure>,
    stands: bool,
) -> Side {
    let start = protocol::beginning(protocol);
    let fill = |node| node_fill(view, node);
    let story = run.story();
    Side {
        protocol,
        caption: choose(&story, window.cursor, start, &fill),
        proof: proof(run, stands),
        checks: run.engine().checks(window.cursor),
        measures,
        lane: lane(run.record(), script, rule, window),
        announced: announced_leader(protocol, &story),
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

fn nodes(views: &[View; 2], protocols: [ProtocolName; 2]) -> Vec<NodeState> {
    let attached = |node: &&NodeView| node.power != Power::Absent;
    views[0]
        .nodes
        .iter()
        .filter(attached)
        .map(|left| {
            let right = views[1]
                .nodes
                .iter()
                .find(|right| right.id == left.id)
                .unwrap_or(left);
            let both = [(left, &views[0]), (right, &views[1])];
            NodeState {
                id: left.id,
                protocols,
                fills: both.map(|(node, view)| node_fill(view, node.id)),
                power: both.map(|(node, _)| node.power),
                slow: both.map(|(node, _)| node.service > Micros::ZERO),
                said: both.map(|(node, view)| state_words(node, view)),
                held_up: both.map(|(node, _)| held_up(node)),
                leads: left.power == Power::Running && left.inspection.role == Role::Leader,
            }
        })
        .collect()
}

fn state_words(node: &NodeView, view: &View) -> String {
    if !matches!(node.power, Power::Running | Power::Paused) {
        return "stopped".to_string();
    }
    let role = match node.inspection.role {
        Role::Follower => "follower",
        Role::Candidate => "candidate",
        Role::Leader => "leader",
    };
    let number = Facts::new(view, RuleFace::Age).number(node.inspection.reign);
    match node.inspection.reign.mandate {
        Mandate::Term(term) => format!("{role}, term {term}"),
        Mandate::Election { .. } if number > 0 => format!("{role}, reign {number}"),
        Mandate::Election { .. } => role.to_string(),
    }
}

/// Whether a node stands still or is slow, and how many messages wait for it.
fn held_up(node: &NodeView) -> String {
    let words = match node.power {
        Power::Paused => "paused",
        Power::Running if node.service > Micros::ZERO => "slow",
        _ => return String::new(),
    };
    match node.waiting {
        0 => words.to_string(),
        1 => format!("{words}, 1 message waits"),
        many => format!("{words}, {many} messages wait"),
    }
}

fn twigs(branches: &[Branch], window: &Window) -> Vec<Twig> {
    branches
        .iter()
        .enumerate()
        .map(|(branch, left)| Twig {
            branch,
            from: window.place(left.parted),
            to: window.place(left.reached.max(left.parted)),
            label: twig_label(left),
        })
        .rev()
        .collect()
}

fn twig_label(branch: &Branch) -> String {
    let next = branch.acts.iter().find(|timed| timed.at >= branch.parted);
    let Some(TimedAction { at, action }) = next else {
        return format!("If nothing is done at {}", branch.parted);
    };
    let who = |target: &Target| match target {
        Target::Node(node) => node.to_string(),
        Target::Leader => "the leader".to_string(),
    };
    let what = match action {
        Action::Cut(_) => "it is cut".to_string(),
        Action::CutOneWay { .. } => "it is cut one way".to_string(),
        Action::Heal => "it heals".to_string(),
        Action::Link { .. } => "the water changes".to_string(),
        Action::Pause(target) => format!("{} is paused", who(target)),
        Action::Resume(target) => format!("{} goes on", who(target)),
        Action::Slow { node, .. } => format!("{} changes pace", who(node)),
        Action::Stop(target) => format!("{} stops", who(target)),
        Action::Start(target) => format!("{} starts", who(target)),
        Action::TimeOut(target) => format!("{} times out", who(target)),
        Action::Write { value, .. } => format!("{value} is written"),
        _ => "it goes on".to_string(),
    };
    format!("If {what} at {at}")
}

fn next_value(script: &[TimedAction]) -> u64 {
    let most = script.iter().filter_map(|timed| match timed.action {
        Action::Write { value, .. } => Some(value),
        _ => None,
    });
    most.max().map_or(1, |value| value % 999 + 1)
}

fn announced_leader(protocol: ProtocolName, story: &[Happening]) -> String {
    let told = story
        .iter()
        .rev()
        .find_map(|happening| match happening.what {
            What::Observed(
                node,
                Observation::Role {
                    role: Role::Leader,
                    mandate,
                },
            ) => Some(match mandate {
                Mandate::Term(term) => format!("{node} leads term {term}."),
                Mandate::Election { .. } => format!("{node} leads."),
            }),
            What::Observed(node, Observation::ElectionCalled(mandate)) => Some(match mandate {
                Mandate::Term(term) => format!("{node} asks for votes in term {term}."),
                Mandate::Election { .. } => format!("{node} calls an election."),
            }),
            _ => None,
        });
    told.map_or_else(String::new, |told| {
        format!("{}: {told}", protocol::title(protocol))
    })
}

fn announced_cut(script: &[TimedAction], at: Micros) -> String {
    let told = script
        .iter()
        .rev()
        .filter(|timed| timed.at <= at)
        .find_map(|timed| match timed.action {
            Action::Cut(_) => Some("The network is cut."),
            Action::CutOneWay { .. } => Some("The network is cut one way."),
            Action::Heal => Some("The network is whole again."),
            _ => None,
        });
    told.unwrap_or_default().to_string()
}

/// How the cut is called: how many from how many, or to how many where it is one way; empty where
/// there is none.
pub(crate) fn cut_words(shown: &Snapshot) -> String {
    if let (true, Some(cut)) = (shown.cut.is_empty(), shown.one_way.first()) {
        return format!("one way, {} to {}", cut.from.len(), cut.to.len());
    }
    let counts = shown.cut.iter().map(|side| side.len().to_string());
    counts.collect::<Vec<_>>().join(" from ")
}
