//! Clients, outside of the cluster.

use crate::geometry::Point;
use crate::seating::Seating;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use consensus::ClientId;

/// A client: an outlined square with a prompt.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientShape {
    /// Its centre.
    pub at: Point,
    /// Half its side.
    pub half: f64,
    /// Its label, to its right.
    pub label: String,
}

pub(crate) fn clients(seating: &Seating) -> Vec<ClientShape> {
    let several = seating.clients.len() > 1;
    let half = seating.layout.sizes().client;
    let shape = |(index, &at): (usize, &Point)| ClientShape {
        at,
        half,
        label: if several {
            format!("{}", index + 1)
        } else {
            "client".to_string()
        },
    };
    seating.clients.iter().enumerate().map(shape).collect()
}

/// Where a client stands.
pub(crate) fn position(seating: &Seating, client: ClientId) -> Option<Point> {
    let count = seating.clients.len();
    (count > 0).then(|| seating.clients[client.0 as usize % count])
}
