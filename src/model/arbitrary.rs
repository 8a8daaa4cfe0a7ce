//! Timelines of every shape, for tests of what must hold of any of them: hostile text, dates of
//! every kind, several files that share ids, quotes in quotes, relations both ways.
//!
//! What is made here is valid: it could have been read from files.

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::model::{
    Amount, Bound, DatasetInfo, Entry, Figure, How, Kind, Quote, Quoted, Related, Source,
    SourceIndex, SourceKind, Speaker, SpeakerIndex, Timeline, TimelineBuilder,
};
use crate::when::When;

/// A timeline of up to three datasets with up to six entries each.
pub(crate) fn any_timeline() -> impl Strategy<Value = Timeline> {
    vec(any_dataset(), 1..=3).prop_map(|plans| {
        let mut builder = TimelineBuilder::new();
        for (number, plan) in plans.into_iter().enumerate() {
            plan.build(number, &mut builder);
        }
        builder.build()
    })
}

/// A timeline of one dataset.
pub(crate) fn any_single() -> impl Strategy<Value = Timeline> {
    any_dataset().prop_map(|plan| {
        let mut builder = TimelineBuilder::new();
        plan.build(0, &mut builder);
        builder.build()
    })
}

/// Text that says something and means trouble: controls, quotation marks, mark-up, formulas,
/// characters from right to left, several lines.
pub(crate) fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z][A-Za-z ,.]{0,30}",
        "[=+@-][A-Z0-9(\"!]{1,8}",
        "\\PC{1,20}",
        "[\\x01-\\x1f\\x7f\u{202e}\u{200b}\"\\\\a-c]{1,12}",
        select(vec![
            "Say \"yes\", 'no' & <b>maybe</b> {or} not; \\ done",
            "first line\nsecond line\n\nsecond paragraph",
            "שלום, world",
            "//comment? /* no */ r#\"raw\"#",
            "# heading\n* item | cell | `code` [link](x)",
            "50% of $100 & more_or_less #1 ~ ^",
            "]]> </script> <!-- -->",
        ])
        .prop_map(str::to_owned),
    ]
    .prop_map(|text| format!("{text}."))
}

/// A date or interval of any kind.
pub(crate) fn any_when() -> impl Strategy<Value = When> {
    select(vec![
        "2023-05-01",
        "2022-11",
        "2022",
        "2023-01~",
        "2023-05-01?",
        "1984%",
        "2022-12/..",
        "2022-12/",
        "../1985-04",
        "/1985-04",
        "2022-02/2022-10",
        "2022-02-24/2022-02-27",
        "2021-21",
        "2021-33",
        "199X",
        "XXXX",
        "2004-02-29",
        "-0043-03-15",
        "0000",
        "Y17000000002",
        "2023-05-01T13:30:00Z",
        "[1667,1668,1670..1672]",
    ])
    .prop_map(|text| When::parse(text).expect("a date of EDTF"))
}

fn any_id() -> impl Strategy<Value = String> {
    // Few, so that files share them.
    prop_oneof![
        4 => "[a-c]{1,2}",
        1 => select(vec!["-x", "=1+1", "a-2", "é b", "\"q\"", "x:y"]).prop_map(str::to_owned),
    ]
}

fn any_amount() -> impl Strategy<Value = Amount> {
    prop_oneof![
        (-1_000_000i32..100_000_000).prop_map(|value| value.to_string()),
        "-?[1-9][0-9]{0,12}\\.[0-9]{1,12}",
        select(vec![
            "0",
            "0.10",
            "1e21",
            "1e-9",
            "9007199254740993",
            "0.0000000000000000000000001"
        ])
        .prop_map(str::to_owned),
    ]
    .prop_map(|written| written.parse().expect("a number that can be held"))
}

fn any_bound() -> impl Strategy<Value = Bound> {
    prop_oneof![
        any_amount().prop_map(Bound::Exactly),
        any_amount().prop_map(Bound::About),
        any_amount().prop_map(Bound::AtLeast),
        any_amount().prop_map(Bound::MoreThan),
        any_amount().prop_map(Bound::AtMost),
        any_amount().prop_map(Bound::LessThan),
        (any_amount(), any_amount()).prop_map(|(one, other)| {
            if one.number() <= other.number() {
                Bound::Between(one, other)
            } else {
                Bound::Between(other, one)
            }
        }),
    ]
}

fn any_speaker() -> impl Strategy<Value = Speaker> {
    let optional = (of(any_text()), of(any_text()), of(any_text()), of(any_text()));
    (any_id(), any_text(), optional).prop_map(|(id, name, (short, title, role, organization))| {
        Speaker { id, name, short, title, role, organization }
    })
}

fn any_source() -> impl Strategy<Value = Source> {
    let url = select(vec!["https://example.org/a?b=1&c={d}", "http://example.org/%22", "ftp://x"]);
    (
        any_id(),
        [of(any_text()), of(any_text()), of(any_text()), of(any_text())],
        of(any_when()),
        select(SourceKind::ALL.to_vec()),
        of(url),
        of("[a-z]{1,5}\\.html"),
    )
        .prop_map(|(id, [title, author, publisher, note], published, kind, url, archive)| {
            Source {
                id,
                title,
                author,
                publisher,
                published,
                kind,
                url: url.map(str::to_owned),
                archive,
                note,
            }
        })
}

fn any_figure() -> impl Strategy<Value = Figure> {
    let lasting = select(vec!["P8M", "P1Y6M", "P2W", "P10D"]);
    let lasting = of(lasting.prop_map(|text| text.parse().expect("a duration of ISO 8601")));
    (any_bound(), any_text(), of(any_text()), of(any_text()), of(any_when()), lasting).prop_map(
        |(bound, measure, of, place, period, lasting)| Figure {
            bound,
            measure,
            of,
            place,
            // What a period contradicts is no figure.
            lasting: lasting.filter(|_| period.is_none()),
            period,
            part_of: None,
        },
    )
}

/// A dataset before its references are resolved: a pick is a place in a list whose length is not
/// known yet.
#[derive(Debug)]
struct Plan {
    title: String,
    summary: Option<String>,
    speakers: Vec<Speaker>,
    sources: Vec<Source>,
    entries: Vec<EntryPlan>,
}

#[derive(Debug)]
struct EntryPlan {
    id: String,
    date: When,
    headline: String,
    speaker: Option<Index>,
    texts: [Option<String>; 6],
    quotes: Vec<QuotePlan>,
    figures: Vec<Figure>,
    tags: Vec<String>,
    sources: Vec<Index>,
    related: Vec<(Index, How)>,
}

#[derive(Debug)]
struct QuotePlan {
    text: String,
    via: Vec<Index>,
    within: Vec<(Index, String)>,
    sources: Vec<Index>,
}

fn any_dataset() -> impl Strategy<Value = Plan> {
    (
        any_text(),
        of(any_text()),
        vec(any_speaker(), 1..4),
        vec(any_source(), 1..4),
        vec(any_entry(), 0..=6),
    )
        .prop_map(|(title, summary, speakers, sources, entries)| Plan {
            title,
            summary,
            speakers: each_once(speakers, |speaker| &speaker.id),
            sources: each_once(sources, |source| &source.id),
            entries: each_once(entries, |entry| &entry.id),
        })
}

fn any_entry() -> impl Strategy<Value = EntryPlan> {
    let texts = [
        of(any_text()),
        of(any_text()),
        of(any_text()),
        of(any_text()),
        of(any_text()),
        of(any_text()),
    ];
    let picks = (
        of(any::<Index>()),
        vec(any::<Index>(), 0..3),
        vec((any::<Index>(), select(How::ALL.to_vec())), 0..3),
    );
    (
        (any_id(), any_when(), any_text()),
        texts,
        vec(any_quote(), 0..3),
        vec(any_figure(), 0..3),
        vec(any_text(), 0..3),
        picks,
    )
        .prop_map(|((id, date, headline), texts, quotes, figures, tags, picks)| EntryPlan {
            id,
            date,
            headline,
            speaker: picks.0,
            texts,
            quotes,
            figures,
            tags: each_once(tags, |tag| tag),
            sources: picks.1,
            related: picks.2,
        })
}

fn any_quote() -> impl Strategy<Value = QuotePlan> {
    let within = vec((any::<Index>(), any_text()), 0..3);
    (any_text(), vec(any::<Index>(), 0..2), within, vec(any::<Index>(), 0..2))
        .prop_map(|(text, via, within, sources)| QuotePlan { text, via, within, sources })
}

fn each_once<T>(items: Vec<T>, id: impl Fn(&T) -> &String) -> Vec<T> {
    let mut known = std::collections::HashSet::new();
    items.into_iter().filter(|item| known.insert(id(item).clone())).collect()
}

impl Plan {
    fn build(self, number: usize, builder: &mut TimelineBuilder) {
        builder.dataset(DatasetInfo {
            file: format!("some/where/{number}.ron"),
            path: None,
            places: Vec::new(),
            kept: false,
            title: self.title,
            summary: self.summary,
        });
        let speakers: Vec<SpeakerIndex> =
            self.speakers.into_iter().map(|speaker| builder.speaker(speaker)).collect();
        let sources: Vec<SourceIndex> =
            self.sources.into_iter().map(|source| builder.source(source)).collect();
        let ids: Vec<String> = self.entries.iter().map(|entry| entry.id.clone()).collect();
        for (line, plan) in (1u32..).zip(self.entries) {
            builder.entry(plan.resolved(&ids, &speakers, &sources), line);
        }
    }
}

impl EntryPlan {
    fn resolved(self, ids: &[String], speakers: &[SpeakerIndex], sources: &[SourceIndex]) -> Entry {
        let [role, venue, words, basis, note, place] = self.texts;
        let speaker = self.speaker.map(|pick| *pick.get(speakers));
        let kind = if speaker.is_some() { Kind::Statement } else { Kind::Event };
        let mut entry = Entry::new(kind, self.id.clone(), self.date, self.headline);
        if kind == Kind::Statement {
            let quote = |plan: QuotePlan| plan.resolved(speakers, sources);
            entry.quotes = self.quotes.into_iter().map(quote).collect();
            (entry.role, entry.venue, entry.paraphrase) = (role, venue, words);
            entry.basis = basis;
        } else {
            entry.text = words;
        }
        entry.speaker = speaker;
        entry.figures = self.figures;
        let first = entry.figures.first().map(|figure| figure.measure.clone());
        for figure in entry.figures.iter_mut().skip(1) {
            figure.part_of = first.clone().filter(|whole| *whole != figure.measure);
        }
        (entry.note, entry.place, entry.tags) = (note, place, self.tags);
        entry.sources = picked(&self.sources, sources);
        for (pick, how) in self.related {
            let related = Related { to: pick.get(ids).clone(), how };
            if related.to != self.id && !entry.related.contains(&related) {
                entry.related.push(related);
            }
        }
        entry
    }
}

impl QuotePlan {
    fn resolved(self, speakers: &[SpeakerIndex], sources: &[SourceIndex]) -> Quote {
        let within = self.within.into_iter().rev().fold(None, |within, (pick, text)| {
            Some(Quoted { speaker: *pick.get(speakers), text, within: within.map(Box::new) })
        });
        Quote {
            text: self.text,
            via: picked(&self.via, speakers),
            within,
            sources: picked(&self.sources, sources),
        }
    }
}

fn picked<T: Copy + PartialEq>(picks: &[Index], items: &[T]) -> Vec<T> {
    let mut picked = Vec::new();
    for pick in picks {
        let item = *pick.get(items);
        if !picked.contains(&item) {
            picked.push(item);
        }
    }
    picked
}
