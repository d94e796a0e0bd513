//! The state machine: a map from words to words.

use consensus::Output;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a client asks of the store.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Ask {
    Put(String, String),
    Get(String),
}

/// The store of one server. It is volatile: after a crash it is built again from the snapshot and
/// the log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Store {
    pub(crate) words: BTreeMap<String, String>,
}

impl Store {
    /// Carries out a command and says what the client is told: the value of the key. Bytes that
    /// are no question change nothing, on every server alike.
    pub(crate) fn apply(&mut self, payload: &[u8]) -> Output {
        if let Ok(Ask::Put(key, value)) = postcard::from_bytes(payload) {
            self.words.insert(key, value);
        }
        self.query(payload)
    }

    /// Answers without changing anything.
    pub(crate) fn query(&self, payload: &[u8]) -> Output {
        let key = match postcard::from_bytes(payload) {
            Ok(Ask::Put(key, _) | Ask::Get(key)) => key,
            Err(_) => String::new(),
        };
        let value = self.words.get(&key).map_or("", String::as_str);
        Output::new(value.as_bytes())
    }
}
