//! The calls of one key while they happen.
//!
//! Until a read is answered it may find anything, and to keep every order apart that some open read
//! might tell from another takes many configurations. So the frontier stands still where the oldest
//! open read was asked for, and what came since waits. Of that, an order of the calls that are
//! answered is enough: a few configurations are kept ahead of the frontier, as long as they go on
//! explaining what clients are told, and are found anew where they do not.

use super::configurations::Steps;
use super::frontier::{Deed, Frontier};
use super::limit::Limit;
use alloc::vec::Vec;
use consensus::CallId;

/// Something that befell a call.
#[derive(Clone, Copy, Debug, Hash)]
enum Event {
    /// It was asked for; `None` for a read that is still open.
    Called(CallId, Option<Deed>),
    /// Its client was told that it is done.
    Done(CallId),
    /// It is over, and its client was not told so.
    InDoubt(CallId),
}

/// The calls of one key while they happen, each judged as soon as it is answered.
///
/// It is told what clients ask and are told in the order in which that happens. Once it has found
/// an error, it has nothing to say that means anything.
#[derive(Clone, Debug, Hash)]
pub struct Unfolding {
    /// What everything before the oldest open read leaves possible.
    frontier: Frontier,
    /// What came since: empty, or that read's call first.
    waiting: Vec<Event>,
    /// Some of what all of it leaves possible; `None` where that was not looked for.
    ahead: Option<Frontier>,
    /// The steps that looking ahead took.
    steps: Steps,
}

impl Unfolding {
    /// A key that has no value, before its first call.
    #[must_use]
    pub fn new() -> Self {
        let steps = Steps {
            taken: 0,
            most: Limit::STEPS_LIVE,
        };
        Self {
            frontier: Frontier::after(steps),
            waiting: Vec::new(),
            ahead: None,
            steps,
        }
    }

    /// A client asks for something: to write a value, or to read.
    ///
    /// # Errors
    /// Where that is beyond what is judged.
    pub fn called(&mut self, call: CallId, written: Option<u64>) -> Result<(), Limit> {
        let deed = written.map(Deed::Write);
        self.pay();
        if let (Some(ahead), Some(deed)) = (&mut self.ahead, deed) {
            ahead.called(call, deed)?;
        }
        self.add(Event::Called(call, deed))?;
        Ok(())
    }

    /// A call is over, and nobody can tell whether it took effect or will.
    ///
    /// # Errors
    /// Where that is beyond what is judged.
    pub fn in_doubt(&mut self, call: CallId) -> Result<(), Limit> {
        self.pay();
        let is_read = |it: &Event| matches!(it, Event::Called(other, None) if *other == call);
        if let Some(place) = self.waiting.iter().position(is_read) {
            self.waiting.remove(place);
        } else {
            self.wait(Event::InDoubt(call))?;
        }
        if let Some(ahead) = &mut self.ahead {
            ahead.in_doubt(call);
        }
        self.advance()?;
        Ok(())
    }

    /// A client is told that its call is done; a read found this value. False where no order
    /// explains it: from here on it is taken for the truth. Of a write `found` says nothing.
    ///
    /// # Errors
    /// Where that is beyond what is judged.
    pub fn done(&mut self, call: CallId, found: Option<u64>) -> Result<bool, Limit> {
        self.pay();
        let is_read = |it: &&mut Event| matches!(it, Event::Called(other, None) if *other == call);
        let read = self.waiting.iter_mut().find(is_read);
        let answered = read.is_some();
        if let Some(read) = read {
            *read = Event::Called(call, Some(Deed::Read(found)));
        }
        if !self.add(Event::Done(call))? {
            return Ok(false);
        }
        if self.waiting.is_empty() {
            return Ok(true);
        }
        let goes_on = match &mut self.ahead {
            Some(ahead) if answered => {
                // As if it had been asked for only now.
                ahead.called(call, Deed::Read(found))?;
                ahead.done(call)?
            }
            Some(ahead) => ahead.done(call)?,
            // A write alone is always explained.
            None => !answered,
        };
        if goes_on {
            return Ok(true);
        }
        self.look_ahead()
    }

    /// Finds out what all of it leaves possible. False where that is nothing, but for the last
    /// answer: then the reads that are still open are not judged.
    fn look_ahead(&mut self) -> Result<bool, Limit> {
        self.leave_ahead();
        self.steps.take(self.waiting.len() as u64);
        self.steps.check()?;
        let mut ahead = self.frontier.clone();
        // What was spent on looking ahead before counts as well.
        *ahead.steps_mut() = self.steps;
        let mut explained = true;
        for event in &self.waiting {
            explained &= event.befall(&mut ahead)?;
        }
        if explained {
            self.ahead = Some(ahead);
        } else {
            self.waiting.clear();
            self.steps = ahead.steps();
            *ahead.steps_mut() = self.frontier.steps();
            self.frontier = ahead;
        }
        Ok(explained)
    }

    /// Gives up what is known of all that waits.
    fn leave_ahead(&mut self) {
        if let Some(ahead) = self.ahead.take() {
            self.steps = ahead.steps();
        }
    }

    /// Something befalls a call, and pays for some steps.
    fn pay(&mut self) {
        let ahead = self.ahead.as_mut().map(Frontier::steps_mut);
        for steps in [self.frontier.steps_mut(), &mut self.steps]
            .into_iter()
            .chain(ahead)
        {
            steps.taken = steps.taken.saturating_sub(Limit::STEPS_PAID);
        }
    }

    fn wait(&mut self, event: Event) -> Result<(), Limit> {
        self.waiting.push(event);
        match self.waiting.len() > Limit::WAITING as usize {
            true => Err(Limit::Waiting),
            false => Ok(()),
        }
    }

    /// Adds what happens last, and moves on as far as it leads.
    fn add(&mut self, event: Event) -> Result<bool, Limit> {
        self.wait(event)?;
        self.advance()
    }

    /// Moves the frontier on to the oldest open read. False where no order explains an answer.
    fn advance(&mut self) -> Result<bool, Limit> {
        let is_open = |it: &Event| matches!(it, Event::Called(_, None));
        let open = self.waiting.iter().position(is_open);
        let mut explained = true;
        for event in self.waiting.drain(..open.unwrap_or(self.waiting.len())) {
            explained &= event.befall(&mut self.frontier)?;
        }
        if self.waiting.is_empty() || !explained {
            self.leave_ahead();
        }
        Ok(explained)
    }
}

impl Default for Unfolding {
    fn default() -> Self {
        Self::new()
    }
}

impl Event {
    /// Moves a frontier on. False where no order explains an answer.
    fn befall(self, frontier: &mut Frontier) -> Result<bool, Limit> {
        match self {
            Self::Called(call, Some(deed)) => frontier.called(call, deed)?,
            Self::Called(_, None) => {}
            Self::Done(call) => return frontier.done(call),
            Self::InDoubt(call) => frontier.in_doubt(call),
        }
        Ok(true)
    }
}
