//! Clusters that meet: rows A10, A11 and A20.

use crate::cluster::*;

/// Two sides that lead themselves, healed, when the one leader has heard of the other.
fn about_to_meet(seed: u64) -> Result<Cluster, DriverError> {
    let mut cluster = founded(5, seed)?;
    cluster.cut(&[&[A, B], &[C, D, E]])?;
    cluster.run_for(SECOND * 2)?;
    assert_eq!(cluster.leaders().collect::<Vec<_>>(), [A, C]);
    cluster.heal()?;
    cluster.run_until("a face-off", SECOND, |it| it.sent("face-off").messages > 0)?;
    Ok(cluster)
}

/// A11: the leader of the other cluster dies before it can answer. Its peers hear the broadcast
/// ledger, ask their leader at once, and join the new election.
#[test]
fn a11_nobody_stays_outside_where_a_leader_dies_in_a_face_off() -> Told {
    let [mut tried_again, mut checked] = [0; 2];
    for seed in 0..100 {
        let mut cluster = about_to_meet(seed)?;
        let (sender, other) = match cluster.decisions(R::FaceOffSent).next() {
            Some(A) => (A, C),
            _ => (C, A),
        };
        cluster.crash(other)?;
        let since = cluster.now();
        cluster.run_until("one leader", SECOND * 2, stable)?;
        // Found dead by its own in a round, the ledgers merged, and a fresh election.
        assert!(cluster.now() - since < millis(1_200), "seed {seed}");
        cluster.run_for(SECOND)?;
        assert_led_by(&cluster, if sender == A { A } else { B });
        tried_again += count(&cluster, R::FaceOffAgain);
        checked += count(&cluster, R::ChecksLeader);
    }
    assert!(tried_again > 50, "{tried_again}");
    assert!(checked > 100, "{checked}");
    Ok(())
}

/// A20: a leader says so every ten intervals, and that is all that clusters meet by.
#[test]
fn a20_clusters_meet_by_announcements_alone() -> Told {
    for (every, meets) in [(Some(10), true), (Some(3), true), (None, false)] {
        let settings = AlmightySettings {
            reannounce_every: every,
            ..AlmightySettings::default()
        };
        let builder = Driver::<Almighty>::builder().nodes(5).seed(3);
        let mut cluster = builder.settings(settings).build();
        cluster.run_for(SECOND)?;
        cluster.cut(&[&[A, B], &[C, D, E]])?;
        cluster.run_for(SECOND)?;
        cluster.heal()?;
        let interval = settings.ping_interval * u64::from(every.unwrap_or(200));
        cluster.run_for(interval + millis(500))?;
        assert_eq!(stable(&cluster), meets, "{every:?}");
        assert_eq!(cluster.leaders().count(), if meets { 1 } else { 2 });
    }
    Ok(())
}
