//! Which of a command's steps run, and what happens when one fails.

use crate::error::Error;
use crate::sequence::{self, Step};
use crate::tools::Toolbox;

/// What every command that runs steps can be told.
#[derive(Debug, clap::Args)]
pub(crate) struct Selection {
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

impl Selection {
    /// Runs those of the steps that are asked for.
    pub(crate) fn run(&self, toolbox: &mut Toolbox, steps: Vec<Step>) -> Result<(), Error> {
        let steps = select(steps, &self.only)?;
        if self.list {
            for step in steps {
                println!("{:<14} {}", step.name, step.about);
            }
            return Ok(());
        }
        sequence::run(toolbox, &steps, self.keep_going)
    }
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
