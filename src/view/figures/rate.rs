//! Numbers derived from claims: so much a month, so many times as much.
//!
//! What is derived says no more than the claims do: it is interval arithmetic. "Over 100,000" in
//! five months is "over 20,000" a month; divided by "about 12,500" it is "about 1.6 times or
//! more"; one floor divided by another is nothing that can be said. An end that came of "about",
//! or of a period that is approximate, is "about" itself. Three digits are shown, floors rounded
//! down and ceilings up; two where it is "about" so many times.

use rust_decimal::Decimal;

use crate::model::{Amount, Bound, grouped};
use crate::view::figures::period::{Length, month};

/// The least and the most that something can be; nothing where there is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct Range<N = f64> {
    /// The least.
    pub low: Option<N>,
    /// The most.
    pub high: Option<N>,
}

/// One number divided by another, above zero: near enough to be shown, and the two themselves, so
/// that it is known on which side of a round number it lies.
#[derive(Clone, Copy, Debug)]
struct Quotient {
    nearly: f64,
    /// Nothing where they have too many digits together.
    exact: Option<(Decimal, Decimal)>,
}

/// A product to the last digit; nothing where that is too many.
fn product(one: Decimal, other: Decimal) -> Option<Decimal> {
    let product = one.checked_mul(other)?;
    let whole = product.is_zero() || product.scale() == one.scale() + other.scale();
    whole.then_some(product)
}

impl Quotient {
    fn of(amount: Amount) -> Quotient {
        Quotient { nearly: amount.nearly(), exact: Some((amount.number(), Decimal::ONE)) }
    }

    /// So much a month.
    fn over(self, length: Length) -> Quotient {
        let exact = self.exact.and_then(|(number, one)| {
            Some((product(number, month())?, product(one, length.average_days()?)?))
        });
        Quotient { nearly: self.nearly / length.months(), exact }
    }

    /// Of numbers above zero.
    fn by(self, other: Quotient) -> Quotient {
        let exact = self
            .exact
            .zip(other.exact)
            .and_then(|((a, b), (c, d))| Some((product(a, d)?, product(b, c)?)));
        Quotient { nearly: self.nearly / other.nearly, exact }
    }

    /// How it compares with a round number; nothing where it is too close to be told.
    fn compared(self, round: f64) -> Option<std::cmp::Ordering> {
        if (self.nearly - round).abs() > round.abs() * DUST {
            return self.nearly.partial_cmp(&round);
        }
        let (over, under) = self.exact?;
        let round: Decimal = round.to_string().parse().ok()?;
        Some(over.cmp(&product(round, under)?))
    }

    /// In so many digits. What is too close to such a number to be told apart is rounded as far as
    /// makes it true.
    fn digits(self, count: usize, towards: Towards) -> f64 {
        let text = format!("{:.*e}", count - 1, self.nearly);
        let read = || {
            let (digits, exponent) = text.split_once('e')?;
            let exponent = exponent.parse::<i32>().ok()? - i32::try_from(count).ok()? + 1;
            let whole = digits.replace('.', "").parse::<i64>().ok()?;
            let number = |whole: i64| format!("{whole}e{exponent}").parse::<f64>().ok();
            let near = number(whole)?;
            let power = 10i64.pow(u32::try_from(count).ok()? - 1);
            match (towards, self.compared(near)) {
                // Below 1.00 is 0.999.
                (Towards::Below, None | Some(std::cmp::Ordering::Less)) if whole == power => {
                    format!("{}e{}", power * 10 - 1, exponent - 1).parse().ok()
                }
                (Towards::Below, None | Some(std::cmp::Ordering::Less)) => number(whole - 1),
                (Towards::Above, None | Some(std::cmp::Ordering::Greater)) => number(whole + 1),
                _ => Some(near),
            }
        };
        read().unwrap_or(self.nearly)
    }
}

impl PartialEq for Quotient {
    fn eq(&self, other: &Self) -> bool {
        match self.exact.zip(other.exact) {
            Some(((a, b), (c, d))) => match product(a, d).zip(product(b, c)) {
                Some((one, other)) => one == other,
                None => false,
            },
            None => false,
        }
    }
}

/// Below it, relative to their size, two numbers of floating point may be one.
const DUST: f64 = 1e-9;

/// Towards which side a number is rounded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Towards {
    Nearest,
    Below,
    Above,
}

/// What an end of an interval says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edge {
    /// The number itself may be it.
    Closed,
    /// Only numbers beyond it.
    Open,
    /// It is about there.
    Soft,
}

impl Edge {
    /// Of an end that follows from two.
    fn and(self, other: Edge) -> Edge {
        match (self, other) {
            (Edge::Soft, _) | (_, Edge::Soft) => Edge::Soft,
            (Edge::Open, _) | (_, Edge::Open) => Edge::Open,
            _ => Edge::Closed,
        }
    }
}

type End = (Quotient, Edge);

/// What is known of a derived number: where it begins and where it ends, as far as it does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    low: Option<End>,
    high: Option<End>,
}

impl Span {
    /// What a claim says.
    pub fn of(claim: Bound) -> Span {
        let (low, high) = match claim {
            Bound::About(_) => (Edge::Soft, Edge::Soft),
            Bound::MoreThan(_) | Bound::LessThan(_) => (Edge::Open, Edge::Open),
            _ => (Edge::Closed, Edge::Closed),
        };
        Span {
            low: claim.low().map(|amount| (Quotient::of(amount), low)),
            high: claim.high().map(|amount| (Quotient::of(amount), high)),
        }
    }

    /// So much a month.
    pub fn over(self, length: Length) -> Span {
        let end = |(number, edge): End| {
            (number.over(length), if length.soft { Edge::Soft } else { edge })
        };
        Span { low: self.low.map(end), high: self.high.map(end) }
    }

    /// How many times another it is, as sure as both are.
    ///
    /// # Errors
    ///
    /// Why that cannot be said.
    pub fn ratio(self, to: Span) -> Result<Span, NoRatio> {
        let ends = [self.low, self.high, to.low, to.high];
        if ends.into_iter().flatten().any(|(number, _)| number.nearly <= 0.0) {
            return Err(NoRatio::NotPositive);
        }
        let divide = |a: Option<End>, b: Option<End>| {
            a.zip(b).map(|((a, one), (b, other))| (a.by(b), one.and(other)))
        };
        let ratio = Span { low: divide(self.low, to.high), high: divide(self.high, to.low) };
        if ratio.low.is_none() && ratio.high.is_none() {
            return Err(NoRatio::Anything);
        }
        Ok(ratio)
    }

    /// Whether it is surely less than one, or about less: the other is the greater, then.
    pub fn is_less(self) -> bool {
        self.high.is_some_and(|(number, _)| {
            let two = number.digits(2, Towards::Nearest);
            two < 1.0
                || (two == 1.0
                    && self.low.is_some_and(|(low, _)| low.digits(2, Towards::Nearest) < 1.0))
        })
    }

    /// The numbers alone.
    pub fn range(self) -> Range {
        let number = |end: Option<End>| end.map(|(number, _)| number.nearly);
        Range { low: number(self.low), high: number(self.high) }
    }

    /// The number that it goes by, and on which side of it the truth lies: what it is sorted by.
    pub fn key(self) -> (f64, i8, f64) {
        let side = match (self.low, self.high) {
            (None, Some((_, Edge::Open))) => -2,
            (None, _) => -1,
            (Some(_), Some(_)) => 0,
            (Some((_, Edge::Open)), None) => 2,
            (Some(_), None) => 1,
        };
        let Range { low, high } = self.range();
        (low.or(high).unwrap_or_default(), side, high.unwrap_or(f64::INFINITY))
    }

    /// As a person claims it, in three digits: `over 20,000`, `about 12,500 or more`.
    pub fn text(self) -> String {
        match self.rounded(3) {
            Rounded::None => String::new(),
            Rounded::Is(number) => shown(number),
            Rounded::About(number) => format!("about {}", shown(number)),
            Rounded::Between(soft, low, high) => {
                format!("{}{} to {}", if soft { "about " } else { "" }, shown(low), shown(high))
            }
            Rounded::Least(Edge::Closed, number) => format!("at least {}", shown(number)),
            Rounded::Least(Edge::Open, number) => format!("over {}", shown(number)),
            Rounded::Least(Edge::Soft, number) => format!("about {} or more", shown(number)),
            Rounded::Most(Edge::Closed, number) => format!("at most {}", shown(number)),
            Rounded::Most(Edge::Open, number) => format!("under {}", shown(number)),
            Rounded::Most(Edge::Soft, number) => format!("about {} or less", shown(number)),
        }
    }

    /// As a ratio: `about 1.6 times or more`, `2 times as much`, `the same or less`.
    pub fn times(self) -> String {
        let times = |number: f64| match number == 1.0 {
            true => "the same".to_owned(),
            false => format!("{} times", shown(number)),
        };
        let as_much = |number: f64| match number == 1.0 {
            true => times(number),
            false => times(number) + " as much",
        };
        match self.rounded(2) {
            Rounded::None => String::new(),
            Rounded::Is(number) => as_much(number),
            Rounded::About(number) => format!("about {}", as_much(number)),
            Rounded::Between(soft, low, high) => {
                let about = if soft { "about " } else { "" };
                format!("{about}{} to {} times as much", shown(low), shown(high))
            }
            Rounded::Least(Edge::Open, 1.0) => "more".to_owned(),
            Rounded::Most(Edge::Open, 1.0) => "less".to_owned(),
            Rounded::Least(Edge::Open, number) => format!("more than {}", as_much(number)),
            Rounded::Most(Edge::Open, number) => format!("less than {}", as_much(number)),
            Rounded::Least(edge, number) => format!("{}{} or more", about(edge), times(number)),
            Rounded::Most(edge, number) => format!("{}{} or less", about(edge), times(number)),
        }
    }

    /// In numbers that can be shown, the soft ones in so many digits, the others in three.
    fn rounded(self, soft: usize) -> Rounded {
        let low = self.low.map(|(number, edge)| match edge {
            Edge::Soft => (number.digits(soft, Towards::Nearest), edge),
            _ => (number.digits(3, Towards::Below), edge),
        });
        let high = self.high.map(|(number, edge)| match edge {
            Edge::Soft => (number.digits(soft, Towards::Nearest), edge),
            _ => (number.digits(3, Towards::Above), edge),
        });
        match (low, high) {
            (None, None) => Rounded::None,
            (Some((number, edge)), None) => Rounded::Least(edge, number),
            (None, Some((number, edge))) => Rounded::Most(edge, number),
            (Some((low, one)), Some((high, other))) => {
                let is_soft = one.and(other) == Edge::Soft;
                let point = self.low.zip(self.high).filter(|((low, _), (high, _))| {
                    low == high || (low.nearly - high.nearly).abs() <= low.nearly.abs() * 1e-15
                });
                match point {
                    Some(((number, _), _)) if !is_soft => match (low == high).then_some(low) {
                        Some(round) => Rounded::Is(round),
                        None => Rounded::About(number.digits(3, Towards::Nearest)),
                    },
                    Some(_) => Rounded::About(low),
                    None if is_soft && low == high => Rounded::About(low),
                    None => Rounded::Between(is_soft, low, high),
                }
            }
        }
    }
}

/// What a span says in numbers of a few digits.
enum Rounded {
    None,
    Is(f64),
    About(f64),
    /// Whether one end is about there, and the two.
    Between(bool, f64, f64),
    Least(Edge, f64),
    Most(Edge, f64),
}

fn about(edge: Edge) -> &'static str {
    if edge == Edge::Soft { "about " } else { "" }
}

fn shown(number: f64) -> String {
    // Zero has no sign.
    grouped(&(number + 0.0).to_string())
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

#[cfg(test)]
mod tests;
