//! Clusters whose members change under way: safe at each step, nothing lost that was answered, and
//! in the end made up as the operator wants.

use crate::server::*;
use consensus::raft::{Raft, RaftSettings};
use consensus::{MembersView, MembershipChange, Micros, NodeId};
use proptest::prelude::*;
use simulator::{
    ClientSettings, Driver, DriverError, Engine, LinkChange, LinkSettings, Links, Outcome,
    PerMillion, Power, Property, SpanRange, Workload,
};

type Cluster = Driver<Raft>;

const SECOND: Micros = Micros::from_secs(1);

/// How soon a change is through, trouble included: elections, and ten messages of which some are
/// lost.
const CHANGE: Micros = Micros::from_secs(20);

/// How often the operator looks.
const LOOKS: Micros = Micros::from_millis(50);

/// What befalls whoever leads.
#[derive(Clone, Copy, Debug)]
enum Trouble {
    /// It crashes, and is back a second later.
    Crash,
    /// It is cut off from all others for a second.
    Cut,
    /// It is to hand over to this one.
    Transfer(NodeId),
}

/// One run: which seed, with which settings, and what happens when.
#[derive(Clone, Debug)]
struct Weather {
    settings: RaftSettings,
    seed: u64,
    trouble: Trouble,
    /// How long after the operator has begun.
    after: Micros,
    /// Whether snapshots take the place of the log, so that newcomers get one (§7).
    snapshots: bool,
}

fn weather() -> impl Strategy<Value = Weather> {
    let settings = prop_oneof![
        Just(RaftSettings::paper()),
        Just(RaftSettings::production())
    ];
    let trouble = prop_oneof![
        2 => Just(Trouble::Crash),
        2 => Just(Trouble::Cut),
        1 => (0..6_u16).prop_map(|node| Trouble::Transfer(NodeId(node))),
    ];
    // While the first entry is on its way, or at any point of all that is asked for.
    let after = prop_oneof![0..120_u64, 0..1_500_u64].prop_map(Micros::from_millis);
    (settings, any::<u64>(), trouble, after, any::<bool>()).prop_map(
        |(settings, seed, trouble, after, snapshots)| Weather {
            settings: RaftSettings {
                entries_kept: 2,
                ..settings
            },
            seed,
            trouble,
            after,
            snapshots,
        },
    )
}

/// So many servers at work, with a client that writes all the time, on links that lose some.
fn at_work(size: u16, weather: &Weather) -> Result<Cluster, DriverError> {
    let builder = match weather.snapshots {
        true => Driver::builder().snapshot_every(4),
        false => Driver::builder(),
    };
    let mut cluster = builder
        .settings(weather.settings.clone())
        .nodes(size)
        .seed(weather.seed)
        .guarantees(Property::OF_RAFT)
        .links(LinkSettings {
            loss: PerMillion::percent(5),
            ..LinkSettings::sound(SpanRange::millis(5, 20))
        })
        .clients(4, ClientSettings::default())
        .workload(Workload {
            start: Micros::ZERO,
            think: SpanRange::millis(10, 40),
            keys: 3,
            reads: PerMillion::percent(10),
        })
        .build();
    cluster.expect_leader(SECOND * 5)?;
    cluster.run_for(Micros::from_millis(500))?;
    Ok(cluster)
}

/// The members, when whoever leads knows them to be settled.
fn settled(cluster: &Cluster) -> Option<MembersView> {
    let members = cluster.inspect(cluster.leader()?).ok()?.members;
    members.settled.then_some(members)
}

/// What is impossible at the moment is tried again; what is broken is not forgiven.
fn unless_broken<T>(result: Result<T, DriverError>) -> Result<(), DriverError> {
    match result {
        Err(error @ DriverError::Violated(_)) => Err(error),
        _ => Ok(()),
    }
}

/// Trouble that comes, and goes.
struct Course {
    trouble: Trouble,
    begins: Micros,
    /// When it ends, and for whom, once it has begun.
    ends: Option<(Micros, NodeId)>,
}

impl Course {
    fn new(cluster: &Cluster, weather: &Weather) -> Self {
        Self {
            trouble: weather.trouble,
            begins: cluster.now() + weather.after,
            ends: None,
        }
    }

    fn go_on(&mut self, cluster: &mut Cluster) -> Result<(), DriverError> {
        let now = cluster.now();
        match (self.ends, cluster.leader()) {
            (None, Some(leader)) if now >= self.begins => {
                self.ends = Some((now + SECOND, leader));
                unless_broken(match self.trouble {
                    Trouble::Crash => cluster.crash(leader),
                    Trouble::Cut => cluster.cut(&[&[leader]]),
                    Trouble::Transfer(to) => cluster.transfer_to(to),
                })
            }
            (Some((ends, node)), _) if now >= ends => {
                self.ends = Some((Micros::MAX, node));
                unless_broken(match self.trouble {
                    Trouble::Crash => cluster.restart(node),
                    Trouble::Cut => cluster.heal(),
                    Trouble::Transfer(_) => Ok(()),
                })
            }
            _ => Ok(()),
        }
    }

    fn is_over(&self) -> bool {
        self.ends.is_some_and(|(ends, _)| ends == Micros::MAX)
    }
}

/// The operator asks for the next change that leads there, until the members are these voters and
/// nobody else; the trouble comes and goes meanwhile.
fn until_members_are(
    cluster: &mut Cluster,
    course: &mut Course,
    voters: &[NodeId],
    next: impl Fn(&MembersView) -> Option<MembershipChange>,
) -> Result<(), DriverError> {
    let end = cluster.now() + CHANGE;
    loop {
        course.go_on(cluster)?;
        if let Some(members) = settled(cluster) {
            let there = members.voters == voters && members.learners.is_empty();
            if there && course.is_over() {
                return Ok(());
            }
            if let Some(change) = next(&members) {
                unless_broken(cluster.change_membership(change))?;
            }
        }
        if cluster.now() >= end {
            cluster.run_until("the members", Micros::ZERO, |_| false)?;
        }
        cluster.run_for(LOOKS)?;
    }
}

/// Whoever is among these and no voter yet comes in as a learner, and is promoted; then whoever is
/// not among these is taken out.
fn one_at_a_time(voters: &[NodeId]) -> impl Fn(&MembersView) -> Option<MembershipChange> + '_ {
    move |members| {
        let comes = voters.iter().find(|node| !members.voters.contains(node));
        if let Some(node) = comes {
            return Some(match members.learners.contains(node) {
                true => MembershipChange::Promote(*node),
                false => MembershipChange::AddLearner(*node),
            });
        }
        let all = members.voters.iter().chain(&members.learners);
        let mut goes = all.filter(|node| !voters.contains(node));
        goes.next().map(|node| MembershipChange::Remove(*node))
    }
}

fn all_at_once(voters: &[NodeId]) -> impl Fn(&MembersView) -> Option<MembershipChange> + '_ {
    move |members| {
        (members.voters != voters).then(|| MembershipChange::Replace {
            voters: voters.into(),
            learners: [].into(),
        })
    }
}

/// The members are these, and it shows: they do without everybody else, another write is done, and
/// all that was ever answered is in their log, unless a snapshot stands for it.
fn at_work_alone(cluster: &mut Cluster, voters: &[NodeId]) -> Result<(), DriverError> {
    cluster.change_links(Links::ALL, LinkChange::Loss(PerMillion(0)))?;
    for node in cluster.nodes().collect::<Vec<_>>() {
        if !voters.contains(&node) && cluster.power(node)? == Power::Running {
            cluster.crash(node)?;
        }
    }
    let call = cluster.write(0, 0, 1)?;
    cluster.expect_done(call, CHANGE)?;
    let leader = cluster.expect_leader(SECOND)?;
    assert!(voters.contains(&leader));
    let log = cluster.log(leader)?;
    if log.first().is_none_or(|first| first.index > 1) {
        return Ok(());
    }
    for record in cluster.engine().history().iter() {
        let done = record.returned.map(|it| it.outcome);
        if let (Some(Outcome::Done { .. }), Some(_)) = (done, record.written) {
            let kept = |call| {
                log.iter()
                    .any(|it| it.command.as_ref().is_some_and(|it| it.call == call))
            };
            assert!(kept(record.call), "{:?} was answered", record.call);
        }
    }
    Ok(())
}

/// Runs a story, and tells it where it fails.
fn tell(
    size: u16,
    weather: &Weather,
    story: impl FnOnce(&mut Cluster, Course) -> Result<(), DriverError>,
) {
    let mut cluster = at_work(size, weather).expect("calm weather");
    let course = Course::new(&cluster, weather);
    if let Err(error) = story(&mut cluster, course) {
        panic!("{error}\n{}", cluster.tell());
    }
}

const F: NodeId = NodeId(5);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Thesis §4.2.1 and §4.1: three become five.
    #[test]
    fn learners_come_and_are_promoted(weather in weather()) {
        let voters = [A, B, C, D, E];
        tell(3, &weather, |cluster, mut course| {
            until_members_are(cluster, &mut course, &voters, one_at_a_time(&voters))?;
            at_work_alone(cluster, &voters)
        });
    }

    /// Thesis §4.2.2: five become three, and whoever leads when it begins is among those who go.
    #[test]
    fn the_leader_and_another_are_removed(weather in weather()) {
        tell(5, &weather, |cluster, mut course| {
            let leader = cluster.expect_leader(SECOND)?;
            let voters: Vec<_> = [A, B, C, D, E].into_iter().filter(|it| *it != leader).take(3).collect();
            until_members_are(cluster, &mut course, &voters, one_at_a_time(&voters))?;
            at_work_alone(cluster, &voters)
        });
    }

    /// §6: three give way to three others at once.
    #[test]
    fn three_others_take_over(weather in weather()) {
        let voters = [D, E, F];
        tell(3, &weather, |cluster, mut course| {
            until_members_are(cluster, &mut course, &voters, all_at_once(&voters))?;
            at_work_alone(cluster, &voters)
        });
    }
}

#[cfg(feature = "mutants")]
mod mutants {
    use super::*;
    use consensus::raft::Mutant;
    use simulator::Property;
    use std::collections::BTreeSet;

    /// Which properties break where this rule is broken, in runs that differ in the seed and in
    /// when their leader crashes.
    fn broken_by(
        rule: Mutant,
        story: impl Fn(&mut Cluster, Course) -> Result<(), DriverError>,
    ) -> BTreeSet<Property> {
        let broken = (0..200).filter_map(|seed| {
            let weather = Weather {
                settings: RaftSettings {
                    mutant: Some(rule),
                    ..RaftSettings::paper()
                },
                seed,
                trouble: Trouble::Crash,
                after: Micros::from_millis(seed % 40 * 10),
                snapshots: false,
            };
            let mut cluster = at_work(3, &weather).ok()?;
            let course = Course::new(&cluster, &weather);
            match story(&mut cluster, course) {
                Err(DriverError::Violated(violation)) => Some(violation.property),
                _ => None,
            }
        });
        broken.collect()
    }

    #[test]
    fn a_joint_change_that_ends_early_elects_a_leader_who_knows_nothing_of_it() {
        let voters = [D, E, F];
        let broken = broken_by(Mutant::JointLeftEarly, |cluster, mut course| {
            until_members_are(cluster, &mut course, &voters, all_at_once(&voters))
        });
        assert!(broken.contains(&Property::LeaderCompleteness), "{broken:?}");
    }

    #[test]
    fn a_learner_that_counts_stands_in_for_a_disk() {
        let voters = [A, B, C, D, E];
        let broken = broken_by(Mutant::LearnerCounted, |cluster, mut course| {
            until_members_are(cluster, &mut course, &voters, one_at_a_time(&voters))
        });
        assert!(broken.contains(&Property::CommittedIsDurable), "{broken:?}");
    }
}
