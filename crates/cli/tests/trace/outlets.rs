//! Where a trace goes: a file, standard output, and what cannot take it.

use crate::run::runs;
use std::process::{Command, Output, Stdio};

fn traced_to(outlet: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_whitewater"));
    command.args(["run", "--storm", "2", "--trace", outlet]);
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[track_caller]
fn cut_short(out: &Output) {
    let error = text(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{error}");
    assert!(error.contains("cut short after"), "{error}");
    assert!(!error.contains("panicked"), "{error}");
}

#[test]
fn standard_output_takes_the_trace_alone() {
    let out = traced_to("-").output().expect("the program runs");
    assert_eq!(runs(&text(&out.stdout), 0).len(), 3);
    assert!(text(&out.stderr).contains("Storm 2 under raft"));
}

#[test]
fn a_closed_pipe_is_an_error_that_says_so() {
    let mut command = traced_to("-");
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    drop(child.stdout.take());
    cut_short(&child.wait_with_output().expect("it ends"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_that_says_so() {
    cut_short(&traced_to("/dev/full").output().expect("the program runs"));
}
