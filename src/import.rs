//! Other people's formats to a dataset, and our own exports back. One format a file, one line a
//! format in [`formats`].
//!
//! An importer reads one row after the other and hands over what an entry could be; `sink` settles
//! what it becomes and writes it down, so that a file of any size is read in little memory. What
//! does not come over is counted in a [`Report`]. What is written is a dataset without errors.
//!
//! Rules that hold for every format:
//!
//! - A date is no finer than written. One that cannot be read, or could be two, leaves its row out.
//! - Words are verbatim only where the format says so; else they are a paraphrase.
//! - With a speaker it is a statement; without one, an event.
//! - Line breaks are `\n`.

mod cast;
mod claimreview;
mod csv;
pub mod dates;
mod decode;
mod draft;
mod fields;
mod flat;
mod headline;
mod html;
mod ics;
mod json;
mod markwhen;
mod ours;
mod pages;
mod quotebank;
mod report;
mod sink;
mod stream;
mod table;
#[cfg(test)]
mod tests;
mod timelinejs;
mod timesketch;

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

use crate::dataset::{Input, did_you_mean};
use crate::files;
use crate::import::dates::Rules;
use crate::import::decode::Decoder;
use crate::import::sink::Sink;

pub use fields::{FIELDS, Map, MapError};
pub use report::{Counted, LeftOut, MOST_TOLD, Report, Unused};

/// A format that can be read.
pub struct Format {
    /// The name by which it is asked for: `timelinejs`.
    pub name: &'static str,
    /// The ends of file names that mean it, without the dot.
    pub extensions: &'static [&'static str],
    /// One line: what it is.
    pub about: &'static str,
    /// Whether a text begins as this format does, and as no other.
    begins: fn(&str) -> bool,
    read: fn(&mut dyn BufRead, &mut Sink) -> Result<(), ImportError>,
}

impl std::fmt::Debug for Format {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_tuple("Format").field(&self.name).finish()
    }
}

/// Every format, in the order in which a file is held against them.
static FORMATS: &[&Format] = &[
    &ours::FORMAT,
    &timelinejs::FORMAT,
    &claimreview::FORMAT,
    &quotebank::FORMAT,
    &timesketch::FORMAT,
    &ics::FORMAT,
    &markwhen::FORMAT,
    &json::FORMAT_LINES,
    &json::FORMAT,
    &csv::FORMAT_TABS,
    &csv::FORMAT,
];

/// Every format, in the order in which a file is held against them.
pub fn formats() -> &'static [&'static Format] {
    FORMATS
}

/// What was chosen about an import.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The format; found out where it is nothing.
    pub from: Option<&'static Format>,
    /// How dates are read.
    pub rules: Rules,
    /// Which columns mean what, where their names do not say so.
    pub map: Map,
    /// The dataset's title; the file's own, or its name, where it is nothing.
    pub title: Option<String>,
    /// Whether the first thing that would be lost is an error.
    pub strict: bool,
    /// Whether rows with a date that cannot be read become undated entries.
    pub undated: bool,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "each says what it is in its message")]
pub enum ImportError {
    #[error("{0}")]
    Read(io::Error),
    #[error("cannot write: {0}")]
    Write(io::Error),
    #[error("no format is called `{name}`; {hint}")]
    UnknownFormat { name: String, hint: String },
    #[error("this is none of {}; `--from` names the format", names())]
    Unrecognized,
    #[error("line {line}: not {format}: {reason}")]
    Broken { format: &'static str, line: u64, reason: String },
    #[error(
        "no column is known as a date among {columns}; name it with `--map date=…`, or keep all entries undated with `--undated`"
    )]
    NoDate { columns: String },
    #[error("no column is called `{column}`{hint}")]
    NoColumn { column: String, hint: String },
    #[error("line {line}: {what}")]
    Strict { line: u64, what: String },
}

impl From<io::Error> for ImportError {
    fn from(error: io::Error) -> Self {
        ImportError::Read(error)
    }
}

fn names() -> String {
    FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ")
}

/// The format with a name.
///
/// # Errors
///
/// The names that there are, or the one that was probably meant.
pub fn by_name(name: &str) -> Result<&'static Format, ImportError> {
    let lower = name.to_ascii_lowercase();
    FORMATS.iter().find(|format| format.name == lower).copied().ok_or_else(|| {
        let hint = did_you_mean(&lower, FORMATS.iter().map(|format| format.name))
            .unwrap_or_else(|| format!("there are {}", names()));
        ImportError::UnknownFormat { name: name.to_owned(), hint }
    })
}

/// The format of a text, by how it begins and, where that tells nothing, by the file's name.
pub fn detect(name: &str, head: &str) -> Option<&'static Format> {
    let name = name.to_ascii_lowercase();
    let named = |format: &Format| {
        let end = |end: &&str| name.strip_suffix(*end).is_some_and(|rest| rest.ends_with('.'));
        format.extensions.iter().any(end)
    };
    FORMATS
        .iter()
        .find(|format| (format.begins)(head))
        .or_else(|| FORMATS.iter().find(|format| named(format)))
        .copied()
}

/// Turns a file into a dataset. `name` is what the file is called; `progress` is told how many
/// bytes have been read.
///
/// # Errors
///
/// Why nothing can be made of it. What has been written to `out` by then is no dataset.
pub fn import(
    from: impl Read,
    name: &str,
    options: &Options,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(u64),
) -> Result<Report, ImportError> {
    let mut text = BufReader::with_capacity(1 << 16, Decoder::new(from, progress));
    let format = match options.from {
        Some(format) => format,
        None => {
            let head = text.fill_buf()?;
            // What is cut off in the middle of a character is not needed to know the format.
            let head = match std::str::from_utf8(head) {
                Ok(head) => head,
                Err(error) => {
                    let valid = head.get(..error.valid_up_to()).unwrap_or_default();
                    std::str::from_utf8(valid).unwrap_or_default()
                }
            };
            detect(name, head).ok_or(ImportError::Unrecognized)?
        }
    };
    let mut sink = Sink::new(options, format.name);
    (format.read)(&mut text, &mut sink)?;
    sink.finish(name, out)
}

/// [`import`] of bytes to the dataset's text.
///
/// # Errors
///
/// As [`import`].
pub fn to_text(
    bytes: &[u8],
    name: &str,
    options: &Options,
) -> Result<(String, Report), ImportError> {
    let mut out = Vec::new();
    let report = import(bytes, name, options, &mut out, &mut |_| {})?;
    Ok((String::from_utf8_lossy(&out).into_owned(), report))
}

/// Opens a file of another format as a dataset that is only read. Nothing for a dataset, for a
/// folder, for standard input, and for a file that is not there: those are `dataset::load`'s.
///
/// # Errors
///
/// As [`import`].
pub fn open(path: &Path, options: &Options) -> Result<Option<(Input, Report)>, ImportError> {
    if path.as_os_str() == "-" || !path.is_file() {
        return Ok(None);
    }
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron")) {
        return Ok(None);
    }
    // A file that cannot be read is told as a dataset that cannot.
    let Ok((mut file, found)) = files::open(path) else { return Ok(None) };
    let mut head = Vec::new();
    if (&mut file).take(4096).read_to_end(&mut head).is_err() {
        return Ok(None);
    }
    let name = path.display().to_string();
    if begins_dataset(&head, &name) {
        return Ok(None);
    }
    let mut out = Vec::new();
    let report = match import(head.as_slice().chain(&file), &name, options, &mut out, &mut |_| {}) {
        Ok(report) => report,
        // What is wrong with it as a dataset says more.
        Err(ImportError::Unrecognized) => return Ok(None),
        Err(error) => return Err(error),
    };
    if !files::is_unchanged(&file, &found)? {
        return Err(io::Error::other(files::BEING_WRITTEN).into());
    }
    let text = String::from_utf8_lossy(&out).into_owned();
    let left_out = usize::try_from(report.left_out).unwrap_or(usize::MAX);
    Ok(Some((Input { left_out, ..Input::new(name, text) }, report)))
}

/// Whether bytes begin as a dataset does, behind comments.
fn begins_dataset(head: &[u8], name: &str) -> bool {
    let text = String::from_utf8_lossy(head);
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim_start);
    match lines.find(|line| !line.is_empty() && !line.starts_with("//")) {
        Some(line) => ["Dataset", "#![", "("].iter().any(|begin| line.starts_with(begin)),
        None => detect(name, "").is_none(),
    }
}
