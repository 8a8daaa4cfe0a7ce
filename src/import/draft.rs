//! An entry as another format has it, before it is settled what it becomes.

use crate::import::dates::Dated;
use crate::model::{Figure, Related, Source};

/// An entry to be. A text that says nothing is empty.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// Its line in the file, from 1.
    pub line: u64,
    /// As the file has it; made up where it is empty.
    pub id: String,
    /// The date, or why there is none.
    pub date: Date,
    pub headline: String,
    pub speaker: Option<Who>,
    pub role: String,
    pub venue: String,
    pub paraphrase: String,
    pub text: String,
    pub quotes: Vec<Words>,
    pub figures: Vec<Figure>,
    pub basis: String,
    pub note: String,
    pub place: String,
    pub tags: Vec<String>,
    /// With an id where the file has one.
    pub sources: Vec<Source>,
    pub related: Vec<Related>,
}

/// When it was, as far as it could be read.
#[derive(Clone, Debug)]
pub(super) struct Date {
    /// As written.
    pub written: String,
    pub read: Result<Dated, String>,
}

impl Default for Date {
    fn default() -> Self {
        Date::new("", crate::import::dates::Rules::default().read(""))
    }
}

impl Date {
    pub(super) fn new(written: &str, read: Result<Dated, String>) -> Self {
        Date { written: written.trim().to_owned(), read }
    }
}

/// Somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Who {
    /// As the file has it. Then the file defines the speaker, and one with another name is another.
    pub id: String,
    pub name: String,
    pub title: String,
    /// Only with an id: else a role is the entry's, for it may be another in the next.
    pub role: String,
    pub organization: String,
}

impl Who {
    /// Somebody of whom only the name is known.
    pub(super) fn named(name: &str) -> Option<Who> {
        let name = name.trim();
        (!name.is_empty()).then(|| Who { name: name.to_owned(), ..Who::default() })
    }
}

/// Verbatim words.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub text: String,
    pub via: Vec<Who>,
    /// Words within these, from the outside inwards.
    pub within: Vec<(Who, String)>,
    /// Ids of sources, as the file has them.
    pub sources: Vec<String>,
}

impl Words {
    pub(super) fn new(text: impl Into<String>) -> Words {
        Words { text: text.into(), ..Words::default() }
    }
}
