//! The JSON that Knight Lab's TimelineJS 3 reads, for a timeline on a web page.
//!
//! Dates go as far as they are known: a month has no day. What it shows as text is HTML, and so
//! everything is escaped.

use serde::Serialize;

use crate::export::html::escape;
use crate::export::names::Given;
use crate::export::{
    ExportError, Format, Output, Request, all_cited, cited, day, entries_have, json, web_address,
};
use crate::model::{Entry, EntryIndex, Timeline};
use crate::when::{Edge, When};

/// The format.
pub static FORMAT: Format = Format {
    name: "timelinejs",
    extensions: &["timeline.json", "timelinejs"],
    about: "JSON for Knight Lab's TimelineJS, for a web page",
    options: &[],
    write,
};

/// The years that a JavaScript date can hold (ECMA-262, 21.4.1.1), whole ones only.
const YEARS: std::ops::RangeInclusive<i64> = -271_820..=275_759;

#[derive(Serialize)]
struct Document {
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
    text: Text,
}

#[derive(Serialize)]
struct Text {
    headline: String,
    text: String,
}

#[derive(Serialize)]
struct Date {
    year: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    month: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<u8>,
}

fn write(request: &Request) -> Result<Output, ExportError> {
    let timeline = request.timeline;
    let mut names = Given::default();
    let title = title(request, names.give_plain("title"));
    let mut events = Vec::new();
    for index in request.entries {
        let entry = timeline.entry(*index);
        if let Some((start, end)) = dates(&entry.date) {
            let name = names.give_plain(&timeline.full_id(*index));
            events.push(slide(timeline, *index, &entry, name, start, end));
        }
    }
    let left_out = request.entries.len().saturating_sub(events.len());
    let mut output = Output::from(json::pretty(&Document { title, events }));
    if left_out > 0 {
        output.notes.push(format!("{} no date that TimelineJS can hold", entries_have(left_out)));
    }
    Ok(output)
}

fn title(request: &Request, unique_id: String) -> Slide {
    let summary = match request.timeline.datasets() {
        [dataset] => dataset.summary.as_deref().map(|text| paragraph(&escape(text))),
        _ => None,
    };
    let sources = all_cited(request).len();
    let plural = |count: usize, one: &str, several: &str| {
        format!("{count} {}", if count == 1 { one } else { several })
    };
    let counted = format!(
        "{}, {}",
        plural(request.entries.len(), "entry", "entries"),
        plural(sources, "source", "sources")
    );
    Slide {
        unique_id,
        start_date: None,
        end_date: None,
        display_date: None,
        group: None,
        text: Text {
            headline: escape(&request.timeline.title()),
            text: summary.unwrap_or_default() + &paragraph(&counted),
        },
    }
}

fn slide(
    timeline: &Timeline,
    index: EntryIndex,
    entry: &Entry,
    unique_id: String,
    start: Date,
    end: Option<Date>,
) -> Slide {
    Slide {
        unique_id,
        start_date: Some(start),
        end_date: end,
        display_date: Some(escape(&entry.date.reading())),
        group: entry.speaker.map(|at| escape(&timeline.speaker(at).name)),
        text: Text { headline: escape(timeline.headline(index)), text: body(timeline, entry) },
    }
}

fn body(timeline: &Timeline, entry: &Entry) -> String {
    let mut html = String::new();
    if let Some(speaker) = entry.speaker {
        let who = timeline.speaker(speaker);
        let capacity = who.capacity(entry.role.as_deref());
        let named = [Some(who.titled_name()), capacity].into_iter().flatten();
        html.push_str(&paragraph(&escape(&named.collect::<Vec<_>>().join(", "))));
    }
    if let Some(text) = &entry.text {
        html.push_str(&paragraph(&escape(text)));
    }
    if let Some(paraphrase) = &entry.paraphrase {
        html.push_str(&paragraph(&format!("{} <i>(paraphrase)</i>", escape(paraphrase))));
    }
    for quote in &entry.quotes {
        html.push_str(&format!("<blockquote>“{}”</blockquote>", escape(&quote.text)));
    }
    let sources: Vec<String> = cited(entry)
        .into_iter()
        .map(|at| {
            let source = timeline.source(at);
            let words = escape(&source.citation());
            match source.url.as_deref().and_then(web_address) {
                Some(url) => format!("<a href=\"{}\">{words}</a>", escape(url)),
                None => words,
            }
        })
        .collect();
    if !sources.is_empty() {
        html.push_str(&paragraph(&format!("<small>{}</small>", sources.join("; "))));
    }
    html
}

fn paragraph(html: &str) -> String {
    format!("<p>{}</p>", html.trim().replace('\n', "<br>"))
}

/// Where it begins and, if it is more than one known day, month or year, where it ends. Nothing
/// for what has no known beginning.
fn dates(when: &When) -> Option<(Date, Option<Date>)> {
    let year = |edge: Edge| edge.day().map(day::Known::year_of);
    let (from, to) = day::ends(when);
    let start = from.or_else(|| year(when.earliest()))?;
    let end = to.or_else(|| year(when.latest())).filter(|end| *end != start);
    if !YEARS.contains(&start.year) || end.is_some_and(|end| !YEARS.contains(&end.year)) {
        return None;
    }
    Some((start.into(), end.map(Date::from)))
}

impl From<day::Known> for Date {
    fn from(known: day::Known) -> Date {
        Date { year: known.year, month: known.month, day: known.day }
    }
}
