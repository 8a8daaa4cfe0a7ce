//! A change to a text: what it replaces, how it is undone, and how it is laid onto a text that
//! somebody else has changed meanwhile.

use std::ops::Range;

use crate::edit::EditError;
use crate::edit::layout::Put;

/// A change to a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// In the order of the text; none overlaps another.
    replacements: Vec<Replacement>,
}

/// One place of a text that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The place, in bytes.
    pub range: Range<usize>,
    /// What stands there.
    pub old: String,
    /// What is to stand there.
    pub new: String,
    /// What must not have been changed by anybody else: the entry that it is in.
    within: Range<usize>,
}

impl Edit {
    /// Nothing where the places are not in the text, or overlap. Of a change to an entry, `entry`
    /// is its place.
    pub(super) fn of(text: &str, mut puts: Vec<Put>, entry: Option<Range<usize>>) -> Option<Edit> {
        puts.sort_by_key(|put| put.range.start);
        let mut at = 0;
        let mut replacements = Vec::new();
        for Put { range, new } in puts {
            let old = text.get(range.clone())?.to_owned();
            if range.start < at {
                return None;
            }
            at = range.end;
            let inside =
                entry.clone().filter(|all| all.start <= range.start && range.end <= all.end);
            let within = inside.unwrap_or_else(|| range.clone());
            replacements.push(Replacement { range, old, new, within });
        }
        Some(Edit { replacements })
    }

    /// The places that change, in the order of the text.
    pub fn replacements(&self) -> &[Replacement] {
        &self.replacements
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.replacements.iter().all(|one| one.old == one.new)
    }

    /// The text with the change.
    ///
    /// # Errors
    ///
    /// What the change replaces does not stand there: it was made for another text.
    pub fn apply(&self, text: &str) -> Result<String, EditError> {
        let mut out = String::with_capacity(text.len() + 1024);
        let mut at = 0;
        for Replacement { range, old, new, .. } in &self.replacements {
            if text.get(range.clone()) != Some(old) {
                return Err(EditError::Changed);
            }
            out.push_str(text.get(at..range.start).ok_or(EditError::Changed)?);
            out.push_str(new);
            at = range.end;
        }
        out.push_str(text.get(at..).ok_or(EditError::Changed)?);
        Ok(out)
    }

    /// The change that undoes it.
    #[must_use]
    pub fn invert(&self) -> Edit {
        let mut grown = 0usize;
        let mut shrunk = 0usize;
        let replacements = self.replacements.iter().map(|one| {
            let moved =
                |at: usize, grown: usize, shrunk: usize| (at + grown).saturating_sub(shrunk);
            let start = moved(one.range.start, grown, shrunk);
            let first = moved(one.within.start, grown, shrunk);
            (grown, shrunk) = (grown + one.new.len(), shrunk + one.old.len());
            let within = first..moved(one.within.end, grown, shrunk);
            let range = start..start + one.new.len();
            Replacement { range, old: one.new.clone(), new: one.old.clone(), within }
        });
        Edit { replacements: replacements.collect() }
    }

    /// The same change for a text that was changed elsewhere meanwhile. Nothing where what it
    /// replaces, or what stands around that, is no longer there or there twice.
    pub fn rebase(&self, old: &str, new: &str) -> Option<Edit> {
        let same_start = common(old.bytes(), new.bytes());
        let rest = old.len().min(new.len()) - same_start;
        let same_end = common(old.bytes().rev().take(rest), new.bytes().rev().take(rest));
        let mut replacements = Vec::new();
        let mut at = 0;
        for one in &self.replacements {
            let within = &one.within;
            let first = if within.end < same_start {
                within.start
            } else if within.start > old.len() - same_end {
                (within.start + new.len()).checked_sub(old.len())?
            } else {
                moved(old, new, within)?
            };
            let moved = |place: &Range<usize>| {
                let start = place.start - within.start + first;
                start..start + place.len()
            };
            let (range, within) = (moved(&one.range), moved(within));
            if new.get(within.clone())? != old.get(one.within.clone())? || range.start < at {
                return None;
            }
            at = range.end;
            replacements.push(Replacement { range, within, ..one.clone() });
        }
        Some(Edit { replacements })
    }
}

fn common(one: impl Iterator<Item = u8>, other: impl Iterator<Item = u8>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).count()
}

/// How many lines around a place must be the same for it to be known again.
const MOST_LINES: usize = 200;

/// Where a place of an old text stands in a new one: its lines, with as many above and below them,
/// or on one of the two sides, as it takes for them to stand in the old text only once, must stand
/// once in the new one.
fn moved(old: &str, new: &str, range: &Range<usize>) -> Option<usize> {
    let whole = line_start(old, range.end) == range.end;
    let start = line_start(old, range.start);
    let end = if whole { range.end } else { line_end(old, range.end) };
    let sides = [(true, true), (true, false), (false, true)];
    let place = sides.into_iter().find_map(|side| known_again(old, new, start..end, side))?;
    Some(place + (range.start - start))
}

/// The place of some lines of an old text in a new one; `up` and `down` are where more lines are
/// taken to know them by.
fn known_again(
    old: &str,
    new: &str,
    lines: Range<usize>,
    (up, down): (bool, bool),
) -> Option<usize> {
    let Range { mut start, mut end } = lines;
    for _ in 0..MOST_LINES {
        let around = old.get(start..end)?;
        let once = |text: &str| {
            let mut places = memchr::memmem::find_iter(text.as_bytes(), around.as_bytes());
            places.next().filter(|_| places.next().is_none())
        };
        if !around.is_empty() && once(old).is_some() {
            return once(new).map(|place| place + (lines.start - start));
        }
        if up {
            start = line_start(old, start.saturating_sub(1));
        }
        if down {
            end = line_end(old, end);
        }
    }
    None
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |newline| at + newline + 1)
}
