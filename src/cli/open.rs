//! `dateline [FILE]...`: the timeline on the screen.

use std::io::{self, IsTerminal};
use std::sync::Arc;

use crate::cli::args::{Format, List, Open};
use crate::cli::{Failure, Outcome, complain, inputs, list, narrow, print, settings};
use crate::dataset;
use crate::folders::Folders;
use crate::log::Log;
use crate::memory::{Memory, Place, Remembered};
use crate::tui::outside::reading::{Sources, trouble};
use crate::tui::state::Preferences;
use crate::tui::terminal::{self, Opening};
use crate::tui::theme::Colours;
use crate::view::label::Glyphs;

/// Opens the timeline; where standard output is no terminal, lists it.
pub fn run(open: &Open) -> Result<Outcome, Failure> {
    let folders = Folders::of_the_user();
    let preferences = preferences(open, &folders)?;
    narrow::query(open.query.as_deref())?;
    if !io::stdout().is_terminal() {
        return list::run(&List {
            files: open.files.clone(),
            query: open.query.clone(),
            format: Format::Text,
        });
    }
    terminal::check().map_err(Failure::Usage)?;
    let log = match &open.log {
        Some(path) => Log::open(path).map_err(|error| Failure::Usage(error.to_string()))?,
        None => Log::default(),
    };
    let inputs = inputs(&open.files)?;
    let reading = dataset::read(&inputs);
    if reading.timeline.is_empty() && reading.has_errors() {
        print(&dataset::render(&reading.problems, &inputs))?;
        return Ok(Outcome::Findings);
    }
    let sources = Sources::new(&open.files, &inputs);
    let Remembered { memory, place, notice } = remembered(open, &sources);
    let place = match &open.query {
        Some(query) => Place { query: Some(query.clone()), ..place },
        None => place,
    };
    let ending = terminal::run(Opening {
        trouble: trouble(&reading, &inputs),
        timeline: Arc::new(reading.timeline),
        sources,
        preferences,
        mouse: !open.no_mouse,
        place,
        memory,
        notice,
        log,
    })?;
    if let Some(notice) = ending.notice {
        complain(&notice);
    }
    Ok(ending.signal.map_or(Outcome::Done, Outcome::Signal))
}

/// What is known of an earlier run over these datasets.
fn remembered(open: &Open, sources: &Sources) -> Remembered {
    let key = if open.no_state { None } else { sources.key() };
    let Some(key) = key else { return Remembered::default() };
    let folders = Folders::of_the_user();
    let Some(folder) = folders.state else {
        let notice = "your place and marks are not kept: there is no home folder (HOME)";
        return Remembered { notice: Some(notice.to_owned()), ..Remembered::default() };
    };
    let mut remembered = Memory::open(&folder, &key);
    if !folders.ignored.is_empty() && remembered.notice.is_none() {
        remembered.notice = Some(folders.ignored.join("; "));
    }
    remembered
}

fn preferences(open: &Open, folders: &Folders) -> Result<Preferences, Failure> {
    Ok(Preferences {
        theme: settings::theme(folders, open.theme.as_deref().unwrap_or("dark"), colours())?,
        glyphs: if open.ascii || plain_locale() { Glyphs::Ascii } else { Glyphs::Unicode },
        keymap: Arc::new(settings::keymap(folders)?),
    })
}

/// What the environment says of colours: `NO_COLOR` (no-color.org), `COLORTERM`, `TERM`.
fn colours() -> Colours {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if set("NO_COLOR") {
        return Colours::None;
    }
    match std::env::var("COLORTERM").as_deref() {
        Ok("truecolor" | "24bit") => Colours::True,
        _ => Colours::Indexed,
    }
}

/// Whether the locale (POSIX.1-2017, 8.2) is one of plain ASCII. Where none is set at all, the
/// terminal is taken to show more.
fn plain_locale() -> bool {
    ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .is_some_and(|locale| matches!(locale.as_str(), "C" | "POSIX"))
}
