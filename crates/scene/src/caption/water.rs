//! How the water is, in words: what a link does to the messages on it.

use alloc::format;
use alloc::string::{String, ToString};
use simulator::{LinkChange, Links, PerMillion, SpanRange};

/// A share of messages in whole percent, as people say it.
#[must_use]
pub fn percent(share: PerMillion) -> String {
    match share.0 {
        0 => "none".to_string(),
        1..10_000 => "under 1%".to_string(),
        share => format!("{}%", share / 10_000),
    }
}

/// A range of delays in milliseconds, as people say it.
#[must_use]
pub fn delay_words(range: SpanRange) -> String {
    let [least, most] = [range.least, range.most].map(|span| (span.0 + 500) / 1_000);
    if least == most {
        format!("{least} ms")
    } else {
        format!("{least} to {most} ms")
    }
}

/// What links do from now on, as a clause without its full stop.
#[must_use]
pub fn link_words(links: Links, change: &LinkChange) -> String {
    let whose = whose(links);
    let share = |share: PerMillion, one: &str, many: &str| {
        if share.0 == 0 {
            format!("no message{whose} {one}")
        } else {
            format!("{} of messages{whose} {many}", percent(share))
        }
    };
    match change {
        LinkChange::Delay(range) => format!("messages{whose} take {}", delay_words(*range)),
        LinkChange::Spread(_) => format!("delays{whose} are spread in another way"),
        LinkChange::Loss(it) => share(*it, "is lost", "are lost"),
        LinkChange::Duplication(it) => share(*it, "arrives twice", "arrive twice"),
        LinkChange::Reordering(it) => share(*it, "is overtaken", "are overtaken"),
        LinkChange::Corruption(it) => share(*it, "is damaged", "are damaged"),
        LinkChange::Capacity(0) => format!("any number of messages{whose} fits on a wire"),
        LinkChange::Capacity(most) => format!("{most} messages{whose} fit on a wire"),
        LinkChange::Clogged(true) => format!("messages{whose} stand still on their wires"),
        LinkChange::Clogged(false) => format!("messages{whose} flow again"),
    }
}

fn whose(links: Links) -> String {
    let mut words = String::new();
    for (word, node) in [(" from ", links.from), (" to ", links.to)] {
        if let Some(node) = node {
            words.push_str(word);
            words.push_str(&node.to_string());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use consensus::NodeId;

    #[test]
    fn a_share_is_told_with_its_links() {
        let loss = |links, share| link_words(links, &LinkChange::Loss(PerMillion(share)));
        assert_eq!(loss(Links::ALL, 0), "no message is lost");
        assert_eq!(loss(Links::ALL, 9_999), "under 1% of messages are lost");
        let one = Links::one(NodeId(0), NodeId(1));
        assert_eq!(loss(one, 200_000), "20% of messages from A to B are lost");
    }

    #[test]
    fn a_delay_is_told_in_milliseconds() {
        assert_eq!(delay_words(SpanRange::millis(15, 25)), "15 to 25 ms");
        assert_eq!(delay_words(SpanRange::millis(20, 20)), "20 ms");
    }
}
