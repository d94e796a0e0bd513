//! `cargo xtask test`: every check, or some of them.

use crate::error::Error;
use crate::sequence::{self, Step};
use crate::steps;
use crate::tools::Toolbox;

/// What `cargo xtask test` can be told.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Install system packages that are missing, such as the browser (apt-get)
    #[arg(long)]
    pub(crate) install_system: bool,
    /// Run only this step; may be given several times
    #[arg(long, value_name = "STEP")]
    only: Vec<String>,
    /// Go on to the next step when one fails
    #[arg(long)]
    keep_going: bool,
    /// Name the steps and run none
    #[arg(long)]
    list: bool,
}

/// Runs the steps that are asked for.
pub(crate) fn run(mut toolbox: Toolbox, options: &Options) -> Result<(), Error> {
    let steps = select(steps::all(), &options.only)?;
    if options.list {
        for step in steps {
            println!("{:<12} {}", step.name, step.about);
        }
        return Ok(());
    }
    sequence::run(&mut toolbox, &steps, options.keep_going)
}

fn select(steps: Vec<Step>, only: &[String]) -> Result<Vec<Step>, Error> {
    let known: Vec<&str> = steps.iter().map(|step| step.name).collect();
    if let Some(name) = only.iter().find(|name| !known.contains(&name.as_str())) {
        return Err(Error::UnknownStep {
            name: name.clone(),
            known: known.join(", "),
        });
    }
    let wanted = |step: &Step| only.is_empty() || only.iter().any(|name| name == step.name);
    Ok(steps.into_iter().filter(wanted).collect())
}

#[cfg(test)]
mod tests {
    use super::select;
    use crate::steps;

    #[test]
    fn all_steps_run_unless_some_are_named() {
        let named = |only: &[&str]| -> Option<Vec<&str>> {
            let only: Vec<String> = only.iter().map(|&name| name.to_owned()).collect();
            let steps = select(steps::all(), &only).ok()?;
            Some(steps.iter().map(|step| step.name).collect())
        };
        assert_eq!(named(&[]).map(|all| all.len()), Some(steps::all().len()));
        assert_eq!(named(&["site", "fmt"]), Some(vec!["fmt", "site"]));
        assert_eq!(named(&["nonsense"]), None);
    }
}
