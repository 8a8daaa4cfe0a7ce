//! What the receivers make of dates, names and addresses, value by value.

use scraper::{Html, Selector};
use serde_json::{Value, json};

use super::{calendar, everything, export, text_of};
use crate::dataset::{self, Input};
use crate::export::{bibtex, citation, csl, html, ics, markdown, timelinejs};
use crate::model::{EntryIndex, Timeline};

fn read(ron: &str) -> Timeline {
    let reading = dataset::read(&[Input::new("record.ron", ron)]);
    assert!(!reading.has_errors(), "{:?}", reading.problems);
    reading.timeline
}

/// A dataset of events with these dates.
fn dated(dates: &[&str]) -> Timeline {
    let events = dates.iter().enumerate().map(|(number, date)| {
        format!("Event(id: \"e{number}\", date: \"{date}\", headline: \"h\"),")
    });
    read(&format!("Dataset(format: 1, title: \"t\", entries: [{}])", events.collect::<String>()))
}

/// A dataset of one event whose sources are these.
fn citing(sources: &[(&str, &str)]) -> Timeline {
    let ids: Vec<String> = sources.iter().map(|(id, _)| format!("\"{id}\"")).collect();
    let sources: String =
        sources.iter().map(|(id, fields)| format!("\"{id}\": Source({fields}),")).collect();
    let ids = ids.join(", ");
    read(&format!(
        "Dataset(format: 1, title: \"t\", sources: {{{sources}}}, entries: [\
         Event(id: \"e\", date: \"2023\", headline: \"h\", sources: [{ids}])])"
    ))
}

fn slides(timeline: &Timeline) -> Value {
    let output = export(&timelinejs::FORMAT, timeline, &everything(timeline));
    serde_json::from_slice(&output.bytes).unwrap()
}

#[test]
fn timelinejs_has_dates_as_it_counts_them() {
    for (date, start, end) in [
        ("2023-05-01", json!({"year": 2023, "month": 5, "day": 1}), Value::Null),
        ("2023-05", json!({"year": 2023, "month": 5}), Value::Null),
        ("2023", json!({"year": 2023}), Value::Null),
        ("2023-24", json!({"year": 2023, "month": 12}), json!({"year": 2024, "month": 2})),
        ("2023-21", json!({"year": 2023, "month": 3}), json!({"year": 2023, "month": 5})),
        ("2023-34", json!({"year": 2023, "month": 4}), json!({"year": 2023, "month": 6})),
        ("198X", json!({"year": 1980}), json!({"year": 1989})),
        ("1990-05/1991", json!({"year": 1990, "month": 5}), json!({"year": 1991})),
        ("2022-12/..", json!({"year": 2022, "month": 12}), Value::Null),
        ("-0499", json!({"year": -500}), Value::Null),
        ("-0043-03-15", json!({"year": -44, "month": 3, "day": 15}), Value::Null),
        ("0000", json!({"year": -1}), Value::Null),
        ("-0001/0002", json!({"year": -2}), json!({"year": 2})),
        (
            "2023-05-01T16:00:00",
            json!({"year": 2023, "month": 5, "day": 1, "hour": 16, "minute": 0}),
            Value::Null,
        ),
        (
            "2023-05-01T09:05:30-04:00",
            json!({"year": 2023, "month": 5, "day": 1, "hour": 9, "minute": 5, "second": 30}),
            Value::Null,
        ),
    ] {
        let slides = slides(&dated(&[date]));
        let slide = &slides["events"][0];
        assert_eq!((&slide["start_date"], &slide["end_date"]), (&start, &end), "{date}");
        assert_eq!(slides["scale"], Value::Null);
    }
}

#[test]
fn timelinejs_has_times_of_several_zones_in_the_order_of_the_timeline() {
    let dates = [
        "2023-05-01T14:00:00+03:00",
        "2023-05-01T09:00:00-04:00",
        "2023-05-02T00:30:00+03:00",
        "2023-05-01T18:30:00-04:00",
        "2023-05-01T12:00:00",
    ];
    let slides = slides(&dated(&dates));
    let mut hours: Vec<(i64, i64)> = Vec::new();
    for slide in slides["events"].as_array().unwrap() {
        let part = |part: &str| slide["start_date"][part].as_i64().unwrap();
        hours.push((part("day"), part("hour")));
    }
    hours.sort_unstable();
    assert_eq!(hours, [(1, 11), (1, 12), (1, 13), (1, 21), (1, 22)]);
}

#[test]
fn timelinejs_is_told_of_years_that_have_no_months() {
    let timeline = dated(&["2023-05-01", "Y-66000000", "XXXX", "Y170000002"]);
    let output = export(&timelinejs::FORMAT, &timeline, &everything(&timeline));
    assert_eq!(
        output.notes,
        [
            "1 entry has no date that TimelineJS can hold",
            "TimelineJS places entries by their year alone where one is before 271820 BCE or after \
             275759",
        ]
    );
    let document: Value = serde_json::from_slice(&output.bytes).unwrap();
    assert_eq!(document["scale"], "cosmological");
    let text = document["title"]["text"]["text"].as_str().unwrap();
    assert_eq!(text, "<p>3 entries, 0 sources</p>");
}

#[test]
fn a_slide_says_all_that_the_record_says() {
    let timeline = read(
        r#"Dataset(format: 1, title: "t", speakers: {
            "a": Speaker(name: "Ann <A> & B", title: "Dr", role: "Keeper"), "b": Speaker(name: "Bob"),
            "c": Speaker(name: "Cy"), "d": Speaker(name: "Dee"),
        }, sources: {"s": Source(title: "T", publisher: "P", url: "https://x.org/?a&b"), "u": Source(title: "U")},
        entries: [
            Statement(id: "q", date: "2023-01-01", headline: "h", speaker: "a", venue: "the hall",
                paraphrase: "Para one.\n\nPara two.",
                quotes: [
                    Quote(text: "First.\n\nSecond.\nA line.", via: ["c", "d"],
                        within: Quoted(speaker: "b", text: "Second.", within: Quoted(speaker: "c", text: "Sec"))),
                    Quote(text: "Alone", sources: ["u"]),
                ],
                figures: [Figure(value: 100, bound: About, measure: "deaths", of: "men", place: "there",
                    period: "2022-02", part_of: "losses"), Figure(value: 300, measure: "losses")],
                basis: "his estimate, at https://t.me/a_b_c", note: "Note one.\n\nNote two.", place: "Here",
                tags: ["x", "y"], sources: ["s"], related: [Related(to: "r", how: Disputes)]),
            Event(id: "r", date: "2023-01-02", headline: "Other", text: "Text one.\n\nText two."),
        ])"#,
    );
    let slides = slides(&timeline);
    let text = |at: usize| slides["events"][at]["text"]["text"].as_str().unwrap().to_owned();
    let page = Html::parse_fragment(&text(0));
    let all = |selector: &str| -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        page.select(&selector).map(|found| found.text().collect()).collect()
    };
    assert_eq!(
        all("p"),
        [
            "Dr Ann <A> & B, Keeperat the hall",
            "Para one. (paraphrase)",
            "Para two. (paraphrase)",
            "“First.",
            "Second.\nA line.”",
            "verbatim · Ann <A> & B → Cy → Dee → P",
            "“Second.”",
            "words ascribed to Bob",
            "“Sec”",
            "words ascribed to Cy",
            "“Alone”",
            "verbatim · Ann <A> & B → U",
            "Claimed: about 100 deaths (of the losses), men, there, February 2022",
            "Claimed: 300 losses",
            "Rests on: his estimate, at https://t.me/a_b_c",
            "Disputes: Other",
            "Place: Here",
            "Tags: x, y",
            "Sources: “T”, P; “U”",
            "Curator: Note one.",
            "Note two.",
        ]
    );
    assert_eq!(all("blockquote blockquote p:first-child"), ["“Second.”", "“Sec”"]);
    assert_eq!(all("a"), ["https://t.me/a_b_c", "“T”, P"]);
    let other = text(1);
    assert!(other.starts_with("<p>Text one.</p><p>Text two.</p>"), "{other}");
    assert!(other.contains("Disputed by: "), "{other}");
    // What is left when mark-up is taken out is read as mark-up.
    let group = slides["events"][0]["group"].as_str().unwrap();
    let once: String = Html::parse_fragment(group).root_element().text().collect();
    let twice: String = Html::parse_fragment(&once).root_element().text().collect();
    assert_eq!(twice, "Ann <A> & B");
}

#[test]
fn bibliographies_count_years_without_a_nought() {
    for (published, issued) in [
        ("2023-05-01", json!({"date-parts": [[2023, 5, 1]]})),
        ("2023", json!({"date-parts": [[2023]]})),
        ("2022-12/2023-02", json!({"date-parts": [[2022, 12], [2023, 2]]})),
        ("-0043-03-15", json!({"date-parts": [[-44, 3, 15]]})),
        ("-0043~", json!({"date-parts": [[-44]], "circa": true})),
        ("0000", json!({"date-parts": [[-1]]})),
        ("0001", json!({"date-parts": [[1]]})),
        ("2023-21", json!({"date-parts": [[2023]], "season": 1})),
        ("2023-24?", json!({"date-parts": [[2023]], "season": 4, "circa": true})),
        ("2023-30", json!({"date-parts": [[2023]], "season": 2})),
        ("-0043-22", json!({"date-parts": [[-44]], "season": 2})),
        ("2023-34", json!({"literal": "the second quarter of 2023"})),
        ("2022-12/..", json!({"literal": "since December 2022"})),
    ] {
        let timeline = citing(&[("s", &format!("title: \"t\", published: \"{published}\""))]);
        let items = export(&csl::FORMAT, &timeline, &everything(&timeline)).bytes;
        let items: Value = serde_json::from_slice(&items).unwrap();
        assert_eq!(items[0]["issued"], issued, "{published}");
    }
}

/// Sources whose ids differ in case alone.
fn of_two_cases() -> Timeline {
    citing(&[
        ("AP", "title: \"x\", publisher: \"Food and Agriculture Organization, and World Bank\""),
        ("ap", "title: \"y\", author: \"A and B\""),
        ("Ap", "title: \"z\""),
    ])
}

#[test]
fn names_differ_in_more_than_case() {
    let timeline = of_two_cases();
    let bib = text_of(export(&bibtex::FORMAT, &timeline, &everything(&timeline)));
    let read = biblatex::Bibliography::parse(&bib).unwrap();
    let keys: Vec<&str> = read.keys().collect();
    assert_eq!(keys, ["AP", "ap-2", "Ap-3"]);
    let markdown = text_of(export(&markdown::FORMAT, &timeline, &everything(&timeline)));
    for label in ["[^AP]: ", "[^ap-2]: ", "[^Ap-3]: "] {
        assert!(markdown.contains(label), "{label} is not in\n{markdown}");
    }
}

/// A list of names is parted at "and" and commas, and one in braces is one name.
#[test]
fn bibtex_keeps_publishers_and_authors_whole() {
    let timeline = of_two_cases();
    let bib = text_of(export(&bibtex::FORMAT, &timeline, &everything(&timeline)));
    for whole in
        ["journal = {{Food and Agriculture Organization, and World Bank}}", "author = {{A and B}}"]
    {
        assert!(bib.contains(whole), "{whole} is not in\n{bib}");
    }
}

#[test]
fn a_source_without_a_title_reads_well_everywhere() {
    let timeline = citing(&[
        ("untitled", "publisher: \"t.me\", kind: Post, published: \"2023-05-02\""),
        ("bare", "kind: Webpage, url: \"https://www.example.org/a_b\""),
        ("nothing", "kind: Broadcast"),
    ]);
    let entries = everything(&timeline);
    assert_eq!(
        citation::citation(&timeline, entries[0]),
        "2023: h (t.me, 2 May 2023; Web page at www.example.org, https://www.example.org/a_b; \
         Broadcast ‘nothing’)"
    );
    let items = export(&csl::FORMAT, &timeline, &entries).bytes;
    let items: Value = serde_json::from_slice(&items).unwrap();
    let titles = ["[Post]", "[Web page]", "[Broadcast]"];
    for (item, title) in items.as_array().unwrap().iter().zip(titles) {
        assert_eq!(item["title"], title);
    }
    let bib = text_of(export(&bibtex::FORMAT, &timeline, &entries));
    for title in titles {
        assert!(bib.contains(&format!("title = {{{{{title}}}}}")), "{bib}");
    }
    let page = text_of(export(&html::FORMAT, &timeline, &entries));
    assert!(page.contains("Web page at www.example.org"), "{page}");
}

#[test]
fn addresses_in_markdown_are_one_and_whole() {
    let urls = [
        ("ru", "https://ru.example/wiki/Битва_за_город"),
        ("paren", "https://en.example/wiki/Foo_(bar)"),
        ("us", "https://t.me/some_channel_x/123"),
        ("pipe", "https://example.org/?a=1|2"),
    ];
    let fields: Vec<(&str, String)> =
        urls.iter().map(|(id, url)| (*id, format!("title: \"t\", url: \"{url}\""))).collect();
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(id, fields)| (*id, fields.as_str())).collect();
    let timeline = citing(&fields);
    let out = text_of(export(&markdown::FORMAT, &timeline, &everything(&timeline)));
    for (_, url) in urls {
        assert!(out.contains(&format!("<{url}>")), "{url} is not in\n{out}");
    }
}

/// A property of every event, in the order of the timeline.
fn of_events(timeline: &Timeline, entries: &[EntryIndex], name: &str) -> Vec<Option<String>> {
    let calendar = calendar(&export(&ics::FORMAT, timeline, entries).bytes);
    let value = |event: &ical::parser::ical::component::IcalEvent| {
        let found = event.properties.iter().find(|property| property.name == name);
        found.and_then(|property| property.value.clone())
    };
    calendar.events.iter().map(value).collect()
}

#[test]
fn calendars_have_times_and_zones() {
    for (date, start, end) in [
        ("2023-05-01T09:00:00-04:00", "20230501T130000Z", None),
        ("2023-05-01T22:30:00-04:00", "20230502T023000Z", None),
        ("2023-05-01T12:30:15Z", "20230501T123015Z", None),
        ("2023-05-01T16:05:00", "20230501T160500", None),
        ("2023-05-01", "20230501", Some("20230502")),
        ("2023-24", "20231201", Some("20240301")),
        ("2022-12/..", "20221201", None),
    ] {
        let timeline = dated(&[date]);
        let entries = everything(&timeline);
        let of = |name: &str| of_events(&timeline, &entries, name).remove(0);
        assert_eq!(
            (of("DTSTART").as_deref(), of("DTEND").as_deref()),
            (Some(start), end),
            "{date}"
        );
        assert_eq!(of("X-DATELINE-EDTF").as_deref(), Some(date));
    }
}

#[test]
fn events_are_known_wherever_they_are_and_never_taken_for_others() {
    let ron = |note: &str| {
        format!(
            "Dataset(format: 1, title: \"Same\", entries: [\
             Event(id: \"é\", date: \"2023\", headline: \"h\", note: \"{note}\"), \
             Event(id: \"e\", date: \"2023\", headline: \"h\")])"
        )
    };
    let read = |files: &[(&str, &str)]| {
        let inputs: Vec<Input> =
            files.iter().map(|(name, note)| Input::new(*name, ron(note))).collect();
        dataset::read(&inputs).timeline
    };
    let uids = |timeline: &Timeline, entries: &[EntryIndex]| of_events(timeline, entries, "UID");
    let (one, other) = (read(&[("a.ron", "x")]), read(&[("b.ron", "x")]));
    let both = read(&[("a.ron", "x"), ("b.ron", "x")]);
    let mut apart = uids(&one, &everything(&one));
    apart.extend(uids(&other, &everything(&other)));
    let together = uids(&both, &everything(&both));
    let distinct: std::collections::HashSet<_> = together.iter().collect();
    assert_eq!(distinct.len(), 4, "{together:?}");
    assert_eq!(distinct, apart.iter().collect());
    // Alone, edited, and opened from elsewhere, it is the same.
    for index in one.indexes() {
        let moved = read(&[("folder/a.ron", "y")]);
        let same = moved.find(one.id(index)).unwrap();
        assert_eq!(uids(&one, &[index]), uids(&moved, &[same]));
    }
}

#[test]
fn tables_on_a_page_scroll_in_a_box_of_their_own() {
    let timeline = read(
        r#"Dataset(format: 1, title: "t", entries: [Event(id: "a", date: "2023", headline: "h",
            figures: [Figure(value: 1, measure: "m")])])"#,
    );
    let page = text_of(export(&html::FORMAT, &timeline, &everything(&timeline)));
    let page = Html::parse_document(&page);
    let boxes = Selector::parse("div.wide[tabindex='0'][role][aria-label] > table").unwrap();
    assert_eq!(page.select(&boxes).count(), 1);
}
