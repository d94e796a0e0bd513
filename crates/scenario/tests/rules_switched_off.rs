//! A story tells of its rule only if it comes out otherwise without it: each of these fails once
//! every node breaks the rule.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::{STORIES, Scenario};
use serde_json::{Value, json};

/// A rule-breaker of Almighty, and the scenarios that it spoils.
const ALMIGHTY: &[(&str, &[&str])] = &[
    ("any-pong-accepted", &["back-before-the-ping"]),
    ("election-ids-ignored", &["late-word-of-an-old-winner"]),
    ("election-id-by-clock-alone", &["slow-clocks-call"]),
    ("stamped-anew", &["leader-stamps", "newcomer-is-welcomed"]),
    (
        "earlier-age-kept",
        &["pause-keeps-the-age", "follower-falls-silent"],
    ),
    ("newest-wins", &["secret-goes-with-the-leader"]),
    ("older-peer-silent", &["slow-clock-usurps"]),
    ("join-answered-by-everyone", &["newcomer-is-welcomed"]),
    ("previous-secret-refused", &["secret-rotates"]),
    ("face-off-ignored", &["split-brain"]),
    ("leader-not-checked", &["face-off-with-the-dead"]),
    (
        "ledgers-not-merged",
        &["newcomer-after-death", "split-brain"],
    ),
    ("elders-silent", &["newcomer-inside-an-election"]),
    ("goodbye-ignored", &["leader-leaves"]),
    (
        "silent-peer-kept",
        &["follower-falls-silent", "several-fail-at-once"],
    ),
    (
        "dead-elder-kept",
        &[
            "data-dies-with-its-leader",
            "eldest-fail-together",
            "every-peer-but-one-fails",
            "three-missed-pongs",
        ],
    ),
    (
        "closed-election-reopened",
        &["late-winner-of-a-closed-election"],
    ),
    ("founder-waits", &["newcomer-is-welcomed"]),
    ("dead-leader-followed", &["three-missed-pongs"]),
];

/// The same of WaterCraft.
const WATERCRAFT: &[(&str, &[&str])] = &[
    ("removals-untold", &["host-tells-everyone"]),
    ("younger-keeps-hosting", &["two-hosts-meet"]),
    (
        "number-outlives-crash",
        &["removed-but-alive", "contact-through-another"],
    ),
    (
        "everybody-serves",
        &["host-hands-over", "data-dies-with-the-host"],
    ),
    (
        "dead-elder-kept",
        &[
            "admitted-in-order",
            "host-is-unreachable",
            "next-oldest-says-who-hosts",
        ],
    ),
    ("list-not-merged", &["two-hosts-meet"]),
    ("numbers-equal", &["admitted-in-order"]),
    ("list-untaken", &["host-tells-everyone"]),
    ("heir-declines", &["host-is-unreachable"]),
];

/// The scenario of that name with these settings of one protocol changed.
fn changed(name: &str, protocol: &str, setting: &str, value: &Value) -> Scenario {
    let preset = STORIES.iter().find(|it| it.name == name).expect(name);
    let mut file: Value = serde_json::from_str(preset.text).expect(name);
    if file.get(protocol).is_none() {
        file[protocol] = json!({});
    }
    file[protocol][setting] = value.clone();
    Scenario::parse(&file.to_string()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[track_caller]
fn fails(scenario: &Scenario, why: &str) {
    for protocol in &scenario.protocols {
        let report = scenario.run(*protocol, |_| {});
        assert!(!report.holds(), "{} holds with {why}", scenario.title);
    }
}

#[test]
fn each_story_fails_without_its_rule() {
    for (protocol, table) in [("almighty", ALMIGHTY), ("watercraft", WATERCRAFT)] {
        for (mutant, names) in table {
            for name in *names {
                let scenario = changed(name, protocol, "mutant", &json!(mutant));
                fails(&scenario, mutant);
            }
        }
    }
}

/// A row that is a setting: each of its two stories fails with the other's (A1, A20, W5).
#[test]
fn each_story_of_a_setting_fails_with_the_other() {
    for (name, protocol, setting, value) in [
        (
            "slow-clock-usurps",
            "almighty",
            "leader-stamps",
            json!(true),
        ),
        ("leader-stamps", "almighty", "leader-stamps", json!(false)),
        ("split-brain", "almighty", "reannounce-every", json!(0)),
        (
            "never-meeting-again",
            "almighty",
            "reannounce-every",
            json!(10),
        ),
        ("swap-goes-unseen", "watercraft", "report", json!("version")),
        ("swap-is-seen", "watercraft", "report", json!("count")),
    ] {
        fails(&changed(name, protocol, setting, &value), setting);
    }
}
