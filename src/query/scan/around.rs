//! What is searched for around a part of the words, compared where that part was found.

use std::ops::Range;

use memchr::memchr;

use crate::text::same::simple;

/// What is searched for before a part of the words, and behind it.
#[derive(Clone, Debug)]
pub(super) struct Around {
    before: Box<str>,
    behind: Box<str>,
    cased: bool,
}

impl Around {
    /// Of words that are folded, and a part of them.
    pub(super) fn new(folded: &str, part: Range<usize>, cased: bool) -> Option<Self> {
        let (before, behind) = (folded.get(..part.start)?, folded.get(part.end..)?);
        Some(Around { before: before.into(), behind: behind.into(), cased })
    }

    /// Whether all of the words stand in a text that has the part of them in a range.
    pub(super) fn fits(&self, text: &str, part: Range<usize>) -> bool {
        let (before, behind) = (text.get(..part.start), text.get(part.end..));
        let behind = behind.unwrap_or_default().chars();
        let before = before.unwrap_or_default().chars().rev();
        begins(behind, self.behind.chars(), self.cased)
            && begins(before, self.before.chars().rev(), self.cased)
    }

    /// [`Around::fits`] in a string that begins at a place and ends at the next quotation mark.
    pub(super) fn fits_within(&self, text: &str, start: usize, part: Range<usize>) -> bool {
        if self.before.is_empty() && self.behind.is_empty() {
            return true;
        }
        let rest = text.get(part.end..).unwrap_or_default();
        let end = memchr(b'"', rest.as_bytes()).map_or(text.len(), |length| part.end + length);
        let string = text.get(start..end);
        string.is_some_and(|string| self.fits(string, part.start - start..part.end - start))
    }
}

/// Whether a text, folded, begins with words that are folded.
fn begins(
    mut text: impl Iterator<Item = char>,
    words: impl Iterator<Item = char>,
    cased: bool,
) -> bool {
    let mut after_space = false;
    for wanted in words {
        let next = text.find(|next| !(after_space && next.is_whitespace()));
        let Some(next) = next else { return false };
        after_space = next.is_whitespace();
        let folded = if after_space { ' ' } else { simple(next, cased) };
        if folded != wanted {
            return false;
        }
    }
    true
}
