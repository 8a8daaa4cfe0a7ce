//! A line of a record, and its parts.

use crate::export::record::{Role, Target};
use crate::text::Words;

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Harmless to a terminal.
    pub text: Words,
    /// What it is.
    pub role: Role,
}

/// A line of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its parts, from left to right.
    pub spans: Vec<Span>,
    /// What it leads to; each of a target's several lines has it.
    pub target: Option<Target>,
}

impl Line {
    /// The text without roles, with nothing at its end.
    pub fn plain(&self) -> String {
        let whole: String = self.spans.iter().map(|span| &*span.text).collect();
        whole.trim_end().to_owned()
    }

    /// How many letters it has that it has in every layout.
    pub fn letters(&self) -> usize {
        let letters = |span: &Span| span.text.chars().filter(|one| one.is_alphanumeric()).count();
        self.spans.iter().map(letters).sum()
    }

    pub(super) fn push(&mut self, text: impl Into<Words>, role: Role) {
        self.spans.push(Span { text: text.into(), role });
    }
}
