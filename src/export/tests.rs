//! What must hold of every export of any timeline. Each is read back by a program that is not
//! ours.

mod golden;
mod round_trip;
mod values;
mod wrote;

use std::collections::HashSet;

use proptest::prelude::*;
use scraper::{Html, Selector};

use super::*;
use crate::model::arbitrary::any_timeline;
use crate::model::{Kind, TimelineBuilder};
use crate::text::is_treacherous;
use crate::when::When;

fn everything(timeline: &Timeline) -> Vec<EntryIndex> {
    timeline.indexes().collect()
}

fn provenance() -> Option<Provenance> {
    Some(Provenance {
        query: "speaker:<b> \"x\" \u{1b}[2J\nnext".to_owned(),
        range: "from a to b".to_owned(),
        shown: 2,
        left_out: 3,
    })
}

fn export(format: &Format, timeline: &Timeline, entries: &[EntryIndex]) -> Output {
    export_with(format, timeline, entries, Options::default())
}

fn export_with(
    format: &Format,
    timeline: &Timeline,
    entries: &[EntryIndex],
    options: Options,
) -> Output {
    let request = Request { timeline, entries, provenance: provenance(), options };
    (format.write)(&request).unwrap()
}

fn text_of(output: Output) -> String {
    String::from_utf8(output.bytes).unwrap()
}

fn ids(timeline: &Timeline) -> Vec<String> {
    timeline.indexes().map(|index| timeline.full_id(index)).collect()
}

#[test]
fn formats_are_found_by_name_and_by_file() {
    for format in FORMATS {
        assert_eq!(by_name(FORMATS, format.name).unwrap().name, format.name);
        for end in format.extensions {
            let path = format!("some/Report.{}", end.to_uppercase());
            assert_eq!(
                by_extension(FORMATS, Path::new(&path)).unwrap().name,
                format.name,
                "{path}"
            );
        }
    }
    for (path, name) in [
        ("timeline.json", "json"),
        ("my.timeline.json", "timelinejs"),
        ("sources.csl.json", "csl-json"),
        ("md.html", "html"),
    ] {
        assert_eq!(by_extension(FORMATS, Path::new(path)).unwrap().name, name, "{path}");
    }
    assert_eq!(by_name(FORMATS, "md").unwrap().name, "markdown");
}

#[test]
fn names_and_ends_are_never_claimed_twice() {
    let mut known = HashSet::new();
    for format in FORMATS {
        assert!(known.insert(format.name));
        for end in format.extensions.iter().filter(|end| **end != format.name) {
            assert!(known.insert(end), "{end} is claimed twice");
        }
    }
}

#[test]
fn an_unknown_format_names_its_neighbours() {
    for (name, message) in [
        ("markdwon", "no export format is called `markdwon`; did you mean `markdown`?"),
        ("jsn", "no export format is called `jsn`; did you mean `json`?"),
        (
            "spreadsheet",
            "no export format is called `spreadsheet`; there are text, markdown, html, csv, json, \
             jsonl, ron, ics, timelinejs, csl-json, bibtex",
        ),
    ] {
        assert_eq!(by_name(FORMATS, name).unwrap_err().to_string(), message);
    }
    assert!(by_extension(FORMATS, Path::new("noend")).is_err());
    assert!(by_extension(FORMATS, Path::new(".json")).is_ok());
}

/// What is documented is what is written, in the same order.
#[test]
fn the_documentation_is_of_this_version() {
    let manual = include_str!("../../docs/export.md").split_whitespace().collect::<Vec<_>>();
    let manual = manual.join(" ");
    for format in FORMATS {
        let files: Vec<String> = format.extensions.iter().map(|end| format!("`.{end}`")).collect();
        let row = format!("| `{}` | {} |", format.name, files.join(", "));
        assert!(manual.contains(&row), "{row}");
    }
    let timeline = Timeline::default();
    for (per, row) in [(Per::Entry, "One row an entry"), (Per::Figure, "One row a figure")] {
        let options = Options { per, ..Options::default() };
        let out = text_of(export_with(&csv::FORMAT, &timeline, &[], options));
        let columns: Vec<String> =
            out.trim_end().split(',').map(|name| format!("`{name}`")).collect();
        let list = format!("{row}: {}.", columns.join(", "));
        assert!(manual.contains(&list), "{list}");
    }
    let timeline = golden::sample();
    let entry: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&json::object(&timeline, EntryIndex(0))).unwrap();
    let keys: Vec<String> = entry.keys().map(|key| format!("| `{key}` |")).collect();
    assert!(keys.iter().all(|key| manual.contains(key)), "{keys:?}");
}

#[test]
fn addresses_lead_to_the_web_and_nowhere_else() {
    for (url, safe) in [
        ("https://example.org/a?b=c&d#e", true),
        ("HTTP://example.org", true),
        ("javascript:alert(1)", false),
        ("data:text/html,x", false),
        ("https://example.org/\"onclick=", false),
        ("https://example.org/ x", false),
        ("https://example.org/\u{202e}", false),
        ("https://пример.example", true),
        ("é", false),
    ] {
        assert_eq!(web_address(url).is_some(), safe, "{url}");
    }
}

#[test]
fn cells_that_would_run_are_made_text() {
    for (cell, safe) in [
        ("=1+1", "'=1+1"),
        ("+1+1", "'+1+1"),
        ("-1+1", "'-1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("-5", "-5"),
        ("-0.5", "-0.5"),
        ("-inf", "'-inf"),
        ("plain = text", "plain = text"),
        ("", ""),
    ] {
        assert_eq!(csv::harmless(cell.to_owned()), safe);
    }
}

#[test]
fn what_reads_back_as_more_in_csv_is_told() {
    let quote = |text: &str| Quote {
        text: text.to_owned(),
        via: Vec::new(),
        within: None,
        sources: Vec::new(),
    };
    let note = "1 entry has a quote with a blank line or a tag with `;` in it, which read back are \
                two each; JSON keeps them whole";
    for (quotes, tag, told) in [
        (vec!["one", "two"], "x", false),
        (vec!["one\n"], "x;y", false),
        (vec!["one\n\ntwo"], "x", true),
        (vec!["one\r\n\r\ntwo"], "x", true),
        (vec!["one\n", "two"], "x", true),
        (vec![], "x; y", true),
    ] {
        let mut builder = TimelineBuilder::new();
        let mut entry = Entry::new(Kind::Event, "a", When::parse("2022").unwrap(), "h");
        entry.quotes = quotes.into_iter().map(quote).collect();
        entry.tags = vec![tag.to_owned()];
        builder.entry(entry, 1);
        let timeline = builder.build();
        let notes = export(&csv::FORMAT, &timeline, &everything(&timeline)).notes;
        assert_eq!(notes, if told { vec![note.to_owned()] } else { vec![] }, "{tag}");
        let options = Options { per: Per::Figure, ..Options::default() };
        let notes = export_with(&csv::FORMAT, &timeline, &everything(&timeline), options).notes;
        assert_eq!(notes, Vec::<String>::new());
    }
}

/// A calendar's text as it was before it was folded and escaped.
fn unfolded(ics: Output) -> String {
    let text = text_of(ics).replace("\r\n ", "");
    text.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
}

#[test]
fn calendars_hold_all_words_and_the_date_once() {
    let timeline = golden::sample();
    for index in timeline.indexes() {
        let entry = timeline.entry(index);
        let event = unfolded(export(&ics::FORMAT, &timeline, &[index]));
        let inner = entry.quotes.iter().flat_map(|quote| {
            std::iter::successors(quote.within.as_ref(), |inner| inner.within.as_deref())
        });
        let words = entry.quotes.iter().map(|quote| &quote.text);
        let words = words.chain(inner.map(|inner| &inner.text)).chain(&entry.paraphrase);
        for words in words.chain(&entry.text).chain(&entry.note) {
            assert!(event.contains(words), "{words:?} is not in\n{event}");
        }
        let description = event.split("DESCRIPTION:").nth(1).unwrap();
        let head = description.split("\n\n").next().unwrap();
        assert!(head.starts_with(&entry.date.reading()), "{head}");
    }
    let mut builder = TimelineBuilder::new();
    builder.entry(Entry::new(Kind::Event, "a", When::parse("2020").unwrap(), "h"), 1);
    let timeline = builder.build();
    let event = unfolded(export(&ics::FORMAT, &timeline, &everything(&timeline)));
    assert!(event.contains("DESCRIPTION:2020, on a day not known\r\n"), "{event}");
}

/// The strings of one column.
fn column(csv_text: &[u8], name: &str) -> Vec<String> {
    let mut reader = ::csv::Reader::from_reader(csv_text);
    let at = reader.headers().unwrap().iter().position(|head| head == name).unwrap();
    reader.records().map(|row| row.unwrap().get(at).unwrap().to_owned()).collect()
}

fn calendar(ics: &[u8]) -> ical::parser::ical::component::IcalCalendar {
    let mut calendars = ical::IcalParser::new(ics);
    let calendar = calendars.next().unwrap().unwrap();
    assert!(calendars.next().is_none());
    calendar
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_same_request_gives_the_same_bytes(timeline in any_timeline()) {
        let entries = everything(&timeline);
        for format in FORMATS {
            let once = export(format, &timeline, &entries);
            prop_assert_eq!(once, export(format, &timeline, &entries), "{}", format.name);
        }
    }

    #[test]
    fn what_a_terminal_shows_holds_nothing_treacherous(timeline in any_timeline()) {
        let entries = everything(&timeline);
        for format in FORMATS.iter().filter(|format| format.name != "csv") {
            let breaks = if format.name == "ics" { "\r\n" } else { "\n" };
            let out = text_of(export(format, &timeline, &entries));
            let bad =
                out.chars().find(|letter| !breaks.contains(*letter) && is_treacherous(*letter));
            prop_assert_eq!(bad, None, "{}", format.name);
        }
        for index in entries {
            let line = citation::citation(&timeline, index);
            prop_assert!(!line.chars().any(is_treacherous), "{line}");
        }
    }

    #[test]
    fn csv_holds_every_id_once(timeline in any_timeline()) {
        let out = export(&csv::FORMAT, &timeline, &everything(&timeline));
        let wanted: Vec<String> = ids(&timeline).into_iter().map(csv::harmless).collect();
        prop_assert_eq!(column(&out.bytes, "id"), wanted);
    }

    #[test]
    fn csv_has_a_row_a_figure_and_its_numbers(timeline in any_timeline()) {
        let entries = everything(&timeline);
        let options = Options { per: Per::Figure, ..Options::default() };
        let out = export_with(&csv::FORMAT, &timeline, &entries, options);
        let figures = entries.iter().flat_map(|at| timeline.entry(*at).figures);
        let wanted: Vec<String> = figures.map(|figure| figure.bound.amount().plain()).collect();
        let values = column(&out.bytes, "value");
        let lows = column(&out.bytes, "low");
        let read: Vec<String> = values
            .iter()
            .zip(&lows)
            .map(|(value, low)| if value.is_empty() { low } else { value }.clone())
            .collect();
        prop_assert_eq!(read, wanted);
    }

    #[test]
    fn json_holds_every_id_once(timeline in any_timeline()) {
        let entries = everything(&timeline);
        let of = |value: &serde_json::Value| value["id"].as_str().unwrap().to_owned();
        let read = |list: &serde_json::Value| -> Vec<String> {
            list.as_array().unwrap().iter().map(of).collect()
        };
        let document = export(&json::FORMAT, &timeline, &entries).bytes;
        let document: serde_json::Value = serde_json::from_slice(&document).unwrap();
        prop_assert_eq!(read(&document["entries"]), ids(&timeline));
        for (index, entry) in entries.iter().zip(document["entries"].as_array().unwrap()) {
            prop_assert_eq!(entry["headline"].as_str(), Some(timeline.headline(*index)));
        }
        let array = serde_json::from_str(&json::array(&timeline, &entries)).unwrap();
        prop_assert_eq!(read(&array), ids(&timeline));
        let lines = text_of(export(&jsonl::FORMAT, &timeline, &entries));
        let lines: Vec<String> =
            lines.lines().map(|line| of(&serde_json::from_str(line).unwrap())).collect();
        prop_assert_eq!(lines, ids(&timeline));
    }

    #[test]
    fn html_is_valid_and_runs_nothing(timeline in any_timeline()) {
        let entries = everything(&timeline);
        let out = text_of(export(&html::FORMAT, &timeline, &entries));
        let page = Html::parse_document(&out);
        prop_assert!(page.errors.is_empty(), "{:?}", page.errors);
        let count = |selector: &str| page.select(&Selector::parse(selector).unwrap()).count();
        prop_assert_eq!(count("article"), entries.len());
        prop_assert_eq!(count("script, b b, [onclick], img, iframe"), 0);
        let links = Selector::parse("[href]").unwrap();
        for link in page.select(&links) {
            let href = link.value().attr("href").unwrap();
            prop_assert!(href.starts_with('#') || href.starts_with("http"), "{href}");
        }
        for (index, article) in entries.iter().zip(page.select(&Selector::parse("article > header > h2").unwrap())) {
            let headline = crate::text::visible_lines(timeline.headline(*index));
            prop_assert_eq!(article.text().collect::<String>(), headline);
        }
    }

    #[test]
    fn markdown_is_read_by_others(timeline in any_timeline()) {
        use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};
        let entries = everything(&timeline);
        let out = text_of(export(&markdown::FORMAT, &timeline, &entries));
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
        let (mut headings, mut cited, mut defined) = (0, HashSet::new(), HashSet::new());
        for event in Parser::new_ext(&out, options) {
            match event {
                Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }) => headings += 1,
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    prop_assert!(defined.insert(name.to_lowercase()));
                }
                Event::FootnoteReference(name) => drop(cited.insert(name.to_lowercase())),
                Event::Html(_) | Event::InlineHtml(_) | Event::Code(_) | Event::Rule
                | Event::Start(Tag::CodeBlock(_) | Tag::Image { .. }) => {
                    prop_assert!(false, "{event:?} in {out}");
                }
                _ => {}
            }
        }
        prop_assert_eq!(headings, entries.len());
        prop_assert_eq!(cited, defined);
    }

    #[test]
    fn calendars_are_read_by_others(timeline in any_timeline()) {
        let entries = everything(&timeline);
        let out = export(&ics::FORMAT, &timeline, &entries);
        for line in String::from_utf8(out.bytes.clone()).unwrap().split("\r\n") {
            prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
        }
        let calendar = calendar(&out.bytes);
        let mut uids = HashSet::new();
        for event in &calendar.events {
            let value = |name: &str| {
                let found = event.properties.iter().find(|property| property.name == name);
                found.and_then(|property| property.value.clone())
            };
            prop_assert!(uids.insert(value("UID").unwrap()));
            prop_assert_eq!(value("DTSTAMP"), Some("19700101T000000Z".to_owned()));
            let start = value("DTSTART").unwrap();
            prop_assert!(value("DTEND").is_none_or(|end| end > start));
            let at = entries.iter().find(|at| {
                let entry = timeline.entry(**at);
                value("X-DATELINE-EDTF").is_some_and(|text| text == entry.date.text())
            });
            let clock = at.and_then(|at| timeline.entry(*at).date.time_of_day());
            prop_assert_eq!(start.contains('T'), clock.is_some(), "{}", start);
        }
    }

    #[test]
    fn bibliographies_are_read_by_others(timeline in any_timeline()) {
        let entries = everything(&timeline);
        let request = Request {
            timeline: &timeline,
            entries: &entries,
            provenance: None,
            options: Options::default(),
        };
        let sources = all_cited(&request).len();
        let bib = text_of(export(&bibtex::FORMAT, &timeline, &entries));
        let read = biblatex::Bibliography::parse(&bib).map_err(|error| error.to_string());
        prop_assert_eq!(read.map(|bibliography| bibliography.len()), Ok(sources), "{}", bib);
        let csl = export(&csl::FORMAT, &timeline, &entries).bytes;
        let csl: Vec<serde_json::Value> = serde_json::from_slice(&csl).unwrap();
        let names: HashSet<&str> = csl.iter().map(|item| item["id"].as_str().unwrap()).collect();
        prop_assert_eq!(names.len(), sources);
    }

    #[test]
    fn timelinejs_names_every_slide_once(timeline in any_timeline()) {
        let entries = everything(&timeline);
        let out = export(&timelinejs::FORMAT, &timeline, &entries);
        let read: serde_json::Value = serde_json::from_slice(&out.bytes).unwrap();
        let slides = read["events"].as_array().unwrap();
        let names: HashSet<&str> =
            slides.iter().map(|slide| slide["unique_id"].as_str().unwrap()).collect();
        prop_assert_eq!(names.len(), slides.len());
        for slide in slides {
            let html = slide["text"]["text"].as_str().unwrap();
            let body = Html::parse_fragment(html);
            let wild = Selector::parse("script, b, img").unwrap();
            prop_assert_eq!(body.select(&wild).count(), 0);
        }
    }
}
