//! What a node keeps and what a message says, item by item, for somebody who looks into it.

use crate::node::{Life, NodeId};
use crate::time::Micros;
use alloc::vec::Vec;
use core::fmt;

/// What a field is called, and what it means.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Label {
    /// Its name in the protocol's own terms, such as `commit index`.
    pub name: &'static str,
    /// What it means, in one sentence.
    pub meaning: &'static str,
}

impl Label {
    /// The field of this name with a value.
    pub fn is(&'static self, value: impl Into<Value>) -> Field {
        Field {
            label: self,
            value: value.into(),
        }
    }
}

/// One item of a node's state or of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What it is.
    pub label: &'static Label,
    /// What it holds.
    pub value: Value,
}

/// What a field holds. As text it reads as in an inspector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    None,
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(u64),
    /// One word of a closed set, such as `follower`.
    Word(&'static str),
    /// A span of time, or a moment by some clock.
    Time(Micros),
    /// A node.
    Node(NodeId),
    /// One life of a node.
    Life(Life),
    /// A place in a log.
    Place {
        /// The index, from 1; 0 before the first entry.
        index: u64,
        /// The term of the entry that stands there.
        term: u64,
    },
    /// What a node called at a moment, by its own clock.
    Called(Micros, NodeId),
    /// What a node gave a number.
    Numbered(u64, NodeId),
    /// A secret.
    Secret(u64),
    /// Several nodes.
    Nodes(Vec<NodeId>),
    /// Something of each of several nodes.
    Each(Vec<(NodeId, Value)>),
}

impl Value {
    /// Something of each of several nodes.
    pub(crate) fn each<T: Into<Self>>(all: impl IntoIterator<Item = (NodeId, T)>) -> Self {
        Self::Each(all.into_iter().map(|(of, it)| (of, it.into())).collect())
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::Flag(true) => f.write_str("yes"),
            Self::Flag(false) => f.write_str("no"),
            Self::Number(number) => number.fmt(f),
            Self::Word(word) => f.write_str(word),
            Self::Time(at) => at.fmt(f),
            Self::Node(node) => node.fmt(f),
            Self::Life(life) => write!(f, "{}, life {}", life.node, life.incarnation.0),
            Self::Place { index: 0, .. } => f.write_str("nothing"),
            Self::Place { index, term } => write!(f, "{index}, of term {term}"),
            Self::Called(at, by) => write!(f, "{at} by {by}"),
            Self::Numbered(number, by) => write!(f, "{number} of {by}"),
            Self::Secret(secret) => write!(f, "{secret:016x}"),
            Self::Nodes(nodes) => listed(f, nodes, |f, node| node.fmt(f)),
            Self::Each(each) => listed(f, each, |f, (node, value)| write!(f, "{node} {value}")),
        }
    }
}

fn listed<T>(
    f: &mut fmt::Formatter<'_>,
    items: &[T],
    write: impl Fn(&mut fmt::Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    if items.is_empty() {
        return f.write_str("none");
    }
    for (place, item) in items.iter().enumerate() {
        f.write_str(if place == 0 { "" } else { ", " })?;
        write(f, item)?;
    }
    Ok(())
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Into::into)
    }
}

/// Makes a value of what it holds.
macro_rules! values {
    ($($kind:ty: |$it:ident| $value:expr;)*) => {
        $(impl From<$kind> for Value {
            fn from($it: $kind) -> Self {
                $value
            }
        })*
    };
}

values! {
    bool: |it| Self::Flag(it);
    u64: |it| Self::Number(it);
    u32: |it| Self::Number(it.into());
    &'static str: |it| Self::Word(it);
    Micros: |it| Self::Time(it);
    NodeId: |it| Self::Node(it);
    Life: |it| Self::Life(it);
    Vec<NodeId>: |it| Self::Nodes(it);
    &[NodeId]: |it| Self::Nodes(it.to_vec());
}

/// Makes the labels of one protocol from a table.
macro_rules! labels {
    ($($label:ident: $name:literal, $meaning:literal;)*) => {
        $(pub(crate) static $label: $crate::Label = $crate::Label {
            name: $name,
            meaning: $meaning,
        };)*
    };
}

pub(crate) use {labels, values};
