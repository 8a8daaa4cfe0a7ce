//! A dataset again: what is exported can be opened, checked and carried on with.
//!
//! Several datasets become one. Where entries, speakers or sources of two of them share an id, the
//! later one's becomes `id-2`, and what refers to it follows. An export of everything keeps every
//! speaker and source; one of a part keeps those that it refers to, and no relation to an entry
//! that is not in it.

use std::collections::{HashMap, HashSet};

use crate::export::names::Given;
use crate::export::ron::fields::string;
use crate::export::ron::records::{ENTRY_END, Names};
use crate::export::{ExportError, Format, OptionKind, Output, Request, Thing, cited, provenance};
use crate::model::{Entry, EntryIndex, Link, SourceIndex, SpeakerIndex, Timeline};
use crate::text::visible;

pub(crate) mod fields;
pub(crate) mod records;

/// The format.
pub static FORMAT: Format = Format {
    name: "ron",
    extensions: &["ron"],
    about: "a dataset of its own, to open, merge and edit",
    options: &[OptionKind::Provenance],
    write,
};

fn write(request: &Request) -> Result<Output, ExportError> {
    let book = Book::of(request);
    let mut dropped = 0;
    let entries: Vec<String> = request
        .entries
        .iter()
        .map(|index| {
            let (entry, lost) = book.entry(*index);
            dropped += lost;
            withdrawn(request, *index) + &entry
        })
        .collect();
    let mut notes = Vec::new();
    if dropped > 0 {
        let relations = if dropped == 1 { "relation" } else { "relations" };
        notes.push(format!("{dropped} {relations} to entries outside the export left out"));
    }
    let mut text = String::new();
    for (label, value) in provenance::facts(request) {
        text.push_str(&format!("// {label}: {value}\n"));
    }
    if request.provenance.is_some() {
        text.extend(notes.iter().map(|note| format!("// {note}\n")));
    }
    text.push_str("Dataset(\n    format: 1,\n");
    text.push_str(&format!("    title: {},\n", string(&request.timeline.title())));
    if let [dataset] = request.timeline.datasets()
        && let Some(summary) = &dataset.summary
    {
        text.push_str(&format!("    summary: {},\n", string(summary)));
    }
    text.push_str(&section("speakers", ['{', '}'], &book.speakers()));
    text.push_str(&section("sources", ['{', '}'], &book.sources()));
    text.push_str(&section("entries", ['[', ']'], &entries));
    text.push_str(")\n");
    let wrote = Thing::Entry.times(entries.len());
    Ok(Output { notes, ..Output::new(text, wrote) })
}

fn section(name: &str, [open, close]: [char; 2], items: &[String]) -> String {
    if items.is_empty() {
        return format!("    {name}: {open}{close},\n");
    }
    let items: String = items.iter().map(|item| format!("        {item},\n")).collect();
    format!("    {name}: {open}\n{items}    {close},\n")
}

/// Remarks, a line each, over an entry that an entry outside the export retracts or supersedes: a
/// dataset has no other room for it.
fn withdrawn(request: &Request, index: EntryIndex) -> String {
    let relations = request.relations(index);
    let words = relations.withdrawn.iter().map(|by| by.words(request.timeline));
    words.map(|words| format!("// {}\n        ", visible(&words))).collect()
}

/// The ids that everything goes by in the export.
struct Book<'a> {
    timeline: &'a Timeline,
    entries: HashMap<EntryIndex, String>,
    /// In the timeline's order.
    speakers: Vec<SpeakerIndex>,
    speaker_ids: HashMap<SpeakerIndex, String>,
    sources: Vec<SourceIndex>,
    source_ids: HashMap<SourceIndex, String>,
}

impl<'a> Book<'a> {
    fn of(request: &Request<'a>) -> Book<'a> {
        let timeline = request.timeline;
        let (mut used_speakers, mut used_sources) = (HashSet::new(), HashSet::new());
        for index in request.entries {
            let entry = timeline.entry(*index);
            used_sources.extend(cited(&entry));
            used_speakers.extend(speakers_of(&entry));
        }
        let whole = request.entries.len() == timeline.len();
        let speakers: Vec<SpeakerIndex> = (0u32..)
            .zip(timeline.speakers())
            .map(|(at, _)| SpeakerIndex(at))
            .filter(|at| whole || used_speakers.contains(at))
            .collect();
        let sources: Vec<SourceIndex> = (0u32..)
            .zip(timeline.sources())
            .map(|(at, _)| SourceIndex(at))
            .filter(|at| whole || used_sources.contains(at))
            .collect();
        Book {
            timeline,
            entries: named(request.entries, |at| timeline.id(at)),
            speaker_ids: named(&speakers, |at| &timeline.speaker(at).id),
            speakers,
            source_ids: named(&sources, |at| &timeline.source(at).id),
            sources,
        }
    }

    fn speakers(&self) -> Vec<String> {
        let written = self
            .speakers
            .iter()
            .map(|at| records::speaker(self.speaker(*at), self.timeline.speaker(*at)));
        written.collect()
    }

    fn sources(&self) -> Vec<String> {
        let written = self
            .sources
            .iter()
            .map(|at| records::source(self.source(*at), self.timeline.source(*at)));
        written.collect()
    }

    /// An entry, and how many of its relations lead out of the export.
    fn entry(&self, index: EntryIndex) -> (String, usize) {
        let entry = self.timeline.entry(index);
        let id = self.entries.get(&index).unwrap_or(&entry.id);
        let made = self.timeline.links_of(index).iter().filter(|link| !link.back);
        let (kept, lost): (Vec<&Link>, Vec<&Link>) =
            made.partition(|at| self.entries.contains_key(&at.to));
        let related =
            kept.iter().filter_map(|link| Some((self.entries.get(&link.to)?.as_str(), link.how)));
        let text = records::entry(id, &entry, self) + &records::related(related) + ENTRY_END;
        (text, lost.len())
    }
}

impl Names for Book<'_> {
    fn speaker(&self, at: SpeakerIndex) -> &str {
        self.speaker_ids.get(&at).map_or("", |id| id)
    }

    fn source(&self, at: SourceIndex) -> &str {
        self.source_ids.get(&at).map_or("", |id| id)
    }
}

/// Everybody an entry refers to.
fn speakers_of(entry: &Entry) -> Vec<SpeakerIndex> {
    let mut speakers: Vec<SpeakerIndex> = entry.speaker.into_iter().collect();
    for quote in &entry.quotes {
        speakers.extend(&quote.via);
        let mut within = quote.within.as_ref();
        while let Some(inner) = within {
            speakers.push(inner.speaker);
            within = inner.within.as_deref();
        }
    }
    speakers
}

/// A name for each, its own id wherever that is still free.
fn named<'a, Index: Copy + Eq + std::hash::Hash>(
    items: &[Index],
    id: impl Fn(Index) -> &'a str,
) -> HashMap<Index, String> {
    let mut given = Given::reserving(items.iter().map(|at| id(*at).to_owned()));
    items.iter().map(|at| (*at, given.give(id(*at)))).collect()
}
