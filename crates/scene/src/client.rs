//! Clients, outside of the cluster: what they wait for, and whom they leave alone.

use crate::geometry::{Point, Within};
use crate::name::listing;
use crate::order::order_by;
use crate::seating::Seating;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use consensus::{ClientId, Micros, NodeId};
use core::f64::consts::{FRAC_PI_2, TAU};
use simulator::{BreakerState, ClientView, View};

/// The whole arc of a client that backs off: the longest wait of the default settings.
const LONGEST_WAIT: f64 = 1_000_000.0;
/// Breakers of one client stand at least so many radians apart.
const APART: f64 = 0.75;

/// A client: an outlined square with a prompt.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientShape {
    /// Its centre.
    pub at: Point,
    /// Half its side.
    pub half: f64,
    /// Its label, to its right: its number, and whom it asks where there is room to say so.
    pub label: String,
    /// While it asks nobody for a while: what is left of that, from 0 to 1. It grows with the
    /// square root of the time left, so that short waits are seen, too.
    pub backoff: Option<f64>,
    /// Breakers that are not closed, from right to left.
    pub breakers: Vec<BreakerShape>,
    /// Its accessible name.
    pub name: String,
    /// The left edge of the box that says its name when somebody looks at it, from its centre: the
    /// box stays on the stage.
    pub tip_left: f64,
    /// The width of that box.
    pub tip_width: f64,
}

/// A client's breaker that stops calls: a gap on the way to its node.
#[derive(Clone, Debug, PartialEq)]
pub struct BreakerShape {
    /// For which node.
    pub node: NodeId,
    /// Its letter.
    pub letter: String,
    /// Whether it lets one call through to try the node; it lets none through otherwise.
    pub half_open: bool,
    /// Where the node is, more or less, in degrees, clockwise from the right.
    pub direction: f64,
    /// The letter's centre, from the client's centre.
    pub at: Point,
}

/// Draws the clients that have a place of their own.
pub(crate) fn clients(view: &View, at: Micros, seating: &Seating) -> Vec<ClientShape> {
    let places = seating.clients.iter();
    let shape = |(client, place): (&ClientView, &Point)| client_shape(client, *place, at, seating);
    view.clients.iter().zip(places).map(shape).collect()
}

fn client_shape(client: &ClientView, place: Point, at: Micros, seating: &Seating) -> ClientShape {
    let several = seating.clients.len() > 1;
    let sizes = seating.layout.sizes();
    let name = client_name(client, several);
    let wide = (name.chars().count() as f64 * sizes.note * 0.53 + 16.0)
        .min(2.0 * seating.layout.wall() - 8.0);
    let room = seating.layout.wall() - 4.0;
    let left = (place.x - wide / 2.0).within(-room, (room - wide).max(-room));
    ClientShape {
        at: place,
        half: sizes.client,
        label: label(client, several, seating),
        backoff: backoff(client, at),
        breakers: breakers(client, place, seating),
        name,
        tip_left: left - place.x,
        tip_width: wide,
    }
}

/// Where a client stands.
pub(crate) fn position(seating: &Seating, client: ClientId) -> Option<Point> {
    let count = seating.clients.len();
    (count > 0).then(|| seating.clients[client.0 as usize % count])
}

/// Whom a client waits for to answer, on behalf of its oldest call that does.
fn asks(client: &ClientView) -> Option<NodeId> {
    let mut calls = client.calls.iter();
    calls.find_map(|call| call.node.filter(|_| call.waits_until.is_none()))
}

fn label(client: &ClientView, several: bool, seating: &Seating) -> String {
    let mut label = if several {
        (client.id.0 + 1).to_string()
    } else {
        "client".to_string()
    };
    let roomy = match *seating.clients {
        [one, next, ..] => next.x - one.x >= 84.0,
        _ => !seating.layout.tiny,
    };
    if let Some(node) = asks(client).filter(|_| roomy) {
        label.push_str(&format!(" asks {node}"));
    }
    label
}

/// The shortest of its waits, where nothing else is under way.
pub(crate) fn backoff(client: &ClientView, at: Micros) -> Option<f64> {
    if asks(client).is_some() {
        return None;
    }
    let waits = client.calls.iter().filter_map(|call| call.waits_until);
    let left = waits.min()?.since(at).0 as f64;
    Some(libm::sqrt(left / LONGEST_WAIT).within(0.0, 1.0))
}

fn breakers(client: &ClientView, place: Point, seating: &Seating) -> Vec<BreakerShape> {
    let reach = seating.layout.sizes().client + 26.0 * seating.layout.sizes().unit;
    let mut stopped: Vec<(f64, NodeId, bool)> = Vec::new();
    for breaker in &client.breakers {
        let Some(node) = seating.position(breaker.node) else {
            continue;
        };
        let half_open = match breaker.state {
            BreakerState::Closed => continue,
            BreakerState::Open => false,
            BreakerState::HalfOpen => true,
        };
        // Clients stand above: angles run from the right over what is below to the left.
        let turned = (node - place).angle() + FRAC_PI_2;
        let angle = turned + if turned < 0.0 { TAU } else { 0.0 } - FRAC_PI_2;
        stopped.push((angle, breaker.node, half_open));
    }
    order_by(&mut stopped, |(angle, node, _)| {
        ((angle * 1e6) as i64, *node)
    });
    spread(&mut stopped);
    let shape = |(angle, node, half_open): (f64, NodeId, bool)| BreakerShape {
        node,
        letter: node.to_string(),
        half_open,
        direction: angle.to_degrees(),
        at: Point::polar(angle, reach),
    };
    stopped.into_iter().map(shape).collect()
}

/// Moves breakers apart that stand too near to each other, and keeps their middle.
fn spread(stopped: &mut [(f64, NodeId, bool)]) {
    let sum = |stopped: &[(f64, NodeId, bool)]| stopped.iter().map(|one| one.0).sum::<f64>();
    let before = sum(stopped);
    for index in 1..stopped.len() {
        stopped[index].0 = stopped[index].0.max(stopped[index - 1].0 + APART);
    }
    let drift = (sum(stopped) - before) / (stopped.len().max(1) as f64);
    for one in stopped {
        one.0 -= drift;
    }
}

/// Such as `Client 1, backs off, breaker for A is open`.
fn client_name(client: &ClientView, several: bool) -> String {
    let mut name = if several {
        format!("Client {}", client.id.0 + 1)
    } else {
        "Client".to_string()
    };
    if let Some(node) = asks(client) {
        name.push_str(&format!(", asks {node}"));
    } else if !client.calls.is_empty() {
        name.push_str(", backs off");
    } else {
        name.push_str(", asks nobody");
    }
    for (state, words) in [
        (BreakerState::Open, "open"),
        (BreakerState::HalfOpen, "half-open"),
    ] {
        let breakers = client.breakers.iter().filter(|one| one.state == state);
        let nodes: Vec<String> = breakers.map(|one| one.node.to_string()).collect();
        match nodes.len() {
            0 => {}
            1 => name.push_str(&format!(", breaker for {} is {words}", nodes[0])),
            _ => name.push_str(&format!(", breakers for {} are {words}", listing(&nodes))),
        }
    }
    name
}
