//! Reads the scenarios that the page offers and writes them down as Rust, so that the page carries
//! neither their text nor a reader of any kind. A scenario that cannot be read stops the build, and
//! so does one that uses a name which `src/presets.rs` does not know.

use scenario::gallery::{Catcher, Exhibit, gallery};
use scenario::{Mutant, PRESETS, Scenario, Setup};
use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

/// The structs of a setup that have a default.
const WITH_DEFAULT: [&str; 6] = [
    "Setup",
    "World",
    "ClientSettings",
    "RaftSettings",
    "AlmightySettings",
    "WatercraftSettings",
];

/// A rule-breaker is caught within so many events.
const MOST_EVENTS: u32 = 1_000_000;

/// Where this variable names a folder, its scenario files are offered, too: a page that is built to
/// be measured has loads that nobody would play with.
const LOADS: &str = "WHITEWATER_LOADS";

/// What loads name beside what `src/presets.rs` knows.
const USED_BY_LOADS: &str = "use consensus::{almighty::AlmightySettings, raft::RaftSettings, \
    watercraft::WatercraftSettings}; use scenario::simulator::Spread::Even;";

fn main() -> Result<(), Box<dyn Error>> {
    let mut setups = Vec::new();
    let mut notes = Vec::new();
    let mut titles = Vec::new();
    for (name, text) in offered()? {
        let scenario = Scenario::parse(&text).map_err(|error| format!("{name}: {error}"))?;
        let is_load = setups.len() >= PRESETS.len();
        let used = if is_load { USED_BY_LOADS } else { "" };
        let setup = expression(&scenario.setup());
        setups.push(format!("|| {{ {used} {setup} }}"));
        notes.push(note(&scenario));
        titles.push((name, scenario.title));
    }
    let folder = PathBuf::from(env::var("OUT_DIR")?);
    let (first, others) = setups.split_first().ok_or("nothing is offered")?;
    fs::write(folder.join("first.rs"), first)?;
    fs::write(
        folder.join("setups.rs"),
        format!("&[{}]", others.join(",\n")),
    )?;
    fs::write(folder.join("notes.rs"), format!("&[{}]", notes.join(",\n")))?;
    fs::write(folder.join("titles.rs"), format!("&{titles:?}"))?;
    let caught = gallery().filter(|it| matches!(it.catcher, Catcher::Check(_)));
    let breakers: Vec<String> = caught.map(breaker).collect::<Result<_, _>>()?;
    fs::write(
        folder.join("breakers.rs"),
        format!("&[{}]", breakers.join(",\n")),
    )?;
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed={LOADS}");
    Ok(())
}

/// A rule-breaker as Rust, with the smallest water in which it is caught. One that is not caught
/// there any more stops the build: the page would promise what does not happen.
fn breaker(exhibit: &Exhibit) -> Result<String, Box<dyn Error>> {
    let mutant = exhibit.mutant;
    let name = match mutant {
        Mutant::Raft(it) => format!("Raft(raft::Mutant::{it:?})"),
        Mutant::Almighty(it) => format!("Almighty(almighty::Mutant::{it:?})"),
        Mutant::Watercraft(it) => format!("Watercraft(watercraft::Mutant::{it:?})"),
    };
    let scenario = Scenario::parse(exhibit.counterexample)
        .map_err(|error| format!("crates/scenario/mutants/{}.json: {error}", mutant.name()))?;
    let setup = scenario.setup();
    let mut engine = setup.engine(mutant.protocol());
    for _ in 0..MOST_EVENTS {
        if !engine.step_untold() {
            break;
        }
    }
    let violation = engine
        .violation()
        .filter(|it| exhibit.catcher == Catcher::Check(it.property));
    let Some(violation) = violation else {
        return Err(lost(exhibit).into());
    };
    Ok(format!(
        "Breaker {{ mutant: Mutant::{name}, breaks: {:?}, caught_by: {:?}, caught_at: {:?}, \
         water: || {} }}",
        exhibit.breaks,
        violation.property.name(),
        violation.at,
        expression(&setup.honest()),
    ))
}

/// What is said of a rule-breaker that its water does not show any more, and what to do about it.
fn lost(exhibit: &Exhibit) -> String {
    let name = exhibit.mutant.name();
    format!(
        "the mutant {name} is not caught by {} in crates/scenario/mutants/{name}.json any more; \
         make that water anew: cargo run --release -p whitewater -- mutants {name} --out \
         crates/scenario/mutants",
        exhibit.catcher.name(),
    )
}

/// The name and text of every scenario on offer.
fn offered() -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let presets = PRESETS.iter();
    let presets = presets.map(|preset| (preset.name.to_owned(), preset.text.to_owned()));
    let mut offered: Vec<(String, String)> = presets.collect();
    let Some(folder) = env::var_os(LOADS) else {
        return Ok(offered);
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder)? {
        files.push(entry?.path());
    }
    files.sort();
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        offered.push((name.into_owned(), fs::read_to_string(&file)?));
    }
    Ok(offered)
}

/// What to watch for, and under which protocols, as Rust.
fn note(scenario: &Scenario) -> String {
    let protocols = scenario.protocols.iter();
    let protocols: Vec<String> = protocols
        .map(|protocol| format!("ProtocolName::{protocol:?}"))
        .collect();
    format!("({:?}, &[{}])", scenario.watch, protocols.join(", "))
}

/// The setup as Rust. What `derive(Debug)` prints is nearly that: only its lists are not, and it
/// says what is as usual.
fn expression(setup: &Setup) -> String {
    unusual(&format!("{setup:?}"), &format!("{:?}", Setup::default()))
        .replace("change: ", "change: LinkChange::")
        .replace("stamp: ", "stamp: IdentityStamp::")
        .replace("voters: [", "voters: Arc::new([")
        .replace("], learners: [", "]), learners: Arc::new([")
        .replace("] })", "]) })")
        .replace('[', "vec![")
        .replace("Arc::new(vec![", "Arc::new([")
}

/// What is printed of a value, without the fields that are printed of its type's default, too.
fn unusual(printed: &str, usual: &str) -> String {
    let (Some((name, is)), Some((_, was))) = (fields(printed), fields(usual)) else {
        return printed.into();
    };
    if !WITH_DEFAULT.contains(&name) {
        return printed.into();
    }
    let unlike = is.iter().zip(&was).filter(|(is, was)| is != was);
    let unlike = unlike.map(|((field, is), (_, was))| format!("{field}: {}", unusual(is, was)));
    let unlike: Vec<String> = unlike.collect();
    format!("{name} {{ {}, ..{name}::default() }}", unlike.join(", "))
}

/// The name of a struct, and the names and values of its fields, from what is printed of it.
fn fields(printed: &str) -> Option<(&str, Vec<(&str, &str)>)> {
    let (name, body) = printed.strip_suffix(" }")?.split_once(" { ")?;
    if name.contains(['(', '[']) {
        return None;
    }
    let (mut depth, mut begin) = (0, 0);
    let mut fields = Vec::new();
    for (place, sign) in body.char_indices().chain([(body.len(), ',')]) {
        match sign {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth -= 1,
            ',' if depth == 0 => {
                fields.push(body[begin..place].trim().split_once(": ")?);
                begin = place + 1;
            }
            _ => {}
        }
    }
    Some((name, fields))
}
