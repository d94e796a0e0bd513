//! Runs to be drawn, and the tokens that they are drawn with.
#![allow(dead_code, unreachable_pub)]

use consensus::almighty::{Almighty, AlmightySettings};
use consensus::raft::{Raft, RaftSettings};
use consensus::watercraft::{Watercraft, WatercraftSettings};
use consensus::{Micros, NodeId};
use scene::spacetime::{Frame, Spacetime, spacetime};
use scene::{RuleFace, Stage};
use simulator::{
    Action, Engine, Excerpt, LinkChange, Links, PerMillion, Playback, Simulation, Target,
    TimedAction, World,
};

/// A run up to some moment.
pub struct Run {
    pub name: &'static str,
    pub playback: Playback,
    pub rule: RuleFace,
}

pub fn ms(millis: u64) -> Micros {
    Micros::from_millis(millis)
}

fn ids(nodes: impl IntoIterator<Item = u16>) -> Vec<NodeId> {
    nodes.into_iter().map(NodeId).collect()
}

fn write(value: u64, to: Option<u16>) -> Action {
    Action::Write {
        client: 0,
        key: 0,
        value,
        to: to.map(NodeId),
    }
}

fn play(
    name: &'static str,
    rule: RuleFace,
    mut engine: Box<dyn Engine>,
    script: Vec<(u64, Action)>,
    until: u64,
) -> Run {
    for (at, action) in script {
        engine.schedule(TimedAction { at: ms(at), action });
    }
    let mut playback = Playback::new(engine);
    playback.seek(ms(until));
    Run {
        name,
        playback,
        rule,
    }
}

fn cut() -> Vec<(u64, Action)> {
    vec![
        (500, write(3, None)),
        (900, Action::Cut(vec![ids([0, 1]), ids([2, 3, 4])])),
        (980, write(7, None)),
        (1_150, Action::Pause(Target::Node(NodeId(4)))),
        (1_250, write(5, Some(2))),
        (1_300, Action::Stop(Target::Node(NodeId(1)))),
    ]
}

fn world(seed: u64, nodes: u16) -> World {
    World {
        seed,
        nodes,
        ..World::default()
    }
}

/// The runs of which pictures are kept.
pub fn runs() -> Vec<Run> {
    let raft = |world| Box::new(Simulation::<Raft>::new(world, RaftSettings::default()));
    let rough = |share| PerMillion(share);
    let link = |change| Action::Link {
        links: Links::ALL,
        change,
    };
    let mut short = world(4, 5);
    short.snapshot_every = Some(6);
    let mut busy: Vec<(u64, Action)> = (0..24)
        .map(|n| (600 + n * 60, write(n + 1, None)))
        .collect();
    busy.extend([
        (300, link(LinkChange::Loss(rough(60_000)))),
        (300, link(LinkChange::Corruption(rough(60_000)))),
        (900, Action::Stop(Target::Node(NodeId(3)))),
        (1_500, Action::Stop(Target::Leader)),
        (2_100, Action::Start(Target::Node(NodeId(3)))),
    ]);
    let crowd = vec![
        (
            700,
            Action::CutOneWay {
                from: ids(0..12),
                to: ids(12..31),
            },
        ),
        (900, Action::Stop(Target::Node(NodeId(20)))),
        (1_000, write(12_345_678, None)),
    ];
    let almighty = Simulation::<Almighty>::new(world(7, 5), AlmightySettings::default());
    let watercraft = Simulation::<Watercraft>::new(world(7, 7), WatercraftSettings::default());
    let several = vec![
        (
            800,
            Action::Cut(vec![ids([0, 2]), ids([1, 3]), ids([4, 5, 6])]),
        ),
        (1_400, Action::Heal),
        (1_500, write(9, None)),
    ];
    vec![
        play("raft-cut", RuleFace::Votes, raft(world(7, 5)), cut(), 1_420),
        play("raft-snapshots", RuleFace::Votes, raft(short), busy, 2_400),
        play(
            "raft-crowd",
            RuleFace::Votes,
            raft(world(3, 31)),
            crowd,
            1_300,
        ),
        play(
            "almighty-cut",
            RuleFace::Age,
            Box::new(almighty),
            cut(),
            1_420,
        ),
        play(
            "watercraft-sides",
            RuleFace::Age,
            Box::new(watercraft),
            several,
            1_700,
        ),
    ]
}

/// So many Raft servers, cut in two.
pub fn servers(nodes: u16, seed: u64) -> Run {
    let sides = vec![ids((0..nodes).step_by(2))];
    let script = vec![
        (600, write(1, None)),
        (800, Action::Cut(sides)),
        (1_000, Action::Stop(Target::Leader)),
        (1_200, Action::Heal),
    ];
    let engine = Simulation::<Raft>::new(world(seed, nodes), RaftSettings::default());
    play("servers", RuleFace::Votes, Box::new(engine), script, 1_600)
}

pub fn excerpt(run: &Run, from: u64, to: u64) -> Excerpt {
    let mut excerpt = Excerpt::default();
    while !excerpt.show(&run.playback, ms(from), ms(to), 1_000) {}
    excerpt
}

/// The last `span` milliseconds of a run.
pub fn diagram(run: &Run, span: u64, stage: Stage) -> Spacetime {
    let to = run.playback.at();
    let from = to.since(ms(span));
    let excerpt = excerpt(run, from.0 / 1_000, to.0 / 1_000);
    let view = run.playback.engine().view();
    let frame = frame(run, span, stage);
    spacetime(&excerpt, run.playback.record(), &view.reigns, frame)
}

/// What [`diagram`] shows.
pub fn frame(run: &Run, span: u64, stage: Stage) -> Frame {
    let cursor = run.playback.at();
    Frame {
        from: cursor.since(ms(span)),
        to: cursor + ms(span / 30),
        cursor,
        stage,
        rule: run.rule,
    }
}

/// What a token of the page stands for by day.
pub fn token(name: &str) -> String {
    const TOKENS: &str = include_str!("../../../../web/styles/tokens.css");
    let start = format!("--{name}:");
    let (_, rest) = TOKENS
        .split_once(&start)
        .unwrap_or_else(|| panic!("no {name}"));
    let value = rest.split(';').next().expect("it ends").trim();
    let pair = value.strip_prefix("light-dark(");
    let day = pair.and_then(|it| it.split(',').next());
    day.unwrap_or(value).trim().to_owned()
}
