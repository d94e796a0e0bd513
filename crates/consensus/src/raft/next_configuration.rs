//! From the configuration in force to the one that an operator wants (Raft §6).

use super::configuration::{Configuration, holds, in_order, list_without};
use super::rule::RaftRule;
use super::server::Server;
use crate::explain::Facts;
use crate::node::NodeId;
use alloc::sync::Arc;

/// A configuration to go over to, and what that is in words.
pub(super) struct Target {
    pub(super) rule: RaftRule,
    pub(super) facts: Facts,
    pub(super) configuration: Configuration,
}

/// Why there is nothing to go over to.
pub(super) struct Refused {
    pub(super) rule: RaftRule,
    pub(super) facts: Facts,
}

fn refused(rule: RaftRule, node: NodeId) -> Result<Target, Refused> {
    let facts = Facts::peer(node);
    Err(Refused { rule, facts })
}

/// One more, without a vote.
pub(super) fn with_learner(now: &Configuration, node: NodeId) -> Result<Target, Refused> {
    if now.is_member(node) {
        return refused(RaftRule::ChangeRefusedNoChange, node);
    }
    Ok(Target {
        rule: RaftRule::LearnerAdded,
        facts: Facts::peer(node),
        configuration: Configuration {
            learners: in_order(now.learners.iter().copied().chain([node])),
            ..now.clone()
        },
    })
}

/// One fewer.
pub(super) fn without(now: &Configuration, node: NodeId) -> Result<Target, Refused> {
    if !now.is_member(node) {
        return refused(RaftRule::ChangeRefusedNoMember, node);
    }
    let configuration = Configuration {
        voters: list_without(&now.voters, node),
        learners: list_without(&now.learners, node),
        ..now.clone()
    };
    if configuration.voters.is_empty() {
        return refused(RaftRule::ChangeRefusedNoVoters, node);
    }
    Ok(Target {
        rule: RaftRule::MemberRemoved,
        facts: Facts::peer(node),
        configuration,
    })
}

/// Others altogether, in a joint change.
pub(super) fn replaced(
    server: &Server,
    voters: &[NodeId],
    learners: &[NodeId],
) -> Result<Target, Refused> {
    let now = server.configuration();
    let voters = in_order(voters.iter().copied());
    let learners = learners.iter().copied();
    let learners = in_order(learners.filter(|node| !holds(&voters, *node)));
    if voters.is_empty() {
        return refused(RaftRule::ChangeRefusedNoVoters, server.node);
    }
    if voters == now.voters && learners == now.learners {
        return refused(RaftRule::ChangeRefusedNoChange, server.node);
    }
    Ok(Target {
        rule: RaftRule::JointBegun,
        facts: Facts::NONE,
        configuration: Configuration {
            voters,
            outgoing: Arc::clone(&now.voters),
            learners,
        },
    })
}
