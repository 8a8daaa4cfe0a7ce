//! Claimed numbers: how much, how sure, of what, where and over which span.

use std::fmt;

use crate::model::Amount;
use crate::when::When;

/// What a claim says about the true number; or what follows from claims, whose numbers are worked
/// out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound<N = Amount> {
    /// It is this.
    Exactly(N),
    /// It is near this.
    About(N),
    /// It is this or more.
    AtLeast(N),
    /// It is more than this.
    MoreThan(N),
    /// It is this or less.
    AtMost(N),
    /// It is less than this.
    LessThan(N),
    /// It is from the first to the second; the first is never above the second.
    Between(N, N),
}

impl<N: Copy> Bound<N> {
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
    pub fn amount(self) -> N {
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
    pub fn low(self) -> Option<N> {
        match self {
            Bound::AtMost(_) | Bound::LessThan(_) => None,
            other => Some(other.amount()),
        }
    }

    /// The most that the claim allows; nothing where it sets no ceiling.
    pub fn high(self) -> Option<N> {
        match self {
            Bound::AtLeast(_) | Bound::MoreThan(_) => None,
            Bound::Between(_, high) => Some(high),
            other => Some(other.amount()),
        }
    }

    /// The same of other numbers.
    pub fn map<M>(self, change: impl Fn(N) -> M) -> Bound<M> {
        match self {
            Bound::Exactly(number) => Bound::Exactly(change(number)),
            Bound::About(number) => Bound::About(change(number)),
            Bound::AtLeast(number) => Bound::AtLeast(change(number)),
            Bound::MoreThan(number) => Bound::MoreThan(change(number)),
            Bound::AtMost(number) => Bound::AtMost(change(number)),
            Bound::LessThan(number) => Bound::LessThan(change(number)),
            Bound::Between(low, high) => Bound::Between(change(low), change(high)),
        }
    }
}

/// As a person claims it: `over 100,000`, `70,000 to 80,000`.
impl<N: fmt::Display> fmt::Display for Bound<N> {
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
