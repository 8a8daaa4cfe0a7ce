//! Arguments, subcommands and exit codes. One subcommand a file.
//!
//! What a command prints goes to standard output and is plain; what went wrong goes to standard
//! error. Exit codes: 0 done, 1 findings in the dataset, 2 wrong usage or unreadable input, and
//! 128 and the signal's number where one ended the program.

mod args;
mod check;
mod date;
mod export;
mod keys;
mod list;
mod narrow;
mod open;
mod settings;
mod show;
mod themes;

use std::fmt::Display;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::cli::args::{Arguments, Command};
use crate::dataset::{self, Input, Reading};

/// How a command ended without being stopped by an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All is well: 0.
    Done,
    /// The dataset has errors: 1.
    Findings,
    /// A signal ended the program, in order: 128 and its number, as a shell tells it.
    Signal(i32),
}

/// Why a command was stopped; exit code 2.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Something that the user can mend, said in a sentence.
    #[error("{0}")]
    Usage(String),
    /// Input that cannot be read.
    #[error(transparent)]
    Load(#[from] dataset::LoadError),
    /// Output that cannot be written.
    #[error("cannot write to standard output: {0}; what was printed is not all")]
    Output(#[from] io::Error),
}

/// Runs the command line that the program was called with.
pub fn run() -> ExitCode {
    let words = args::with_dates_last(std::env::args_os());
    let arguments = match Arguments::try_parse_from(words) {
        Ok(arguments) => arguments,
        Err(told) => return tell(&told),
    };
    match dispatch(arguments) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Ok(Outcome::Signal(signal)) => {
            ExitCode::from(u8::try_from(signal).unwrap_or(0).saturating_add(128))
        }
        // The reader of a pipe has seen enough.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        // The names of files may have been given by somebody else: no line break of theirs begins
        // a line of ours.
        Err(Failure::Load(failure)) => {
            complain(&crate::text::visible(&failure.to_string()));
            ExitCode::from(2)
        }
        Err(failure) => {
            complain(&failure);
            ExitCode::from(2)
        }
    }
}

fn dispatch(arguments: Arguments) -> Result<Outcome, Failure> {
    match arguments.command {
        None => open::run(&arguments.open),
        Some(Command::List(list)) => list::run(&list),
        Some(Command::Show(show)) => show::run(&show),
        Some(Command::Export(export)) => export::run(&export),
        Some(Command::Check(check)) => check::run(&check),
        Some(Command::Date(date)) => date::run(&date),
        Some(Command::Keys) => keys::run(),
        Some(Command::Themes) => themes::run(),
    }
}

/// Help, the version, or what is wrong with the command line. The latter repeats words of it, which
/// may have been pasted.
fn tell(told: &clap::Error) -> ExitCode {
    if !told.use_stderr() {
        return match told.print() {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => ExitCode::from(2),
            _ => ExitCode::SUCCESS,
        };
    }
    let text = crate::text::visible_lines(&told.render().to_string());
    let _ = write!(io::stderr(), "{text}");
    ExitCode::from(2)
}

/// The command line as clap knows it, for completions and the manual page.
pub fn command() -> clap::Command {
    Arguments::command()
}

/// Says on standard error what went wrong, harmlessly.
fn complain(what: &dyn Display) {
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(io::stderr(), "dateline: {}", crate::text::visible_lines(&what.to_string()));
}

/// The inputs that a command names; none means the dataset that comes with the program.
fn inputs(files: &[PathBuf]) -> Result<Vec<Input>, Failure> {
    if files.is_empty() { Ok(vec![dataset::embedded()]) } else { Ok(dataset::load(files)?) }
}

/// Reads the inputs; says on standard error how many entries were left out and how to learn more.
fn read(inputs: &[Input]) -> (Reading, Outcome) {
    let reading = dataset::read(inputs);
    if !reading.has_errors() {
        return (reading, Outcome::Done);
    }
    let summary = dataset::summary(&reading);
    complain(&format!(
        "{summary}; entries with errors are left out. `dateline check` shows where."
    ));
    (reading, Outcome::Findings)
}

/// Writes to standard output.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}
