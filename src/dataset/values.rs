//! Values of a field: strings, numbers, words, lists and structures.
//!
//! One of the wrong kind is told and passed over; only what cannot be told where it ends stops
//! the reading.

use std::ops::Range;

use crate::dataset::cursor::{Cursor, Parsed, Presence, Text};
use crate::dataset::problem::{Code, Flaw, Flaws, did_you_mean};
use crate::model::{Amount, MOST_DIGITS, NoAmount};

/// One of the words to choose from.
pub(super) fn word<T: Copy>(
    cursor: &mut Cursor<'_>,
    flaws: &mut Flaws,
    field: &str,
    words: &[(&str, T)],
) -> Parsed<Option<T>> {
    let presence = cursor.option()?;
    if presence == Presence::Absent {
        return Ok(None);
    }
    let known = || words.iter().map(|(known, _)| *known);
    let Some((name, span)) = cursor.word()? else {
        return wrong(
            cursor,
            flaws,
            field,
            &format!("one of {}", known().collect::<Vec<_>>().join(", ")),
        );
    };
    let found = words.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    if found.is_none() {
        let hint = did_you_mean(name, known())
            .unwrap_or_else(|| format!("write one of {}", known().collect::<Vec<_>>().join(", ")));
        flaws.add(Code::UnknownWord, span, format!("`{field}` cannot be `{name}`"), Some(hint));
    }
    close(cursor, presence)?;
    Ok(found)
}

/// A structure of which only the inside has a meaning: `Quote(…)` or `(…)`.
pub(super) fn structure<'a, T: Default>(
    cursor: &mut Cursor<'a>,
    flaws: &mut Flaws,
    name: &str,
    known: &[&str],
    mut field: impl FnMut(&mut Cursor<'a>, &mut Flaws, &mut T, usize) -> Parsed<()>,
) -> Parsed<Option<(T, Range<usize>)>> {
    let presence = cursor.option()?;
    if presence == Presence::Absent {
        return Ok(None);
    }
    let mut read = T::default();
    let opening = cursor.peek()?;
    let from = cursor.at();
    if let Some((found, span)) = cursor.word()? {
        if found != name {
            let hint = Some(format!("write `{name}(…)`"));
            flaws.add(
                Code::UnknownWord,
                span,
                format!("`{found}` stands where a `{name}` belongs"),
                hint,
            );
        }
    } else if opening != Some(b'(') {
        return wrong(cursor, flaws, name, &format!("`{name}(…)`"));
    }
    cursor.fields(flaws, format_args!("`{name}`"), known, |cursor, flaws, number| {
        field(cursor, flaws, &mut read, number)
    })?;
    let span = from..cursor.at();
    close(cursor, presence)?;
    Ok(Some((read, span)))
}

/// A string, if the field has one.
pub(super) fn string<'a>(
    cursor: &mut Cursor<'a>,
    flaws: &mut Flaws,
    field: &str,
) -> Parsed<Option<Text<'a>>> {
    // By far the most common case first.
    if let Some(text) = cursor.string()? {
        tell_wrong(flaws, &text);
        return Ok(Some(text));
    }
    let presence = cursor.option()?;
    if presence == Presence::Absent {
        return Ok(None);
    }
    let Some(text) = cursor.string()? else {
        return wrong(cursor, flaws, field, "a string: \"…\"");
    };
    tell_wrong(flaws, &text);
    close(cursor, presence)?;
    Ok(Some(text))
}

/// Tells what is wrong in a string.
pub(super) fn tell_wrong(flaws: &mut Flaws, text: &Text<'_>) {
    if let Some(flaw) = &text.wrong {
        flaws.push(Flaw::clone(flaw));
    }
}

/// A list of strings.
pub(super) fn strings<'a>(
    cursor: &mut Cursor<'a>,
    flaws: &mut Flaws,
    field: &str,
) -> Parsed<Vec<Text<'a>>> {
    list(cursor, flaws, field, |cursor, flaws| string(cursor, flaws, field))
}

pub(super) fn list<'a, T>(
    cursor: &mut Cursor<'a>,
    flaws: &mut Flaws,
    field: &str,
    mut item: impl FnMut(&mut Cursor<'a>, &mut Flaws) -> Parsed<Option<T>>,
) -> Parsed<Vec<T>> {
    let presence = cursor.option()?;
    if presence == Presence::Absent {
        return Ok(Vec::new());
    }
    if cursor.peek()? != Some(b'[') {
        return wrong(cursor, flaws, field, "a list: [ … ]").map(|_: Option<()>| Vec::new());
    }
    let mut items = Vec::new();
    cursor.list(|cursor| {
        items.extend(item(cursor, flaws)?);
        Ok(())
    })?;
    close(cursor, presence)?;
    Ok(items)
}

/// A number: whole or with decimals, with `_` between digits if need be.
pub(super) fn number_value(
    cursor: &mut Cursor<'_>,
    flaws: &mut Flaws,
    field: &str,
) -> Parsed<Option<(Amount, Range<usize>)>> {
    let presence = cursor.option()?;
    if presence == Presence::Absent {
        return Ok(None);
    }
    let span = cursor.skip_value()?;
    close(cursor, presence)?;
    let written = cursor.text().get(span.clone()).unwrap_or_default();
    match written.parse() {
        Ok(amount) => return Ok(Some((amount, span))),
        Err(NoAmount::TooManyDigits) => {
            let message = format!("`{field}` has more digits than can be held");
            let hint = format!(
                "a figure is kept to the last digit, of {MOST_DIGITS} at most; write it rounded, \
                 and in the note as it was claimed"
            );
            flaws.add(Code::BadNumber, span, message, Some(hint));
        }
        Err(NoAmount::NoNumber) => {
            let hint = Some("write for example 100000, 100_000 or 12.5".to_owned());
            flaws.add(Code::WrongType, span, format!("`{field}` is not a number"), hint);
        }
    }
    Ok(None)
}

/// A value of the wrong kind is told and passed over.
pub(super) fn wrong<T>(
    cursor: &mut Cursor<'_>,
    flaws: &mut Flaws,
    field: &str,
    wanted: &str,
) -> Parsed<Option<T>> {
    let span = cursor.skip_value()?;
    flaws.add(Code::WrongType, span, format!("`{field}` wants {wanted}"), None);
    Ok(None)
}

pub(super) fn close(cursor: &mut Cursor<'_>, presence: Presence) -> Parsed<()> {
    if presence == Presence::Wrapped {
        cursor.take(b',')?;
        cursor.expect(b')', "`)` of `Some`")?;
    }
    Ok(())
}
