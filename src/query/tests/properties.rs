//! What holds for every query: checked against a slow and simple evaluator, and against itself.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use rust_decimal::Decimal;

use crate::model::{
    Amount, Bound, Entry, EntryIndex, Figure, How, Kind, Quote, Quoted, Related, Source,
    SourceIndex, Speaker, SpeakerIndex, Timeline, TimelineBuilder,
};
use crate::query::ast::{Feature, NameField, Node, Relation, Term, Test, Value};
use crate::query::fixture::{bakhmut, when};
use crate::query::{Choice, Comparison, Facet, FigureTest, Query, complete, rows};
use crate::when::{Answer, When};

const DATES: [&str; 18] = [
    "XXXX",
    "2022",
    "2022-11",
    "2022-11-09",
    "2022-12/..",
    "../2022-12",
    "2022-12/2023-02",
    "2023-01~",
    "2023-05-01?",
    "202X",
    "[2022-11-01,2023-05-01]",
    "{2022-08,2023-05}",
    "/2023-01",
    "-0044-03-15",
    "-00XX",
    "2023-05-01T09:00:00Z",
    "2023-05-01T01:00:00+03:00",
    "2023-05-01T09:00:00",
];
const WORDS: [&str; 8] = ["war", "War", "Kirby’s", "kirby", "zz", "a b", "é", "x\\y\"z"];
/// Words that would be read as something else without quotation marks.
const AWKWARD: [&str; 9] =
    ["OR", "NOT", "AND", "-x", "a:b", "speaker:", "10:30", "http://x", "note:"];

fn word() -> impl Strategy<Value = String> {
    select(&WORDS[..]).prop_map(str::to_owned)
}

fn maybe_word() -> impl Strategy<Value = Option<String>> {
    proptest::option::of(word())
}

fn bound() -> impl Strategy<Value = Bound> {
    (0..4i32, 0..4i32, 0..7usize).prop_map(|(one, two, which)| {
        let amount = |number: i32| Amount::from(u32::try_from(number).unwrap());
        match which {
            0 => Bound::Exactly(amount(one)),
            1 => Bound::About(amount(one)),
            2 => Bound::AtLeast(amount(one)),
            3 => Bound::MoreThan(amount(one)),
            4 => Bound::AtMost(amount(one)),
            5 => Bound::LessThan(amount(one)),
            _ => Bound::Between(amount(one.min(two)), amount(one.max(two))),
        }
    })
}

fn figure() -> impl Strategy<Value = Figure> {
    (bound(), word(), maybe_word(), maybe_word()).prop_map(|(bound, measure, of, place)| Figure {
        bound,
        measure,
        of,
        place,
        period: None,
        lasting: None,
        part_of: None,
    })
}

fn quote() -> impl Strategy<Value = Quote> {
    let inner = proptest::option::of((0..4u32, word()));
    (word(), proptest::collection::vec(0..4u32, 0..2), inner).prop_map(|(text, via, inner)| Quote {
        text,
        via: via.into_iter().map(SpeakerIndex).collect(),
        within: inner.map(|(speaker, text)| Quoted {
            speaker: SpeakerIndex(speaker),
            text,
            within: None,
        }),
        sources: Vec::new(),
    })
}

fn entry() -> impl Strategy<Value = Entry> {
    let texts = (word(), maybe_word(), maybe_word(), maybe_word(), maybe_word(), maybe_word());
    let lists = (
        proptest::collection::vec(quote(), 0..2),
        proptest::collection::vec(figure(), 0..3),
        subsequence(&WORDS[..], 0..3),
        subsequence((0..4u32).collect::<Vec<_>>(), 0..3),
        proptest::collection::vec((0..8usize, select(&How::ALL[..])), 0..2),
    );
    (select(&DATES[..]), proptest::option::of(0..4u32), texts, lists).prop_map(
        |(date, speaker, texts, (quotes, figures, tags, sources, related))| {
            let (headline, place, venue, basis, note, text) = texts;
            let kind = if speaker.is_some() { Kind::Statement } else { Kind::Event };
            Entry {
                speaker: speaker.map(SpeakerIndex),
                place,
                venue,
                basis,
                note,
                text,
                quotes,
                figures,
                tags: tags.into_iter().map(str::to_owned).collect(),
                sources: sources.into_iter().map(SourceIndex).collect(),
                related: related
                    .into_iter()
                    .map(|(to, how)| Related { to: format!("entry-{to}"), how })
                    .collect(),
                ..Entry::new(kind, "", when(date), headline)
            }
        },
    )
}

/// Speakers and sources of which some share an id or a name, as in files merged.
fn timeline() -> impl Strategy<Value = Timeline> {
    proptest::collection::vec(entry(), 0..8).prop_map(|entries| {
        let mut builder = TimelineBuilder::new();
        for (id, name) in [("kirby", "John Kirby"), ("kirby", "War"), ("zz", "War"), ("é", "kirby")]
        {
            builder.speaker(Speaker {
                id: id.to_owned(),
                name: name.to_owned(),
                short: None,
                title: None,
                role: Some(format!("role of {name}")),
                organization: None,
            });
        }
        for (id, title) in [("war", "A b"), ("war", "Zz"), ("x", "Zz"), ("y", "War")] {
            builder.source(Source {
                id: id.to_owned(),
                title: Some(title.to_owned()),
                url: (id == "x").then(|| "https://war.example".to_owned()),
                ..Source::default()
            });
        }
        for (number, entry) in entries.into_iter().enumerate() {
            builder.entry(Entry { id: format!("entry-{number}"), ..entry }, 1);
        }
        builder.build()
    })
}

fn test() -> impl Strategy<Value = Test> {
    let value = (prop_oneof![word(), "[a-z]{1,2}", "entry-[0-8]"], any::<bool>())
        .prop_map(|(text, exact)| Value { text, exact, span: 0..0 });
    let field = select(
        &[
            NameField::Speaker,
            NameField::Tag,
            NameField::Source,
            NameField::Place,
            NameField::Via,
            NameField::Id,
        ][..],
    );
    let relation = select(
        &[
            Relation::After,
            Relation::Before,
            Relation::Since,
            Relation::Until,
            Relation::On,
            Relation::During,
        ][..],
    );
    let number = (-1..5i32).prop_map(Decimal::from);
    let comparison = (0..5usize, number, 0..2i32).prop_map(|(which, number, more)| match which {
        0 => Comparison::Above(number),
        1 => Comparison::AtLeast(number),
        2 => Comparison::Below(number),
        3 => Comparison::AtMost(number),
        _ => Comparison::Within(number, number + Decimal::from(more)),
    });
    let figure = (maybe_word(), proptest::option::of(comparison))
        .prop_filter("asks nothing", |(measure, comparison)| {
            measure.is_some() || comparison.is_some()
        })
        .prop_map(|(measure, comparison)| FigureTest { measure, comparison });
    prop_oneof![
        3 => prop_oneof![word(), select(&AWKWARD[..]).prop_map(str::to_owned), "[a-zA-Z0-9:()\\\\\"“”'’,=<> -]{1,4}"].prop_map(Test::Text),
        6 => (field, proptest::collection::vec(value, 1..3))
            .prop_map(|(field, values)| Test::Named(field, values)),
        1 => subsequence(Kind::ALL.to_vec(), 1..3).prop_map(Test::Kind),
        4 => (relation, select(&DATES[..]), any::<bool>()).prop_map(
            |(relation, date, certainly)| Test::Date { relation, when: when(date), certainly }
        ),
        2 => proptest::collection::vec(figure, 1..3).prop_map(Test::Figure),
        2 => subsequence(Feature::ALL.to_vec(), 1..3).prop_map(Test::Has),
    ]
}

fn query() -> impl Strategy<Value = Query> {
    let term = test().prop_map(|test| Node::Term(Term { test, span: 0..0 }));
    let node = term.prop_recursive(3, 12, 3, |inner| {
        let several = proptest::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            several.clone().prop_map(Node::all),
            several.prop_map(Node::any),
            inner.prop_map(|node| Node::Not(Box::new(node))),
        ]
    });
    proptest::collection::vec(node, 0..4).prop_map(|nodes| Query { root: Node::all(nodes) })
}

/// The slow and simple evaluator: whole records, no columns, no sets.
mod naive {
    use super::*;

    pub fn matches(timeline: &Timeline, index: EntryIndex, node: &Node) -> bool {
        match node {
            Node::All(nodes) => nodes.iter().all(|node| matches(timeline, index, node)),
            Node::Any(nodes) => nodes.iter().any(|node| matches(timeline, index, node)),
            Node::Not(node) => !matches(timeline, index, node),
            Node::Term(term) => test(timeline, index, &timeline.entry(index), &term.test),
        }
    }

    fn holds(text: &str, needle: &str) -> bool {
        crate::query::tests::written::holds(text, needle, false)
    }

    fn fits(value: &Value, whole: &[&str], parts: &[&str]) -> bool {
        if value.exact {
            return whole.contains(&value.text.as_str());
        }
        whole.iter().chain(parts).any(|name| holds(name, &value.text))
    }

    fn test(timeline: &Timeline, index: EntryIndex, entry: &Entry, test: &Test) -> bool {
        match test {
            Test::Text(text) => texts(timeline, entry).iter().any(|held| holds(held, text)),
            Test::Named(field, values) => {
                values.iter().any(|value| named(timeline, entry, *field, value))
            }
            Test::Kind(kinds) => kinds.contains(&entry.kind),
            Test::Date { relation, when, certainly } => {
                date(&entry.date, *relation, when) >= least(*certainly)
            }
            Test::Figure(tests) => tests.iter().any(|asked| {
                entry.figures.iter().any(|figure| {
                    asked.measure.as_ref().is_none_or(|word| holds(&figure.measure, word))
                        && asked.comparison.is_none_or(|how| figure_may(figure.bound, how))
                })
            }),
            Test::Has(features) => {
                features.iter().any(|feature| has(timeline, index, entry, *feature))
            }
        }
    }

    fn texts(timeline: &Timeline, entry: &Entry) -> Vec<String> {
        let mut texts = vec![entry.headline.clone(), entry.id.clone()];
        let mut speakers: Vec<SpeakerIndex> = entry.speaker.into_iter().collect();
        for text in [&entry.place, &entry.venue, &entry.basis, &entry.note, &entry.text] {
            texts.extend(text.clone());
        }
        texts.extend(entry.tags.iter().cloned());
        for quote in &entry.quotes {
            texts.push(quote.text.clone());
            speakers.extend(&quote.via);
            if let Some(within) = &quote.within {
                texts.push(within.text.clone());
                speakers.push(within.speaker);
            }
        }
        for figure in &entry.figures {
            texts.extend([figure.measure.clone(), figure.bound.to_string()]);
            texts.extend([&figure.of, &figure.place].into_iter().flatten().cloned());
        }
        for speaker in speakers {
            let speaker = timeline.speaker(speaker);
            texts.extend([speaker.id.clone(), speaker.name.clone()]);
            texts.extend(speaker.role.clone());
        }
        for source in &entry.sources {
            let source = timeline.source(*source);
            texts.push(source.citation());
            texts.extend(source.url.clone());
        }
        texts
    }

    fn named(timeline: &Timeline, entry: &Entry, field: NameField, value: &Value) -> bool {
        let speaker = |index: &SpeakerIndex| {
            let speaker = timeline.speaker(*index);
            fits(value, &[&speaker.id, &speaker.name], &[])
        };
        match field {
            NameField::Speaker => entry.speaker.iter().any(speaker),
            NameField::Via => entry.quotes.iter().flat_map(|quote| &quote.via).any(speaker),
            NameField::Tag => entry.tags.iter().any(|tag| fits(value, &[tag], &[])),
            NameField::Place => entry.place.iter().any(|place| fits(value, &[place], &[])),
            NameField::Id => fits(value, &[&entry.id], &[]),
            NameField::Source => entry.sources.iter().any(|index| {
                let source = timeline.source(*index);
                let parts = [source.title.as_deref(), source.url.as_deref()];
                let parts: Vec<&str> = parts.into_iter().flatten().collect();
                if value.exact {
                    return fits(value, &[&source.id, &source.citation()], &[]);
                }
                fits(value, &[&source.id], &parts)
            }),
        }
    }

    fn least(certainly: bool) -> Answer {
        if certainly { Answer::Yes } else { Answer::Maybe }
    }

    fn date(date: &When, relation: Relation, other: &When) -> Answer {
        match relation {
            Relation::After => date.after(other),
            Relation::Before => date.before(other),
            Relation::On | Relation::During => date.during(other),
            Relation::Since if other.has_time() => date.since(other),
            Relation::Until if other.has_time() => date.until(other),
            Relation::Since => match super::day_beside(other.earliest(), -1) {
                Ok(limit) => weaken(date.after(&limit), date, other),
                Err(answer) => weaken(answer, date, other),
            },
            Relation::Until => match super::day_beside(other.latest(), 1) {
                Ok(limit) => weaken(date.before(&limit), date, other),
                Err(answer) => weaken(answer, date, other),
            },
        }
    }

    fn weaken(answer: Answer, date: &When, other: &When) -> Answer {
        let vague = |date: &When| date.is_approximate() || date.is_uncertain();
        let vague = date.is_undated() || vague(date) || vague(other);
        if vague { answer.min(Answer::Maybe) } else { answer }
    }

    fn figure_may(bound: Bound, how: Comparison) -> bool {
        // A little more or less than a number, for numbers that are whole.
        let number = bound.amount().nearly();
        let (low, high) = match bound {
            Bound::Exactly(_) => (number, number),
            Bound::About(_) => (number - 0.1, number + 0.1),
            Bound::AtLeast(_) => (number, number + 0.1),
            Bound::MoreThan(_) => (number + 0.1, number + 0.1),
            Bound::AtMost(_) => (number - 0.1, number),
            Bound::LessThan(_) => (number - 0.1, number - 0.1),
            Bound::Between(_, high) => (number, high.nearly()),
        };
        let near = |number: Decimal| number.to_string().parse::<f64>().unwrap();
        match how {
            Comparison::Above(number) => high > near(number),
            Comparison::AtLeast(number) => high >= near(number),
            Comparison::Below(number) => low < near(number),
            Comparison::AtMost(number) => low <= near(number),
            Comparison::Within(from, to) => low <= near(to) && high >= near(from),
        }
    }

    fn has(timeline: &Timeline, index: EntryIndex, entry: &Entry, feature: Feature) -> bool {
        let undergoes = |how: How| {
            let does = |related: &Related| related.how == how && related.to == entry.id;
            timeline.indexes().any(|other| timeline.entry(other).related.iter().any(does))
        };
        match feature {
            Feature::Quote => !entry.quotes.is_empty(),
            Feature::Paraphrase => entry.paraphrase.is_some(),
            Feature::Relay => entry.quotes.iter().any(|quote| !quote.via.is_empty()),
            Feature::Figure => !entry.figures.is_empty(),
            Feature::Basis => entry.basis.is_some(),
            Feature::Note => entry.note.is_some(),
            Feature::Source => !entry.sources.is_empty(),
            Feature::Url => {
                entry.sources.iter().any(|source| timeline.source(*source).url.is_some())
            }
            Feature::Place => entry.place.is_some(),
            Feature::Tag => !entry.tags.is_empty(),
            Feature::Speaker => entry.speaker.is_some(),
            Feature::Related => !timeline.links_of(index).is_empty(),
            Feature::Dispute => undergoes(How::Disputes),
            Feature::Retracted => undergoes(How::Retracts),
            Feature::Superseded => undergoes(How::Supersedes),
        }
    }
}

/// The day beside an edge as a date, or the answer where there is none.
fn day_beside(edge: crate::when::Edge, step: i64) -> Result<When, Answer> {
    use crate::when::{Edge, civil};
    match edge {
        Edge::Open => Err(Answer::Yes),
        Edge::Unknown => Err(Answer::Maybe),
        Edge::Day(day) => {
            let date = civil(day + step);
            let sign = if date.year < 0 { "-" } else { "" };
            let (year, month, day) = (date.year.abs(), date.month, date.day);
            Ok(when(&format!("{sign}{year:04}-{month:02}-{day:02}")))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn selects_what_a_simple_evaluator_selects(timeline in timeline(), query in query()) {
        let simple: Vec<EntryIndex> = timeline
            .indexes()
            .filter(|index| naive::matches(&timeline, *index, query.root()))
            .collect();
        let some: Vec<EntryIndex> = timeline.indexes().filter(|index| index.at() % 2 == 1).collect();
        let among = query.compile(&timeline).select_among(&timeline, &some, || true);
        let expected = simple.iter().copied().filter(|index| some.contains(index)).collect();
        prop_assert_eq!(among, Some(expected));
        prop_assert_eq!(query.select(&timeline), simple, "{}", query);
    }

    #[test]
    fn what_is_written_out_reads_back_the_same(query in query()) {
        let text = query.to_string();
        prop_assert_eq!(Query::parse(&text).map_err(|error| error.to_string()), Ok(query), "{}", text);
    }

    #[test]
    fn counts_are_those_that_would_result(timeline in timeline(), query in query()) {
        for facet in Facet::ALL {
            for row in rows(&timeline, &query, facet) {
                let chosen = query.with_choice(facet, &Choice::only(row.key.as_str()));
                let left = chosen.select(&timeline).len();
                prop_assert_eq!(row.count, left, "{:?} {} in {}", facet, row.key, query);
                // And as text, for the command line.
                let again = Query::parse(&chosen.to_string()).map_err(|error| error.to_string());
                prop_assert_eq!(again, Ok(chosen));
            }
        }
    }

    #[test]
    fn a_choice_is_read_back_as_it_was_made(
        query in query(),
        ticked in subsequence(vec!["Mark Milley", "kirby", "a,b"], 1..4),
        left_out in any::<bool>(),
    ) {
        let mut builder = TimelineBuilder::new();
        for tag in ["Mark Milley", "kirby", "a,b", "other"] {
            let mut entry = Entry::new(Kind::Event, tag, when("2022"), tag);
            entry.tags.push(tag.to_owned());
            builder.entry(entry, 1);
        }
        let timeline = builder.build();
        let values = ticked.into_iter().map(str::to_owned).collect();
        let choice = Choice { values, left_out };
        prop_assert_eq!(query.with_choice(Facet::Tag, &choice).choice(&timeline, Facet::Tag), choice);
    }

    #[test]
    fn any_text_is_a_query_or_a_mistake_in_its_place(
        text in prop_oneof![
            "\\PC{0,30}",
            "([a-zé]{0,3}|speaker:|on:|figure:|has:|certainly:|=|>|[,\"“”()\\\\ -]|OR |AND |NOT |20[0-9]{2}|\\.\\.|/){0,12}",
        ],
        cursor in 0usize..40,
    ) {
        match Query::parse(&text) {
            Ok(query) => {
                let written = query.to_string();
                prop_assert_eq!(Query::parse(&written).ok(), Some(query), "{} as {}", text, written);
            }
            Err(error) => {
                prop_assert!(text.get(error.span.clone()).is_some_and(|wrong| !wrong.is_empty()), "{}: {:?}", text, error);
            }
        }
        for completion in complete(&bakhmut(), &text, cursor) {
            let (start, end) = (completion.replace.start, completion.replace.end);
            prop_assert!(start <= cursor, "{}: {:?}", text, completion);
            let whole = text.get(..start).zip(text.get(end..));
            prop_assert!(whole.is_some(), "{}: {:?}", text, completion);
        }
    }

    #[test]
    fn places_found_are_whole_characters(text in "\\PC{0,20}", words in "\\PC{1,2}") {
        for place in crate::query::Needle::new(&words).find_all(&text) {
            prop_assert!(text.get(place).is_some_and(|found| !found.is_empty()));
        }
    }
}
