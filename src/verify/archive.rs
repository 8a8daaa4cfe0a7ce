//! The text of a source, prepared once, and the search for a quote in it.

use std::ops::Range;

use memchr::memmem;

use crate::html;
use crate::verify::near;
use crate::verify::normal::{Normal, is_invisible, normal};
use crate::verify::offsets::narrow;
use crate::verify::pattern::{Pattern, Stretch, pattern};
use crate::verify::words::{Pairs, Word, words};

/// The most places that are looked at for one stretch of words. Only a text made to tire a reader
/// has so many of the same.
const MOST_PLACES: usize = 100_000;

/// The text of a source, ready to be searched.
#[derive(Clone, Debug, Default)]
pub struct Archive {
    text: String,
    pub(super) normal: Normal,
    pub(super) words: Vec<Word>,
    pub(super) pairs: Pairs,
}

/// Where a quote stands in a source, and how well; the better comes first.
///
/// All ranges are bytes of [`Archive::text`].
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// To the letter.
    Exact {
        /// Its place.
        range: Range<usize>,
    },
    /// The same but for spaces, quotation marks, dashes, the way an ellipsis is written, and the
    /// case of the first letter.
    Same {
        /// Its place.
        range: Range<usize>,
    },
    /// All that stands around an ellipsis, or around an editor's words in brackets.
    Gapped {
        /// The parts, in order.
        ranges: Vec<Range<usize>>,
    },
    /// A passage that has most of the words in the same order.
    Near {
        /// The closest passage.
        range: Range<usize>,
        /// Where the two differ, in order.
        differences: Vec<Difference>,
        /// The words in common, of all words of the two: from [`NEAREST`](near::NEAREST) to 1. It
        /// is 1 where only the signs between the words or their capitals differ.
        share: f64,
    },
    /// Nowhere.
    Missing,
}

impl Found {
    /// Whether the source has the quote as it is printed: but for typography and marked gaps.
    pub fn is_verified(&self) -> bool {
        matches!(self, Found::Exact { .. } | Found::Same { .. } | Found::Gapped { .. })
    }

    /// All that it covers of the source's text, with the gaps.
    pub fn range(&self) -> Option<Range<usize>> {
        match self {
            Found::Exact { range } | Found::Same { range } | Found::Near { range, .. } => {
                Some(range.clone())
            }
            Found::Gapped { ranges } => Some(ranges.first()?.start..ranges.last()?.end),
            Found::Missing => None,
        }
    }
}

/// Words of a quote that stand otherwise in the source. One side may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Bytes of the quote.
    pub quote: Range<usize>,
    /// Bytes of [`Archive::text`].
    pub text: Range<usize>,
}

impl Archive {
    /// Prepares a plain text.
    pub fn from_text(text: impl Into<String>) -> Archive {
        let text = text.into();
        let normal = normal(&text);
        let words = words(&normal.text);
        let pairs = Pairs::of(&words);
        Archive { text, normal, words, pairs }
    }

    /// Prepares what a reader sees of an HTML page.
    pub fn from_html(page: &str) -> Archive {
        Archive::from_text(html::to_text(page))
    }

    /// The text as a reader sees it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The best passage for a quote; of several equally good ones the first.
    pub fn find(&self, quote: &str) -> Found {
        self.find_within(quote, None)
    }

    /// [`Archive::find`]; of several equally good passages rather one within a part of the text,
    /// as words that are quoted within others.
    pub fn find_within(&self, quote: &str, part: Option<Range<usize>>) -> Found {
        let pattern = pattern(quote);
        if !pattern.text.contains(char::is_alphanumeric) {
            return Found::Missing;
        }
        self.whole(&pattern, quote.trim(), part.as_ref())
            .or_else(|| self.gapped(&pattern))
            .or_else(|| near::near(self, quote, &pattern))
            .unwrap_or(Found::Missing)
    }

    fn whole(&self, pattern: &Pattern, quote: &str, part: Option<&Range<usize>>) -> Option<Found> {
        let stretch = Stretch { span: 0..pattern.text.len(), reach: 0, whole: (true, true) };
        let inside = |range: &Range<usize>| {
            part.is_none_or(|part| part.start <= range.start && range.end <= part.end)
        };
        let mut best: Option<(bool, bool, Range<usize>)> = None;
        self.places(&pattern.text, &stretch, MOST_PLACES, |place| {
            let range = self.original(place);
            let exact = self.text.get(range.clone()) == Some(quote);
            let inside = inside(&range);
            if best.as_ref().is_none_or(|best| (exact, inside) > (best.0, best.1)) {
                best = Some((exact, inside, range));
            }
            exact && inside
        });
        best.map(
            |(exact, _, range)| if exact { Found::Exact { range } } else { Found::Same { range } },
        )
    }

    /// Goes out from the longest stretch to both sides, always to the nearest next one.
    fn gapped(&self, pattern: &Pattern) -> Option<Found> {
        let stretches = &pattern.stretches;
        let (anchor, longest) =
            stretches.iter().enumerate().max_by_key(|(_, stretch)| stretch.span.len())?;
        let (before, after) = (stretches.get(..anchor)?, stretches.get(anchor + 1..)?);
        let mut best: Option<Vec<Range<usize>>> = None;
        let length = |ranges: &[Range<usize>]| {
            ranges.first().zip(ranges.last()).map_or(0, |(first, last)| last.end - first.start)
        };
        // Each place is tried on both sides, so that fewer are.
        self.places(&pattern.text, longest, MOST_PLACES / 100, |place| {
            let mut ranges = vec![place.clone()];
            let mut reach = longest.reach;
            for stretch in before.iter().rev() {
                let end = ranges.first().map_or(0, |first| first.start);
                let Some(found) = self.last_before(&pattern.text, stretch, end, reach) else {
                    return false;
                };
                ranges.insert(0, found);
                reach = stretch.reach;
            }
            for stretch in after {
                let start = ranges.last().map_or(0, |last| last.end);
                let Some(found) = self.first_after(&pattern.text, stretch, start) else {
                    return false;
                };
                ranges.push(found);
            }
            if best.as_ref().is_none_or(|best| length(&ranges) < length(best)) {
                best = Some(ranges);
            }
            false
        });
        let ranges = best?.into_iter().map(|range| self.original(range)).collect();
        Some(Found::Gapped { ranges })
    }

    fn first_after(&self, pattern: &str, stretch: &Stretch, start: usize) -> Option<Range<usize>> {
        let tail = Tail::of(pattern, stretch)?;
        let text = self.normal.text.as_bytes();
        let end = start.saturating_add(stretch.reach + stretch.span.len() + 2).min(text.len());
        let window = text.get(start..end)?;
        memmem::find_iter(window, tail.rest)
            .find_map(|at| self.stands(&tail, stretch, start + at).filter(|at| at.start >= start))
    }

    fn last_before(
        &self,
        pattern: &str,
        stretch: &Stretch,
        end: usize,
        reach: usize,
    ) -> Option<Range<usize>> {
        let tail = Tail::of(pattern, stretch)?;
        let start = end.saturating_sub(reach + stretch.span.len() + 2);
        let window = self.normal.text.as_bytes().get(start..end)?;
        memmem::rfind_iter(window, tail.rest).find_map(|at| self.stands(&tail, stretch, start + at))
    }

    /// Gives the places of a stretch of words, in bytes of the normal text, in order, until told
    /// to stop.
    fn places(
        &self,
        pattern: &str,
        stretch: &Stretch,
        most: usize,
        mut stop: impl FnMut(Range<usize>) -> bool,
    ) {
        let Some(tail) = Tail::of(pattern, stretch) else { return };
        let words: Vec<Word> = words(pattern.get(stretch.span.clone()).unwrap_or_default());
        // A word that is cut off may be another in the source.
        let whole = usize::from(!stretch.whole.0)
            ..words.len() - usize::from(!stretch.whole.1).min(words.len());
        let rarest = words
            .get(whole.clone())
            .unwrap_or_default()
            .windows(2)
            .zip(whole.start..)
            .map(|(pair, number)| (self.pairs.find(pair), number))
            .min_by_key(|(places, _)| places.len());
        let mut count = 0;
        let mut visit = |at: usize| {
            let Some(place) = self.stands(&tail, stretch, at) else { return false };
            count += 1;
            stop(place) || count >= most
        };
        // Of words that stand everywhere each place would be compared; a search is faster.
        if let Some((places, number)) = rarest.filter(|(places, _)| places.len() < MOST_PLACES) {
            let within = words.get(number).map_or(0, |word| word.start as usize);
            for place in places {
                let word = self.words.get(*place as usize).map_or(0, |word| word.start as usize);
                let at = match within.checked_sub(tail.first) {
                    Some(within) => word.checked_sub(within),
                    // The stretch begins with this very word.
                    None => Some(word + self.letter_at(word)),
                };
                if at.is_some_and(&mut visit) {
                    return;
                }
            }
            return;
        }
        for at in memmem::find_iter(self.normal.text.as_bytes(), tail.rest) {
            if visit(at) {
                return;
            }
        }
    }

    /// How many bytes the character at a place of the normal text has.
    fn letter_at(&self, at: usize) -> usize {
        self.normal.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    }

    /// The place of a stretch whose tail may stand at a place.
    fn stands(&self, tail: &Tail, stretch: &Stretch, at: usize) -> Option<Range<usize>> {
        let text = &self.normal.text;
        let end = at.checked_add(tail.rest.len())?;
        if text.as_bytes().get(at..end)? != tail.rest {
            return None;
        }
        let start = match tail.letter {
            None => at,
            Some(letter) => {
                let found = text.get(..at)?.chars().next_back()?;
                let same = found == letter || found.to_lowercase().eq(letter.to_lowercase());
                at.checked_sub(found.len_utf8()).filter(|_| same)?
            }
        };
        let (first, last) = stretch.whole;
        ((!first || self.is_boundary(start)) && (!last || self.is_boundary(end)))
            .then_some(start..end)
    }

    /// Whether no word goes on over this place of the normal text.
    fn is_boundary(&self, at: usize) -> bool {
        let next = self.words.partition_point(|word| (word.start as usize) < at);
        let before = next.checked_sub(1).and_then(|before| self.words.get(before));
        before.is_none_or(|word| word.end <= narrow(at))
    }

    /// The place in the text of a place in the normal text.
    pub(super) fn original(&self, place: Range<usize>) -> Range<usize> {
        let start = self.normal.offsets.get(place.start);
        let end = self.normal.offsets.get(place.end);
        let covered = self.text.get(start..end).unwrap_or_default();
        let unseen = |next: char| next.is_whitespace() || is_invisible(next);
        start..start + covered.trim_end_matches(unseen).len()
    }
}

/// A stretch as it is looked for: its first letter apart, for its case may differ.
struct Tail<'a> {
    letter: Option<char>,
    /// The length of the letter in the pattern.
    first: usize,
    rest: &'a [u8],
}

impl<'a> Tail<'a> {
    fn of(pattern: &'a str, stretch: &Stretch) -> Option<Tail<'a>> {
        let text = pattern.get(stretch.span.clone())?;
        let letter = text.chars().next().filter(|letter| letter.is_alphabetic());
        let first = letter.map_or(0, char::len_utf8);
        Some(Tail { letter, first, rest: text.get(first..)?.as_bytes() })
    }
}
