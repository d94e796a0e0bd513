//! Pictures of some runs, compared with the ones that are kept. `WHITEWATER_BLESS=1` keeps them anew.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

#[path = "support/runs.rs"]
mod runs;

use runs::{Run, diagram, excerpt, runs, token};
use scene::events::{Filter, Telling, events};
use scene::logs::{Table, logs};
use scene::svg::{Picture, ring_svg, spacetime_svg};
use scene::{Facts, Seating, Stage, Style, compose};
use std::fmt::Write;
use std::path::PathBuf;

fn kept(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/pictures")
        .join(name)
}

/// Compares with what is kept, or keeps it.
fn compare(name: &str, now: &str, faults: &mut Vec<String>) {
    let path = kept(name);
    if std::env::var_os("WHITEWATER_BLESS").is_some() {
        std::fs::create_dir_all(kept("")).expect("there is room");
        std::fs::write(&path, now).expect("there is room");
    }
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    let mut lines = now.lines().zip(before.lines()).enumerate();
    if let Some((place, (now, before))) = lines.find(|(_, (now, before))| now != before) {
        faults.push(format!("{name}:{}\n  was {before}\n  is  {now}", place + 1));
    } else if now.lines().count() != before.lines().count() {
        faults.push(format!("{name} has another length"));
    }
}

fn ring(run: &Run) -> String {
    let view = run.playback.engine().view();
    let stage = Stage::new(490.0, 436.0);
    let seating = Seating::target(&view, stage);
    let style = Style {
        rule: run.rule,
        arrows: true,
        selected: None,
    };
    let scene = compose(&view, run.playback.at(), &seating, stage, style);
    let picture = Picture {
        title: run.name,
        description: "The ring.",
        token: &token,
    };
    ring_svg(&scene, &picture)
}

fn spacetime(run: &Run) -> String {
    let nodes = run.playback.engine().view().nodes.len();
    let stage = Stage::new(960.0, scene::spacetime::height(nodes));
    let picture = Picture {
        title: run.name,
        description: "Who sent what to whom, and when.",
        token: &token,
    };
    spacetime_svg(&diagram(run, 620, stage), &picture)
}

fn table(table: &Table) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "positions {} to {} of {}",
        table.first, table.last, table.end
    );
    for row in &table.rows {
        let folded = row.folded.as_ref().map_or("", |it| &it.text);
        let _ = write!(text, "{} {:>4}  [{folded}]", row.node, row.y);
        for cell in &row.cells {
            let _ = write!(
                text,
                " {:.0}:{}/{}/{:?}",
                cell.x, cell.text, cell.fill, cell.state
            );
        }
        let _ = writeln!(text, "  | {:?} {}", row.border, row.says);
    }
    text
}

fn listing(run: &Run) -> String {
    let view = run.playback.engine().view();
    let facts = Facts::new(&view, run.rule);
    let mut text = table(&logs(&facts, None, 700.0));
    let to = run.playback.at().0 / 1_000;
    let excerpt = excerpt(run, to - 120, to);
    let telling = Telling {
        reigns: &view.reigns,
        fills: &|_| 0,
    };
    let all = events(excerpt.told(), &telling, &Filter::all(), 0, 10_000);
    for row in all.rows {
        let caption = row.caption;
        let _ = writeln!(
            text,
            "{} {:?} {} {} {}",
            caption.at,
            row.kind,
            caption.text(),
            caption.because,
            caption.source
        );
    }
    text
}

#[test]
fn pictures_are_as_they_were() {
    let mut faults = Vec::new();
    for run in runs() {
        compare(&format!("{}.ring.svg", run.name), &ring(&run), &mut faults);
        compare(
            &format!("{}.spacetime.svg", run.name),
            &spacetime(&run),
            &mut faults,
        );
        compare(&format!("{}.txt", run.name), &listing(&run), &mut faults);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The names of the elements that are open at the end, the outermost first.
fn left_open(svg: &str) -> Vec<String> {
    let mut open = Vec::new();
    for tag in svg.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("every tag ends");
        let name = tag.split([' ', '/']).next().expect("it has a name");
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(closed));
        } else if !tag.ends_with('/') {
            open.push(name.to_owned());
        }
    }
    open
}

#[test]
fn whatever_a_title_holds_a_picture_is_well_formed() {
    let run = &runs()[0];
    let diagram = diagram(run, 620, Stage::new(960.0, 226.0));
    let picture = Picture {
        title: "1 < 2 & \"3\"\u{7} </svg>",
        description: "",
        token: &token,
    };
    let svg = spacetime_svg(&diagram, &picture);
    assert_eq!(left_open(&svg), [""; 0]);
    assert!(svg.contains("<title>1 &lt; 2 &amp; &quot;3&quot;  &lt;/svg&gt;</title>"));
    for run in runs() {
        assert_eq!(left_open(&ring(&run)), [""; 0]);
        assert!(!ring(&run).contains("NaN"));
    }
}
