//! Entries put into, changed in and taken out of the text of a dataset.
//!
//! A file belongs to whoever wrote it: every byte outside the entry stays as it was, comments and
//! layout too. Text goes in and a change comes out; writing files is left to [`save`]. What comes
//! of every change is read again, and a change whose result does not say what was meant is refused.
//!
//! - A new entry goes to the place in the file that its date gives it, after those of the same
//!   date; a file from the latest to the earliest keeps that order. It is laid out as its
//!   neighbours are.
//! - An entry that changes stays where it is, and so do its comments, raw strings and fields that
//!   mean the same.
//! - With an entry that goes, the comments go that stand directly above it without a blank line
//!   between, and those on its last line. A comment above a field or a quote stays when that goes.
//! - An entry to which others of the file point keeps its id and is not taken out.

use std::cmp::Ordering;
use std::ops::Range;

use crate::dataset::places::{self, Form, Group, Value};
use crate::dataset::{self, Input, Reading, Severity};
use crate::export::ron::records;
use crate::model::{EntryIndex, Source, Speaker, Timeline};
use crate::when::{Order, facts};

mod change;
mod entry;
mod layout;
mod patch;
mod save;
mod skeleton;
#[cfg(test)]
mod tests;

pub use change::{Edit, Replacement};
pub use entry::{NewEntry, NewQuote, NewQuoted};
pub use save::{SaveError, Saved, save};
pub use skeleton::{MINIMAL, SKELETON};

use crate::edit::layout::{Put, Style, insert as put_in, remove};

/// Why a change is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "each says what it is in its message")]
pub enum EditError {
    #[error("the brackets or commas of the file are broken; `dateline check` shows where")]
    Unreadable,
    #[error("no entry has the id `{id}`")]
    Unknown { id: String },
    #[error("the id `{id}` is taken")]
    Taken { id: String },
    #[error("{} to `{id}`; change that first", points(by))]
    PointedTo { id: String, by: Vec<String> },
    #[error("the {what} `{id}` is defined already")]
    Defined { what: &'static str, id: String },
    #[error("{message}")]
    Wrong { message: String },
    #[error("the file was changed meanwhile where this change belongs")]
    Changed,
}

fn points(by: &[String]) -> String {
    let verb = if by.len() == 1 { "points" } else { "point" };
    format!("`{}` {verb}", by.join("`, `"))
}

/// What an entry may need that the dataset does not define yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Definitions {
    /// Speakers, by their own ids.
    pub speakers: Vec<Speaker>,
    /// Sources, by their own ids.
    pub sources: Vec<Source>,
}

/// The change that puts an entry into a text, with what it needs defined.
///
/// # Errors
///
/// The text cannot be changed safely, or what would come of it is not sound.
pub fn insert(text: &str, entry: &NewEntry, new: &Definitions) -> Result<Edit, EditError> {
    let before = read(text);
    if find(&before.timeline, &entry.id).is_some() {
        return Err(EditError::Taken { id: entry.id.clone() });
    }
    let dataset = places::dataset(text).ok_or(EditError::Unreadable)?;
    let style = Style::of(text, &dataset);
    let (mut puts, mut fields) = defined(text, &dataset, new, &style)?;
    match group(text, &dataset, "entries", Form::List)? {
        Some(list) => {
            let index = place(text, &list, entry.date.order());
            puts.extend(put_in(text, &list, index, &[entry.written()], &style.within(text, &list)));
        }
        None => fields.push(("entries", format!("[\n        {},\n    ]", entry.written()))),
    }
    puts.extend(added(text, &dataset, &fields, &style));
    finish(text, puts, &before, 1, Some(entry), &entry.id, None)
}

/// The change that makes the entry with an id what is meant, with what that needs defined.
///
/// # Errors
///
/// There is no such entry, the text cannot be changed safely, or what would come of it is not
/// sound.
pub fn replace(
    text: &str,
    id: &str,
    entry: &NewEntry,
    new: &Definitions,
) -> Result<Edit, EditError> {
    let before = read(text);
    let index = known(&before.timeline, id)?;
    if id != entry.id {
        unpointed(&before.timeline, index)?;
        if find(&before.timeline, &entry.id).is_some() {
            return Err(EditError::Taken { id: entry.id.clone() });
        }
    }
    let dataset = places::dataset(text).ok_or(EditError::Unreadable)?;
    let style = Style::of(text, &dataset);
    let (mut puts, fields) = defined(text, &dataset, new, &style)?;
    let list = group(text, &dataset, "entries", Form::List)?.ok_or(EditError::Unreadable)?;
    let number = item_of(text, &list, id).ok_or(EditError::Unreadable)?;
    let item = list.items.get(number).ok_or(EditError::Unreadable)?;
    // With the beginning of its line, which says how far it is indented.
    let start = item.value.start - layout::line_before(text, item.value.start).len();
    let old = text.get(start..item.value.end).ok_or(EditError::Unreadable)?;
    let at = item.value.start - start;
    let style = style.within(text, &list);
    let patched = patch::patched(old, at, &entry.written(), &style).ok_or(EditError::Unreadable)?;
    puts.extend(smallest(start, old, &patched));
    puts.extend(added(text, &dataset, &fields, &style));
    let place = item.value.clone();
    finish(text, puts, &before, 0, Some(entry), &entry.id, Some(place))
}

/// The change that takes the entry with an id out of a text.
///
/// # Errors
///
/// There is no such entry, others of the text point to it, or the text cannot be changed safely.
pub fn delete(text: &str, id: &str) -> Result<Edit, EditError> {
    let before = read(text);
    let index = known(&before.timeline, id)?;
    unpointed(&before.timeline, index)?;
    let dataset = places::dataset(text).ok_or(EditError::Unreadable)?;
    let list = group(text, &dataset, "entries", Form::List)?.ok_or(EditError::Unreadable)?;
    let number = item_of(text, &list, id).ok_or(EditError::Unreadable)?;
    finish(text, remove(text, &list, number, true), &before, -1, None, id, None)
}

fn read(text: &str) -> Reading {
    dataset::read(&[Input::new("dataset", text)])
}

fn find(timeline: &Timeline, id: &str) -> Option<EntryIndex> {
    timeline.with_id(id).next()
}

fn known(timeline: &Timeline, id: &str) -> Result<EntryIndex, EditError> {
    find(timeline, id).ok_or_else(|| EditError::Unknown { id: id.to_owned() })
}

/// That no other entry points to this one.
fn unpointed(timeline: &Timeline, index: EntryIndex) -> Result<(), EditError> {
    let id = timeline.id(index);
    let points =
        |other: &EntryIndex| timeline.entry(*other).related.iter().any(|related| related.to == id);
    // A connection that both make is one link, so the entries themselves are asked.
    let links = timeline.links_of(index).iter().map(|link| link.to).filter(|to| *to != index);
    let mut by: Vec<EntryIndex> = links.filter(points).collect();
    by.sort_unstable();
    by.dedup();
    if by.is_empty() {
        return Ok(());
    }
    let by = by.into_iter().map(|other| timeline.id(other).to_owned()).collect();
    Err(EditError::PointedTo { id: id.to_owned(), by })
}

/// A list or map of the dataset; nothing where it has none.
fn group(text: &str, dataset: &Group, name: &str, form: Form) -> Result<Option<Group>, EditError> {
    let Some(item) = dataset.get(name) else { return Ok(None) };
    match places::value(text, item.value.start) {
        Some(Value::Group(group)) if group.form == form => Ok(Some(group)),
        _ => Err(EditError::Unreadable),
    }
}

/// A field of the dataset that is not there yet.
type NewField = (&'static str, String);

/// What defines new speakers and sources: places in their maps, or maps to be added.
fn defined(
    text: &str,
    dataset: &Group,
    new: &Definitions,
    style: &Style,
) -> Result<(Vec<Put>, Vec<NewField>), EditError> {
    let speakers =
        new.speakers.iter().map(|one| (one.id.as_str(), records::speaker(&one.id, one))).collect();
    let sources =
        new.sources.iter().map(|one| (one.id.as_str(), records::source(&one.id, one))).collect();
    let both: [(_, _, Vec<(&str, String)>); 2] =
        [("speakers", "speaker", speakers), ("sources", "source", sources)];
    let (mut puts, mut fields) = (Vec::new(), Vec::new());
    for (name, what, items) in both {
        if items.is_empty() {
            continue;
        }
        let map = group(text, dataset, name, Form::Map)?;
        for (id, _) in &items {
            if map.as_ref().is_some_and(|map| map.get(id).is_some()) {
                return Err(EditError::Defined { what, id: (*id).to_owned() });
            }
        }
        let written: Vec<String> = items.into_iter().map(|(_, written)| written).collect();
        match map {
            Some(map) => {
                let style = style.within(text, &map);
                puts.extend(put_in(text, &map, map.items.len(), &written, &style));
            }
            None => {
                let lines: String = written.iter().map(|one| format!("        {one},\n")).collect();
                fields.push((name, format!("{{\n{lines}    }}")));
            }
        }
    }
    Ok((puts, fields))
}

/// Fields that a dataset lacks, before its entries or at its end.
fn added(text: &str, dataset: &Group, fields: &[NewField], style: &Style) -> Vec<Put> {
    let index = dataset.position("entries").unwrap_or(dataset.items.len());
    let written: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    put_in(text, dataset, index, &written, style)
}

/// Before which of the entries a new one goes: where the fewest stand on the wrong side of it, after
/// those of the same date.
fn place(text: &str, list: &Group, new: Order) -> usize {
    let orders: Vec<Option<Order>> = list
        .items
        .iter()
        .map(|item| Some(facts(&field(text, item.value.start, "date")?).ok()?.order()))
        .collect();
    let known: Vec<Order> = orders.iter().flatten().copied().collect();
    let steps = |step: Ordering| {
        known
            .windows(2)
            .filter(|pair| matches!(pair, [one, other] if one.cmp(other) == step))
            .count()
    };
    // What stands before an entry in a file from the first to the last, and in one the other way.
    let (before, after) = if steps(Ordering::Greater) > steps(Ordering::Less) {
        (Ordering::Greater, Ordering::Less)
    } else {
        (Ordering::Less, Ordering::Greater)
    };
    let is = |order: &Option<Order>, step| order.is_some_and(|order| order.cmp(&new) == step);
    // With the new one first, all that should stand before it are on the wrong side.
    let mut wrong = orders.iter().filter(|order| is(order, before)).count();
    let (mut best, mut least) = (0, wrong);
    for (number, order) in orders.iter().enumerate() {
        if is(order, before) {
            wrong -= 1;
        } else if is(order, after) {
            wrong += 1;
        }
        if wrong < least || wrong == least && !is(order, after) {
            (best, least) = (number + 1, wrong);
        }
    }
    best
}

/// The text of a field of the entry that begins at a place.
fn field(text: &str, at: usize, name: &str) -> Option<String> {
    let Some(Value::Group(entry)) = places::value(text, at) else { return None };
    match places::value(text, entry.get(name)?.value.start) {
        Some(Value::Text(value, _)) => Some(value),
        _ => None,
    }
}

/// The number of the first entry with an id.
fn item_of(text: &str, list: &Group, id: &str) -> Option<usize> {
    list.items.iter().position(|item| field(text, item.value.start, "id").as_deref() == Some(id))
}

/// The change from one text to another without what both begin and end with.
fn smallest(at: usize, old: &str, new: &str) -> Vec<Put> {
    if old == new {
        return Vec::new();
    }
    let same = |one: &str, other: &str| -> usize {
        one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
    };
    let start = same(old, new);
    let (old, new) = (old.get(start..).unwrap_or_default(), new.get(start..).unwrap_or_default());
    let end: usize = old
        .chars()
        .rev()
        .zip(new.chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    let new = new.get(..new.len() - end).unwrap_or_default().to_owned();
    vec![Put { range: at + start..at + start + (old.len() - end), new }]
}

/// The change, if what comes of it is read as it is meant: as many entries more or less, no new
/// errors, and the entry at hand to the letter.
fn finish(
    text: &str,
    puts: Vec<Put>,
    before: &Reading,
    more: isize,
    entry: Option<&NewEntry>,
    id: &str,
    place: Option<Range<usize>>,
) -> Result<Edit, EditError> {
    let edit = Edit::of(text, puts, place).ok_or(EditError::Unreadable)?;
    let after = read(&edit.apply(text)?);
    let errors = |reading: &Reading| {
        reading.problems.iter().filter(|one| one.flaw.code.severity() == Severity::Error).count()
            + reading.more
    };
    if errors(&after) > errors(before) {
        return Err(EditError::Wrong { message: first_new(before, &after) });
    }
    let wrong = |message: &str| Err(EditError::Wrong { message: message.to_owned() });
    if before.timeline.len().checked_add_signed(more) != Some(after.timeline.len()) {
        return wrong("another entry would be lost; nothing is changed");
    }
    let found = find(&after.timeline, id).map(|index| NewEntry::of(&after.timeline, index));
    if found.as_ref() != entry {
        return wrong("the entry cannot be written so that it reads as it is meant");
    }
    Ok(edit)
}

/// What is wrong after a change that was not before.
fn first_new(before: &Reading, after: &Reading) -> String {
    let errors = |reading: &Reading| -> Vec<(dataset::Code, String)> {
        let errors = reading
            .problems
            .iter()
            .filter(|one| one.flaw.code.severity() == Severity::Error)
            .map(|one| (one.flaw.code, one.flaw.message.clone()));
        errors.collect()
    };
    let mut old = errors(before);
    for error in errors(after) {
        match old.iter().position(|known| *known == error) {
            Some(at) => drop(old.swap_remove(at)),
            None => return error.1,
        }
    }
    "it would add an error".to_owned()
}
