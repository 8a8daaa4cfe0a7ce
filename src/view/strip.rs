//! The density strip: the whole span of time as a small bar chart.
//!
//! Entries are counted once into fine bins; a strip of any width adds bins up, so that drawing
//! does not grow with the number of entries.

use std::sync::Arc;

use crate::model::{EntryIndex, Timeline};
use crate::when::year;
use crate::when::{Day, civil, day_number, month_short};

/// How many bins a timeline's span is counted into.
const BINS: usize = 2048;

/// Where the entries of a timeline, and those on show, lie in time.
#[derive(Clone, Debug, Default)]
pub struct Density {
    /// First and last day of all dated entries.
    pub span: Option<(Day, Day)>,
    all: Arc<[f32]>,
    lit: Arc<[f32]>,
}

/// One column of the strip.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Column {
    /// Height of the bar for all entries, 0 to 1 of the highest.
    pub all: f32,
    /// Height of the bar for those on show, on the same scale.
    pub lit: f32,
}

impl Density {
    /// Counts all entries of the timeline, and those in `shown`.
    pub fn new(timeline: &Timeline, shown: &[EntryIndex]) -> Self {
        let span = timeline.indexes().filter_map(|entry| days(timeline, entry)).fold(
            None,
            |span: Option<(Day, Day)>, (first, last)| match span {
                Some((low, high)) => Some((low.min(first), high.max(last))),
                None => Some((first, last)),
            },
        );
        let Some(span) = span else { return Density::default() };
        let all: Arc<[f32]> =
            Bins::new(span).count(timeline.indexes().filter_map(|entry| days(timeline, entry)));
        let density = Density { span: Some(span), lit: Arc::clone(&all), all };
        if shown.len() == timeline.len() { density } else { density.narrowed(timeline, shown) }
    }

    /// The same for other entries of the same timeline, without counting all of them again.
    pub fn narrowed(&self, timeline: &Timeline, shown: &[EntryIndex]) -> Self {
        let Some(span) = self.span else { return self.clone() };
        let days = shown.iter().filter_map(|entry| days(timeline, *entry));
        Density { lit: Bins::new(span).count(days), ..self.clone() }
    }

    /// The strip in so many columns. Any column with an entry in it has a bar.
    pub fn columns(&self, columns: usize) -> Vec<Column> {
        if columns == 0 || self.all.is_empty() {
            return vec![Column::default(); columns];
        }
        let sum = |bins: &[f32], at: usize| -> f32 {
            let from = at * BINS / columns;
            let to = ((at + 1) * BINS / columns).max(from + 1);
            bins.get(from..to.min(BINS)).unwrap_or_default().iter().sum()
        };
        let all: Vec<f32> = (0..columns).map(|at| sum(&self.all, at)).collect();
        let highest = all.iter().copied().fold(0.0f32, f32::max);
        if highest <= 0.0 {
            return vec![Column::default(); columns];
        }
        (0..columns)
            .zip(all)
            .map(|(at, all)| Column { all: all / highest, lit: sum(&self.lit, at) / highest })
            .collect()
    }

    /// The column, of so many, in which a day lies.
    pub fn column_of(&self, day: Day, columns: usize) -> Option<usize> {
        let (first, last) = self.span?;
        place(first, last, day, columns)
    }

    /// The first day of a column, of so many.
    pub fn day_of(&self, column: usize, columns: usize) -> Option<Day> {
        let (first, last) = self.span?;
        let length = i128::from(last) - i128::from(first) + 1;
        let offset = length * column as i128 / columns.max(1) as i128;
        Day::try_from(i128::from(first) + offset).ok()
    }

    /// The first day after the next stretch without entries on show, or the day from which the
    /// stretch of entries before the last such silence began. A silence is a hundredth of the
    /// span or longer.
    pub fn beyond_silence(&self, day: Day, forwards: bool) -> Option<Day> {
        let (first, last) = self.span?;
        let here = place(first, last, day, BINS)?;
        let silence = BINS / 100;
        let lit = |bin: usize| self.lit.get(bin).is_some_and(|count| *count > 0.0);
        if forwards {
            let mut quiet = 0;
            for bin in here + 1..BINS {
                if !lit(bin) {
                    quiet += 1;
                } else if quiet >= silence {
                    return self.day_of(bin, BINS);
                } else {
                    quiet = 0;
                }
            }
            return None;
        }
        // Back to the beginning of this stretch; from there, to that of the one before.
        let begins = |from: usize| {
            let (mut at, mut quiet) = (from, 0);
            for bin in (0..from).rev() {
                if lit(bin) {
                    (at, quiet) = (bin, 0);
                } else {
                    quiet += 1;
                    if quiet >= silence {
                        break;
                    }
                }
            }
            at
        };
        let own = begins(here);
        if own < here {
            return self.day_of(own, BINS);
        }
        let before = (0..own).rev().find(|bin| lit(*bin))?;
        self.day_of(begins(before), BINS)
    }

    /// The axis under the strip: labels with the column at which each stands, as close as they
    /// fit with two spaces between.
    pub fn axis(&self, columns: usize) -> Vec<(usize, String)> {
        let Some((first, last)) = self.span else { return Vec::new() };
        for step in Step::ALL {
            let labels = self.labels(step, first, last, columns);
            let fits = labels
                .windows(2)
                .all(|pair| matches!(pair, [a, b] if a.0 + a.1.chars().count() + 1 < b.0));
            if labels.len() <= columns && fits && !labels.is_empty() {
                return labels
                    .into_iter()
                    .filter(|(at, text)| at + text.chars().count() <= columns)
                    .collect();
            }
        }
        Vec::new()
    }

    fn labels(&self, step: Step, first: Day, last: Day, columns: usize) -> Vec<(usize, String)> {
        let mut labels = Vec::new();
        let mut at = step.start(first);
        while let Some((day, text)) = at.and_then(|at| step.label(at)) {
            if day > last || labels.len() > columns {
                break;
            }
            if let Some(column) = self.column_of(day, columns) {
                labels.push((column, text));
            }
            at = at.and_then(|at| step.next(at));
        }
        labels
    }
}

/// The distance between two labels of the axis.
#[derive(Clone, Copy, Debug)]
enum Step {
    Days(i64),
    Months(i64),
    Years(i64),
}

impl Step {
    const ALL: [Step; 18] = [
        Step::Days(1),
        Step::Days(7),
        Step::Months(1),
        Step::Months(2),
        Step::Months(3),
        Step::Months(6),
        Step::Years(1),
        Step::Years(2),
        Step::Years(5),
        Step::Years(10),
        Step::Years(20),
        Step::Years(50),
        Step::Years(100),
        Step::Years(500),
        Step::Years(1000),
        Step::Years(10_000),
        Step::Years(1_000_000),
        Step::Years(100_000_000),
    ];

    /// The first tick on or before a day: a day number, a month number or a year.
    fn start(self, first: Day) -> Option<i64> {
        let at = civil(first);
        match self {
            Step::Days(_) => Some(first),
            Step::Months(step) => {
                let month = at.year.checked_mul(12)?.checked_add(i64::from(at.month) - 1)?;
                month.checked_sub(month.rem_euclid(step))
            }
            Step::Years(step) => at.year.checked_sub(at.year.rem_euclid(step)),
        }
    }

    fn next(self, at: i64) -> Option<i64> {
        let (Step::Days(step) | Step::Months(step) | Step::Years(step)) = self;
        at.checked_add(step)
    }

    fn label(self, at: i64) -> Option<(Day, String)> {
        match self {
            Step::Days(_) => {
                let date = civil(at);
                Some((at, format!("{} {}", month_short(date.month), date.day)))
            }
            Step::Months(_) => {
                let month = u8::try_from(at.rem_euclid(12)).ok()? + 1;
                let day = day_number(at.div_euclid(12), month, 1)?;
                let text = if month == 1 {
                    year(at.div_euclid(12))
                } else {
                    month_short(month).to_owned()
                };
                Some((day, text))
            }
            Step::Years(_) => Some((day_number(at, 1, 1)?, year(at))),
        }
    }
}

/// The days that an entry is counted over: for an interval those on which it may have begun.
fn days(timeline: &Timeline, entry: EntryIndex) -> Option<(Day, Day)> {
    if timeline.is_undated(entry) {
        return None;
    }
    if let Some(start) = timeline.sides_of(entry).and_then(|sides| sides.start) {
        return Some(start);
    }
    match (timeline.earliest(entry).day(), timeline.latest(entry).day()) {
        (Some(first), Some(last)) => Some((first, last)),
        (Some(only), None) | (None, Some(only)) => Some((only, only)),
        (None, None) => None,
    }
}

/// The bins of a span, by the first day of each.
struct Bins {
    /// One more than there are bins: the last is the day after the span.
    firsts: Vec<Day>,
}

impl Bins {
    fn new((first, last): (Day, Day)) -> Self {
        let length = i128::from(last) - i128::from(first) + 1;
        let day = |bin: usize| {
            let bins = BINS as i128;
            let offset = (length * bin as i128 + bins - 1).div_euclid(bins);
            Day::try_from(i128::from(first) + offset).unwrap_or(Day::MAX)
        };
        Bins { firsts: (0..=BINS).map(day).collect() }
    }

    /// The bin of a day, or the nearest of one outside the span; `near` is a bin that it may well
    /// be in.
    fn of(&self, day: Day, near: usize) -> usize {
        if let Some([first, next]) = self.firsts.get(near..near + 2)
            && (*first..*next).contains(&day)
        {
            return near;
        }
        self.firsts.partition_point(|first| *first <= day).saturating_sub(1).min(BINS - 1)
    }

    /// The share of the bins that each date fills: one over as many as it covers.
    fn count(&self, days: impl Iterator<Item = (Day, Day)>) -> Arc<[f32]> {
        let mut steps = vec![0.0f64; BINS + 1];
        // Dates come in order, so that the next is mostly in the same bin.
        let mut from = 0;
        for (first, last) in days {
            from = self.of(first, from);
            let to = self.of(last, from).max(from);
            let share = 1.0 / (to - from + 1) as f64;
            if let Some(step) = steps.get_mut(from) {
                *step += share;
            }
            if let Some(step) = steps.get_mut(to + 1) {
                *step -= share;
            }
        }
        let mut level = 0.0f64;
        steps
            .iter()
            .take(BINS)
            .map(|step| {
                level += step;
                // Sums of shares leave dust behind that is not an entry.
                if level < 1e-6 { 0.0 } else { level as f32 }
            })
            .collect()
    }
}

/// The part, of so many equal ones, of a span in which a day lies; the nearest for a day outside.
fn place(first: Day, last: Day, day: Day, parts: usize) -> Option<usize> {
    let length = i128::from(last) - i128::from(first) + 1;
    let offset = (i128::from(day) - i128::from(first)).clamp(0, length - 1);
    usize::try_from(offset * parts as i128 / length).ok().filter(|at| *at < parts)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_day_is_in_the_bin_that_division_gives(
            first in prop_oneof![-800_000i64..800_000, Just(Day::MIN), Just(Day::MIN + 9)],
            length in prop_oneof![0i64..5000, 0i64..3_000_000, Just(Day::MAX)],
            at in 0.0f64..1.0,
            near in 0..BINS,
        ) {
            let last = first.saturating_add(length);
            let offset = ((i128::from(last) - i128::from(first)) as f64 * at) as i128;
            let day = Day::try_from(i128::from(first) + offset).unwrap_or(last).min(last);
            let expected = place(first, last, day, BINS).unwrap();
            prop_assert_eq!(Bins::new((first, last)).of(day, near), expected);
        }
    }
}
