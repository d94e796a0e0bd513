//! The page as a whole, and the seed.

// The pages.
pub(crate) const PAGES: &str = "Pages";
pub(crate) const PLAY_PAGE: &str = "Play";
pub(crate) const PLAY_TITLE: &str = "Play with a cluster";
pub(crate) const COMPARE_PAGE: &str = "Compare";
pub(crate) const COMPARE_TITLE: &str = "Two protocols in the same rough water";
pub(crate) const SCENARIO: &str = "Scenario";
pub(crate) const NO_SUCH_SCENARIO: &str = "There is no such scenario.";
pub(crate) const NO_HOST: &str = "The page has no element with the id “whitewater”.";
pub(crate) const UNKNOWN_TROUBLE: &str = "something unknown";
pub(crate) const THEME: &str = "Switch between light and dark";
pub(crate) const CLOSE: &str = "Close";
pub(crate) const ON_ITS_WAY: &str = "On its way…";
pub(crate) const NOT_FETCHED: &str = "This part of the page could not be fetched.";
pub(crate) const TRY_AGAIN: &str = "Try again";

// The seed.
pub(crate) const SEED: &str = "seed";
pub(crate) const SEED_HINT: &str =
    "A number, decimal or hexadecimal; Enter plays it from the start";
pub(crate) const NEW_SEED: &str = "New seed";
pub(crate) const NO_RANDOMNESS: &str = "This browser has no randomness to give: type a seed.";
pub(crate) const SEED_MISSING: &str = "Write a number, such as 7 or 79c914fb.";
pub(crate) const SEED_TOO_LARGE: &str = "That is too large: at most 16 hexadecimal digits.";

pub(crate) fn seed_is_no_number(typed: &str) -> String {
    format!("“{typed}” is not a number: use 0–9 and a–f, such as 79c914fb.")
}
