//! The passage of a source that is closest to a quote, and where the two differ.
//!
//! Pairs of neighbouring words that both have vote for where the passage may begin; the best few
//! are laid beside the quote word by word, with the fewest differences.

use std::ops::Range;

use crate::verify::archive::{Archive, Difference, Found};
use crate::verify::normal::{ELLIPSIS, Normal, normal};
use crate::verify::pattern::Pattern;
use crate::verify::words::{Word, begins_number};

/// The share of words that a passage must have in common with a quote, in order, to be near it.
pub const NEAREST: f64 = 0.7;

/// The longest quote, in words, whose nearest passage is sought. A longer one is there or not.
const MOST_WORDS: usize = 1_000;

/// The most votes that are counted for one quote: the rarest pairs first.
const MOST_VOTES: usize = 50_000;

/// How many passages are laid beside the quote.
const MOST_TRIED: usize = 4;

/// How many words of the source an ellipsis in a quote with other differences may stand for.
const GAP_WORDS: usize = 200;

/// The closest passage, if it is near enough.
pub(super) fn near(archive: &Archive, quote: &str, pattern: &Pattern) -> Option<Found> {
    let count = pattern.words.len();
    if !(2..=MOST_WORDS).contains(&count) {
        return None;
    }
    let slack = count / 3 + 4;
    let room = slack + pattern.ellipses.min(8) * GAP_WORDS;
    let mut best: Option<Alignment> = None;
    for begins in beginnings(archive, pattern, slack) {
        let window = begins.saturating_sub(room)
            ..begins.saturating_add(count + room).min(archive.words.len());
        let aligned = align(pattern, window_of(archive, pattern, window));
        if best.as_ref().is_none_or(|best| aligned.share > best.share) {
            best = Some(aligned);
        }
    }
    let best = best.filter(|best| best.share >= NEAREST)?;
    best.found(archive, quote, pattern)
}

/// The words of a part of the source; where the end of a line has broken one that the quote has whole,
/// it is one.
fn window_of(archive: &Archive, pattern: &Pattern, part: Range<usize>) -> Vec<Word> {
    let mut window = Vec::with_capacity(part.len());
    let mut joins = archive
        .joins
        .iter()
        .skip(archive.joins.partition_point(|join| (join.number as usize) < part.start));
    let mut join = joins.next();
    let mut number = part.start;
    while number < part.end {
        let Some(word) = archive.words.get(number) else { break };
        if join.is_some_and(|join| (join.number as usize) < number) {
            join = joins.next();
        }
        let whole = join.filter(|join| {
            join.number as usize == number && pattern.words.iter().any(|word| word.key == join.key)
        });
        match whole.zip(archive.words.get(number + 1)) {
            Some((join, second)) => {
                window.push(Word { start: word.start, end: second.end, key: join.key });
                number += 2;
            }
            None => {
                window.push(*word);
                number += 1;
            }
        }
    }
    window
}

/// The numbers of the words with which the passage may begin, the likeliest first.
fn beginnings(archive: &Archive, pattern: &Pattern, slack: usize) -> Vec<usize> {
    let mut pairs: Vec<(&[u32], usize)> = pattern
        .words
        .windows(2)
        .zip(0..)
        .map(|(pair, number)| (archive.pairs.find(pair), number))
        .collect();
    pairs.sort_by_key(|(places, _)| places.len());
    let mut votes: Vec<usize> = Vec::new();
    for (places, number) in pairs {
        let room = MOST_VOTES - votes.len().min(MOST_VOTES);
        let places = places.get(..places.len().min(room)).unwrap_or_default();
        votes.extend(places.iter().map(|place| (*place as usize).saturating_sub(number)));
    }
    votes.sort_unstable();
    // Votes that lie close together are for one passage.
    let mut passages: Vec<(usize, usize)> = Vec::new();
    let mut rest = votes.as_slice();
    while let Some(first) = rest.first() {
        let count = rest.partition_point(|vote| vote - first <= slack);
        passages.extend(rest.get(count / 2).map(|middle| (*middle, count)));
        rest = rest.get(count..).unwrap_or_default();
    }
    passages.sort_by_key(|(begins, count)| (std::cmp::Reverse(*count), *begins));
    passages.truncate(512);
    let mut likely: Vec<(usize, usize)> =
        passages.iter().map(|(begins, _)| (likeness(archive, pattern, *begins), *begins)).collect();
    likely.sort_by_key(|(likeness, begins)| (std::cmp::Reverse(*likeness), *begins));
    likely.truncate(MOST_TRIED);
    likely.into_iter().map(|(_, begins)| begins).collect()
}

/// How many words of the quote stand near their place in a passage.
fn likeness(archive: &Archive, pattern: &Pattern, begins: usize) -> usize {
    let stands = |(number, word): &(usize, &Word)| {
        let at = begins + number;
        archive
            .words
            .get(at.saturating_sub(3)..(at + 4).min(archive.words.len()))
            .is_some_and(|around| around.iter().any(|other| other.key == word.key))
    };
    pattern.words.iter().enumerate().filter(stands).count()
}

/// One step in laying a quote beside a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// A word of the quote beside one of the source.
    Both(usize, usize),
    /// A word of the quote that the source has not.
    Quote(usize),
    /// A word of the source that the quote has not.
    Source(usize),
}

struct Alignment {
    /// Words of the source by their number in the window.
    steps: Vec<Step>,
    /// The part of the source that was looked at.
    window: Vec<Word>,
    share: f64,
}

/// Lays a quote beside a part of the source with the fewest differences; the part may have more on
/// either side, and anything where the quote has a gap.
fn align(pattern: &Pattern, window: Vec<Word>) -> Alignment {
    let quote = &pattern.words;
    let wide = window.len() + 1;
    let mut costs = vec![0u32; wide * (quote.len() + 1)];
    let cost = |costs: &[u32], row: usize, column: usize| {
        costs.get(row * wide + column).copied().unwrap_or(u32::MAX / 2)
    };
    let is_gap = |row: usize| {
        row.checked_sub(1).is_some_and(|word| pattern.gaps.binary_search(&word).is_ok())
    };
    let unlike = |row: usize, column: usize| {
        let same =
            quote.get(row - 1).map(|word| word.key) == window.get(column - 1).map(|word| word.key);
        u32::from(!same)
    };
    for row in 1..=quote.len() {
        let more = u32::from(!is_gap(row));
        for column in 0..wide {
            let mut least = cost(&costs, row - 1, column) + 1;
            if column > 0 {
                least = least
                    .min(cost(&costs, row - 1, column - 1) + unlike(row, column))
                    .min(cost(&costs, row, column - 1) + more);
            }
            if let Some(cell) = costs.get_mut(row * wide + column) {
                *cell = least;
            }
        }
    }
    let last = quote.len();
    let least = (0..wide).map(|column| cost(&costs, last, column)).min().unwrap_or(0);
    let ends: Vec<usize> =
        (0..wide).filter(|column| cost(&costs, last, *column) == least).collect();
    // Rather with the quote's last word; else, where that is changed, with a word in its place.
    let same = ends.iter().copied().find(|column| {
        *column > 0 && unlike(last, *column) == 0 && cost(&costs, last - 1, column - 1) == least
    });
    let run = ends.iter().zip(1..).take_while(|(end, at)| ends.first() == Some(&(*end + 1 - at)));
    let end = same.or_else(|| run.last().map(|(end, _)| *end)).unwrap_or(0);
    let (mut row, mut column) = (last, end);
    let mut steps = Vec::new();
    let (mut same, mut differ) = (0u32, 0u32);
    while row > 0 {
        let here = cost(&costs, row, column);
        if column > 0 && cost(&costs, row - 1, column - 1) + unlike(row, column) == here {
            steps.push(Step::Both(row - 1, column - 1));
            (row, column) = (row - 1, column - 1);
            let unlike = unlike(row + 1, column + 1);
            (same, differ) = (same + 1 - unlike, differ + unlike);
        } else if column > 0 && cost(&costs, row, column - 1) + u32::from(!is_gap(row)) == here {
            // What lies in a gap is no difference.
            if !is_gap(row) {
                steps.push(Step::Source(column - 1));
                differ += 1;
            }
            column -= 1;
        } else {
            steps.push(Step::Quote(row - 1));
            differ += 1;
            row -= 1;
        }
    }
    steps.reverse();
    let all = same + differ;
    let share = if all == 0 { 0.0 } else { f64::from(same) / f64::from(all) };
    Alignment { steps, window, share }
}

impl Alignment {
    fn found(self, archive: &Archive, quote: &str, pattern: &Pattern) -> Option<Found> {
        let of_source: Vec<usize> = self
            .steps
            .iter()
            .filter_map(|step| match step {
                Step::Both(_, at) | Step::Source(at) => Some(*at),
                Step::Quote(_) => None,
            })
            .collect();
        let place = |number: usize| self.window.get(number).map(|word| word.span());
        let start = place(*of_source.first()?)?.start;
        let end = place(*of_source.last()?)?.end;
        let printed = Printed { normal: normal(quote), quote };
        let mut differences: Vec<Difference> = Vec::new();
        // Where the step before ended, on both sides.
        let mut last = (printed.first(), archive.original(start..start).start);
        for (at, step) in self.steps.iter().enumerate() {
            let (in_quote, in_text, differs) = match step {
                Step::Both(word, other) => {
                    let of_quote = pattern.words.get(*word)?;
                    let of_source = self.window.get(*other)?;
                    let ends = at + 1 == self.steps.len();
                    let is_last = ends || pattern.gaps.contains(word);
                    // Half of a compound is not the same word.
                    let whole = whole(archive, of_source, at == 0, ends);
                    let differs = of_quote.key != of_source.key
                        || whole != of_source.span()
                        || !alike(pattern, of_quote, archive, of_source, at == 0, is_last);
                    let mut in_quote = printed.place(pattern, of_quote);
                    let mut in_text = archive.original(whole);
                    if differs && quote.get(in_quote.clone()) == archive.text().get(in_text.clone())
                    {
                        in_quote.end += signs_after(quote, in_quote.end);
                        in_text.end += signs_after(archive.text(), in_text.end);
                    }
                    (in_quote, in_text, differs)
                }
                Step::Quote(word) => {
                    (printed.place(pattern, pattern.words.get(*word)?), last.1..last.1, true)
                }
                Step::Source(other) => (last.0..last.0, archive.original(place(*other)?), true),
            };
            last = (in_quote.end, in_text.end);
            if differs {
                add(
                    &mut differences,
                    Difference { quote: in_quote, text: in_text },
                    quote,
                    archive.text(),
                );
            }
        }
        let range = archive.original(start..end);
        // All that is left are quotation marks around the whole.
        if differences.is_empty() && pattern.gaps.is_empty() {
            return Some(Found::Same { range });
        }
        Some(Found::Near { range, differences, share: self.share })
    }
}

/// A word of the source with what it is a compound with beyond the passage.
fn whole(archive: &Archive, word: &Word, first: bool, last: bool) -> Range<usize> {
    let mut span = word.span();
    let number = archive.words.partition_point(|other| other.start < word.start);
    let mut before = archive.words.get(..number).unwrap_or_default().iter().rev();
    while first && !archive.is_boundary(span.start) {
        let Some(word) = before.next() else { break };
        span.start = word.span().start;
    }
    let mut after = archive.words.get(number..).unwrap_or_default().iter();
    while last && !archive.is_boundary(span.end) {
        let Some(word) = after.find(|other| other.end as usize > span.end) else { break };
        span.end = word.span().end;
    }
    span
}

/// The quote as it is printed.
struct Printed<'a> {
    normal: Normal,
    quote: &'a str,
}

impl Printed<'_> {
    fn first(&self) -> usize {
        self.quote.len() - self.quote.trim_start().len()
    }

    /// The pattern's text is the normal one without the spaces around it.
    fn place(&self, pattern: &Pattern, word: &Word) -> Range<usize> {
        let lead = self.normal.text.find(pattern.text.as_str()).unwrap_or(0);
        let span = word.span();
        let start = self.normal.offsets.get(span.start + lead);
        let end = self.normal.offsets.get(span.end + lead);
        let covered = self.quote.get(start..end).unwrap_or_default();
        start..start + covered.trim_end().len()
    }
}

/// How many bytes of signs stand right after a word.
fn signs_after(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.find(|next: char| next.is_alphanumeric() || next.is_whitespace()).unwrap_or(rest.len())
}

/// Words with nothing but spaces between them on either side are one difference.
fn add(differences: &mut Vec<Difference>, next: Difference, quote: &str, text: &str) {
    let blank = |all: &str, from: usize, to: usize| {
        all.get(from..to).is_some_and(|between| between.trim().is_empty())
    };
    match differences.last_mut() {
        Some(last)
            if blank(quote, last.quote.end, next.quote.start)
                && blank(text, last.text.end, next.text.start) =>
        {
            last.quote.end = next.quote.end;
            last.text.end = next.text.end;
        }
        _ => differences.push(next),
    }
}

/// Where the next word begins, with the signs of a number.
fn next_word(rest: &str) -> usize {
    let mut before = None;
    let begins = |(at, next): &(usize, char)| {
        let begins =
            next.is_alphanumeric() || begins_number(before, rest.get(*at..).unwrap_or_default());
        before = Some(*next);
        begins
    };
    rest.char_indices().find(begins).map_or(rest.len(), |(at, _)| at)
}

/// Whether two words with the same letters have the same signs after them, and the first before them.
fn alike(
    pattern: &Pattern,
    of_quote: &Word,
    archive: &Archive,
    of_source: &Word,
    is_first: bool,
    is_last: bool,
) -> bool {
    let (quote, source) = (pattern.text.as_str(), archive.normal.text.as_str());
    let signs = |text: &str, word: &Word| {
        let rest = text.get(word.end as usize..).unwrap_or_default();
        let end = next_word(rest);
        let signs = rest.get(..end).unwrap_or_default();
        if end == rest.len() { signs.trim_end().to_owned() } else { signs.to_owned() }
    };
    let (one, other) = (signs(quote, of_quote), signs(source, of_source));
    // Where the quote stops, the source may go on.
    let same_signs = if is_last {
        other.starts_with(one.trim_end_matches([ELLIPSIS, '[', ' ', '\'']))
    } else {
        one.trim_end() == other.trim_end()
    };
    let same_lead = !is_first || {
        let lead = quote.get(..of_quote.start as usize).unwrap_or_default();
        let lead = lead.trim_start_matches([ELLIPSIS, '\'', ' ']);
        lead.contains(']')
            || source.get(..of_source.start as usize).is_some_and(|text| text.ends_with(lead))
    };
    same_signs && same_lead
}
