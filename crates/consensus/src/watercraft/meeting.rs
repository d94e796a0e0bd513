//! Networks that meet (W10): of two hosts the younger yields, and the lists merge.

use super::hosting::Announce;
use super::list::List;
use super::mutant::Mutant;
use super::role::Seat;
use super::rule::WatercraftRule as Rule;
use super::seniority::{AdmissionNumber, Seniority};
use super::version::{ReignNumber, Version};
use super::{Fx, Watercraft, WatercraftMessage as Message};
use crate::explain::Facts;
use crate::node::{Life, NodeId};
use crate::observation::Observation;

impl Watercraft {
    /// Somebody says that it is not the host, and who is (W1).
    pub(super) fn hear_not_host(
        &mut self,
        from: Life,
        host: Option<NodeId>,
        list: &List,
        fx: &mut Fx,
    ) {
        match &self.seat {
            Seat::Seeking(_) => self.seeker_hears_not_host(from, host, list, fx),
            Seat::Following(following) if following.host == from => {
                self.follower_hears_not_host(from, host, list, fx);
            }
            Seat::Hosting(_) => self.host_hears_not_host(from, host, list, fx),
            Seat::Following(_) | Seat::Gone => {
                fx.why(Rule::MessageIgnored, Facts::peer(from.node));
            }
        }
    }

    /// A node outside has another host: the two hosts have to meet (W10).
    fn host_hears_not_host(&mut self, from: Life, host: Option<NodeId>, list: &List, fx: &mut Fx) {
        self.know(list.iter().map(|(node, _)| node));
        let other = host.filter(|other| *other != self.node);
        let other = other.and_then(|other| list.life(other));
        match other.filter(|other| self.list.living(*other).is_none()) {
            Some(other) => {
                fx.why(Rule::HearsOfOtherHost, Facts::peer(other.node));
                self.send_host_call(other.node, None, fx);
            }
            None => fx.why(Rule::MessageIgnored, Facts::peer(from.node)),
        }
    }

    /// A host calls (W10).
    pub(super) fn hear_host_call(
        &mut self,
        from: Life,
        version: Version,
        number: AdmissionNumber,
        answers: Option<ReignNumber>,
        fx: &mut Fx,
    ) {
        match &self.seat {
            Seat::Seeking(_) => self.seeker_hears_host(from, fx),
            Seat::Following(following) if following.host == from => {
                fx.why(Rule::RemovedButAlive, Facts::peer(from.node));
                self.call_host(fx);
            }
            Seat::Following(_) => {
                let host = Seniority {
                    number,
                    node: from.node,
                };
                self.hear_other_host(from, host, version, None, fx);
            }
            Seat::Hosting(_) => self.meet(from, number, version, answers, fx),
            Seat::Gone => {}
        }
    }

    /// A host that this node does not follow speaks to it. It tells that host of its own, so that
    /// the two can meet; only where its own gives no answer and the other came later does it change
    /// sides (W6, W10).
    pub(super) fn hear_other_host(
        &mut self,
        from: Life,
        host: Seniority,
        version: Version,
        list: Option<List>,
        fx: &mut Fx,
    ) {
        self.know([from.node]);
        let Seat::Following(following) = &self.seat else {
            return;
        };
        let answered = following.confirmed && following.unanswered < 2;
        let older = host.is_older_than(self.seniority());
        if answered || !older || version.reign <= self.reign {
            return self.tell_not_host(from.node, fx);
        }
        fx.why(Rule::FollowsLaterHost, Facts::peer(from.node));
        self.follow(from, host.number, fx);
        match list {
            Some(list) => self.take(version, list, fx),
            None => self.call_host(fx),
        }
    }

    /// A node that this one does not follow speaks as a host to its peers.
    pub(super) fn hear_stray_host(&mut self, from: Life, fx: &mut Fx) {
        match &self.seat {
            Seat::Seeking(_) => self.seeker_hears_host(from, fx),
            Seat::Following(_) => self.tell_not_host(from.node, fx),
            Seat::Hosting(_) => self.send_host_call(from.node, None, fx),
            Seat::Gone => {}
        }
    }

    /// Two hosts meet (W10). The younger yields only to an answer: what merely comes late from an
    /// older host that is long dead must not unseat it.
    pub(super) fn meet(
        &mut self,
        from: Life,
        number: AdmissionNumber,
        version: Version,
        answers: Option<ReignNumber>,
        fx: &mut Fx,
    ) {
        let other = Seniority {
            number,
            node: from.node,
        };
        self.know([from.node]);
        let facts = Facts::peer(from.node);
        let older = other.is_older_than(self.seniority());
        if older && self.settings.breaks(Mutant::YoungerKeepsHosting) {
            return;
        }
        if older && answers == Some(self.reign) {
            fx.why(Rule::YieldsToOlder, facts);
            return self.yield_to(from, number, fx);
        }
        let rule = if older {
            Rule::ChecksOlder
        } else {
            Rule::MeetsYounger
        };
        fx.why(rule, facts);
        self.send_host_call(from.node, Some(version.reign), fx);
    }

    /// Hands its list to an older host, and follows it (W10).
    fn yield_to(&mut self, older: Life, number: AdmissionNumber, fx: &mut Fx) {
        let (version, list) = (self.version, self.list.clone());
        fx.send(older.node, Message::Yield { version, list });
        self.follow(older, number, fx);
    }

    /// A younger host yields to this node (W10).
    pub(super) fn hear_yield(&mut self, from: Life, version: Version, list: &List, fx: &mut Fx) {
        let Some(younger) = list.living(from) else {
            return;
        };
        let older = younger.is_older_than(self.seniority());
        match &self.seat {
            Seat::Hosting(_) if older => self.meet(from, younger.number, version, None, fx),
            // Merged already: its nodes may be dead by now, and those that live have come.
            Seat::Hosting(_) if self.merged.get(&from.node) >= Some(&version.reign) => {
                fx.why(Rule::IgnoresOldList, Facts::peer(from.node));
                self.send_list(from.node, fx);
            }
            Seat::Hosting(_) => {
                self.merged.insert(from.node, version.reign);
                if self.merge(from, list, fx) {
                    self.begin_reign();
                    self.report(fx);
                    self.tell_list(fx);
                }
            }
            Seat::Following(following) if following.host == from && !older => {
                self.merged.insert(from.node, version.reign);
                self.merge(from, list, fx);
                self.become_host(Announce::ToAll, fx);
            }
            Seat::Following(_) | Seat::Seeking(_) => self.tell_not_host(from.node, fx),
            Seat::Gone => {}
        }
    }

    /// Merges a list into its own; whether that changed anything.
    fn merge(&mut self, from: Life, list: &List, fx: &mut Fx) -> bool {
        if self.settings.breaks(Mutant::ListNotMerged) {
            return self.list.living(from).is_none();
        }
        self.know(list.iter().map(|(node, _)| node));
        let changed = self.list.merge(list);
        self.stand_in_list();
        if changed > 0 {
            let facts = Facts::peer(from.node).with_number(changed.into());
            fx.why(Rule::ListsMerged, facts);
            let from = from.node;
            fx.observe(Observation::Merged { from, changed });
        }
        changed > 0
    }
}
