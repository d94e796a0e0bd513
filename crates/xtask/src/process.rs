//! Starting other programs: what runs is shown, and what it prints streams straight through.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::Error;

/// Shows the command, runs it with its output streaming through, and wants it to succeed.
pub(crate) fn run(command: &mut Command) -> Result<(), Error> {
    let shown = describe(command);
    println!("$ {shown}");
    let status = command.status().map_err(|source| Error::Start {
        command: shown.clone(),
        source,
    })?;
    if status.success() {
        Ok(())
    } else {
        Err(Error::Failed {
            command: shown,
            status,
        })
    }
}

/// Shows the command, runs it with its errors streaming through, and returns what it prints; wants
/// it to succeed.
pub(crate) fn output(command: &mut Command) -> Result<String, Error> {
    let shown = describe(command);
    println!("$ {shown}");
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|source| Error::Start {
            command: shown.clone(),
            source,
        })?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(Error::Failed {
            command: shown,
            status: output.status,
        })
    }
}

/// What the command prints, when it runs and succeeds; nothing of it is shown.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    if !output.status.success() {
        return None;
    }
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The command as one would type it, with the variables that are set for it.
pub(crate) fn describe(command: &Command) -> String {
    let variables = command.get_envs().filter_map(|(name, value)| {
        // The search path is long, and only made to find what a person has on theirs.
        let value = value.filter(|_| name != "PATH")?;
        Some(format!("{}={}", name.display(), quote(value)))
    });
    let program = Path::new(command.get_program());
    let program = program.file_name().unwrap_or(program.as_os_str());
    let arguments = command.get_args().map(quote);
    variables
        .chain([quote(program)])
        .chain(arguments)
        .collect::<Vec<_>>()
        .join(" ")
}

fn quote(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    if word.is_empty() || word.contains(|c: char| c.is_whitespace() || "'\"$&|;<>()*".contains(c)) {
        format!("'{}'", word.replace('\'', r"'\''"))
    } else {
        word.into_owned()
    }
}

/// Finds a program on the search path.
pub(crate) fn find_on_path(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::describe;

    #[test]
    fn a_command_is_described_as_one_would_type_it() {
        let mut command = Command::new("/somewhere/bin/cargo");
        command
            .args(["test", "--", "two words"])
            .env("SEEDS", "7")
            .env("PATH", "/long");
        assert_eq!(describe(&command), "SEEDS=7 cargo test -- 'two words'");
    }
}
