//! What the word under the cursor may become: a field's name, or a value with how many entries it
//! has.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher as Fuzzy, Utf32Str};

use crate::model::{EntryIndex, Kind, Timeline};
use crate::query::ast::{Feature, NameField};
use crate::query::facets::{Facet, Keys, Row};
use crate::query::field::Field;
use crate::query::needle::Needle;
use crate::query::parse::boundary;
use crate::query::print::name;
use crate::query::resolve::differs_as_part;
use crate::query::slices::picked;
use crate::text::same::{Marked, has_marked, letters, marked};
use crate::when::civil;

mod place;
mod unfinished;

use place::Place;
pub use unfinished::Unfinished;

/// A way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What it replaces, in bytes on characters' boundaries; the cursor is within or at its end.
    pub replace: Range<usize>,
    /// What it puts there.
    pub text: String,
    /// What that is, and how many entries have it.
    pub about: String,
}

/// The most that are offered at once.
const MOST: usize = 50;

/// The most values that are offered for a word without a field.
const MOST_WITHOUT_FIELD: usize = 8;

/// What the word at the cursor, a place in bytes, may become; the likeliest first.
pub fn complete(timeline: &Timeline, text: &str, cursor: usize) -> Vec<Completion> {
    let cursor = boundary(text, cursor);
    let Some(place) = Place::find(text, cursor) else { return Vec::new() };
    let mut offers = match place.field {
        None => fields_and_values(timeline, place.typed),
        Some(field) => values(timeline, field, place.typed),
    };
    offers.truncate(MOST);
    let replace = place.replace;
    offers
        .into_iter()
        .map(|offer| Completion { replace: replace.clone(), text: offer.text, about: offer.about })
        .collect()
}

/// Something to offer.
struct Offer {
    text: String,
    about: String,
}

/// How well something fits, the least first; of those that fit alike, what most entries have.
type Rank = (Fit, Reverse<usize>);

/// How a name fits what was typed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Start,
    StartOfWord,
    Within,
    /// Its letters are there in order; the more they lie together, the better.
    Scattered(Reverse<u16>),
}

/// Compares names with what was typed.
struct Typed {
    needle: Needle,
    /// What was typed, as letters without marks, and those that it asks for.
    letters: String,
    marked: Vec<Marked>,
    atom: Atom,
    fuzzy: Fuzzy,
    buffer: Vec<char>,
    /// The name at hand, as it is compared.
    name: String,
}

impl Typed {
    fn new(typed: &str) -> Self {
        let mut plain = String::new();
        letters(typed, false, &mut plain);
        let (case, marks) = (CaseMatching::Respect, Normalization::Never);
        Typed {
            needle: Needle::any_case(typed),
            atom: Atom::new(&plain, case, marks, AtomKind::Fuzzy, false),
            letters: plain,
            marked: marked(typed),
            fuzzy: Fuzzy::new(Config::DEFAULT),
            buffer: Vec::new(),
            name: String::new(),
        }
    }

    /// How a name fits of which what was typed is a part.
    fn fit_whole(&mut self, name: &str) -> Option<Fit> {
        Some(match self.needle.before_first(name, &mut self.name)? {
            None => Fit::Start,
            Some(before) if !before.is_alphanumeric() => Fit::StartOfWord,
            Some(_) => Fit::Within,
        })
    }

    fn fit(&mut self, name: &str) -> Option<Fit> {
        if let Some(fit) = self.fit_whole(name) {
            return Some(fit);
        }
        let haystack = Utf32Str::new(&self.name, &mut self.buffer);
        let score = self.atom.score(haystack, &mut self.fuzzy)?;
        has_marked(&self.marked, name).then_some(Fit::Scattered(Reverse(score)))
    }
}

/// The best first. Scattered letters count only where nothing fits better.
fn best_first<T>(ranked: impl Iterator<Item = (Rank, T)>) -> Vec<(Rank, T)> {
    let mut ranked: Vec<(Rank, T)> = ranked.collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let scattered = |(rank, _): &(Rank, T)| matches!(rank.0, Fit::Scattered(_));
    if ranked.first().is_some_and(|best| !scattered(best)) {
        ranked.retain(|item| !scattered(item));
    }
    ranked
}

fn offers(ranked: impl Iterator<Item = (Rank, Offer)>) -> Vec<Offer> {
    best_first(ranked).into_iter().map(|(_, offer)| offer).collect()
}

/// The fields that a word may become, then the values that it may mean.
fn fields_and_values(timeline: &Timeline, typed: &str) -> Vec<Offer> {
    let mut fit = Typed::new(typed);
    let mut offered = offers(Field::ALL.into_iter().filter_map(|field| {
        let rank = fit.fit(field.name()).filter(|fit| *fit == Fit::Start)?;
        let offer = Offer { text: format!("{}:", field.name()), about: field.about().to_owned() };
        Some(((rank, Reverse(0)), offer))
    }));
    if typed.chars().count() < 2 {
        return offered;
    }
    let mut values = Vec::new();
    for facet in [Facet::Speaker, Facet::Tag, Facet::Place, Facet::Source] {
        let close = ranked(timeline, facet, &mut fit, Least::StartOfWord, MOST_WITHOUT_FIELD);
        values.extend(close.into_iter().map(|(rank, row, value)| {
            let text = format!("{}:{value}", facet.field().name());
            (rank, Offer { text, about: about(&row, true) })
        }));
    }
    offered.extend(offers(values.into_iter()).into_iter().take(MOST_WITHOUT_FIELD));
    offered
}

fn values(timeline: &Timeline, field: Field, typed: &str) -> Vec<Offer> {
    let mut fit = Typed::new(typed);
    match field {
        Field::Speaker => named(timeline, Facet::Speaker, &mut fit, true),
        // How many entries somebody made says nothing of how many they passed on.
        Field::Via => named(timeline, Facet::Speaker, &mut fit, false),
        Field::Tag => named(timeline, Facet::Tag, &mut fit, true),
        Field::Source => named(timeline, Facet::Source, &mut fit, true),
        Field::Place => named(timeline, Facet::Place, &mut fit, true),
        Field::Kind => words(&mut fit, Kind::ALL.map(|kind| (kind.word(), ""))),
        Field::Has => words(&mut fit, Feature::ALL.map(|it| (it.word(), it.about()))),
        Field::Id => ids(timeline, &mut fit),
        Field::Figure => measures(timeline, &mut fit),
        Field::After
        | Field::Before
        | Field::Since
        | Field::Until
        | Field::On
        | Field::During
        | Field::Certainly => dates(timeline, typed),
    }
}

fn words<const N: usize>(fit: &mut Typed, words: [(&str, &str); N]) -> Vec<Offer> {
    offers(words.into_iter().filter_map(|(word, about)| {
        let offer = Offer { text: word.to_owned(), about: about.to_owned() };
        Some(((fit.fit(word)?, Reverse(0)), offer))
    }))
}

/// How well the rows of a facet are to fit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Least {
    /// A word begins so.
    StartOfWord,
    /// Where nothing fits better, the letters are there in order.
    Scattered,
}

/// The rows of a facet that fit best, each with its rank and as it is to be written.
fn ranked(
    timeline: &Timeline,
    facet: Facet,
    fit: &mut Typed,
    least: Least,
    most: usize,
) -> Vec<(Rank, Row, String)> {
    let keys = Keys::new(timeline, facet);
    let mut found = fitting(timeline, &keys, |name| fit.fit_whole(name));
    match least {
        Least::StartOfWord => found.retain(|(fit, _)| *fit <= Fit::StartOfWord),
        Least::Scattered if found.is_empty() => {
            found = fitting(timeline, &keys, |name| fit.fit(name));
        }
        Least::Scattered => {}
    }
    if found.is_empty() {
        return Vec::new();
    }
    let counts = keys.count(timeline, timeline.indexes());
    let count = |row: usize| counts.get(row).copied().unwrap_or(0);
    // Of those that fit alike and are as many, the order of a panel.
    let order = |one: &(Fit, usize), other: &(Fit, usize)| {
        let rank = |(fit, row): &(Fit, usize)| (*fit, Reverse(count(*row)));
        let name = |(_, row): &(Fit, usize)| keys.name(timeline, *row);
        let key = |(_, row): &(Fit, usize)| keys.keys().nth(*row);
        rank(one)
            .cmp(&rank(other))
            .then_with(|| name(one).cmp(&name(other)))
            .then_with(|| key(one).cmp(&key(other)))
    };
    if found.len() > most {
        found.select_nth_unstable_by(most, order);
        found.truncate(most);
    }
    found.sort_unstable_by(order);
    let rows: Vec<(Rank, Row)> = found
        .into_iter()
        .map(|(fit, row)| ((fit, Reverse(count(row))), keys.row(timeline, row, count(row))))
        .collect();
    let written = written(timeline, facet, rows.iter().map(|(_, row)| &*row.key).collect());
    rows.into_iter().zip(written).map(|((rank, row), text)| (rank, row, text)).collect()
}

/// The rows that fit, with the best fit of key and name.
fn fitting(
    timeline: &Timeline,
    keys: &Keys<'_>,
    mut fit: impl FnMut(&str) -> Option<Fit>,
) -> Vec<(Fit, usize)> {
    let rows = keys.keys().enumerate().filter_map(|(row, key)| {
        let name = keys.name(timeline, row);
        let name = Some(&*name).filter(|name| *name != key);
        let fit = [Some(key), name].into_iter().flatten().filter_map(&mut fit).min()?;
        Some((fit, row))
    });
    rows.collect()
}

fn named(timeline: &Timeline, facet: Facet, fit: &mut Typed, counted: bool) -> Vec<Offer> {
    let rows = ranked(timeline, facet, fit, Least::Scattered, MOST).into_iter();
    rows.map(|(_, row, text)| Offer { text, about: about(&row, counted) }).collect()
}

/// Each key as it is to be written, with `=` where it alone would match other names as well.
fn written(timeline: &Timeline, facet: Facet, keys: Vec<&str>) -> Vec<String> {
    let field = match facet {
        Facet::Speaker => NameField::Speaker,
        Facet::Tag => NameField::Tag,
        Facet::Source => NameField::Source,
        Facet::Place => NameField::Place,
        Facet::Kind => return keys.into_iter().map(str::to_owned).collect(),
    };
    let differs = differs_as_part(timeline, field, &keys);
    let exact = |differs: bool| if differs { "=" } else { "" };
    keys.iter().zip(differs).map(|(key, it)| format!("{}{}", exact(it), name(key))).collect()
}

fn about(row: &Row, counted: bool) -> String {
    let name = Some(row.name.clone()).filter(|name| *name != row.key);
    let count = counted.then(|| entries(row.count));
    [name, row.about.clone(), count].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn entries(count: usize) -> String {
    match count {
        1 => "1 entry".to_owned(),
        _ => format!("{count} entries"),
    }
}

/// How many ids are looked at before it is asked whether enough are found.
const AT_ONCE: usize = 1 << 16;

fn ids(timeline: &Timeline, fit: &mut Typed) -> Vec<Offer> {
    // Whoever sees so many types on; none need be sorted out of a million.
    let enough = MOST * 4;
    let typed = &*fit;
    let mut found: Vec<EntryIndex> = Vec::new();
    let mut from = 0;
    while from < timeline.len() && found.len() < enough {
        let count = AT_ONCE.min(timeline.len() - from);
        let fits = |number: usize| {
            let index = EntryIndex(u32::try_from(from + number).ok()?);
            Some(index).filter(|index| holds(timeline.id(*index), typed))
        };
        found.extend(picked(count, || true, fits).unwrap_or_default());
        from += count;
    }
    offers(found.into_iter().take(enough).filter_map(|index| {
        let id = timeline.id(index);
        let rank = fit.fit_whole(id)?;
        let about = timeline.headline(index).to_owned();
        Some(((rank, Reverse(0)), Offer { text: name(id), about }))
    }))
}

/// Whether an id holds what was typed.
fn holds(id: &str, typed: &Typed) -> bool {
    let letters = typed.letters.as_str();
    // Most ids are of ASCII, and need not be copied.
    if !id.is_ascii() || !letters.is_ascii() || !typed.marked.is_empty() {
        return typed.needle.is_in(id);
    }
    let Some(first) = letters.bytes().next() else { return true };
    let places = id.bytes().enumerate().filter(|(_, byte)| byte.eq_ignore_ascii_case(&first));
    let here = |at: usize| id.get(at..at + letters.len());
    places.into_iter().any(|(at, _)| here(at).is_some_and(|it| it.eq_ignore_ascii_case(letters)))
}

fn measures(timeline: &Timeline, fit: &mut Typed) -> Vec<Offer> {
    let mut counts = vec![0usize; timeline.measures().len()];
    for index in timeline.indexes() {
        let claims = timeline.claims_of(index);
        for (number, claim) in claims.iter().enumerate() {
            // An entry counts once.
            let again = claims.iter().take(number).any(|other| other.measure == claim.measure);
            if let Some(count) = counts.get_mut(claim.measure.0 as usize).filter(|_| !again) {
                *count += 1;
            }
        }
    }
    let counted = timeline.measures().iter().zip(counts).filter(|(_, count)| *count > 0);
    offers(counted.filter_map(|((_, measure), count)| {
        let offer = Offer { text: name(measure), about: entries(count) };
        Some(((fit.fit(measure)?, Reverse(count)), offer))
    }))
}

/// The years in which entries begin; once a year is typed, its months.
fn dates(timeline: &Timeline, typed: &str) -> Vec<Offer> {
    let months = typed.len() > 4;
    let mut counted: BTreeMap<(i64, u8), usize> = BTreeMap::new();
    let mut days = timeline.indexes().filter_map(|index| timeline.earliest(index).day()).peekable();
    while let Some(day) = days.next() {
        // They are in order, and many share a day.
        let mut count = 1;
        while days.next_if_eq(&day).is_some() {
            count += 1;
        }
        let date = civil(day);
        if (0..=9999).contains(&date.year) {
            let month = if months { date.month } else { 0 };
            *counted.entry((date.year, month)).or_default() += count;
        }
    }
    let offer = |((year, month), count): ((i64, u8), usize)| {
        let text = if months { format!("{year:04}-{month:02}") } else { format!("{year:04}") };
        text.starts_with(typed).then(|| Offer { text, about: entries(count) })
    };
    counted.into_iter().filter_map(offer).take(MOST).collect()
}
