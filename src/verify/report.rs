//! A report for people and for programs.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use serde::Serialize;

use crate::model::{SourceIndex, Timeline};
use crate::text::{pad, visible, width, wrap};
use crate::verify::{Found, Mark, Negation, Outcome, Part, Piece, Report, Row};

/// How wide a quote and its passage run.
const WIDTH: usize = 88;

impl Report {
    /// For people: a line for each quote that was looked for, with the words and the passage where
    /// they differ; then what was not looked for, and why; then how many of each. Plain text,
    /// harmless to a terminal.
    pub fn to_text(&self, timeline: &Timeline) -> String {
        let lines: Vec<(&Row, [String; 5])> = self
            .rows()
            .iter()
            .filter(|row| row.mark() != Mark::Unchecked)
            .map(|row| (row, cells(row, timeline)))
            .collect();
        let mut widths = [0; 4];
        for (_, cells) in &lines {
            for (wide, cell) in widths.iter_mut().zip(cells) {
                *wide = width(cell).max(*wide);
            }
        }
        let mut out = String::new();
        for (row, cells) in &lines {
            let padded = cells.iter().zip(widths).map(|(cell, wide)| pad(cell, wide) + "  ");
            let line = padded.collect::<String>() + cells.last().map_or("", String::as_str);
            out.push_str(line.trim_end());
            out.push('\n');
            out.push_str(&compared(row));
        }
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&self.unchecked(timeline));
        out.push_str(&self.summary());
        out.push('\n');
        out
    }

    fn unchecked(&self, timeline: &Timeline) -> String {
        let mut reasons: BTreeMap<(Option<SourceIndex>, String), usize> = BTreeMap::new();
        for row in self.rows() {
            let reason = match &row.outcome {
                Outcome::Checked { .. } => continue,
                Outcome::NoSource => "names no source".to_owned(),
                Outcome::NoArchive => "no archive is named".to_owned(),
                Outcome::Unreadable(reason) => reason.clone(),
                Outcome::Stopped => "too much for opening".to_owned(),
            };
            *reasons.entry((row.source, reason)).or_default() += 1;
        }
        let mut out = String::new();
        for ((source, reason), count) in reasons {
            let source =
                source.map_or(String::new(), |at| format!(" of {}", timeline.source(at).id));
            let quotes = if count == 1 { "quote" } else { "quotes" };
            let line = format!("not checked: {count} {quotes}{source}: {reason}");
            out.push_str(&format!("{}\n", visible(&line)));
        }
        out
    }

    /// How many there are of each kind, on one line. A quote counts once for each of its sources.
    pub fn summary(&self) -> String {
        let Counts { verified, warned, near, missing, unchecked } = self.counts();
        let quotes: HashSet<_> =
            self.rows().iter().map(|row| (row.entry, row.quote, row.depth)).collect();
        let noun = if quotes.len() == 1 { "quote" } else { "quotes" };
        let mut out = format!("{} {noun}", quotes.len());
        if self.rows().len() > quotes.len() {
            out.push_str(", counted once for each source");
        }
        let warnings = match warned {
            0 => String::new(),
            1 => " (1 with a warning)".to_owned(),
            _ => format!(" ({warned} with warnings)"),
        };
        out.push_str(&format!(
            ": {verified} verified{warnings}, {near} differing, {missing} not found"
        ));
        if unchecked > 0 {
            out.push_str(&format!(", {unchecked} not checked"));
        }
        out
    }

    fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for row in self.rows() {
            counts.warned += usize::from(row.mark() == Mark::Warned);
            match &row.outcome {
                Outcome::Checked { found: Found::Near { .. }, .. } => counts.near += 1,
                Outcome::Checked { found: Found::Missing, .. } => counts.missing += 1,
                Outcome::Checked { .. } => counts.verified += 1,
                _ => counts.unchecked += 1,
            }
        }
        counts
    }

    /// For programs: an object with `quotes`, a list with one object for each quote in each of its
    /// sources, and `summary`.
    pub fn to_json(&self, timeline: &Timeline) -> String {
        let quotes = self.rows().iter().map(|row| JsonRow::of(row, timeline)).collect();
        let json = Json { quotes, summary: self.counts() };
        // These types have no keys that are no strings and no failing parts.
        crate::export::json::pretty(&json)
    }
}

/// Mark, entry, number, source, and how it was found.
fn cells(row: &Row, timeline: &Timeline) -> [String; 5] {
    let source = row.source.map_or("", |at| &timeline.source(at).id);
    let Outcome::Checked { found, .. } = &row.outcome else { return Default::default() };
    let (mark, how) = match found {
        Found::Exact { .. } => ("verified", "to the letter".to_owned()),
        Found::Same { .. } => ("verified", "but for capitals and typography".to_owned()),
        Found::Gapped { negations, .. } => match said(negations) {
            Some(warning) => ("warning", format!("around what is left out; {}", visible(&warning))),
            None => ("verified", "around what is left out".to_owned()),
        },
        Found::Near { share, .. } => ("differs", format!("{} % of the words", percent(*share))),
        Found::Missing => ("not found", String::new()),
    };
    [
        mark.to_owned(),
        visible(&timeline.full_id(row.entry)).into_owned(),
        number(row),
        visible(source).into_owned(),
        how,
    ]
}

/// Which words that deny something are in brackets or left out; nothing where there are none.
pub fn said(negations: &[Negation]) -> Option<String> {
    let words = |left_out: bool| {
        let words = negations.iter().filter(|negation| negation.left_out == left_out);
        words.map(|negation| format!("“{}”", negation.word)).collect::<Vec<_>>().join(", ")
    };
    let (held, left_out) = (words(false), words(true));
    match (held.is_empty(), left_out.is_empty()) {
        (true, true) => None,
        (false, true) => Some(format!("its brackets hold {held}")),
        (true, false) => Some(format!("it leaves out {left_out}")),
        (false, false) => Some(format!("its brackets hold {held}, it leaves out {left_out}")),
    }
}

/// Rounded down: 100 % is all of them.
fn percent(share: f64) -> u8 {
    (share * 100.0).floor().clamp(0.0, 100.0) as u8
}

/// `2` for the second quote, `2.1` for the words within it.
fn number(row: &Row) -> String {
    let quote = row.quote + 1;
    if row.depth == 0 { quote.to_string() } else { format!("{quote}.{}", row.depth) }
}

/// The words beside the closest passage, where they differ.
fn compared(row: &Row) -> String {
    let Outcome::Checked { found, passage } = &row.outcome else { return String::new() };
    match found {
        Found::Near { differences, .. } => {
            let ranges = differences.iter().map(|difference| difference.quote.clone());
            let source: String = passage.iter().map(braced).collect();
            block("quote", &marked(&row.words, ranges)) + &block("source", &source)
        }
        Found::Missing => block("quote", &row.words),
        _ => String::new(),
    }
}

fn block(name: &str, text: &str) -> String {
    let mut out = String::new();
    for (at, line) in
        wrap(&text.split_whitespace().collect::<Vec<_>>().join(" "), WIDTH).iter().enumerate()
    {
        let name = if at == 0 { format!("{name}:") } else { String::new() };
        out.push_str(&format!("    {name:<8}{line}\n"));
    }
    out
}

/// The words in braces are those that differ.
fn braced(piece: &Piece) -> String {
    match piece.part {
        Part::Differs => format!("{{{}}}", piece.text),
        _ => piece.text.clone(),
    }
}

fn marked(text: &str, ranges: impl Iterator<Item = Range<usize>>) -> String {
    let mut out = String::new();
    let mut at = 0;
    for range in ranges {
        out.push_str(text.get(at..range.start).unwrap_or_default());
        out.push_str(&format!("{{{}}}", text.get(range.clone()).unwrap_or_default()));
        at = at.max(range.end);
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

#[derive(Serialize)]
struct Json {
    quotes: Vec<JsonRow>,
    summary: Counts,
}

#[derive(Default, Serialize)]
struct Counts {
    verified: usize,
    /// Of those verified.
    warned: usize,
    near: usize,
    missing: usize,
    unchecked: usize,
}

/// One row. Keys are never left out: what does not apply is null or empty.
#[derive(Serialize)]
struct JsonRow {
    entry: String,
    /// From 1.
    quote: usize,
    depth: usize,
    source: Option<String>,
    text: String,
    outcome: &'static str,
    verified: Option<bool>,
    /// Of a near passage.
    share: Option<f64>,
    found: Option<JsonFound>,
    differences: Vec<JsonDifference>,
    negations: Vec<JsonNegation>,
    reason: Option<String>,
}

#[derive(Serialize)]
struct JsonFound {
    before: String,
    passage: String,
    after: String,
}

#[derive(Serialize)]
struct JsonDifference {
    quote: String,
    source: String,
}

#[derive(Serialize)]
struct JsonNegation {
    word: String,
    /// `left out` of the quote, or `in brackets` in it.
    place: &'static str,
}

impl JsonRow {
    fn of(row: &Row, timeline: &Timeline) -> JsonRow {
        let mut json = JsonRow {
            entry: timeline.full_id(row.entry),
            quote: row.quote + 1,
            depth: row.depth,
            source: row.source.map(|at| timeline.source(at).id.clone()),
            text: row.words.clone(),
            outcome: "missing",
            verified: None,
            share: None,
            found: None,
            differences: Vec::new(),
            negations: Vec::new(),
            reason: None,
        };
        match &row.outcome {
            Outcome::NoSource => json.outcome = "no-source",
            Outcome::NoArchive => json.outcome = "no-archive",
            Outcome::Stopped => json.outcome = "stopped",
            Outcome::Unreadable(reason) => {
                json.outcome = "unreadable";
                json.reason = Some(reason.clone());
            }
            Outcome::Checked { found, passage } => {
                json.outcome = found.word();
                json.verified = Some(found.is_verified());
                json.found = JsonFound::of(passage);
                if let Found::Gapped { negations, .. } = found {
                    let json_of = |negation: &Negation| JsonNegation {
                        word: negation.word.clone(),
                        place: if negation.left_out { "left out" } else { "in brackets" },
                    };
                    json.negations = negations.iter().map(json_of).collect();
                }
                if let Found::Near { differences, share, .. } = found {
                    json.share = Some(*share);
                    let differing = passage.iter().filter(|piece| piece.part == Part::Differs);
                    let both = differences.iter().zip(differing);
                    json.differences = both
                        .map(|(difference, piece)| JsonDifference {
                            quote: row
                                .words
                                .get(difference.quote.clone())
                                .unwrap_or_default()
                                .to_owned(),
                            source: piece.text.clone(),
                        })
                        .collect();
                }
            }
        }
        json
    }
}

impl JsonFound {
    fn of(passage: &[Piece]) -> Option<JsonFound> {
        let first = passage.iter().position(|piece| piece.part != Part::Context)?;
        let last = passage.iter().rposition(|piece| piece.part != Part::Context)?;
        let text = |pieces: Option<&[Piece]>| {
            pieces.unwrap_or_default().iter().map(|piece| piece.text.as_str()).collect()
        };
        Some(JsonFound {
            before: text(passage.get(..first)),
            passage: text(passage.get(first..=last)),
            after: text(passage.get(last + 1..)),
        })
    }
}

impl Found {
    /// The word by which a report for programs tells it: `exact`, `same`, `gapped`, `near` or
    /// `missing`.
    pub fn word(&self) -> &'static str {
        match self {
            Found::Exact { .. } => "exact",
            Found::Same { .. } => "same",
            Found::Gapped { .. } => "gapped",
            Found::Near { .. } => "near",
            Found::Missing => "missing",
        }
    }
}
