//! What is drawn comes from the core: its settings change the picture.

use consensus::Micros;
use consensus::raft::{Raft, RaftSettings};
use scene::{Form, NodeShape, Scene, Seating, Stage, Style, compose};
use simulator::{Playback, Simulation, World};

const STAGE: Stage = Stage::new(490.0, 436.0);

/// Five servers that wait for a leader between so many milliseconds and twice as many.
fn cluster(patience: u64) -> Playback {
    let settings = RaftSettings {
        election_timeout_least: Micros::from_millis(patience),
        election_timeout_most: Micros::from_millis(patience * 2),
        ..RaftSettings::paper()
    };
    let run = Simulation::<Raft>::new(World::default(), settings);
    Playback::new(Box::new(run))
}

fn scene(run: &Playback) -> Scene {
    let view = run.engine().view();
    let seating = Seating::target(&view, STAGE);
    compose(&view, run.at(), &seating, STAGE, Style::default())
}

/// The scene at the first event after which a node has this form, and its time in milliseconds.
fn first(form: Form, patience: u64) -> (Scene, u64) {
    let mut run = cluster(patience);
    loop {
        run.seek_event(run.event() + 1);
        let scene = scene(&run);
        if scene.nodes.iter().any(|it| it.form == form) {
            return (scene, run.at().0 / 1_000);
        }
        assert!(run.at() < Micros::from_secs(10), "nobody is a {form:?}");
    }
}

/// P1, R2: no candidate is drawn before the core's election timeout, and one is by its end.
#[test]
fn candidates_are_drawn_when_the_election_timeout_says() {
    for patience in [150, 600, 1_500] {
        let (scene, at) = first(Form::Candidate, patience);
        assert!((patience..=patience * 2).contains(&at), "{patience}: {at}");
        let standing = |it: &&NodeShape| it.form == Form::Candidate;
        let candidate = scene.nodes.iter().find(standing).expect("one stands");
        assert_eq!(candidate.votes.len(), 5, "a dot for each voter");
        let (scene, crowned) = first(Form::Leader, patience);
        assert!(crowned > at, "{patience}: {crowned}");
        let leads = |it: &&NodeShape| it.form == Form::Leader;
        let leader = scene.nodes.iter().find(leads).expect("one leads");
        assert_eq!(leader.timer, None, "R2: a leader waits for nobody");
    }
}

/// P1, R2: at one moment the arcs round the nodes are the longer, the more patient the core is.
#[test]
fn arcs_shrink_as_fast_as_the_election_timeout_runs_out() {
    let arcs = |patience: u64| {
        let mut run = cluster(patience);
        run.seek(Micros::from_millis(100));
        let arcs = scene(&run).nodes.into_iter().map(|it| it.timer);
        arcs.collect::<Option<Vec<f64>>>().expect("everybody waits")
    };
    let (short, long) = (arcs(150), arcs(600));
    assert!(
        short.iter().all(|left| (0.3..0.7).contains(left)),
        "{short:?}"
    );
    assert!(
        long.iter().all(|left| (0.8..0.95).contains(left)),
        "{long:?}"
    );
}
