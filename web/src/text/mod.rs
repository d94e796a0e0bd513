//! The catalogue: all that the page itself says, in one place, ready for another language; a file
//! for each part of the page. What a protocol or a check says of itself is its own.

mod charts;
mod checks;
mod cut;
mod files;
mod first;
mod inspector;
mod legend;
mod measures;
mod message;
mod more;
mod news;
mod node;
mod page;
mod presets;
mod settings;
mod stage;
mod story;
mod timeline;
mod travel;
mod views;
mod water;

pub(crate) use charts::*;
pub(crate) use checks::*;
pub(crate) use cut::*;
pub(crate) use files::*;
pub(crate) use first::*;
pub(crate) use inspector::*;
pub(crate) use legend::*;
pub(crate) use measures::*;
pub(crate) use message::*;
pub(crate) use more::*;
pub(crate) use news::*;
pub(crate) use node::*;
pub(crate) use page::*;
pub(crate) use presets::*;
pub(crate) use settings::*;
pub(crate) use stage::*;
pub(crate) use story::*;
pub(crate) use timeline::*;
pub(crate) use travel::*;
pub(crate) use views::*;
pub(crate) use water::*;
