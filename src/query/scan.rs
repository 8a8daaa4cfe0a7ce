//! Words in a record as it is written, so that most records need not be read to be passed over.
//!
//! A run of the words that stands for itself in any text (letters, digits and most signs) is looked
//! for in the record's own text, many bytes at a time. Where it is found, the quotation marks before
//! it tell whether it stands in a string, and what stands before the string whether that is
//! searched. Records that could hide words from this ([`Writing`]) are read.
//!
//! [`Writing`]: crate::model::Writing

mod around;
mod block;
mod run;
mod strings;
mod ways;

use std::ops::Range;

use crate::query::scan::run::Run;
use crate::query::scan::ways::Ways;

pub(super) use crate::query::scan::strings::any_searched;

/// What a text must hold to hold the words.
#[derive(Clone, Debug)]
pub(super) enum Scan {
    /// A run of characters, perhaps in another case.
    Run(Run),
    /// A character in one of the ways in which it may be written.
    Ways(Ways),
    /// Nothing that could be told from the text.
    Anything,
    /// What no text has that needs no folding, such as a letter with a mark.
    Nothing,
}

/// What the text of a record says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Glance {
    /// It does not hold the words.
    No,
    /// It holds them.
    Yes,
    /// The record has to be read.
    Perhaps,
}

impl Scan {
    /// For words that are folded.
    pub(super) fn new(folded: &str, cased: bool) -> Self {
        match Run::new(folded, cased) {
            Some(run) => Scan::Run(run),
            None => Ways::new(folded, cased).map_or(Scan::Anything, Scan::Ways),
        }
    }

    /// Whether a text in which no letter is written in another way could hold the words.
    pub(super) fn may_be_in(&self, text: &str) -> bool {
        match self {
            Scan::Run(run) => run.find(text, 0).is_some(),
            Scan::Ways(ways) => ways.is_in(text),
            Scan::Anything => true,
            Scan::Nothing => false,
        }
    }

    /// Whether a text that needs no folding holds the words; nothing where it has to be folded all
    /// the same.
    pub(super) fn in_text(&self, text: &str) -> Option<bool> {
        match self {
            Scan::Run(run) => Some(run.in_text(text)),
            Scan::Ways(ways) => Some(ways.hold_all(text)),
            Scan::Anything => None,
            Scan::Nothing => Some(false),
        }
    }

    /// The places in a text where it may hold the words.
    pub(super) fn hits<'a>(&'a self, text: &'a str) -> Hits<'a> {
        let ways = if let Scan::Ways(ways) = self { ways.len() } else { 0 };
        Hits { scan: self, text, next: vec![Some(0); ways] }
    }

    /// Whether all of the words may stand around a place among [`Scan::hits`], in a record that is
    /// plainly written.
    pub(super) fn fits_at(&self, text: &str, hit: usize) -> bool {
        if let Scan::Run(run) = self { run.fits_at(text, hit) } else { true }
    }

    /// Whether one of the searched strings of a plainly written record holds the words; the record
    /// is a part of the text.
    pub(super) fn in_record(&self, text: &str, record: Range<usize>) -> Glance {
        match self {
            Scan::Run(run) => strings::hold(run, text, record),
            Scan::Ways(ways) => {
                any_searched(text.get(record).unwrap_or_default(), |string| ways.hold_all(string))
            }
            Scan::Anything => Glance::Perhaps,
            Scan::Nothing => Glance::No,
        }
    }
}

/// The places in a text where it may hold the words.
#[derive(Debug)]
pub(super) struct Hits<'a> {
    scan: &'a Scan,
    text: &'a str,
    /// For each way of writing a character, where it was found last; nothing if nowhere.
    next: Vec<Option<usize>>,
}

impl Hits<'_> {
    /// The first place from a place on; each time from one that is no nearer.
    pub(super) fn next_from(&mut self, from: usize) -> Option<usize> {
        let rest = self.text.as_bytes().get(from..)?;
        match self.scan {
            Scan::Run(run) => run.find(self.text, from),
            Scan::Ways(ways) => {
                for (number, next) in self.next.iter_mut().enumerate() {
                    // One found further on stays found.
                    if next.is_some_and(|next| next < from || from == 0) {
                        *next = ways.find(number, rest).map(|at| from + at);
                    }
                }
                self.next.iter().flatten().min().copied()
            }
            Scan::Anything => Some(from).filter(|_| !rest.is_empty()),
            Scan::Nothing => None,
        }
    }
}
