//! The JSON that Knight Lab's TimelineJS 3 reads, for a timeline on a web page.
//!
//! Dates go as far as they are known: a month has no day, a season begins in its first month. It
//! counts years as people do, without a year nought: -1 is 1 BCE. It knows no zones, so times stand
//! as written where all have one zone or none, and in UTC where they differ: else slides would
//! stand in another order than entries. What is shown as text is HTML, and so everything is escaped.

mod slide;

use std::collections::HashSet;

use serde::Serialize;

use crate::export::html::escape;
use crate::export::names::Given;
use crate::export::timelinejs::slide::{body, paragraphs};
use crate::export::{
    ExportError, Format, Output, Request, Thing, cited, day, distinct, entries_have, json,
};
use crate::model::{Entry, EntryIndex};
use crate::when::{Day, Edge, When};

/// The format.
pub static FORMAT: Format = Format {
    name: "timelinejs",
    extensions: &["timeline.json", "timelinejs"],
    about: "JSON for Knight Lab's TimelineJS, for a web page",
    options: &[],
    write,
};

/// The years that a JavaScript date can hold (ECMA-262, 21.4.1.1), whole ones only. TimelineJS
/// counts others without months, where it is told to.
const YEARS: std::ops::RangeInclusive<i64> = -271_820..=275_759;

#[derive(Serialize)]
struct Document {
    #[serde(skip_serializing_if = "Option::is_none")]
    scale: Option<&'static str>,
    title: Slide,
    events: Vec<Slide>,
}

#[derive(Serialize)]
struct Slide {
    unique_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    /// Links are made here. It would look for addresses in ours again.
    autolink: bool,
    text: Text,
}

#[derive(Serialize)]
struct Text {
    headline: String,
    text: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
struct Date {
    year: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    month: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hour: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minute: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    second: Option<u8>,
}

fn write(request: &Request) -> Result<Output, ExportError> {
    let timeline = request.timeline;
    let entries: Vec<(EntryIndex, Entry)> =
        request.entries.iter().map(|index| (*index, timeline.entry(*index))).collect();
    let clocks = entries.iter().filter_map(|(_, entry)| entry.date.time_of_day());
    let zones: HashSet<Option<i16>> = clocks.map(|clock| clock.shift).collect();
    let mut names = Given::default();
    let title_id = names.give_plain("title");
    let mut events = Vec::new();
    let mut sources = Vec::new();
    let mut left_out = 0usize;
    for (index, entry) in &entries {
        let Some((start, end)) = dates(&entry.date, zones.len() > 1) else {
            left_out = left_out.saturating_add(1);
            continue;
        };
        sources.extend(cited(entry));
        events.push(Slide {
            unique_id: names.give_plain(&timeline.full_id(*index)),
            start_date: Some(start),
            end_date: end,
            display_date: Some(escape(&entry.date.reading())),
            // It takes mark-up out of groups, and then reads what is left as mark-up.
            group: entry.speaker.map(|at| escape(&escape(&timeline.speaker(at).name))),
            autolink: false,
            text: Text {
                headline: escape(timeline.headline(*index)),
                text: body(request, *index, entry),
            },
        });
    }
    let dates = || events.iter().flat_map(|slide| [slide.start_date, slide.end_date]).flatten();
    let far = dates().filter(|date| !YEARS.contains(&date.year)).count();
    let title = title(request, title_id, [events.len(), distinct(sources).len()]);
    let scale = (far > 0).then_some("cosmological");
    let wrote = Thing::Entry.times(events.len());
    let mut output = Output::new(json::pretty(&Document { scale, title, events }), wrote);
    if left_out > 0 {
        output.notes.push(format!("{} no date that TimelineJS can hold", entries_have(left_out)));
    }
    if far > 0 {
        let least = YEARS.start().unsigned_abs();
        output.notes.push(format!(
            "TimelineJS places entries by their year alone where one is before {least} BCE or after {}",
            YEARS.end()
        ));
    }
    Ok(output)
}

fn title(request: &Request, unique_id: String, [entries, sources]: [usize; 2]) -> Slide {
    let summary = match request.timeline.datasets() {
        [dataset] => dataset.summary.as_deref().map(paragraphs),
        _ => None,
    };
    let plural = |count: usize, one: &str, several: &str| {
        format!("{count} {}", if count == 1 { one } else { several })
    };
    let counted = format!(
        "<p>{}, {}</p>",
        plural(entries, "entry", "entries"),
        plural(sources, "source", "sources")
    );
    Slide {
        unique_id,
        start_date: None,
        end_date: None,
        display_date: None,
        group: None,
        autolink: false,
        text: Text {
            headline: escape(&request.timeline.title()),
            text: summary.unwrap_or_default() + &counted,
        },
    }
}

/// Where it begins and, if it is more than one known day, month or year, where it ends. Nothing
/// for what has no known beginning, or one too far away to be counted.
fn dates(when: &When, in_utc: bool) -> Option<(Date, Option<Date>)> {
    if let Some(clock) = when.time_of_day() {
        let clock = if in_utc { clock.utc() } else { clock };
        let day = day::whole((clock.day, clock.day)).0;
        let second = Some(clock.second).filter(|second| *second > 0);
        let (hour, minute) = (Some(clock.hour), Some(clock.minute));
        return Some((Date { hour, minute, second, ..day.into() }, None));
    }
    let year = |edge: Edge| edge.day().map(day::Known::year_of);
    let from = when.start_span().map(|span| day::whole(span).0);
    let to = when.end_span().map(|span| day::whole(span).1);
    let start = from.or_else(|| year(when.earliest()))?;
    let end = to.or_else(|| year(when.latest())).filter(|end| *end != start);
    let known = |edge: Edge| edge.day().is_none_or(|day| day != Day::MIN && day != Day::MAX);
    (known(when.earliest()) && known(when.latest())).then(|| (start.into(), end.map(Date::from)))
}

impl From<day::Known> for Date {
    fn from(known: day::Known) -> Date {
        Date {
            year: day::without_nought(known.year),
            month: known.month,
            day: known.day,
            hour: None,
            minute: None,
            second: None,
        }
    }
}
