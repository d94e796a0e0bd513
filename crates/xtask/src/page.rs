//! The long bars of the page: what an audit says of it, and whether another browser plays it.

use crate::error::Error;
use crate::process;
use crate::sequence::Step;
use crate::tools::{Need, Toolbox};
use crate::{site, steps};

/// How often the page is audited: the median counts.
const AUDITS: &str = "5";

/// What it takes to build the page and to look at it with a debugger.
const MEASURING: &[Need] = steps::BROWSER_NEEDS;

/// The bars, of which the first builds the release site, and the last another one in its place.
pub(crate) fn bars() -> [Step; 5] {
    [
        Step {
            name: "site",
            about: "the release site, which the next bars look at",
            needs: site::NEEDS,
            work: Box::new(|toolbox| site::build(toolbox)),
        },
        Step {
            name: "lighthouse",
            about: "an audit of the page on a phone finds nothing to better",
            needs: &[Need::Node, Need::SoakPackages, Need::Chromium],
            work: Box::new(lighthouse),
        },
        Step {
            name: "firefox",
            about: "the page plays in another browser, and complains of nothing",
            needs: &[Need::Node, Need::SoakPackages, Need::Firefox],
            work: Box::new(firefox),
        },
        Step {
            name: "memory",
            about: "ten minutes of play leave no more memory in use than two",
            needs: MEASURING,
            work: Box::new(|toolbox| measure(toolbox, "web/soak/memory.mjs")),
        },
        Step {
            name: "frames",
            about: "the page's script leaves most of each frame free, under 150 and 1,000 messages",
            needs: MEASURING,
            work: Box::new(|toolbox| {
                site::build_with_loads(toolbox)?;
                measure(toolbox, "web/soak/frames.mjs")
            }),
        },
    ]
}

fn measure(toolbox: &mut Toolbox, script: &str) -> Result<(), Error> {
    let mut command = toolbox.command("node");
    if let Some(chromium) = toolbox.chromium() {
        command.env("CHROMIUM", chromium);
    }
    process::run(command.arg(script))
}

fn lighthouse(toolbox: &mut Toolbox) -> Result<(), Error> {
    let mut command = toolbox.command("node");
    if let Some(chromium) = toolbox.chromium() {
        command.env("CHROMIUM", chromium);
    }
    process::run(command.args(["web/soak/lighthouse.mjs", AUDITS]))
}

fn firefox(toolbox: &mut Toolbox) -> Result<(), Error> {
    let mut command = toolbox.command("node");
    command.arg("web/soak/firefox.mjs");
    process::run(command.args(toolbox.firefox()))
}
