//! `dateline [FILE]...`: the timeline on the screen.

use std::io::{self, IsTerminal};
use std::sync::Arc;

use crate::cli::args::{Format, List, Open};
use crate::cli::config::Config;
use crate::cli::{
    Failure, Outcome, colours, complain, inputs, list, narrow, piped, print, settings,
};
use crate::dataset::{self, Input, Reading};
use crate::folders::Folders;
use crate::log::Log;
use crate::memory::{Memory, Place, Remembered};
use crate::tui::outside::reading::{Sources, trouble};
use crate::tui::outside::screen::Wants;
use crate::tui::state::Preferences;
use crate::tui::terminal::{self, Opening};
use crate::tui::theme::Theme;
use crate::view::label::Glyphs;

/// Opens the timeline; where standard output is no terminal, lists it.
pub fn run(open: &Open) -> Result<Outcome, Failure> {
    run_with(open, false)
}

/// Opens the timeline, with the form for a new entry or without.
pub fn run_with(open: &Open, adding: bool) -> Result<Outcome, Failure> {
    let folders = Folders::of_the_user();
    let config = configured(open, &folders)?;
    let ours = colours::Terminal::ours();
    let (theme, looks) = settings::look(&folders, &config.theme, &ours)?;
    let preferences = preferences(&config, &folders, theme)?;
    narrow::query(open.query.as_deref())?;
    if adding && !io::stdout().is_terminal() {
        return Err(Failure::Usage("an entry is added in a terminal".to_owned()));
    }
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
    let (inputs, reading, whole) = match beginning(open) {
        Some((inputs, reading)) => (inputs, reading, false),
        None => {
            let inputs = inputs(&open.files)?;
            let reading = dataset::read(&inputs);
            (inputs, reading, true)
        }
    };
    if reading.timeline.is_empty() && reading.has_errors() {
        print(&dataset::render(&reading.problems, &inputs))?;
        return Ok(Outcome::Findings);
    }
    let sources = Sources::new(&open.files, &inputs);
    let Remembered { memory, place, notice, first } = remembered(config.state, &sources);
    let unread = if open.files.is_empty() { piped::unread() } else { None };
    let notice = settings::unread(&folders).or(unread.map(str::to_owned)).or(notice);
    let fixed = inputs.iter().filter(|input| input.path.is_none());
    let fixed = fixed.map(|input| input.name.clone()).collect();
    let place = match &open.query {
        Some(query) => Place { query: Some(query.clone()), ..place },
        None => place,
    };
    let trouble = trouble(&reading, &inputs);
    // Their texts are held by the timeline, for as long as it is shown.
    drop(inputs);
    let ending = terminal::run(Opening {
        trouble,
        timeline: Arc::new(reading.timeline),
        whole,
        sources,
        preferences,
        looks,
        wants: Wants {
            mouse: config.mouse && !ours.is_screen,
            order: ours.order,
            ..Wants::default()
        },
        place,
        memory,
        notice,
        log,
        fixed,
        adding,
        first,
        split: config.split,
    })?;
    if let Some(notice) = ending.notice {
        complain(&notice);
    }
    Ok(ending.signal.map_or(Outcome::Done, Outcome::Signal))
}

/// What large datasets begin with, to be shown while the rest is read.
fn beginning(open: &Open) -> Option<(Vec<Input>, Reading)> {
    let inputs = dataset::load_first(&open.files)?;
    let reading = dataset::read_first(&inputs);
    (!reading.timeline.is_empty()).then_some((inputs, reading))
}

/// What is known of an earlier run over these datasets.
fn remembered(kept: bool, sources: &Sources) -> Remembered {
    let key = if kept { sources.key() } else { None };
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

/// The user's settings, with what the command line says before them.
fn configured(open: &Open, folders: &Folders) -> Result<Config, Failure> {
    let config = Config::of_the_user(folders)?;
    Ok(Config {
        theme: open.theme.clone().unwrap_or(config.theme),
        ascii: open.ascii.or(config.ascii),
        mouse: open.no_mouse.map_or(config.mouse, |without| !without),
        state: open.no_state.map_or(config.state, |without| !without),
        split: config.split,
    })
}

fn preferences(config: &Config, folders: &Folders, theme: Theme) -> Result<Preferences, Failure> {
    let ascii = config.ascii.unwrap_or_else(plain_locale);
    Ok(Preferences {
        theme,
        glyphs: if ascii { Glyphs::Ascii } else { Glyphs::Unicode },
        keymap: Arc::new(settings::keymap(folders)?),
    })
}

/// Whether the locale (POSIX.1-2017, 8.2) is one in which no more than ASCII is safe. Where none is
/// set at all, or no character set, the terminal is taken to show more.
fn plain_locale() -> bool {
    ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .is_some_and(|locale| is_plain(&locale))
}

/// `C`, and what names a character set other than UTF-8: `de_DE.ISO-8859-1`, `ja_JP.eucJP@x`.
fn is_plain(locale: &str) -> bool {
    let locale = locale.split('@').next().unwrap_or_default();
    match locale.split_once('.') {
        Some((_, set)) => !matches!(set.to_ascii_lowercase().as_str(), "utf-8" | "utf8"),
        None => matches!(locale, "C" | "POSIX"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_says_what_may_be_drawn() {
        for (locale, plain) in [
            ("C", true),
            ("POSIX", true),
            ("de_DE.ISO-8859-1", true),
            ("ja_JP.eucJP@x", true),
            ("C.UTF-8", false),
            ("en_GB.utf8@euro", false),
            ("en_GB", false),
            ("nonsense", false),
        ] {
            assert_eq!(is_plain(locale), plain, "{locale}");
        }
    }
}
