//! Questions with three answers: a table, and a naive reference that goes through all worlds.

use proptest::prelude::*;

use crate::when::Answer::{self, Maybe, No, Yes};
use crate::when::tests::strange::any_date;
use crate::when::{Day, Edge, When, civil};

/// A date, what it is compared with, whether it was during that, before that, after that.
#[rustfmt::skip]
const QUESTIONS: &[(&str, &str, Answer, Answer, Answer)] = &[
    // A day, and less than a day.
    ("2022-11-09", "2022-11",          Yes,   No,    No),
    ("2022-11-09", "2022-11-09",       Yes,   No,    No),
    ("2022-11-09", "2022-12",          No,    Yes,   No),
    ("2022-11-09", "2022-10",          No,    No,    Yes),
    ("2022-11-30", "2022-12-01",       No,    Yes,   No),
    ("2022-11-09T10:00:00Z", "2022-11-09", Yes, No,    No),
    // A time of day: by instant, and certain only of another. A zone that is missing is UTC, perhaps.
    ("2022-11-09T10:00:00Z", "2022-11-09T14:00:00Z", No, Yes, No),
    ("2022-11-09T10:00:00Z", "2022-11-09T10:00:00Z", Yes, No, No),
    ("2022-11-09T10:00:00Z", "2022-11-09T12:00:00+02:00", Yes, No, No),
    ("2022-11-09T10:00:00", "2022-11-09T10:00:00", Yes, No,   No),
    ("2022-11-09T10:00:00", "2022-11-09T12:00:00+02:00", Maybe, No, No),
    ("2022-11-09T10:00:00", "2022-11-09T14:00:00Z", No, Maybe, No),
    ("2022-11-10T00:30:00+03:00", "2022-11-09T22:00:00Z", No, Yes, No),
    ("2022-11-09", "2022-11-09T14:00:00Z", Maybe, Maybe, Maybe),
    ("2022-11-09", "2022-11-09T00:00:00Z", Maybe, No,  Maybe),
    ("2022-11-09", "2022-11-09T23:59:59Z", Maybe, Maybe, No),
    ("2022-11-08", "2022-11-09T14:00:00Z", No,  Maybe, No),
    ("2022-11-09", "2022-11-10T01:00:00+03:00", Maybe, Maybe, Maybe),
    ("2022-11/..", "2022-11-09T14:00:00Z", Maybe, No,  Maybe),
    ("2021/..",    "2022-11-09T14:00:00Z", Maybe, No,  No),
    ("2022-XX-09", "2022-11-10T14:00:00Z", No,  Maybe, Maybe),
    ("{2022-11-08,2022-11-10}", "2022-11-09T14:00:00Z", No, No, No),
    ("XXXX",       "2022-11-09T14:00:00Z", Maybe, Maybe, Maybe),
    // A month or a year is one day of it.
    ("2022-11",    "2022",             Yes,   No,    No),
    ("2022-11",    "2022-11-09",       Maybe, Maybe, Maybe),
    ("2022",       "2022-11",          Maybe, Maybe, Maybe),
    ("2022",       "2022-01",          Maybe, No,    Maybe),
    ("2022",       "2022-12",          Maybe, Maybe, No),
    ("2022",       "2023",             No,    Yes,   No),
    ("2001-21",    "2001",             Yes,   No,    No),
    ("2001-24",    "2001",             Maybe, No,    Maybe),
    // About and possibly are never certain.
    ("1984~",      "1984",             Maybe, No,    No),
    ("1984~",      "1985",             No,    Maybe, No),
    ("1984-06?",   "1984",             Maybe, No,    No),
    ("1984-06",    "1984~",            Maybe, No,    No),
    ("1984",       "1990",             No,    Yes,   No),
    // Spans that are open, or of which a side is unknown.
    ("2022-11-09", "2022-11/..",       Yes,   No,    No),
    ("2022-11-09", "2022-12/..",       No,    Yes,   No),
    ("2022-11-09", "../2022-11",       Yes,   No,    No),
    ("2023",       "../2022-11",       No,    No,    Yes),
    ("2022-11-09", "2022-11/",         Maybe, No,    Maybe),
    ("2022-11-09", "/2022-11",         Maybe, Maybe, No),
    ("2022-12-09", "/2022-11",         No,    No,    Yes),
    ("2022-10-09", "2022-11/",         No,    Yes,   No),
    ("2022-11-09", "2022-10/2022-12",  Yes,   No,    No),
    // What lasts.
    ("2022-12/..", "2023-05",          Yes,   No,    No),
    ("2022-12/..", "2022-12",          Yes,   No,    No),
    ("2022-12/..", "2022-12-05",       Maybe, No,    Maybe),
    ("2022-12/..", "2022-11",          No,    No,    Yes),
    ("2022-12/",   "2023-05",          Maybe, Maybe, No),
    ("2022-12/",   "2022-12",          Yes,   No,    No),
    ("../1985",    "1950",             Yes,   No,    No),
    ("../1985",    "1986",             No,    Yes,   No),
    ("/1985",      "1950",             Maybe, No,    Maybe),
    ("/1985",      "1985",             Yes,   No,    No),
    ("/1985",      "1986",             No,    Yes,   No),
    ("2004-06/2006-08", "2005",        Yes,   No,    No),
    ("2004-06/2006-08", "2004-06",     Yes,   No,    No),
    ("2004-06/2006-08", "2004-06-10",  Maybe, No,    Maybe),
    ("2004-06/2006-08", "2007",        No,    Yes,   No),
    ("2004-06/2006-08", "2006-08-15",  Maybe, Maybe, No),
    ("2004/2004",  "2004",             Yes,   No,    No),
    ("2004~/2006", "2005",             Maybe, No,    No),
    ("..1985/1990", "1980",            Maybe, No,    Maybe),
    ("..1985/1990", "1987",            Yes,   No,    No),
    ("1985/1990..", "1995",            Maybe, Maybe, No),
    // Digits that are not known leave gaps.
    ("156X-12-25", "1565",             Maybe, Maybe, Maybe),
    ("156X-12-25", "1565-06",          No,    Maybe, Maybe),
    ("156X-12-25", "1560/1569",        Yes,   No,    No),
    ("2004-XX-15", "2004-06-16/2004-06-30", No, Maybe, Maybe),
    ("XXXX-12-25", "2022-11",          No,    Maybe, Maybe),
    ("1984-1X",    "1984-10/1984-12",  Yes,   No,    No),
    ("201X-21",    "2015-07",          No,    Maybe, Maybe),
    ("201X-24",    "2015-01",          Maybe, Maybe, Maybe),
    // A choice has to be so in every case, a set in one.
    ("[1984,1986]", "1984",            Maybe, No,    Maybe),
    ("[1984,1986]", "1985",            No,    Maybe, Maybe),
    ("[1984,1986]", "1984/1986",       Yes,   No,    No),
    ("[..1984]",   "1990",             No,    Yes,   No),
    ("[..1984]",   "1980",             Maybe, Maybe, Maybe),
    ("{1984,1986}", "1984",            Yes,   No,    No),
    ("{1984,1986}", "1985",            No,    No,    No),
    ("{1984,1986}", "1985-06",         No,    No,    No),
    ("{1984,1986}", "1984-06",         Maybe, No,    Maybe),
    ("{1670..1672}", "1671",           Yes,   No,    No),
    ("{1670..1672}", "1671-06",        Maybe, No,    No),
    ("{1670-01..1670-12}", "1670-05-20/1670-06-30", Yes, No, No),
    ("{1670-01..1670-12}", "1670-05-20/1670-06-29", Maybe, No, No),
    ("{1670-11..1671-03}", "1670-12-15/1671-01-31", Yes, No, No),
    ("{1670..1673}", "1670-06/1671",   Yes,   No,    No),
    ("{1670..1673}", "1670-06/1671-11", Maybe, No,   No),
    ("{..1984}",   "1950",             Yes,   No,    No),
    ("{..1984}",   "1990",             No,    Yes,   No),
    ("{1984..}",   "1990-06",          Maybe, No,    No),
    // Nobody knows, and nobody can.
    ("XXXX",       "2022",             Maybe, Maybe, Maybe),
    ("2022",       "XXXX",             Maybe, Maybe, Maybe),
    ("XXXX",       "2022/..",          Maybe, Maybe, No),
    ("XXXX",       "../2022",          Maybe, No,    Maybe),
    ("XXXX",       "2022/",            Maybe, Maybe, Maybe),
    // Digits that are not known before year 0.
    ("-04XX",      "-0450",            Maybe, Maybe, Maybe),
    ("-04XX",      "-0499/-0400",      Yes,   No,    No),
    ("-04XX",      "-05XX",            No,    No,    Yes),
    ("-04XX-12-25", "-0450-06",        No,    Maybe, Maybe),
    ("-04XX-24",   "-0450-01",         Maybe, Maybe, Maybe),
    ("-04XX-21",   "-0450-07",         No,    Maybe, Maybe),
    ("0400",       "-04XX",            No,    No,    Yes),
    ("Y17E100",    "2022",             No,    No,    Yes),
    ("Y17E100",    "Y18E100",          Maybe, Maybe, Maybe),
    ("Y-17E100",   "-0044",            No,    Yes,   No),
];

#[test]
fn questions_have_three_answers() {
    for (text, other, during, before, after) in QUESTIONS {
        let [when, span] = [text, other].map(|text| When::parse(text).unwrap());
        assert_eq!(when.during(&span), *during, "{text} during {other}");
        assert_eq!(when.before(&span), *before, "{text} before {other}");
        assert_eq!(when.after(&span), *after, "{text} after {other}");
    }
}

/// A date, another, whether it was since that, until that.
#[rustfmt::skip]
const SIDES: &[(&str, &str, Answer, Answer)] = &[
    ("2022-11-09", "2022-11",          Yes,   Yes),
    ("2022-11-01", "2022-11-01",       Yes,   Yes),
    ("2022-11",    "2022-11-09",       Maybe, Maybe),
    ("2022-10-31", "2022-11",          No,    Yes),
    ("2022-12-01", "2022-11",          Yes,   No),
    ("2022-11~",   "2022-11",          Maybe, Maybe),
    ("2022-11",    "../2022-11",       Yes,   Yes),
    ("2022-11",    "2022-11/..",       Yes,   Yes),
    ("2022-11~",   "../2022-11",       Maybe, Maybe),
    ("2022-11",    "/2022-11",         Maybe, Yes),
    ("XXXX",       "../2022-11",       Maybe, Maybe),
    ("2022-12/..", "2022-12",          Yes,   No),
    ("2022-11-09T10:00:00Z", "2022-11-09T10:00:00Z", Yes, Yes),
    ("2022-11-09T10:00:00Z", "2022-11-09T13:00:01+03:00", No, Yes),
    ("2022-11-09T10:00:00Z", "2022-11-09T04:59:59-05:00", Yes, No),
    ("2022-11-09T23:30:00-05:00", "2022-11-10T04:00:00Z", Yes, No),
    ("2022-11-09", "2022-11-09T00:00:00Z", Maybe, Maybe),
    ("2022-11-09", "2022-11-08T23:59:59Z", Maybe, No),
    ("2022-11-09", "2022-11-09T23:59:59Z", Maybe, Maybe),
    ("2022-11-09", "2022-11-10T00:00:00Z", No,    Maybe),
];

#[test]
fn sides_take_in_the_other_date() {
    for (text, other, since, until) in SIDES {
        let [when, limit] = [text, other].map(|text| When::parse(text).unwrap());
        assert_eq!(when.since(&limit), *since, "{text} since {other}");
        assert_eq!(when.until(&limit), *until, "{text} until {other}");
    }
}

/// All days that a date of eight digits, some of them `X`, may mean.
fn possible(text: &str) -> Vec<Day> {
    let when = When::parse(text).unwrap();
    let (Edge::Day(first), Edge::Day(last)) = (when.earliest(), when.latest()) else {
        unreachable!()
    };
    let fits = |day: &Day| {
        let at = civil(*day);
        let written = format!("{:04}-{:02}-{:02}", at.year, at.month, at.day);
        text.chars().zip(written.chars()).all(|(sign, digit)| sign == 'X' || sign == digit)
    };
    (first..=last).filter(fits).collect()
}

/// The answer over all worlds, in each of which something is so or not.
fn over(worlds: impl Iterator<Item = bool>) -> Answer {
    let (all, any) = worlds.fold((true, false), |(all, any), world| (all && world, any || world));
    if all {
        Yes
    } else if any {
        Maybe
    } else {
        No
    }
}

fn small_date() -> impl Strategy<Value = String> {
    prop_oneof![
        "200[45]",
        "2004-(0[1-9]|1[0-2])",
        "2004-0[1-6]-[12][0-9]",
        "200X-[01X][0-9X]-[012X][0-9X]",
        "2004-0X"
    ]
    .prop_filter("valid", |text| When::parse(text).is_ok())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn one_date_agrees_with_all_its_days(text in small_date(), other in small_date()) {
        let [when, span] = [&text, &other].map(|text| When::parse(text).unwrap());
        let (days, within) = (possible(&text), possible(&other));
        let (first, last) = (within[0], within[within.len() - 1]);
        prop_assert_eq!(when.during(&span), over(days.iter().map(|day| (first..=last).contains(day))));
        prop_assert_eq!(when.before(&span), over(days.iter().map(|day| *day < first)));
        prop_assert_eq!(when.after(&span), over(days.iter().map(|day| *day > last)));
    }

    #[test]
    fn an_interval_agrees_with_all_its_days(
        start in "2004-0[1-4](-[12][0-9])?", end in "2004-0[3-6](-[12][0-9])?", other in small_date()
    ) {
        let text = format!("{start}/{end}");
        let Ok(when) = When::parse(&text) else { return Ok(()) };
        let (span, within) = (When::parse(&other).unwrap(), possible(&other));
        let (first, last) = (within[0], within[within.len() - 1]);
        let (starts, ends) = (possible(&start), possible(&end));
        let worlds = || starts.iter().flat_map(|start| ends.iter().map(move |end| (*start, *end)))
            .filter(|(start, end)| start <= end);
        prop_assert_eq!(when.during(&span), over(worlds().map(|(start, end)| start <= last && end >= first)));
        prop_assert_eq!(when.before(&span), over(worlds().map(|(_, end)| end < first)));
        prop_assert_eq!(when.after(&span), over(worlds().map(|(start, _)| start > last)));
    }

    #[test]
    fn facts_never_say_otherwise(text in any_date(), other in any_date()) {
        let [when, span] = [&text, &other].map(|text| When::parse(text).unwrap());
        let (facts, limits) = (when.facts(), span.facts());
        prop_assert!(facts.during(&limits).is_none_or(|answer| answer == when.during(&span)));
        prop_assert!(facts.before(&limits).is_none_or(|answer| answer == when.before(&span)));
        prop_assert!(facts.after(&limits).is_none_or(|answer| answer == when.after(&span)));
        // It cannot be certain that it was at two times at once.
        let answers = [when.before(&span), when.after(&span)];
        prop_assert!(answers != [Yes, Yes], "{} {}", text, other);
    }
}
