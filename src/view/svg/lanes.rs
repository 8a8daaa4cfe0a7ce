//! The lanes as a picture.
//!
//! ```text
//!             2022                2023
//!             Aug  Sep  Oct  …    Jan
//! Milley                 ③
//! Kirby                                  ●      a filled mark: known to the day
//! Pentagon    ▒○▒                               hollow: to the month or vaguer; days it may be
//! events               ■━━━━━━━━━━━━━━━━▶       an interval that has no end
//! ```

use crate::export::{Output, Thing, entries_have};
use crate::model::{EntryIndex, Kind, Timeline};
use crate::view::extent::Extent;
use crate::view::lanes::{Lane, LaneBy, LaneOrder, Lanes};
use crate::view::stats::Stats;
use crate::view::svg::ticks::Scale;
use crate::view::svg::{MARGIN, Picture, WIDTH, class, extent, number, undone};
use crate::when::{Day, Precision, short};

/// The height of a lane.
const LANE: f64 = 26.0;

/// At most so many lanes, those with the most entries: a picture is to be taken in at a glance.
const MOST: usize = 60;

/// The size of a mark, from its middle.
const MARK: f64 = 5.5;

/// Marks nearer to each other than this are one, with their number.
const NEAR: f64 = 12.0;

/// At most so many entries are named for who rests on a mark.
const NAMED: usize = 12;

/// Draws the entries, a lane for each speaker.
pub(super) fn picture(timeline: &Timeline, entries: &[EntryIndex]) -> Output {
    let mut lanes = Lanes::new(timeline, entries, LaneBy::Speaker, LaneOrder::First);
    if lanes.lanes().len() > MOST {
        lanes = Lanes::new(timeline, entries, LaneBy::Speaker, LaneOrder::Count);
    }
    let shown = lanes.lanes().get(..lanes.lanes().len().min(MOST)).unwrap_or_default();
    let wrote = Thing::Entry.times(shown.iter().flat_map(Lane::dated).count());
    let span_in_words = Stats::new(timeline, entries).span;
    let mut picture = Picture::new(timeline, &format!("{wrote}, {span_in_words}"));
    let Some(span) = lanes.span() else {
        picture.height += 14.0;
        picture.text((MARGIN, picture.height), "", "Nothing here has a date to stand at.");
        return Output::new(picture.finish(timeline), wrote);
    };
    let names = shown.iter().map(|lane| extent(&lane.name)).fold(60.0, f64::max);
    let left = MARGIN + names.min(220.0) + 14.0;
    let scale = Scale::new(span, left, WIDTH - MARGIN);
    let top = ruler(&mut picture, &scale, shown.len());
    for (number, lane) in shown.iter().enumerate() {
        let centre = top + LANE * (number as f64 + 0.5);
        let name = crate::text::clip(&lane.name, 31);
        let colour = format!("end own {}", class(lane.speaker));
        picture.text((left - 14.0, centre + 4.5), &colour, &name);
        Painter { timeline, entries, lane, scale, centre }.draw(&mut picture);
    }
    picture.height = top + LANE * shown.len() as f64 + 24.0;
    let legend = "A filled mark is known to the day, a hollow one to the month or less; the band \
                  around it is when it may have been. Squares are events. What is struck through \
                  was retracted or superseded.";
    let legend = match entries.iter().any(|entry| timeline.withdrawn(*entry).is_some()) {
        true => legend,
        false => legend.split(" What is struck").next().unwrap_or(legend),
    };
    for (number, line) in crate::text::wrap(legend, 150).iter().enumerate() {
        picture.height += if number > 0 { 16.0 } else { 0.0 };
        picture.text((MARGIN, picture.height), "dim small", line);
    }
    picture.withdrawals(timeline, entries, entries);
    let left_out = lanes.lanes().len() - shown.len();
    if left_out > 0 {
        picture.height += 16.0;
        let words = format!("The {MOST} with the most entries; {left_out} more have no room here.");
        picture.text((MARGIN, picture.height), "dim small", &words);
    }
    let mut output = Output::new(picture.finish(timeline), wrote);
    let missing = entries.len().saturating_sub(wrote.count);
    if missing > 0 {
        output.notes.push(format!("{} no place in the picture", entries_have(missing)));
    }
    output
}

/// A line through a mark.
fn struck(x: f64, y: f64) -> String {
    let (from, to) = ((x - MARK - 4.0, y + MARK + 2.0), (x + MARK + 4.0, y - MARK - 2.0));
    let [x, y, to_x, to_y] = [from.0, from.1, to.0, to.1].map(number);
    format!(
        "<path class=\"none\" d=\"M{x} {y}L{to_x} {to_y}\" stroke=\"currentColor\" stroke-width=\"2\"/>"
    )
}

/// The labels and the lines under them; gives where the lanes begin.
fn ruler(picture: &mut Picture, scale: &Scale, lanes: usize) -> f64 {
    let y = picture.height + 14.0;
    let top = y + 26.0;
    for tick in scale.ticks() {
        if !tick.above.is_empty() {
            picture.text((tick.x + 3.0, y), "strong", &tick.above);
        }
        picture.text((tick.x + 3.0, y + 16.0), "dim", &tick.label);
        let bottom = top + LANE * lanes as f64;
        picture.line((tick.x, y + 6.0), (tick.x, bottom));
    }
    top
}

struct Painter<'a> {
    timeline: &'a Timeline,
    entries: &'a [EntryIndex],
    lane: &'a Lane,
    scale: Scale,
    centre: f64,
}

impl Painter<'_> {
    fn draw(&self, picture: &mut Picture) {
        let mut marks: Vec<(f64, EntryIndex)> = Vec::new();
        let (mut loose, mut firm) = (Vec::new(), Vec::new());
        let (mut before, mut onwards) = (false, false);
        let days =
            |first: Day, last: Day| (self.scale.x(first), self.scale.x(last.saturating_add(1)));
        for entry in self.lane.dated() {
            let Some(extent) = Extent::of_entry(self.timeline, entry) else { continue };
            if extent.first < extent.last {
                loose.push(days(extent.first, extent.last));
            }
            firm.extend(extent.firm.map(|(first, last)| days(first, last)));
            before |= extent.before;
            onwards |= extent.onwards;
            marks.push((self.scale.middle(extent.mark), entry));
        }
        self.bars(loose, 10.0, " opacity=\"0.22\"", picture);
        self.bars(firm, 3.0, "", picture);
        if before {
            self.arrow(self.scale.x(Day::MIN), -9.0, picture);
        }
        if onwards {
            self.arrow(self.scale.x(Day::MAX), 9.0, picture);
        }
        marks.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut rest = marks.as_slice();
        while let Some((x, _)) = rest.first().copied() {
            let near = rest.partition_point(|(other, _)| *other < x + NEAR);
            let (group, after) = rest.split_at(near);
            self.mark(group, picture);
            rest = after;
        }
    }

    /// The days over which entries last, or may have been; those that touch are one.
    fn bars(&self, mut bars: Vec<(f64, f64)>, high: f64, strength: &str, picture: &mut Picture) {
        bars.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut whole: Vec<(f64, f64)> = Vec::new();
        for (from, to) in bars {
            match whole.last_mut() {
                Some((_, reach)) if from <= *reach => *reach = reach.max(to),
                _ => whole.push((from, to)),
            }
        }
        let colour = class(self.lane.speaker);
        for (from, to) in whole {
            let (x, y) = (number(from), number(self.centre - high / 2.0));
            let (wide, high) = (number((to - from).max(1.0)), number(high));
            picture.shape(
                &format!(
                    "<rect class=\"{colour}\" x=\"{x}\" y=\"{y}\" width=\"{wide}\" \
                     height=\"{high}\" rx=\"1.5\" fill=\"currentColor\"{strength}/>"
                ),
                "",
            );
        }
    }

    /// The head of an arrow that points so far to the right, or to the left.
    fn arrow(&self, x: f64, to: f64, picture: &mut Picture) {
        let (x, y) = (number(x), number(self.centre - 5.0));
        let (to, back) = (number(to), number(-to));
        let colour = class(self.lane.speaker);
        let points = format!("M{x} {y}l{to} 5l{back} 5z");
        picture
            .shape(&format!("<path class=\"{colour}\" d=\"{points}\" fill=\"currentColor\"/>"), "");
    }

    /// One entry, or how many there are.
    fn mark(&self, group: &[(f64, EntryIndex)], picture: &mut Picture) {
        let Some(((first, entry), (last, _))) = group.first().zip(group.last()) else { return };
        let colour = class(self.lane.speaker);
        let (x, y) = (f64::midpoint(*first, *last), self.centre);
        if group.len() > 1 {
            let radius = if group.len() > 99 { 12.0 } else { 9.0 };
            let circle = format!(
                "<circle class=\"{colour}\" cx=\"{}\" cy=\"{}\" r=\"{radius}\" \
                 fill=\"currentColor\"/><text class=\"middle small strong ground\" x=\"{}\" \
                 y=\"{}\">{}</text>",
                number(x),
                number(y),
                number(x),
                number(y + 4.0),
                group.len(),
            );
            let any = group.iter().any(|(_, entry)| self.timeline.withdrawn(*entry).is_some());
            let through = if any { struck(x, y) } else { String::new() };
            picture.shape(&(circle + &through), &self.words(group));
            return;
        }
        let exact = self.timeline.precision(*entry) == Precision::Day;
        let fill = if exact { "fill=\"currentColor\"" } else { "fill=\"none\"" };
        let look = format!("class=\"{colour}\" {fill} stroke=\"currentColor\" stroke-width=\"2\"");
        let shape = if self.timeline.kind(*entry) == Kind::Statement {
            format!("<circle {look} cx=\"{}\" cy=\"{}\" r=\"{MARK}\"/>", number(x), number(y))
        } else {
            format!(
                "<rect {look} x=\"{}\" y=\"{}\" width=\"{size}\" height=\"{size}\"/>",
                number(x - MARK + 0.5),
                number(y - MARK + 0.5),
                size = MARK * 2.0 - 1.0,
            )
        };
        let shape = match self.timeline.withdrawn(*entry) {
            Some(_) => format!("{shape}{}", struck(x, y)),
            None => shape,
        };
        picture.shape(&shape, &self.words(group));
    }

    fn words(&self, group: &[(f64, EntryIndex)]) -> String {
        let mut lines: Vec<String> = group
            .iter()
            .take(NAMED)
            .map(|(_, entry)| {
                let date = short(&self.timeline.date(*entry));
                let words = format!("{date}: {}", self.timeline.headline(*entry));
                match undone(self.timeline, self.entries, *entry) {
                    since if since.is_empty() => words,
                    since => format!("{words}. {since}"),
                }
            })
            .collect();
        if group.len() > NAMED {
            lines.push(format!("and {} more", group.len() - NAMED));
        }
        lines.join("\n")
    }
}
