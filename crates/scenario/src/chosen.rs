//! One of two protocols, chosen when a run begins.
//!
//! The simulator is made anew for every protocol that it is given. A page that can play any of
//! them would carry as many simulators; with this it carries one.

use crate::either::Disk;
use crate::either::Either::{self, One, Other};
use alloc::vec::Vec;
use consensus::{
    Boot, Effect, Effects, Envelope, Field, Input, Inspection, Membership, Now, Protocol,
};
use core::hash::{Hash, Hasher};

/// A node of the one protocol or of the other. Its hash is that of what it holds, so that a run has
/// the same digests as without it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Chosen<A: Protocol, B: Protocol>(Either<Player<A>, Player<B>>);

/// A node, and a buffer for what it asks for, which is no part of its state.
#[derive(Debug)]
struct Player<P: Protocol> {
    node: P,
    own: Effects<P>,
}

impl<P: Protocol> Player<P> {
    fn new(node: P) -> Self {
        let own = Effects::new();
        Self { node, own }
    }

    /// Lets the node take a step. What is of the other protocol it never hears of.
    fn step<Q: Protocol>(
        &mut self,
        now: Now,
        input: Option<Input<P>>,
        effects: &mut Effects<Q>,
        wrap: &Wrap<P, Q>,
    ) {
        let Some(input) = input else { return };
        self.node.step(now, input, &mut self.own);
        effects.extend(self.own.drain().map(|effect| wrap.effect(effect)));
    }
}

impl<P: Protocol> Clone for Player<P> {
    fn clone(&self) -> Self {
        Self::new(self.node.clone())
    }
}

impl<P: Protocol> PartialEq for Player<P> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl<P: Protocol> Eq for Player<P> {}

impl<P: Protocol> Hash for Player<P> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.node.hash(state);
    }
}

impl<A: Protocol, B: Protocol> Protocol for Chosen<A, B> {
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
            One(settings) => Self(One(Player::new(A::boot(Boot {
                node,
                cluster,
                incarnation,
                members,
                settings,
                durable: stored.and_then(Either::one).unwrap_or_default(),
            })))),
            Other(settings) => Self(Other(Player::new(B::boot(Boot {
                node,
                cluster,
                incarnation,
                members,
                settings,
                durable: stored.and_then(Either::other).unwrap_or_default(),
            })))),
        }
    }

    fn step(&mut self, now: Now, input: Input<Self>, effects: &mut Effects<Self>) {
        match &mut self.0 {
            One(player) => {
                let open = Open::<Self, A>(Either::one, Either::one, Either::one);
                let wrap = Wrap::<A, Self>(One, One, One, One, One, One);
                player.step(now, open.input(input), effects, &wrap);
            }
            Other(player) => {
                let open = Open::<Self, B>(Either::other, Either::other, Either::other);
                let wrap = Wrap::<B, Self>(Other, Other, Other, Other, Other, Other);
                player.step(now, open.input(input), effects, &wrap);
            }
        }
    }

    fn glance(&self, entries: u64) -> Inspection {
        match &self.0 {
            One(player) => player.node.glance(entries),
            Other(player) => player.node.glance(entries),
        }
    }

    fn fields(&self) -> Vec<Field> {
        match &self.0 {
            One(player) => player.node.fields(),
            Other(player) => player.node.fields(),
        }
    }

    fn bookkeeping(&self) -> u64 {
        match &self.0 {
            One(player) => player.node.bookkeeping(),
            Other(player) => player.node.bookkeeping(),
        }
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
