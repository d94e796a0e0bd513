//! The rows of the requirements, as their document's tables hold them.

/// The families of rows: Raft, Almighty, WaterCraft, faults, the playground.
const FAMILIES: [char; 5] = ['R', 'A', 'W', 'F', 'P'];
/// Those that a person can see happen: the protocols and the faults.
const SEEN: [char; 4] = ['R', 'A', 'W', 'F'];

/// How many letters of a row are printed at most.
const SHORT: usize = 72;

/// One row.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Such as `A12`.
    pub(super) id: String,
    text: String,
}

impl Row {
    /// Whether a person can see it happen.
    pub(super) fn is_seen(&self) -> bool {
        self.id.starts_with(SEEN)
    }

    /// How it begins: as many words of it as a line holds.
    pub(super) fn short(&self) -> String {
        let mut short = String::new();
        for word in self.text.split(' ') {
            if short.chars().count() + word.chars().count() > SHORT {
                return short + " …";
            }
            if !short.is_empty() {
                short.push(' ');
            }
            short.push_str(word);
        }
        short
    }
}

/// Every row of the document's tables, in order.
pub(super) fn read(document: &str) -> Vec<Row> {
    let row = |line: &str| {
        let (id, text) = line.strip_prefix("| ")?.split_once(" | ")?;
        is_id(id).then(|| Row {
            id: id.to_owned(),
            text: text.trim_end_matches([' ', '|']).to_owned(),
        })
    };
    document.lines().filter_map(row).collect()
}

/// Whether a word could name a row.
pub(super) fn is_id(word: &str) -> bool {
    let mut letters = word.chars();
    let family = letters.next().is_some_and(|it| FAMILIES.contains(&it));
    let number = letters.as_str();
    family && (1..=2).contains(&number.len()) && number.chars().all(|it| it.is_ascii_digit())
}
