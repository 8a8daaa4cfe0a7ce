//! One dated item of the record, and the words in it.

use crate::model::{Figure, SourceIndex, SpeakerIndex};
use crate::when::When;

/// Whether somebody said it or it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Somebody said it.
    Statement,
    /// It happened.
    Event,
}

impl Kind {
    /// Both kinds, statements first.
    pub const ALL: [Kind; 2] = [Kind::Statement, Kind::Event];

    /// The word a person and a query use: `statement` or `event`.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Statement => "statement",
            Kind::Event => "event",
        }
    }
}

/// One dated item: a statement or an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Unique within its file.
    pub id: String,
    /// Statement or event.
    pub kind: Kind,
    /// When it was said or happened; never when it was published.
    pub date: When,
    /// One line that says what the entry is about.
    pub headline: String,
    /// Who said it. Always there in a statement, never in an event.
    pub speaker: Option<SpeakerIndex>,
    /// The capacity at the time, where it differs from the speaker's own.
    pub role: Option<String>,
    /// Where it was said: a programme, a hall.
    pub venue: Option<String>,
    /// Reported speech, not verbatim.
    pub paraphrase: Option<String>,
    /// What happened, in the curator's words. Only in an event.
    pub text: Option<String>,
    /// Verbatim words.
    pub quotes: Vec<Quote>,
    /// Figures claimed.
    pub figures: Vec<Figure>,
    /// What the speaker rests it on.
    pub basis: Option<String>,
    /// The curator's own words, shown as such.
    pub note: Option<String>,
    /// The place it is about, or where it happened.
    pub place: Option<String>,
    /// Subjects.
    pub tags: Vec<String>,
    /// Where a reader can check it.
    pub sources: Vec<SourceIndex>,
    /// Entries that this one points to.
    pub related: Vec<Related>,
}

impl Entry {
    /// An entry with the three things that every entry has, and nothing else.
    pub fn new(kind: Kind, id: impl Into<String>, date: When, headline: impl Into<String>) -> Self {
        Entry {
            id: id.into(),
            kind,
            date,
            headline: headline.into(),
            speaker: None,
            role: None,
            venue: None,
            paraphrase: None,
            text: None,
            quotes: Vec::new(),
            figures: Vec::new(),
            basis: None,
            note: None,
            place: None,
            tags: Vec::new(),
            sources: Vec::new(),
            related: Vec::new(),
        }
    }
}

/// Verbatim words, with the chain that brought them.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// The words, to the letter.
    pub text: String,
    /// Who passed them on, from the speaker outwards.
    pub via: Vec<SpeakerIndex>,
    /// Somebody else's words inside these.
    pub within: Option<Quoted>,
    /// The sources that print these words, where not all of the entry's do.
    pub sources: Vec<SourceIndex>,
}

impl Quote {
    /// Whose words lie within these, from the outermost inwards.
    pub fn voices(&self) -> impl Iterator<Item = SpeakerIndex> {
        let within = std::iter::successors(self.within.as_ref(), |quoted| quoted.within.as_deref());
        within.map(|quoted| quoted.speaker)
    }
}

/// Words that a speaker ascribes to somebody else.
#[derive(Clone, Debug, PartialEq)]
pub struct Quoted {
    /// Whose words they are said to be.
    pub speaker: SpeakerIndex,
    /// The words, to the letter.
    pub text: String,
    /// And whose words those in turn hold.
    pub within: Option<Box<Quoted>>,
}

/// A pointer from one entry to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The other entry's id, as written.
    pub to: String,
    /// What this entry does to the other.
    pub how: How,
}

/// What one entry does to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum How {
    /// Laid side by side.
    ComparedWith,
    /// Says what was meant.
    Clarifies,
    /// Says that it is not so.
    Disputes,
    /// Supports it from elsewhere.
    Corroborates,
    /// Answers it.
    RespondsTo,
    /// Passes on what it says: it is the same claim once more, not another one.
    PassesOn,
    /// Takes its place.
    Supersedes,
    /// Takes it back.
    Retracts,
    /// Belongs to it.
    PartOf,
}

impl How {
    /// Every way, in the order of the format's documentation.
    pub const ALL: [How; 9] = [
        How::ComparedWith,
        How::Clarifies,
        How::Disputes,
        How::Corroborates,
        How::RespondsTo,
        How::PassesOn,
        How::Supersedes,
        How::Retracts,
        How::PartOf,
    ];

    /// The name in a dataset: `Disputes`.
    pub fn name(self) -> &'static str {
        match self {
            How::ComparedWith => "ComparedWith",
            How::Clarifies => "Clarifies",
            How::Disputes => "Disputes",
            How::Corroborates => "Corroborates",
            How::RespondsTo => "RespondsTo",
            How::PassesOn => "PassesOn",
            How::Supersedes => "Supersedes",
            How::Retracts => "Retracts",
            How::PartOf => "PartOf",
        }
    }

    /// Read from the entry that points: "disputes".
    pub fn reading(self) -> &'static str {
        match self {
            How::ComparedWith => "compared with",
            How::Clarifies => "clarifies",
            How::Disputes => "disputes",
            How::Corroborates => "corroborates",
            How::RespondsTo => "responds to",
            How::PassesOn => "passes on",
            How::Supersedes => "supersedes",
            How::Retracts => "retracts",
            How::PartOf => "part of",
        }
    }

    /// What it makes of the entry pointed to, where that no longer stands: "retracted".
    pub fn done(self) -> Option<&'static str> {
        match self {
            How::Supersedes => Some("superseded"),
            How::Retracts => Some("retracted"),
            _ => None,
        }
    }

    /// Read from the entry pointed to: "disputed by".
    pub fn reading_back(self) -> &'static str {
        match self {
            How::ComparedWith => "compared with",
            How::Clarifies => "clarified by",
            How::Disputes => "disputed by",
            How::Corroborates => "corroborated by",
            How::RespondsTo => "answered by",
            How::PassesOn => "passed on by",
            How::Supersedes => "superseded by",
            How::Retracts => "retracted by",
            How::PartOf => "includes",
        }
    }
}
