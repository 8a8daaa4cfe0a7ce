use proptest::prelude::*;

use super::*;
use crate::model::{Amount, Entry, EntryIndex, TimelineBuilder};
use crate::view::figures::rows;
use crate::view::figures::tests::{bakhmut, figure, statement};

fn amount(value: f64) -> Amount {
    Amount::new(value).unwrap()
}

fn of(figures: Vec<crate::model::Figure>) -> Vec<FigureRow> {
    let mut builder = TimelineBuilder::new();
    builder.entry(Entry { figures, ..statement("a", "2023-05-01", "Many") }, 1);
    rows(&builder.build(), &[EntryIndex(0)])
}

/// The chart in characters, to be looked at.
fn picture(chart: &Chart, rows: &[FigureRow], columns: usize, height: usize) -> String {
    let mut lines: Vec<Vec<char>> = vec![vec![' '; columns]; height];
    for (row, text) in &chart.ticks {
        let label = format!("{text:>width$} ┤", width = chart.left - 2);
        label.chars().enumerate().for_each(|(at, letter)| lines[*row][at] = letter);
    }
    for bar in &chart.bars {
        for line in lines.iter_mut().take(bar.rows.1 + 1).skip(bar.rows.0) {
            for column in bar.columns.0..=bar.columns.1 {
                let firm = bar.firm.is_some_and(|(from, to)| from <= column && column <= to);
                line[chart.left + column] = match bar.shape {
                    _ if bar.dated_by_entry => '•',
                    Shape::Band if firm => '█',
                    Shape::Band => '▒',
                    _ if !firm => '╌',
                    Shape::Soft => '≈',
                    _ => '━',
                };
            }
        }
        if let Some((row, column)) = bar.arrow(height) {
            lines[row][chart.left + column] = if bar.shape == Shape::Floor { '↑' } else { '↓' };
        }
    }
    for label in chart.labels(|bar| rows.get(bar.row).cloned()) {
        let start = chart.left + label.column;
        label
            .text
            .chars()
            .enumerate()
            .for_each(|(at, letter)| lines[label.row][start + at] = letter);
    }
    lines.iter().map(|line| line.iter().collect::<String>().trim_end().to_owned() + "\n").collect()
}

#[test]
fn bars_stand_at_their_value_over_their_period() {
    let timeline = bakhmut();
    let all = rows(&timeline, &timeline.indexes().collect::<Vec<_>>());
    let casualties: Vec<FigureRow> = all
        .into_iter()
        .filter(|row| row.figure.measure == "casualties" && !row.who.starts_with('P'))
        .collect();
    let chart = Chart::new(&casualties, 60, 12).unwrap();
    insta::assert_snapshot!(picture(&chart, &casualties, 60, 12));
}

#[test]
fn a_wide_spread_goes_by_powers_of_ten() {
    let timeline = bakhmut();
    let all = rows(&timeline, &timeline.indexes().collect::<Vec<_>>());
    let chart = Chart::new(&all, 60, 12).unwrap();
    assert!(chart.scale.is_log());
    insta::assert_snapshot!(picture(&chart, &all, 60, 12));
}

#[test]
fn no_figure_is_too_great_or_small_for_a_scale() {
    let most = f64::MAX;
    for values in [
        &[most][..],
        &[-most],
        &[-most, most],
        &[0.0, most],
        &[f64::MIN_POSITIVE, most],
        &[5e-324],
        &[1.0, 5e-324],
        &[0.0],
        &[],
    ] {
        for height in [0, 1, 3, 30] {
            let scale = self::scale(values, height);
            assert!(scale.ticks().len() <= height.max(1), "{values:?} at {height}");
            assert!(values.iter().all(|value| scale.row(*value) < height.max(1)));
        }
    }
}

fn scale(values: &[f64], height: usize) -> Scale {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Scale::of(least, most, height)
}

#[test]
fn scales_are_round() {
    for (values, height, expected) in [
        (&[100_000.0][..], 12, &["0", "50,000", "100,000"][..]),
        (&[70_000.0, 80_000.0], 12, &["0", "20,000", "40,000", "60,000", "80,000"]),
        (&[94.0, 100_000.0], 12, &["10", "100", "1,000", "10,000", "100,000"]),
        (&[94.0, 100_000.0], 4, &["10", "1,000", "100,000"]),
        (&[-5.0, 10.0], 9, &["\u{2212}5", "0", "5", "10"]),
        (&[0.0], 9, &["0", "0.5", "1"]),
        (&[15e6, 30e6], 9, &["0", "10M", "20M", "30M"]),
        (&[0.3], 9, &["0", "0.1", "0.2", "0.3"]),
        (&[7.0], 1, &["0"]),
    ] {
        let ticks = scale(values, height).ticks();
        let texts: Vec<&str> = ticks.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, expected, "{values:?} in {height}");
    }
}

#[test]
fn open_periods_run_to_the_edge() {
    let rows = of(vec![
        figure(Bound::Exactly(amount(5.0)), "deaths", "", "", "2022-12/.."),
        figure(Bound::Exactly(amount(5.0)), "deaths", "", "", "../2022-12"),
        figure(Bound::Exactly(amount(5.0)), "deaths", "", "", ""),
    ]);
    let chart = Chart::new(&rows, 40, 8).unwrap();
    let bar = |row: usize| *chart.bars.iter().find(|bar| bar.row == row).unwrap();
    let last = chart.axis.columns() - 1;
    assert!(bar(0).onwards && !bar(0).before && bar(0).columns.1 == last);
    assert!(bar(1).before && !bar(1).onwards && bar(1).columns.0 == 0);
    assert!(bar(2).dated_by_entry);
    assert!(chart.axis.column(bar_day("2023-05-01")).is_some_and(|at| bar(2).columns.0 == at));
    // Three claims of one value are in one row.
    assert!(chart.bars.iter().all(|at| at.rows == bar(0).rows), "{:?}", chart.bars);
}

#[test]
fn equal_values_stand_in_one_row_and_each_has_its_words() {
    let claim = |value| figure(Bound::Exactly(amount(value)), "deaths", "", "", "2023-01/2023-04");
    let rows = of([100.0, 133.0, 100.0, 139.0, 100.0].map(claim).to_vec());
    let chart = Chart::new(&rows, 60, 12).unwrap();
    let row = |at: usize| chart.bars.iter().find(|bar| bar.row == at).unwrap().rows;
    assert_eq!((row(0), row(2)), (row(4), row(4)));
    assert!(row(1).0 < row(0).0);
    let mut labelled: Vec<usize> = chart
        .labels(|bar| rows.get(bar.row).cloned())
        .iter()
        .map(|label| chart.bars[label.bar].row)
        .collect();
    labelled.sort_unstable();
    assert_eq!(labelled, [0, 1, 2, 3, 4]);
}

fn bar_day(date: &str) -> Day {
    crate::when::When::parse(date).unwrap().earliest().day().unwrap()
}

#[test]
fn no_room_is_no_chart() {
    let rows = of(vec![figure(Bound::Exactly(amount(5.0)), "deaths", "", "", "2022")]);
    for (columns, height) in [(0, 0), (3, 9), (0, 9), (9, 0)] {
        assert_eq!(Chart::new(&rows, columns, height).map(|chart| chart.bars.len()), None);
    }
    assert!(Chart::new(&rows, 9, 1).is_some());
    assert!(Chart::new(&[], 80, 20).is_none());
}

proptest! {
    #[test]
    fn bars_stay_in_the_plot_and_clear_of_one_another(
        claims in proptest::collection::vec(
            (0u8..5, -1e6f64..1e9, 0.0f64..1e6, 1900i64..2000, 0i64..50, 0u8..4), 1..9,
        ),
        columns in 0usize..120, height in 0usize..30,
    ) {
        let figures = claims.iter().map(|(kind, value, more, year, years, period)| {
            let bound = match kind {
                0 => Bound::Exactly(amount(*value)),
                1 => Bound::About(amount(*value)),
                2 => Bound::MoreThan(amount(*value)),
                3 => Bound::AtMost(amount(*value)),
                _ => Bound::Between(amount(*value), amount(value + more)),
            };
            let period = match period {
                0 => format!("{year}/{}", year + years),
                1 => format!("{year}/.."),
                2 => format!("../{year}"),
                _ => format!("{year}-05"),
            };
            figure(bound, "deaths", "", "", &period)
        });
        let rows = of(figures.collect());
        let Some(chart) = Chart::new(&rows, columns, height) else { return Ok(()) };
        prop_assert_eq!(chart.bars.len(), rows.len());
        for bar in &chart.bars {
            prop_assert!(bar.columns.0 <= bar.columns.1);
            prop_assert!(chart.left + bar.columns.1 < columns);
            prop_assert!(bar.rows.0 <= bar.rows.1 && bar.rows.1 < height);
            if let Some((from, to)) = bar.firm {
                prop_assert!(bar.columns.0 <= from && to <= bar.columns.1);
            }
        }
        let mut cells = std::collections::HashSet::new();
        for bar in &chart.bars {
            cells.extend(bar.arrow(height));
            for row in bar.rows.0..=bar.rows.1 {
                cells.extend((bar.columns.0..=bar.columns.1).map(|column| (row, column)));
            }
        }
        for label in chart.labels(|bar| rows.get(bar.row).cloned()) {
            for column in label.column..label.column + crate::text::width(&label.text) {
                prop_assert!(chart.left + column < columns && label.row < height);
                prop_assert!(cells.insert((label.row, column)), "words lie on nothing else");
            }
        }
        prop_assert!(chart.ticks.iter().all(|(row, _)| *row < height));
        for (at, a) in chart.bars.iter().enumerate() {
            for b in chart.bars.iter().skip(at + 1) {
                let [one, other] = [a, b].map(|bar| rows[bar.row].figure.bound);
                let alike = one.amount() == other.amount() && one.high().is_some() == other.high().is_some();
                let bands = a.shape == Shape::Band || b.shape == Shape::Band;
                prop_assert!(bands || !alike || a.rows == b.rows, "equal values in one row");
            }
        }
    }
}
