//! What a peer keeps and what a message says, item by item.

use super::Almighty;
use super::election::ElectionId;
use super::ledger::{Ledger, Standing};
use super::message::{AlmightyMessage, Announcement, LedgerPurpose};
use super::role::{Following, Leading, Seat};
use super::secret::{Secret, Session};
use crate::field::{Field, Value, labels, values};
use alloc::vec::Vec;

labels! {
    ROLE: "role", "What it is at the moment.";
    BELIEVED: "leader", "Whom it takes for the leader.";
    STAMP: "joined at", "The time that its age is counted from; it keeps it as long as it lives.";
    STARTED: "started at", "When this life began, by its own clock.";
    FRESH: "never in a cluster", "Whether no cluster has taken it in during this life.";
    LEDGER: "ledger", "The peers that it knows: alive, marked dead, or gone by their own word.";
    HIGHEST: "latest election seen", "The next election that it calls is later than this.";
    CLOSED: "closed elections", "Nothing up to this one gets its consent again.";
    OPEN: "open election", "The latest election here, until its time to settle is over.";
    TOLD: "told its ledger", "Whether it sent its ledger to everyone for the open election.";
    MERGING: "merging after", "The reign that two leaders end: ledgers are merged, then all elect anew.";
    WORK: "calls at work", "The calls that its state machine works on.";
    REIGN: "election", "The election that gave this reign, or that this is about.";
    EXPECTED: "expects", "Whose win it waits for: of those alive, the oldest that it knows.";
    SECRET: "secret", "What only the leader of this reign and its followers know.";
    TURN: "turn", "How often the secret was changed in this reign.";
    BEFORE: "secret before", "The secret before the last change; it is good a little longer.";
    AWAITING: "awaits a pong", "Whether its last ping has no good answer yet.";
    UNANSWERED: "unanswered pings", "So many in a row; at the limit it takes the leader for dead.";
    SILENT: "silent for", "How many ping intervals passed without a ping of each peer.";
    INTERVALS: "since announced", "Ping intervals since it last told everyone that it leads.";
    UNTOLD: "marks to tell", "Whether its ledger changed since the others were told.";
    FACING: "faces off with", "The other leader that it objected to.";
    TRIES: "face-offs sent", "How often it objected without an answer.";
    ROTATING: "changes its secret", "Whether a new secret is being made.";
    LEADER: "leader", "Who won: the sender.";
    CLAIM: "carries secret", "The proof of the reign; no proof, no leader.";
    WITHOUT: "found dead", "Whom the caller could not reach.";
    PURPOSE: "purpose", "What the receiver is to do with the ledger.";
    MINE: "sender's election", "The reign of the sender, who leads as well.";
    YOURS: "receiver's election", "The reign that the sender objects to.";
    OLD: "old secret", "The secret so far: it proves who changes it.";
    NEW: "new secret", "The secret from now on.";
}

values! {
    ElectionId: |it| Self::Called(it.at, it.caller);
    Secret: |it| Self::Secret(it.0);
    &Ledger: |it| Self::each(it.iter().map(|(peer, standing)| (peer.node, standing)));
    Standing: |it| Self::Word(match it {
        Standing::Alive => "alive",
        Standing::Dead => "dead",
        Standing::Gone => "gone",
    });
    LedgerPurpose: |it| Self::Word(match it {
        LedgerPurpose::Marks => "obey its marks",
        LedgerPurpose::Merge => "merge it",
        LedgerPurpose::Report => "learn from it",
    });
}

impl Almighty {
    /// Every variable, those of all roles first.
    pub(super) fn list(&self) -> Vec<Field> {
        let open = self.elections.open.as_ref();
        let role = match self.seat {
            Seat::Seeking { .. } => "seeking",
            Seat::Electing(_) => "electing",
            Seat::Following(_) => "following",
            Seat::Leading(_) => "leading",
            Seat::Gone => "gone",
        };
        let mut fields = Vec::from([
            ROLE.is(role),
            BELIEVED.is(self.believed_leader()),
            STAMP.is(self.stamp),
            STARTED.is(self.started),
            FRESH.is(self.fresh),
            LEDGER.is(&self.ledger),
            HIGHEST.is(seen(self.elections.highest)),
            CLOSED.is(seen(self.elections.closed)),
            OPEN.is(open.map(|it| it.id)),
            TOLD.is(open.is_some_and(|it| it.told)),
            MERGING.is(self.elections.merging),
            WORK.is(self.shared.waiting()),
        ]);
        match &self.seat {
            Seat::Electing(it) => fields.extend([REIGN.is(it.id), EXPECTED.is(it.expected)]),
            Seat::Following(it) => it.list(&mut fields),
            Seat::Leading(it) => it.list(&mut fields),
            Seat::Seeking { .. } | Seat::Gone => {}
        }
        fields
    }
}

/// An election, but for the one before the first.
fn seen(id: ElectionId) -> Option<ElectionId> {
    (id != ElectionId::default()).then_some(id)
}

impl Following {
    fn list(&self, fields: &mut Vec<Field>) {
        fields.push(REIGN.is(self.id));
        self.session.list(fields);
        fields.extend([AWAITING.is(self.awaiting), UNANSWERED.is(self.unanswered)]);
    }
}

impl Leading {
    fn list(&self, fields: &mut Vec<Field>) {
        fields.push(REIGN.is(self.id));
        self.session.list(fields);
        let silent = self.hearings.iter().map(|(peer, it)| (*peer, it.silent));
        fields.extend([
            SILENT.is(Value::each(silent)),
            INTERVALS.is(self.intervals),
            UNTOLD.is(self.untold),
            FACING.is(self.facing.map(|it| it.with)),
            TRIES.is(self.facing.map_or(0, |it| it.tries)),
            ROTATING.is(self.rotating),
        ]);
    }
}

impl Session {
    fn list(&self, fields: &mut Vec<Field>) {
        fields.extend([
            SECRET.is(self.current),
            TURN.is(self.turn),
            BEFORE.is(self.previous()),
        ]);
    }
}

impl AlmightyMessage {
    /// Every item.
    pub(super) fn list(&self) -> Vec<Field> {
        match self {
            Self::Join { joined } => Vec::from([STAMP.is(*joined)]),
            Self::Welcome(it) | Self::Winner(it) => it.list(),
            Self::Ping { id, turn, joined } => {
                Vec::from([REIGN.is(*id), TURN.is(*turn), STAMP.is(*joined)])
            }
            Self::Pong { id, turn, secret } => {
                Vec::from([REIGN.is(*id), TURN.is(*turn), CLAIM.is(*secret)])
            }
            Self::Election { id, without } => Vec::from([REIGN.is(*id), WITHOUT.is(*without)]),
            Self::Ledger {
                id,
                purpose,
                ledger,
            } => Vec::from([REIGN.is(*id), PURPOSE.is(*purpose), LEDGER.is(ledger)]),
            Self::FaceOff { mine, yours } => Vec::from([MINE.is(*mine), YOURS.is(*yours)]),
            Self::Rotation { id, turn, old, new } => {
                Vec::from([REIGN.is(*id), TURN.is(*turn), OLD.is(*old), NEW.is(*new)])
            }
            Self::Goodbye => Vec::new(),
        }
    }
}

impl Announcement {
    fn list(&self) -> Vec<Field> {
        Vec::from([
            REIGN.is(self.id),
            LEADER.is(self.leader),
            CLAIM.is(self.secret),
            TURN.is(self.turn),
            LEDGER.is(&self.ledger),
        ])
    }
}
