//! Days and dates in the forms that other programs read.

use crate::when::{Civil, Day, civil};

/// A day as ISO 8601: `2023-05-01`; years beyond four digits carry a sign (ISO 8601-1, 4.3.2).
pub(crate) fn iso(day: Day) -> String {
    let Civil { year, month, day } = civil(day);
    format!("{}-{month:02}-{day:02}", iso_year(year))
}

fn iso_year(year: i64) -> String {
    match year {
        0..=9999 => format!("{year:04}"),
        10_000.. => format!("+{year}"),
        _ => format!("-{:04}", year.unsigned_abs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::when::day_number;

    #[test]
    fn days_are_written_as_iso_8601() {
        for (year, month, day, written) in [
            (2023, 5, 1, "2023-05-01"),
            (70, 12, 31, "0070-12-31"),
            (0, 1, 1, "0000-01-01"),
            (-299, 2, 28, "-0299-02-28"),
            (12_345, 6, 7, "+12345-06-07"),
        ] {
            assert_eq!(iso(day_number(year, month, day).unwrap()), written);
        }
    }
}
