//! Reading EDTF where `edtf-core` stops short: an `X` in a year before year 0. Level 2 has an `X`
//! anywhere in a component, and a sign is no part of it.
//!
//! Such a date is read without its sign, which has the same form and the same leap years, and
//! given the sign back. What stands around it is taken apart here.

use edtf_core::{
    Date, Edtf, Interval, IntervalEndpoint, ParseError, Set, SetElement, SetKind, YearKind,
};

/// Reads EDTF, levels 0 to 2.
pub(super) fn parse(text: &str) -> Result<Edtf, ParseError> {
    let parsed = Edtf::parse(text);
    // The rest is only for what would be refused.
    if parsed.is_ok() || !text.is_ascii() || !has_unknown_before_zero(text) {
        return parsed;
    }
    match text.as_bytes() {
        [b'[', .., b']'] => set(text, SetKind::OneMember),
        [b'{', .., b'}'] => set(text, SetKind::AllMembers),
        _ => match text.split_once('/') {
            Some((start, end)) if !end.contains('/') => interval(start, end),
            Some(_) => parsed,
            None => date(text, 0).map(Edtf::Date),
        },
    }
}

/// Whether a `~`, `?` or `%` stands to the left of what it is about, which only level 2 has,
/// whatever it says: `?1984`, where `1984?` is level 1.
pub(super) fn qualifies_rightwards(text: &str) -> bool {
    let mut before = '-';
    text.chars().any(|sign| {
        let behind = before.is_ascii_alphanumeric();
        before = sign;
        matches!(sign, '~' | '?' | '%') && !behind
    })
}

/// Whether a date in it begins with a negative year that has an `X`.
fn has_unknown_before_zero(text: &str) -> bool {
    text.split(['/', ',', '[', ']', '{', '}']).any(|part| sign_of_unknown(part).is_some())
}

/// Where the minus of a date stands, if the year behind it has an `X`.
fn sign_of_unknown(text: &str) -> Option<usize> {
    let bare = text.trim_start_matches(['.', '?', '~', '%']);
    let year = bare.strip_prefix('-')?.get(..4)?;
    let fits = year.bytes().all(|digit| digit.is_ascii_digit() || digit == b'X');
    (fits && year.contains('X')).then(|| text.len() - bare.len())
}

/// One date that stands at `base` in the whole text.
fn date(text: &str, base: usize) -> Result<Date, ParseError> {
    let at = |error: ParseError, shift: usize| ParseError { offset: error.offset + shift, ..error };
    let (parsed, sign) = match sign_of_unknown(text) {
        Some(sign) => {
            let bare = format!("{}{}", text.get(..sign).unwrap_or_default(), &text[sign + 1..]);
            let shift = move |error: ParseError| {
                let behind = usize::from(error.offset >= sign);
                at(error, base + behind)
            };
            (Edtf::parse(&bare).map_err(shift)?, true)
        }
        None => (Edtf::parse(text).map_err(|error| at(error, base))?, false),
    };
    let Edtf::Date(mut date) = parsed else {
        return Err(ParseError { message: "here belongs one date", offset: base });
    };
    if let YearKind::Standard { negative, .. } = &mut date.year.kind {
        *negative |= sign;
    }
    Ok(date)
}

fn interval(start: &str, end: &str) -> Result<Edtf, ParseError> {
    let behind = start.len() + 1;
    let start = match start {
        "" => IntervalEndpoint::Unknown,
        ".." => IntervalEndpoint::Open,
        _ => match start.strip_prefix("..") {
            Some(rest) => IntervalEndpoint::OnOrBefore(date(rest, 2)?),
            None => IntervalEndpoint::Date(date(start, 0)?),
        },
    };
    let end = match end {
        "" => IntervalEndpoint::Unknown,
        ".." => IntervalEndpoint::Open,
        _ => match end.strip_suffix("..") {
            Some(rest) => IntervalEndpoint::OnOrAfter(date(rest, behind)?),
            None => IntervalEndpoint::Date(date(end, behind)?),
        },
    };
    Ok(Edtf::Interval(Interval { start, end }))
}

fn set(text: &str, kind: SetKind) -> Result<Edtf, ParseError> {
    let mut elements = Vec::new();
    let mut at = 1;
    for part in text.get(1..text.len() - 1).unwrap_or_default().split(',') {
        elements.push(element(part, at)?);
        at += part.len() + 1;
    }
    Ok(Edtf::Set(Set { kind, elements }))
}

fn element(part: &str, at: usize) -> Result<SetElement, ParseError> {
    if sign_of_unknown(part).is_none() {
        let error = |error: ParseError| ParseError {
            offset: (at + error.offset).saturating_sub(1),
            ..error
        };
        return match Edtf::parse(&format!("[{part}]")).map_err(error)? {
            Edtf::Set(Set { elements, .. }) if elements.len() == 1 => Ok(elements[0]),
            _ => Err(ParseError { message: "here belongs one date", offset: at }),
        };
    }
    if let Some(rest) = part.strip_prefix("..") {
        return Ok(SetElement::OnOrBefore(date(rest, at + 2)?));
    }
    if let Some(rest) = part.strip_suffix("..") {
        return Ok(SetElement::OnOrAfter(date(rest, at)?));
    }
    if part.contains("..") {
        let message = "set range endpoints cannot contain unspecified digits";
        return Err(ParseError { message, offset: at });
    }
    date(part, at).map(SetElement::Date)
}
