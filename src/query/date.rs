//! How the date of an entry lies to the date in a query.

use crate::model::{EntryIndex, Timeline};
use crate::query::ast::Relation;
use crate::when::{Answer, Day, Edge, When, civil};

/// A relation to a date, made ready.
pub(super) struct DateMatcher {
    question: Question,
    /// Whether it must be so; otherwise it is enough that it may.
    certainly: bool,
    /// Whether the date in the query is itself only about or possibly so, so that nothing is
    /// certain about it.
    vague: bool,
}

/// What is asked of each date.
enum Question {
    After(When),
    Before(When),
    During(When),
    /// The date in the query has no such side, and the answer is the same for all.
    Settled(Answer),
}

impl DateMatcher {
    pub(super) fn new(relation: Relation, when: &When, certainly: bool) -> Self {
        let question = match relation {
            Relation::After => Question::After(when.clone()),
            Relation::Before => Question::Before(when.clone()),
            Relation::On | Relation::During => Question::During(when.clone()),
            Relation::Since => neighbour(when.earliest(), -1, Question::After),
            Relation::Until => neighbour(when.latest(), 1, Question::Before),
        };
        DateMatcher { question, certainly, vague: when.is_approximate() || when.is_uncertain() }
    }

    pub(super) fn matches(&self, timeline: &Timeline, index: EntryIndex) -> bool {
        if self.certainly && self.vague {
            return false;
        }
        let (earliest, latest) = (timeline.earliest(index).day(), timeline.latest(index).day());
        match self.at_a_glance(earliest, latest) {
            Some(Answer::No) => false,
            Some(Answer::Yes) if !self.certainly => true,
            _ => {
                let answer = self.answer(|| timeline.date(index));
                answer == Answer::Yes || (answer == Answer::Maybe && !self.certainly)
            }
        }
    }

    /// The answer where the entry's first and last day alone give it, as they mostly do. A yes
    /// leaves out that the entry's date may be only about or possibly so.
    fn at_a_glance(&self, earliest: Option<Day>, latest: Option<Day>) -> Option<Answer> {
        let all = |one: Option<Day>, holds: fn(&Day, &Day) -> bool, other: Edge| {
            one.zip(other.day()).is_some_and(|(one, other)| holds(&one, &other))
        };
        let (no, yes) = match &self.question {
            Question::After(other) => {
                (all(latest, Day::le, other.latest()), all(earliest, Day::gt, other.latest()))
            }
            Question::Before(other) => {
                (all(earliest, Day::ge, other.earliest()), all(latest, Day::lt, other.earliest()))
            }
            Question::During(span) => (
                all(latest, Day::lt, span.earliest()) || all(earliest, Day::gt, span.latest()),
                all(earliest, Day::ge, span.earliest()) && all(latest, Day::le, span.latest()),
            ),
            Question::Settled(_) => (false, false),
        };
        match (no, yes) {
            (true, _) => Some(Answer::No),
            (_, true) => Some(Answer::Yes),
            _ => None,
        }
    }

    fn answer(&self, date: impl FnOnce() -> When) -> Answer {
        match &self.question {
            Question::After(other) => date().after(other),
            Question::Before(other) => date().before(other),
            Question::During(span) => date().during(span),
            Question::Settled(answer) => *answer,
        }
    }
}

/// "From this day on" as "after the day before it", and the same the other way round.
fn neighbour(edge: Edge, step: Day, ask: fn(When) -> Question) -> Question {
    match edge {
        Edge::Open => Question::Settled(Answer::Yes),
        Edge::Unknown => Question::Settled(Answer::Maybe),
        Edge::Day(day) => {
            day.checked_add(step).and_then(written).map_or(Question::Settled(Answer::Maybe), ask)
        }
    }
}

/// A day as a date. Dates beyond four digits of a year are whole years, so that the day before or
/// after one is at the edge of a year as well.
fn written(day: Day) -> Option<When> {
    let date = civil(day);
    let text = match date.year {
        0..=9999 => format!("{:04}-{:02}-{:02}", date.year, date.month, date.day),
        -9999..0 => format!("-{:04}-{:02}-{:02}", -date.year, date.month, date.day),
        year => format!("Y{year}"),
    };
    When::parse(&text).ok()
}
