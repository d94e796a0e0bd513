//! Winners' announcements: whom a peer accepts as its leader, and whom not (A3, A4, A18, A19).

use super::election::ElectionId;
use super::identity::Identity;
use super::ledger::{Ledger, Standing};
use super::message::{Announcement, LedgerPurpose};
use super::mutant::Mutant;
use super::role::{Following, Leading, Seat};
use super::rule::AlmightyRule as Rule;
use super::secret::{Secret, Session};
use super::settings::share;
use super::timer::AlmightyTimer as Timer;
use super::{Almighty, AlmightyMessage as Message, Fx};
use crate::explain::Facts;
use crate::node::Life;
use crate::observation::Observation;
use crate::time::Now;
use litemap::LiteMap;

/// What speaks against a winner.
enum Objection {
    /// Nothing.
    Nothing,
    /// This peer is older itself.
    Own,
    /// An older peer is presumed alive, and the winner does not account for it.
    Elder(Identity),
}

impl Almighty {
    /// What this peer tells of its reign, where it leads.
    pub(super) fn announcement(&self) -> Option<Announcement> {
        let (id, session) = match &self.seat {
            Seat::Leading(leading) => (leading.id, leading.session),
            Seat::Following(it) if self.settings.breaks(Mutant::JoinAnsweredByEveryone) => {
                (it.id, it.session)
            }
            _ => return None,
        };
        Some(Announcement {
            id,
            leader: self.life(),
            secret: session.current,
            turn: session.turn,
            ledger: self.ledger.clone(),
        })
    }

    /// Its secret is there: it announces itself (A4).
    pub(super) fn lead(&mut self, secret: Secret, fx: &mut Fx) {
        let Seat::Electing(electing) = &self.seat else {
            return;
        };
        if electing.expected != self.life() {
            return;
        }
        let id = electing.id;
        self.seat = Seat::Leading(Leading {
            id,
            session: Session::new(secret, 0),
            hearings: LiteMap::new(),
            intervals: 0,
            untold: false,
            facing: None,
            rotating: false,
        });
        fx.why(Rule::Leads, Facts::NONE);
        self.report(fx);
        self.report_secret(fx);
        self.announce(fx);
        self.settle(fx);
        fx.arm(Timer::Ping, self.settings.ping_interval);
        if let Some(interval) = self.settings.secret_rotation {
            fx.arm(Timer::Rotate, interval);
        }
        let claimant = self.elections.open.as_ref().and_then(|open| open.claimant);
        if let Some(rival) = claimant {
            self.clash(rival, None, fx);
        }
    }

    /// Broadcasts its claim, its secret and its ledger (A4, A20).
    pub(super) fn announce(&mut self, fx: &mut Fx) {
        if let Some(announcement) = self.announcement() {
            fx.broadcast(Message::Winner(announcement));
        }
        if let Seat::Leading(leading) = &mut self.seat {
            leading.intervals = 0;
            leading.untold = false;
        }
    }

    /// A leader says that it leads, to everyone or to this peer.
    pub(super) fn hear_winner(&mut self, from: Life, ann: &Announcement, now: Now, fx: &mut Fx) {
        let winner = ann.ledger.identity(from).filter(|_| ann.leader == from);
        let Some(winner) = winner.filter(|_| ann.id.is_plausible(now.wall)) else {
            return fx.why(Rule::Malformed, Facts::peer(from.node));
        };
        self.elections.see(ann.id);
        match &self.seat {
            Seat::Gone => {}
            Seat::Seeking { heard } => {
                if !self.is_closed(ann.id) && Some(ann.id) >= *heard {
                    self.seeker_hears(winner, ann, now, fx);
                } else {
                    fx.why(Rule::IgnoresOldWinner, Facts::peer(from.node));
                }
            }
            Seat::Electing(electing) if self.is_earlier(ann.id, electing.id) => {
                fx.why(Rule::IgnoresOldWinner, Facts::peer(from.node));
            }
            Seat::Electing(_) => self.elector_hears(winner, ann, fx),
            Seat::Following(following) => {
                let following = *following;
                self.follower_hears(following, winner, ann, now, fx);
            }
            Seat::Leading(_) => self.leader_hears(winner, ann.id, &ann.ledger, fx),
        }
    }

    fn objection(&self, winner: Identity, ledger: &Ledger) -> Objection {
        if self.identity().is_some_and(|me| me.is_older_than(winner)) {
            return Objection::Own;
        }
        let accounted = |elder: &Identity| {
            ledger.row(elder.node).is_some_and(|row| {
                row.incarnation > elder.incarnation
                    || (row.incarnation == elder.incarnation && row.standing != Standing::Alive)
            })
        };
        let mut elders = self.ledger.alive().filter(|peer| {
            peer.node != self.node && peer.node != winner.node && peer.is_older_than(winner)
        });
        elders
            .find(|elder| !accounted(elder))
            .map_or(Objection::Nothing, Objection::Elder)
    }

    fn seeker_hears(&mut self, winner: Identity, ann: &Announcement, now: Now, fx: &mut Fx) {
        if !self.identify_by(ann, fx) {
            return self.ask_for_stamp(winner.life(), ann.id, fx);
        }
        match self.objection(winner, &ann.ledger) {
            Objection::Nothing => self.adopt(winner, ann, fx),
            Objection::Own if self.settings.breaks(Mutant::OlderPeerSilent) => {
                self.adopt(winner, ann, fx);
            }
            Objection::Own => {
                self.ledger.learn(&ann.ledger);
                self.stand_in_ledger();
                self.meet(winner.life(), winner.joined, fx);
                let facts = Facts::peer(winner.node);
                self.call(now, Rule::OlderThanLeader, facts, None, fx);
            }
            Objection::Elder(elder) => {
                fx.why(Rule::RefusesYoungerWinner, Facts::peer(elder.node));
            }
        }
    }

    fn elector_hears(&mut self, winner: Identity, ann: &Announcement, fx: &mut Fx) {
        if Some(ann.id) > self.seat.election() {
            self.enter(ann.id, fx);
        }
        if self.is_closed(ann.id) {
            return fx.why(Rule::IgnoresOldWinner, Facts::peer(winner.node));
        }
        match self.objection(winner, &ann.ledger) {
            Objection::Nothing => {
                let rival = self.elections.open.as_ref().and_then(|open| open.claimant);
                self.adopt(winner, ann, fx);
                if let Some(rival) = rival.filter(|rival| rival.node != winner.node) {
                    self.clash(rival, None, fx);
                }
            }
            Objection::Own => {
                fx.why(Rule::YoungerClaims, Facts::peer(winner.node));
                self.note_claim(winner, &ann.ledger, fx);
            }
            Objection::Elder(elder) => {
                fx.why(Rule::RefusesYoungerWinner, Facts::peer(elder.node));
                self.note_claim(winner, &ann.ledger, fx);
            }
        }
    }

    /// A winner who is not accepted: who is older than a stranger tells it who else is here (A13).
    /// Its ledger still tells of lives that are over, and nobody waits for those (A16).
    fn note_claim(&mut self, winner: Identity, ledger: &Ledger, fx: &mut Fx) {
        let Some(open) = &mut self.elections.open else {
            return;
        };
        let stranger = !open.roll.contains(&winner.life());
        if open.claimant.is_none_or(|known| winner > known) {
            open.claimant = Some(winner);
        }
        let older = self
            .stamp
            .is_some_and(|stamp| (stamp, self.node) < (winner.joined, winner.node));
        let silent = self.settings.breaks(Mutant::EldersSilent);
        if stranger && older && !open.told && !silent {
            open.told = true;
            fx.why(Rule::EldersTellNewcomer, Facts::peer(winner.node));
            self.tell_ledger(LedgerPurpose::Merge, fx);
        }
        let changed = self.ledger.learn(ledger);
        self.stand_in_ledger();
        self.note_merged(winner.node, changed, fx);
        self.reconsider(fx);
    }

    fn follower_hears(
        &mut self,
        following: Following,
        winner: Identity,
        ann: &Announcement,
        now: Now,
        fx: &mut Fx,
    ) {
        let same = following.leader.life() == winner.life();
        if ann.id == following.id && same {
            self.catch_up_secret(ann, fx);
            return self.hear_marks(&ann.ledger, fx);
        }
        if ann.id == following.id {
            if self.elections.is_open(ann.id) {
                return self.clash(winner, Some(&ann.ledger), fx);
            }
            if self.settings.breaks(Mutant::ClosedElectionReopened) {
                return self.adopt(winner, ann, fx);
            }
            return fx.why(Rule::IgnoresClosedElection, Facts::peer(winner.node));
        }
        if self.is_earlier(ann.id, following.id) || self.is_closed(ann.id) {
            return fx.why(Rule::IgnoresOldWinner, Facts::peer(winner.node));
        }
        if following.leader.node == winner.node && !same {
            return self.leader_resurrected(now, fx);
        }
        let better = winner.is_older_than(following.leader) || following.unanswered >= 2;
        match self.objection(winner, &ann.ledger) {
            Objection::Nothing if same || better => self.adopt(winner, ann, fx),
            _ => self.check_leader(winner.node, fx),
        }
    }

    /// Accepts a winner (A18): its ledger, its secret, its reign.
    fn adopt(&mut self, winner: Identity, ann: &Announcement, fx: &mut Fx) {
        self.stand_down(fx);
        if !self.elections.is_open(ann.id) {
            let roll = self.ledger.alive().map(Identity::life).collect();
            self.elections.begin(ann.id, roll);
        }
        self.fresh = false;
        let changed = self.ledger.obey(&ann.ledger);
        self.stand_in_ledger();
        self.note_merged(winner.node, changed, fx);
        self.discard_data(fx);
        self.seat = Seat::Following(Following {
            id: ann.id,
            leader: winner,
            session: Session::new(ann.secret, ann.turn),
            awaiting: false,
            unanswered: 0,
        });
        fx.why(Rule::AcceptsWinner, Facts::peer(winner.node));
        self.report(fx);
        self.report_secret(fx);
        self.settle(fx);
        self.report_unknown(&ann.ledger, fx);
        fx.arm(Timer::Silence, self.settings.patience());
        self.ping_now(fx);
        let interval = self.settings.ping_interval;
        fx.arm_between(Timer::Ping, share(interval, 1, 2), interval);
    }

    /// The leader's own word on its secret makes up for a rotation that was lost (A8).
    fn catch_up_secret(&mut self, ann: &Announcement, fx: &mut Fx) {
        if let Seat::Following(following) = &mut self.seat
            && ann.turn > following.session.turn
        {
            following.session.rotate(ann.secret, ann.turn);
            self.report_secret(fx);
        }
    }

    /// Its leader tells its marks: who is dead is the leader's to say (A17).
    pub(super) fn hear_marks(&mut self, ledger: &Ledger, fx: &mut Fx) {
        let Seat::Following(following) = &self.seat else {
            return;
        };
        let leader = following.leader.node;
        let changed = self.ledger.obey(ledger);
        self.stand_in_ledger();
        self.note_merged(leader, changed, fx);
        self.report_unknown(ledger, fx);
    }

    /// A leader tells its marks to its own peers; another leader meets it by them.
    pub(super) fn hear_leaders_marks(
        &mut self,
        from: Life,
        id: ElectionId,
        ledger: &Ledger,
        now: Now,
        fx: &mut Fx,
    ) {
        let other = ledger.identity(from);
        let Some(other) = other.filter(|_| id.is_plausible(now.wall)) else {
            return fx.why(Rule::Malformed, Facts::peer(from.node));
        };
        self.elections.see(id);
        match &self.seat {
            Seat::Following(f) if f.leader.life() == from && f.id == id => {
                self.hear_marks(ledger, fx);
            }
            Seat::Leading(_) => self.leader_hears(other, id, ledger, fx),
            _ => {}
        }
    }

    /// Tells its leader of peers that the leader's ledger lacks.
    fn report_unknown(&self, leaders: &Ledger, fx: &mut Fx) {
        let Seat::Following(following) = &self.seat else {
            return;
        };
        if self.ledger.knows_more_than(leaders) {
            fx.why(Rule::ReportsUnknown, Facts::peer(following.leader.node));
            let report = Message::Ledger {
                id: following.id,
                purpose: LedgerPurpose::Report,
                ledger: self.ledger.clone(),
            };
            fx.send(following.leader.node, report);
        }
    }

    /// Says that a ledger brought something new.
    pub(super) fn note_merged(&self, from: crate::node::NodeId, changed: u32, fx: &mut Fx) {
        if changed > 0 {
            fx.observe(Observation::Merged { from, changed });
            let facts = Facts::peer(from).with_number(u64::from(changed));
            fx.why(Rule::LedgerMerged, facts);
        }
    }
}
