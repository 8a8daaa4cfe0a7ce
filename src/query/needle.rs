//! Words to find in a text.
//!
//! Words match anywhere, within other words as well, however they are written: see
//! [`same`](crate::text::same). A plain letter finds the one with its mark or stroke, too; a letter
//! typed with its mark asks for that mark.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem::Finder;

use crate::query::scan::{Glance, Scan, any_searched};
use crate::text::same::{Folding, fold, is_unseen, letters, needs_folding};

/// Words to find.
#[derive(Clone, Debug)]
pub struct Needle {
    words: Box<str>,
    cased: bool,
    finder: Finder<'static>,
    marks: Marks,
    scan: Scan,
}

/// The marks that may fall away from the letters of a text, each with where its letter ends among
/// the letters alone.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks(Vec<(usize, char)>);

impl Marks {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether each of these stands at its letter in a text where the letters begin at a place.
    pub(super) fn are_among(&self, others: &Marks, at: usize) -> bool {
        self.0.iter().all(|(end, mark)| {
            let end = at + end;
            let from = others.0.partition_point(|(other, _)| *other < end);
            let here = others.0.iter().skip(from).take_while(|(other, _)| *other == end);
            here.into_iter().any(|(_, other)| other == mark)
        })
    }
}

/// The letters of a text, without marks that may fall away, and those.
pub(super) fn folded(text: &str, cased: bool) -> (String, Marks) {
    let mut marks = Vec::new();
    let mut letters = String::with_capacity(text.len());
    fold(text, Folding::plain(cased), |letter| match letter.falls {
        true => marks.push((letters.len(), letter.value)),
        false => letters.push(letter.value),
    });
    (letters, Marks(marks))
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
        let (letters, marks) = folded(words, cased);
        let scan = if marks.is_empty() { Scan::new(&letters, cased) } else { Scan::Nothing };
        let finder = Finder::new(letters.as_bytes()).into_owned();
        Needle { words: words.into(), cased, finder, marks, scan }
    }

    /// Whether every text that holds these words surely holds the other's.
    pub fn narrows(&self, other: &Needle) -> bool {
        if other.is_empty() || (other.cased && !self.cased) {
            return false;
        }
        let (letters, marks) = folded(&self.words, other.cased);
        other.stands_in(&letters, &marks).next().is_some()
    }

    /// The words as they are compared, where they ask for no mark.
    pub(super) fn without_marks(&self) -> Option<&str> {
        let letters = std::str::from_utf8(self.finder.needle()).ok()?;
        self.marks.is_empty().then_some(letters)
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
        let told = if needs_folding(text) { None } else { self.scan.in_text(text) };
        told.unwrap_or_else(|| self.is_in_folded(text, &mut String::new()))
    }

    /// Whether one of the searched strings of a record that is plainly written holds the words.
    pub(super) fn in_folded_record(&self, record: &str) -> Glance {
        let mut room = String::with_capacity(record.len());
        any_searched(record, |string| self.is_in_folded(string, &mut room))
    }

    /// Whether the text holds the words, told by folding it.
    fn is_in_folded(&self, text: &str, room: &mut String) -> bool {
        if self.marks.is_empty() {
            room.clear();
            letters(text, self.cased, room);
            return self.finder.find(room.as_bytes()).is_some();
        }
        let (letters, marks) = folded(text, self.cased);
        self.stands_in(&letters, &marks).next().is_some()
    }

    /// What stands before the first of the words in a text, as it is compared: nothing at its
    /// beginning.
    pub(super) fn before_first(&self, text: &str, room: &mut String) -> Option<Option<char>> {
        room.clear();
        let at = if self.marks.is_empty() {
            letters(text, self.cased, room);
            self.finder.find(room.as_bytes())?
        } else {
            let (letters, marks) = folded(text, self.cased);
            room.push_str(&letters);
            self.stands_in(&letters, &marks).next()?.start
        };
        Some(room.get(..at)?.chars().next_back())
    }

    /// Where the words stand in what is folded; in order, not overlapping.
    fn stands_in<'a>(
        &'a self,
        letters: &'a str,
        marks: &'a Marks,
    ) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            loop {
                let rest = letters.as_bytes().get(from..)?;
                let start = from + self.finder.find(rest)?;
                if self.marks.are_among(marks, start) {
                    from = start + self.finder.needle().len();
                    return Some(start..from);
                }
                // The next character may be the beginning of what is asked for.
                from = start + letters.get(start..)?.chars().next()?.len_utf8();
            }
        })
    }

    /// Where the words stand in the text, in bytes on characters' boundaries, with the marks of
    /// their letters; in order, not overlapping. The needle that is empty stands nowhere.
    pub fn find_all(&self, text: &str) -> Vec<Range<usize>> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut letters = String::with_capacity(text.len());
        let mut marks = Vec::new();
        // What each byte of the folded text comes from.
        let mut origins: Vec<Range<usize>> = Vec::with_capacity(text.len());
        fold(text, Folding::plain(self.cased), |letter| {
            if !letter.falls {
                letters.push(letter.value);
                origins.resize(letters.len(), letter.from);
                return;
            }
            marks.push((letters.len(), letter.value));
            // A letter goes with its marks.
            let bytes = letters.chars().next_back().map_or(0, char::len_utf8);
            for origin in origins.iter_mut().rev().take(bytes) {
                origin.end = origin.end.max(letter.from.end);
            }
        });
        let origin = |at: usize| origins.get(at).cloned().unwrap_or(text.len()..text.len());
        let mut found: Vec<Range<usize>> = Vec::new();
        for at in self.stands_in(&letters, &Marks(marks)) {
            let range = origin(at.start).start..origin(at.end.saturating_sub(1)).end;
            match found.last_mut() {
                // Two may share a character, as the two letters of `ß`.
                Some(last) if range.start < last.end => last.end = last.end.max(range.end),
                _ => found.push(range),
            }
        }
        found
    }

    /// [`Needle::find_all`] in a text that was made [`visible`](crate::text::visible): what stands for
    /// a character that cannot be seen is passed over as that is.
    pub fn find_all_shown(&self, shown: &str) -> Vec<Range<usize>> {
        let (text, pictures) = unshown(shown);
        let place = |at: usize| {
            let behind = pictures.partition_point(|(end, _)| *end <= at);
            let last = behind.checked_sub(1).and_then(|last| pictures.get(last));
            last.map_or(at, |(end, shown)| shown + (at - end))
        };
        let found = self.find_all(&text).into_iter();
        found.map(|range| place(range.start)..place(range.end)).collect()
    }
}

/// A text from before characters that cannot be seen were put into a form that can (`⟨00AD⟩`), with
/// where each of those ends in it and in the text that is shown.
fn unshown(shown: &str) -> (Cow<'_, str>, Vec<(usize, usize)>) {
    let mut text = String::new();
    let mut pictures = Vec::new();
    let mut from = 0;
    for (at, _) in shown.match_indices('⟨') {
        let unseen = shown.get(at..).and_then(picture).filter(|(unseen, _)| is_unseen(*unseen));
        if let Some((unseen, length)) = unseen {
            text.push_str(shown.get(from..at).unwrap_or_default());
            text.push(unseen);
            from = at + length;
            pictures.push((text.len(), from));
        }
    }
    if pictures.is_empty() {
        return (Cow::Borrowed(shown), pictures);
    }
    text.push_str(shown.get(from..).unwrap_or_default());
    (Cow::Owned(text), pictures)
}

/// The character for which a text begins with a picture, and how long that is.
fn picture(text: &str) -> Option<(char, usize)> {
    let (code, rest) = text.strip_prefix('⟨')?.split_once('⟩')?;
    let digits = (4..=6).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_hexdigit());
    let code = digits.then(|| u32::from_str_radix(code, 16).ok()).flatten()?;
    Some((char::from_u32(code)?, text.len() - rest.len()))
}
