//! The word at the cursor while it may still become a field: `spe` on the way to `speaker:kirby`.
//!
//! As a word it would be looked for in the texts, and hide for a moment what it is meant to find.

use std::ops::Range;

use crate::query::complete::place::Place;
use crate::query::field::Field;
use crate::query::parse::is_keyword;

/// A word with the cursor at its end that is not yet what it is meant to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// As far as it is typed.
    pub word: String,
    /// The field whose value is missing or not whole; nothing while the name is being typed.
    pub field: Option<Field>,
    /// Whether something of the value is there.
    pub begun: bool,
    /// The query without it, and without an operator that has nothing left to bind to.
    pub rest: String,
}

impl Unfinished {
    /// The word at the cursor, a place in bytes: the beginning of a field's name, or a field with
    /// a value that may not be whole.
    pub fn find(text: &str, cursor: usize) -> Option<Self> {
        let place = Place::find(text, cursor)?;
        let word = text.get(place.word.clone())?;
        if place.word.end != cursor || (place.field.is_none() && !Field::begins_with(word)) {
            return None;
        }
        let rest = without(text, place.word)?;
        let begun = place.field.is_some() && !word.ends_with(':');
        Some(Unfinished { word: word.to_owned(), field: place.field, begun, rest })
    }
}

fn without(text: &str, word: Range<usize>) -> Option<String> {
    let mut before = text.get(..word.start)?;
    loop {
        before = before.trim_end();
        let start = before.rfind(|next: char| !next.is_ascii_uppercase()).map_or(0, |at| at + 1);
        // What comes before may be longer than a byte, and then it is no operator's beginning.
        let last = before.get(start..).unwrap_or_default();
        before = if before.ends_with('-') {
            before.get(..before.len() - 1)?
        } else if is_keyword(last) {
            before.get(..start)?
        } else {
            break;
        };
    }
    let after = text.get(word.end..)?.trim_start();
    let space = if before.is_empty() || after.is_empty() { "" } else { " " };
    Some(format!("{before}{space}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_on_the_way_to_a_field() {
        for (text, rest) in [
            ("s█", Some("")),
            ("Speaker█", Some("")),
            ("fro█", Some("")),
            ("kirby has:figure spe█", Some("kirby has:figure")),
            ("kirby -spe█", Some("kirby")),
            ("kirby OR NOT -spe█", Some("kirby")),
            ("über spe█ tag:war", Some("über tag:war")),
            ("speaker:█", Some("")),
            ("kirby has:qu█", Some("kirby")),
            ("kirby has:quote,█", Some("kirby")),
            // An operator is a word of its own.
            ("EXPLAND spe█", Some("EXPLAND")),
            ("XOR on█", Some("XOR")),
            // Whatever no field begins with, or is not at the cursor, is a word.
            ("kirby█", None),
            ("speakers█", None),
            ("spe █", None),
            ("sp█e", None),
            ("spe-█", None),
            ("\"spe█", None),
            ("note:█", None),
            ("█", None),
        ] {
            let cursor = text.find('█').unwrap();
            let found = Unfinished::find(&text.replace('█', ""), cursor);
            assert_eq!(found.as_ref().map(|it| it.rest.as_str()), rest, "{text}");
        }
    }
}
