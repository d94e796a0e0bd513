//! Guided lessons as data: steps that play the real engine until something happens.
//!
//! A [`Lesson`] is a JSON file, read as strictly as a scenario. A [`LessonPlayer`] walks through it,
//! forward, back and by jumps; each step always shows the same state.
//!
#![doc = include_str!("../../LESSONS.md")]

mod check;
mod deed_words;
mod document;
mod frontier;
mod hand_out;
mod highlight;
mod mark;
mod player;
mod question;
mod step;
mod transcript;
mod validate;
mod validate_step;
mod words;

pub use check::{Complaint, LessonReport};
pub use document::{Lesson, Seeds};
pub use highlight::Highlight;
pub use mark::Mark;
pub use player::{LessonPlayer, LessonProgress};
pub use question::{Answer, Question};
pub use step::{Claim, LessonStep};
