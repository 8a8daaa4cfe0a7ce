//! Whatever a file holds, an import ends in a dataset without errors or in a refusal.

use proptest::collection::vec;
use proptest::prelude::*;

use super::checked;
use crate::import::{Options, by_name, formats, to_text};
use crate::model::arbitrary::any_text;

fn holds(format: &str, bytes: &[u8]) {
    for undated in [false, true] {
        let options =
            Options { from: Some(by_name(format).unwrap()), undated, ..Options::default() };
        if let Ok((ron, report)) = to_text(bytes, "any", &options) {
            let reading = checked(&ron);
            assert_eq!(reading.timeline.len() as u64, report.entries, "{format}\n{ron}");
            // A review makes two entries of a row; the figures of an entry, one of several.
            if !matches!(format, "claimreview" | "dateline") {
                assert_eq!(report.rows, report.entries + report.left_out, "{format} {report}");
            }
        }
    }
}

/// JSON of any shape, of keys that mean something.
fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        any_text().prop_map(serde_json::Value::from),
        any::<i64>().prop_map(serde_json::Value::from),
        Just(serde_json::Value::Null),
        Just(serde_json::Value::from("2022-11-09")),
        Just(serde_json::Value::from("ClaimReview")),
        Just(serde_json::Value::from("https://example.org/x")),
    ];
    let key = prop::sample::select(vec![
        "date",
        "end",
        "headline",
        "text",
        "speaker",
        "name",
        "quote",
        "quotes",
        "entries",
        "events",
        "@graph",
        "@type",
        "claimReviewed",
        "itemReviewed",
        "author",
        "start_date",
        "year",
        "month",
        "unique_id",
        "group",
        "id",
        "edtf",
        "sources",
        "url",
        "figures",
        "measure",
        "bound",
        "value",
        "related",
        "to",
        "how",
        "title",
        "quotation",
        "probas",
        "qids",
        "urls",
        "message",
        "datetime",
        "timestamp",
        "timestamp_desc",
        "tags",
        "published",
        "media",
        "display_date",
    ]);
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
            vec((key.clone(), inner), 0..8).prop_map(|fields| {
                fields
                    .into_iter()
                    .map(|(key, value)| (key.to_owned(), value))
                    .collect::<serde_json::Map<_, _>>()
                    .into()
            }),
        ]
    })
}

fn any_cell() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => any_text(),
        2 => prop::sample::select(vec!["2022", "2022-11-09", "9 Nov 2022", "early 1850s", "11/9/2022", "soon"]).prop_map(str::to_owned),
        1 => Just(String::new()),
        1 => Just("https://example.org/a".to_owned()),
        1 => Just("Ann Lee".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn random_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..300)) {
        for format in formats() {
            holds(format.name, &bytes);
        }
    }

    #[test]
    fn random_lines_are_read_or_refused(
        lines in vec(prop_oneof![
            any_text(),
            "(BEGIN|END):(VCALENDAR|VEVENT|VTODO|VALARM)",
            "(DTSTART|DTEND|SUMMARY|CATEGORIES|DURATION|RRULE|UID)[;:][0-9TZP,a-c\\\\;=:]{0,20}",
            "[0-9]{4}( - [0-9]{4})?: [a-c #]{0,12}",
            "(#|##|section|group|endSection|---|title:)[ a-c:]{0,6}",
            "[{\\[]?\"?[a-c,;\t]{0,10}[\\]}]?",
        ], 0..14),
        head in prop::sample::select(vec!["", "date,headline,speaker,quote,sources,url\n", "Year,Month,Day,Headline\n", "BEGIN:VCALENDAR\nBEGIN:VEVENT\n"]),
    ) {
        let text = format!("{head}{}", lines.join("\n"));
        for format in formats() {
            holds(format.name, text.as_bytes());
        }
    }

    #[test]
    fn tables_of_anything_become_datasets(
        head in vec(prop::sample::select(vec![
            "id", "date", "end", "headline", "speaker", "role", "organization", "speaker_title", "quote",
            "via", "paraphrase", "text", "note", "place", "tags", "source", "url", "publisher", "published",
            "basis", "venue", "author", "value", "measure", "kind", "message", "datetime",
            "timestamp_desc", "year", "month", "other",
        ]), 1..10),
        rows in vec(vec(any_cell(), 0..11), 0..8),
    ) {
        let mut table = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        table.write_record(&head).unwrap();
        for row in &rows {
            table.write_record(row).unwrap();
        }
        let bytes = table.into_inner().unwrap();
        for format in ["csv", "dateline", "timelinejs", "timesketch"] {
            holds(format, &bytes);
        }
    }

    #[test]
    fn json_of_any_shape_becomes_a_dataset(value in any_json(), lines in vec(any_json(), 0..4)) {
        let document = serde_json::to_vec_pretty(&value).unwrap();
        let lines: Vec<String> = lines.iter().map(|line| line.to_string()).collect();
        for format in ["json", "jsonl", "dateline", "timelinejs", "claimreview", "quotebank", "timesketch"] {
            holds(format, &document);
            holds(format, lines.join("\n").as_bytes());
        }
    }
}
