//! The clients' sessions (Raft §8, thesis §6.3).

use serde::{Deserialize, Serialize};

/// What is known of every client that has a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sessions {}
