//! Comma-separated values (RFC 4180) for a spreadsheet: a row an entry, or a row a figure.
//!
//! A cell that a spreadsheet would run as a formula begins with an apostrophe, which says that
//! what follows is text (OWASP, "CSV Injection"). A cell that is a number stays as it is.

use crate::export::relations::withdrawals;
use crate::export::{
    ExportError, Format, OptionKind, Output, Per, Request, Thing, citation, cited, day, distinct,
    entries_have, file_name,
};
use crate::model::{Bound, Entry, EntryIndex, Figure, Quote, Speaker, Timeline};
use crate::when::{Lasting, When};

/// The format.
pub static FORMAT: Format = Format {
    name: "csv",
    extensions: &["csv"],
    about: "CSV for a spreadsheet, one row an entry or a figure",
    options: &[OptionKind::Per, OptionKind::Bom],
    write,
};

/// What stands between the items of a list in one cell.
const BETWEEN: &str = "; ";

/// A column of `--per entry`: its name, and what goes into a row's cell.
type EntryColumn = (&'static str, fn(&EntryRow) -> String);

/// A column of `--per figure`.
type FigureColumn = (&'static str, fn(&FigureRow) -> String);

struct EntryRow<'a> {
    request: &'a Request<'a>,
    timeline: &'a Timeline,
    index: EntryIndex,
    entry: Entry,
}

struct FigureRow<'a> {
    of: &'a EntryRow<'a>,
    figure: &'a Figure,
}

/// The columns of `--per entry`. Their names and order are part of the program's interface.
const ENTRY_COLUMNS: &[EntryColumn] = &[
    ("id", |row| row.timeline.full_id(row.index)),
    ("kind", |row| row.entry.kind.word().to_owned()),
    ("date", |row| row.entry.date.text().to_owned()),
    ("date_reading", |row| row.entry.date.reading()),
    ("earliest", |row| row.entry.date.earliest().day().map(day::iso).unwrap_or_default()),
    ("latest", |row| row.entry.date.latest().day().map(day::iso).unwrap_or_default()),
    ("headline", |row| row.entry.headline.clone()),
    ("speaker", |row| row.speaker()),
    ("speaker_title", |row| row.of_speaker(|who| who.title.clone())),
    ("role", |row| {
        row.entry.role.clone().unwrap_or_else(|| row.of_speaker(|who| who.role.clone()))
    }),
    ("organization", |row| row.of_speaker(|who| who.organization.clone())),
    ("venue", |row| given(&row.entry.venue)),
    ("text", |row| given(&row.entry.text)),
    ("paraphrase", |row| given(&row.entry.paraphrase)),
    ("quotes", |row| row.quotes(|quote| quote.text.clone()).join("\n\n")),
    ("via", |row| listed(row.quotes(|quote| citation::names(row.timeline, &quote.via)))),
    ("quoted_within", |row| listed(row.quotes(|quote| row.quoted_within(quote)))),
    ("figures", |row| row.entry.figures.iter().map(reading).collect::<Vec<_>>().join(BETWEEN)),
    ("basis", |row| given(&row.entry.basis)),
    ("note", |row| given(&row.entry.note)),
    ("place", |row| given(&row.entry.place)),
    ("tags", |row| row.entry.tags.join(BETWEEN)),
    ("sources", |row| row.sources()),
    ("urls", |row| row.urls()),
    ("related", |row| row.related()),
    ("file", |row| file_name(row.timeline.dataset_of(row.index)).to_owned()),
    ("withdrawn", |row| row.withdrawn()),
    ("related_left_out", |row| row.request.relations(row.index).left_out.to_string()),
];

/// The columns of `--per figure`.
const FIGURE_COLUMNS: &[FigureColumn] = &[
    ("id", |row| row.of.timeline.full_id(row.of.index)),
    ("date", |row| row.of.entry.date.text().to_owned()),
    ("date_reading", |row| row.of.entry.date.reading()),
    ("headline", |row| row.of.entry.headline.clone()),
    ("speaker", |row| row.of.speaker()),
    ("bound", |row| row.figure.bound.name().to_owned()),
    ("value", |row| match row.figure.bound {
        Bound::Between(..) => String::new(),
        other => other.amount().plain(),
    }),
    ("low", |row| match row.figure.bound {
        Bound::Between(low, _) => low.plain(),
        _ => String::new(),
    }),
    ("high", |row| match row.figure.bound {
        Bound::Between(_, high) => high.plain(),
        _ => String::new(),
    }),
    ("measure", |row| row.figure.measure.clone()),
    ("of", |row| given(&row.figure.of)),
    ("place", |row| given(&row.figure.place)),
    ("period", |row| {
        row.figure.period.as_ref().map(|when| when.text().to_owned()).unwrap_or_default()
    }),
    ("period_reading", |row| row.figure.period.as_ref().map(When::reading).unwrap_or_default()),
    ("lasting", |row| row.figure.lasting.map(|long| long.to_string()).unwrap_or_default()),
    ("part_of", |row| given(&row.figure.part_of)),
    ("reading", |row| reading(row.figure)),
    ("sources", |row| row.of.sources()),
    ("urls", |row| row.of.urls()),
    ("withdrawn", |row| row.of.withdrawn()),
];

fn write(request: &Request) -> Result<Output, ExportError> {
    let rows = request.entries.iter().map(|index| EntryRow {
        request,
        timeline: request.timeline,
        index: *index,
        entry: request.timeline.entry(*index),
    });
    let mut bytes = Vec::new();
    if request.options.bom {
        bytes.extend_from_slice("\u{feff}".as_bytes());
    }
    let figures = |row: &EntryRow| -> Vec<Vec<String>> {
        let figures = row.entry.figures.iter().map(|figure| FigureRow { of: row, figure });
        figures.map(|row| FIGURE_COLUMNS.iter().map(|(_, cell)| cell(&row)).collect()).collect()
    };
    let mut parted = 0usize;
    let mut count = 0usize;
    let written = match request.options.per {
        Per::Entry => {
            let cells = |row: EntryRow| {
                parted += usize::from(reads_as_more(&row.entry));
                count = count.saturating_add(1);
                ENTRY_COLUMNS.iter().map(|(_, cell)| cell(&row)).collect()
            };
            fill(&mut bytes, ENTRY_COLUMNS.iter().map(|(name, _)| *name), rows.map(cells))
        }
        Per::Figure => {
            let rows = rows.flat_map(|row| figures(&row)).inspect(|_| {
                count = count.saturating_add(1);
            });
            fill(&mut bytes, FIGURE_COLUMNS.iter().map(|(name, _)| *name), rows)
        }
    };
    written.map_err(|error| ExportError::new(FORMAT.name, error))?;
    let mut notes = Vec::new();
    if parted > 0 {
        notes.push(format!(
            "{} a quote with a blank line or a tag with `;` in it, which read back are two each; \
             JSON keeps them whole",
            entries_have(parted)
        ));
    }
    let thing = if request.options.per == Per::Entry { Thing::Entry } else { Thing::Figure };
    Ok(Output { bytes, wrote: thing.times(count), notes })
}

/// Whether an item of a list has in it what stands between items. To escape it would change words
/// that are verbatim in a spreadsheet, where most of them stay.
fn reads_as_more(entry: &Entry) -> bool {
    let alone = entry.quotes.len() < 2;
    let parted = |quote: &Quote| {
        let text = quote.text.replace("\r\n", "\n");
        text.contains("\n\n") || !alone && (text.starts_with('\n') || text.ends_with('\n'))
    };
    entry.quotes.iter().any(parted) || entry.tags.iter().any(|tag| tag.contains(BETWEEN))
}

fn fill(
    bytes: &mut Vec<u8>,
    head: impl Iterator<Item = &'static str>,
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<(), csv::Error> {
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(bytes);
    table.write_record(head)?;
    for row in rows {
        table.write_record(row.into_iter().map(harmless))?;
    }
    table.flush()?;
    Ok(())
}

/// The cell with an apostrophe before it where a spreadsheet would take it for a formula.
pub(super) fn harmless(cell: String) -> String {
    // One that begins as a cell made harmless does gets one more, so that reading it back takes
    // away no apostrophe of its own.
    let begins = cell.trim_start_matches('\'');
    let formula =
        begins.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if formula && !is_number(&cell) { format!("'{cell}") } else { cell }
}

/// Only digits, with a sign and a decimal point: nothing that could be run.
fn is_number(cell: &str) -> bool {
    cell.parse::<f64>().is_ok() && cell.chars().all(|at| matches!(at, '0'..='9' | '.' | '+' | '-'))
}

fn given(text: &Option<String>) -> String {
    text.clone().unwrap_or_default()
}

/// Those that say something, each once.
fn listed(items: Vec<String>) -> String {
    distinct(items.into_iter().filter(|item| !item.is_empty())).join(BETWEEN)
}

/// `over 20,000 deaths (of the casualties), Russian forces, Ukraine, since December 2022`
pub(super) fn reading(figure: &Figure) -> String {
    let rest = [&figure.of, &figure.place].into_iter().flatten().cloned();
    let lasting = figure.lasting.map(Lasting::reading);
    let period = lasting.into_iter().chain(figure.period.as_ref().map(When::reading));
    let whole = figure.part_of.as_ref().map(|whole| format!(" (of the {whole})"));
    let mut parts =
        vec![format!("{} {}{}", figure.bound, figure.measure, whole.unwrap_or_default())];
    parts.extend(rest.chain(period));
    parts.join(", ")
}

impl EntryRow<'_> {
    fn speaker(&self) -> String {
        self.of_speaker(|who| Some(who.name.clone()))
    }

    fn of_speaker(&self, part: impl Fn(&Speaker) -> Option<String>) -> String {
        self.entry.speaker.and_then(|at| part(self.timeline.speaker(at))).unwrap_or_default()
    }

    fn quotes(&self, part: impl Fn(&Quote) -> String) -> Vec<String> {
        self.entry.quotes.iter().map(part).collect()
    }

    /// Whose words stand inside a quote, from the outermost inwards.
    fn quoted_within(&self, quote: &Quote) -> String {
        let mut names = Vec::new();
        let mut within = quote.within.as_ref();
        while let Some(inner) = within {
            names.push(self.timeline.speaker(inner.speaker).name.clone());
            within = inner.within.as_deref();
        }
        listed(names)
    }

    fn sources(&self) -> String {
        let cited = cited(&self.entry);
        let named = cited.iter().map(|at| self.timeline.source(*at).citation());
        named.collect::<Vec<_>>().join(BETWEEN)
    }

    fn urls(&self) -> String {
        let cited = cited(&self.entry);
        let urls = cited.iter().filter_map(|at| self.timeline.source(*at).url.clone());
        urls.collect::<Vec<_>>().join(" ")
    }

    fn related(&self) -> String {
        let links = self.request.relations(self.index).links;
        let read =
            links.iter().map(|at| format!("{} {}", at.reading(), self.timeline.full_id(at.to)));
        read.collect::<Vec<_>>().join(BETWEEN)
    }

    /// That it was retracted or superseded, and by whom and when.
    fn withdrawn(&self) -> String {
        let by = withdrawals(self.timeline, self.request.scope(), self.index);
        by.iter().map(|by| by.words(self.timeline)).collect::<Vec<_>>().join(BETWEEN)
    }
}
