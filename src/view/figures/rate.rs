//! Numbers derived from claims: so much a month, so many times as much.
//!
//! What is derived says no more than the claims do. "Over 100,000" in five months is "over
//! 20,000" a month; divided by "about 12,500" it is "more than 1.6 times"; one floor divided by
//! another is nothing that can be said. Three digits are shown, floors rounded down and ceilings
//! up.

use crate::model::{Amount, Bound, grouped};
use crate::view::figures::period::Length;

/// The least and the most that something can be; nothing where there is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct Range<N = f64> {
    /// The least.
    pub low: Option<N>,
    /// The most.
    pub high: Option<N>,
}

/// A claim divided by its period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// So much a month over the usual length of the period, as sure as the claim.
    pub claim: Bound<f64>,
    /// So much a month over the shortest and the longest that the period may be.
    pub range: Range,
}

impl Rate {
    /// The monthly rate of a claim over a period.
    pub fn of(claim: Bound, length: Length) -> Rate {
        // Below zero, more time means more, not less.
        let claim = claim.map(Amount::nearly);
        let over =
            |value: f64, small: f64, large: f64| value / if value < 0.0 { small } else { large };
        let range = Range {
            low: claim.low().map(|low| over(low, length.shortest, length.longest)),
            high: claim.high().map(|high| over(high, length.longest, length.shortest)),
        };
        let usual = claim.map(|value| value / length.usual);
        let claim = match usual {
            Bound::Exactly(amount) if !length.is_exact() => Bound::About(amount),
            other => other,
        };
        Rate { claim, range }
    }

    /// So much a month, as a person claims it: `over 20,000`.
    pub fn text(self) -> String {
        shown(self.claim)
    }

    /// The range that the dates allow, in the words of the claim: `11,100 to 14,300`, `over
    /// 19,800`. Nothing where they leave no choice.
    pub fn range_text(self) -> Option<String> {
        let same = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs(),
            (None, None) => true,
            _ => false,
        };
        let usual =
            same(self.range.low, self.claim.low()) && same(self.range.high, self.claim.high());
        (!usual).then(|| range_of(self.range, self.claim)).flatten().map(shown)
    }
}

/// The range as a claim of the same kind: a floor stays a floor.
fn range_of(range: Range, kind: Bound<f64>) -> Option<Bound<f64>> {
    Some(match (range.low, range.high, kind) {
        (Some(low), Some(high), _) => Bound::Between(low, high),
        (Some(low), None, Bound::AtLeast(_)) => Bound::AtLeast(low),
        (Some(low), None, _) => Bound::MoreThan(low),
        (None, Some(high), Bound::AtMost(_)) => Bound::AtMost(high),
        (None, Some(high), _) => Bound::LessThan(high),
        (None, None, _) => return None,
    })
}

/// Why two claims have no ratio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoRatio {
    /// A floor divided by a floor, or a ceiling by a ceiling: it may be anything.
    Anything,
    /// A number that is not above zero.
    NotPositive,
}

impl NoRatio {
    /// In words.
    pub fn reason(self) -> &'static str {
        match self {
            NoRatio::Anything => "both are given as no more than a limit on the same side",
            NoRatio::NotPositive => "not all numbers are above zero",
        }
    }
}

/// How many times the second of two claims the first is, as sure as both are.
///
/// # Errors
///
/// Why that cannot be said.
pub fn ratio(claim: Bound<f64>, to: Bound<f64>) -> Result<Bound<f64>, NoRatio> {
    let ends = [claim.low(), claim.high(), to.low(), to.high()];
    if ends.into_iter().flatten().any(|number| number <= 0.0) {
        return Err(NoRatio::NotPositive);
    }
    let range = quotient(range(claim), range(to));
    let strict = matches!(claim, Bound::MoreThan(_) | Bound::LessThan(_))
        || matches!(to, Bound::MoreThan(_) | Bound::LessThan(_));
    let exact = matches!((claim, to), (Bound::Exactly(_), Bound::Exactly(_)));
    Ok(match (range.low, range.high) {
        (Some(low), Some(high)) if low < high => Bound::Between(low, high),
        (Some(same), Some(_)) if exact => Bound::Exactly(same),
        (Some(same), Some(_)) => Bound::About(same),
        (Some(low), None) if strict => Bound::MoreThan(low),
        (Some(low), None) => Bound::AtLeast(low),
        (None, Some(high)) if strict => Bound::LessThan(high),
        (None, Some(high)) => Bound::AtMost(high),
        (None, None) => return Err(NoRatio::Anything),
    })
}

fn range(claim: Bound<f64>) -> Range {
    Range { low: claim.low(), high: claim.high() }
}

/// The least and most that a quotient of positive numbers can be.
pub fn quotient(of: Range, by: Range) -> Range {
    let divide =
        |a: Option<f64>, b: Option<f64>| a.zip(b).map(|(a, b)| a / b).filter(|at| at.is_finite());
    Range { low: divide(of.low, by.high), high: divide(of.high, by.low) }
}

/// Towards which side a number is rounded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Towards {
    Nearest,
    Below,
    Above,
}

/// The claim in three digits, never saying more than it does.
pub fn rounded(claim: Bound<f64>) -> Bound<f64> {
    let digits = |value: f64, towards| digits(value, towards).unwrap_or(value);
    match claim {
        Bound::Exactly(amount) => {
            let near = digits(amount, Towards::Nearest);
            if near == amount { claim } else { Bound::About(near) }
        }
        Bound::About(amount) => Bound::About(digits(amount, Towards::Nearest)),
        Bound::AtLeast(amount) => Bound::AtLeast(digits(amount, Towards::Below)),
        Bound::MoreThan(amount) => Bound::MoreThan(digits(amount, Towards::Below)),
        Bound::AtMost(amount) => Bound::AtMost(digits(amount, Towards::Above)),
        Bound::LessThan(amount) => Bound::LessThan(digits(amount, Towards::Above)),
        Bound::Between(low, high) => {
            Bound::Between(digits(low, Towards::Below), digits(high, Towards::Above))
        }
    }
}

/// The claim in three digits, as a person reads it.
pub fn shown(claim: Bound<f64>) -> String {
    rounded(claim).map(|number| grouped(&number.to_string())).to_string()
}

/// A number in three digits. What lies within a billionth of such a number is that number.
fn digits(value: f64, towards: Towards) -> Option<f64> {
    let text = format!("{value:.2e}");
    let (mantissa, exponent) = text.split_once('e')?;
    let exponent = exponent.parse::<i32>().ok()? - 2;
    let mut whole = mantissa.replace('.', "").parse::<i64>().ok()?;
    let near = format!("{whole}e{exponent}").parse::<f64>().ok()?;
    let dust = near.abs() * 1e-9;
    match towards {
        Towards::Below if near > value + dust => whole -= 1,
        Towards::Above if near < value - dust => whole += 1,
        _ => {}
    }
    format!("{whole}e{exponent}").parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn amount(value: f64) -> Amount {
        Amount::new(value).unwrap()
    }

    fn length(shortest: f64, usual: f64, longest: f64) -> Length {
        Length { usual, shortest, longest, days: None, soft: false }
    }

    #[test]
    fn rates_worked_by_hand() {
        let hundred = amount(100_000.0);
        let months = length(7.0, 8.0, 9.0);
        for (claim, length, text, range) in [
            // 100,000 / 8; from 100,000 / 9 = 11,111.1 to 100,000 / 7 = 14,285.7.
            (Bound::About(hundred), months, "about 12,500", Some("11,100 to 14,300")),
            // A number that is exact over a period that is not.
            (Bound::Exactly(hundred), months, "about 12,500", Some("11,100 to 14,300")),
            // 100,000 / 5; at the least 100,000 / 5.032855 = 19,869.4.
            (
                Bound::MoreThan(hundred),
                length(4.0, 5.0, 5.032_855),
                "over 20,000",
                Some("over 19,800"),
            ),
            (Bound::AtLeast(hundred), months, "at least 12,500", Some("at least 11,100")),
            // At the most 100,000 / 7.
            (Bound::LessThan(hundred), months, "under 12,500", Some("under 14,300")),
            (Bound::AtMost(hundred), months, "at most 12,500", Some("at most 14,300")),
            // 70,000 / 6 = 11,666.7 and 80,000 / 6 = 13,333.3; 70,000 / 7 and 80,000 / 5.
            (
                Bound::Between(amount(70_000.0), amount(80_000.0)),
                length(5.0, 6.0, 7.0),
                "11,600 to 13,400",
                Some("10,000 to 16,000"),
            ),
            (Bound::Exactly(hundred), length(4.0, 4.0, 4.0), "25,000", None),
            (Bound::Exactly(hundred), length(3.0, 3.0, 3.0), "about 33,300", None),
            // 94 in a week: 94 / (7 / 30.436875) = 408.7.
            (
                Bound::Exactly(amount(94.0)),
                length(0.229_985, 0.229_985, 0.229_985),
                "about 409",
                None,
            ),
            // A loss is least over the longest time: -900 / 9 = -100, -900 / 7 = -128.6.
            (
                Bound::About(amount(-900.0)),
                months,
                "about \u{2212}112",
                Some("\u{2212}129 to \u{2212}100"),
            ),
            (Bound::Exactly(amount(0.0)), months, "about 0", None),
        ] {
            let rate = Rate::of(claim, length);
            assert_eq!(rate.text(), text, "{claim}");
            assert_eq!(rate.range_text().as_deref(), range, "{claim}");
        }
    }

    #[test]
    fn ratios_say_no_more_than_the_claims() {
        let (two, three, six) = (2.0, 3.0, 6.0);
        for (claim, to, expected) in [
            (Bound::Exactly(six), Bound::Exactly(three), Ok(Bound::Exactly(two))),
            (Bound::About(six), Bound::Exactly(three), Ok(Bound::About(two))),
            (Bound::MoreThan(six), Bound::About(three), Ok(Bound::MoreThan(two))),
            (Bound::AtLeast(six), Bound::Exactly(three), Ok(Bound::AtLeast(two))),
            (Bound::AtLeast(six), Bound::LessThan(three), Ok(Bound::MoreThan(two))),
            (Bound::About(six), Bound::MoreThan(three), Ok(Bound::LessThan(two))),
            (Bound::AtMost(six), Bound::AtLeast(three), Ok(Bound::AtMost(two))),
            (Bound::Between(two, six), Bound::Exactly(two), Ok(Bound::Between(1.0, three))),
            (Bound::Exactly(six), Bound::Between(two, three), Ok(Bound::Between(two, three))),
            (Bound::MoreThan(six), Bound::MoreThan(three), Err(NoRatio::Anything)),
            (Bound::AtMost(six), Bound::LessThan(three), Err(NoRatio::Anything)),
            (Bound::Exactly(six), Bound::Exactly(0.0), Err(NoRatio::NotPositive)),
            (Bound::Exactly(-6.0), Bound::Exactly(two), Err(NoRatio::NotPositive)),
        ] {
            assert_eq!(ratio(claim, to), expected, "{claim} to {to}");
        }
    }

    proptest! {
        #[test]
        fn the_usual_rate_is_within_the_range(
            value in 0.0f64..1e9, more in 0.0f64..1e9, kind in 0u8..7,
            lengths in proptest::array::uniform3(0.01f64..500.0),
        ) {
            let mut lengths = lengths;
            lengths.sort_by(f64::total_cmp);
            let (value, high) = (amount(value), amount(value + more));
            let claim = [
                Bound::Exactly(value), Bound::About(value), Bound::AtLeast(value), Bound::MoreThan(value),
                Bound::AtMost(value), Bound::LessThan(value), Bound::Between(value, high),
            ][usize::from(kind)];
            let rate = Rate::of(claim, length(lengths[0], lengths[1], lengths[2]));
            prop_assert_eq!(rate.range.low.is_some(), claim.low().is_some());
            prop_assert_eq!(rate.range.high.is_some(), claim.high().is_some());
            if let (Some(low), Some(usual)) = (rate.range.low, rate.claim.low()) {
                prop_assert!(low <= usual);
            }
            if let (Some(high), Some(usual)) = (rate.range.high, rate.claim.high()) {
                prop_assert!(usual <= high);
            }
        }

        #[test]
        fn three_digits_round_to_their_side(value in prop_oneof![-1e12f64..1e12, -10.0f64..10.0]) {
            let below = digits(value, Towards::Below).unwrap();
            let above = digits(value, Towards::Above).unwrap();
            let dust = value.abs() * 2e-9;
            prop_assert!(below <= value + dust && value <= above + dust);
            prop_assert!(above - below <= value.abs() * 0.0101);
        }
    }
}
