//! Arguments, subcommands and exit codes. One subcommand a file.
//!
//! What a command prints goes to standard output and is plain; what went wrong goes to standard
//! error. Exit codes: 0 done, 1 findings in the dataset, 2 wrong usage or unreadable input, and
//! 128 and the signal's number where one ended the program.

mod add;
mod args;
mod check;
mod colours;
mod compare;
mod completions;
mod config;
mod date;
mod export;
mod figures;
mod import;
mod keys;
mod list;
mod manual;
mod narrow;
mod new;
mod open;
mod piped;
mod screenshot;
mod settings;
mod show;
mod stats;
mod themes;
mod verify;

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::cli::args::{Arguments, Command};
use crate::dataset::{self, Input, LoadError, Reading};
use crate::files::{WriteError, plain};
use crate::signals;
use crate::text::{visible, visible_lines};

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
    #[error("cannot write to standard output: {}; what was printed is not all", plain(.0))]
    Output(#[from] io::Error),
}

/// Runs the command line that the program was called with.
pub fn run() -> ExitCode {
    signals::begin();
    let words = args::arranged(std::env::args_os());
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
            complain(&visible(&failure.to_string()));
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
        None => open::run(&arguments.open).map_err(command_meant),
        Some(Command::List(list)) => list::run(&list),
        Some(Command::Show(show)) => show::run(&show),
        Some(Command::Export(export)) => export::run(&export),
        Some(Command::Check(check)) => check::run(&check),
        Some(Command::Figures(figures)) => figures::run(&figures),
        Some(Command::Compare(compare)) => compare::run(&compare),
        Some(Command::Stats(stats)) => stats::run(&stats),
        Some(Command::Screenshot(screenshot)) => screenshot::run(&screenshot),
        Some(Command::New(new)) => new::run(&new),
        Some(Command::Verify(arguments)) => verify::run(&arguments),
        Some(Command::Date(date)) => date::run(&date),
        Some(Command::Add(open)) => add::run(&open),
        Some(Command::Config) => config::run(),
        Some(Command::Import(import)) => import::run(&import),
        Some(Command::Keys) => keys::run(),
        Some(Command::Completions { shell }) => completions::completions(shell),
        Some(Command::Man) => completions::man(),
        Some(Command::Themes) => themes::run(),
    }
}

/// A file that is not there may have been meant as a command.
fn command_meant(failure: Failure) -> Failure {
    let Failure::Load(LoadError::Missing { name }) = &failure else { return failure };
    // What has a dot or a slash is the name of a file.
    if name.contains(['.', '/']) {
        return failure;
    }
    let mut program = command();
    program.build();
    let commands = || program.get_subcommands().map(clap::Command::get_name);
    let hint = if commands().any(|known| known == name) {
        format!("the command `{name}` goes before its options: `dateline {name} …`")
    } else if let Some(near) = dataset::nearest(name, commands()) {
        format!("did you mean the command `{near}`?")
    } else {
        "check the name; `dateline help` lists the commands".to_owned()
    };
    Failure::Usage(visible(&format!("`{name}`: no such file or folder; {hint}")).into_owned())
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
    let text = visible_lines(&told.render().to_string());
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
    let _ = writeln!(io::stderr(), "dateline: {}", visible_lines(&what.to_string()));
}

/// Why a file was not written, and what writes it all the same.
fn unwritten(error: WriteError) -> Failure {
    Failure::Usage(match error {
        WriteError::Exists { path } => {
            format!("`{path}` is there already; nothing was changed; `--force` writes over it")
        }
        other => other.to_string(),
    })
}

/// The inputs that a command names; none means the dataset that comes with the program. A file of
/// another format is read as a dataset would be.
fn inputs(files: &[PathBuf]) -> Result<Vec<Input>, Failure> {
    if files.is_empty() {
        piped::unread().iter().for_each(|unread| complain(unread));
        return Ok(vec![dataset::embedded()]);
    }
    let mut inputs = Vec::new();
    let mut ours: Vec<PathBuf> = Vec::new();
    for file in files {
        let foreign = crate::import::open(file, &crate::import::Options::default())
            .map_err(|error| Failure::Usage(format!("`{}`: {error}", file.display())))?;
        match foreign {
            None => ours.push(file.clone()),
            Some((input, report)) => {
                import::tell(&input.name, &report);
                inputs.extend(dataset::load(&std::mem::take(&mut ours))?);
                inputs.push(input);
            }
        }
    }
    inputs.extend(dataset::load(&ours)?);
    Ok(inputs)
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

/// How wide a text may be, in columns: as asked for, else as wide as the terminal, else `usual`.
fn width(asked: Option<usize>, usual: usize) -> usize {
    let terminal = || {
        let out = io::stdout();
        let size = out.is_terminal().then(|| rustix::termios::tcgetwinsize(&out).ok());
        size.flatten().map(|size| usize::from(size.ws_col)).filter(|columns| *columns > 0)
    };
    asked.or_else(terminal).unwrap_or(usual)
}

/// Writes to standard output. A pipe or a file gets every byte, a terminal nothing that it would
/// obey, whatever a command prints.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    if out.is_terminal() {
        out.write_all(visible_lines(&text.replace("\r\n", "\n")).as_bytes())?;
    } else {
        out.write_all(text.as_bytes())?;
    }
    Ok(out.flush()?)
}
