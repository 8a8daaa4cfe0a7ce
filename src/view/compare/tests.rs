use super::*;
use crate::model::{Amount, Entry, Figure, How, Related, TimelineBuilder};
use crate::view::figures::tests::{bakhmut, figure, over, statement};

fn by_id(timeline: &Timeline, ids: &[&str]) -> Comparison {
    let figures: Vec<FigureRef> =
        ids.iter().map(|id| FigureRef::parse(timeline, id).unwrap()).collect();
    compare(timeline, &figures)
}

fn amount(value: f64) -> Amount {
    Amount::new(value).unwrap()
}

#[test]
fn kirbys_figure_beside_milleys() {
    let timeline = bakhmut();
    let comparison = by_id(&timeline, &["milley-november", "kirby-may"]);
    insta::assert_snapshot!(comparison.to_text(110));
    let words = &comparison.ratios[0].words;
    assert!(
        words.starts_with(
            "By the monthly rate, the second is about 1.6 times or more; \
             by value, the second is about the same or more."
        ),
        "{words}"
    );
    assert!(words.contains("Not like for like in place: Ukraine against Bakhmut (if Kirby’s clarification holds; Joshi disputes it)"), "{words}");
    assert!(
        comparison
            .notes
            .contains(&"The second’s 20,000 deaths are part of its 100,000.".to_owned())
    );
    let ratio = &comparison.ratios[0];
    // 100,000 over five months and a day is 19,869.4 a month; against 12,500.
    let least = ratio.per_month.unwrap();
    assert!(least.high.is_none() && (least.low.unwrap() - 1.589_55).abs() < 1e-4);
    assert_eq!(ratio.value, Some(Range { low: Some(1.0), high: None }));
    assert!(!ratio.like_for_like);
}

#[test]
fn the_greater_is_the_subject() {
    let timeline = bakhmut();
    let words = by_id(&timeline, &["kirby-may", "milley-november"]).ratios[0].words.clone();
    assert!(
        words.starts_with(
            "By the monthly rate, the first is about 1.6 times or more; \
         by value, the second is about the same or less.",
        ),
        "{words}"
    );
}

#[test]
fn three_figures_are_held_against_the_first() {
    let timeline = bakhmut();
    let comparison = by_id(&timeline, &["milley-november", "kirby-may#deaths", "prigozhin-94"]);
    insta::assert_snapshot!(comparison.to_text(100));
}

#[test]
fn figures_are_named() {
    let timeline = bakhmut();
    let kirby = timeline.find("kirby-may").unwrap();
    for (text, expected) in [
        ("kirby-may", Ok(0)),
        ("kirby-may#1", Ok(0)),
        ("kirby-may#2", Ok(1)),
        ("kirby-may#deaths", Ok(1)),
        ("kirby-may#Deaths", Ok(1)),
        (
            "kirby-may#3",
            Err(
                "there is no figure `kirby-may#3`; there is kirby-may#1 (casualties), kirby-may#2 (deaths)",
            ),
        ),
        (
            "kirby-may#0",
            Err(
                "there is no figure `kirby-may#0`; there is kirby-may#1 (casualties), kirby-may#2 (deaths)",
            ),
        ),
        ("kirby-mya", Err("no entry has the id `kirby-mya`; did you mean `kirby-may`?")),
        (
            "nobody#2",
            Err("no entry among 5 in  has the id `nobody`; `dateline list` prints their ids"),
        ),
        ("kirby-clarification", Err("`kirby-clarification` claims no figure")),
    ] {
        let found = FigureRef::parse(&timeline, text).map_err(|why| why.to_string());
        let expected =
            expected.map(|number| FigureRef { entry: kirby, number }).map_err(str::to_owned);
        assert_eq!(found, expected, "{text}");
    }
}

/// The two figures, without a link to anything.
fn two(first: Figure, second: Figure) -> String {
    let mut builder = TimelineBuilder::new();
    builder.entry(Entry { figures: vec![first], ..statement("a", "2023-01-01", "A") }, 1);
    builder.entry(Entry { figures: vec![second], ..statement("b", "2023-02-01", "B") }, 2);
    by_id(&builder.build(), &["a", "b"]).ratios[0].words.clone()
}

#[test]
fn a_ratio_says_what_stands_against_it() {
    let plain = |bound| figure(bound, "deaths", "forces", "Bakhmut", "2022-01-01/2022-06-30");
    let exactly = |value| Bound::Exactly(amount(value));
    for (first, second, expected) in [
        (
            plain(exactly(600.0)),
            plain(exactly(1200.0)),
            "By the monthly rate, the second is 2 times as much; by value, the second is 2 times as much.",
        ),
        (
            plain(exactly(600.0)),
            plain(exactly(600.0)),
            "By the monthly rate, the second is the same; by value, the second is the same.",
        ),
        (
            plain(exactly(600.0)),
            Figure { of: None, ..plain(exactly(1200.0)) },
            "By the monthly rate, the second is 2 times as much; by value, the second is 2 times as much. Not like for like in population: forces against none given.",
        ),
        (
            plain(over(600.0)),
            plain(over(1200.0)),
            "By the monthly rate, no ratio can be given: both are given as no more than a limit on the same side; \
             by value, no ratio can be given: both are given as no more than a limit on the same side.",
        ),
        (
            plain(exactly(600.0)),
            Figure {
                measure: "casualties".to_owned(),
                period: None,
                ..plain(Bound::Between(amount(300.0), amount(900.0)))
            },
            "The monthly rates cannot be compared: of the second no period is given; by value, the second is 0.5 to 1.5 times as much. \
             Not like for like in measure: deaths against casualties. \
             Nor in period: 6 months, 1 Jan – 30 Jun 2022 against none given. \
             Nor in bound: a number as it is against from one number to another.",
        ),
    ] {
        assert_eq!(two(first, second), expected);
    }
}

#[test]
fn disputes_are_pinned_only_on_what_they_are_about() {
    let mut builder = TimelineBuilder::new();
    let period = "2022-01/2022-06";
    let claim =
        |value, place| figure(Bound::About(amount(value)), "deaths", "forces", place, period);
    builder.entry(
        Entry { figures: vec![claim(100.0, "Bakhmut")], ..statement("a", "2023-01-01", "A") },
        1,
    );
    builder.entry(
        Entry { figures: vec![claim(100.0, "Bakhmut")], ..statement("b", "2023-01-02", "B") },
        2,
    );
    let disputes = |to: &str| vec![Related { to: to.to_owned(), how: How::Disputes }];
    builder.entry(
        Entry {
            figures: vec![claim(50.0, "Bakhmut")],
            related: disputes("a"),
            ..statement("half", "2023-01-03", "Half")
        },
        3,
    );
    builder.entry(
        Entry { related: disputes("b"), ..statement("air", "2023-01-03", "From thin air") },
        4,
    );
    let timeline = builder.build();
    let comparison = by_id(&timeline, &["a", "b"]);
    let claimed = &comparison.rows[0];
    assert_eq!(claimed.cells, ["about 100 (disputed: about 50)", "about 100"]);
    let words = &comparison.ratios[0].words;
    assert!(
        words.contains("in bound: both say about, but of the first, Half disputes it."),
        "{words}"
    );
    assert!(
        comparison
            .notes
            .iter()
            .any(|note| note.starts_with("The second is disputed by From thin air"))
    );
    assert!(!comparison.ratios[0].like_for_like);
}

#[test]
fn a_claim_that_is_passed_on_is_not_another() {
    let mut builder = TimelineBuilder::new();
    let claim = |value| figure(Bound::About(amount(value)), "deaths", "", "", "2022");
    let passes = |to: &str| vec![Related { to: to.to_owned(), how: How::PassesOn }];
    for (id, to) in [("a", ""), ("b", "a"), ("c", "b"), ("d", "a"), ("e", "")] {
        let related = if to.is_empty() { Vec::new() } else { passes(to) };
        let entry = statement(id, "2023-01-01", id);
        builder.entry(Entry { figures: vec![claim(100.0)], related, ..entry }, 1);
    }
    let timeline = builder.build();
    for (ids, expected) in [
        (["a", "b"], "The second passes on the first: they are one claim, not two"),
        (["c", "a"], "The first passes on the second: they are one claim"),
        (["c", "d"], "The first and the second pass on the same claim: they are one claim"),
        (["a", "e"], "By the monthly rate, the second is about the same;"),
    ] {
        let ratio = &by_id(&timeline, &ids).ratios[0];
        assert!(ratio.words.starts_with(expected), "{}", ratio.words);
        assert_eq!(ratio.one_claim, ids[1] != "e");
        assert_eq!(ratio.value.is_some() && ratio.per_month.is_some(), !ratio.one_claim);
    }
}

#[test]
fn a_part_larger_than_its_whole_is_no_fact() {
    let mut builder = TimelineBuilder::new();
    let claim = |value, measure| figure(Bound::Exactly(amount(value)), measure, "", "", "2022");
    for (id, deaths) in [("a", 200.0), ("b", 50.0)] {
        let part = Figure { part_of: Some("casualties".to_owned()), ..claim(deaths, "deaths") };
        let figures = vec![claim(100.0, "casualties"), part];
        builder.entry(Entry { figures, ..statement(id, "2023-01-01", id) }, 1);
    }
    let notes = by_id(&builder.build(), &["a", "b", "a#2"]).notes.join(" ");
    assert_eq!(
        notes,
        "The first’s 200 deaths are given as part of its 100, yet they are more. \
         The second’s 50 deaths are part of its 100. \
         The third is given as a part of the casualties claimed with it, yet it is larger.",
    );
}

#[test]
fn periods_that_overlap_are_named_as_such() {
    let claim = |period| figure(Bound::Exactly(amount(100.0)), "deaths", "", "", period);
    for (one, other, said) in [
        ("2022-01/2022-06", "2022-05/2022-12", "against 8 months, May – Dec 2022, which overlap."),
        ("2022", "2022-03", "which overlap: the second lies within the first."),
        ("2022-03", "2022", "which overlap: the first lies within the second."),
    ] {
        let words = two(claim(one), claim(other));
        assert!(words.contains(said), "{words}");
    }
    assert!(!two(claim("2022"), claim("2023")).contains("overlap"));
    assert!(!two(claim("2022"), claim("2022-01/2022-12")).contains("period"));
}

mod property;

#[test]
fn formats_hold_the_same() {
    let timeline = bakhmut();
    let comparison = by_id(&timeline, &["milley-november", "kirby-may"]);
    let csv = comparison.to_csv();
    assert!(csv.contains("a month,\"about 12,500\",\"over 19,800\",\r\n"), "{csv}");
    assert!(csv.contains("note,\"By the monthly rate, the second is about 1.6 times"), "{csv}");
    assert!(comparison.to_markdown().contains("| a month | about 12,500 | over 19,800 |  |\n"));
    let json = serde_json::to_value(&comparison).unwrap();
    assert_eq!(json["ratios"][0]["one_claim"], false);
    assert_eq!(json["ratios"][0]["differences"][0]["aspect"], "place");
}

#[test]
fn the_curated_dataset_is_told_as_it_is() {
    let timeline = crate::dataset::read(&[crate::dataset::embedded()]).timeline;
    let comparison = by_id(&timeline, &["milley-november", "kirby-may"]);
    let row = |label: &str| {
        let row = comparison.rows.iter().find(|row| row.label == label);
        row.map(|row| row.cells.join(" | ")).unwrap_or_default()
    };
    for (label, cells) in [
        ("claimed", "about 100,000 | over 100,000"),
        ("measure", "casualties | casualties"),
        ("period", "8 months, Feb – Oct 2022 | about 5 months, Dec 2022 – 1 May 2023"),
        ("a month", "about 12,500 | over 19,800"),
    ] {
        assert_eq!(row(label), cells);
    }
    assert!(row("where").contains("Bakhmut (disputed: "), "{}", row("where"));
    let words = comparison.paragraphs().join(" ");
    for part in [
        "By the monthly rate, the second is about 1.6 times or more",
        "Not like for like in place: Ukraine",
        "Bakhmut (if Kirby’s clarification holds; Joshi disputes it)",
        "The second’s 20,000 deaths are part of its 100,000.",
    ] {
        assert!(words.contains(part), "{words}");
    }
}
