//! A message: its menu, and what is in it.

use consensus::Micros;
use scenario::simulator::Fate;

// What can be done to a message.
pub(crate) const HOLD: [&str; 2] = ["Hold", "it stands on its wire"];
pub(crate) const RELEASE: [&str; 2] = ["Release", "it goes on"];
pub(crate) const DROP: [&str; 2] = ["Drop", "it falls off its wire"];
pub(crate) const CORRUPT: [&str; 2] = ["Corrupt", "bits of it are flipped"];
pub(crate) const DELAY_MORE: [&str; 2] = ["Delay", "it arrives later"];
pub(crate) const PLAY_ONE_SIDE: &str = "Play one side alone";
pub(crate) const MESSAGE_ON_TWO_SIDES: &str = "Whatever is done here is done on both sides, and the \
    other side does not have this message. Play one side alone to do something to it.";

pub(crate) fn client(number: u32) -> String {
    format!("client {}", number + 1)
}

pub(crate) fn message(kind: &str, from: &str, to: &str) -> String {
    let mut letters = kind.chars();
    let first = letters.next().map(|it| it.to_ascii_uppercase());
    let kind: String = first.into_iter().chain(letters).collect();
    format!("{kind}, {from} to {to}")
}

pub(crate) fn later_by(span: Micros) -> String {
    format!("{} ms", span.0 / 1_000)
}

/// What becomes of a message as things stand.
pub(crate) fn fate(fate: Fate, damaged: bool, due: Micros) -> String {
    match fate {
        Fate::Held(_) => "It stands on its wire until it is released.".to_string(),
        Fate::Arrives if damaged => format!("It arrives damaged at {due}, and is refused."),
        Fate::Arrives => format!("It arrives at {due}."),
        Fate::Cut(_) => "It falls into the cut.".to_string(),
        Fate::Lost(_) => "It is lost on its way.".to_string(),
        _ => "It does not arrive.".to_string(),
    }
}

// A message.
pub(crate) const SAYS: &str = "What it says";
pub(crate) const UNDER_WAY: &str = "On its way";
pub(crate) const MESSAGE_ITEMS: [[&str; 2]; 5] = [
    ["number", "Its place in the order of sending."],
    ["sent", "When it was sent."],
    ["due", "When it arrives, or would have."],
    ["size", "How long it is on the wire."],
    ["double", "Which message it doubles."],
];
pub(crate) const NOT_SENT_YET: &str = "It is not sent yet.";
pub(crate) const NO_LONGER_THERE: &str = "It is not on its way any more.";

pub(crate) fn arrived(at: Micros) -> String {
    format!("It arrived at {at}.")
}

pub(crate) fn bytes(count: u32) -> String {
    format!("{count} bytes")
}

pub(crate) fn of_message(number: u64) -> String {
    format!("of message {number}")
}
