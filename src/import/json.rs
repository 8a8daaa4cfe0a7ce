//! JSON and JSON Lines, whatever the keys are called: a list of objects, or an object that has one.

use std::io::BufRead;

use serde_json::Value;

use crate::import::csv::shown;
use crate::import::fields::{Field, Meanings};
use crate::import::flat::Row;
use crate::import::sink::Sink;
use crate::import::stream::{self, Part, flatten};
use crate::import::{Format, ImportError};

/// A document.
pub(super) static FORMAT: Format = Format {
    name: "json",
    extensions: &["json"],
    about: "a list of objects, or an object with one",
    begins: |head| {
        let inner = head.trim_start().strip_prefix(['{', '[']).map(str::trim_start);
        // `[section]` begins another kind of file.
        let value = |next: char| matches!(next, '"' | '{' | '}' | '[' | ']' | '-' | '0'..='9');
        inner.is_some_and(|inner| inner.is_empty() || inner.starts_with(value))
    },
    read,
};

/// An object a line.
pub(super) static FORMAT_LINES: Format = Format {
    name: "jsonl",
    extensions: &["jsonl", "ndjson"],
    about: "an object a line",
    begins: |head| head.trim_start().contains('\n') && stream::is_lines(head),
    read: |from, sink| objects(sink, |sink, each| stream::lines(from, sink, each)),
};

/// Keys under which documents keep their lists.
const LISTS: &[&str] = &[
    "entries",
    "events",
    "items",
    "data",
    "records",
    "rows",
    "results",
    "statements",
    "quotes",
    "claims",
    "timeline",
    "features",
];

fn read(from: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ImportError> {
    objects(sink, |sink, each| stream::read(from, sink, LISTS, each))
}

type Each<'e> = dyn FnMut(&mut Sink, Part) -> Result<(), ImportError> + 'e;

fn objects(
    sink: &mut Sink,
    parts: impl FnOnce(&mut Sink, &mut Each) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let map = sink.options.map.clone();
    let mut meanings = Meanings::new(&map);
    let mut keys: Vec<String> = Vec::new();
    let mut dated = false;
    parts(sink, &mut |sink, part| match part {
        Part::Item { line, list, value } => {
            let inner = if list.is_none() { inner_list(&value, &mut meanings) } else { None };
            match inner {
                Some(items) => items.iter().try_for_each(|item| {
                    object(sink, line, item, &mut meanings, &mut keys, &mut dated)
                }),
                None => object(sink, line, &value, &mut meanings, &mut keys, &mut dated),
            }
        }
        Part::Beside { key, value: Value::String(title), .. }
            if key == "title" || key == "name" =>
        {
            sink.title(&title);
            Ok(())
        }
        Part::Beside { line, key, value } => beside(sink, line, &key, &value),
    })?;
    if let Some(column) = meanings.missing() {
        return Err(ImportError::NoColumn { column: column.to_owned(), hint: String::new() });
    }
    if !dated && sink.report.rows > 0 && !sink.options.undated {
        return Err(ImportError::NoDate { columns: shown(&keys) });
    }
    Ok(())
}

/// The one list of objects in an object that is no row itself.
fn inner_list<'v>(value: &'v Value, meanings: &mut Meanings) -> Option<&'v Vec<Value>> {
    let fields = value.as_object()?;
    let mut lists = fields.values().filter_map(Value::as_array);
    let only = lists.next().filter(|_| lists.next().is_none())?;
    let objects = !only.is_empty() && only.iter().all(Value::is_object);
    let is_row = fields.iter().any(|(key, value)| {
        !value.is_array() && meanings.of(key).is_some_and(|(field, _)| field == Field::Date)
    });
    (objects && !is_row).then_some(only)
}

/// A value that belongs to no row.
pub(super) fn beside(
    sink: &mut Sink,
    line: u64,
    key: &str,
    value: &Value,
) -> Result<(), ImportError> {
    let mut result = Ok(());
    flatten(key, value, &mut |path, text| {
        if result.is_ok() && !text.trim().is_empty() {
            result = sink.unused(path, line);
        }
    });
    result
}

fn object(
    sink: &mut Sink,
    line: u64,
    value: &Value,
    meanings: &mut Meanings,
    keys: &mut Vec<String>,
    dated: &mut bool,
) -> Result<(), ImportError> {
    sink.row();
    if !value.is_object() {
        return sink.leave_out(line, "it is no object".to_owned());
    }
    let mut row = Row::new(line);
    let mut unused: Vec<String> = Vec::new();
    flatten("", value, &mut |path, text| {
        if !*dated && keys.len() < 100 && !keys.iter().any(|key| key == path) {
            keys.push(path.to_owned());
        }
        match meanings.of(path) {
            Some(meaning) => unused.extend(row.push(meaning, path, text)),
            None if text.trim().is_empty() => {}
            None => unused.push(path.to_owned()),
        }
    });
    for column in unused {
        sink.unused(&column, line)?;
    }
    row.name_the_event();
    *dated |= [Field::Date, Field::Time, Field::End].iter().any(|field| row.has(*field));
    let draft = row.draft(sink)?;
    sink.add(draft)
}
