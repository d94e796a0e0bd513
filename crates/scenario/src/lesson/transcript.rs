//! A lesson as plain text, for reading, searching and screen readers.

use super::deed_words::deed_words;
use super::document::Lesson;
use super::player::LessonPlayer;
use super::question::Question;
use super::step::LessonStep;
use alloc::format;
use alloc::string::String;
use core::fmt::Write;

/// How wide a line is at most, where its words allow it.
const WIDTH: usize = 78;

impl Lesson {
    /// All that it says, in order, with what the engine then did; with `notes`, what a speaker may
    /// add. It is played for that, from its own seed.
    #[must_use]
    pub fn transcript(&self, notes: bool) -> String {
        let mut player = LessonPlayer::new(self.clone());
        let mut out = heading(self);
        for (at, step) in self.steps.iter().enumerate() {
            player.go_to(at);
            player.arrive();
            let mark = player.mark(at);
            let when = mark.map(|it| format!(" [{}]", it.end));
            let caption = format!("{}. {}{}", at + 1, step.caption, when.unwrap_or_default());
            out.push('\n');
            paragraph(&mut out, "", &caption);
            tell(&mut out, step, notes);
            if let Some(question) = &step.ask {
                ask(&mut out, question, "  ");
                reveal(&mut out, question, mark.and_then(|it| it.right()));
            }
        }
        out
    }
}

/// A lesson's title and what it is about.
pub(super) fn heading(lesson: &Lesson) -> String {
    let line = "=".repeat(lesson.title.chars().count());
    let mut out = format!("{}\n{line}\n\n", lesson.title);
    paragraph(&mut out, "", &lesson.about);
    out
}

fn tell(out: &mut String, step: &LessonStep, notes: bool) {
    for deed in &step.deeds {
        paragraph(out, "  > ", &deed_words(deed));
    }
    if !step.deeper.is_empty() {
        paragraph(out, "  ", &step.deeper);
    }
    if notes && !step.notes.is_empty() {
        paragraph(out, "  Notes: ", &step.notes);
    }
}

/// A question and its answers, each behind `mark`.
pub(super) fn ask(out: &mut String, question: &Question, mark: &str) {
    paragraph(out, "  ? ", &question.question);
    for (number, answer) in (1..).zip(&question.answers) {
        let number: u32 = number;
        paragraph(out, &format!("  {mark}{number}. "), &answer.text);
    }
}

/// Which answer was right, and what each has to be told.
pub(super) fn reveal(out: &mut String, question: &Question, right: Option<usize>) {
    for (number, answer) in (1..).zip(&question.answers) {
        let verdict = if right == Some(number) { "Right" } else { "No" };
        paragraph(out, &format!("  {verdict}, {number}: "), &answer.feedback);
    }
}

/// Lines of at most [`WIDTH`], the first behind `first`, the others as far in.
pub(super) fn paragraph(out: &mut String, first: &str, text: &str) {
    let indent = first.chars().count();
    out.push_str(first);
    let mut column = indent;
    let mut begun = false;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if begun && column + 1 + length > WIDTH {
            // Writing to a string cannot fail.
            let _ = write!(out, "\n{:indent$}", "");
            column = indent;
        } else if begun {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
        begun = true;
    }
    out.push('\n');
}
