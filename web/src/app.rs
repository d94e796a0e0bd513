//! The Compare page: it owns the loop, passes wishes down to it and remembers what is being chosen.

use crate::animation::Animation;
use crate::callbacks::Link;
use crate::chunks::Chunks;
use crate::command::{Command, SideName};
use crate::cut::{self, Closed};
use crate::dialog::Dialog;
use crate::face::Face;
use crate::header::SeedField;
use crate::menu::anchor;
use crate::mount;
use crate::pace::Pace;
use crate::snapshot::Snapshot;
use crate::tools::WriteField;
use crate::water::{self, Fault};
use crate::{keyboard, page, presets, seed, theme};
use consensus::NodeId;
use gloo_events::EventListener;
use scenario::simulator::Action;
use scenario::{Duel, ProtocolName};
use std::rc::Rc;
use web_sys::SvgElement;
use yew::prelude::*;

/// Whatever can happen to the page.
#[derive(Clone)]
pub(crate) enum Msg {
    /// The run has news.
    Told(Rc<Snapshot>),
    /// A person wants something of the run.
    Ask(Command),
    /// A person acts on both sides.
    Act(Action),
    /// The network is cut as it stands in the chooser.
    Cut,
    /// The slider of a fault is drawn to this stop.
    Drawn(Fault, usize),
    /// The slider of a fault is released at this stop.
    Released(Fault, usize),
    /// No fault is left on any link.
    Calm,
    /// A client's write was sent, to this node or to whoever leads.
    Written(Option<NodeId>),
    /// Another scenario, with its own seed.
    Choose(usize),
    /// Play another protocol on a side: the place in [`ProtocolName::ALL`].
    Protocol(SideName, usize),
    /// The same scenario and seed, without what was done by hand.
    Reset,
    /// The seed that stands in its field.
    SeedTyped,
    /// A seed from the browser's randomness.
    SeedDrawn,
    /// A node was pressed.
    Node(SideName, NodeId),
    /// Something is to be chosen.
    Open(Open),
    /// In the chooser of a cut, this node crosses the river.
    Cross(NodeId),
    /// In the chooser of a cut, so many stand above the river, from the leader on.
    Above(usize),
    /// In the chooser of a cut, which way nothing passes.
    Close(Closed),
    /// Light becomes dark, or dark light.
    Theme,
    /// Nothing is being chosen any more.
    Shut,
    /// A chunk is here, or will not come.
    Arrived,
}

/// What floats over the page.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Open {
    /// A node's menu, beside the node.
    Node(SideName, NodeId, (i32, i32)),
    /// The chooser of a cut.
    Cut,
    /// What links do to messages.
    Water,
    /// The list of checks.
    Checks(SideName),
}

/// The page: the one component there is, for every further one costs some eight kilobytes.
#[derive(Default)]
pub(crate) struct App {
    pub(crate) choice: usize,
    /// What is played, left and right.
    pub(crate) protocols: [ProtocolName; 2],
    seed: u64,
    waiting: Option<Duel>,
    animation: Option<Animation>,
    pub(crate) shown: Option<Rc<Snapshot>>,
    pub(crate) trouble: Option<String>,
    pub(crate) open: Option<Open>,
    /// Who stands above the river in the chooser of a cut.
    pub(crate) above: Vec<NodeId>,
    /// Which way nothing passes the river in the chooser of a cut.
    pub(crate) closed: Closed,
    /// The slider that is being drawn, and its stop, until the run has taken it over.
    pub(crate) drawn: Option<(Fault, usize)>,
    pub(crate) stages: [NodeRef; 2],
    pub(crate) seed_field: SeedField,
    pub(crate) write: WriteField,
    pub(crate) menu_write: WriteField,
    pub(crate) dialog: Dialog,
    pub(crate) chunks: Chunks,
    _keys: Option<EventListener>,
}

/// A run of a preset, with the seed given or its own.
fn play(
    choice: usize,
    seed: Option<u64>,
    [left, right]: [ProtocolName; 2],
) -> Result<(u64, Duel), String> {
    let mut setup = presets::setup(choice).ok_or("There is no such scenario.")?;
    setup.world.seed = seed.unwrap_or(setup.world.seed);
    Ok((setup.world.seed, Duel::new(setup, left, right)))
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        theme::recall();
        let link = ctx.link().clone();
        let mut app = Self {
            protocols: [ProtocolName::Raft, ProtocolName::Almighty],
            _keys: keyboard::listen(move |command| link.send_message(Msg::Ask(command))),
            ..Self::default()
        };
        app.start(0, None);
        app
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Told(news) => {
                self.drawn = None;
                self.shown = Some(news);
            }
            Msg::Ask(command) => {
                self.ask(command);
                return false;
            }
            Msg::Act(action) => self.act(action),
            Msg::Cut => self.cut(),
            Msg::Drawn(fault, stop) => self.drawn = Some((fault, stop)),
            Msg::Released(fault, stop) => {
                self.drawn = Some((fault, stop));
                self.ask(Command::Act(water::act(fault.change(stop))));
            }
            Msg::Calm => self.calm(),
            Msg::Written(to) => {
                let field = if to.is_some() {
                    &self.menu_write
                } else {
                    &self.write
                };
                if let Some(write) = field.typed(to) {
                    self.act(write);
                }
            }
            Msg::Choose(choice) => {
                self.write.forget();
                self.start(choice, None);
            }
            Msg::Protocol(side, place) => self.choose_protocol(side, place),
            Msg::Reset => self.start(self.choice, Some(self.seed)),
            Msg::SeedTyped => self.reseed(self.seed_field.typed()),
            Msg::SeedDrawn => {
                self.reseed(seed::fresh().ok_or_else(|| {
                    "This browser has no randomness to give: type a seed.".to_string()
                }))
            }
            Msg::Node(side, node) => {
                let stage = &self.stages[side.place()];
                self.ask(Command::Select(Some((side, node))));
                self.show(ctx.link(), Open::Node(side, node, anchor(stage, node)));
            }
            Msg::Open(open) => self.show(ctx.link(), open),
            Msg::Cross(node) => self.cross(node),
            Msg::Above(count) => {
                if let Some(shown) = &self.shown {
                    self.above = cut::few(&shown.nodes, count);
                }
            }
            Msg::Close(closed) => self.closed = closed,
            Msg::Theme => theme::toggle(),
            Msg::Shut => self.shut(),
            Msg::Arrived => {}
        }
        self.stage(ctx.link());
        true
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            self.stage(ctx.link());
        }
        self.seed_field.rendered(self.seed);
        if let Some(shown) = &self.shown {
            self.write.rendered(shown.next_value);
            self.menu_write.rendered(shown.next_value);
        }
        self.dialog.rendered(ctx.link());
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        page::page(self, ctx.link())
    }
}

impl App {
    /// Plays a scenario; where that fails, says so and leaves the old run as it is.
    fn start(&mut self, choice: usize, seed: Option<u64>) {
        match play(choice, seed, self.protocols) {
            Ok((seed, duel)) => {
                mount::note_run(presets::TITLES[choice].0, seed);
                (self.choice, self.seed, self.trouble) = (choice, seed, None);
                self.seed_field.trouble.clear();
                let pace = Pace::default();
                self.shown = Some(Rc::new(Snapshot::take(&duel, duel.script(), &pace)));
                self.waiting = Some(duel);
            }
            Err(trouble) => self.trouble = Some(trouble),
        }
    }

    /// Plays the same run with another protocol on one side. The two sides are never the same.
    fn choose_protocol(&mut self, side: SideName, place: usize) {
        let chosen = ProtocolName::ALL[place.min(ProtocolName::ALL.len() - 1)];
        let [here, there] = [side, side.other()].map(SideName::place);
        if self.protocols[there] == chosen {
            self.protocols[there] = self.protocols[here];
        }
        self.protocols[here] = chosen;
        self.start(self.choice, Some(self.seed));
    }

    /// Plays the same scenario with another seed, or says why there is none.
    fn reseed(&mut self, seed: Result<u64, String>) {
        match seed {
            Ok(seed) => self.start(self.choice, Some(seed)),
            Err(trouble) => self.seed_field.trouble = trouble,
        }
    }

    /// Hands a waiting run to the loop; the first one begins it, once the stages stand.
    fn stage(&mut self, link: &Link) {
        let Some(duel) = self.waiting.take() else {
            return;
        };
        match (&self.animation, self.faces(link)) {
            (Some(animation), _) => animation.replace(duel),
            (None, Some(faces)) => {
                let link = link.clone();
                let tell = move |news| link.send_message(Msg::Told(Rc::new(news)));
                self.animation = Some(Animation::new(duel, faces, Rc::new(tell)));
            }
            (None, None) => self.waiting = Some(duel),
        }
    }

    /// The stages, once: a painter takes its stage over for good.
    fn faces(&self, link: &Link) -> Option<[Face; 2]> {
        if self.animation.is_some() {
            return None;
        }
        let face = |name: SideName, prefix| {
            let svg = self.stages[name.place()].cast::<SvgElement>()?;
            let link = link.clone();
            let on_node = move |node| link.send_message(Msg::Node(name, node));
            Face::new(svg, prefix, Rc::new(on_node))
        };
        Some([face(SideName::Left, "l")?, face(SideName::Right, "r")?])
    }

    fn ask(&self, command: Command) {
        if let Some(animation) = &self.animation {
            animation.command(command);
        }
    }

    fn act(&mut self, action: Action) {
        self.shut();
        self.ask(Command::Act(action));
    }

    /// Takes a node to the other side of the river in the chooser.
    fn cross(&mut self, node: NodeId) {
        match self.above.iter().position(|one| *one == node) {
            Some(place) => drop(self.above.remove(place)),
            None => self.above.push(node),
        }
    }

    /// Cuts the network as it stands in the chooser.
    fn cut(&mut self) {
        if let Some(shown) = self.shown.clone() {
            self.shut();
            let acts = cut::acts(&shown, &self.above, self.closed).into_iter();
            acts.for_each(|act| self.ask(Command::Act(act)));
        }
    }

    /// Takes every fault off the links.
    fn calm(&self) {
        if let Some(shown) = &self.shown {
            let changes = water::calming(shown).into_iter();
            changes.for_each(|change| self.ask(Command::Act(water::act(change))));
        }
    }

    /// Time stands while something is being chosen.
    fn show(&mut self, link: &Link, open: Open) {
        self.chunks.dialogs.ask(link);
        if let (Open::Cut, Some(shown)) = (open, &self.shown) {
            (self.above, self.closed) = cut::offer(shown);
        }
        self.open = Some(open);
        self.ask(Command::Hold(true));
    }

    fn shut(&mut self) {
        self.drawn = None;
        if self.open.take().is_some() {
            self.dialog.close();
            self.ask(Command::Select(None));
            self.ask(Command::Hold(false));
        }
    }
}
