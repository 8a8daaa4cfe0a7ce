//! A run of ASCII found in a text, many bytes at a time.

use memchr::{memchr, memchr2};

use crate::query::scan::block::{self, BLOCK, Byte};
use crate::query::text::fold_character;

/// A run of ASCII to find. Two of its rarer bytes are compared with many places at once.
#[derive(Clone, Debug)]
pub(in crate::query) struct Run {
    bytes: Box<[u8]>,
    /// Whether upper and lower case differ.
    pub(super) cased: bool,
    /// What is searched for before it, and behind it.
    before: Box<str>,
    behind: Box<str>,
    telling: Telling,
}

/// The rarest bytes of a run, by which it is found: more where they are frequent.
#[derive(Clone, Debug)]
pub(super) enum Telling {
    One([Byte; 1]),
    Two([Byte; 2]),
    Three([Byte; 3]),
}

/// Bytes with less than this [`rarity`] stand in nearly every line.
const FREQUENT: usize = 14;

impl Run {
    /// Of words that are folded; the run is a part of them.
    pub(super) fn new(folded: &str, run: &str, cased: bool) -> Option<Self> {
        let (before, behind) = folded.split_once(run)?;
        let mut rarest: Vec<(usize, u8)> = run.bytes().enumerate().collect();
        rarest.sort_by_key(|(_, value)| std::cmp::Reverse(rarity(*value)));
        let byte = |(at, value): (usize, u8)| Byte::new(value, at, cased);
        let telling = match *rarest.as_slice() {
            [] => return None,
            [only] => Telling::One([byte(only)]),
            [first, second, third, ..] if rarity(first.1) < FREQUENT => {
                Telling::Three([first, second, third].map(byte))
            }
            [first, second, ..] => Telling::Two([first, second].map(byte)),
        };
        Some(Run {
            bytes: run.as_bytes().into(),
            cased,
            before: before.into(),
            behind: behind.into(),
            telling,
        })
    }

    /// Where the run next stands in the text, from a place on.
    pub(super) fn find(&self, text: &[u8], from: usize) -> Option<usize> {
        match &self.telling {
            Telling::One(_) => {
                let rest = text.get(from..)?;
                let found = match *self.bytes {
                    [only] if self.cased => memchr(only, rest),
                    [only] => memchr2(only, only.to_ascii_uppercase(), rest),
                    _ => None,
                };
                found.map(|at| from + at)
            }
            Telling::Two(bytes) => self.find_by(text, from, bytes),
            Telling::Three(bytes) => self.find_by(text, from, bytes),
        }
    }

    fn find_by<const N: usize>(
        &self,
        text: &[u8],
        from: usize,
        bytes: &[Byte; N],
    ) -> Option<usize> {
        // None begins where the text's end would be within it.
        let last = text.len().checked_sub(self.bytes.len())?;
        for at in (from..=last).step_by(BLOCK) {
            let fit = block::each(block::places(text, at, bytes));
            if let Some(place) = fit.map(|place| at + place).find(|at| self.is_at(text, *at)) {
                return Some(place);
            }
        }
        None
    }

    /// The bytes by which it is found.
    pub(super) fn telling(&self) -> &Telling {
        &self.telling
    }

    /// Whether it stands at a place.
    pub(super) fn is_at(&self, text: &[u8], at: usize) -> bool {
        text.get(at..at + self.bytes.len()).is_some_and(|here| {
            if self.cased { *here == *self.bytes } else { here.eq_ignore_ascii_case(&self.bytes) }
        })
    }

    /// Whether all of the words stand in a text that has the run at a place.
    pub(super) fn fits_around(&self, text: &str, at: usize) -> bool {
        let (before, behind) = (text.get(..at), text.get(at + self.bytes.len()..));
        begins(behind.unwrap_or_default().chars(), self.behind.chars(), self.cased)
            && begins(
                before.unwrap_or_default().chars().rev(),
                self.before.chars().rev(),
                self.cased,
            )
    }

    /// [`Run::fits_around`] in a string that begins at `start` and ends at the next quotation mark.
    pub(super) fn fits_within(&self, text: &str, start: usize, at: usize) -> bool {
        if self.before.is_empty() && self.behind.is_empty() {
            return true;
        }
        let rest = text.get(at..).unwrap_or_default();
        let end = memchr(b'"', rest.as_bytes()).map_or(text.len(), |length| at + length);
        text.get(start..end).is_some_and(|string| self.fits_around(string, at - start))
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
        let folded = if after_space { ' ' } else { fold_character(next, cased) };
        if folded != wanted {
            return false;
        }
    }
    true
}

/// How seldom a byte stands in a dataset, roughly; upper case as lower.
fn rarity(byte: u8) -> usize {
    const COMMON: &[u8] = b"etaonisrldhcumpfgbywvk,.:012345(6789)xjzq";
    COMMON.iter().position(|common| *common == byte.to_ascii_lowercase()).unwrap_or(COMMON.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_found_at_every_place() {
        for length in 1..140 {
            for (words, cased) in [("x", false), ("xy", false), ("Xyx", true), ("9x", false)] {
                let run = Run::new(words, words, cased).unwrap();
                for at in 0..length {
                    let text = format!("{}{words}{}", "xx9".repeat(at), "y".repeat(length - at));
                    let text = if cased { text } else { text.to_ascii_uppercase() };
                    let plain = if cased { text.clone() } else { text.to_ascii_lowercase() };
                    for from in [0, at, at * 3] {
                        let expected = plain[from..].find(words).map(|found| found + from);
                        assert_eq!(run.find(text.as_bytes(), from), expected, "{words} in {text}");
                    }
                }
            }
        }
    }
}
