//! A query made ready for one timeline, and what it selects there.
//!
//! Names are looked up once. All tests but that for text need only columns; text comes last.

use std::borrow::Cow;

use crate::model::{EntryIndex, Has, How, Kind, Timeline};
use crate::query::ast::{Feature, NameField, Node, Query, Test, Value};
use crate::query::date::DateMatcher;
use crate::query::figure::FigureMatcher;
use crate::query::needle::Needle;
use crate::query::resolve::{Ids, Set, resolve};
use crate::query::slices::picked;
use crate::query::text::Search;

/// A query made ready for one timeline, which must be the one that it is used on.
pub struct Matcher<'q> {
    root: Check<'q>,
}

impl Query {
    /// Makes the query ready for a timeline.
    pub fn compile(&self, timeline: &Timeline) -> Matcher<'_> {
        Matcher { root: Check::new(timeline, &self.root) }
    }

    /// The entries that match, in chronological order.
    pub fn select(&self, timeline: &Timeline) -> Vec<EntryIndex> {
        self.compile(timeline).select(timeline)
    }
}

impl Matcher<'_> {
    /// The entries that match, in chronological order.
    pub fn select(&self, timeline: &Timeline) -> Vec<EntryIndex> {
        self.select_while(timeline, || true).unwrap_or_default()
    }

    /// [`Matcher::select`] for as long as `go_on` says so, which is asked every few milliseconds;
    /// nothing once it says no. Meant for another thread than the keys': a newer query stops it.
    pub fn select_while(
        &self,
        timeline: &Timeline,
        go_on: impl Fn() -> bool + Sync,
    ) -> Option<Vec<EntryIndex>> {
        self.narrow(timeline, None, &go_on)
    }

    /// Those of some entries that match, in the order given; otherwise as
    /// [`Matcher::select_while`].
    pub fn select_among(
        &self,
        timeline: &Timeline,
        among: &[EntryIndex],
        go_on: impl Fn() -> bool + Sync,
    ) -> Option<Vec<EntryIndex>> {
        self.narrow(timeline, Some(among), &go_on)
    }

    /// Tests all entries, or some: first whatever needs no text, then one text after the other, as
    /// each leaves fewer for the next.
    fn narrow(
        &self,
        timeline: &Timeline,
        among: Option<&[EntryIndex]>,
        go_on: &(impl Fn() -> bool + Sync),
    ) -> Option<Vec<EntryIndex>> {
        let whole = std::slice::from_ref(&self.root);
        let checks = if let Check::All(checks) = &self.root { checks.as_slice() } else { whole };
        let quick = checks.iter().take_while(|check| check.cost() < TEXT).count();
        let (quick, texts) = checks.split_at(quick);
        let mut left = among.map(Cow::Borrowed);
        if !quick.is_empty() || texts.is_empty() {
            let holds = |index| quick.iter().all(|check| check.holds(timeline, index));
            left = Some(kept(timeline, left.as_deref(), go_on, holds)?.into());
        }
        for text in texts {
            text.expect(timeline, left.as_ref().map_or(timeline.len(), |left| left.len()), go_on)?;
            let holds = |index| text.holds(timeline, index);
            left = Some(kept(timeline, left.as_deref(), go_on, holds)?.into());
        }
        left.map(Cow::into_owned)
    }

    /// Whether an entry matches.
    pub fn matches(&self, timeline: &Timeline, index: EntryIndex) -> bool {
        self.root.holds(timeline, index)
    }
}

/// Those of some entries, or of all, for which something holds.
fn kept(
    timeline: &Timeline,
    among: Option<&[EntryIndex]>,
    go_on: impl Fn() -> bool + Sync,
    holds: impl Fn(EntryIndex) -> bool + Sync,
) -> Option<Vec<EntryIndex>> {
    // Entries are numbered in 32 bits.
    let number = |position: usize| EntryIndex(u32::try_from(position).unwrap_or(u32::MAX));
    let index = |position: usize| match among {
        Some(among) => among.get(position).copied(),
        None => Some(number(position)),
    };
    let count = among.map_or(timeline.len(), <[_]>::len);
    picked(count, go_on, |position| index(position).filter(|index| holds(*index)))
}

/// What a test of a text costs, in the steps of [`Check::cost`].
const TEXT: u8 = 5;

/// A node made ready.
enum Check<'q> {
    All(Vec<Check<'q>>),
    Any(Vec<Check<'q>>),
    Not(Box<Check<'q>>),
    Speaker(Set),
    Tag(Set),
    Source(Set),
    Place(Set),
    Kind(&'q [Kind]),
    Date(Box<DateMatcher>),
    Id(Ids<'q>),
    Has(&'q [Feature]),
    Via(Set),
    Figure(Vec<FigureMatcher>),
    Text(Box<Search>),
}

impl<'q> Check<'q> {
    fn new(timeline: &Timeline, node: &'q Node) -> Self {
        let several = |nodes: &'q [Node]| {
            let mut checks: Vec<Check<'q>> =
                nodes.iter().map(|node| Check::new(timeline, node)).collect();
            checks.sort_by_key(Check::cost);
            checks
        };
        match node {
            Node::All(nodes) => Check::All(several(nodes)),
            Node::Any(nodes) => Check::Any(several(nodes)),
            Node::Not(node) => Check::Not(Box::new(Check::new(timeline, node))),
            Node::Term(term) => Check::term(timeline, &term.test),
        }
    }

    fn term(timeline: &Timeline, test: &'q Test) -> Self {
        match test {
            Test::Text(text) => {
                Check::Text(Box::new(Search::new(timeline, Needle::any_case(text))))
            }
            Test::Named(field, values) => Check::named(timeline, *field, values),
            Test::Kind(kinds) => Check::Kind(kinds),
            Test::Date { relation, when, certainly } => {
                Check::Date(Box::new(DateMatcher::new(*relation, when, *certainly)))
            }
            Test::Figure(figures) => {
                Check::Figure(figures.iter().map(FigureMatcher::new).collect())
            }
            Test::Has(features) => Check::Has(features),
        }
    }

    fn named(timeline: &Timeline, field: NameField, values: &'q [Value]) -> Self {
        let set = resolve(timeline, field, values);
        match field {
            NameField::Speaker => Check::Speaker(set),
            NameField::Tag => Check::Tag(set),
            NameField::Source => Check::Source(set),
            NameField::Place => Check::Place(set),
            NameField::Via => Check::Via(set),
            NameField::Id => Check::Id(Ids::new(values)),
        }
    }

    /// How much work it is, in coarse steps.
    fn cost(&self) -> u8 {
        match self {
            Check::All(checks) | Check::Any(checks) => {
                checks.iter().map(Check::cost).max().unwrap_or(0)
            }
            Check::Not(check) => check.cost(),
            Check::Speaker(_) | Check::Place(_) | Check::Kind(_) => 0,
            Check::Tag(_) | Check::Source(_) => 1,
            Check::Date(_) => 2,
            Check::Id(_) => 3,
            Check::Has(_) | Check::Via(_) => 3,
            Check::Figure(_) => 4,
            Check::Text(_) => TEXT,
        }
    }

    /// Makes the texts in it ready for so many entries to be asked for.
    fn expect(
        &self,
        timeline: &Timeline,
        entries: usize,
        go_on: &(impl Fn() -> bool + Sync),
    ) -> Option<()> {
        match self {
            Check::All(checks) | Check::Any(checks) => {
                checks.iter().try_for_each(|check| check.expect(timeline, entries, go_on))
            }
            Check::Not(check) => check.expect(timeline, entries, go_on),
            Check::Text(search) => search.expect(timeline, entries, go_on),
            _ => Some(()),
        }
    }

    fn holds(&self, timeline: &Timeline, index: EntryIndex) -> bool {
        match self {
            Check::All(checks) => checks.iter().all(|check| check.holds(timeline, index)),
            Check::Any(checks) => checks.iter().any(|check| check.holds(timeline, index)),
            Check::Not(check) => !check.holds(timeline, index),
            Check::Speaker(set) => timeline.speaker_of(index).is_some_and(|who| set.has(who.0)),
            Check::Tag(set) => timeline.tags_of(index).iter().any(|tag| set.has(tag.0)),
            Check::Source(set) => timeline.sources_of(index).iter().any(|at| set.has(at.0)),
            Check::Place(set) => timeline.place_of(index).is_some_and(|place| set.has(place.0)),
            Check::Kind(kinds) => kinds.contains(&timeline.kind(index)),
            Check::Date(date) => date.matches(timeline, index),
            Check::Id(ids) => ids.fit(timeline, index),
            Check::Has(features) => features.iter().any(|feature| has(timeline, index, *feature)),
            Check::Via(set) => timeline.relays_of(index).iter().any(|relay| set.has(relay.0)),
            Check::Figure(tests) => timeline.claims_of(index).iter().any(|claim| {
                let measure = timeline.measures().name(claim.measure);
                tests.iter().any(|test| test.matches(claim.bound, measure))
            }),
            Check::Text(search) => search.matches(timeline, index),
        }
    }
}

fn has(timeline: &Timeline, index: EntryIndex, feature: Feature) -> bool {
    let has = |what: Has| timeline.has(index).contains(what);
    let undergoes =
        |how: How| timeline.links_of(index).iter().any(|link| link.back && link.how == how);
    match feature {
        Feature::Source => !timeline.sources_of(index).is_empty(),
        Feature::Url => {
            timeline.sources_of(index).iter().any(|source| timeline.source(*source).url.is_some())
        }
        Feature::Place => timeline.place_of(index).is_some(),
        Feature::Tag => !timeline.tags_of(index).is_empty(),
        Feature::Speaker => timeline.speaker_of(index).is_some(),
        Feature::Related => !timeline.links_of(index).is_empty(),
        Feature::Dispute => undergoes(How::Disputes),
        Feature::Retracted => undergoes(How::Retracts),
        Feature::Superseded => undergoes(How::Supersedes),
        Feature::Quote => has(Has::QUOTE),
        Feature::Paraphrase => has(Has::PARAPHRASE),
        Feature::Relay => has(Has::RELAY),
        Feature::Figure => has(Has::FIGURE),
        Feature::Basis => has(Has::BASIS),
        Feature::Note => has(Has::NOTE),
    }
}
