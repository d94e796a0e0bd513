//! The long bars of the page: what an audit says of it, and whether another browser plays it.

use crate::error::Error;
use crate::process;
use crate::sequence::Step;
use crate::site;
use crate::tools::{Need, Toolbox};

/// How often the page is audited: the median counts.
const AUDITS: &str = "5";

/// The bars, of which the first builds the release site.
pub(crate) fn bars() -> [Step; 3] {
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
    ]
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
