//! What to draw at a moment, as plain shapes.
//!
//! [`compose`] turns a [`simulator::View`] and a point in time into a [`Scene`]: centres, angles,
//! words and colours' numbers, computed for the size of the stage in CSS pixels. It knows nothing
//! of the DOM; a painter moves elements or strokes a canvas from it.

#![no_std]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

extern crate alloc;

mod arc;
mod badge;
mod calm;
pub mod caption;
pub mod chart;
mod circle;
mod client;
mod compose;
mod data;
mod decimal;
mod divide;
pub mod events;
mod facts;
mod fall;
mod flight;
mod geometry;
pub mod glyph;
mod ground;
mod hit;
pub mod lanes;
mod layout;
pub mod logs;
mod name;
mod needle;
mod node;
mod order;
mod parting;
mod plain;
mod river;
mod seating;
pub mod spacetime;
pub mod spark;
pub mod svg;

pub use badge::{Badge, BadgeShape};
pub use calm::CalmFills;
pub use client::{BreakerShape, ClientShape};
pub use compose::{Anchor, NoteShape, RuleFace, Scene, Style, Tone, advance, compose};
pub use data::{CellShape, CellState, LogShape};
pub use decimal::decimal;
pub use divide::{Places, divide, places};
pub use facts::{Facts, fill};
pub use fall::Fall;
pub use flight::{Body, FlightShape};
pub use geometry::{Point, Stage, Within};
pub use hit::hit;
pub use layout::Sizes;
pub use name::{node_name, ordinal};
pub use needle::NeedleShape;
pub use node::{Form, NodeShape, TagShape, VoteShape, VoteState};
pub use plain::{Measured, Plain, plain};
pub use river::{ArmShape, Current, DamShape, RiverShape};
pub use seating::{Seat, Seating};
