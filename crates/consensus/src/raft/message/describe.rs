//! Messages as people see them.

use super::append::AppendOutcome;
use super::snapshot::SnapshotOutcome;
use super::{RaftMessage, append::AppendAnswer};
use crate::client::Command;
use crate::field::Field;
use crate::observation::Reign;
use crate::protocol::{Describe, MessageShape, MessageSummary};
use crate::raft::log::Entry;
use alloc::vec::Vec;

impl Describe for RaftMessage {
    fn describe(&self) -> MessageSummary {
        let (kind, shape, answer) = self.kind();
        MessageSummary {
            kind,
            shape,
            answer,
            heartbeat: shape == MessageShape::Call && !self.is_about_read(),
            reign: Some(Reign {
                mandate: self.term().mandate(),
                // The envelope names the sender; the message alone does not know.
                leader: None,
            }),
            command: self.newest_command().cloned(),
        }
    }

    fn fields(&self) -> Vec<Field> {
        self.list()
    }
}

impl RaftMessage {
    fn kind(&self) -> (&'static str, MessageShape, Option<bool>) {
        match self {
            Self::VoteRequest { .. } => ("vote request", MessageShape::Claim, None),
            Self::VoteAnswer { granted, .. } => ("vote", MessageShape::Claim, Some(*granted)),
            Self::PreVoteRequest { .. } => ("pre-vote request", MessageShape::Claim, None),
            Self::PreVoteAnswer { granted, .. } => {
                ("pre-vote", MessageShape::Claim, Some(*granted))
            }
            Self::TimeoutNow { .. } => ("timeout now", MessageShape::Claim, None),
            Self::Append(append) if append.entries.is_empty() => {
                ("heartbeat", MessageShape::Call, None)
            }
            Self::Append(_) => ("append", MessageShape::Entry, None),
            Self::AppendAnswer(AppendAnswer {
                carried, outcome, ..
            }) => {
                let yes = matches!(outcome, AppendOutcome::Matched(_));
                if *carried {
                    ("append answer", MessageShape::Entry, Some(yes))
                } else {
                    ("heartbeat answer", MessageShape::Call, Some(yes))
                }
            }
            Self::Snapshot(_) => ("snapshot", MessageShape::Entry, None),
            Self::SnapshotAnswer(answer) => {
                let yes = answer.outcome != SnapshotOutcome::Stale;
                ("snapshot answer", MessageShape::Entry, Some(yes))
            }
            Self::ReadRequest { .. } => ("read request", MessageShape::Call, None),
            Self::ReadAnswer { index, .. } => {
                ("read answer", MessageShape::Call, Some(index.is_some()))
            }
        }
    }

    const fn is_about_read(&self) -> bool {
        matches!(self, Self::ReadRequest { .. } | Self::ReadAnswer { .. })
    }

    fn newest_command(&self) -> Option<&Command> {
        match self {
            Self::Append(append) => append.entries.iter().rev().find_map(Entry::command),
            _ => None,
        }
    }
}
