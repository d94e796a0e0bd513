//! Finding a network, or founding one (W1, W2).

use super::hosting::Announce;
use super::list::List;
use super::role::{Seat, Seeking};
use super::rule::WatercraftRule as Rule;
use super::seniority::AdmissionNumber;
use super::timer::WatercraftTimer as Timer;
use super::version::Version;
use super::{Fx, Watercraft, WatercraftMessage as Message};
use crate::explain::Facts;
use crate::node::{Life, NodeId};
use crate::time::Micros;

/// How often a node follows from one named host to the next before it waits.
const MOST_HOPS: u32 = 3;

impl Watercraft {
    /// The node is up: it founds a network, or contacts one (W1).
    pub(super) fn start(&mut self, fx: &mut Fx) {
        // A second start would be the host's mistake; it must not harm a node at work.
        if !matches!(self.seat, Seat::Seeking(_)) {
            return;
        }
        self.report(fx);
        if self.originates {
            fx.why(Rule::Founds, Facts::NONE);
            return self.found(AdmissionNumber::of_founder(self.incarnation), fx);
        }
        if let Some(first) = self.contacts.first().copied() {
            fx.why(Rule::Contacts, Facts::peer(first));
            self.contact(first, fx);
        }
    }

    /// Calls a node for the first time in this life.
    fn contact(&mut self, node: NodeId, fx: &mut Fx) {
        if let Seat::Seeking(seeking) = &mut self.seat {
            seeking.asked = node;
            fx.send(node, Message::Contact);
            let wait = self.settings.contact_timeout;
            fx.arm_between(Timer::Contact, wait, Micros(wait.0.saturating_mul(3) / 2));
        }
    }

    /// No host answered: the next contact is tried, and when all were, a network is founded (W1).
    pub(super) fn contact_timed_out(&mut self, fx: &mut Fx) {
        let Seat::Seeking(seeking) = &mut self.seat else {
            return;
        };
        seeking.hops = 0;
        seeking.fruitless = seeking.fruitless.saturating_add(1);
        let Seeking {
            asked, fruitless, ..
        } = *seeking;
        let all = u32::try_from(self.contacts.len()).unwrap_or(u32::MAX);
        let later = self.contacts.iter().find(|other| **other > asked);
        match later.or(self.contacts.first()).copied() {
            Some(next) if fruitless < all.max(self.settings.missed_calls) => {
                fx.why(Rule::ContactsNext, Facts::peer(next));
                self.contact(next, fx);
            }
            _ => {
                fx.why(Rule::FoundsAlone, Facts::number(fruitless.into()));
                self.found(AdmissionNumber::of_seeker(self.incarnation), fx);
                // Who seeks as well, or lives in a network that this node does not see, hears of it.
                self.call_outsiders(fx);
            }
        }
    }

    /// Founds a network of one (W2).
    fn found(&mut self, number: AdmissionNumber, fx: &mut Fx) {
        self.identify(number, fx);
        self.become_host(Announce::Silently, fx);
    }

    /// A contact is not the host: it says who is, and whom it knows (W1, W2).
    pub(super) fn seeker_hears_not_host(
        &mut self,
        from: Life,
        host: Option<NodeId>,
        list: &List,
        fx: &mut Fx,
    ) {
        self.know(list.iter().map(|(node, _)| node));
        let me = self.node;
        let Seat::Seeking(seeking) = &mut self.seat else {
            return;
        };
        let oldest = list.oldest().map(|oldest| oldest.node);
        match host.or(oldest).filter(|host| *host != me) {
            Some(host) => {
                seeking.fruitless = 0;
                if seeking.hops < MOST_HOPS && seeking.asked != host {
                    seeking.hops += 1;
                    fx.why(Rule::ContactsNamedHost, Facts::peer(host));
                    self.contact(host, fx);
                }
            }
            None if from.node < me => {
                seeking.fruitless = 0;
                fx.why(Rule::DefersToLower, Facts::peer(from.node));
            }
            None => {}
        }
    }

    /// A host speaks to a node that is in no network (W1, W10).
    pub(super) fn seeker_hears_host(&mut self, from: Life, fx: &mut Fx) {
        self.know([from.node]);
        if let Seat::Seeking(seeking) = &mut self.seat {
            seeking.fruitless = 0;
            fx.why(Rule::AnswersHostCall, Facts::peer(from.node));
            self.contact(from.node, fx);
        }
    }

    /// The host's list: where it holds this life, the node is in the network (W3).
    pub(super) fn seeker_hears_list(
        &mut self,
        from: Life,
        version: Version,
        list: List,
        fx: &mut Fx,
    ) {
        let own = list.entry(self.node);
        let own = own.filter(|entry| entry.incarnation == self.incarnation);
        let (Some(own), Some(host)) = (own, list.living(from)) else {
            return self.seeker_hears_host(from, fx);
        };
        self.identify(own.number, fx);
        fx.why(
            Rule::Joined,
            Facts::peer(from.node).with_number(own.number.0),
        );
        self.follow(from, host.number, fx);
        self.take(version, list, fx);
        self.accept(host, fx);
    }
}
