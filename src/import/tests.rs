//! What must hold of every import. Dates have a table of their own.

mod dates;
mod golden;
mod hostile;
mod round_trip;

use super::*;
use crate::dataset::{self, Reading};
use crate::model::Timeline;

/// Imports a text; what comes of it is a dataset without errors.
fn import_text(name: &str, text: &str, options: &Options) -> (Timeline, Report) {
    let (ron, report) = to_text(text.as_bytes(), name, options).unwrap();
    (checked(&ron).timeline, report)
}

fn checked(ron: &str) -> Reading {
    let input = dataset::Input::new("imported.ron", ron);
    let reading = dataset::read(std::slice::from_ref(&input));
    assert!(!reading.has_errors(), "{}\n{ron}", dataset::render(&reading.problems, &[input]));
    reading
}

fn failure(name: &str, text: &str, options: &Options) -> String {
    to_text(text.as_bytes(), name, options).unwrap_err().to_string()
}

#[test]
fn formats_are_known_by_how_they_begin_and_by_name() {
    for (name, head, format) in [
        ("a.csv", "date,who\n", "csv"),
        ("a.csv", "id,kind,date,date_reading,earliest\n", "dateline"),
        ("a.csv", "Year,Month,Day,Headline\n", "timelinejs"),
        ("a.csv", "message;datetime;timestamp_desc\n", "timesketch"),
        ("a.tsv", "date\twho\n", "tsv"),
        ("a.json", "{\"events\": [{\"start_date\": {", "timelinejs"),
        ("a.json", "[{\"@type\": \"ClaimReview\"", "claimreview"),
        ("a.json", "{\"a\": 1}\n{\"a\": 2}\n", "jsonl"),
        ("a", "[1]", "json"),
        ("a.json", "{\"quoteID\":\"1\",\"quotation\":\"x\"}", "quotebank"),
        ("a.ics", "BEGIN:VCALENDAR\n", "ics"),
        ("a", "begin:vcalendar\n", "ics"),
        ("a.mw", "2022: a", "markwhen"),
        ("A.CSV", "", "csv"),
    ] {
        assert_eq!(detect(name, head).map(|format| format.name), Some(format), "{name} {head}");
    }
    assert!(detect("a.png", "\u{0}PNG").is_none());
    for format in formats() {
        assert_eq!(by_name(format.name).unwrap().name, format.name);
    }
    assert_eq!(
        by_name("cvs").unwrap_err().to_string(),
        "no format is called `cvs`; did you mean `csv`?"
    );
}

#[test]
fn columns_are_mapped_by_the_user() {
    let mut options = Options::default();
    for pair in ["speaker=Von", "quote=O-Ton", "date=Tag"] {
        options.map.add(pair).unwrap();
    }
    let (timeline, report) =
        import_text("a.csv", "Tag;Von;O-Ton;Rest\n9. November 2022;Ann Lee;„Ja.“;x\n", &options);
    let entry = timeline.entry(timeline.indexes().next().unwrap());
    assert_eq!(entry.date.text(), "2022-11-09");
    assert_eq!(entry.quotes[0].text, "Ja.");
    assert_eq!(timeline.speaker(entry.speaker.unwrap()).name, "Ann Lee");
    assert_eq!(report.unused, [Unused { column: "Rest".into(), values: 1 }]);
    let nested = r#"[{"when": "2022", "by": {"name": {"full": "Ann"}}, "what": "x"}]"#;
    let mut options = Options::default();
    options.map.add("speaker=by.name.full").unwrap();
    options.map.add("headline=what").unwrap();
    let (timeline, report) = import_text("a.json", nested, &options);
    assert_eq!(timeline.speakers()[0].name, "Ann");
    assert!(report.is_complete());
}

#[test]
fn names_are_of_speakers_only_where_something_is_said() {
    for (text, speaker, headline) in [
        ("date,name,quote\n2022,Ann Lee,Yes.\n", Some("Ann Lee"), "Yes"),
        ("date,name,description\n2022,The battle,It began.\n", None, "The battle"),
        ("year,name\n2022,The battle\n", None, "The battle"),
    ] {
        let (timeline, _) = import_text("a.csv", text, &Options::default());
        let entry = timeline.entry(timeline.indexes().next().unwrap());
        let name = entry.speaker.map(|at| timeline.speaker(at).name.as_str());
        assert_eq!((name, entry.headline.as_str()), (speaker, headline), "{text}");
    }
    let json = r#"[{"date": "2022", "name": "The battle"}, {"date": "2022", "name": "Ann", "quote": "x"}]"#;
    let (timeline, _) = import_text("a.json", json, &Options::default());
    assert_eq!(timeline.speakers().len(), 1);
}

#[test]
fn times_may_stand_in_a_column_of_their_own() {
    let text = "date,time,title\n9 Nov 2022,10:30,a\n2022-11-09,,b\n2022-11,noon,c\n";
    let (timeline, report) = import_text("a.csv", text, &Options::default());
    let dates: Vec<String> =
        timeline.indexes().map(|at| timeline.date(at).text().to_owned()).collect();
    assert_eq!(dates, ["2022-11", "2022-11-09", "2022-11-09T10:30:00"]);
    assert_eq!(report.lost[0].what, "times of day that cannot be read");
}

#[test]
fn relations_lead_to_entries_or_are_told() {
    let entry = |id: &str, to: &str| {
        format!(
            r#"{{"id": "{id}", "kind": "event", "date": {{"edtf": "2022"}}, "headline": "x",
            "paraphrase": null, "related": [{{"to": "{to}", "how": "PartOf", "back": false}}]}}"#
        )
    };
    let text = format!("[{}, {}, {}]", entry("a", "b"), entry("b", "nowhere"), entry("a", "a"));
    let (timeline, report) = import_text("a.json", &text, &Options::default());
    let ids: Vec<&str> = timeline.indexes().map(|at| timeline.id(at)).collect();
    assert_eq!(ids, ["a", "b", "a-2"]);
    assert_eq!(report.lost[0].what, "relations to entries that are not there");
    let strict = Options { strict: true, ..Options::default() };
    assert_eq!(
        failure("a.json", &text, &strict),
        "line 0: relations to entries that are not there"
    );
}

#[test]
fn what_cannot_be_meant_is_told() {
    let mut mapped = Options::default();
    mapped.map.add("date=Datun").unwrap();
    let strict = Options { strict: true, ..Options::default() };
    for (name, text, options, message) in [
        (
            "a.csv",
            "Datum,Titel\n2022,x\n",
            &mapped,
            "no column is called `Datun`; did you mean `Datum`?",
        ),
        (
            "a.csv",
            "Foo,Titel\n2022,x\n",
            &Options::default(),
            "no column is known as a date among `Foo`, `Titel`; name it with `--map date=…`, or \
             keep all entries undated with `--undated`",
        ),
        (
            "a.json",
            "[{\"foo\": 1, \"title\": \"x\"}]",
            &Options::default(),
            "no column is known as a date among `foo`, `title`; name it with `--map date=…`, or \
             keep all entries undated with `--undated`",
        ),
        (
            "a.csv",
            "date,title\n2022,x\nsoon,y\n",
            &strict,
            "line 3: left out: `soon` cannot be read as a date",
        ),
        (
            "a.csv",
            "date,title,foo\n2022,x,\n2022,x,y\n",
            &strict,
            "line 3: the column `foo` is not used",
        ),
        ("a.json", "[{\"date\": 1,\n}]", &Options::default(), "line 2: not JSON: trailing comma"),
        (
            "a.ics",
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\n",
            &Options::default(),
            "line 2: not iCalendar: it ends within VCALENDAR within VEVENT",
        ),
        (
            "a.bin",
            "\u{1}\u{2}",
            &Options::default(),
            "this is none of dateline, timelinejs, claimreview, quotebank, timesketch, ics, \
             markwhen, jsonl, json, tsv, csv; `--from` names the format",
        ),
    ] {
        assert_eq!(failure(name, text, options), message, "{text}");
    }
}

#[test]
fn rows_keep_their_lines() {
    let text = "\u{feff}date,title,text\r\n\r\nsoon,a,\"two\r\nlines\"\r\n2022,b,c\r\n,,\r\nlater,d,\r\nmuch later,e,";
    let (_, report) = import_text("a.csv", text, &Options::default());
    let lines: Vec<u64> = report.why.iter().map(|left| left.line).collect();
    assert_eq!(lines, [3, 7, 8]);
    assert_eq!((report.rows, report.entries, report.left_out), (4, 1, 3));
    let text = "sep=;\ndate;title\nsoon;a\n";
    let (_, report) = import_text("a.csv", text, &Options::default());
    assert_eq!(report.why[0].line, 3);
    let text = "{\"title\": \"T\",\n\"items\": [\n{\"date\": \"soon\",\n\"title\": \"a\"},\n\n{\"date\": \"soon\", \"title\": \"b\"}, {\"date\": \"2022\", \"title\": \"c\"}]}";
    let (timeline, report) = import_text("a.json", text, &Options::default());
    let lines: Vec<u64> = report.why.iter().map(|left| left.line).collect();
    assert_eq!(lines, [3, 6]);
    assert_eq!(timeline.title(), "T");
}

#[test]
fn a_quotation_mark_that_never_closes_is_told() {
    let rows =
        |quoted: &str| format!("date,who,quote\n2022,Ann,Yes.\n{quoted}2022,Bo,No.\n2022,Cy,So.\n");
    let options = Options::default();
    let (timeline, report) = import_text("a.csv", &rows("\n2022,Dee,\"Well,\n"), &options);
    assert_eq!(timeline.len(), 1);
    assert_eq!((report.rows, report.entries, report.left_out), (2, 1, 1));
    let why = "a quotation mark opens on it and never closes; all that follows is within it";
    assert_eq!(report.why, [LeftOut { line: 4, reason: why.into() }]);
    let strict = Options { strict: true, ..Options::default() };
    let refused = failure("a.csv", &rows("2022,Dee,\"Well,\n"), &strict);
    assert_eq!(refused, format!("line 3: left out: {why}"));
    // The one in the head, and those that do close or open nothing.
    let head = failure("a.csv", "date,\"who\n2022,Ann\n", &options);
    assert_eq!(head, format!("line 1: not CSV: {why}"));
    for quoted in ["2022,Dee,\"Well \"\"so\"\"\"\n", "2022,Dee,5\" of it\n", "2022,Dee,\"a\nb\"\n"]
    {
        let (timeline, report) = import_text("a.csv", &rows(quoted), &options);
        assert_eq!((timeline.len(), report.left_out), (4, 0), "{quoted}");
    }
    let (_, report) = import_text("a.csv", "date,who,quote\n2022,Ann,\"Yes.\"", &options);
    assert!(report.is_complete());
}

#[test]
fn undated_rows_are_kept_on_request() {
    let options = Options { undated: true, ..Options::default() };
    let (timeline, report) = import_text("a.csv", "date,title\nsoon,a\n,b\n", &options);
    let entries: Vec<_> = timeline.indexes().map(|index| timeline.entry(index)).collect();
    assert!(entries.iter().all(|entry| entry.date.is_undated()));
    assert_eq!(entries[0].note.as_deref(), Some("Date as written: “soon”."));
    assert_eq!(report.left_out, 0);
}

/// The documentation lists what there is.
#[test]
fn the_documentation_is_of_this_version() {
    let manual = include_str!("../../docs/import.md");
    for format in formats() {
        assert!(manual.contains(&format!("| `{}` |", format.name)), "{}", format.name);
    }
    for (_, name, _) in FIELDS {
        assert!(manual.contains(&format!("`{name}`")), "{name}");
    }
}
