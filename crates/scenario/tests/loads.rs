//! The loads that the page is measured by are as heavy as they say.

use consensus::Micros;
use scenario::simulator::Playback;
use scenario::{ProtocolName, Scenario};

const NINE: &str = include_str!("../../../web/soak/loads/many.json");
const CROWD: &str = include_str!("../../../web/soak/loads/crowd.json");

/// How many messages are under way, from three seconds on, at the least of some moments.
fn least_under_way(text: &str) -> usize {
    let setup = Scenario::parse(text).expect("a load is a scenario").setup();
    let mut run = Playback::new(setup.engine(ProtocolName::Raft));
    let moments = (30..60).map(|tenths| Micros::from_millis(tenths * 100));
    let under_way = moments.map(|at| {
        run.seek(at);
        run.engine().glance().flights.len()
    });
    under_way.min().unwrap_or(0)
}

#[test]
fn nine_nodes_have_150_messages_under_way() {
    assert!(least_under_way(NINE) >= 145, "{}", least_under_way(NINE));
}

#[test]
fn thirty_one_nodes_have_1000_messages_under_way() {
    assert!(least_under_way(CROWD) >= 1000, "{}", least_under_way(CROWD));
}
