//! Reads what `build.rs` packed, in postcard's format. Those bytes were written by this very
//! program, so nothing is said of what might be wrong with them: postcard's own reader, which tells
//! each mistake from each other one at every number, is four times the code.

use serde::de::value::U32Deserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, IntoDeserializer,
    SeqAccess, VariantAccess, Visitor,
};
use std::fmt;

/// The value in these bytes; none where they hold something else.
pub(crate) fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    T::deserialize(&mut Packed(bytes)).ok()
}

/// The bytes that are still to be read; after the last of them come zeros without end.
struct Packed<'a>(&'a [u8]);

/// These bytes hold something else.
#[derive(Debug)]
struct Unreadable;

impl Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl std::error::Error for Unreadable {}

impl fmt::Display for Unreadable {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl Packed<'_> {
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    /// Seven bits in each byte, lowest first; the eighth says that more follow.
    #[inline(never)]
    fn number(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte();
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        number
    }

    /// Signed numbers alternate: 0, -1, 1, -2, 2.
    fn signed(&mut self) -> i64 {
        let number = self.number();
        (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
    }
}

macro_rules! unsigned_numbers {
    ($($read:ident => $visit:ident: $number:ty,)*) => {
        $(#[inline(always)]
        fn $read<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            visitor.$visit(self.number() as $number)
        })*
    };
}

impl<'de> Deserializer<'de> for &mut Packed<'_> {
    type Error = Unreadable;

    unsigned_numbers! {
        deserialize_u16 => visit_u16: u16,
        deserialize_u32 => visit_u32: u32,
        deserialize_u64 => visit_u64: u64,
    }

    #[inline(always)]
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_bool(self.byte() != 0)
    }

    #[inline(always)]
    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_u8(self.byte())
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_i32(self.signed() as i32)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_i64(self.signed())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.byte() == 0 {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        let left = self.number();
        visitor.visit_seq(Several { packed: self, left })
    }

    #[inline(always)]
    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(Fields(self))
    }

    #[inline(always)]
    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(Fields(self))
    }

    #[inline(always)]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(Fields(self))
    }

    #[inline(always)]
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_enum(self)
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unreadable> {
        Err(Unreadable)
    }

    serde::forward_to_deserialize_any! {
        i8 i16 f32 f64 char str string bytes byte_buf unit unit_struct map identifier ignored_any
    }
}

/// The fields of a struct, of which there are as many as are asked for.
struct Fields<'p, 'a>(&'p mut Packed<'a>);

impl<'de> SeqAccess<'de> for Fields<'_, '_> {
    type Error = Unreadable;

    #[inline(always)]
    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unreadable> {
        seed.deserialize(&mut *self.0).map(Some)
    }
}

/// The elements of a list, as many as it said.
struct Several<'p, 'a> {
    packed: &'p mut Packed<'a>,
    left: u64,
}

impl<'de> SeqAccess<'de> for Several<'_, '_> {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unreadable> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        seed.deserialize(&mut *self.packed).map(Some)
    }
}

impl<'de> EnumAccess<'de> for &mut Packed<'_> {
    type Error = Unreadable;
    type Variant = Self;

    #[inline(always)]
    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Self), Unreadable> {
        let place: U32Deserializer<Unreadable> = (self.number() as u32).into_deserializer();
        Ok((seed.deserialize(place)?, self))
    }
}

impl<'de> VariantAccess<'de> for &mut Packed<'_> {
    type Error = Unreadable;

    fn unit_variant(self) -> Result<(), Unreadable> {
        Ok(())
    }

    #[inline(always)]
    fn newtype_variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<T::Value, Unreadable> {
        seed.deserialize(self)
    }

    #[inline(always)]
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(Fields(self))
    }

    #[inline(always)]
    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(Fields(self))
    }
}

#[cfg(test)]
mod tests {
    use super::unpack;
    use consensus::{Micros, NodeId};
    use scenario::simulator::{
        Action, ClockSettings, DiskSettings, LinkChange, Links, MessageDeed, PerMillion, SpanRange,
        Target, TimedAction,
    };
    use scenario::{PRESETS, STORIES, Scenario, Setup};

    fn packed(setup: &Setup) -> Vec<u8> {
        postcard::to_allocvec(setup).expect("a setup can be packed")
    }

    /// Every kind of action with every kind of number in it.
    fn actions() -> Vec<Action> {
        let clock = ClockSettings {
            offset: -70_000,
            drift: 250,
            ..ClockSettings::default()
        };
        vec![
            Action::Stop(Target::Leader),
            Action::Join(NodeId(300)),
            Action::Cut(vec![vec![NodeId(0), NodeId(1)], vec![]]),
            Action::Heal,
            Action::CutOneWay {
                from: vec![NodeId(4)],
                to: vec![NodeId(2), NodeId(3)],
            },
            Action::Link {
                links: Links::ALL,
                change: LinkChange::Loss(PerMillion::ONE),
            },
            Action::Message {
                number: u64::MAX,
                deed: MessageDeed::Delay(Micros(128)),
            },
            Action::Disk {
                node: Some(NodeId(1)),
                settings: DiskSettings::sound(SpanRange::millis(1, 9)),
            },
            Action::Clock {
                node: Target::Node(NodeId(2)),
                settings: clock,
            },
            Action::Write {
                client: 1,
                key: 2,
                value: 3,
                to: None,
            },
        ]
    }

    #[test]
    fn what_was_packed_is_read_as_it_was() {
        for preset in PRESETS.iter().chain(STORIES) {
            let scenario = Scenario::parse(preset.text).expect(preset.name);
            let mut setup = scenario.setup();
            for action in actions() {
                let at = Micros(1 << 40);
                setup.script.push(TimedAction { at, action });
            }
            assert_eq!(unpack(&packed(&setup)), Some(setup), "{}", preset.name);
        }
    }

    #[test]
    fn an_action_that_does_not_exist_is_refused() {
        assert_eq!(unpack::<Action>(&[200, 1]), None);
        assert_eq!(unpack::<Action>(&[6]), Some(Action::Heal));
    }
}
