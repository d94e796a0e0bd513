//! The cluster of `raft::RawNode`s.

use crate::cluster::Cluster;
use crate::load::{COMPACT_EVERY, KEPT, payload};
use crate::machine::Machine;
use raft::eraftpb::{Entry, Message, MessageType};
use raft::storage::MemStorage;
use raft::{Config, RawNode, StateRole};
use slog::{Discard, Logger, o};
use std::mem;
use std::ops::Range;

/// The `raft` crate as `RawNode` offers it: commands are proposed one by one.
pub type Theirs = RawNodes<false>;

/// The `raft` crate, given commands that came together as one message of many entries, as a
/// follower forwards them.
pub type TheirsJoined = RawNodes<true>;

/// A cluster of the `raft` crate's nodes.
pub struct RawNodes<const JOINED: bool> {
    servers: Vec<Server>,
    inboxes: Vec<Vec<Message>>,
    messages: u64,
}

/// One server with its host.
struct Server {
    raft: RawNode<MemStorage>,
    machine: Machine,
    /// The last log entry that its machine has dealt with.
    applied: u64,
    /// The first entry of its log, but for one.
    compacted: u64,
}

impl Server {
    fn boot(id: u64, members: &[u64], window: u64) -> raft::Result<Self> {
        let config = Config {
            id,
            election_tick: 10,
            heartbeat_tick: 1,
            max_size_per_msg: u64::MAX,
            // Every command counts as a message of its own, even where an append took it along.
            max_inflight_msgs: usize::try_from(window * 2).unwrap_or(usize::MAX).max(256),
            pre_vote: true,
            check_quorum: true,
            skip_bcast_commit: true,
            batch_append: true,
            ..Config::default()
        };
        let storage = MemStorage::new_with_conf_state((members.to_vec(), Vec::new()));
        let raft = RawNode::new(&config, storage, &Logger::root(Discard, o!()))?;
        Ok(Self {
            raft,
            machine: Machine::default(),
            applied: 0,
            compacted: 0,
        })
    }

    /// Does what the server asks for; gives the messages that it sends to `send`.
    fn perform(&mut self, mut send: impl FnMut(Vec<Message>)) -> raft::Result<()> {
        if !self.raft.has_ready() {
            return Ok(());
        }
        let mut ready = self.raft.ready();
        send(ready.take_messages());
        self.apply(&ready.take_committed_entries());
        {
            let mut disk = self.raft.mut_store().wl();
            disk.append(ready.entries())?;
            if let Some(state) = ready.hs() {
                disk.set_hardstate(state.clone());
            }
        }
        send(ready.take_persisted_messages());
        let mut light = self.raft.advance(ready);
        if let Some(commit) = light.commit_index() {
            self.raft.mut_store().wl().mut_hard_state().commit = commit;
        }
        send(light.take_messages());
        self.apply(&light.take_committed_entries());
        self.raft.advance_apply();
        self.compact()
    }

    fn apply(&mut self, entries: &[Entry]) {
        for entry in entries {
            // A leader begins with an empty entry.
            if !entry.data.is_empty() {
                self.machine.apply(&entry.data);
            }
            self.applied = entry.index;
        }
    }

    fn compact(&mut self) -> raft::Result<()> {
        let end = self.applied.saturating_sub(KEPT.into());
        if end < self.compacted + COMPACT_EVERY {
            return Ok(());
        }
        self.compacted = end;
        self.raft.mut_store().wl().compact(self.compacted)
    }
}

impl<const JOINED: bool> RawNodes<JOINED> {
    fn new(servers: u16, window: u64) -> raft::Result<Self> {
        let members: Vec<_> = (1..=u64::from(servers)).collect();
        let servers = members
            .iter()
            .map(|id| Server::boot(*id, &members, window))
            .collect::<raft::Result<Vec<_>>>()?;
        Ok(Self {
            servers,
            inboxes: vec![Vec::new(); members.len()],
            messages: 0,
        })
    }

    /// Lets one server work off its inbox, and then does what it asks for.
    fn work(&mut self, place: usize) -> raft::Result<()> {
        let mut inbox = mem::take(&mut self.inboxes[place]);
        let server = &mut self.servers[place];
        for message in inbox.drain(..) {
            server.raft.step(message)?;
        }
        self.inboxes[place] = inbox;
        let (inboxes, sent) = (&mut self.inboxes, &mut self.messages);
        server.perform(|messages| {
            for message in messages {
                *sent += 1;
                // Servers are numbered from 1.
                let to = usize::try_from(message.to - 1);
                if let Some(inbox) = to.ok().and_then(|to| inboxes.get_mut(to)) {
                    inbox.push(message);
                }
            }
        })
    }

    fn turn_was_busy(&mut self) -> bool {
        let before = self.messages;
        self.turn();
        self.messages > before
    }
}

impl<const JOINED: bool> Cluster for RawNodes<JOINED> {
    const NAME: &'static str = if JOINED { "joined" } else { "theirs" };

    fn elected(servers: u16, window: u64) -> Self {
        let mut cluster = Self::new(servers, window).expect("its settings are valid");
        let first = &mut cluster.servers[0].raft;
        first.campaign().expect("a new server may stand");
        while cluster.turn_was_busy() {}
        let role = cluster.servers[0].raft.raft.state;
        assert_eq!(role, StateRole::Leader, "the only candidate wins");
        cluster
    }

    fn propose(&mut self, commands: Range<u64>) {
        let leader = &mut self.servers[0].raft;
        if JOINED {
            let entries: Vec<_> = commands.map(entry).collect();
            let mut message = Message::default();
            message.set_msg_type(MessageType::MsgPropose);
            message.set_entries(entries.into());
            leader.step(message).expect("a leader serves every call");
            return;
        }
        for number in commands {
            let proposed = leader.propose(Vec::new(), payload(number).to_vec());
            proposed.expect("a leader serves every call");
        }
    }

    fn turn(&mut self) {
        for place in 0..self.servers.len() {
            self.work(place).expect("a healthy server goes on");
        }
    }

    fn heartbeat(&mut self) {
        self.servers[0].raft.tick();
    }

    fn retired(&self) -> u64 {
        self.servers[0].machine.applied()
    }

    fn messages(&self) -> u64 {
        self.messages
    }

    fn machines(&self) -> impl Iterator<Item = &Machine> {
        self.servers.iter().map(|server| &server.machine)
    }
}

fn entry(number: u64) -> Entry {
    Entry {
        data: payload(number).to_vec().into(),
        ..Entry::default()
    }
}
