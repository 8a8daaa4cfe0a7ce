//! What queries select of the dataset that comes with the program: by the library, on the command
//! line and on the screen the same.

mod harness;

use dateline::dataset::{embedded, read};
use dateline::model::Timeline;
use dateline::query::Query;
use harness::program::{Folder, dateline};
use harness::terminal::{Terminal, position, rows};

/// Queries, and the ids that each selects, in chronological order; `*` is all.
const TABLE: &[(&str, &str)] = &[
    // Words.
    ("", "*"),
    ("zzz", ""),
    ("destiny", "gates-putin"),
    ("DESTINY", "gates-putin"),
    ("destiny putin", "gates-putin"),
    ("destiny kirby", ""),
    ("\"combat training\"", "kirby-training"),
    ("\"training combat\"", ""),
    ("brzezinski", "gates-putin"),
    ("\"plucked from\"", "peskov-thin-air"),
    ("t-72", "t72-near-bakhmut"),
    ("ludicrous", "kirby-on-prigozhin"),
    ("\"meet the press\"", "gates-putin gates-time"),
    ("\"economic club\"", "milley-november milley-words milley-ukraine milley-civilians"),
    ("donbas", "kirby-trajectory"),
    ("“really stunning”", "kirby-may"),
    ("destiny OR ludicrous", "gates-putin kirby-on-prigozhin"),
    ("destiny or ludicrous", ""),
    // Who.
    ("speaker:kirby", KIRBY),
    ("speaker:KIRBY", KIRBY),
    ("speaker:=kirby", KIRBY),
    ("speaker:\"John Kirby\"", KIRBY),
    ("speaker:=kir", ""),
    ("speaker:milley", "milley-november milley-words milley-ukraine milley-civilians"),
    (
        "speaker:milley,gates",
        "milley-november milley-words milley-ukraine milley-civilians gates-putin gates-time",
    ),
    ("speaker:report", "report-dead report-acceleration report-value report-undeterred"),
    ("speaker:=ap", "ap-wagner"),
    ("speaker:peskov,prigozhin", "prigozhin-94 peskov-thin-air"),
    ("speaker:rozen", ""),
    ("via:rozen", "kirby-trajectory"),
    ("has:relay", "kirby-trajectory"),
    // What about.
    (
        "tag:wagner",
        "prigozhin-94 report-dead kirby-training kirby-on-prigozhin ap-wagner joshi-all-fronts",
    ),
    ("tag:civilians", "milley-civilians"),
    ("tag:intelligence", "kirby-may"),
    ("tag:fighting", "bakhmut-fight december-operations t72-near-bakhmut kirby-trajectory"),
    ("tag:bakhmut tag:wagner", "kirby-training joshi-all-fronts"),
    ("tag:civilians,intelligence", "milley-civilians kirby-may"),
    ("wagner -tag:wagner", ""),
    // Where from, and where.
    ("source:nyt", "pentagon-august milley-november milley-words milley-ukraine milley-civilians"),
    ("source:nbc", "gates-putin gates-time"),
    ("source:hill", HILL),
    ("source:thehill.com", HILL),
    ("has:url", HILL),
    ("source:shestak", "t72-near-bakhmut"),
    ("place:donbas", "kirby-trajectory"),
    ("place:near", "t72-near-bakhmut"),
    (
        "place:=Ukraine",
        "milley-november milley-words milley-ukraine milley-civilians december-operations gates-putin \
         kirby-ukraine joshi-all-fronts",
    ),
    ("kind:event", "bakhmut-fight december-operations t72-near-bakhmut"),
    ("kind:event tag:bakhmut", "bakhmut-fight t72-near-bakhmut"),
    ("kind:event,statement", "*"),
    ("id:=kirby-may", "kirby-may"),
    ("id:milley", "milley-november milley-words milley-ukraine milley-civilians"),
    // When. A span may have been on any of its days, a month certainly was in its year.
    ("on:2022-08-15", "pentagon-august"),
    ("certainly:on:2022-08-15", ""),
    ("certainly:2022-08", "pentagon-august"),
    ("on:2023-05-02", "bakhmut-fight peskov-thin-air"),
    ("during:2022-11", "milley-november milley-words milley-ukraine milley-civilians"),
    ("certainly:2022-11-09", "milley-november milley-words milley-ukraine milley-civilians"),
    ("during:2022-12/2023-02", "bakhmut-fight december-operations gates-putin gates-time"),
    ("after:2022-11 before:2023-02", "december-operations gates-putin gates-time"),
    (
        "before:2022-12",
        "pentagon-august milley-november milley-words milley-ukraine milley-civilians",
    ),
    ("until:2022-08", "pentagon-august"),
    ("after:2023-05-01", "peskov-thin-air"),
    ("since:2023-03 before:2023-05", "t72-near-bakhmut prigozhin-94"),
    ("on:[2023-01-29,2023-03-26] -place:bakhmut", "gates-putin gates-time"),
    // How many.
    (
        "figure:casualties",
        "pentagon-august milley-november milley-words prigozhin-94 kirby-may ukrinform-bakhmut \
         officials-lead",
    ),
    ("figure:deaths", "milley-civilians kirby-may joshi-all-fronts"),
    ("figure:displaced", "milley-civilians"),
    (
        "figure:>50000",
        "pentagon-august milley-november milley-words milley-civilians kirby-may \
         ukrinform-bakhmut officials-lead",
    ),
    ("figure:<1000", "prigozhin-94"),
    ("figure:94", "prigozhin-94"),
    ("figure:75000", "pentagon-august"),
    ("figure:75k", "pentagon-august"),
    ("figure:>1m", "milley-civilians"),
    ("figure:casualties>100k", "milley-november milley-words kirby-may officials-lead"),
    // What a record holds.
    ("has:basis", "kirby-may"),
    ("has:dispute", "prigozhin-94 kirby-may kirby-clarification ukrinform-bakhmut"),
    ("has:quote has:paraphrase", "gates-putin kirby-may kirby-training"),
    ("has:basis,relay", "kirby-may kirby-trajectory"),
    ("speaker:report -has:note", ""),
    // Put together.
    (
        "speaker:kirby -tag:wagner",
        "kirby-may kirby-clarification kirby-trajectory kirby-stockpiles kirby-ukraine",
    ),
    ("speaker:kirby -has:quote", "kirby-clarification"),
    ("speaker:kirby has:figure", "kirby-may"),
    ("speaker:gates OR speaker:kirby has:figure", "gates-putin gates-time kirby-may"),
    ("(speaker:gates OR speaker:kirby) has:figure", "kirby-may"),
    (
        "-(speaker:kirby OR speaker:milley) has:figure",
        "pentagon-august prigozhin-94 joshi-all-fronts ukrinform-bakhmut officials-lead",
    ),
    ("-kind:statement", "bakhmut-fight december-operations t72-near-bakhmut"),
    ("NOT kind:statement tag:strategy", "december-operations"),
    ("--id:=kirby-may", "kirby-may"),
];

const KIRBY: &str = "kirby-may kirby-clarification kirby-trajectory kirby-training kirby-stockpiles \
                     kirby-ukraine kirby-on-prigozhin";
const HILL: &str = "prigozhin-94 kirby-may kirby-stockpiles kirby-ukraine kirby-on-prigozhin";

fn curated() -> Timeline {
    read(&[embedded()]).timeline
}

fn wanted(timeline: &Timeline, ids: &str) -> Vec<String> {
    match ids {
        "*" => timeline.indexes().map(|entry| timeline.id(entry).to_owned()).collect(),
        ids => ids.split_whitespace().map(str::to_owned).collect(),
    }
}

fn selected(timeline: &Timeline, query: &Query) -> Vec<String> {
    query.select(timeline).into_iter().map(|entry| timeline.id(entry).to_owned()).collect()
}

#[test]
fn queries_select_what_they_should() {
    let timeline = curated();
    let mut wrong = Vec::new();
    for (text, ids) in TABLE {
        let query = Query::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let (found, wanted) = (selected(&timeline, &query), wanted(&timeline, ids));
        if found != wanted {
            wrong.push(format!("{text}\n  found  {found:?}\n  wanted {wanted:?}"));
        }
        // As panels and chips write it, it asks the same.
        let written = query.to_string();
        let again = Query::parse(&written).unwrap_or_else(|error| panic!("{written}: {error}"));
        assert_eq!(selected(&timeline, &again), found, "{text} as {written}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(TABLE.len() >= 60);
}

/// Rows of the table of every kind: a word, quotation marks, a negation first, groups, dates.
const SOME: [&str; 6] = [
    "speaker:kirby -tag:wagner",
    "-kind:statement",
    "\"combat training\"",
    "(speaker:gates OR speaker:kirby) has:figure",
    "during:2022-12/2023-02",
    "zzz",
];

fn some() -> impl Iterator<Item = (&'static str, Vec<String>)> {
    let timeline = curated();
    SOME.map(|query| {
        let row = TABLE.iter().find(|(known, _)| *known == query).expect("a row of the table");
        (query, wanted(&timeline, row.1))
    })
    .into_iter()
}

#[test]
fn the_command_line_selects_the_same() {
    for (query, wanted) in some() {
        let list = dateline(&["list", "-q", query, "--format", "json"]).json();
        let found: Vec<&str> =
            list.as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap()).collect();
        assert_eq!(found, wanted, "list -q {query}");
    }
}

/// The id at the foot of the record: `statement kirby-may · bakhmut.ron:263`.
fn id_here(screen: &vt100::Screen) -> Option<String> {
    let foot = rows(screen).into_iter().rev().find(|row| row.contains("bakhmut.ron:"))?;
    let words: Vec<&str> = foot.split_whitespace().collect();
    let kind = words.iter().position(|word| matches!(*word, "statement" | "event"))?;
    words.get(kind + 1).map(|id| (*id).to_owned())
}

#[test]
fn the_screen_selects_the_same() {
    // So high that each record is there down to its foot.
    let mut terminal = Terminal::open(&Folder::new(), &[], (120, 90));
    for (query, wanted) in some() {
        terminal.send("f<c-u>");
        terminal.send(query);
        terminal.send("<enter>gg");
        let mut found = Vec::new();
        while let Some((number, all)) = position(&terminal.screen()) {
            found.extend(id_here(&terminal.screen()));
            if number == all {
                break;
            }
            terminal.send("j");
        }
        assert_eq!(found, wanted, "f {query}");
        if wanted.is_empty() {
            terminal.wait_text("No entry matches the filter.");
        }
    }
}

#[test]
fn a_small_or_between_terms_is_told() {
    for (query, told) in [
        ("destiny or ludicrous", "`or` is looked for as a word; `OR` joins"),
        ("destiny and ludicrous", "`and` is looked for as a word; terms are joined as they are"),
        ("destiny OR ludicrous", ""),
    ] {
        for command in ["list", "stats", "figures", "export"] {
            let mut arguments = vec![command, "-q", query];
            if command == "export" {
                arguments.extend(["--format", "json"]);
            }
            let run = dateline(&arguments);
            assert_eq!(run.err.contains("as a word"), !told.is_empty(), "{command} {query}");
            assert!(run.err.contains(told), "{command} {query}: {}", run.err);
        }
    }
    let mut terminal = Terminal::open(&Folder::new(), &[], (120, 40));
    terminal.send("fdestiny or ludicrous");
    terminal.wait_text("`or` is looked for as a word; `OR` joins");
}
