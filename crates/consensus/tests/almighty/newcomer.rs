//! A newcomer that comes at a bad time: rows A12 and A13, told as their document tells them.

use crate::cluster::*;

const NEWCOMER: NodeId = NodeId(5);

/// The messages on their way that fit.
fn on_their_way(
    cluster: &Cluster,
    fits: impl Fn(NodeId, NodeId, &Message) -> bool,
) -> Vec<(u64, Message)> {
    let messages = cluster.messages();
    let fitting = messages
        .iter()
        .filter(|it| fits(it.from, it.to, it.message()));
    fitting
        .map(|it| (it.number, it.message().clone()))
        .collect()
}

/// Five peers that wait so long that every moment of the story can be looked at.
fn patient(seed: u64) -> Result<Cluster, DriverError> {
    let settings = AlmightySettings {
        join_timeout: millis(300),
        missed_pongs: 6,
        ..AlmightySettings::default()
    };
    founded_with(5, seed, settings)
}

/// Steps 1 to 6: the leader dies, a newcomer comes, and the others find out and call.
fn until_the_call(cluster: &mut Cluster) -> Told {
    // 1. The leader dies.
    cluster.crash(A)?;
    // 2. A newcomer comes.
    cluster.run_for(millis(60))?;
    cluster.join(NEWCOMER)?;
    cluster.run_for(millis(30))?;
    for node in [B, C, D, E] {
        // 3. The others don't know yet, and none of them tells the newcomer anything.
        assert_eq!(cluster.believed_leader(node)?, Some(A));
        assert_eq!(place(cluster, node, R::LeaderDead), None);
        // 4. They append it to their ledgers.
        assert!(presumed(cluster, node)?.contains(&NEWCOMER));
    }
    assert_eq!(presumed(cluster, NEWCOMER)?, [NEWCOMER]);
    // 5. They miss the leader: C first, after three pings in vain.
    cluster.run_for(millis(110))?;
    assert!(cluster.inspect(C)?.unanswered >= 2);
    cluster.fire(C, Timer::Silence)?;
    assert!(place(cluster, C, R::LeaderDead).is_some());
    // 6. A new election is announced, the newcomer included, which has no ledger yet.
    assert!(presumed(cluster, C)?.contains(&NEWCOMER));
    let call = |_, to, message: &Message| to == B && matches!(message, Message::Election { .. });
    for (number, _) in on_their_way(cluster, call) {
        cluster.hold(number)?;
    }
    cluster.run_for(millis(26))?;
    assert!(place(cluster, NEWCOMER, R::HearsElectionWhileJoining).is_some());
    assert_eq!(presumed(cluster, NEWCOMER)?, [NEWCOMER]);
    Ok(())
}

/// Steps 7 to 10: two winners of one election.
fn until_both_lead(cluster: &mut Cluster) -> Told {
    cluster.fire(NEWCOMER, Timer::Join)?;
    // 7. The newcomer and the others share one election id.
    assert_eq!(cluster.mandate(NEWCOMER)?, cluster.mandate(C)?);
    // 8. It declares itself the winner: it thinks that nobody else is there.
    cluster.run_for(millis(1))?;
    assert_eq!(cluster.leaders().collect::<Vec<_>>(), [NEWCOMER]);
    assert_eq!(presumed(cluster, NEWCOMER)?, [NEWCOMER]);
    // 9. But the oldest declares itself, too.
    let call = |_, to, message: &Message| to == B && matches!(message, Message::Election { .. });
    for (number, _) in on_their_way(cluster, call) {
        cluster.release(number)?;
    }
    cluster.run_until("its claim", millis(30), |it| it.role(B) == Ok(Role::Leader))?;
    // 10. Two leaders have one election id and two secrets.
    assert_eq!(cluster.leaders().collect::<Vec<_>>(), [B, NEWCOMER]);
    assert_eq!(cluster.mandate(B)?, cluster.mandate(NEWCOMER)?);
    assert_ne!(
        cluster.inspect(B)?.secret,
        cluster.inspect(NEWCOMER)?.secret
    );
    Ok(())
}

/// Steps 11 to 13: ledgers are merged, and a fresh election is fair.
fn until_one_leads(cluster: &mut Cluster) -> Told {
    let conflict = cluster.mandate(B)?;
    let ledgers = cluster.sent("ledger").messages;
    // 11. Both broadcast their ledgers: the newcomer its empty one, the oldest a full one.
    let mut told = Vec::new();
    cluster.run_until("both ledgers", millis(60), |cluster| {
        let from =
            |from, message: &Message| matches!(message, Message::Ledger { .. }).then_some(from);
        for it in cluster.messages() {
            let new = from(it.from, it.message()).filter(|by| !told.contains(by));
            told.extend(new.filter(|by| [B, NEWCOMER].contains(by)));
        }
        told.len() == 2
    })?;
    for (teller, rows) in [(NEWCOMER, 1), (B, 6)] {
        let ledger = |from, _, message: &Message| match message {
            Message::Ledger { ledger, .. } => from == teller && ledger.iter().count() == rows,
            _ => false,
        };
        let first = place(cluster, teller, R::TellsLedger);
        assert!(first.is_some());
        assert!(
            !on_their_way(cluster, ledger).is_empty() || told[0] == teller,
            "{teller}: {}",
            cluster.tell()
        );
    }
    // 12. All merge them, and a fresh election is announced.
    cluster.run_until("the fresh election", SECOND, |cluster| {
        count(cluster, R::MergedCalls) > 0
    })?;
    for node in [B, C, D, E, NEWCOMER] {
        let mut known = presumed(cluster, node)?;
        known.retain(|it| *it != A);
        assert_eq!(known, [B, C, D, E, NEWCOMER], "{}", cluster.tell());
    }
    let told = cluster.sent("ledger").messages - ledgers;
    assert_eq!(told, 2 * 5, "each of the two winners told five others");
    // 13. With one ledger for all it is fair, and one leader is elected.
    cluster.run_for(SECOND)?;
    assert!(cluster.mandate(B)? > conflict);
    assert_led_by(cluster, B);
    Ok(())
}

#[test]
fn a12_the_thirteen_steps_of_the_document_in_their_order() -> Told {
    for seed in 0..100 {
        let mut cluster = patient(seed)?;
        until_the_call(&mut cluster)?;
        until_both_lead(&mut cluster)?;
        until_one_leads(&mut cluster)?;
        let steps = [
            (C, R::LeaderDead),
            (NEWCOMER, R::JoinsOpenElection),
            (NEWCOMER, R::Leads),
            (B, R::Leads),
            (B, R::TellsLedger),
            (B, R::LedgerMerged),
        ];
        let places = steps.map(|(node, rule)| place(&cluster, node, rule));
        assert!(places[0].is_some(), "seed {seed}: {places:?}");
        assert!(places[..5].is_sorted(), "seed {seed}: {places:?}");
    }
    Ok(())
}

/// The two oldest are dead, and the newcomer's details arrive when the election is open already.
#[test]
fn a13_all_elders_tell_a_newcomer_that_lands_inside_an_election() -> Told {
    let mut ledgers = 0;
    for seed in 0..100 {
        let mut cluster = founded(5, seed)?;
        let [calls, before] = ["election", "ledger"].map(|kind| cluster.sent(kind).messages);
        cluster.crash(A)?;
        cluster.crash(B)?;
        cluster.run_for(millis(120))?;
        cluster.join(NEWCOMER)?;
        let details = on_their_way(&cluster, |from, _, _| from == NEWCOMER);
        for (number, _) in &details {
            cluster.hold(*number)?;
        }
        cluster.run_until("a call", SECOND, |it| it.sent("election").messages > calls)?;
        cluster.run_for(millis(45))?;
        for (number, _) in &details {
            cluster.release(*number)?;
        }
        // It knows nobody, and declares itself.
        cluster.run_until("its claim", SECOND, |it| it.decided(NEWCOMER, R::Leads) > 0)?;
        assert_eq!(presumed(&cluster, NEWCOMER)?, [NEWCOMER]);
        // Every elder broadcasts its ledger, each the same: the price of it is counted.
        cluster.run_for(millis(60))?;
        for node in [C, D, E] {
            assert_eq!(
                cluster.decided(node, R::EldersTellNewcomer),
                1,
                "seed {seed}"
            );
        }
        let told = cluster.sent("ledger").messages - before;
        assert!(told >= 3 * 5, "three elders to five others each: {told}");
        ledgers += told;
        let mut known = presumed(&cluster, NEWCOMER)?;
        known.retain(|it| ![A, B].contains(it));
        assert_eq!(known, [C, D, E, NEWCOMER]);
        // Then a fresh election, with everyone in it.
        cluster.run_for(SECOND * 2)?;
        assert_led_by(&cluster, C);
    }
    println!("{ledgers} ledgers were sent in 100 runs");
    Ok(())
}
