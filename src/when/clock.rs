//! Times of day, as far as a date carries one.

use edtf_core::{Edtf, TimeShift};

use crate::when::{Day, When};

/// A time on a day, as a clock shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The day.
    pub day: Day,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 60, the last of which is a leap second.
    pub second: u8,
    /// Minutes from UTC, eastward positive, where a zone was written.
    pub shift: Option<i16>,
}

impl When {
    /// The time of day that was written; nothing where none was.
    pub fn time_of_day(&self) -> Option<Clock> {
        let Edtf::DateTime(at) = &self.edtf else { return None };
        Some(Clock {
            day: self.earliest().day()?,
            hour: at.time.hour,
            minute: at.time.minute,
            second: at.time.second,
            shift: at.time.shift.map(|shift| match shift {
                TimeShift::Utc => 0,
                TimeShift::Offset { minutes, .. } => minutes,
            }),
        })
    }
}

impl Clock {
    /// What a clock in UTC shows then; a time without a zone is read as one of UTC.
    pub fn utc(self) -> Clock {
        const DAY: i64 = 24 * 60;
        let written = i64::from(self.hour) * 60 + i64::from(self.minute);
        let minutes = written - i64::from(self.shift.unwrap_or(0));
        let (days, rest) = (minutes.div_euclid(DAY), minutes.rem_euclid(DAY));
        Clock {
            day: self.day.saturating_add(days),
            hour: (rest / 60) as u8,
            minute: (rest % 60) as u8,
            second: self.second,
            shift: Some(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::when::{Civil, civil};

    #[test]
    fn a_zone_is_taken_off_across_midnight() {
        for (text, utc) in [
            ("2023-05-01T09:00:00-04:00", "2023-05-01T13:00:00"),
            ("2023-05-01T22:30:00-04:00", "2023-05-02T02:30:00"),
            ("2023-05-02T00:30:00+03:00", "2023-05-01T21:30:00"),
            ("2023-01-01T00:00:00+05:45", "2022-12-31T18:15:00"),
            ("2023-05-01T12:30:15Z", "2023-05-01T12:30:15"),
            ("2023-05-01T12:30:15", "2023-05-01T12:30:15"),
        ] {
            let at = When::parse(text).unwrap().time_of_day().unwrap().utc();
            let Civil { year, month, day } = civil(at.day);
            let Clock { hour, minute, second, .. } = at;
            let read = format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
            assert_eq!(read, utc, "{text}");
        }
        for text in ["2023-05-01", "2023", "2022/2023", "XXXX"] {
            assert_eq!(When::parse(text).unwrap().time_of_day(), None);
        }
    }
}
