//! What a storm holds for the oldest peer alone: settings that follow from its seed, and nodes that
//! stay crashed in the calm.

use crate::almighty_timing::AlmightyTiming;
use crate::deed::Deed;
use crate::dice::Dice;
use crate::fault::Draws;
use crate::name::Whom;
use crate::span::Span;

/// Who stamps, whether secrets are rotated, and now and then a cluster that never announces itself
/// again. Takes the same draws whatever comes of them.
pub(crate) fn settings(dice: &mut Dice) -> AlmightyTiming {
    let usual = AlmightyTiming::default();
    let rotation = Span::millis(50 + dice.upto(450));
    let [stamps, rotates, apart] = [3, 3, 7].map(|most| dice.upto(most) == 0);
    AlmightyTiming {
        leader_stamps: stamps,
        secret_rotation: rotates.then_some(rotation),
        reannounce_every: if apart { 0 } else { usual.reannounce_every },
        ..usual
    }
}

/// The nodes that stay as they are when it calms down, a bit each; none in every other storm, and
/// never A: somebody must be there to lead.
pub(crate) fn left_alone(dice: &mut Dice) -> u64 {
    let [some, which] = [1, u64::MAX].map(|most| dice.upto(most));
    (which * some) & !1
}

/// What is left to the oldest peer of what only one protocol knows: fewer deeds than Raft has, so
/// that they come less often.
pub(crate) fn deed(draws: Draws) -> Deed {
    match draws.on {
        _ if !draws.size.is_multiple_of(4) => draws.call,
        true => Deed::Leave(Whom::Node(draws.node)),
        false => Deed::Join(draws.any),
    }
}
