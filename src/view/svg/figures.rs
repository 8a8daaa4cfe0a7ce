//! The figures as a picture: a chart for each measure.
//!
//! The geometry is that of the chart on the screen, in whose cells no words lie on one another;
//! a cell is drawn here as [`CELL`] units.

use std::collections::HashSet;
use std::fmt::Write as _;

use crate::export::{Output, Thing};
use crate::model::{EntryIndex, Timeline};
use crate::view::figures::chart::{Bar, Chart, Shape};
use crate::view::figures::{FigureRow, measures, rows};
use crate::view::ruler::Ruler;
use crate::view::stats::Stats;
use crate::view::svg::{MARGIN, Picture, WIDTH, class, number};
use crate::when::short;

/// The width and height of a cell of the chart.
const CELL: (f64, f64) = (7.2, 18.0);

/// The height of a chart, in cells.
const HEIGHT: usize = 14;

/// Draws the figures of the entries.
pub(super) fn picture(timeline: &Timeline, entries: &[EntryIndex]) -> Output {
    let all = rows(timeline, entries);
    let columns = ((WIDTH - 2.0 * MARGIN) / CELL.0) as usize;
    let own = |measure: &str| -> Vec<FigureRow> {
        all.iter().filter(|row| row.figure.measure == measure).cloned().collect()
    };
    let charts: Vec<(String, Chart, Vec<FigureRow>)> = measures(&all)
        .into_iter()
        .filter_map(|(measure, _)| {
            let own = own(&measure);
            Some((measure.to_string(), Chart::new(&own, columns, HEIGHT)?, own))
        })
        .collect();
    let drawn = |chart: &Chart| chart.bars.iter().map(|bar| bar.row).collect::<HashSet<_>>().len();
    let wrote = Thing::Figure.times(charts.iter().map(|(_, chart, _)| drawn(chart)).sum());
    let claimed = charts.iter().flat_map(|(_, _, rows)| rows).map(|row| row.entry);
    let mut claimed: Vec<EntryIndex> = claimed.collect();
    claimed.sort_unstable();
    claimed.dedup();
    let of = Thing::Entry.times(claimed.len());
    let span = Stats::new(timeline, &claimed).span;
    let mut picture = Picture::new(timeline, &format!("{wrote} in {of}, {span}"));
    let any = !charts.is_empty();
    for (measure, chart, own) in charts {
        picture.height += 22.0;
        let count = Thing::Figure.times(drawn(&chart));
        let scale = if chart.scale.is_log() { ", by powers of ten" } else { "" };
        let heading = format!("{measure}: {count}{scale}");
        picture.text((MARGIN, picture.height), "strong", &heading);
        picture.height += 12.0;
        draw(&mut picture, &chart, &own);
    }
    if any {
        let legend = "A bar lies over the period that a figure covers; where it is thin, the dates \
                      leave open whether it does. A wave is “about”, an arrow “or more” or “or \
                      less”. A dot is a figure without a period, on the day it was given.";
        for line in crate::text::wrap(legend, 150) {
            picture.height += 16.0;
            picture.text((MARGIN, picture.height), "dim small", &line);
        }
        picture.withdrawals(timeline, entries, &claimed);
    } else {
        picture.height += 14.0;
        picture.text((MARGIN, picture.height), "", "Nobody here claims a figure.");
    }
    let mut output = Output::new(picture.finish(timeline), wrote);
    let missing = Thing::Figure.times(all.len().saturating_sub(wrote.count));
    if missing.count > 0 {
        output.notes.push(format!("{missing} without a place in the picture"));
    }
    output
}

fn draw(picture: &mut Picture, chart: &Chart, rows: &[FigureRow]) {
    let (left, top) = (MARGIN + chart.left as f64 * CELL.0, picture.height);
    let high = HEIGHT as f64 * CELL.1;
    let right = left + chart.axis.columns() as f64 * CELL.0;
    for (row, text) in &chart.ticks {
        let y = top + (*row as f64 + 0.5) * CELL.1;
        picture.text((left - 8.0, y + 4.5), "dim end", text);
        picture.line((left, y), (right, y));
    }
    for bar in &chart.bars {
        let Some(row) = rows.get(bar.row) else { continue };
        draw_bar(picture, (left, top), bar, row);
    }
    for label in chart.labels(|bar| rows.get(bar.row).cloned()) {
        let Some(row) = chart.bars.get(label.bar).and_then(|bar| rows.get(bar.row)) else {
            continue;
        };
        let x = left + label.column as f64 * CELL.0;
        let y = top + (label.row as f64 + 0.5) * CELL.1 + 4.5;
        picture.text((x, y), &format!("own halo {}", class(row.speaker)), &label.text);
    }
    let ruler = Ruler::new(&chart.axis, None);
    for (labels, class, down) in [(&ruler.minor, "dim", 16.0), (&ruler.major, "strong", 32.0)] {
        for label in labels {
            let x = left + label.column as f64 * CELL.0;
            picture.text((x, top + high + down), class, &label.text);
        }
    }
    picture.height = top + high + 44.0;
}

fn draw_bar(picture: &mut Picture, (left, top): (f64, f64), bar: &Bar, row: &FigureRow) {
    let x = |column: usize| left + column as f64 * CELL.0;
    let y = |row: usize| top + (row as f64 + 0.5) * CELL.1;
    let (from, to) = (x(bar.columns.0), x(bar.columns.1 + 1));
    let height = y(bar.rows.0);
    let mut shape = String::new();
    let mut line = |from: f64, to: f64, width: &str| {
        let (from, to, y) = (number(from), number(to), number(height));
        let _ = write!(
            shape,
            "<path d=\"M{from} {y}H{to}\" stroke=\"currentColor\" stroke-width=\"{width}\"/>"
        );
    };
    match bar.shape {
        Shape::Band => {
            let (upper, lower) = (height - CELL.1 / 2.0, y(bar.rows.1) + CELL.1 / 2.0);
            let _ = write!(
                shape,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"2\" \
                 fill=\"currentColor\" opacity=\"0.45\"/>",
                number(from),
                number(upper),
                number((to - from).max(4.0)),
                number(lower - upper),
            );
        }
        _ if bar.dated_by_entry => {
            let (x, y) = (number(f64::midpoint(from, to)), number(height));
            let _ = write!(shape, "<circle cx=\"{x}\" cy=\"{y}\" r=\"5\" fill=\"currentColor\"/>");
        }
        kind => {
            line(from, to, "1.2");
            if let Some((first, last)) = bar.firm {
                if kind == Shape::Soft {
                    wave(&mut shape, x(first), x(last + 1), height);
                } else {
                    line(x(first), x(last + 1), "4");
                }
            }
        }
    }
    if let Some((_, column)) = bar.arrow(HEIGHT) {
        let up = if bar.shape == Shape::Floor { -1.0 } else { 1.0 };
        let (x, y) = (number(x(column) + 3.0), number(height));
        let _ = write!(
            shape,
            "<path d=\"M{x} {y}v{stem}m-4 {back}l4 {tip}l4 {back}\" stroke=\"currentColor\" \
             stroke-width=\"1.6\" fill=\"none\"/>",
            stem = number(15.0 * up),
            back = number(-5.0 * up),
            tip = number(5.0 * up),
        );
    }
    let who = if row.who.is_empty() { String::new() } else { format!("{}, ", row.who) };
    let period = row.period();
    let over = if period.is_empty() { String::new() } else { format!(", over {period}") };
    let words =
        format!("{who}{}: {} {}{over}", short(&row.date), row.standing(), row.figure.measure);
    picture.shape(&format!("<g class=\"{}\">{shape}</g>", class(row.speaker)), &words);
}

/// A wave from left to right.
fn wave(shape: &mut String, from: f64, to: f64, y: f64) {
    let _ = write!(shape, "<path d=\"M{} {}", number(from), number(y));
    let mut x = from;
    let mut up = -1.0;
    while x + 6.0 <= to {
        let _ = write!(shape, "q3 {} 6 0", number(6.0 * up));
        x += 6.0;
        up = -up;
    }
    shape.push_str("\" stroke=\"currentColor\" stroke-width=\"2.4\" fill=\"none\"/>");
}
