//! The ruler over a window on time: two rows of labels, the larger unit above the smaller.
//!
//! ```text
//! 2022                          2023
//! Aug   Sep   Oct   Nov   Dec   Jan   Feb   Mar   Apr   May
//! ```
//!
//! The smaller unit is the finest whose labels have room: days, weeks (the Monday's day of the
//! month), months, quarters, years, and 2, 5, 10, … years. Above days and weeks stands the month,
//! above months and quarters the year. A larger unit that began before the window, or within a
//! break, stands at the edge, so that no label is ever without its context. Labels never overlap,
//! and none lies on a break. Work grows with the columns only.

use crate::text::width;
use crate::view::axis::{Axis, Stretch};
use crate::when::year;
use crate::when::{Day, civil, month_short};

/// Words at a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The column of its first character.
    pub column: usize,
    /// The text.
    pub text: String,
}

/// The ruler over a window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ruler {
    /// The larger unit; empty where the smaller one says all.
    pub major: Vec<Label>,
    /// The smaller unit.
    pub minor: Vec<Label>,
    /// The columns in which a smaller unit begins, labelled or not.
    pub ticks: Vec<usize>,
    /// The columns that stand for a long time without entries.
    pub breaks: Vec<usize>,
    /// Today's column, when in sight.
    pub today: Option<usize>,
}

impl Ruler {
    /// The ruler over a window. `today` is whatever day it is.
    pub fn new(axis: &Axis, today: Option<Day>) -> Self {
        let columns: Vec<Stretch> = std::iter::once(-1)
            .chain(0..isize::try_from(axis.columns()).unwrap_or(isize::MAX))
            .map(|column| axis.stretch(column))
            .collect();
        let folded = |column: &usize| columns.get(column + 1).is_some_and(|at| at.folded);
        let breaks: Vec<usize> = (0..axis.columns()).filter(folded).collect();
        let unit = Unit::with_room(axis);
        let room = Room { columns: axis.columns(), breaks: &breaks };
        let minor = unit.begins(&columns);
        Ruler {
            ticks: minor.iter().map(|(column, _)| *column).collect(),
            minor: room.place(minor, &[]),
            major: unit.above().map_or_else(Vec::new, |unit| {
                room.place(unit.begins(&columns), &unit.carried(&columns))
            }),
            today: today.and_then(|today| axis.column(today)).filter(|column| !folded(column)),
            breaks,
        }
    }

    /// A row of labels as text, `columns` wide.
    pub fn line(labels: &[Label], columns: usize) -> String {
        let mut line = String::new();
        let mut used = 0;
        for label in labels {
            line.extend(std::iter::repeat_n(' ', label.column.saturating_sub(used)));
            line.push_str(&label.text);
            used = used.max(label.column) + width(&label.text);
        }
        line.extend(std::iter::repeat_n(' ', columns.saturating_sub(used)));
        line
    }
}

/// Where labels may stand.
struct Room<'a> {
    columns: usize,
    breaks: &'a [usize],
}

impl Room<'_> {
    /// Those that have room, from left to right. A label carried over from before gives way to
    /// one that begins where it stands.
    fn place(&self, begin: Vec<(usize, String)>, carried: &[(usize, String)]) -> Vec<Label> {
        let mut labels: Vec<Label> = Vec::new();
        let mut free = 0;
        for (column, text) in begin {
            if column >= free && self.fits(column, width(&text)) {
                free = column + width(&text) + 1;
                labels.push(Label { column, text });
            }
        }
        for (column, text) in carried {
            let end = column + width(text);
            let next = labels.partition_point(|label| label.column < *column);
            let after = next.checked_sub(1).and_then(|at| labels.get(at));
            let clear = after.is_none_or(|label| label.column + width(&label.text) < *column)
                && labels.get(next).is_none_or(|label| end < label.column);
            if clear && self.fits(*column, width(text)) {
                labels.insert(next, Label { column: *column, text: text.clone() });
            }
        }
        labels
    }

    fn fits(&self, column: usize, width: usize) -> bool {
        let next = self.breaks.partition_point(|at| *at < column);
        column + width <= self.breaks.get(next).copied().unwrap_or(self.columns)
    }
}

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Day,
    /// From Monday.
    Week,
    /// With its year.
    MonthOfYear,
    Month,
    Quarter,
    /// So many years; those before year 1 count back from it: 200 BCE, 100 BCE, 1, 100.
    Years(i64),
}

impl Unit {
    /// The finest whose labels have room, with enough space between that each is read by itself:
    /// numbers need more than names.
    fn with_room(axis: &Axis) -> Unit {
        let columns = |days: f64| days / axis.days_a_column();
        // The shortest day, week, month and quarter, and the width of their labels with the space.
        for (unit, days, label) in [
            (Unit::Day, 1.0, 2.0 + 2.0),
            (Unit::Week, 7.0, 2.0 + 3.0),
            (Unit::Month, 28.0, 3.0 + 1.0),
            (Unit::Quarter, 90.0, 2.0 + 1.0),
        ] {
            if columns(days) >= label {
                return unit;
            }
        }
        let (first, last) = axis.days().unwrap_or_default();
        let mut unit = Unit::Years(1);
        for power in 0..18 {
            for factor in [1, 2, 5] {
                unit = Unit::Years(10i64.pow(power) * factor);
                let widest = [first, last].map(|day| width(&unit.label(unit.number(day))));
                let widest = widest.into_iter().max().unwrap_or(0) as f64;
                if columns(unit.days()) >= widest + 2.0 {
                    return unit;
                }
            }
        }
        unit
    }

    /// The length of the shortest one of some years.
    fn days(self) -> f64 {
        match self {
            Unit::Years(years) => years as f64 * 365.0,
            _ => 1.0,
        }
    }

    /// The unit that gives this one its context.
    fn above(self) -> Option<Unit> {
        match self {
            Unit::Day | Unit::Week => Some(Unit::MonthOfYear),
            Unit::Month | Unit::Quarter => Some(Unit::Years(1)),
            Unit::MonthOfYear | Unit::Years(_) => None,
        }
    }

    /// The number of the one in which a day lies.
    fn number(self, day: Day) -> i64 {
        let date = civil(day);
        let month = date.year.saturating_mul(12).saturating_add(i64::from(date.month) - 1);
        match self {
            Unit::Day => day,
            // 1970-01-01 was a Thursday.
            Unit::Week => day.saturating_add(3).div_euclid(7),
            Unit::MonthOfYear | Unit::Month => month,
            Unit::Quarter => month.div_euclid(3),
            Unit::Years(years) if date.year > 0 => date.year / years,
            Unit::Years(years) => date.year.saturating_sub(years) / years,
        }
    }

    fn label(self, number: i64) -> String {
        let month =
            |number: i64| u8::try_from(number.rem_euclid(12)).map_or("", |at| month_short(at + 1));
        match self {
            Unit::Day => civil(number).day.to_string(),
            Unit::Week => civil(number.saturating_mul(7).saturating_sub(3)).day.to_string(),
            Unit::MonthOfYear => format!("{} {}", month(number), year(number.div_euclid(12))),
            Unit::Month => month(number).to_owned(),
            Unit::Quarter => format!("Q{}", number.rem_euclid(4) + 1),
            Unit::Years(years) => match number.saturating_mul(years) {
                0 => short_year(1),
                first if first > 0 => short_year(first),
                first => short_year(first.saturating_add(1)),
            },
        }
    }

    /// The columns in which one begins, with its label. The first of `columns` is the one before
    /// the window.
    fn begins(self, columns: &[Stretch]) -> Vec<(usize, String)> {
        let numbers: Vec<i64> = columns.iter().map(|column| self.number(column.last)).collect();
        let pairs = numbers.windows(2).zip(columns.iter().skip(1)).enumerate();
        pairs
            .filter_map(|(column, (pair, stretch))| match pair {
                [before, here] if before != here && !stretch.folded => {
                    Some((column, self.label(*here)))
                }
                _ => None,
            })
            .collect()
    }

    /// The columns at the left edge and behind breaks, with the label of what goes on there.
    fn carried(self, columns: &[Stretch]) -> Vec<(usize, String)> {
        let pairs = columns.windows(2).enumerate();
        pairs
            .filter_map(|(column, pair)| match pair {
                [before, here] if (column == 0 || before.folded) && !here.folded => {
                    Some((column, self.label(self.number(here.last))))
                }
                _ => None,
            })
            .collect()
    }
}

/// A year in few characters: `1984`, `44 BCE`, `66M BCE`, `4.6bn BCE`.
fn short_year(number: i64) -> String {
    const MILLION: i64 = 1_000_000;
    let (count, era) =
        if number > 0 { (number, "") } else { (1i64.saturating_sub(number), " BCE") };
    let (unit, name) = match count {
        ..MILLION => return year(number),
        MILLION..1_000_000_000 => (MILLION, "M"),
        _ => (1000 * MILLION, "bn"),
    };
    let tenths = count % unit;
    if tenths == 0 {
        format!("{}{name}{era}", count / unit)
    } else if tenths % (unit / 10) == 0 {
        format!("{}.{}{name}{era}", count / unit, tenths / (unit / 10))
    } else {
        year(number)
    }
}

#[cfg(test)]
mod tests;
