//! iCalendar (RFC 5545): every entry with a date that a calendar can hold, as an event that blocks
//! nobody's time.
//!
//! A time of day with a zone is given in UTC, the one form of a moment that needs no list of zones;
//! one without is local time wherever it is read (3.3.5). Neither has an end. All else is whole days.
//! A month or an interval lasts from its first possible day to its last; what has no known end
//! stands on its first day alone, and its description says so. `X-DATELINE-EDTF` has the date as
//! written. All words of an entry are in its description. `DTSTAMP`, which must be there and would be a clock time, is always the same.

mod description;

use icalendar::{Calendar, Component, Event, EventLike, Property};
use sha2::{Digest, Sha256};

use crate::export::names::Given;
use crate::export::{
    ExportError, Format, Output, Request, Thing, cited, day, entries_have, file_name, one_line,
    provenance, web_address,
};
use crate::model::{EntryIndex, Timeline};
use crate::text::{clip, visible, visible_lines};
use crate::when::When;

/// The format.
pub static FORMAT: Format = Format {
    name: "ics",
    extensions: &["ics", "ical"],
    about: "iCalendar, to lay the record over a calendar",
    options: &[],
    write,
};

/// A calendar is glanced at: no text in it but a description is wider than this, in columns.
const LONGEST: usize = 2000;

/// The same in every export, so that the same input gives the same bytes.
const STAMP: &str = "19700101T000000Z";

fn write(request: &Request) -> Result<Output, ExportError> {
    let mut calendar = Calendar::empty();
    let program = format!("-//dateline//{}//EN", provenance::program());
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", program));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.append_property(text("X-WR-CALNAME", &request.timeline.title()));
    let mut names = Given::default();
    let mut left_out = 0usize;
    for index in request.entries {
        match event(request, *index, &mut names) {
            Some(event) => {
                calendar.push(event);
            }
            None => left_out = left_out.saturating_add(1),
        }
    }
    let written = request.entries.len().saturating_sub(left_out);
    let mut output = Output::new(folded(&calendar.to_string()), Thing::Entry.times(written));
    if left_out > 0 {
        output.notes.push(format!("{} no date that a calendar can hold", entries_have(left_out)));
    }
    Ok(output)
}

/// Nothing for an entry whose beginning is open or unknown, or outside the years 1 to 9999.
fn event(request: &Request, index: EntryIndex, names: &mut Given) -> Option<Event> {
    let timeline = request.timeline;
    let entry = timeline.entry(index);
    let (start, end) = span(&entry.date)?;
    let uid = names.give(&uid(timeline, index));
    let mut event = Event::new();
    event.append_property(Property::new("UID", uid));
    event.append_property(Property::new("DTSTAMP", STAMP));
    event.append_property(start);
    if let Some(end) = end {
        event.append_property(end);
    }
    let headline = visible(&one_line(&entry.headline)).into_owned();
    let summary = match entry.speaker {
        Some(speaker) => format!("{}: {headline}", timeline.speaker(speaker).short_name()),
        None => headline,
    };
    event.append_property(text("SUMMARY", &summary));
    let words = description::of(request, index, &entry);
    event.append_property(Property::new("DESCRIPTION", visible_lines(&words)));
    if let Some(place) = &entry.place {
        event.append_property(text("LOCATION", place));
    }
    if !entry.tags.is_empty() {
        event.categories(entry.tags.iter().map(|tag| visible(tag)));
    }
    let address = cited(&entry)
        .into_iter()
        .find_map(|at| timeline.source(at).url.as_deref().and_then(web_address));
    if let Some(url) = address {
        event.append_property(Property::new("URL", url));
    }
    event.append_property(Property::new("TRANSP", "TRANSPARENT"));
    event.append_property(text("X-DATELINE-EDTF", entry.date.text()));
    Some(event.done())
}

/// Where it begins, and where it ends if it has a known end.
fn span(when: &When) -> Option<(Property, Option<Property>)> {
    if let Some(clock) = when.time_of_day() {
        let at = if clock.shift.is_some() { clock.utc() } else { clock };
        let day = day::basic(at.day)?;
        let utc = if at.shift.is_some() { "Z" } else { "" };
        let time = format!("{day}T{:02}{:02}{:02}{utc}", at.hour, at.minute, at.second);
        return Some((Property::new("DTSTART", time), None));
    }
    let start = day::basic(when.earliest().day()?)?;
    // The end is the first day after (RFC 5545, 3.6.1).
    let end = when.latest().day().and_then(|day| day::basic(day.checked_add(1)?));
    Some((date("DTSTART", start), end.map(|end| date("DTEND", end))))
}

/// What an event is known by wherever it is: the same in every export, and another for each entry.
/// Neither the digest nor the words of an entry are in it: one that was edited is the same, and is
/// updated. Two files may share a title and ids, and so the file's name is in it; its folder is not,
/// which depends on who opens it.
fn uid(timeline: &Timeline, index: EntryIndex) -> String {
    let dataset = timeline.dataset_of(index);
    let id = timeline.id(index);
    let title = one_line(&dataset.title).to_lowercase();
    let whole = [title.as_str(), file_name(dataset), id].join("\0");
    let digest: String =
        Sha256::digest(whole).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("{}@{digest}.dateline", Given::default().give_plain(id))
}

fn date(name: &str, day: String) -> Property {
    Property::new(name, day).add_parameter("VALUE", "DATE").done()
}

/// A property whose value is text, which the library escapes. A calendar has no control
/// characters (RFC 5545, 3.1).
fn text(name: &str, value: &str) -> Property {
    let value = visible_lines(&value.replace("\r\n", "\n"));
    Property::new(name, clip(&value, LONGEST))
}

/// The calendar with no line of more than 75 bytes (RFC 5545, 3.1). The library counts the space
/// before a continued line as nothing, and so can make one of 76.
fn folded(calendar: &str) -> String {
    const LIMIT: usize = 75;
    let mut out = String::with_capacity(calendar.len());
    let mut used = 0;
    for letter in calendar.replace("\r\n ", "").chars() {
        match letter {
            '\r' | '\n' => used = 0,
            _ if used + letter.len_utf8() > LIMIT => {
                out.push_str("\r\n ");
                used = 1 + letter.len_utf8();
            }
            _ => used += letter.len_utf8(),
        }
        out.push(letter);
    }
    out
}
