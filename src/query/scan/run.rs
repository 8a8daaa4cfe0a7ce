//! A run of characters found in a text, many bytes at a time.

use std::ops::Range;

use memchr::{memchr, memchr2};

use crate::query::scan::around::Around;
use crate::query::scan::block::{self, BLOCK, Byte};
use crate::text::same::{simple, written_as};

/// A run of characters to find, none of which has more than two forms, of the same length. Some of
/// its rarer bytes are compared with many places at once.
#[derive(Clone, Debug)]
pub(in crate::query) struct Run {
    folded: Box<str>,
    /// Whether upper and lower case differ.
    cased: bool,
    around: Around,
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
    /// The longest in words that are folded.
    pub(super) fn new(folded: &str, cased: bool) -> Option<Self> {
        let range = longest(folded, |character| forms(character, cased).is_some());
        let run = folded.get(range.clone())?;
        let mut bytes = Vec::with_capacity(run.len());
        for character in run.chars() {
            let mut written = [[0; 4]; 2];
            for (written, form) in written.iter_mut().zip(forms(character, cased)?) {
                form.encode_utf8(written);
            }
            let [one, other] = written;
            bytes.extend(one.into_iter().zip(other).take(character.len_utf8()));
        }
        let mut rarest: Vec<usize> = (0..bytes.len()).collect();
        let rarity = |at: &usize| bytes.get(*at).map_or(0, |(value, _)| rarity(*value));
        rarest.sort_by_key(|at| std::cmp::Reverse(rarity(at)));
        let byte = |at: usize| {
            let (one, other) = bytes.get(at).copied().unwrap_or_default();
            Byte::new(one, other, at)
        };
        let telling = match *rarest.as_slice() {
            [] => return None,
            [only] => Telling::One([byte(only)]),
            [first, second, third, ..] if rarity(&first) < FREQUENT => {
                Telling::Three([first, second, third].map(byte))
            }
            [first, second, ..] => Telling::Two([first, second].map(byte)),
        };
        Some(Run { folded: run.into(), cased, around: Around::new(folded, range, cased)?, telling })
    }

    /// Where the run next stands in the text, from a place on.
    pub(super) fn find(&self, text: &str, from: usize) -> Option<usize> {
        match &self.telling {
            Telling::One(_) => {
                let rest = text.as_bytes().get(from..)?;
                let found = match *self.folded.as_bytes() {
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

    fn find_by<const N: usize>(&self, text: &str, from: usize, by: &[Byte; N]) -> Option<usize> {
        // None begins where the text's end would be within it.
        let last = text.len().checked_sub(self.folded.len())?;
        for at in (from..=last).step_by(BLOCK) {
            let fit = block::each(block::places(text.as_bytes(), at, by));
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
    fn is_at(&self, text: &str, at: usize) -> bool {
        let Some(here) = text.as_bytes().get(self.range(at)) else { return false };
        if self.cased {
            return *here == *self.folded.as_bytes();
        }
        here.eq_ignore_ascii_case(self.folded.as_bytes())
            || (!here.is_ascii() && self.is_at_beyond_ascii(text, at))
    }

    #[inline(never)]
    fn is_at_beyond_ascii(&self, text: &str, at: usize) -> bool {
        let here = text.get(self.range(at)).unwrap_or_default();
        here.chars().map(|next| simple(next, false)).eq(self.folded.chars())
    }

    fn range(&self, at: usize) -> Range<usize> {
        at..at + self.folded.len()
    }

    /// Whether all of the words stand around a place.
    pub(super) fn all_at(&self, text: &str, at: usize) -> bool {
        self.is_at(text, at) && self.around.fits(text, self.range(at))
    }

    /// Whether all of the words stand around a place where the run does.
    pub(super) fn fits_at(&self, text: &str, at: usize) -> bool {
        self.around.fits(text, self.range(at))
    }

    /// [`Run::fits_at`] in a string that begins at a place and ends at the next quotation mark.
    pub(super) fn fits_within(&self, text: &str, start: usize, at: usize) -> bool {
        self.around.fits_within(text, start, self.range(at))
    }

    /// Whether all of the words stand in a text.
    pub(super) fn in_text(&self, text: &str) -> bool {
        let mut from = 0;
        while let Some(at) = self.find(text, from) {
            if self.fits_at(text, at) {
                return true;
            }
            from = at + 1;
        }
        false
    }
}

/// The two forms of a character that is folded, or twice its only one; nothing of one that has
/// more, or forms of several lengths.
fn forms(character: char, cased: bool) -> Option<[char; 2]> {
    if character.is_whitespace() || matches!(character, '\'' | '"' | '-' | '\\') {
        return None;
    }
    if character.is_ascii() {
        let other = if cased { character } else { character.to_ascii_uppercase() };
        return character.is_ascii_graphic().then_some([character, other]);
    }
    match *written_as(character, cased).as_slice() {
        [only] => Some([only; 2]),
        [one, other] if one.len_utf8() == other.len_utf8() => Some([one, other]),
        _ => None,
    }
}

/// The longest part of a text all of whose characters are of a kind, in bytes.
fn longest(text: &str, of: impl Fn(char) -> bool) -> Range<usize> {
    let mut longest = 0..0;
    let mut start = 0;
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        if !of(character) {
            start = end;
        } else if end - start > longest.len() {
            longest = start..end;
        }
    }
    longest
}

/// How seldom a byte stands in a dataset, roughly; upper case as lower.
fn rarity(byte: u8) -> usize {
    const COMMON: &[u8] = b"etaonisrldhcumpfgbywvk,.:012345(6789)xjzq";
    // The first byte of a character tells little more than its script (The Unicode Standard, 3.9).
    match byte {
        0x80..0xc0 => return FREQUENT - 1,
        0xc0.. => return 0,
        _ => {}
    }
    COMMON.iter().position(|common| *common == byte.to_ascii_lowercase()).unwrap_or(COMMON.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_found_at_every_place() {
        for length in 1..140 {
            for (words, cased) in [
                ("x", false),
                ("xy", false),
                ("Xyx", true),
                ("9x", false),
                ("жx", false),
                ("война", false),
                ("戦争", true),
            ] {
                let run = Run::new(words, cased).unwrap();
                for at in 0..length {
                    let text = format!("{}{words}{}", "xж9".repeat(at), "у".repeat(length - at));
                    let text = if cased { text } else { text.to_uppercase() };
                    let plain = if cased { text.clone() } else { text.to_lowercase() };
                    for from in [0, at * 4] {
                        let expected = plain[from..].find(words).map(|found| found + from);
                        assert_eq!(run.find(&text, from), expected, "{words} in {text}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_longest_run_is_looked_for() {
        for (words, cased, expected) in [
            ("the war", false, "the"),
            ("a warning", false, "warning"),
            ("it's", false, "it"),
            ("well-known", false, "known"),
            ("слава україні!", false, "україні!"),
            // ɐ is written in two bytes, and its capital in three.
            ("вɐʼɐжи", false, "жи"),
            ("ɐ", false, ""),
            ("σ", false, "σ"),
            ("Σ", true, "Σ"),
            ("-", false, ""),
        ] {
            let run = Run::new(words, cased);
            assert_eq!(run.map_or("".into(), |run| run.folded), expected.into(), "{words}");
        }
    }
}
