//! What queries select, as a table.

use crate::model::Timeline;
use crate::query::fixture::bakhmut;
use crate::query::{Field, Needle, Query, search};

/// The ids that a query selects, in chronological order.
fn selected(timeline: &Timeline, query: &str) -> Vec<String> {
    let query = Query::parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
    query.select(timeline).into_iter().map(|index| timeline.id(index).to_owned()).collect()
}

/// Checks a table of queries with the ids that they select, in any order. `*` is every id.
fn check(timeline: &Timeline, table: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (query, ids) in table {
        let mut found = selected(timeline, query);
        let mut wanted = match *ids {
            "*" => timeline.indexes().map(|index| timeline.id(index).to_owned()).collect(),
            ids => ids.split_whitespace().map(str::to_owned).collect::<Vec<_>>(),
        };
        found.sort();
        wanted.sort();
        if found != wanted {
            wrong.push(format!("{query}\n  found  {found:?}\n  wanted {wanted:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_match_anywhere_in_any_case() {
    check(
        &bakhmut(),
        &[
            ("", "*"),
            ("   ", "*"),
            ("destiny", "gates-putin"),
            ("DESTINY", "gates-putin"),
            ("dest", "gates-putin"),
            ("tiny", "gates-putin"),
            ("\"combat training\"", "kirby-wagner"),
            ("\"training combat\"", ""),
            ("training combat", "kirby-wagner"),
            ("combat AND training", "kirby-wagner"),
            ("It's", "kirby-may"),
            ("It’s", "kirby-may"),
            ("“really stunning”", "kirby-may"),
            ("empire", "gates-putin"),
            ("brzezinski", "gates-putin"),
            ("rozen", "kirby-wagner"),
            ("economist", "joshi-fronts"),
            ("\"joint chiefs\"", "milley-november"),
            ("chairman", "milley-november"),
            ("\"economic club\"", "milley-november"),
            ("t-72", "tank-march"),
            ("downgraded", "kirby-may"),
            ("disagree", "joshi-fronts"),
            ("\"killed or wounded\"", "pentagon-august"),
            ("\"70,000 to\"", "pentagon-august"),
            ("helene", "pentagon-august milley-november"),
            ("thehill.com", "prigozhin-april kirby-may peskov-air"),
            ("joshi-fr", "joshi-fronts"),
            ("putin", "gates-putin"),
            ("zzz", ""),
        ],
    );
}

#[test]
fn names_match_in_part_or_to_the_letter() {
    check(
        &bakhmut(),
        &[
            ("speaker:kirby", "kirby-may kirby-clarifies kirby-wagner"),
            ("speaker:KIRBY", "kirby-may kirby-clarifies kirby-wagner"),
            ("Speaker:kirby", "kirby-may kirby-clarifies kirby-wagner"),
            ("speaker:\"John Kirby\"", "kirby-may kirby-clarifies kirby-wagner"),
            ("speaker:=kirby", "kirby-may kirby-clarifies kirby-wagner"),
            ("speaker:=\"John Kirby\"", "kirby-may kirby-clarifies kirby-wagner"),
            ("speaker:=Kirby", ""),
            ("speaker:=kir", ""),
            ("speaker:mil", "milley-november"),
            ("speaker:milley,gates", "milley-november gates-putin"),
            ("speaker:\"Mark Milley\",=gates", "milley-november gates-putin"),
            ("speaker:zzz", ""),
            ("tag:wagner", "prigozhin-april kirby-wagner"),
            ("tag:=wagner", ""),
            ("tag:=Wagner", "prigozhin-april kirby-wagner"),
            ("tag:casualties tag:wagner", "prigozhin-april"),
            ("tag:putin,wagner", "gates-putin prigozhin-april kirby-wagner"),
            ("source:nyt", "pentagon-august milley-november"),
            ("source:\"new york\"", "pentagon-august milley-november"),
            ("source:thehill.com", "prigozhin-april kirby-may peskov-air"),
            ("source:=hill", "prigozhin-april kirby-may peskov-air"),
            ("source:cooper", "pentagon-august milley-november"),
            ("kind:event", "pentagon-august bakhmut tank-march archive"),
            ("kind:events", "pentagon-august bakhmut tank-march archive"),
            ("kind:statement,event", "*"),
            ("place:bakhmut", "bakhmut tank-march kirby-clarifies"),
            ("place:=Bakhmut", "bakhmut tank-march kirby-clarifies"),
            ("via:rozen", "kirby-wagner"),
            ("via:kirby", ""),
            ("id:kirby", "kirby-may kirby-clarifies kirby-wagner"),
            ("id:=kirby-may", "kirby-may"),
            ("id:=kirby", ""),
        ],
    );
}

#[test]
fn uncertain_dates_match_if_they_may() {
    let may = "kirby-may kirby-clarifies kirby-wagner joshi-fronts";
    let with = |more: &str| format!("{may} {more}");
    check(
        &bakhmut(),
        &[
            ("on:2023-05-01", &with("bakhmut archive")),
            ("on:2022-11-09", "milley-november archive"),
            ("certainly:2022-11-09", ""),
            ("certainly:2022-11", "milley-november"),
            ("during:2022-11", "milley-november archive"),
            ("during:2022-12/2023-02", "bakhmut gates-putin archive"),
            ("during:2023-01", "bakhmut gates-putin archive"),
            // An approximate date is never certain.
            ("certainly:2022-12/2023-02", "bakhmut"),
            (
                "after:2022-11 -archive",
                &with("bakhmut gates-putin tank-march prigozhin-april peskov-air"),
            ),
            // Some of November is after the 8th.
            ("after:2022-11-08 until:2022-11", "milley-november archive"),
            ("certainly:after:2022-11-08 until:2022-11", ""),
            ("after:2022-11-30 before:2023 -archive", ""),
            ("since:2022-11-30 before:2023-02 -archive", "milley-november gates-putin"),
            ("since:2022-11 before:2022-12", "milley-november archive"),
            ("from:2022-11 to:2022-11", "milley-november archive"),
            ("before:2022-09", "pentagon-august archive"),
            ("until:2022-08", "pentagon-august archive"),
            ("before:2022-08", "archive"),
            ("certainly:before:2023-01", "pentagon-august milley-november"),
            ("since:../2022", "*"),
            ("until:2023-05-01/..", "*"),
            ("certainly:2022~", ""),
            ("certainly:1000/3000 place:bakhmut", "bakhmut tank-march kirby-clarifies"),
            ("on:[2022-11-01,2023-03-26] kind:event", "bakhmut tank-march archive"),
        ],
    );
}

#[test]
fn figures_are_compared_by_what_is_claimed() {
    check(
        &bakhmut(),
        &[
            ("figure:casualties", "milley-november prigozhin-april kirby-may"),
            ("figure:\"killed or\"", "pentagon-august"),
            ("figure:>50000", "pentagon-august milley-november kirby-may"),
            ("figure:>50,000", "pentagon-august milley-november kirby-may"),
            ("figure:>50_000", "pentagon-august milley-november kirby-may"),
            ("figure:>50k", "pentagon-august milley-november kirby-may"),
            ("figure:>0.05m", "pentagon-august milley-november kirby-may"),
            // "Over 100,000" is above it, "about 100,000" may be.
            ("figure:>100k", "milley-november kirby-may"),
            // Two terms may be met by two figures of an entry, one item only by one.
            ("figure:>75k figure:<80k", "pentagon-august kirby-may"),
            ("figure:76k..79k", "pentagon-august"),
            ("figure:>20k", "pentagon-august milley-november kirby-may joshi-fronts"),
            ("figure:deaths>20k", "kirby-may joshi-fronts"),
            ("figure:deaths>=20001", ""),
            ("figure:deaths<=20k", "joshi-fronts"),
            ("figure:<1000", "prigozhin-april"),
            ("figure:94", "prigozhin-april"),
            ("figure:=94", "prigozhin-april"),
            ("figure:75000", "pentagon-august"),
            ("figure:50k..90k", "pentagon-august"),
            ("figure:deaths,94", "prigozhin-april kirby-may joshi-fronts"),
            ("figure:>90,000,94", "milley-november prigozhin-april kirby-may"),
            ("figure:casualties<1k", "prigozhin-april"),
        ],
    );
}

#[test]
fn records_are_asked_for_what_they_hold() {
    check(
        &bakhmut(),
        &[
            ("has:quote", "gates-putin kirby-may kirby-wagner peskov-air"),
            ("has:quotes", "gates-putin kirby-may kirby-wagner peskov-air"),
            ("has:paraphrase", "milley-november prigozhin-april kirby-clarifies joshi-fronts"),
            ("has:relay", "kirby-wagner"),
            ("has:via", "kirby-wagner"),
            ("has:figure -kind:event", "milley-november prigozhin-april kirby-may joshi-fronts"),
            ("has:note,basis", "kirby-may joshi-fronts"),
            ("-has:source", "joshi-fronts"),
            ("has:url", "gates-putin prigozhin-april kirby-may peskov-air"),
            ("-has:tag kind:statement", "peskov-air"),
            ("has:speaker,place", "*"),
            ("has:related", "milley-november kirby-may kirby-clarifies joshi-fronts peskov-air"),
            ("has:dispute", "kirby-may kirby-clarifies"),
            ("has:retracted", ""),
            ("has:superseded", ""),
        ],
    );
}

#[test]
fn terms_combine() {
    check(
        &bakhmut(),
        &[
            ("speaker:kirby has:quote", "kirby-may kirby-wagner"),
            ("speaker:kirby -has:quote", "kirby-clarifies"),
            ("speaker:kirby NOT has:quote", "kirby-clarifies"),
            ("speaker:gates OR speaker:milley", "gates-putin milley-november"),
            ("speaker:gates OR speaker:kirby has:figure", "gates-putin kirby-may"),
            ("(speaker:gates OR speaker:kirby) has:figure", "kirby-may"),
            ("kind:event -(place:bakhmut OR archive)", "pentagon-august"),
            ("speaker:kirby -(has:quote has:figure)", "kirby-clarifies kirby-wagner"),
            ("--speaker:gates", "gates-putin"),
            ("-kind:statement -kind:event", ""),
            ("((destiny))", "gates-putin"),
            ("destiny(putin)", "gates-putin"),
            ("killed \"OR\" wounded", "pentagon-august"),
            ("killed OR wounded", "pentagon-august kirby-may"),
            ("killed or wounded", "pentagon-august"),
            ("10:30", ""),
            ("https://thehill.com kind:statement", "prigozhin-april kirby-may peskov-air"),
        ],
    );
}

#[test]
fn every_example_is_right() {
    for field in Field::ALL {
        assert_eq!(Field::find(field.name()), Some(field));
        let chips = Query::parse(field.example()).unwrap().chips();
        assert_eq!(chips.iter().map(|chip| chip.field).collect::<Vec<_>>(), [Some(field)]);
    }
}

#[test]
fn searching_gives_some_of_those_on_show() {
    let timeline = bakhmut();
    let shown = Query::parse("speaker:kirby OR speaker:joshi").unwrap().select(&timeline);
    let all: Vec<_> = timeline.indexes().collect();
    let found = |shown: &[_], words: &str| search(&timeline, shown, &Needle::new(words)).len();
    assert_eq!(search(&timeline, &shown, &Needle::new("strictly")), [shown[1]]);
    assert_eq!(search(&timeline, &shown, &Needle::new("rozen")), [shown[2]]);
    assert_eq!(found(&all, ""), 0);
    assert_eq!(found(&all, "bakhmut"), 4);
    // A capital makes the search tell the cases apart: one id is not found any more.
    assert_eq!(found(&all, "Putin believes"), 1);
    assert_eq!(found(&all, "putin Believes"), 0);
}

#[test]
fn needles_are_found_where_they_stand() {
    for (words, text, places) in [
        ("kirby", "Kirby and KIRBY", &[(0, 5), (10, 15)][..]),
        ("Kirby", "Kirby and KIRBY", &[(0, 5)]),
        ("aa", "aaaa", &[(0, 2), (2, 4)]),
        ("it's", "so it’s", &[(3, 9)]),
        ("\"no\"", "“no”", &[(0, 8)]),
        ("a-b", "a–b", &[(0, 5)]),
        ("combat training", "combat\n   training", &[(0, 18)]),
        ("é", "CAFÉ", &[(3, 5)]),
        ("e", "é", &[(0, 2)]),
        ("é", "e", &[]),
        ("σ", "ΟΔΟΣ ς", &[(6, 8), (9, 11)]),
        ("i", "İi", &[(0, 2), (2, 3)]),
        ("日", "今日", &[(3, 6)]),
        ("", "anything", &[]),
    ] {
        let found = Needle::new(words).find_all(text).into_iter();
        let found: Vec<(usize, usize)> = found.map(|place| (place.start, place.end)).collect();
        assert_eq!(found, places, "{words:?} in {text:?}");
    }
}

#[test]
fn wanted_words_are_marked_and_others_not() {
    let query = Query::parse("destiny -empire (\"combat training\" OR -(-putin)) tag:x").unwrap();
    let text = "destiny empire combat training Putin x";
    let marked: Vec<&str> = query
        .needles()
        .iter()
        .flat_map(|needle| needle.find_all(text))
        .map(|place| &text[place])
        .collect();
    assert_eq!(marked, ["destiny", "combat training", "Putin"]);
}
