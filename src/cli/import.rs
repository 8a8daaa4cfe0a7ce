//! `dateline import`: other formats to a dataset.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use crate::cli::args::Import;
use crate::cli::{Failure, Outcome, complain, print, unwritten};
use crate::dataset::LoadError;
use crate::files::{self, Overwrite, Unfinished};
use crate::import::{self, FIELDS, Options, Report, dates::DayOrder, dates::Rules};

/// How often the line of progress is drawn, in bytes read.
const STEP: u64 = 4 << 20;

/// Imports a file and says what became of it.
pub fn run(args: &Import) -> Result<Outcome, Failure> {
    if args.list_formats {
        return list();
    }
    let Some(file) = &args.file else {
        return Err(Failure::Usage("name a file to import; `-` is standard input".to_owned()));
    };
    let options = options(args)?;
    let name = if is_standard_input(file) {
        "standard input".to_owned()
    } else {
        file.display().to_string()
    };
    let mut progress = Progress::of(file);
    let mut read = |out: &mut dyn Write| -> Result<Report, Failure> {
        let failed = |error: import::ImportError| match error {
            import::ImportError::Write(error) => Failure::Output(error),
            import::ImportError::Read(error) => {
                Failure::Usage(format!("cannot read `{name}`: {}", files::plain(&error)))
            }
            error => Failure::Usage(format!("`{name}`: {error}")),
        };
        if is_standard_input(file) {
            let stdin = io::stdin().lock();
            return import::import(stdin, &name, &options, out, &mut |_| {}).map_err(failed);
        }
        let (open, found) = files::open_given(file).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => LoadError::Missing { name: name.clone() }.into(),
            _ => failed(error.into()),
        })?;
        let report = import::import(&open, &name, &options, out, &mut |at| progress.at(at));
        progress.end();
        let report = report.map_err(failed)?;
        if found.is_file() && !files::is_unchanged(&open, &found).unwrap_or(false) {
            return Err(failed(io::Error::other(files::BEING_WRITTEN).into()));
        }
        Ok(report)
    };
    let report = match &args.output {
        Some(path) => write_file(path, args.force, &mut read)?,
        None => {
            let mut out = io::BufWriter::new(io::stdout().lock());
            let report = read(&mut out)?;
            out.flush()?;
            report
        }
    };
    // The report is for people and goes where the dataset does not.
    let told = write!(io::stderr(), "{}", crate::text::visible_lines(&report.to_string()));
    drop(told);
    Ok(Outcome::Done)
}

/// What was asked for, for an import.
pub fn options(args: &Import) -> Result<Options, Failure> {
    let mut options = Options {
        rules: Rules {
            order: match (args.day_first, args.month_first) {
                (true, _) => Some(DayOrder::DayFirst),
                (_, true) => Some(DayOrder::MonthFirst),
                _ => None,
            },
            epoch: args.epoch,
        },
        title: args.title.clone(),
        strict: args.strict,
        undated: args.undated,
        ..Options::default()
    };
    if let Some(name) = &args.from {
        let format = import::by_name(name).map_err(|error| Failure::Usage(error.to_string()))?;
        options.from = Some(format);
    }
    for pair in &args.map {
        options.map.add(pair).map_err(|error| Failure::Usage(error.to_string()))?;
    }
    Ok(options)
}

fn is_standard_input(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// The formats, and the fields of `--map`.
fn list() -> Result<Outcome, Failure> {
    let mut text = String::new();
    for format in import::formats() {
        let ends: Vec<String> = format.extensions.iter().map(|end| format!(".{end}")).collect();
        text.push_str(&format!("{:<12}{}", format.name, format.about));
        if !ends.is_empty() {
            text.push_str(&format!(" ({})", ends.join(", ")));
        }
        text.push('\n');
    }
    text.push_str("\nfields for --map:\n");
    for (_, name, about) in FIELDS {
        text.push_str(&format!("{name:<15}{about}\n"));
    }
    print(&text)?;
    Ok(Outcome::Done)
}

/// Writes a file that takes its place when it is whole, so that what was there before stays until
/// then.
fn write_file(
    path: &Path,
    force: bool,
    write: &mut dyn FnMut(&mut dyn Write) -> Result<Report, Failure>,
) -> Result<Report, Failure> {
    let overwrite = if force { Overwrite::Allowed } else { Overwrite::Never };
    let mut file = Unfinished::begin(path, overwrite).map_err(unwritten)?;
    let mut out = io::BufWriter::new(&mut file);
    let report = write(&mut out).and_then(|report| {
        out.flush()?;
        Ok(report)
    });
    // What is left of a write that failed is not to be tried again.
    drop(out.into_parts());
    let report = report.map_err(|failure| match failure {
        Failure::Output(error) => unwritten(file.refusal(&error)),
        failure => failure,
    })?;
    file.finish().map_err(unwritten)?;
    Ok(report)
}

/// One line on standard error that says how far an import is; none where nobody would see it.
struct Progress {
    size: Option<u64>,
    drawn: u64,
}

impl Progress {
    fn of(file: &Path) -> Self {
        let seen = io::stderr().is_terminal();
        let size = std::fs::metadata(file).ok().map(|metadata| metadata.len());
        Progress { size: size.filter(|size| seen && *size > STEP), drawn: 0 }
    }

    fn at(&mut self, read: u64) {
        let Some(size) = self.size else { return };
        if read.saturating_sub(self.drawn) < STEP && read < size {
            return;
        }
        self.drawn = read;
        let share = (u128::from(read) * 100 / u128::from(size.max(1))).min(100);
        let done = usize::try_from(share).unwrap_or(100) / 4;
        let bar: String = (0..25).map(|at| if at < done { '█' } else { '░' }).collect();
        let megabytes = read / 1_000_000;
        let _ = write!(io::stderr(), "\r{bar} {share:3} %  {megabytes} MB");
    }

    fn end(&mut self) {
        if self.size.is_some() && self.drawn > 0 {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}

/// Says what is missing of a foreign file that is only looked at.
pub fn tell(name: &str, report: &Report) {
    if let Some(missing) = report.summary() {
        complain(&format!(
            "{name}: read as {}: {missing}. `dateline import` tells why.",
            report.format
        ));
    }
}
