//! Where things stand in the text of a dataset, for what changes the text in place.
//!
//! Of every structure, list and map: its brackets, its items with their keys, and the commas after
//! them. What the items mean is left to `read`.

use std::ops::Range;

use crate::dataset::cursor::{Cursor, Parsed, Presence};
use crate::dataset::problem::Flaws;
use crate::dataset::values::number_value;
use crate::model::Amount;

/// What stands at a place.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `None`.
    Nothing,
    /// A string, and whether it is written as a raw one.
    Text(String, bool),
    /// A number.
    Number(Amount),
    /// A word such as `About`.
    Word(String),
    /// Something that holds others.
    Group(Group),
}

/// The kind of brackets of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// `Name(field: …)`, also without the name.
    Fields,
    /// `Name(…, …)`: values without keys.
    Tuple,
    /// `[…]`.
    List,
    /// `{"key": …}`.
    Map,
}

/// What stands between two brackets. All places are bytes of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its kind.
    pub form: Form,
    /// The name before it, where there is one.
    pub name: Option<Key>,
    /// Where the bracket that opens it stands.
    pub open: usize,
    /// Where the bracket that closes it stands.
    pub close: usize,
    /// What is in it.
    pub items: Vec<Item>,
}

/// One of the values in a group.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The field's name, or the key in a map.
    pub key: Option<Key>,
    /// The value alone.
    pub value: Range<usize>,
    /// Where the comma after it stands, if there is one.
    pub comma: Option<usize>,
}

/// A name or key, and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The name; of a string its value.
    pub name: String,
    /// Its place.
    pub span: Range<usize>,
}

impl Group {
    /// The item with a key.
    pub fn get(&self, key: &str) -> Option<&Item> {
        self.items.get(self.position(key)?)
    }

    /// The number of the item with a key.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.items.iter().position(|item| item.key.as_ref().is_some_and(|at| at.name == key))
    }
}

impl Item {
    /// Where it begins, with its key.
    pub fn start(&self) -> usize {
        self.key.as_ref().map_or(self.value.start, |key| key.span.start)
    }

    /// Where it ends, with its comma.
    pub fn end(&self) -> usize {
        self.comma.map_or(self.value.end, |comma| comma + 1)
    }
}

/// The fields of the dataset; nothing where its brackets or commas are broken.
pub fn dataset(text: &str) -> Option<Group> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut cursor = Cursor::new(text, start);
    cursor.attributes(&mut Flaws::default()).ok()?;
    match value_at(&mut cursor).ok()?? {
        Value::Group(group) if group.form == Form::Fields => {
            cursor.move_to(group.close + 1);
            cursor.peek().ok()?.is_none().then_some(group)
        }
        _ => None,
    }
}

/// What stands at a place, also within `Some(…)`; nothing where that cannot be told.
pub fn value(text: &str, at: usize) -> Option<Value> {
    value_at(&mut Cursor::new(text, at)).ok().flatten()
}

fn value_at(cursor: &mut Cursor<'_>) -> Parsed<Option<Value>> {
    if cursor.option()? == Presence::Absent {
        return Ok(Some(Value::Nothing));
    }
    if let Some(string) = cursor.string()? {
        let raw = cursor.text().as_bytes().get(string.span.start) == Some(&b'r');
        return Ok(Some(Value::Text(string.value.into_owned(), raw)));
    }
    let name = cursor.word()?.map(|(name, span)| Key { name: name.to_owned(), span });
    let after = cursor.at();
    match (cursor.peek()?, name) {
        (Some(b'('), name) => structure(cursor, name).map(Some),
        (_, Some(name)) => {
            cursor.move_to(after);
            Ok(Some(Value::Word(name.name)))
        }
        (Some(b'['), None) => items(cursor, Form::List, None).map(Some),
        (Some(b'{'), None) => items(cursor, Form::Map, None).map(Some),
        (_, None) => {
            let number = number_value(cursor, &mut Flaws::default(), "")?;
            Ok(number.map(|(amount, _)| Value::Number(amount)))
        }
    }
}

/// With fields if a name and a colon are the first thing in it.
fn structure(cursor: &mut Cursor<'_>, name: Option<Key>) -> Parsed<Value> {
    let mut ahead = cursor.clone();
    ahead.take(b'(')?;
    let named = ahead.word()?.is_some() && ahead.peek()? == Some(b':');
    let form = if named || ahead.peek()? == Some(b')') { Form::Fields } else { Form::Tuple };
    items(cursor, form, name)
}

fn items(cursor: &mut Cursor<'_>, form: Form, name: Option<Key>) -> Parsed<Value> {
    let (opens, closes) = match form {
        Form::Fields | Form::Tuple => (b'(', b')'),
        Form::List => (b'[', b']'),
        Form::Map => (b'{', b'}'),
    };
    cursor.expect(opens, "a bracket")?;
    let open = cursor.at() - 1;
    let mut items = Vec::new();
    while !cursor.take(closes)? {
        let key = match form {
            Form::Fields => cursor.word()?.map(|(name, span)| Key { name: name.to_owned(), span }),
            Form::Map => {
                let string = cursor.string()?;
                string.map(|key| Key { name: key.value.into_owned(), span: key.span })
            }
            Form::List | Form::Tuple => None,
        };
        if matches!(form, Form::Fields | Form::Map) {
            if key.is_none() {
                return Err(cursor.unexpected("a key"));
            }
            cursor.expect(b':', "`:`")?;
        }
        let value = cursor.skip_value()?;
        let comma = cursor.take(b',')?.then(|| cursor.at() - 1);
        items.push(Item { key, value, comma });
        if comma.is_none() && cursor.peek()? != Some(closes) {
            return Err(cursor.unexpected("`,`"));
        }
    }
    Ok(Value::Group(Group { form, name, open, close: cursor.at() - 1, items }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\u{feff}/* c */ Dataset ( title : Some(\"a\\\"b\") , // x\r\n speakers: {\"k\": (name: r#\"N\"#)}, \
        entries: [Event(id: \"e\", n: 100_000, b: Between(1, 2), w: About, none: None,),] )";

    #[test]
    fn everything_knows_its_place() {
        let all = dataset(TEXT).unwrap();
        let shown = |item: &Item| &TEXT[item.value.clone()];
        assert_eq!(all.name.as_ref().map(|name| name.name.as_str()), Some("Dataset"));
        assert_eq!(&TEXT[all.close..], ")");
        assert_eq!(shown(all.get("title").unwrap()), "Some(\"a\\\"b\")");
        let at =
            |group: &Group, key: &str| value(TEXT, group.get(key).unwrap().value.start).unwrap();
        assert_eq!(at(&all, "title"), Value::Text("a\"b".to_owned(), false));
        let Value::Group(speakers) = at(&all, "speakers") else { panic!() };
        assert_eq!(speakers.form, Form::Map);
        let Value::Group(speaker) = at(&speakers, "k") else { panic!() };
        assert_eq!(at(&speaker, "name"), Value::Text("N".to_owned(), true));
        let Value::Group(entries) = at(&all, "entries") else { panic!() };
        assert_eq!(TEXT.as_bytes()[entries.items[0].comma.unwrap()], b',');
        let Value::Group(entry) = value(TEXT, entries.items[0].value.start).unwrap() else {
            panic!()
        };
        assert_eq!(at(&entry, "n"), Value::Number(100_000.into()));
        assert_eq!(at(&entry, "w"), Value::Word("About".to_owned()));
        assert_eq!(at(&entry, "none"), Value::Nothing);
        let Value::Group(between) = at(&entry, "b") else { panic!() };
        assert_eq!((between.form, between.items.len()), (Form::Tuple, 2));
        assert_eq!(entry.items.last().unwrap().end(), entry.close);
    }

    #[test]
    fn what_is_broken_has_no_places() {
        for text in [
            "",
            "Dataset",
            "Dataset(",
            "[1]",
            "Dataset(a: 1 b: 2)",
            "Dataset(a: 1) x",
            "Dataset(a 1)",
        ] {
            assert_eq!(dataset(text), None, "{text}");
        }
    }
}
