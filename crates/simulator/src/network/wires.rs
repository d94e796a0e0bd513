//! Every message on its way, by number.

use super::transit::Transit;
use consensus::Queue;
use litemap::LiteMap;

/// Messages by number. Almost all leave in about the order in which they came.
#[derive(Clone, Debug)]
pub(crate) struct Wires<M> {
    /// Those that came last, oldest first; an empty place is a message that is gone.
    recent: Queue<Option<Transit<M>>>,
    /// Those that stay for long, so that they don't keep the places of all that came after them.
    aside: LiteMap<u64, Transit<M>>,
    last: u64,
}

impl<M> Wires<M> {
    /// Nothing on its way.
    pub(crate) const fn new() -> Self {
        Self {
            recent: Queue::new(),
            aside: LiteMap::new(),
            last: 0,
        }
    }

    /// Puts a message on its way and gives its number.
    pub(crate) fn push(&mut self, transit: Transit<M>) -> u64 {
        self.recent.push_back(Some(transit));
        self.last += 1;
        self.last
    }

    fn place(&self, number: u64) -> Option<usize> {
        let first = self.last + 1 - self.recent.len() as u64;
        usize::try_from(number.checked_sub(first)?).ok()
    }

    /// The message of this number, while it is there.
    pub(crate) fn get(&self, number: u64) -> Option<&Transit<M>> {
        match self.place(number) {
            Some(place) => match self.recent.get(place)? {
                Some(transit) => Some(transit),
                None => self.aside.get(&number),
            },
            None => self.aside.get(&number),
        }
    }

    /// The message of this number, to be kept for as long as it takes.
    pub(crate) fn keep(&mut self, number: u64) -> Option<&mut Transit<M>> {
        if let Some(transit) = self.take_recent(number) {
            self.aside.insert(number, transit);
        }
        self.aside.get_mut(&number)
    }

    /// Takes a message out.
    pub(crate) fn take(&mut self, number: u64) -> Option<Transit<M>> {
        let recent = self.take_recent(number);
        recent.or_else(|| self.aside.remove(&number))
    }

    fn take_recent(&mut self, number: u64) -> Option<Transit<M>> {
        let place = self.place(number)?;
        let taken = self.recent.get_mut(place)?.take();
        while self.recent.front().is_some_and(Option::is_none) {
            self.recent.pop_front();
        }
        taken
    }

    /// Everything on its way.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, &Transit<M>)> {
        let first = self.last + 1 - self.recent.len() as u64;
        let recent = (first..)
            .zip(self.recent.iter())
            .filter_map(|(number, transit)| Some((number, transit.as_ref()?)));
        let aside = self
            .aside
            .iter()
            .map(|(number, transit)| (*number, transit));
        aside.chain(recent)
    }

    /// As [`Self::iter`], to be changed.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (u64, &mut Transit<M>)> {
        let first = self.last + 1 - self.recent.len() as u64;
        let recent = (first..)
            .zip(self.recent.iter_mut())
            .filter_map(|(number, transit)| Some((number, transit.as_mut()?)));
        let aside = self
            .aside
            .iter_mut()
            .map(|(number, transit)| (*number, transit));
        aside.chain(recent)
    }
}
