//! Panics: what a swarm is there to find, not what ends it.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Does it; where it panics, gives what it said.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        format!("it panicked: {}", text.unwrap_or("it did not say why"))
    })
}

#[cfg(test)]
mod tests {
    use super::caught;

    #[test]
    fn a_panic_says_why() {
        assert_eq!(caught(|| 7), Ok(7));
        let told =
            |what: u32| caught(|| assert_eq!(what, 1, "{what} is not 1")).expect_err("it panics");
        assert!(told(2).contains("2 is not 1"), "{}", told(2));
        let plain = caught(|| panic!("no more")).unwrap_err();
        assert_eq!(plain, "it panicked: no more");
    }
}
