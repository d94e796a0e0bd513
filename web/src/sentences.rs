//! What just happened, in words: in a chunk, with those of all rules, for a run plays without them.

use crate::chunk::chunk;
use crate::protocol;
use consensus::Micros;
use scenario::Side;
use scenario::simulator::{Happening, View};
use scene::caption::{Caption, choose, node_fill};

/// The caption of a side at a moment, of its story and of what can be seen.
pub(crate) type Sentences = fn(&Side, &mut [Happening], &View, Micros) -> Caption;

chunk! {
    /// Fetches the sentences.
    sentences: Sentences = caption;
}

fn caption(side: &Side, story: &mut [Happening], view: &View, at: Micros) -> Caption {
    let protocol = side.protocol();
    protocol.put_words_into(story);
    let fill = |node| node_fill(view, node);
    choose(story, at, protocol::beginning(protocol), &fill)
}
