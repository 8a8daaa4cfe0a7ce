//! What must hold of every format there is: a new one is held to it by standing in the list.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::export::{Options, Output, Per, Provenance, Request};
use crate::model::{
    Amount, Bound, Entry, EntryIndex, Figure, How, Kind, Quote, Quoted, Related, Source, Speaker,
    Timeline, TimelineBuilder,
};
use crate::query::Query;
use crate::when::When;

/// Formats of the sources alone, in which no entry is seen.
const OF_SOURCES: [&str; 2] = ["csl-json", "bibtex"];

/// An entry as a test draws it: whether it may leave the house, and what it points to.
type Drawn = (bool, bool, Vec<(usize, How)>);

/// A word that stands nowhere but in one entry.
fn word(entry: usize, what: &str) -> String {
    format!("zq{entry}q{what}")
}

/// Entries all of whose words are their own.
fn timeline(drawn: &[Drawn]) -> Timeline {
    let mut builder = TimelineBuilder::new();
    for (at, (private, statement, related)) in drawn.iter().enumerate() {
        let word = |what: &str| word(at, what);
        let some = |what: &str| Some(word(what));
        let mut who = |what: &str| {
            builder.speaker(Speaker {
                id: word(&format!("{what}id")),
                name: word(&format!("{what}name")),
                short: some(&format!("{what}short")),
                title: some(&format!("{what}title")),
                role: some(&format!("{what}role")),
                organization: some(&format!("{what}body")),
            })
        };
        let (speaker, relay, inner) = (who("speaker"), who("relay"), who("inner"));
        let source = builder.source(Source {
            id: word("source"),
            title: some("sourcetitle"),
            publisher: some("publisher"),
            note: some("sourcenote"),
            ..Source::default()
        });
        let kind = if *statement { Kind::Statement } else { Kind::Event };
        let date = When::parse(&format!("2022-{:02}-03", at + 1)).unwrap();
        let mut entry = Entry::new(kind, word("id"), date, word("headline"));
        if *statement {
            entry.speaker = Some(speaker);
            entry.paraphrase = some("paraphrase");
            entry.quotes = vec![Quote {
                text: word("quote"),
                via: vec![relay],
                within: Some(Quoted { speaker: inner, text: word("within"), within: None }),
                sources: Vec::new(),
            }];
        } else {
            entry.text = some("text");
        }
        entry.figures = vec![Figure {
            bound: Bound::Exactly(Amount::new(100.0).unwrap()),
            measure: word("measure"),
            of: some("of"),
            place: some("where"),
            period: None,
            lasting: None,
            part_of: None,
        }];
        (entry.note, entry.place, entry.basis) = (some("note"), some("place"), some("basis"));
        entry.tags = vec![if *private { "private" } else { "public" }.to_owned()];
        entry.sources = vec![source];
        for (to, how) in related.iter().filter(|(to, _)| *to < drawn.len() && *to != at) {
            let related = Related { to: super::tests::word(*to, "id"), how: *how };
            if !entry.related.contains(&related) {
                entry.related.push(related);
            }
        }
        builder.entry(entry, 1);
    }
    builder.build()
}

fn write(format: &Format, timeline: &Timeline, entries: &[EntryIndex], per: Per) -> String {
    let provenance = Some(Provenance {
        query: "-tag:private".to_owned(),
        range: String::new(),
        shown: entries.len(),
        left_out: timeline.len() - entries.len(),
    });
    let options = Options { per, ..Options::default() };
    let Output { bytes, notes, .. } =
        (format.write)(&Request { timeline, entries, provenance, options }).unwrap();
    String::from_utf8(bytes).unwrap() + &notes.join("\n")
}

/// The entry whose own words stand in an export, by what of it is in every format that shows any.
fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let related = vec((0..6usize, select(How::ALL.to_vec())), 0..4);
    vec((any::<bool>(), any::<bool>(), related), 1..6)
}

proptest! {
    #[test]
    fn an_entry_that_is_left_out_leaves_no_word(drawn in drawn()) {
        let timeline = timeline(&drawn);
        let entries = Query::parse("-tag:private").unwrap().select(&timeline);
        for format in ALL.iter() {
            for per in [Per::Entry, Per::Figure] {
                let out = write(format, &timeline, &entries, per);
                for (at, (private, ..)) in drawn.iter().enumerate() {
                    let mark = word(at, "");
                    prop_assert!(
                        !private || !out.contains(&mark),
                        "{} has words of {at}:\n{out}",
                        format.name
                    );
                }
            }
        }
    }

    #[test]
    fn what_was_withdrawn_is_said_by_every_format_that_shows_it(
        drawn in drawn(),
        how in select(vec![How::Retracts, How::Supersedes]),
        private in any::<bool>(),
    ) {
        // One that may be seen, and one that retracts it.
        let mut drawn = drawn;
        drawn.iter_mut().for_each(|(private, _, related)| {
            *private = true;
            related.clear();
        });
        drawn[0].0 = false;
        drawn.push((private, true, vec![(0, how)]));
        let timeline = timeline(&drawn);
        let entries = Query::parse("-tag:private").unwrap().select(&timeline);
        let past = how.done().unwrap();
        for format in ALL.iter().filter(|format| !OF_SOURCES.contains(&format.name)) {
            for per in [Per::Entry, Per::Figure] {
                let out = write(format, &timeline, &entries, per).to_lowercase();
                // In a dataset the other entry says it; programs read the word of a dataset.
                let said = match format.name {
                    "ron" if private => past,
                    "ron" | "json" | "jsonl" => how.name(),
                    _ => past,
                };
                prop_assert!(
                    out.contains(&said.to_lowercase()),
                    "{} is silent:\n{out}",
                    format.name
                );
                let date = timeline.date(EntryIndex(drawn.len() as u32 - 1));
                let dated = out.contains(&date.reading().to_lowercase())
                    || out.contains(date.text());
                prop_assert!(dated, "{} says not when:\n{out}", format.name);
            }
        }
    }
}
