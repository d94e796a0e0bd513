//! What broke in a run, in sentences.

use scenario::{Report, Scenario};

/// Every sentence; none where all holds.
pub(crate) fn sentences(scenario: &Scenario, report: &Report) -> Vec<String> {
    if let Some(violation) = &report.violation {
        // Whatever was expected later cannot come true any more.
        return vec![violation.sentence()];
    }
    let failed = report.verdicts.iter().filter_map(|verdict| {
        let found = verdict.found.as_ref().err()?;
        let that = &scenario.expect.get(verdict.place)?.that;
        let that = serde_json::to_string(that).unwrap_or_default();
        Some(format!("{that} at {}: {found}", verdict.at))
    });
    failed.collect()
}
