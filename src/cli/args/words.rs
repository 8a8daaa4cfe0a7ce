//! The words of the command line, put so that clap reads them as they are meant.

use std::convert::Infallible;
use std::ffi::{OsStr, OsString};

use clap::{CommandFactory, Parser};

use crate::cli::args::Arguments;

/// Stands before a date that begins with a minus, so that it is no option. No word that a program
/// is given can have it.
const MARK: &str = "\0";

/// The command line with the options for the screen taken from before a command, and with dates
/// marked that begin with a minus: `dateline --no-state date -0044-03-15 --format json`. All words
/// stay in their order.
pub fn arranged(words: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut words: Vec<OsString> = words.collect();
    let Some(command) = command_at(&words) else { return words };
    if command > 1 {
        let sound = words.get(..command).is_some_and(|before| {
            Arguments::try_parse_from(before).is_ok_and(|read| read.command.is_none())
        });
        if !sound {
            return words;
        }
        let options: Vec<OsString> = words.drain(1..command).collect();
        // The other commands have no screen.
        if words.get(1).is_some_and(|word| word == "add") {
            words.splice(2..2, options);
        }
    }
    if words.get(1).is_some_and(|word| word == "date") {
        mark_dates(&mut words);
    }
    words
}

/// Where the name of a command stands, if nothing but options for the screen come before it.
fn command_at(words: &[OsString]) -> Option<usize> {
    let mut at = 1;
    loop {
        let word = words.get(at)?.to_str()?;
        match word.split('=').next()? {
            "--theme" if word == "--theme" => at += 2,
            "--theme" | "--ascii" | "--no-mouse" | "--no-state" => at += 1,
            _ => return Arguments::command().find_subcommand(word).map(|_| at),
        }
    }
}

fn mark_dates(words: &mut [OsString]) {
    let mut before = OsString::new();
    for word in words.iter_mut().skip(2) {
        if word == "--" {
            return;
        }
        let marked = (before != "--format" && is_date(word)).then(|| {
            let mut marked = OsString::from(MARK);
            marked.push(&word);
            marked
        });
        before.clone_from(word);
        if let Some(marked) = marked {
            *word = marked;
        }
    }
}

/// Whether a word with a minus before it is meant as a date: short options are letters, and no date
/// begins with one but `X` and `Y`.
fn is_date(word: &OsStr) -> bool {
    let mut letters = word.to_str().unwrap_or_default().chars();
    letters.next() == Some('-')
        && letters.next().is_some_and(|next| {
            next != '-' && (!next.is_ascii_alphabetic() || matches!(next, 'X' | 'Y'))
        })
}

/// A text as it was given.
pub fn unmarked(text: &str) -> Result<String, Infallible> {
    Ok(text.strip_prefix(MARK).unwrap_or(text).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Command;

    fn parse(line: &str) -> Result<Arguments, clap::Error> {
        let words = std::iter::once("dateline").chain(line.split(' ')).map(OsString::from);
        Arguments::try_parse_from(arranged(words))
    }

    #[test]
    fn dates_keep_their_order_whatever_they_begin_with() {
        for (line, texts) in [
            ("date -0044", "-0044"),
            ("date 2001 -0001 ../1985", "2001 -0001 ../1985"),
            ("date -0001 2001 -Y17E7 -XXXX -04XX", "-0001 2001 -Y17E7 -XXXX -04XX"),
            ("date -- 2001 -0001 ../1985", "2001 -0001 ../1985"),
            ("date 2001 -0002 --format json -- -0001 --format", "2001 -0002 -0001 --format"),
            ("date --format=json -0001 2001", "-0001 2001"),
            ("date ?1984 -?0044 -", "?1984 -?0044 -"),
            ("--no-state date -0044 2001", "-0044 2001"),
            ("--no-state --theme light --ascii=false date -0044", "-0044"),
            ("--theme=light --no-mouse date 2001 -- -0044", "2001 -0044"),
        ] {
            let Ok(Arguments { command: Some(Command::Date(date)), .. }) = parse(line) else {
                panic!("{line}");
            };
            assert_eq!(date.texts.join(" "), texts, "{line}");
        }
    }

    #[test]
    fn options_for_the_screen_may_stand_before_any_command() {
        for line in ["--no-state list", "--theme light show kirby-may", "--ascii keys"] {
            assert!(parse(line).is_ok_and(|read| read.command.is_some()), "{line}");
        }
        let Ok(Arguments { command: Some(Command::Add(open)), .. }) =
            parse("--no-state --theme light add a.ron")
        else {
            panic!("no command");
        };
        assert_eq!((open.no_state, open.theme.as_deref()), (Some(true), Some("light")));
        // What would be lost is not taken away.
        assert!(parse("-q kirby list").is_ok_and(|read| read.command.is_none()));
        assert!(parse("--log a.log list").is_ok_and(|read| read.command.is_none()));
        for line in ["date", "date --formt json", "date -x", "--ascii=perhaps date 2001"] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}
