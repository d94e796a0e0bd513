//! The water that Raft's mutants are tried in, where a storm is not enough.

use super::{expecting, node, steered};
use crate::deed::{Deed, OneWay, Read, Replacement, Step, Write};
use crate::document::{ProtocolName, Scenario};
use crate::expect::{Held, That};
use crate::name::{NodeName, Whom};
use crate::network::LinkDeed;
use crate::raft_timing::RaftPreset;
use crate::span::Span;
use alloc::vec;
use alloc::vec::Vec;
use consensus::raft::ReadPath;
use consensus::{Micros, NodeId};

/// Three servers whose leader, again and again, falls with an entry that nobody else has yet: the
/// water of the Raft paper's figure 8.
pub(in crate::gallery) fn leaders_fall(protocol: ProtocolName, seed: u64) -> Scenario {
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

/// Of three servers, two that do not hear each other ask the third for its vote, which falls and
/// is back in between.
pub(in crate::gallery) fn two_stand(protocol: ProtocolName, seed: u64) -> Scenario {
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
pub(in crate::gallery) fn leader_beside_newcomers(protocol: ProtocolName, seed: u64) -> Scenario {
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
pub(in crate::gallery) fn leader_goes_over_to_newcomers(
    protocol: ProtocolName,
    seed: u64,
) -> Scenario {
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
pub(in crate::gallery) fn leader_cut_off_with_its_lease(
    protocol: ProtocolName,
    seed: u64,
) -> Scenario {
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
pub(in crate::gallery) fn leaders_and_snapshots(protocol: ProtocolName, seed: u64) -> Scenario {
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
pub(in crate::gallery) fn leader_cut_off_amid_a_write(
    protocol: ProtocolName,
    seed: u64,
) -> Scenario {
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

/// A learner is taken out, loses its disk, and is taken in again within one term, while its answers
/// are slow: in the end it is to hold what its leader holds.
pub(in crate::gallery) fn learner_returns_empty(protocol: ProtocolName, seed: u64) -> Scenario {
    let learner = node(3);
    let rough = Micros::from_secs(3);
    let scenario = steered(protocol, (3, rough), seed, |draw, add| {
        add(10, Deed::TimeOut(Whom::Node(node(0))));
        let write = Write {
            value: 1,
            key: 0,
            client: 1,
            to: None,
        };
        add(draw(300, 500), Deed::Write(write));
        add(1_000, Deed::AddLearner(learner));
        let slow = LinkDeed {
            from: Some(learner),
            delay: Some([100, 500].map(Span::millis)),
            ..LinkDeed::default()
        };
        add(1_500, Deed::Link(slow));
        add(1_600, Deed::Remove(learner));
        add(1_700, Deed::Stop(Whom::Node(learner)));
        add(1_700, Deed::Wipe(learner));
        add(1_700, Deed::Start(learner));
        add(1_700, Deed::AddLearner(learner));
    });
    let all = Held {
        node: learner,
        values: vec![1],
    };
    // The calm of a storm has writes of its own.
    let writes = |deed: &Deed| matches!(deed, Deed::Write(write) if write.value != 1);
    let mut scenario = expecting(scenario, None, That::Data(all));
    scenario.steps.retain(|step| !writes(&step.deed));
    scenario
}
