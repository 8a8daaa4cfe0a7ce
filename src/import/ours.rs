//! Our own exports back: JSON and JSON Lines with all they hold, CSV as far as its columns do.

use std::io::BufRead;

use csv::StringRecord;
use serde::Deserialize;
use serde_json::{Map, Number, Value};

use crate::export::relations::OUTSIDE;
use crate::import::draft::{Date, Draft, Who, Words};
use crate::import::flat::{bound_of, linked, titled};
use crate::import::json::beside;
use crate::import::sink::Sink;
use crate::import::stream::{self, Part};
use crate::import::table::{Table, head_of};
use crate::import::{Format, ImportError};
use crate::model::{Figure, How, Related, Source, SourceKind};
use crate::when::When;

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "dateline",
    extensions: &[],
    about: "what `dateline export` writes as JSON, JSON Lines or CSV",
    begins: |head| is_json(head) || is_table(head),
    read: |from, sink| {
        let table = is_table(&String::from_utf8_lossy(from.fill_buf()?));
        if table { read_table(from, sink) } else { read_json(from, sink) }
    },
};

fn is_json(head: &str) -> bool {
    head.trim_start().starts_with(['{', '['])
        && ["\"edtf\"", "\"kind\"", "\"headline\"", "\"paraphrase\""]
            .iter()
            .all(|key| head.contains(key))
}

/// Whether what stands at a key that is not read is said by other keys, or of use only beside the
/// dataset that it came from.
fn says_nothing_more(key: &str, value: &Value) -> bool {
    let by_one_of_them = |by: &Value| by.get("by").is_some_and(|by| !by.is_null());
    match key {
        "kind" | "file" => true,
        "related_left_out" => value == 0,
        "withdrawn" => value.as_array().is_some_and(|all| all.iter().all(by_one_of_them)),
        _ => false,
    }
}

/// Whichever delimiter a spreadsheet has put between the columns since.
fn is_table(head: &str) -> bool {
    let names = head_of(head);
    let begins = |columns: &[&str]| {
        names.iter().zip(columns).filter(|(a, b)| a == b).count() == columns.len()
    };
    begins(&["id", "kind", "date", "date_reading"])
        || begins(&["id", "date", "date_reading", "headline", "speaker", "bound"])
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Record {
    id: String,
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
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
struct DateRecord {
    edtf: String,
}

#[derive(Deserialize)]
struct SpeakerRecord {
    id: String,
    name: String,
    title: Option<String>,
    role: Option<String>,
    organization: Option<String>,
}

#[derive(Deserialize)]
struct QuoteRecord {
    text: String,
    #[serde(default)]
    via: Vec<SpeakerRecord>,
    within: Option<QuotedRecord>,
    #[serde(default)]
    sources: Vec<String>,
}

#[derive(Deserialize)]
struct QuotedRecord {
    speaker: SpeakerRecord,
    text: String,
    within: Option<Box<QuotedRecord>>,
}

#[derive(Deserialize)]
struct FigureRecord {
    bound: String,
    value: Option<Number>,
    low: Option<Number>,
    high: Option<Number>,
    measure: String,
    of: Option<String>,
    place: Option<String>,
    period: Option<DateRecord>,
    lasting: Option<String>,
    part_of: Option<String>,
}

#[derive(Deserialize)]
struct SourceRecord {
    id: String,
    title: Option<String>,
    author: Option<String>,
    publisher: Option<String>,
    published: Option<DateRecord>,
    kind: String,
    url: Option<String>,
    archive: Option<String>,
    note: Option<String>,
}

#[derive(Deserialize)]
struct RelatedRecord {
    to: String,
    how: String,
    #[serde(default)]
    back: bool,
}

fn read_json(from: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ImportError> {
    let mut speakers = false;
    stream::read(from, sink, &["entries"], &mut |sink, part| match part {
        Part::Item { line, value, .. } => {
            sink.row();
            let record: Record = match serde_json::from_value(value) {
                Ok(record) => record,
                Err(error) => {
                    return sink.leave_out(line, format!("not as it was exported: {error}"));
                }
            };
            speakers |= record.speaker.is_some();
            for (key, value) in &record.rest {
                if !says_nothing_more(key, value) {
                    beside(sink, line, key, value)?;
                }
            }
            let draft = record.draft(line, sink)?;
            sink.add(draft)
        }
        Part::Beside { key, value, .. } if key == "provenance" => {
            if let Some([only]) = value.get("datasets").and_then(Value::as_array).map(Vec::as_slice)
            {
                sink.title(&stream::text(only.get("title")));
            }
            Ok(())
        }
        // Those of before it said its version are the first.
        Part::Beside { key, value, .. } if key == "format" && value == 1 => Ok(()),
        Part::Beside { line, key, value } => beside(sink, line, &key, &value),
    })?;
    if speakers {
        sink.note("short names of speakers are not in this format", 0);
    }
    Ok(())
}

impl Record {
    fn draft(self, line: u64, sink: &mut Sink) -> Result<Draft, ImportError> {
        let mut figures = Vec::new();
        for figure in self.figures {
            match figure.figure() {
                Some(figure) => figures.push(figure),
                None => sink.lose("figures that are not as they were exported", line)?,
            }
        }
        let mut related = Vec::new();
        for RelatedRecord { to, how, back } in self.related {
            match How::ALL.into_iter().find(|known| known.name() == how) {
                Some(_) if back => {}
                Some(how) => related.push(Related { to, how }),
                None => sink.lose("relations that are not as they were exported", line)?,
            }
        }
        let text = |text: Option<String>| text.unwrap_or_default();
        Ok(Draft {
            line,
            id: self.id,
            date: Date::new(&self.date.edtf, sink.rules().read(&self.date.edtf)),
            headline: self.headline,
            speaker: self.speaker.map(Who::from),
            role: text(self.role),
            venue: text(self.venue),
            paraphrase: text(self.paraphrase),
            text: text(self.text),
            quotes: self.quotes.into_iter().map(Words::from).collect(),
            figures,
            basis: text(self.basis),
            note: text(self.note),
            place: text(self.place),
            tags: self.tags,
            sources: self.sources.into_iter().map(Source::from).collect(),
            related,
        })
    }
}

impl From<SpeakerRecord> for Who {
    fn from(from: SpeakerRecord) -> Who {
        Who {
            id: from.id,
            name: from.name,
            title: from.title.unwrap_or_default(),
            role: from.role.unwrap_or_default(),
            organization: from.organization.unwrap_or_default(),
        }
    }
}

impl From<QuoteRecord> for Words {
    fn from(from: QuoteRecord) -> Words {
        let mut within = Vec::new();
        let mut next = from.within;
        while let Some(inner) = next {
            within.push((Who::from(inner.speaker), inner.text));
            next = inner.within.map(|deeper| *deeper);
        }
        let via = from.via.into_iter().map(Who::from).collect();
        Words { text: from.text, via, within, sources: from.sources }
    }
}

impl FigureRecord {
    fn figure(self) -> Option<Figure> {
        let number = |number: Option<Number>| number.map(|at| at.to_string()).unwrap_or_default();
        let numbers = [number(self.value), number(self.low), number(self.high)];
        Some(Figure {
            bound: bound_of(&self.bound, [&numbers[0], &numbers[1], &numbers[2]])?,
            measure: self.measure,
            of: self.of,
            place: self.place,
            period: match self.period {
                Some(period) => Some(When::parse(&period.edtf).ok()?),
                None => None,
            },
            lasting: match self.lasting {
                Some(lasting) => Some(lasting.parse().ok()?),
                None => None,
            },
            part_of: self.part_of,
        })
    }
}

impl From<SourceRecord> for Source {
    fn from(from: SourceRecord) -> Source {
        let kind = SourceKind::ALL.into_iter().find(|kind| kind.name() == from.kind);
        Source {
            id: from.id,
            title: from.title,
            author: from.author,
            publisher: from.publisher,
            published: from.published.and_then(|date| When::parse(&date.edtf).ok()),
            kind: kind.unwrap_or_default(),
            url: from.url,
            archive: from.archive,
            note: from.note,
        }
    }
}

/// A row of a table by the names of its columns.
struct Cells<'a> {
    head: &'a [String],
    row: &'a StringRecord,
}

impl Cells<'_> {
    fn get(&self, column: &str) -> String {
        let at = self.head.iter().position(|name| name == column);
        at.and_then(|at| self.row.get(at)).map(as_it_was).unwrap_or_default()
    }

    /// The items of a list.
    fn list(&self, column: &str) -> Vec<String> {
        let cell = self.get(column);
        cell.split("; ").filter(|item| !item.is_empty()).map(str::to_owned).collect()
    }
}

/// A cell without the apostrophe that keeps a spreadsheet from running it.
fn as_it_was(cell: &str) -> String {
    let runs = |rest: &&str| {
        let begins = rest.trim_start_matches('\'');
        begins.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
    };
    cell.strip_prefix('\'').filter(runs).unwrap_or(cell).to_owned()
}

/// Columns that other columns say as well, or that are of use only beside the dataset.
const DERIVED: [&str; 6] = ["kind", "date_reading", "earliest", "latest", "file", "quoted_within"];

/// The columns that are read of a table of entries.
const ENTRIES: [&str; 20] = [
    "id",
    "date",
    "headline",
    "speaker",
    "speaker_title",
    "role",
    "organization",
    "venue",
    "text",
    "paraphrase",
    "quotes",
    "via",
    "figures",
    "basis",
    "note",
    "place",
    "tags",
    "sources",
    "urls",
    "related",
];

fn read_table(from: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ImportError> {
    let mut table = Table::new(from, "CSV", None)?;
    let head = table.head.clone();
    let figures = head.iter().any(|name| name == "measure");
    let mut row = StringRecord::new();
    let mut open: Option<Draft> = None;
    while let Some(line) = table.next(sink, &mut row)? {
        let cells = Cells { head: &head, row: &row };
        for (name, cell) in head.iter().zip(&row) {
            let name = name.as_str();
            let known = figures
                || ENTRIES.contains(&name)
                || DERIVED.contains(&name)
                || name == "related_left_out" && cell == "0"
                // Else an entry of the table itself says it.
                || name == "withdrawn" && !cell.contains(OUTSIDE);
            if !known && !cell.trim().is_empty() {
                sink.unused(name, line)?;
            }
        }
        if !figures {
            let draft = entry(&cells, line, sink)?;
            sink.add(draft)?;
            continue;
        }
        let figure = figure(&cells);
        if figure.is_none() {
            sink.lose("figures that are not as they were exported", line)?;
        }
        // The figures of an entry stand one after the other.
        if let Some(draft) = open.as_mut().filter(|draft| draft.id == cells.get("id")) {
            draft.figures.extend(figure);
            continue;
        }
        let draft = Draft { figures: figure.into_iter().collect(), ..begun(&cells, line, sink) };
        if let Some(done) = open.replace(draft) {
            sink.add(done)?;
        }
    }
    open.map_or(Ok(()), |draft| sink.add(draft))
}

/// What both tables say of an entry.
fn begun(cells: &Cells, line: u64, sink: &mut Sink) -> Draft {
    let date = cells.get("date");
    let (titles, urls) = (cells.list("sources"), cells.get("urls"));
    let urls: Vec<&str> = urls.split(' ').filter(|url| !url.is_empty()).collect();
    let sources = if titles.len() == urls.len() {
        let pairs = titles.iter().zip(&urls);
        pairs.map(|(title, url)| Source { title: Some(title.clone()), ..linked(url) }).collect()
    } else {
        if !urls.is_empty() {
            sink.note("addresses of which it is not clear whose they are, kept as sources", line);
        }
        let titled = titles.iter().map(|title| titled(title));
        titled.chain(urls.into_iter().map(linked)).collect()
    };
    Draft {
        line,
        id: cells.get("id"),
        date: Date::new(&date, sink.rules().read(&date)),
        headline: cells.get("headline"),
        speaker: Who::named(&cells.get("speaker")),
        sources,
        ..Draft::default()
    }
}

fn entry(cells: &Cells, line: u64, sink: &mut Sink) -> Result<Draft, ImportError> {
    let mut draft = begun(cells, line, sink);
    if let Some(who) = &mut draft.speaker {
        (who.title, who.organization) = (cells.get("speaker_title"), cells.get("organization"));
    }
    draft.role = cells.get("role");
    draft.venue = cells.get("venue");
    draft.text = cells.get("text");
    draft.paraphrase = cells.get("paraphrase");
    draft.basis = cells.get("basis");
    draft.note = cells.get("note");
    draft.place = cells.get("place");
    draft.tags = cells.list("tags");
    let quotes = cells.get("quotes");
    draft.quotes =
        quotes.split("\n\n").filter(|text| !text.trim().is_empty()).map(Words::new).collect();
    let via = cells.get("via");
    match draft.quotes.as_mut_slice() {
        _ if via.is_empty() => {}
        // A comma may part two names, or stand in one.
        [only] if !via.contains([',', ';']) => only.via.extend(Who::named(&via)),
        _ => sink.lose("relays of which it is not clear whose words they passed on", line)?,
    }
    if !cells.get("quoted_within").is_empty() {
        sink.lose("words within quotes, of which CSV has only the speakers", line)?;
    }
    if !cells.get("figures").is_empty() {
        sink.lose("figures, which CSV has only in words; JSON has them, and CSV of figures", line)?;
    }
    for item in cells.list("related") {
        let found = How::ALL.into_iter().find_map(|how| {
            let to = item.strip_prefix(how.reading())?.strip_prefix(' ')?;
            Some(Related { to: to.to_owned(), how })
        });
        let back = How::ALL.into_iter().any(|how| item.starts_with(how.reading_back()));
        match found {
            Some(related) => draft.related.push(related),
            // The other entry says it.
            None if back => {}
            None => sink.lose("relations that are not as they were exported", line)?,
        }
    }
    Ok(draft)
}

fn figure(cells: &Cells) -> Option<Figure> {
    let [value, low, high] = ["value", "low", "high"].map(|column| cells.get(column));
    let given = |column: &str| Some(cells.get(column)).filter(|text| !text.is_empty());
    let period = given("period").map(|text| When::parse(&text)).transpose().ok()?;
    Some(Figure {
        bound: bound_of(&cells.get("bound"), [&value, &low, &high])?,
        measure: cells.get("measure"),
        of: given("of"),
        place: given("place"),
        period,
        lasting: given("lasting").map(|text| text.parse()).transpose().ok()?,
        part_of: given("part_of"),
    })
}
