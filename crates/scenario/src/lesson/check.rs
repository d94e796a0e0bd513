//! Playing a lesson without a page, to see whether it tells what it says.

use super::document::{Lesson, Seeds};
use super::mark::Mark;
use super::player::LessonPlayer;
use super::step::LessonStep;
use super::words::words;
use crate::document::ProtocolName;
use crate::error::ScenarioError;
use crate::validate::placed;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use consensus::Micros;

/// Something that a lesson says and the engine does not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Under which seed it was found first.
    pub seed: u64,
    /// Where in the file, what is wrong, and what to do about it.
    pub fault: ScenarioError,
}

/// What came of playing a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonReport {
    /// The lesson's title.
    pub title: String,
    /// What it is played under.
    pub protocols: Vec<ProtocolName>,
    /// From which seeds it was played, its own first.
    pub seeds: Vec<u64>,
    /// How many words each caption has.
    pub caption_words: Vec<usize>,
    /// How many questions it asks.
    pub questions: usize,
    /// How long it takes in the time of the run, from its own seed.
    pub length: Micros,
    /// What is wrong, each thing once.
    pub complaints: Vec<Complaint>,
}

impl LessonReport {
    /// Whether all is as the lesson says.
    #[must_use]
    pub const fn holds(&self) -> bool {
        self.complaints.is_empty()
    }

    /// The median of the captions' words; the greater one of the two in the middle.
    #[must_use]
    pub fn median_words(&self) -> usize {
        let mut sorted = self.caption_words.clone();
        sorted.sort_unstable();
        sorted.get(sorted.len() / 2).copied().unwrap_or(0)
    }

    /// The words of the longest caption.
    #[must_use]
    pub fn most_words(&self) -> usize {
        self.caption_words.iter().copied().max().unwrap_or(0)
    }
}

impl Lesson {
    /// Reads a lesson and plays it, forward, back and forward again; from so many `other_seeds`
    /// too, unless it says that it is told by its own.
    ///
    /// # Errors
    /// Whatever keeps it from being played.
    pub fn check(text: &str, other_seeds: u32) -> Result<LessonReport, ScenarioError> {
        let lesson = Self::parse(text)?;
        let own = lesson.scenario.seed;
        let others = match lesson.seeds {
            Seeds::Any => u64::from(other_seeds),
            Seeds::Fixed => 0,
        };
        let seeds: Vec<u64> = (0..=others).map(|it| own.wrapping_add(it)).collect();
        let captions = lesson.steps.iter().map(|it| words(&it.caption));
        let mut report = LessonReport {
            title: lesson.title.clone(),
            protocols: lesson.protocols.clone(),
            caption_words: captions.collect(),
            questions: lesson.steps.iter().filter(|it| it.ask.is_some()).count(),
            length: Micros::ZERO,
            complaints: Vec::new(),
            seeds,
        };
        for seed in report.seeds.clone() {
            let mut player = LessonPlayer::from_seed(lesson.clone(), seed);
            let faults = faults(&mut player);
            if seed == own {
                report.length = player.run().reached();
            }
            for (field, problem) in faults {
                let known = report.complaints.iter();
                if known.clone().all(|it| it.fault.field != field) {
                    let fault = placed(text, (field, problem));
                    report.complaints.push(Complaint { seed, fault });
                }
            }
        }
        Ok(report)
    }
}

/// What is wrong when it is played from this seed: fields and problems.
fn faults(player: &mut LessonPlayer) -> Vec<(String, String)> {
    let steps = player.lesson().steps.clone();
    let mut faults = Vec::new();
    let mut shown = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        shown.push(look(player, at));
        if let Some(mark) = player.mark(at) {
            let found = step_faults(step, mark).into_iter();
            faults.extend(found.map(|(field, it)| (format!("steps[{at}].{field}"), it)));
        }
        let mut sides = player.run().sides().iter();
        let broken = sides.find_map(|it| it.playback().engine().violation());
        if let Some(broken) = broken {
            let problem = format!("{}; the run stands still from there on", broken.sentence());
            faults.push((format!("steps[{at}]"), problem));
            return faults;
        }
    }
    let order = (0..steps.len()).rev().chain(0..steps.len());
    for at in order {
        if Some(&look(player, at)) != shown.get(at) {
            let problem = "come to again, it shows another state; the engine is at fault";
            faults.push((format!("steps[{at}]"), problem.to_string()));
        }
    }
    faults
}

/// What a step shows at its beginning and at its end.
fn look(player: &mut LessonPlayer, step: usize) -> [Vec<u64>; 2] {
    player.go_to(step);
    player.arrive();
    let begin = player.digests();
    player.show_end();
    [begin, player.digests()]
}

fn step_faults(step: &LessonStep, mark: &Mark) -> Vec<(&'static str, String)> {
    let mut faults = Vec::new();
    if mark.at_once {
        let problem = "it holds the moment the step is entered, so nothing would be seen; wait for what is still to come";
        faults.push(("gate", problem.to_string()));
    }
    if let Some(instead) = &mark.late {
        let within = step.longest();
        let problem = format!("it did not hold within {within}: {instead}");
        faults.push(("gate", problem));
    }
    if let Some(question) = &step.ask
        && mark.right() != Some(question.right)
    {
        let problem = format!(
            "answer {} ought to be the only right one; after {} these are: {}",
            question.right,
            mark.end.since(mark.begin),
            right_ones(mark)
        );
        faults.push(("ask.right", problem));
    }
    faults
}

fn right_ones(mark: &Mark) -> String {
    let numbered = (1..).zip(&mark.truths).filter(|(_, truth)| **truth);
    let right: Vec<String> = numbered
        .map(|(number, _): (u32, _)| number.to_string())
        .collect();
    if right.is_empty() {
        return "none".to_string();
    }
    right.join(", ")
}
