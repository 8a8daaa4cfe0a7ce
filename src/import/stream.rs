//! JSON one value at a time, so that a list of a million is never in memory.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::import::ImportError;
use crate::import::sink::Sink;

/// A piece of a document.
pub(super) enum Part {
    /// One of the items that it lists, or all of it where it lists none.
    Item {
        /// Where it begins.
        line: u64,
        /// The key of the list that it stands in.
        list: Option<String>,
        /// The item.
        value: Value,
    },
    /// A value beside the list.
    Beside {
        /// Where it begins.
        line: u64,
        /// Its key.
        key: String,
        /// The value.
        value: Value,
    },
}

type Each<'e> = dyn FnMut(&mut Sink, Part) -> Result<(), ImportError> + 'e;

/// Reads JSON, or JSON Lines where it is that. `lists` are the keys under which a document may
/// keep its items.
pub(super) fn read(
    from: &mut dyn BufRead,
    sink: &mut Sink,
    lists: &[&str],
    each: &mut Each,
) -> Result<(), ImportError> {
    let lined = is_lines(&String::from_utf8_lossy(from.fill_buf()?));
    if lined { lines(from, sink, each) } else { document(from, sink, lists, each) }
}

/// Whether a text begins with a line that is an object by itself, and more of them follow.
pub(super) fn is_lines(head: &str) -> bool {
    let mut lines = head.lines().map(str::trim).filter(|line| !line.is_empty());
    let whole = lines.next().is_some_and(|line| {
        line.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok()
    });
    whole && lines.next().is_none_or(|next| next.starts_with('{'))
}

/// A value a line. A line that is none is left out, and no other for it.
pub(super) fn lines(
    from: &mut dyn BufRead,
    sink: &mut Sink,
    each: &mut Each,
) -> Result<(), ImportError> {
    let mut text = String::new();
    let mut line = 0;
    loop {
        text.clear();
        if from.read_line(&mut text)? == 0 {
            return Ok(());
        }
        line += 1;
        if text.trim().is_empty() {
            continue;
        }
        match serde_json::from_str(&text) {
            Ok(value) => each(sink, Part::Item { line, list: None, value })?,
            Err(error) => {
                sink.row();
                sink.leave_out(line, format!("not JSON: {}", without_place(&error)))?;
            }
        }
    }
}

/// What is wrong, without the line, which is told otherwise.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(text, _)| text.to_owned())
}

/// One document, or several one after the other.
fn document(
    from: &mut dyn BufRead,
    sink: &mut Sink,
    lists: &[&str],
    each: &mut Each,
) -> Result<(), ImportError> {
    let line = Rc::new(Cell::new(1));
    let reader = Lines { from, line: Rc::clone(&line) };
    let mut state = State { sink, each, lists, line, failure: None };
    let mut json = serde_json::Deserializer::from_reader(reader);
    loop {
        if let Err(error) = (Document { state: &mut state }).deserialize(&mut json) {
            if let Some(failure) = state.failure.take() {
                return Err(failure);
            }
            let (line, reason) = (error.line() as u64, without_place(&error));
            return Err(if error.is_io() {
                ImportError::Read(io::Error::from(error))
            } else {
                ImportError::Broken { format: "JSON", line, reason }
            });
        }
        if json.end().is_ok() {
            return Ok(());
        }
    }
}

/// Counts lines on the way. The reader of JSON takes single bytes, so that the count is of what it
/// has seen.
struct Lines<'a> {
    from: &'a mut dyn BufRead,
    line: Rc<Cell<u64>>,
}

impl Read for Lines<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(into)?;
        let breaks = memchr::memchr_iter(b'\n', into.get(..count).unwrap_or_default()).count();
        self.line.set(self.line.get() + breaks as u64);
        Ok(count)
    }
}

struct State<'a, 'o> {
    sink: &'a mut Sink<'o>,
    each: &'a mut Each<'a>,
    lists: &'a [&'a str],
    line: Rc<Cell<u64>>,
    failure: Option<ImportError>,
}

impl State<'_, '_> {
    /// Hands a part over. What is wrong with it goes round `serde`, which knows only its own.
    fn give<E: serde::de::Error>(&mut self, part: Part) -> Result<(), E> {
        (self.each)(self.sink, part).map_err(|failure| {
            self.failure = Some(failure);
            E::custom("stopped")
        })
    }
}

/// A value and the line where it begins.
struct Lined(Rc<Cell<u64>>);

impl<'de> DeserializeSeed<'de> for Lined {
    type Value = (u64, Value);

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(u64, Value), D::Error> {
        let line = self.0.get();
        Value::deserialize(from).map(|value| (line, value))
    }
}

struct Document<'s, 'a, 'o> {
    state: &'s mut State<'a, 'o>,
}

impl<'de> DeserializeSeed<'de> for Document<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("a list or an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(), A::Error> {
        each(items, self.state, None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let state = self.state;
        let start = state.line.get();
        let mut beside: Vec<(u64, String, Value)> = Vec::new();
        let mut listed = false;
        while let Some(key) = map.next_key::<String>()? {
            if !state.lists.contains(&key.as_str()) {
                let (line, value) = map.next_value_seed(Lined(Rc::clone(&state.line)))?;
                beside.push((line, key, value));
                continue;
            }
            // What stands before a list may say how to read it.
            if !std::mem::replace(&mut listed, true) {
                for (line, key, value) in beside.drain(..) {
                    state.give(Part::Beside { line, key, value })?;
                }
            }
            let line = state.line.get();
            let other = map.next_value_seed(List { state, key: &key })?;
            if let Some(value) = other {
                beside.push((line, key, value));
            }
        }
        if listed {
            return beside
                .into_iter()
                .try_for_each(|(line, key, value)| state.give(Part::Beside { line, key, value }));
        }
        let value: Map<String, Value> =
            beside.into_iter().map(|(_, key, value)| (key, value)).collect();
        state.give(Part::Item { line: start, list: None, value: Value::Object(value) })
    }
}

fn each<'de, A: SeqAccess<'de>>(
    mut items: A,
    state: &mut State,
    list: Option<&str>,
) -> Result<(), A::Error> {
    while let Some((line, value)) = items.next_element_seed(Lined(Rc::clone(&state.line)))? {
        state.give(Part::Item { line, list: list.map(str::to_owned), value })?;
    }
    Ok(())
}

/// The items under a key; what is no list is given back.
struct List<'s, 'a, 'o> {
    state: &'s mut State<'a, 'o>,
    key: &'s str,
}

impl<'de> DeserializeSeed<'de> for List<'_, '_, '_> {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Option<Value>, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for List<'_, '_, '_> {
    type Value = Option<Value>;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Option<Value>, A::Error> {
        each(items, self.state, Some(self.key)).map(|()| None)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Option<Value>, A::Error> {
        // A number too comes as a map, so that none of its digits is lost.
        Value::deserialize(MapAccessDeserializer::new(map)).map(Some)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Option<Value>, E> {
        Ok(Some(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Option<Value>, E> {
        Ok(Some(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Option<Value>, E> {
        Ok(Some(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Option<Value>, E> {
        Ok(Some(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Option<Value>, E> {
        Ok(Some(value.into()))
    }

    fn visit_unit<E>(self) -> Result<Option<Value>, E> {
        Ok(None)
    }
}

/// The text of a value that is one text or number; empty for any other.
pub(super) fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(yes)) => yes.to_string(),
        _ => String::new(),
    }
}

/// Every text and number in a value with the keys above it, dots between. Those of a list go by
/// the list's own key.
pub(super) fn flatten(above: &str, value: &Value, each: &mut impl FnMut(&str, &str)) {
    match value {
        Value::Null => {}
        Value::Array(items) => items.iter().for_each(|item| flatten(above, item, each)),
        Value::Object(fields) => {
            for (key, value) in fields {
                if above.is_empty() {
                    flatten(key, value, each);
                } else {
                    flatten(&format!("{above}.{key}"), value, each);
                }
            }
        }
        Value::String(text) => each(above, text),
        other => each(above, &text(Some(other))),
    }
}
