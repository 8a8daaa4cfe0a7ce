//! Words in a record as it is written, so that most records need not be read to be passed over.
//!
//! A run of the words that stands for itself in any text (letters, digits and most signs of ASCII)
//! is looked for in the record's own text, many bytes at a time. Where it is found, the quotation
//! marks before it tell whether it stands in a string, and what stands before the string whether
//! that is searched. Records that could hide words from this ([`Writing`]) are read.
//!
//! [`Writing`]: crate::model::Writing

mod block;
mod run;
mod strings;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use memchr::memmem::Finder;

use crate::query::scan::run::Run;
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

    /// Whether one of the searched strings of a plainly written record holds the words; the record
    /// is a part of the text.
    pub(super) fn in_record(&self, text: &str, record: Range<usize>) -> Glance {
        match self {
            Scan::Run(run) => strings::hold(run, text, record),
            _ if text.get(record).is_some_and(|record| self.may_be_in(record)) => Glance::Perhaps,
            _ => Glance::No,
        }
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

/// The longest part of the text whose characters are all of a kind.
fn longest(text: &str, of: impl Fn(char) -> bool) -> &str {
    text.split(|character| !of(character)).max_by_key(|part| part.len()).unwrap_or_default()
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
}
