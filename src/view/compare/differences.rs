//! In what two figures are not like for like, and their ratio, in plain words.

use serde::Serialize;

use crate::model::{Amount, Bound, Timeline};
use crate::view::compare::standing::Standing;
use crate::view::compare::{ordinal, same, times};
use crate::view::figures::FigureRow;
use crate::view::figures::rate::{NoRatio, Range, quotient, ratio, shown};
use crate::when::short;

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
            Aspect::Period => {
                let text =
                    |row: &FigureRow| row.figure.period.as_ref().map(|at| at.text().to_owned());
                text(a) != text(b)
            }
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
                format!("{} against {}", side(first, 0), side(other, column))
            } else {
                disputed(timeline, [(first, 0), (other, column)], standings, aspect)
            };
            Difference { aspect, text }
        })
        .collect()
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
        Aspect::Period => figure.period.as_ref().map(short),
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

/// The ratios as a sentence: of the monthly rates, with what uncertain dates make of it, and of
/// the values. The greater one is the subject, so that no ratio is below one.
pub(super) fn verdict(
    rows: &[FigureRow],
    column: usize,
    value: Result<Bound<f64>, NoRatio>,
    per_month: Option<Result<Bound<f64>, NoRatio>>,
    range: Option<Range>,
) -> String {
    // Among two figures it is plain that the second is compared with the first.
    let plain = rows.len() == 2;
    let (this, that) = (ordinal(column), ordinal(0));
    let values = match value {
        Ok(bound) => {
            match turned(rows, bound, |row| Some(row.figure.bound.map(Amount::nearly)), column) {
                Some(turned) => format!("the {that} is {}", times(turned, &format!("the {this}"))),
                None => times(bound, &format!("the {that}")),
            }
        }
        Err(reason) => format!("no ratio can be given: {}", reason.reason()),
    };
    let rates = match per_month {
        Some(Ok(bound)) => {
            let turned = turned(rows, bound, |row| row.rate.map(|rate| rate.claim), column);
            let range = range.map(|range| if turned.is_some() { inverse(range) } else { range });
            let allowed = range
                .and_then(|range| as_dates_allow(range, turned.unwrap_or(bound)))
                .map_or(String::new(), |words| format!(" ({words} as the dates allow)"));
            let same = bound.low() == Some(1.0) || bound.high() == Some(1.0);
            let rate = |of: &str| format!("the monthly rate of the {of}");
            match turned {
                None if plain && !same => {
                    format!("{}{allowed}", capital(&times(bound, "the monthly rate")))
                }
                None => format!("The {this} is {}{allowed}", times(bound, &rate(&that))),
                Some(turned) => format!("The {that} is {}{allowed}", times(turned, &rate(&this))),
            }
        }
        Some(Err(reason)) => {
            format!("No ratio of the monthly rates can be given: {}", reason.reason())
        }
        None => {
            let without = [0, column].into_iter().filter_map(|at| {
                let reason = rows.get(at)?.length.err()?.reason();
                Some(format!("of the {} {reason}", ordinal(at)))
            });
            format!(
                "The monthly rates cannot be compared: {}",
                without.collect::<Vec<_>>().join("; ")
            )
        }
    };
    format!("{rates}; by value, {values}.")
}

/// The ratio of the first to the other, where the first is the greater for certain, so that it is
/// what the sentence is about.
fn turned(
    rows: &[FigureRow],
    bound: Bound<f64>,
    claim: impl Fn(&FigureRow) -> Option<Bound<f64>>,
    column: usize,
) -> Option<Bound<f64>> {
    let high = bound.high()?;
    if high > 1.0 || (high == 1.0 && bound.low().is_some()) {
        return None;
    }
    ratio(rows.first().and_then(&claim)?, rows.get(column).and_then(&claim)?).ok()
}

fn inverse(range: Range) -> Range {
    let one = Range { low: Some(1.0), high: Some(1.0) };
    quotient(one, range)
}

/// What the dates allow, where that is more than one thing and other than what was said.
fn as_dates_allow(range: Range, bound: Bound<f64>) -> Option<String> {
    let strict = matches!(bound, Bound::MoreThan(_) | Bound::LessThan(_));
    let allowed = match (range.low, range.high) {
        (Some(low), Some(high)) if low < high => Bound::Between(low, high),
        (Some(low), None) if strict => Bound::MoreThan(low),
        (Some(low), None) => Bound::AtLeast(low),
        (None, Some(high)) if strict => Bound::LessThan(high),
        (None, Some(high)) => Bound::AtMost(high),
        _ => return None,
    };
    let shown = shown(allowed);
    let said = [bound.low(), bound.high()];
    (said != [range.low, range.high])
        .then(|| shown.replace("over", "more than").replace("under", "less than"))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
