//! The same for lesson files.

use crate::damage::{damaged_files, misshapen_files};
use crate::{cases, try_to};
use proptest::prelude::*;
use proptest::sample::Index;
use scenario::lesson::{Lesson, LessonPlayer, LessonProgress};

/// Lessons of one protocol and of two, with every kind of field.
const LESSONS: [&str; 4] = [
    include_str!("../../../../web/lessons/03-replicating-a-log.json"),
    include_str!("../../../../web/lessons/05-rough-water.json"),
    include_str!("../../../../web/lessons/10-watercraft.json"),
    include_str!("../../../../web/lessons/11-which-rule-when.json"),
];
/// In so many slices, of so many events each, a lesson is played.
const SLICES: u32 = 40;
const EVENTS: u64 = 50;

fn shipped(index: &Index) -> &'static str {
    LESSONS[index.index(LESSONS.len())]
}

/// Plays it for a while, forward and back; whether it came to its second step.
fn play(lesson: &Lesson) -> bool {
    let mut player = LessonPlayer::new(lesson.clone());
    for slice in 0..SLICES {
        if player.go_on(EVENTS) == LessonProgress::There {
            player.show_end();
            player.go_to(player.step() + 1);
        }
        if slice % 8 == 7 {
            player.back();
        }
    }
    let _ = (player.digests(), player.sandbox().at());
    player.mark(1).is_some()
}

#[test]
fn bytes_by_chance_are_no_lesson() {
    let bytes = prop::collection::vec(any::<u8>(), 0..2_000);
    let files = bytes.prop_map(|it| String::from_utf8_lossy(&it).into_owned());
    assert_eq!(try_to(files, Lesson::parse, play).0, 0);
}

#[test]
fn damaged_lessons_are_refused_or_played() {
    let (read, ran) = try_to(damaged_files(shipped), Lesson::parse, play);
    assert!(read < cases() / 2 && ran > 0, "{read} {ran}");
}

#[test]
fn misshapen_lessons_are_refused_or_played() {
    let (read, ran) = try_to(misshapen_files(shipped), Lesson::parse, play);
    assert!(read < cases() && ran > cases() / 20, "{read} {ran}");
}
