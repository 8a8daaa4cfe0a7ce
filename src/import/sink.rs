//! Where entries go as they are read: onto the pages of a dataset, written as they come.
//!
//! What is kept in memory grows by a few numbers an entry, and by the speakers; entries and
//! sources wait in a temporary file until it is known who speaks.

use std::io::{self, Read, Write};

use crate::export::ron::fields::string;
use crate::export::ron::records::{self, ENTRY_END, Names};
use crate::import::cast::{Ids, Sources, Speakers, slug};
use crate::import::dates::{Dated, Rest, Rules};
use crate::import::draft::{Date, Draft, Words};
use crate::import::headline::first_sentence;
use crate::import::pages::Pages;
use crate::import::report::Report;
use crate::import::{ImportError, Options};
use crate::model::{Entry, Kind, Quote, Quoted, Related, SourceIndex, SpeakerIndex};
use crate::text::visible;
use crate::when::When;

/// Takes entries and says what became of them.
pub(super) struct Sink<'o> {
    pub(super) options: &'o Options,
    pub(super) report: Report,
    /// What the file calls itself.
    title: Option<String>,
    summary: Option<String>,
    ids: Ids,
    speakers: Speakers,
    known_sources: Sources,
    entries: Pages,
    sources: Pages,
    /// Relations wait until every entry's id is known: where each goes, and what it points to.
    relations: Vec<(u64, Vec<Related>)>,
}

/// An entry, and the ids of the sources that it refers to by number.
struct Settled {
    entry: Entry,
    sources: Vec<Box<str>>,
}

/// Why a draft becomes no entry.
enum Refusal {
    /// Its row is left out.
    LeftOut(String),
    /// Nothing is imported at all.
    Stop(ImportError),
}

impl From<ImportError> for Refusal {
    fn from(error: ImportError) -> Self {
        Refusal::Stop(error)
    }
}

/// The ids that one entry's speakers and sources go by.
struct Cast<'a> {
    speakers: &'a Speakers,
    sources: &'a [Box<str>],
}

impl Names for Cast<'_> {
    fn speaker(&self, at: SpeakerIndex) -> &str {
        self.speakers.id(at)
    }

    fn source(&self, at: SourceIndex) -> &str {
        self.sources.get(at.0 as usize).map_or("", |id| id)
    }
}

impl<'o> Sink<'o> {
    pub(super) fn new(options: &'o Options, format: &'static str) -> Self {
        Sink {
            options,
            report: Report::new(format),
            title: None,
            summary: None,
            ids: Ids::default(),
            speakers: Speakers::default(),
            known_sources: Sources::default(),
            entries: Pages::default(),
            sources: Pages::default(),
            relations: Vec::new(),
        }
    }

    pub(super) fn rules(&self) -> Rules {
        self.options.rules
    }

    /// What the file calls itself; the first to say so is heard.
    pub(super) fn title(&mut self, title: &str) {
        let title = title.trim();
        if self.title.is_none() && !title.is_empty() {
            self.title = Some(title.to_owned());
        }
    }

    /// What the file says of itself.
    pub(super) fn summary(&mut self, summary: &str) {
        let summary = summary.trim();
        if self.summary.is_none() && !summary.is_empty() {
            self.summary = Some(summary.to_owned());
        }
    }

    /// A row of the file, which becomes an entry or is left out.
    pub(super) fn row(&mut self) {
        self.report.rows += 1;
    }

    /// A row that is about the file, and counts for none.
    pub(super) fn no_row(&mut self) {
        self.report.rows = self.report.rows.saturating_sub(1);
    }

    /// A row of which no entry is made.
    pub(super) fn leave_out(&mut self, line: u64, why: String) -> Result<(), ImportError> {
        if self.options.strict {
            return Err(ImportError::Strict { line, what: format!("left out: {why}") });
        }
        self.report.leave_out(line, why);
        Ok(())
    }

    /// A value in a column that has no place in an entry.
    pub(super) fn unused(&mut self, column: &str, line: u64) -> Result<(), ImportError> {
        if self.options.strict {
            let what = format!("the column `{}` is not used", visible(column));
            return Err(ImportError::Strict { line, what });
        }
        self.report.unused(column);
        Ok(())
    }

    /// Something of a row that its entry cannot hold.
    pub(super) fn lose(&mut self, what: &'static str, line: u64) -> Result<(), ImportError> {
        if self.options.strict {
            return Err(ImportError::Strict { line, what: what.to_owned() });
        }
        self.report.lose(what, line);
        Ok(())
    }

    /// Something that a reader of the report should know.
    pub(super) fn note(&mut self, what: &'static str, line: u64) {
        self.report.note(what, line);
    }

    /// Makes an entry of a draft, or leaves it out.
    pub(super) fn add(&mut self, draft: Draft) -> Result<(), ImportError> {
        let line = draft.line;
        let given = draft.id.trim().to_owned();
        let related = draft.related.clone();
        let Settled { mut entry, sources } = match self.settle(draft) {
            Ok(settled) => settled,
            Err(Refusal::LeftOut(why)) => return self.leave_out(line, why),
            Err(Refusal::Stop(error)) => return Err(error),
        };
        let wanted = if given.is_empty() { self.made_up(&entry) } else { given.clone() };
        entry.id = self.ids.give(&wanted);
        if !given.is_empty() && entry.id != given {
            self.note("ids that another entry has, made unique", line);
        }
        let cast = Cast { speakers: &self.speakers, sources: &sources };
        let text = records::entry(&entry.id, &entry, &cast);
        self.entries.write("        ")?;
        self.entries.write(&text)?;
        if !related.is_empty() {
            self.relations.push((self.entries.length, related));
        }
        self.entries.write(ENTRY_END)?;
        self.entries.write(",\n")?;
        self.report.entries += 1;
        Ok(())
    }

    /// What a draft becomes.
    fn settle(&mut self, mut draft: Draft) -> Result<Settled, Refusal> {
        let line = draft.line;
        let headline = self
            .headline(&draft)
            .ok_or_else(|| Refusal::LeftOut("it has neither a headline nor words".to_owned()))?;
        let mut notes: Vec<String> = given(std::mem::take(&mut draft.note)).into_iter().collect();
        let date = self.date(&draft.date, line, &mut notes).map_err(Refusal::LeftOut)?;
        draft.speaker = draft.speaker.take().filter(|who| !who.name.trim().is_empty());
        let kind = if draft.speaker.is_some() { Kind::Statement } else { Kind::Event };
        let mut entry = Entry::new(kind, "", date, headline);
        let mut sources: Vec<Box<str>> = Vec::new();
        for mut source in std::mem::take(&mut draft.sources) {
            tidy(&mut source);
            let (id, new) = self.known_sources.meet(&source);
            if new {
                self.sources.write(&format!("        {},\n", records::source(&id, &source)))?;
            }
            entry.sources.push(numbered(&mut sources, id));
        }
        dedup(&mut entry.sources);
        entry.place = given(std::mem::take(&mut draft.place));
        for tag in std::mem::take(&mut draft.tags).into_iter().filter_map(given) {
            if !entry.tags.contains(&tag) {
                entry.tags.push(tag);
            }
        }
        let figures = std::mem::take(&mut draft.figures);
        let measures: Vec<String> = figures.iter().map(|figure| figure.measure.clone()).collect();
        for mut figure in figures {
            if figure.part_of.as_ref().is_some_and(|whole| !measures.contains(whole)) {
                self.lose("figures that are part of one that is not there", line)?;
                figure.part_of = None;
            }
            entry.figures.push(figure);
        }
        match kind {
            Kind::Statement => self.statement(draft, &mut entry, &mut sources)?,
            Kind::Event => self.event(draft, &mut entry, &mut notes)?,
        }
        entry.note = paragraphs(notes);
        Ok(Settled { entry, sources })
    }

    /// The date; what it leaves out of the one that was written goes into the notes.
    fn date(&mut self, date: &Date, line: u64, notes: &mut Vec<String>) -> Result<When, String> {
        match &date.read {
            Ok(Dated { when, rest }) => {
                match rest {
                    Rest::None => {}
                    Rest::Fraction => self.note("times cut to the second", line),
                    Rest::Words => notes.push(as_written(&date.written)),
                }
                if date.written.is_empty() && when.is_undated() {
                    self.note("entries without a date", line);
                }
                Ok(when.clone())
            }
            Err(_) if self.options.undated => {
                self.note("dates that cannot be read, kept in the entry's note", line);
                notes.push(as_written(&date.written));
                Ok(When::undated())
            }
            Err(why) => Err(why.clone()),
        }
    }

    fn statement(
        &mut self,
        draft: Draft,
        entry: &mut Entry,
        sources: &mut Vec<Box<str>>,
    ) -> Result<(), ImportError> {
        entry.speaker = draft.speaker.map(|who| self.speakers.meet(who));
        entry.role = given(draft.role);
        entry.venue = given(draft.venue);
        entry.basis = given(draft.basis);
        entry.paraphrase = paragraphs([draft.paraphrase, draft.text]);
        for words in draft.quotes {
            if let Some(quote) = self.quote(words, sources, draft.line)? {
                entry.quotes.push(quote);
            }
        }
        Ok(())
    }

    /// An event has neither words nor anybody's capacity: they become its text and its note.
    fn event(
        &mut self,
        draft: Draft,
        entry: &mut Entry,
        notes: &mut Vec<String>,
    ) -> Result<(), ImportError> {
        for (label, value) in
            [("Role", draft.role), ("Venue", draft.venue), ("Rests on", draft.basis)]
        {
            notes.extend(given(value).map(|value| format!("{label}: {value}")));
        }
        if draft.quotes.iter().any(|words| !words.via.is_empty() || !words.within.is_empty()) {
            self.lose("relays of quotes without a speaker", draft.line)?;
        }
        let quotes: Vec<String> = draft
            .quotes
            .into_iter()
            .filter_map(|words| given(words.text))
            .map(|words| format!("“{words}”"))
            .collect();
        if !quotes.is_empty() {
            self.note("quotes without a speaker, kept as the text of an event", draft.line);
        }
        entry.text = paragraphs([draft.text, draft.paraphrase].into_iter().chain(quotes));
        Ok(())
    }

    fn quote(
        &mut self,
        words: Words,
        sources: &mut Vec<Box<str>>,
        line: u64,
    ) -> Result<Option<Quote>, ImportError> {
        let Some(text) = given(words.text) else { return Ok(None) };
        let mut via = Vec::new();
        for who in words.via {
            if who.name.trim().is_empty() {
                self.lose("relays without a name", line)?;
            } else {
                via.push(self.speakers.meet(who));
            }
        }
        let mut within = None;
        for (who, text) in words.within.into_iter().rev() {
            if who.name.trim().is_empty() || text.trim().is_empty() {
                self.lose("words within a quote without a speaker or without words", line)?;
                continue;
            }
            let speaker = self.speakers.meet(who);
            within = Some(Quoted { speaker, text, within: within.map(Box::new) });
        }
        let mut printed = Vec::new();
        for id in words.sources {
            match self.known_sources.defined(&id) {
                Some(known) => printed.push(numbered(sources, known.into())),
                None => self.lose("sources of a quote that the file does not describe", line)?,
            }
        }
        dedup(&mut printed);
        Ok(Some(Quote { text, via, within, sources: printed }))
    }

    /// The headline, or the first sentence of what the entry has in its place.
    fn headline(&mut self, draft: &Draft) -> Option<String> {
        if let Some(headline) = given(draft.headline.clone()) {
            return Some(headline);
        }
        let quotes = draft.quotes.iter().map(|words| &words.text);
        let words =
            quotes.chain([&draft.paraphrase, &draft.text]).find(|text| !text.trim().is_empty())?;
        self.note("headlines made from the first sentence", draft.line);
        Some(first_sentence(words))
    }

    /// An id for an entry that has none: who or what, and when.
    fn made_up(&self, entry: &Entry) -> String {
        let what = match entry.speaker {
            Some(speaker) => slug(self.speakers.short(speaker)),
            None => {
                let words: Vec<&str> = entry.headline.split_whitespace().take(4).collect();
                slug(&words.join(" "))
            }
        };
        let when = if entry.date.is_undated() { String::new() } else { slug(entry.date.text()) };
        match (what.is_empty(), when.is_empty()) {
            (true, true) => "entry".to_owned(),
            (false, false) => format!("{what}-{when}"),
            _ => what + &when,
        }
    }

    /// Writes the dataset: who speaks, the sources, the entries.
    pub(super) fn finish(mut self, name: &str, out: &mut dyn Write) -> Result<Report, ImportError> {
        let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let stem = stem.split('.').find(|part| !part.is_empty()).unwrap_or("Imported");
        let title = self.options.title.clone().or(self.title.take());
        let title = title.filter(|title| !title.trim().is_empty());
        let title = title.unwrap_or_else(|| stem.to_owned());
        let wrote = ImportError::Write;
        // Told before anything is written, for it may be an error.
        let ids = std::mem::take(&mut self.ids);
        let known = |related: &Related| ids.has(related.to.trim());
        let mut relations = std::mem::take(&mut self.relations);
        for (_, related) in &mut relations {
            let before = related.len();
            related.retain(known);
            for _ in related.len()..before {
                self.lose("relations to entries that are not there", 0)?;
            }
        }
        let mut head = format!(
            "// Imported from {} ({}) by {} {}.\n",
            visible(name),
            self.report.format,
            env!("CARGO_PKG_NAME"),
            env!("CARGO_PKG_VERSION"),
        );
        head.push_str("Dataset(\n    format: 1,\n");
        head.push_str(&format!("    title: {},\n", string(&title)));
        if let Some(summary) = &self.summary {
            head.push_str(&format!("    summary: {},\n", string(summary)));
        }
        out.write_all(head.as_bytes()).map_err(wrote)?;
        let speakers: Vec<String> = self
            .speakers
            .list()
            .iter()
            .map(|who| format!("        {},\n", records::speaker(&who.id, who)))
            .collect();
        section(out, "speakers", ['{', '}'], speakers.is_empty(), |out| {
            speakers.iter().try_for_each(|speaker| out.write_all(speaker.as_bytes()))
        })?;
        let mut sources = self.sources.read_again().map_err(wrote)?;
        section(out, "sources", ['{', '}'], sources.1 == 0, |out| {
            io::copy(&mut sources.0, out).map(drop)
        })?;
        let (mut entries, length) = self.entries.read_again().map_err(wrote)?;
        section(out, "entries", ['[', ']'], length == 0, |out| {
            let mut at = 0;
            for (place, related) in &relations {
                let before = place.saturating_sub(at);
                io::copy(&mut (&mut entries).take(before), out)?;
                at = *place;
                let related = related.iter().map(|related| (related.to.trim(), related.how));
                out.write_all(records::related(related).as_bytes())?;
            }
            io::copy(&mut entries, out).map(drop)
        })?;
        out.write_all(b")\n").and_then(|()| out.flush()).map_err(wrote)?;
        Ok(self.report)
    }
}

fn section(
    out: &mut dyn Write,
    name: &str,
    [open, close]: [char; 2],
    empty: bool,
    items: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), ImportError> {
    let mut write = || {
        if empty {
            return writeln!(out, "    {name}: {open}{close},");
        }
        writeln!(out, "    {name}: {open}")?;
        Ok(())
    };
    write().map_err(ImportError::Write)?;
    if empty {
        return Ok(());
    }
    items(out).and_then(|()| writeln!(out, "    {close},")).map_err(ImportError::Write)
}

/// The place of an id among those of an entry.
fn numbered(ids: &mut Vec<Box<str>>, id: Box<str>) -> SourceIndex {
    let at = ids.iter().position(|known| *known == id).unwrap_or_else(|| {
        ids.push(id);
        ids.len() - 1
    });
    SourceIndex(u32::try_from(at).unwrap_or(u32::MAX))
}

fn dedup(list: &mut Vec<SourceIndex>) {
    let mut known = Vec::new();
    list.retain(|at| {
        let new = !known.contains(at);
        known.push(*at);
        new
    });
}

/// A source without texts that say nothing.
fn tidy(source: &mut crate::model::Source) {
    let crate::model::Source { title, author, publisher, url, archive, note, .. } = source;
    for text in [title, author, publisher, url, archive, note] {
        *text = text.take().and_then(given);
    }
}

/// The text, if it says anything.
fn given(text: String) -> Option<String> {
    (!text.trim().is_empty()).then_some(text)
}

/// Those that say something, with blank lines between.
fn paragraphs(texts: impl IntoIterator<Item = String>) -> Option<String> {
    let texts: Vec<String> = texts.into_iter().filter_map(given).collect();
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

fn as_written(date: &str) -> String {
    format!("Date as written: “{date}”.")
}
