//! What assistive technology is told of a node.

mod support;

use consensus::{MessageShape, NodeId, Role};
use scene::{Form, RuleFace, Scene, Seating, Stage, Style, VoteState, compose, fill, ordinal};
use simulator::{Power, View};
use support::{Built, election, followers, message, ms, node, term, view};

fn scene(view: &View, rule: RuleFace) -> Scene {
    let stage = Stage::new(490.0, 436.0);
    let style = Style {
        rule,
        ..Style::default()
    };
    compose(view, ms(1000), &Seating::target(view, stage), stage, style)
}

fn name(scene: &Scene, id: u16) -> &str {
    let node = scene.nodes.iter().find(|node| node.id == NodeId(id));
    node.map_or("", |node| &node.name)
}

#[test]
fn voters_are_named_by_role_and_term() {
    let votes = [(0, Some(true)), (1, Some(true)), (2, None)];
    let view = view(vec![
        node(0, Role::Follower, term(2, None)).stopped(),
        node(1, Role::Candidate, term(3, None)).voted(&votes, 3),
        node(2, Role::Leader, term(2, Some(2))),
    ]);
    let scene = scene(&view, RuleFace::Votes);
    assert_eq!(name(&scene, 0), "Node A, follower, term 2, stopped");
    assert_eq!(name(&scene, 1), "Node B, candidate, term 3, 2 of 3 votes");
    assert_eq!(name(&scene, 2), "Node C, leader, term 2");
    assert!(scene.notes.iter().any(|note| note.text == "2 of 3 votes"));
}

fn peers() -> View {
    let order = [2, 1, 0, 3];
    let (old, new) = (election(100, 1), election(900, 2));
    let mut view = view(vec![
        node(0, Role::Follower, new).aged(&order),
        node(1, Role::Follower, old).aged(&order).stopped(),
        node(2, Role::Leader, new).aged(&order),
        node(3, Role::Follower, new).aged(&order),
        node(4, Role::Follower, old),
    ]);
    view.nodes[4].power = Power::Absent;
    view.reigns = vec![old, new];
    view
}

#[test]
fn peers_are_named_by_age_and_belief() {
    let scene = scene(&peers(), RuleFace::Age);
    assert_eq!(
        name(&scene, 0),
        "Peer A, follower, 2nd oldest, believes C leads"
    );
    assert_eq!(name(&scene, 1), "Peer B, follower, stopped");
    assert_eq!(name(&scene, 2), "Peer C, leader, 1st oldest");
    assert_eq!(
        name(&scene, 3),
        "Peer D, follower, 3rd oldest, believes C leads"
    );
    assert_eq!(scene.nodes.len(), 4);
}

#[test]
fn a_reign_gives_its_followers_their_colour() {
    let mut view = peers();
    let scene = scene(&view, RuleFace::Age);
    let fills: Vec<u8> = scene.nodes.iter().map(|node| node.fill).collect();
    assert_eq!(fills, [2, 1, 2, 2]);
    assert_eq!(scene.needles.len(), 2);
    assert!(
        scene
            .needles
            .iter()
            .all(|needle| !needle.stale && needle.fill == 2)
    );
    view.nodes[2] = node(2, Role::Leader, election(900, 2)).stopped();
    assert!(
        self::scene(&view, RuleFace::Age)
            .needles
            .iter()
            .all(|needle| needle.stale)
    );
    view.reigns.clear();
    assert!(
        self::scene(&view, RuleFace::Age)
            .nodes
            .iter()
            .all(|node| node.fill == 0)
    );
}

#[test]
fn fills_wrap_at_eight() {
    assert_eq!([0, 1, 8, 9, 17].map(fill), [0, 1, 8, 1, 1]);
}

#[test]
fn ordinals_are_spelt_as_in_english() {
    let spelt: Vec<String> = [1, 2, 3, 4, 11, 12, 13, 21, 22, 101, 112]
        .map(ordinal)
        .into();
    let expected = [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "101st", "112th",
    ];
    assert_eq!(spelt, expected);
}

#[test]
fn a_vote_is_coming_while_the_yes_is_in_the_air() {
    let mut view = followers(3);
    let votes = [(0, Some(true)), (1, None), (2, None)];
    view.nodes[0] = node(0, Role::Candidate, term(1, None)).voted(&votes, 2);
    let mut yes = message(1, 1, 0, MessageShape::Claim, 40);
    yes.answer = Some(true);
    view.flights.push(yes);
    let states = |view: &View| -> Vec<VoteState> {
        scene(view, RuleFace::Votes).nodes[0]
            .votes
            .iter()
            .map(|vote| vote.state)
            .collect()
    };
    assert_eq!(
        states(&view),
        [VoteState::Have, VoteState::Coming, VoteState::None]
    );
    view.flights[0].answer = Some(false);
    assert_eq!(
        states(&view),
        [VoteState::Have, VoteState::None, VoteState::None]
    );
}

#[test]
fn a_stopped_candidate_is_only_an_outline() {
    let mut view = followers(3);
    view.nodes[0] = node(0, Role::Candidate, term(1, None))
        .waiting(50)
        .stopped();
    let scene = scene(&view, RuleFace::Votes);
    assert_eq!(scene.nodes[0].form, Form::Stopped);
    assert_eq!(scene.nodes[0].timer, None);
}
