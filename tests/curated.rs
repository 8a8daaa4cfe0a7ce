//! The dataset that comes with the program says what its sources say: every date, number, role and
//! quote in it has a row in `tests/data/bakhmut-sources.tsv` with the words of a source, short as
//! they are, that it rests on.
//!
//! `BAKHMUT_ARTICLE=FILE cargo test --test curated` also looks for the report's words in its text.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use dateline::dataset::{embedded, read};
use dateline::model::{Bound, Entry, Figure, Quoted, Speaker, Timeline};

/// An entry, or a speaker (`@kirby`), what of it, and how that stands in the dataset.
type Fact = (String, &'static str, String);

const KINDS: [&str; 6] = ["role", "date", "figure", "quote", "within", "via"];

struct Line {
    fact: Fact,
    source: String,
    words: String,
}

fn lines() -> Vec<Line> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/bakhmut-sources.tsv");
    let text = fs::read_to_string(path).unwrap();
    let line = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [entry, what, value, source, words] = cells[..] else { panic!("{line}") };
        let what = KINDS.into_iter().find(|kind| *kind == what).unwrap_or_else(|| panic!("{line}"));
        Line {
            fact: (entry.to_owned(), what, value.to_owned()),
            source: source.to_owned(),
            words: words.to_owned(),
        }
    };
    text.lines().skip(1).map(line).collect()
}

fn curated() -> Timeline {
    read(&[embedded()]).timeline
}

fn figure(figure: &Figure) -> String {
    let lasting = figure.lasting.map(|lasting| format!(" lasting {lasting}")).unwrap_or_default();
    format!("{} {}{lasting}", figure.bound, figure.measure)
}

fn role(speaker: &Speaker) -> Option<String> {
    let parts = [&speaker.title, &speaker.role, &speaker.organization];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// All that has to rest on words of a source.
fn facts(timeline: &Timeline) -> BTreeSet<Fact> {
    let mut facts = BTreeSet::new();
    for speaker in timeline.speakers() {
        facts.extend(role(speaker).map(|role| (format!("@{}", speaker.id), "role", role)));
    }
    for at in timeline.indexes() {
        let entry = timeline.entry(at);
        let mut add = |what, value: String| {
            facts.insert((entry.id.clone(), what, value));
        };
        add("date", entry.date.text().to_owned());
        entry.role.iter().for_each(|role| add("role", role.clone()));
        entry.figures.iter().for_each(|one| add("figure", figure(one)));
        for quote in &entry.quotes {
            add("quote", quote.text.clone());
            quote.via.iter().for_each(|who| add("via", timeline.speaker(*who).id.clone()));
            let within = |quoted: &Quoted| quoted.within.as_deref().cloned();
            let inner = std::iter::successors(quote.within.clone(), within);
            inner.for_each(|inner| {
                add("within", format!("{}: {}", timeline.speaker(inner.speaker).id, inner.text));
            });
        }
    }
    facts
}

#[test]
fn every_date_number_role_and_quote_rests_on_words_of_a_source() {
    let facts = facts(&curated());
    let held: BTreeSet<Fact> = lines().into_iter().map(|line| line.fact).collect();
    let missing: Vec<_> = facts.difference(&held).collect();
    assert!(missing.is_empty(), "in the dataset, and on no words of a source: {missing:#?}");
    let gone: Vec<_> = held.difference(&facts).collect();
    assert!(gone.is_empty(), "on words of a source, and not in the dataset: {gone:#?}");
}

#[test]
fn sources_are_those_of_the_entry() {
    let timeline = curated();
    for Line { fact: (id, what, _), source, .. } in lines() {
        if id.starts_with('@') {
            assert!(timeline.sources().iter().any(|known| known.id == source), "{id}: {source}");
            continue;
        }
        let entry: Entry = timeline.entry(timeline.find(&id).unwrap());
        let cited: Vec<&str> =
            entry.sources.iter().map(|at| timeline.source(*at).id.as_str()).collect();
        assert!(cited.contains(&source.as_str()), "{id} {what}: {source} is none of {cited:?}");
    }
}

/// Words that say that a number is no more than near, or a limit.
const ABOUT: [&str; 4] = ["about ", "around ", "estimated ", "nearly "];
const MORE: [&str; 2] = ["over ", "more than "];

/// Whether the words of a claim are those of its bound. `over the last` is none of a number.
fn bound_is_said(bound: Bound, words: &str) -> bool {
    let words = words.replace("over the ", "");
    let any = |signs: &[&str]| signs.iter().any(|sign| words.contains(sign));
    match bound {
        Bound::About(_) => any(&ABOUT) && !any(&MORE),
        Bound::MoreThan(_) => any(&MORE),
        Bound::Between(..) => words.contains(" to "),
        Bound::Exactly(_) => !any(&ABOUT) && !any(&MORE),
        _ => false,
    }
}

/// Whether a number stands in words, in digits or in millions.
fn number_is_said(number: &str, words: &str) -> bool {
    let words: Vec<&str> = words.split([' ', '.']).collect();
    let millions = number.strip_suffix(",000,000").filter(|_| words.contains(&"million"));
    words.contains(&number) || millions.is_some_and(|number| words.contains(&number))
}

fn date_is_said(date: &str, words: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    if words.contains(&format!("date {date}")) {
        return true;
    }
    let parts: Vec<&str> = date.trim_end_matches("/..").split('-').collect();
    // The report says months and days, and its own date which year they are of.
    let month = parts.get(1).and_then(|month| MONTHS.get(month.parse::<usize>().unwrap() - 1));
    let day = parts.get(2).map(|day| day.trim_start_matches('0'));
    let said = |text: &str| words.split([' ', ',', ';']).any(|word| word == text);
    month.is_some_and(|month| said(month)) && day.is_none_or(said)
}

#[test]
fn the_words_say_what_the_dataset_says() {
    let timeline = curated();
    let mut words: BTreeMap<Fact, Vec<String>> = BTreeMap::new();
    for line in lines() {
        words.entry(line.fact).or_default().push(line.words);
    }
    for ((id, what, value), words) in words {
        let all = words.join("; ");
        let said = match what {
            "date" => date_is_said(&value, &all),
            "quote" => words.contains(&value),
            "within" => {
                let (who, text) = value.split_once(": ").unwrap();
                let name = timeline.speakers().iter().find(|one| one.id == who).unwrap();
                all.contains(text) && all.contains(name.name.split(' ').next_back().unwrap())
            }
            "via" => {
                let name = timeline.speakers().iter().find(|one| one.id == value).unwrap();
                all.contains(&name.name)
            }
            "role" => {
                let all = all.to_lowercase();
                value.to_lowercase().split([' ', ',']).all(|word| all.contains(word))
            }
            _ => {
                let entry = timeline.entry(timeline.find(&id).unwrap());
                let claim = entry.figures.iter().find(|one| figure(one) == value).unwrap();
                let months = ["", "one", "two", "three", "four", "five", "six", "seven", "eight"];
                words.iter().all(|words| {
                    let ends = [Some(claim.bound.amount()), claim.bound.high()];
                    bound_is_said(claim.bound, words)
                        && ends
                            .into_iter()
                            .flatten()
                            .all(|number| number_is_said(&number.to_string(), words))
                        && claim.lasting.is_none_or(|lasting| {
                            words.contains(&format!("{} months", months[lasting.months() as usize]))
                        })
                })
            }
        };
        assert!(said, "{id}, {what}: `{value}` is not what these words say: {words:?}");
    }
}

/// A claim's bound is that of the speaker's own words, where the entry has them.
#[test]
fn bounds_agree_with_the_words_beside_them() {
    let timeline = curated();
    for at in timeline.indexes() {
        let entry = timeline.entry(at);
        for claim in &entry.figures {
            let number = claim.bound.amount().to_string();
            for quote in entry.quotes.iter().filter(|quote| quote.text.contains(&number)) {
                let before = quote.text.split(&number).next().unwrap();
                let said = |sign: &&str| before.ends_with(*sign);
                let more = MORE.iter().any(&said);
                let about = ABOUT.iter().any(said);
                assert_eq!(more, matches!(claim.bound, Bound::MoreThan(_)), "{}", entry.id);
                assert_eq!(about, matches!(claim.bound, Bound::About(_)), "{}", entry.id);
            }
        }
    }
}

#[test]
fn the_report_has_the_words_that_are_said_to_be_its() {
    let Some(path) = std::env::var_os("BAKHMUT_ARTICLE") else { return };
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = squeezed(&fs::read_to_string(path).unwrap());
    for line in lines().iter().filter(|line| line.source == "article") {
        assert!(text.contains(&squeezed(&line.words)), "{}: {}", line.fact.0, line.words);
    }
}
