//! All checks of a run together: they look at every step and stop at the first contradiction.

use super::{
    Conflict, ElectionSafety, LogMatching, OldestLeads, Peer, Property, Standing,
    StateMachineSafety, Violation,
};
use alloc::vec::Vec;
use consensus::{Command, Micros, NodeId, Observation};

/// The checks that a protocol's guarantees ask for.
#[derive(Clone, Debug)]
pub(crate) struct Watch {
    guarantees: &'static [Property],
    election_safety: ElectionSafety,
    log_matching: LogMatching,
    state_machine_safety: StateMachineSafety,
    oldest_leads: OldestLeads,
    /// Whether something changed since the peers were last looked at.
    unseen: bool,
    conflict: Option<Conflict>,
    violation: Option<Violation>,
}

impl Watch {
    /// Checks for these guarantees.
    pub(crate) fn new(guarantees: &'static [Property]) -> Self {
        Self {
            guarantees,
            election_safety: ElectionSafety::default(),
            log_matching: LogMatching::default(),
            state_machine_safety: StateMachineSafety::default(),
            oldest_leads: OldestLeads::default(),
            unseen: true,
            conflict: None,
            violation: None,
        }
    }

    /// A node reports something.
    pub(crate) fn observe(&mut self, node: NodeId, seen: &Observation) {
        self.unseen |= matches!(
            seen,
            Observation::Role { .. } | Observation::Follows(_) | Observation::Identified { .. }
        );
        let election = self.election_safety.observe(node, seen);
        let log = self.log_matching.observe(node, seen);
        self.found(election.or(log));
    }

    /// A node applies a command.
    pub(crate) fn applied(&mut self, node: NodeId, index: u64, command: &Command) {
        if self.guarantees.contains(&Property::StateMachineSafety) {
            let conflict = self.state_machine_safety.applied(node, index, command);
            self.found(conflict);
        }
    }

    /// Something befell the network or a node; it counts as quiet from `quiet` on, and never
    /// where that is `None`.
    pub(crate) fn disturb(&mut self, quiet: Option<Micros>) {
        self.oldest_leads.disturb(quiet);
        self.unseen = true;
    }

    fn found(&mut self, conflict: Option<Conflict>) {
        let guaranteed = conflict.filter(|it| self.guarantees.contains(&it.property));
        self.conflict = self.conflict.take().or(guaranteed);
    }

    /// Closes a step; gives the violation that it brought, if it did.
    pub(crate) fn close(
        &mut self,
        now: Micros,
        event: u64,
        live: impl Iterator<Item = Peer> + Clone,
    ) -> Option<Violation> {
        let quiet = self.oldest_leads.standing(now) == Standing::Holds;
        if self.unseen && quiet && self.guarantees.contains(&Property::OldestLeads) {
            self.unseen = false;
            let conflict = self.oldest_leads.look(live);
            self.found(conflict);
        }
        let conflict = self.conflict.take()?;
        let violation = Violation {
            property: conflict.property,
            at: now,
            event,
            nodes: conflict.nodes,
            place: conflict.place,
        };
        self.violation = Some(violation.clone());
        Some(violation)
    }

    /// What broke, if anything did.
    pub(crate) fn violation(&self) -> Option<&Violation> {
        self.violation.as_ref()
    }

    /// How every guarantee stands.
    pub(crate) fn standings(&self, now: Micros) -> Vec<(Property, Standing)> {
        let standing = |property: &Property| {
            let broken = self.violation.as_ref().map(|it| it.property);
            let standing = match property {
                it if broken == Some(*it) => Standing::Broken,
                Property::OldestLeads => self.oldest_leads.standing(now),
                _ => Standing::Holds,
            };
            (*property, standing)
        };
        self.guarantees.iter().map(standing).collect()
    }
}
