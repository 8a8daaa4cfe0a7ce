//! What each character is made of, kept for those that were met.
//!
//! Of all characters a text holds few, and those stand side by side, so they are worked out 256 at
//! a time when the first of them is met.

use std::sync::OnceLock;

use unicode_normalization::IsNormalized;
use unicode_normalization::char::canonical_combining_class;

use crate::text::same::Folding;
use crate::text::same::expand::{expand, is_own_mark};

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

/// The kind of a character as a mark, 0 for a letter, where a text needs no folding for it: it is
/// compared as one character, whether cases differ or not.
pub(super) fn simple_class(character: char) -> Option<u8> {
    let (page, place) = page_of(character);
    let page = SIMPLE.get(page)?.get_or_init(|| simple_page(character));
    page.get(place).copied().filter(|class| *class != FOLDED)
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

static SIMPLE: [OnceLock<Box<[u8]>>; PAGE_COUNT] = [const { OnceLock::new() }; PAGE_COUNT];

/// Stands for a character for which a text has to be folded; no class of marks is as high.
const FOLDED: u8 = u8::MAX;

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

fn simple_page(one: char) -> Box<[u8]> {
    characters(one).map(|character| class_if_simple(character).unwrap_or(FOLDED)).collect()
}

fn class_if_simple(character: char) -> Option<u8> {
    let only = |cased| {
        let mut parts = Vec::new();
        expand(character, Folding::plain(cased), &mut |part| parts.push(Part::of(part)));
        match *parts.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    };
    let (folded, cased) = (only(false)?, only(true)?);
    let inert = |part: Part| {
        !part.joins
            || part.class > 0
                && unicode_normalization::is_nfc_quick(std::iter::once(part.value))
                    == IsNormalized::Yes
    };
    // No more than two letters are compared as one.
    let pair = |of: char| {
        let mut cases = of.to_uppercase().chain(of.to_lowercase());
        of == character || cases.any(|other| other == character)
    };
    let sign = matches!(folded.value, ' ' | '\'' | '"' | '-');
    (inert(folded) && inert(cased) && (sign || pair(folded.value))).then_some(folded.class)
}
