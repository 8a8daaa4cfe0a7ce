mod head;
mod runs;

use proptest::prelude::*;

use super::*;
use crate::model::{Bound, How, Kind};

const SOUND: &str = r#"Dataset(
    format: 1,
    title: "A sound dataset",
    speakers: {
        "kirby": Speaker(name: "John Kirby"),
        "milley": Speaker(name: "Mark Milley", title: "General"),
    },
    sources: {
        "article": Source(published: "2023-05-01", kind: Article),
    },
    entries: [
        Statement(
            id: "november",
            date: "2022-11",
            headline: "A figure",
            speaker: "milley",
            figures: [Figure(value: 100000, bound: About, measure: "casualties")],
            sources: ["article"],
            related: [Related(to: "may", how: ComparedWith)],
        ),
        Statement(
            id: "may",
            date: "2023-05-01",
            headline: "Another figure",
            speaker: "kirby",
            quotes: [Quote(text: "more than one", via: ["milley"])],
            figures: [Figure(bound: Between(70, 80), measure: "deaths")],
            sources: ["article"],
        ),
    ],
)
"#;

fn reading(text: &str) -> Reading {
    read(&[Input::new("test.ron", text)])
}

/// Code and line of each problem.
fn told(text: &str) -> Vec<(&'static str, usize)> {
    let inputs = [Input::new("test.ron", text)];
    let place = |problem: &Problem| {
        let place = location(problem, &inputs);
        place.split(':').nth(1).and_then(|line| line.parse().ok()).unwrap_or(0)
    };
    let reading = read(&inputs);
    reading.problems.iter().map(|problem| (problem.flaw.code.word(), place(problem))).collect()
}

#[test]
fn a_sound_dataset_has_no_problems() {
    assert_eq!(told(SOUND), []);
    let timeline = reading(SOUND).timeline;
    let ids: Vec<&str> = timeline.indexes().map(|index| timeline.id(index)).collect();
    assert_eq!(ids, ["november", "may"]);
    let may = timeline.find("may").unwrap();
    assert_eq!(timeline.line_of(may), 21);
    assert_eq!(timeline.kind(may), Kind::Statement);
    let entry = timeline.entry(may);
    assert!(matches!(entry.figures[0].bound, Bound::Between(..)));
    assert_eq!(entry.quotes[0].text, "more than one");
    assert_eq!(timeline.links_of(may)[0].how, How::ComparedWith);
}

#[test]
fn the_dataset_that_comes_with_the_program_is_sound() {
    let reading = read(&[embedded()]);
    assert_eq!(render(&reading.problems, &[embedded()]), "");
    for id in ["milley-november", "kirby-may"] {
        assert!(reading.timeline.find(id).is_ok(), "{id}");
    }
}

#[test]
fn each_mistake_is_told_at_its_line() {
    for (from, to, told_as) in [
        // Not RON.
        ("date: \"2022-11\",", "date: \"2022-11\"", vec![("syntax", 15)]),
        ("headline: \"A figure\",", "headline: \"A figure,", vec![("syntax", 15)]),
        ("headline: \"A figure\"", "headline: \"A \\x66\\u{69}\"", vec![]),
        ("headline: \"A figure\"", "headline: \"A \\x+5\"", vec![("syntax", 15)]),
        ("headline: \"A figure\"", "headline: \"A \\u{+41}\"", vec![("syntax", 15)]),
        ("headline: \"A figure\"", "headline: \"A \\u{}\"", vec![("syntax", 15)]),
        ("tags: ", "", vec![]),
        ("    ],\n)", "    ]\n)", vec![]),
        ("    ],\n)", "    ],", vec![("syntax", 31)]),
        ("        ),\n        Statement", "        )\n        Statement", vec![("syntax", 20)]),
        (
            "\"milley\": Speaker(name: \"Mark Milley\", title: \"General\"),",
            "\"milley\": Speaker(name: \"Mark Milley\", title: \"General\",",
            vec![("syntax", 7)],
        ),
        // Fields.
        ("    format: 1,\n", "", vec![("missing-field", 1)]),
        ("    format: 1,\n", "    format: 2,\n", vec![("format", 2)]),
        ("    title: \"A sound dataset\",\n", "", vec![("missing-field", 1)]),
        ("headline: \"A figure\",", "headlin: \"A figure\",", vec![("unknown-field", 15)]),
        ("headline: \"A figure\",", "", vec![("missing-field", 12)]),
        ("headline: \"A figure\",", "headline: \"\",", vec![("empty", 15)]),
        (
            "headline: \"A figure\",",
            "headline: 5,",
            vec![("missing-field", 12), ("wrong-type", 15)],
        ),
        (
            "headline: \"A figure\",",
            "headline: \"A figure\", headline: \"B\",",
            vec![("duplicate-field", 15)],
        ),
        ("title: \"General\"", "titel: \"General\"", vec![("unknown-field", 6)]),
        ("name: \"John Kirby\"", "", vec![("missing-field", 5)]),
        ("kind: Article", "kind: Artikle", vec![("unknown-word", 9)]),
        ("how: ComparedWith", "how: ComparedTo", vec![("unknown-word", 19)]),
        (
            "Statement(\n            id: \"november\"",
            "Statment(\n            id: \"november\"",
            vec![("unknown-word", 12)],
        ),
        ("bound: About", "bound: Abot", vec![("unknown-word", 17)]),
        // Values.
        ("date: \"2022-11\"", "date: \"2022-13\"", vec![("bad-date", 14)]),
        ("published: \"2023-05-01\"", "published: \"1 May 2023\"", vec![("bad-date", 9)]),
        ("Between(70, 80)", "Between(80, 70)", vec![("low-above-high", 27)]),
        ("value: 100000", "value: \"many\"", vec![("wrong-type", 17)]),
        ("value: 100000", "value: 1e999", vec![("bad-number", 17)]),
        ("value: 100000", "value: 1e-400", vec![("bad-number", 17)]),
        ("value: 100000", "lasting: \"8 months\", value: 100000", vec![("bad-duration", 17)]),
        ("value: 100000", "value: 1.000000000000000000000000000001", vec![("bad-number", 17)]),
        ("value: 100000, ", "", vec![("missing-field", 17)]),
        ("text: \"more than one\"", "text: \" \"", vec![("empty", 26)]),
        // References.
        ("id: \"may\"", "id: \"november\"", vec![("unknown-entry", 19), ("duplicate-id", 22)]),
        (
            "speaker: \"kirby\"",
            "speaker: \"kirbi\"",
            vec![("silent-speaker", 5), ("unknown-speaker", 25)],
        ),
        ("via: [\"milley\"]", "via: [\"rozen\"]", vec![("unknown-speaker", 26)]),
        (
            "sources: [\"article\"],\n            related",
            "sources: [\"artikel\"],\n            related",
            vec![("unknown-source", 18)],
        ),
        ("to: \"may\"", "to: \"mai\"", vec![("unknown-entry", 19)]),
        // Warnings.
        ("speaker: \"kirby\"", "speaker: \"milley\"", vec![("silent-speaker", 5)]),
        ("sources: [\"article\"],\n        ),", "),", vec![("no-source", 21)]),
        ("date: \"2023-05-01\"", "date: \"2023-05-02\"", vec![("dated-after-source", 28)]),
    ] {
        let text = SOUND.replacen(from, to, 1);
        assert_eq!(told(&text), told_as, "{from} → {to}\n{text}");
    }
}

#[test]
fn ten_mistakes_of_different_kinds_are_told_in_one_run() {
    let text = include_str!("../../tests/data/ten-mistakes.ron");
    let marked: Vec<usize> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| line.contains("// mistake"))
        .map(|(number, _)| number + 1)
        .collect();
    assert_eq!(marked.len(), 10);
    let told = told(text);
    let lines: Vec<usize> = told.iter().map(|(_, line)| *line).collect();
    assert_eq!(lines, marked, "{told:?}");
    let mut codes: Vec<&str> = told.iter().map(|(code, _)| *code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), 10, "each of another kind: {codes:?}");
}

#[test]
fn nobody_is_called_silent_whose_entry_could_not_be_read() {
    let head = "Dataset(format: 1, title: \"t\", speakers: {\"a-1\": Speaker(name: \"A\"), \
                \"b\": Speaker(name: \"B\")}, sources: {\"s\": Source(title: \"S\")}";
    let said = |by: &str| {
        format!(
            "\nStatement(id: \"{by}\", speaker: \"{by}\", date: \"2022\", headline: \"h\", sources: [\"s\"])"
        )
    };
    for entries in [
        // A quotation mark is missing before the speaker, or at it.
        format!(
            ", entries: [{},{},\n])",
            said("b"),
            said("a-1").replace("\"a-1\", sp", "\"a-1, sp")
        ),
        format!(
            ", entries: [{},{},\n])",
            said("b"),
            said("a-1").replace(": \"a-1\", d", ": a-1\", d")
        ),
        // The list ends too soon, or is none.
        format!(", entries: [{},\n] {})", said("b"), said("a-1").replace('\n', "")),
        format!(
            ", entries: [{},{} oops {},\n])",
            said("b"),
            said("b"),
            said("a-1").replace('\n', "")
        ),
        format!(" entries: [{},{},\n])", said("b"), said("a-1")),
    ] {
        let reading = reading(&format!("{head}{entries}"));
        assert!(reading.has_errors(), "{entries}");
        let silent =
            reading.problems.iter().find(|problem| problem.flaw.code == Code::SilentSpeaker);
        assert!(silent.is_none(), "{silent:?}\n{entries}");
    }
}

#[test]
fn a_long_line_keeps_its_columns() {
    let long = "x".repeat(300);
    let text =
        format!("Dataset(format: 1, title: \"{long}\", summry: \"\", sumary: \"\", entries: [])");
    let input = Input::new("a.ron", text);
    let reading = read(std::slice::from_ref(&input));
    let told = render(&reading.problems, &[input]);
    for place in ["╭▸ a.ron:1:331\n", "╭▸ a.ron:1:343\n"] {
        assert!(told.contains(place), "{told}");
    }
}

#[test]
fn entries_with_errors_are_counted() {
    let entry =
        |id: &str, date: &str| format!("Event(id: \"{id}\", date: \"{date}\", headline: \"h\"),\n");
    for (entries, sound, left_out) in [
        (entry("a", "2022"), 1, 0),
        (entry("a", "2022") + &entry("b", "2022-13") + &entry("c", "x"), 1, 2),
        (entry("a", "2022") + &entry("a", "2023"), 1, 1),
        (entry("a", "2022") + &entry("b", "2022").replace("id:", "id"), 1, 1),
        (entry("a", "2022") + "\u{0}", 1, 1),
    ] {
        let timeline =
            reading(&format!("Dataset(format: 1, title: \"t\", entries: [\n{entries}])")).timeline;
        assert_eq!((timeline.len(), timeline.left_out()), (sound, left_out), "{entries}");
    }
}

#[test]
fn layout_does_not_matter() {
    let odd = "\u{feff}/* nested /* comment */ */ (summary: None, entries: [\r\n  Event(id: r#\"a\"b\"#, /* here */ date: Some(\"2022\"), \
        headline: \"tab\\t quote\\\" \\u{2019} \\x41 \\\r\n    joined\", tags: Some([\"x\",]),), // end\n Statement(headline: \"later\", \
        speaker: \"s\", date: \"2023\", id: \"b\", sources: [\"q\"], \
        figures: [Figure(measure: \"m\", bound: Between(2// two\n, 3/**/)), Figure(value: 4// four\n, measure: \"m\")])], sources: {\"q\": (title: \"T\")}, \
        speakers: {\"s\": Speaker(name: Some(\"N\"))}, title: \"odd\", format: 0x1,)";
    assert_eq!(told(odd), []);
    let timeline = reading(odd).timeline;
    let first = timeline.find("a\"b").unwrap();
    assert_eq!(timeline.headline(first), "tab\t quote\" \u{2019} A joined");
    assert_eq!(timeline.entry(first).tags, ["x"]);
    assert_eq!(timeline.speaker_of(timeline.find("b").unwrap()).map(|at| at.0), Some(0));
}

#[test]
fn files_merge_and_shared_ids_get_their_file() {
    let other = SOUND.replace("id: \"may\"", "id: \"june\"").replace("to: \"may\"", "to: \"june\"");
    let reading = read(&[Input::new("one.ron", SOUND), Input::new("two.ron", other.as_str())]);
    assert!(!reading.has_errors());
    let timeline = reading.timeline;
    assert_eq!(timeline.len(), 4);
    assert_eq!(timeline.speakers().len(), 2, "the same speakers are one");
    let ids: Vec<String> = timeline.indexes().map(|index| timeline.full_id(index)).collect();
    assert_eq!(ids, ["one.ron:november", "two.ron:november", "may", "june"]);
    assert!(timeline.find("november").is_err());
    assert_eq!(timeline.named("november"), None);
    assert_eq!(timeline.named("three.ron:november"), None);
    let second = timeline.find("two.ron:november").unwrap();
    assert_eq!(timeline.links_of(second)[0].to, timeline.find("june").unwrap());
}

#[test]
fn a_file_and_an_id_with_colons_are_told_apart() {
    let text = SOUND.replace("\"november\"", "\"x:1\"");
    let reading =
        read(&[Input::new("a:b.ron", text.as_str()), Input::new("two.ron", text.as_str())]);
    assert!(!reading.has_errors());
    for index in reading.timeline.indexes() {
        assert_eq!(reading.timeline.named(&reading.timeline.full_id(index)), Some(index));
    }
}

#[test]
fn what_is_no_dataset_says_so() {
    for text in [
        "{}",
        "[1, 2]",
        "just words",
        "Dataset",
        "Dataset(",
        "\"string",
        "/*",
        "Dataset(entries: [",
        ")",
    ] {
        let problems = told(text);
        assert!(!problems.is_empty(), "{text}");
        // Rendering never fails either.
        assert!(!render(&reading(text).problems, &[Input::new("test.ron", text)]).is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn damage_never_panics(
        damage in prop::collection::vec((any::<prop::sample::Index>(), 0usize..40, "[\\PC\"\\\\(){},:\\[\\]/*r#\n]{0,6}"), 1..4),
    ) {
        let mut text = SOUND.to_owned();
        for (at, length, new) in damage {
            let mut from = at.index(text.len());
            while !text.is_char_boundary(from) { from -= 1; }
            let mut to = (from + length).min(text.len());
            while !text.is_char_boundary(to) { to += 1; }
            text.replace_range(from..to, &new);
        }
        let inputs = [Input::new("test.ron", text.as_str())];
        let reading = read(&inputs);
        render(&reading.problems, &inputs);
        render_json(&reading.problems, &inputs);
        for index in reading.timeline.indexes() {
            prop_assert_eq!(&reading.timeline.entry(index).id, reading.timeline.id(index));
        }
    }

    #[test]
    fn damage_to_one_entry_leaves_the_other(at in any::<prop::sample::Index>(), new in "[\"(){},:\\[\\]a]{1,3}") {
        // Within the first entry: whatever happens there, the second is read.
        let from = SOUND.find("id: \"november\"").unwrap();
        let to = SOUND.find("        ),\n        Statement").unwrap();
        let at = from + at.index(to - from);
        let mut text = SOUND.to_owned();
        text.insert_str(at, &new);
        prop_assert!(reading(&text).timeline.find("may").is_ok(), "{}", text);
    }
}
