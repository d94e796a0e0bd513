//! The properties of a run that can be checked.

/// A property of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Property {
    /// At most one leader in a term (Raft §5.2).
    ElectionSafety,
    /// At most one vote of each server in a term, crash or no crash (Raft §5.2).
    OneVotePerTerm,
    /// A leader never takes entries out of its log (Raft §5.3).
    LeaderAppendOnly,
    /// Logs that agree on one entry agree on all before it (Raft §5.3).
    LogMatching,
    /// What is committed stands in the log of every later leader (Raft §5.4).
    LeaderCompleteness,
    /// What is committed stands on the disks of a majority of all members (Raft §5.3, R4).
    CommittedIsDurable,
    /// No two nodes apply different commands at one position (Raft §5.4.3).
    StateMachineSafety,
    /// Term, commit index and applied index never fall within a life, and a stored term not across
    /// a crash either (Raft figure 2).
    NothingGoesBack,
    /// What a server keeps besides its log stays small.
    BoundedBookkeeping,
    /// No state machine carries out a client's write twice (Raft §8).
    ExactlyOnce,
    /// A read sees every write that was answered before it was asked for (Raft §8).
    NoStaleRead,
    /// A write that a client was told is done is committed (Raft §5.3, §8).
    NoAcknowledgedWriteLost,
    /// Each call took effect at one moment between being asked for and being answered (Raft §8).
    Linearizable,
    /// A closed election, or an earlier one, gives nobody a new leader (A3, A19).
    ClosedElections,
    /// An identity never changes within an incarnation (A1, A16).
    LastingIdentity,
    /// Everyone in a reign knows the leader's own secret (A4, A8).
    OneSecretPerReign,
    /// Once the network is whole and quiet, the oldest live peer leads, alone and known to all
    /// (A1, A14).
    OldestLeads,
    /// Once the network is whole and quiet, all live peers have one ledger, and stand in it
    /// (A2, A20).
    LedgersAgree,
}

impl Property {
    /// Every property.
    pub const ALL: [Self; 18] = [
        Self::ElectionSafety,
        Self::OneVotePerTerm,
        Self::LeaderAppendOnly,
        Self::LogMatching,
        Self::LeaderCompleteness,
        Self::CommittedIsDurable,
        Self::StateMachineSafety,
        Self::NothingGoesBack,
        Self::BoundedBookkeeping,
        Self::ExactlyOnce,
        Self::NoStaleRead,
        Self::NoAcknowledgedWriteLost,
        Self::Linearizable,
        Self::ClosedElections,
        Self::LastingIdentity,
        Self::OneSecretPerReign,
        Self::OldestLeads,
        Self::LedgersAgree,
    ];

    /// What Raft promises.
    pub const OF_RAFT: &'static [Self] = &[
        Self::ElectionSafety,
        Self::OneVotePerTerm,
        Self::LeaderAppendOnly,
        Self::LogMatching,
        Self::LeaderCompleteness,
        Self::CommittedIsDurable,
        Self::StateMachineSafety,
        Self::NothingGoesBack,
        Self::BoundedBookkeeping,
        Self::NoStaleRead,
        Self::NoAcknowledgedWriteLost,
        // The last, because settings can do without them: see `OF_SESSIONS`.
        Self::Linearizable,
        Self::ExactlyOnce,
    ];

    /// How many of what Raft promises, the last, it promises only with clients' sessions.
    pub const OF_SESSIONS: usize = 2;

    /// The name that people read.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ElectionSafety => "Election Safety",
            Self::OneVotePerTerm => "One vote per term",
            Self::LeaderAppendOnly => "Leader Append-Only",
            Self::LogMatching => "Log Matching",
            Self::LeaderCompleteness => "Leader Completeness",
            Self::CommittedIsDurable => "Committed is durable",
            Self::StateMachineSafety => "State Machine Safety",
            Self::NothingGoesBack => "Nothing goes back",
            Self::BoundedBookkeeping => "Bounded bookkeeping",
            Self::ExactlyOnce => "Exactly once",
            Self::NoStaleRead => "Reads are current",
            Self::NoAcknowledgedWriteLost => "No acknowledged write lost",
            Self::Linearizable => "Linearizability",
            Self::ClosedElections => "Closed elections",
            Self::LastingIdentity => "Lasting identity",
            Self::OneSecretPerReign => "One secret per reign",
            Self::OldestLeads => "The oldest leads",
            Self::LedgersAgree => "Ledgers agree",
        }
    }

    /// What it says, in a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::ElectionSafety => "At most one leader is elected in a term.",
            Self::OneVotePerTerm => "A server gives one vote in a term, even after a crash.",
            Self::LeaderAppendOnly => "A leader only adds to its log and takes nothing out.",
            Self::LogMatching => "Logs that agree on one entry agree on every entry before it.",
            Self::LeaderCompleteness => "Every later leader holds what is committed.",
            Self::CommittedIsDurable => "What is committed is on the disks of a majority.",
            Self::StateMachineSafety => "No two servers apply different commands at one position.",
            Self::NothingGoesBack => "Term, commit index and applied index never fall.",
            Self::BoundedBookkeeping => "What a server keeps besides its log stays small.",
            Self::ExactlyOnce => "However often it is asked for, a write takes effect once.",
            Self::NoStaleRead => "A read sees every write that was answered before it.",
            Self::NoAcknowledgedWriteLost => "A write that a client was told is done is committed.",
            Self::Linearizable => {
                "Each call takes effect at one moment between being asked for and being answered."
            }
            Self::ClosedElections => "A closed or earlier election gains no leader.",
            Self::LastingIdentity => "A peer keeps its age for as long as it lives.",
            Self::OneSecretPerReign => "A reign has one secret at a time, made by its leader.",
            Self::OldestLeads => {
                "Once the network is whole and quiet, the oldest peer leads, alone and known to all."
            }
            Self::LedgersAgree => {
                "Once the network is whole and quiet, all ledgers are one, and all live peers stand in it."
            }
        }
    }

    /// Where it comes from.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::ElectionSafety | Self::OneVotePerTerm => "Raft §5.2",
            Self::LeaderAppendOnly | Self::LogMatching => "Raft §5.3",
            Self::LeaderCompleteness => "Raft §5.4",
            Self::CommittedIsDurable => "Raft §5.3, rule R4",
            Self::StateMachineSafety => "Raft §5.4.3",
            Self::NothingGoesBack => "Raft figure 2",
            Self::BoundedBookkeeping => "our own demand",
            Self::ExactlyOnce => "Raft §8, thesis §6.3",
            Self::NoStaleRead => "Raft §8, thesis §6.4",
            Self::NoAcknowledgedWriteLost => "Raft §5.3, §8",
            Self::Linearizable => "Raft §8, thesis §6.3",
            Self::ClosedElections => "rules A3, A19",
            Self::LastingIdentity => "rules A1, A16",
            Self::OneSecretPerReign => "rules A4, A8",
            Self::OldestLeads => "rules A1, A14",
            Self::LedgersAgree => "rules A2, A20",
        }
    }

    /// What [`crate::Violation::place`] counts; `None` where it says nothing.
    #[must_use]
    pub const fn place_name(self) -> Option<&'static str> {
        match self {
            Self::ElectionSafety | Self::OneVotePerTerm => Some("term"),
            Self::LeaderAppendOnly
            | Self::LogMatching
            | Self::LeaderCompleteness
            | Self::CommittedIsDurable
            | Self::StateMachineSafety
            | Self::ExactlyOnce
            | Self::NoStaleRead
            | Self::NoAcknowledgedWriteLost => Some("position"),
            Self::Linearizable => Some("key"),
            Self::NothingGoesBack => Some("value"),
            Self::BoundedBookkeeping => Some("count"),
            Self::ClosedElections => Some("election"),
            Self::LastingIdentity => Some("incarnation"),
            Self::OneSecretPerReign => Some("turn"),
            Self::OldestLeads | Self::LedgersAgree => None,
        }
    }

    /// Whether it is a promise for calm water alone: nothing is said of it before that.
    #[must_use]
    pub const fn needs_calm(self) -> bool {
        matches!(self, Self::OldestLeads | Self::LedgersAgree)
    }
}
