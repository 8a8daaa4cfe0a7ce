//! Every figure claimed, as rows of a table: the value as claimed, what it covers, and how much
//! that is a month.
//!
//! How long a period is, is worked out in [`period`]; what may be said of a rate, in [`rate`]; the
//! picture over the table in [`chart`]; laying figures side by side is left to
//! [`compare`](crate::view::compare).

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::model::{
    Amount, Bound, EntryIndex, Figure, Has, How, SourceIndex, SpeakerIndex, Timeline,
};
use crate::when::{Order, When, short};

pub mod at_hand;
pub mod chart;
pub mod labels;
pub mod period;
pub mod rate;
mod record;
pub mod table;

use period::{Length, NoLength};
use rate::Span;
pub use record::{FigureRecord, machine_table};
use table::Table;

/// One figure of one entry.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureRow {
    /// The entry that claims it.
    pub entry: EntryIndex,
    /// Its place among the entry's figures, from 0.
    pub number: usize,
    /// The figure itself.
    pub figure: Figure,
    /// How long its period is.
    pub length: Result<Length, NoLength>,
    /// So much a month.
    pub rate: Option<Span>,
    /// Who claims it; nobody in an event.
    pub speaker: Option<SpeakerIndex>,
    /// The speaker's short name.
    pub who: String,
    /// When it was claimed.
    pub date: When,
    /// The sources, by publisher, title or author.
    pub source: String,
    /// Whether another entry retracts or supersedes the one that claims it.
    pub withdrawn: Option<How>,
}

impl FigureRow {
    /// The row of one figure; nothing where the entry has none of this number, from 0.
    pub fn of(timeline: &Timeline, entry: EntryIndex, number: usize) -> Option<FigureRow> {
        rows(timeline, &[entry]).into_iter().nth(number)
    }

    /// The value as claimed: `over 100,000`.
    pub fn claimed(&self) -> String {
        self.figure.bound.to_string()
    }

    /// The same with what became of it: `over 100,000 (retracted)`.
    pub fn standing(&self) -> String {
        match self.withdrawn.and_then(How::done) {
            Some(done) => format!("{} ({done})", self.claimed()),
            None => self.claimed(),
        }
    }

    /// Who claims it, with what became of it: `Kirby (retracted)`.
    pub fn short_label(&self) -> String {
        match self.withdrawn.and_then(How::done) {
            Some(done) => format!("{} ({done})", self.who),
            None => self.who.clone(),
        }
    }

    /// The length and the dates of its period: `8 months, Feb – Oct 2022`; without a length, why
    /// it has none is left to [`FigureRow::a_month`].
    pub fn period(&self) -> String {
        match (&self.figure.period, self.length) {
            (None, Ok(length)) => length.text(),
            (None, Err(_)) => String::new(),
            (Some(period), Ok(length)) => format!("{}, {}", length.text(), short(period)),
            (Some(period), Err(_)) => short(period),
        }
    }

    /// So much a month, as a person claims it: `about 12,500`; where the period is shorter than a
    /// month, with its length: `about 409, from 7 days`. Or why there is no rate.
    pub fn a_month(&self) -> String {
        match (self.rate, self.length) {
            (Some(rate), Ok(length)) if length.months() < 1.0 => {
                format!("{}, from {}", rate.text(), length.text())
            }
            (Some(rate), _) => rate.text(),
            (None, Err(reason)) => reason.reason().to_owned(),
            (None, Ok(_)) => String::new(),
        }
    }

    /// The text in a column.
    pub fn cell(&self, column: Column) -> String {
        let maybe = |text: &Option<String>| text.clone().unwrap_or_default();
        match column {
            Column::Claimed => self.standing(),
            Column::Measure => match &self.figure.part_of {
                Some(whole) => format!("{} (of the {whole})", self.figure.measure),
                None => self.figure.measure.clone(),
            },
            Column::Of => maybe(&self.figure.of),
            Column::Place => maybe(&self.figure.place),
            Column::Period => self.period(),
            Column::Rate => match self.length {
                Err(NoLength::NoPeriod) => String::new(),
                _ => self.a_month(),
            },
            Column::Who => self.who.clone(),
            Column::When => short(&self.date),
            Column::Source => self.source.clone(),
        }
    }
}

/// The figures of the entries on show, in their order. Reads every entry that has one.
pub fn rows(timeline: &Timeline, shown: &[EntryIndex]) -> Vec<FigureRow> {
    let mut rows = Vec::new();
    for index in shown.iter().copied() {
        if !timeline.has(index).contains(Has::FIGURE) {
            continue;
        }
        let entry = timeline.entry(index);
        let who = entry.speaker.map_or("", |at| timeline.speaker(at).short_name()).to_owned();
        let source = sources(timeline, &entry.sources);
        for (number, figure) in entry.figures.into_iter().enumerate() {
            let length = Length::of(&figure);
            rows.push(FigureRow {
                entry: index,
                number,
                rate: length.ok().map(|length| Span::of(figure.bound).over(length)),
                length,
                figure,
                speaker: entry.speaker.map(|at| timeline.person(at)),
                who: who.clone(),
                date: entry.date.clone(),
                source: source.clone(),
                withdrawn: timeline.withdrawn(index),
            });
        }
    }
    rows
}

/// The sources in few words: publisher, title or author, each once.
fn sources(timeline: &Timeline, sources: &[SourceIndex]) -> String {
    let mut names: Vec<String> = Vec::new();
    for source in sources {
        let source = timeline.source(*source);
        let name = source.publisher.as_ref().or(source.title.as_ref()).or(source.author.as_ref());
        let name = name.cloned().unwrap_or_else(|| source.citation());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("; ")
}

/// A column of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Column {
    /// The value as claimed.
    Claimed,
    /// What is counted.
    Measure,
    /// Of whom or what.
    Of,
    /// Which place it covers.
    Place,
    /// How long its period is, and which it is.
    Period,
    /// So much a month.
    Rate,
    /// Who claims it.
    Who,
    /// When it was claimed.
    #[default]
    When,
    /// Where a reader can check it.
    Source,
}

impl Column {
    /// All, from left to right.
    pub const ALL: [Column; 9] = [
        Column::Claimed,
        Column::Measure,
        Column::Of,
        Column::Place,
        Column::Period,
        Column::Rate,
        Column::Who,
        Column::When,
        Column::Source,
    ];

    /// What stands over it.
    pub fn title(self) -> &'static str {
        match self {
            Column::Claimed => "claimed",
            Column::Measure => "measure",
            Column::Of => "of",
            Column::Place => "where",
            Column::Period => "period",
            Column::Rate => "a month",
            Column::Who => "who",
            Column::When => "when",
            Column::Source => "source",
        }
    }
}

/// Sorts by a column; rows that are equal in it keep their order in time. What a column does not
/// have comes last, in either direction. Numbers go by the number named, then a ceiling before
/// the number itself and a floor after it; periods by when they begin; texts letter case aside.
pub fn sort(rows: &mut [FigureRow], column: Column, descending: bool) {
    rows.sort_by_cached_key(|row| Sorted {
        key: key(row, column),
        descending,
        place: (row.entry, row.number),
    });
}

/// What a row is sorted by.
#[derive(Clone, Debug, PartialEq)]
enum Key {
    Number(f64, i8, f64),
    Exact(Decimal, i8, Option<Decimal>),
    Text(String),
    Order(Order),
    Missing,
}

fn side(claim: Bound) -> i8 {
    match claim {
        Bound::LessThan(_) => -2,
        Bound::AtMost(_) => -1,
        Bound::Exactly(_) | Bound::About(_) | Bound::Between(..) => 0,
        Bound::AtLeast(_) => 1,
        Bound::MoreThan(_) => 2,
    }
}

fn exact(claim: Bound) -> Key {
    Key::Exact(claim.amount().number(), side(claim), claim.high().map(Amount::number))
}

fn rate(rate: Option<Span>) -> Key {
    rate.map_or(Key::Missing, |rate| {
        let (number, side, high) = rate.key();
        Key::Number(number, side, high)
    })
}

fn key(row: &FigureRow, column: Column) -> Key {
    match column {
        Column::Claimed => exact(row.figure.bound),
        Column::Rate => rate(row.rate),
        Column::Period => {
            row.figure.period.as_ref().map_or(Key::Missing, |at| Key::Order(at.order()))
        }
        Column::When => Key::Order(row.date.order()),
        Column::Measure | Column::Of | Column::Place | Column::Who | Column::Source => {
            let text = match column {
                Column::Measure => row.figure.measure.clone(),
                other => row.cell(other),
            };
            match text.to_lowercase() {
                empty if empty.is_empty() => Key::Missing,
                text => Key::Text(text),
            }
        }
    }
}

#[derive(PartialEq)]
struct Sorted {
    key: Key,
    descending: bool,
    place: (EntryIndex, usize),
}

impl Eq for Sorted {}

impl PartialOrd for Sorted {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Sorted {
    fn cmp(&self, other: &Self) -> Ordering {
        let keys = match (&self.key, &other.key) {
            (Key::Missing, Key::Missing) => Ordering::Equal,
            (Key::Missing, _) => return Ordering::Greater,
            (_, Key::Missing) => return Ordering::Less,
            (Key::Number(a, side_a, high_a), Key::Number(b, side_b, high_b)) => {
                a.total_cmp(b).then(side_a.cmp(side_b)).then(high_a.total_cmp(high_b))
            }
            (Key::Exact(a, side_a, high_a), Key::Exact(b, side_b, high_b)) => {
                // A claim without an end goes behind those that have one.
                let ends = (high_a.is_none(), high_a).cmp(&(high_b.is_none(), high_b));
                a.cmp(b).then(side_a.cmp(side_b)).then(ends)
            }
            (Key::Text(a), Key::Text(b)) => a.cmp(b),
            (Key::Order(a), Key::Order(b)) => a.cmp(b),
            // One column has one kind of key.
            _ => Ordering::Equal,
        };
        if self.descending { keys.reverse() } else { keys }.then(self.place.cmp(&other.place))
    }
}

/// The measures among rows, each with how many rows it has, in the order of first appearance.
pub fn measures(rows: &[FigureRow]) -> Vec<(String, usize)> {
    let mut measures: Vec<(String, usize)> = Vec::new();
    for row in rows {
        match measures.iter_mut().find(|(name, _)| *name == row.figure.measure) {
            Some((_, count)) => *count += 1,
            None => measures.push((row.figure.measure.clone(), 1)),
        }
    }
    measures
}

/// The rows as a table of all columns.
pub fn table(rows: &[FigureRow]) -> Table {
    Table {
        head: Column::ALL.map(|column| column.title().to_owned()).to_vec(),
        rows: rows.iter().map(|row| Column::ALL.map(|column| row.cell(column)).to_vec()).collect(),
    }
}

#[cfg(test)]
pub(crate) mod tests;
