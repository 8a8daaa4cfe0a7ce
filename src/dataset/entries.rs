//! The list of entries, one after the other.
//!
//! A broken entry does not hide the next: after it, reading goes on at the next line that begins
//! with `Statement(` or `Event(`, or where the entry's own brackets close, whichever comes first.

use std::collections::HashMap;
use std::ops::Range;

use memchr::memchr_iter;

use crate::dataset::cursor::{Cursor, Parsed};
use crate::dataset::problem::{Code, Flaw, Flaws};
use crate::dataset::raw::{self, KINDS, RawEntry};
use crate::dataset::references::{References, Usage};
use crate::dataset::resolve::Check;
use crate::model::Batch;

/// Reads entries one after the other.
pub(super) struct Entries<'a> {
    references: &'a References,
    flaws: &'a mut Flaws,
    pub usage: Usage,
    pub broken: HashMap<String, Range<usize>>,
    pub loose: Vec<(String, Range<usize>)>,
    pub starts: Vec<u32>,
    pub batch: Batch,
    /// A place in the text, and its line.
    counted: (usize, u32),
    next: Landmark,
}

impl<'a> Entries<'a> {
    pub fn new(references: &'a References, flaws: &'a mut Flaws) -> Self {
        Entries {
            references,
            flaws,
            usage: Usage::default(),
            broken: HashMap::new(),
            loose: Vec::new(),
            starts: Vec::new(),
            batch: Batch::default(),
            counted: (0, 1),
            next: Landmark::default(),
        }
    }

    /// Tells what stopped the reading.
    pub fn fail(&mut self, flaw: Flaw) {
        self.flaws.push(flaw);
    }

    /// Reads the list that begins at the cursor and should end at `until`.
    pub fn read(&mut self, cursor: &mut Cursor<'_>, until: usize) -> Parsed<()> {
        cursor.expect(b'[', "`[` of the entries")?;
        loop {
            if cursor.take(b']')? {
                let end = cursor.at();
                let next = self.next.after(cursor.text(), end, begins_entry);
                let Some(next) = next.filter(|_| end < until) else {
                    return Ok(());
                };
                let message = "the list of entries ends here, but another entry follows".to_owned();
                let hint = Some("is this `]` one too many?".to_owned());
                self.flaws.add(Code::Syntax, end - 1..end, message, hint);
                cursor.move_to(next);
            }
            let start = cursor.at();
            let errors = self.flaws.errors();
            let next = match raw::entry(cursor, self.flaws) {
                Ok(raw) => {
                    let record = u32::try_from(self.starts.len()).unwrap_or(u32::MAX);
                    let line = self.line(cursor.text(), start);
                    let mut check = Check {
                        references: self.references,
                        flaws: self.flaws,
                        usage: &mut self.usage,
                    };
                    let added = check.add(&raw, errors, &mut self.batch, (record, line));
                    if added {
                        self.starts.push(u32::try_from(start).unwrap_or(u32::MAX));
                        None
                    } else {
                        self.put_aside(raw);
                        // A bracket too many makes an entry swallow the next.
                        let next = self.next.after(cursor.text(), start, begins_entry);
                        next.filter(|next| *next < cursor.at())
                    }
                }
                Err(flaw) => {
                    self.flaws.push(*flaw);
                    let next = self.next.after(cursor.text(), start, begins_entry);
                    let end = after_broken(cursor.text(), start, next);
                    self.remember(cursor.text(), start..end);
                    Some(end)
                }
            };
            if let Some(next) = next {
                cursor.move_to(next);
                if next >= cursor.text().len() {
                    return Ok(());
                }
                if cursor.is_worn() {
                    return Err(worn(next));
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
                self.flaws.push(*flaw);
                continue;
            }
            let Some(next) = self.next.after(cursor.text(), end, begins_entry) else {
                return Err(flaw);
            };
            self.flaws.push(*flaw);
            cursor.move_to(next);
        }
    }

    /// The line of a place that is not before the last one asked for.
    fn line(&mut self, text: &str, at: usize) -> u32 {
        let (from, line) = self.counted;
        let between = text.as_bytes().get(from..at).unwrap_or_default();
        let more = u32::try_from(memchr_iter(b'\n', between).count()).unwrap_or(u32::MAX);
        self.counted = (at, line.saturating_add(more));
        self.counted.1
    }

    /// Keeps what others may need to know of an entry with mistakes.
    fn put_aside(&mut self, raw: RawEntry<'_>) {
        if let Some(id) = raw.id {
            self.broken.entry(id.value.into_owned()).or_insert(id.span);
        }
        let pointers = raw.related.into_iter().filter_map(|related| related.to);
        self.loose.extend(pointers.map(|to| (to.value.into_owned(), to.span)));
    }

    /// [`Entries::put_aside`] for an entry that could not be read: its id, and whatever speakers
    /// and sources stand in it.
    fn remember(&mut self, text: &str, span: Range<usize>) {
        let broken = text.get(span.clone()).unwrap_or_default();
        let id = broken.find("id:").and_then(|at| {
            Cursor::new(text.get(..span.end)?, span.start + at + 3).string().ok().flatten()
        });
        if let Some(id) = id {
            self.broken.entry(id.value.into_owned()).or_insert(id.span);
        }
        self.references.mentioned(broken, &mut self.usage);
    }
}

/// Where reading goes on after a broken entry that begins at `start`.
fn after_broken(text: &str, start: usize, next: Option<usize>) -> usize {
    let within = text.get(..next.unwrap_or(text.len())).unwrap_or_default();
    let whole: Option<Range<usize>> = Cursor::new(within, start).skip_value().ok();
    match (whole, next) {
        (Some(span), _) => span.end,
        (None, Some(next)) => next,
        (None, None) => text.len(),
    }
}

/// Looks for lines that begin in some way, and remembers the last it found: what is broken often
/// asks for the same one.
#[derive(Debug, Default)]
pub(super) struct Landmark {
    /// Between these two places it is always the one found. The second is where its line begins.
    known: Range<usize>,
    found: Option<usize>,
}

impl Landmark {
    /// Where the first line after the one of `from` begins so, its indentation passed over.
    pub fn after(
        &mut self,
        text: &str,
        from: usize,
        begins_so: impl Fn(&str) -> bool,
    ) -> Option<usize> {
        if self.known.contains(&from) {
            return self.found;
        }
        let mut at = from;
        self.found = None;
        for line in text.get(from..)?.split_inclusive('\n') {
            let begins = line.trim_start();
            if at > from && begins_so(begins) {
                self.found = Some(at + (line.len() - begins.len()));
                break;
            }
            at += line.len();
        }
        self.known = from..at;
        self.found
    }
}

/// What is said where reading ends for having been begun anew too often.
pub(super) fn worn(at: usize) -> Box<Flaw> {
    Flaw::boxed(
        Code::Syntax,
        at..at + 1,
        "so much before this is never closed that the rest is not read",
        Some("mend what is told above first, from the top".to_owned()),
    )
}

fn begins_entry(line: &str) -> bool {
    KINDS.iter().any(|(kind, _)| {
        line.strip_prefix(kind).is_some_and(|rest| rest.trim_start().starts_with('('))
    })
}
