//! Entries as JSON. The shape is part of the program's interface: every key is always there, with
//! `null` or `[]` where nothing is known, and a key is never renamed within a version of the format,
//! which [`SCHEMA`] describes.
//!
//! Strings are data and stay as they are; what a reader could not see is escaped.

use serde::Serialize;

use crate::export::relations::{Relations, Scope, withdrawals};
use crate::export::{
    ExportError, Format, OptionKind, Output, Request, Thing, day, file_name, provenance,
};
use crate::model::{
    Amount, Bound, EntryIndex, Figure, Quote, Quoted, SourceIndex, SpeakerIndex, Timeline,
};
use crate::text::harmless_json;
use crate::when::When;

/// The format.
pub static FORMAT: Format = Format {
    name: "json",
    extensions: &["json"],
    about: "JSON with every field, for a program",
    options: &[OptionKind::Provenance],
    write,
};

/// What [`FORMAT`] writes, as JSON Schema (draft 2020-12).
pub const SCHEMA: &str = include_str!("json/schema.json");

/// The version of the shape; another where a key is renamed or taken away.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document {
    format: u32,
    provenance: Option<provenance::Record>,
    entries: Vec<Record>,
}

fn write(request: &Request) -> Result<Output, ExportError> {
    let timeline = request.timeline;
    let document = Document {
        format: VERSION,
        provenance: request.provenance.as_ref().map(|how| provenance::Record::of(timeline, how)),
        entries: records(timeline, request.entries),
    };
    Ok(Output::new(pretty(&document), Thing::Entry.times(document.entries.len())))
}

fn records(timeline: &Timeline, entries: &[EntryIndex]) -> Vec<Record> {
    entries.iter().map(|at| Record::of(timeline, Scope::Only(entries), *at)).collect()
}

/// The entries as an array, indented, with a line break at its end.
pub fn array(timeline: &Timeline, entries: &[EntryIndex]) -> String {
    pretty(&records(timeline, entries))
}

/// One entry as an object, indented, with a line break at its end.
pub fn object(timeline: &Timeline, entry: EntryIndex) -> String {
    pretty(&Record::of(timeline, Scope::All, entry))
}

/// A value as JSON, indented, with a line break at its end.
///
/// Everything serialized here is structs, lists, strings and finite numbers, for which
/// `serde_json` knows no error.
pub fn pretty(value: &impl Serialize) -> String {
    harmless_json(&serde_json::to_string_pretty(value).unwrap_or_default()) + "\n"
}

/// An entry.
#[derive(Serialize)]
pub(super) struct Record {
    id: String,
    kind: &'static str,
    date: DateRecord,
    headline: String,
    speaker: Option<SpeakerRecord>,
    role: Option<String>,
    venue: Option<String>,
    paraphrase: Option<String>,
    text: Option<String>,
    quotes: Vec<QuoteRecord>,
    figures: Vec<FigureRecord>,
    basis: Option<String>,
    note: Option<String>,
    place: Option<String>,
    tags: Vec<String>,
    sources: Vec<SourceRecord>,
    related: Vec<RelatedRecord>,
    related_left_out: usize,
    withdrawn: Vec<WithdrawnRecord>,
    file: String,
}

#[derive(Serialize)]
struct DateRecord {
    edtf: String,
    reading: String,
    earliest: Option<String>,
    latest: Option<String>,
}

#[derive(Serialize)]
struct SpeakerRecord {
    id: String,
    name: String,
    title: Option<String>,
    role: Option<String>,
    organization: Option<String>,
}

#[derive(Serialize)]
struct QuoteRecord {
    text: String,
    via: Vec<SpeakerRecord>,
    within: Option<QuotedRecord>,
    sources: Vec<String>,
}

#[derive(Serialize)]
struct QuotedRecord {
    speaker: SpeakerRecord,
    text: String,
    within: Option<Box<QuotedRecord>>,
}

#[derive(Serialize)]
struct FigureRecord {
    bound: &'static str,
    value: Option<Amount>,
    low: Option<Amount>,
    high: Option<Amount>,
    measure: String,
    of: Option<String>,
    place: Option<String>,
    period: Option<DateRecord>,
    lasting: Option<String>,
    part_of: Option<String>,
    reading: String,
}

#[derive(Serialize)]
struct SourceRecord {
    id: String,
    title: Option<String>,
    author: Option<String>,
    publisher: Option<String>,
    published: Option<DateRecord>,
    kind: &'static str,
    url: Option<String>,
    archive: Option<String>,
    note: Option<String>,
}

#[derive(Serialize)]
struct RelatedRecord {
    to: String,
    how: &'static str,
    back: bool,
}

#[derive(Serialize)]
struct WithdrawnRecord {
    how: &'static str,
    date: DateRecord,
    by: Option<String>,
}

impl Record {
    pub(super) fn of(timeline: &Timeline, scope: Scope<'_>, index: EntryIndex) -> Record {
        let entry = timeline.entry(index);
        let relations = Relations::of(timeline, scope, index);
        let related = relations.links.iter().map(|link| RelatedRecord {
            to: timeline.full_id(link.to),
            how: link.how.name(),
            back: link.back,
        });
        let withdrawn = withdrawals(timeline, scope, index).into_iter().map(|by| WithdrawnRecord {
            how: by.how.name(),
            date: date(&by.date),
            by: by.by.map(|by| timeline.full_id(by)),
        });
        Record {
            id: timeline.full_id(index),
            kind: entry.kind.word(),
            date: date(&entry.date),
            headline: entry.headline,
            speaker: entry.speaker.map(|at| speaker(timeline, at)),
            role: entry.role,
            venue: entry.venue,
            paraphrase: entry.paraphrase,
            text: entry.text,
            quotes: entry.quotes.into_iter().map(|words| quote(timeline, words)).collect(),
            figures: entry.figures.into_iter().map(figure).collect(),
            basis: entry.basis,
            note: entry.note,
            place: entry.place,
            tags: entry.tags,
            sources: entry.sources.into_iter().map(|at| source(timeline, at)).collect(),
            related: related.collect(),
            related_left_out: relations.left_out,
            withdrawn: withdrawn.collect(),
            file: file_name(timeline.dataset_of(index)).to_owned(),
        }
    }
}

fn date(when: &When) -> DateRecord {
    DateRecord {
        edtf: when.text().to_owned(),
        reading: when.reading(),
        earliest: when.earliest().day().map(day::iso),
        latest: when.latest().day().map(day::iso),
    }
}

fn speaker(timeline: &Timeline, at: SpeakerIndex) -> SpeakerRecord {
    let who = timeline.speaker(at).clone();
    SpeakerRecord {
        id: who.id,
        name: who.name,
        title: who.title,
        role: who.role,
        organization: who.organization,
    }
}

fn quote(timeline: &Timeline, words: Quote) -> QuoteRecord {
    let printed = words.sources.iter().map(|at| timeline.source(*at).id.clone());
    QuoteRecord {
        via: words.via.iter().map(|at| speaker(timeline, *at)).collect(),
        within: words.within.map(|inner| quoted(timeline, inner)),
        sources: printed.collect(),
        text: words.text,
    }
}

fn quoted(timeline: &Timeline, inner: Quoted) -> QuotedRecord {
    QuotedRecord {
        speaker: speaker(timeline, inner.speaker),
        text: inner.text,
        within: inner.within.map(|deeper| Box::new(quoted(timeline, *deeper))),
    }
}

fn figure(claim: Figure) -> FigureRecord {
    let (value, low, high) = match claim.bound {
        Bound::Between(low, high) => (None, Some(low), Some(high)),
        other => (Some(other.amount()), None, None),
    };
    FigureRecord {
        bound: claim.bound.name(),
        value,
        low,
        high,
        reading: format!("{} {}", claim.bound, claim.measure),
        measure: claim.measure,
        of: claim.of,
        place: claim.place,
        period: claim.period.as_ref().map(date),
        lasting: claim.lasting.map(|lasting| lasting.to_string()),
        part_of: claim.part_of,
    }
}

fn source(timeline: &Timeline, at: SourceIndex) -> SourceRecord {
    let found = timeline.source(at).clone();
    SourceRecord {
        id: found.id,
        title: found.title,
        author: found.author,
        publisher: found.publisher,
        published: found.published.as_ref().map(date),
        kind: found.kind.name(),
        url: found.url,
        archive: found.archive,
        note: found.note,
    }
}
