//! `dateline [FILE]...`: the timeline on the screen.

use std::io::{self, IsTerminal};
use std::sync::Arc;

use crate::cli::args::{Format, List, Open};
use crate::cli::{Failure, Outcome, inputs, list, print};
use crate::dataset;
use crate::tui::keymap::Keymap;
use crate::tui::state::Preferences;
use crate::tui::terminal;
use crate::tui::theme::{BUILT_IN, Colours, Theme};
use crate::view::label::Glyphs;

/// Opens the timeline; where standard output is no terminal, lists it.
pub fn run(open: &Open) -> Result<Outcome, Failure> {
    let preferences = preferences(open)?;
    if !io::stdout().is_terminal() {
        return list::run(&List { files: open.files.clone(), format: Format::Text });
    }
    let inputs = inputs(&open.files)?;
    let reading = dataset::read(&inputs);
    if reading.timeline.is_empty() && reading.has_errors() {
        print(&dataset::render(&reading.problems, &inputs))?;
        return Ok(Outcome::Findings);
    }
    let warning = reading.has_errors().then(|| dataset::summary(&reading));
    terminal::run(Arc::new(reading.timeline), preferences, warning)?;
    Ok(Outcome::Done)
}

fn preferences(open: &Open) -> Result<Preferences, Failure> {
    let name = open.theme.as_deref().unwrap_or("dark");
    let theme = Theme::built_in(name, colours()).ok_or_else(|| {
        let known: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
        Failure::Usage(format!("no theme `{name}`; there are {}", known.join(", ")))
    })?;
    Ok(Preferences {
        theme,
        glyphs: if open.ascii { Glyphs::Ascii } else { Glyphs::Unicode },
        keymap: Arc::new(Keymap::built_in().map_err(Failure::Usage)?),
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
