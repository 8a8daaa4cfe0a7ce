//! What others say about a figure: who clarified the entry that claims it, and who disputes it.
//!
//! An entry's standing follows from its links alone. A clarification of an entry that is itself
//! disputed holds only if the dispute fails, and both are said. In which respect a figure is
//! disputed is what the disputing entry's own figures differ in: of the same measure in value,
//! population, place and period; of another measure in place only. A dispute that gives no figure
//! of its own is told as a note, not pinned on a respect that it may not be about.

use crate::model::{EntryIndex, Figure, How, Timeline};
use crate::view::compare::{Aspect, same};
use crate::view::figures::FigureRow;
use crate::view::figures::period::same_time;
use crate::when::short;

/// What others say about one figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The entry that claims the figure.
    pub entry: Option<EntryIndex>,
    /// Entries that say what was meant.
    pub clarified: Vec<EntryIndex>,
    /// Entries that say that it is not so, or that a clarification is not; each with what it
    /// disputes.
    pub disputed: Vec<(EntryIndex, EntryIndex)>,
    /// Entries that take it back or take its place.
    pub withdrawn: Vec<EntryIndex>,
    /// The respects in which disputing entries differ, in their words: `all fronts`.
    respects: Vec<(Aspect, String)>,
}

impl Standing {
    /// The standing of a figure.
    pub fn of(timeline: &Timeline, row: &FigureRow) -> Standing {
        let mut standing = Standing { entry: Some(row.entry), ..Standing::default() };
        let back = |entry: EntryIndex, how: &'static [How]| {
            let links = timeline.links_of(entry).iter();
            links.filter(move |link| link.back && how.contains(&link.how)).map(|link| link.to)
        };
        standing.clarified = back(row.entry, &[How::Clarifies]).collect();
        standing.withdrawn = back(row.entry, &[How::Retracts, How::Supersedes]).collect();
        let targets = std::iter::once(row.entry).chain(standing.clarified.iter().copied());
        for target in targets {
            for by in back(target, &[How::Disputes]) {
                if standing.disputed.iter().all(|(known, _)| *known != by) {
                    standing.disputed.push((by, target));
                    standing.respects.extend(respects(timeline, row, by));
                }
            }
        }
        standing
    }

    /// The words of those who dispute a figure in some respect.
    pub fn disputed(&self, aspect: Aspect) -> Option<&str> {
        self.respects.iter().find(|(at, _)| *at == aspect).map(|(_, words)| words.as_str())
    }

    /// The standing as a condition on what is said about the figure in some respect: `if Kirby's
    /// clarification holds; Joshi disputes it`. A clarification counts for the place that it names.
    pub fn condition(
        &self,
        timeline: &Timeline,
        row: &FigureRow,
        aspect: Aspect,
    ) -> Option<String> {
        let disputers: Vec<String> = self
            .disputed
            .iter()
            .filter(|(by, _)| respects(timeline, row, *by).iter().any(|(at, _)| *at == aspect))
            .map(|(by, _)| who(timeline, *by))
            .collect();
        let clarifier = self.clarified.iter().find(|entry| {
            aspect == Aspect::Place && names_place(timeline, **entry, row.figure.place.as_deref())
        });
        let disputed = match disputers.as_slice() {
            [] => None,
            [one] => Some(format!("{one} disputes it")),
            several => Some(format!("{} dispute it", several.join(" and "))),
        };
        let clarified = clarifier
            .map(|entry| format!("if {} clarification holds", possessive(&who(timeline, *entry))));
        match (clarified, disputed) {
            (Some(clarified), Some(disputed)) => Some(format!("{clarified}; {disputed}")),
            (clarified, disputed) => clarified.or(disputed),
        }
    }

    /// What was said since, a sentence each.
    pub(super) fn sentences(&self, timeline: &Timeline, which: &str) -> Vec<String> {
        let said = |entry: EntryIndex| {
            let date = short(&timeline.date(entry));
            format!("{}, {date} (“{}”)", who(timeline, entry), timeline.headline(entry))
        };
        let clarified = self
            .clarified
            .iter()
            .map(|entry| format!("The {which} was clarified by {}.", said(*entry)));
        let disputed = self.disputed.iter().map(|(by, target)| {
            let what = if Some(*target) == self.entry {
                String::new()
            } else {
                " as clarified".to_owned()
            };
            format!("The {which}{what} is disputed by {}.", said(*by))
        });
        let withdrawn = self.withdrawn.iter().map(|entry| {
            let links = timeline.links_of(*entry);
            let retracts = links
                .iter()
                .any(|link| !link.back && Some(link.to) == self.entry && link.how == How::Retracts);
            let verb = if retracts { "retracted" } else { "superseded" };
            format!("The {which} was {verb} by {}.", said(*entry))
        });
        clarified.chain(disputed).chain(withdrawn).collect()
    }
}

/// Who says it; an event goes by its headline.
fn who(timeline: &Timeline, entry: EntryIndex) -> String {
    match timeline.speaker_of(entry) {
        Some(speaker) => timeline.speaker(speaker).short_name().to_owned(),
        None => timeline.headline(entry).to_owned(),
    }
}

fn possessive(name: &str) -> String {
    if name.ends_with('s') { format!("{name}’") } else { format!("{name}’s") }
}

/// Whether an entry, or a figure in it, is about a place, in one name or in a longer one
/// (`Bakhmut`, `Bakhmut, Donetsk region`).
fn names_place(timeline: &Timeline, entry: EntryIndex, place: Option<&str>) -> bool {
    let Some(place) = place else { return false };
    let entry = timeline.entry(entry);
    let named = entry.figures.iter().filter_map(|figure| figure.place.as_deref());
    let head = |name: &str| name.split(',').next().unwrap_or_default().to_owned();
    named
        .chain(entry.place.as_deref())
        .any(|name| same(name, place) || same(&head(name), &head(place)))
}

/// The respects in which a disputing entry's own figures differ from a figure, in their words.
fn respects(timeline: &Timeline, row: &FigureRow, by: EntryIndex) -> Vec<(Aspect, String)> {
    let figure = &row.figure;
    let theirs = timeline.entry(by).figures;
    let differ = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) if !same(a, b) => Some(b.clone()),
        _ => None,
    };
    let place = |other: &Figure| differ(&figure.place, &other.place);
    let alike = |other: &&Figure| same(&other.measure, &figure.measure);
    let mut found = Vec::new();
    if let Some(other) = theirs.iter().find(alike) {
        // "About" and "over" the same number are no dispute about the number.
        if other.bound.amount().number() != figure.bound.amount().number() {
            found.push((Aspect::Bound, other.bound.to_string()));
        }
        if let Some(of) = differ(&figure.of, &other.of) {
            found.push((Aspect::Population, of));
        }
        if let (Some(_), Some(period)) = (&figure.period, &other.period)
            && !same_time(figure, other)
        {
            found.push((Aspect::Period, short(period)));
        }
    }
    if let Some(words) =
        theirs.iter().find(alike).and_then(place).or_else(|| theirs.iter().find_map(place))
    {
        found.push((Aspect::Place, words));
    }
    found
}
