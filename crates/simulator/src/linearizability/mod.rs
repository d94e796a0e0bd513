//! Linearizability: whether each call of a register can have taken effect at one moment between
//! being asked for and being answered (Herlihy and Wing 1990).
//!
//! [`judge`] looks at a whole history, key by key, and shows the smallest part of it that no order
//! explains; [`Unfolding`], and with it the check [`crate::Property::Linearizable`], looks at one
//! answer after the other. Both go through what clients ask and are told in the order in which it
//! happens, and keep every configuration that explains it: the key's value, and which pending writes
//! took effect already. A key has no value at first, and values may repeat.
//!
//! A call that is not done may have taken effect, or may yet, or never: nothing but a read that
//! found its value makes it count, so that hundreds of them cost next to nothing.
//!
//! How many configurations there are depends on how many calls are open at once that are answered in
//! the end, and on how often values repeat; most cover others, which are forgotten. Ten clients that
//! have one call open each leave a dozen. [`Limit`] says what is refused.

mod client_call;
mod configuration;
mod configurations;
mod frontier;
mod judge;
mod limit;
mod moment;
mod part;
mod past;
mod pending;
mod smallest;
mod unfolding;

pub use client_call::{ClientCall, Ending};
pub use judge::{Judgement, judge};
pub use limit::Limit;
pub use moment::Moment;
pub use part::Part;
pub use unfolding::Unfolding;
