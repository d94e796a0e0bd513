//! A host's part in snapshots: it keeps the register's bytes, by id, on its disk.

use crate::host::Host;
use crate::register::Register;
use alloc::sync::Arc;
use consensus::{Effect, Input, Protocol, SnapshotId};

impl<P: Protocol> Host<P> {
    /// Carries out what a node asks about snapshots, and answers. It takes no time, and a crash
    /// finds it done or not begun. Other effects are not its business.
    pub(crate) fn keep_snapshots(&mut self, effect: Effect<P>) -> Option<Input<P>> {
        match effect {
            Effect::TakeSnapshot(id) => {
                let bytes = self.register.snapshot();
                let len = bytes.len() as u64;
                self.snapshots.insert(id, bytes);
                Some(Input::SnapshotTaken { id, len })
            }
            Effect::ReadSnapshot { id, offset, len } => {
                let bytes = piece(self.snapshots.get(&id)?, offset, len);
                Some(Input::SnapshotRead { id, offset, bytes })
            }
            Effect::InstallSnapshot { id, bytes } => {
                self.snapshots.insert(id, bytes);
                self.restore(id)
            }
            Effect::RestoreSnapshot(id) => self.restore(id),
            Effect::ForgetSnapshots { before } => {
                self.snapshots.retain(|id, _| *id >= before);
                None
            }
            _ => None,
        }
    }

    fn restore(&mut self, id: SnapshotId) -> Option<Input<P>> {
        self.register = Register::from_snapshot(self.snapshots.get(&id)?)?;
        Some(Input::SnapshotInstalled { id })
    }
}

/// At most `len` bytes from `offset` on.
fn piece(whole: &[u8], offset: u64, len: u32) -> Arc<[u8]> {
    // An offset past a pointer's width is past the end on every machine.
    let from = usize::try_from(offset).map_or(whole.len(), |it| it.min(whole.len()));
    let until = from.saturating_add(len as usize).min(whole.len());
    whole[from..until].into()
}
