//! The text of a slide: all words of an entry, with whose they are, as the other formats order
//! them. What is not the entry's own words is in small print, each line with its label, by which
//! `import` knows it again.

use crate::export::address::{Piece, pieces};
use crate::export::csv::reading;
use crate::export::html::{escape, paragraphs_of};
use crate::export::record::capitalised;
use crate::export::{Request, cited, printing, publication, web_address};
use crate::model::{Entry, EntryIndex, Quote, Quoted, Timeline};

pub(super) fn body(request: &Request, index: EntryIndex, entry: &Entry) -> String {
    let timeline = request.timeline;
    let mut html = who(timeline, entry);
    if let Some(text) = &entry.text {
        html.push_str(&paragraphs(text));
    }
    if let Some(paraphrase) = &entry.paraphrase {
        let marked = |text: String| format!("<p>{text} <i>(paraphrase)</i></p>");
        html.extend(paragraphs_of(paraphrase, linked).into_iter().map(marked));
    }
    for words in &entry.quotes {
        html.push_str(&quote(timeline, entry, words));
    }
    for figure in &entry.figures {
        html.push_str(&labelled("Claimed", &reading(figure)));
    }
    if let Some(basis) = &entry.basis {
        html.push_str(&labelled("Rests on", basis));
    }
    for relation in request.relations(index).lines(timeline) {
        html.push_str(&labelled(&capitalised(relation.label), &relation.words));
    }
    if let Some(place) = &entry.place {
        html.push_str(&labelled("Place", place));
    }
    if !entry.tags.is_empty() {
        html.push_str(&labelled("Tags", &entry.tags.join(", ")));
    }
    html.push_str(&sources(timeline, entry));
    if let Some(note) = &entry.note {
        html.push_str(&labelled("Curator", note));
    }
    html
}

/// Who speaks, in what capacity and where.
fn who(timeline: &Timeline, entry: &Entry) -> String {
    let Some(speaker) = entry.speaker else { return String::new() };
    let who = timeline.speaker(speaker);
    let named = [Some(who.titled_name()), who.capacity(entry.role.as_deref())];
    let mut line = escape(&named.into_iter().flatten().collect::<Vec<_>>().join(", "));
    if let Some(venue) = &entry.venue {
        line.push_str(&format!("<br>at {}", escape(venue)));
    }
    format!("<p>{line}</p>")
}

/// The words, whose they are, through whom and where they are printed, and the words within them.
fn quote(timeline: &Timeline, entry: &Entry, quote: &Quote) -> String {
    let name = |at| timeline.speaker(at).name.clone();
    let mut chain: Vec<String> =
        entry.speaker.iter().chain(&quote.via).copied().map(name).collect();
    let prints: Vec<String> =
        printing(entry, quote).iter().map(|at| publication(timeline.source(*at))).collect();
    if !prints.is_empty() {
        chain.push(prints.join("; "));
    }
    format!(
        "<blockquote>{}{}{}</blockquote>",
        paragraphs(&format!("“{}”", quote.text)),
        small(&escape(&format!("verbatim · {}", chain.join(" → ")))),
        quote.within.as_ref().map(|inner| within(timeline, inner)).unwrap_or_default(),
    )
}

fn within(timeline: &Timeline, inner: &Quoted) -> String {
    let name = &timeline.speaker(inner.speaker).name;
    format!(
        "<blockquote>{}{}{}</blockquote>",
        paragraphs(&format!("“{}”", inner.text)),
        small(&escape(&format!("words ascribed to {name}"))),
        inner.within.as_ref().map(|deeper| within(timeline, deeper)).unwrap_or_default(),
    )
}

fn sources(timeline: &Timeline, entry: &Entry) -> String {
    let cited = cited(entry);
    let links = cited.iter().map(|at| {
        let source = timeline.source(*at);
        let words = escape(&source.citation());
        match source.url.as_deref().and_then(web_address) {
            Some(url) => format!("<a href=\"{}\">{words}</a>", escape(url)),
            None => words,
        }
    });
    match cited.len() {
        0 => String::new(),
        1 => small(&format!("Source: {}", links.collect::<String>())),
        _ => small(&format!("Sources: {}", links.collect::<Vec<_>>().join("; "))),
    }
}

/// Text behind a label, in as many paragraphs as it has.
fn labelled(label: &str, text: &str) -> String {
    let text = paragraphs_of(text, linked);
    let first = text.first().map(String::as_str).unwrap_or_default();
    let more = text.iter().skip(1).map(|text| small(text)).collect::<String>();
    small(&format!("{label}: {first}")) + &more
}

fn small(html: &str) -> String {
    format!("<p><small>{html}</small></p>")
}

/// The paragraphs of a text.
pub(super) fn paragraphs(text: &str) -> String {
    paragraphs_of(text, linked).iter().map(|text| format!("<p>{text}</p>")).collect()
}

/// A line whose addresses are links.
fn linked(line: &str) -> String {
    let linked = |piece| match piece {
        Piece::Words(words) => escape(words),
        Piece::Address(address) if web_address(address).is_some() => {
            let address = escape(address);
            format!("<a href=\"{address}\">{address}</a>")
        }
        Piece::Address(address) => escape(address),
        Piece::Bare(address) => {
            let address = escape(address);
            format!("<a href=\"http://{address}\">{address}</a>")
        }
    };
    pieces(line).into_iter().map(linked).collect()
}
