//! What stands before a dataset, and strings with something wrong in them.

use super::*;

/// Code, line and column of each problem, with its message.
fn problems(text: &str) -> Vec<(&'static str, String, String)> {
    let inputs = [Input::new("test.ron", text)];
    let of = |problem: Problem| {
        let place = location(&problem, &inputs);
        let place = place.trim_start_matches("test.ron:").to_owned();
        (problem.flaw.code.word(), place, problem.flaw.message)
    };
    read(&inputs).problems.into_iter().map(of).collect()
}

fn places(text: &str) -> Vec<(&'static str, String)> {
    problems(text).into_iter().map(|(code, place, _)| (code, place)).collect()
}

#[test]
fn attributes_of_ron_may_stand_at_the_head() {
    for head in [
        "#![enable(implicit_some)]\n",
        "#![enable(implicit_some, unwrap_newtypes,)]",
        "\u{feff}// of a project\n#![enable(unwrap_variant_newtypes)]\n# ! [ enable ( explicit_struct_names ) ]\n",
        "/* c */ #![type = \"timeline::Dataset\"] #![schema = r\"a.ron\"]\n",
        "#![enable()]",
    ] {
        let text = format!("{head}{}", SOUND.trim_start());
        assert_eq!(problems(&text), [], "{head}");
        assert_eq!(reading(&text).timeline.len(), 2, "{head}");
        // It can be changed in place as well.
        assert!(crate::dataset::places::dataset(&text).is_some(), "{head}");
    }
}

#[test]
fn what_is_wrong_at_the_head_is_told_where_it_stands() {
    for (head, expected) in [
        ("#![enable(implict_some)]\n", ("unknown-word", "1:11", "no extension `implict_some`")),
        ("\n  #![enable(implicit_some, x)]\n", ("unknown-word", "2:28", "no extension `x`")),
        ("#![enabel(implicit_some)]\n", ("unknown-word", "1:4", "no attribute `enabel`")),
        ("#![allow(x)] #![doc = \"x\"]\n", ("unknown-word", "1:4", "no attribute `allow`")),
        ("#[enable(implicit_some)]\n", ("syntax", "1:2", "expected `!`")),
        ("#![enable(implicit_some]\n", ("syntax", "1:24", "expected `,` or `)`")),
        ("#![enable(\"implicit_some\")]\n", ("syntax", "1:11", "the name of an extension")),
        ("#![type: \"x\"]\n", ("syntax", "1:8", "expected `=`")),
    ] {
        let found = problems(&format!("{head}{SOUND}"));
        let (code, place, message) = found.first().unwrap();
        assert_eq!((*code, place.as_str()), (expected.0, expected.1), "{head}: {found:?}");
        assert!(message.contains(expected.2), "{head}: {message}");
        assert!(found.iter().all(|(code, ..)| *code == found[0].0), "{head}: {found:?}");
    }
    // What comes after it is read all the same.
    for head in ["#![enable(x)]\n", "#![enable(implicit_some]\n", "#[enable(implicit_some)]\n"] {
        let text = format!("{head}{}", SOUND.replace("2022-11\"", "2022-13\""));
        let codes: Vec<&str> = problems(&text).iter().map(|(code, ..)| *code).collect();
        assert_eq!(codes.len(), 2, "{codes:?}");
        assert_eq!(codes[1], "bad-date");
        assert_eq!(reading(&text).timeline.len(), 1, "{head}");
    }
    assert_eq!(places("#![enable(implicit_some)]"), [("syntax", "1:26".to_owned())]);
}

const HEADER: &str = r#"Dataset(
    format: 1, title: "TITLE", summary: "SUMMARY",
    speakers: {"SPEAKER": Speaker(name: "NAME", role: "ROLE")},
    sources: {"SOURCE": Source(title: "HEAD", published: "2023", note: "NOTE")},
    entries: [
        Statement(id: "x", date: "2023", headline: "h", speaker: "SPEAKER", sources: ["SOURCE"],
            quotes: [Quote(text: "one two", within: Quoted(speaker: "SPEAKER", text: "two"))],
            figures: [Figure(value: 1, measure: "m", period: "2022"), Figure(value: 1, measure: "n", part_of: "m")],
            related: [Related(to: "y", how: Disputes)]),
        Statement(id: "y", date: "2023-13", headline: "bad", speaker: "SPEAKER", sources: ["SOURCE"]),
    ],
)
"#;

#[test]
fn a_bad_backslash_costs_one_string() {
    let bad_date = ("bad-date", "10:40".to_owned());
    for word in ["TITLE", "SUMMARY", "NAME", "ROLE", "HEAD", "NOTE", "\"2023\", note"] {
        let wrong = match word {
            "\"2023\", note" => "\"20\\d3\", note".to_owned(),
            _ => format!(r"see \emph{{{word}}} \q"),
        };
        let text = HEADER.replacen(word, &wrong, 1);
        let found = places(&text);
        let at = text.find('\\').unwrap();
        let line = text[..at].matches('\n').count() + 1;
        let column = at - text[..at].rfind('\n').map_or(0, |end| end + 1) + 1;
        assert_eq!(found, [("syntax", format!("{line}:{column}")), bad_date.clone()], "{word}");
        let timeline = reading(&text).timeline;
        assert_eq!(timeline.len(), 1, "{word}");
        assert_eq!((timeline.speakers().len(), timeline.sources().len()), (1, 1), "{word}");
        let source = &timeline.sources()[0];
        assert_eq!(source.note.is_none(), word == "NOTE");
        assert_eq!(source.published.is_none(), word.starts_with('"'));
        assert_eq!(timeline.speakers()[0].role.is_none(), word == "ROLE");
    }
}

#[test]
fn a_bad_backslash_in_an_entry_is_told_once_and_nothing_follows() {
    let bad_date = ("bad-date", "10:40".to_owned());
    for word in [
        "\"x\"",
        "\"2023\", headline",
        "\"h\"",
        "\"SPEAKER\", sources",
        "\"SOURCE\"]",
        "\"one two\"",
        "\"SPEAKER\", text",
        "\"two\"",
        "\"m\", period",
        "\"2022\"",
        "\"m\")]",
        "\"y\", how",
    ] {
        let entries = HEADER.find("Statement").unwrap();
        let (head, list) = HEADER.split_at(entries);
        let text = format!("{head}{}", list.replacen(word, &word.replacen('"', "\"\\d", 1), 1));
        let found = places(&text);
        assert_eq!(found.len(), 2, "{word}: {found:?}");
        assert_eq!((found[0].0, found.last()), ("syntax", Some(&bad_date)), "{word}: {found:?}");
        assert_eq!(reading(&text).timeline.len(), 0, "{word}");
    }
}

#[test]
fn a_bad_key_is_an_id_all_the_same() {
    // Both are wrong in the same way; no speaker is said to be unknown.
    let text = HEADER.replace("\"SPEAKER\"", "\"a\\d\"");
    let codes: Vec<&str> = places(&text).iter().map(|(code, _)| *code).collect();
    assert!(codes.iter().all(|code| matches!(*code, "syntax" | "bad-date")), "{codes:?}");
}

#[test]
fn the_place_of_a_bad_backslash_is_its_own() {
    for (string, column, value) in [
        (r"a\qb", 29, r"a\qb"),
        (r"\x4", 28, r"\x4"),
        (r"\xzz", 28, r"\xzz"),
        (r"\u{110000}!", 28, r"\u{110000}!"),
        (r"\u{zz} }", 28, r"\u{zz} }"),
        (r"\u{", 28, r"\u{"),
        (r"\u2019", 28, r"\u2019"),
        (r"é\ü", 29, r"é\ü"),
        (r"\\ \q \z", 31, r"\ \q \z"),
        (r"\q\n\x41", 28, "\\q\nA"),
    ] {
        let text = format!(
            "Dataset(format: 1,\n    title: \"x\",      summary: \"{string}\", entries: [])"
        );
        let text =
            text.replace("summary", "title").replacen("title: \"x\",      ", "               ", 1);
        assert_eq!(places(&text), [("syntax", format!("2:{column}"))], "{string}");
        assert_eq!(reading(&text).timeline.datasets()[0].title, value);
    }
    // One that is never closed still is not.
    let found = places("Dataset(format: 1, title: \"x\\");
    assert_eq!(found.first(), Some(&("syntax", "1:27".to_owned())), "{found:?}");
}
