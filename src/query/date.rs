//! How the date of an entry lies to the date in a query.

use crate::model::{EntryIndex, Timeline};
use crate::query::ast::Relation;
use crate::when::{Answer, Day, When};

/// A relation to a date, made ready.
pub(super) struct DateMatcher {
    relation: Relation,
    when: When,
    /// Whether it must be so; otherwise it is enough that it may.
    certainly: bool,
    /// Whether nothing is certain of the date in the query, for it is itself only about or
    /// possibly so.
    vague: bool,
}

impl DateMatcher {
    pub(super) fn new(relation: Relation, when: &When, certainly: bool) -> Self {
        let vague = when.is_approximate() || when.is_uncertain();
        DateMatcher { relation, when: when.clone(), certainly, vague }
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
                let answer = self.answer(&timeline.date(index));
                answer == Answer::Yes || (answer == Answer::Maybe && !self.certainly)
            }
        }
    }

    /// The answer where the entry's first and last day alone give it, as they mostly do. A yes
    /// leaves out that the entry's date may be only about or possibly so.
    fn at_a_glance(&self, earliest: Option<Day>, latest: Option<Day>) -> Option<Answer> {
        // By its instant a time may be of the day before the one that is written, or after it.
        let room = if self.when.has_time() { 2 } else { 0 };
        let first = self.when.earliest().day().map(|first| (first - room, first + room));
        let last = self.when.latest().day().map(|last| (last - room, last + room));
        let all = |one: Option<Day>, holds: fn(&Day, &Day) -> bool, other: Option<Day>| {
            one.zip(other).is_some_and(|(one, other)| holds(&one, &other))
        };
        let low = |side: Option<(Day, Day)>| side.map(|side| side.0);
        let high = |side: Option<(Day, Day)>| side.map(|side| side.1);
        let (no, yes) = match self.relation {
            Relation::After => {
                (all(latest, Day::le, low(last)), all(earliest, Day::gt, high(last)))
            }
            Relation::Before => {
                (all(earliest, Day::ge, high(first)), all(latest, Day::lt, low(first)))
            }
            Relation::Since => {
                (all(latest, Day::lt, low(first)), all(earliest, Day::ge, high(first)))
            }
            Relation::Until => {
                (all(earliest, Day::gt, high(last)), all(latest, Day::le, low(last)))
            }
            Relation::On | Relation::During => (
                all(latest, Day::lt, low(first)) || all(earliest, Day::gt, high(last)),
                room == 0 && all(earliest, Day::ge, low(first)) && all(latest, Day::le, low(last)),
            ),
        };
        match (no, yes) {
            (true, _) => Some(Answer::No),
            (_, true) => Some(Answer::Yes),
            _ => None,
        }
    }

    fn answer(&self, date: &When) -> Answer {
        match self.relation {
            Relation::After => date.after(&self.when),
            Relation::Before => date.before(&self.when),
            Relation::Since => date.since(&self.when),
            Relation::Until => date.until(&self.when),
            Relation::On | Relation::During => date.during(&self.when),
        }
    }
}
