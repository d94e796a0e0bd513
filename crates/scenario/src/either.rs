//! One of two protocols, chosen when a run begins.
//!
//! The simulator is made anew for every protocol that it is given. A page that can play any of
//! them would carry as many simulators; with this it carries one.

use alloc::vec::Vec;
use consensus::{
    Boot, CallId, Command, Commands, Describe, Durable, Effect, Effects, Envelope, Explain, Input,
    Inspection, Membership, MessageSummary, Now, Protocol, TimerKind, WriteSummary,
};
use core::hash::{Hash, Hasher};
use serde::{Deserialize, Serialize};

/// Something of the one protocol or of the other. Its hash is that of what it holds, so that a run
/// has the same digests as without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Either<A, B> {
    One(A),
    Other(B),
}

use Either::{One, Other};

impl<A: Hash, B: Hash> Hash for Either<A, B> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            One(it) => it.hash(state),
            Other(it) => it.hash(state),
        }
    }
}

impl<A, B> Either<A, B> {
    fn one(self) -> Option<A> {
        match self {
            One(it) => Some(it),
            Other(_) => None,
        }
    }

    fn other(self) -> Option<B> {
        match self {
            Other(it) => Some(it),
            One(_) => None,
        }
    }
}

/// What a disk holds, of the one protocol or of the other; nothing at first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Disk<A, B>(Option<Either<A, B>>);

impl<A, B> Default for Disk<A, B> {
    fn default() -> Self {
        Self(None)
    }
}

impl<A: Hash, B: Hash> Hash for Disk<A, B> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        if let Some(stored) = &self.0 {
            stored.hash(state);
        }
    }
}

impl<A: Durable, B: Durable> Durable for Disk<A, B> {
    type Write = Either<A::Write, B::Write>;

    fn store(&mut self, write: &Self::Write) {
        let empty = || match write {
            One(_) => One(A::default()),
            Other(_) => Other(B::default()),
        };
        match (self.0.get_or_insert_with(empty), write) {
            (One(disk), One(write)) => disk.store(write),
            (Other(disk), Other(write)) => disk.store(write),
            // A node writes for its own protocol only.
            _ => {}
        }
    }

    fn describe(&self, write: &Self::Write) -> WriteSummary {
        match (&self.0, write) {
            (Some(One(disk)), One(write)) => disk.describe(write),
            (Some(Other(disk)), Other(write)) => disk.describe(write),
            (_, One(write)) => A::default().describe(write),
            (_, Other(write)) => B::default().describe(write),
        }
    }

    fn summaries(&self) -> Vec<WriteSummary> {
        match &self.0 {
            Some(One(disk)) => disk.summaries(),
            Some(Other(disk)) => disk.summaries(),
            None => Vec::new(),
        }
    }

    fn tear(write: &Self::Write, draw: u64) -> Option<Self::Write> {
        match write {
            One(write) => A::tear(write, draw).map(One),
            Other(write) => B::tear(write, draw).map(Other),
        }
    }

    fn holds(&self, index: u64, call: CallId) -> bool {
        match &self.0 {
            Some(One(disk)) => disk.holds(index, call),
            Some(Other(disk)) => disk.holds(index, call),
            None => false,
        }
    }
}

impl<A: Describe, B: Describe> Describe for Either<A, B> {
    fn describe(&self) -> MessageSummary {
        match self {
            One(it) => it.describe(),
            Other(it) => it.describe(),
        }
    }
}

impl<A: TimerKind, B: TimerKind> TimerKind for Either<A, B> {
    fn name(self) -> &'static str {
        match self {
            One(it) => it.name(),
            Other(it) => it.name(),
        }
    }

    fn is_patience(self) -> bool {
        match self {
            One(it) => it.is_patience(),
            Other(it) => it.is_patience(),
        }
    }
}

/// One of two sentences, names or weights: whatever a rule says of itself.
macro_rules! says {
    ($($what:ident: $kind:ty),*) => {
        $(fn $what(self) -> $kind {
            match self {
                One(it) => it.$what(),
                Other(it) => it.$what(),
            }
        })*
    };
}

impl<A: Explain, B: Explain> Explain for Either<A, B> {
    says!(name: &'static str, sentence: &'static str, because: &'static str,
          source: &'static str, weight: u8);
}

impl<A: Commands, B: Commands> Commands for Either<A, B> {
    fn first(&self) -> u64 {
        match self {
            One(it) => it.first(),
            Other(it) => it.first(),
        }
    }

    fn iter(&self) -> impl Iterator<Item = &Command> {
        let (one, other) = match self {
            One(it) => (Some(it), None),
            Other(it) => (None, Some(it)),
        };
        let one = one.into_iter().flat_map(|it| it.iter());
        one.chain(other.into_iter().flat_map(|it| it.iter()))
    }
}

impl<A: Protocol, B: Protocol> Protocol for Either<A, B> {
    type Settings = Either<A::Settings, B::Settings>;
    type Message = Either<A::Message, B::Message>;
    type Timer = Either<A::Timer, B::Timer>;
    type Purpose = Either<A::Purpose, B::Purpose>;
    type Durable = Disk<A::Durable, B::Durable>;
    type Write = Either<A::Write, B::Write>;
    type Commands = Either<A::Commands, B::Commands>;
    type Rule = Either<A::Rule, B::Rule>;

    fn name(settings: &Self::Settings) -> &'static str {
        match settings {
            One(settings) => A::name(settings),
            Other(settings) => B::name(settings),
        }
    }

    fn membership(settings: &Self::Settings) -> Membership {
        match settings {
            One(settings) => A::membership(settings),
            Other(settings) => B::membership(settings),
        }
    }

    fn boot(boot: Boot<Self>) -> Self {
        let (node, cluster, incarnation) = (boot.node, boot.cluster, boot.incarnation);
        let (members, stored) = (boot.members, boot.durable.0);
        match boot.settings {
            One(settings) => One(A::boot(Boot {
                node,
                cluster,
                incarnation,
                members,
                settings,
                durable: stored.and_then(Either::one).unwrap_or_default(),
            })),
            Other(settings) => Other(B::boot(Boot {
                node,
                cluster,
                incarnation,
                members,
                settings,
                durable: stored.and_then(Either::other).unwrap_or_default(),
            })),
        }
    }

    fn step(&mut self, now: Now, input: Input<Self>, effects: &mut Effects<Self>) {
        match self {
            One(node) => {
                let open = Open::<Self, A>(Either::one, Either::one, Either::one);
                let wrap = Wrap::<A, Self>(One, One, One, One, One, One);
                pass(node, now, open.input(input), effects, &wrap);
            }
            Other(node) => {
                let open = Open::<Self, B>(Either::other, Either::other, Either::other);
                let wrap = Wrap::<B, Self>(Other, Other, Other, Other, Other, Other);
                pass(node, now, open.input(input), effects, &wrap);
            }
        }
    }

    fn inspect(&self) -> Inspection {
        match self {
            One(node) => node.inspect(),
            Other(node) => node.inspect(),
        }
    }

    fn bookkeeping(&self) -> u64 {
        match self {
            One(node) => node.bookkeeping(),
            Other(node) => node.bookkeeping(),
        }
    }
}

/// Lets the node itself take a step. What is of the other protocol it never hears of.
fn pass<P: Protocol, Q: Protocol>(
    node: &mut P,
    now: Now,
    input: Option<Input<P>>,
    effects: &mut Effects<Q>,
    wrap: &Wrap<P, Q>,
) {
    let Some(input) = input else { return };
    let mut own = Effects::new();
    node.step(now, input, &mut own);
    for effect in own.drain() {
        effects.push(wrap.effect(effect));
    }
}

/// How a protocol's message, timer and purpose are taken out of the whole.
struct Open<Q: Protocol, P: Protocol>(
    fn(Q::Message) -> Option<P::Message>,
    fn(Q::Timer) -> Option<P::Timer>,
    fn(Q::Purpose) -> Option<P::Purpose>,
);

impl<Q: Protocol, P: Protocol> Open<Q, P> {
    fn input(&self, input: Input<Q>) -> Option<Input<P>> {
        Some(match input {
            Input::Start => Input::Start,
            Input::Receive(envelope) => Input::Receive(Envelope {
                cluster: envelope.cluster,
                sender: envelope.sender,
                incarnation: envelope.incarnation,
                receiver: envelope.receiver,
                message: (self.0)(envelope.message)?,
            }),
            Input::Timer(timer) => Input::Timer((self.1)(timer)?),
            Input::Drawn { purpose, value } => {
                let purpose = (self.2)(purpose)?;
                Input::Drawn { purpose, value }
            }
            Input::Stored(token) => Input::Stored(token),
            Input::Call(call) => Input::Call(call),
            Input::Calls(calls) => Input::Calls(calls),
            Input::Applied(applied) => Input::Applied(applied),
            Input::Queried { call, output } => Input::Queried { call, output },
            Input::SnapshotTaken { id, len } => Input::SnapshotTaken { id, len },
            Input::SnapshotRead { id, offset, bytes } => Input::SnapshotRead { id, offset, bytes },
            Input::SnapshotInstalled { id } => Input::SnapshotInstalled { id },
            Input::Control(control) => Input::Control(control),
            Input::Unreachable(node) => Input::Unreachable(node),
        })
    }
}

/// How a protocol's message, timer, purpose, write, commands and rule are put into the whole.
struct Wrap<P: Protocol, Q: Protocol>(
    fn(P::Message) -> Q::Message,
    fn(P::Timer) -> Q::Timer,
    fn(P::Purpose) -> Q::Purpose,
    fn(P::Write) -> Q::Write,
    fn(P::Commands) -> Q::Commands,
    fn(P::Rule) -> Q::Rule,
);

impl<P: Protocol, Q: Protocol> Wrap<P, Q> {
    fn effect(&self, effect: Effect<P>) -> Effect<Q> {
        match effect {
            Effect::Send { to, message } => {
                let message = (self.0)(message);
                Effect::Send { to, message }
            }
            Effect::Broadcast { message } => {
                let message = (self.0)(message);
                Effect::Broadcast { message }
            }
            Effect::Arm { timer, least, most } => {
                let timer = (self.1)(timer);
                Effect::Arm { timer, least, most }
            }
            Effect::Disarm(timer) => Effect::Disarm((self.1)(timer)),
            Effect::Persist { token, write } => {
                let write = (self.3)(write);
                Effect::Persist { token, write }
            }
            Effect::Draw(purpose) => Effect::Draw((self.2)(purpose)),
            Effect::Answer { call, answer } => Effect::Answer { call, answer },
            Effect::Apply(commands) => Effect::Apply((self.4)(commands)),
            Effect::Query { command } => Effect::Query { command },
            Effect::ClearApplication => Effect::ClearApplication,
            Effect::TakeSnapshot(id) => Effect::TakeSnapshot(id),
            Effect::ReadSnapshot { id, offset, len } => Effect::ReadSnapshot { id, offset, len },
            Effect::InstallSnapshot { id, bytes } => Effect::InstallSnapshot { id, bytes },
            Effect::RestoreSnapshot(id) => Effect::RestoreSnapshot(id),
            Effect::ForgetSnapshots { before } => Effect::ForgetSnapshots { before },
            Effect::Observe(seen) => Effect::Observe(seen),
            Effect::Why { rule, facts } => {
                let rule = (self.5)(rule);
                Effect::Why { rule, facts }
            }
        }
    }
}
