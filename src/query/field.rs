//! The fields that a query knows, with their words for help and completion.

use crate::text::same::letters;

/// What stands before the colon of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Who said it.
    Speaker,
    /// A subject.
    Tag,
    /// Where a reader can check it.
    Source,
    /// Statement or event.
    Kind,
    /// Where it happened, or what place it is about.
    Place,
    /// Who passed the words on.
    Via,
    /// The entry's own id.
    Id,
    /// Begun later than the last day of a date.
    After,
    /// Over before the first day of a date.
    Before,
    /// Begun on the first day of a date or later.
    Since,
    /// Over by the last day of a date.
    Until,
    /// The same as [`Field::During`]; reads better with a day.
    On,
    /// On a day that a date covers.
    During,
    /// A date that must fit, where otherwise it is enough that it may.
    Certainly,
    /// A claimed number or what it counts.
    Figure,
    /// What the record holds.
    Has,
}

impl Field {
    /// Every field, in the order of the documentation.
    pub const ALL: [Field; 16] = [
        Field::Speaker,
        Field::Tag,
        Field::Source,
        Field::Kind,
        Field::Place,
        Field::Via,
        Field::Id,
        Field::After,
        Field::Before,
        Field::Since,
        Field::Until,
        Field::On,
        Field::During,
        Field::Certainly,
        Field::Figure,
        Field::Has,
    ];

    /// The word before the colon.
    pub fn name(self) -> &'static str {
        match self {
            Field::Speaker => "speaker",
            Field::Tag => "tag",
            Field::Source => "source",
            Field::Kind => "kind",
            Field::Place => "place",
            Field::Via => "via",
            Field::Id => "id",
            Field::After => "after",
            Field::Before => "before",
            Field::Since => "since",
            Field::Until => "until",
            Field::On => "on",
            Field::During => "during",
            Field::Certainly => "certainly",
            Field::Figure => "figure",
            Field::Has => "has",
        }
    }

    /// What it looks at, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Field::Speaker => "who said it: name, id, or part of either",
            Field::Tag => "a subject, or part of its name",
            Field::Source => "its id, title, author, publisher or address, or part of one",
            Field::Kind => "statement or event",
            Field::Place => "the place it is about, or part of its name",
            Field::Via => "who passed the words on: name, id, or part of either",
            Field::Id => "the entry's id, or part of it",
            Field::After => "begun after the last day of a date",
            Field::Before => "over before the first day of a date",
            Field::Since => "begun on the first day of a date or later",
            Field::Until => "over by the last day of a date",
            Field::On => "said, happened or going on that day",
            Field::During => "said, happened or going on within a date",
            Field::Certainly => "must have been during a date, not only may",
            Field::Figure => "a claimed number, or what it counts",
            Field::Has => "what the record holds",
        }
    }

    /// What to type, as an example.
    pub fn example(self) -> &'static str {
        match self {
            Field::Speaker => "speaker:kirby",
            Field::Tag => "tag:casualties,strategy",
            Field::Source => "source:thehill.com",
            Field::Kind => "kind:event",
            Field::Place => "place:bakhmut",
            Field::Via => "via:rozen",
            Field::Id => "id:kirby-may",
            Field::After => "after:2022-11",
            Field::Before => "before:2023-05-01",
            Field::Since => "since:2022-11",
            Field::Until => "until:2022-11",
            Field::On => "on:2023-01-29",
            Field::During => "during:2022-12/2023-02",
            Field::Certainly => "certainly:2022-11",
            Field::Figure => "figure:casualties>50k",
            Field::Has => "has:quote",
        }
    }

    /// Whether a name of a field begins so, in any case. None begins with nothing.
    pub(super) fn begins_with(word: &str) -> bool {
        let names = Field::ALL.into_iter().map(Field::name).chain(["from", "to"]);
        let begins = |name: &str| {
            name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
        };
        !word.is_empty() && names.into_iter().any(begins)
    }

    /// The field with this name in any case; `from` and `to` are other words for two of them.
    pub fn find(name: &str) -> Option<Field> {
        let same = |other: &str| name.eq_ignore_ascii_case(other);
        if same("from") {
            return Some(Field::Since);
        }
        if same("to") {
            return Some(Field::Until);
        }
        Field::ALL.into_iter().find(|field| same(field.name()))
    }
}

/// The word that is spelt most like this one, if any is near.
pub(super) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| {
        let mut plain = String::new();
        letters(text, false, &mut plain);
        plain
    };
    let word = plain(word);
    known
        .map(|other| (crate::text::distance(&word, &plain(other)), other))
        .filter(|(distance, other)| {
            let longer = word.chars().count().max(other.chars().count());
            *distance <= (longer / 3).max(1) && *distance < longer
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, other)| other)
}
