//! Figures for machines: plain numbers, and names as a dataset has them.

use serde::Serialize;

use crate::model::{Amount, How, Timeline};
use crate::view::figures::FigureRow;
use crate::view::figures::period::{Length, NoLength};
use crate::view::figures::rate::{Range, Span};
use crate::view::figures::table::Table;

/// A row for a machine.
#[derive(Clone, Debug, Serialize)]
pub struct FigureRecord {
    /// The entry, as other commands take it.
    pub entry: String,
    /// Its place among the entry's figures, from 1.
    pub number: usize,
    /// As claimed: `over 100,000`.
    pub claimed: String,
    /// The kind of claim, as in a dataset: `MoreThan`.
    pub bound: &'static str,
    /// What the claim allows.
    pub value: Range<Amount>,
    /// What is counted.
    pub measure: String,
    /// The measure that it is a part of.
    pub part_of: Option<String>,
    /// Of whom or what.
    pub of: Option<String>,
    /// Which place it covers.
    pub place: Option<String>,
    /// Its period in EDTF.
    pub period: Option<String>,
    /// How long that is, where the claim says so, as a duration of ISO 8601.
    pub lasting: Option<String>,
    /// The length of the period, in months.
    pub months: Option<f64>,
    /// So much a month, as claimed: `over 20,000`.
    pub per_month: Option<String>,
    /// The same as numbers.
    pub per_month_value: Option<Range>,
    /// Why there is no rate.
    pub no_rate: Option<&'static str>,
    /// Who claims it.
    pub who: Option<String>,
    /// When, in EDTF.
    pub when: String,
    /// By publisher or title.
    pub source: String,
    /// `retracted` or `superseded`, where another entry does that to the one that claims it.
    pub withdrawn: Option<&'static str>,
}

impl FigureRecord {
    /// The record of a row.
    pub fn of(timeline: &Timeline, row: &FigureRow) -> FigureRecord {
        let figure = &row.figure;
        let length = row.length.ok();
        FigureRecord {
            entry: timeline.full_id(row.entry),
            number: row.number + 1,
            claimed: row.claimed(),
            bound: figure.bound.name(),
            value: Range { low: figure.bound.low(), high: figure.bound.high() },
            measure: figure.measure.clone(),
            part_of: figure.part_of.clone(),
            of: figure.of.clone(),
            place: figure.place.clone(),
            period: figure.period.as_ref().map(|period| period.text().to_owned()),
            lasting: figure.lasting.map(|lasting| lasting.to_string()),
            months: length.map(Length::months),
            per_month: row.rate.map(Span::text),
            per_month_value: row.rate.map(Span::range),
            no_rate: row.length.err().map(NoLength::reason),
            who: row.speaker.map(|speaker| timeline.speaker(speaker).name.clone()),
            when: row.date.text().to_owned(),
            source: row.source.clone(),
            withdrawn: row.withdrawn.and_then(How::done),
        }
    }
}

/// Records as a table with a column for each number, to be read by a machine.
pub fn machine_table(records: &[FigureRecord]) -> Table {
    const HEAD: [&str; 20] = [
        "entry",
        "number",
        "claimed",
        "bound",
        "value_low",
        "value_high",
        "measure",
        "part_of",
        "of",
        "place",
        "period",
        "lasting",
        "months",
        "per_month",
        "per_month_low",
        "per_month_high",
        "who",
        "when",
        "source",
        "withdrawn",
    ];
    let maybe = |text: &Option<String>| text.clone().unwrap_or_default();
    let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    let amount = |amount: Option<Amount>| amount.map(Amount::plain).unwrap_or_default();
    let row = |record: &FigureRecord| {
        let rate = record.per_month_value.unwrap_or_default();
        vec![
            record.entry.clone(),
            record.number.to_string(),
            record.claimed.clone(),
            record.bound.to_owned(),
            amount(record.value.low),
            amount(record.value.high),
            record.measure.clone(),
            maybe(&record.part_of),
            maybe(&record.of),
            maybe(&record.place),
            maybe(&record.period),
            maybe(&record.lasting),
            number(record.months),
            maybe(&record.per_month),
            number(rate.low),
            number(rate.high),
            maybe(&record.who),
            record.when.clone(),
            record.source.clone(),
            record.withdrawn.unwrap_or_default().to_owned(),
        ]
    };
    Table { head: HEAD.map(str::to_owned).to_vec(), rows: records.iter().map(row).collect() }
}
