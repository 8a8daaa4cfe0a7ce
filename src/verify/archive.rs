//! The text of a source, prepared once, and the search for a quote in it.

use std::ops::Range;

use memchr::memmem;

use crate::html;
use crate::verify::near;
use crate::verify::negation::{self, negations};
use crate::verify::normal::{Normal, is_invisible, normal};
use crate::verify::offsets::narrow;
use crate::verify::pattern::{Pattern, Stretch, pattern, pattern_of};
use crate::verify::words::{Join, Pairs, Word, joins_of, words};

/// The most places that are looked at for one stretch of words. Only a text made to tire a reader
/// has so many of the same.
const MOST_PLACES: usize = 100_000;

/// How many words before a word that the end of a line has broken a stretch may begin, where it is not
/// found by a pair of words.
const MOST_BEFORE: usize = 64;

/// The text of a source, ready to be searched.
#[derive(Clone, Debug, Default)]
pub struct Archive {
    text: String,
    pub(super) normal: Normal,
    pub(super) words: Vec<Word>,
    /// The words that the ends of lines may have broken in two.
    pub(super) joins: Vec<Join>,
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
    /// The same for a reader: but for capitals, typography, and how a line ends.
    Same {
        /// Its place.
        range: Range<usize>,
    },
    /// All that stands around an ellipsis, or around an editor's words in brackets.
    Gapped {
        /// The parts, in order.
        ranges: Vec<Range<usize>>,
        /// What the brackets hold, or the gaps leave out, that may turn its sense round.
        negations: Vec<Negation>,
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
            Found::Gapped { ranges, .. } => Some(ranges.first()?.start..ranges.last()?.end),
            Found::Missing => None,
        }
    }
}

/// A word that denies something, where a quote is not as its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Negation {
    /// The word.
    pub word: String,
    /// Whether the quote leaves it out, or else holds it in brackets.
    pub left_out: bool,
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
        let joins = joins_of(&normal.text, &words, &normal.broken);
        let pairs = Pairs::of(&words, &joins);
        Archive { text, normal, words, joins, pairs }
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
        // Where the quote itself breaks a word at the end of a line, it may be one or a compound.
        let joined = pattern.joined().map(pattern_of);
        let verified = std::iter::once(&pattern).chain(&joined).find_map(|pattern| {
            self.whole(pattern, quote.trim(), part.as_ref()).or_else(|| self.gapped(pattern))
        });
        verified.or_else(|| near::near(self, quote, &pattern)).unwrap_or(Found::Missing)
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
        let ranges = best?;
        let negations = self.negations(pattern, &ranges);
        let ranges = ranges.into_iter().map(|range| self.original(range)).collect();
        Some(Found::Gapped { ranges, negations })
    }

    /// The negations in the brackets of a quote, and in what is left out between its parts.
    fn negations(&self, pattern: &Pattern, ranges: &[Range<usize>]) -> Vec<Negation> {
        let mut all: Vec<Negation> = Vec::new();
        let mut add = |word: String, left_out| {
            let one = Negation { word, left_out };
            if !all.contains(&one) {
                all.push(one);
            }
        };
        for bracket in &pattern.brackets {
            let text = pattern.text.get(bracket.clone()).unwrap_or_default();
            for word in negations(text) {
                add(text.get(word.span()).unwrap_or_default().to_owned(), false);
            }
        }
        let text = &self.normal.text;
        let gaps = ranges.windows(2).filter_map(|pair| Some(pair.first()?.end..pair.last()?.start));
        let gaps = gaps.map(|gap| (gap.start, negations(text.get(gap).unwrap_or_default())));
        let end = ranges.last().map_or(0, |last| last.end);
        let behind = pattern
            .ends_in_brackets
            .map(|count| (end, negation::behind(text.get(end..).unwrap_or_default(), count)));
        for (start, words) in gaps.chain(behind) {
            for word in words {
                let range = self.original(start + word.span().start..start + word.span().end);
                add(self.text.get(range).unwrap_or_default().to_owned(), true);
            }
        }
        all
    }

    fn first_after(&self, pattern: &str, stretch: &Stretch, start: usize) -> Option<Range<usize>> {
        let words = pattern.get(stretch.span.clone())?.as_bytes();
        let end = start.saturating_add(stretch.reach + words.len() + 2).min(self.normal.text.len());
        let window = self.normal.text.as_bytes().get(start..end)?;
        memmem::find_iter(window, words)
            .find_map(|at| self.stands(stretch, start + at, words.len()))
            .or_else(|| self.broken_in(stretch, words, start..end).next())
    }

    fn last_before(
        &self,
        pattern: &str,
        stretch: &Stretch,
        end: usize,
        reach: usize,
    ) -> Option<Range<usize>> {
        let words = pattern.get(stretch.span.clone())?.as_bytes();
        let start = end.saturating_sub(reach + words.len() + 2);
        let window = self.normal.text.as_bytes().get(start..end)?;
        memmem::rfind_iter(window, words)
            .find_map(|at| self.stands(stretch, start + at, words.len()))
            .or_else(|| self.broken_in(stretch, words, start..end).last())
    }

    /// Where a stretch stands in a part of the text over a word that the end of a line has broken.
    fn broken_in(
        &self,
        stretch: &Stretch,
        words: &[u8],
        part: Range<usize>,
    ) -> impl Iterator<Item = Range<usize>> {
        let broken = &self.normal.broken;
        let from = broken.partition_point(|at| (*at as usize) < part.start);
        let to = broken.partition_point(|at| (*at as usize) < part.end);
        let near = broken.get(from..to).unwrap_or_default().iter().flat_map(move |at| {
            // It begins with one of the words before.
            let last = self.words.partition_point(|word| word.start < *at);
            let first = last.saturating_sub(MOST_BEFORE);
            self.words.get(first..last).unwrap_or_default().iter().map(|word| word.span().start)
        });
        let end = part.end;
        near.filter(move |start| *start >= part.start).filter_map(move |start| {
            let place = start..self.fits_after(start, words)?;
            (place.end <= end && self.is_whole(stretch, &place)).then_some(place)
        })
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
        let Some(text) = pattern.get(stretch.span.clone()) else { return };
        let words: Vec<Word> = words(text);
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
        let mut visit = |place: Range<usize>| {
            count += 1;
            stop(place) || count >= most
        };
        // Of words that stand everywhere each place would be compared; a search is faster.
        if let Some((places, number)) = rarest.filter(|(places, _)| places.len() < MOST_PLACES) {
            let within = words.get(number).map_or(0, |word| word.start as usize);
            let (before, after) = text.as_bytes().split_at_checked(within).unwrap_or_default();
            for place in places {
                let at = self.words.get(*place as usize).map_or(0, |word| word.start as usize);
                let fits = || Some(self.fits_before(at, before)?..self.fits_after(at, after)?);
                if let Some(place) = fits().filter(|place| self.is_whole(stretch, place))
                    && visit(place)
                {
                    return;
                }
            }
            return;
        }
        let all = memmem::find_iter(self.normal.text.as_bytes(), text.as_bytes());
        let all = all.filter_map(|at| self.stands(stretch, at, text.len()));
        // One word alone has no pair by which it is found where it is broken.
        let end = if words.len() == 1 { self.normal.text.len() } else { 0 };
        for place in all.chain(self.broken_in(stretch, text.as_bytes(), 0..end)) {
            if visit(place) {
                return;
            }
        }
    }

    /// Where words end that begin at a place of the normal text; over the hyphen that a word is
    /// broken by, with or without it.
    fn fits_after(&self, start: usize, words: &[u8]) -> Option<usize> {
        let (text, broken) = (self.normal.text.as_bytes(), &self.normal.broken);
        let (mut at, mut left) = (start, words);
        let mut next = broken.partition_point(|hyphen| (*hyphen as usize) < start);
        loop {
            let hyphen = broken.get(next).map(|hyphen| *hyphen as usize);
            let length = (hyphen.unwrap_or(text.len()) - at).min(left.len());
            let (here, rest) = left.split_at_checked(length)?;
            if text.get(at..at + length)? != here {
                return None;
            }
            (at, left) = (at + length, rest);
            if left.is_empty() {
                return Some(at);
            }
            hyphen?;
            at += 1;
            left = left.strip_prefix(b"-").unwrap_or(left);
            next += 1;
        }
    }

    /// Where words begin that end at a place of the normal text, as [`Archive::fits_after`].
    fn fits_before(&self, end: usize, words: &[u8]) -> Option<usize> {
        let (text, broken) = (self.normal.text.as_bytes(), &self.normal.broken);
        let (mut at, mut left) = (end, words);
        let mut next = broken.partition_point(|hyphen| (*hyphen as usize) < end);
        loop {
            let hyphen = next.checked_sub(1).and_then(|last| broken.get(last));
            let length = (at - hyphen.map_or(0, |hyphen| *hyphen as usize + 1)).min(left.len());
            let (rest, here) = left.split_at_checked(left.len() - length)?;
            if text.get(at - length..at)? != here {
                return None;
            }
            (at, left) = (at - length, rest);
            if left.is_empty() {
                return Some(at);
            }
            hyphen?;
            at -= 1;
            left = left.strip_suffix(b"-").unwrap_or(left);
            next -= 1;
        }
    }

    /// A stretch that stands to the letter at a place, if it is whole there.
    fn stands(&self, stretch: &Stretch, at: usize, length: usize) -> Option<Range<usize>> {
        let place = at..at.checked_add(length)?;
        self.is_whole(stretch, &place).then_some(place)
    }

    /// Whether a stretch begins and ends at a place with whole words, as it has to.
    fn is_whole(&self, stretch: &Stretch, place: &Range<usize>) -> bool {
        let (first, last) = stretch.whole;
        (!first || self.is_boundary(place.start)) && (!last || self.is_boundary(place.end))
    }

    /// Whether no word goes on over this place of the normal text, and no compound: `lethal` is not
    /// quoted from `non-lethal`.
    pub(super) fn is_boundary(&self, at: usize) -> bool {
        let next = self.words.partition_point(|word| (word.start as usize) < at);
        let before = next.checked_sub(1).and_then(|before| self.words.get(before));
        let apart = before.is_none_or(|word| word.end <= narrow(at));
        let hyphen = |at: usize| self.normal.text.as_bytes().get(at) == Some(&b'-');
        let beside = [Some(at), at.checked_sub(1)].into_iter().flatten();
        apart && !beside.filter(|at| hyphen(*at)).any(|at| self.is_compound(at))
    }

    /// Whether a dash of the normal text is a hyphen within a word, or between two numbers.
    fn is_compound(&self, at: usize) -> bool {
        if self.normal.broken.binary_search(&narrow(at)).is_ok() {
            return true;
        }
        let at = self.normal.offsets.get(at);
        let (before, from) = self.text.split_at_checked(at).unwrap_or_default();
        let mut from = from.chars();
        let (dash, after, before) = (from.next(), from.next(), before.chars().next_back());
        let both = |test: fn(char) -> bool| before.is_some_and(test) && after.is_some_and(test);
        match dash {
            Some('-' | '\u{2010}' | '\u{2011}') => both(char::is_alphanumeric),
            Some('\u{2012}' | '\u{2013}' | '\u{2212}') => both(char::is_numeric),
            _ => false,
        }
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
