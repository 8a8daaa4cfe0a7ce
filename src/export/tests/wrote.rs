//! What an export says that it wrote is what stands in the file, by each format's own reader.

use std::collections::HashSet;

use boon::{Compiler, Schemas};
use proptest::prelude::*;
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag};
use scraper::{Html, Selector};
use serde_json::Value;

use super::{calendar, everything, export_with, golden, text_of};
use crate::dataset::{self, Input};
use crate::export::{FORMATS, Format, Options, Output, Per, Thing, Written, json};
use crate::model::arbitrary::any_timeline;
use crate::model::{Timeline, TimelineBuilder};

/// What a reader of a format finds in a file.
fn found(format: &Format, options: &Options, bytes: &[u8]) -> Written {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let json = || serde_json::from_str::<Value>(&text).unwrap();
    let length = |list: &Value| list.as_array().unwrap().len();
    let entries = match format.name {
        "text" => {
            let rule = "─".repeat(options.width);
            text.lines().filter(|line| **line == *rule).count()
        }
        "markdown" => Parser::new(&text)
            .filter(|event| {
                matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }))
            })
            .count(),
        "html" => Html::parse_document(&text).select(&Selector::parse("article").unwrap()).count(),
        "csv" if options.per == Per::Figure => {
            let rows = ::csv::Reader::from_reader(bytes).into_records().count();
            return Thing::Figure.times(rows);
        }
        "csv" => ::csv::Reader::from_reader(bytes).into_records().count(),
        "json" => length(&json()["entries"]),
        "jsonl" => text.lines().count(),
        "ron" => dataset::read(&[Input::new("back.ron", text.clone())]).timeline.len(),
        "ics" => calendar(bytes).events.len(),
        "timelinejs" => {
            let document = json();
            let events = length(&document["events"]);
            let said = document["title"]["text"]["text"].as_str().unwrap();
            let noun = Thing::Entry.times(events);
            assert!(said.contains(&format!("<p>{noun}, ")), "{said} of {noun}");
            events
        }
        "csl-json" => return Thing::Source.times(length(&json())),
        "bibtex" => {
            let read = biblatex::Bibliography::parse(&text).unwrap();
            return Thing::Source.times(read.len());
        }
        other => panic!("nothing reads {other}"),
    };
    Thing::Entry.times(entries)
}

fn both() -> [Options; 2] {
    [Options::default(), Options { per: Per::Figure, ..Options::default() }]
}

#[test]
fn what_is_said_to_be_written_is_there() {
    let timelines = [golden::sample(), TimelineBuilder::new().build()];
    for timeline in &timelines {
        for format in FORMATS {
            for options in both() {
                let output = export_with(format, timeline, &everything(timeline), options.clone());
                let seen = found(format, &options, &output.bytes);
                assert_eq!(output.wrote, seen, "{}", format.name);
            }
        }
    }
}

#[test]
fn so_many_of_something_reads_as_a_person_says_it() {
    for (written, words) in [
        (Thing::Entry.times(1), "1 entry"),
        (Thing::Entry.times(0), "0 entries"),
        (Thing::Figure.times(1), "1 figure"),
        (Thing::Figure.times(2), "2 figures"),
        (Thing::Source.times(1), "1 source"),
        (Thing::Source.times(3), "3 sources"),
    ] {
        assert_eq!(written.to_string(), words);
    }
}

/// The validator, over the whole schema or a part of it.
fn misfit(part: &str, value: &Value) -> Option<String> {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    let schema: Value = serde_json::from_str(json::SCHEMA).unwrap();
    compiler.add_resource("schema.json", schema).unwrap();
    let index = compiler.compile(&format!("schema.json{part}"), &mut schemas).unwrap();
    schemas.validate(value, index).err().map(|error| error.to_string())
}

fn value(output: Output) -> Value {
    serde_json::from_slice(&output.bytes).unwrap()
}

fn exported(timeline: &Timeline) -> Value {
    value(export_with(&json::FORMAT, timeline, &everything(timeline), Options::default()))
}

#[test]
fn every_golden_fits_the_schema() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/");
    let read = |name: &str| std::fs::read_to_string(format!("{folder}{name}")).unwrap();
    let whole: Value = serde_json::from_str(&read("bakhmut.json")).unwrap();
    assert_eq!(whole["format"], 1);
    assert_eq!(misfit("", &whole), None);
    for line in read("bakhmut.jsonl").lines() {
        assert_eq!(misfit("#/$defs/entry", &serde_json::from_str(line).unwrap()), None);
    }
    let hard = include_str!("../../../tests/receivers/hard.ron");
    let reading = dataset::read(&[Input::new("hard.ron", hard)]);
    assert!(!reading.has_errors());
    assert_eq!(misfit("", &exported(&reading.timeline)), None);
}

/// A schema that took everything would fit everything: without any one of its keys, and with another
/// value, an entry fits no more.
#[test]
fn what_is_otherwise_does_not_fit_the_schema() {
    let whole = exported(&golden::sample());
    let changed = |path: &str, to: Value| {
        let mut changed = whole.clone();
        *changed.pointer_mut(path).unwrap() = to;
        misfit("", &changed)
    };
    for (path, to) in [
        ("/format", Value::from(2)),
        ("/entries/0/kind", Value::from("rumour")),
        ("/entries/0/date/earliest", Value::from("1 May")),
        ("/entries/0/headline", Value::Null),
        ("/entries/0/tags", Value::from("a")),
        ("/entries/0/speaker", Value::from("Milley")),
        ("/provenance/datasets/0/sha256", Value::from("abc")),
    ] {
        assert!(changed(path, to.clone()).is_some(), "{path} as {to}");
    }
    let object = |path: &str| whole.pointer(path).unwrap().as_object().unwrap().clone();
    let figures = "/entries/0/figures/0";
    for path in ["", "/provenance", "/entries/0", "/entries/0/date", figures] {
        let known = object(path);
        let said: HashSet<&String> = known.keys().collect();
        assert!(!said.is_empty());
        // Said only where it is: the fields that came later may be missing in older files.
        for key in known.keys().filter(|key| !LATER.contains(&key.as_str())) {
            let mut less = known.clone();
            less.remove(key);
            assert!(changed(path, Value::Object(less)).is_some(), "{path}/{key}");
        }
    }
}

/// Keys that came after the first release of the format, which readers cannot count on.
const LATER: [&str; 3] = ["lasting", "related_left_out", "withdrawn"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_is_said_to_be_written_of_anything_is_there(timeline in any_timeline()) {
        for format in FORMATS.iter().filter(|format| format.name != "text") {
            for options in both() {
                let output = export_with(format, &timeline, &everything(&timeline), options.clone());
                let seen = found(format, &options, &output.bytes);
                prop_assert_eq!(output.wrote, seen, "{}", format.name);
            }
        }
    }

    #[test]
    fn json_of_anything_fits_the_schema(timeline in any_timeline()) {
        let options = Options::default();
        let whole = export_with(&json::FORMAT, &timeline, &everything(&timeline), options);
        let whole: Value = serde_json::from_str(&text_of(whole)).unwrap();
        prop_assert_eq!(misfit("", &whole), None);
    }
}
