//! One self-contained page: no script, nothing loaded from elsewhere, all text escaped.
//!
//! An entry is an `<article>`, a quote a `<blockquote>` with its chain as caption. Text of the
//! dataset stands in elements of its own direction (`dir="auto"`, `<bdi>`), so that it cannot
//! reorder what is around it.

use std::collections::HashMap;
use std::fmt::Write;

use crate::export::names::Given;
use crate::export::record::{capitalised, figure_cells};
use crate::export::{
    ExportError, Format, OptionKind, Output, Request, Thing, day, file_name, printing, provenance,
    publication, web_address,
};
use crate::model::{Entry, EntryIndex, Figure, Quote, Quoted, SourceIndex, Timeline};
use crate::text::visible_lines;
use crate::when::When;

/// The format.
pub static FORMAT: Format = Format {
    name: "html",
    extensions: &["html", "htm"],
    about: "one web page without scripts, to publish or to print",
    options: &[OptionKind::Provenance],
    write,
};

const STYLE: &str = include_str!("html/style.css");

/// Nothing may be loaded and nothing may run, whatever the dataset holds.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

fn write(request: &Request) -> Result<Output, ExportError> {
    let mut names = Given::default();
    let anchors = request
        .entries
        .iter()
        .map(|at| (*at, names.give_plain(&request.timeline.full_id(*at))))
        .collect();
    let mut page = Page { request, timeline: request.timeline, anchors, html: String::new() };
    page.document(request);
    Ok(Output::new(page.html, Thing::Entry.times(request.entries.len())))
}

struct Page<'a> {
    request: &'a Request<'a>,
    timeline: &'a Timeline,
    /// The anchors of the entries that are in.
    anchors: HashMap<EntryIndex, String>,
    html: String,
}

impl Page<'_> {
    fn line(&mut self, html: &str) {
        self.html.push_str(html);
        self.html.push('\n');
    }

    fn document(&mut self, request: &Request) {
        let title = escape(&self.timeline.title());
        self.line("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
        self.line(&format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">"));
        self.line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        self.line("<meta name=\"referrer\" content=\"no-referrer\">");
        self.line("<meta name=\"color-scheme\" content=\"light dark\">");
        self.line(&format!("<meta name=\"generator\" content=\"{}\">", provenance::program()));
        self.line(&format!("<title>{title}</title>"));
        self.line(&format!("<style>\n{STYLE}</style>\n</head>\n<body>"));
        self.head(request, &title);
        self.line("<main>");
        for index in request.entries {
            self.article(*index);
        }
        self.line("</main>\n</body>\n</html>");
    }

    fn head(&mut self, request: &Request, title: &str) {
        self.line(&format!("<header>\n<h1 dir=\"auto\">{title}</h1>"));
        if let [dataset] = self.timeline.datasets()
            && let Some(summary) = &dataset.summary
        {
            self.prose("summary", summary);
        }
        let facts = provenance::facts(request);
        if !facts.is_empty() {
            self.line("<dl class=\"provenance\">");
            for (label, value) in facts {
                self.row(label, &format!("<bdi>{}</bdi>", escape(&value)));
            }
            self.line("</dl>");
        }
        self.line("</header>");
    }

    fn article(&mut self, index: EntryIndex) {
        let entry = self.timeline.entry(index);
        let anchor = self.anchors.get(&index).cloned().unwrap_or_default();
        self.line(&format!("<article id=\"{anchor}\" class=\"{}\">", entry.kind.word()));
        self.line("<header>");
        self.line(&format!("<p class=\"when\">{}</p>", time(&entry.date, true)));
        self.line(&format!("<h2 dir=\"auto\">{}</h2>", escape(&entry.headline)));
        self.who(&entry);
        self.line("</header>");
        if let Some(text) = &entry.text {
            self.prose("text", text);
        }
        if let Some(paraphrase) = &entry.paraphrase {
            self.prose("paraphrase", paraphrase);
            self.line("<p class=\"mark\">paraphrase, not verbatim</p>");
        }
        for quote in &entry.quotes {
            self.quote(&entry, quote);
        }
        self.figures(&entry.figures);
        self.about(&entry, index);
        if let Some(note) = &entry.note {
            self.line("<aside class=\"note\">\n<p class=\"mark\">curator’s note</p>");
            self.prose("", note);
            self.line("</aside>");
        }
        let origin = match self.timeline.datasets().len() {
            0 | 1 => escape(&entry.id),
            _ => {
                let file = file_name(self.timeline.dataset_of(index));
                format!("{} · {}", escape(&entry.id), escape(file))
            }
        };
        self.line(&format!("<footer><a href=\"#{anchor}\"><bdi>{origin}</bdi></a></footer>"));
        self.line("</article>");
    }

    fn who(&mut self, entry: &Entry) {
        let Some(speaker) = entry.speaker else { return };
        let who = self.timeline.speaker(speaker);
        let mut line = format!("<p class=\"who\"><b><bdi>{}</bdi></b>", escape(&who.titled_name()));
        if let Some(capacity) = who.capacity(entry.role.as_deref()) {
            let _ = write!(line, ", <bdi>{}</bdi>", escape(&capacity));
        }
        if let Some(venue) = &entry.venue {
            let _ = write!(line, ", at <bdi>{}</bdi>", escape(venue));
        }
        self.line(&(line + "</p>"));
    }

    /// Paragraphs of text: blank lines part them, other line breaks are kept.
    fn prose(&mut self, class: &str, text: &str) {
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        let html = paragraphs(text).join(&format!("</p>\n<p{class} dir=\"auto\">"));
        self.line(&format!("<p{class} dir=\"auto\">{html}</p>"));
    }

    fn quote(&mut self, entry: &Entry, quote: &Quote) {
        let printed = printing(entry, quote);
        let address = printed.iter().find_map(|at| self.address(*at));
        let cite = address.map(|url| format!(" cite=\"{}\"", escape(url))).unwrap_or_default();
        self.line(&format!("<figure>\n<blockquote{cite}>"));
        self.prose("", &format!("“{}”", quote.text));
        if let Some(inner) = &quote.within {
            self.within(inner);
        }
        self.line("</blockquote>");
        let speakers = entry.speaker.iter().chain(&quote.via);
        let mut chain: Vec<String> = speakers
            .map(|at| format!("<bdi>{}</bdi>", escape(&self.timeline.speaker(*at).name)))
            .collect();
        let printed: Vec<String> = printed
            .iter()
            .map(|at| self.linked(*at, &publication(self.timeline.source(*at))))
            .collect();
        if !printed.is_empty() {
            chain.push(printed.join("; "));
        }
        let chain = chain.join(" → ");
        self.line(&format!("<figcaption>verbatim · {chain}</figcaption>\n</figure>"));
    }

    fn within(&mut self, inner: &Quoted) {
        self.line("<blockquote>");
        self.prose("", &format!("“{}”", inner.text));
        let name = escape(&self.timeline.speaker(inner.speaker).name);
        self.line(&format!("<p class=\"mark\">words ascribed to <bdi>{name}</bdi></p>"));
        if let Some(deeper) = &inner.within {
            self.within(deeper);
        }
        self.line("</blockquote>");
    }

    fn figures(&mut self, figures: &[Figure]) {
        if figures.is_empty() {
            return;
        }
        // What scrolls has to be reached from the keyboard, and says what it is.
        self.line(
            "<div class=\"wide\" role=\"group\" aria-label=\"figures claimed\" tabindex=\"0\">",
        );
        self.line("<table>\n<thead><tr><th scope=\"col\">claimed</th><th scope=\"col\">of what</th><th scope=\"col\">whom</th><th scope=\"col\">where and when</th></tr></thead>\n<tbody>");
        for figure in figures {
            let cells = figure_cells(figure)
                .map(|cell| format!("<td dir=\"auto\">{}</td>", escape(&cell)))
                .concat();
            self.line(&format!("<tr>{cells}</tr>"));
        }
        self.line("</tbody>\n</table>\n</div>");
    }

    fn about(&mut self, entry: &Entry, index: EntryIndex) {
        let bdi = |text: &str| format!("<bdi>{}</bdi>", escape(text));
        let mut rows: Vec<(String, String)> = Vec::new();
        if let Some(basis) = &entry.basis {
            rows.push(("rests on".to_owned(), bdi(basis)));
        }
        for relation in self.request.relations(index).lines(self.timeline) {
            let label = match relation.questions {
                true => format!("<strong>{}</strong>", relation.label),
                false => relation.label.to_owned(),
            };
            let words = bdi(&relation.words);
            let anchor = relation.to.and_then(|to| self.anchors.get(&to));
            let linked = anchor.map(|anchor| format!("<a href=\"#{anchor}\">{words}</a>"));
            rows.push((label, linked.unwrap_or(words)));
        }
        for (number, source) in entry.sources.iter().enumerate() {
            let label = match (number, entry.sources.len()) {
                (0, 1) => "source",
                (0, _) => "sources",
                _ => "",
            };
            let found = self.timeline.source(*source);
            let mut cited = self.linked(*source, &found.citation());
            if let Some(note) = &found.note {
                let _ = write!(cited, " <span class=\"mark\">({})</span>", bdi(note));
            }
            rows.push((label.to_owned(), cited));
        }
        if let Some(place) = &entry.place {
            rows.push(("place".to_owned(), bdi(place)));
        }
        if !entry.tags.is_empty() {
            let tags: Vec<String> = entry.tags.iter().map(|tag| bdi(tag)).collect();
            rows.push(("tags".to_owned(), tags.join(", ")));
        }
        if rows.is_empty() {
            return;
        }
        self.line("<dl>");
        let mut rows = rows.into_iter().peekable();
        while let Some((label, value)) = rows.next() {
            // What has no label of its own goes with the one above it.
            let mut values = vec![value];
            while let Some((_, more)) = rows.next_if(|(label, _)| label.is_empty()) {
                values.push(more);
            }
            self.row(&capitalised(&label), &values.join("</dd><dd>"));
        }
        self.line("</dl>");
    }

    fn row(&mut self, label: &str, value: &str) {
        self.line(&format!("<div><dt>{label}</dt><dd>{value}</dd></div>"));
    }

    /// Words for a source, as a link where it has an address on the web.
    fn linked(&self, source: SourceIndex, words: &str) -> String {
        let words = format!("<bdi>{}</bdi>", escape(words));
        match self.address(source) {
            Some(url) => {
                format!("<a class=\"out\" href=\"{}\" rel=\"noreferrer\">{words}</a>", escape(url))
            }
            None => words,
        }
    }

    fn address(&self, source: SourceIndex) -> Option<&str> {
        self.timeline.source(source).url.as_deref().and_then(web_address)
    }
}

/// A date read aloud, with what a program can read of it.
fn time(date: &When, weekday: bool) -> String {
    let reading = escape(&if weekday { date.reading_with_weekday() } else { date.reading() });
    match day::ends(date) {
        (Some(from), Some(to)) if from == to && (1..=9999).contains(&from.year) => {
            format!("<time datetime=\"{}\">{reading}</time>", from.iso())
        }
        _ => reading,
    }
}

fn paragraphs(text: &str) -> Vec<String> {
    paragraphs_of(text, escape)
}

/// Paragraphs, each line of them as it is made of the text: blank lines part them, other line
/// breaks are kept.
pub(super) fn paragraphs_of(text: &str, line_of: impl Fn(&str) -> String) -> Vec<String> {
    let text = visible_lines(&text.trim().replace("\r\n", "\n"));
    let mut paragraphs = vec![Vec::new()];
    for line in text.lines().map(str::trim) {
        match paragraphs.last_mut() {
            Some(last) if !line.is_empty() => last.push(line_of(line)),
            Some(last) if !last.is_empty() => paragraphs.push(Vec::new()),
            _ => {}
        }
    }
    paragraphs.iter().map(|lines| lines.join("<br>\n")).collect()
}

/// Safe as text and between quotation marks; what a reader could not see is made visible.
pub(super) fn escape(text: &str) -> String {
    let text = visible_lines(text);
    let mut out = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(letter),
        }
    }
    out
}
