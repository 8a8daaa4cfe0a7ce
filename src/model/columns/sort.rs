//! The order of time: see [`Order`].

use std::collections::BTreeMap;

use crate::model::columns::{CROSSED, Columns};
use crate::model::sparse::Sparse;
use crate::when::{Day, Edge, Moment, Order};

impl Columns {
    /// Brings the entries into the order of time; those of one place in it keep theirs.
    pub(in crate::model) fn sort(&mut self) {
        let moments = std::mem::take(&mut self.moments);
        let timed = Timed::of(self, &moments);
        if timed.orders().is_sorted() {
            let crossed = timed.crossed(|place| place);
            self.cross(&crossed);
            return;
        }
        // Numbers alone: with their places beside them they would take as much room as all else.
        let mut from: Vec<u32> = (0u32..).take(self.len()).collect();
        match timed.orders().map(Order::short).collect::<Option<Vec<u64>>>() {
            Some(orders) => from.sort_by_key(|row| orders.get(*row as usize)),
            None => {
                let orders: Vec<Order> = timed.orders().collect();
                from.sort_by_key(|row| orders.get(*row as usize));
            }
        }
        let row = |place: usize| from.get(place).map_or(place, |row| *row as usize);
        let crossed = timed.crossed(row);
        self.cross(&crossed);
        self.keep(&from);
    }

    fn cross(&mut self, rows: &[usize]) {
        for row in rows {
            if let Some(flags) = self.flags.get_mut(*row) {
                *flags |= CROSSED;
            }
        }
    }

    /// The day at which an entry stands by what is written.
    fn written(&self, row: usize) -> Option<Day> {
        match self.earliest(row) {
            Edge::Day(day) => Some(day),
            Edge::Unknown => self.latest(row).day(),
            Edge::Open => None,
        }
    }
}

/// Entries that are not sorted yet, with what their times make of their order.
struct Timed<'a> {
    columns: &'a Columns,
    moments: &'a Sparse<Moment>,
    /// The first time of each day that has one before the day itself begins in UTC.
    early: BTreeMap<Day, Order>,
}

impl<'a> Timed<'a> {
    fn of(columns: &'a Columns, moments: &'a Sparse<Moment>) -> Timed<'a> {
        let mut early: BTreeMap<Day, Order> = BTreeMap::new();
        for (row, moment) in moments.iter().filter(|(_, moment)| moment.is_of_the_day_before()) {
            let Some(day) = columns.written(row as usize) else { continue };
            let order = order(columns, row as usize, Some(moment));
            early.entry(day).and_modify(|first| *first = order.min(*first)).or_insert(order);
        }
        Timed { columns, moments, early }
    }

    /// The place in time of each row.
    fn orders(&self) -> impl Iterator<Item = Order> {
        let mut moments = self.moments.iter().peekable();
        (0u32..).zip(0..self.columns.len()).map(move |(row, at)| {
            let moment = moments.next_if(|own| own.0 == row).map(|(_, moment)| moment);
            let order = order(self.columns, at, moment);
            if moment.is_some() || self.early.is_empty() {
                return order;
            }
            let first = self.columns.written(at).and_then(|day| self.early.get(&day));
            first.map_or(order, |first| order.right_before(*first))
        })
    }

    /// The rows with a time that stand before an entry of an earlier written day, or after one of
    /// a later. `row` gives the row that stands at a place.
    fn crossed(&self, row: impl Fn(usize) -> usize) -> Vec<usize> {
        let mut crossed = Vec::new();
        if !self.moments.iter().any(|(_, moment)| moment.is_of_another_day()) {
            return crossed;
        }
        let rows = || (0..self.columns.len()).map(&row);
        let mut reach = Day::MIN;
        for (row, day) in rows().filter_map(|row| Some((row, self.columns.written(row)?))) {
            crossed.extend((day < reach).then_some(row));
            reach = reach.max(day);
        }
        let mut reach = Day::MAX;
        for (row, day) in rows().rev().filter_map(|row| Some((row, self.columns.written(row)?))) {
            crossed.extend((day > reach).then_some(row));
            reach = reach.min(day);
        }
        crossed.retain(|row| u32::try_from(*row).is_ok_and(|row| !self.moments.of(row).is_empty()));
        crossed
    }
}

fn order(columns: &Columns, row: usize, moment: Option<Moment>) -> Order {
    Order::of(columns.earliest(row), columns.latest(row), moment)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::model::{Entry, Kind, TimelineBuilder};
    use crate::when::When;
    use crate::when::tests::instants::{instant, time};

    /// The dates in the order of a timeline, each with whether it is crossed.
    fn sorted(dates: &[String]) -> Vec<(String, bool)> {
        let mut builder = TimelineBuilder::new();
        for (line, date) in (1u32..).zip(dates) {
            let when = When::parse(date).unwrap();
            builder.entry(Entry::new(Kind::Event, line.to_string(), when, "x"), line);
        }
        let timeline = builder.build();
        let row = |at| (timeline.date(at).text().to_owned(), timeline.is_crossed(at));
        timeline.indexes().map(row).collect()
    }

    fn is_time(date: &str) -> bool {
        date.contains('T')
    }

    /// The day of a date, by what is written.
    fn day(date: &str) -> &str {
        &date[..10]
    }

    fn begins(date: &str) -> chrono::DateTime<chrono::FixedOffset> {
        instant(&format!("{}T00:00:00Z", day(date)))
    }

    /// Whether one stands before another, if that can be told by the two alone or by their times.
    fn goes_before(one: &str, other: &str, all: &[String]) -> bool {
        match (is_time(one), is_time(other)) {
            (true, true) => instant(one) <= instant(other),
            (false, false) => day(one) <= day(other),
            (false, true) => day(one) == day(other) || !stands_after(one, other, all),
            (true, false) => stands_after(other, one, all),
        }
    }

    /// Whether a day stands after a time: if it begins in UTC after that, and none of its own times
    /// is as early.
    fn stands_after(whole: &str, time: &str, all: &[String]) -> bool {
        let own = all.iter().filter(|other| is_time(other) && day(other) == day(whole));
        begins(whole) > instant(time) && !own.clone().any(|own| instant(own) <= instant(time))
    }

    fn dates() -> impl Strategy<Value = Vec<String>> {
        let date = prop_oneof![3 => time(), 2 => "2023-(04-(29|30)|05-0[1-3])"];
        proptest::collection::vec(date, 0..7)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn instants_go_in_order_and_a_day_before_its_times(dates in dates()) {
            let sorted: Vec<String> = sorted(&dates).into_iter().map(|(date, _)| date).collect();
            for (at, one) in sorted.iter().enumerate() {
                for other in &sorted[at + 1..] {
                    prop_assert!(goes_before(one, other, &dates), "{} {} in {:?}", one, other, sorted);
                }
            }
        }

        #[test]
        fn the_order_of_the_file_makes_none(dates in dates(), by in 0usize..7) {
            let key = |dates: &[String]| {
                let place = |date: &String| (is_time(date), if is_time(date) {
                    instant(date).to_utc().to_rfc3339()
                } else {
                    date.clone()
                });
                sorted(dates).iter().map(|(date, _)| place(date)).collect::<Vec<_>>()
            };
            let mut turned = dates.clone();
            turned.rotate_left(by.min(dates.len()));
            prop_assert_eq!(key(&dates), key(&turned));
            turned.reverse();
            prop_assert_eq!(key(&dates), key(&turned));
        }

        #[test]
        fn what_stands_out_of_the_order_of_days_is_known(dates in dates()) {
            let sorted = sorted(&dates);
            for (at, (date, crossed)) in sorted.iter().enumerate() {
                let before = sorted[..at].iter().any(|(other, _)| day(other) > day(date));
                let after = sorted[at + 1..].iter().any(|(other, _)| day(other) < day(date));
                prop_assert_eq!(*crossed, is_time(date) && (before || after), "{:?}", sorted);
            }
        }
    }

    #[test]
    fn across_midnight() {
        let dates = [
            "2023-05-01T09:00:00-04:00",
            "2023-05-02",
            "2023-05-01T14:00:00+03:00",
            "2023-05",
            "2023-05-01T18:30:00-04:00",
            "2023-05-02/..",
            "2023-05-02T00:30:00+03:00",
            "2023-05-01",
        ];
        let expected = [
            ("2023-05", false),
            ("2023-05-01", false),
            ("2023-05-01T14:00:00+03:00", false),
            ("2023-05-01T09:00:00-04:00", false),
            ("2023-05-02/..", false),
            ("2023-05-02", false),
            ("2023-05-02T00:30:00+03:00", true),
            ("2023-05-01T18:30:00-04:00", true),
        ];
        let found = sorted(&dates.map(str::to_owned));
        let found: Vec<(&str, bool)> = found.iter().map(|(date, is)| (&**date, *is)).collect();
        assert_eq!(found, expected);
    }
}
