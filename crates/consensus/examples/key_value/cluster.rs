//! The cluster as its operator and its client see it.

use crate::network::Network;
use crate::server::{Event, Server, Sight};
use crate::store::Ask;
use consensus::{
    Answer, Call, CallId, ClientId, Command, Control, Incarnation, Input, NodeId, Operation, Role,
    SessionId,
};
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::channel;
use std::thread::sleep;
use std::time::{Duration, Instant};

const SERVERS: [NodeId; 3] = [NodeId(0), NodeId(1), NodeId(2)];

/// How long a client waits for an answer before it asks somebody else.
const PATIENCE: Duration = Duration::from_millis(500);

/// How long anything may take before the story is given up.
const LIMIT: Duration = Duration::from_secs(60);

/// Why the story ended early.
#[derive(Debug)]
pub(crate) enum ClusterError {
    /// A directory or a file could not be used.
    Files(io::Error),
    /// This did not happen within the limit.
    TooSlow(&'static str),
}

impl fmt::Display for ClusterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Files(error) => write!(f, "the servers' files cannot be used: {error}"),
            Self::TooSlow(what) => write!(f, "{what} took longer than {} s", LIMIT.as_secs()),
        }
    }
}

impl From<io::Error> for ClusterError {
    fn from(error: io::Error) -> Self {
        Self::Files(error)
    }
}

/// Three servers and one client.
pub(crate) struct Cluster {
    directory: PathBuf,
    network: Network,
    lives: BTreeMap<NodeId, u32>,
    sequence: u64,
    /// Whom the client asks first.
    trusted: NodeId,
}

impl Cluster {
    /// Starts all servers.
    pub(crate) fn start(directory: PathBuf) -> Result<Self, ClusterError> {
        let mut cluster = Self {
            directory,
            network: Network::default(),
            lives: BTreeMap::new(),
            sequence: 0,
            trusted: NodeId(0),
        };
        for id in SERVERS {
            cluster.revive(id)?;
        }
        Ok(cluster)
    }

    /// Starts a server from its files.
    pub(crate) fn revive(&mut self, id: NodeId) -> Result<(), ClusterError> {
        let life = self.lives.entry(id).or_default();
        *life += 1;
        let (incarnation, network) = (Incarnation(*life), self.network.clone());
        let directory = self.directory.join(id.to_string());
        Server::spawn(id, SERVERS.to_vec(), incarnation, &directory, network)?;
        Ok(())
    }

    /// Cuts a server's power.
    pub(crate) fn kill(&self, id: NodeId) {
        self.network.hand(id, Event::Kill);
        self.network.detach(id);
    }

    /// Asks a server to take a snapshot.
    pub(crate) fn take_snapshot(&self, id: NodeId) {
        let wish = Input::Control(Control::TakeSnapshot);
        self.network.hand(id, Event::Happened(wish));
    }

    /// Sets a key.
    pub(crate) fn write(&mut self, key: &str, value: &str) -> Result<(), ClusterError> {
        let told = self.ask(&Ask::Put(key.into(), value.into()))?;
        println!("{key} is now {told}");
        Ok(())
    }

    /// Asks one server after the other until one answers. The call keeps its number, so that it is
    /// carried out once however often it is asked.
    pub(crate) fn ask(&mut self, ask: &Ask) -> Result<String, ClusterError> {
        self.sequence += 1;
        let call = Call {
            operation: match ask {
                Ask::Put(..) => Operation::Write,
                Ask::Get(_) => Operation::Read,
            },
            command: Command {
                call: CallId {
                    client: ClientId(1),
                    sequence: self.sequence,
                },
                session: SessionId::LASTING,
                payload: postcard::to_allocvec(ask).map_err(io::Error::other)?.into(),
            },
        };
        let begun = Instant::now();
        while begun.elapsed() < LIMIT {
            let (caller, answers) = channel();
            self.network
                .hand(self.trusted, Event::Call(call.clone(), caller));
            match answers.recv_timeout(PATIENCE) {
                Ok(Answer::Done(output)) => {
                    return Ok(String::from_utf8_lossy(output.as_bytes()).into_owned());
                }
                Ok(Answer::Refused { hint: Some(it), .. }) => self.trusted = it,
                Ok(Answer::Refused { hint: None, .. }) | Err(_) => {
                    self.trusted = NodeId((self.trusted.0 + 1) % 3);
                    sleep(Duration::from_millis(50));
                }
            }
        }
        Err(ClusterError::TooSlow("an answer"))
    }

    /// Who leads.
    pub(crate) fn leader(&self) -> Result<NodeId, ClusterError> {
        self.wait("an election", |sights| {
            let leads = |(id, sight): &(NodeId, Sight)| (sight.role == Role::Leader).then_some(*id);
            sights.iter().find_map(leads)
        })
    }

    /// Waits until all three servers have applied the same log, and gives what they hold.
    pub(crate) fn wait_until_equal(&self) -> Result<BTreeMap<String, String>, ClusterError> {
        self.wait("catching up", |sights| {
            let (_, first) = sights.first()?;
            let alike = |(_, sight): &(NodeId, Sight)| {
                sight.committed == first.committed
                    && sight.applied == first.applied
                    && sight.store == first.store
            };
            let all = sights.len() == SERVERS.len() && sights.iter().all(alike);
            all.then(|| first.store.words.clone())
        })
    }

    fn wait<T>(
        &self,
        what: &'static str,
        seen: impl Fn(&[(NodeId, Sight)]) -> Option<T>,
    ) -> Result<T, ClusterError> {
        let begun = Instant::now();
        while begun.elapsed() < LIMIT {
            if let Some(found) = seen(&self.sights()) {
                return Ok(found);
            }
            sleep(Duration::from_millis(10));
        }
        Err(ClusterError::TooSlow(what))
    }

    fn sights(&self) -> Vec<(NodeId, Sight)> {
        let look = |id: NodeId| {
            let (asker, shown) = channel();
            self.network.hand(id, Event::Show(asker));
            shown.recv_timeout(PATIENCE).ok().map(|sight| (id, sight))
        };
        SERVERS.into_iter().filter_map(look).collect()
    }
}
