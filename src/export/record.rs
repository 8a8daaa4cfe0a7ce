//! One entry laid out for reading: lines of text whose parts have a role.
//!
//! The detail pane, `dateline show` and the text format all show a record as it is laid out here.
//! Colours are left to the terminal, which knows what each role looks like.

use crate::export::relations::{Relations, Scope};
use crate::export::{Request, file_name, printing, publication};
use crate::model::{Entry, EntryIndex, Figure, Quote, Quoted, SourceIndex, SpeakerIndex, Timeline};
use crate::text::{Words, pad, visible, width, wrapped};
use crate::when::{Lasting, short};

mod line;

pub use line::{Line, Span};

/// What a part of a line is, so that it can be told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The line that says what the entry is about.
    Headline,
    /// When it was.
    Date,
    /// A speaker's name, to be shown in the speaker's colour.
    Speaker(SpeakerIndex),
    /// Verbatim words.
    Quote,
    /// The rule beside verbatim words.
    QuoteRule,
    /// Words about words: verbatim, through whom, to which source.
    Attribution,
    /// Words that are not verbatim.
    Plain,
    /// A number as claimed.
    Figure,
    /// What stands before a value: `Sources`.
    Label,
    /// The curator's own words.
    Note,
    /// Something that can be followed.
    Link,
    /// Secondary.
    Dim,
    /// A connection that calls a statement into question.
    Dispute,
}

/// What a line leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// Another entry.
    Entry(EntryIndex),
    /// A source, whose address can be opened.
    Source(SourceIndex),
    /// Somebody who passed the words on, or whose words are quoted within.
    Speaker(SpeakerIndex),
    /// The passage in which a source prints a quote of the entry, by its number from 0.
    Passage(usize),
}

/// What is to be said of a quote, once it was looked for in its sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// They have it.
    Verified,
    /// They have it, but for a word that denies something.
    Warned,
    /// None of them has anything like it.
    Missing,
    /// One of them has it otherwise, or not all of them have it.
    Differs,
    /// It was not looked for in any.
    Unchecked,
}

impl Verdict {
    /// As it stands behind the chain of a quote; words, so that colour is not needed.
    pub fn mark(self) -> &'static str {
        match self {
            Verdict::Verified => "✓ verified",
            Verdict::Warned => "✓ verified, with a warning",
            Verdict::Missing => "≠ not found",
            Verdict::Differs => "≈ differs",
            Verdict::Unchecked => "not checked",
        }
    }
}

/// What is to be said of each quote.
pub trait Marks {
    /// Of the quote of an entry, by its number from 0.
    fn verdict(&self, entry: EntryIndex, quote: usize) -> Verdict;
}

/// The record as plain text with its sources' addresses, each line ended. An address is never
/// broken, and so may be wider than `columns`.
pub fn plain(timeline: &Timeline, index: EntryIndex, columns: usize) -> String {
    text(&lay_out(timeline, index, columns, Reader::Page, Scope::All, None))
}

/// [`plain`], without what is of use only beside the dataset, and without the words of entries
/// that are left out.
pub(super) fn exported(request: &Request, index: EntryIndex, columns: usize) -> String {
    text(&lay_out(request.timeline, index, columns, Reader::Elsewhere, request.scope(), None))
}

/// Lays out an entry in at most `columns` cells, of which it wants at least 24.
pub fn record(timeline: &Timeline, index: EntryIndex, columns: usize) -> Vec<Line> {
    record_with(timeline, index, columns, None)
}

/// [`record`], with what is to be said of each quote behind its chain.
pub fn record_with(
    timeline: &Timeline,
    index: EntryIndex,
    columns: usize,
    marks: Option<&dyn Marks>,
) -> Vec<Line> {
    lay_out(timeline, index, columns, Reader::Screen, Scope::All, marks)
}

/// Where a record is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// Where a source is followed, not copied.
    Screen,
    /// Beside the dataset, where file and line lead somewhere.
    Page,
    /// By somebody who has the export and nothing else.
    Elsewhere,
}

fn text(lines: &[Line]) -> String {
    lines.iter().map(|line| line.plain() + "\n").collect()
}

fn lay_out(
    timeline: &Timeline,
    index: EntryIndex,
    columns: usize,
    reader: Reader,
    scope: Scope<'_>,
    marks: Option<&dyn Marks>,
) -> Vec<Line> {
    let entry = timeline.entry(index);
    let columns = columns.max(24);
    let mut page = Page { timeline, reader, columns, lines: Vec::new(), chain: Chain::default() };
    page.head(&entry);
    if let Some(text) = &entry.text {
        page.gap();
        page.paragraph(text, Role::Plain);
    }
    if let Some(paraphrase) = &entry.paraphrase {
        page.gap();
        page.paragraph(paraphrase, Role::Plain);
        page.paragraph("paraphrase, not verbatim", Role::Attribution);
    }
    for (number, quote) in entry.quotes.iter().enumerate() {
        page.gap();
        let verdict = marks.map(|marks| (number, marks.verdict(index, number)));
        page.quote(&entry, quote, verdict);
    }
    page.figures(&entry.figures);
    page.about(&entry, index, &Relations::of(timeline, scope, index));
    page.lines
}

/// The width of the column of labels, with the space after it: room for `Corroborated by`, and
/// where there is little room, for most others.
fn label_column(columns: usize) -> usize {
    if columns < 56 { 14 } else { 17 }
}

struct Page<'a> {
    timeline: &'a Timeline,
    reader: Reader,
    columns: usize,
    lines: Vec<Line>,
    chain: Chain,
}

/// What stands under a quote, kept for the next: many quotes of an entry come the same way.
#[derive(Default)]
struct Chain {
    of: Option<(Vec<SpeakerIndex>, Vec<SourceIndex>)>,
    lines: Vec<Words>,
}

impl Page<'_> {
    fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.spans.is_empty()) {
            self.lines.push(Line::default());
        }
    }

    fn paragraph(&mut self, text: &str, role: Role) {
        self.hanging("", Role::Label, 0, text, role, None);
    }

    /// Text wrapped to the right of something in front: `first` on its first line, or above it
    /// where that is too wide; spaces after.
    fn hanging(
        &mut self,
        first: &str,
        first_role: Role,
        indent: usize,
        text: &str,
        role: Role,
        target: Option<Target>,
    ) {
        let room = self.columns.saturating_sub(indent).max(1);
        let mut first = first;
        if indent > 0 && width(first) >= indent {
            let mut line = Line { target, ..Line::default() };
            line.push(first, first_role);
            self.lines.push(line);
            first = "";
        }
        self.hung(first, first_role, indent, wrapped(text, room), role, target);
    }

    /// Lines to the right of something in front, and of spaces after.
    fn hung(
        &mut self,
        first: &str,
        first_role: Role,
        indent: usize,
        lines: Vec<Words>,
        role: Role,
        target: Option<Target>,
    ) {
        let blank = Words::from(pad("", indent));
        for (number, words) in lines.into_iter().enumerate() {
            let mut line = Line { spans: Vec::with_capacity(2), target };
            if indent > 0 {
                let front = if number == 0 { pad(first, indent).into() } else { blank.clone() };
                line.push(front, first_role);
            }
            line.push(words, role);
            self.lines.push(line);
        }
    }

    fn labelled(&mut self, label: &str, text: &str, role: Role, target: Option<Target>) {
        let label_role = if role == Role::Dispute { Role::Dispute } else { Role::Label };
        let role = if role == Role::Dispute { Role::Link } else { role };
        self.hanging(label, label_role, label_column(self.columns), text, role, target);
    }

    fn head(&mut self, entry: &Entry) {
        self.paragraph(&entry.headline, Role::Headline);
        self.gap();
        self.paragraph(&entry.date.reading_with_weekday(), Role::Date);
        let Some(speaker) = entry.speaker else {
            self.paragraph(entry.kind.word(), Role::Dim);
            return;
        };
        let who = self.timeline.speaker(speaker);
        self.paragraph(&who.titled_name(), Role::Speaker(self.timeline.person(speaker)));
        if let Some(capacity) = who.capacity(entry.role.as_deref()) {
            self.paragraph(&capacity, Role::Dim);
        }
        if let Some(venue) = &entry.venue {
            self.paragraph(&format!("at {venue}"), Role::Dim);
        }
    }

    fn quote(&mut self, entry: &Entry, quote: &Quote, verdict: Option<(usize, Verdict)>) {
        self.ruled(&quote.text, 1);
        let target = verdict.map(|(number, _)| Target::Passage(number));
        self.chain(entry, quote, target);
        if let Some((_, verdict)) = verdict {
            self.verdict(verdict, target);
        }
        let mut within = quote.within.as_ref();
        let mut depth = 2;
        while let Some(inner) = within {
            self.within(inner, depth);
            within = inner.within.as_deref();
            depth = (depth + 1).min(6);
        }
    }

    /// Whose words a quote is, through whom, and where they are printed.
    fn chain(&mut self, entry: &Entry, quote: &Quote, target: Option<Target>) {
        let printed = printing(entry, quote);
        let known = self.chain.of.as_ref();
        if known.is_none_or(|(via, sources)| *via != quote.via || sources != printed) {
            let mut chain = vec![entry.speaker.map_or("", |at| self.name(at)).to_owned()];
            chain.extend(quote.via.iter().map(|relay| self.name(*relay).to_owned()));
            let prints = printed.iter().map(|at| publication(self.timeline.source(*at)));
            let prints: Vec<String> = prints.collect();
            if !prints.is_empty() {
                chain.push(prints.join("; "));
            }
            let words = format!("verbatim · {}", chain.join(" → "));
            self.chain = Chain {
                of: Some((quote.via.clone(), printed.to_vec())),
                lines: wrapped(&words, self.columns.saturating_sub(2).max(1)),
            };
        }
        let lines = self.chain.lines.clone();
        self.hung("", Role::QuoteRule, 2, lines, Role::Attribution, target);
    }

    /// What is to be said of a quote, behind its chain or under it.
    fn verdict(&mut self, verdict: Verdict, target: Option<Target>) {
        let role = match verdict {
            Verdict::Verified => Role::Attribution,
            Verdict::Warned | Verdict::Missing | Verdict::Differs => Role::Dispute,
            Verdict::Unchecked => Role::Dim,
        };
        let mark = format!(" · {}", verdict.mark());
        match self.lines.last_mut() {
            Some(line) if width(&line.plain()) + width(&mark) <= self.columns => {
                line.push(mark, role);
            }
            _ => {
                let mut line = Line { target, ..Line::default() };
                line.push("  ", Role::QuoteRule);
                line.push(verdict.mark(), role);
                self.lines.push(line);
            }
        }
    }

    fn within(&mut self, inner: &Quoted, depth: usize) {
        self.ruled(&inner.text, depth);
        let words = format!("words ascribed to {}", self.name(inner.speaker));
        let target = Some(Target::Speaker(inner.speaker));
        self.hanging("", Role::QuoteRule, depth * 2, &words, Role::Attribution, target);
    }

    /// Verbatim words, set off by as many rules as they lie deep in others' words.
    fn ruled(&mut self, text: &str, depth: usize) {
        let rules = Words::from("┃ ".repeat(depth));
        let room = self.columns.saturating_sub(width(&rules)).max(1);
        for words in wrapped(&format!("“{text}”"), room) {
            let mut line = Line { spans: Vec::with_capacity(2), target: None };
            line.push(rules.clone(), Role::QuoteRule);
            line.push(words, Role::Quote);
            self.lines.push(line);
        }
    }

    fn figures(&mut self, figures: &[Figure]) {
        if figures.is_empty() {
            return;
        }
        self.gap();
        let mut rows: Vec<[String; 4]> = figures.iter().map(figure_cells).collect();
        let mut above: Option<&Figure> = None;
        for (row, figure) in rows.iter_mut().zip(figures) {
            // Of the figure in the row above one need not say which.
            if above.is_some_and(|above| figure.part_of.as_ref() == Some(&above.measure)) {
                row[1] = visible(&format!("of them {}", figure.measure)).into_owned();
            }
            above = Some(figure);
        }
        ditto(&mut rows);
        let widths: Vec<usize> =
            (0..4).map(|at| rows.iter().map(|row| width(&row[at])).max().unwrap_or(0)).collect();
        let table = widths.iter().filter(|width| **width > 0).map(|width| width + 2).sum::<usize>();
        for (row, figure) in rows.iter().zip(figures) {
            if table > self.columns + 2 {
                self.figure_in_words(figure);
                continue;
            }
            let mut line = Line::default();
            let missing = widths[0].saturating_sub(width(&row[0]));
            line.push(format!("{}{}  ", " ".repeat(missing), row[0]), Role::Figure);
            for at in 1..4 {
                if widths[at] > 0 {
                    line.push(pad(&row[at], widths[at] + 2), Role::Plain);
                }
            }
            self.lines.push(line);
        }
    }

    /// A figure that has no room as a row of a table.
    fn figure_in_words(&mut self, figure: &Figure) {
        let [claimed, measure, of, coverage] = figure_cells(figure);
        let mut line = Line::default();
        line.push(claimed, Role::Figure);
        line.push(format!(" {measure}"), Role::Plain);
        self.lines.push(line);
        let rest: Vec<String> =
            [of, coverage].into_iter().filter(|cell| !cell.is_empty()).collect();
        if !rest.is_empty() {
            self.hanging("", Role::Label, 2, &rest.join(", "), Role::Dim, None);
        }
    }

    fn about(&mut self, entry: &Entry, index: EntryIndex, relations: &Relations) {
        self.gap();
        if let Some(basis) = &entry.basis {
            self.labelled("Rests on", basis, Role::Plain, None);
        }
        for relation in relations.lines(self.timeline) {
            let role = match (relation.questions, relation.to) {
                (true, _) => Role::Dispute,
                (false, Some(_)) => Role::Link,
                (false, None) => Role::Plain,
            };
            let label = capitalised(relation.label);
            self.labelled(&label, &relation.words, role, relation.to.map(Target::Entry));
        }
        for (number, source) in entry.sources.iter().enumerate() {
            let label = match (number, entry.sources.len()) {
                (0, 1) => "Source",
                (0, _) => "Sources",
                _ => "",
            };
            let citation = self.timeline.source(*source).citation();
            self.labelled(label, &citation, Role::Link, Some(Target::Source(*source)));
            if self.reader != Reader::Screen {
                self.source_in_full(*source);
            }
        }
        if let Some(place) = &entry.place {
            self.labelled("Place", place, Role::Plain, None);
        }
        if !entry.tags.is_empty() {
            self.labelled("Tags", &entry.tags.join(", "), Role::Plain, None);
        }
        if let Some(note) = &entry.note {
            self.gap();
            self.labelled("Curator", note, Role::Note, None);
        }
        self.gap();
        let name = format!("{} {}", entry.kind.word(), entry.id);
        let dataset = self.timeline.dataset_of(index);
        let origin = match self.reader {
            Reader::Elsewhere if self.timeline.datasets().len() > 1 => {
                format!("{name} · {}", file_name(dataset))
            }
            Reader::Elsewhere => name,
            _ => format!("{name} · {}:{}", dataset.file, self.timeline.line_of(index)),
        };
        self.paragraph(&origin, Role::Dim);
    }

    /// What a reader without this program needs to find a source.
    fn source_in_full(&mut self, source: SourceIndex) {
        let source = self.timeline.source(source);
        if let Some(url) = &source.url {
            let mut line = Line::default();
            line.push(" ".repeat(label_column(self.columns)), Role::Label);
            line.push(visible(url).into_owned(), Role::Link);
            self.lines.push(line);
        }
        if let Some(note) = &source.note {
            self.labelled("", note, Role::Note, None);
        }
    }

    fn name(&self, speaker: SpeakerIndex) -> &str {
        &self.timeline.speaker(speaker).name
    }
}

/// Claimed, measure, of whom, and where and over which period.
pub(super) fn figure_cells(figure: &Figure) -> [String; 4] {
    let lasting = figure.lasting.map(Lasting::reading);
    let covered = [figure.place.clone(), lasting, figure.period.as_ref().map(short)];
    let covered: Vec<String> = covered.into_iter().flatten().collect();
    let measure = match &figure.part_of {
        Some(whole) => format!("{} (of the {whole})", figure.measure),
        None => figure.measure.clone(),
    };
    [
        figure.bound.to_string(),
        visible(&measure).into_owned(),
        visible(figure.of.as_deref().unwrap_or_default()).into_owned(),
        visible(&covered.join(", ")).into_owned(),
    ]
}

/// A cell that repeats the one above it shows so, as tables in print do.
fn ditto(rows: &mut [[String; 4]]) {
    let above: Vec<[String; 4]> = rows.to_vec();
    for (row, above) in rows.iter_mut().skip(1).zip(&above) {
        for (cell, above) in row.iter_mut().zip(above).skip(2) {
            if !cell.is_empty() && cell == above {
                "″".clone_into(cell);
            }
        }
    }
}

pub(crate) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
