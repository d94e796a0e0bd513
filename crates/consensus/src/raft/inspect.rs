//! A server as people see it.

use super::Raft;
use super::configuration::Configuration;
use super::leader::Leader;
use super::log::EntryContent;
use super::role::Role;
use super::server::{Out, Server};
use crate::inspection::{EntryKind, EntryView, FollowerView, Inspection, MembersView};
use crate::node::NodeId;
use crate::observation::{self, Observation, Reign};
use alloc::sync::Arc;
use alloc::vec::Vec;

impl Server {
    /// Tells who the members are from now on.
    pub(super) fn observe_members(&self, out: &mut Out) {
        let configuration = self.configuration();
        out.observe(Observation::Members {
            index: self.membership.since().0,
            voters: Arc::clone(&configuration.voters),
            outgoing: Arc::clone(&configuration.outgoing),
            learners: Arc::clone(&configuration.learners),
        });
    }
}

impl Raft {
    /// Whom this server believes to lead its term.
    pub(super) fn believed_leader(&self) -> Option<NodeId> {
        match &self.role {
            Role::Follower(follower) => follower.leader,
            Role::PreCandidate(_) | Role::Candidate(_) => None,
            Role::Leader(_) => Some(self.server.node),
        }
    }

    /// The view for [`crate::Protocol::glance`].
    pub(super) fn view(&self, entries: u64) -> Inspection {
        let server = &self.server;
        let (role, votes, followers) = match &self.role {
            Role::Follower(_) => (observation::Role::Follower, Vec::new(), Vec::new()),
            Role::PreCandidate(candidate) => {
                let votes = candidate.votes.view(server.configuration().all_voters());
                (observation::Role::Candidate, votes, Vec::new())
            }
            Role::Candidate(candidate) => {
                let votes = candidate.votes.view(server.configuration().all_voters());
                (observation::Role::Candidate, votes, Vec::new())
            }
            Role::Leader(leader) => (observation::Role::Leader, Vec::new(), followers(leader)),
        };
        let earlier = server.log.len().saturating_sub(entries);
        let before = server.log.start().index.plus(earlier);
        let entries = server.log.placed_after(before).map(|placed| EntryView {
            index: placed.index.0,
            term: placed.entry.term().0,
            at: placed.entry.at(),
            command: placed.entry.command().cloned(),
            kind: kind(placed.entry.content(), placed.index <= server.commit),
            digest: placed.digest,
            committed: placed.index <= server.commit,
        });
        Inspection {
            role,
            reign: Reign {
                mandate: server.term.mandate(),
                leader: self.believed_leader(),
            },
            votes,
            quorum: server.quorum(|| server.size()).needed(),
            voted_for: server.vote,
            members: members(
                server.configuration(),
                server.membership.since() <= server.commit,
            ),
            earlier,
            log: entries.collect(),
            committed: server.commit.0,
            ledger: Vec::new(),
            secret: None,
            unanswered: 0,
            followers,
        }
    }
}

fn kind(content: &EntryContent, committed: bool) -> EntryKind {
    match content {
        EntryContent::Command(_) => EntryKind::Command,
        EntryContent::NoOp => EntryKind::NoOp,
        EntryContent::OpenSession(_) => EntryKind::OpenSession,
        EntryContent::Membership(configuration) => {
            EntryKind::Members(members(configuration, committed))
        }
    }
}

fn members(configuration: &Configuration, committed: bool) -> MembersView {
    MembersView {
        voters: configuration.voters.to_vec(),
        outgoing: configuration.outgoing.to_vec(),
        learners: configuration.learners.to_vec(),
        settled: committed && !configuration.is_joint(),
    }
}

fn followers(leader: &Leader) -> Vec<FollowerView> {
    let view = leader
        .followers
        .iter()
        .map(|(node, progress)| FollowerView {
            node: *node,
            last_answer: progress.last_answer,
            matched: progress.matched.0,
            fed_by: progress.name(),
            in_flight: progress.in_flight(),
        });
    view.collect()
}
