//! Every setting of the protocols that a person may change: its words, its unit, its range.

use crate::text;
use consensus::Micros;
use consensus::almighty::IdentityStamp;
use consensus::raft::{ReadPath, ReplicateWhen};
use consensus::watercraft::ReportKind;
use scenario::{ProtocolName, Setup};

/// What a setting can be; all of them are kept as whole numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A span of time, in microseconds; people read and write milliseconds.
    Span {
        /// Whether 0 stands for never.
        never: bool,
    },
    /// So many of something.
    Number {
        /// The least.
        least: u64,
        /// The most.
        most: u64,
        /// Of what.
        unit: &'static str,
        /// Whether 0 stands for never.
        never: bool,
    },
    /// Off or on.
    Switch,
    /// One of these.
    Choice(&'static [&'static str]),
}

/// A setting.
pub(crate) struct Field {
    /// Which part of the protocol it belongs to.
    pub(crate) part: &'static str,
    /// Its name, how it is called among others, and what it means.
    pub(crate) words: [&'static str; 3],
    /// What it can be.
    pub(crate) kind: Kind,
    /// Reads it.
    pub(crate) get: fn(&Setup) -> u64,
    /// Changes it.
    pub(crate) set: fn(&mut Setup, u64),
}

/// The longest span that can be typed: a minute.
pub(crate) const LONGEST: Micros = Micros::from_secs(60);

const SPAN: Kind = Kind::Span { never: false };
const SPAN_OR_NEVER: Kind = Kind::Span { never: true };

const fn number(least: u64, most: u64, unit: &'static str) -> Kind {
    let never = false;
    Kind::Number {
        least,
        most,
        unit,
        never,
    }
}

const fn number_or_never(most: u64, unit: &'static str) -> Kind {
    Kind::Number {
        least: 1,
        most,
        unit,
        never: true,
    }
}

/// A field whose setting is a number, a span or a switch of this name.
macro_rules! field {
    ($part:expr, $words:expr, $kind:expr, $($place:ident).+ : span) => {
        Field {
            part: $part,
            words: $words,
            kind: $kind,
            get: |setup| setup.$($place).+.0,
            set: |setup, value| setup.$($place).+ = Micros(value),
        }
    };
    ($part:expr, $words:expr, $kind:expr, $($place:ident).+ : number) => {
        Field {
            part: $part,
            words: $words,
            kind: $kind,
            get: |setup| u64::from(setup.$($place).+),
            set: |setup, value| setup.$($place).+ = whole(value),
        }
    };
    ($part:expr, $words:expr, $kind:expr, $($place:ident).+ : number or never) => {
        Field {
            part: $part,
            words: $words,
            kind: $kind,
            get: |setup| setup.$($place).+.map_or(0, u64::from),
            set: |setup, value| setup.$($place).+ = (value > 0).then(|| whole(value)),
        }
    };
    ($part:expr, $words:expr, $kind:expr, $($place:ident).+ : span or never) => {
        Field {
            part: $part,
            words: $words,
            kind: $kind,
            get: |setup| setup.$($place).+.map_or(0, |span| span.0),
            set: |setup, value| setup.$($place).+ = (value > 0).then_some(Micros(value)),
        }
    };
    ($part:expr, $words:expr, $($place:ident).+ : switch) => {
        Field {
            part: $part,
            words: $words,
            kind: Kind::Switch,
            get: |setup| u64::from(setup.$($place).+),
            set: |setup, value| setup.$($place).+ = value > 0,
        }
    };
    ($part:expr, $words:expr, $names:expr, $($place:ident).+ : one of $all:expr) => {
        Field {
            part: $part,
            words: $words,
            kind: Kind::Choice(&$names),
            get: |setup| $all.iter().position(|it| *it == setup.$($place).+).unwrap_or(0) as u64,
            set: |setup, value| setup.$($place).+ = $all[(value as usize).min($all.len() - 1)],
        }
    };
}

fn whole(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

const PATHS: [ReadPath; 3] = [ReadPath::Log, ReadPath::Index, ReadPath::Lease];
const WHENS: [ReplicateWhen; 2] = [ReplicateWhen::AtOnce, ReplicateWhen::WithNextHeartbeat];
const STAMPS: [IdentityStamp; 2] = [IdentityStamp::Joiner, IdentityStamp::Leader];
const REPORTS: [ReportKind; 2] = [ReportKind::Count, ReportKind::Version];

const MANY: u64 = 1_000_000;
/// Sixteen mebibytes.
const MANY_BYTES: u64 = 1 << 24;

/// The places of Raft's fields that an error names.
pub(crate) const SHORTEST: usize = 0;
pub(crate) const LONGEST_TIMEOUT: usize = 1;
pub(crate) const HEARTBEAT: usize = 2;
pub(crate) const READS: usize = 13;
/// The place of the oldest peer's field that an error names.
pub(crate) const ROTATION: usize = 6;

const RAFT: &[Field] = &[
    field!(text::ELECTIONS, text::SHORTEST_TIMEOUT, SPAN, raft.election_timeout_least: span),
    field!(text::ELECTIONS, text::LONGEST_TIMEOUT, SPAN, raft.election_timeout_most: span),
    field!(text::ELECTIONS, text::HEARTBEAT, SPAN, raft.heartbeat: span),
    field!(text::ELECTIONS, text::PRE_VOTE, raft.pre_vote: switch),
    field!(text::ELECTIONS, text::CHECK_QUORUM, raft.check_quorum: switch),
    field!(text::ELECTIONS, text::NO_OP, raft.no_op: switch),
    field!(text::REPLICATION, text::REPLICATE, text::WHENS, raft.replicate: one of WHENS),
    field!(text::REPLICATION, text::BATCH, number(1, 10_000, text::ENTRIES), raft.entries_per_message: number),
    field!(text::REPLICATION, text::BATCH_BYTES, number(1, MANY_BYTES, text::BYTES), raft.bytes_per_message: number),
    field!(text::REPLICATION, text::IN_FLIGHT, number(1, 10_000, text::MESSAGES), raft.in_flight_messages: number),
    field!(text::REPLICATION, text::IN_FLIGHT_BYTES, number(1, MANY_BYTES, text::BYTES), raft.in_flight_bytes: number),
    field!(text::REPLICATION, text::UNCOMMITTED, number(1, MANY_BYTES, text::BYTES), raft.uncommitted_bytes: number),
    field!(text::READS_AND_SESSIONS, text::FOLLOWER_READS, raft.follower_reads: switch),
    field!(text::READS_AND_SESSIONS, text::READS, text::PATHS, raft.reads: one of PATHS),
    field!(text::READS_AND_SESSIONS, text::CLOCK_DRIFT, number(0, 99, "%"), raft.clock_drift_percent: number),
    field!(text::READS_AND_SESSIONS, text::SESSIONS, raft.sessions: switch),
    field!(text::READS_AND_SESSIONS, text::SESSION_EXPIRY, SPAN_OR_NEVER, raft.session_expiry: span or never),
    field!(text::SNAPSHOTS, text::SNAPSHOT_EVERY, number_or_never(MANY, text::ENTRIES), world.snapshot_every: number or never),
    field!(text::SNAPSHOTS, text::ENTRIES_KEPT, number(0, MANY, text::ENTRIES), raft.entries_kept: number),
    field!(text::SNAPSHOTS, text::SNAPSHOT_CHUNK, number(1, MANY_BYTES, text::BYTES), raft.snapshot_chunk_bytes: number),
];

const OLDEST_PEER: &[Field] = &[
    field!(text::HEARTBEATS, text::PING_INTERVAL, SPAN, almighty.ping_interval: span),
    field!(text::HEARTBEATS, text::MISSED_PONGS, number(1, 1_000, text::PONGS), almighty.missed_pongs: number),
    field!(text::JOINING, text::JOIN_TIMEOUT, SPAN, almighty.join_timeout: span),
    field!(text::JOINING, text::STAMP, text::STAMPS, almighty.stamp: one of STAMPS),
    field!(text::ELECTIONS, text::WINNER_TIMEOUT, SPAN, almighty.winner_timeout: span),
    field!(text::ELECTIONS, text::SETTLE_WINDOW, SPAN, almighty.settle_window: span),
    field!(text::REIGNS, text::SECRET_ROTATION, SPAN_OR_NEVER, almighty.secret_rotation: span or never),
    field!(text::REIGNS, text::REANNOUNCE, number_or_never(1_000, text::PINGS), almighty.reannounce_every: number or never),
];

const WATERCRAFT: &[Field] = &[
    field!(text::HEARTBEATS, text::CALL_INTERVAL, SPAN, watercraft.call_interval: span),
    field!(text::HEARTBEATS, text::MISSED_CALLS, number(1, 1_000, text::CALLS), watercraft.missed_calls: number),
    field!(text::HEARTBEATS, text::REPORT, text::REPORTS, watercraft.report: one of REPORTS),
    field!(text::MEETING, text::CONTACT_TIMEOUT, SPAN, watercraft.contact_timeout: span),
    field!(text::MEETING, text::HOST_CALL, number_or_never(1_000, text::ROUNDS), watercraft.host_call_every: number or never),
];

/// The settings of a protocol, in the order of the dialog.
pub(crate) const fn fields(protocol: ProtocolName) -> &'static [Field] {
    match protocol {
        ProtocolName::Raft => RAFT,
        ProtocolName::Almighty => OLDEST_PEER,
        ProtocolName::Watercraft => WATERCRAFT,
    }
}
