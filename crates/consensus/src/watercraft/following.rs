//! A follower's side (W4 to W6): it calls its host each round, and decides on the next oldest when
//! that cannot be reached.

use super::hosting::Announce;
use super::list::{List, Standing};
use super::message::Report;
use super::mutant::Mutant;
use super::role::{Following, Seat};
use super::rule::WatercraftRule as Rule;
use super::seniority::{AdmissionNumber, Seniority};
use super::settings::ReportKind;
use super::timer::WatercraftTimer as Timer;
use super::version::Version;
use super::{Fx, Watercraft, WatercraftMessage as Message};
use crate::explain::Facts;
use crate::node::{Life, NodeId};
use crate::observation::Observation;
use crate::time::Micros;

impl Watercraft {
    /// Takes a node for its host from now on; the first answer will show whether it is.
    pub(super) fn follow(&mut self, host: Life, number: AdmissionNumber, fx: &mut Fx) {
        Self::stand_down(fx);
        self.discard_data(host.node, fx);
        self.know([host.node]);
        self.list.enter(host, number, Standing::Alive);
        self.version = Version::default();
        self.seat = Seat::Following(Following {
            host,
            confirmed: false,
            awaiting: false,
            unanswered: 0,
            named: None,
        });
        self.report(fx);
        fx.arm(Timer::Silence, self.settings.patience());
        let interval = self.settings.call_interval;
        fx.arm_between(Timer::Round, Micros(interval.0 / 2), interval);
    }

    /// A heartbeat round is over: a follower calls, a host looks who called (W5).
    pub(super) fn round(&mut self, fx: &mut Fx) {
        match &mut self.seat {
            Seat::Following(following) => {
                if following.awaiting {
                    following.unanswered = following.unanswered.saturating_add(1);
                    let facts = Facts::peer(following.host.node)
                        .with_number(following.unanswered.into())
                        .with_of(self.settings.missed_calls.into());
                    fx.why(Rule::AnswerMissed, facts);
                }
                self.call_host(fx);
            }
            Seat::Hosting(_) => self.sweep(fx),
            Seat::Seeking(_) | Seat::Gone => return,
        }
        fx.arm(Timer::Round, self.settings.call_interval);
    }

    /// Calls whom it takes for the host (W5).
    pub(super) fn call_host(&mut self, fx: &mut Fx) {
        if let (Seat::Following(following), Some(number)) = (&mut self.seat, self.number) {
            following.awaiting = true;
            // Of this host it knows nothing until it has its list: that is a first contact (W3).
            let report = match self.settings.report {
                ReportKind::Count if self.version == Version::default() => Report::Count(0),
                ReportKind::Count => Report::Count(self.list.count()),
                ReportKind::Version => Report::Version(self.version),
            };
            fx.send(following.host.node, Message::Call { number, report });
        }
    }

    /// Its host, where it is this life that speaks.
    pub(super) fn follows(&self, life: Life) -> Option<Following> {
        match &self.seat {
            Seat::Following(following) if following.host == life => Some(*following),
            _ => None,
        }
    }

    /// The host has answered.
    fn host_answered(&mut self, fx: &mut Fx) {
        if let Seat::Following(following) = &mut self.seat {
            following.confirmed = true;
            following.awaiting = false;
            following.unanswered = 0;
            following.named = None;
            fx.arm(Timer::Silence, self.settings.patience());
        }
    }

    /// What it reported is right (W5). By its count a node may have missed that a new reign began.
    pub(super) fn hear_right(&mut self, from: Life, version: Version, fx: &mut Fx) {
        if self.follows(from).is_some() {
            fx.why(Rule::HostAnswers, Facts::peer(from.node));
            if self.reign.host != from.node || self.reign < version.reign {
                self.reign = version.reign;
                self.report(fx);
            }
            self.host_answered(fx);
        } else {
            fx.why(Rule::MessageIgnored, Facts::peer(from.node));
        }
    }

    /// Takes over the host's list (W4), which is an answer, too.
    pub(super) fn take(&mut self, version: Version, list: List, fx: &mut Fx) {
        self.know(list.iter().map(|(node, _)| node));
        let facts = Facts::peer(version.reign.host).with_number(list.count().into());
        fx.why(Rule::TakesList, facts);
        if self.list.count() < 2 || !self.settings.breaks(Mutant::ListUntaken) {
            self.list = list;
        }
        self.stand_in_list();
        self.version = version;
        self.reign = version.reign;
        self.host_answered(fx);
        self.report(fx);
    }

    /// A host tells its list (W3, W5).
    pub(super) fn hear_list(&mut self, from: Life, version: Version, list: List, fx: &mut Fx) {
        let Some(host) = list.living(from) else {
            return;
        };
        let following = match &self.seat {
            Seat::Seeking(_) => return self.seeker_hears_list(from, version, list, fx),
            Seat::Hosting(_) => return self.meet(from, host.number, version, None, fx),
            Seat::Following(following) => *following,
            Seat::Gone => return,
        };
        if following.host != from {
            return self.hear_other_host(from, host, version, Some(list), fx);
        }
        if following.confirmed && version < self.version {
            return fx.why(Rule::IgnoresOldList, Facts::peer(from.node));
        }
        self.take(version, list, fx);
        self.accept(host, fx);
    }

    /// Accepts a host whose list it has, unless it is older itself (W2).
    pub(super) fn accept(&mut self, host: Seniority, fx: &mut Fx) {
        if self.seniority().is_older_than(host) {
            fx.why(Rule::OlderThanHost, Facts::peer(host.node));
            self.become_host(Announce::ToAll, fx);
        }
    }

    /// Its host notifies it that nodes are gone (W3).
    pub(super) fn hear_removal(
        &mut self,
        from: Life,
        version: Version,
        lives: &[Life],
        standing: Standing,
        fx: &mut Fx,
    ) {
        if self.follows(from).is_none() {
            return self.hear_stray_host(from, fx);
        }
        if version <= self.version {
            return fx.why(Rule::IgnoresOldList, Facts::peer(from.node));
        }
        for life in lives.iter().filter(|life| life.node != self.node) {
            if self.list.strike(*life, standing) {
                fx.why(Rule::HearsRemoval, Facts::peer(life.node));
            }
        }
        // Where a notice was lost before this one, the next report has to be wrong.
        if self.version.is_followed_by(version) {
            self.version = version;
        }
        if lives.contains(&self.life()) {
            fx.why(Rule::RemovedButAlive, Facts::peer(from.node));
            self.call_host(fx);
        }
    }

    /// Its host is not the host: it says who is (W1, W6).
    pub(super) fn follower_hears_not_host(
        &mut self,
        from: Life,
        host: Option<NodeId>,
        list: &List,
        fx: &mut Fx,
    ) {
        let named = host.and_then(|host| list.life(host).zip(list.entry(host)));
        if named.is_some_and(|(life, _)| life == self.life()) && self.waits_for(from) {
            fx.why(Rule::NamedByNext, Facts::peer(from.node));
            return self.become_host(Announce::ToAll, fx);
        }
        let other = named.filter(|(life, _)| life.node != self.node);
        let Some((life, entry)) = other else {
            return fx.why(Rule::NoHostNamed, Facts::peer(from.node));
        };
        let age = Seniority {
            number: entry.number,
            node: life.node,
        };
        // A host younger than this node would yield to it, so whoever names one is mistaken.
        if self.seniority().is_older_than(age) {
            return fx.why(Rule::NoHostNamed, Facts::peer(from.node));
        }
        let facts = Facts::peer(life.node);
        match self.list.standing(life) {
            None | Some(Standing::Alive) => {
                fx.why(Rule::SentToHost, facts);
                self.follow(life, entry.number, fx);
                self.call_host(fx);
            }
            Some(found) => {
                fx.why(Rule::StaysWithNext, facts);
                if let (Standing::Removed, Seat::Following(following)) = (found, &mut self.seat) {
                    following.named = Some(life);
                }
            }
        }
    }

    /// Whether it decided on this node, and has not heard yet that it hosts.
    fn waits_for(&self, life: Life) -> bool {
        self.follows(life).is_some_and(|it| !it.confirmed)
    }

    /// The host cannot be reached (W6): whom it named is asked once more, else the next oldest.
    pub(super) fn host_silent(&mut self, fx: &mut Fx) {
        let Seat::Following(following) = &self.seat else {
            return;
        };
        let Following { host, named, .. } = *following;
        let named = named.filter(|it| self.list.standing(*it) == Some(Standing::Removed));
        if let Some((named, entry)) = named.and_then(|it| Some((it, self.list.entry(it.node)?))) {
            fx.why(Rule::AsksNamedHost, Facts::peer(named.node));
            self.follow(named, entry.number, fx);
            return self.call_host(fx);
        }
        fx.observe(Observation::LeaderFoundDead { leader: host.node });
        let missed = u64::from(self.settings.missed_calls);
        let facts = Facts::peer(host.node).with_number(missed);
        fx.why(Rule::HostUnreachable, facts);
        if self.settings.breaks(Mutant::DeadElderKept) {
            return fx.arm(Timer::Silence, self.settings.patience());
        }
        self.list.strike(host, Standing::Removed);
        self.decide(fx);
    }

    /// Its host speaks from a later life: the one that it followed is over, with all its data.
    pub(super) fn host_came_back(&mut self, from: Life, fx: &mut Fx) {
        let Seat::Following(following) = &self.seat else {
            return;
        };
        let host = following.host;
        if host.node == from.node && host.incarnation < from.incarnation {
            fx.observe(Observation::LeaderFoundResurrected { leader: host.node });
            fx.why(Rule::HostCameBack, Facts::peer(host.node));
            self.list.strike(host, Standing::Removed);
            self.decide(fx);
        }
    }

    /// Decides on the next host: the oldest that is left, be it another or itself (W6, W7).
    pub(super) fn decide(&mut self, fx: &mut Fx) {
        self.stand_in_list();
        let oldest = self.list.oldest().filter(|it| it.node != self.node);
        let next = oldest.and_then(|it| self.list.life(it.node).zip(Some(it.number)));
        match next {
            Some((life, number)) => {
                fx.why(Rule::DecidesOnNext, Facts::peer(life.node));
                self.follow(life, number, fx);
                self.call_host(fx);
            }
            None if self.settings.breaks(Mutant::HeirDeclines) => {
                fx.arm(Timer::Silence, self.settings.patience());
            }
            None => {
                fx.why(Rule::BecomesHost, Facts::NONE);
                self.become_host(Announce::ToAll, fx);
            }
        }
    }

    /// Answers whoever calls a node that is not the host (W1).
    pub(super) fn tell_not_host(&self, to: NodeId, fx: &mut Fx) {
        let host = self.believed_host();
        match host {
            Some(host) => fx.why(Rule::TellsWhoHosts, Facts::peer(host)),
            None => fx.why(Rule::KnowsNoHost, Facts::peer(to)),
        }
        let list = self.list.clone();
        fx.send(to, Message::NotHost { host, list });
    }

    /// Whom this node takes for the host.
    pub(super) fn believed_host(&self) -> Option<NodeId> {
        match &self.seat {
            Seat::Following(following) => Some(following.host.node),
            Seat::Hosting(_) => Some(self.node),
            Seat::Seeking(_) | Seat::Gone => None,
        }
    }
}
