//! An entry as one line that can stand in a report: who, in what capacity, when, the words, and
//! where they can be checked.

use crate::export::relations::{Scope, withdrawals};
use crate::export::{one_line, printing, web_address};
use crate::model::{Entry, EntryIndex, SourceIndex, SpeakerIndex, Timeline};
use crate::text::visible;

/// The entry as one line, harmless to a terminal:
///
/// ```text
/// John Kirby, National Security Council spokesman, White House, 1 May 2023, via Laura Rozen: “…” (The Hill, 1 May 2023, https://…)
/// ```
///
/// That it was retracted or superseded stands behind the words: `[retracted (3 May 2023)]`.
///
/// The words are the first quote; where there is none, the paraphrase, marked as one; where there
/// is neither, the headline.
pub fn citation(timeline: &Timeline, index: EntryIndex) -> String {
    let entry = timeline.entry(index);
    let mut lead: Vec<String> = Vec::new();
    if let Some(speaker) = entry.speaker {
        let who = timeline.speaker(speaker);
        lead.push(who.titled_name());
        lead.extend(who.capacity(entry.role.as_deref()));
    }
    lead.push(entry.date.reading());
    let quote = entry.quotes.first();
    if let Some(quote) = quote.filter(|quote| !quote.via.is_empty()) {
        lead.push(format!("via {}", names(timeline, &quote.via)));
    }
    let sources = quote.map_or(entry.sources.as_slice(), |quote| printing(&entry, quote));
    let mut line = format!("{}: {}", lead.join(", "), words(&entry));
    for by in withdrawals(timeline, Scope::Only(&[index]), index) {
        line.push_str(&format!(" [{}]", by.brief()));
    }
    if !sources.is_empty() {
        line.push_str(&format!(" ({})", printed(timeline, sources)));
    }
    visible(&one_line(&line)).into_owned()
}

fn words(entry: &Entry) -> String {
    match (entry.quotes.first(), &entry.paraphrase) {
        (Some(quote), _) => format!("\u{201c}{}\u{201d}", quote.text.trim()),
        (None, Some(paraphrase)) => format!("{} [paraphrase]", paraphrase.trim()),
        (None, None) => entry.text.as_deref().unwrap_or(&entry.headline).trim().to_owned(),
    }
}

/// The names, one after the other as the words went.
pub(super) fn names(timeline: &Timeline, speakers: &[SpeakerIndex]) -> String {
    let names: Vec<&str> = speakers.iter().map(|at| timeline.speaker(*at).name.as_str()).collect();
    names.join(", ")
}

/// The sources with their addresses, one after the other.
pub(super) fn printed(timeline: &Timeline, sources: &[SourceIndex]) -> String {
    let cited = sources.iter().map(|at| {
        let source = timeline.source(*at);
        let address = source.url.as_deref().and_then(web_address);
        [Some(source.citation()).as_deref(), address]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ")
    });
    cited.collect::<Vec<_>>().join("; ")
}
