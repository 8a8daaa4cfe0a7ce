//! A run of ASCII found in a text, many bytes at a time.

use memchr::{memchr, memchr2};

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
    /// Its rarest bytes, the rarest first; some more than once where it is short.
    rare: [Byte; 3],
    /// Whether even the first two are so frequent that a third is compared with them.
    common: bool,
}

/// One byte of a run.
#[derive(Clone, Copy, Debug)]
struct Byte {
    at: usize,
    value: u8,
    /// What is set in a byte of the text before it is compared: the bit of lower case, or none.
    case: u8,
}

impl Byte {
    fn fits(self, other: u8) -> bool {
        (other | self.case) == self.value
    }
}

/// Bytes with less than this [`rarity`] stand in nearly every line.
const FREQUENT: usize = 14;

/// How many places are looked at together; a compiler turns this into a few instructions.
const BLOCK: usize = 32;

impl Run {
    /// Of words that are folded; the run is a part of them.
    pub(super) fn new(folded: &str, run: &str, cased: bool) -> Option<Self> {
        let (before, behind) = folded.split_once(run)?;
        let byte = |(at, value): (usize, u8)| Byte {
            at,
            value,
            case: if !cased && value.is_ascii_alphabetic() { 0x20 } else { 0 },
        };
        let mut by_rarity: Vec<(usize, u8)> = run.bytes().enumerate().collect();
        by_rarity.sort_by_key(|(_, value)| std::cmp::Reverse(rarity(*value)));
        let first = *by_rarity.first()?;
        let rare = [0, 1, 2].map(|number| by_rarity.get(number).copied().unwrap_or(first));
        let common = rare.iter().take(2).all(|(_, value)| rarity(*value) < FREQUENT);
        Some(Run {
            bytes: run.as_bytes().into(),
            cased,
            before: before.into(),
            behind: behind.into(),
            rare: rare.map(byte),
            common,
        })
    }

    /// Whether nearly every headline may be expected to hold the words.
    pub(super) fn is_everywhere(&self) -> bool {
        matches!(*self.bytes, [only] if only.is_ascii_digit() || rarity(only) < SELDOM)
    }

    /// Where the run next stands in the text, from a place on.
    pub(super) fn find(&self, text: &[u8], from: usize) -> Option<usize> {
        let [first, second, third] = self.rare;
        if self.bytes.len() == 1 {
            // In either case; the bit of the case is set in `value`.
            let (low, high) = (first.value, first.value & !first.case);
            return memchr2(low, high, text.get(from..)?).map(|at| from + at);
        }
        if self.common {
            self.find_by(text, from, [first, second, third])
        } else {
            self.find_by(text, from, [first, second])
        }
    }

    /// [`Run::find`] by some of its bytes.
    fn find_by<const N: usize>(&self, text: &[u8], from: usize, by: [Byte; N]) -> Option<usize> {
        // Each of the bytes of a run that begins at the same place, for all places.
        let last = text.len().checked_sub(self.bytes.len())?;
        let mut blocks: [&[[u8; BLOCK]]; N] = [&[]; N];
        for (blocks, byte) in blocks.iter_mut().zip(by) {
            *blocks = text.get(from + byte.at..=last + byte.at)?.as_chunks().0;
        }
        let count = blocks.iter().map(|blocks| blocks.len()).min().unwrap_or(0);
        for number in 0..count {
            let mut block = [&[0; BLOCK]; N];
            for (block, blocks) in block.iter_mut().zip(blocks) {
                *block = blocks.get(number)?;
            }
            let fits = |place: usize| {
                let here = block.iter().zip(by);
                here.fold(true, |all, (block, byte)| all & byte.fits(block[place]))
            };
            let mut any = false;
            for place in 0..BLOCK {
                any |= fits(place);
            }
            if any {
                let start = from + number * BLOCK;
                let mut fit = [0; BLOCK];
                for (place, fit) in fit.iter_mut().enumerate() {
                    *fit = u8::from(fits(place));
                }
                if let Some(at) = marked(&fit).find(|place| self.is_at(text, start + place)) {
                    return Some(start + at);
                }
            }
        }
        let start = from + count * BLOCK;
        let [first, ..] = self.rare;
        let rest = text.get(start + first.at..=last + first.at)?;
        let mut places = rest.iter().enumerate().filter(|(_, byte)| first.fits(**byte));
        places.find(|(at, _)| self.is_at(text, start + at)).map(|(at, _)| start + at)
    }

    fn is_at(&self, text: &[u8], at: usize) -> bool {
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

/// The places of a block that are marked with 1, eight looked at together.
fn marked(block: &[u8; BLOCK]) -> impl Iterator<Item = usize> {
    let (eights, _) = block.as_chunks::<8>();
    eights.iter().enumerate().flat_map(|(number, eight)| {
        let mut left = u64::from_le_bytes(*eight);
        std::iter::from_fn(move || {
            let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(number * 8 + bit / 8)
        })
    })
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

/// Letters with less than this [`rarity`] stand in nearly every headline.
const SELDOM: usize = 22;

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
