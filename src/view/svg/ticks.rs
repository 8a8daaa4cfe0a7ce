//! The scale of time in a picture: exact to the day, with a label where a unit begins.

use crate::when::{Day, civil, day_number, month_short, year};

/// Days from left to right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    first: Day,
    last: Day,
    left: f64,
    right: f64,
}

/// Where a unit begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick {
    /// The place.
    pub x: f64,
    /// The unit's name.
    pub label: String,
    /// The larger unit that begins here, or goes on here at the left edge.
    pub above: String,
}

/// What a tick stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Days of the month: every one, or the 1st, 8th, 15th and 22nd.
    Days(u8),
    Months(i64),
    Years(i64),
}

impl Scale {
    /// From the first day to the end of the last, with a little room on either side.
    pub(super) fn new((first, last): (Day, Day), left: f64, right: f64) -> Scale {
        let room = (last.saturating_sub(first) / 40).max(1);
        Scale { first: first.saturating_sub(room), last: last.saturating_add(room), left, right }
    }

    /// Where a day begins, within the scale.
    pub(super) fn x(&self, day: Day) -> f64 {
        let day = i128::from(day.clamp(self.first, self.last.saturating_add(1)));
        let length = i128::from(self.last) - i128::from(self.first) + 1;
        let share = (day - i128::from(self.first)) as f64 / length as f64;
        self.left + share * (self.right - self.left)
    }

    /// Where the middle of a day lies.
    pub(super) fn middle(&self, day: Day) -> f64 {
        f64::midpoint(self.x(day), self.x(day.saturating_add(1)))
    }

    /// The ticks of the finest step whose labels have room.
    pub(super) fn ticks(&self) -> Vec<Tick> {
        let step = self.step();
        let mut ticks: Vec<Tick> = Vec::new();
        for day in self.begins(step) {
            let at = civil(day);
            let above = match step {
                Step::Days(_) if ticks.is_empty() || at.day == 1 => {
                    format!("{} {}", month_short(at.month), year(at.year))
                }
                Step::Months(_) if ticks.is_empty() || at.month == 1 => year(at.year),
                _ => String::new(),
            };
            let label = match step {
                Step::Days(_) => at.day.to_string(),
                Step::Months(_) => month_short(at.month).to_owned(),
                Step::Years(_) => year(at.year),
            };
            ticks.push(Tick { x: self.x(day), label, above });
        }
        // A name at the edge gives way to one that begins right behind it.
        if let [first, second, ..] = ticks.as_mut_slice()
            && !second.above.is_empty()
        {
            first.above.clear();
        }
        ticks
    }

    fn step(&self) -> Step {
        let days = (i128::from(self.last) - i128::from(self.first) + 1) as f64;
        let room = |days_a_step: f64| days_a_step / days * (self.right - self.left);
        for (step, days, least) in [
            (Step::Days(1), 1.0, 22.0),
            (Step::Days(7), 7.0, 26.0),
            (Step::Months(1), 30.4, 32.0),
            (Step::Months(3), 91.3, 36.0),
        ] {
            if room(days) >= least {
                return step;
            }
        }
        let steps = (0..18).flat_map(|power| [1, 2, 5].map(|factor| 10i64.pow(power) * factor));
        let label = |day| super::extent(&year(civil(day).year));
        let least = label(self.first).max(label(self.last)) + 16.0;
        let years = steps.into_iter().find(|years| room(*years as f64 * 365.2425) >= least);
        Step::Years(years.unwrap_or(i64::MAX))
    }

    /// The days in the scale at which a step begins; no more than there are labels.
    fn begins(&self, step: Step) -> Vec<Day> {
        let (first, last) = (civil(self.first), civil(self.last));
        let inside = |day: &Day| (self.first..=self.last).contains(day);
        let months = |every: i64| {
            let month = |at: crate::when::Civil| at.year * 12 + i64::from(at.month) - 1;
            (month(first)..=month(last)).filter(move |month| month % every == 0).filter_map(|at| {
                day_number(at.div_euclid(12), u8::try_from(at.rem_euclid(12)).ok()? + 1, 1)
            })
        };
        match step {
            Step::Days(1) => (self.first..=self.last).collect(),
            Step::Days(_) => (self.first..=self.last)
                .filter(|day| matches!(civil(*day).day, 1 | 8 | 15 | 22))
                .collect(),
            Step::Months(every) => months(every).filter(inside).collect(),
            Step::Years(every) => (first.year.div_euclid(every)..=last.year.div_euclid(every))
                .filter_map(|at| {
                    // Before year 1 one counts back from it: 200 BCE, 100 BCE, 1, 100.
                    let number = at.saturating_mul(every);
                    let number = if number > 0 { number } else { number.saturating_add(1) };
                    day_number(number, 1, 1)
                })
                .filter(inside)
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::when::When;

    fn ticks(from: &str, to: &str) -> Vec<String> {
        let day = |text: &str| When::parse(text).unwrap().earliest().day().unwrap();
        Scale::new((day(from), day(to)), 0.0, 900.0)
            .ticks()
            .iter()
            .map(|tick| format!("{} {}", tick.above, tick.label).trim().to_owned())
            .collect()
    }

    #[test]
    fn labels_fit_the_span() {
        for (from, to, expected) in [
            ("2023-05-01", "2023-05-01", "30|May 2023 1|2"),
            ("2022-11-01", "2023-02-01", "8|15"),
            ("2022-08-01", "2023-05-02", "2022 Aug|Sep"),
            ("1914-06-28", "1945-05-08", "1914|1916|1918"),
            ("-0044-03-15", "2023-05-01", "1|200|2000"),
        ] {
            let found = ticks(from, to);
            assert!(found.len() <= 45 && found.len() >= 3, "{from} to {to}: {found:?}");
            for label in expected.split('|') {
                assert!(
                    found.iter().any(|tick| tick == label),
                    "{label} is not in {from} to {to}: {found:?}"
                );
            }
        }
    }

    #[test]
    fn days_lie_in_order_within_the_scale() {
        let scale = Scale::new((0, 99), 100.0, 200.0);
        assert!(scale.x(Day::MIN) == 100.0 && scale.x(Day::MAX) == 200.0);
        assert!(scale.x(0) < scale.middle(0) && scale.middle(0) < scale.x(1));
        let widest = Scale::new((Day::MIN, Day::MAX), 0.0, 1.0);
        assert!(widest.x(0) > 0.4 && widest.x(0) < 0.6);
    }
}
