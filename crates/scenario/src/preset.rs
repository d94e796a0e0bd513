//! Scenarios that come with the product.

/// A scenario file that is part of the program.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// Its file name without ending; also its name in links.
    pub name: &'static str,
    /// What people read.
    pub title: &'static str,
    /// The file's text.
    pub text: &'static str,
}

macro_rules! preset {
    ($name:literal, $title:literal) => {
        Preset {
            name: $name,
            title: $title,
            text: include_str!(concat!("../scenarios/", $name, ".json")),
        }
    };
}

/// Those that the page offers, in its order; each names the protocols that it makes sense for.
pub const PRESETS: &[Preset] = &[
    preset!("calm", "Calm water"),
    preset!("leader-stops", "The leader stops"),
    preset!("cut", "A cut, two against three"),
    preset!("split-vote", "A split vote"),
    preset!("minority-leader", "A leader in the minority"),
    preset!("resurrected-leader", "A leader that is back at once"),
    preset!("newcomer", "A newcomer at the wrong moment"),
    preset!("face-off", "A face-off of two leaders"),
    preset!("overload", "An overloaded leader"),
    preset!("flaky-network", "A flaky network"),
];

/// Those that tell one rule's story, a row of the requirements each, and the failures that every
/// protocol is tested with.
pub const STORIES: &[Preset] = &[
    preset!("five-server-story", "The five-server story"),
    preset!("succession", "Succession by age"),
    preset!("partition", "The network parts"),
    preset!("unresponsive", "The leader falls silent"),
    preset!("overloaded", "A leader that cannot keep up"),
    preset!("corrupted", "Damaged messages"),
    preset!("newcomer-is-welcomed", "A founder and newcomers"),
    preset!("slow-clock-usurps", "A slow clock usurps"),
    preset!("leader-stamps", "The leader stamps"),
    preset!("follower-falls-silent", "A follower falls silent"),
    preset!("late-word-of-an-old-winner", "Late word of an old winner"),
    preset!("back-before-the-ping", "Back before the ping"),
    preset!(
        "secret-goes-with-the-leader",
        "The secret goes with the leader"
    ),
    preset!("secret-rotates", "The secret rotates"),
    preset!("data-dies-with-its-leader", "Data dies with its leader"),
    preset!("split-brain", "Split brain"),
    preset!("face-off-with-the-dead", "A face-off with the dead"),
    preset!("newcomer-after-death", "A newcomer after a death"),
    preset!(
        "newcomer-inside-an-election",
        "A newcomer inside an election"
    ),
    preset!("leader-leaves", "The leader leaves"),
    preset!("several-fail-at-once", "Several fail at once"),
    preset!("eldest-fail-together", "The eldest fail together"),
    preset!("every-peer-but-one-fails", "Every peer but one fails"),
    preset!("pause-keeps-the-age", "A pause keeps the age"),
    preset!("three-missed-pongs", "Three missed pongs"),
    preset!("slow-clocks-call", "Slow clocks call"),
    preset!("late-winner-of-a-closed-election", "A late winner"),
    preset!("never-meeting-again", "Never meeting again"),
    preset!("contact-through-another", "Contact through another"),
    preset!("admitted-in-order", "Admitted in order"),
    preset!("host-tells-everyone", "The host tells everyone"),
    preset!("swap-goes-unseen", "A swap goes unseen"),
    preset!("swap-is-seen", "A swap is seen"),
    preset!("host-is-unreachable", "The host is unreachable"),
    preset!(
        "next-oldest-says-who-hosts",
        "The next oldest says who hosts"
    ),
    preset!("traffic-of-a-host", "The traffic of a host"),
    preset!("host-hands-over", "A host hands over"),
    preset!("data-dies-with-the-host", "Data dies with the host"),
    preset!("removed-but-alive", "Removed but alive"),
    preset!("two-hosts-meet", "Two hosts meet"),
    preset!(
        "two-who-wait-for-each-other",
        "Two who take each other for the host"
    ),
];
