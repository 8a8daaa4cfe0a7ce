//! Markdown (CommonMark with the tables and footnotes that GitHub and Pandoc share), with every
//! source a footnote. Text of the dataset is escaped, and never becomes mark-up, but for addresses:
//! they are marked as such, because GitHub makes links of bare ones and takes the escapes in them
//! for parts of the address (GFM 6.9).

use std::collections::HashMap;
use std::fmt::Write;

use crate::export::address::{Piece, pieces};
use crate::export::names::Given;
use crate::export::record::{capitalised, figure_cells};
use crate::export::{
    ExportError, Format, OptionKind, Output, Request, Thing, all_cited, one_line, printing,
    provenance, publication,
};
use crate::model::{Entry, EntryIndex, Figure, Quote, Quoted, SourceIndex, Timeline};
use crate::text::visible;

/// The format.
pub static FORMAT: Format = Format {
    name: "markdown",
    extensions: &["md", "markdown"],
    about: "Markdown with footnoted sources, for a report or a wiki",
    options: &[OptionKind::Provenance],
    write,
};

fn write(request: &Request) -> Result<Output, ExportError> {
    let cited = all_cited(request);
    let mut names = Given::default();
    let labels =
        cited.iter().map(|at| (*at, names.give_plain(&request.timeline.source(*at).id))).collect();
    let mut page = Page { request, timeline: request.timeline, labels, text: String::new() };
    if request.provenance.is_some() {
        page.head(request);
    }
    for index in request.entries {
        page.entry(*index);
    }
    for source in cited {
        page.footnote(source);
    }
    Ok(Output::new(page.text, Thing::Entry.times(request.entries.len())))
}

struct Page<'a> {
    request: &'a Request<'a>,
    timeline: &'a Timeline,
    /// The names of footnotes.
    labels: HashMap<SourceIndex, String>,
    text: String,
}

impl Page<'_> {
    /// Blocks stand apart by a blank line.
    fn block(&mut self, lines: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(lines.trim_end());
        self.text.push('\n');
    }

    fn head(&mut self, request: &Request) {
        self.block(&format!("# {}", inline(&self.timeline.title())));
        let facts: Vec<String> = provenance::facts(request)
            .into_iter()
            .map(|(label, value)| format!("- {label}: {}", inline(&value)))
            .collect();
        self.block(&facts.join("\n"));
    }

    fn entry(&mut self, index: EntryIndex) {
        let entry = self.timeline.entry(index);
        self.block(&format!("## {}", inline(&entry.headline)));
        self.block(&self.when_and_who(&entry));
        if let Some(text) = &entry.text {
            self.block(&paragraphs(text, ""));
        }
        if let Some(paraphrase) = &entry.paraphrase {
            self.block(&paragraphs(paraphrase, ""));
            self.block("*(paraphrase, not verbatim)*");
        }
        for quote in &entry.quotes {
            self.block(&self.quote(&entry, quote));
        }
        if !entry.figures.is_empty() {
            self.block(&table(&entry.figures));
        }
        let about = self.about(&entry, index);
        if !about.is_empty() {
            self.block(&about);
        }
        if let Some(note) = &entry.note {
            self.block(&format!("*Curator’s note:* {}", paragraphs(note, "")));
        }
    }

    fn when_and_who(&self, entry: &Entry) -> String {
        let mut line = format!("*{}*", inline(&entry.date.reading_with_weekday()));
        if let Some(speaker) = entry.speaker {
            let who = self.timeline.speaker(speaker);
            let _ = write!(line, " · **{}**", inline(&who.titled_name()));
            if let Some(capacity) = who.capacity(entry.role.as_deref()) {
                let _ = write!(line, ", {}", inline(&capacity));
            }
        } else {
            let _ = write!(line, " · {}", entry.kind.word());
        }
        if let Some(venue) = &entry.venue {
            let _ = write!(line, " · at {}", inline(venue));
        }
        line
    }

    fn quote(&self, entry: &Entry, quote: &Quote) -> String {
        let mut block = format!("> {}", paragraphs(&format!("“{}”", quote.text), "> "));
        if let Some(inner) = &quote.within {
            block.push_str("\n>\n");
            block.push_str(&self.within(inner, 2));
        }
        let speakers = entry.speaker.iter().chain(&quote.via);
        let mut chain: Vec<String> =
            speakers.map(|at| inline(&self.timeline.speaker(*at).name)).collect();
        let printed: Vec<String> = printing(entry, quote).iter().map(|at| self.cite(*at)).collect();
        if !printed.is_empty() {
            chain.push(printed.join("; "));
        }
        let _ = write!(block, "\n>\n> — verbatim · {}", chain.join(" → "));
        block
    }

    fn within(&self, inner: &Quoted, depth: usize) -> String {
        // Renderers give up on quotes nested without end.
        let mark = "> ".repeat(depth.min(6));
        let bare = mark.trim_end();
        let words = paragraphs(&format!("“{}”", inner.text), &mark);
        let name = inline(&self.timeline.speaker(inner.speaker).name);
        let mut block = format!("{mark}{words}\n{bare}\n{mark}— words ascribed to {name}");
        if let Some(deeper) = &inner.within {
            let _ = write!(block, "\n{bare}\n{}", self.within(deeper, depth.saturating_add(1)));
        }
        block
    }

    fn about(&self, entry: &Entry, index: EntryIndex) -> String {
        let mut items: Vec<(String, String)> = Vec::new();
        if let Some(basis) = &entry.basis {
            items.push(("Rests on".to_owned(), inline(basis)));
        }
        for relation in self.request.relations(index).lines(self.timeline) {
            items.push((capitalised(relation.label), inline(&relation.words)));
        }
        if let Some(place) = &entry.place {
            items.push(("Place".to_owned(), inline(place)));
        }
        if !entry.tags.is_empty() {
            items.push(("Tags".to_owned(), inline(&entry.tags.join(", "))));
        }
        if !entry.sources.is_empty() {
            let label = if entry.sources.len() == 1 { "Source" } else { "Sources" };
            let cited: Vec<String> = entry.sources.iter().map(|at| self.cite(*at)).collect();
            items.push((label.to_owned(), cited.join("; ")));
        }
        let lines = items.iter().map(|(label, value)| format!("- **{label}:** {value}"));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// A source in a few words, with its footnote.
    fn cite(&self, source: SourceIndex) -> String {
        let label = self.labels.get(&source).map_or("", |label| label);
        format!("{}[^{label}]", inline(&publication(self.timeline.source(source))))
    }

    fn footnote(&mut self, at: SourceIndex) {
        let source = self.timeline.source(at);
        let mut note = inline(&source.citation());
        if let Some(url) = &source.url {
            let _ = write!(note, ". {}", inline(url));
        }
        if let Some(remark) = &source.note {
            let _ = write!(note, " ({})", inline(remark));
        }
        let label = self.labels.get(&at).map_or("", |label| label);
        self.block(&format!("[^{label}]: {note}"));
    }
}

fn table(figures: &[Figure]) -> String {
    let mut lines = vec![
        "| Claimed | Of what | Whom | Where and when |".to_owned(),
        "|--:|---|---|---|".into(),
    ];
    for figure in figures {
        let cells = figure_cells(figure).map(|cell| cell_of(&cell));
        lines.push(format!("| {} |", cells.join(" | ")));
    }
    lines.join("\n")
}

/// The text on one line, escaped.
fn inline(text: &str) -> String {
    escape(&one_line(text))
}

/// [`inline`] within a cell of a table, where a bar ends the cell, and readers differ over one that
/// is escaped in an address.
fn cell_of(text: &str) -> String {
    let address = |address: &str| address.replace('|', "%7C");
    escape_with(&one_line(text), address)
}

/// The text with its line breaks and blank lines, each line but the first behind a mark.
fn paragraphs(text: &str, mark: &str) -> String {
    let bare = mark.trim_end();
    let mut out = String::new();
    let mut gap = false;
    for line in text.trim().lines().map(one_line) {
        if line.is_empty() {
            gap = true;
            continue;
        }
        if gap {
            let _ = write!(out, "\n{bare}\n{mark}");
        } else if !out.is_empty() {
            let _ = write!(out, "\\\n{mark}");
        }
        out.push_str(&escape(&line));
        gap = false;
    }
    out
}

/// A line on which nothing is mark-up but its addresses.
fn escape(line: &str) -> String {
    escape_with(line, str::to_owned)
}

fn escape_with(line: &str, written: impl Fn(&str) -> String) -> String {
    let line = visible(line);
    let mut out = String::with_capacity(line.len() + 8);
    for piece in pieces(&line) {
        match piece {
            Piece::Words(words) => escape_words(words, out.is_empty(), &mut out),
            Piece::Address(address) => {
                let _ = write!(out, "<{}>", written(address));
            }
            Piece::Bare(address) => {
                out.push('[');
                escape_words(address, false, &mut out);
                let _ = write!(out, "](<http://{}>)", written(address).replace('\\', "\\\\"));
            }
        }
    }
    out
}

/// Of the ASCII punctuation, all of which may be escaped (CommonMark 0.31, 2.4), only what could be
/// mark-up is, so that the source stays readable.
fn escape_words(line: &str, begins: bool, out: &mut String) {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    for (at, letter) in line.char_indices() {
        let anywhere = matches!(
            letter,
            '\\' | '`'
                | '*'
                | '_'
                | '['
                | ']'
                | '<'
                | '>'
                | '|'
                | '~'
                | '&'
                | '$'
                | '#'
                | '^'
                | '@'
                | '{'
                | '}'
        );
        let first = begins && at == 0 && matches!(letter, '+' | '-' | '=' | ':');
        let numbered = begins && digits > 0 && at == digits && matches!(letter, '.' | ')');
        if anywhere || first || numbered {
            out.push('\\');
        }
        out.push(letter);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;

    /// The text as a reader of CommonMark sees it, and whether anything in it was mark-up.
    fn read(markdown: &str) -> (String, bool) {
        let mut text = String::new();
        let mut plain = true;
        // All but the one that turns quotation marks and hyphens into others.
        let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Text(words) => text.push_str(&words),
                Event::SoftBreak | Event::HardBreak => text.push('\n'),
                Event::Start(Tag::Paragraph) if !text.is_empty() => text.push_str("\n\n"),
                Event::Start(Tag::Paragraph) | Event::End(_) => {}
                _ => plain = false,
            }
        }
        (text, plain)
    }

    #[test]
    fn text_never_becomes_mark_up() {
        for text in [
            "# no heading",
            "1. no list",
            "12) no list",
            "- no list",
            "* no *emphasis* or __this__",
            "> no quote",
            "no [link](example.html) or ![image](x.png)",
            "no `code` or ```fence```",
            "no <b>html</b> &amp; entity",
            "| no | table |",
            "~~no~~ strike",
            "$no$ maths $$at all$$",
            "[^no]: footnote",
            "back\\slash",
            "    no code",
            "===",
            "---",
            "one\n===\ntwo\n---",
            "{#no .attributes}",
            ": no definition",
            "a line\nand another\n\nand a paragraph",
        ] {
            let (seen, plain) = read(&paragraphs(text, ""));
            let wanted = text.lines().map(str::trim).collect::<Vec<_>>().join("\n");
            assert_eq!((seen, plain), (wanted, true), "{text}");
        }
    }

    #[test]
    fn an_address_is_one_and_whole() {
        for (text, url) in [
            (
                "He wrote at https://t.me/some_channel_x/123, twice.",
                "https://t.me/some_channel_x/123",
            ),
            ("See https://x.org/a*b*c and more", "https://x.org/a*b*c"),
            ("(https://en.example/Foo_(bar)) ~", "https://en.example/Foo_(bar)"),
            ("https://x.org/~jo/a~b", "https://x.org/~jo/a~b"),
            ("https://x.org/?a=1|2\\{x}^`", "https://x.org/?a=1|2\\{x}^"),
            ("1. www.x.org/a_b_c", "http://www.x.org/a_b_c"),
        ] {
            let markdown = format!("{}\n\n| a |\n|---|\n| {} |\n", inline(text), cell_of(text));
            let mut urls = Vec::new();
            let mut words = String::new();
            for event in Parser::new_ext(&markdown, Options::ENABLE_TABLES) {
                match event {
                    Event::Start(Tag::Link { dest_url, .. }) => urls.push(dest_url.into_string()),
                    Event::Text(text) => words.push_str(&text),
                    _ => {}
                }
            }
            assert_eq!(urls, [url.to_owned(), url.replace('|', "%7C")], "{markdown}");
            let words = words.replace("%7C", "|");
            assert_eq!(words, format!("{text}a{text}"), "{markdown}");
        }
    }

    proptest! {
        #[test]
        fn any_ascii_comes_back_as_text(text in "[ -~]{1,40}") {
            let wanted = one_line(&text);
            prop_assume!(!wanted.is_empty());
            let (seen, plain) = read(&inline(&text));
            prop_assert_eq!(seen, wanted);
            prop_assert!(plain);
        }
    }
}
