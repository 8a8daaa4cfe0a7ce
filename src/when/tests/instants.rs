//! Times of day, held against chrono's instants and against plain arithmetic over seconds.

use chrono::{DateTime, FixedOffset};
use proptest::prelude::*;

use crate::when::Answer::{self, Maybe, No, Yes};
use crate::when::{Day, Edge, When};

const DAY: i64 = 86_400;

/// Some hours around the turn of two days, in zones east and west.
pub(crate) fn time() -> impl Strategy<Value = String> {
    let zone = prop_oneof![
        2 => Just(String::new()),
        2 => Just("Z".to_owned()),
        4 => "[+-](0[1-9]|1[0-3]):(00|30)",
        1 => "[+-](0[1-9]|1[0-4])",
    ];
    (29i64..33, 0..24i64, 0..3i64, 0..3i64, zone).prop_map(|(day, hour, minute, second, zone)| {
        let day = if day > 30 { format!("05-0{}", day - 30) } else { format!("04-{day}") };
        format!("2023-{day}T{hour:02}:{:02}:{:02}{zone}", minute * 29, second * 29)
    })
}

fn has_zone(text: &str) -> bool {
    text.ends_with('Z') || text.get(19..).is_some_and(|zone| !zone.is_empty())
}

/// What chrono makes of it; without a zone, of UTC.
pub(crate) fn instant(text: &str) -> DateTime<FixedOffset> {
    let zone = text.get(19..).unwrap();
    let full = match zone.len() {
        0 => format!("{text}Z"),
        3 => format!("{text}:00"),
        _ => text.to_owned(),
    };
    DateTime::parse_from_rfc3339(&full).unwrap()
}

/// The first and last second, counted from 1970, of when something began and of when it ended.
fn seconds(text: &str) -> ((i64, i64), (i64, i64)) {
    if text.contains('T') {
        let at = instant(text).timestamp();
        return ((at, at), (at, at));
    }
    let whole = |(first, last): (Day, Day)| (first * DAY, (last + 1) * DAY - 1);
    let when = When::parse(text).unwrap();
    (whole(when.start_span().unwrap()), whole(when.end_span().unwrap()))
}

/// The answer where something may be or must be so, of what has a time or none.
fn answer(text: &str, other: &str, all: bool, any: bool) -> Answer {
    let sure = text.contains('T') && has_zone(text) == has_zone(other);
    match (all, any) {
        (true, _) if sure => Yes,
        (_, true) => Maybe,
        _ => No,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn times_go_by_instant(one in time(), other in time()) {
        let order = |text: &str| When::parse(text).unwrap().order();
        prop_assert_eq!(
            order(&one).cmp(&order(&other)), instant(&one).cmp(&instant(&other)), "{} {}", one, other
        );
    }

    #[test]
    fn a_time_is_asked_about_by_instant(
        text in prop_oneof![
            4 => time(),
            2 => "2023-(04-(29|30)|05-0[12])",
            1 => "2023-0[3-6]",
            2 => "2023-04-2[0-9]/2023-(04-30|05-0[1-9])",
        ],
        other in time(),
    ) {
        let [when, at] = [&text, &other].map(|text| When::parse(text).unwrap());
        let ((begun, begins), (over, ends)) = seconds(&text);
        let t = instant(&other).timestamp();
        let is = |all, any| answer(&text, &other, all, any);
        prop_assert_eq!(when.during(&at), is(begun == t && ends == t, begun <= t && t <= ends));
        prop_assert_eq!(when.before(&at), is(ends < t, over < t));
        prop_assert_eq!(when.after(&at), is(begun > t, begins > t));
        prop_assert_eq!(when.until(&at), is(ends <= t, over <= t));
        prop_assert_eq!(when.since(&at), is(begun >= t, begins >= t));
    }

    #[test]
    fn a_day_is_asked_about_by_what_is_written(text in time(), other in "2023-(04-(29|30)|05-0[12])") {
        let [when, day] = [&text, &other].map(|text| When::parse(text).unwrap());
        let Edge::Day(own) = When::parse(&text[..10]).unwrap().earliest() else { unreachable!() };
        let Edge::Day(asked) = day.earliest() else { unreachable!() };
        let sure = |so: bool| if so { Yes } else { No };
        prop_assert_eq!(when.during(&day), sure(own == asked));
        prop_assert_eq!(when.before(&day), sure(own < asked));
        prop_assert_eq!(when.after(&day), sure(own > asked));
    }
}

#[test]
fn a_leap_second_is_a_second() {
    let times = ["T23:59:59", "T23:59:60", "T23:59:59-00:30", "T23:59:60-00:30"];
    let [one, leap, west, west_leap] =
        times.map(|time| When::parse(&format!("2016-12-31{time}")).unwrap());
    let next = When::parse("2017-01-01T00:00:00Z").unwrap();
    assert!(one.order() < leap.order() && leap.order() < next.order());
    assert!(next.order() < west.order() && west.order() < west_leap.order());
}
