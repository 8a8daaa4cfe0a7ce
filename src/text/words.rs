//! Some words of a text that many share.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// A part of a text; to make another of the same text copies nothing.
#[derive(Clone)]
pub struct Words {
    text: Arc<str>,
    range: Range<usize>,
}

impl Words {
    /// The part of the text in a range of bytes; empty where that splits a character.
    pub fn of(text: &Arc<str>, range: Range<usize>) -> Words {
        Words { text: Arc::clone(text), range }
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
        Words { text: text.into(), range: 0..text.len() }
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
        assert_eq!(Words::of(&text, 1..5), Words::from(""));
        assert_eq!(Words::of(&text, 0..5), Words::from("über"));
        assert_ne!(Words::of(&text, 0..5), Words::of(&text, 7..11));
        assert_eq!(format!("{:?}", Words::of(&text, 7..11)), "\"uber\"");
    }
}
