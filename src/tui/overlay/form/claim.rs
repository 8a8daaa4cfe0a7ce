//! A claimed number as a person writes it: `over 100,000`, `70 to 80 thousand`.
//!
//! What [`Bound`] shows is read as the same bound again.

use crate::model::{Amount, Bound, MOST_DIGITS, NoAmount};

/// What makes a bound of one amount.
type Make = fn(Amount) -> Bound;

/// The words that say what a number is to the true one. Of two that begin alike the longer first.
const WORDS: [(&str, Make); 22] = [
    ("approximately", Bound::About),
    ("as many as", Bound::AtMost),
    ("at least", Bound::AtLeast),
    ("no fewer than", Bound::AtLeast),
    ("no less than", Bound::AtLeast),
    ("at most", Bound::AtMost),
    ("no more than", Bound::AtMost),
    ("up to", Bound::AtMost),
    ("more than", Bound::MoreThan),
    ("less than", Bound::LessThan),
    ("fewer than", Bound::LessThan),
    ("exactly", Bound::Exactly),
    ("around", Bound::About),
    ("about", Bound::About),
    ("some", Bound::About),
    ("over", Bound::MoreThan),
    ("under", Bound::LessThan),
    ("≥", Bound::AtLeast),
    ("≤", Bound::AtMost),
    ("~", Bound::About),
    (">", Bound::MoreThan),
    ("<", Bound::LessThan),
];

/// Reads a claim.
///
/// # Errors
///
/// In one sentence, what is wrong.
pub fn read(text: &str) -> Result<Bound, String> {
    let text = text.trim().to_lowercase();
    for (word, make) in WORDS {
        if let Some(rest) = text.strip_prefix(word)
            && (!word.ends_with(char::is_alphabetic) || rest.starts_with(' '))
        {
            return amount(rest).map(make);
        }
    }
    let bare = text.strip_prefix("between ").map(|rest| rest.replacen(" and ", " to ", 1));
    let span = bare.as_deref().unwrap_or(&text);
    if let Some((low, high)) = [" to ", " - ", "–"].iter().find_map(|sign| span.split_once(sign))
    {
        return between(low, high);
    }
    if let Some((low, high)) = span.split_once('-').filter(|(low, _)| !low.trim().is_empty()) {
        return between(low, high);
    }
    amount(&text).map(Bound::Exactly)
}

fn between(low: &str, high: &str) -> Result<Bound, String> {
    // `70 to 80 thousand` is of thousands both.
    let (_, unit) = scaled(high);
    let low = if scaled(low).1.is_empty() { format!("{low} {unit}") } else { low.to_owned() };
    let (low, high) = (amount(&low)?, amount(high)?);
    if low.number() > high.number() {
        return Err(format!("{low} is more than {high}; the lower number comes first"));
    }
    Ok(Bound::Between(low, high))
}

/// The words for powers of ten.
const UNITS: [(&str, i32); 7] = [
    ("thousand", 3),
    ("million", 6),
    ("billion", 9),
    ("trillion", 12),
    ("k", 3),
    ("m", 6),
    ("bn", 9),
];

/// A number without its unit, and the unit.
fn scaled(text: &str) -> (&str, &'static str) {
    let text = text.trim();
    for (unit, _) in UNITS {
        if let Some(number) = text.strip_suffix(unit)
            && number.ends_with(|last: char| last.is_ascii_digit() || last == ' ')
        {
            return (number.trim(), unit);
        }
    }
    (text, "")
}

fn amount(text: &str) -> Result<Amount, String> {
    let (number, unit) = scaled(text);
    let power = UNITS.iter().find(|(known, _)| *known == unit).map_or(0, |(_, power)| *power);
    let plain = number.replace('\u{2212}', "-").replace(['_', '\u{a0}', '\u{202f}'], "");
    let no_number = || match text.trim() {
        "" => "a number is missing".to_owned(),
        text => format!("`{text}` is no number; write over 100,000, or 70 to 80 thousand"),
    };
    if !plain.starts_with(|first: char| first.is_ascii_digit() || first == '-')
        || !plain.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '.' | ',' | '-'))
        || !grouped(plain.trim_start_matches('-'))
    {
        return Err(no_number());
    }
    format!("{}e{power}", plain.replace(',', "")).parse().map_err(|why| match why {
        NoAmount::NoNumber => no_number(),
        NoAmount::TooManyDigits => format!("a number has at most {MOST_DIGITS} digits"),
    })
}

/// Whether commas stand only between thousands: `1,5` may be one and a half.
fn grouped(number: &str) -> bool {
    let whole = number.split('.').next().unwrap_or_default();
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    rest.peek().is_none() || (1..=3).contains(&first.len()) && rest.all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn claims_are_read_as_people_write_them() {
        for (text, shown) in [
            ("94", "94"),
            ("100,000", "100,000"),
            ("100_000", "100,000"),
            ("over 100,000", "over 100,000"),
            ("More than 40", "over 40"),
            ("about 2.3 million", "about 2,300,000"),
            ("~20k", "about 20,000"),
            ("at least 1.5bn", "at least 1,500,000,000"),
            ("up to 30", "at most 30"),
            ("under 5", "under 5"),
            ("70 to 80 thousand", "70,000 to 80,000"),
            ("between 2 million and 3 million", "2,000,000 to 3,000,000"),
            ("70,000-80,000", "70,000 to 80,000"),
            ("70–80", "70 to 80"),
            ("-3.5", "\u{2212}3.5"),
        ] {
            assert_eq!(read(text).map(|bound| bound.to_string()).as_deref(), Ok(shown), "{text}");
        }
        for (text, message) in [
            ("", "a number is missing"),
            ("many", "`many` is no number"),
            ("over", "`over` is no number"),
            ("1,5", "`1,5` is no number"),
            ("1,0000", "is no number"),
            ("80 to 70", "80 is more than 70"),
            ("10 to x", "`x` is no number"),
            ("1.2.3", "is no number"),
            ("nan", "is no number"),
            ("12 dead", "is no number"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(message), "{text}: {error}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_as_the_same(
            low in -1e9f64..1e12, wide in 0f64..1e9, which in 0usize..7
        ) {
            let amount = |value: f64| Amount::new((value * 100.0).round() / 100.0).unwrap();
            let one = amount(low);
            let bound = [
                Bound::Exactly(one), Bound::About(one), Bound::AtLeast(one), Bound::MoreThan(one),
                Bound::AtMost(one), Bound::LessThan(one), Bound::Between(one, amount(low + wide)),
            ][which];
            prop_assert_eq!(read(&bound.to_string()), Ok(bound));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,20}") {
            let _ = read(&text);
        }
    }
}
