//! What a calendar says of an entry behind its headline: all of its words, as the text export
//! orders them, in paragraphs that the calendar wraps.

use crate::export::csv::reading;
use crate::export::record::capitalised;
use crate::export::{Request, citation, cited, printing, publication};
use crate::model::{Entry, EntryIndex, Quote, Quoted, Timeline};
use crate::when::When;

/// The paragraphs, with blank lines between.
pub(super) fn of(request: &Request, index: EntryIndex, entry: &Entry) -> String {
    let timeline = request.timeline;
    let mut parts = vec![head(timeline, entry)];
    parts.extend(entry.text.clone());
    parts.extend(entry.paraphrase.as_ref().map(|text| format!("{text}\nparaphrase, not verbatim")));
    for quote in &entry.quotes {
        parts.push(format!("“{}”\n{}", quote.text, chain(timeline, entry, quote)));
        let inner = std::iter::successors(quote.within.as_ref(), |inner| inner.within.as_deref());
        parts.extend(inner.map(|inner| within(timeline, inner)));
    }
    if !entry.figures.is_empty() {
        parts.push(entry.figures.iter().map(reading).collect::<Vec<_>>().join("\n"));
    }
    parts.extend(entry.basis.as_ref().map(|basis| format!("Rests on: {basis}")));
    let relations = request.relations(index).lines(timeline);
    let relations = relations.iter().map(|at| format!("{}: {}", capitalised(at.label), at.words));
    let relations: Vec<String> = relations.collect();
    if !relations.is_empty() {
        parts.push(relations.join("\n"));
    }
    let sources = cited(entry);
    if !sources.is_empty() {
        let label = if sources.len() == 1 { "Source" } else { "Sources" };
        parts.push(format!("{label}: {}", citation::printed(timeline, &sources)));
    }
    parts.extend(entry.note.as_ref().map(|note| format!("Curator: {note}")));
    parts.join("\n\n").replace("\r\n", "\n")
}

/// When it was, and who speaks in which capacity.
fn head(timeline: &Timeline, entry: &Entry) -> String {
    let mut lines = vec![how_known(&entry.date)];
    if let Some(speaker) = entry.speaker {
        let who = timeline.speaker(speaker);
        lines.push(who.titled_name());
        lines.extend(who.capacity(entry.role.as_deref()));
    }
    lines.extend(entry.venue.as_ref().map(|venue| format!("at {venue}")));
    lines.join("\n")
}

/// The date read aloud, and what an event of whole days hides about it.
fn how_known(date: &When) -> String {
    let reading = date.reading();
    let known = match (date.earliest() == date.latest(), date.latest().day()) {
        (true, _) => return reading,
        (false, None) => "without a known end",
        (false, Some(_)) if date.is_interval() => return reading,
        (false, Some(_)) => "on a day not known",
    };
    format!("{reading}, {known}")
}

/// Whose words a quote is, through whom, and where they are printed.
fn chain(timeline: &Timeline, entry: &Entry, quote: &Quote) -> String {
    let name = |at| timeline.speaker(at).name.clone();
    let mut chain: Vec<String> = entry.speaker.into_iter().map(name).collect();
    chain.extend(quote.via.iter().copied().map(name));
    let prints: Vec<String> =
        printing(entry, quote).iter().map(|at| publication(timeline.source(*at))).collect();
    if !prints.is_empty() {
        chain.push(prints.join("; "));
    }
    format!("verbatim · {}", chain.join(" → "))
}

fn within(timeline: &Timeline, inner: &Quoted) -> String {
    format!("“{}”\nwords ascribed to {}", inner.text, timeline.speaker(inner.speaker).name)
}
