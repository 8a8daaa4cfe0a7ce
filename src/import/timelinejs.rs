//! Knight Lab's TimelineJS: its JSON, and the table that its spreadsheet is saved as.
//!
//! A slide becomes an event, its group a tag. In what `dateline export` has written, the group is
//! the speaker, and the text is parted again into what was said and where it stands. It counts years
//! without a year nought: -1 is 1 BCE.

mod ours;

use std::io::BufRead;

use csv::StringRecord;
use serde_json::Value;

use crate::import::dates::{Dated, Parts, Rest, Rules, from_parts, join};
use crate::import::draft::{Date, Draft};
use crate::import::flat::{is_address, linked};
use crate::import::html;
use crate::import::json::beside;
use crate::import::sink::Sink;
use crate::import::stream::{self, Part, text};
use crate::import::table::{Table, head_of};
use crate::import::{Format, ImportError};
use crate::model::Source;
use crate::when::{Answer, Clock, When};

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "timelinejs",
    extensions: &["timeline.json", "timelinejs"],
    about: "Knight Lab's TimelineJS: JSON, or its spreadsheet as CSV",
    begins: |head| is_json(head) || is_table(head),
    read: |from, sink| {
        let json = String::from_utf8_lossy(from.fill_buf()?).trim_start().starts_with('{');
        if json { read_json(from, sink) } else { read_table(from, sink) }
    },
};

fn is_json(head: &str) -> bool {
    head.trim_start().starts_with('{')
        && head.contains("\"events\"")
        && head.contains("\"start_date\"")
}

fn is_table(head: &str) -> bool {
    let names = head_of(head);
    ["year", "month", "day", "headline"].iter().all(|name| names.iter().any(|head| head == name))
}

/// A slide, whatever it was read from.
#[derive(Default)]
struct Slide {
    id: String,
    start: Moment,
    end: Moment,
    display: String,
    headline: String,
    text: String,
    group: String,
    media: [String; 3],
    era: bool,
}

/// A date as the format has it. A part that is not known is empty.
#[derive(Default)]
struct Moment {
    year: String,
    month: String,
    day: String,
    clock: String,
}

/// How years before our era are counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Years {
    /// -1 is 1 BCE, as TimelineJS shows it.
    WithoutNought,
    /// 0 is 1 BCE, as this program once wrote it.
    Astronomical,
}

impl Moment {
    fn of(value: Option<&Value>) -> Moment {
        let part = |key: &str| text(value.and_then(|value| value.get(key)));
        let [hour, minute, second] = ["hour", "minute", "second"].map(part);
        let two =
            |part: &str| if part.is_empty() { "00".to_owned() } else { format!("{part:0>2}") };
        let clock = if hour.is_empty() {
            String::new()
        } else {
            format!("{}:{}:{}", two(&hour), two(&minute), two(&second))
        };
        Moment { year: part("year"), month: part("month"), day: part("day"), clock }
    }

    fn written(&self) -> String {
        let parts = [&self.year, &self.month, &self.day, &self.clock];
        parts
            .map(|part| part.trim())
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("-")
    }

    /// Nothing where it has no year.
    fn read(&self, rules: Rules, years: Years) -> Option<Result<Dated, String>> {
        let year = self.year.trim();
        if year.is_empty() {
            return None;
        }
        let number = |text: &str| -> Option<i64> {
            let text = text.trim();
            let whole = text.strip_suffix(".0").unwrap_or(text);
            whole.parse().ok()
        };
        let Some(year) = number(year) else {
            // A whole date may stand in the column of the year.
            return Some(rules.read(year));
        };
        // A year nought is none of its own, and is left as it is written.
        let year = if years == Years::WithoutNought && year < 0 { year + 1 } else { year };
        let part =
            |text: &str| if text.trim().is_empty() { Some(None) } else { number(text).map(Some) };
        let (Some(month), Some(day)) = (part(&self.month), part(&self.day)) else {
            return Some(Err(format!("`{}` has a month or day that is no number", self.written())));
        };
        let clock = Some(self.clock.trim()).filter(|clock| !clock.is_empty());
        Some(from_parts(Parts { year, month, day, clock }))
    }
}

fn read_json(from: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ImportError> {
    let mut ours = false;
    stream::read(from, sink, &["events", "eras"], &mut |sink, part| match part {
        Part::Item { line, list, value } => {
            sink.row();
            if !value.is_object() {
                return sink.leave_out(line, "it is no object".to_owned());
            }
            let slide = slide_of(&value, list.as_deref() == Some("eras"));
            for (key, value) in value.as_object().into_iter().flatten() {
                let known = [
                    "unique_id",
                    "start_date",
                    "end_date",
                    "display_date",
                    "group",
                    "text",
                    "media",
                    "autolink",
                    "type",
                ];
                if !known.contains(&key.as_str()) {
                    beside(sink, line, key, value)?;
                }
            }
            add(sink, slide, ours, line)
        }
        Part::Beside { key, value, .. } if key == "title" => {
            let part = |key: &str| text(value.get("text").and_then(|text| text.get(key)));
            let blocks = html::blocks(&part("text"));
            ours = blocks.last().is_some_and(ours::is_count);
            let told = if ours { blocks.len() - 1 } else { blocks.len() };
            let summary: Vec<&str> =
                blocks.iter().take(told).map(|block| block.text.as_str()).collect();
            sink.title(&html::text(&part("headline")));
            sink.summary(&summary.join("\n\n"));
            Ok(())
        }
        Part::Beside { line, key, value } if key != "scale" => beside(sink, line, &key, &value),
        Part::Beside { .. } => Ok(()),
    })
}

fn slide_of(value: &Value, era: bool) -> Slide {
    let words = |key: &str| text(value.get("text").and_then(|text| text.get(key)));
    let media = |key: &str| text(value.get("media").and_then(|media| media.get(key)));
    let display = [value.get("display_date"), value.pointer("/start_date/display_date")]
        .into_iter()
        .map(text)
        .find(|text| !text.is_empty());
    Slide {
        id: text(value.get("unique_id")),
        start: Moment::of(value.get("start_date")),
        end: Moment::of(value.get("end_date")),
        display: display.unwrap_or_default(),
        headline: words("headline"),
        text: words("text"),
        group: text(value.get("group")),
        media: ["url", "credit", "caption"].map(media),
        era,
    }
}

fn read_table(from: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ImportError> {
    let mut table = Table::new(from, "CSV", None)?;
    let head: Vec<String> = table.head.iter().map(|name| name.to_lowercase()).collect();
    let names = table.head.clone();
    let mut row = StringRecord::new();
    while let Some(line) = table.next(sink, &mut row)? {
        let mut used: Vec<&str> = Vec::new();
        let mut cell = |name: &'static str| {
            used.push(name);
            let at = head.iter().position(|head| head == name);
            at.and_then(|at| row.get(at)).unwrap_or_default().trim().to_owned()
        };
        let mut moment = |[year, month, day, clock]: [&'static str; 4]| Moment {
            year: cell(year),
            month: cell(month),
            day: cell(day),
            clock: cell(clock),
        };
        let start = moment(["year", "month", "day", "time"]);
        let end = moment(["end year", "end month", "end day", "end time"]);
        let kind = cell("type").to_lowercase();
        let slide = Slide {
            id: String::new(),
            start,
            end,
            display: cell("display date"),
            headline: cell("headline"),
            text: cell("text"),
            group: cell("group"),
            media: ["media", "media credit", "media caption"].map(&mut cell),
            era: kind == "era",
        };
        for ((name, shown), cell) in head.iter().zip(&names).zip(&row) {
            if !used.contains(&name.as_str()) && !cell.trim().is_empty() {
                sink.unused(shown, line)?;
            }
        }
        if kind == "title" {
            sink.no_row();
            sink.title(&html::text(&slide.headline));
            sink.summary(&html::text(&slide.text));
            sink.note("title slides, read as title and summary", line);
            continue;
        }
        add(sink, slide, false, line)?;
    }
    Ok(())
}

fn add(sink: &mut Sink, slide: Slide, ours: bool, line: u64) -> Result<(), ImportError> {
    let mut draft = Draft {
        line,
        date: when(&slide, sink.rules()),
        headline: html::text(&slide.headline),
        id: slide.id,
        ..Draft::default()
    };
    let blocks = html::blocks(&slide.text);
    let group = html::text(&slide.group);
    if ours {
        // Mark-up is taken out of groups twice.
        ours::part_again(&mut draft, blocks, &html::text(&group), sink)?;
    } else {
        for (url, words) in blocks.iter().flat_map(|block| &block.links) {
            if is_address(url) {
                let title = Some(words.clone()).filter(|words| !words.is_empty() && words != url);
                draft.sources.push(Source { title, ..linked(url) });
            }
        }
        let text: Vec<String> = blocks.into_iter().map(|block| block.text).collect();
        draft.text = text.join("\n\n");
        draft.tags.push(group);
        if slide.era {
            draft.tags.push("era".to_owned());
        }
        let [url, credit, caption] = slide.media.map(|text| html::text(&text));
        if is_address(url.trim()) {
            let given = |text: String| Some(text).filter(|text| !text.trim().is_empty());
            draft.sources.push(Source {
                author: given(credit),
                note: given(caption),
                ..linked(url.trim())
            });
        } else if !url.trim().is_empty() {
            sink.lose("media without an address", line)?;
        }
    }
    sink.add(draft)
}

/// The date that is shown where it can be read and fits, for it may say less than the parts must;
/// else the parts, and what is shown in a note.
fn when(slide: &Slide, rules: Rules) -> Date {
    let display = html::text(&slide.display).trim().to_owned();
    let parts = parts(slide, rules, Years::WithoutNought);
    let written = [slide.start.written(), slide.end.written()];
    let written = written.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>();
    let Some(parts) = parts else { return Date::new(&display, rules.read(&display)) };
    let parts = match parts {
        Ok(parts) if !display.is_empty() => parts,
        other => return Date::new(&written.join(" – "), other),
    };
    let read = match rules.read(&display).ok() {
        Some(shown) if is_same_moment(&shown.when, &parts.when) => shown,
        Some(shown) if same_days(&shown.when, &parts.when) => parts,
        Some(shown) if fits(&shown.when, &parts.when) => shown,
        Some(shown) if was_astronomical(slide, rules, &shown.when) => shown,
        _ => Dated { rest: Rest::Words, ..parts },
    };
    Date::new(&display, Ok(read))
}

/// What the parts of a slide's dates say; nothing where there are none.
fn parts(slide: &Slide, rules: Rules, years: Years) -> Option<Result<Dated, String>> {
    match (slide.start.read(rules, years), slide.end.read(rules, years)) {
        (None, None) => None,
        (Some(Ok(start)), Some(Ok(end))) if start.when == end.when => Some(Ok(start)),
        (Some(Ok(start)), Some(Ok(end))) => Some(join(start, Some(end))),
        (Some(start), None) => Some(start),
        (Some(Err(error)), _) | (_, Some(Err(error))) => Some(Err(error)),
        (None, Some(Ok(_))) => Some(Err("it has an end and no beginning".to_owned())),
    }
}

/// Whether both have a time of day, and it is one: the parts have no zone, and are as written or in
/// UTC.
fn is_same_moment(shown: &When, parts: &When) -> bool {
    let (Some(shown), Some(parts)) = (shown.time_of_day(), parts.time_of_day()) else {
        return false;
    };
    shown.utc() == parts.utc() || Clock { shift: None, ..shown } == parts
}

/// Whether the parts are the date that is shown, counted with a year nought.
fn was_astronomical(slide: &Slide, rules: Rules, shown: &When) -> bool {
    matches!(
        parts(slide, rules, Years::Astronomical),
        Some(Ok(parts)) if same_days(shown, &parts.when)
    )
}

fn fits(shown: &When, parts: &When) -> bool {
    !shown.is_undated() && parts.during(shown) != Answer::No
}

/// Whether two dates say the same of every day; of a time of day only one may.
fn same_days(shown: &When, parts: &When) -> bool {
    let (shown, parts) = (shown.facts(), parts.facts());
    (shown.earliest, shown.latest) == (parts.earliest, parts.latest)
        && shown.is_certain()
        && shown.interval == parts.interval
        && shown.simple
}
