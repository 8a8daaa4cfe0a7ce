//! Times of day as instants, so that times of several zones can be held against one another.
//!
//! A time without a zone is read as UTC for that alone: nothing says that it is UTC, so what
//! follows from it is never certain beside a time that has a zone.

use edtf_core::{Time, TimeShift};

use crate::when::{Answer, Day};

/// How many places a minute has: one more than seconds, for a leap second.
const MINUTE: i64 = 61;

/// How many places a day has.
const DAY: i64 = 24 * 60 * MINUTE;

/// A time of day, as it lies to the day that is written with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    /// How many places in UTC after the beginning of that day; below 0 on the day before.
    after: i32,
    /// Whether a zone is written with it.
    zoned: bool,
}

impl Moment {
    pub(super) fn of(time: Time) -> Moment {
        let shift = match time.shift {
            Some(TimeShift::Offset { minutes, .. }) => i64::from(minutes),
            Some(TimeShift::Utc) | None => 0,
        };
        let minutes = i64::from(time.hour) * 60 + i64::from(time.minute) - shift;
        let after = minutes * MINUTE + i64::from(time.second);
        // At most 14 hours before the day and 14 after it.
        Moment { after: after as i32, zoned: time.shift.is_some() }
    }

    /// The day in UTC of this time of a day, and its place in that, from 0.
    pub(super) fn of_day(self, day: Day) -> (Day, u32) {
        let after = i64::from(self.after);
        (day.saturating_add(after.div_euclid(DAY)), after.rem_euclid(DAY) as u32)
    }

    /// Whether in UTC it is of the day before.
    pub fn is_of_the_day_before(self) -> bool {
        self.after < 0
    }

    /// Whether in UTC it is of another day than the one that is written.
    pub fn is_of_another_day(self) -> bool {
        !(0..DAY).contains(&i64::from(self.after))
    }
}

/// A time on its day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Instant {
    place: i128,
    zoned: bool,
}

impl Instant {
    pub fn new(day: Day, moment: Moment) -> Instant {
        let place = i128::from(day) * i128::from(DAY) + i128::from(moment.after);
        Instant { place, zoned: moment.zoned }
    }

    /// The one right before it or right after it.
    #[must_use]
    pub fn step(self, by: i8) -> Instant {
        Instant { place: self.place + i128::from(by), ..self }
    }

    /// The day in UTC.
    pub fn day(self) -> i128 {
        self.place.div_euclid(DAY.into())
    }

    /// Whether any of its day lies before it.
    pub fn has_begun(self) -> bool {
        self.place.rem_euclid(DAY.into()) > 0
    }

    /// Whether any of its day follows on it, where that has no leap second.
    pub fn has_more(self) -> bool {
        self.place.rem_euclid(DAY.into()) < i128::from(DAY) - 2
    }

    /// Whether something holds of the two; certain if both have a zone, or none has.
    pub fn ask(self, other: Instant, holds: fn(&i128, &i128) -> bool) -> Answer {
        match holds(&self.place, &other.place) {
            false => Answer::No,
            true if self.zoned == other.zoned => Answer::Yes,
            true => Answer::Maybe,
        }
    }
}
