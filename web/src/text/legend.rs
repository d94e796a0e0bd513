//! What the marks mean, in plain words.

pub(crate) const LEGEND: &str = "What am I looking at?";
pub(crate) const LEGEND_INTRO: &str = "Nodes are computers that must agree on one history, though messages get lost and computers \
     stop. So they let one of them lead. Each of them runs the real protocol here in your browser, \
     message by message; nothing is a film. Press whatever you like: nothing can be ruined.";

/// The parts of the legend, and in each what its marks mean, in the order of `legend.html`.
pub(crate) const LEGEND_PARTS: &[(&str, &[&str])] = &[
    (
        "On the ring",
        &[
            "A disc is a node that follows. The arc round it is its patience: when it has run out, \
             the node asks to lead.",
            "A dashed hexagon is a candidate: it asks for votes.",
            "A dot is a voter: full gave its vote, half has it on its way, hollow has not.",
            "A ring and a crown: it leads, and the others do as it says.",
            "Each leader’s time has a number and a colour: a term in Raft, a reign elsewhere. The \
             tag says which.",
            "Dotted and empty: it is stopped. Only its disk remembers.",
            "Two bars: it is paused. An hourglass: it is slow, and so many messages wait for it.",
            "Where age decides, a disc says who has been here longest, and next.",
            "A thin needle points to whom a node believes to lead; dashed, nobody answers there.",
        ],
    ),
    (
        "Messages",
        &[
            "Filled asks. Hollow answers: + is yes, − is no. The tail is where it comes from.",
            "A diamond asks for a vote. A square carries something to remember.",
            "It fell off its wire: lost.",
            "Bits were flipped on the way: the receiver refuses it.",
            "Two in one: a copy was made on the way. A bar: it is held on its wire.",
        ],
    ),
    (
        "Data and clients",
        &[
            "A cell is an entry of a node’s log. Solid is committed: it stays. Dashed may still be \
             lost.",
            "A client stands outside. It writes and reads, and expects to be told the truth.",
            "What a client does about a node that does not answer: it spares A, and tries B once.",
        ],
    ),
    (
        "Rough water",
        &[
            "A river is a cut of the network: what tries to cross it falls in.",
            "Arrows in the river: the cut is one way, and theirs is the way left open.",
        ],
    ),
    (
        "On the timeline",
        &[
            "A bar is who leads, in the colour of that time.",
            "Thin: it was played before, and lies ahead of now.",
            "Hatched: it believes to lead, and can commit nothing.",
            "A diamond is an election, a crown a leader.",
            "What was done: a write, a stop, a cut.",
            "Now. Drag it back, and act there: the old future is kept.",
        ],
    ),
    (
        "What is promised",
        &[
            "Everything that the protocol promises is checked at every step. When a promise breaks, \
             time stops, and the page tells how it came to that.",
        ],
    ),
];
