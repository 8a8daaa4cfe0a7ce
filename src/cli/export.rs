//! `dateline export`: entries as text to take away.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::thread;

use crate::cli::args::{self, Export};
use crate::cli::{Failure, Outcome, complain, inputs, narrow, print, read, unwritten};
use crate::export::{Format, OptionKind, Options, Per, Provenance, Request, json};
use crate::files::{Overwrite, WriteError, write_whole};
use crate::text::pad;
use crate::view::formats;

/// Writes the entries asked for in the format asked for.
pub fn run(export: &Export) -> Result<Outcome, Failure> {
    if export.list_formats {
        print(&list_of_formats())?;
        return Ok(Outcome::Done);
    }
    if export.schema {
        print(json::SCHEMA)?;
        return Ok(Outcome::Done);
    }
    let target = export.output.as_deref().filter(|path| *path != Path::new("-"));
    let format = format(export, target)?;
    tell_idle_options(export, format);
    let inputs = inputs(&export.files)?;
    let (reading, outcome) = thread::scope(|scope| {
        if !export.no_provenance {
            // Wanted at the end; by then it is there.
            scope.spawn(|| inputs.iter().for_each(|input| _ = input.text.sha256()));
        }
        read(&inputs)
    });
    let timeline = reading.timeline;
    let typed = narrow::told(export.query.as_deref())?;
    let query = narrow::within(&typed, export.from.as_deref(), export.to.as_deref())?;
    let entries = query.select(&timeline);
    let provenance = (!export.no_provenance).then(|| Provenance {
        query: export.query.clone().unwrap_or_default(),
        range: range(export),
        shown: entries.len(),
        left_out: timeline.len().saturating_sub(entries.len()),
    });
    let options = Options {
        width: export.width,
        per: match export.per {
            args::Per::Entry => Per::Entry,
            args::Per::Figure => Per::Figure,
        },
        bom: export.bom,
    };
    let request = Request { timeline: &timeline, entries: &entries, provenance, options };
    let output = (format.write)(&request).map_err(|error| Failure::Usage(error.to_string()))?;
    match target {
        None => to_standard_output(&output.bytes)?,
        Some(path) => {
            let overwrite = if export.force { Overwrite::Allowed } else { Overwrite::Never };
            let written = write_whole(path, &output.bytes, overwrite).map_err(unwritten)?;
            complain(&format!(
                "{} written to `{}` ({} bytes)",
                output.wrote,
                path.display(),
                written.bytes
            ));
        }
    }
    for note in &output.notes {
        complain(note);
    }
    Ok(outcome)
}

/// The format asked for, else the one that the file's name says, else text.
fn format(export: &Export, target: Option<&Path>) -> Result<&'static Format, Failure> {
    let found = match (&export.format, target) {
        (Some(name), _) => formats::by_name(name),
        (None, Some(path)) if path.is_dir() || ends_in_slash(path) => {
            let error = WriteError::IsFolder { path: path.display().to_string() };
            return Err(Failure::Usage(error.to_string()));
        }
        (None, Some(path)) if path.extension().is_none() => {
            return Err(Failure::Usage(format!(
                "`{}` does not say which format is meant; name it with `-f`, as in `-f markdown`",
                path.display()
            )));
        }
        (None, Some(path)) => formats::by_extension(path),
        (None, None) => formats::by_name("text"),
    };
    found.map_err(|error| Failure::Usage(error.to_string()))
}

fn ends_in_slash(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().ends_with(b"/")
}

/// Says which of the options given make no difference to the format.
fn tell_idle_options(export: &Export, format: &Format) {
    for (given, option, name) in [
        (export.per == args::Per::Figure, OptionKind::Per, "--per figure"),
        (export.bom, OptionKind::Bom, "--bom"),
    ] {
        if given && !format.uses(option) {
            let heeding = formats::ALL.iter().filter(|format| format.uses(option));
            let heeding: Vec<String> = heeding.map(|format| format!("`{}`", format.name)).collect();
            complain(&format!(
                "`{name}` makes no difference to `{}`, only to {}",
                format.name,
                heeding.join(", ")
            ));
        }
    }
}

/// The span asked for, for a person.
fn range(export: &Export) -> String {
    match (&export.from, &export.to) {
        (None, None) => String::new(),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("to {to}"),
        (Some(from), Some(to)) => format!("from {from} to {to}"),
    }
}

/// What goes to a terminal is made harmless; a pipe or a file gets every byte.
fn to_standard_output(bytes: &[u8]) -> Result<(), Failure> {
    if io::stdout().is_terminal() {
        return print(&String::from_utf8_lossy(bytes));
    }
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    Ok(out.flush()?)
}

/// Every format with its file name ending.
fn list_of_formats() -> String {
    formats::ALL
        .iter()
        .map(|format| {
            let ending = format.extensions.first().copied().unwrap_or_default();
            format!(
                "{}  {}  {}\n",
                pad(format.name, 11),
                pad(&format!(".{ending}"), 14),
                format.about
            )
        })
        .collect()
}
