//! Questions about two dates, with three answers.
//!
//! A date stands for one day that is not known: it has many possible worlds, one for each of its
//! possible days, and an interval one for each pair of a beginning and an end. The answer is yes
//! if it is so in all worlds, no if in none. What a date is compared with is taken as a span of
//! days, from its first possible one to its last; what has a time of day, as an instant (see
//! `clock`).

use edtf_core::{Date, DateField, Edtf, Interval, Set, SetElement, SetKind, YearKind};

use crate::when::bounds::{
    days, element_days, ends, in_year, is_unknown, is_whole, season_code, year_fits,
};
use crate::when::calendar::days_in_month;
use crate::when::{Answer, Day, Edge, Facts, Precision, When, bounds, civil, day_number};

mod clock;

/// A day with room on both sides for what has no bound.
type Reach = i128;
const PAST: Reach = Reach::MIN;
const FUTURE: Reach = Reach::MAX;

/// What a date is compared with.
#[derive(Clone, Copy)]
struct Span {
    first: Reach,
    last: Reach,
    /// Whether both sides are known, be it that they are open.
    known: bool,
}

impl Span {
    fn of(facts: &Facts) -> Span {
        Span {
            first: facts.earliest.day().map_or(PAST, Reach::from),
            last: facts.latest.day().map_or(FUTURE, Reach::from),
            known: facts.earliest != Edge::Unknown && facts.latest != Edge::Unknown,
        }
    }
}

/// The first and last day of something.
type Days = (Reach, Reach);

pub(super) fn during(when: &When, span: &When) -> Answer {
    if let Some(answer) = during_by_facts(&when.facts, &span.facts) {
        return answer;
    }
    let answer = match span.facts.instant() {
        Some(at) => clock::during(when, at),
        None => lies_in(when, Span::of(&span.facts)),
    };
    settle(answer, &when.facts, &span.facts)
}

pub(super) fn before(when: &When, other: &When) -> Answer {
    if let Some(answer) = before_by_facts(&when.facts, &other.facts) {
        return answer;
    }
    let answer = match (other.facts.instant(), other.facts.earliest) {
        (Some(at), _) => clock::before(when, at),
        (None, Edge::Day(first)) => ends_before(when, first.into(), true),
        (None, Edge::Open) => Answer::No,
        // Where its first day is not known, it is at least not after its last.
        (None, Edge::Unknown) => ends_before(when, Span::of(&other.facts).last, false),
    };
    settle(answer, &when.facts, &other.facts)
}

pub(super) fn after(when: &When, other: &When) -> Answer {
    if let Some(answer) = after_by_facts(&when.facts, &other.facts) {
        return answer;
    }
    let answer = match (other.facts.instant(), other.facts.latest) {
        (Some(at), _) => clock::after(when, at),
        (None, Edge::Day(last)) => begins_after(when, last.into(), true),
        (None, Edge::Open) => Answer::No,
        (None, Edge::Unknown) => begins_after(when, Span::of(&other.facts).first, false),
    };
    settle(answer, &when.facts, &other.facts)
}

pub(super) fn since(when: &When, other: &When) -> Answer {
    if when.facts.undated || other.facts.undated {
        return Answer::Maybe;
    }
    let answer = match (other.facts.instant(), other.facts.earliest) {
        (Some(at), _) => clock::after(when, at.step(-1)),
        (None, Edge::Day(first)) => begins_after(when, Reach::from(first) - 1, true),
        (None, Edge::Open) => Answer::Yes,
        (None, Edge::Unknown) => Answer::Maybe,
    };
    settle(answer, &when.facts, &other.facts)
}

pub(super) fn until(when: &When, other: &When) -> Answer {
    if when.facts.undated || other.facts.undated {
        return Answer::Maybe;
    }
    let answer = match (other.facts.instant(), other.facts.latest) {
        (Some(at), _) => clock::before(when, at.step(1)),
        (None, Edge::Day(last)) => ends_before(when, Reach::from(last) + 1, true),
        (None, Edge::Open) => Answer::Yes,
        (None, Edge::Unknown) => Answer::Maybe,
    };
    settle(answer, &when.facts, &other.facts)
}

/// Whether a date was on the days of a span.
fn lies_in(when: &When, within: Span) -> Answer {
    match &when.edtf {
        Edtf::Date(date) => date_during(date, within),
        Edtf::DateTime(at) => date_during(&at.date, within),
        Edtf::Interval(interval) => interval_during(interval, within),
        Edtf::Set(set) => set_during(set, within),
    }
}

/// Whether all of a date was over before a day; `sure` unless that day is not known.
fn ends_before(when: &When, limit: Reach, sure: bool) -> Answer {
    let ask = |days: Days| is_before(days, limit, sure);
    match &when.edtf {
        Edtf::Interval(interval) => ask(end_days(interval)),
        Edtf::Set(set) if set.kind == SetKind::AllMembers => {
            members(set).map(ask).min().unwrap_or(Answer::Maybe)
        }
        _ => ask(hull(&when.facts)),
    }
}

/// Whether all of a date began after a day; `sure` unless that day is not known.
fn begins_after(when: &When, limit: Reach, sure: bool) -> Answer {
    let ask = |days: Days| is_after(days, limit, sure);
    match &when.edtf {
        Edtf::Interval(interval) => ask(start_days(interval)),
        Edtf::Set(set) if set.kind == SetKind::AllMembers => {
            members(set).map(ask).min().unwrap_or(Answer::Maybe)
        }
        _ => ask(hull(&when.facts)),
    }
}

pub(super) fn during_by_facts(facts: &Facts, span: &Facts) -> Option<Answer> {
    if facts.undated || span.undated {
        return Some(Answer::Maybe);
    }
    if span.moment.is_some() {
        return None;
    }
    let (within, days) = (Span::of(span), hull(facts));
    let answer = if !touches(days, within) {
        Answer::No
    } else if facts.simple && !facts.interval {
        days_during(days, within)
    } else {
        return None;
    };
    Some(settle(answer, facts, span))
}

pub(super) fn before_by_facts(facts: &Facts, other: &Facts) -> Option<Answer> {
    // Nothing is before what has no beginning, whenever it was.
    if other.earliest == Edge::Open {
        return Some(Answer::No);
    }
    if facts.undated || other.undated {
        return Some(Answer::Maybe);
    }
    let Edge::Day(first) = other.earliest else { return None };
    let known = facts.simple && !facts.interval && other.moment.is_none();
    known.then(|| settle(is_before(hull(facts), first.into(), true), facts, other))
}

pub(super) fn after_by_facts(facts: &Facts, other: &Facts) -> Option<Answer> {
    if other.latest == Edge::Open {
        return Some(Answer::No);
    }
    if facts.undated || other.undated {
        return Some(Answer::Maybe);
    }
    let Edge::Day(last) = other.latest else { return None };
    let known = facts.simple && !facts.interval && other.moment.is_none();
    known.then(|| settle(is_after(hull(facts), last.into(), true), facts, other))
}

/// Takes back what cannot be certain: a yes about what is only approximate or uncertain, and
/// anything about two days that are both beyond all numbers.
fn settle(answer: Answer, one: &Facts, other: &Facts) -> Answer {
    let beyond = |limit: Day| {
        let at = |facts: &Facts| [facts.earliest, facts.latest].contains(&Edge::Day(limit));
        at(one) && at(other)
    };
    if beyond(Day::MIN) || beyond(Day::MAX) {
        Answer::Maybe
    } else if one.is_certain() && other.is_certain() {
        answer
    } else {
        answer.min(Answer::Maybe)
    }
}

fn hull(facts: &Facts) -> Days {
    let span = Span::of(facts);
    (span.first, span.last)
}

fn touches((first, last): Days, within: Span) -> bool {
    first <= within.last && last >= within.first
}

fn days_during(days: Days, within: Span) -> Answer {
    if !touches(days, within) {
        Answer::No
    } else if within.known && days.0 >= within.first && days.1 <= within.last {
        Answer::Yes
    } else {
        Answer::Maybe
    }
}

fn is_before((first, last): Days, limit: Reach, sure: bool) -> Answer {
    if first >= limit {
        Answer::No
    } else if sure && last < limit {
        Answer::Yes
    } else {
        Answer::Maybe
    }
}

fn is_after((first, last): Days, limit: Reach, sure: bool) -> Answer {
    if last <= limit {
        Answer::No
    } else if sure && first > limit {
        Answer::Yes
    } else {
        Answer::Maybe
    }
}

/// The first and last day on which an interval may have begun. One that is unknown may have begun
/// at any time until it ended.
fn start_days(interval: &Interval) -> Days {
    let ends = ends(interval);
    let latest_end = ends.end.1.day().map_or(FUTURE, Reach::from);
    match ends.start {
        (Edge::Open, Edge::Open) => (PAST, PAST),
        (first, last) => {
            (first.day().map_or(PAST, Reach::from), last.day().map_or(latest_end, Reach::from))
        }
    }
}

/// The first and last day on which an interval may have ended.
fn end_days(interval: &Interval) -> Days {
    let ends = ends(interval);
    let earliest_start = ends.start.0.day().map_or(PAST, Reach::from);
    match ends.end {
        (Edge::Open, Edge::Open) => (FUTURE, FUTURE),
        (first, last) => (
            first.day().map_or(earliest_start, Reach::from),
            last.day().map_or(FUTURE, Reach::from),
        ),
    }
}

/// It lasted on a day of the span if it began by its last day and ended no earlier than its first.
fn interval_during(interval: &Interval, within: Span) -> Answer {
    let (start, end) = (start_days(interval), end_days(interval));
    if !touches((start.0, end.1), within) {
        Answer::No
    } else if within.known && start.1 <= within.last && end.0 >= within.first {
        Answer::Yes
    } else {
        Answer::Maybe
    }
}

fn date_during(date: &Date, within: Span) -> Answer {
    let (first, last) = days(date);
    let answer = days_during((first.into(), last.into()), within);
    if answer == Answer::Maybe && !is_whole(date) && !has_day_within(date, within) {
        return Answer::No;
    }
    answer
}

/// Whether any possible day of a date with unspecified digits is within a span.
fn has_day_within(date: &Date, within: Span) -> bool {
    let YearKind::Standard { digits, negative } = date.year.kind else { return true };
    if is_unknown(date) {
        return true;
    }
    let (first, last) = days(date);
    let from = Reach::from(first).max(within.first);
    let to = Reach::from(last).min(within.last);
    let (Ok(from), Ok(to)) = (Day::try_from(from), Day::try_from(to)) else { return false };
    // A winter reaches into the year after its own.
    let years = civil(from).year.saturating_sub(1)..=civil(to).year;
    let fits = |year: &i64| year.abs() <= 9999 && year_fits(negative, digits, *year);
    years.filter(fits).any(|year| {
        if season_code(date).is_some() {
            let (first, last) = days(&in_year(date, year));
            return first <= to && last >= from;
        }
        days_in_year(date, year).any(|day| (from..=to).contains(&day))
    })
}

fn field_fits(field: Option<DateField>, number: u8) -> bool {
    field.is_none_or(|field| {
        let [tens, ones] = field.digits;
        tens.is_none_or(|digit| digit == number / 10)
            && ones.is_none_or(|digit| digit == number % 10)
    })
}

/// The possible days of a date in one year.
fn days_in_year(date: &Date, year: i64) -> impl Iterator<Item = Day> {
    let (month_field, day_field) = (date.month, date.day);
    (1..=12).filter(move |month| field_fits(month_field, *month)).flat_map(move |month| {
        (1..=days_in_month(year, month))
            .filter(move |day| field_fits(day_field, *day))
            .filter_map(move |day| day_number(year, month, day))
    })
}

fn set_during(set: &Set, within: Span) -> Answer {
    let answers = set.elements.iter().map(|element| match (element, set.kind) {
        (SetElement::Date(date), _) => date_during(date, within),
        (_, SetKind::OneMember) => days_during(reaches(element), within),
        (_, SetKind::AllMembers) => run_during(element, within),
    });
    match set.kind {
        SetKind::AllMembers => answers.max().unwrap_or(Answer::No),
        SetKind::OneMember => {
            let (least, most) = answers.fold((Answer::Yes, Answer::No), |(least, most), answer| {
                (least.min(answer), most.max(answer))
            });
            if least == most { least } else { Answer::Maybe }
        }
    }
}

fn reaches(element: &SetElement) -> Days {
    let (first, last) = element_days(element);
    (first.map_or(PAST, Reach::from), last.map_or(FUTURE, Reach::from))
}

/// Of a run of years, months or days that all apply, such as `1670..1672`: yes if a whole one of
/// them lies within the span.
fn run_during(element: &SetElement, within: Span) -> Answer {
    let run = reaches(element);
    let answer = days_during(run, within);
    if answer != Answer::Maybe || !within.known {
        return answer;
    }
    let date = match element {
        SetElement::Date(date)
        | SetElement::OnOrBefore(date)
        | SetElement::OnOrAfter(date)
        | SetElement::Range(date, _) => date,
    };
    let (first, last) = (run.0.max(within.first), run.1.min(within.last));
    let whole = match (Day::try_from(first), Day::try_from(last)) {
        // One side without end holds any number of them.
        (Err(_), _) | (_, Err(_)) => true,
        (Ok(first), Ok(last)) => {
            unit_end(first, bounds::precision(date)).is_some_and(|end| end <= last)
        }
    };
    if whole { Answer::Yes } else { Answer::Maybe }
}

/// The last day of the first whole year, month or day that begins on or after a day.
fn unit_end(from: Day, unit: Precision) -> Option<Day> {
    let at = civil(from);
    match unit {
        Precision::Day => Some(from),
        Precision::Month => {
            let (year, month) = match (at.day, at.month) {
                (1, month) => (at.year, month),
                (_, 12) => (at.year.checked_add(1)?, 1),
                (_, month) => (at.year, month + 1),
            };
            day_number(year, month, days_in_month(year, month))
        }
        Precision::Year => {
            let whole = (at.month, at.day) == (1, 1);
            day_number(at.year.checked_add(i64::from(!whole))?, 12, 31)
        }
        Precision::Season | Precision::Vague | Precision::Undated => None,
    }
}

/// The first and last member of each run in a set of which all apply, and all single members.
fn members(set: &Set) -> impl Iterator<Item = Days> + '_ {
    let reach = |date: &Date| {
        let (first, last) = days(date);
        (Reach::from(first), Reach::from(last))
    };
    set.elements.iter().flat_map(move |element| {
        let (one, other) = match element {
            SetElement::Date(date) => (reach(date), None),
            SetElement::OnOrBefore(date) => ((PAST, PAST), Some(reach(date))),
            SetElement::OnOrAfter(date) => (reach(date), Some((FUTURE, FUTURE))),
            SetElement::Range(from, to) => (reach(from), Some(reach(to))),
        };
        std::iter::once(one).chain(other)
    })
}
