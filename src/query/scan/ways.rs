//! A character that may be written in several ways: a quotation mark, a dash, a letter whose two
//! forms are not of one length.

use memchr::memmem::Finder;

use crate::query::scan::around::Around;
use crate::text::same::written_as;

/// A character of the words, and all ways in which it may be written.
#[derive(Clone, Debug)]
pub(in crate::query) struct Ways {
    all: Vec<Finder<'static>>,
    around: Around,
}

impl Ways {
    /// Of words that are folded: their first character that is no white space.
    pub(super) fn new(folded: &str, cased: bool) -> Option<Self> {
        let mut characters = folded.char_indices();
        let (at, character) = characters.find(|(_, character)| !character.is_whitespace())?;
        let written = written_as(character, cased).into_iter().map(String::from);
        Some(Ways {
            all: written.map(|way| Finder::new(way.as_bytes()).into_owned()).collect(),
            around: Around::new(folded, at..at + character.len_utf8(), cased)?,
        })
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Where one of them first stands in a text.
    pub(super) fn find(&self, number: usize, text: &[u8]) -> Option<usize> {
        self.all.get(number)?.find(text)
    }

    /// Whether the character stands in a text.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.all.iter().any(|way| way.find(text.as_bytes()).is_some())
    }

    /// Whether all of the words stand in a text.
    pub(super) fn hold_all(&self, text: &str) -> bool {
        // Of many ways few are of ASCII, and most texts.
        let ascii = text.is_ascii();
        self.all.iter().filter(|way| !ascii || way.needle().is_ascii()).any(|way| {
            let mut places = way.find_iter(text.as_bytes());
            places.any(|at| self.around.fits(text, at..at + way.needle().len()))
        })
    }
}
