//! Some words of a text that many share.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

use crate::text::Direction;

/// A part of a text; to make another of the same text copies nothing.
#[derive(Clone)]
pub struct Words {
    text: Arc<str>,
    range: Range<usize>,
    direction: Direction,
}

impl Words {
    /// The part of the text in a range of bytes; empty where that splits a character.
    pub fn of(text: &Arc<str>, range: Range<usize>, direction: Direction) -> Words {
        Words { text: Arc::clone(text), range, direction }
    }

    /// Which way the paragraph is read that the words are of.
    pub fn direction(&self) -> Direction {
        self.direction
    }
}

impl Deref for Words {
    type Target = str;

    fn deref(&self) -> &str {
        self.text.get(self.range.clone()).unwrap_or_default()
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Words { text: text.into(), range: 0..text.len(), direction: Direction::of(text) }
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Words::from(text.as_str())
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, out)
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Words {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_equal_by_what_they_say() {
        let text: Arc<str> = "über, uber".into();
        let part = |range| Words::of(&text, range, Direction::LeftToRight);
        assert_eq!(part(1..5), Words::from(""));
        assert_eq!(part(0..5), Words::from("über"));
        assert_ne!(part(0..5), part(7..11));
        assert_eq!(format!("{:?}", part(7..11)), "\"uber\"");
    }
}
