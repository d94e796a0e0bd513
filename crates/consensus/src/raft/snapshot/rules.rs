//! Every decision about snapshots (see `rule.rs`).

/// Adds the rows about snapshots to those that `$table` gets.
macro_rules! with_rules_of_snapshots {
    ($table:ident! { $($rows:tt)* }) => {
        $table! {
            $($rows)*

            SnapshotAwaited, "snapshot-awaited", 1, "Raft §7":
                "{node} hands out no more entries until its state machine has applied entry {number}.",
                "a snapshot stands for one place in the log exactly";
            SnapshotTaken, "snapshot-taken", 2, "Raft §7":
                "{node} takes a snapshot of its state machine, as it stands after entry {number}.",
                "the log must not grow for ever, and a state says what many entries led to";
            SnapshotNotNeeded, "snapshot-not-needed", 1, "Raft §7":
                "{node} takes no snapshot: it has applied nothing since entry {number}.",
                "its last snapshot says it all";
            SnapshotTooEarly, "snapshot-too-early", 1, "Raft §7":
                "{node} takes no snapshot yet: it does not know who votes at entry {number}.",
                "a snapshot tells the configuration, too";
            SnapshotUnderWay, "snapshot-under-way", 1, "Raft §7":
                "{node} turns to no other snapshot while it is busy with one.",
                "the state machine does one thing at a time";
            LogCompacted, "log-compacted", 2, "Raft §7":
                "{node} lets go of its log up to entry {number}.",
                "its snapshot stands for that, and is on its disk";
            SnapshotSent, "snapshot-sent", 2, "Raft §7":
                "{node} begins to send {peer} its snapshot, which stands for entries up to {number}.",
                "what that server needs next has left the log";
            SnapshotPieceSent, "snapshot-piece-sent", 0, "Raft §7":
                "{node} sends {peer} a piece of its snapshot, from byte {number} of {of} on.",
                "a snapshot can be too large for one message";
            SnapshotPieceRepeated, "snapshot-piece-repeated", 1, "Raft §7":
                "{node} asks {peer} again how it stands with the snapshot, from byte {number} on.",
                "it has answered a later heartbeat, so the piece or its answer must be lost";
            SnapshotProgressed, "snapshot-progressed", 0, "Raft §7":
                "{node} learns that {peer} has {number} of the {of} bytes of its snapshot.",
                "the next piece follows when the one before it has arrived";
            SnapshotFellBack, "snapshot-fell-back", 1, "Raft §7":
                "{node} learns that {peer} has only {number} of the {of} bytes of its snapshot.",
                "what has come so far is kept in memory, and may be forgotten";
            SnapshotPieceTaken, "snapshot-piece-taken", 1, "Raft §7":
                "{node} has {number} of {of} bytes of the snapshot that {peer} sends.",
                "pieces are taken in order";
            SnapshotPieceUnfit, "snapshot-piece-unfit", 1, "Raft §7":
                "{node} cannot use this piece of the snapshot that {peer} sends: it has {number} bytes.",
                "pieces may be lost, doubled or overtaken, and are taken in order";
            SnapshotPieceOld, "snapshot-piece-old", 0, "Raft §7":
                "{node} drops a piece of a snapshot that {peer} no longer sends.",
                "a later one has begun to come";
            SnapshotComplete, "snapshot-complete", 1, "Raft §7":
                "{node} has the whole snapshot of {peer} and hands it to its state machine.",
                "only a whole snapshot is a state";
            SnapshotInstalled, "snapshot-installed", 2, "Raft §7":
                "{node} has installed the snapshot of {peer} in place of entries up to {number}.",
                "what it lacked has left the leader's log";
            SnapshotKnown, "snapshot-known", 1, "Raft §7":
                "{node} needs no snapshot from {peer}: its own log holds entry {number}.",
                "where the logs meet there, all before is equal, and what follows is kept";
            SnapshotRestored, "snapshot-restored", 1, "Raft §7":
                "{node} has its state machine back as it stood after entry {number}.",
                "what its snapshot stands for has left the log";
            SnapshotBeforeElection, "snapshot-before-election", 1, "Raft §7":
                "{node} stands for nothing until it has installed a snapshot.",
                "its log lacks what the snapshot stands for, which is committed";
        }
    };
}

pub(in crate::raft) use with_rules_of_snapshots;
