//! Words to find in a text.
//!
//! Words match anywhere, within other words as well. Curly and straight quotation marks are the
//! same to a needle, so are all dashes, and any white space is one space.

use std::ops::Range;

use memchr::memmem::Finder;

use crate::query::fold::fold;
use crate::query::scan::{Glance, Scan};

/// Words to find.
#[derive(Clone, Debug)]
pub struct Needle {
    cased: bool,
    finder: Finder<'static>,
    scan: Scan,
}

impl Needle {
    /// For the search line: upper and lower case differ as soon as the words hold a capital.
    pub fn new(words: &str) -> Self {
        Self::with_case(words, words.chars().any(char::is_uppercase))
    }

    /// For queries: upper and lower case are the same.
    pub fn any_case(words: &str) -> Self {
        Self::with_case(words, false)
    }

    fn with_case(words: &str, cased: bool) -> Self {
        let mut folded = String::with_capacity(words.len());
        fold(words, cased, |_, character| folded.push(character));
        let scan = Scan::new(&folded, cased);
        Needle { cased, finder: Finder::new(folded.as_bytes()).into_owned(), scan }
    }

    /// Whether every text that holds these words surely holds the other's.
    pub fn narrows(&self, other: &Needle) -> bool {
        if other.is_empty() || (other.cased && !self.cased) {
            return false;
        }
        let mut folded = String::new();
        fold(self.folded(), other.cased, |_, character| folded.push(character));
        other.finder.find(folded.as_bytes()).is_some()
    }

    /// The words as they are compared.
    pub(super) fn folded(&self) -> &str {
        std::str::from_utf8(self.finder.needle()).unwrap_or_default()
    }

    /// How they are looked for in texts as they are written.
    pub(super) fn scan(&self) -> &Scan {
        &self.scan
    }

    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.finder.needle().is_empty()
    }

    /// Whether the text holds the words. Every text holds the needle that is empty.
    pub fn is_in(&self, text: &str) -> bool {
        match self.scan.in_text(text) {
            Glance::No => return false,
            Glance::Yes => return true,
            Glance::Perhaps => {}
        }
        let mut folded = String::with_capacity(text.len());
        fold(text, self.cased, |_, character| folded.push(character));
        self.finder.find(folded.as_bytes()).is_some()
    }

    /// Where the words stand in the text, in bytes on characters' boundaries; in order, not
    /// overlapping. The needle that is empty stands nowhere.
    pub fn find_all(&self, text: &str) -> Vec<Range<usize>> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut folded = String::with_capacity(text.len());
        // Where each byte of the folded text comes from.
        let mut origins = Vec::with_capacity(text.len());
        fold(text, self.cased, |at, character| {
            folded.push(character);
            origins.resize(folded.len(), at);
        });
        let origin = |at: usize| origins.get(at).copied().unwrap_or(text.len());
        self.finder
            .find_iter(folded.as_bytes())
            .map(|at| origin(at)..origin(at + self.finder.needle().len()))
            .collect()
    }
}
