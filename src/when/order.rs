//! The one total order of a timeline.

use crate::when::moment::Moment;
use crate::when::{Day, Edge};

/// The place of a date in the one total order of a timeline.
///
/// What is undated comes first, then what has no beginning (by its last day), then everything by
/// its first day, or by its last where the beginning is unknown. What begins on the same day goes
/// from wide to narrow, as a heading goes before what it covers: what lasts on, a year, a month, a
/// day, then the times of that day.
///
/// Times go by instant, whatever zone they are written in and across midnight; one without a zone
/// is read as UTC for that alone. A day begins with its first instant in UTC. Early in the day a
/// time east of Greenwich is still of the day before in UTC: where a timeline has such a time, the
/// day that is written with it, and all that begins on that day, stands right before the first of
/// these ([`Order::right_before`]), and so before all its times. As no zone is more than 14 hours
/// from UTC, a day never gets before another that way. Every date thus has one place on one line,
/// and the order is total.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Order {
    day: i64,
    /// Where in its day, in UTC.
    place: u32,
    /// From wide to narrow.
    narrowness: i64,
}

/// Numbers that are kept free below all days.
const LOWEST: i64 = i64::MIN;
const LOW: i64 = i64::MIN + 1;

/// A time is narrower than a day.
const TIME: i64 = 1;

impl Order {
    /// The place of a date from one day to another, which may have a time of day.
    pub fn of(earliest: Edge, latest: Edge, moment: Option<Moment>) -> Order {
        let day = |day: Day| day.max(LOW + 1);
        let whole = |day, narrowness| Order { day, place: 0, narrowness };
        if let (Edge::Day(first), Some(moment)) = (earliest, moment) {
            let (first, place) = moment.of_day(first);
            return Order { day: day(first), place, narrowness: TIME };
        }
        match (earliest, latest) {
            (Edge::Open, Edge::Day(last)) => whole(LOW, day(last)),
            (Edge::Open, _) => whole(LOW, i64::MAX),
            (Edge::Unknown, Edge::Day(last)) => whole(day(last), LOW),
            (Edge::Unknown, _) => whole(LOWEST, 0),
            (Edge::Day(first), Edge::Open) => whole(day(first), LOWEST),
            (Edge::Day(first), Edge::Unknown) => whole(day(first), LOW),
            (Edge::Day(first), Edge::Day(last)) => {
                whole(day(first), first.saturating_sub(last).max(LOW + 1))
            }
        }
    }

    /// The same date right before a time, if that is earlier than where its day begins.
    #[must_use]
    pub fn right_before(self, time: Order) -> Order {
        let Order { day, place, .. } = time;
        if time < self { Order { day, place, ..self } } else { self }
    }

    /// A number in the order of places; nothing for one that is too far away, by some ten
    /// thousand years.
    pub fn short(self) -> Option<u64> {
        let day = short(self.day, 24)?;
        let narrowness = short(self.narrowness, 23)?;
        Some(day << 40 | u64::from(self.place) << 23 | narrowness)
    }
}

/// A number in so many bits.
fn short(number: i64, bits: u32) -> Option<u64> {
    let all = 1u64 << bits;
    match number {
        LOWEST => Some(0),
        LOW => Some(1),
        i64::MAX => Some(all - 1),
        number => {
            let number = u64::try_from(number.checked_add(1 << (bits - 1))?).ok()?;
            (1 < number && number < all - 1).then_some(number)
        }
    }
}
