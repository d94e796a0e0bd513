//! All checks of a run together: they look at every step. A broken guarantee stops the run, a
//! broken measure is counted.

use super::checker::Checker;
use super::known::Known;
use super::promise::{Conflict, Promises, Standing, Violation};
use super::property::Property;
use super::sight::{Peer, Sight, Told};
use crate::register::Register;
use alloc::vec::Vec;
use consensus::{CallId, Incarnation, Micros, NodeId, Observation, Operation, WriteSummary};
use core::hash::{Hash, Hasher};
use litemap::LiteMap;

/// How many events pass between two looks at what nodes keep.
const KEPT_EVERY: u64 = 32;

/// How many events pass, at most, between two looks at the peers in calm water.
const LOOKED_EVERY: u64 = 32;

/// The checks that a protocol's promises ask for.
#[derive(Clone, Debug)]
pub(crate) struct Watch {
    promises: Promises,
    seed: u64,
    checks: Vec<Checker>,
    known: Known,
    /// From when on the network counts as quiet; `None` while it is cut, loses or delays too much.
    quiet: Option<Micros>,
    /// Whether something is promised for calm water.
    looks_at_calm: bool,
    /// Whether something changed since the peers were last looked at.
    unseen: bool,
    conflict: Option<Conflict>,
    /// What broke in this step and is only measured.
    measured: Vec<Conflict>,
    counts: LiteMap<Property, Count>,
    violation: Option<Violation>,
}

/// How often a measure was broken, and how first.
#[derive(Clone, Debug)]
struct Count {
    count: u64,
    first: Violation,
}

impl Watch {
    /// Checks for these promises of a cluster of so many members, in the run of this seed.
    pub(crate) fn new(promises: Promises, members: u16, seed: u64) -> Self {
        let all = || promises.guarantees.iter().chain(promises.measures);
        Self {
            promises,
            seed,
            checks: all().map(|property| Checker::of(*property)).collect(),
            looks_at_calm: all().any(|property| property.needs_calm()),
            known: Known::new(members),
            quiet: None,
            unseen: true,
            conflict: None,
            measured: Vec::new(),
            counts: LiteMap::new(),
            violation: None,
        }
    }

    /// A node begins a life.
    pub(crate) fn born(&mut self, node: NodeId, incarnation: Incarnation) {
        self.see(&Sight::Born(node, incarnation));
    }

    /// A node reports something.
    pub(crate) fn observe(&mut self, node: NodeId, seen: &Observation) {
        self.unseen |= matches!(
            seen,
            Observation::Role { .. } | Observation::Follows(_) | Observation::Identified { .. }
        );
        self.see(&Sight::Observed(node, seen));
    }

    /// A node applies a command of this digest.
    pub(crate) fn applied(&mut self, node: NodeId, index: u64, digest: u64, before: Option<u64>) {
        self.see(&Sight::Applied {
            node,
            index,
            digest,
            before,
        });
    }

    /// A client asks for the first time in a call; `written` is the value that it writes.
    pub(crate) fn called(
        &mut self,
        call: CallId,
        key: u32,
        operation: Operation,
        written: Option<u64>,
    ) {
        self.see(&Sight::Called {
            call,
            key,
            operation,
            written,
        });
    }

    /// A node with this state machine says that a call is done.
    pub(crate) fn done(&mut self, node: NodeId, call: CallId, register: &Register) {
        self.see(&Sight::Done {
            node,
            call,
            register,
        });
    }

    /// A call is over for its client, done where it was told so.
    pub(crate) fn returned(&mut self, call: CallId, key: u32, told: Option<Told>) {
        self.see(&Sight::Returned { call, key, told });
    }

    /// A node asks for a write.
    pub(crate) fn asked(&mut self, node: NodeId) {
        self.see(&Sight::Asked(node));
    }

    /// A write, or what a crash left of it, is on a node's disk.
    pub(crate) fn stored(&mut self, node: NodeId, write: &WriteSummary) {
        self.see(&Sight::Stored(node, write));
    }

    /// Whether a write takes something out of a node's log on disk.
    pub(crate) fn takes_out(&self, node: NodeId, write: &WriteSummary) -> bool {
        self.known.takes_out(node, write)
    }

    /// Up to where the disks of two nodes hold snapshots in place of their logs.
    pub(crate) fn covered(&self) -> u64 {
        self.known.covered()
    }

    /// How many entries the logs have that nodes work with and those on their disks, in all.
    pub(crate) fn entries(&self) -> u64 {
        self.known.entries()
    }

    /// A node's disk holds nothing any more.
    pub(crate) fn wiped(&mut self, node: NodeId) {
        self.see(&Sight::Wiped(node));
    }

    /// Live nodes keep so many entries besides their logs; they are asked only now and then.
    pub(crate) fn kept(&mut self, event: u64, live: impl Iterator<Item = (NodeId, u64)>) {
        if event.is_multiple_of(KEPT_EVERY) {
            for (node, count) in live {
                self.see(&Sight::Kept { node, count });
            }
        }
    }

    /// Something befell the network or a node; it counts as quiet from `quiet` on, and never
    /// where that is `None`.
    pub(crate) fn disturb(&mut self, quiet: Option<Micros>) {
        self.quiet = quiet;
        self.unseen = true;
    }

    fn see(&mut self, sight: &Sight) {
        let kind = sight.kind();
        for check in &mut self.checks {
            if !check.looks_at().meet(kind) {
                continue;
            }
            let Some(conflict) = check.see(sight, &self.known) else {
                continue;
            };
            if self.promises.guarantees.contains(&conflict.property) {
                self.conflict.get_or_insert(conflict);
            } else {
                self.measured.push(conflict);
            }
        }
        let floor = self.known.floor();
        self.known.learn(sight);
        if self.known.floor() > floor {
            let floor = self.known.floor();
            self.checks
                .iter_mut()
                .for_each(|it| it.forget_before(floor));
        }
    }

    /// Hashes what the checks remember.
    pub(crate) fn remembered<H: Hasher>(&self, hasher: &mut H) {
        (&self.checks, &self.known).hash(hasher);
    }

    /// Whether the network counts as quiet.
    pub(crate) fn is_quiet(&self, now: Micros) -> bool {
        self.quiet.is_some_and(|quiet| quiet <= now)
    }

    /// Closes a step; gives the violation that it brought, if it did.
    pub(crate) fn close(
        &mut self,
        now: Micros,
        event: u64,
        live: impl Iterator<Item = Peer>,
    ) -> Option<Violation> {
        let due = self.unseen || event.is_multiple_of(LOOKED_EVERY);
        if due && self.looks_at_calm && self.is_quiet(now) {
            self.unseen = false;
            self.see(&Sight::Calm(&live.collect::<Vec<_>>()));
        }
        let seed = self.seed;
        for conflict in self.measured.drain(..) {
            let count = self.counts.entry(conflict.property);
            let none = || Count {
                count: 0,
                first: conflict.at(now, event, seed),
            };
            count.or_insert_with(none).count += 1;
        }
        let violation = self.conflict.take()?.at(now, event, seed);
        self.violation = Some(violation.clone());
        Some(violation)
    }

    /// What broke, if anything did.
    pub(crate) fn violation(&self) -> Option<&Violation> {
        self.violation.as_ref()
    }

    /// How a property was broken first, if it was.
    pub(crate) fn first_break(&self, property: Property) -> Option<&Violation> {
        let guaranteed = self.violation().filter(|it| it.property == property);
        guaranteed.or_else(|| Some(&self.counts.get(&property)?.first))
    }

    /// How every guarantee and then every measure stands.
    pub(crate) fn standings(&self, now: Micros) -> Vec<(Property, Standing)> {
        // There is a check for each, in this order.
        let mut undecided = self.checks.iter().map(Checker::undecided);
        let guaranteed = self.promises.guarantees.iter().map(|it| (*it, true));
        let measured = self.promises.measures.iter().map(|it| (*it, false));
        let all = guaranteed.chain(measured).map(|(property, is_guaranteed)| {
            let undecided = undecided.next().unwrap_or_default();
            let found = self.counts.get(&property);
            let broken = self.violation().filter(|it| it.property == property);
            let calm = property.needs_calm();
            let standing = match (broken, undecided, found) {
                (Some(it), _, _) => Standing::Broken {
                    at: it.at,
                    event: it.event,
                },
                (_, 1.., None) => Standing::Undecided { keys: undecided },
                _ if !is_guaranteed => Standing::Counted {
                    count: found.map_or(0, |it| it.count),
                    first: found.map(|it| it.first.at),
                },
                _ if calm && !self.is_quiet(now) => Standing::Waits,
                _ => Standing::Holds {
                    since: self.quiet.filter(|_| calm).unwrap_or_default(),
                },
            };
            (property, standing)
        });
        all.collect()
    }
}
