//! Every key of the page in one table: what listens to keys finds them here, and so does the list
//! that people read.

use web_sys::KeyboardEvent;

/// Where a key works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Wherever one is, except in fields and dialogs.
    Page,
    /// On a node or a message of a stage.
    Stage,
    /// On a message of a stage.
    Message,
    /// On a marker of the timeline.
    Marker,
    /// On a branch.
    Branch,
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Play, or pause.
    Toggle,
    /// One event forward.
    Forward,
    /// One event back.
    Back,
    /// To the next milestone.
    NextMilestone,
    /// To the milestone before.
    PreviousMilestone,
    /// To the start.
    Start,
    /// To the furthest moment played.
    End,
    /// Run faster.
    Faster,
    /// Run more slowly.
    Slower,
    /// Show the list of keys.
    Keys,
    /// Leave what is looked into, or drawn.
    Leave,
    /// Open what has the focus.
    Choose,
    /// The focus goes to the next of its kind.
    Next,
    /// The focus goes to the one before.
    Previous,
    /// The focus goes to the first of its kind.
    First,
    /// The focus goes to the last of its kind.
    Last,
    /// The focus goes to the row above.
    Above,
    /// The focus goes to the row below.
    Below,
}

/// A key, as the browser calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    /// The browser's name of it.
    pub(crate) name: &'static str,
    /// Whether Shift is held. A character says by itself whether it needs it.
    pub(crate) shift: bool,
}

/// What a key does somewhere.
pub(crate) struct Shortcut {
    /// Where.
    pub(crate) place: Place,
    /// Any of these.
    pub(crate) keys: &'static [Key],
    /// What.
    pub(crate) deed: Deed,
}

const fn key(name: &'static str) -> Key {
    Key { name, shift: false }
}

const fn shifted(name: &'static str) -> Key {
    Key { name, shift: true }
}

const fn on(place: Place, keys: &'static [Key], deed: Deed) -> Shortcut {
    Shortcut { place, keys, deed }
}

/// The table, in the order in which people read it.
pub(crate) const SHORTCUTS: &[Shortcut] = &[
    on(Place::Page, &[key(" ")], Deed::Toggle),
    on(Place::Page, &[key("ArrowRight"), key(".")], Deed::Forward),
    on(Place::Page, &[key("ArrowLeft"), key(",")], Deed::Back),
    on(Place::Page, &[shifted("ArrowRight")], Deed::NextMilestone),
    on(
        Place::Page,
        &[shifted("ArrowLeft")],
        Deed::PreviousMilestone,
    ),
    on(Place::Page, &[key("Home")], Deed::Start),
    on(Place::Page, &[key("End")], Deed::End),
    on(Place::Page, &[key("+"), key("=")], Deed::Faster),
    on(Place::Page, &[key("-")], Deed::Slower),
    on(Place::Page, &[key("?")], Deed::Keys),
    on(Place::Page, &[key("Escape")], Deed::Leave),
    on(Place::Stage, &[key("Enter"), key(" ")], Deed::Choose),
    on(
        Place::Message,
        &[key("ArrowRight"), key("ArrowDown")],
        Deed::Next,
    ),
    on(
        Place::Message,
        &[key("ArrowLeft"), key("ArrowUp")],
        Deed::Previous,
    ),
    on(Place::Marker, &[key("ArrowRight")], Deed::Next),
    on(Place::Marker, &[key("ArrowLeft")], Deed::Previous),
    on(Place::Marker, &[key("ArrowUp")], Deed::Above),
    on(Place::Marker, &[key("ArrowDown")], Deed::Below),
    on(Place::Marker, &[key("Home")], Deed::First),
    on(Place::Marker, &[key("End")], Deed::Last),
    on(Place::Marker, &[key("Escape")], Deed::Leave),
    on(Place::Branch, &[key("ArrowDown")], Deed::Next),
    on(Place::Branch, &[key("ArrowUp")], Deed::Previous),
    on(Place::Branch, &[key("Home")], Deed::First),
    on(Place::Branch, &[key("End")], Deed::Last),
];

impl Key {
    /// Whether it types something: then the browser's name of it is what it types.
    pub(crate) fn is_character(self) -> bool {
        self.name.len() == 1
    }

    fn is(self, event: &KeyboardEvent) -> bool {
        let shift = event.shift_key() == self.shift;
        event.key() == self.name && (shift || (self.is_character() && self.name != " "))
    }
}

/// What a key that was pressed does in a place.
pub(crate) fn deed(place: Place, event: &KeyboardEvent) -> Option<Deed> {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return None;
    }
    let here = SHORTCUTS.iter().filter(|it| it.place == place);
    let mut meant = here.filter(|it| it.keys.iter().any(|key| key.is(event)));
    meant.next().map(|it| it.deed)
}
