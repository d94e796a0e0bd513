//! The icons of the controls: strokes on a square of twenty.

use yew::{AttrValue, Html};

/// An icon's strokes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    Tick,
    Waits,
    Broken,
    Why,
    Chevron,
    Dice,
    Theme,
    Back,
    Forward,
    Play,
    Pause,
    Restart,
    Key,
    Keyboard,
    Earlier,
    Later,
    Settings,
    Cut,
    Heal,
    Write,
    Stop,
    Start,
    Timer,
    Close,
    Undo,
    Slow,
    Fast,
    Water,
    More,
    Minus,
    Plus,
    Left,
    Right,
    Open,
    Save,
    Ask,
}

/// Draws an icon; it says nothing by itself.
pub(crate) fn icon(icon: Icon) -> Html {
    fixed(markup(icon))
}

/// Markup that is written in this program and never changes: the one way to the browser for it.
pub(crate) fn fixed(markup: &'static str) -> Html {
    Html::from_html_unchecked(AttrValue::Static(markup))
}

macro_rules! strokes {
    ($strokes:literal) => {
        concat!(
            "<svg class='icon' viewBox='0 0 20 20' aria-hidden='true'>",
            $strokes,
            "</svg>"
        )
    };
}

const fn markup(icon: Icon) -> &'static str {
    match icon {
        Icon::Tick => strokes!("<path d='m5 10.5 3.4 3.4L15.2 6.5'/>"),
        Icon::Waits => strokes!("<circle cx='10' cy='10' r='6.5' stroke-dasharray='3 2.5'/>"),
        Icon::Broken => strokes!("<path d='M7 3h6l4 4v6l-4 4H7l-4-4V7zM10 6.5v4M10 13.4h.01'/>"),
        Icon::Why => strokes!("<path d='M10 9.5v4.5M10 6.3h.01'/><circle cx='10' cy='10' r='7'/>"),
        Icon::Chevron => strokes!("<path d='m6 8 4 4 4-4'/>"),
        Icon::Dice => strokes!(
            "<rect x='3.5' y='3.5' width='13' height='13' rx='3'/><path class='dots' d='M7.2 7.2h.01M12.8 12.8h.01M10 10h.01'/>"
        ),
        Icon::Theme => strokes!(
            "<circle cx='10' cy='10' r='6.5'/><path d='M10 3.5a6.5 6.5 0 0 1 0 13z' class='solid'/>"
        ),
        Icon::Back => strokes!("<path d='M12.5 4.5 6 10l6.5 5.5zM4 4.5v11'/>"),
        Icon::Forward => strokes!("<path d='M7.5 4.5 14 10l-6.5 5.5zM16 4.5v11'/>"),
        Icon::Play => strokes!("<path d='M6.5 4.2v11.6L16 10z' class='solid'/>"),
        Icon::Pause => strokes!("<path d='M6.8 4.5v11M13.2 4.5v11' stroke-width='3'/>"),
        Icon::Restart => strokes!("<path d='M4.5 10a5.5 5.5 0 1 0 1.8-4.1L4 8M4 4v4h4'/>"),
        Icon::Earlier => strokes!("<path d='M16.5 5 11 10l5.5 5zM10.5 5 5 10l5.5 5zM3 5v10'/>"),
        Icon::Later => strokes!("<path d='M3.5 5 9 10l-5.5 5zM9.5 5l5.5 5-5.5 5zM17 5v10'/>"),
        Icon::Keyboard => strokes!(
            "<rect x='2' y='5' width='16' height='10.5' rx='2'/><path d='M5.2 8.4h.01M8.4 8.4h.01M11.6 8.4h.01M14.8 8.4h.01M6.5 12.2h7'/>"
        ),
        Icon::Key => strokes!(
            "<circle cx='5.5' cy='6' r='2'/><circle cx='5.5' cy='14' r='2'/><path d='M10.5 6H17M10.5 14H17'/>"
        ),
        Icon::Settings => strokes!(
            "<path d='M3 6h5M12.5 6H17M3 14h8M15.5 14H17'/><circle cx='10.2' cy='6' r='2'/><circle cx='13.2' cy='14' r='2'/>"
        ),
        Icon::Cut => strokes!("<path d='M2 8q2-2.6 4 0t4 0 4 0 4 0M2 13q2-2.6 4 0t4 0 4 0 4 0'/>"),
        Icon::Heal => strokes!("<path d='M3 10h14M7 6.5v7M13 6.5v7'/>"),
        Icon::Write => strokes!(
            "<rect x='3.5' y='3.5' width='13' height='13' rx='4'/><path d='m7 7.5 2.5 2.5L7 12.5M11 13h2.5'/>"
        ),
        Icon::Stop => strokes!("<path d='M10 3.5v6M6.2 5.6a6 6 0 1 0 7.6 0'/>"),
        Icon::Start => strokes!("<path d='M6.5 4.2v11.6L16 10z'/>"),
        Icon::Timer => {
            strokes!("<circle cx='10' cy='11' r='6'/><path d='M10 11V8M8 2.8h4'/>")
        }
        Icon::Close => strokes!("<path d='m5.5 5.5 9 9M14.5 5.5l-9 9'/>"),
        Icon::Slow => strokes!("<path d='M4.5 15a7 7 0 1 1 11 0M10 12 6.8 8.6'/>"),
        Icon::Fast => strokes!("<path d='M4.5 15a7 7 0 1 1 11 0M10 12l3.2-3.4'/>"),
        Icon::Water => strokes!(
            "<path d='m2 9 2.7-4 2.6 4L10 5l2.7 4 2.6-4L18 9M2 16l2.7-4 2.6 4L10 12l2.7 4 2.6-4L18 16'/>"
        ),
        Icon::More => strokes!("<path class='dots' d='M4.5 10h.01M10 10h.01M15.5 10h.01'/>"),
        Icon::Minus => strokes!("<path d='M5 10h10'/>"),
        Icon::Plus => strokes!("<path d='M5 10h10M10 5v10'/>"),
        Icon::Left => strokes!("<path d='m12 5-5 5 5 5'/>"),
        Icon::Right => strokes!("<path d='m8 5 5 5-5 5'/>"),
        Icon::Ask => strokes!(
            "<circle cx='10' cy='10' r='7'/><path d='M7.9 8.2a2.1 2.1 0 1 1 3.2 1.8q-1.1.7-1.1 1.8M10 14h.01'/>"
        ),
        Icon::Open => strokes!("<path d='M3 15.5V5h5l1.8 2H17v8.5zM10 13.5v-4M8 11.2l2-2 2 2'/>"),
        Icon::Save => strokes!("<path d='M10 3.5v8.5M6.5 8.8 10 12.2l3.5-3.4M4 12.5v4h12v-4'/>"),
        Icon::Undo => strokes!("<path d='M7.5 4 4 7.5 7.5 11M4 7.5h7.5a4.5 4.5 0 0 1 0 9H8'/>"),
    }
}
