//! The water that each mutant is tried in, by seed.

use scenario::consensus::raft::ReadPath;
use scenario::consensus::{Micros, NodeId};
use scenario::simulator::{Choose, Seeded, Stream};
use scenario::{
    AlmightyTiming, Deed, NodeName, OneWay, ProtocolName, RaftPreset, RaftTiming, Read,
    Replacement, Scenario, Span, Step, Storm, Whom, Write,
};

/// By protocol and seed.
pub(crate) type Water = fn(ProtocolName, u64) -> Scenario;

/// A storm of Raft as the paper tells it, and of the oldest peer.
pub(crate) fn storm(protocol: ProtocolName, seed: u64) -> Scenario {
    let storm = Storm {
        seed,
        nodes: 3 + 2 * (seed % 2) as u16,
        rough: Micros::from_secs(8),
        calm: Micros::from_secs(6),
    };
    let mut scenario = storm.scenario(protocol);
    scenario.raft = RaftTiming::default();
    scenario
}

/// A storm of servers whose members stay as they are.
pub(crate) fn storm_of_founders(protocol: ProtocolName, seed: u64) -> Scenario {
    let mut scenario = storm(protocol, seed);
    let changes = |deed: &Deed| {
        use Deed as D;
        let by_hand = matches!(
            deed,
            D::AddLearner(_) | D::Promote(_) | D::Remove(_) | D::Replace(_)
        );
        by_hand || matches!(deed, D::Join(_) | D::Leave(_))
    };
    scenario.steps.retain(|step| !changes(&step.deed));
    // What befalls those who would have come stays, and names them.
    let late = (scenario.nodes..scenario.nodes + 2).map(|id| Step {
        at: scenario.until,
        deed: Deed::Join(node(u64::from(id))),
    });
    scenario.steps.extend(late.collect::<Vec<_>>());
    scenario
}

/// The same where no log ever holds anything, so that it is elections that go wrong.
pub(crate) fn storm_without_calls(protocol: ProtocolName, seed: u64) -> Scenario {
    let mut scenario = storm_of_founders(protocol, seed);
    let is_call = |step: &Step| matches!(step.deed, Deed::Write(_) | Deed::Read(_));
    scenario.steps.retain(|step| !is_call(step));
    scenario
}

/// Calm water of a seed with every setting as usual, with what `deeds` does before the calm; it is given a dice, and the time
/// in milliseconds to add a deed at.
pub(crate) fn steered(
    protocol: ProtocolName,
    (nodes, rough): (u16, Micros),
    seed: u64,
    deeds: impl Fn(&mut dyn FnMut(u64, u64) -> u64, &mut dyn FnMut(u64, Deed)),
) -> Scenario {
    let calm = Micros::from_secs(6);
    let storm = Storm {
        seed,
        nodes,
        rough,
        calm,
    };
    let mut scenario = storm.scenario(protocol);
    scenario.raft = RaftTiming::default();
    scenario.almighty = AlmightyTiming::default();
    scenario.steps.retain(|step| step.at.0 >= rough);
    let mut choose = Seeded::new(seed);
    let mut draw = |least, most| choose.between(Stream::Environment, least, most);
    deeds(&mut draw, &mut |at, deed| {
        let at = Span(Micros::from_millis(at));
        scenario.steps.push(Step { at, deed });
    });
    scenario
}

/// Three servers whose leader, again and again, falls with an entry that nobody else has yet: the
/// water of the Raft paper's figure 8.
pub(crate) fn leaders_fall(protocol: ProtocolName, seed: u64) -> Scenario {
    let rough = Micros::from_secs(20);
    let mut scenario = steered(protocol, (3, rough), seed, |draw, add| {
        let mut at = 0;
        while at < 19_000 {
            at += draw(200, 600);
            let writes = draw(0, 2) > 0;
            for node in (0..3).map(|id| NodeName(NodeId(id))) {
                let write = Write {
                    value: at,
                    key: 0,
                    client: 1,
                    to: Some(node),
                };
                if writes {
                    add(at, Deed::Write(write));
                }
                if draw(0, 1) > 0 {
                    add(at + draw(70, 400), Deed::Start(node));
                }
            }
            add(at + draw(20, 50), Deed::Stop(Whom::Leader));
        }
    });
    scenario.raft.replicate_with_heartbeat = true;
    scenario
}

pub(crate) fn node(id: u64) -> NodeName {
    NodeName(NodeId(id as u16))
}

/// Of three servers, two that do not hear each other ask the third for its vote, which falls and
/// is back in between.
pub(crate) fn two_stand(protocol: ProtocolName, seed: u64) -> Scenario {
    let rough = Micros::from_secs(8);
    steered(protocol, (3, rough), seed, |draw, add| {
        for round in 1..8 {
            let at = round * 1_000;
            let voter = draw(0, 2);
            let [one, other] = [node((voter + 1) % 3), node((voter + 2) % 3)];
            for (from, to) in [(one, other), (other, one)] {
                let (from, to) = (vec![from], vec![to]);
                add(at, Deed::CutOneWay(OneWay { from, to }));
            }
            add(at, Deed::TimeOut(Whom::Node(one)));
            let falls = at + draw(6, 45);
            add(falls, Deed::Stop(Whom::Node(node(voter))));
            add(falls + 2, Deed::Start(node(voter)));
            add(at + draw(0, 60), Deed::TimeOut(Whom::Node(other)));
            add(at + 400, Deed::Heal);
        }
    })
}

/// A leader is cut off from the other voters, and has two learners beside it.
pub(crate) fn leader_beside_newcomers(protocol: ProtocolName, seed: u64) -> Scenario {
    let rough = Micros::from_secs(5);
    let mut scenario = steered(protocol, (3, rough), seed, |draw, add| {
        add(10, Deed::TimeOut(Whom::Node(node(0))));
        for id in [3, 4] {
            add(300 + 200 * id, Deed::AddLearner(node(id)));
        }
        let at = draw(1_500, 2_500);
        add(at, Deed::Cut(vec![[0, 3, 4].map(node).to_vec()]));
        for value in 1..5 {
            let write = Write {
                value,
                key: 0,
                client: 1,
                to: Some(node(0)),
            };
            add(at - 200 + draw(0, 500), Deed::Write(write));
        }
        add(at + 2_000, Deed::Heal);
    });
    scenario.raft.election_timeout = [Span::millis(400), Span::millis(800)];
    scenario
}

/// The same, and the learners are to vote with the leader in place of those who do not hear it.
pub(crate) fn leader_goes_over_to_newcomers(protocol: ProtocolName, seed: u64) -> Scenario {
    let mut scenario = leader_beside_newcomers(protocol, seed);
    let is_cut = |step: &&Step| matches!(step.deed, Deed::Cut(_));
    let cut = scenario.steps.iter().find(is_cut).map(|step| step.at.0);
    let replacement = Replacement {
        voters: [0, 3, 4].map(node).to_vec(),
        learners: Vec::new(),
    };
    scenario.steps.push(Step {
        at: Span(cut.unwrap_or_default() + Micros::from_millis(1)),
        deed: Deed::Replace(replacement),
    });
    scenario
}

/// A leader is cut off, and asked to read what the others' next leader writes.
pub(crate) fn leader_cut_off_with_its_lease(protocol: ProtocolName, seed: u64) -> Scenario {
    let rough = Micros::from_secs(4);
    let mut scenario = steered(protocol, (3, rough), seed, |draw, add| {
        add(10, Deed::TimeOut(Whom::Node(node(0))));
        let cut = draw(1_500, 1_600);
        add(cut, Deed::Cut(vec![vec![node(0)]]));
        for value in 0..30 {
            let at = cut + 40 * value;
            for asked in [1, 2] {
                let write = Write {
                    value,
                    key: 0,
                    client: 1,
                    to: Some(node(asked)),
                };
                add(at, Deed::Write(write));
            }
            let read = Read {
                key: 0,
                client: 2,
                to: Some(node(0)),
            };
            add(at + 20, Deed::Read(read));
        }
        add(cut + 2_000, Deed::Heal);
    });
    scenario.raft.election_timeout = [Span::millis(150), Span::millis(600)];
    scenario.raft.preset = RaftPreset::Production;
    scenario.raft.reads = ReadPath::Lease;
    scenario
}

/// Leaders fall with calls unanswered, so that clients ask others for the same; snapshots are
/// taken at every entry or two.
pub(crate) fn leaders_and_snapshots(protocol: ProtocolName, seed: u64) -> Scenario {
    let mut scenario = leaders_fall(protocol, seed);
    let mut value = 0;
    for step in &mut scenario.steps {
        if let Deed::Write(write) = &mut step.deed {
            value += 1;
            write.to = None;
            write.value = value;
        }
    }
    scenario.raft.replicate_with_heartbeat = false;
    scenario.raft.snapshot_every = Some(1 + (seed % 3) as u32);
    scenario.raft.entries_kept = 0;
    scenario
}

/// A leader no longer hears the others, which hear of its client's write; they go on without it, and
/// all are asked for what they have.
pub(crate) fn leader_cut_off_amid_a_write(protocol: ProtocolName, seed: u64) -> Scenario {
    let rough = Micros::from_secs(4);
    let mut scenario = steered(protocol, (3, rough), seed, |draw, add| {
        add(10, Deed::TimeOut(Whom::Node(node(0))));
        let deaf = draw(1_500, 1_600);
        for (value, at) in [(1, 1_000), (2, deaf)] {
            let (key, client, to) = (0, 1, Some(node(0)));
            let write = Write {
                value,
                key,
                client,
                to,
            };
            add(at, Deed::Write(write));
        }
        let (from, to) = ([1, 2].map(node).to_vec(), vec![node(0)]);
        add(deaf, Deed::CutOneWay(OneWay { from, to }));
        let cut = deaf + draw(80, 120);
        add(cut, Deed::Cut(vec![vec![node(0)]]));
        add(cut + draw(20, 60), Deed::TimeOut(Whom::Node(node(1))));
        for (round, asked) in (0..60).zip([0, 1, 2].into_iter().cycle()) {
            let (key, client, to) = (0, 2, Some(node(asked)));
            add(cut + 20 * round, Deed::Read(Read { key, client, to }));
        }
        add(cut + 2_000, Deed::Heal);
    });
    // So that each comes when it is meant to.
    (scenario.network, scenario.inbox) = Default::default();
    scenario.raft.no_op = Some(true);
    scenario.raft.reads = ReadPath::Index;
    scenario
}
