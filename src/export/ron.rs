//! A dataset again: what is exported can be opened, checked and carried on with.
//!
//! Several datasets become one. Where entries, speakers or sources of two of them share an id, the
//! later one's becomes `id-2`, and what refers to it follows. An export of everything keeps every
//! speaker and source; one of a part keeps those that it refers to, and no relation to an entry
//! that is not in it.

use std::collections::{HashMap, HashSet};

use crate::export::names::Given;
use crate::export::{ExportError, Format, OptionKind, Output, Request, cited, provenance};
use crate::model::{
    Amount, Bound, Entry, EntryIndex, Figure, Kind, Link, Quote, Quoted, Source, SourceIndex,
    Speaker, SpeakerIndex, Timeline,
};
use crate::text::is_treacherous;

/// The format.
pub static FORMAT: Format = Format {
    name: "ron",
    extensions: &["ron"],
    about: "a dataset of its own, to open, merge and edit",
    options: &[OptionKind::Provenance],
    write,
};

/// The widest line that is made of several fields.
const WIDTH: usize = 100;

/// How far fields stand to the right of what they belong to.
const INDENT: usize = 4;

fn write(request: &Request) -> Result<Output, ExportError> {
    let book = Book::of(request);
    let mut dropped = 0;
    let entries: Vec<String> = request
        .entries
        .iter()
        .map(|index| {
            let (entry, lost) = book.entry(*index);
            dropped += lost;
            entry
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
    Ok(Output { bytes: text.into_bytes(), notes })
}

fn section(name: &str, [open, close]: [char; 2], items: &[String]) -> String {
    if items.is_empty() {
        return format!("    {name}: {open}{close},\n");
    }
    let items: String = items.iter().map(|item| format!("        {item},\n")).collect();
    format!("    {name}: {open}\n{items}    {close},\n")
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
        let written = self.speakers.iter().map(|at| {
            let Speaker { id: _, name, short, title, role, organization } =
                self.timeline.speaker(*at);
            let mut fields = Fields::new("Speaker");
            fields.add("name", string(name));
            fields.text("short", short);
            fields.text("title", title);
            fields.text("role", role);
            fields.text("organization", organization);
            format!("{}: {}", self.speaker(*at), fields.laid_out(2))
        });
        written.collect()
    }

    fn sources(&self) -> Vec<String> {
        let written = self.sources.iter().map(|at| {
            let Source { id: _, title, author, publisher, published, kind, url, archive, note } =
                self.timeline.source(*at);
            let mut fields = Fields::new("Source");
            fields.text("title", title);
            fields.text("author", author);
            fields.text("publisher", publisher);
            fields.text("published", &published.as_ref().map(|when| when.text().to_owned()));
            fields.add("kind", kind.name().to_owned());
            fields.text("url", url);
            fields.text("archive", archive);
            fields.text("note", note);
            format!("{}: {}", self.source(*at), fields.laid_out(2))
        });
        written.collect()
    }

    /// An entry, and how many of its relations lead out of the export.
    fn entry(&self, index: EntryIndex) -> (String, usize) {
        let entry = self.timeline.entry(index);
        let mut fields = Fields::new(match entry.kind {
            Kind::Statement => "Statement",
            Kind::Event => "Event",
        });
        fields.add("id", string(self.entries.get(&index).map_or(&entry.id, |id| id)));
        fields.add("date", string(entry.date.text()));
        fields.alone("headline", string(&entry.headline));
        if let Some(speaker) = entry.speaker {
            fields.add("speaker", self.speaker(speaker));
        }
        fields.text("role", &entry.role);
        fields.text("venue", &entry.venue);
        fields.alone_text("text", &entry.text);
        fields.alone_text("paraphrase", &entry.paraphrase);
        fields.list("quotes", entry.quotes.iter().map(|quote| self.quote(quote)).collect());
        fields.list("figures", entry.figures.iter().map(figure).collect());
        fields.alone_text("basis", &entry.basis);
        fields.alone_text("note", &entry.note);
        fields.text("place", &entry.place);
        fields.short_list("tags", entry.tags.iter().map(|tag| string(tag)));
        fields.short_list("sources", entry.sources.iter().map(|at| self.source(*at)));
        let made = self.timeline.links_of(index).iter().filter(|link| !link.back);
        let (kept, lost): (Vec<&Link>, Vec<&Link>) =
            made.partition(|at| self.entries.contains_key(&at.to));
        let related = kept.iter().filter_map(|link| {
            let to = string(self.entries.get(&link.to)?);
            Some(format!("Related(to: {to}, how: {})", link.how.name()))
        });
        fields.list("related", related.collect());
        (fields.spread(2), lost.len())
    }

    fn quote(&self, quote: &Quote) -> String {
        let mut fields = Fields::new("Quote");
        fields.add("text", string(&quote.text));
        fields.short_list("via", quote.via.iter().map(|at| self.speaker(*at)));
        if let Some(inner) = &quote.within {
            fields.add("within", self.quoted(inner));
        }
        fields.short_list("sources", quote.sources.iter().map(|at| self.source(*at)));
        fields.laid_out(4)
    }

    fn quoted(&self, inner: &Quoted) -> String {
        let mut fields = Fields::new("Quoted");
        fields.add("speaker", self.speaker(inner.speaker));
        fields.add("text", string(&inner.text));
        if let Some(deeper) = &inner.within {
            fields.add("within", self.quoted(deeper));
        }
        fields.laid_out(5)
    }

    fn speaker(&self, at: SpeakerIndex) -> String {
        string(self.speaker_ids.get(&at).map_or("", |id| id))
    }

    fn source(&self, at: SourceIndex) -> String {
        string(self.source_ids.get(&at).map_or("", |id| id))
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

fn figure(claim: &Figure) -> String {
    let mut fields = Fields::new("Figure");
    match claim.bound {
        Bound::Between(low, high) => {
            fields.add("bound", format!("Between({}, {})", number(low), number(high)));
        }
        other => {
            fields.add("value", number(other.amount()));
            fields.add("bound", other.name().to_owned());
        }
    }
    fields.add("measure", string(&claim.measure));
    fields.text("of", &claim.of);
    fields.text("place", &claim.place);
    fields.text("period", &claim.period.as_ref().map(|when| when.text().to_owned()));
    fields.text("part_of", &claim.part_of);
    fields.laid_out(4)
}

/// The shortest digits that read back as the same number, with an exponent only where there would
/// be many zeros.
fn number(amount: Amount) -> String {
    let value = amount.value();
    match value.abs() {
        1e-6..1e16 | 0.0 => value.to_string(),
        _ => format!("{value:e}"),
    }
}

/// A string literal. What a reader could not see is written by its number.
fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            _ if is_treacherous(letter) => {
                out.push_str(&format!("\\u{{{:x}}}", u32::from(letter)));
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// The fields of a value, to be laid out as a person would.
struct Fields {
    name: &'static str,
    /// A field, and whether it has a line to itself.
    fields: Vec<(String, bool)>,
}

impl Fields {
    fn new(name: &'static str) -> Self {
        Fields { name, fields: Vec::new() }
    }

    /// A field that may share a line with others.
    fn add(&mut self, name: &str, value: String) {
        self.fields.push((format!("{name}: {value}"), false));
    }

    /// A field with a line to itself.
    fn alone(&mut self, name: &str, value: String) {
        self.fields.push((format!("{name}: {value}"), true));
    }

    fn text(&mut self, name: &str, text: &Option<String>) {
        if let Some(text) = text {
            self.add(name, string(text));
        }
    }

    fn alone_text(&mut self, name: &str, text: &Option<String>) {
        if let Some(text) = text {
            self.alone(name, string(text));
        }
    }

    fn short_list(&mut self, name: &str, items: impl Iterator<Item = String>) {
        let items: Vec<String> = items.collect();
        if !items.is_empty() {
            self.add(name, format!("[{}]", items.join(", ")));
        }
    }

    /// A list in an entry, an item a line; one short item stays on the field's line.
    fn list(&mut self, name: &str, items: Vec<String>) {
        let short =
            |item: &String| !item.contains('\n') && item.chars().count() + name.len() + 17 <= WIDTH;
        match items.as_slice() {
            [] => {}
            [only] if short(only) => self.alone(name, format!("[{only}]")),
            _ => {
                let lines = items.iter().map(|item| format!("{:16}{item},\n", ""));
                self.alone(name, format!("[\n{}{:12}]", lines.collect::<String>(), ""));
            }
        }
    }

    /// On one line where there is room, else spread; `depth` is how deep the value stands.
    fn laid_out(self, depth: usize) -> String {
        let fields: Vec<&str> = self.fields.iter().map(|(field, _)| field.as_str()).collect();
        let line = format!("{}({})", self.name, fields.join(", "));
        // Something stands before the value: a key, or the name of a field.
        let room = WIDTH.saturating_sub(depth * INDENT + INDENT * 2);
        let short = !line.contains('\n') && line.chars().count() <= room;
        if short { line } else { self.spread(depth) }
    }

    /// Over several lines, as many fields on one as there is room for.
    fn spread(self, depth: usize) -> String {
        let mut lines: Vec<(String, bool)> = Vec::new();
        for (field, alone) in self.fields {
            let fits = |line: &str| {
                let both = line.chars().count() + field.chars().count() + 2;
                !field.contains('\n') && both + (depth + 1) * INDENT < WIDTH
            };
            match lines.last_mut() {
                Some((line, false)) if !alone && fits(line) => {
                    line.push_str(", ");
                    line.push_str(&field);
                }
                _ => lines.push((field, alone)),
            }
        }
        let indent = " ".repeat((depth + 1) * INDENT);
        let body: String = lines.iter().map(|(line, _)| format!("{indent}{line},\n")).collect();
        format!("{}(\n{body}{})", self.name, " ".repeat(depth * INDENT))
    }
}
