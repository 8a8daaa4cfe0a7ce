//! A dataset written and read again is the same timeline: read by the program, and by `serde`
//! alone, as the format is documented.

use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;

use ::ron::extensions::Extensions;
use ::ron::value::RawValue;
use proptest::prelude::*;
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::{everything, export, text_of};
use crate::dataset;
use crate::export::{json, ron};
use crate::model::arbitrary::{any_single, any_timeline};
use crate::model::{
    Bound, DatasetInfo, Entry, EntryIndex, Figure, How, Kind, Quote, Quoted, Related, Source,
    SourceIndex, SourceKind, Speaker, SpeakerIndex, Timeline, TimelineBuilder,
};
use crate::when::When;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Dataset {
    format: u8,
    title: String,
    summary: Option<String>,
    speakers: InOrder<SpeakerRow>,
    sources: InOrder<SourceRow>,
    entries: Vec<EntryRow>,
}

/// A map whose items keep their order.
struct InOrder<T>(Vec<(String, T)>);

impl<'de, T: DeserializeOwned> Deserialize<'de> for InOrder<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Items<T>(PhantomData<T>);
        impl<'de, T: DeserializeOwned> Visitor<'de> for Items<T> {
            type Value = InOrder<T>;
            fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
                out.write_str("a map")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<InOrder<T>, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = map.next_entry()? {
                    items.push(item);
                }
                Ok(InOrder(items))
            }
        }
        from.deserialize_map(Items(PhantomData))
    }
}

#[derive(Deserialize)]
#[serde(rename = "Speaker", deny_unknown_fields)]
struct SpeakerRow {
    name: String,
    short: Option<String>,
    title: Option<String>,
    role: Option<String>,
    organization: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename = "Source", deny_unknown_fields)]
struct SourceRow {
    title: Option<String>,
    author: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
    kind: KindName,
    url: Option<String>,
    archive: Option<String>,
    note: Option<String>,
}

#[derive(Deserialize, Debug)]
enum KindName {
    Article,
    Newsletter,
    Broadcast,
    Transcript,
    Video,
    Post,
    Report,
    Book,
    Photograph,
    Webpage,
    Document,
}

#[derive(Deserialize)]
enum EntryRow {
    Statement(Item),
    Event(Item),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    id: String,
    date: String,
    headline: String,
    speaker: Option<String>,
    role: Option<String>,
    venue: Option<String>,
    paraphrase: Option<String>,
    text: Option<String>,
    #[serde(default)]
    quotes: Vec<QuoteRow>,
    #[serde(default)]
    figures: Vec<FigureRow>,
    basis: Option<String>,
    note: Option<String>,
    place: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    sources: Vec<String>,
    #[serde(default)]
    related: Vec<RelatedRow>,
}

#[derive(Deserialize)]
#[serde(rename = "Quote", deny_unknown_fields)]
struct QuoteRow {
    text: String,
    #[serde(default)]
    via: Vec<String>,
    within: Option<QuotedRow>,
    #[serde(default)]
    sources: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename = "Quoted", deny_unknown_fields)]
struct QuotedRow {
    speaker: String,
    text: String,
    within: Option<Box<QuotedRow>>,
}

#[derive(Deserialize)]
#[serde(rename = "Figure", deny_unknown_fields)]
struct FigureRow {
    value: Option<Box<RawValue>>,
    bound: BoundName,
    measure: String,
    of: Option<String>,
    place: Option<String>,
    period: Option<String>,
    lasting: Option<String>,
    part_of: Option<String>,
}

#[derive(Deserialize)]
enum BoundName {
    Exactly,
    About,
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
    Between(Box<RawValue>, Box<RawValue>),
}

#[derive(Deserialize)]
#[serde(rename = "Related", deny_unknown_fields)]
struct RelatedRow {
    to: String,
    how: HowName,
}

#[derive(Deserialize, Debug)]
enum HowName {
    ComparedWith,
    Clarifies,
    Disputes,
    Corroborates,
    RespondsTo,
    PassesOn,
    Supersedes,
    Retracts,
    PartOf,
}

struct Ids {
    speakers: HashMap<String, SpeakerIndex>,
    sources: HashMap<String, SourceIndex>,
}

/// The timeline that a dataset's text says.
pub(super) fn read(text: &str, file: &str) -> Timeline {
    let options = ::ron::Options::default().with_default_extension(
        Extensions::IMPLICIT_SOME
            | Extensions::UNWRAP_NEWTYPES
            | Extensions::UNWRAP_VARIANT_NEWTYPES,
    );
    let dataset: Dataset = options.from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(dataset.format, 1);
    let mut builder = TimelineBuilder::new();
    builder.dataset(DatasetInfo {
        file: file.to_owned(),
        path: None,
        places: Vec::new(),
        kept: false,
        title: dataset.title,
        summary: dataset.summary,
    });
    let mut ids = Ids { speakers: HashMap::new(), sources: HashMap::new() };
    for (id, row) in dataset.speakers.0 {
        let SpeakerRow { name, short, title, role, organization } = row;
        let speaker = Speaker { id: id.clone(), name, short, title, role, organization };
        assert!(ids.speakers.insert(id, builder.speaker(speaker)).is_none());
    }
    for (id, row) in dataset.sources.0 {
        let kind = format!("{:?}", row.kind);
        let source = Source {
            id: id.clone(),
            title: row.title,
            author: row.author,
            publisher: row.publisher,
            published: row.published.as_deref().map(date),
            kind: *SourceKind::ALL.iter().find(|known| known.name() == kind).unwrap(),
            url: row.url,
            archive: row.archive,
            note: row.note,
        };
        assert!(ids.sources.insert(id, builder.source(source)).is_none());
    }
    let known: Vec<String> = dataset.entries.iter().map(|row| row.item().id.clone()).collect();
    for (line, row) in (1u32..).zip(dataset.entries) {
        let entry = row.entry(&ids);
        for related in &entry.related {
            assert!(known.contains(&related.to), "{} leads nowhere", related.to);
        }
        builder.entry(entry, line);
    }
    builder.build()
}

fn date(text: &str) -> When {
    When::parse(text).unwrap()
}

impl EntryRow {
    fn item(&self) -> &Item {
        match self {
            EntryRow::Statement(item) | EntryRow::Event(item) => item,
        }
    }

    fn entry(self, ids: &Ids) -> Entry {
        let (kind, row) = match self {
            EntryRow::Statement(item) => (Kind::Statement, item),
            EntryRow::Event(item) => (Kind::Event, item),
        };
        assert_eq!(row.speaker.is_some(), kind == Kind::Statement);
        Entry {
            id: row.id,
            kind,
            date: date(&row.date),
            headline: row.headline,
            speaker: row.speaker.map(|id| ids.speakers[&id]),
            role: row.role,
            venue: row.venue,
            paraphrase: row.paraphrase,
            text: row.text,
            quotes: row.quotes.into_iter().map(|row| quote(row, ids)).collect(),
            figures: row.figures.into_iter().map(figure).collect(),
            basis: row.basis,
            note: row.note,
            place: row.place,
            tags: row.tags,
            sources: row.sources.iter().map(|id| ids.sources[id]).collect(),
            related: row.related.into_iter().map(related).collect(),
        }
    }
}

fn quote(row: QuoteRow, ids: &Ids) -> Quote {
    Quote {
        text: row.text,
        via: row.via.iter().map(|id| ids.speakers[id]).collect(),
        within: row.within.map(|inner| quoted(inner, ids)),
        sources: row.sources.iter().map(|id| ids.sources[id]).collect(),
    }
}

fn quoted(row: QuotedRow, ids: &Ids) -> Quoted {
    Quoted {
        speaker: ids.speakers[&row.speaker],
        text: row.text,
        within: row.within.map(|inner| Box::new(quoted(*inner, ids))),
    }
}

fn figure(row: FigureRow) -> Figure {
    let amount = |value: Option<Box<RawValue>>| value.unwrap().trim().get_ron().parse().unwrap();
    let bound = match row.bound {
        BoundName::Exactly => Bound::Exactly(amount(row.value)),
        BoundName::About => Bound::About(amount(row.value)),
        BoundName::AtLeast => Bound::AtLeast(amount(row.value)),
        BoundName::MoreThan => Bound::MoreThan(amount(row.value)),
        BoundName::AtMost => Bound::AtMost(amount(row.value)),
        BoundName::LessThan => Bound::LessThan(amount(row.value)),
        BoundName::Between(low, high) => {
            assert!(row.value.is_none());
            Bound::Between(amount(Some(low)), amount(Some(high)))
        }
    };
    Figure {
        bound,
        measure: row.measure,
        of: row.of,
        place: row.place,
        period: row.period.as_deref().map(date),
        lasting: row.lasting.map(|text| text.parse().unwrap()),
        part_of: row.part_of,
    }
}

fn related(row: RelatedRow) -> Related {
    let how = format!("{:?}", row.how);
    Related { to: row.to, how: *How::ALL.iter().find(|known| known.name() == how).unwrap() }
}

/// By the program's own reader, which must agree with `serde`'s.
fn written_and_read(timeline: &Timeline, entries: &[EntryIndex]) -> Timeline {
    let text = text_of(export(&ron::FORMAT, timeline, entries));
    let plain = read(&text, "again.ron");
    let input = dataset::Input::new("again.ron", text);
    let reading = dataset::read(std::slice::from_ref(&input));
    let errors: Vec<&dataset::Problem> = reading
        .problems
        .iter()
        .filter(|problem| problem.flaw.code.severity() == dataset::Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:?}\n{}", &**input.text);
    let ours = reading.timeline;
    assert_eq!(ours.speakers(), plain.speakers());
    assert_eq!(ours.sources(), plain.sources());
    assert_eq!(ours.len(), plain.len());
    for index in plain.indexes() {
        assert_eq!(ours.entry(index), plain.entry(index));
        assert_eq!(ours.id(index), plain.id(index));
        assert_eq!(ours.headline(index), plain.headline(index));
        assert_eq!(ours.date(index), plain.date(index));
        assert_eq!(ours.links_of(index), plain.links_of(index));
        assert_eq!(ours.has(index), plain.has(index));
    }
    ours
}

/// All that an entry says, but for the names of things.
fn said(timeline: &Timeline) -> Value {
    let mut value = serde_json::from_str(&json::array(timeline, &everything(timeline))).unwrap();
    unname(&mut value);
    value
}

fn unname(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(unname),
        Value::Object(fields) => {
            for name in ["id", "file", "to", "by"] {
                fields.remove(name);
            }
            // A quote names the sources that print it.
            if fields.contains_key("via") {
                fields.remove("sources");
            }
            fields.values_mut().for_each(unname);
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_dataset_comes_back_the_same(timeline in any_single()) {
        let again = written_and_read(&timeline, &everything(&timeline));
        prop_assert_eq!(again.title(), timeline.title());
        prop_assert_eq!(&again.datasets()[0].summary, &timeline.datasets()[0].summary);
        prop_assert_eq!(again.speakers(), timeline.speakers());
        prop_assert_eq!(again.sources(), timeline.sources());
        prop_assert_eq!(again.len(), timeline.len());
        for index in timeline.indexes() {
            prop_assert_eq!(again.entry(index), timeline.entry(index));
            prop_assert_eq!(again.links_of(index), timeline.links_of(index));
        }
    }

    #[test]
    fn merged_datasets_come_back_as_one(timeline in any_timeline()) {
        let again = written_and_read(&timeline, &everything(&timeline));
        prop_assert_eq!(said(&again), said(&timeline));
        for index in timeline.indexes() {
            prop_assert_eq!(again.links_of(index), timeline.links_of(index));
        }
    }

    #[test]
    fn a_part_is_a_valid_dataset(timeline in any_timeline(), keep in 0usize..8) {
        let entries: Vec<EntryIndex> =
            timeline.indexes().filter(|index| index.at() % 8 >= keep).collect();
        let again = written_and_read(&timeline, &entries);
        let headlines = |timeline: &Timeline, entries: &[EntryIndex]| -> Vec<String> {
            entries.iter().map(|index| timeline.headline(*index).to_owned()).collect()
        };
        prop_assert_eq!(headlines(&again, &everything(&again)), headlines(&timeline, &entries));
    }
}
