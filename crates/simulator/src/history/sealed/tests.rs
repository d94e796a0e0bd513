//! What is sealed comes out as it was.

use super::*;
use proptest::prelude::*;

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        any::<Option<u64>>().prop_map(|value| Outcome::Done { value }),
        (0..REFUSALS.len()).prop_map(|place| Outcome::Refused {
            reason: REFUSALS[place]
        }),
        Just(Outcome::GaveUp),
    ]
}

fn number() -> impl Strategy<Value = u64> {
    prop_oneof![0..300_u64, any::<u64>()]
}

prop_compose! {
    fn returned()(
        at in number(),
        by in any::<Option<u16>>(),
        outcome in outcome(),
        attempts in prop_oneof![0..3_u32, any::<u32>()],
        in_doubt in any::<bool>(),
    ) -> Return {
        let (at, by) = (Micros(at), by.map(NodeId));
        Return { at, by, outcome, attempts, in_doubt }
    }
}

prop_compose! {
    fn record()(
        client in prop_oneof![0..3_u32, any::<u32>()],
        sequence in number(),
        key in any::<u32>(),
        written in prop::option::of(number()),
        invoked in number(),
        mut returned in prop::option::of(returned()),
        own in any::<bool>(),
    ) -> CallRecord {
        if let Some(returned) = returned.as_mut().filter(|_| own) {
            returned.outcome = Outcome::Done { value: written };
        }
        let client = ClientId(client);
        let call = CallId { client, sequence };
        CallRecord { call, key, written, invoked: Micros(invoked), returned }
    }
}

proptest! {
    #[test]
    fn any_calls_come_out_as_they_went_in(records in prop::collection::vec(record(), 0..40)) {
        prop_assert_eq!(open(&seal(&records)), records);
    }
}

#[test]
fn a_call_of_a_busy_run_takes_about_ten_bytes() {
    let plain = |number: u64| CallRecord {
        call: CallId {
            client: ClientId((number % 8) as u32),
            sequence: number / 8,
        },
        key: 3,
        written: number.is_multiple_of(2).then_some(number),
        invoked: Micros(number * 5_000),
        returned: Some(Return {
            at: Micros(number * 5_000 + 25_000),
            by: Some(NodeId(4)),
            outcome: Outcome::Done {
                value: Some(number / 2 * 2),
            },
            attempts: 1,
            in_doubt: false,
        }),
    };
    let records: Vec<CallRecord> = (1_000_000..1_000_064).map(plain).collect();
    let bytes = seal(&records).len();
    assert!(bytes <= 64 * 11, "{bytes}");
    assert_eq!(open(&seal(&records)), records);
}
