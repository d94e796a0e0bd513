//! What the clients' sessions must come to, told in another way: from the log's beginning, each
//! time anew.

use crate::server::command;
use consensus::raft::{Entry, EntryContent, Term};
use consensus::{CallId, ClientId, Command, EntryKind, EntryView, Micros, SessionId};
use std::collections::{BTreeMap, BTreeSet};

/// So many of its latest commands a session remembers.
pub(crate) const KEPT: usize = 16;

/// The entry that this is a view of, as far as sessions go by it. Whoever opens a session is client
/// 1 here.
pub(crate) fn seen_as(view: &EntryView) -> Entry {
    let content = match (&view.kind, &view.command) {
        (_, Some(command)) => EntryContent::Command(command.clone()),
        (EntryKind::OpenSession, _) => EntryContent::OpenSession(command(0).call),
        _ => EntryContent::NoOp,
    };
    Entry::new(Term(view.term), view.at, content)
}

/// A session: when it was used last, and the numbers of all commands of it that were carried out.
type Session = (Micros, BTreeSet<u64>);

/// Which of `entries` the state machine is to carry out, by index.
pub(crate) fn carried_out(entries: &[Entry], expiry: Option<Micros>) -> Vec<u64> {
    let mut sessions: BTreeMap<(SessionId, ClientId), Session> = BTreeMap::new();
    let mut now = Micros::ZERO;
    let mut done = Vec::new();
    for (entry, index) in entries.iter().zip(1..) {
        now = now.max(entry.at());
        sessions.retain(|_, (used, _)| expiry.is_none_or(|expiry| now <= *used + expiry));
        match &entry.content() {
            EntryContent::OpenSession(call) if expiry.is_some() => {
                sessions.insert((SessionId(index), call.client), (now, BTreeSet::new()));
            }
            EntryContent::Command(Command { call, session, .. }) => {
                let CallId { client, sequence } = *call;
                let name = (*session, client);
                if expiry.is_none() && *session == SessionId::LASTING {
                    sessions.entry(name).or_insert((now, BTreeSet::new()));
                }
                let Some((used, before)) = sessions.get_mut(&name) else {
                    continue;
                };
                *used = now;
                let later = before.range(sequence..).count();
                if later < KEPT && before.insert(sequence) {
                    done.push(index);
                }
            }
            _ => {}
        }
    }
    done
}
