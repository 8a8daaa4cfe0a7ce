//! A query made ready for one timeline, and what it selects there.
//!
//! Names are looked up once. Tests that need only a column come first, then those that need a
//! whole record, text last.

use std::cell::OnceCell;

use crate::model::{Entry, EntryIndex, How, Kind, Timeline};
use crate::query::ast::{Feature, NameField, Node, Query, Test, Value};
use crate::query::date::DateMatcher;
use crate::query::figure::FigureMatcher;
use crate::query::resolve::{Ids, Set, resolve};
use crate::query::text::{Needle, Search};

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
        timeline.indexes().filter(|index| self.matches(timeline, *index)).collect()
    }

    /// Whether an entry matches.
    pub fn matches(&self, timeline: &Timeline, index: EntryIndex) -> bool {
        self.root.holds(&Candidate::new(timeline, index))
    }
}

/// An entry under test. Its record is asked for once, and only if a test needs it.
pub(super) struct Candidate<'t> {
    pub(super) timeline: &'t Timeline,
    pub(super) index: EntryIndex,
    entry: OnceCell<Entry>,
}

impl<'t> Candidate<'t> {
    pub(super) fn new(timeline: &'t Timeline, index: EntryIndex) -> Self {
        Candidate { timeline, index, entry: OnceCell::new() }
    }

    pub(super) fn entry(&self) -> &Entry {
        self.entry.get_or_init(|| self.timeline.entry(self.index))
    }
}

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
            Check::Has(features) if features.iter().all(|feature| in_columns(*feature)) => 3,
            Check::Has(_) | Check::Via(_) | Check::Figure(_) => 4,
            Check::Text(_) => 5,
        }
    }

    fn holds(&self, candidate: &Candidate<'_>) -> bool {
        let (timeline, index) = (candidate.timeline, candidate.index);
        match self {
            Check::All(checks) => checks.iter().all(|check| check.holds(candidate)),
            Check::Any(checks) => checks.iter().any(|check| check.holds(candidate)),
            Check::Not(check) => !check.holds(candidate),
            Check::Speaker(set) => timeline.speaker_of(index).is_some_and(|who| set.has(who.0)),
            Check::Tag(set) => timeline.tags_of(index).iter().any(|tag| set.has(tag.0)),
            Check::Source(set) => timeline.sources_of(index).iter().any(|at| set.has(at.0)),
            Check::Place(set) => timeline.place_of(index).is_some_and(|place| set.has(place.0)),
            Check::Kind(kinds) => kinds.contains(&timeline.kind(index)),
            Check::Date(date) => date.matches(timeline, index),
            Check::Id(ids) => ids.fit(timeline, index),
            Check::Has(features) => features.iter().any(|feature| has(candidate, *feature)),
            Check::Via(set) => {
                let mut relays = candidate.entry().quotes.iter().flat_map(|quote| &quote.via);
                relays.any(|relay| set.has(relay.0))
            }
            Check::Figure(tests) => {
                let mut figures = candidate.entry().figures.iter();
                figures.any(|figure| tests.iter().any(|test| test.matches(figure)))
            }
            Check::Text(search) => search.matches(candidate),
        }
    }
}

/// Whether a feature can be told without the whole record.
fn in_columns(feature: Feature) -> bool {
    match feature {
        Feature::Source
        | Feature::Url
        | Feature::Place
        | Feature::Tag
        | Feature::Speaker
        | Feature::Related
        | Feature::Dispute => true,
        Feature::Quote
        | Feature::Paraphrase
        | Feature::Relay
        | Feature::Figure
        | Feature::Basis
        | Feature::Note => false,
    }
}

fn has(candidate: &Candidate<'_>, feature: Feature) -> bool {
    let (timeline, index) = (candidate.timeline, candidate.index);
    match feature {
        Feature::Source => !timeline.sources_of(index).is_empty(),
        Feature::Url => {
            timeline.sources_of(index).iter().any(|source| timeline.source(*source).url.is_some())
        }
        Feature::Place => timeline.place_of(index).is_some(),
        Feature::Tag => !timeline.tags_of(index).is_empty(),
        Feature::Speaker => timeline.speaker_of(index).is_some(),
        Feature::Related => !timeline.links_of(index).is_empty(),
        Feature::Dispute => {
            timeline.links_of(index).iter().any(|link| link.back && link.how == How::Disputes)
        }
        Feature::Quote => !candidate.entry().quotes.is_empty(),
        Feature::Paraphrase => candidate.entry().paraphrase.is_some(),
        Feature::Relay => candidate.entry().quotes.iter().any(|quote| !quote.via.is_empty()),
        Feature::Figure => !candidate.entry().figures.is_empty(),
        Feature::Basis => candidate.entry().basis.is_some(),
        Feature::Note => candidate.entry().note.is_some(),
    }
}
