//! What a line of a trace says of clients.

use super::transcript::{Transcript, TranscriptError};
use scenario::consensus::{CallId, ClientId, Micros};
use serde::{Deserialize, Deserializer};

/// A line, as far as it matters here.
pub(super) enum Line {
    /// A run begins.
    Header { protocol: Option<String> },
    /// A client asks for the first time in a call.
    Called(About),
    /// It is told that its call is done, and the value of the key.
    Done(About, Option<u64>),
    /// Its call is over, and it is not told that it is done.
    Over(About),
    /// Anything else.
    Other,
}

/// A call that a line is about.
#[derive(Clone, Copy)]
pub(super) struct About {
    pub(super) call: CallId,
    pub(super) key: u32,
    pub(super) written: Option<u64>,
    pub(super) at: Micros,
}

/// The fields that are read; all others are skipped.
#[derive(Deserialize)]
struct Fields {
    what: String,
    #[serde(default)]
    protocol: Option<String>,
    #[serde(default)]
    at_us: Option<u64>,
    #[serde(default)]
    client: Option<u64>,
    #[serde(default)]
    call: Option<u64>,
    #[serde(default)]
    key: Option<u32>,
    /// `None` where it is missing, and `Some(None)` where it is null.
    #[serde(default, deserialize_with = "given")]
    written: Option<Option<u64>>,
    #[serde(default)]
    operation: Option<String>,
    #[serde(default)]
    attempt: Option<u64>,
    #[serde(default)]
    outcome: Option<String>,
    #[serde(default, deserialize_with = "given")]
    value: Option<Option<u64>>,
}

/// What a field says that is there; it may say null.
fn given<'de, D: Deserializer<'de>>(field: D) -> Result<Option<Option<u64>>, D::Error> {
    Option::deserialize(field).map(Some)
}

/// Only the kind, whatever the other fields are.
#[derive(Deserialize)]
struct Kind {
    what: String,
}

impl Line {
    /// Reads a line of JSON.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let broken = |error: serde_json::Error| format!("it is no line of a trace: {error}");
        let kind: Kind = serde_json::from_slice(bytes).map_err(broken)?;
        let is_read = ["header", "called", "answered", "gave-up"].contains(&&*kind.what);
        // Fields of other lines may have these names and mean something else.
        if !is_read {
            return Ok(Self::Other);
        }
        let fields: Fields = serde_json::from_slice(bytes).map_err(broken)?;
        match &*fields.what {
            "header" => Ok(Self::Header {
                protocol: fields.protocol,
            }),
            "called" if fields.operation.as_deref() == Some("open-session") => Ok(Self::Other),
            "called" => fields.called(),
            "answered" => fields.answered(),
            _ => Ok(Self::Over(fields.about()?)),
        }
    }

    /// Notes what it says.
    pub(super) fn tell(self, transcript: &mut Transcript) -> Result<(), TranscriptError> {
        match self {
            Self::Called(it) => transcript.called(it.call, it.key, it.written, it.at),
            Self::Done(it, value) => transcript.done(it.call, it.key, it.written, (it.at, value)),
            Self::Over(it) => transcript.over(it.call, it.at),
            Self::Header { .. } | Self::Other => Ok(()),
        }
    }
}

fn missing(field: &str) -> String {
    format!("its `{field}` is missing")
}

impl Fields {
    fn called(&self) -> Result<Line, String> {
        let about = self.about()?;
        match (self.operation.as_deref(), about.written) {
            _ if self.attempt.is_some_and(|it| it > 1) => Ok(Line::Other),
            (Some("write") | None, Some(_)) | (Some("read") | None, None) => {
                Ok(Line::Called(about))
            }
            (Some("write"), None) => Err("it writes, and `written` is no number".into()),
            (Some("read"), Some(_)) => Err("it reads, and `written` is not null".into()),
            (Some(other), _) => Err(format!(
                "its `operation` is {other:?}, and not write, read or open-session"
            )),
        }
    }

    fn answered(&self) -> Result<Line, String> {
        let about = self.about()?;
        match self.outcome.as_deref() {
            Some("done") => {
                let value = self.value.ok_or_else(|| missing("value"))?;
                Ok(Line::Done(about, value))
            }
            Some("refused") => Ok(Line::Over(about)),
            _ => Err("its `outcome` is not done or refused".into()),
        }
    }

    fn about(&self) -> Result<About, String> {
        let client = self.client.ok_or_else(|| missing("client"))?;
        let counted = client.checked_sub(1).and_then(|it| u32::try_from(it).ok());
        let client = counted.ok_or("its `client` is out of range; clients count from 1")?;
        Ok(About {
            call: CallId {
                client: ClientId(client),
                sequence: self.call.ok_or_else(|| missing("call"))?,
            },
            key: self.key.ok_or_else(|| missing("key"))?,
            written: self.written.ok_or_else(|| missing("written"))?,
            at: Micros(self.at_us.ok_or_else(|| missing("at_us"))?),
        })
    }
}
