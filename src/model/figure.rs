//! Claimed numbers: how much, how sure, of what, where and over which span.

use std::fmt;

use crate::model::Amount;
use crate::when::{Lasting, When};

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

    /// Whether a part as large as this is larger than a whole: by what both allow, or plainly by
    /// the numbers that they name. A part that is given by its ceiling alone names none.
    pub fn exceeds(self, whole: Bound) -> bool {
        let whole = whole.high().unwrap_or(whole.amount());
        self.low().is_some_and(|part| part.number() > whole.number())
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
    /// How long that is, where the claim says so.
    pub lasting: Option<Lasting>,
    /// The measure of the figure in the same entry that this one is a part of.
    pub part_of: Option<String>,
}
