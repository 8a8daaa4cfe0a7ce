use std::path::PathBuf;

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::dataset::{Input, read};

/// A report of the kind that the curated dataset cites, in words of our own.
const ARTICLE: &str = "\u{feff}The harbour at Port Lindow has lost over 40 boats in four months.\r\n\r\n\
    “While the shape of the season is still unclear,” Ames said, according to the reporter Laura \
    Finch. “I think some things are certain. First, the fleet’s spring voyage mostly through that has \
    failed. Last March it set out along several routes....Most of those boats came home empty. \
    They have not found a single new ground.”\r\n\r\n\
    Ames added that most crews were “sent out — without charts or any idea of the tides.”\r\n\r\n\
    \"And as my old skipper, Tom Reed, used to say, 'Without the bay, there can be no harbour.' So he \
    is bound to the bay, he will hang in there...And he does what harbours have always done.\"\r\n";

fn found(quote: &str) -> (&'static str, String) {
    let archive = Archive::from_text(ARTICLE);
    let found = archive.find(quote);
    let text = match &found {
        Found::Gapped { ranges, .. } => ranges
            .iter()
            .map(|range| &archive.text()[range.clone()])
            .collect::<Vec<_>>()
            .join(" | "),
        other => other.range().map_or(String::new(), |range| archive.text()[range].to_owned()),
    };
    (found.word(), text)
}

#[test]
fn quotes_are_found_as_well_as_they_stand() {
    for (quote, word, passage) in [
        ("over 40 boats", "exact", "over 40 boats"),
        (" over 40 boats\n", "exact", "over 40 boats"),
        // Typography.
        ("First, the fleet's spring voyage", "same", "First, the fleet’s spring voyage"),
        (
            "while the shape of the season is still unclear,",
            "same",
            "While the shape of the season is still unclear,",
        ),
        ("sent out -- without   charts", "same", "sent out — without charts"),
        ("several routes. . . . Most of those", "same", "several routes....Most of those"),
        (
            "'Without the bay, there can be no harbour.'",
            "exact",
            "'Without the bay, there can be no harbour.'",
        ),
        (
            "“Without the bay, there can be no harbour.”",
            "same",
            "'Without the bay, there can be no harbour.'",
        ),
        ("hang in there … and he does", "same", "hang in there...And he does"),
        ("failed. Last March", "exact", "failed. Last March"),
        // Gaps.
        (
            "Last March it set out ... came home empty.",
            "gapped",
            "Last March it set out | came home empty.",
        ),
        ("Last March […] Most of those boats", "gapped", "Last March | Most of those boats"),
        ("...he will hang in there...", "gapped", "he will hang in there"),
        ("[The fleet] set out along several routes", "gapped", "set out along several routes"),
        ("[S]ome things [were] certain", "gapped", "ome things | certain"),
        ("the fleet’s [spring] voyage", "gapped", "the fleet’s | voyage"),
        ("boat[s] came home", "gapped", "boat | came home"),
        // Near.
        ("Most of these boats came home empty", "near", "Most of those boats came home empty"),
        ("They have found a single new ground", "near", "They have not found a single new ground"),
        ("over 40 boats in FOUR months", "same", "over 40 boats in four months"),
        ("Most of those boats, came home empty", "near", "Most of those boats came home empty"),
        (
            "Last March it went out along ... those boats came home empty",
            "near",
            "Last March it set out along several routes....Most of those boats came home empty",
        ),
        // Not at all.
        ("over 40", "exact", "over 40"),
        ("ver 40 boats", "missing", ""),
        ("over 4", "missing", ""),
        ("the weather was fine all spring", "missing", ""),
        ("came home empty ... over 40 boats", "missing", ""),
        ("boats", "exact", "boats"),
        ("oats", "missing", ""),
        ("...", "missing", ""),
        ("", "missing", ""),
    ] {
        assert_eq!(found(quote), (word, passage.to_owned()), "{quote}");
    }
}

#[test]
fn the_differing_words_are_marked() {
    let archive = Archive::from_text(ARTICLE);
    for (quote, marks) in [
        ("Most of these boats came back empty", vec![("these", "those"), ("back", "home")]),
        ("They have found a single new ground", vec![("", "not")]),
        ("They really have not found a single ground", vec![("really", ""), ("", "new")]),
        ("Port Lindow has lost over 30 ships in four months.", vec![("30 ships", "40 boats")]),
        ("sent out, without charts or any idea", vec![("out,", "out")]),
        ("Boats in four months", vec![]),
        ("$40 boats in four months", vec![("$40", "40")]),
        (
            "season is still unclear,\" Ames said, according to another person",
            vec![("another person", "the reporter")],
        ),
    ] {
        let found = archive.find(quote);
        let Found::Near { differences, .. } = &found else {
            assert!(marks.is_empty() && found.is_verified(), "{quote}: {found:?}");
            continue;
        };
        let read: Vec<(&str, &str)> = differences
            .iter()
            .map(|one| (&quote[one.quote.clone()], &archive.text()[one.text.clone()]))
            .collect();
        assert_eq!(read, marks, "{quote}");
    }
}

#[test]
fn a_text_is_the_same_however_it_is_written() {
    for (text, quote, word) in [
        ("\u{200e}some \u{2066}words\u{2069} of his", "some words of his", "same"),
        ("ﬁve oﬃcers of the Straße", "five OFFICERS of the strasse", "same"),
        ("the cafe\u{301} of García", "the café of García", "same"),
        ("the café of García", "the cafe of García", "no"),
        ("heavy casu-\nalties in May", "heavy casualties in May", "same"),
        ("heavy casu\u{ad}\nalties in May", "heavy casualties in May", "same"),
        ("heavy casualties in May", "heavy casu-\nalties in May", "same"),
        ("heavy casu-\nalties", "casualties", "same"),
        ("a well-\nknown fact", "a well-known fact", "same"),
        ("a well-known fact", "a well-\nknown fact", "same"),
        ("a well-\nknown fact of casu-\nalties here", "well-known fact of casualties", "same"),
        ("two-\nand three-year terms", "two- and three-year terms", "same"),
        ("a well-known fact", "a wellknown fact", "no"),
        ("they re-sign the treaty now", "they resign the treaty now", "no"),
        ("F-\n16 jets came", "F-16 jets came", "same"),
        ("heavy casu-\nalties … not in May but in June", "heavy casualties ... in June", "gapped"),
        (
            "of heavy casu-\nalties in the month of May",
            "of heavy casualties in the year of May",
            "no",
        ),
        // A part of a word is not the word.
        ("sends non-lethal aid to them", "lethal aid to them", "no"),
        ("an il-\nlegal act of them", "legal act of them", "no"),
        ("sent out—without any charts", "without any charts", "exact"),
        // Signs that change a number.
        ("it was -5 degrees", "it was 5 degrees", "no"),
        ("it was −5 degrees", "it was -5 degrees", "same"),
        ("it was 5 degrees", "it was -5 degrees", "no"),
        ("-5", "5", "no"),
        ("5", "-5", "no"),
        ("fell by 5% last year", "fell by 5 last year", "no"),
        ("fell by 5 % last year", "fell by 5% last year", "same"),
        ("grew +5 points in May", "grew 5 points in May", "no"),
        ("some 1.5 million men", "some 15 million men", "no"),
        ("some 1.5 million men", "5 million men", "no"),
        ("over $40 million a year", "over 40 million a year", "no"),
        ("10² men of them", "102 men of them", "no"),
        ("1½ years of war", "11/2 years of war", "no"),
        ("3–5 men of them", "5 men of them", "no"),
        ("40+ men of them", "40 men of them", "no"),
    ] {
        let found = Archive::from_text(text).find(quote);
        let told = if found.is_verified() { found.word() } else { "no" };
        assert_eq!(told, word, "{quote:?} in {text:?}");
        let page = Archive::from_html(&format!("<pre>{text}</pre>"));
        assert_eq!(page.find(quote).is_verified(), word != "no", "{quote:?} in {text:?}");
    }
}

#[test]
fn a_negation_that_comes_or_goes_is_told() {
    for (text, quote, warning) in [
        ("He is guilty.", "He is [not] guilty", Some("its brackets hold “not”")),
        ("He is not guilty.", "He is ... guilty", Some("it leaves out “not”")),
        ("He is NOT guilty.", "He is [] guilty", Some("it leaves out “NOT”")),
        ("He is not guilty.", "He is [guilty]", Some("it leaves out “not”")),
        (
            "They didn’t say that we never won.",
            "They ... say ... we ... won",
            Some("it leaves out “didn’t”, “never”"),
        ),
        ("Das ist keine Lüge.", "Das ist … Lüge", Some("it leaves out “keine”")),
        ("Он не виновен", "Он [...] виновен", Some("it leaves out “не”")),
        (
            "He is not ill but guilty.",
            "He is [never] guilty",
            Some("its brackets hold “never”, it leaves out “not”"),
        ),
        ("He is very guilty.", "He is ... guilty", None),
        ("He is guilty. We are not.", "He is [guilty].", None),
        ("He is guilty.", "He is guilty", None),
    ] {
        let found = Archive::from_text(text).find(quote);
        assert!(found.is_verified(), "{quote}: {found:?}");
        let said = match &found {
            Found::Gapped { negations, .. } => said(negations),
            _ => None,
        };
        assert_eq!(said.as_deref(), warning, "{quote} in {text}");
    }
}

#[test]
fn a_text_is_read_once_and_no_more_than_the_bound_allows() {
    let sources = (0..20).map(|at| format!(r#""s{at}": Source(archive: "one.txt"), "#));
    let text = format!(
        r#"Dataset(format: 1, title: "t", speakers: {{"a": Speaker(name: "Ames")}}, sources: {{ {}
            "other": Source(archive: "two.txt") }}, entries: [
            Statement(id: "e", date: "2023", headline: "h", speaker: "a", sources: [{}"other"], quotes: [
                Quote(text: "one of them"), Quote(text: "none of the kind") ])])"#,
        sources.collect::<String>(),
        (0..20).map(|at| format!(r#""s{at}", "#)).collect::<String>(),
    );
    let reading = read(&[Input::new("t.ron", text)]);
    assert!(!reading.has_errors(), "{:?}", reading.problems);
    let timeline = reading.timeline;
    let texts = [("one.txt", "this is one of them"), ("two.txt", "and so is one of them here")];
    let kept = Kept::of(&texts);
    let report = verify(&timeline, timeline.indexes(), &kept, Bound::NONE);
    assert_eq!(*kept.opened.borrow(), [PathBuf::from("one.txt"), PathBuf::from("two.txt")]);
    assert_eq!(report.mark(EntryIndex(0), 0), Mark::Verified);
    assert_eq!(report.mark(EntryIndex(0), 1), Mark::Missing);
    assert!(!report.has_stopped());
    // The first text, and not the second.
    let kept = Kept::of(&texts);
    let report = verify(&timeline, timeline.indexes(), &kept, Bound::of_bytes(40_000, 1_000));
    assert_eq!(kept.opened.borrow().len(), 2);
    assert!(!report.has_stopped());
    let kept = Kept::of(&texts);
    let report = verify(&timeline, timeline.indexes(), &kept, Bound::of_bytes(20, 1_000));
    assert_eq!(kept.opened.borrow().len(), 1);
    assert!(report.has_stopped());
    assert!(report.rows().iter().any(|row| row.outcome == Outcome::Stopped));
    // Not one quote.
    let report =
        verify(&timeline, timeline.indexes(), &Kept::of(&texts), Bound::of_bytes(1_000, 0));
    assert!(report.has_stopped() && report.rows().is_empty());
    assert_eq!(report.mark(EntryIndex(0), 0), Mark::Unchecked);
}

#[test]
fn words_within_others_are_sought_there_first() {
    let archive = Archive::from_text("He said no. She said: \"I told him no.\"");
    let outer = archive.find("I told him no.").range();
    assert_eq!(archive.find_within("no", outer), Found::Exact { range: 34..36 });
    assert_eq!(archive.find("no"), Found::Exact { range: 8..10 });
}

#[test]
fn a_passage_is_shown_with_what_stands_around_it() {
    let archive = Archive::from_text(ARTICLE);
    let shown = |quote: &str| {
        let pieces = archive.passage(&archive.find(quote));
        pieces.iter().map(|piece| format!("{:?}<{}>", piece.part, piece.text)).collect::<Vec<_>>()
    };
    assert_eq!(
        shown("Last March ... came back empty"),
        [
            "Context<…Laura Finch. “I think some things are certain. First, the fleet’s spring voyage mostly through that has failed. >",
            "Quote<Last March it set out along several routes....Most of those boats came >",
            "Differs<home>",
            "Quote< empty>",
            "Context<. They have not found a single new ground.” Ames added that most crews were “sent out — without charts or any idea…>",
        ]
    );
    assert_eq!(shown("nothing of the kind at all"), Vec::<String>::new());
}

/// Texts by the ids of their sources.
struct Kept<'a> {
    texts: &'a [(&'a str, &'a str)],
    opened: std::cell::RefCell<Vec<PathBuf>>,
}

impl<'a> Kept<'a> {
    fn of(texts: &'a [(&'a str, &'a str)]) -> Self {
        Kept { texts, opened: std::cell::RefCell::default() }
    }
}

impl Texts for Kept<'_> {
    fn locate(&self, _: usize, source: &Source) -> Result<Option<Place>, ArchiveError> {
        if let Some(path) = source.archive.as_ref().filter(|path| path.starts_with("no")) {
            return Err(ArchiveError::Missing { path: path.clone() });
        }
        let name = source.archive.as_ref().unwrap_or(&source.id);
        let kept = self.texts.iter().find(|(known, _)| known == name);
        Ok(kept.map(|(name, text)| Place { path: name.into(), length: text.len() as u64 }))
    }

    fn open(&self, place: &Place) -> Result<Archive, ArchiveError> {
        self.opened.borrow_mut().push(place.path.clone());
        let kept = self.texts.iter().find(|(name, _)| place.path == PathBuf::from(name));
        Ok(Archive::from_text(kept.unwrap().1))
    }
}

fn dataset(quotes: &str) -> Input {
    let text = format!(
        r#"Dataset(format: 1, title: "t", speakers: {{"a": Speaker(name: "Ames")}}, sources: {{
            "article": Source(kind: Article), "film": Source(archive: "no film.txt"), "none": Source(title: "x") }},
            entries: [Statement(id: "e", date: "2023", headline: "h", speaker: "a", {quotes})])"#
    );
    Input::new("t.ron", text)
}

fn report(quotes: &str) -> (Timeline, Report) {
    let reading = read(&[dataset(quotes)]);
    assert!(!reading.has_errors());
    let kept = Kept::of(&[("article", ARTICLE)]);
    let report = verify(&reading.timeline, reading.timeline.indexes(), &kept, Bound::NONE);
    (reading.timeline, report)
}

#[test]
fn every_quote_of_a_dataset_of_the_kind_verifies() {
    let (timeline, report) = report(
        r#"sources: ["article", "none"], quotes: [
            Quote(text: "While the shape of the season is still unclear,", sources: ["article"]),
            Quote(text: "I think some things are certain. First, the fleet's spring voyage mostly through that has failed. Last March it set out along several routes....Most of those boats came home empty.", sources: ["article"]),
            Quote(text: "sent out-without charts or any idea of the tides.", sources: ["article"]),
            Quote(text: "And as my old skipper, Tom Reed, used to say, 'Without the bay, there can be no harbour.' So he is bound to the bay, he will hang in there...And he does",
                within: Quoted(speaker: "a", text: "Without the bay, there can be no harbour."), sources: ["article"])]"#,
    );
    assert!(!report.has_findings(), "{}", report.to_text(&timeline));
    assert_eq!(report.rows().len(), 5);
    assert!(report.rows().iter().all(|row| row.mark() == Mark::Verified));
    assert_eq!(report.of(EntryIndex(0), 3).len(), 2);
    assert_eq!(report.mark(EntryIndex(0), 3), Mark::Verified);
    assert_eq!(report.mark(EntryIndex(0), 4), Mark::Unchecked);
}

const MIXED: &str = r#"sources: ["article", "film"], quotes: [
    Quote(text: "over 40 boats"),
    Quote(text: "Most of these boats came home empty, all", sources: ["article"]),
    Quote(text: "the bay is ours", sources: ["article", "none"]),
    Quote(text: "Last March ... empty", within: Quoted(speaker: "a", text: "some \u{1b}[31m words"), sources: ["article"]),
    Quote(text: "They have ... found a single [not] new ground", sources: ["article"])]"#;

#[test]
fn a_report_says_what_was_found_and_what_was_not() {
    let (timeline, report) = report(MIXED);
    assert!(report.has_findings());
    assert_eq!(report.mark(EntryIndex(0), 0), Mark::Verified);
    assert_eq!(report.mark(EntryIndex(0), 1), Mark::Differs);
    assert_eq!(report.mark(EntryIndex(0), 2), Mark::Missing);
    insta::assert_snapshot!(report.to_text(&timeline), @r"
    verified   e  1    article  to the letter
    differs    e  2    article  75 % of the words
        quote:  Most of {these} boats came home {empty, all}
        source: …certain. First, the fleet’s spring voyage mostly through that has failed. Last March it
                set out along several routes....Most of {those} boats came home {empty. They} have not
                found a single new ground.” Ames added that most crews were “sent out — without charts
                or any idea of the…
    not found  e  3    article
        quote:  the bay is ours
    verified   e  4    article  around what is left out
    not found  e  4.1  article
        quote:  some ␛[31m words
    warning    e  5    article  around what is left out; its brackets hold “not”, it leaves out “not”

    not checked: 1 quote of film: `no film.txt`: no such file
    not checked: 1 quote of none: no archive is named
    6 quotes, counted once for each source: 3 verified (1 with a warning), 1 differing, 2 not found, 2 not checked
    ");
}

#[test]
fn a_report_for_programs_has_the_same_keys_in_every_row() {
    let (timeline, report) = report(MIXED);
    let json: serde_json::Value = serde_json::from_str(&report.to_json(&timeline)).unwrap();
    let rows = json["quotes"].as_array().unwrap();
    let keys =
        |row: &serde_json::Value| row.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert!(rows.iter().all(|row| keys(row) == keys(&rows[0])));
    let outcomes: Vec<&str> = rows.iter().map(|row| row["outcome"].as_str().unwrap()).collect();
    assert_eq!(
        outcomes,
        ["exact", "unreadable", "near", "missing", "no-archive", "gapped", "missing", "gapped"]
    );
    let negations = serde_json::json!([
        {"word": "not", "place": "in brackets"}, {"word": "not", "place": "left out"},
    ]);
    assert_eq!(rows[7]["negations"], negations);
    let row = &rows[2];
    assert_eq!(row["share"], 0.75);
    assert_eq!(row["found"]["passage"], "Most of those boats came home empty. They");
    assert_eq!(
        row["differences"][1],
        serde_json::json!({"quote": "empty, all", "source": "empty. They"})
    );
}

#[test]
fn archives_named_on_the_command_line_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("a.txt");
    std::fs::write(&path, ARTICLE).unwrap();
    let input = dataset(r#"sources: ["article"], quotes: [Quote(text: "over 40 boats")]"#);
    let mut archives = Archives::of(std::slice::from_ref(&input));
    archives.give("article".to_owned(), path);
    let timeline = read(&[input]).timeline;
    let report = verify(&timeline, timeline.indexes(), &archives, Bound::NONE);
    assert_eq!(report.mark(EntryIndex(0), 0), Mark::Verified);
}

#[test]
fn texts_made_to_tire_are_read_all_the_same() {
    let many = |part: &str| part.repeat(40_000);
    for page in [
        many("<svg>"),
        many("<a "),
        many("<a ='"),
        many("<script>"),
        many("</svg <svg "),
        many("<!--"),
    ] {
        let archive = Archive::from_html(&format!("{page}<a ='"));
        assert_eq!(archive.find("words that are not there"), Found::Missing);
    }
    let same = many("on and ");
    let archive = Archive::from_text(format!("{same}off"));
    for (quote, word) in [
        ("on and off", "exact"),
        (&*format!("{}off", "on and ".repeat(200)), "exact"),
        (&*format!("{}up", "on and ".repeat(200)), "near"),
        ("on ... and ... on ... and ... off ... up", "missing"),
    ] {
        assert_eq!(archive.find(quote).word(), word);
    }
}

#[test]
fn the_documentation_is_of_this_version() {
    let manual = include_str!("../../docs/verify.md");
    let (timeline, report) = report(MIXED);
    let json: serde_json::Value = serde_json::from_str(&report.to_json(&timeline)).unwrap();
    let keys = json["quotes"][2].as_object().unwrap().keys();
    let summary = json["summary"].as_object().unwrap().keys();
    for key in keys.chain(summary) {
        assert!(manual.contains(&format!("`{key}`")), "{key}");
    }
    for word in
        ["exact", "same", "gapped", "near", "missing", "no-source", "no-archive", "unreadable"]
    {
        assert!(manual.contains(&format!("| `{word}` |")), "{word}");
    }
    assert!(manual.contains(&format!("{} %", NEAREST * 100.0)));
    assert!(manual.contains(&format!("{} MiB", LARGEST_ARCHIVE >> 20)));
}

/// Words that are hardly ever the same twice.
fn any_words(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<String>> {
    let word = prop_oneof![
        8 => "[a-z]{3,8}",
        1 => "[A-Z][a-z]{2,6}[,.]",
        1 => "[0-9]{1,3},[0-9]{3}",
        1 => "[а-яü日]{2,5}",
    ];
    prop::collection::vec(word, count)
}

/// A part of some words: from where, and how many.
fn part(words: &[String], from: Index, length: usize) -> std::ops::Range<usize> {
    let length = length.min(words.len());
    let from = from.index(words.len() - length + 1);
    from..from + length
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn a_passage_is_found_where_it_was_cut(words in any_words(20..120), from in any::<Index>(), length in 3usize..18) {
        let text = words.join(" ");
        let part = part(&words, from, length);
        let start = words[..part.start].iter().map(|word| word.len() + 1).sum::<usize>();
        let quote = words[part].join(" ");
        let archive = Archive::from_text(text.clone());
        let range = start..start + quote.len();
        prop_assume!(text.matches(quote.as_str()).count() == 1);
        prop_assert_eq!(archive.find(&quote), Found::Exact { range });
    }

    #[test]
    fn typography_does_not_hide_a_passage(
        words in any_words(20..120),
        from in any::<Index>(),
        length in 4usize..18,
        marks in prop::collection::vec(prop::sample::select(vec![
            (" ", "  \n"), (" ", "\u{a0}"), (" - ", "—"), (" “", " \""), ("’ ", "' "), ("...", " . . . "), ("\u{ad}", ""),
        ]), 18),
    ) {
        let part = part(&words, from, length);
        let (mut quote, mut passage) = (String::new(), String::new());
        for (at, word) in words[part.clone()].iter().enumerate() {
            if at > 0 {
                quote.push_str(marks[at - 1].0);
                passage.push_str(marks[at - 1].1);
            }
            quote.push_str(word);
            passage.push_str(word);
        }
        // An invisible mark between two words would make them one.
        prop_assume!(!marks[..part.len() - 1].iter().any(|mark| mark.1.is_empty()) || quote.contains('\u{ad}'));
        prop_assume!(quote != passage);
        let text = format!("{} {passage} {}", words[..part.start].join(" "), words[part.end..].join(" "));
        let archive = Archive::from_text(text);
        match archive.find(&quote) {
            Found::Same { range } => prop_assert_eq!(&archive.text()[range], passage),
            other => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn a_gap_that_is_marked_is_no_difference(
        words in any_words(40..120),
        from in any::<Index>(),
        (first, gap, last) in (3usize..9, 1usize..15, 3usize..9),
        sign in prop::sample::select(vec!["...", " … ", "....", " . . . ", " [...] ", " […] ", " [he] "]),
    ) {
        let part = part(&words, from, first + gap + last);
        let words_of = |range: std::ops::Range<usize>| words[range].join(" ");
        let (one, other) = (words_of(part.start..part.start + first), words_of(part.end - last..part.end));
        let text = words.join(" ");
        prop_assume!(text.matches(&one).count() == 1 && text.matches(&other).count() == 1);
        let archive = Archive::from_text(text.clone());
        let quote = format!("{one}{sign}{other}");
        // A full stop before the dots is one of them.
        let one = one.trim_end_matches('.');
        match archive.find(&quote) {
            Found::Gapped { ranges, .. } => {
                let parts: Vec<&str> = ranges.iter().map(|range| archive.text()[range.clone()].trim_end_matches('.')).collect();
                prop_assert_eq!(parts, [one, other.trim_end_matches('.')]);
            }
            found => prop_assert!(false, "{:?} for {}", found, quote),
        }
    }

    #[test]
    fn changed_words_are_marked_and_no_others(
        words in any_words(30..120),
        from in any::<Index>(),
        length in 10usize..30,
        changes in prop::collection::vec(any::<Index>(), 1..4),
    ) {
        // One word of a script without spaces is several; each word stands once.
        let mut words: Vec<String> = words.into_iter().map(|word| word.replace('日', "x")).collect();
        words.sort();
        words.dedup();
        words.reverse();
        let part = part(&words, from, length);
        let mut quoted: Vec<String> = words[part.clone()].to_vec();
        let mut changes: Vec<usize> = changes.iter().map(|at| at.index(quoted.len())).collect();
        changes.sort_unstable();
        changes.dedup();
        for at in &changes {
            let new = format!("changed{at}x");
            let signs: String = quoted[*at].chars().rev().take_while(|next| ".,".contains(*next)).collect();
            quoted[*at] = new + &signs;
        }
        let archive = Archive::from_text(words.join(" "));
        let quote = quoted.join(" ");
        match archive.find(&quote) {
            Found::Near { differences, .. } => {
                let marked: Vec<&str> = differences
                    .iter()
                    .flat_map(|difference| quote[difference.quote.clone()].split(' '))
                    .collect();
                let trimmed: Vec<String> =
                    changes.iter().map(|at| format!("changed{at}x")).collect();
                let marked: Vec<&str> = marked.iter().map(|word| word.trim_end_matches(['.', ','])).collect();
                prop_assert_eq!(marked, trimmed);
                let there: Vec<String> = differences
                    .iter()
                    .flat_map(|one| archive.text()[one.text.clone()].split(' '))
                    .map(|word| word.trim_end_matches(['.', ',']).to_owned())
                    .collect();
                let wanted: Vec<String> = changes
                    .iter()
                    .map(|at| words[part.start + at].trim_end_matches(['.', ',']).to_owned())
                    .collect();
                prop_assert_eq!(there, wanted);
            }
            found => prop_assert!(false, "{:?}", found),
        }
    }

    #[test]
    fn words_that_are_not_there_are_missing(words in any_words(20..200), quote in prop::collection::vec("[A-Z]{3,8}[0-9]", 1..20)) {
        prop_assert_eq!(Archive::from_text(words.join(" ")).find(&quote.join(" ")), Found::Missing);
    }

    #[test]
    fn no_text_and_no_quote_is_too_odd(
        text in "([a-c]{1,2}|[ .…\\[\\]()'\"—-]|\\PC|\n){0,80}",
        quote in "([a-cA-C]{1,2}|[ .…\\[\\]()'\"—-]|\\PC){0,20}",
        html in any::<bool>(),
    ) {
        let archive = if html { Archive::from_html(&text) } else { Archive::from_text(text.clone()) };
        let found = archive.find(&quote);
        if let Some(range) = found.range() {
            prop_assert!(archive.text().get(range).is_some(), "{:?}", found);
        }
        for piece in archive.passage(&found) {
            prop_assert!(!piece.text.contains('\n'));
        }
        if let Found::Near { differences, share, .. } = &found {
            prop_assert!((NEAREST..=1.0).contains(share));
            let mut last = (0, 0);
            for one in differences {
                prop_assert!(quote.get(one.quote.clone()).is_some() && archive.text().get(one.text.clone()).is_some());
                prop_assert!(last.0 <= one.quote.start && last.1 <= one.text.start);
                last = (one.quote.end, one.text.end);
            }
        }
    }
}
