//! Reading in runs gives what reading in order gives, and columns what the records say.

use proptest::prelude::*;

use super::*;
use crate::dataset::read::read_in_runs;
use crate::model::{Claim, EntryIndex, Has, Sides, Timeline};

/// Entries that look like others within strings and comments, and two that are broken.
const TRICKY: &str = r##"Dataset(
    format: 1,
    title: "Tricky",
    speakers: {
        "a": Speaker(name: "A. Á"),
        "b": Speaker(name: "B"),
        "broken": Speaker(nam: "C"),
    },
    sources: {
        "s": Source(title: "S", published: "2023"),
        "unused": Source(title: "U"),
    },
    entries: [
        Statement(
            id: "one", date: "2022-05", headline: "a line that begins an entry follows:
        Statement(
            id: \"no\",
        ),
        Event(", speaker: "a", sources: ["s"], tags: ["x", "y"], place: "P",
        ),
        // Statement(id: "commented", date: "2022", headline: "the out"),
        Event(id: "two", date: "2021/2023-02~", headline: r#"raw "text""#, tags: ["y", "z"]),
        Event(
            id: "three",
            date: "2024-13",
            headline: "a broken date",
            related: [Related(to: "one", how: Disputes)],
        ),
        /* Event( */ Statement(
            id: "four", date: "2020-01-01", headline: "4", speaker: "b",
            quotes: [
                Quote(text: "outer inner", via: ["a", "broken"], sources: ["s"],
                    within: Quoted(speaker: "a", text: "inner", within: Quoted(speaker: "broken", text: "inn"))),
            ],
            figures: [Figure(value: 5, measure: "m"), Figure(bound: Between(1, 2), measure: "n", part_of: "m")],
            related: [Related(to: "one", how: ComparedWith), Related(to: "three", how: PartOf)],
        ),
        Event(id: "five", date: "2022-05", headline: "no comma"),
        Event(id: "six", date: "2022-05", headline: "the \u{73}ixth", place: "Q",
            figures: [Figure(value: 7, measure: "n", bound: MoreThan)]),
        Event(id: "one", date: "XXXX", headline: "taken", place: "P"),
        Statement(id: "seven", date: "../2000", headline: "last", speaker: "nobody", sources: ["s"]),
        Event(
            id: "eight", date: "2022-05-05", headline: "8", place: "Q", tags: ["z"],
        ),
    ],
)
"##;

/// All that can be asked of a timeline.
fn all(timeline: &Timeline) -> Vec<String> {
    timeline
        .indexes()
        .map(|at| {
            let names = |claims: &[Claim]| -> Vec<String> {
                claims.iter().map(|claim| timeline.measures().name(claim.measure).into()).collect()
            };
            format!(
                "{:?} {} {:?} {:?} {:?} {:?} {:?}",
                timeline.entry(at),
                timeline.line_of(at),
                timeline.links_of(at),
                timeline.tags_of(at),
                timeline.place_of(at),
                names(timeline.claims_of(at)),
                timeline.writing(at),
            )
        })
        .collect()
}

fn assert_columns_fit(timeline: &Timeline, at: EntryIndex) {
    let entry = timeline.entry(at);
    assert_eq!(timeline.id(at), entry.id);
    assert_eq!(timeline.headline(at), entry.headline);
    assert_eq!(timeline.date(at), entry.date);
    assert_eq!(timeline.sides_of(at), Sides::of(&entry.date));
    assert_eq!(timeline.kind(at), entry.kind);
    assert_eq!(timeline.speaker_of(at), entry.speaker);
    assert_eq!(timeline.sources_of(at), entry.sources);
    let tags = timeline.tags_of(at).iter().map(|tag| timeline.tags().name(*tag));
    assert!(tags.eq(entry.tags.iter().map(String::as_str)));
    assert_eq!(
        timeline.place_of(at).map(|place| timeline.places().name(place)),
        entry.place.as_deref()
    );
    assert_eq!(timeline.has(at), Has::of(&entry));
    let claims: Vec<_> = timeline
        .claims_of(at)
        .iter()
        .map(|claim| (claim.bound, timeline.measures().name(claim.measure)))
        .collect();
    let figures: Vec<_> =
        entry.figures.iter().map(|figure| (figure.bound, figure.measure.as_str())).collect();
    assert_eq!(claims, figures);
    let relays: Vec<_> = entry.quotes.iter().flat_map(|quote| quote.via.clone()).collect();
    assert_eq!(timeline.relays_of(at), relays);
    let quoted: Vec<_> = entry.quotes.iter().flat_map(|quote| quote.voices()).collect();
    assert_eq!(timeline.quoted_of(at), quoted);
    let sources: Vec<_> = entry.quotes.iter().flat_map(|quote| quote.sources.clone()).collect();
    assert_eq!(timeline.quote_sources_of(at), sources);
    assert!(
        timeline
            .written(at)
            .is_some_and(|text| { text.starts_with("Statement(") || text.starts_with("Event(") })
    );
}

/// Runs of so many bytes, and one run of all.
fn assert_same(text: &str, run: usize) {
    let inputs = [Input::new("one.ron", text), Input::new("two.ron", SOUND)];
    let (plain, in_runs) = (read_in_runs(&inputs, usize::MAX), read_in_runs(&inputs, run));
    assert_eq!(plain.problems, in_runs.problems, "in runs of {run}:\n{text}");
    assert_eq!(plain.more, in_runs.more);
    assert_eq!(all(&plain.timeline), all(&in_runs.timeline), "in runs of {run}:\n{text}");
    for at in in_runs.timeline.indexes() {
        assert_columns_fit(&in_runs.timeline, at);
    }
}

#[test]
fn the_tricky_text_is_what_it_seems() {
    let reading = reading(TRICKY);
    let ids: Vec<_> = reading.timeline.indexes().map(|at| reading.timeline.id(at)).collect();
    assert_eq!(ids, ["four", "two", "one", "five", "six", "eight"]);
    for run in [1, 40, 150, 400, 1000] {
        assert_same(TRICKY, run);
    }
}

#[test]
fn more_problems_than_are_kept_are_the_same_in_runs() {
    let broken = "        Event(id: \"\", dat: \"2022\", headline: \"\"),\n".repeat(3500);
    let text = TRICKY.replace("    entries: [\n", &format!("    entries: [\n{broken}"));
    let reading = reading(&text);
    assert!(reading.more > 0);
    for run in [1000, 30_000] {
        assert_same(&text, run);
    }
}

#[test]
fn the_beginning_holds_the_first_entries() {
    for cut in [
        TRICKY.len(),
        TRICKY.find("Event(id: \"five\"").unwrap(),
        TRICKY.find("]),\n        Event(id: \"one\"").unwrap(),
    ] {
        let timeline = read_first(&[Input::new("cut.ron", &TRICKY[..cut])]).timeline;
        let whole = reading(TRICKY).timeline;
        assert!(timeline.len() >= 3 && timeline.len() <= whole.len());
        for at in timeline.indexes() {
            let same = whole.find(timeline.id(at)).unwrap();
            assert_eq!(timeline.entry(at), whole.entry(same));
            assert_columns_fit(&timeline, at);
        }
    }
    assert!(read_first(&[Input::new("cut.ron", "Dataset(")]).timeline.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn damaged_texts_read_the_same_in_runs(
        damage in prop::collection::vec(
            (any::<prop::sample::Index>(), 0usize..30, "[\\PC\"\\\\(){},:\\[\\]/*r#\n]{0,5}|\n   Event\\(|Statement\\(|\"|//|/\\*|\\)|\\],?"), 0..4),
        run in 1usize..700,
    ) {
        let mut text = TRICKY.to_owned();
        for (at, length, new) in damage {
            let mut from = at.index(text.len());
            while !text.is_char_boundary(from) { from -= 1; }
            let mut to = (from + length).min(text.len());
            while !text.is_char_boundary(to) { to += 1; }
            text.replace_range(from..to, &new);
        }
        assert_same(&text, run);
    }
}
