//! Rule-breakers: a protocol with one of its rules switched off, to see it caught.

use crate::app::Msg;
use crate::breakers::{BREAKERS, Breaker};
use crate::callbacks::Link;
use crate::choice::{Choice, ChoiceMsg};
use crate::el::{button, el, span, spoken};
use crate::icons::{Icon, icon};
use crate::text;
use scenario::ProtocolName;
use yew::Html;

/// The choice of a rule to switch off, on a side with this protocol.
pub(crate) fn choice(link: &Link, choice: &Choice, protocol: ProtocolName) -> Html {
    let own = BREAKERS.iter();
    let own = own.filter(|it| it.mutant.protocol() == protocol);
    let on = choice.breaker_of(protocol).map(|it| it.mutant);
    let row = |breaker: &'static Breaker| {
        let is_on = on == Some(breaker.mutant);
        let wanted = (!is_on).then_some(breaker);
        let press = button(
            "btn wide-btn breaker",
            link,
            Msg::Choice(ChoiceMsg::Breaker(wanted)),
        )
        .word("aria-pressed", if is_on { "true" } else { "false" })
        .put(span("", breaker.breaks))
        .put(spoken(
            "dim",
            text::caught(breaker.caught_by, breaker.caught_at),
        ));
        el("li", "").with(press).done()
    };
    el("details", "breakers")
        .with(el("summary", "").say(text::SWITCH_A_RULE_OFF))
        .with(el("p", "dim").say(text::WHY_SWITCH_OFF))
        .with(el("ul", "acts").all(own.map(row).collect()))
        .done()
}

/// Says that a rule is switched off, as long as it is.
pub(crate) fn notice(link: &Link, choice: &Choice, protocol: ProtocolName) -> Html {
    let Some(breaker) = choice.breaker_of(protocol) else {
        return Html::default();
    };
    let words = el("p", "")
        .with(el("b", "").say(text::RULE_IS_OFF))
        .say(breaker.breaks);
    el("div", "rule-notice")
        .word("role", "note")
        .put(icon(Icon::Broken))
        .with(words)
        .with(button("btn", link, Msg::Choice(ChoiceMsg::Breaker(None))).say(text::RULE_ON_AGAIN))
        .done()
}
