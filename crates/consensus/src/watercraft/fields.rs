//! What a node keeps and what a message says, item by item.

use super::Watercraft;
use super::list::{List, Standing};
use super::message::{Report, WatercraftMessage};
use super::role::{Following, Hosting, Seat};
use super::seniority::AdmissionNumber;
use super::version::{ReignNumber, Version};
use crate::field::{Field, Value, labels, values};
use crate::node::Life;
use alloc::vec::Vec;

labels! {
    ROLE: "role", "What it is at the moment.";
    BELIEVED: "host", "Whom it takes for the host.";
    NUMBER: "admission number", "Under which it was let in: the lowest number is the oldest node.";
    FOUNDER: "founder", "Whether it begins as the host of a network of its own.";
    LIST: "list", "The nodes that it knows: alive, removed, or left by their own word.";
    REIGN: "reign", "The reign of a host that it lives under.";
    VERSION: "version of the list", "The host's reign, and how often it changed the list since.";
    CHANGE: "change", "How often the host changed its list in this reign.";
    HIGHEST: "latest reign heard of", "A node that becomes host takes a higher one.";
    CONTACTS: "contacts", "Whom it could call if it knew no host.";
    MERGED: "merged hosts", "The last reign of each host that yielded to it.";
    WRITES: "writes kept", "Every write, in order: the shared data lives with the host alone.";
    WORK: "calls at work", "The calls that its state machine works on.";
    ASKED: "asks", "Whom it asks to be let in.";
    FRUITLESS: "fruitless waits", "How often in a row it heard of no network; then it founds one.";
    HOPS: "sent on", "How often it was sent to another node within this wait.";
    FOLLOWED: "calls", "Whom it calls in each round.";
    CONFIRMED: "confirmed", "Whether that node has answered as a host.";
    AWAITING: "awaits an answer", "Whether its last call has no answer yet.";
    UNANSWERED: "unanswered calls", "So many in a row; at the limit it takes the host for dead.";
    NAMED: "named instead", "Whom that node says to be the host.";
    SILENT: "silent for", "How many rounds passed without a call of each node.";
    ROUNDS: "rounds since calling out", "At times a host calls nodes that are not on its list.";
    COUNT: "nodes believed in", "How many nodes the caller believes alive; the host corrects it if wrong.";
    GONE: "nodes", "Whom this is about.";
    STANDING: "now", "What becomes of them.";
    ANSWERS: "answers reign", "The receiver's reign, where this answers its word as a host.";
}

values! {
    AdmissionNumber: |it| Self::Number(it.0);
    ReignNumber: |it| Self::Numbered(it.number, it.host);
    &List: |it| Self::each(it.iter().map(|(node, entry)| (node, entry.standing)));
    &[Life]: |it| Self::Nodes(it.iter().map(|life| life.node).collect());
    Standing: |it| Self::Word(match it {
        Standing::Alive => "alive",
        Standing::Removed => "removed",
        Standing::Left => "left",
    });
}

impl Watercraft {
    /// Every variable, those of all roles first.
    pub(super) fn list(&self) -> Vec<Field> {
        let role = match self.seat {
            Seat::Seeking(_) => "seeking",
            Seat::Following(_) => "following",
            Seat::Hosting(_) => "hosting",
            Seat::Gone => "gone",
        };
        let mut fields = Vec::from([
            ROLE.is(role),
            BELIEVED.is(self.believed_host()),
            NUMBER.is(self.number),
            FOUNDER.is(self.originates),
            LIST.is(&self.list),
            REIGN.is((self.reign.number > 0).then_some(self.reign)),
            VERSION.is((self.version.reign.number > 0).then_some(self.version.reign)),
            CHANGE.is(self.version.change),
            HIGHEST.is(self.reigns),
            CONTACTS.is(&*self.contacts),
            MERGED.is(Value::each(
                self.merged.iter().map(|(host, it)| (*host, it.number)),
            )),
            WRITES.is(self.data.journal.len() as u64),
            WORK.is(self.data.shared.waiting()),
        ]);
        match &self.seat {
            Seat::Seeking(it) => fields.extend([
                ASKED.is(it.asked),
                FRUITLESS.is(it.fruitless),
                HOPS.is(it.hops),
            ]),
            Seat::Following(it) => it.list(&mut fields),
            Seat::Hosting(it) => it.list(&mut fields),
            Seat::Gone => {}
        }
        fields
    }
}

impl Following {
    fn list(&self, fields: &mut Vec<Field>) {
        fields.extend([
            FOLLOWED.is(self.host),
            CONFIRMED.is(self.confirmed),
            AWAITING.is(self.awaiting),
            UNANSWERED.is(self.unanswered),
            NAMED.is(self.named),
        ]);
    }
}

impl Hosting {
    fn list(&self, fields: &mut Vec<Field>) {
        let silent = self.hearings.iter().map(|(node, it)| (*node, it.silent));
        fields.extend([SILENT.is(Value::each(silent)), ROUNDS.is(self.rounds)]);
    }
}

impl WatercraftMessage {
    /// Every item.
    pub(super) fn list(&self) -> Vec<Field> {
        let mut fields: Vec<Field> = self.reported().map_or_else(Vec::new, of_version);
        match self {
            Self::Call { number, report } => {
                fields.push(NUMBER.is(*number));
                if let Report::Count(count) = report {
                    fields.push(COUNT.is(*count));
                }
            }
            Self::List { list, .. } | Self::Yield { list, .. } => fields.push(LIST.is(list)),
            Self::Removal {
                lives, standing, ..
            } => fields.extend([GONE.is(&**lives), STANDING.is(*standing)]),
            Self::NotHost { host, list } => {
                fields.extend([BELIEVED.is(*host), LIST.is(list)]);
            }
            Self::HostCall {
                number, answers, ..
            } => fields.extend([NUMBER.is(*number), ANSWERS.is(*answers)]),
            Self::HandOver { list, commands, .. } => {
                fields.extend([LIST.is(list), WRITES.is(commands.len() as u64)]);
            }
            Self::Contact | Self::Right { .. } | Self::Goodbye => {}
        }
        fields
    }
}

fn of_version(version: Version) -> Vec<Field> {
    Vec::from([VERSION.is(version.reign), CHANGE.is(version.change)])
}
