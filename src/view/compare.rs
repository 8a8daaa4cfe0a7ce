//! Figures side by side, and in plain words what is not like for like.
//!
//! ```text
//!                   Milley, Nov 2022           Kirby, 1 May 2023
//! claimed           about 100,000              over 100,000                           ≠
//! where             Ukraine                    Bakhmut (disputed: all fronts)         ≠
//! period            8 months, Feb – Oct 2022   about 5 months, Dec 2022 – 1 May 2023  ≠
//! a month           about 12,500               over 19,800
//! ```
//!
//! How a ratio follows from two claims is worked out in [`rate`](crate::view::figures::rate), what
//! others say about a figure in [`standing`]. A ratio is never given without what stands against
//! it: it and the differences are one sentence after the other in the same paragraph.

use std::fmt::{self, Write as _};

use serde::Serialize;

use crate::model::{Bound, EntryIndex, Figure, Timeline};
use crate::text::{visible, wrap};
use crate::view::figures::period::same_time;
use crate::view::figures::rate::{Range, Span};
use crate::view::figures::table::{Table, markdown};
use crate::view::figures::{FigureRecord, FigureRow};
use crate::when::short;

mod differences;
mod kin;
pub mod standing;

pub use differences::{Aspect, Difference};
use standing::Standing;

/// A figure as a person names it: an entry's id, alone for its first figure, or with the number
/// (`id#2`, from 1) or the measure (`id#deaths`) of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FigureRef {
    /// The entry that claims it.
    pub entry: EntryIndex,
    /// Its place among the entry's figures, from 0.
    pub number: usize,
}

/// Why a text names no figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoFigure {
    /// There is no such entry, as a sentence.
    Entry(String),
    /// The entry claims no figure.
    None(String),
    /// The entry has no figure of this number or measure; these are those that it has.
    Other(String, Vec<String>),
}

impl fmt::Display for NoFigure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoFigure::Entry(sentence) => out.write_str(sentence),
            NoFigure::None(id) => write!(out, "`{id}` claims no figure"),
            NoFigure::Other(asked, known) => {
                write!(out, "there is no figure `{asked}`; there is {}", known.join(", "))
            }
        }
    }
}

impl std::error::Error for NoFigure {}

impl FigureRef {
    /// Reads a figure's name.
    ///
    /// # Errors
    ///
    /// Why it names none.
    pub fn parse(timeline: &Timeline, text: &str) -> Result<FigureRef, NoFigure> {
        // An id may hold a `#` of its own.
        let unknown = |id: &str, why| NoFigure::Entry(timeline.in_words(id, &why));
        let (entry, which) = match (timeline.find(text), text.rsplit_once('#')) {
            (Ok(entry), _) => (entry, None),
            (Err(_), Some((id, which))) => {
                let entry = timeline.find(id).map_err(|why| unknown(id, why))?;
                (entry, Some(which))
            }
            (Err(why), None) => return Err(unknown(text, why)),
        };
        let figures = timeline.entry(entry).figures;
        if figures.is_empty() {
            return Err(NoFigure::None(timeline.full_id(entry)));
        }
        let Some(which) = which else { return Ok(FigureRef { entry, number: 0 }) };
        let number = match which.parse::<usize>() {
            Ok(number) => number.checked_sub(1).filter(|number| *number < figures.len()),
            Err(_) => figures.iter().position(|figure| same(&figure.measure, which)),
        };
        number.map(|number| FigureRef { entry, number }).ok_or_else(|| {
            let id = timeline.full_id(entry);
            let known =
                (1..).zip(&figures).map(|(at, figure)| format!("{id}#{at} ({})", figure.measure));
            NoFigure::Other(text.to_owned(), known.collect())
        })
    }
}

impl FigureRef {
    /// The entry's id, with the figure's number where it is not the first.
    pub fn name(self, timeline: &Timeline) -> String {
        let id = timeline.full_id(self.entry);
        if self.number == 0 { id } else { format!("{id}#{}", self.number + 1) }
    }
}

/// Whether two texts are the same but for letter case and spaces around them.
fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// One thing about all figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What it is: `where`.
    pub label: &'static str,
    /// What each figure has of it.
    pub cells: Vec<String>,
    /// Whether they differ, so that the figures are not like for like in it.
    pub differs: bool,
}

/// How one figure compares with the first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ratio {
    /// The figure's column, from 0; it is divided by the figure in column 0.
    pub column: usize,
    /// The values' ratio, as sure as both claims; nothing where it cannot be said.
    pub value: Option<Range>,
    /// The monthly rates' ratio.
    pub per_month: Option<Range>,
    /// Whether the two are one claim, which one passes on or both do: then there is no ratio.
    pub one_claim: bool,
    /// Whether the two figures are like for like.
    pub like_for_like: bool,
    /// In what they are not.
    pub differences: Vec<Difference>,
    /// All of this in words.
    pub words: String,
}

/// Two or more figures side by side.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// What stands over each column: who, and when.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Each further figure against the first.
    pub ratios: Vec<Ratio>,
    /// What else there is to know, a sentence each.
    pub notes: Vec<String>,
    /// The figures in numbers.
    pub figures: Vec<FigureRecord>,
}

/// Lays figures side by side, in the order given. A figure that is not there is left out.
pub fn compare(timeline: &Timeline, figures: &[FigureRef]) -> Comparison {
    let rows: Vec<FigureRow> = figures
        .iter()
        .filter_map(|figure| FigureRow::of(timeline, figure.entry, figure.number))
        .collect();
    let standings: Vec<Standing> = rows.iter().map(|row| Standing::of(timeline, row)).collect();
    let columns = titles(timeline, &rows);
    let ratios: Vec<Ratio> =
        (1..rows.len()).filter_map(|at| pair(timeline, &rows, &standings, at)).collect();
    Comparison {
        notes: notes(timeline, &rows, &standings),
        rows: table(timeline, &rows, &standings, &ratios),
        figures: rows.iter().map(|row| FigureRecord::of(timeline, row)).collect(),
        columns,
        ratios,
    }
}

/// Who and when; with the measure where an entry stands there with several figures.
fn titles(timeline: &Timeline, rows: &[FigureRow]) -> Vec<String> {
    let title = |row: &FigureRow| {
        let who = if row.who.is_empty() { timeline.id(row.entry) } else { &row.who };
        let twice = rows.iter().filter(|other| other.entry == row.entry).count() > 1;
        let measure = if twice { format!(" ({})", row.figure.measure) } else { String::new() };
        format!("{who}, {}{measure}", short(&row.date))
    };
    rows.iter().map(title).collect()
}

fn table(
    timeline: &Timeline,
    rows: &[FigureRow],
    standings: &[Standing],
    ratios: &[Ratio],
) -> Vec<Row> {
    let maybe = |text: &Option<String>| text.clone().unwrap_or_default();
    let each = |cell: &dyn Fn(&FigureRow, &Standing) -> String| -> Vec<String> {
        rows.iter().zip(standings).map(|(row, standing)| cell(row, standing)).collect()
    };
    let with = |text: String, disputed: Option<&str>| match disputed {
        Some(words) if text.is_empty() => format!("(disputed: {words})"),
        Some(words) => format!("{text} (disputed: {words})"),
        None => text,
    };
    let basis = |row: &FigureRow| maybe(&timeline.entry(row.entry).basis);
    let of = |label, aspect: Option<Aspect>, cells: Vec<String>| {
        let differs = aspect.is_some_and(|aspect| {
            ratios.iter().flat_map(|ratio| &ratio.differences).any(|at| at.aspect == aspect)
        });
        Row { label, cells, differs }
    };
    let all = [
        of(
            "claimed",
            Some(Aspect::Bound),
            each(&|row, standing| with(row.claimed(), standing.disputed(Aspect::Bound))),
        ),
        of(
            "measure",
            Some(Aspect::Measure),
            each(&|row, _| row.cell(crate::view::figures::Column::Measure)),
        ),
        of(
            "of",
            Some(Aspect::Population),
            each(&|row, standing| {
                with(maybe(&row.figure.of), standing.disputed(Aspect::Population))
            }),
        ),
        of(
            "where",
            Some(Aspect::Place),
            each(&|row, standing| with(maybe(&row.figure.place), standing.disputed(Aspect::Place))),
        ),
        of(
            "period",
            Some(Aspect::Period),
            each(&|row, standing| with(row.period(), standing.disputed(Aspect::Period))),
        ),
        of("a month", None, each(&|row, _| row.a_month())),
        of("rests on", Some(Aspect::Basis), each(&|row, _| basis(row))),
        of("source", None, each(&|row, _| row.source.clone())),
    ];
    all.into_iter().filter(|row| row.cells.iter().any(|cell| !cell.is_empty())).collect()
}

/// The figure of a column against the first.
fn pair(
    timeline: &Timeline,
    rows: &[FigureRow],
    standings: &[Standing],
    column: usize,
) -> Option<Ratio> {
    let (first, other) = (rows.first()?, rows.get(column)?);
    let one_claim = kin::passed_on(timeline, first.entry, other.entry);
    let claim = |row: &FigureRow| Span::of(row.figure.bound);
    let value = claim(other).ratio(claim(first));
    // Of one time the length is one, whatever it is.
    let per_month = match other.rate.zip(first.rate) {
        Some(_) if same_time(&first.figure, &other.figure) => Some(value),
        rates => rates.map(|(other, first)| other.ratio(first)),
    };
    let differences = differences::all(timeline, rows, standings, column);
    let mut words = match one_claim {
        Some(how) => how.sentence(&ordinal(column)),
        None => differences::verdict(rows, column, value, per_month),
    };
    let sentences = differences::in_words(&differences);
    if !sentences.is_empty() {
        let _ = write!(words, " {sentences}");
    }
    let given = |ratio: Option<Span>| ratio.filter(|_| one_claim.is_none()).map(Span::range);
    Some(Ratio {
        column,
        value: given(value.ok()),
        per_month: given(per_month.and_then(Result::ok)),
        one_claim: one_claim.is_some(),
        like_for_like: differences.is_empty(),
        differences,
        words,
    })
}

/// Parts of the figures, and what was said about them since.
fn notes(timeline: &Timeline, rows: &[FigureRow], standings: &[Standing]) -> Vec<String> {
    let mut notes = Vec::new();
    for (column, (row, standing)) in rows.iter().zip(standings).enumerate() {
        let which = ordinal(column);
        let figures = timeline.entry(row.entry).figures;
        let too_large = |part: &Figure| {
            let whole = part.part_of.as_deref().unwrap_or_default();
            let mut wholes =
                figures.iter().filter(|figure| same(&figure.measure, whole)).peekable();
            wholes.peek().is_some() && wholes.all(|whole| part.bound.exceeds(whole.bound))
        };
        if let Some(whole) = &row.figure.part_of {
            notes.push(if too_large(&row.figure) {
                format!("The {which} is given as a part of the {whole} claimed with it, yet it is larger.")
            } else {
                format!("The {which} is a part of the {whole} claimed with it.")
            });
        }
        for part in &figures {
            if part.part_of.as_deref().is_some_and(|whole| same(whole, &row.figure.measure)) {
                let (some, all) = (number(part.bound), number(row.figure.bound));
                notes.push(if part.bound.exceeds(row.figure.bound) {
                    format!(
                        "The {which}’s {some} {} are given as part of its {all}, yet they are more.",
                        part.measure
                    )
                } else {
                    format!("The {which}’s {some} {} are part of its {all}.", part.measure)
                });
            }
        }
        notes.extend(standing.sentences(timeline, &which));
    }
    let mut known = Vec::new();
    notes.retain(|note| {
        !known.contains(note) && {
            known.push(note.clone());
            true
        }
    });
    notes
}

/// The number in a claim, without its bound.
fn number(claim: Bound) -> String {
    match claim {
        Bound::Between(..) => claim.to_string(),
        other => other.amount().to_string(),
    }
}

/// `first`, `second`, … of a column from 0.
fn ordinal(column: usize) -> String {
    const NAMES: [&str; 8] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];
    NAMES.get(column).map_or_else(|| format!("figure {}", column + 1), |name| (*name).to_owned())
}

impl Comparison {
    /// The rows as a table; a last column without a heading has a `≠` where they differ.
    pub fn table(&self) -> Table {
        let mut head = vec![String::new()];
        head.extend(self.columns.iter().cloned());
        head.push(String::new());
        let row = |row: &Row| {
            let mut cells = vec![row.label.to_owned()];
            cells.extend(row.cells.iter().cloned());
            cells.push(if row.differs { "≠".to_owned() } else { String::new() });
            cells
        };
        Table { head, rows: self.rows.iter().map(row).collect() }
    }

    /// All sentences: a paragraph for each further figure, then the notes in one.
    pub fn paragraphs(&self) -> Vec<String> {
        let notes = (!self.notes.is_empty()).then(|| self.notes.join(" "));
        self.ratios.iter().map(|ratio| ratio.words.clone()).chain(notes).collect()
    }

    /// As text in so many columns, each line ended.
    pub fn to_text(&self, columns: usize) -> String {
        let columns = columns.max(24);
        let mut out = self.table().to_text(columns);
        for paragraph in self.paragraphs() {
            out.push('\n');
            for line in wrap(&paragraph, columns) {
                out.push_str(&line);
                out.push('\n');
            }
        }
        out
    }

    /// As Markdown, each line ended.
    pub fn to_markdown(&self) -> String {
        let mut out = self.table().to_markdown();
        for paragraph in self.paragraphs() {
            let _ = write!(out, "\n{}\n", markdown(&paragraph));
        }
        out
    }

    /// As CSV: a line for each row, then one for each paragraph, under `note`.
    pub fn to_csv(&self) -> String {
        let mut table = self.table();
        let width = table.head.len();
        for paragraph in self.paragraphs() {
            let mut cells = vec!["note".to_owned(), visible(&paragraph).into_owned()];
            cells.resize(width.max(2), String::new());
            table.rows.push(cells);
        }
        table.to_csv()
    }
}

#[cfg(test)]
mod tests;
