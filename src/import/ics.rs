//! iCalendar (RFC 5545): events and journal entries, one at a time. The grammar of a property is
//! `icalendar`'s.

use std::io::BufRead;

use icalendar::parser::{ParseString, Property, read_calendar_simple};

use crate::import::dates::{Dated, Rules, join};
use crate::import::draft::{Date, Draft};
use crate::import::flat::{is_address, linked};
use crate::import::html;
use crate::import::sink::Sink;
use crate::import::{Format, ImportError};
use crate::when::{Day, When, civil, day_number};

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "ics",
    extensions: &["ics", "ical", "icalendar"],
    about: "iCalendar, events and journal entries",
    begins: |head| {
        head.trim_start()
            .get(..15)
            .is_some_and(|begin| begin.eq_ignore_ascii_case("BEGIN:VCALENDAR"))
    },
    read,
};

/// Properties that are of use to calendars alone.
const TECHNICAL: [&str; 12] = [
    "DTSTAMP",
    "SEQUENCE",
    "TRANSP",
    "CREATED",
    "LAST-MODIFIED",
    "CLASS",
    "STATUS",
    "PRIORITY",
    "RECURRENCE-ID",
    "X-DATELINE-EDTF",
    "DTEND",
    "DURATION",
];

fn read(from: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ImportError> {
    let mut lines = Lines { from, next: None, line: 0 };
    let mut open: Vec<String> = Vec::new();
    let mut event: Option<Event> = None;
    let mut ours = false;
    while let Some((line, text)) = lines.next()? {
        let upper = text.trim_end().to_ascii_uppercase();
        if let Some(name) = upper.strip_prefix("BEGIN:") {
            match name {
                "VEVENT" | "VJOURNAL" if event.is_none() => {
                    event = Some(Event { line, depth: open.len(), ..Event::default() });
                }
                "VTODO" => {
                    sink.row();
                    sink.leave_out(line, "a to-do is neither said nor happened".to_owned())?;
                }
                _ => {}
            }
            open.push(name.to_owned());
            continue;
        }
        if upper.starts_with("END:") {
            open.pop();
            if let Some(done) = event.take_if(|event| open.len() <= event.depth) {
                sink.row();
                done.add(ours, sink)?;
            }
            continue;
        }
        // What is deeper in an event is an alarm.
        let of_event = event.as_mut().filter(|event| open.len() == event.depth + 1);
        let of_calendar = open.len() == 1;
        if text.trim().is_empty() || (of_event.is_none() && !of_calendar) {
            continue;
        }
        let wrapped = format!("BEGIN:X\n{text}\nEND:X\n");
        let parsed = read_calendar_simple(&wrapped).ok();
        let property =
            parsed.as_ref().and_then(|all| all.first()).and_then(|all| all.properties.first());
        let Some(property) = property else {
            sink.lose("lines of a calendar that are no property", line)?;
            continue;
        };
        match of_event {
            Some(event) => event.take(property, line, sink)?,
            None => {
                let value = plain(property.val.as_ref());
                match property.name.as_ref() {
                    "PRODID" => ours = value.starts_with("-//dateline//"),
                    "X-WR-CALNAME" | "NAME" => sink.title(&value),
                    "X-WR-CALDESC" | "DESCRIPTION" => sink.summary(&value),
                    _ => {}
                }
            }
        }
    }
    if event.is_some() || !open.is_empty() {
        let reason = format!("it ends within {}", open.join(" within "));
        return Err(ImportError::Broken { format: "iCalendar", line: lines.line, reason });
    }
    Ok(())
}

/// Text without its escapes (RFC 5545, 3.3.11).
fn plain(value: &str) -> String {
    ParseString::from(value.to_owned()).unescape_text().as_str().to_owned()
}

/// Lines put together again where they were folded (RFC 5545, 3.1).
struct Lines<'a> {
    from: &'a mut dyn BufRead,
    next: Option<String>,
    line: u64,
}

impl Lines<'_> {
    fn read(&mut self) -> Result<Option<String>, ImportError> {
        if let Some(line) = self.next.take() {
            return Ok(Some(line));
        }
        let mut text = String::new();
        if self.from.read_line(&mut text)? == 0 {
            return Ok(None);
        }
        self.line += 1;
        if text.ends_with('\n') {
            text.pop();
        }
        Ok(Some(text))
    }

    /// The next line, and where it begins.
    fn next(&mut self) -> Result<Option<(u64, String)>, ImportError> {
        let Some(mut text) = self.read()? else { return Ok(None) };
        let start = self.line;
        while let Some(more) = self.read()? {
            match more.strip_prefix([' ', '\t']) {
                Some(rest) => text.push_str(rest),
                None => {
                    self.next = Some(more);
                    // What was read ahead is not counted yet.
                    return Ok(Some((start, text)));
                }
            }
        }
        Ok(Some((start, text)))
    }
}

/// An event as far as it has been read.
#[derive(Default)]
struct Event {
    line: u64,
    /// How many components stand around it.
    depth: usize,
    draft: Draft,
    start: Option<Stamp>,
    end: Option<Stamp>,
    duration: String,
    edtf: String,
}

/// A date or a time as written, and whether a zone was named.
struct Stamp {
    text: String,
    zone: bool,
}

impl Event {
    fn take(
        &mut self,
        property: &Property<'_>,
        line: u64,
        sink: &mut Sink,
    ) -> Result<(), ImportError> {
        let value = property.val.as_ref();
        let name = property.name.as_ref().to_ascii_uppercase();
        let stamp = || Stamp {
            text: value.trim().to_owned(),
            zone: property.params.iter().any(|param| param.key.as_ref() == "TZID"),
        };
        match name.as_str() {
            "UID" => value.clone_into(&mut self.draft.id),
            "SUMMARY" => value.clone_into(&mut self.draft.headline),
            "DESCRIPTION" if value.contains("</") || value.contains("<br") => {
                self.draft.text = html::text(value);
            }
            "DESCRIPTION" => value.clone_into(&mut self.draft.text),
            "LOCATION" => value.clone_into(&mut self.draft.place),
            "CATEGORIES" => self.draft.tags.extend(items(value)),
            "COMMENT" => value.clone_into(&mut self.draft.note),
            "URL" if is_address(value) => self.draft.sources.push(linked(value)),
            "DTSTART" => self.start = Some(stamp()),
            "DTEND" => self.end = Some(stamp()),
            "DURATION" => value.trim().clone_into(&mut self.duration),
            "X-DATELINE-EDTF" => self.edtf = plain(value),
            "RRULE" | "RDATE" | "EXDATE" => sink.lose("repetitions of an event", line)?,
            name if TECHNICAL.contains(&name) || value.trim().is_empty() => {}
            name => sink.unused(name, line)?,
        }
        Ok(())
    }

    fn add(mut self, ours: bool, sink: &mut Sink) -> Result<(), ImportError> {
        self.draft.line = self.line;
        let line = self.line;
        let written = self.start.as_ref().map(|stamp| stamp.text.clone()).unwrap_or_default();
        self.draft.date = if self.edtf.is_empty() {
            if [&self.start, &self.end].into_iter().flatten().any(|stamp| stamp.zone) {
                sink.lose("names of time zones, of which the local time is kept", line)?;
            }
            let read = self.when();
            let timed = read.as_ref().is_ok_and(|read| read.when.text().contains('T'));
            if timed && (self.end.is_some() || !self.duration.is_empty()) {
                sink.lose("times of day at which events end", line)?;
            }
            Date::new(&written, read)
        } else {
            Date::new(&self.edtf, sink.rules().read(&self.edtf))
        };
        if ours {
            let id = self.draft.id.rsplit_once('@').filter(|(_, rest)| rest.ends_with(".dateline"));
            if let Some(id) = id.map(|(id, _)| id.to_owned()) {
                self.draft.id = id;
            }
            sink.note("a calendar does not say who speaks; every entry is an event", line);
        }
        sink.add(self.draft)
    }

    /// From the start to the end. A day that an event ends before is not one of its own.
    fn when(&self) -> Result<Dated, String> {
        let Some(start) = &self.start else { return Rules::default().read("") };
        let (from, day) = stamp(&start.text)?;
        let whole_days = !start.text.contains(['T', 't']);
        let to = match &self.end {
            Some(end) => {
                let (_, last) = stamp(&end.text)?;
                let midnight = end.text.contains("T000000");
                let before = last > day && (midnight || !end.text.contains(['T', 't']));
                Some(if before { last.saturating_sub(1) } else { last })
            }
            None => days_of(&self.duration)
                .filter(|_| whole_days)
                .map(|days| day.saturating_add(days.saturating_sub(1))),
        };
        match to.filter(|to| *to != day) {
            Some(to) => join(from, Some(on(to)?)),
            None => Ok(from),
        }
    }
}

/// `20221109`, `20221109T103000`, `20221109T103000Z`, and its day.
fn stamp(text: &str) -> Result<(Dated, Day), String> {
    let wrong = || format!("`{text}` is no date of a calendar");
    let number = |from: usize, to: usize| -> Option<u32> {
        let part = text.get(from..to)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
    };
    let (year, month, day) = number(0, 4)
        .zip(number(4, 6))
        .zip(number(6, 8))
        .map(|((y, m), d)| (y, m, d))
        .ok_or_else(wrong)?;
    let days = day_number(
        i64::from(year),
        u8::try_from(month).unwrap_or(0),
        u8::try_from(day).unwrap_or(0),
    );
    let days = days.ok_or_else(wrong)?;
    let date = format!("{year:04}-{month:02}-{day:02}");
    let edtf = match text.get(8..).unwrap_or_default() {
        "" => date,
        rest => {
            let time = rest.strip_prefix(['T', 't']).ok_or_else(wrong)?;
            let digits = time.trim_end_matches(['Z', 'z']);
            let zone = if digits.len() < time.len() { "Z" } else { "" };
            let parts = [digits.get(..2), digits.get(2..4), digits.get(4..6)];
            let [Some(hour), Some(minute), Some(second)] = parts else { return Err(wrong()) };
            format!("{date}T{hour}:{minute}:{second}{zone}")
        }
    };
    let when = When::parse(&edtf).map_err(|_| wrong())?;
    Ok((Dated { when, rest: Default::default() }, days))
}

fn on(day: Day) -> Result<Dated, String> {
    let day = civil(day);
    Rules::default().read(&format!("{:04}-{:02}-{:02}", day.year, day.month, day.day))
}

/// The whole days of a duration: `P3D`, `P1W`.
fn days_of(duration: &str) -> Option<i64> {
    let rest = duration.strip_prefix('P')?;
    if let Some(weeks) = rest.strip_suffix('W') {
        return weeks.parse::<i64>().ok()?.checked_mul(7);
    }
    rest.strip_suffix('D')?.parse().ok()
}

/// The items of a list, parted at commas that are not escaped.
fn items(value: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut escaped = false;
    for letter in value.chars() {
        if letter == ',' && !escaped {
            items.push(String::new());
        } else if let Some(item) = items.last_mut() {
            item.push(letter);
        }
        escaped = letter == '\\' && !escaped;
    }
    items.iter().map(|item| plain(item.trim())).collect()
}
