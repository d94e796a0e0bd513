//! Seeds as people write them: decimal where small, hexadecimal otherwise.

/// Up to here a seed is shown in decimal.
const SMALL: u64 = 999_999;

/// Reads a seed: `0x` or any of `a` to `f` makes it hexadecimal.
pub(crate) fn parse(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let (digits, radix) = match lower.strip_prefix("0x") {
        Some(digits) => (digits, 16),
        None if lower.bytes().all(|b| b.is_ascii_digit()) => (lower.as_str(), 10),
        None => (lower.as_str(), 16),
    };
    if digits.is_empty() {
        return Err("Write a number, such as 7 or 79c914fb.".to_string());
    }
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(format!(
            "“{text}” is not a number: use 0–9 and a–f, such as 79c914fb."
        ));
    }
    u64::from_str_radix(digits, radix)
        .map_err(|_| "That is too large: at most 16 hexadecimal digits.".to_string())
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
