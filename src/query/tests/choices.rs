//! Panels and chips: what they read from a query and write into it.

use crate::query::fixture::bakhmut;
use crate::query::{Choice, Facet, Field, Query, counts, rows};

fn query(text: &str) -> Query {
    Query::parse(text).unwrap()
}

/// `name count` of each row, with a tick where it is chosen.
fn panel(text: &str, facet: Facet) -> Vec<String> {
    let timeline = bakhmut();
    let choice = query(text).choice(&timeline, facet);
    rows(&timeline, &query(text), facet)
        .into_iter()
        .map(|row| {
            let tick = if choice.has(&row.key) { "*" } else { "" };
            format!("{tick}{} {}", row.name, row.count)
        })
        .collect()
}

#[test]
fn a_panel_counts_under_everything_but_its_own_terms() {
    let everybody = [
        "*John Kirby 3",
        "Dmitry Peskov 1",
        "Mark Milley 1",
        "Robert Gates 1",
        "Shashank Joshi 1",
        "Yevgeny Prigozhin 1",
        "Laura Rozen 0",
        "Zbigniew Brzezinski 0",
    ];
    assert_eq!(panel("speaker:kirby", Facet::Speaker), everybody);
    assert_eq!(
        panel("speaker:kirby tag:casualties", Facet::Speaker)[..4],
        ["*John Kirby 2", "Mark Milley 1", "Shashank Joshi 1", "Yevgeny Prigozhin 1"]
    );
    assert_eq!(
        panel("speaker:kirby", Facet::Tag),
        ["casualties 2", "Wagner 1", "Putin 0", "strategy 0"]
    );
    assert_eq!(panel("-tag:casualties", Facet::Kind), ["event 4", "statement 3"]);
    assert_eq!(panel("kind:event", Facet::Place), ["Bakhmut 2", "Ukraine 2"]);
    assert_eq!(
        panel("-source:hill,nyt", Facet::Source),
        [
            "*Article of 1 May 2023 7",
            "The Hill, 1 May 2023 3",
            "Helene Cooper, The New York Times, 10 November 2022 2",
            "*NBC News, 29 January 2023 1",
        ]
    );
}

#[test]
fn rows_say_who_somebody_is() {
    let timeline = bakhmut();
    let all: Vec<_> = timeline.indexes().collect();
    let about = |key: &str, facet| {
        let rows = counts(&timeline, &all, facet);
        rows.into_iter().find(|row| row.key == key).and_then(|row| row.about)
    };
    assert_eq!(
        about("kirby", Facet::Speaker).as_deref(),
        Some("Spokesman, National Security Council")
    );
    assert_eq!(about("hill", Facet::Source).as_deref(), Some("article"));
    assert_eq!(about("Putin", Facet::Tag), None);
}

#[test]
fn choices_are_written_into_the_text() {
    let timeline = bakhmut();
    let kirby = |choice: &mut Choice| choice.toggle("kirby");
    let invert = |choice: &mut Choice| choice.invert();
    let only = |choice: &mut Choice| *choice = Choice::only("gates");
    let clear = |choice: &mut Choice| *choice = Choice::default();
    type Step<'a> = &'a dyn Fn(&mut Choice);
    let table: [(&str, Step<'_>, &str); 14] = [
        ("", &kirby, "speaker:=kirby"),
        ("casualties", &kirby, "casualties speaker:=kirby"),
        ("a OR b", &kirby, "(a OR b) speaker:=kirby"),
        ("speaker:milley after:2022", &kirby, "speaker:=kirby,=milley after:2022"),
        ("a speaker:=kirby,=milley b", &kirby, "a speaker:=milley b"),
        ("a speaker:kirby b", &kirby, "a b"),
        // What is typed loosely becomes what it matches.
        ("speaker:m", &kirby, "speaker:=kirby,=milley,=peskov"),
        ("speaker:kirby", &invert, "-speaker:=kirby"),
        ("-speaker:kirby", &invert, "speaker:=kirby"),
        ("-speaker:kirby", &kirby, ""),
        ("-speaker:milley", &kirby, "-speaker:=kirby,=milley"),
        ("a", &invert, "a"),
        ("speaker:kirby -speaker:milley a", &only, "speaker:=gates a"),
        ("speaker:kirby -speaker:milley a", &clear, "a"),
    ];
    for (before, step, after) in table {
        let before = query(before);
        let mut choice = before.choice(&timeline, Facet::Speaker);
        step(&mut choice);
        let found = before.with_choice(Facet::Speaker, &choice).to_string();
        assert_eq!(found, after, "{before}");
    }
    let both = Choice { values: ["event".to_owned()].into(), left_out: true };
    assert_eq!(query("a").with_choice(Facet::Kind, &both).to_string(), "a -kind:event");
    let tags = Choice { values: ["a, b".to_owned(), "=c".to_owned()].into(), left_out: false };
    assert_eq!(query("").with_choice(Facet::Tag, &tags).to_string(), "tag:=\"=c\",=\"a, b\"");
}

#[test]
fn chips_are_the_outermost_terms() {
    let all = query(
        "\"combat training\" speaker:=kirby,=\"John Kirby\" -tag:war figure:>50k on:2023 -(a OR b)",
    );
    let chips = all.chips();
    let labels: Vec<&str> = chips.iter().map(|chip| chip.label.as_str()).collect();
    assert_eq!(
        labels,
        [
            "“combat training”",
            "speaker: kirby, John Kirby",
            "not tag: war",
            "figure: >50000",
            "on: 2023",
            "not a OR b",
        ]
    );
    let fields: Vec<Option<Field>> = chips.iter().map(|chip| chip.field).collect();
    assert_eq!(fields[1..5], [Field::Speaker, Field::Tag, Field::Figure, Field::On].map(Some));
    assert_eq!(chips[2].text, "-tag:war");
    assert_eq!(query("").chips(), []);
    assert_eq!(query("a OR b").and(&query("c d")).to_string(), "(a OR b) c d");
}
