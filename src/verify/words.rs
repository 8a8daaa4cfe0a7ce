//! The words of a text, and an index of the pairs of words that stand side by side.

use std::ops::Range;

use crate::verify::normal::{MINUS, is_currency, is_share};
use crate::verify::offsets::narrow;

/// A word's place, and a number that is the same for the same letters in either case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub start: u32,
    pub end: u32,
    pub key: u32,
}

impl Word {
    pub fn span(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Whether a script is written without spaces between words: each of its characters is a word.
/// Korean has spaces but joins its particles to the words, so it is among them.
fn stands_alone(character: char) -> bool {
    matches!(u32::from(character),
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x2e80..=0x9fff | 0xac00..=0xd7af
        | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// Whether a character belongs to the word around it: `it's`, `100,000`, `12.5`, `5:30`, `5%`.
fn joins(before: Option<char>, character: char, after: Option<char>) -> bool {
    let both = |test: fn(char) -> bool| before.is_some_and(test) && after.is_some_and(test);
    match character {
        '\'' => both(char::is_alphanumeric),
        ',' | '.' | '/' | ':' | '⁄' | '٫' | '٬' => both(char::is_numeric),
        // Accents that stand as characters of their own.
        '\u{300}'..='\u{36f}' => before.is_some(),
        '+' => before.is_some_and(char::is_numeric) && !after.is_some_and(char::is_alphanumeric),
        _ if is_share(character) => before.is_some_and(char::is_numeric),
        _ if is_currency(character) => {
            before.is_some_and(char::is_numeric) && !after.is_some_and(char::is_numeric)
        }
        _ => false,
    }
}

/// Whether a sign before a number makes it another.
fn leads(character: char) -> bool {
    matches!(character, MINUS | '+' | '±' | '~' | '≈' | '<' | '>' | '≤' | '≥' | '#' | '.')
        || is_currency(character)
}

/// Whether a number with its signs begins here. `before` stands before it.
pub(super) fn begins_number(before: Option<char>, rest: &str) -> bool {
    let mut characters = rest.chars();
    // In a word, or behind a number, only a sum begins.
    let apart = !before.is_some_and(char::is_alphanumeric);
    let begins = |first: char| leads(first) && (apart || is_currency(first));
    characters.next().is_some_and(begins)
        && characters.take(3).find(|next| !leads(*next)).is_some_and(char::is_numeric)
}

/// All words of a text without its typography, in order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 6);
    let mut open: Option<(usize, u32)> = None;
    // Whether the signs before a number are being read.
    let mut leading = false;
    let mut before = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let after = characters.peek().map(|(_, next)| *next);
        let alone = stands_alone(character);
        let letter = character.is_alphanumeric();
        let continues =
            open.is_some() && (leading && leads(character) || joins(before, character, after));
        let sign = !letter
            && !continues
            && !character.is_ascii_whitespace()
            && leads(character)
            && begins_number(before, text.get(at..).unwrap_or_default());
        let part = letter || continues || sign;
        if (!part || alone || sign)
            && let Some((start, key)) = open.take()
        {
            words.push(Word { start: narrow(start), end: narrow(at), key });
        }
        leading = sign || leading && continues;
        if alone && part {
            let end = at + character.len_utf8();
            words.push(Word { start: narrow(at), end: narrow(end), key: hash(SEED, character) });
        } else if part {
            let (start, key) = open.unwrap_or((at, SEED));
            open = Some((start, hash(key, character)));
        }
        before = Some(character);
    }
    if let Some((start, key)) = open {
        words.push(Word { start: narrow(start), end: narrow(text.len()), key });
    }
    words
}

/// A word that the end of a line may have broken in two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Join {
    /// The number of its first part.
    pub number: u32,
    /// The key of both together.
    pub key: u32,
}

/// The words that hyphens at the ends of lines may have broken.
pub(super) fn joins_of(text: &str, words: &[Word], hyphens: &[u32]) -> Vec<Join> {
    let join = |hyphen: &u32| {
        let number = words.partition_point(|word| word.start < *hyphen).checked_sub(1)?;
        let (first, second) = (words.get(number)?, words.get(number + 1)?);
        let touch = first.end == *hyphen && second.start == hyphen + 1;
        let key = text.get(second.span())?.chars().fold(first.key, hash);
        touch.then_some(Join { number: narrow(number), key })
    };
    hyphens.iter().filter_map(join).collect()
}

const SEED: u32 = 0x811c_9dc5;

/// FNV-1a over characters in lower case.
fn hash(key: u32, character: char) -> u32 {
    let mix = |key: u32, character: char| (key ^ u32::from(character)).wrapping_mul(0x0100_0193);
    if character.is_ascii() {
        return mix(key, character.to_ascii_lowercase());
    }
    character.to_lowercase().fold(key, mix)
}

/// Where each pair of neighbouring words stands, by the number of the first.
///
/// Pairs share a drawer with others now and then; whoever asks compares.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs {
    /// Where each drawer begins in `places`.
    drawers: Vec<u32>,
    places: Vec<u32>,
}

impl Pairs {
    /// Those of some words; a word that is broken in two counts as one, too.
    pub fn of(words: &[Word], joins: &[Join]) -> Pairs {
        let count = words.len().next_power_of_two().max(16);
        let whole: Vec<(u32, usize)> =
            joins.iter().flat_map(|join| around(words, *join, count)).collect();
        let mut drawers = vec![0u32; count + 1];
        let each = || {
            let pairs = (0u32..).zip(words.windows(2).map(|pair| drawer(pair, count)));
            pairs.chain(whole.iter().copied())
        };
        for (_, drawer) in each() {
            if let Some(size) = drawers.get_mut(drawer + 1) {
                *size += 1;
            }
        }
        let mut sum = 0u32;
        for size in &mut drawers {
            sum += *size;
            *size = sum;
        }
        let mut next = drawers.clone();
        let mut places = vec![0u32; words.len().saturating_sub(1) + whole.len()];
        for (number, drawer) in each() {
            let Some(free) = next.get_mut(drawer) else { continue };
            if let Some(place) = places.get_mut(*free as usize) {
                *place = number;
            }
            *free += 1;
        }
        for (_, drawer) in whole {
            let bound = |at: usize| drawers.get(at).map_or(0, |at| *at as usize);
            if let Some(places) = places.get_mut(bound(drawer)..bound(drawer + 1)) {
                places.sort_unstable();
            }
        }
        Pairs { drawers, places }
    }

    /// Where a pair may stand.
    pub fn find(&self, pair: &[Word]) -> &[u32] {
        let drawer = drawer(pair, self.drawers.len().saturating_sub(1).max(1));
        let bound = |at: usize| self.drawers.get(at).map_or(0, |at| *at as usize);
        self.places.get(bound(drawer)..bound(drawer + 1)).unwrap_or_default()
    }
}

/// The pairs of a word that is broken in two, as one, with the words beside it: the number of the
/// first of each pair, and its drawer.
fn around(words: &[Word], join: Join, count: usize) -> impl Iterator<Item = (u32, usize)> {
    let number = join.number as usize;
    let whole = words.get(number).map(|first| Word { key: join.key, ..*first });
    let before = number.checked_sub(1).and_then(|at| Some([*words.get(at)?, whole?]));
    let after = words.get(number + 2).and_then(|after| Some([whole?, *after]));
    let before = before.map(|pair| (join.number.saturating_sub(1), drawer(&pair, count)));
    let after = after.map(|pair| (join.number, drawer(&pair, count)));
    before.into_iter().chain(after)
}

/// `count` is a power of two.
fn drawer(pair: &[Word], count: usize) -> usize {
    let [first, second] = pair else { return 0 };
    let mixed =
        (u64::from(first.key) << 32 | u64::from(second.key)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 32) as usize & (count - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_what_belongs_to_them() {
        for (text, parts) in [
            ("It's 100,000 men, no 12.5.", vec!["It's", "100,000", "men", "no", "12.5"]),
            ("'quoted' well-known", vec!["quoted", "well", "known"]),
            ("日本語 text", vec!["日", "本", "語", "text"]),
            ("e\u{301}te\u{301}, ünd", vec!["e\u{301}te\u{301}", "ünd"]),
            ("…", vec![]),
            ("at −5, +5, ±5% or $5 (−$.5)", vec!["at", "−5", "+5", "±5%", "or", "$5", "−$.5"]),
            (
                "40+ of 1/5 at 5:30, 5€ 5° a+b",
                vec!["40+", "of", "1/5", "at", "5:30", "5€", "5°", "a", "b"],
            ),
            ("us$5 no.5 1.5. <5 10² 1½", vec!["us", "$5", "no", "5", "1.5", "<5", "10²", "1½"]),
        ] {
            let found: Vec<&str> = words(text).iter().map(|word| &text[word.span()]).collect();
            assert_eq!(found, parts);
        }
    }

    #[test]
    fn pairs_are_found_where_they_stand() {
        let all = words("a b c a b d A B");
        let pairs = Pairs::of(&all, &[]);
        for (pair, places) in [("a b", vec![0, 3, 6]), ("b d", vec![4]), ("c d", vec![])] {
            let pair = words(pair);
            let stands = |at: &&u32| {
                all.get(**at as usize..**at as usize + 2)
                    .is_some_and(|both| both[0].key == pair[0].key && both[1].key == pair[1].key)
            };
            let found: Vec<u32> = pairs.find(&pair).iter().filter(stands).copied().collect();
            assert_eq!(found, places);
        }
        assert!(Pairs::of(&[], &[]).find(&words("a b")).is_empty());
    }
}
