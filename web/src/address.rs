//! What of the page stands in its address, so that a link leads to it: `#compare`, `#play&paused`.

use gloo_events::EventListener;

/// What the app can be: a cluster to play with, or two to compare.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Page {
    /// One cluster.
    #[default]
    Play,
    /// Two, in the same water.
    Compare,
}

impl Page {
    /// Every page, in the order of the navigation.
    pub(crate) const ALL: [Self; 2] = [Self::Play, Self::Compare];

    /// Its name in addresses, which is its class in the document, too.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Play => "play",
            Self::Compare => "compare",
        }
    }

    /// The address that leads to it.
    pub(crate) const fn href(self) -> &'static str {
        match self {
            Self::Play => "#play",
            Self::Compare => "#compare",
        }
    }
}

/// What an address asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Address {
    /// Which page.
    pub(crate) page: Page,
    /// Whether nothing moves before somebody presses play.
    pub(crate) paused: bool,
}

impl Address {
    /// The address as it stands; what it does not say is as on a first visit.
    pub(crate) fn read() -> Self {
        let window = web_sys::window();
        let fragment = window.and_then(|window| window.location().hash().ok());
        Self::of(&fragment.unwrap_or_default())
    }

    fn of(fragment: &str) -> Self {
        let mut address = Self::default();
        for word in fragment.trim_start_matches('#').split('&') {
            let page = Page::ALL.into_iter().find(|page| page.name() == word);
            address.page = page.unwrap_or(address.page);
            address.paused |= word == "paused";
        }
        address
    }
}

/// Tells when somebody goes to another address within the page, for as long as the listener lives.
pub(crate) fn listen(on_page: impl Fn(Page) + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "hashchange", move |_| {
        on_page(Address::read().page);
    }))
}
