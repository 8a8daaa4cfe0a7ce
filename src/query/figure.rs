//! Asking for figures: `casualties`, `>50k`, `deaths<=20,000`, `50000..100000`.
//!
//! A claim is compared by the numbers that it names, and matches if it may be so. "About 100,000"
//! may be a little more or a little less than 100,000; "over 20,000" is a little more than 20,000,
//! never 20,000 itself, but not any number above it, or every "over" would match every `>`.

use std::fmt;

use rust_decimal::Decimal;

use crate::model::{Amount, Bound};
use crate::query::needle::Needle;
use crate::query::parse::{Parser, QueryError, is_delimiter};
use crate::query::print::quoted_unless;

/// What is asked of one figure: what it counts, how much it is, or both.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureTest {
    /// What is counted, or a part of the word.
    pub measure: Option<String>,
    /// How much it may be.
    pub comparison: Option<Comparison>,
}

/// How a claim compares with a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Comparison {
    /// `>`
    Above(Decimal),
    /// `>=`
    AtLeast(Decimal),
    /// `<`
    Below(Decimal),
    /// `<=`
    AtMost(Decimal),
    /// `a..b`, with both ends; a plain number is a span of one.
    Within(Decimal, Decimal),
}

impl Comparison {
    /// Whether the claim may be so.
    pub fn may_hold(self, bound: Bound) -> bool {
        let (low, high) = claimed(bound);
        match self {
            Comparison::Above(number) => high > (number, 0),
            Comparison::AtLeast(number) => high >= (number, 0),
            Comparison::Below(number) => low < (number, 0),
            Comparison::AtMost(number) => low <= (number, 0),
            Comparison::Within(from, to) => low <= (to, 0) && high >= (from, 0),
        }
    }
}

/// The least and the most that a claim names, each with which side of the number it may lie on.
fn claimed(bound: Bound) -> ((Decimal, i8), (Decimal, i8)) {
    let number = bound.amount().number();
    match bound {
        Bound::Exactly(_) => ((number, 0), (number, 0)),
        Bound::About(_) => ((number, -1), (number, 1)),
        Bound::AtLeast(_) => ((number, 0), (number, 1)),
        Bound::MoreThan(_) => ((number, 1), (number, 1)),
        Bound::AtMost(_) => ((number, -1), (number, 0)),
        Bound::LessThan(_) => ((number, -1), (number, -1)),
        Bound::Between(_, high) => ((number, 0), (high.number(), 0)),
    }
}

/// A [`FigureTest`] made ready.
pub(super) struct FigureMatcher {
    measure: Option<Needle>,
    comparison: Option<Comparison>,
}

impl FigureMatcher {
    pub(super) fn new(test: &FigureTest) -> Self {
        FigureMatcher {
            measure: test.measure.as_deref().map(Needle::any_case),
            comparison: test.comparison,
        }
    }

    pub(super) fn matches(&self, bound: Bound, measure: &str) -> bool {
        self.comparison.is_none_or(|comparison| comparison.may_hold(bound))
            && self.measure.as_ref().is_none_or(|wanted| wanted.is_in(measure))
    }
}

/// Reads one item of `figure:`, which does not begin with a delimiter or a comma.
pub(super) fn parse(parser: &mut Parser<'_>) -> Result<FigureTest, QueryError> {
    let start = parser.position();
    let quoted = matches!(parser.peek(), Some('"' | '“'));
    let mut measure = None;
    if quoted {
        measure = Some(parser.quotation()?);
    } else if parser.peek().is_some_and(|next| !is_numeric(next) && !is_operator(next)) {
        let word = parser.take(|next| next != ',' && !is_operator(next) && !is_delimiter(next));
        measure = Some(word.to_owned());
    }
    let operator = parser.take(is_operator);
    let from = parser.position();
    let number = take_number(parser);
    if operator.is_empty() && (number.is_empty() || measure.is_some()) {
        return Ok(FigureTest { measure, comparison: None });
    }
    let wrong = |message: String, from: usize, parser: &Parser<'_>| QueryError {
        message,
        span: from..parser.position(),
        hint: Some("expected a number, as in `>50000`, `<=1.5m` or `50k..100k`".to_owned()),
    };
    if number.is_empty() {
        return Err(wrong(format!("no number stands after `{operator}`"), start, parser));
    }
    let one = |text: &str| {
        amount(text).ok_or_else(|| wrong(format!("`{text}` is not a number"), from, parser))
    };
    let comparison = match (operator, number.split_once("..")) {
        (">", None) => Comparison::Above(one(number)?),
        (">=" | "≥", None) => Comparison::AtLeast(one(number)?),
        ("<", None) => Comparison::Below(one(number)?),
        ("<=" | "≤", None) => Comparison::AtMost(one(number)?),
        ("" | "=", None) => one(number).map(|only| Comparison::Within(only, only))?,
        ("" | "=", Some((low, high))) => {
            let (low, high) = (one(low)?, one(high)?);
            if low > high {
                return Err(wrong("the span ends below its start".to_owned(), from, parser));
            }
            Comparison::Within(low, high)
        }
        (operator, _) => {
            return Err(wrong(format!("`{operator}` does not fit here"), start, parser));
        }
    };
    Ok(FigureTest { measure, comparison: Some(comparison) })
}

fn is_operator(character: char) -> bool {
    matches!(character, '<' | '>' | '=' | '≤' | '≥')
}

fn is_numeric(character: char) -> bool {
    character.is_ascii_digit() || matches!(character, '-' | '\u{2212}' | '.')
}

/// Takes what should be a number. A comma belongs to it where three digits follow, as in 50,000;
/// any other begins the next item.
fn take_number<'t>(parser: &mut Parser<'t>) -> &'t str {
    let rest = parser.rest();
    let bytes = rest.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let groups = |at: usize| {
        at > 0 && digit(at - 1) && (1..=3).all(|further| digit(at + further)) && !digit(at + 4)
    };
    let end = rest
        .char_indices()
        .find(|(at, next)| is_delimiter(*next) || (*next == ',' && !groups(*at)))
        .map_or(rest.len(), |(at, _)| at);
    let until = parser.position() + end;
    while parser.position() < until {
        let Some(next) = parser.peek() else { break };
        parser.eat(next);
    }
    rest.get(..end).unwrap_or_default()
}

/// `50000`, `50_000`, `50,000`, `1.5m`, `-3`; nothing for what is no number that can be held.
fn amount(text: &str) -> Option<Decimal> {
    let (sign, text) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let (digits, power) = match text.as_bytes().last()? {
        b'k' | b'K' => (text.get(..text.len() - 1)?, 3),
        b'm' | b'M' => (text.get(..text.len() - 1)?, 6),
        _ => (text, 0),
    };
    let digits: String = digits.chars().filter(|next| !matches!(next, ',' | '_')).collect();
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if !plain || !digits.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let amount: Amount = format!("{sign}{digits}e{power}").parse().ok()?;
    Some(amount.number().normalize())
}

impl fmt::Display for FigureTest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(measure) = &self.measure {
            let plain = |text: &str| {
                !text.contains(is_delimiter)
                    && !text.contains(|next| next == ',' || is_operator(next))
                    && !text.starts_with(is_numeric)
            };
            out.write_str(&quoted_unless(measure, plain))?;
        }
        match self.comparison {
            None => Ok(()),
            Some(comparison) => write!(out, "{comparison}"),
        }
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Comparison::Above(number) => write!(out, ">{number}"),
            Comparison::AtLeast(number) => write!(out, ">={number}"),
            Comparison::Below(number) => write!(out, "<{number}"),
            Comparison::AtMost(number) => write!(out, "<={number}"),
            Comparison::Within(low, high) if low == high => write!(out, "={low}"),
            Comparison::Within(low, high) => write!(out, "={low}..{high}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_matches_where_it_may_be_so() {
        let amount = |written: &str| written.parse::<Amount>().unwrap();
        let n = amount("20000");
        for (claim, asked) in [
            (Bound::Exactly(n), "=20000 yes|=20000..30000 yes|=10000..20000 yes|>20000 no"),
            (Bound::About(n), "=20000 yes|=20000..30000 yes|=10000..20000 yes|>20000 yes"),
            (Bound::AtLeast(n), "=20000 yes|=10000..20000 yes|=20000..30000 yes|<20000 no"),
            (
                Bound::MoreThan(n),
                "=20000 no|=10000..20000 no|=20000..30000 yes|>20000 yes|<=20000 no",
            ),
            (Bound::AtMost(n), "=20000 yes|=20000..30000 yes|=10000..20000 yes|>20000 no"),
            (Bound::LessThan(n), "=20000 no|=20000..30000 no|=10000..20000 yes|>=20000 no"),
            (Bound::Between(n, amount("30000")), "=20000 yes|=30000 yes|=25000 yes|=30001 no"),
            (
                Bound::Exactly(amount("9007199254740993")),
                "=9007199254740993 yes|=9007199254740992 no",
            ),
            (Bound::Exactly(amount("0.10")), "=0.1 yes|=0.10000000000000001 no"),
        ] {
            for (text, wanted) in asked.split('|').filter_map(|asked| asked.split_once(' ')) {
                let sign = text.trim_start_matches(is_operator);
                let (from, to) = sign.split_once("..").unwrap_or((sign, sign));
                let (from, to) = (super::amount(from).unwrap(), super::amount(to).unwrap());
                let asked = match text.trim_end_matches(sign) {
                    ">" => Comparison::Above(from),
                    ">=" => Comparison::AtLeast(from),
                    "<" => Comparison::Below(from),
                    "<=" => Comparison::AtMost(from),
                    _ => Comparison::Within(from, to),
                };
                assert_eq!(asked.may_hold(claim), wanted == "yes", "{claim:?} for {text}");
            }
        }
    }
}
