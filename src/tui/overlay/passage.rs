//! Where a quote stands in its sources: its words, and the passages with what is around them.

use std::ops::Range;

use crate::model::Timeline;
use crate::text::Direction;
use crate::tui::place::{Anchor, letters};
use crate::tui::rows::rows;
use crate::verify::{Found, Outcome, Part, Piece, Row, said};

/// How a part of a line is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// What stands before a text: whose it is.
    Label,
    /// What came of looking for it.
    Verdict,
    /// Words of the quote, or the same in the source.
    Quote,
    /// Words that the other side has otherwise, or not at all; in brackets.
    Differs,
    /// What the source has before, after and between them.
    Around,
}

/// A paragraph: its text, and its parts in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    text: String,
    parts: Vec<(Range<usize>, Look)>,
}

impl Paragraph {
    fn with(look: Look, text: &str) -> Paragraph {
        let mut paragraph = Paragraph::default();
        paragraph.push(look, text);
        paragraph
    }

    fn push(&mut self, look: Look, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.parts.push((start..self.text.len(), look));
    }

    /// The rows in so many cells, each as its parts, and which way they are read.
    pub fn rows(&self, columns: usize) -> Vec<(Vec<(&str, Look)>, Direction)> {
        let direction = Direction::of(&self.text);
        let row = |row: Range<usize>| {
            let part = |(range, look): &(Range<usize>, Look)| {
                let (start, end) = (range.start.max(row.start), range.end.min(row.end));
                Some((self.text.get(start..end).filter(|part| !part.is_empty())?, *look))
            };
            (self.parts.iter().filter_map(part).collect(), direction)
        };
        rows(&self.text, columns).into_iter().map(row).collect()
    }
}

/// What is shown.
#[derive(Clone, Debug, Default)]
pub struct Passage {
    /// The paragraphs; an empty one is a gap.
    pub paragraphs: Vec<Paragraph>,
    /// The first row in the window.
    pub scroll: usize,
    /// The cells that the rows were laid out for, and where the window was.
    laid: Option<(usize, Anchor)>,
}

impl Passage {
    /// The rows of one quote in its sources.
    pub fn of(timeline: &Timeline, rows: &[Row]) -> Passage {
        let mut paragraphs = Vec::new();
        for row in rows {
            if !paragraphs.is_empty() {
                paragraphs.push(Paragraph::default());
            }
            paragraphs.push(Paragraph::with(Look::Label, &heading(timeline, row)));
            paragraphs.push(Paragraph::with(Look::Verdict, &verdict(row)));
            paragraphs.push(Paragraph::default());
            paragraphs.push(quote(row));
            if let Outcome::Checked { passage, .. } = &row.outcome
                && !passage.is_empty()
            {
                paragraphs.push(Paragraph::default());
                paragraphs.push(Paragraph::with(Look::Label, "In the source"));
                paragraphs.push(around(passage));
            }
        }
        Passage { paragraphs, scroll: 0, laid: None }
    }

    /// All rows in so many cells.
    pub fn rows(&self, columns: usize) -> Vec<(Vec<(&str, Look)>, Direction)> {
        self.paragraphs.iter().flat_map(|paragraph| paragraph.rows(columns)).collect()
    }

    /// Keeps the window within the rows.
    pub fn settle(&mut self, columns: usize, height: usize) {
        let columns = columns.saturating_sub(2);
        let letters = |columns: usize| -> Vec<usize> {
            let row = |(row, _): (Vec<(&str, Look)>, Direction)| {
                row.iter().map(|(text, _)| letters(text)).sum()
            };
            self.rows(columns).into_iter().map(row).collect()
        };
        let now = letters(columns);
        let anchor = match self.laid {
            Some((before, anchor)) if before != columns => {
                Anchor::of(Some(anchor), self.scroll, letters(before).into_iter())
                    .within(now.iter().copied())
            }
            laid => Anchor::of(laid.map(|laid| laid.1), self.scroll, now.iter().copied()),
        };
        let anchor = anchor.up_to(now.len().saturating_sub(height));
        (self.scroll, self.laid) = (anchor.scroll(), Some((columns, anchor)));
    }
}

fn heading(timeline: &Timeline, row: &Row) -> String {
    let source = row.source.map(|source| timeline.source(source).citation());
    let source = source.unwrap_or_else(|| "no source".to_owned());
    match row.depth {
        0 => source,
        _ => format!("{source}, the words within"),
    }
}

fn verdict(row: &Row) -> String {
    match &row.outcome {
        Outcome::Checked { found, .. } => match found {
            Found::Exact { .. } => "verified: to the letter".to_owned(),
            Found::Same { .. } => "verified: the same but for capitals and typography".to_owned(),
            Found::Gapped { negations, .. } => {
                let verified = "verified: its parts stand around what it leaves out";
                match said(negations) {
                    Some(warning) => format!("{verified}; warning: {warning}"),
                    None => verified.to_owned(),
                }
            }
            Found::Near { differences, .. } => {
                let count = differences.len();
                let noun = if count == 1 { "place" } else { "places" };
                format!("differs in {count} {noun}, in [brackets] on both sides")
            }
            Found::Missing => "not found: nothing like it stands there".to_owned(),
        },
        Outcome::NoSource => "not checked: it names no source".to_owned(),
        Outcome::NoArchive => "not checked: the source names no archive".to_owned(),
        Outcome::Unreadable(reason) => format!("not checked: {reason}"),
        Outcome::Stopped => {
            "not checked: there was too much for opening; `dateline verify` looks for all"
                .to_owned()
        }
    }
}

/// The words of the quote, those that the source has otherwise in brackets.
fn quote(row: &Row) -> Paragraph {
    let mut paragraph = Paragraph::with(Look::Label, "Quoted  ");
    let mut at = 0;
    if let Outcome::Checked { found: Found::Near { differences, .. }, .. } = &row.outcome {
        for difference in differences {
            let range = difference.quote.clone();
            paragraph.push(Look::Quote, row.words.get(at..range.start).unwrap_or_default());
            at = range.end.max(at);
            paragraph.push(Look::Differs, &bracketed(row.words.get(range).unwrap_or_default()));
        }
    }
    paragraph.push(Look::Quote, row.words.get(at..).unwrap_or_default());
    paragraph
}

fn around(passage: &[Piece]) -> Paragraph {
    let mut paragraph = Paragraph::default();
    for piece in passage {
        match piece.part {
            Part::Context | Part::Gap => paragraph.push(Look::Around, &piece.text),
            Part::Quote => paragraph.push(Look::Quote, &piece.text),
            Part::Differs => paragraph.push(Look::Differs, &bracketed(&piece.text)),
        }
    }
    paragraph
}

fn bracketed(text: &str) -> String {
    if text.trim().is_empty() { "[ ]".to_owned() } else { format!("[{text}]") }
}
