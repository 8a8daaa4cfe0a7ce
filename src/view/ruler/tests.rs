use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::when::day_number;

fn axis(from: (i64, u8, u8), to: (i64, u8, u8), columns: usize) -> Axis {
    let day = |(year, month, day): (i64, u8, u8)| day_number(year, month, day).unwrap();
    Axis::fit((day(from), day(to)), columns, Arc::from([]))
}

fn lines(axis: &Axis) -> [String; 2] {
    let ruler = Ruler::new(axis, None);
    [&ruler.major, &ruler.minor].map(|row| Ruler::line(row, axis.columns()).trim_end().to_owned())
}

#[test]
fn labels_suit_the_zoom() {
    let mut shown = String::new();
    for (name, from, to, columns) in [
        ("days", (2023, 4, 29), (2023, 5, 2), 20),
        ("weeks", (2023, 4, 20), (2023, 6, 12), 58),
        ("months", (2022, 8, 1), (2023, 5, 31), 80),
        ("quarters", (2021, 1, 1), (2023, 12, 31), 80),
        ("years", (1990, 1, 1), (1999, 12, 31), 80),
        ("five years", (1990, 1, 1), (2010, 12, 31), 60),
        ("decades", (1901, 1, 1), (2000, 12, 31), 60),
        ("centuries", (-300, 1, 1), (1999, 12, 31), 160),
        ("longer", (-300, 1, 1), (1999, 12, 31), 40),
        ("ages", (-4_600_000_000, 1, 1), (2000, 1, 1), 60),
    ] {
        let [major, minor] = lines(&axis(from, to, columns));
        shown += &format!("{name}, {columns}\n{major}|\n{minor}|\n");
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn context_stands_at_the_edge() {
    let scrolled = axis((2022, 8, 1), (2023, 5, 31), 60).panned(10);
    assert_eq!(lines(&scrolled)[0], "2022                2023");
    // Nearer, the year that begins needs the room.
    let close = axis((2022, 8, 1), (2023, 5, 31), 60).panned(27);
    assert_eq!(lines(&close)[0], "   2023");
}

#[test]
fn a_break_is_told_and_left_free() {
    let first = day_number(1922, 12, 20).unwrap();
    let last = day_number(2023, 1, 10).unwrap();
    let axis = Axis::fit((first, last), 60, Arc::from([(first + 20, last - 20)]));
    let ruler = Ruler::new(&axis, Some(first + 9000));
    let [at] = ruler.breaks[..] else { panic!("one break: {:?}", ruler.breaks) };
    assert_eq!(ruler.today, None, "a day in a break is not in sight");
    let text = Ruler::line(&ruler.major, 60);
    assert!(text[..at].contains("1923") && text[at + 1..].starts_with("Dec 2022"), "{text}");
}

#[test]
fn years_are_short() {
    for (number, text) in [
        (1984, "1984"),
        (0, "1 BCE"),
        (-43, "44 BCE"),
        (-65_999_999, "66M BCE"),
        (-4_599_999_999, "4.6bn BCE"),
        (2_500_000, "2.5M"),
        (1_234_567, "1234567"),
    ] {
        assert_eq!(short_year(number), text);
    }
}

proptest! {
    #[test]
    fn labels_never_overlap(
        first in prop_oneof![-400_000i64..100_000, any::<i64>()],
        length in prop_oneof![0i64..40, 0i64..4000, 0i64..800_000, 0..i64::MAX],
        gap in proptest::option::of((0.1f64..0.5, 0.1f64..0.5)),
        columns in 0usize..180, pans in -80isize..80, today in -400_000i64..100_000,
    ) {
        let last = first.saturating_add(length);
        let part = |share: f64| (length as f64 * share) as i64;
        let gaps = gap.map(|(from, long)| {
            let from = first.saturating_add(part(from));
            (from, from.saturating_add(part(long)))
        });
        let axis = Axis::fit((first, last), columns, gaps.into_iter().collect()).panned(pans);
        let ruler = Ruler::new(&axis, Some(today));
        for row in [&ruler.major, &ruler.minor] {
            for pair in row.windows(2) {
                prop_assert!(pair[0].column + width(&pair[0].text) < pair[1].column);
            }
            for label in row {
                let end = label.column + width(&label.text);
                prop_assert!(end <= columns);
                prop_assert!(ruler.breaks.iter().all(|at| *at < label.column || *at >= end));
            }
            prop_assert!(width(&Ruler::line(row, columns)) == columns);
        }
        if let Some(column) = ruler.today {
            let stretch = axis.stretch(column as isize);
            prop_assert!(stretch.first <= today && today <= stretch.last);
        }
    }

    #[test]
    fn a_label_stands_where_its_unit_begins(
        first in -400_000i64..100_000, length in 0i64..4000, columns in 20usize..180,
    ) {
        let axis = Axis::fit((first, first + length), columns, Arc::from([]));
        let unit = Unit::with_room(&axis);
        let ruler = Ruler::new(&axis, None);
        for pair in ruler.minor.windows(2) {
            let space = if matches!(unit, Unit::Month | Unit::Quarter) { 1 } else { 2 };
            prop_assert!(pair[0].column + width(&pair[0].text) + space <= pair[1].column);
        }
        for label in ruler.minor {
            let stretch = axis.stretch(label.column as isize);
            prop_assert_eq!(&label.text, &unit.label(unit.number(stretch.last)));
            let before = axis.stretch(label.column as isize - 1).last;
            prop_assert!(unit.number(before) < unit.number(stretch.last));
        }
    }
}
