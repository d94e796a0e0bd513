//! `cargo xtask test`: every check, or some of them.

use crate::error::Error;
use crate::selection::Selection;
use crate::steps;
use crate::tools::Toolbox;

/// What `cargo xtask test` can be told.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Install system packages that are missing, such as the browser (apt-get)
    #[arg(long)]
    pub(crate) install_system: bool,
    #[command(flatten)]
    selection: Selection,
}

/// Runs the steps that are asked for.
pub(crate) fn run(mut toolbox: Toolbox, options: &Options) -> Result<(), Error> {
    options.selection.run(&mut toolbox, steps::all())
}
