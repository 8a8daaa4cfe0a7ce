//! What is offered while typing.

use crate::model::{Entry, Kind, TimelineBuilder};
use crate::query::complete;
use crate::query::fixture::{bakhmut, when};

/// The text after each offer for the query, whose cursor is at `|`.
fn offered(typed: &str) -> Vec<String> {
    let cursor = typed.find('|').unwrap();
    let text = typed.replacen('|', "", 1);
    complete(&bakhmut(), &text, cursor)
        .into_iter()
        .map(|offer| {
            let mut text = text.clone();
            text.replace_range(offer.replace, &offer.text);
            text
        })
        .collect()
}

#[test]
fn fields_and_values_complete() {
    for (typed, offers) in [
        ("spe|", &["speaker:"][..]),
        ("SPE|", &["speaker:"]),
        ("a -(spe|", &["a -(speaker:"]),
        ("s|peaker:kirby x", &["speaker:kirby x", "source:kirby x", "since:kirby x"]),
        ("kir|", &["speaker:kirby"]),
        ("joh|", &["speaker:kirby"]),
        ("bak|", &["place:Bakhmut"]),
        ("speaker:kir|", &["speaker:kirby"]),
        ("speaker:mark|", &["speaker:milley"]),
        ("speaker:\"John K|", &["speaker:kirby"]),
        ("speaker:=kir|", &["speaker:kirby"]),
        ("speaker:kirby,gat|", &["speaker:kirby,gates"]),
        ("speaker:ki|,gates x", &["speaker:kirby,gates x", "speaker:brzezinski,gates x"]),
        ("speaker:krby|", &["speaker:kirby"]),
        ("via:roz|", &["via:rozen"]),
        ("tag:str|", &["tag:strategy"]),
        ("source:hil|", &["source:hill"]),
        ("source:nyt|", &["source:nyt"]),
        ("kind:|", &["kind:statement", "kind:event"]),
        ("has:quote,pa|", &["has:quote,paraphrase"]),
        ("id:kirby-|", &["id:kirby-may", "id:kirby-clarifies", "id:kirby-wagner"]),
        ("figure:cas|", &["figure:casualties"]),
        ("figure:cas|>50k", &["figure:casualties>50k"]),
        ("figure:kil|", &["figure:\"killed or wounded\""]),
        ("figure:>5|", &[]),
        ("on:|", &["on:2022", "on:2023"]),
        ("on:2022-|", &["on:2022-08", "on:2022-11", "on:2022-12"]),
        ("during:2022-12/2023|", &["during:2022-12/2023"]),
        (
            "certainly:after:2023-0|",
            &[
                "certainly:after:2023-01",
                "certainly:after:2023-03",
                "certainly:after:2023-04",
                "certainly:after:2023-05",
            ],
        ),
        ("\"speaker:ki|", &[]),
        ("zzzz|", &[]),
        ("nofield:ki|", &[]),
        ("10:3|", &[]),
    ] {
        assert_eq!(offered(typed), offers, "{typed}");
    }
}

#[test]
fn an_empty_word_offers_every_field() {
    assert_eq!(offered("|").len(), 16);
    assert_eq!(offered("speaker:kirby |").len(), 16);
    assert_eq!(offered("speaker:|").len(), 8);
}

#[test]
fn offers_say_what_they_are_and_how_many() {
    let timeline = bakhmut();
    let about = |text: &str| complete(&timeline, text, text.len()).remove(0).about;
    assert_eq!(
        about("speaker:kir"),
        "John Kirby · Spokesman, National Security Council · 3 entries"
    );
    assert_eq!(about("tag:putin"), "1 entry");
    assert_eq!(about("figure:casu"), "3 entries");
    assert_eq!(about("on:2023"), "8 entries");
    assert_eq!(about("has:quo"), "verbatim words");
    assert_eq!(about("id:kirby-may"), "Kirby: over 100,000 casualties since December");
}

#[test]
fn a_name_within_another_is_offered_to_the_letter() {
    let mut builder = TimelineBuilder::new();
    for tag in ["war", "war crimes", "OR", "a,b"] {
        let mut entry = Entry::new(Kind::Event, tag, when("2022"), "x");
        entry.tags.push(tag.to_owned());
        builder.entry(entry, 1);
    }
    let timeline = builder.build();
    for (typed, offers) in [
        ("tag:war", &["=war", "\"war crimes\""][..]),
        ("tag:or", &["OR"]),
        ("tag:a,", &["\"a,b\"", "OR", "=war", "\"war crimes\""]),
    ] {
        let found = complete(&timeline, typed, typed.len());
        let mut found: Vec<&str> = found.iter().map(|offer| offer.text.as_str()).collect();
        found.sort_by_key(|text| text.trim_start_matches(['"', '=']).to_lowercase());
        let mut wanted = offers.to_vec();
        wanted.sort_by_key(|text| text.trim_start_matches(['"', '=']).to_lowercase());
        assert_eq!(found, wanted, "{typed}");
    }
}
