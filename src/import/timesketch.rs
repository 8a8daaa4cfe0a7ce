//! Timesketch's timelines, CSV and JSON Lines: `message`, `datetime` or `timestamp` (microseconds
//! since 1970), and `timestamp_desc`, which says what the time is of.

use std::io::BufRead;

use csv::StringRecord;
use serde_json::Value;

use crate::import::dates::{Unit, from_epoch};
use crate::import::draft::{Date, Draft};
use crate::import::flat::listed;
use crate::import::sink::Sink;
use crate::import::stream::{self, Part, flatten};
use crate::import::table::{Table, head_of};
use crate::import::{Format, ImportError};

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "timesketch",
    extensions: &[],
    about: "Timesketch's CSV and JSON Lines",
    begins: |head| {
        let names = head_of(head);
        let named = |name: &str| names.iter().any(|head| head == name);
        let table = named("message") && named("timestamp_desc");
        table || (head.trim_start().starts_with('{') && head.contains("\"timestamp_desc\""))
    },
    read,
};

fn read(from: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ImportError> {
    if String::from_utf8_lossy(from.fill_buf()?).trim_start().starts_with(['{', '[']) {
        return stream::read(from, sink, &[], &mut |sink, part| match part {
            Part::Item { line, value: value @ Value::Object(_), .. } => {
                sink.row();
                let mut cells = Vec::new();
                flatten("", &value, &mut |key, text| cells.push((key.to_owned(), text.to_owned())));
                event(sink, line, cells)
            }
            Part::Item { line, .. } | Part::Beside { line, .. } => {
                sink.row();
                sink.leave_out(line, "it is no object".to_owned())
            }
        });
    }
    let mut table = Table::new(from, "CSV", None)?;
    let head = table.head.clone();
    let mut row = StringRecord::new();
    while let Some(line) = table.next(sink, &mut row)? {
        let cells = head.iter().zip(&row).map(|(name, cell)| (name.clone(), cell.to_owned()));
        event(sink, line, cells.collect())?;
    }
    Ok(())
}

fn event(sink: &mut Sink, line: u64, cells: Vec<(String, String)>) -> Result<(), ImportError> {
    let mut draft = Draft { line, ..Draft::default() };
    let (mut datetime, mut timestamp) = (String::new(), String::new());
    for (name, cell) in cells {
        // `-` stands for nothing.
        if cell.trim().is_empty() || cell == "-" {
            continue;
        }
        match name.as_str() {
            "message" => draft.text = cell,
            "datetime" => datetime = cell,
            "timestamp" => timestamp = cell,
            "timestamp_desc" => draft.tags.push(cell),
            "tag" | "tags" => draft.tags.extend(listed(cell.trim_matches(['[', ']']))),
            "comment" | "notes" => draft.note = cell,
            _ => sink.unused(&name, line)?,
        }
    }
    draft.date = if datetime.is_empty() && !timestamp.is_empty() {
        Date::new(&timestamp, from_epoch(&timestamp, Unit::Microseconds))
    } else {
        Date::new(&datetime, sink.rules().read(&datetime))
    };
    // A message is one line as a rule: then it is the headline and no text besides.
    let short = draft.text.trim().chars().count() <= 120 && !draft.text.trim().contains('\n');
    if short {
        draft.headline = std::mem::take(&mut draft.text).trim().to_owned();
    }
    sink.add(draft)
}
