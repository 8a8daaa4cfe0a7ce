//! In what two figures are not like for like, and their ratio, in plain words.

use serde::Serialize;

use crate::model::{Bound, Timeline};
use crate::view::compare::standing::Standing;
use crate::view::compare::{ordinal, same};
use crate::view::figures::FigureRow;
use crate::view::figures::period::{Overlap, overlap, same_time};
use crate::view::figures::rate::{NoRatio, Span};

/// A respect in which figures may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aspect {
    /// What is counted.
    Measure,
    /// Of whom or what.
    Population,
    /// Which place it covers.
    Place,
    /// Which span of time it covers.
    Period,
    /// What the claim says about the true number: `about`, `over`.
    Bound,
    /// What the speaker rests it on.
    Basis,
}

impl Aspect {
    /// All, in the order of their weight.
    pub const ALL: [Aspect; 6] = [
        Aspect::Measure,
        Aspect::Population,
        Aspect::Place,
        Aspect::Period,
        Aspect::Bound,
        Aspect::Basis,
    ];

    /// The word a person uses.
    pub fn word(self) -> &'static str {
        match self {
            Aspect::Measure => "measure",
            Aspect::Population => "population",
            Aspect::Place => "place",
            Aspect::Period => "period",
            Aspect::Bound => "bound",
            Aspect::Basis => "basis",
        }
    }

    /// Whether two figures differ in it. One that says nothing differs from one that does.
    pub(super) fn differs(self, timeline: &Timeline, a: &FigureRow, b: &FigureRow) -> bool {
        let texts = |a: Option<&str>, b: Option<&str>| match (a, b) {
            (Some(a), Some(b)) => !same(a, b),
            (None, None) => false,
            _ => true,
        };
        match self {
            Aspect::Measure => !same(&a.figure.measure, &b.figure.measure),
            Aspect::Population => texts(a.figure.of.as_deref(), b.figure.of.as_deref()),
            Aspect::Place => texts(a.figure.place.as_deref(), b.figure.place.as_deref()),
            Aspect::Period => !same_time(&a.figure, &b.figure),
            Aspect::Bound => a.figure.bound.name() != b.figure.bound.name(),
            Aspect::Basis => {
                let (a, b) = (timeline.entry(a.entry).basis, timeline.entry(b.entry).basis);
                texts(a.as_deref(), b.as_deref())
            }
        }
    }
}

/// One thing in which two figures are not like for like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The respect.
    pub aspect: Aspect,
    /// The two, in words: `Ukraine against Bakhmut, if Kirby’s clarification holds`.
    pub text: String,
}

/// All differences between the first figure and that of a column.
pub(super) fn all(
    timeline: &Timeline,
    rows: &[FigureRow],
    standings: &[Standing],
    column: usize,
) -> Vec<Difference> {
    let (Some(first), Some(other)) = (rows.first(), rows.get(column)) else { return Vec::new() };
    let differing = Aspect::ALL.into_iter().filter(|aspect| {
        aspect.differs(timeline, first, other)
            // Two that say the same are not sure to be the same where one of them is disputed.
            || [0, column].iter().any(|at| standings.get(*at).is_some_and(|of| of.disputed(*aspect).is_some()))
    });
    differing
        .map(|aspect| {
            let side = |row: &FigureRow, at: usize| {
                let words = words(timeline, row, aspect);
                let condition =
                    standings.get(at).and_then(|of| of.condition(timeline, row, aspect));
                match condition {
                    Some(condition) => format!("{words} ({condition})"),
                    None => words,
                }
            };
            let text = if aspect.differs(timeline, first, other) {
                let against = format!("{} against {}", side(first, 0), side(other, column));
                match aspect {
                    Aspect::Period => against + &overlapping(first, other, &ordinal(column)),
                    _ => against,
                }
            } else {
                disputed(timeline, [(first, 0), (other, column)], standings, aspect)
            };
            Difference { aspect, text }
        })
        .collect()
}

/// What two different periods have in common, so that something may be counted in both figures.
fn overlapping(first: &FigureRow, other: &FigureRow, which: &str) -> String {
    let (Some(a), Some(b)) = (&first.figure.period, &other.figure.period) else {
        return String::new();
    };
    match overlap(a, b) {
        Overlap::No => String::new(),
        Overlap::Some => ", which overlap".to_owned(),
        // Of the same days the lengths differ.
        Overlap::FirstWithin if overlap(b, a) == Overlap::FirstWithin => String::new(),
        Overlap::FirstWithin => format!(", which overlap: the first lies within the {which}"),
        Overlap::SecondWithin => format!(", which overlap: the {which} lies within the first"),
    }
}

/// Two figures that say the same, of which one or both are disputed.
fn disputed(
    timeline: &Timeline,
    sides: [(&FigureRow, usize); 2],
    standings: &[Standing],
    aspect: Aspect,
) -> String {
    let conditions = sides.iter().filter_map(|(row, at)| {
        let condition = standings.get(*at)?.condition(timeline, row, aspect)?;
        Some(format!("of the {}, {condition}", ordinal(*at)))
    });
    let [(first, _), _] = sides;
    format!(
        "both say {}, but {}",
        words(timeline, first, aspect),
        conditions.collect::<Vec<_>>().join("; ")
    )
}

/// What a figure has in a respect.
fn words(timeline: &Timeline, row: &FigureRow, aspect: Aspect) -> String {
    let figure = &row.figure;
    let text = match aspect {
        Aspect::Measure => Some(figure.measure.clone()),
        Aspect::Population => figure.of.clone(),
        Aspect::Place => figure.place.clone(),
        Aspect::Period => Some(row.period()).filter(|text| !text.is_empty()),
        Aspect::Bound => Some(bound(figure.bound).to_owned()),
        Aspect::Basis => timeline.entry(row.entry).basis,
    };
    // A sentence's own full stop is not the one of the sentence it comes to stand in.
    text.map_or("none given".to_owned(), |text| text.trim().trim_end_matches('.').to_owned())
}

fn bound(claim: Bound) -> &'static str {
    match claim {
        Bound::Exactly(_) => "a number as it is",
        Bound::About(_) => "about",
        Bound::AtLeast(_) => "at least",
        Bound::MoreThan(_) => "over",
        Bound::AtMost(_) => "at most",
        Bound::LessThan(_) => "under",
        Bound::Between(..) => "from one number to another",
    }
}

/// The differences as sentences; empty where there are none.
pub(super) fn in_words(differences: &[Difference]) -> String {
    let Some((first, rest)) = differences.split_first() else { return String::new() };
    let mut words = format!("Not like for like in {}: {}.", first.aspect.word(), first.text);
    for difference in rest {
        words += &format!(" Nor in {}: {}.", difference.aspect.word(), difference.text);
    }
    words
}

/// The ratios as a sentence: of the monthly rates and of the values. The greater one is the
/// subject, so that no ratio is below one.
pub(super) fn verdict(
    rows: &[FigureRow],
    column: usize,
    value: Result<Span, NoRatio>,
    per_month: Option<Result<Span, NoRatio>>,
) -> String {
    let (this, that) = (ordinal(column), ordinal(0));
    let claim = |row: &FigureRow| Some(Span::of(row.figure.bound));
    let said = |ratio: Span, of: &dyn Fn(&FigureRow) -> Option<Span>| {
        let turned = || rows.first().and_then(of)?.ratio(rows.get(column).and_then(of)?).ok();
        match turned().filter(|_| ratio.is_less()) {
            Some(turned) => format!("the {that} is {}", turned.times()),
            None => format!("the {this} is {}", ratio.times()),
        }
    };
    let none = |reason: NoRatio| format!("no ratio can be given: {}", reason.reason());
    let values = value.map_or_else(none, |ratio| said(ratio, &claim));
    let rates = match per_month {
        Some(Ok(ratio)) => {
            // Of one time the rates go as the values do.
            let rate = |row: &FigureRow| if value == Ok(ratio) { claim(row) } else { row.rate };
            format!("by the monthly rate, {}", said(ratio, &rate))
        }
        Some(Err(reason)) => format!("by the monthly rate, {}", none(reason)),
        None => {
            let without = [0, column].into_iter().filter_map(|at| {
                let reason = rows.get(at)?.length.err()?.reason();
                Some(format!("of the {} {reason}", ordinal(at)))
            });
            format!(
                "the monthly rates cannot be compared: {}",
                without.collect::<Vec<_>>().join("; ")
            )
        }
    };
    // Among two figures it is plain which are held against one another.
    match rows.len() {
        2 => format!("{}; by value, {values}.", capital(&rates)),
        _ => format!("Of the {that} and the {this}: {rates}; by value, {values}."),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
