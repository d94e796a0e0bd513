//! Seeds as people write them: decimal where small, hexadecimal otherwise.

use crate::text;

/// Up to here a seed is shown in decimal.
const SMALL: u64 = 999_999;

/// Reads a seed: `0x` or any of `a` to `f` makes it hexadecimal.
pub(crate) fn parse(typed: &str) -> Result<u64, String> {
    let typed = typed.trim();
    let lower = typed.to_ascii_lowercase();
    let (digits, radix) = match lower.strip_prefix("0x") {
        Some(digits) => (digits, 16),
        None if lower.bytes().all(|b| b.is_ascii_digit()) => (lower.as_str(), 10),
        None => (lower.as_str(), 16),
    };
    if digits.is_empty() {
        return Err(text::SEED_MISSING.to_string());
    }
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(text::seed_is_no_number(typed));
    }
    u64::from_str_radix(digits, radix).map_err(|_| text::SEED_TOO_LARGE.to_string())
}

/// Writes a seed so that [`parse`] reads it back.
pub(crate) fn show(seed: u64) -> String {
    if seed <= SMALL {
        return seed.to_string();
    }
    let text = format!("{seed:08x}");
    if text.bytes().all(|b| b.is_ascii_digit()) {
        format!("0x{text}")
    } else {
        text
    }
}

/// A seed from the browser's own randomness; `None` where it has none to give.
pub(crate) fn fresh() -> Option<u64> {
    #[cfg(target_arch = "wasm32")]
    return getrandom::u32().ok().map(u64::from);
    #[cfg(not(target_arch = "wasm32"))]
    None
}
