//! What is checked.

pub(crate) const IS_BROKEN: &str = " is broken";
pub(crate) const WAITS: &str = " waits for a whole and quiet network";
pub(crate) const FOR_WHOLE_NETWORK: &str = " for a whole network";
pub(crate) const EVENT: &str = "Event ";
pub(crate) const DIGEST: &str = " · digest ";
pub(crate) const STATE: &str = "State ";
pub(crate) const EQUAL_DIGESTS: &str = "Equal digests mean equal runs, on every machine.";

pub(crate) fn checked_on(protocol: &str) -> String {
    format!("What is checked on {protocol}")
}

pub(crate) fn checks_hold(count: usize) -> String {
    match count {
        1 => "1 check holds".to_string(),
        _ => format!("{count} checks hold"),
    }
}

pub(crate) fn checks_wait(count: usize) -> String {
    match count {
        1 => "1 check waits".to_string(),
        _ => format!("{count} checks wait"),
    }
}

pub(crate) fn not_promised(count: &str) -> String {
    format!(" is not promised; broken {count} times")
}

pub(crate) fn undecided(keys: &str) -> String {
    format!(" is not judged to the end for {keys} of the keys")
}
