//! Good-byes (W9): a host that leaves hands everything over to the next oldest.

use super::hosting::Announce;
use super::list::{List, Standing};
use super::role::Seat;
use super::rule::WatercraftRule as Rule;
use super::{Fx, Watercraft, WatercraftMessage as Message};
use crate::client::Command;
use crate::explain::Facts;
use crate::node::Life;
use alloc::vec::Vec;

impl Watercraft {
    /// Leaves: a host tells everyone, all others their host (W9).
    pub(super) fn leave(&mut self, fx: &mut Fx) {
        match &self.seat {
            Seat::Gone => return,
            Seat::Seeking(_) => fx.why(Rule::Leaves, Facts::NONE),
            Seat::Following(following) => {
                fx.why(Rule::Leaves, Facts::NONE);
                fx.send(following.host.node, Message::Goodbye);
            }
            Seat::Hosting(_) => self.hand_over(fx),
        }
        Self::stand_down(fx);
        self.discard_data(None, fx);
        self.seat = Seat::Gone;
        self.report(fx);
    }

    fn hand_over(&mut self, fx: &mut Fx) {
        self.list.strike(self.life(), Standing::Left);
        let next = self.list.oldest().map(|oldest| oldest.node);
        let Some(next) = next else {
            return fx.why(Rule::Leaves, Facts::NONE);
        };
        fx.why(Rule::HandsOver, Facts::peer(next));
        let hand_over = Message::HandOver {
            version: self.version.next(),
            list: self.list.clone(),
            commands: self.data.journal.clone(),
        };
        fx.send(next, hand_over);
        for other in self.others().iter().filter(|other| other.node != next) {
            fx.send(other.node, Message::Goodbye);
        }
    }

    /// A host leaves, and hands over to this node (W9).
    pub(super) fn hear_hand_over(
        &mut self,
        from: Life,
        list: List,
        commands: Vec<Command>,
        fx: &mut Fx,
    ) {
        match &self.seat {
            Seat::Following(following) if following.host == from => {
                self.know(list.iter().map(|(node, _)| node));
                self.list = list;
                self.stand_in_list();
                if self.list.oldest() != Some(self.seniority()) {
                    return self.host_left(from, fx);
                }
                fx.why(Rule::TakesOver, Facts::peer(from.node));
                self.become_host(Announce::ToAll, fx);
                self.install(commands, fx);
            }
            // It found the host dead before, and serves nobody's data yet.
            Seat::Hosting(_) if self.data.journal.is_empty() => {
                fx.why(Rule::TakesOver, Facts::peer(from.node));
                self.strike_left(from, fx);
                self.install(commands, fx);
            }
            _ => {
                fx.why(Rule::HandOverTooLate, Facts::peer(from.node));
                self.strike_left(from, fx);
            }
        }
    }

    /// A node leaves.
    pub(super) fn hear_goodbye(&mut self, from: Life, fx: &mut Fx) {
        self.strike_left(from, fx);
        if self.follows(from).is_some() {
            self.host_left(from, fx);
        }
    }

    fn strike_left(&mut self, from: Life, fx: &mut Fx) {
        if !self.list.strike(from, Standing::Left) {
            return;
        }
        fx.why(Rule::NodeLeaves, Facts::peer(from.node));
        if matches!(self.seat, Seat::Hosting(_)) {
            self.tell_removal(&[from], Standing::Left, fx);
        }
    }

    fn host_left(&mut self, from: Life, fx: &mut Fx) {
        fx.why(Rule::HostLeft, Facts::peer(from.node));
        self.decide(fx);
    }
}
