use proptest::prelude::*;

use super::*;
use crate::when::day_number;

fn day(year: i64, month: u8, day: u8) -> Day {
    day_number(year, month, day).unwrap()
}

fn none() -> Arc<[(Day, Day)]> {
    Arc::from([])
}

#[test]
fn a_span_fits_at_the_nearest_zoom() {
    for (span, columns, days_a_column) in [
        ((day(2023, 5, 1), day(2023, 5, 1)), 6, 0.25),
        ((day(2023, 5, 1), day(2023, 5, 4)), 6, 1.0),
        ((day(2023, 5, 1), day(2023, 5, 31)), 33, 1.0),
        ((day(2023, 5, 1), day(2023, 5, 31)), 25, 1.5),
        ((day(2022, 8, 1), day(2023, 5, 31)), 80, 4.0),
        ((day(1901, 1, 1), day(2000, 12, 31)), 100, 384.0),
        // 4.6 billion years.
        ((day(-4_600_000_000, 1, 1), day(2000, 1, 1)), 80, 25_769_803_776.0),
        ((Day::MIN, Day::MAX), 10, 4_611_686_018_427_387_904.0 / 2.0),
        ((Day::MIN, Day::MAX), 0, 4_611_686_018_427_387_904.0),
    ] {
        let axis = Axis::fit(span, columns, none());
        assert_eq!(axis.days_a_column(), days_a_column, "{span:?} in {columns}");
    }
}

#[test]
fn a_day_can_be_several_columns_and_a_column_several_days() {
    let near = Axis::fit((10, 11), 10, none());
    let stretches: Vec<Day> = (0..10).map(|column| near.stretch(column).first).collect();
    assert_eq!(stretches, [9, 10, 10, 10, 10, 11, 11, 11, 11, 12]);
    assert_eq!(near.range(10, 10), Some((1, 4)));
    // A column and a half a day: days go by twos and ones.
    let far = Axis::fit((0, 11), 10, none());
    assert_eq!(far.days_a_column(), 1.5);
    let stretches: Vec<(Day, Day)> =
        (1..5).map(|column| (far.stretch(column).first, far.stretch(column).last)).collect();
    assert_eq!(stretches, [(0, 1), (2, 2), (3, 4), (5, 5)]);
}

#[test]
fn long_empty_stretches_become_one_column() {
    let gaps: Arc<[(Day, Day)]> = Arc::from([(11, 989)]);
    let axis = Axis::fit((0, 1000), 30, gaps);
    assert_eq!(axis.days_a_column(), 1.0);
    let breaks: Vec<isize> = (0..30).filter(|column| axis.stretch(*column).folded).collect();
    assert_eq!(breaks.len(), 1);
    let fold = axis.stretch(breaks[0]);
    assert_eq!((fold.first, fold.last), (13, 987));
    assert!(axis.column(0).is_some() && axis.column(1000).is_some());
    assert_eq!(axis.column(500), usize::try_from(breaks[0]).ok());
    // Nothing is folded that is short on the screen.
    assert!(Axis::fit((0, 1000), 30, none()).days_a_column() > 30.0);
}

#[test]
fn a_window_never_loses_sight_of_the_span() {
    let axis = Axis::fit((0, 100), 20, none());
    let far = axis.panned(100_000);
    assert_eq!(far.column(100), Some(0));
    let before = axis.panned(-100_000);
    assert_eq!(before.column(0), Some(19));
    assert_eq!(axis.panned(isize::MAX).panned(isize::MIN).column(0), Some(19));
}

fn axes() -> impl Strategy<Value = Axis> {
    let gaps = proptest::collection::vec((1i64..3000, 1i64..3000), 0..6);
    (-100_000i64..100_000, 0i64..200_000, 1usize..160, gaps, any::<bool>()).prop_map(
        |(first, length, columns, gaps, folded)| {
            let mut at = first;
            let mut list = Vec::new();
            for (skip, length) in gaps {
                list.push((at + skip, at + skip + length));
                at += skip + length + 1;
            }
            let gaps = if folded { Arc::from(list) } else { none() };
            Axis::fit((first, (first + length).max(at)), columns, gaps)
        },
    )
}

proptest! {
    #[test]
    fn zooming_in_then_out_returns(
        axis in axes(), pans in -50isize..50, at in 0usize..160, steps in 0usize..9, nearer: bool,
    ) {
        let axis = axis.panned(pans);
        let day = axis.stretch((at % axis.columns()) as isize).first;
        let column = axis.column(day);
        let mut zoomed = vec![axis.clone()];
        for _ in 0..steps {
            let next = zoomed[zoomed.len() - 1].zoomed(nearer, day);
            if next == zoomed[zoomed.len() - 1] {
                break;
            }
            prop_assert_eq!(next.column(day), column, "the day keeps its column");
            zoomed.push(next);
        }
        let mut back = zoomed[zoomed.len() - 1].clone();
        for before in zoomed.iter().rev().skip(1) {
            back = back.zoomed(!nearer, day);
            prop_assert_eq!(&back, before);
        }
    }

    #[test]
    fn columns_follow_one_another_without_gap(axis in axes(), pans in -50isize..50) {
        let axis = axis.panned(pans);
        for column in 0..axis.columns() as isize {
            let (here, next) = (axis.stretch(column), axis.stretch(column + 1));
            prop_assert!(here.first <= here.last);
            if axis.days_a_column() >= 1.0 {
                prop_assert_eq!(here.last + 1, next.first);
            } else {
                prop_assert!(next.first == here.last || next.first == here.last + 1);
            }
        }
    }

    #[test]
    fn a_day_is_in_its_own_column(axis in axes(), pans in -50isize..50, day in -310_000i64..310_000) {
        let axis = axis.panned(pans);
        if let Some(column) = axis.column(day) {
            let stretch = axis.stretch(column as isize);
            prop_assert!(stretch.first <= day && day <= stretch.last);
        } else {
            let (first, last) = axis.days().unwrap();
            // A day that begins before the window may still end in it.
            prop_assert!(day <= first || last < day);
        }
    }

    #[test]
    fn all_of_the_span_is_in_sight(axis in axes()) {
        if axis.columns() > 4 {
            prop_assert!(axis.column(axis.span.0).is_some());
            prop_assert!(axis.column(axis.span.1).is_some());
        }
    }

    #[test]
    fn extreme_days_do_not_overflow(day: i64, other: i64, columns in 0usize..200, pans: isize) {
        let axis = Axis::fit((day, other), columns, Arc::from([(day.min(other), day.max(other))]));
        let axis = axis.zoomed(false, day).zoomed(true, other).panned(pans).showing(other, 3);
        let _ = (axis.days(), axis.range(day, other), axis.column(day));
        let _ = axis.resized(columns / 2, day);
    }
}
