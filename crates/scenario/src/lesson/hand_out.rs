//! A lesson on paper: its questions with room for answers, and what is right at the end.

use super::document::Lesson;
use super::player::LessonPlayer;
use super::transcript::{ask, heading, paragraph, reveal};
use alloc::format;
use alloc::string::String;

impl Lesson {
    /// A page to print: what it says, its questions with boxes, and on a page of its own, after a
    /// form feed, what is right. It is played for that, from its own seed.
    #[must_use]
    pub fn hand_out(&self) -> String {
        let mut out = heading(self);
        for (number, step) in (1..).zip(&self.steps) {
            let number: u32 = number;
            out.push('\n');
            paragraph(&mut out, &format!("{number:>2}. "), &step.caption);
            if let Some(question) = &step.ask {
                ask(&mut out, question, "[ ] ");
                out.push_str("  What happened: ____________________________________________\n");
            }
        }
        out.push_str("\u{c}\nAnswers\n-------\n");
        let mut player = LessonPlayer::new(self.clone());
        for (at, step) in self.steps.iter().enumerate() {
            let Some(question) = &step.ask else { continue };
            player.go_to(at);
            player.arrive();
            out.push('\n');
            paragraph(&mut out, &format!("{:>2}. ", at + 1), &question.question);
            let right = player.mark(at).and_then(|it| it.right());
            reveal(&mut out, question, right);
        }
        out
    }
}
