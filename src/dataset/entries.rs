//! A run of entries, one after the other.
//!
//! A broken entry does not hide the next: after it, reading goes on at the next line that begins
//! with `Statement(` or `Event(`, or where the entry's own brackets close, whichever comes first.
//!
//! Between two entries all that matters of what came before is the place in the text, so a run may
//! begin at any entry; `runs` makes use of it.

use std::collections::HashMap;
use std::ops::Range;

use crate::dataset::cursor::{Cursor, Parsed, Text};
use crate::dataset::lines::Lines;
use crate::dataset::problem::{Code, Flaws};
use crate::dataset::raw::{self, KINDS, RawEntry};
use crate::dataset::references::{References, Usage};
use crate::dataset::resolve::{Check, Lists, Place};
use crate::model::{Batch, Writing};
use crate::text::same::needs_folding;

/// What came of reading a run of entries.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// Records are counted from where the run began.
    pub batch: Batch,
    pub starts: Vec<u32>,
    pub flaws: Flaws,
    pub usage: Usage,
    /// Ids of entries that have errors of their own, each with its place.
    pub broken: HashMap<String, Range<usize>>,
    /// What such entries point to.
    pub loose: Vec<(String, Range<usize>)>,
    /// How many entries were read and have errors, or could not be read.
    pub left_out: usize,
    /// From where on nothing could be read.
    pub stopped: Option<usize>,
    /// Where the next entry begins; nothing where the list has ended.
    pub next: Option<usize>,
    /// From where the run began to where it stopped.
    pub lines: Lines,
}

/// Where the entries of a dataset stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct List<'a> {
    pub text: &'a str,
    /// Where the list should end.
    pub end: usize,
    pub references: &'a References,
}

impl<'a> List<'a> {
    /// Reads the entries from `from`, which is behind the `[` of the list or where an entry
    /// begins, until one begins at `until` or later. `flaws` are those found before.
    pub fn read(&self, from: usize, until: usize, flaws: Flaws) -> Run {
        let mut reader = Reader {
            list: *self,
            run: Run { flaws, ..Run::default() },
            lists: Lists::default(),
            ahead: None,
        };
        let mut cursor = Cursor::new(self.text, from);
        match reader.read(&mut cursor, until) {
            Ok(next) => reader.run.next = next,
            Err(flaw) => {
                reader.run.stopped = Some(flaw.span.start);
                reader.run.flaws.push(*flaw);
                reader.run.left_out += 1;
            }
        }
        let mut run = reader.run;
        // Without a next entry there is none behind the last one whose line may be asked for.
        let last = run.starts.last().map(|last| *last as usize);
        run.lines.count(self.text, from, run.next.or(last).unwrap_or(from));
        run
    }
}

struct Reader<'a> {
    list: List<'a>,
    run: Run,
    lists: Lists,
    /// The last answer of [`next_entry`], with the place for which it was asked.
    ahead: Option<(usize, Option<NextEntry>)>,
}

impl Reader<'_> {
    /// Gives where the next entry begins, if it was not the end of the list that was reached.
    fn read(&mut self, cursor: &mut Cursor<'_>, until: usize) -> Parsed<Option<usize>> {
        loop {
            if cursor.take(b']')? {
                let end = cursor.at();
                let Some(next) = self.next_entry(end).filter(|_| end < self.list.end) else {
                    return Ok(None);
                };
                let message = "the list of entries ends here, but another entry follows".to_owned();
                let hint = Some("is this `]` one too many?".to_owned());
                self.run.flaws.add(Code::Syntax, end - 1..end, message, hint);
                cursor.move_to(next);
                self.run.batch.columns.last_is_followed();
            }
            if cursor.take_writing() != Writing::Plain {
                self.run.batch.columns.last_is_followed();
            }
            let start = cursor.at();
            if start >= until {
                return Ok(Some(start));
            }
            if let Some(next) = self.entry(cursor, start) {
                self.run.batch.columns.last_is_followed();
                cursor.move_to(next);
                if next >= cursor.text().len() {
                    return Ok(None);
                }
                if let Some(flaw) = cursor.worn() {
                    return Err(flaw);
                }
                cursor.take(b',')?;
                continue;
            }
            let end = cursor.at();
            if cursor.take(b',')? || cursor.peek()? == Some(b']') {
                continue;
            }
            let mut flaw = cursor.unexpected("`,` or `]` after an entry");
            if cursor.word()?.is_some_and(|(word, _)| KINDS.iter().any(|(kind, _)| *kind == word)) {
                flaw.span = end.saturating_sub(1)..end;
                "a `,` is missing after this entry".clone_into(&mut flaw.message);
                cursor.move_to(end);
                self.run.flaws.push(*flaw);
                continue;
            }
            let Some(next) = self.next_entry(end) else { return Err(flaw) };
            self.run.flaws.push(*flaw);
            self.run.batch.columns.last_is_followed();
            cursor.move_to(next);
        }
    }

    /// Reads the entry that begins at `start`. Gives where to go on, if that is not where the
    /// cursor is.
    fn entry(&mut self, cursor: &mut Cursor<'_>, start: usize) -> Option<usize> {
        let errors = self.run.flaws.errors();
        let raw = match raw::entry(cursor, &mut self.run.flaws) {
            Ok(raw) => raw,
            Err(flaw) => {
                self.run.flaws.push(*flaw);
                self.run.left_out += 1;
                let end = self.after_broken(start);
                self.remember(start..end);
                return Some(end);
            }
        };
        let place = Place {
            record: u32::try_from(self.run.starts.len()).unwrap_or(u32::MAX),
            start: u32::try_from(start).unwrap_or(u32::MAX),
            writing: cursor.take_writing(),
            folded: needs_folding(self.list.text.get(start..cursor.at()).unwrap_or_default()),
        };
        let mut check = Check {
            references: self.list.references,
            flaws: &mut self.run.flaws,
            usage: &mut self.run.usage,
            lists: &mut self.lists,
        };
        if check.add(&raw, errors, &mut self.run.batch, place) {
            self.run.starts.push(place.start);
            return None;
        }
        self.run.left_out += 1;
        let text = self.list.text.get(start..cursor.at()).unwrap_or_default();
        self.list.references.mentioned(text, &mut self.run.usage);
        self.put_aside(raw);
        self.run.batch.columns.last_is_followed();
        // A bracket too many makes an entry swallow the next.
        self.next_entry(start).filter(|next| *next < cursor.at())
    }

    /// Keeps what others may need to know of an entry with mistakes.
    fn put_aside(&mut self, raw: RawEntry<'_>) {
        if let Some(id) = raw.id {
            self.run.broken.entry(id.value.into_owned()).or_insert(id.span);
        }
        let pointers = raw.related.into_iter().filter_map(|related| related.to);
        let pointers = pointers.filter(Text::is_sound);
        self.run.loose.extend(pointers.map(|to| (to.value.into_owned(), to.span)));
    }

    /// [`Reader::put_aside`] for an entry that could not be read: its id, and whatever speakers
    /// and sources stand in it.
    fn remember(&mut self, span: Range<usize>) {
        let text = self.list.text;
        let broken = text.get(span.clone()).unwrap_or_default();
        let id = broken.find("id:").and_then(|at| {
            Cursor::new(text.get(..span.end)?, span.start + at + 3).string().ok().flatten()
        });
        if let Some(id) = id {
            self.run.broken.entry(id.value.into_owned()).or_insert(id.span);
        }
        self.list.references.mentioned(broken, &mut self.run.usage);
    }

    /// Where reading goes on after a broken entry that begins at `start`.
    fn after_broken(&mut self, start: usize) -> usize {
        let text = self.list.text;
        let next = self.next_entry(start);
        let within = text.get(..next.unwrap_or(text.len())).unwrap_or_default();
        let whole: Option<Range<usize>> = Cursor::new(within, start).skip_value().ok();
        match (whole, next) {
            (Some(span), _) => span.end,
            (None, Some(next)) => next,
            (None, None) => text.len(),
        }
    }

    /// [`next_entry`], which is not searched for twice: many broken entries may stand on one long
    /// line.
    fn next_entry(&mut self, from: usize) -> Option<usize> {
        match &self.ahead {
            Some((asked, found))
                if *asked <= from && found.as_ref().is_none_or(|next| from < next.line) => {}
            _ => self.ahead = Some((from, next_entry(self.list.text, from))),
        }
        let (_, found) = self.ahead.as_ref()?;
        found.as_ref().map(|next| next.at)
    }
}

/// A line that begins an entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct NextEntry {
    line: usize,
    /// Where the entry begins on it.
    pub at: usize,
}

/// The first line after the one of `from` that begins an entry.
pub(super) fn next_entry(text: &str, from: usize) -> Option<NextEntry> {
    let mut at = from;
    for line in text.get(from..)?.split_inclusive('\n') {
        let begins = line.trim_start();
        if at > from && begins_entry(begins) {
            return Some(NextEntry { line: at, at: at + (line.len() - begins.len()) });
        }
        at += line.len();
    }
    None
}

fn begins_entry(line: &str) -> bool {
    KINDS.iter().any(|(kind, _)| {
        line.strip_prefix(kind).is_some_and(|rest| rest.trim_start().starts_with('('))
    })
}
