//! Our own exports, imported again: the same entries, as far as the format can hold them.

use std::collections::HashMap;

use proptest::prelude::*;

use super::checked;
use crate::dataset;
use crate::export::{self, Options as ExportOptions, Per, Request};
use crate::import::{Options, Report, to_text};
use crate::model::arbitrary::any_single;
use crate::model::{Entry, EntryIndex, Kind, Quoted, Timeline};
use crate::text::{visible, visible_lines};

fn curated() -> Timeline {
    dataset::read(&[dataset::embedded()]).timeline
}

fn there_and_back(timeline: &Timeline, format: &str, per: Per) -> (Timeline, Report) {
    let entries: Vec<EntryIndex> = timeline.indexes().collect();
    let options = ExportOptions { per, ..ExportOptions::default() };
    let request = Request { timeline, entries: &entries, provenance: None, options };
    let format = export::by_name(export::FORMATS, format).unwrap();
    let bytes = (format.write)(&request).unwrap().bytes;
    let name = format!("back.{}", format.extensions[0]);
    let (ron, report) = to_text(&bytes, &name, &Options::default()).unwrap();
    (checked(&ron).timeline, report)
}

/// Words, who passed them on, and whose words lie within.
type Said = (String, Vec<String>, Vec<(String, String)>);

/// An entry with names instead of numbers, so that two timelines can be compared.
#[derive(Debug, PartialEq)]
struct Plain {
    entry: Entry,
    speaker: Option<[Option<String>; 4]>,
    quotes: Vec<Said>,
    sources: Vec<String>,
    links: Vec<(String, &'static str)>,
}

fn plain(timeline: &Timeline, index: EntryIndex) -> Plain {
    let mut entry = timeline.entry(index);
    let name = |at| timeline.speaker(at).name.clone();
    let speaker = entry.speaker.map(|at| {
        let who = timeline.speaker(at).clone();
        [Some(who.name), who.title, who.role, who.organization]
    });
    let within = |quoted: &Option<Quoted>| {
        let mut all = Vec::new();
        let mut next = quoted.as_ref();
        while let Some(inner) = next {
            all.push((name(inner.speaker), inner.text.clone()));
            next = inner.within.as_deref();
        }
        all
    };
    let quotes = entry
        .quotes
        .iter()
        .map(|quote| {
            let via = quote.via.iter().map(|at| name(*at)).collect();
            (quote.text.clone(), via, within(&quote.within))
        })
        .collect();
    let sources = entry.sources.iter().map(|at| {
        let source = timeline.source(*at);
        format!("{source:?}")
    });
    let sources = sources.collect();
    let mut links: Vec<_> = timeline
        .links_of(index)
        .iter()
        .map(|link| (timeline.id(link.to).to_owned(), link.reading()))
        .collect();
    links.sort();
    (entry.speaker, entry.quotes, entry.sources, entry.related) =
        (None, Vec::new(), Vec::new(), Vec::new());
    Plain { entry, speaker, quotes, sources, links }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Entries by id: those of the same date keep the order of their files, and that is another.
fn by_id(timeline: &Timeline) -> HashMap<String, Plain> {
    timeline.indexes().map(|at| (timeline.id(at).to_owned(), plain(timeline, at))).collect()
}

fn pairs<'t>(before: &'t Timeline, after: &'t Timeline) -> Vec<(Plain, Plain)> {
    let mut after = by_id(after);
    let before = by_id(before);
    before
        .into_iter()
        .map(|(id, entry)| {
            (entry, after.remove(id.trim()).unwrap_or_else(|| panic!("{id} is lost")))
        })
        .collect()
}

fn same_json(timeline: &Timeline, format: &str) {
    let (back, report) = there_and_back(timeline, format, Per::Entry);
    assert_eq!(report.left_out, 0);
    assert_eq!(report.format, if timeline.is_empty() { report.format } else { "dateline" });
    assert_eq!(report.unused, []);
    let quoted_only = report
        .lost
        .iter()
        .all(|lost| lost.what == "sources of a quote that the file does not describe");
    assert!(quoted_only, "{report}");
    for (before, after) in pairs(timeline, &back) {
        assert_eq!(before, after);
    }
}

#[test]
fn json_of_the_curated_dataset_comes_back_the_same() {
    same_json(&curated(), "json");
    same_json(&curated(), "jsonl");
}

/// What was exported before the document said its version.
#[test]
fn json_without_its_version_is_read_the_same() {
    let timeline = curated();
    let entries: Vec<EntryIndex> = timeline.indexes().collect();
    let options = ExportOptions::default();
    let request = Request { timeline: &timeline, entries: &entries, provenance: None, options };
    let bytes = (export::json::FORMAT.write)(&request).unwrap().bytes;
    let new = String::from_utf8(bytes).unwrap();
    let old = new.replacen("  \"format\": 1,\n", "", 1);
    assert_ne!(old, new);
    let read = |text: &str| to_text(text.as_bytes(), "a.json", &Options::default()).unwrap();
    let ((new, report), (old, _)) = (read(&new), read(&old));
    assert_eq!((new, report.unused), (old, vec![]));
}

fn same_csv(timeline: &Timeline) {
    let (back, report) = there_and_back(timeline, "csv", Per::Entry);
    assert_eq!((report.left_out, report.unused.len()), (0, 0), "{report}");
    for (before, after) in pairs(timeline, &back) {
        let capacity = |plain: &Plain| {
            let [name, title, role, organization] = plain.speaker.clone()?;
            Some([name, title, plain.entry.role.clone().or(role), organization])
        };
        let (a, b) = (&before.entry, &after.entry);
        // Line breaks of all kinds become one.
        let same = |one: &Option<String>, other: &Option<String>| {
            assert_eq!(one.as_ref().map(|text| text.replace("\r\n", "\n")), *other);
        };
        assert_eq!((a.kind, &a.date), (b.kind, &b.date));
        assert_eq!(a.headline.replace("\r\n", "\n"), b.headline);
        for (one, other) in [
            (&a.venue, &b.venue),
            (&a.text, &b.text),
            (&a.paraphrase, &b.paraphrase),
            (&a.basis, &b.basis),
            (&a.note, &b.note),
            (&a.place, &b.place),
        ] {
            same(one, other);
        }
        // Whoever shares a name with another is known by it alone in a table.
        let named = |plain: &Plain| plain.speaker.as_ref().and_then(|[name, ..]| name.clone());
        let name = named(&before).unwrap_or_default();
        let same = |other: &str| other.split_whitespace().eq(name.split_whitespace());
        if timeline.speakers().iter().filter(|other| same(&other.name)).count() > 1 {
            continue;
        }
        for (one, other) in
            capacity(&before).iter().flatten().zip(capacity(&after).iter().flatten())
        {
            // A name may lose the spaces around it.
            let trim = |text: &Option<String>| {
                text.as_deref().map(|text| text.replace("\r\n", "\n").trim().to_owned())
            };
            assert_eq!(trim(one), trim(other));
        }
        let words = |plain: &Plain| {
            plain
                .quotes
                .iter()
                .map(|(text, ..)| text.replace("\r\n", "\n"))
                .collect::<Vec<_>>()
                .join("\n\n")
        };
        assert_eq!(words(&before), words(&after));
    }
}

#[test]
fn csv_of_the_curated_dataset_comes_back_as_far_as_it_goes() {
    let timeline = curated();
    same_csv(&timeline);
    let (back, report) = there_and_back(&timeline, "csv", Per::Entry);
    for (before, after) in pairs(&timeline, &back) {
        assert_eq!((before.entry.tags, before.links), (after.entry.tags, after.links));
        // An address that could be any of several sources' stands for itself.
        assert!(before.sources.len() <= after.sources.len(), "{}", before.entry.id);
    }
    let lost: Vec<&str> = report.lost.iter().map(|lost| lost.what).collect();
    assert!(
        lost.contains(&"figures, which CSV has only in words; JSON has them, and CSV of figures")
    );
}

#[test]
fn csv_of_figures_comes_back_with_its_figures() {
    let timeline = curated();
    let (back, report) = there_and_back(&timeline, "csv", Per::Figure);
    assert_eq!(report.lost, []);
    let with_figures =
        timeline.indexes().map(|at| timeline.entry(at)).filter(|entry| !entry.figures.is_empty());
    let mut count = 0;
    for entry in with_figures {
        let again = back.entry(back.find(&entry.id).unwrap());
        assert_eq!((entry.figures, entry.date), (again.figures, again.date));
        count += 1;
    }
    assert_eq!(count, back.len());
}

#[test]
fn timelinejs_of_the_curated_dataset_comes_back_as_far_as_it_goes() {
    let timeline = curated();
    let (back, report) = there_and_back(&timeline, "timelinejs", Per::Entry);
    assert_eq!((report.left_out, &report.unused), (0, &vec![]));
    let lost: Vec<&str> = report.lost.iter().map(|lost| lost.what).collect();
    assert_eq!(
        lost,
        [
            "figures, which TimelineJS has only in words; JSON has them",
            "relations, which TimelineJS has only in words; JSON has them",
        ]
    );
    assert_eq!(back.title(), timeline.title());
    for (before, after) in pairs(&timeline, &back) {
        assert_eq!(before.entry.headline, after.entry.headline);
        assert_eq!(before.entry.date, after.entry.date, "{}", before.entry.id);
        assert_eq!(before.entry.kind, after.entry.kind);
        assert_eq!(before.entry.paraphrase, after.entry.paraphrase);
        assert_eq!(before.entry.text, after.entry.text);
        let name = |plain: &Plain| plain.speaker.clone().map(|[name, title, ..]| (name, title));
        assert_eq!(name(&before), name(&after));
        assert_eq!(before.quotes, after.quotes);
        let rest = |plain: &Plain| {
            let Entry { venue, basis, note, place, tags, .. } = plain.entry.clone();
            (venue, basis, note, place, tags)
        };
        assert_eq!(rest(&before), rest(&after));
        assert!(before.sources.len() <= after.sources.len());
    }
}

/// Events with these dates, exported and imported again.
#[test]
fn dates_come_back_from_timelinejs() {
    for date in [
        "2023-24",
        "198X",
        "1990-05/1991",
        "-0499",
        "-0043-03-15",
        "0000",
        "-0001/0002",
        "2023-05-01T16:00:00",
        "2023-05-01T09:00:00-04:00",
        "2023-05-01T22:30:00-04:00",
        "2023-05-01T12:30:15Z",
        "2023-05-01T09:00:00+05:45",
    ] {
        let event = format!("Event(id: \"a\", date: \"{date}\", headline: \"h\")");
        // Beside it one with another zone, so that both are written in UTC.
        let other = "Event(id: \"b\", date: \"2023-05-03T09:00:00+02:00\", headline: \"h\")";
        for events in [event.clone(), format!("{event}, {other}")] {
            let ron = format!("Dataset(format: 1, title: \"t\", entries: [{events}])");
            let (back, report) = there_and_back(&checked(&ron).timeline, "timelinejs", Per::Entry);
            let entry = back.entry(back.find("a").unwrap());
            assert_eq!((entry.date.text(), entry.note), (date, None), "{report}");
        }
    }
}

/// What this program wrote before it counted years as TimelineJS does, and quotes without their
/// chains.
#[test]
fn old_exports_to_timelinejs_are_read() {
    let slide = r#"{
  "title": {"unique_id": "title", "text": {"headline": "T", "text": "<p>1 entry, 1 source</p>"}},
  "events": [
    {
      "unique_id": "a",
      "start_date": {"year": -43, "month": 3, "day": 15},
      "display_date": "15 March 44 BCE",
      "group": "Jo",
      "text": {
        "headline": "h",
        "text": "<p>Dr Jo, keeper</p><p>He said. <i>(paraphrase)</i></p><blockquote>“One”</blockquote><blockquote>“Two”</blockquote><p><small><a href=\"https://x.org\">“T”, P</a></small></p>"
      }
    }
  ]
}"#;
    let (ron, report) =
        to_text(slide.as_bytes(), "old.timeline.json", &Options::default()).unwrap();
    assert_eq!((report.left_out, report.lost.len()), (0, 0), "{report}");
    let back = checked(&ron).timeline;
    let entry = back.entry(EntryIndex(0));
    assert_eq!(entry.date.text(), "-0043-03-15");
    assert_eq!(
        (entry.role.as_deref(), entry.paraphrase.as_deref()),
        (Some("keeper"), Some("He said."))
    );
    let words: Vec<&str> = entry.quotes.iter().map(|quote| quote.text.as_str()).collect();
    assert_eq!((words, entry.sources.len(), entry.note), (vec!["One", "Two"], 1, None));
}

/// It has no year nought: what it calls -1 is the year before 1.
#[test]
fn years_of_timelinejs_are_counted_without_a_nought() {
    for (start, edtf) in [
        (r#"{"year": "-500"}"#, "-0499"),
        (r#"{"year": -44, "month": 3, "day": 15}"#, "-0043-03-15"),
        (r#"{"year": "-1"}"#, "0000"),
        (r#"{"year": "0"}"#, "0000"),
        (r#"{"year": "1"}"#, "0001"),
        (r#"{"year": "-99999"}"#, "Y-99998"),
    ] {
        let events = format!(
            "{{\"events\": [\n{{\"start_date\": {start}, \"text\": {{\"headline\": \"h\"}}}}\n]}}"
        );
        let (ron, _) = to_text(events.as_bytes(), "a.timeline.json", &Options::default()).unwrap();
        let back = checked(&ron).timeline;
        assert_eq!(back.entry(EntryIndex(0)).date.text(), edtf, "{start}");
    }
    let table = "Year,Month,Day,Headline\n-44,3,15,h\n";
    let (ron, _) = to_text(table.as_bytes(), "a.csv", &Options::default()).unwrap();
    assert_eq!(checked(&ron).timeline.entry(EntryIndex(0)).date.text(), "-0043-03-15");
}

#[test]
fn calendars_of_the_curated_dataset_come_back_as_far_as_they_go() {
    let timeline = curated();
    let (back, report) = there_and_back(&timeline, "ics", Per::Entry);
    assert_eq!((report.left_out, &report.unused, &report.lost), (0, &vec![], &vec![]));
    assert_eq!(report.notes[0].what, "a calendar does not say who speaks; every entry is an event");
    assert_eq!(back.title(), timeline.title());
    for (before, after) in pairs(&timeline, &back) {
        assert_eq!(after.entry.kind, Kind::Event);
        assert!(after.entry.headline.ends_with(&before.entry.headline));
        assert_eq!((before.entry.date, before.entry.place), (after.entry.date, after.entry.place));
        assert_eq!(before.entry.tags, after.entry.tags);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn json_of_any_timeline_comes_back_the_same(timeline in any_single()) {
        for format in ["json", "jsonl"] {
            if !timeline.is_empty() {
                same_json(&timeline, format);
            }
        }
    }

    #[test]
    fn csv_of_any_timeline_comes_back_as_far_as_it_goes(timeline in any_single()) {
        same_csv(&timeline);
    }

    #[test]
    fn timelinejs_and_calendars_of_any_timeline_come_back(timeline in any_single()) {
        for format in ["timelinejs", "ics"] {
            if timeline.is_empty() {
                continue;
            }
            let (back, report) = there_and_back(&timeline, format, Per::Entry);
            prop_assert_eq!(report.left_out, 0, "{}", report);
            // What a terminal could not show is shown in both by its picture.
            let is_it = |was: &str, is: &str| match format {
                "ics" => is.ends_with(&*visible(&one_line(was))),
                _ => one_line(is) == one_line(&visible_lines(was)),
            };
            for index in back.indexes() {
                let headline = back.headline(index);
                let known = timeline.indexes().any(|at| is_it(timeline.headline(at), headline));
                prop_assert!(known, "{headline:?}");
            }
        }
    }
}
