//! Words in a record as it is written, so that most records need not be read to be passed over.
//!
//! A run of the words that stands for itself in any text (letters, digits and most signs of ASCII)
//! is looked for in the record's own text, many bytes at a time. Where it is found, the quotation
//! marks before it tell whether it stands in a string, and what stands before the string whether
//! that is searched. Records that could hide words from this ([`Writing`]) are read.
//!
//! [`Writing`]: crate::model::Writing

use std::collections::HashMap;
use std::sync::OnceLock;

use memchr::memmem::Finder;
use memchr::{memchr, memchr_iter, memchr2, memrchr};

use crate::query::text::fold_character;

/// The most ways of writing characters beyond ASCII that are looked for one by one.
const MOST_WAYS: usize = 16;

/// What a text must hold to hold the words.
#[derive(Clone, Debug)]
pub(super) enum Scan {
    /// A run of ASCII, perhaps in another case.
    Run(Run),
    /// Some characters, in one of the ways in which they may be written.
    Ways(Vec<Finder<'static>>),
    /// Nothing that could be told from the text.
    Anything,
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
        let run = longest(folded, |character| {
            character.is_ascii_graphic() && !matches!(character, '\'' | '"' | '-' | '\\')
        });
        let beyond =
            longest(folded, |character| !character.is_ascii() && !character.is_whitespace());
        if run.len() > 1 || (beyond.is_empty() && !run.is_empty()) {
            return Run::new(folded, run, cased).map_or(Scan::Anything, Scan::Run);
        }
        // Quotation marks and the like may be written with a backslash before them.
        let odd = folded.find(['\'', '"', '-', '\\']).and_then(|at| folded.get(at..at + 1));
        let some = if beyond.is_empty() { odd.unwrap_or_default() } else { beyond };
        Scan::ways(some, cased)
    }

    /// As many characters as there are not too many ways to write.
    fn ways(characters: &str, cased: bool) -> Self {
        let characters: Vec<char> = characters.chars().take(3).collect();
        let mut ways = vec![String::new()];
        for written in characters.iter().map(|character| unfolded(*character, cased)) {
            if ways.len() * written.len() > MOST_WAYS {
                break;
            }
            ways = ways
                .iter()
                .flat_map(|way| written.iter().map(move |next| format!("{way}{next}")))
                .collect();
        }
        if ways.iter().all(String::is_empty) {
            return Scan::Anything;
        }
        Scan::Ways(ways.iter().map(|way| Finder::new(way.as_bytes()).into_owned()).collect())
    }

    /// Whether nearly every headline may be expected to hold the words.
    pub(super) fn is_everywhere(&self) -> bool {
        let Scan::Run(run) = self else { return false };
        matches!(*run.bytes, [only] if only.is_ascii_digit() || rarity(only) < SELDOM)
    }

    /// Whether a text in which no ASCII is written in another way could hold the words.
    pub(super) fn may_be_in(&self, text: &str) -> bool {
        match self {
            Scan::Run(run) => run.find(text.as_bytes(), 0).is_some(),
            Scan::Ways(ways) => ways.iter().any(|way| way.find(text.as_bytes()).is_some()),
            Scan::Anything => true,
        }
    }

    /// Whether a text holds the words, where that can be told without folding it.
    pub(super) fn in_text(&self, text: &str) -> Glance {
        let Scan::Run(run) = self else { return Glance::Perhaps };
        let mut from = 0;
        while let Some(at) = run.find(text.as_bytes(), from) {
            if run.fits_around(text, at) {
                return Glance::Yes;
            }
            from = at + 1;
        }
        let hidden = |letter: char| text.contains(letter);
        match !run.cased && !text.is_ascii() && HIDDEN.into_iter().any(hidden) {
            true => Glance::Perhaps,
            false => Glance::No,
        }
    }

    /// The places in a text where it may hold the words.
    pub(super) fn hits<'a>(&'a self, text: &'a str) -> Hits<'a> {
        let ways = if let Scan::Ways(ways) = self { ways.len() } else { 0 };
        Hits { scan: self, text: text.as_bytes(), next: vec![Some(0); ways] }
    }

    /// Whether all of the words may stand around a place among [`Scan::hits`], in a record that is
    /// plainly written.
    pub(super) fn fits_at(&self, text: &str, hit: usize) -> bool {
        if let Scan::Run(run) = self { run.fits_around(text, hit) } else { true }
    }

    /// Whether one of the searched strings of a plainly written record holds the words.
    pub(super) fn in_record(&self, record: &str) -> Glance {
        match self {
            Scan::Run(_) => self.in_record_from(record, 0),
            _ if self.may_be_in(record) => Glance::Perhaps,
            _ => Glance::No,
        }
    }

    /// [`Scan::in_record`] for one in which they may stand at a place and do not before.
    pub(super) fn in_record_from(&self, record: &str, mut from: usize) -> Glance {
        let Scan::Run(run) = self else { return Glance::Perhaps };
        let text = record.as_bytes();
        // Up to where the quotation marks have been counted, and whether a string was open there.
        let (mut counted, mut open) = (0, false);
        while let Some(at) = run.find(text, from) {
            if !run.fits_around(record, at) {
                from = at + 1;
                continue;
            }
            let between = text.get(counted..at).unwrap_or_default();
            open ^= memchr_iter(b'"', between).count() % 2 == 1;
            counted = at;
            if open {
                let start = text.get(..at).and_then(|before| memrchr(b'"', before)).unwrap_or(0);
                match field_of(text.get(..start).unwrap_or_default()) {
                    Some(true) if run.fits_within(record, start + 1, at) => return Glance::Yes,
                    Some(true) => {
                        from = at + 1;
                        continue;
                    }
                    Some(false) => {}
                    None => return Glance::Perhaps,
                }
            }
            // Past the mark that ends this string, or begins the next.
            let rest = text.get(at..).unwrap_or_default();
            let Some(end) = memchr(b'"', rest).map(|length| at + length) else {
                return Glance::No;
            };
            from = end + 1;
            counted = from;
            open = !open;
        }
        Glance::No
    }
}

/// The places in a text where it may hold the words.
#[derive(Debug)]
pub(super) struct Hits<'a> {
    scan: &'a Scan,
    text: &'a [u8],
    /// For each way of writing them, where it was found last; nothing if nowhere.
    next: Vec<Option<usize>>,
}

impl Hits<'_> {
    /// The first place from a place on; each time from one that is no nearer.
    pub(super) fn next_from(&mut self, from: usize) -> Option<usize> {
        let rest = self.text.get(from..)?;
        match self.scan {
            Scan::Run(run) => run.find(self.text, from),
            Scan::Ways(ways) => {
                for (way, next) in ways.iter().zip(&mut self.next) {
                    // One found further on stays found.
                    if next.is_some_and(|next| next < from || from == 0) {
                        *next = way.find(rest).map(|at| from + at);
                    }
                }
                self.next.iter().flatten().min().copied()
            }
            Scan::Anything => Some(from).filter(|_| !rest.is_empty()),
        }
    }
}

/// All characters that are compared as this one.
fn unfolded(wanted: char, cased: bool) -> Vec<char> {
    static OTHERS: OnceLock<HashMap<char, Vec<char>>> = OnceLock::new();
    let others = OTHERS.get_or_init(|| {
        let mut others: HashMap<char, Vec<char>> = HashMap::new();
        for character in '\0'..=LAST_FOLDED {
            let folded = fold_character(character, false);
            if folded != character {
                others.entry(folded).or_default().push(character);
            }
        }
        others
    });
    let others = others.get(&wanted).into_iter().flatten();
    // With both cases apart, fewer are the same.
    let same = |other: &&char| fold_character(**other, cased) == wanted;
    std::iter::once(wanted).chain(others.filter(same).copied()).collect()
}

/// Characters beyond ASCII that are compared as some of ASCII, with both cases the same.
const HIDDEN: [char; 2] = ['\u{17f}', '\u{212a}'];

/// No character beyond this is compared as another: those of the supplementary planes from 2 on
/// have no case (Unicode 17, 2.8).
const LAST_FOLDED: char = '\u{1ffff}';

/// Whether the string that begins behind this text is a value of a field that is searched;
/// nothing where that cannot be told. Items of lists are names, which are looked up elsewhere.
fn field_of(before: &[u8]) -> Option<bool> {
    let before = before.trim_ascii_end();
    let before = match before {
        [before @ .., b':'] => before,
        [.., b',' | b'['] => return Some(false),
        [before @ .., b'('] => {
            let before = before.trim_ascii_end().strip_suffix(b"Some")?.trim_ascii_end();
            match before {
                [before @ .., b':'] => before,
                [.., b',' | b'['] => return Some(false),
                _ => return None,
            }
        }
        _ => return None,
    };
    let before = before.trim_ascii_end();
    let length = before.iter().rev().take_while(|byte| byte.is_ascii_lowercase() || **byte == b'_');
    let name = before.get(before.len() - length.count()..)?;
    Some(matches!(
        name,
        b"id"
            | b"headline"
            | b"role"
            | b"venue"
            | b"paraphrase"
            | b"text"
            | b"basis"
            | b"note"
            | b"measure"
            | b"of"
            | b"place"
    ))
}

/// The longest part of the text whose characters are all of a kind.
fn longest(text: &str, of: impl Fn(char) -> bool) -> &str {
    text.split(|character| !of(character)).max_by_key(|part| part.len()).unwrap_or_default()
}

/// A run of ASCII to find. Two of its rarer bytes are compared with many places at once.
#[derive(Clone, Debug)]
pub(super) struct Run {
    bytes: Box<[u8]>,
    cased: bool,
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
    fn new(folded: &str, run: &str, cased: bool) -> Option<Self> {
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

    /// Where the run next stands in the text, from a place on.
    fn find(&self, text: &[u8], from: usize) -> Option<usize> {
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

impl Run {
    /// Whether all of the words stand in a text that has the run at a place.
    fn fits_around(&self, text: &str, at: usize) -> bool {
        let (before, behind) = (text.get(..at), text.get(at + self.bytes.len()..));
        begins(behind.unwrap_or_default().chars(), self.behind.chars(), self.cased)
            && begins(
                before.unwrap_or_default().chars().rev(),
                self.before.chars().rev(),
                self.cased,
            )
    }

    /// [`Run::fits_around`] in a string that begins at `start` and ends at the next quotation mark.
    fn fits_within(&self, text: &str, start: usize, at: usize) -> bool {
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
    fn no_character_is_folded_beyond_the_last() {
        let beyond = char::from_u32(u32::from(LAST_FOLDED) + 1).unwrap();
        assert!(
            (beyond..=char::MAX).all(|character| fold_character(character, false) == character)
        );
        let hidden = ('\u{80}'..=LAST_FOLDED)
            .filter(|character| fold_character(*character, false).is_ascii_alphanumeric());
        assert!(hidden.eq(HIDDEN));
    }

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
