//! The oldest-peer rule, **WaterCraft**: the node that has been in the network longest is its host.
//! Nobody votes, and no clock is involved.
//!
#![doc = include_str!("../../WATERCRAFT.md")]

mod client;
mod fields;
mod following;
mod hosting;
mod inspect;
mod leaving;
mod list;
mod meeting;
mod message;
mod mutant;
mod role;
mod rule;
mod seeking;
mod seniority;
mod settings;
mod timer;
mod version;

pub use crate::diskless::{Diskless as WatercraftDurable, NoWrite as WatercraftWrite};
pub use list::{Entry, List, Standing};
pub use message::{Report, WatercraftMessage};
#[cfg(feature = "mutants")]
pub use mutant::Mutant;
pub use rule::WatercraftRule;
pub use seniority::{AdmissionNumber, Seniority};
pub use settings::{ReportKind, SettingsError, WatercraftSettings};
pub use timer::WatercraftTimer;
pub use version::{ReignNumber, Version};

use crate::commands::SingleCommand;
use crate::effect::Effects;
use crate::explain::Facts;
use crate::field::Field;
use crate::input::{Control, Input};
use crate::inspection::Inspection;
use crate::node::{Boot, ClusterId, Envelope, Incarnation, Life, NodeId, Receiver};
use crate::observation::Observation;
use crate::protocol::{Membership, Protocol};
use crate::time::{Micros, Now};
use alloc::vec::Vec;
use client::Data;
use inspect::Reported;
use litemap::LiteMap;
use role::{Seat, Seeking};

type Fx = Effects<Watercraft>;

/// Of the nodes before it, how many a node that was told nobody tries (W1).
const MOST_GUESSED: u16 = 32;

/// What a node asks random values for: nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {}

/// One node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Watercraft {
    node: NodeId,
    cluster: ClusterId,
    incarnation: Incarnation,
    settings: WatercraftSettings,
    /// Whether it begins as the host (W2).
    originates: bool,
    /// The number under which it was admitted; set once in a life (W2, W10).
    number: Option<AdmissionNumber>,
    /// Every other node that it was told of, in order.
    contacts: Vec<NodeId>,
    /// Its own alive list (W4).
    list: List,
    /// The version of the list that its host gave it; a host's own.
    version: Version,
    /// The reign that it lives under.
    reign: ReignNumber,
    /// The highest number of a reign that it heard of.
    reigns: u64,
    /// The last reign of each host that yielded to this node, whose list it has merged (W10).
    merged: LiteMap<NodeId, ReignNumber>,
    seat: Seat,
    data: Data,
    reported: Option<Reported>,
}

impl Protocol for Watercraft {
    type Settings = WatercraftSettings;
    type Message = WatercraftMessage;
    type Timer = WatercraftTimer;
    type Purpose = Purpose;
    type Durable = WatercraftDurable;
    type Write = WatercraftWrite;
    type Commands = SingleCommand;
    type Rule = WatercraftRule;

    fn name(_: &Self::Settings) -> &'static str {
        "watercraft"
    }

    fn membership(_: &Self::Settings) -> Membership {
        Membership::SelfDeclared
    }

    fn boot(boot: Boot<Self>) -> Self {
        let contacts = contacts(boot.node, &boot.members);
        let first = boot.members.iter().min() == Some(&boot.node);
        let asked = contacts.first().copied().unwrap_or_default();
        Self {
            node: boot.node,
            cluster: boot.cluster,
            incarnation: boot.incarnation,
            settings: boot.settings,
            originates: contacts.is_empty() || (first && boot.incarnation.0 <= 1),
            number: None,
            contacts,
            list: List::default(),
            version: Version::default(),
            reign: ReignNumber::default(),
            reigns: 0,
            merged: LiteMap::new(),
            seat: Seat::Seeking(Seeking {
                asked,
                fruitless: 0,
                hops: 0,
            }),
            data: Data::default(),
            reported: None,
        }
    }

    fn step(&mut self, now: Now, input: Input<Self>, fx: &mut Effects<Self>) {
        match input {
            Input::Start => self.start(fx),
            Input::Receive(envelope) => self.receive(envelope, now, fx),
            Input::Timer(WatercraftTimer::Contact) => self.contact_timed_out(fx),
            Input::Timer(WatercraftTimer::Silence) => self.host_silent(fx),
            Input::Timer(WatercraftTimer::Round) => self.round(fx),
            Input::Call(call) => self.serve(call, fx),
            Input::Calls(calls) => calls.into_iter().for_each(|call| self.serve(call, fx)),
            Input::Applied(applied) => self.applied(applied, fx),
            Input::Control(Control::Leave) => self.leave(fx),
            Input::Control(Control::TimeOut) => self.time_out(fx),
            Input::Drawn { purpose, .. } => match purpose {},
            // The oldest hosts, whatever an operator wishes (W2).
            Input::Control(
                Control::TransferTo(_) | Control::TakeSnapshot | Control::ChangeMembership(_),
            )
            | Input::Stored(_)
            | Input::Queried { .. }
            | Input::SnapshotTaken { .. }
            | Input::SnapshotRead { .. }
            | Input::SnapshotInstalled { .. }
            | Input::Unreachable(_) => {}
        }
    }

    fn glance(&self, _entries: u64) -> Inspection {
        self.inspection()
    }

    fn fields(&self) -> Vec<Field> {
        self.list()
    }

    /// The writes that a host keeps are its log, and not counted.
    fn bookkeeping(&self) -> u64 {
        let hearings = match &self.seat {
            Seat::Hosting(hosting) => hosting.hearings.len(),
            _ => 0,
        };
        let rows = self.list.iter().count() + self.contacts.len();
        (rows + hearings + self.merged.len()) as u64 + self.data.shared.waiting()
    }
}

/// Whom a node can call first: the others that it was told of. One that was told nobody tries the
/// nodes before it.
fn contacts(node: NodeId, members: &[NodeId]) -> Vec<NodeId> {
    let mut contacts: Vec<NodeId> = if members.is_empty() {
        (0..node.0.min(MOST_GUESSED)).map(NodeId).collect()
    } else {
        members.to_vec()
    };
    contacts.retain(|other| *other != node);
    contacts.sort_unstable();
    contacts.dedup();
    contacts
}

impl Watercraft {
    fn life(&self) -> Life {
        Life {
            node: self.node,
            incarnation: self.incarnation,
        }
    }

    /// Its place in the order of age; before it is admitted it is younger than everyone.
    fn seniority(&self) -> Seniority {
        Seniority {
            number: self.number.unwrap_or(AdmissionNumber(u64::MAX)),
            node: self.node,
        }
    }

    /// Takes the number that this life keeps (W2, W10).
    fn identify(&mut self, number: AdmissionNumber, fx: &mut Fx) {
        self.number = Some(number);
        fx.observe(Observation::Identified {
            incarnation: self.incarnation,
            joined: Micros(number.0),
        });
        self.stand_in_list();
    }

    /// Whatever others say, this node lives, and knows its own number.
    fn stand_in_list(&mut self) {
        if let Some(number) = self.number {
            self.list.enter(self.life(), number, Standing::Alive);
        }
    }

    /// Remembers whom it could call.
    fn know(&mut self, nodes: impl IntoIterator<Item = NodeId>) {
        for node in nodes {
            if let (false, Err(place)) = (node == self.node, self.contacts.binary_search(&node)) {
                self.contacts.insert(place, node);
            }
        }
    }

    /// Puts every timer to rest.
    fn stand_down(fx: &mut Fx) {
        for timer in [
            WatercraftTimer::Contact,
            WatercraftTimer::Silence,
            WatercraftTimer::Round,
        ] {
            fx.disarm(timer);
        }
    }

    /// Whether a message is this node's to handle: from this cluster, from a life that is not
    /// over, to it.
    fn admits(&self, envelope: &Envelope<WatercraftMessage>) -> bool {
        let from = Life {
            node: envelope.sender,
            incarnation: envelope.incarnation,
        };
        envelope.receiver == Receiver::Node(self.node)
            && self.list.standing(from) != Some(Standing::Left)
            && envelope.cluster == self.cluster
            && envelope.sender != self.node
            && !matches!(self.seat, Seat::Gone)
    }

    fn receive(&mut self, envelope: Envelope<WatercraftMessage>, now: Now, fx: &mut Fx) {
        if !self.admits(&envelope) {
            return fx.why(WatercraftRule::MessageIgnored, Facts::peer(envelope.sender));
        }
        let from = Life {
            node: envelope.sender,
            incarnation: envelope.incarnation,
        };
        if !envelope.message.is_plausible(from) {
            return fx.why(WatercraftRule::Malformed, Facts::peer(from.node));
        }
        let reign = envelope.message.reported().map(|it| it.reign.heard_of());
        self.reigns = self.reigns.max(reign.unwrap_or_default());
        self.host_came_back(from, fx);
        self.hear(from, envelope.message, now, fx);
    }

    fn hear(&mut self, from: Life, message: WatercraftMessage, now: Now, fx: &mut Fx) {
        match message {
            WatercraftMessage::Contact => self.hear_contact(from, now, fx),
            WatercraftMessage::Call { number, report } => {
                self.hear_call(from, number, report, now, fx);
            }
            WatercraftMessage::Right { version } => self.hear_right(from, version, fx),
            WatercraftMessage::List { version, list } => self.hear_list(from, version, list, fx),
            WatercraftMessage::Removal {
                version,
                lives,
                standing,
            } => self.hear_removal(from, version, &lives, standing, fx),
            WatercraftMessage::NotHost { host, list } => {
                self.hear_not_host(from, host, &list, fx);
            }
            WatercraftMessage::HostCall {
                version,
                number,
                answers,
            } => self.hear_host_call(from, version, number, answers, fx),
            WatercraftMessage::Yield { version, list } => {
                self.hear_yield(from, version, &list, fx);
            }
            WatercraftMessage::HandOver { list, commands, .. } => {
                self.hear_hand_over(from, list, commands, fx);
            }
            WatercraftMessage::Goodbye => self.hear_goodbye(from, fx),
        }
    }

    /// An operator has it do what it does when nobody answers.
    fn time_out(&mut self, fx: &mut Fx) {
        match &self.seat {
            Seat::Seeking(_) => self.contact_timed_out(fx),
            Seat::Following(_) => self.host_silent(fx),
            Seat::Hosting(_) | Seat::Gone => {}
        }
    }
}
