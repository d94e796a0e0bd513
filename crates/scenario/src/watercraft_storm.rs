//! What a storm holds for WaterCraft alone: settings that follow from its seed.

use crate::dice::Dice;
use crate::watercraft_timing::WatercraftTiming;
use consensus::watercraft::ReportKind;

/// What calls report, and now and then hosts that never call whom they do not list. Takes the same
/// draws whatever comes of them.
pub(crate) fn settings(dice: &mut Dice) -> WatercraftTiming {
    let usual = WatercraftTiming::default();
    let [counts, apart] = [3, 7].map(|most| dice.upto(most) == 0);
    WatercraftTiming {
        report: match counts {
            true => ReportKind::Count,
            false => ReportKind::Version,
        },
        host_call_every: if apart { 0 } else { usual.host_call_every },
        ..usual
    }
}
