//! The swarm: seeds draw their own mixes, and a healed core owes a leader and an answer.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::consensus::{Micros, raft};
use scenario::simulator::{Action, Power, Property};
use scenario::swarm::{Ending, FaultKind, Mix, Mutants, Outage, Roughness, SwarmPlan, SwarmRun};
use scenario::{Deed, NodeName, OneWay, ProtocolName, Scenario, Span, Step, That, Whom};

const ROUGH: Micros = Micros::from_secs(3);

fn run(seed: u64) -> SwarmRun {
    SwarmRun {
        seed,
        nodes: None,
        rough: ROUGH,
        mutants: Mutants::default(),
    }
}

fn plans(protocol: ProtocolName, seeds: u64) -> impl Iterator<Item = SwarmPlan> {
    (0..seeds).map(move |seed| run(seed).plan(protocol))
}

/// Those of so many seeds that heal a core of two nodes or more.
fn with_core(protocol: ProtocolName, seeds: u64) -> Vec<(SwarmPlan, Vec<NodeName>)> {
    let plans = plans(protocol, seeds).filter_map(|plan| match &plan.ending {
        Ending::Core(core) if core.nodes.len() > 1 => {
            let nodes = core.nodes.clone();
            Some((plan, nodes))
        }
        _ => None,
    });
    plans.collect()
}

fn failed(scenario: &Scenario, protocol: ProtocolName) -> Vec<That> {
    let report = scenario.run(protocol, |_| {});
    let failed = report.verdicts.iter().filter(|it| it.found.is_err());
    failed
        .map(|it| scenario.expect[it.place].that.clone())
        .collect()
}

#[test]
fn a_mix_follows_from_its_seed_and_leaves_whole_kinds_out() {
    const SEEDS: u64 = 400;
    for protocol in ProtocolName::ALL {
        let mixes: Vec<Mix> = (0..SEEDS).map(|seed| run(seed).mix(protocol)).collect();
        for (seed, mix) in mixes.iter().enumerate() {
            assert_eq!(*mix, run(seed as u64).plan(protocol).mix, "seed {seed}");
            assert!((1..=Mix::MOST_NODES).contains(&mix.nodes), "{mix}");
            assert!(mix.kinds.is_sorted(), "{mix}");
        }
        for kind in FaultKind::ALL {
            let with = mixes.iter().filter(|mix| mix.has(kind)).count() as u64;
            let some = SEEDS / 3..SEEDS * 5 / 6;
            let known = kind.is_known_to(protocol);
            assert_eq!(some.contains(&with), known, "{protocol}, {kind}: {with}");
            assert!(known || with == 0, "{protocol}, {kind}: {with}");
        }
        for roughness in Roughness::ALL {
            let with = mixes.iter().filter(|mix| mix.roughness == roughness);
            assert!(with.count() as u64 > SEEDS / 4, "{roughness:?}");
        }
    }
}

#[test]
fn a_number_of_nodes_that_is_given_changes_nothing_else_of_the_mix() {
    for seed in 0..20 {
        let drawn = run(seed).mix(ProtocolName::Raft);
        let nodes = Some(31);
        let given = SwarmRun { nodes, ..run(seed) }.mix(ProtocolName::Raft);
        assert_eq!(given.nodes, 31);
        assert_eq!(Mix { nodes: 31, ..drawn }, given);
    }
}

#[test]
fn only_what_is_in_the_mix_is_done_while_it_is_rough() {
    let mut seen = Vec::new();
    for protocol in ProtocolName::ALL {
        for SwarmPlan { mix, scenario, .. } in plans(protocol, 60) {
            let rough = scenario.steps.iter().filter(|step| step.at.0 < ROUGH);
            let actions = rough.flat_map(|step| step.deed.actions());
            let actions: Vec<Action> = actions.collect();
            for kind in actions.iter().filter_map(FaultKind::of) {
                assert!(mix.has(kind), "{kind} is not in {mix}");
                seen.push(kind);
            }
        }
    }
    let all = FaultKind::ALL.into_iter();
    let missing: Vec<FaultKind> = all.filter(|kind| !seen.contains(kind)).collect();
    assert_eq!(missing, []);
}

#[test]
fn names_are_those_of_files() {
    fn written<T: serde::Serialize>(it: T) -> String {
        let text = serde_json::to_string(&it).expect("it can be written");
        text.trim_matches('"').to_string()
    }
    for kind in FaultKind::ALL {
        assert_eq!(written(kind), kind.as_str());
    }
    for outage in Outage::ALL {
        assert_eq!(written(outage), outage.as_str());
    }
    for roughness in Roughness::ALL {
        assert_eq!(written(roughness), roughness.as_str());
    }
}

#[test]
fn a_run_is_a_scenario_that_can_be_kept() {
    for protocol in ProtocolName::ALL {
        for SwarmPlan { scenario, .. } in plans(protocol, 30) {
            let text = serde_json::to_string(&scenario).expect("a scenario can be written");
            let read = Scenario::parse(&text).unwrap_or_else(|error| panic!("{error}"));
            assert!(read == scenario, "{protocol} {}", scenario.title);
        }
    }
}

#[test]
fn a_core_of_founders_is_a_majority_and_all_others_are_broken() {
    let mut open = 0;
    let mut minimal = 0;
    for plan in plans(ProtocolName::Raft, 200) {
        let Ending::Core(core) = &plan.ending else {
            continue;
        };
        let raft = plan.scenario.raft.settings();
        assert_eq!(core.open, raft.pre_vote && raft.check_quorum);
        open += u64::from(core.open);
        if plan.mix.has(FaultKind::Members) {
            continue;
        }
        let (inside, all) = (core.nodes.len(), usize::from(plan.mix.nodes));
        assert!(inside * 2 > all, "{}", plan.ending);
        assert_eq!(core.outside.len(), all - inside, "{}", plan.ending);
        minimal += u64::from(inside == all / 2 + 1);
    }
    assert!(open > 20, "{open}");
    assert!(minimal > 50, "{minimal}");
}

#[test]
fn every_seed_holds_in_safety_and_in_liveness_mode() {
    for protocol in ProtocolName::ALL {
        for SwarmPlan { mix, scenario, .. } in plans(protocol, 60) {
            let report = scenario.run(protocol, |_| {});
            let why = (&report.violation, &report.verdicts);
            assert!(report.holds(), "{protocol} {}: {why:?} {mix}", report.seed);
        }
    }
}

/// Liveness mode turned round: what is healed is cut into single nodes.
#[test]
fn a_core_that_is_not_healed_owes_its_leader() {
    for protocol in ProtocolName::ALL {
        let plans = with_core(protocol, 40);
        assert!(plans.len() > 10);
        for (mut plan, core) in plans {
            let leads = That::CoreLeads(core.clone());
            plan.scenario.steps.push(Step {
                at: Span(ROUGH),
                deed: Deed::Cut(core.into_iter().map(|node| vec![node]).collect()),
            });
            let failed = failed(&plan.scenario, protocol);
            assert!(failed.contains(&leads), "{protocol} {}", plan.ending);
            if protocol == ProtocolName::Raft {
                let answer = |that: &That| matches!(that, That::Answer(_));
                assert!(failed.iter().any(answer), "{}", plan.ending);
            }
        }
    }
}

/// What fails in liveness mode whatever came before fails without any of that.
#[test]
fn a_failure_in_liveness_mode_is_made_small_and_liveness_mode_stays() {
    let mut minimal = 0;
    for protocol in ProtocolName::ALL {
        let changes =
            |plan: &SwarmPlan| protocol == ProtocolName::Raft && plan.mix.has(FaultKind::Members);
        for (mut plan, core) in with_core(protocol, 6) {
            let cut = core.iter().map(|node| vec![*node]).collect();
            plan.scenario.steps.push(Step {
                at: Span(ROUGH),
                deed: Deed::Cut(cut),
            });
            let long = &plan.scenario;
            let small = plan.shrunk(protocol, ROUGH, &|runs| runs < 300);
            let small = small.expect("it fails");
            let short = &small.scenario;
            let (few, all) = (failed(short, protocol), failed(long, protocol));
            assert_eq!(few.len(), all.len(), "{protocol}: {few:?}");
            let rough = |it: &Scenario| it.steps.iter().filter(|it| it.at.0 < ROUGH).count();
            assert_eq!(short.until, long.until);
            let text = short.text();
            assert!(Scenario::parse(&text).is_ok(), "{text}");
            if changes(&plan) {
                assert!(!small.is_minimal);
                assert_eq!(short.steps.len(), long.steps.len());
                continue;
            }
            minimal += u64::from(small.is_minimal);
            assert!(rough(short) <= 4, "{text}");
            // The core is as large as it was, and still a majority.
            let cores = short.expect.iter().filter_map(|it| match &it.that {
                That::CoreLeads(core) => Some(core.len()),
                _ => None,
            });
            assert!(cores.clone().count() > 0, "{text}");
            for now in cores {
                assert_eq!(now, core.len(), "{text}");
                let is_most = now * 2 > short.every_node().len();
                assert!(is_most || protocol != ProtocolName::Raft, "{text}");
            }
        }
    }
    assert!(minimal > 3, "{minimal}");
}

/// Whoever is not stopped and not paused runs, and is here.
#[test]
fn whoever_is_outside_runs_unless_it_is_stopped_or_paused() {
    for protocol in ProtocolName::ALL {
        let mut seen = Vec::new();
        for SwarmPlan {
            mix,
            ending,
            scenario,
        } in plans(protocol, 60)
        {
            let Ending::Core(core) = &ending else {
                continue;
            };
            if protocol == ProtocolName::Raft && mix.has(FaultKind::Members) {
                continue;
            }
            let mut engine = scenario.engine(protocol);
            let mut told = Vec::new();
            let until = scenario.until.0;
            while engine.next_event().is_some_and(|it| it <= until) && engine.step(&mut told) {
                told.clear();
            }
            let view = engine.view();
            for (name, outage) in &core.outside {
                let node = view.nodes.iter().find(|it| it.id == name.0);
                let power = node.expect("it is a node").power;
                let is_right = match outage {
                    Outage::Stopped => power == Power::Stopped || power == Power::Absent,
                    Outage::Paused => power != Power::Running,
                    _ => power == Power::Running,
                };
                assert!(is_right, "{protocol} {ending}: {name} is {power:?}");
                seen.push(*outage);
            }
        }
        assert!(Outage::ALL.iter().all(|it| seen.contains(it)), "{protocol}");
    }
}

/// How many of so many seeds whose members change end in each way.
#[test]
fn a_core_where_members_change_is_a_majority_by_every_list() {
    let (mut open, mut closed, mut whole, mut nothing) = (0, 0, 0, 0);
    for plan in plans(ProtocolName::Raft, 300) {
        if !plan.mix.has(FaultKind::Members) {
            continue;
        }
        match &plan.ending {
            Ending::Core(core) if core.open => open += 1,
            Ending::Core(_) => closed += 1,
            Ending::Whole => whole += 1,
            Ending::Nothing => nothing += 1,
        }
        let Ending::Core(core) = &plan.ending else {
            continue;
        };
        let mut engine = plan.scenario.engine(ProtocolName::Raft);
        let mut told = Vec::new();
        // What is healed is healed at that moment, and changes no list by then.
        while engine.next_event().is_some_and(|it| it < ROUGH) && engine.step(&mut told) {
            told.clear();
        }
        let view = engine.view();
        let present = view.nodes.iter().filter(|it| it.power != Power::Absent);
        for node in present {
            let members = &node.inspection.members;
            for set in [&members.voters, &members.outgoing] {
                let inside = core.nodes.iter().filter(|it| set.contains(&it.0));
                let is_most = inside.count() * 2 > set.len() || set.is_empty();
                assert!(is_most, "{}: {members:?}", plan.ending);
            }
        }
    }
    let shares = format!("open {open}, closed {closed}, whole {whole}, nothing {nothing}");
    println!("{shares}");
    assert!(open >= 20 && closed >= 50 && whole >= 10, "{shares}");
    assert!(nothing <= 20, "{shares}");
}

/// Somebody older who is heard, and does not hear, leads for those who hear it.
#[test]
fn the_oldest_peer_owes_nothing_to_a_core_that_hears_more_than_itself() {
    let (mut tried, mut astray) = (0, 0);
    for (mut plan, core) in with_core(ProtocolName::Almighty, 200) {
        let first: NodeName = scenario_name("A");
        if core.contains(&first) {
            continue;
        }
        let unheard = |step: &Step| match &step.deed {
            Deed::CutOneWay(OneWay { from, .. }) => step.at.0 == ROUGH && from.contains(&first),
            Deed::Stop(Whom::Node(node)) | Deed::Pause(Whom::Node(node)) => {
                step.at.0 == ROUGH && *node == first
            }
            _ => false,
        };
        plan.scenario.steps.retain(|step| !unheard(step));
        let at = Span(ROUGH);
        let back = [Deed::Join(first), Deed::Start(first), Deed::Resume(first)];
        let steps = back.map(|deed| Step { at, deed });
        plan.scenario.steps.extend(steps);
        tried += 1;
        astray += usize::from(!failed(&plan.scenario, ProtocolName::Almighty).is_empty());
    }
    assert!(tried > 10 && astray * 3 > tried, "{astray} of {tried}");
}

fn scenario_name(name: &str) -> NodeName {
    serde_json::from_str(&format!("\"{name}\"")).expect("it is a name")
}

#[test]
fn a_mutant_is_caught() {
    let mutants = Mutants::named("log-not-checked").expect("Raft has it");
    assert_eq!(mutants.raft, Some(raft::Mutant::LogNotChecked));
    assert_eq!((mutants.almighty, mutants.watercraft), (None, None));
    let caught = (0..150).find_map(|seed| {
        let run = SwarmRun {
            mutants,
            ..run(seed)
        };
        let plan = run.plan(ProtocolName::Raft);
        plan.scenario.run(ProtocolName::Raft, |_| {}).violation
    });
    let property = caught.map(|it| it.property);
    assert_eq!(property, Some(Property::LeaderCompleteness));
    assert_eq!(Mutants::named("log-checked"), None);
}

#[test]
fn mutants_of_one_name_are_found_under_each_protocol() {
    let mutants = Mutants::named("dead-elder-kept").expect("two have it");
    let has = ProtocolName::ALL.map(|protocol| mutants.has(protocol));
    assert_eq!(has, [false, true, true]);
}
