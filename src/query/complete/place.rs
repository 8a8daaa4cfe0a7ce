//! The word or value that the cursor is in.

use std::ops::Range;

use crate::query::field::Field;
use crate::query::parse::is_delimiter;

/// Where the cursor is in a query that need not be right.
pub(super) struct Place<'t> {
    /// The field whose value is being typed; nothing for a word that may become a field.
    pub(super) field: Option<Field>,
    /// The word or value as far as the cursor, without `=` and quotation mark.
    pub(super) typed: &'t str,
    pub(super) replace: Range<usize>,
    /// All of the word, with its field.
    pub(super) word: Range<usize>,
}

impl<'t> Place<'t> {
    pub(super) fn find(text: &'t str, cursor: usize) -> Option<Self> {
        let word = word_at(text, cursor);
        let whole = text.get(word.clone())?;
        if whole.starts_with(['"', '“']) {
            return None;
        }
        let letters = whole.find(|next: char| !next.is_ascii_alphabetic()).unwrap_or(whole.len());
        let colon = whole.get(letters..).is_some_and(|rest| rest.starts_with(':'));
        let value = word.start + letters + usize::from(colon);
        if !colon || cursor < value {
            let end = if colon { value } else { word.end };
            let typed = text.get(word.start..cursor)?;
            return Some(Place { field: None, typed, replace: word.start..end, word });
        }
        let field = Field::find(whole.get(..letters)?)?;
        let replace = item_at(text, value..word.end, cursor, field)?;
        let typed = text.get(replace.start..cursor)?;
        let typed = typed.strip_prefix('=').unwrap_or(typed);
        let typed = typed.trim_start_matches(['"', '“']);
        Some(Place { field: Some(field), typed, replace, word })
    }
}

/// The word that the cursor is in or at the end of; an empty one between words.
fn word_at(text: &str, cursor: usize) -> Range<usize> {
    let mut at = 0;
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        let gap = |next: char| next.is_whitespace() || matches!(next, '(' | ')' | '-');
        let start = at + rest.find(|next| !gap(next)).unwrap_or(rest.len());
        if cursor < start {
            break;
        }
        let end = start + word_length(text.get(start..).unwrap_or_default());
        if cursor <= end {
            return start..end;
        }
        at = end;
    }
    cursor..cursor
}

/// How long the word is that the text begins with: to the next delimiter outside quotation marks.
fn word_length(text: &str) -> usize {
    let mut at = 0;
    let mut before = None;
    while let Some(next) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if matches!(next, '"' | '“') {
            // A mark within a bare word begins the next one.
            if !matches!(before, None | Some(':' | ',' | '=')) {
                return at;
            }
            at += quotation_length(text.get(at..).unwrap_or_default());
            if before.is_none() {
                return at;
            }
        } else if is_delimiter(next) {
            return at;
        } else {
            at += next.len_utf8();
        }
        before = Some(next);
    }
    at
}

/// How long the quotation is that the text begins with; to the end of one that is not closed.
fn quotation_length(text: &str) -> usize {
    let close = if text.starts_with('“') { '”' } else { '"' };
    let mut escaped = false;
    for (at, next) in text.char_indices().skip(1) {
        if next == close && !escaped {
            return at + next.len_utf8();
        }
        escaped = next == '\\' && !escaped;
    }
    text.len()
}

/// The value of a list that the cursor is in; of a date, the end of the interval that it is in; of
/// a figure, what it counts.
fn item_at(text: &str, list: Range<usize>, cursor: usize, field: Field) -> Option<Range<usize>> {
    let dates = is_date(field);
    let mut start = list.start;
    let mut at = start;
    while at < list.end {
        let next = text.get(at..)?.chars().next()?;
        let separates = match next {
            '/' | ':' => dates,
            ',' => !dates,
            _ => false,
        };
        if separates {
            if cursor <= at {
                break;
            }
            start = at + next.len_utf8();
        }
        at += match next {
            '"' | '“' => quotation_length(text.get(at..list.end)?),
            _ => next.len_utf8(),
        };
    }
    let mut item = start..at.min(list.end);
    if field == Field::Figure {
        let operator = text.get(item.clone())?.find(['<', '>', '=', '≤', '≥']);
        item.end = operator.map_or(item.end, |operator| item.start + operator);
    }
    (item.start <= cursor && cursor <= item.end).then_some(item)
}

fn is_date(field: Field) -> bool {
    match field {
        Field::After
        | Field::Before
        | Field::Since
        | Field::Until
        | Field::On
        | Field::During
        | Field::Certainly => true,
        Field::Speaker
        | Field::Tag
        | Field::Source
        | Field::Kind
        | Field::Place
        | Field::Via
        | Field::Id
        | Field::Figure
        | Field::Has => false,
    }
}
