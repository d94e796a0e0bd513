//! The settings under which a side plays its protocol, where a person chose them.

use crate::address::Page;
use crate::app::{App, Msg, Open};
use crate::callbacks::Link;
use crate::el::{button, span};
use crate::icons::{Icon, icon};
use crate::text;
use scenario::{ProtocolName, Setup};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::Html;

/// The first field to blame.
const WRONG: &str = "dialog [aria-invalid=true]";

/// A move in the dialog of a side's settings.
#[derive(Clone)]
pub(crate) enum SettingsMsg {
    /// This stands in a field now, by the field's place.
    Typed(usize, String),
    /// A field was left.
    Left,
    /// The side is to play under what stands in the fields.
    Play,
    /// The fields are to say what is usual.
    Reset,
}

/// What is wrong, by the place of the field to blame.
pub(crate) type Troubles = Vec<(usize, String)>;

/// The settings that stand in a form, and what is unlike the usual in them; or what is wrong.
pub(crate) type Checked = Result<(Setup, String), Troubles>;

/// What stands in the dialog.
#[derive(Default)]
pub(crate) struct Form {
    /// What the fields say where nothing was typed: the settings in it, of the protocol asked for.
    pub(crate) from: Setup,
    /// What was typed, by the place of its field.
    pub(crate) typed: Vec<(usize, String)>,
    /// What is wrong.
    pub(crate) troubles: Troubles,
    /// The first field to blame is to take the focus.
    blames: bool,
}

impl Form {
    /// Fields that say what is in these settings.
    pub(crate) fn of(from: Setup) -> Self {
        Self {
            from,
            ..Self::default()
        }
    }

    /// After a rendering.
    pub(crate) fn rendered(&mut self) {
        if !core::mem::take(&mut self.blames) {
            return;
        }
        let document = web_sys::window().and_then(|window| window.document());
        let wrong = document.and_then(|it| it.query_selector(WRONG).ok().flatten());
        if let Some(wrong) = wrong.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            let _ = wrong.focus();
        }
    }
}

/// What a person chose for a protocol on a side of a page.
pub(crate) struct Own {
    /// Which page, and which of its sides, from 0.
    pub(crate) place: (Page, usize),
    /// Which protocol.
    pub(crate) protocol: ProtocolName,
    /// The settings of that protocol count.
    pub(crate) settings: Setup,
    /// What is unlike the usual in them, such as `Heartbeat 20 ms`.
    pub(crate) words: String,
}

impl Own {
    /// The same water under these settings; a rule-breaker in it stays.
    pub(crate) fn put_into(&self, mut setup: Setup) -> Setup {
        let own = &self.settings;
        match self.protocol {
            ProtocolName::Raft => {
                let mutant = setup.raft.mutant;
                setup.raft.clone_from(&own.raft);
                setup.raft.mutant = mutant;
                setup.world.snapshot_every = own.world.snapshot_every;
            }
            ProtocolName::Almighty => {
                let mutant = setup.almighty.mutant;
                setup.almighty = own.almighty;
                setup.almighty.mutant = mutant;
            }
            ProtocolName::Watercraft => {
                let mutant = setup.watercraft.mutant;
                setup.watercraft = own.watercraft;
                setup.watercraft.mutant = mutant;
            }
        }
        setup
    }
}

impl App {
    /// Carries out a move in the dialog.
    pub(crate) fn settings(&mut self, msg: SettingsMsg) {
        let (Some(Open::Settings(side)), Ok(dialog)) = (self.open, self.chunks.settings.contents())
        else {
            return;
        };
        let Some(protocol) = self.choice.protocols().get(side).copied() else {
            return;
        };
        let form = &mut self.form;
        match msg {
            SettingsMsg::Typed(field, words) => {
                form.typed.retain(|it| it.0 != field);
                form.troubles.retain(|it| it.0 != field);
                form.typed.push((field, words));
            }
            SettingsMsg::Reset => *form = Form::default(),
            SettingsMsg::Left | SettingsMsg::Play => match (dialog.check)(protocol, form) {
                Err(troubles) => {
                    form.troubles = troubles;
                    form.blames = matches!(msg, SettingsMsg::Play);
                }
                Ok((settings, words)) => {
                    form.troubles.clear();
                    if matches!(msg, SettingsMsg::Play) {
                        self.shut();
                        let run = self.choice.play_under(side, settings, words);
                        self.play(run);
                    }
                }
            },
        }
    }
}

/// What opens the dialog of a side, by its name.
pub(crate) fn opener(link: &Link, place: usize, name: &'static str) -> Html {
    button("btn quiet", link, Msg::Open(Open::Settings(place)))
        .attr("aria-label", text::settings_of(name))
        .word("title", text::SETTINGS)
        .put(icon(Icon::Settings))
        .put(span("", text::SETTINGS))
        .done()
}

/// What stands in the dialog, once it is here.
pub(crate) fn body(app: &App, link: &Link, place: usize) -> Html {
    let protocol = app.choice.protocols().get(place).copied();
    match app.chunks.settings.contents() {
        Ok(dialog) => (dialog.show)(link, protocol.unwrap_or_default(), &app.form),
        Err(absent) => absent.show(link, Msg::Open(Open::Settings(place))),
    }
}
