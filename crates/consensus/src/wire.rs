//! How a message travels: postcard bytes behind a CRC-32 (F4).

use crate::node::{Envelope, NodeId};
use alloc::vec::Vec;
use crc::{CRC_32_ISO_HDLC, Crc, Table};
use litemap::LiteMap;
use postcard::ser_flavors::Flavor;
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};

/// A table of one kilobyte: the larger ones of quicker variants weigh on a page.
static CHECKSUM: Crc<u32, Table<1>> = Crc::<u32, Table<1>>::new(&CRC_32_ISO_HDLC);

/// How many bytes the checksum takes, before the message.
pub const CHECKSUM_BYTES: usize = 4;

/// Why bytes are not a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// Fewer bytes than a checksum takes.
    #[error("{len} bytes are too few for a message")]
    TooShort {
        /// How many there were.
        len: usize,
    },
    /// The checksum does not fit: the bytes changed on their way.
    #[error("the checksum does not match: the message was damaged on its way")]
    Damaged,
    /// The checksum fits, yet the bytes are no message of this protocol.
    #[error("the bytes are no message of this protocol")]
    Unknown,
}

/// The bytes of a message.
///
/// # Errors
/// [`WireError::Unknown`] where a message cannot be encoded; none of this crate's is such.
pub fn encode<M: Serialize>(envelope: &Envelope<M>) -> Result<Vec<u8>, WireError> {
    let body = Body {
        bytes: Some(Vec::new()),
        ..Body::default()
    };
    let body = body.of(envelope)?.bytes.unwrap_or_default();
    let mut bytes = Vec::with_capacity(CHECKSUM_BYTES + body.len());
    bytes.extend_from_slice(&checksum_of(&body).to_le_bytes());
    bytes.extend_from_slice(&body);
    Ok(bytes)
}

/// How many bytes [`encode`] would give.
///
/// # Errors
/// As [`encode`].
pub fn encoded_len<M: Serialize>(envelope: &Envelope<M>) -> Result<usize, WireError> {
    Ok(Body::default().of(envelope)?.len + CHECKSUM_BYTES)
}

/// The message that these bytes are.
///
/// # Errors
/// Every kind of [`WireError`]; never a panic, whatever the bytes.
pub fn decode<M: DeserializeOwned>(bytes: &[u8]) -> Result<Envelope<M>, WireError> {
    postcard::from_bytes(checked(bytes)?).map_err(|_| WireError::Unknown)
}

/// The message's bytes behind a checksum that fits.
///
/// # Errors
/// As [`decode`], but for [`WireError::Unknown`]: the message is not read.
pub fn checked(bytes: &[u8]) -> Result<&[u8], WireError> {
    let Some((checksum, body)) = bytes.split_first_chunk::<CHECKSUM_BYTES>() else {
        return Err(WireError::TooShort { len: bytes.len() });
    };
    if checksum_of(body) != u32::from_le_bytes(*checksum) {
        return Err(WireError::Damaged);
    }
    Ok(body)
}

/// A message without its checksum: its length, and its bytes where they are kept. One kind for both,
/// since each kind would carry the code of every message once more.
#[derive(Default)]
struct Body {
    len: usize,
    bytes: Option<Vec<u8>>,
}

impl Body {
    fn of<M: Serialize>(self, envelope: &Envelope<M>) -> Result<Self, WireError> {
        postcard::serialize_with_flavor(envelope, self).map_err(|_| WireError::Unknown)
    }
}

impl Flavor for Body {
    type Output = Self;

    fn try_extend(&mut self, data: &[u8]) -> postcard::Result<()> {
        self.len += data.len();
        if let Some(bytes) = &mut self.bytes {
            bytes.extend_from_slice(data);
        }
        Ok(())
    }

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.try_extend(&[byte])
    }

    fn finalize(self) -> postcard::Result<Self> {
        Ok(self)
    }
}

fn checksum_of(body: &[u8]) -> u32 {
    CHECKSUM.checksum(body)
}

/// Reads rows under their nodes as a list, which has a map's encoding on the wire. A map would set
/// aside as much memory as a forged length asks for.
pub(crate) fn read_rows<'de, D, R>(source: D) -> Result<LiteMap<NodeId, R>, D::Error>
where
    D: Deserializer<'de>,
    R: Deserialize<'de>,
{
    let rows = Vec::<(NodeId, R)>::deserialize(source)?;
    Ok(rows.into_iter().collect())
}
