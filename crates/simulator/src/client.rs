//! Clients: they ask, are sent elsewhere, ask again, and give up.

use crate::choose::{Choose, Stream};
use crate::register::Ask;
use crate::world::ClientSettings;
use alloc::vec::Vec;
use consensus::{Answer, Call, CallId, ClientId, Command, Micros, NodeId, Operation};
use litemap::LiteMap;

/// A call that is not answered yet.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Open {
    pub(crate) call: Call,
    /// The node that it asks and keeps asking, where somebody said so.
    pinned: Option<NodeId>,
    /// Whom it asked last.
    pub(crate) asked: NodeId,
    pub(crate) attempt: u32,
}

impl Open {
    /// The value that it writes; `None` for a read.
    pub(crate) fn written(&self) -> Option<u64> {
        Ask::value_of(&self.call.command)
    }
}

/// What a client does next about a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// Ask this node, again or anew.
    Ask(NodeId),
    /// It is over: the answer stands.
    Answered(Open),
    /// It is over: nobody knows whether it took effect.
    GaveUp(Open),
    /// Wait for the time-out.
    Wait,
}

/// One client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Client {
    calls: u64,
    /// Whom it believes to lead.
    leader: Option<NodeId>,
    open: LiteMap<u64, Open>,
}

/// All clients of a run.
#[derive(Clone, Debug)]
pub(crate) struct Clients {
    settings: ClientSettings,
    clients: Vec<Client>,
}

impl Clients {
    /// So many clients that have asked nothing yet.
    pub(crate) fn new(count: u32, settings: ClientSettings) -> Self {
        Self {
            settings,
            clients: (0..count).map(|_| Client::default()).collect(),
        }
    }

    /// How many there are.
    pub(crate) fn count(&self) -> u32 {
        self.clients.len() as u32
    }

    /// How long a client waits for an answer.
    pub(crate) fn timeout(&self) -> Micros {
        self.settings.timeout
    }

    /// A client makes up a call and chooses whom to ask; none where there is no such client or
    /// nobody to ask.
    pub(crate) fn begin<C: Choose>(
        &mut self,
        choose: &mut C,
        client: ClientId,
        ask: Ask,
        pinned: Option<NodeId>,
        attached: &[NodeId],
    ) -> Option<(CallId, NodeId)> {
        let this = self.clients.get_mut(client.0 as usize)?;
        // A call that finds nobody counts too: the same call has the same number under every
        // protocol.
        this.calls += 1;
        let someone = pick(choose, client, attached)?;
        let call = CallId {
            client,
            sequence: this.calls,
        };
        let asked = pinned.or(this.leader).unwrap_or(someone);
        let operation = match ask {
            Ask::Write { .. } => Operation::Write,
            Ask::Read { .. } => Operation::Read,
        };
        this.open.insert(
            call.sequence,
            Open {
                call: Call {
                    operation,
                    command: Command {
                        call,
                        payload: ask.payload(),
                    },
                },
                pinned,
                asked,
                attempt: 1,
            },
        );
        Some((call, asked))
    }

    /// The call, while it is open.
    pub(crate) fn open(&self, call: CallId) -> Option<&Open> {
        self.clients
            .get(call.client.0 as usize)?
            .open
            .get(&call.sequence)
    }

    /// An answer reaches the client.
    pub(crate) fn answered(&mut self, call: CallId, by: NodeId, answer: &Answer) -> Next {
        let attempts = self.settings.attempts;
        let Some(this) = self.clients.get_mut(call.client.0 as usize) else {
            return Next::Wait;
        };
        let Some(open) = this.open.get_mut(&call.sequence) else {
            return Next::Wait;
        };
        match answer {
            Answer::Done(_) => {
                this.leader = Some(by);
                over(this.open.remove(&call.sequence), Next::Answered)
            }
            Answer::Refused { .. } if open.pinned.is_some() => {
                over(this.open.remove(&call.sequence), Next::Answered)
            }
            Answer::Refused { hint, .. } => {
                this.leader = *hint;
                match hint {
                    Some(leader) if open.attempt < attempts && *leader != open.asked => {
                        open.attempt += 1;
                        open.asked = *leader;
                        Next::Ask(*leader)
                    }
                    _ => Next::Wait,
                }
            }
        }
    }

    /// No answer came to this attempt.
    pub(crate) fn timed_out<C: Choose>(
        &mut self,
        choose: &mut C,
        call: CallId,
        attached: &[NodeId],
    ) -> Next {
        let someone = pick(choose, call.client, attached);
        let attempts = self.settings.attempts;
        let Some(this) = self.clients.get_mut(call.client.0 as usize) else {
            return Next::Wait;
        };
        let Some(open) = this.open.get_mut(&call.sequence) else {
            return Next::Wait;
        };
        let next = open
            .pinned
            .or(this.leader.filter(|leader| *leader != open.asked));
        match next.or(someone) {
            Some(node) if open.attempt < attempts => {
                // Whoever did not answer is not believed to lead any longer.
                this.leader = this.leader.filter(|leader| *leader != open.asked);
                open.attempt += 1;
                open.asked = node;
                Next::Ask(node)
            }
            _ => over(this.open.remove(&call.sequence), Next::GaveUp),
        }
    }
}

fn over(open: Option<Open>, how: impl Fn(Open) -> Next) -> Next {
    open.map_or(Next::Wait, how)
}

/// Somebody among the attached nodes, by one draw.
fn pick<C: Choose>(choose: &mut C, client: ClientId, attached: &[NodeId]) -> Option<NodeId> {
    let last = attached.len().checked_sub(1)? as u64;
    let at = choose.between(Stream::Client(client), 0, last);
    attached.get(usize::try_from(at).ok()?).copied()
}
