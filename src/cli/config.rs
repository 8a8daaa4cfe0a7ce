//! `config.ron`, the user's settings, and `dateline config`, which shows what they may be.

use serde::Deserialize;

use crate::cli::{Failure, Outcome, print, settings};
use crate::folders::Folders;
use crate::tui::state::SPLIT;
use crate::tui::theme::AUTO;

/// The settings that hold without a file, each explained: a file of its own.
const SAMPLE: &str = include_str!("../../assets/config.ron");

/// The settings.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The look, by its name.
    pub theme: String,
    /// Whether only ASCII characters are drawn; nothing where the locale says so.
    pub ascii: Option<bool>,
    /// Whether the mouse is listened to.
    pub mouse: bool,
    /// Whether anything is kept between runs.
    pub state: bool,
    /// Share of the width that the timeline takes, in percent.
    pub split: u16,
}

impl Default for Config {
    fn default() -> Self {
        Config { theme: AUTO.to_owned(), ascii: None, mouse: true, state: true, split: SPLIT }
    }
}

/// What the share of the timeline may be, in percent.
const SPLITS: std::ops::RangeInclusive<u16> = 20..=80;

impl Config {
    /// Reads a file of settings.
    fn parse(text: &str) -> Result<Config, String> {
        let config: Config = crate::dataset::ron_options()
            .from_str(text)
            .map_err(|error| format!("line {}: {}", error.span.start.line, error.code))?;
        if !SPLITS.contains(&config.split) {
            let line = text.lines().position(|line| line.trim_start().starts_with("split"));
            let line = line.unwrap_or(0) + 1;
            return Err(format!("line {line}: `split` is {}, not 20 to 80", config.split));
        }
        Ok(config)
    }

    /// The user's settings, or the defaults where there is no file.
    ///
    /// # Errors
    ///
    /// What is wrong in the file, and on which line.
    pub fn of_the_user(folders: &Folders) -> Result<Config, Failure> {
        let Some((path, text)) = settings::file(folders, "config.ron")? else {
            return Ok(Config::default());
        };
        Config::parse(&text).map_err(|error| Failure::Usage(format!("{}, {error}", path.display())))
    }
}

/// Prints every setting as it is by default, and where dateline looks for the user's.
pub fn run() -> Result<Outcome, Failure> {
    let folders = Folders::of_the_user();
    let mut text = SAMPLE.to_owned();
    text.push_str("\n// Looked for:\n");
    let Some(folder) = &folders.config else {
        text.push_str("//   nothing: there is no home folder (HOME)\n");
        print(&text)?;
        return Ok(Outcome::Done);
    };
    for (name, what) in
        [("config.ron", "settings"), ("keys.ron", "keys"), ("themes", "themes of your own")]
    {
        let path = folder.join(name);
        let found = if path.exists() { "found" } else { "not there" };
        let path = crate::text::visible(&path.display().to_string()).into_owned();
        text.push_str(&format!("//   {path}: {what}, {found}\n"));
    }
    print(&text)?;
    // What is printed helps to mend it.
    Config::of_the_user(&folders).map(|_| Outcome::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_the_defaults() {
        assert_eq!(Config::parse(SAMPLE), Ok(Config::default()));
        // Every setting is in it, and each may be left out.
        assert_eq!(Config::parse("Config()"), Ok(Config::default()));
        for name in ["theme", "ascii", "mouse", "state", "split"] {
            assert!(SAMPLE.contains(&format!("\n    {name}: ")), "{name}");
        }
    }

    #[test]
    fn settings_are_read_and_mistakes_name_their_line() {
        let config = Config::parse("Config(theme: \"light\", ascii: true, split: 40)").unwrap();
        assert_eq!((config.theme.as_str(), config.ascii, config.split), ("light", Some(true), 40));
        for (text, message) in [
            ("Config(\n  theme: 5)", "line 2: "),
            ("Config(\n\n  colour: true)", "line 3: "),
            ("Config(mouse: true,\n split: 90)", "line 2: `split` is 90, not 20 to 80"),
            ("nonsense", "line 1: "),
        ] {
            let error = Config::parse(text).unwrap_err();
            assert!(error.contains(message), "{error}\nshould say\n{message}");
        }
    }
}
