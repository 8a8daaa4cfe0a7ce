//! Entries as text to take away. One format a file, one line a format in [`FORMATS`].
//!
//! An exporter turns a [`Request`] into bytes and does nothing else: no file is opened here, no
//! clock is read, and the same request gives the same bytes.

mod address;
pub mod bibtex;
pub mod citation;
pub mod csl;
pub mod csv;
mod day;
pub mod html;
pub mod ics;
pub mod json;
pub mod jsonl;
pub mod markdown;
mod names;
mod provenance;
pub mod record;
pub mod relations;
pub mod ron;
pub mod text;
pub mod timelinejs;

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::fmt;
use std::path::Path;

use crate::model::{DatasetInfo, Entry, EntryIndex, Quote, Source, SourceIndex, Timeline};

pub use provenance::Provenance;
use relations::{Relations, Scope};

/// Every format, in the order in which they are offered.
pub static FORMATS: &[&Format] = &[
    &text::FORMAT,
    &markdown::FORMAT,
    &html::FORMAT,
    &csv::FORMAT,
    &json::FORMAT,
    &jsonl::FORMAT,
    &ron::FORMAT,
    &ics::FORMAT,
    &timelinejs::FORMAT,
    &csl::FORMAT,
    &bibtex::FORMAT,
];

/// A way to write entries down.
pub struct Format {
    /// The name by which it is asked for: `markdown`.
    pub name: &'static str,
    /// The ends of file names that mean it, without the dot; the first is the usual one.
    pub extensions: &'static [&'static str],
    /// One line: what it is good for.
    pub about: &'static str,
    /// The options that make a difference to it.
    pub options: &'static [OptionKind],
    /// Writes the entries down.
    pub write: fn(&Request) -> Result<Output, ExportError>,
}

impl Format {
    /// Whether an option makes a difference to it.
    pub fn uses(&self, option: OptionKind) -> bool {
        self.options.contains(&option)
    }
}

impl fmt::Debug for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Format").field(&self.name).finish()
    }
}

/// What can be chosen about an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OptionKind {
    /// [`Request::provenance`].
    Provenance,
    /// [`Options::width`].
    Width,
    /// [`Options::per`].
    Per,
    /// [`Options::bom`].
    Bom,
}

/// What a row is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Per {
    /// An entry.
    #[default]
    Entry,
    /// A figure; entries without one are left out.
    Figure,
}

/// What was chosen about an export. A format ignores what it does not list as its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// How wide a line of text may be, in columns.
    pub width: usize,
    /// What a row is.
    pub per: Per,
    /// Whether to begin with a byte order mark, by which Excel knows UTF-8.
    pub bom: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { width: 80, per: Per::Entry, bom: false }
    }
}

/// What is to be written.
pub struct Request<'a> {
    /// What is open.
    pub timeline: &'a Timeline,
    /// The entries to write, in the timeline's order, each once.
    pub entries: &'a [EntryIndex],
    /// How they came about; left out of the export where it is nothing.
    pub provenance: Option<Provenance>,
    /// What was chosen.
    pub options: Options,
}

impl Request<'_> {
    /// The entries whose words may be said.
    fn scope(&self) -> Scope<'_> {
        Scope::Only(self.entries)
    }

    /// What may be said of an entry's connections.
    fn relations(&self, index: EntryIndex) -> Relations {
        Relations::of(self.timeline, self.scope(), index)
    }
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The file.
    pub bytes: Vec<u8>,
    /// What stands in it, which may be less than was asked for, or something else: the figures of
    /// entries, their sources.
    pub wrote: Written,
    /// What the format had no room for, one sentence each, for the person who asked.
    pub notes: Vec<String>,
}

impl Output {
    /// A text, and what stands in it.
    pub fn new(text: String, wrote: Written) -> Self {
        Output { bytes: text.into_bytes(), wrote, notes: Vec::new() }
    }
}

/// So many of something: `1 entry`, `3 sources`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// How many.
    pub count: usize,
    /// Of what.
    pub of: Thing,
}

/// What a file holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Thing {
    /// Entries.
    #[default]
    Entry,
    /// Figures of entries.
    Figure,
    /// Sources of entries.
    Source,
}

impl Thing {
    /// So many of it.
    pub fn times(self, count: usize) -> Written {
        Written { count, of: self }
    }
}

impl fmt::Display for Written {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = match (self.of, self.count) {
            (Thing::Entry, 1) => "entry",
            (Thing::Entry, _) => "entries",
            (Thing::Figure, 1) => "figure",
            (Thing::Figure, _) => "figures",
            (Thing::Source, 1) => "source",
            (Thing::Source, _) => "sources",
        };
        write!(out, "{} {noun}", self.count)
    }
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {format}: {reason}")]
pub struct ExportError {
    format: &'static str,
    reason: String,
}

impl ExportError {
    fn new(format: &'static str, reason: impl fmt::Display) -> Self {
        ExportError { format, reason: reason.to_string() }
    }
}

/// A name or a file's end that means no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no export format is called `{name}`{}", hint(.nearest))]
pub struct UnknownFormat {
    /// What was asked for.
    pub name: String,
    /// The formats that are spelt most like it, or all of them where none is.
    pub nearest: Vec<&'static str>,
}

fn hint(nearest: &[&str]) -> String {
    match nearest {
        [] => String::new(),
        [only] => format!("; did you mean `{only}`?"),
        several => format!("; there are {}", several.join(", ")),
    }
}

/// The format with this name, or with this usual end of a file's name: `markdown`, `md`.
///
/// # Errors
///
/// The names that come nearest.
pub fn by_name(formats: &[&'static Format], name: &str) -> Result<&'static Format, UnknownFormat> {
    let name = name.to_ascii_lowercase();
    let found = formats
        .iter()
        .find(|format| format.name == name)
        .or_else(|| formats.iter().find(|format| format.extensions.contains(&name.as_str())));
    found.copied().ok_or_else(|| UnknownFormat { nearest: nearest(formats, &name), name })
}

/// The format that a file's name asks for: the one with the longest fitting end, so that
/// `sources.csl.json` is not `json`.
///
/// # Errors
///
/// The names that come nearest to its end.
pub fn by_extension(
    formats: &[&'static Format],
    path: &Path,
) -> Result<&'static Format, UnknownFormat> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let fits = |end: &&&str| name.strip_suffix(**end).is_some_and(|rest| rest.ends_with('.'));
    let found = formats
        .iter()
        .filter_map(|format| {
            let longest = format.extensions.iter().filter(fits).map(|end| end.len()).max()?;
            Some((longest, *format))
        })
        .max_by_key(|(longest, _)| *longest);
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    found
        .map(|(_, format)| format)
        .ok_or_else(|| UnknownFormat { nearest: nearest(formats, end), name: end.to_owned() })
}

fn nearest(formats: &[&'static Format], name: &str) -> Vec<&'static str> {
    let distance = |format: &Format| {
        [format.name]
            .iter()
            .chain(format.extensions)
            .map(|known| crate::text::distance(known, name))
            .min()
            .unwrap_or(usize::MAX)
    };
    let near = formats.iter().map(|format| (distance(format), format.name));
    match near.clone().filter(|(distance, _)| *distance <= name.chars().count() / 2).min() {
        Some((least, _)) => {
            near.filter(|(distance, _)| *distance == least).map(|(_, name)| name).collect()
        }
        None => formats.iter().map(|format| format.name).collect(),
    }
}

/// The dataset's file without the folders before it: where somebody keeps it is not part of the
/// record, and the same file gives the same bytes wherever it lies.
fn file_name(dataset: &DatasetInfo) -> &str {
    dataset.file.rsplit(['/', '\\']).next().unwrap_or(&dataset.file)
}

/// The text on one line: every run of white space is one space.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The address where it is one that a reader may be sent to: `http` or `https`, and none of the
/// characters that an address never has (RFC 3986, 2).
fn web_address(url: &str) -> Option<&str> {
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    let web = lower.starts_with("http://") || lower.starts_with("https://");
    let clean = |character: char| {
        !character.is_whitespace()
            && !crate::text::is_treacherous(character)
            && !matches!(character, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
    };
    (web && url.chars().all(clean)).then_some(url)
}

/// `1 entry has`, `3 entries have`.
pub(crate) fn entries_have(count: usize) -> String {
    if count == 1 { "1 entry has".to_owned() } else { format!("{count} entries have") }
}

/// The sources of an entry, each once: its own, then those that only a quote names.
fn cited(entry: &Entry) -> Vec<SourceIndex> {
    let quoted = entry.quotes.iter().flat_map(|quote| &quote.sources);
    distinct(entry.sources.iter().chain(quoted).copied())
}

/// [`cited`] of all entries of a request, each once, in the order in which they are first cited.
fn all_cited(request: &Request) -> Vec<SourceIndex> {
    let entries = request.entries.iter().map(|index| request.timeline.entry(*index));
    distinct(entries.flat_map(|entry| cited(&entry)))
}

/// The items in the order of their first appearance, each once.
fn distinct<T: Clone + Eq + std::hash::Hash>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut known = HashSet::new();
    items.into_iter().filter(|item| known.insert(item.clone())).collect()
}

/// What a source goes by in a few words: its publisher, else its title.
fn publication(source: &Source) -> String {
    match (&source.publisher, &source.title) {
        (Some(publisher), _) => publisher.clone(),
        (None, Some(title)) => title.clone(),
        (None, None) => source.citation(),
    }
}

/// What stands for the title of a source that has none, as bibliographies mark a description that
/// is not the source's own: `[Post]`.
fn in_brackets(source: &Source) -> String {
    format!("[{}]", source.kind.words())
}

/// The sources that print a quote: its own where it names any, else the entry's.
fn printing<'a>(entry: &'a Entry, quote: &'a Quote) -> &'a [SourceIndex] {
    if quote.sources.is_empty() { &entry.sources } else { &quote.sources }
}
