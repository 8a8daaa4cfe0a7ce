//! What each character is made of, kept for those that were met.
//!
//! Of all characters a text holds few, and those stand side by side, so they are worked out 256 at
//! a time when the first of them is met.

use std::sync::OnceLock;

use unicode_normalization::IsNormalized;
use unicode_normalization::char::canonical_combining_class;

use crate::text::same::expand::{expand, is_own_mark};
use crate::text::same::{Folding, fold};

/// A part of what a character is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub value: char,
    /// Its kind as a mark (UAX #44, `Canonical_Combining_Class`); 0 for a letter.
    pub class: u8,
    /// Whether it may belong to what stands before it, or be one with it.
    pub joins: bool,
}

impl Part {
    /// One that begins anew.
    pub const fn letter(value: char) -> Self {
        Part { value, class: 0, joins: false }
    }

    fn of(value: char) -> Self {
        if is_own_mark(value) {
            // As the strokes that Unicode has as marks.
            return Part { value, class: 1, joins: true };
        }
        let class = canonical_combining_class(value);
        let alone = unicode_normalization::is_nfc_quick(std::iter::once(value));
        Part { value, class, joins: class > 0 || alone != IsNormalized::Yes }
    }
}

/// How a character is compared.
pub(super) enum Way {
    /// As one that begins anew.
    One(char),
    /// As these, perhaps none.
    Several(&'static [Part]),
}

/// How a character is compared.
pub(super) fn way(character: char, how: Folding) -> Way {
    let table = usize::from(how.cased) + 2 * usize::from(how.plain);
    let (page, place) = page_of(character);
    let page = PAGES[table].get(page).map(|page| page.get_or_init(|| Page::new(character, how)));
    let own = page.and_then(|page| page.ways.get(place).map(|own| (page, own)));
    match own {
        Some((_, Own::One(one))) => Way::One(*one),
        Some((page, Own::Several(from, count))) => {
            let (from, count) = (usize::from(*from), usize::from(*count));
            Way::Several(page.parts.get(from..from + count).unwrap_or_default())
        }
        None => Way::One(character),
    }
}

/// A character for which a text needs no folding: it is compared as one, whatever stands beside it.
#[derive(Clone, Copy)]
pub(super) struct Simple {
    /// Its kind as a mark, 0 for a letter.
    pub class: u8,
    /// As it is compared, where cases are the same and where they differ.
    pub letter: char,
    pub cased: char,
}

/// How a character is compared in a text that needs no folding; nothing where a text needs it for
/// that character.
pub(super) fn simple(character: char) -> Option<Simple> {
    Around::default().simple(character)
}

/// The characters around the one that was asked for last, of which the next mostly is one.
pub(super) struct Around {
    page: usize,
    simple: &'static [Option<Simple>],
}

impl Default for Around {
    fn default() -> Self {
        Around { page: usize::MAX, simple: &[] }
    }
}

impl Around {
    /// As [`simple`].
    pub(super) fn simple(&mut self, character: char) -> Option<Simple> {
        let (page, place) = page_of(character);
        if page != self.page {
            let new = || characters(character).map(as_simple).collect();
            *self = Around { page, simple: SIMPLE.get(page)?.get_or_init(new) };
        }
        self.simple.get(place).copied()?
    }
}

/// How many characters are on a page.
const PAGE: usize = 256;
const PAGE_COUNT: usize = char::MAX as usize / PAGE + 1;

struct Page {
    ways: Box<[Own]>,
    parts: Box<[Part]>,
}

enum Own {
    One(char),
    /// From which of the page's parts on, and how many.
    Several(u16, u8),
}

/// By whether cases differ, and whether marks fall away; then by page.
static PAGES: [[OnceLock<Page>; PAGE_COUNT]; 4] =
    [const { [const { OnceLock::new() }; PAGE_COUNT] }; 4];

static SIMPLE: [OnceLock<Box<[Option<Simple>]>>; PAGE_COUNT] =
    [const { OnceLock::new() }; PAGE_COUNT];

fn page_of(character: char) -> (usize, usize) {
    (character as usize / PAGE, character as usize % PAGE)
}

/// The characters of a page; where there is none, as within surrogates, the one that stands for
/// what cannot be told.
fn characters(one: char) -> impl Iterator<Item = char> {
    let first = u32::from(one) & !0xff;
    (first..first + 256).map(|code| char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
}

impl Page {
    fn new(one: char, how: Folding) -> Self {
        let mut ways = Vec::with_capacity(PAGE);
        let mut all: Vec<Part> = Vec::new();
        for character in characters(one) {
            let from = all.len();
            expand(character, how, &mut |part| all.push(Part::of(part)));
            let parts = all.get(from..).unwrap_or_default();
            // The longest, one of Arabic, is made of 18.
            let count = u8::try_from(parts.len()).unwrap_or(u8::MAX);
            match parts {
                [only] if !only.joins => {
                    ways.push(Own::One(only.value));
                    all.truncate(from);
                }
                _ => ways.push(Own::Several(u16::try_from(from).unwrap_or(u16::MAX), count)),
            }
        }
        Page { ways: ways.into(), parts: all.into() }
    }
}

fn as_simple(character: char) -> Option<Simple> {
    let only = |cased| {
        let mut letters = Vec::new();
        let text = character.encode_utf8(&mut [0; 4]).to_owned();
        fold(&text, Folding::plain(cased), |letter| letters.push(letter.value));
        match *letters.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    };
    let (letter, cased) = (only(false)?, only(true)?);
    let alone = |letter: char| {
        unicode_normalization::is_nfc_quick(std::iter::once(letter)) == IsNormalized::Yes
    };
    // No more than two letters are compared as one.
    let mut cases = letter.to_uppercase().chain(letter.to_lowercase());
    let pair = letter == character || cases.any(|other| other == character);
    let sign = matches!(letter, ' ' | '\'' | '"' | '-');
    let simple = (sign || pair) && alone(letter) && alone(cased);
    simple.then(|| Simple { class: canonical_combining_class(letter), letter, cased })
}
