//! A quote as what to look for: stretches of words with gaps between them.

use std::ops::Range;

use crate::verify::normal::{ELLIPSIS, normal};
use crate::verify::words::{Word, words};

/// The most of the source, in bytes, that an ellipsis may stand for: some 800 words. What lies
/// farther apart is not one passage.
pub(super) const LONGEST_GAP: usize = 5_000;

/// The most of the source, in bytes, that an editor's words in brackets may stand for.
const LONGEST_REPLACED: usize = 160;

/// A quote prepared for the search.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    /// Without its typography.
    pub text: String,
    /// Its words, those in brackets left out.
    pub words: Vec<Word>,
    /// What must stand in the source, in order; empty where the quote has no gap.
    pub stretches: Vec<Stretch>,
    /// The numbers of the words after which something may be missing.
    pub gaps: Vec<usize>,
    /// How many of the gaps are ellipses.
    pub ellipses: usize,
    /// What an editor put in, with its brackets, in the pattern's text.
    pub brackets: Vec<Range<usize>>,
    /// How many words stand in the brackets that it ends with, if it does.
    pub ends_in_brackets: Option<usize>,
    /// Where hyphens stand in its text that a word may be broken by.
    broken: Vec<usize>,
}

/// Words that stand side by side.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    /// Its place in the pattern's text.
    pub span: Range<usize>,
    /// The most that may lie between the stretch before and this one, in bytes.
    pub reach: usize,
    /// Whether it must begin and end where a word does: `[R]ussia` and `troop[s]` need not.
    pub whole: (bool, bool),
}

/// What an editor put into a quote.
struct Sign {
    span: Range<usize>,
    reach: usize,
}

pub(super) fn pattern(quote: &str) -> Pattern {
    let normal = normal(quote);
    let lead = normal.text.len() - normal.text.trim_start().len();
    let broken = normal.broken.iter().filter_map(|at| (*at as usize).checked_sub(lead)).collect();
    Pattern { broken, ..pattern_of(normal.text.trim().to_owned()) }
}

/// A pattern of a text without its typography.
pub(super) fn pattern_of(text: String) -> Pattern {
    let signs = signs(&text);
    let all = words(&text);
    let bracketed = |word: &Word| {
        signs.iter().any(|sign| sign.reach < LONGEST_GAP && contains(&sign.span, word.span().start))
    };
    let words: Vec<Word> = all.iter().copied().filter(|word| !bracketed(word)).collect();
    let gaps = signs
        .iter()
        .filter_map(|sign| {
            words.partition_point(|word| word.span().start < sign.span.start).checked_sub(1)
        })
        .collect();
    let ellipses = signs.iter().filter(|sign| sign.reach == LONGEST_GAP).count();
    let brackets: Vec<Range<usize>> = signs
        .iter()
        .filter(|sign| sign.reach < LONGEST_GAP)
        .map(|sign| sign.span.clone())
        .collect();
    let last = brackets.last().filter(|last| {
        let rest = text.get(last.end..).unwrap_or_default();
        !rest.contains(ELLIPSIS) && !rest.contains(char::is_alphanumeric)
    });
    let ends_in_brackets =
        last.map(|last| all.iter().filter(|word| contains(last, word.span().start)).count());
    let stretches = stretches(&text, &signs);
    Pattern {
        stretches,
        words,
        gaps,
        ellipses,
        brackets,
        ends_in_brackets,
        broken: Vec::new(),
        text,
    }
}

impl Pattern {
    /// Its text with the words whole that it breaks at the ends of lines; nothing where it breaks
    /// none.
    pub fn joined(&self) -> Option<String> {
        if self.broken.is_empty() {
            return None;
        }
        let kept =
            self.text.char_indices().filter(|(at, _)| self.broken.binary_search(at).is_err());
        Some(kept.map(|(_, next)| next).collect())
    }
}

fn contains(span: &Range<usize>, at: usize) -> bool {
    span.contains(&at)
}

/// The ellipses and bracketed words, in order.
fn signs(text: &str) -> Vec<Sign> {
    let mut signs = Vec::new();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find([ELLIPSIS, '['])) {
        let start = at + found;
        let rest = text.get(start..).unwrap_or_default();
        let (length, reach) = if rest.starts_with(ELLIPSIS) {
            (ELLIPSIS.len_utf8(), LONGEST_GAP)
        } else if let Some(close) = rest.find(']') {
            (close + 1, LONGEST_REPLACED)
        } else {
            break;
        };
        at = start + length;
        signs.push(Sign { span: start..at, reach });
    }
    signs
}

fn stretches(text: &str, signs: &[Sign]) -> Vec<Stretch> {
    if signs.is_empty() {
        return Vec::new();
    }
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut start = 0;
    let mut reach = 0;
    let mut before = None;
    let ends = signs.iter().map(|sign| (sign.span.clone(), sign.reach));
    for (sign, next_reach) in ends.chain([(text.len()..text.len(), 0)]) {
        let piece = text.get(start..sign.start).unwrap_or_default();
        let trimmed = piece.trim();
        if trimmed.chars().any(char::is_alphanumeric) {
            let from = start + (piece.len() - piece.trim_start().len());
            let span = from..from + trimmed.len();
            let touches = |sign: &Option<Range<usize>>, at: usize| {
                sign.as_ref().is_some_and(|sign| {
                    text.get(sign.clone()).is_some_and(|sign| sign.starts_with('['))
                        && (sign.end == at || sign.start == at)
                })
            };
            let whole = (!touches(&before, span.start), !touches(&Some(sign.clone()), span.end));
            stretches.push(Stretch { span, reach, whole });
            reach = 0;
        }
        reach = reach.max(next_reach);
        start = sign.end;
        before = Some(sign);
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_part_a_quote_into_stretches() {
        for (quote, parts) in [
            ("no gap, (at) all", vec![]),
            ("First. . . . then", vec!["first", "then"]),
            ("…begins and ends...", vec!["begins and ends"]),
            ("[Russian] forces [have] lost", vec!["forces", "lost"]),
            ("[R]ussia’s troop[s] left", vec!["ussia's troop", "left"]),
            ("an open [ bracket", vec![]),
            ("a ... [sic] ... b", vec!["a", "b"]),
            ("...", vec![]),
        ] {
            let pattern = pattern(quote);
            let found: Vec<&str> = pattern
                .stretches
                .iter()
                .map(|stretch| &pattern.text[stretch.span.clone()])
                .collect();
            assert_eq!(found, parts, "{quote}");
        }
        let pattern = pattern("[R]ussia lost [many] men ... and left");
        assert_eq!(pattern.brackets.len(), 2);
        assert_eq!(pattern.ends_in_brackets, None);
        assert_eq!(super::pattern("he is [very guilty].").ends_in_brackets, Some(2));
        assert_eq!(super::pattern("heavy casu-\nalties").joined().unwrap(), "heavy casualties");
        assert_eq!(pattern.gaps, [1, 2], "after `lost` and `men`");
        assert!(!pattern.stretches[0].whole.0);
        assert!(pattern.stretches[0].whole.1);
        assert_eq!(pattern.stretches[2].reach, LONGEST_GAP);
    }
}
