//! The loop: one plain object that owns the run, its stages and one `requestAnimationFrame`.
//!
//! Yew hears of it through snapshots, at most ten a second; nothing loops while the run is paused, or
//! the page out of sight.

mod carry;
mod watch;

use crate::announcer::Announcer;
use crate::beginning::beginning;
use crate::captions::Captions;
use crate::chunks::Chunks;
use crate::command::Command;
use crate::face::{Face, Moment};
use crate::inspect::Inspector;
use crate::journey::Journey;
use crate::mount;
use crate::pace::{Advance, Pace};
use crate::protocol;
use crate::sight::Sight;
use crate::snapshot::Snapshot;
use crate::story;
use crate::views::Watch;
use consensus::Micros;
use gloo_events::EventListener;
use scenario::Run;
use scenario::simulator::Flight;
use scene::Point;
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{ResizeObserver, Window};

/// The least time between two snapshots, in milliseconds.
const TELL_EVERY: f64 = 100.0;

/// The loop's handle; dropping it ends the loop.
pub(crate) struct Animation {
    inner: Rc<RefCell<Inner>>,
    observer: Option<ResizeObserver>,
    _resized: Closure<dyn FnMut()>,
    _motion: Option<EventListener>,
    _sight: Option<Sight>,
}

struct Inner {
    run: Run,
    faces: Vec<Face>,
    pace: Pace,
    captions: Captions,
    chunks: Chunks,
    announcer: Announcer,
    journey: Journey,
    /// Whether all of the page lies beside the screen: then time stands.
    away: bool,
    tell: Rc<dyn Fn(Snapshot)>,
    told: f64,
    stale: bool,
    /// What the next frame tells.
    news: Option<Snapshot>,
    broken: bool,
    inspector: Inspector,
    watch: Watch,
    /// Whether the stages say that they are still.
    still: bool,
    /// The frame that is to come.
    asked: Option<i32>,
    tick: Option<Closure<dyn FnMut(f64)>>,
}

impl Animation {
    /// A loop that plays `run`, each side on a stage of its own, and tells what is worth telling.
    pub(crate) fn new(
        run: Run,
        faces: Vec<Face>,
        pace: Pace,
        chunks: Chunks,
        tell: Rc<dyn Fn(Snapshot)>,
    ) -> Self {
        let inner = Rc::new(RefCell::new(Inner {
            run,
            faces,
            pace,
            captions: Captions::default(),
            chunks,
            announcer: Announcer::default(),
            journey: Journey::default(),
            away: false,
            tell,
            told: 0.0,
            stale: true,
            news: None,
            broken: false,
            inspector: Inspector::default(),
            watch: Watch::default(),
            still: false,
            asked: None,
            tick: None,
        }));
        let weak = Rc::downgrade(&inner);
        inner.borrow_mut().tick = Some(Closure::new(move |now| Inner::frame(&weak, now)));
        let weak = Rc::downgrade(&inner);
        let resized = Closure::new(move || {
            if let Some(inner) = weak.upgrade() {
                inner.borrow_mut().resize();
            }
        });
        let observer = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            for face in &inner.borrow().faces {
                observer.observe(face.room());
            }
        }
        let motion = watch::motion(&inner);
        let sight = watch::sight(&inner);
        inner.borrow_mut().begin();
        Self {
            inner,
            observer,
            _resized: resized,
            _motion: motion,
            _sight: sight,
        }
    }

    /// Carries out a person's wish.
    pub(crate) fn command(&self, command: Command) {
        let mut inner = self.inner.borrow_mut();
        inner.command(command);
        inner.news();
    }

    /// Tells of the run anew, now that more is here to tell of it.
    pub(crate) fn refresh(&self) {
        self.inner.borrow_mut().news();
    }

    /// Looks at the run.
    pub(crate) fn of_run<T>(&self, look: impl FnOnce(&Run) -> T) -> T {
        look(&self.inner.borrow().run)
    }

    /// The message of a side that somebody points at.
    pub(crate) fn message_at(&self, side: usize, point: Point) -> Option<u64> {
        self.inner.borrow().faces.get(side)?.message_at(point)
    }

    /// A message of a side.
    pub(crate) fn flight(&self, side: usize, number: u64) -> Option<Flight> {
        let inner = self.inner.borrow();
        inner
            .run
            .sides()
            .get(side)?
            .playback()
            .engine()
            .flight(number)
    }

    /// Looks at the run as it stands.
    pub(crate) fn look<T>(&self, see: impl FnOnce(&Run) -> T) -> T {
        see(&self.inner.borrow().run)
    }

    /// Plays another run from its start, on the same stages.
    pub(crate) fn replace(&self, run: Run) {
        let mut inner = self.inner.borrow_mut();
        inner.run = run;
        inner.news = None;
        inner.broken = false;
        inner.captions = Captions::default();
        inner.journey = Journey::default();
        inner.faces.iter_mut().for_each(Face::forget);
        inner.inspector.forget();
        inner.watch.forget();
        inner.mark();
        inner.begin();
    }
}

impl Drop for Animation {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
        self.inner.borrow_mut().rest();
    }
}

fn window() -> Option<Window> {
    web_sys::window()
}

impl Inner {
    /// One frame. Yew is told after the borrow has ended, for it may answer with a command.
    fn frame(weak: &Weak<RefCell<Self>>, now: f64) {
        let Some(inner) = weak.upgrade() else { return };
        let mut this = inner.borrow_mut();
        this.asked = None;
        let passed = this.advance(now);
        this.travel();
        let in_place = this.paint(passed, now);
        let fresh = this.snapshot(now);
        let runs = this.pace.runs();
        // While time runs, taking news and drawing it share no frame: each leaves room for the other.
        let news = if runs {
            core::mem::replace(&mut this.news, fresh)
        } else {
            fresh.or(this.news.take())
        };
        if runs || this.stale || this.journey.goes_on() || !in_place {
            this.wake();
        } else {
            this.pace.rest();
            this.show_still(true);
        }
        let tell = this.tell.clone();
        drop(this);
        if let Some(news) = news {
            tell(news);
        }
    }

    /// What plays begins where something moves soon.
    fn begin(&mut self) {
        if self.pace.runs() && !self.pace.stepping {
            self.run.seek(beginning(&self.run));
        }
        self.news();
    }

    /// Asks for a frame, unless one is coming.
    fn wake(&mut self) {
        if self.asked.is_some() || self.away {
            return;
        }
        self.show_still(false);
        if let (Some(tick), Some(window)) = (&self.tick, window()) {
            self.asked = window
                .request_animation_frame(tick.as_ref().unchecked_ref())
                .ok();
        }
    }

    /// Lets the stages say whether all is drawn and told, and stays so until somebody acts.
    fn show_still(&mut self, still: bool) {
        if core::mem::replace(&mut self.still, still) != still {
            for face in &self.faces {
                face.show_still(still);
            }
        }
    }

    /// Something changed that the next frame shows and tells at once.
    fn news(&mut self) {
        self.stale = true;
        self.told = f64::MIN;
        self.wake();
    }

    /// A stage, or after the last of them the page, came into sight or went out of it.
    fn sight(&mut self, place: usize, seen: bool) {
        match self.faces.get_mut(place) {
            Some(face) => face.seen = seen,
            None => self.away = !seen,
        }
        if self.away {
            self.rest();
        } else if seen {
            self.wake();
        }
    }

    /// Lets no frame come.
    fn rest(&mut self) {
        self.pace.rest();
        if let (Some(frame), Some(window)) = (self.asked.take(), window()) {
            let _ = window.cancel_animation_frame(frame);
        }
    }

    fn resize(&mut self) {
        let mut changed = false;
        for face in &mut self.faces {
            changed |= face.measure();
        }
        // What has room on the timeline changes too.
        if changed {
            self.news();
        }
    }

    /// Lets time pass; returns the real milliseconds since the last frame.
    fn advance(&mut self, now: f64) -> f64 {
        let (passed, advance) = self.pace.frame(now);
        match advance {
            Advance::Stay => return passed,
            Advance::By(span) => {
                let at = self.run.at() + span;
                self.run.seek(at);
            }
            Advance::Step => {
                self.pace.playing = self.run.step_forward();
            }
        }
        self.stale = true;
        self.stop_when_broken();
        passed
    }

    /// Goes on with the way to a milestone.
    fn travel(&mut self) {
        let Self { journey, run, .. } = self;
        if journey.advance(run) {
            self.stale = true;
            self.told = f64::MIN;
            self.stop_when_broken();
        }
    }

    /// A broken guarantee stops the run at that moment, and its story is told. Another side, where
    /// nothing broke, may be played on.
    fn stop_when_broken(&mut self) {
        let broken: Vec<Micros> = story::breaks(&self.run).map(|(_, it)| it.at).collect();
        let stops = !self.broken || broken.len() == self.run.sides().len();
        let end = broken.iter().max().copied();
        if let Some(end) = end.filter(|end| stops && *end < self.run.at()) {
            self.pace.playing = false;
            self.run.seek(end);
        }
        if !broken.is_empty() && !self.broken {
            self.pace.playing = false;
            self.inspector.tell(&self.run);
            self.mark();
        }
        self.broken = !broken.is_empty();
    }

    /// Lets every stage mark what is looked at.
    fn mark(&mut self) {
        self.watch.mark(&self.inspector, &mut self.faces);
    }

    /// Draws every stage; false while somebody is on the way to their place.
    fn paint(&mut self, passed: f64, now: f64) -> bool {
        let moment = Moment {
            at: self.run.at(),
            now,
            passed: (!self.pace.stepping).then_some(passed),
            arrows: !self.pace.runs(),
        };
        let mut in_place = true;
        for (face, side) in self.faces.iter_mut().zip(self.run.sides()) {
            let rule = protocol::face(side.protocol());
            in_place &= face.paint(side.playback().engine(), rule, moment);
        }
        in_place
    }

    fn snapshot(&mut self, now: f64) -> Option<Snapshot> {
        if !self.stale || now - self.told < TELL_EVERY {
            return None;
        }
        self.told = now;
        self.stale = false;
        mount::note_at(self.run.at());
        let panel = self.inspector.panel(&self.run, &self.chunks);
        let mut news = Snapshot::take(&self.run, &self.pace, &self.chunks, panel);
        self.journey.tell(&self.run, &mut news);
        let stands = !self.pace.runs();
        // The rest of what they show is read in the next frames.
        self.stale = !self.watch.read(&self.run, &self.inspector, stands);
        for (place, side) in news.sides.iter_mut().enumerate() {
            self.captions.tell(place, &mut side.caption, now, stands);
        }
        let sides = news.sides.iter().map(|side| side.news.clone());
        let latest = sides.chain([news.cut_news.clone()]).collect();
        news.announced = self.announcer.tell(latest, now, stands).to_vec();
        Some(news)
    }
}
