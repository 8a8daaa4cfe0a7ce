//! Makes a value in a text mean what another says, with as few changes as will do.
//!
//! Both are RON. The one is a person's, with comments, raw strings and a layout of its own; the
//! other is as it is written for export. Fields and items that mean the same stay untouched.

use std::ops::Range;

use crate::dataset::places::{Form, Group, Item, Value, value};
use crate::edit::layout::{Put, Style, insert, joined, line_indent, remove, set_in};
use crate::text::is_treacherous;

/// The most changes to one value; an entry has fewer parts than that.
const MOST_CHANGES: usize = 100_000;

/// The most pairs of items that are compared to find which of two lists' items are the same.
const MOST_PAIRS: usize = 10_000;

/// The text of a value, which begins at `at`, changed to mean what `theirs` says. Nothing where one
/// of the two cannot be read.
pub(super) fn patched(text: &str, at: usize, theirs: &str, style: &Style) -> Option<String> {
    let mut text = text.to_owned();
    for _ in 0..MOST_CHANGES {
        let ours = Side { text: &text, style };
        let Some(mut puts) = ours.change(&(at..text.len()), theirs, &(0..theirs.len()))? else {
            return Some(text);
        };
        puts.sort_by_key(|put| put.range.start);
        for Put { range, new } in puts.into_iter().rev() {
            text.get(range.clone())?;
            text.replace_range(range, &new);
        }
    }
    None
}

struct Side<'a> {
    text: &'a str,
    style: &'a Style,
}

/// The first change that is needed, if any. The outer nothing stands for what cannot be read.
type Change = Option<Option<Vec<Put>>>;

impl Side<'_> {
    fn change(&self, ours: &Range<usize>, theirs: &str, range: &Range<usize>) -> Change {
        let (one, other) = (value(self.text, ours.start)?, value(theirs, range.start)?);
        let same = match (one, other) {
            (Value::Group(one), Value::Group(other)) if alike(&one, &other) => {
                return match other.form {
                    Form::Fields => self.fields(&one, theirs, &other),
                    Form::List => self.items(&one, theirs, &other),
                    Form::Tuple | Form::Map => self.tuple(&one, theirs, &other),
                };
            }
            (Value::Text(one, raw), Value::Text(other, _)) => {
                if one != other
                    && raw
                    && let Some(new) = raw_string(&other)
                {
                    return Some(Some(vec![Put { range: ours.clone(), new }]));
                }
                one == other
            }
            (one, other) => one == other,
        };
        if same {
            return Some(None);
        }
        let written = theirs.get(range.clone())?;
        Some(Some(vec![Put { range: ours.clone(), new: self.laid(written, ours.start) }]))
    }

    /// In an entry on one line all is on one line.
    fn laid(&self, written: &str, at: usize) -> String {
        if self.text.contains('\n') {
            set_in(written, line_indent(self.text, at), self.style)
        } else {
            joined(written)
        }
    }

    fn fields(&self, ours: &Group, theirs: &str, other: &Group) -> Change {
        if let (Some(one), Some(other)) = (&ours.name, &other.name)
            && one.name != other.name
        {
            return Some(Some(vec![Put { range: one.span.clone(), new: other.name.clone() }]));
        }
        for (number, item) in ours.items.iter().enumerate() {
            let key = &item.key.as_ref()?.name;
            let Some(wanted) = other.get(key) else {
                if self.is_nothing(item)? {
                    continue;
                }
                return Some(Some(remove(self.text, ours, number, false)));
            };
            if let Some(change) = self.change(&item.value, theirs, &wanted.value)? {
                return Some(Some(change));
            }
        }
        for (number, wanted) in other.items.iter().enumerate() {
            let key = &wanted.key.as_ref()?.name;
            let written = theirs.get(wanted.start()..wanted.value.end)?;
            if ours.get(key).is_some() || DEFAULTS.contains(&written) {
                continue;
            }
            // After the nearest of those that are written before it.
            let before = other.items.get(..number)?.iter().rev();
            let before = before.filter_map(|item| ours.position(&item.key.as_ref()?.name)).next();
            let index = before.map_or(0, |before| before + 1);
            return Some(Some(insert(self.text, ours, index, &[written.to_owned()], self.style)));
        }
        Some(None)
    }

    /// `None` and an empty list say no more than a field that is not there.
    fn is_nothing(&self, item: &Item) -> Option<bool> {
        Some(match value(self.text, item.value.start)? {
            Value::Nothing => true,
            Value::Group(group) => group.form == Form::List && group.items.is_empty(),
            _ => false,
        })
    }

    fn tuple(&self, ours: &Group, theirs: &str, other: &Group) -> Change {
        for (one, other) in ours.items.iter().zip(&other.items) {
            if let Some(change) = self.change(&one.value, theirs, &other.value)? {
                return Some(Some(change));
            }
        }
        Some(None)
    }

    /// Items that mean the same stay; between two of them, items are changed one by one, and what
    /// is left over on one side goes or comes.
    fn items(&self, ours: &Group, theirs: &str, other: &Group) -> Change {
        let kept = self.kept(ours, theirs, other)?;
        let (mut one, mut two) = (0, 0);
        for (next_one, next_two) in kept.into_iter().chain([(ours.items.len(), other.items.len())])
        {
            if one < next_one && two < next_two {
                let (one, two) = (ours.items.get(one)?, other.items.get(two)?);
                return self.change(&one.value, theirs, &two.value);
            }
            if one < next_one {
                return Some(Some(remove(self.text, ours, one, false)));
            }
            if two < next_two {
                let written = theirs.get(other.items.get(two)?.value.clone())?.to_owned();
                return Some(Some(insert(self.text, ours, one, &[written], self.style)));
            }
            (one, two) = (next_one + 1, next_two + 1);
        }
        Some(None)
    }

    /// The longest run of pairs of items that mean the same, in order.
    fn kept(&self, ours: &Group, theirs: &str, other: &Group) -> Option<Vec<(usize, usize)>> {
        let (rows, columns) = (ours.items.len(), other.items.len());
        let same = |row: usize, column: usize| -> Option<bool> {
            let (one, two) = (ours.items.get(row)?, other.items.get(column)?);
            Some(self.change(&one.value, theirs, &two.value)?.is_none())
        };
        if rows.saturating_mul(columns) > MOST_PAIRS {
            let mut kept = Vec::new();
            while kept.len() < rows.min(columns) && same(kept.len(), kept.len())? {
                kept.push((kept.len(), kept.len()));
            }
            return Some(kept);
        }
        let wide = columns + 1;
        let mut equal = vec![false; rows * columns];
        let mut length = vec![0usize; (rows + 1) * wide];
        let at = |length: &[usize], row: usize, column: usize| {
            length.get(row * wide + column).copied().unwrap_or(0)
        };
        for row in (0..rows).rev() {
            for column in (0..columns).rev() {
                let is_same = same(row, column)?;
                *equal.get_mut(row * columns + column)? = is_same;
                let best = if is_same {
                    at(&length, row + 1, column + 1) + 1
                } else {
                    at(&length, row + 1, column).max(at(&length, row, column + 1))
                };
                *length.get_mut(row * wide + column)? = best;
            }
        }
        let (mut row, mut column, mut kept) = (0, 0, Vec::new());
        while row < rows && column < columns {
            if *equal.get(row * columns + column)? {
                kept.push((row, column));
                (row, column) = (row + 1, column + 1);
            } else if at(&length, row + 1, column) >= at(&length, row, column + 1) {
                row += 1;
            } else {
                column += 1;
            }
        }
        Some(kept)
    }
}

/// What a field says that need not be there.
const DEFAULTS: [&str; 1] = ["bound: Exactly"];

/// Whether one can be made of the other part by part.
fn alike(one: &Group, other: &Group) -> bool {
    let same_name =
        one.name.as_ref().map(|name| &name.name) == other.name.as_ref().map(|name| &name.name);
    one.form == other.form
        && (one.form != Form::Tuple || same_name && one.items.len() == other.items.len())
}

/// A raw string with as many `#` as it needs; nothing where a reader could not see what it holds.
fn raw_string(text: &str) -> Option<String> {
    if text.chars().any(|next| is_treacherous(next) && next != '\n') {
        return None;
    }
    let longest =
        text.split('"').skip(1).map(|after| after.len() - after.trim_start_matches('#').len());
    let hashes = "#".repeat(longest.max().map_or(1, |longest| longest + 1));
    Some(format!("r{hashes}\"{text}\"{hashes}"))
}
