//! How long something lasts, where that is said and no dates are: `P8M`, a duration of ISO 8601.

use std::fmt;
use std::str::FromStr;

/// A duration of years, months, weeks and days, of which there is at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lasting {
    years: u32,
    months: u32,
    weeks: u32,
    days: u32,
}

/// What to write instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoLasting(&'static str);

impl fmt::Display for NoLasting {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0)
    }
}

/// The most digits of a part: nothing lasts a million years and is counted in days.
const MOST_DIGITS: usize = 6;

impl FromStr for Lasting {
    type Err = NoLasting;

    fn from_str(text: &str) -> Result<Lasting, NoLasting> {
        let form = NoLasting("write `P8M` for eight months, `P1Y6M`, `P2W` or `P10D`");
        let Some(mut rest) = text.strip_prefix('P') else { return Err(form) };
        if rest.contains('T') {
            return Err(NoLasting(
                "hours and minutes are too short for a period; write days: `P1D`",
            ));
        }
        let mut parts = [0u32; 4];
        let mut next = 0;
        while !rest.is_empty() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (number, unit) = rest.split_at(digits);
            if unit.starts_with(['.', ',']) {
                return Err(NoLasting("only whole numbers last: `P1M15D` for a month and a half"));
            }
            if !(1..=MOST_DIGITS).contains(&digits) {
                return Err(form);
            }
            let unit = unit.bytes().next().ok_or(form)?;
            let at = b"YMWD".iter().position(|known| *known == unit).ok_or(form)?;
            // Years come before months, and each once.
            let part = parts.get_mut(at).filter(|_| at >= next).ok_or(form)?;
            *part = number.parse().map_err(|_| form)?;
            next = at + 1;
            rest = rest.get(digits + 1..).unwrap_or_default();
        }
        let [years, months, weeks, days] = parts;
        let lasting = Lasting { years, months, weeks, days };
        if lasting.months() == 0 && lasting.days() == 0 {
            return Err(NoLasting("a period lasts at least a day: `P1D`"));
        }
        Ok(lasting)
    }
}

impl Lasting {
    /// Its years and months, in months.
    pub fn months(self) -> i64 {
        i64::from(self.years) * 12 + i64::from(self.months)
    }

    /// Its weeks and days, in days.
    pub fn days(self) -> i64 {
        i64::from(self.weeks) * 7 + i64::from(self.days)
    }

    /// As a person says it: `8 months`, `1 year 6 months`.
    pub fn reading(self) -> String {
        let parts = [
            (self.years, "year"),
            (self.months, "month"),
            (self.weeks, "week"),
            (self.days, "day"),
        ];
        let said = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, unit)| format!("{count} {unit}{}", if *count == 1 { "" } else { "s" }));
        said.collect::<Vec<_>>().join(" ")
    }
}

/// As it is written: `P8M`.
impl fmt::Display for Lasting {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("P")?;
        let parts = [(self.years, 'Y'), (self.months, 'M'), (self.weeks, 'W'), (self.days, 'D')];
        parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .try_for_each(|(count, unit)| write!(out, "{count}{unit}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_of_iso_8601() {
        for (text, months, days, reading) in [
            ("P8M", 8, 0, "8 months"),
            ("P1Y6M", 18, 0, "1 year 6 months"),
            ("P2W", 0, 14, "2 weeks"),
            ("P1M1D", 1, 1, "1 month 1 day"),
            ("P10D", 0, 10, "10 days"),
        ] {
            let lasting: Lasting = text.parse().unwrap();
            assert_eq!((lasting.months(), lasting.days()), (months, days), "{text}");
            assert_eq!(lasting.reading(), reading);
            assert_eq!(lasting.to_string(), text);
        }
        for (text, hint) in [
            ("8 months", "`P8M`"),
            ("", "`P8M`"),
            ("P", "at least a day"),
            ("P0D", "at least a day"),
            ("p8m", "`P8M`"),
            ("P8", "`P8M`"),
            ("PM", "`P8M`"),
            ("P8M1Y", "`P8M`"),
            ("P1M1M", "`P8M`"),
            ("P1.5M", "whole numbers"),
            ("PT36H", "hours"),
            ("P9999999Y", "`P8M`"),
            ("P-8M", "`P8M`"),
            ("P8é", "`P8M`"),
        ] {
            let error = text.parse::<Lasting>().unwrap_err();
            assert!(error.to_string().contains(hint), "{text}: {error}");
        }
    }
}
