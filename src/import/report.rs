//! What became of a file: nothing is lost in silence.

use std::collections::HashMap;
use std::fmt;

use crate::text::visible;

/// How many rows that were left out are told one by one.
pub const MOST_TOLD: usize = 100;

/// How many names of columns are kept. A file with more has keys that are data.
const MOST_COLUMNS: usize = 200;

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The format that it was read as.
    pub format: &'static str,
    /// Rows, or whatever the format has in their place, with anything in them.
    pub rows: u64,
    /// Entries made.
    pub entries: u64,
    /// Rows of which no entry was made.
    pub left_out: u64,
    /// The first [`MOST_TOLD`] of them.
    pub why: Vec<LeftOut>,
    /// Columns, or keys, that have values and no place in an entry, in the order of the file.
    pub unused: Vec<Unused>,
    /// What the dataset does not hold of rows that became entries.
    pub lost: Vec<Counted>,
    /// What was decided for the file, and a reader should know.
    pub notes: Vec<Counted>,
    columns: HashMap<String, usize>,
}

/// A row of which no entry was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its line in the file, from 1.
    pub line: u64,
    /// Why, as a sentence without its full stop.
    pub reason: String,
}

/// A column whose values are in no entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unused {
    /// Its name.
    pub column: String,
    /// How many values it has.
    pub values: u64,
}

/// Something that was met more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// What, in words that fit any number of times.
    pub what: &'static str,
    /// How many times.
    pub times: u64,
    /// The line where it was first met.
    pub first: u64,
}

impl Report {
    pub(super) fn new(format: &'static str) -> Self {
        Report { format, ..Report::default() }
    }

    /// Whether the dataset holds everything that the file does.
    pub fn is_complete(&self) -> bool {
        self.left_out == 0 && self.unused.is_empty() && self.lost.is_empty()
    }

    /// One line for somebody who only wants to look: what is missing.
    pub fn summary(&self) -> Option<String> {
        let rows = (self.left_out > 0)
            .then(|| format!("{} of {} rows left out", self.left_out, self.rows));
        let columns = self.unused.len();
        let unused = (columns > 0)
            .then(|| format!("{columns} {} not used", plural(columns as u64, "column")));
        let parts: Vec<String> = [rows, unused].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    pub(super) fn leave_out(&mut self, line: u64, reason: String) {
        self.left_out += 1;
        if self.why.len() < MOST_TOLD {
            self.why.push(LeftOut { line, reason });
        }
    }

    pub(super) fn unused(&mut self, column: &str) {
        let known = self
            .columns
            .get(column)
            .copied()
            .or_else(|| (self.unused.len() >= MOST_COLUMNS).then_some(MOST_COLUMNS - 1));
        let at = known.unwrap_or(self.unused.len());
        if known.is_none() {
            self.columns.insert(column.to_owned(), at);
            let last = at + 1 == MOST_COLUMNS;
            let column = if last { "and more" } else { column }.to_owned();
            self.unused.push(Unused { column, values: 0 });
        }
        if let Some(unused) = self.unused.get_mut(at) {
            unused.values += 1;
        }
    }

    pub(super) fn lose(&mut self, what: &'static str, line: u64) {
        count(&mut self.lost, what, line);
    }

    pub(super) fn note(&mut self, what: &'static str, line: u64) {
        count(&mut self.notes, what, line);
    }
}

fn count(list: &mut Vec<Counted>, what: &'static str, line: u64) {
    match list.iter_mut().find(|counted| counted.what == what) {
        Some(counted) => counted.times += 1,
        None => list.push(Counted { what, times: 1, first: line }),
    }
}

fn plural(count: u64, noun: &str) -> String {
    if count == 1 { noun.to_owned() } else { format!("{noun}s") }
}

/// For people, each line ended.
impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report { rows, entries, left_out, .. } = self;
        let made = if *entries == 1 { "entry" } else { "entries" };
        writeln!(
            out,
            "read as {}: {rows} {}, {entries} {made} made, {left_out} left out",
            self.format,
            plural(*rows, "row"),
        )?;
        for LeftOut { line, reason } in &self.why {
            writeln!(out, "  line {line} left out: {}", visible(reason))?;
        }
        let told = self.why.len() as u64;
        if told < *left_out {
            writeln!(out, "  and {} more", left_out - told)?;
        }
        if !self.unused.is_empty() {
            let columns: Vec<String> = self
                .unused
                .iter()
                .map(|unused| format!("{} ({})", visible(&unused.column), unused.values))
                .collect();
            writeln!(out, "  columns not used, with how many values: {}", columns.join(", "))?;
        }
        for (label, list) in [("lost", &self.lost), ("note", &self.notes)] {
            for Counted { what, times, first } in list {
                match first {
                    0 => writeln!(out, "  {label}: {what} ({times})")?,
                    _ => writeln!(out, "  {label}: {what} ({times}, first on line {first})")?,
                }
            }
        }
        Ok(())
    }
}
