//! An entry as a reader hands it over to be kept in columns, and what can be told of it there.

use crate::model::compact::Short;
use crate::model::{Bound, Entry, How, Kind, NameIndex, SourceIndex, SpeakerIndex};
use crate::when::{Day, Facts, When};

/// Gives whole records back, one at a time.
pub trait Records: Send + Sync {
    /// The record with this number in a dataset, numbers being those handed to
    /// [`Row::record`].
    fn entry(&self, dataset: u32, record: u32) -> Entry;

    /// The line in its file, from 1, on which a record begins.
    fn line(&self, dataset: u32, record: u32) -> u32;

    /// The text in which the record is written, where there is one. What stands between it and
    /// the next record may be in it too.
    fn written(&self, _dataset: u32, _record: u32) -> Option<&str> {
        None
    }

    /// The whole text of a dataset, and where in it each record begins, in bytes, by number.
    fn laid_out(&self, _dataset: u32) -> Option<(&str, &[u32])> {
        None
    }
}

/// A string of a dataset: a range of its text, or of its arena.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    start: u32,
    /// The highest bit tells the arena from the text.
    len: u32,
}

const ARENA: u32 = 1 << 31;

impl Piece {
    /// A range of bytes of the text; empty where it does not fit 32 bits.
    pub fn of_text(start: usize, len: usize) -> Piece {
        Piece::new(start, len, 0)
    }

    /// A range of bytes of the arena; empty where it does not fit 32 bits.
    pub fn of_arena(start: usize, len: usize) -> Piece {
        Piece::new(start, len, ARENA)
    }

    fn new(start: usize, len: usize, place: u32) -> Piece {
        match (u32::try_from(start), u32::try_from(len)) {
            (Ok(start), Ok(len)) if len < ARENA => Piece { start, len: len | place },
            _ => Piece::default(),
        }
    }

    pub(super) fn moved(self, by: u32) -> Piece {
        if self.len & ARENA == 0 {
            self
        } else {
            Piece { start: self.start.saturating_add(by), ..self }
        }
    }

    /// The same range of the text counted from a place before it; one of the arena as it is.
    pub(super) fn counted_from(self, place: u32) -> Piece {
        if self.len & ARENA == 0 {
            Piece { start: self.start.saturating_sub(place), ..self }
        } else {
            self
        }
    }

    /// Takes back [`Piece::counted_from`].
    pub(super) fn counted_in(self, place: u32) -> Piece {
        if self.len & ARENA == 0 {
            Piece { start: self.start.saturating_add(place), ..self }
        } else {
            self
        }
    }

    /// The string.
    pub fn get<'a>(self, text: &'a str, arena: &'a str) -> &'a str {
        let place = if self.len & ARENA == 0 { text } else { arena };
        let start = self.start as usize;
        place.get(start..start.saturating_add((self.len & !ARENA) as usize)).unwrap_or_default()
    }
}

impl Short for Piece {
    /// Those of the text that begin and are long within 64 KiB have one.
    fn short(self) -> Option<u32> {
        let (start, len) = (u16::try_from(self.start).ok()?, u16::try_from(self.len).ok()?);
        Some(u32::from(start) << 16 | u32::from(len))
    }

    fn of_short(number: u32) -> Piece {
        Piece { start: number >> 16, len: number & 0xffff }
    }
}

/// What an entry has, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Has(u16);

impl Has {
    /// Verbatim words.
    pub const QUOTE: Has = Has(1);
    /// A figure.
    pub const FIGURE: Has = Has(1 << 1);
    /// A curator's note.
    pub const NOTE: Has = Has(1 << 2);
    /// Reported speech.
    pub const PARAPHRASE: Has = Has(1 << 3);
    /// What the speaker rests it on.
    pub const BASIS: Has = Has(1 << 4);
    /// Words that somebody passed on.
    pub const RELAY: Has = Has(1 << 5);
    /// A pointer to another entry.
    pub const RELATED: Has = Has(1 << 6);
    /// Somebody else's words within a quote.
    pub const QUOTED: Has = Has(1 << 7);
    /// A quote that names sources of its own.
    pub const QUOTE_SOURCE: Has = Has(1 << 8);

    /// Both sets together.
    #[must_use]
    pub fn and(self, other: Has) -> Has {
        Has(self.0 | other.0)
    }

    /// `self` if it is so, else nothing.
    #[must_use]
    pub fn when(self, so: bool) -> Has {
        if so { self } else { Has(0) }
    }

    /// Whether all of `other` is in it.
    pub fn contains(self, other: Has) -> bool {
        self.0 & other.0 == other.0
    }

    /// What a record has.
    pub fn of(entry: &Entry) -> Has {
        Has::QUOTE
            .when(!entry.quotes.is_empty())
            .and(Has::FIGURE.when(!entry.figures.is_empty()))
            .and(Has::NOTE.when(entry.note.is_some()))
            .and(Has::PARAPHRASE.when(entry.paraphrase.is_some()))
            .and(Has::BASIS.when(entry.basis.is_some()))
            .and(Has::RELAY.when(entry.quotes.iter().any(|quote| !quote.via.is_empty())))
            .and(Has::RELATED.when(!entry.related.is_empty()))
            .and(Has::QUOTED.when(entry.quotes.iter().any(|quote| quote.within.is_some())))
            .and(Has::QUOTE_SOURCE.when(entry.quotes.iter().any(|quote| !quote.sources.is_empty())))
    }
}

/// How the strings of a record stand in the text that it was read from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Writing {
    /// As they are, between plain quotation marks, and nothing else has such marks: the record
    /// has no escapes, raw strings or comments.
    Plain,
    /// With escapes, raw strings or comments, yet every letter and digit of ASCII stands for
    /// itself.
    Escaped,
    /// In such a way that words may not be found in the text at all.
    #[default]
    Hidden,
}

/// When what spans time began and ended: the first and last possible day of each, where both are
/// known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sides {
    /// When it began.
    pub start: Option<(Day, Day)>,
    /// When it ended.
    pub end: Option<(Day, Day)>,
}

impl Sides {
    /// Of an interval; nothing of any other date.
    pub fn of(date: &When) -> Option<Sides> {
        date.is_interval().then(|| Sides { start: date.start_span(), end: date.end_span() })
    }
}

/// A figure: its number, what it counts, and the words that say what it covers, empty where there
/// are none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Claim {
    /// The number, and what the claim says about the true one.
    pub bound: Bound,
    /// What is counted, as a number in [`Timeline::measures`](crate::model::Timeline::measures).
    pub measure: NameIndex,
    /// Of whom or what.
    pub of: Piece,
    /// Which place it covers.
    pub place: Piece,
    /// Which period it covers, as written.
    pub period: Piece,
    /// How long that is, as written.
    pub lasting: Piece,
}

/// An entry as a reader hands it over.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Its number among the records of its dataset.
    pub record: u32,
    /// Where it begins in the text of its dataset, in bytes; 0 where it is in none.
    pub start: u32,
    /// Statement or event.
    pub kind: Kind,
    /// Its id.
    pub id: Piece,
    /// Its headline.
    pub headline: Piece,
    /// Its date as written.
    pub date: Piece,
    /// What its date says.
    pub facts: Facts,
    /// When it began and ended, if it spans time.
    pub sides: Option<Sides>,
    /// What it has.
    pub has: Has,
    /// Who said it.
    pub speaker: Option<SpeakerIndex>,
    /// Its place, numbered in the batch's own places.
    pub place: Option<NameIndex>,
    /// Its tags, numbered in the batch's own tags.
    pub tags: &'a [NameIndex],
    /// Its sources.
    pub sources: &'a [SourceIndex],
    /// The entries that it points to.
    pub related: &'a [(Piece, How)],
    /// Its figures, their measures numbered in the batch's own.
    pub figures: &'a [Claim],
    /// Who passed words of it on.
    pub relays: &'a [SpeakerIndex],
    /// Whose words lie within its quotes.
    pub quoted: &'a [SpeakerIndex],
    /// The sources that its quotes name as their own.
    pub quote_sources: &'a [SourceIndex],
    /// How it stands in the text.
    pub writing: Writing,
    /// Whether a search has to fold that text, see
    /// [`needs_folding`](crate::text::same::needs_folding).
    pub folded: bool,
}
