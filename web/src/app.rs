//! The page: it owns the loop, passes wishes down to it and remembers what is being chosen.

use crate::address::{self, Address, Page};
use crate::animation::Animation;
use crate::building::Built;
use crate::callbacks::Link;
use crate::choice::{Choice, ChoiceMsg};
use crate::chunks::Chunks;
use crate::command::{Command, Focus};
use crate::cut::Chooser;
use crate::dialog::Dialog;
use crate::drop;
use crate::face::Face;
use crate::files::{Files, FilesMsg};
use crate::inspect::{Inspected, Shelf};
use crate::menu::{Slowness, anchor};
use crate::more::Fields;
use crate::pace::Pace;
use crate::settings::Form;
use crate::snapshot::Snapshot;
use crate::tools::WriteField;
use crate::views::{Reader, View};
use crate::water::Panel;
use crate::{keyboard, page, theme};
use consensus::{Micros, NodeId};
use gloo_events::EventListener;
use scenario::Run;
use scenario::simulator::{Action, Flight};
use std::cell::Cell;
use std::rc::Rc;
use web_sys::SvgElement;
use yew::prelude::*;

pub(crate) use crate::msg::{Msg, Open};

/// What makes the ids of definitions on each stage unique in the document.
const PREFIXES: [&str; 2] = ["l", "r"];

/// The page: the one component there is, for every further one costs some eight kilobytes.
pub(crate) struct App {
    pub(crate) built: Built,
    pub(crate) choice: Choice,
    /// The run that the loop has not taken over yet.
    waiting: Option<Run>,
    pace: Pace,
    pub(crate) animation: Option<Animation>,
    pub(crate) shown: Option<Rc<Snapshot>>,
    pub(crate) trouble: &'static str,
    /// What waits for a protocol that is not here yet.
    pub(crate) wish: Option<Msg>,
    pub(crate) view: View,
    /// The views beside the ring, once one was shown.
    pub(crate) panes: Option<Reader>,
    pub(crate) open: Option<Open>,
    pub(crate) chooser: Chooser,
    pub(crate) panel: Panel,
    /// A stage for each side.
    pub(crate) stages: Vec<NodeRef>,
    pub(crate) write: WriteField,
    pub(crate) menu_write: WriteField,
    pub(crate) slowness: Slowness,
    pub(crate) fields: Fields,
    pub(crate) form: Form,
    /// The moment at which the charts are read, where it is not the one that is shown.
    pub(crate) read: Option<Micros>,
    /// The message whose menu is open.
    pub(crate) message: Option<Flight>,
    /// Whether a line across the ring is to be drawn next.
    pub(crate) drawing: bool,
    pub(crate) dialog: Dialog,
    pub(crate) chunks: Chunks,
    pub(crate) shelf: Shelf,
    pub(crate) files: Files,
    _drops: Vec<EventListener>,
    /// The way to a milestone that was asked for before it was known how.
    pub(crate) asked_way: Option<bool>,
    /// Whether keys of a single character work.
    pub(crate) single_keys: Rc<Cell<bool>>,
    _listeners: [Option<EventListener>; 2],
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        theme::recall();
        let Address { page, paused } = Address::read();
        let [asked, gone, given] = [0; 3].map(|_| ctx.link().clone());
        let chunks = Chunks::default();
        let single_keys = Rc::new(Cell::new(true));
        Self {
            built: Built::default(),
            choice: Choice::new(page, chunks.clone()),
            waiting: None,
            pace: Pace::first(paused),
            animation: None,
            shown: None,
            trouble: "",
            wish: None,
            view: View::default(),
            panes: None,
            open: None,
            chooser: Chooser::default(),
            panel: Panel::default(),
            stages: Vec::new(),
            write: WriteField::default(),
            menu_write: WriteField::default(),
            slowness: Slowness::default(),
            fields: Fields::default(),
            form: Form::default(),
            read: None,
            message: None,
            drawing: false,
            dialog: Dialog::default(),
            chunks,
            shelf: Shelf::default(),
            files: Files::default(),
            _drops: drop::listen(move |files| {
                given.send_message(Msg::Files(FilesMsg::Given(files)));
            }),
            asked_way: None,
            single_keys: single_keys.clone(),
            _listeners: [
                keyboard::listen(asked, single_keys),
                address::listen(move |page| gone.send_message(Msg::Go(page))),
            ],
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Build(built) => self.build(ctx.link(), built),
            Msg::Told(news) => {
                self.panel.told();
                // Whoever stops may want to look closer.
                if news.panel.is_some() || !news.playing {
                    self.chunks.dialogs.ask_once(ctx.link());
                }
                if !news.twigs.is_empty() {
                    self.chunks.travel.ask(ctx.link());
                }
                self.shown = Some(news);
            }
            Msg::Ask(command) => {
                self.ask(command);
                return false;
            }
            Msg::Act(action) => self.act(action),
            Msg::Choice(msg) => self.choose(ctx.link(), msg),
            Msg::Cut(_) | Msg::Water(_) | Msg::Slow(_) | Msg::More(_) => {
                self.in_dialogs(ctx.link(), msg);
            }
            Msg::Settings(msg) => self.settings(msg),
            Msg::Written(to) => self.write(to),
            Msg::Press(side, press) => self.pressed(ctx.link(), side, press),
            Msg::Files(msg) => self.files(ctx.link(), msg),
            Msg::ReadAt(at) => self.read_at(ctx.link(), at),
            Msg::View(view) => self.turn(ctx.link(), view),
            Msg::Pane(msg) => self.pane(msg),
            Msg::Inspect(inspected) => self.inspect(ctx.link(), inspected),
            Msg::Visit(at) => {
                self.shut();
                self.ask(Command::Visit(at));
            }
            Msg::Travel(forward) => self.travel(ctx.link(), forward),
            Msg::Key(deed) => self.key(ctx.link(), deed),
            Msg::SingleKeys => self.single_keys.set(!self.single_keys.get()),
            Msg::Open(open) => self.show(ctx.link(), open),
            Msg::Shut => self.shut(),
            Msg::Go(page) => self.go(ctx.link(), page),
            Msg::Theme => theme::toggle(),
            Msg::Arrived => {
                self.arrived(ctx.link());
                self.read_given(ctx.link());
                self.set_out();
                self.watch();
            }
        }
        self.stage(ctx.link());
        true
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            self.built.go_on(ctx.link());
        }
        self.stage(ctx.link());
        if let Some(shown) = &self.shown {
            self.choice.rendered(shown.given);
            self.write.rendered(shown.next_value);
            self.menu_write.rendered(shown.next_value);
            self.shelf.rendered(shown.panel.is_some());
        }
        self.dialog.rendered(ctx.link());
        self.form.rendered();
        self.rendered_pane(ctx.link());
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        page::page(self, ctx.link())
    }
}

impl App {
    /// Builds so much of the page, and then more; the controls come with something to control.
    fn build(&mut self, link: &Link, built: Built) {
        self.built = built;
        if self.shown.is_none() && self.wish.is_none() {
            self.choose(link, ChoiceMsg::Scenario(0));
        }
        if built == Built::Stages {
            self.read_at(link, None);
        }
        built.go_on(link);
    }

    /// Plays a run from its beginning; where there is none, says so and leaves the old one as it is.
    pub(crate) fn play(&mut self, run: Result<Run, &'static str>) {
        match run {
            Ok(run) => {
                self.trouble = "";
                self.stages.resize_with(run.sides().len(), NodeRef::default);
                self.shown = Some(Rc::new(Snapshot::take(
                    &run,
                    &self.pace,
                    &self.chunks,
                    None,
                )));
                self.waiting = Some(run);
            }
            Err(trouble) => self.trouble = trouble,
        }
    }

    pub(crate) fn choose(&mut self, link: &Link, msg: ChoiceMsg) {
        if !self.choice.ask_for(link, &msg) {
            self.wish = Some(Msg::Choice(msg));
            return;
        }
        self.wish = None;
        if matches!(
            msg,
            ChoiceMsg::Scenario(_) | ChoiceMsg::Preset(_) | ChoiceMsg::File(_)
        ) {
            self.write.forget();
        }
        if matches!(msg, ChoiceMsg::Breaker(_)) {
            self.shut();
        }
        if let Some(run) = self.choice.update(msg) {
            self.play(run);
        }
    }

    /// Another page has stages of its own, and the same speed.
    fn go(&mut self, link: &Link, page: Page) {
        self.wish = None;
        if page == self.choice.page {
            return;
        }
        if !self.chunks.ask_for(link, self.choice.protocols_of(page)) {
            self.wish = Some(Msg::Go(page));
            return;
        }
        self.shut();
        if let Some(shown) = &self.shown {
            self.pace = Pace::going_on(shown.playing, shown.speed);
        }
        self.animation = None;
        self.panes = None;
        self.stages.clear();
        self.choice.page = page;
        self.read_at(link, None);
        let run = self.choice.again();
        self.play(run);
    }

    /// Hands a waiting run to the loop; on a page's first rendering that begins, once the stages
    /// stand.
    fn stage(&mut self, link: &Link) {
        let Some(run) = self.waiting.take() else {
            return;
        };
        match (&self.animation, self.faces(link)) {
            (Some(animation), _) => animation.replace(run),
            (None, Some(faces)) => {
                let link = link.clone();
                let tell = move |news| link.send_message(Msg::Told(Rc::new(news)));
                let pace = core::mem::take(&mut self.pace);
                let chunks = self.chunks.clone();
                self.animation = Some(Animation::new(run, faces, pace, chunks, Rc::new(tell)));
                self.watch();
            }
            (None, None) => self.waiting = Some(run),
        }
    }

    /// The stages, once: a painter takes its stage over for good.
    fn faces(&self, link: &Link) -> Option<Vec<Face>> {
        if self.animation.is_some() {
            return None;
        }
        let stages = self.stages.iter().zip(PREFIXES).enumerate();
        let faces = stages.map(|(side, (stage, prefix))| {
            let svg = stage.cast::<SvgElement>()?;
            let link = link.clone();
            let on_press = move |press| link.send_message(Msg::Press(side, press));
            Face::new(svg, prefix, Rc::new(on_press))
        });
        faces.collect()
    }

    /// Asks something of the run.
    pub(crate) fn ask(&self, command: Command) {
        if let Some(animation) = &self.animation {
            animation.command(command);
        }
    }

    /// Acts on every side; what was open is shut.
    pub(crate) fn act(&mut self, action: Action) {
        self.shut();
        self.ask(Command::Act(action));
    }

    fn write(&mut self, to: Option<NodeId>) {
        let field = if to.is_some() {
            &self.menu_write
        } else {
            &self.write
        };
        if let Some(write) = field.typed(to) {
            self.act(write);
        }
    }

    pub(crate) fn press(&mut self, link: &Link, side: usize, node: NodeId) {
        if let Some(stage) = self.stages.get(side) {
            let near = anchor(stage, node);
            self.ask(Command::Look(Focus {
                node: Some(node),
                ..Focus::default()
            }));
            self.show(link, Open::Node(side, node, near));
        }
    }

    /// Looks into something; what was looked into last takes the focus again when that ends.
    pub(crate) fn inspect(&mut self, link: &Link, inspected: Option<Inspected>) {
        self.chunks.dialogs.ask(link);
        self.shut();
        self.shelf.look(inspected, &self.stages);
        self.ask(Command::Inspect(inspected));
    }

    /// Time stands while something is being chosen.
    pub(crate) fn show(&mut self, link: &Link, open: Open) {
        // Every dialog is dressed by what comes with them.
        self.chunks.dialogs.ask(link);
        match open {
            Open::Files => {
                self.files.told = None;
                self.chunks.files.ask(link);
            }
            Open::Keys => self.chunks.travel.ask(link),
            _ => {}
        }
        if let (Open::Cut, Some(shown)) = (open, &self.shown) {
            self.chooser = Chooser::of(shown);
        }
        if let Open::Settings(side) = open {
            self.chunks.settings.ask(link);
            self.form = self.choice.form(side);
        }
        self.open = Some(open);
        self.ask(Command::Hold(true));
    }

    /// Shuts what is open; time goes on.
    pub(crate) fn shut(&mut self) {
        self.panel.told();
        if self.open.take().is_some() {
            self.dialog.close();
            self.ask(Command::Look(Focus::default()));
            self.ask(Command::Hold(false));
        }
    }
}
