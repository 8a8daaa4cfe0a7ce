//! `figures`, `compare`, `stats`, `screenshot` and the exported pictures, without a terminal.

mod harness;

use std::fs;

use harness::program::{Folder, dateline};
use serde_json::Value;

// figures

#[test]
fn figures_are_printed_for_people_and_for_programs() {
    insta::assert_snapshot!("figures", dateline(&["figures"]).done());
    insta::assert_snapshot!("figures-60", dateline(&["figures", "--width", "60"]).done());
    let markdown = dateline(&["figures", "--format", "markdown", "-q", "speaker:kirby"]).done();
    insta::assert_snapshot!("figures-markdown", markdown);
    insta::assert_snapshot!("figures-csv", dateline(&["figures", "--format", "csv"]).done());
    let json = dateline(&["figures", "--format", "json"]).json();
    let rows = json.as_array().unwrap();
    let row = rows.iter().find(|row| row["entry"] == "kirby-may").unwrap();
    assert_eq!(
        (row["per_month"].as_str(), row["months"].as_f64().map(|months| (months * 100.0).round())),
        (Some("over 19,800"), Some(503.0))
    );
}

#[test]
fn figures_are_sorted_by_any_column() {
    let first = |arguments: &[&str]| {
        let mut all = vec!["figures", "--format", "json"];
        all.extend(arguments);
        dateline(&all).json()[0]["claimed"].as_str().unwrap().to_owned()
    };
    assert_eq!(first(&[]), "70,000 to 80,000");
    assert_eq!(first(&["--sort", "claimed"]), "94");
    assert_eq!(first(&["--sort", "claimed", "--reverse"]), "15,000,000 to 30,000,000");
    assert_eq!(first(&["--sort", "a month", "--reverse"]), "over 100,000");
    assert_eq!(first(&["--sort", "Month", "--reverse"]), "over 100,000");
    dateline(&["figures", "--sort", "size"]).refused_with("no column `size`; there are claimed");
}

#[test]
fn no_figures_are_said_to_be_none() {
    assert_eq!(dateline(&["figures", "-q", "speaker:gates"]).done(), "No entry claims a figure.\n");
    assert_eq!(dateline(&["figures", "-q", "speaker:gates", "--format", "json"]).done(), "[]\n");
}

// compare

#[test]
fn a_comparison_can_be_read_by_anybody() {
    let ids = ["milley-november", "kirby-may"];
    let with = |more: &[&str]| {
        let mut all = vec!["compare"];
        all.extend(ids);
        all.extend(more);
        dateline(&all)
    };
    insta::assert_snapshot!("compare", with(&[]).done());
    insta::assert_snapshot!("compare-60", with(&["--width", "60"]).done());
    insta::assert_snapshot!("compare-markdown", with(&["--format", "markdown"]).done());
    insta::assert_snapshot!("compare-csv", with(&["--format", "csv"]).done());
    let json = with(&["--format", "json"]).json();
    assert_eq!(json["ratios"][0]["like_for_like"], Value::Bool(false));
}

#[test]
fn figures_are_named_by_number_or_measure() {
    let one = dateline(&["compare", "kirby-may#2", "joshi-all-fronts"]).done();
    let other = dateline(&["compare", "kirby-may#deaths", "joshi-all-fronts#1"]).done();
    assert_eq!(one, other);
    for (ids, words) in [
        (["kirby-may", "kirby-mai"], "did you mean `kirby-may`?"),
        (["kirby-may", "gates-time"], "`gates-time` claims no figure"),
        (["kirby-may", "kirby-may#1"], "`kirby-may#1` is named twice"),
        (
            ["kirby-may", "kirby-may#tanks"],
            "there is kirby-may#1 (casualties), kirby-may#2 (deaths)",
        ),
    ] {
        dateline(&["compare", ids[0], ids[1]]).refused_with(words);
    }
    let alone = dateline(&["compare", "kirby-may"]);
    assert_eq!(alone.code, 2, "{alone:?}");
}

#[test]
fn files_are_named_apart_from_the_ids() {
    let folder = Folder::with("record.ron", harness::datasets::CURATED);
    let from_file = folder.run(&["compare", "-f", "record.ron", "milley-november", "kirby-may"]);
    let other = dateline(&["compare", "milley-november", "kirby-may"]).done();
    assert_eq!(from_file.done(), other);
}

// stats

#[test]
fn a_timeline_in_numbers() {
    insta::assert_snapshot!("stats", dateline(&["stats"]).done());
    let json = dateline(&["stats", "-q", "speaker:kirby", "--format", "json"]).json();
    assert_eq!((&json["entries"], &json["statements"]), (&Value::from(7), &Value::from(7)));
}

// Pictures

#[test]
fn a_screen_becomes_a_picture() {
    let folder = Folder::new();
    let run = |arguments: &[&str]| folder.run(arguments);
    let words =
        ["screenshot", "--size", "100x30", "--view", "lanes", "--keys", "jj", "-o", "a.svg"];
    assert_eq!(run(&words).done(), "");
    let written = fs::read_to_string(folder.path().join("a.svg")).unwrap();
    let printed = run(&words[..7]).done();
    assert_eq!(written, printed);
    // Not over a file that is there, be it the dataset itself.
    folder.write("mine.ron", "mine");
    let over = ["screenshot", "-o", "mine.ron"];
    run(&over)
        .refused_with("`mine.ron` is there already; nothing was changed; `--force` writes over it");
    assert_eq!(fs::read_to_string(folder.path().join("mine.ron")).unwrap(), "mine");
    assert_eq!(run(&["screenshot", "-o", "mine.ron", "--force"]).done(), "");
    assert!(fs::read_to_string(folder.path().join("mine.ron")).unwrap().starts_with("<svg "));
    assert!(printed.starts_with("<svg ") && printed.contains(">Milley</text>"));
    for (arguments, words) in [
        (["--size", "huge"], "no size `huge`"),
        (["--size", "0x9999"], "no size `0x9999`"),
        (["--keys", "<nokey>"], "`<nokey>` is no key"),
        (["--theme", "mauve"], "no theme `mauve`"),
    ] {
        run(&["screenshot", arguments[0], arguments[1]]).refused_with(words);
    }
}

#[test]
fn pictures_are_exported_by_name_and_by_file() {
    let folder = Folder::new();
    for (file, words) in [("a.svg", ">Pentagon</text>"), ("a.figures.svg", "casualties: 7 figures")]
    {
        let run = folder.run(&["export", "-o", file]);
        assert_eq!(run.code, 0, "{run:?}");
        let svg = fs::read_to_string(folder.path().join(file)).unwrap();
        assert!(svg.contains(words), "{file}: {svg}");
    }
    let printed = folder.run(&["export", "--format", "svg", "-q", "speaker:kirby"]).done();
    assert!(printed.contains("7 entries") && !printed.contains("Pentagon"));
}
