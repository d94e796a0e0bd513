//! The ways to look at a run. The ring keeps its stage while another view is shown: beside that
//! where there is room, out of sight otherwise. The other views are in a chunk of their own.

use crate::app::{App, Msg};
use crate::callbacks::Link;
use crate::command::{Command, Focus};
use crate::el::{button, el};
use crate::face::Face;
use crate::inspect::Inspector;
use crate::panes::PaneMsg;
use crate::text;
use scenario::Run;
use std::cell::RefCell;
use std::rc::Rc;
use yew::Html;

/// A way to look at a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum View {
    /// The nodes on their ring.
    #[default]
    Ring,
    /// Every message along time.
    Spacetime,
    /// What every node holds.
    Logs,
    /// What happened, in words.
    Events,
}

impl View {
    /// Every view, in the order of its tabs.
    const ALL: [Self; 4] = [Self::Ring, Self::Spacetime, Self::Logs, Self::Events];

    const fn title(self) -> &'static str {
        text::VIEW_TITLES[self as usize]
    }

    /// Its name in the document.
    pub(crate) const fn name(self) -> &'static str {
        ["ring", "spacetime", "logs", "events"][self as usize]
    }
}

/// What shows a run in other ways than on the ring. The loop lets it read the run as often as it
/// tells the page anything.
pub(crate) trait Panes {
    /// Shows another view from now on.
    fn turn(&mut self, view: View);
    /// Another run begins.
    fn forget(&mut self);
    /// Takes from the run what is shown of it, with what is marked; `stands` where no time passes.
    /// False where more is to be read.
    fn read(&mut self, run: &Run, focus: Focus, stands: bool) -> bool;
    /// A person did something in a view.
    fn hear(&mut self, msg: PaneMsg);
    /// The view of a side, from 0.
    fn show(&self, link: &Link, side: usize) -> Html;
    /// After a rendering.
    fn rendered(&mut self, link: &Link);
}

/// The views beside the ring, which page and loop share.
pub(crate) type Reader = Rc<RefCell<dyn Panes>>;

/// What is in the chunk of the other views.
pub(crate) struct Views {
    /// Makes them.
    pub(crate) make: fn() -> Reader,
}

/// What the loop lets every view show: what is looked at, and what the views beside the ring read.
#[derive(Default)]
pub(crate) struct Watch {
    /// What is pointed at, or chosen for something.
    pub(crate) focus: Focus,
    /// The views beside the ring, while one of them is shown.
    pub(crate) reader: Option<Reader>,
}

impl Watch {
    /// What is pointed at, or else looked into.
    fn marked(&self, inspector: &Inspector) -> Focus {
        match self.focus == Focus::default() {
            true => inspector.focus(),
            false => self.focus,
        }
    }

    /// Lets every stage mark it.
    pub(crate) fn mark(&self, inspector: &Inspector, faces: &mut [Face]) {
        let focus = self.marked(inspector);
        for (side, face) in faces.iter_mut().enumerate() {
            face.selected = focus.node;
            face.lit = focus
                .message
                .and_then(|(on, it)| (on == side).then_some(it));
        }
    }

    /// Lets the views read the run as it stands; false where they have more to read.
    pub(crate) fn read(&self, run: &Run, inspector: &Inspector, stands: bool) -> bool {
        let focus = self.marked(inspector);
        let reader = self.reader.as_ref();
        reader.is_none_or(|it| it.borrow_mut().read(run, focus, stands))
    }

    /// Another run begins.
    pub(crate) fn forget(&self) {
        if let Some(reader) = &self.reader {
            reader.borrow_mut().forget();
        }
    }
}

/// The tabs of the views, on the first side.
pub(crate) fn tabs(link: &Link, shown: View, side: usize) -> Html {
    let tab = |view: View| {
        let pressed = if view == shown { "true" } else { "false" };
        button("tab", link, Msg::View(view))
            .word("aria-pressed", pressed)
            .say(view.title())
            .done()
    };
    if side > 0 {
        return el("div", "tabs spare").done();
    }
    el("div", "tabs")
        .word("role", "group")
        .word("aria-label", text::VIEWS)
        .all(View::ALL.map(tab).to_vec())
        .done()
}

/// The view of a side, where it is not the ring.
pub(crate) fn pane(app: &App, link: &Link, side: usize) -> Html {
    match (app.view, app.chunks.views.contents(), &app.panes) {
        (View::Ring, ..) => Html::default(),
        (view, Err(absent), _) => absent.show(link, Msg::View(view)),
        (_, Ok(_), Some(panes)) => panes.borrow().show(link, side),
        (_, Ok(_), None) => Html::default(),
    }
}

impl App {
    /// Shows another view.
    pub(crate) fn turn(&mut self, link: &Link, view: View) {
        self.view = view;
        if view != View::Ring {
            self.chunks.views.ask(link);
        }
        self.watch();
    }

    /// Lets the loop read whatever the view shows, and nothing where that is the ring.
    pub(crate) fn watch(&mut self) {
        if let (View::Ring, None) = (self.view, &self.panes) {
            return;
        }
        let Ok(views) = self.chunks.views.contents() else {
            return;
        };
        let panes = self.panes.get_or_insert_with(|| (views.make)());
        panes.borrow_mut().turn(self.view);
        let reader = (self.view != View::Ring).then(|| Rc::clone(panes));
        self.ask(Command::Watch(reader));
    }

    /// A person did something in a view.
    pub(crate) fn pane(&mut self, msg: PaneMsg) {
        if let Some(panes) = &self.panes {
            panes.borrow_mut().hear(msg);
        }
        self.watch();
    }

    /// Somebody points at something on a stage: the views beside it mark it, too.
    pub(crate) fn over(&self, focus: Focus) {
        if self.view != View::Ring && self.open.is_none() {
            self.ask(Command::Look(focus));
        }
    }

    /// After a rendering.
    pub(crate) fn rendered_pane(&self, link: &Link) {
        if let (true, Some(panes)) = (self.view != View::Ring, &self.panes) {
            panes.borrow_mut().rendered(link);
        }
    }
}
