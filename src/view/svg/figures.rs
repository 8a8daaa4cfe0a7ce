//! The figures as a picture: a chart for each measure, to scale.
//!
//! A mark stands where the axis says that its value is, whatever lies beside it; it is words that
//! give way (see [`places`](super::places)), and a thin line leads back from those that had to.
//! Time is that of the chart on the screen, of which a cell is [`CELL`] units wide.

use std::collections::HashSet;
use std::fmt::Write as _;

use crate::export::{Output, Thing};
use crate::model::{Amount, EntryIndex, Timeline};
use crate::view::figures::chart::{Bar, Chart, Shape};
use crate::view::figures::{FigureRow, measures, rows};
use crate::view::ruler::Ruler;
use crate::view::stats::Stats;
use crate::view::svg::places::{Area, Places};
use crate::view::svg::{MARGIN, Picture, WIDTH, class, extent, number};
use crate::when::short;

/// The width of a cell of the chart, and the height of a row of it.
const CELL: (f64, f64) = (7.2, 18.0);

/// The height of a chart, in rows.
const HEIGHT: usize = 14;

/// Free above the highest value, for arrows up.
const HEADROOM: f64 = 22.0;

/// Where there are more marks than this, words beside a few of them would say nothing.
const CROWD: usize = 60;

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

/// The plot: how cells and values lie in the picture.
struct Plot<'a> {
    chart: &'a Chart,
    left: f64,
    top: f64,
}

impl Plot<'_> {
    fn x(&self, column: usize) -> f64 {
        self.left + column as f64 * CELL.0
    }

    fn right(&self) -> f64 {
        self.x(self.chart.axis.columns())
    }

    fn bottom(&self) -> f64 {
        self.top + HEIGHT as f64 * CELL.1
    }

    fn y(&self, value: f64) -> f64 {
        let floor = self.bottom() - CELL.1 / 2.0;
        floor - self.chart.scale.share(value) * (floor - self.top - HEADROOM)
    }

    /// From where to where a claim stands, from the top: its greatest value and its least.
    fn heights(&self, row: &FigureRow) -> (f64, f64) {
        let value = row.figure.bound.amount().nearly();
        let top = row.figure.bound.high().map_or(value, Amount::nearly);
        (self.y(top), self.y(value))
    }

    /// What a mark takes up, without its arrow.
    fn area(&self, bar: &Bar, row: &FigureRow) -> Area {
        let (upper, lower) = self.heights(row);
        let (from, to) = (self.x(bar.columns.0), self.x(bar.columns.1 + 1));
        Area { left: from, right: to.max(from + 6.0), top: upper - 4.0, bottom: lower + 4.0 }
    }

    /// What its arrow takes up.
    fn arrow(&self, bar: &Bar, row: &FigureRow) -> Option<Area> {
        let (height, _) = self.heights(row);
        let left = self.x(bar.columns.0) - 2.0;
        let (top, bottom) = match bar.shape {
            Shape::Floor => (height - 17.0, height),
            Shape::Ceiling => (height, height + 17.0),
            _ => return None,
        };
        Some(Area { left, right: left + 10.0, top, bottom })
    }
}

fn draw(picture: &mut Picture, chart: &Chart, rows: &[FigureRow]) {
    let plot = Plot { chart, left: MARGIN + chart.left as f64 * CELL.0, top: picture.height };
    for (value, text) in chart.scale.labels() {
        let y = plot.y(value);
        picture.text((plot.left - 8.0, y + 4.5), "dim end", &text);
        picture.line((plot.left, y), (plot.right(), y));
    }
    let marks = || chart.bars.iter().filter_map(|bar| Some((bar, rows.get(bar.row)?)));
    for (bar, row) in marks() {
        draw_bar(picture, &plot, bar, row);
    }
    if chart.bars.len() <= CROWD {
        let whole = Area {
            left: plot.left,
            right: plot.right(),
            top: plot.top,
            bottom: plot.bottom() + CELL.1 / 2.0,
        };
        let bars = marks().map(|(bar, row)| plot.area(bar, row));
        let arrows = marks().filter_map(|(bar, row)| plot.arrow(bar, row));
        let mut places = Places::new(whole, bars.chain(arrows).collect());
        for (bar, row) in marks() {
            words(picture, &mut places, plot.area(bar, row), plot.heights(row), row);
        }
    }
    let ruler = Ruler::new(&chart.axis, None);
    for (labels, class, down) in [(&ruler.minor, "dim", 20.0), (&ruler.major, "strong", 36.0)] {
        for label in labels {
            picture.text((plot.x(label.column), plot.bottom() + down), class, &label.text);
        }
    }
    picture.height = plot.bottom() + 48.0;
}

/// Who claims it and how much, beside the mark or as near to it as there is room.
fn words(
    picture: &mut Picture,
    places: &mut Places,
    mark: Area,
    (upper, lower): (f64, f64),
    row: &FigureRow,
) {
    let text = match row.who.as_str() {
        "" => row.claimed(),
        who => format!("{who}, {}", row.claimed()),
    };
    let height = f64::midpoint(upper, lower);
    let place = places.take(mark, height, extent(&text));
    let colour = class(row.speaker);
    if let Some((from, to)) = place.leader(mark, height) {
        let [from_x, from_y, to_x, to_y] = [from.0, from.1, to.0, to.1].map(number);
        let line = format!(
            "<path class=\"{colour}\" d=\"M{from_x} {from_y}L{to_x} {to_y}\" \
             stroke=\"currentColor\" stroke-width=\"0.7\" opacity=\"0.7\"/>"
        );
        picture.shape(&line, "");
    }
    let base = f64::midpoint(place.top, place.bottom) + 4.5;
    picture.text((place.left, base), &format!("own halo {colour}"), &text);
}

fn draw_bar(picture: &mut Picture, plot: &Plot, bar: &Bar, row: &FigureRow) {
    let x = |column: usize| plot.x(column);
    let (from, to) = (x(bar.columns.0), x(bar.columns.1 + 1));
    let (height, lower) = plot.heights(row);
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
            let _ = write!(
                shape,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"2\" \
                 fill=\"currentColor\" opacity=\"0.45\"/>",
                number(from),
                number(height),
                number((to - from).max(4.0)),
                number((lower - height).max(2.0)),
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
    if matches!(bar.shape, Shape::Floor | Shape::Ceiling) {
        let up = if bar.shape == Shape::Floor { -1.0 } else { 1.0 };
        let (x, y) = (number(x(bar.columns.0) + 3.0), number(height));
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
