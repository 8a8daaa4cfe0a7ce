//! Claimed numbers: how much, how sure, of what, where and over which span.

use std::fmt;

use crate::when::When;

/// A finite number, as claimed.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Amount(f64);

impl Amount {
    /// The amount, or nothing for an infinity or what is not a number.
    pub fn new(value: f64) -> Option<Self> {
        value.is_finite().then_some(Amount(value))
    }

    /// The plain number.
    pub fn value(self) -> f64 {
        self.0
    }
}

/// Groups thousands with commas: `100,000`; decimals as far as there are any.
impl fmt::Display for Amount {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0.0 {
            out.write_str("\u{2212}")?;
        }
        let size = self.0.abs();
        if size < MOST_WHOLE && size.fract() == 0.0 {
            return write_grouped(size as u64, out);
        }
        let plain = size.to_string();
        let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
        for (position, digit) in whole.chars().enumerate() {
            if position > 0 && (whole.len() - position).is_multiple_of(3) {
                out.write_str(",")?;
            }
            write!(out, "{digit}")?;
        }
        if !decimals.is_empty() {
            write!(out, ".{decimals}")?;
        }
        Ok(())
    }
}

/// Below it every whole number has a value of its own: 2 to the power of 53.
const MOST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// The same, quicker, for whole numbers, as nearly all are: a search writes all of them.
fn write_grouped(number: u64, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut groups = [0; 7];
    let mut rest = number;
    let mut first = 0;
    for (place, group) in groups.iter_mut().enumerate() {
        *group = rest % 1000;
        rest /= 1000;
        if *group > 0 {
            first = place;
        }
    }
    let mut text = [b','; 4 * 7];
    for (text, group) in text.chunks_exact_mut(4).zip(groups[..=first].iter().rev()) {
        for (digit, power) in text.iter_mut().zip([100, 10, 1]) {
            *digit = b'0' + (group / power % 10) as u8;
        }
    }
    let text = text.get(..4 * first + 3).unwrap_or_default();
    let blank = text.iter().take(2).take_while(|digit| **digit == b'0').count();
    out.write_str(std::str::from_utf8(text.get(blank..).unwrap_or_default()).unwrap_or_default())
}

/// What a claim says about the true number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// It is this.
    Exactly(Amount),
    /// It is near this.
    About(Amount),
    /// It is this or more.
    AtLeast(Amount),
    /// It is more than this.
    MoreThan(Amount),
    /// It is this or less.
    AtMost(Amount),
    /// It is less than this.
    LessThan(Amount),
    /// It is from the first to the second; the first is never above the second.
    Between(Amount, Amount),
}

impl Bound {
    /// The name in a dataset: `MoreThan`.
    pub fn name(self) -> &'static str {
        match self {
            Bound::Exactly(_) => "Exactly",
            Bound::About(_) => "About",
            Bound::AtLeast(_) => "AtLeast",
            Bound::MoreThan(_) => "MoreThan",
            Bound::AtMost(_) => "AtMost",
            Bound::LessThan(_) => "LessThan",
            Bound::Between(..) => "Between",
        }
    }

    /// The number named in the claim; of a span, its lower end.
    pub fn amount(self) -> Amount {
        match self {
            Bound::Exactly(amount)
            | Bound::About(amount)
            | Bound::AtLeast(amount)
            | Bound::MoreThan(amount)
            | Bound::AtMost(amount)
            | Bound::LessThan(amount)
            | Bound::Between(amount, _) => amount,
        }
    }

    /// The least that the claim allows; nothing where it sets no floor.
    pub fn low(self) -> Option<Amount> {
        match self {
            Bound::AtMost(_) | Bound::LessThan(_) => None,
            other => Some(other.amount()),
        }
    }

    /// The most that the claim allows; nothing where it sets no ceiling.
    pub fn high(self) -> Option<Amount> {
        match self {
            Bound::AtLeast(_) | Bound::MoreThan(_) => None,
            Bound::Between(_, high) => Some(high),
            other => Some(other.amount()),
        }
    }
}

/// As a person claims it: `over 100,000`, `70,000 to 80,000`.
impl fmt::Display for Bound {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Bound::Exactly(amount) => write!(out, "{amount}"),
            Bound::About(amount) => write!(out, "about {amount}"),
            Bound::AtLeast(amount) => write!(out, "at least {amount}"),
            Bound::MoreThan(amount) => write!(out, "over {amount}"),
            Bound::AtMost(amount) => write!(out, "at most {amount}"),
            Bound::LessThan(amount) => write!(out, "under {amount}"),
            Bound::Between(low, high) => write!(out, "{low} to {high}"),
        }
    }
}

/// A number that somebody claimed.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The number, and what the claim says about the true one.
    pub bound: Bound,
    /// What is counted: `casualties`, `deaths`.
    pub measure: String,
    /// Of whom or what: `Russian forces`.
    pub of: Option<String>,
    /// Which place it covers.
    pub place: Option<String>,
    /// Which span of time it covers; not when it was said.
    pub period: Option<When>,
    /// The measure of the figure in the same entry that this one is a part of.
    pub part_of: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_group_thousands() {
        for (value, shown) in [
            (0.0, "0"),
            (94.0, "94"),
            (999.0, "999"),
            (1000.0, "1,000"),
            (100_000.0, "100,000"),
            (30_000_000.0, "30,000,000"),
            (12.5, "12.5"),
            (-1234.25, "\u{2212}1,234.25"),
            (-1_000_007.0, "\u{2212}1,000,007"),
            (1_040_050.0, "1,040,050"),
            (9_007_199_254_740_991.0, "9,007,199,254,740,991"),
            (9_007_199_254_740_993.0, "9,007,199,254,740,992"),
            (1e21, "1,000,000,000,000,000,000,000"),
        ] {
            assert_eq!(Amount::new(value).map(|amount| amount.to_string()).as_deref(), Some(shown));
        }
        // As they are written one by one, whatever the groups.
        for power in 0..16 {
            for number in [10_u64.pow(power) - 1, 10_u64.pow(power), 7 * 10_u64.pow(power) + 1] {
                let Some(amount) = Amount::new(number as f64) else { panic!("{number}") };
                assert_eq!(amount.to_string().replace(',', ""), (number as f64).to_string());
            }
        }
        assert_eq!(Amount::new(f64::NAN), None);
        assert_eq!(Amount::new(f64::INFINITY), None);
    }
}
