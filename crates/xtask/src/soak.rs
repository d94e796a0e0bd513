//! `cargo xtask soak`: the same properties as the tests, over many more seeds.

use crate::error::Error;
use crate::page;
use crate::process;
use crate::selection::Selection;
use crate::sequence::Step;
use crate::speed;
use crate::tools::Toolbox;

/// What `cargo xtask soak` can be told.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// How many seeds each protocol has to survive, and ten times as many in the swarm
    #[arg(long, default_value_t = 10_000)]
    seeds: u32,
    /// How many messages of each protocol are damaged, cut short, made up and forged, each
    #[arg(long, default_value_t = 10_000_000)]
    messages: u32,
    /// How many events more than in the tests every order is followed for
    #[arg(long, default_value_t = 1)]
    deeper: u32,
    /// How many scenario files and histories of each kind mean harm
    #[arg(long, default_value_t = 20_000)]
    hostile: u32,
    /// Install system packages that are missing, such as the browsers (apt-get)
    #[arg(long)]
    pub(crate) install_system: bool,
    #[command(flatten)]
    selection: Selection,
}

/// A long bar: its name, what it shows, and the crate and test target that read
/// `WHITEWATER_SEEDS`, `WHITEWATER_MESSAGES`, `WHITEWATER_DEEPER` or `WHITEWATER_HOSTILE`; no target
/// stands for all tests of the crate.
const BARS: [(&str, &str, &str, &str); 9] = [
    (
        "seeds",
        "no rule is broken under random crashes, cuts and loss",
        "scenario",
        "seeds",
    ),
    (
        "liveness",
        "the oldest peer leads in the calm, one-way cuts and skewed clocks before it included",
        "consensus",
        "almighty_liveness",
    ),
    (
        "hosts",
        "the oldest node hosts in the calm under WaterCraft, whatever was before it",
        "consensus",
        "watercraft",
    ),
    (
        "wire",
        "damaged, cut short and random bytes are refused, and forged ones harm no node",
        "consensus",
        "wire",
    ),
    (
        "explore",
        "no rule of the oldest peer is broken in any order of so many events",
        "scenario",
        "explore",
    ),
    (
        "audit",
        "up to a thousand storms of each protocol are the same again, from forks and by seeks",
        "scenario",
        "audit",
    ),
    (
        "linearizability",
        "random histories are judged as every order of their calls says",
        "simulator",
        "linearizability",
    ),
    (
        "hostile-scenarios",
        "scenario files that mean harm are refused, or run in bounded memory",
        "scenario",
        "hostile",
    ),
    (
        "hostile-histories",
        "traces and histories that mean harm are refused, or judged",
        "whitewater",
        "",
    ),
];

/// Runs the bars, in release mode.
pub(crate) fn run(mut toolbox: Toolbox, options: &Options) -> Result<(), Error> {
    let bars = BARS.iter();
    let bars = bars.map(|&(name, about, package, test)| bar(name, about, package, test, options));
    let bars = bars.chain([swarm(options), speed()]);
    let bars = bars.chain(page::bars()).collect();
    options.selection.run(&mut toolbox, bars)
}

fn bar(
    name: &'static str,
    about: &'static str,
    package: &'static str,
    test: &'static str,
    options: &Options,
) -> Step {
    let (seeds, messages, deeper) = (options.seeds, options.messages, options.deeper);
    let hostile = options.hostile;
    let work = move |toolbox: &mut Toolbox| {
        let mut command = toolbox.cargo(&["test", "--release", "-p", package]);
        if !test.is_empty() {
            command.args(["--test", test]);
        }
        command
            .args(["--", "--nocapture"])
            .env("WHITEWATER_SEEDS", seeds.to_string())
            .env("WHITEWATER_MESSAGES", messages.to_string())
            .env("WHITEWATER_DEEPER", deeper.to_string())
            .env("WHITEWATER_HOSTILE", hostile.to_string());
        process::run(&mut command)
    };
    Step {
        name,
        about,
        needs: &[],
        work: Box::new(work),
    }
}

/// The swarm: in it each seed is ten virtual seconds of safety, and liveness after that.
fn swarm(options: &Options) -> Step {
    let seeds = format!("0..{}", u64::from(options.seeds) * 10);
    let work = move |toolbox: &mut Toolbox| {
        let arguments = ["run", "--release", "-p", "whitewater", "--", "swarm"];
        let mut command = toolbox.cargo(&arguments);
        command.args(["--seeds", &seeds, "--for", "10s"]);
        process::run(command.args(["--out", "target/swarm"]))
    };
    Step {
        name: "swarm",
        about: "mixes of faults break no rule, and a healed core gets on",
        needs: &[],
        work: Box::new(work),
    }
}

fn speed() -> Step {
    Step {
        name: "speed",
        about: "a core carries a million steps a second, and a tab half as many",
        needs: speed::NEEDS,
        work: Box::new(speed::measure),
    }
}
