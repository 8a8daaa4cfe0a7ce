//! A passage of a source with what stands around it, ready to be shown.

use std::ops::Range;

use crate::text::CUT;
use crate::verify::archive::{Archive, Found};

/// How much of a source is shown on either side of a passage, in characters.
pub const CONTEXT: usize = 120;

/// The longest gap that is shown whole, in characters.
const LONGEST_GAP: usize = 160;

/// What a piece of a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// What stands before or after the passage.
    Context,
    /// Words of the quote.
    Quote,
    /// What the quote leaves out where it says so.
    Gap,
    /// Words that the quote has otherwise or not at all. Empty where the quote has words that the
    /// source has not.
    Differs,
}

/// A piece of a passage on one line: runs of spaces and line breaks are one space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub part: Part,
    /// Its text.
    pub text: String,
}

impl Archive {
    /// A passage piece by piece, with some [`CONTEXT`]; empty for what is missing.
    pub fn passage(&self, found: &Found) -> Vec<Piece> {
        let Some(range) = found.range() else { return Vec::new() };
        let text = self.text();
        let mut pieces = vec![(Part::Context, before(text, range.start))];
        let mut piece = |part, range: Range<usize>| {
            pieces.push((part, text.get(range).unwrap_or_default().to_owned()));
        };
        match found {
            Found::Exact { range } | Found::Same { range } => piece(Part::Quote, range.clone()),
            Found::Gapped { ranges, .. } => {
                let mut last: Option<usize> = None;
                for range in ranges {
                    if let Some(last) = last {
                        piece(Part::Gap, last..range.start);
                    }
                    piece(Part::Quote, range.clone());
                    last = Some(range.end);
                }
            }
            Found::Near { range, differences, .. } => {
                let mut at = range.start;
                for difference in differences {
                    piece(Part::Quote, at..difference.text.start);
                    piece(Part::Differs, difference.text.clone());
                    at = at.max(difference.text.end);
                }
                piece(Part::Quote, at..range.end);
            }
            Found::Missing => {}
        }
        pieces.push((Part::Context, after(text, range.end)));
        pieces
            .into_iter()
            .filter(|(part, text)| *part == Part::Differs || !text.is_empty())
            .map(|(part, text)| Piece { part, text: on_one_line(&shortened(part, text)) })
            .collect()
    }
}

/// What stands before a place, from the beginning of a word on.
fn before(text: &str, at: usize) -> String {
    let all = text.get(..at).unwrap_or_default();
    let Some((from, _)) = all.char_indices().rev().nth(CONTEXT) else { return all.to_owned() };
    let near = all.get(from..).unwrap_or_default();
    let word = near.find(char::is_whitespace).and_then(|space| near.get(space..));
    format!("{CUT}{}", word.unwrap_or(near).trim_start())
}

/// What stands after a place, to the end of a word.
fn after(text: &str, at: usize) -> String {
    let all = text.get(at..).unwrap_or_default();
    let Some((to, _)) = all.char_indices().nth(CONTEXT) else { return all.to_owned() };
    let near = all.get(..to).unwrap_or_default();
    let words = near.rfind(char::is_whitespace).and_then(|space| near.get(..space));
    format!("{}{CUT}", words.unwrap_or(near).trim_end())
}

fn shortened(part: Part, text: String) -> String {
    if part != Part::Gap || text.chars().count() <= LONGEST_GAP {
        return text;
    }
    let first: String = text.chars().take(LONGEST_GAP / 2).collect();
    let skipped = text.chars().count() - LONGEST_GAP / 2;
    let last: String = text.chars().skip(skipped).collect();
    format!("{first}{CUT}{last}")
}

fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for next in text.chars() {
        match next {
            _ if !next.is_whitespace() => line.push(next),
            _ if line.ends_with(' ') => {}
            _ => line.push(' '),
        }
    }
    line
}
