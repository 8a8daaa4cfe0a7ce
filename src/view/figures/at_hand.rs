//! Figures by what a timeline keeps at hand of each, so that hundreds of thousands are put in order
//! and drawn between two keys; a whole row is read for those in the window.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::model::{Claim, EntryIndex, NameIndex, Timeline};
use crate::view::compare::FigureRef;
use crate::view::extent::Extent;
use crate::view::figures::chart::{Chart, Placed};
use crate::view::figures::period::Length;
use crate::view::figures::rate::Span;
use crate::view::figures::{Column, FigureRow, Key, Sorted, exact, rate, sources};
use crate::when::When;

/// One figure of one entry, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FigureAt {
    /// The entry that claims it.
    pub entry: EntryIndex,
    /// Its place among the entry's figures, from 0.
    number: u32,
    /// Its place in [`Timeline::claims`].
    at: u32,
}

impl FigureAt {
    /// What it is known by.
    pub fn name(self) -> FigureRef {
        FigureRef { entry: self.entry, number: self.number as usize }
    }

    /// What is kept of it at hand.
    pub fn claim(self, timeline: &Timeline) -> Option<&Claim> {
        timeline.claim(self.at as usize)
    }

    /// The value as claimed: `over 100,000`.
    pub fn claimed(self, timeline: &Timeline) -> String {
        self.claim(timeline).map_or_else(String::new, |claim| claim.bound.to_string())
    }

    /// All of it, read from the record.
    pub fn row(self, timeline: &Timeline) -> Option<FigureRow> {
        FigureRow::of(timeline, self.entry, self.number as usize)
    }

    /// What it counts.
    pub fn measure(self, timeline: &Timeline) -> Option<NameIndex> {
        self.claim(timeline).map(|claim| claim.measure)
    }
}

/// The figures of the entries on show, which are in order, in their order.
pub fn gather(timeline: &Timeline, shown: &[EntryIndex]) -> Vec<FigureAt> {
    let mut shown = shown.iter().copied().peekable();
    let mut figures: Vec<FigureAt> = Vec::new();
    let (mut last, mut next) = (None, 0);
    for (at, (entry, _)) in (0..).zip(timeline.claims()) {
        let number = if last == Some(entry) { next } else { 0 };
        (last, next) = (Some(entry), number + 1);
        while shown.next_if(|other| *other < entry).is_some() {}
        if shown.peek() == Some(&entry) {
            figures.push(FigureAt { entry, number, at });
        }
    }
    figures
}

/// What figures count, each with how many do, in the order of first appearance.
pub fn measures(timeline: &Timeline, figures: &[FigureAt]) -> Vec<(NameIndex, usize)> {
    let mut counts = vec![0usize; timeline.measures().len()];
    let mut order = Vec::new();
    for measure in figures.iter().filter_map(|figure| figure.measure(timeline)) {
        let Some(count) = counts.get_mut(measure.0 as usize) else { continue };
        *count += 1;
        if *count == 1 {
            order.push(measure);
        }
    }
    let counted = |measure: NameIndex| counts.get(measure.0 as usize).copied().unwrap_or(0);
    order.into_iter().map(|measure| (measure, counted(measure))).collect()
}

/// Sorts figures of one measure, which are in the order of time, as
/// [`sort`](crate::view::figures::sort) does their rows.
pub fn sort(timeline: &Timeline, figures: &mut [FigureAt], column: Column, descending: bool) {
    let keys = match column {
        Column::Measure => return,
        Column::When if !descending => return,
        _ => keys(timeline, figures, column),
    };
    let sorted = |(key, figure): (Key, &FigureAt)| {
        let place = (figure.entry, figure.number as usize);
        (Sorted { key, descending, place }, *figure)
    };
    let mut all: Vec<(Sorted, FigureAt)> = keys.into_iter().zip(&*figures).map(sorted).collect();
    all.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    for (place, (_, figure)) in figures.iter_mut().zip(all) {
        *place = figure;
    }
}

fn keys(timeline: &Timeline, figures: &[FigureAt], column: Column) -> Vec<Key> {
    let claim = |figure: &FigureAt| figure.claim(timeline);
    let words = |figure: &FigureAt, column: Column| {
        let piece = claim(figure).map(|claim| match column {
            Column::Of => claim.of,
            Column::Place => claim.place,
            _ => claim.period,
        });
        timeline.words(figure.entry, piece.unwrap_or_default())
    };
    let each = |key: &mut dyn FnMut(&FigureAt) -> Key| figures.iter().map(key).collect();
    match column {
        Column::Claimed | Column::Measure => {
            each(&mut |figure| claim(figure).map_or(Key::Missing, |claim| exact(claim.bound)))
        }
        Column::When => each(&mut |figure| Key::Order(timeline.date(figure.entry).order())),
        Column::Period => {
            let mut known = Known::new(|period: When| period.order());
            each(&mut |figure| known.of(words(figure, column)).map_or(Key::Missing, Key::Order))
        }
        Column::Rate => {
            let mut known = Known::new(|period: When| Length::of_dates(&period).ok());
            each(&mut |figure| {
                let Some(claim) = claim(figure) else { return Key::Missing };
                let length = match timeline.words(figure.entry, claim.lasting).parse() {
                    Ok(lasting) => Some(Length::lasting(lasting)),
                    Err(_) => known.of(words(figure, Column::Period)).flatten(),
                };
                rate(length.map(|length| Span::of(claim.bound).over(length)))
            })
        }
        Column::Of | Column::Place => ranks(figures, |figure| words(figure, column).into()),
        Column::Who => ranks(figures, |figure| {
            let speaker = timeline.speaker_of(figure.entry);
            speaker.map_or("", |at| timeline.speaker(at).short_name()).into()
        }),
        Column::Source => {
            ranks(figures, |figure| sources(timeline, timeline.sources_of(figure.entry)).into())
        }
    }
}

/// What follows from a date, worked out once for each that is written alike.
struct Known<'t, T, F> {
    known: HashMap<&'t str, Option<T>>,
    work: F,
}

impl<'t, T: Copy, F: Fn(When) -> T> Known<'t, T, F> {
    fn new(work: F) -> Self {
        Known { known: HashMap::new(), work }
    }

    /// Nothing where no date is written.
    fn of(&mut self, text: &'t str) -> Option<T> {
        let work = &self.work;
        *self.known.entry(text).or_insert_with(|| {
            let date = Some(text).filter(|text| !text.is_empty());
            date.and_then(|text| When::parse(text).ok()).map(work)
        })
    }
}

/// Texts as numbers that are in the same order, letter case aside.
fn ranks<'t>(figures: &[FigureAt], text: impl Fn(&FigureAt) -> Cow<'t, str>) -> Vec<Key> {
    let mut numbers: HashMap<Cow<'t, str>, usize> = HashMap::new();
    let of: Vec<usize> = figures
        .iter()
        .map(|figure| {
            let next = numbers.len();
            *numbers.entry(text(figure)).or_insert(next)
        })
        .collect();
    let mut lower: Vec<(String, usize)> =
        numbers.into_iter().map(|(text, number)| (text.to_lowercase(), number)).collect();
    lower.sort_unstable();
    let mut ranks = vec![Key::Missing; lower.len()];
    let mut rank = 0.0;
    let mut before: Option<&str> = None;
    for (text, number) in &lower {
        rank += if before == Some(text) { 0.0 } else { 1.0 };
        before = Some(text);
        if let Some(key) = ranks.get_mut(*number).filter(|_| !text.is_empty()) {
            *key = Key::Number(rank, 0, 0.0);
        }
    }
    of.into_iter().map(|number| ranks.get(number).cloned().unwrap_or(Key::Missing)).collect()
}

/// [`Chart::new`] of figures of one measure.
pub fn chart(
    timeline: &Timeline,
    figures: &[FigureAt],
    columns: usize,
    height: usize,
) -> Option<Chart> {
    let placed = || {
        let mut known = Known::new(|period: When| Extent::of(&period));
        let numbered = figures.iter().enumerate();
        numbered.filter_map(move |(row, figure)| place(timeline, row, *figure, &mut known))
    };
    Chart::of(placed, columns, height)
}

/// A figure, which is of this row of a chart, with its place in time.
pub fn placed(timeline: &Timeline, row: usize, figure: FigureAt) -> Option<Placed> {
    place(timeline, row, figure, &mut Known::new(|period: When| Extent::of(&period)))
}

fn place<'t>(
    timeline: &'t Timeline,
    row: usize,
    figure: FigureAt,
    known: &mut Known<'t, Option<Extent>, impl Fn(When) -> Option<Extent>>,
) -> Option<Placed> {
    let claim = figure.claim(timeline)?;
    let period = known.of(timeline.words(figure.entry, claim.period)).flatten();
    let extent = period.or_else(|| Extent::of_entry(timeline, figure.entry))?;
    Some(Placed { row, bound: claim.bound, extent, by_entry: period.is_none() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Entry, Figure, TimelineBuilder};
    use crate::view::figures::tests::{bakhmut, figure, over, statement};
    use crate::view::figures::{self, rows};

    fn check(timeline: &Timeline, shown: &[EntryIndex]) {
        let all = gather(timeline, shown);
        let whole = rows(timeline, shown);
        let names = |figures: &[FigureAt]| figures.iter().map(|it| it.name()).collect::<Vec<_>>();
        let of = |rows: &[FigureRow]| {
            let name = |row: &FigureRow| FigureRef { entry: row.entry, number: row.number };
            rows.iter().map(name).collect::<Vec<_>>()
        };
        assert_eq!(names(&all), of(&whole));
        let counted: Vec<(String, usize)> = measures(timeline, &all)
            .into_iter()
            .map(|(measure, count)| (timeline.measures().name(measure).to_owned(), count))
            .collect();
        assert_eq!(counted, figures::measures(&whole));
        for (measure, _) in measures(timeline, &all) {
            let name = timeline.measures().name(measure);
            for column in Column::ALL {
                for descending in [false, true] {
                    let mut own = all.clone();
                    own.retain(|figure| figure.measure(timeline) == Some(measure));
                    sort(timeline, &mut own, column, descending);
                    let mut rows = whole.clone();
                    rows.retain(|row| row.figure.measure == name);
                    figures::sort(&mut rows, column, descending);
                    assert_eq!(names(&own), of(&rows), "{column:?} {descending}");
                    let chart = chart(timeline, &own, 60, 12);
                    assert_eq!(chart, Chart::new(&rows, 60, 12), "{column:?} {descending}");
                    for (figure, row) in own.iter().zip(&rows) {
                        assert_eq!(figure.row(timeline).as_ref(), Some(row));
                        assert_eq!(figure.claimed(timeline), row.claimed());
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_at_hand_is_in_the_order_of_the_rows() {
        let timeline = bakhmut();
        let all: Vec<EntryIndex> = timeline.indexes().collect();
        check(&timeline, &all);
        check(&timeline, &all[1..3]);
        check(&timeline, &[]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_figures_are_in_the_order_of_their_rows(
            entries in proptest::collection::vec(
                (0usize..5, proptest::collection::vec((0u8..4, 0usize..5, 0usize..5, 0usize..5), 0..3)),
                0..12,
            ),
        ) {
            let dates = ["2022-11", "2022-11~", "2022-12/2023-02", "XXXX", "2022-11-05"];
            let periods = ["", "2022-02/2022-10", "2022-12/..", "2022", "2022-02~/2022-10"];
            let words = ["", "Wagner", "wagner", "Éire", "all"];
            let mut builder = TimelineBuilder::new();
            for (number, (date, claims)) in entries.iter().enumerate() {
                let figures = claims.iter().map(|(value, period, of, place)| {
                    let measure = if *value > 2 { "deaths" } else { "casualties" };
                    let bound = over(f64::from(*value));
                    let lasting = (*value == 1).then(|| "P8M".parse().unwrap());
                    let figure = figure(bound, measure, words[*of], words[*place], periods[*period]);
                    Figure { lasting, ..figure }
                });
                let figures = figures.collect();
                let entry = statement(&format!("e{number}"), dates[*date], "x");
                builder.entry(Entry { figures, ..entry }, 1);
            }
            let timeline = builder.build();
            check(&timeline, &timeline.indexes().collect::<Vec<_>>());
        }
    }
}
