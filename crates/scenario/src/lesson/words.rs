//! How long captions are.

/// The most words that a caption, a question or an answer has.
pub(super) const MOST_WORDS: usize = 18;

/// How many words there are: whatever holds a letter or a figure, between spaces.
pub(super) fn words(text: &str) -> usize {
    let between_spaces = text.split_whitespace();
    let words = between_spaces.filter(|it| it.chars().any(char::is_alphanumeric));
    words.count()
}
