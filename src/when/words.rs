//! Dates as people write them: `9 Nov 2022`, `circa 1850`, `since March 2021`.
//!
//! Only English, and only what can mean one thing: `11/9/2022` is none.

use crate::when::When;
use crate::when::calendar::MONTHS;

/// The date that a person meant: EDTF, or words such as `march 2023`.
pub fn from_words(text: &str) -> Option<When> {
    if let Ok(when) = When::parse(text.trim()) {
        return Some(when);
    }
    super::guess::meant(text).and_then(|edtf| When::parse(&edtf).ok())
}

/// `2022–23`, in print a span of years; with a plain hyphen it is EDTF for an autumn.
pub(super) fn dashed_years(text: &str) -> Option<YearAndTwo> {
    year_and_two(text.trim(), &['–', '—'])
}

/// The text in lower case, with plain dashes and single spaces, without quotation marks around it.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => {
                out.push('-');
            }
            '≈' | '∼' | '～' => out.push('~'),
            '…' => out.push_str(".."),
            _ if character.is_whitespace() || character == ',' && !text.starts_with(['[', '{']) => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ => out.extend(character.to_lowercase()),
        }
    }
    out.trim_matches(|character: char| " \"'`“”‘’()".contains(character)).to_owned()
}

/// EDTF for words in [`plain`] form; it need not be valid.
pub(super) fn read(text: &str) -> Option<String> {
    match text {
        "unknown" | "undated" | "unknown date" | "no date" | "not known" | "n.d." | "n.d"
        | "nd" | "s.d." | "?" | "/" | ".." | "../.." => return Some("XXXX".to_owned()),
        _ => {}
    }
    for start in ["since ", "from "] {
        if let Some(rest) = text.strip_prefix(start) {
            let rest = rest.trim_end_matches(" onwards").trim_end_matches(" on");
            return span(rest).or_else(|| Some(format!("{}/..", point(rest)?)));
        }
    }
    for end in ["until ", "till ", "up to "] {
        if let Some(rest) = text.strip_prefix(end) {
            return Some(format!("../{}", point(rest)?));
        }
    }
    if let Some((first, last)) =
        text.strip_prefix("between ").and_then(|rest| rest.split_once(" and "))
    {
        return Some(format!("[{}..{}]", point(first)?, point(last)?));
    }
    point(text).or_else(|| span(text))
}

/// `1990 to 2000`, `1990-91`, `march - may 2022`.
pub(super) fn span(text: &str) -> Option<String> {
    let parted = [" to ", " until ", " - "].iter().find_map(|sign| text.split_once(sign));
    let (first, last) = parted.or_else(|| text.split_once('-'))?;
    let (first, last) = (first.trim(), last.trim());
    if let (4, 2) = (first.len(), last.len()) {
        // 01 to 41 are months and parts of the year.
        let end: u8 = last.parse().ok().filter(|end| *end > 41)?;
        return Some(format!("{first}/{}{end}", first.get(..2)?));
    }
    let end = point(last)?;
    // The beginning may leave out what the end says.
    let mut tail = last;
    let mut start = point(first);
    while start.is_none() {
        tail = tail.split_once(' ')?.1;
        start = point(&format!("{first} {tail}"));
    }
    Some(format!("{}/{end}", start?))
}

/// One date, perhaps with what makes it less than certain.
fn point(text: &str) -> Option<String> {
    let (mut rest, mut about, mut possibly) = (text.trim(), false, false);
    loop {
        let before = rest;
        for word in
            ["circa", "ca.", "ca", "c.", "c", "about", "around", "approximately", "approx.", "~"]
        {
            if let Some(bare) = without_prefix(rest, word) {
                (rest, about) = (bare, true);
            }
        }
        for word in ["possibly", "perhaps", "probably", "maybe"] {
            if let Some(bare) = without_prefix(rest, word) {
                (rest, possibly) = (bare, true);
            }
        }
        for mark in ["(?)", "?"] {
            if let Some(bare) = rest.strip_suffix(mark) {
                (rest, possibly) = (bare.trim_end(), true);
            }
        }
        if let Some(bare) = rest.strip_suffix('~') {
            (rest, about) = (bare.trim_end(), true);
        }
        if rest == before {
            break;
        }
    }
    let mark = match (possibly, about) {
        (true, true) => "%",
        (true, false) => "?",
        (false, true) => "~",
        (false, false) => "",
    };
    // Of two years it is said of both.
    Some(format!("{}{mark}", certain(rest)?.replace('/', &format!("{mark}/"))))
}

/// The rest behind a word, and signs such as `c.` or `~` need no space behind them.
fn without_prefix<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(word)?;
    let parted = rest.starts_with(' ')
        || !word.ends_with(char::is_alphabetic)
        || (word.len() < 3 && rest.starts_with(|next: char| next.is_ascii_digit()));
    parted.then(|| rest.trim_start())
}

/// One date of words, without its certainty.
fn certain(text: &str) -> Option<String> {
    let words: Vec<&str> = text
        .split(' ')
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| !matches!(*word, "" | "the" | "of" | "in" | "on" | "year"))
        .filter(|word| !is_weekday(word))
        .collect();
    let (words, era) = era(&words);
    match (words, era) {
        ([one], None) => single(one),
        (words, None) => several(words),
        ([one], Some(Era::Common)) => Some(format!("{:0>4}", digits(one)?)),
        ([rest @ .., year], Some(Era::Common)) => {
            several(&[rest, &[&*format!("{year:0>4}")]].concat())
        }
        ([rest @ .., year], Some(Era::Before)) => {
            // 1 BCE is year 0.
            let year: u32 = digits(year)?.parse().ok()?;
            let year = year.checked_sub(1)?;
            let common = format!("{year:04}");
            let dated =
                if rest.is_empty() { common } else { several(&[rest, &[&*common]].concat())? };
            Some(if year == 0 { dated } else { format!("-{dated}") })
        }
        ([], _) => None,
    }
}

#[derive(Clone, Copy)]
enum Era {
    Common,
    Before,
}

fn era<'a, 'w>(words: &'w [&'a str]) -> (&'w [&'a str], Option<Era>) {
    match words {
        [rest @ .., "bc" | "bce" | "b.c" | "b.c.e"] => (rest, Some(Era::Before)),
        [rest @ .., "ad" | "ce" | "a.d" | "c.e"] | ["ad" | "a.d", rest @ ..] => {
            (rest, Some(Era::Common))
        }
        _ => (words, None),
    }
}

/// A date in one word.
fn single(word: &str) -> Option<String> {
    if let Some(decade) = word.strip_suffix("0s").or_else(|| word.strip_suffix("0's")) {
        // "the 1850s" are a decade to all, as are "the 2000s", and "the 1800s" a century to most;
        // "the 1000s" may be either, and a thousand years.
        return match (decade.len(), digits(decade)?.strip_suffix('0')) {
            (3, Some("20")) => Some("200X".to_owned()),
            (3, Some(century)) => (!century.ends_with('0')).then(|| format!("{century}XX")),
            (3, None) => Some(format!("{decade}X")),
            _ => None,
        };
    }
    if word.len() == 8 && digits(word).is_some() {
        return Some(format!("{}-{}-{}", word.get(..4)?, word.get(4..6)?, word.get(6..)?));
    }
    if let Some(pair) = year_and_two(word, &['/']) {
        return clear(pair);
    }
    for (at, sign) in ['/', '.', '-'].into_iter().enumerate() {
        let parts: Vec<&str> = word.split(sign).collect();
        if parts.len() > 1 {
            // Days go first wherever dates are written with full stops.
            return numbers(&parts, at == 1);
        }
    }
    digits(word).filter(|year| year.len() == 4).map(str::to_owned)
}

/// What a year, a sign and two digits are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum YearAndTwo {
    /// EDTF for the only thing that it can be.
    Clear(String),
    /// It could be several.
    Unclear,
}

/// A year, one of these signs and two digits: the next year in short (`2022/23`), a later one that
/// can be no part of a year (`1939/45`), or a month (`2022/11`). Nothing for what is not of that
/// shape. `2010/11` could be two of these, and `2010/24` would be a season to EDTF alone.
pub fn year_and_two(text: &str, signs: &[char]) -> Option<YearAndTwo> {
    let (year, two) = text.split_once(signs)?;
    let number = |text: &str, length: usize| -> Option<u32> {
        digits(text).filter(|text| text.len() == length)?.parse().ok()
    };
    let (first, short) = (number(year, 4)?, number(two, 2)?);
    let next = (first + 1) % 100 == short;
    let later = short > 41 && short > first % 100;
    let is_month = (1..=12).contains(&short);
    Some(if (next && !is_month) || later {
        let century = (first / 100 + u32::from(short == 0)) * 100;
        YearAndTwo::Clear(format!("{year}/{:04}", century + short))
    } else if is_month && short <= first % 100 {
        YearAndTwo::Clear(format!("{year}-{two}"))
    } else {
        YearAndTwo::Unclear
    })
}

/// [`year_and_two`] of what is clear.
pub(super) fn clear(pair: YearAndTwo) -> Option<String> {
    match pair {
        YearAndTwo::Clear(edtf) => Some(edtf),
        YearAndTwo::Unclear => None,
    }
}

/// Numbers between signs: year first, or last where the order of the others is plain.
fn numbers(parts: &[&str], day_first: bool) -> Option<String> {
    let few =
        |part: &str| -> Option<u8> { digits(part).filter(|part| part.len() <= 2)?.parse().ok() };
    let year = |part: &str| digits(part).filter(|year| year.len() == 4).map(str::to_owned);
    // Behind a hyphen 21 to 41 are parts of the year, which nobody writes with other signs.
    let month = |part: &str| few(part).filter(|month| (1..=12).contains(month));
    match *parts {
        [y, m] if year(y).is_some() => {
            let part = month_number(m).or_else(|| part_of_year(m)).or_else(|| month(m))?;
            Some(format!("{y}-{part:02}"))
        }
        [m, y] => Some(format!("{}-{:02}", year(y)?, month_number(m).or(month(m))?)),
        [y, m, d] if year(y).is_some() => {
            Some(format!("{y}-{:02}-{:02}", month_number(m).or(few(m))?, few(d)?))
        }
        [a, b, y] => {
            let year = year(y)?;
            if let Some(month) = month_number(b) {
                return Some(format!("{year}-{month:02}-{:02}", few(a)?));
            }
            let (a, b) = (few(a)?, few(b)?);
            let (month, day) = match (a, b) {
                _ if day_first || a == b || a > 12 => (b, a),
                _ if b > 12 => (a, b),
                _ => return None,
            };
            Some(format!("{year}-{month:02}-{day:02}"))
        }
        _ => None,
    }
}

/// A date in several words.
fn several(words: &[&str]) -> Option<String> {
    let year = |word: &str| digits(word).filter(|year| year.len() == 4).map(str::to_owned);
    match *words {
        [century, "century"] => {
            let century: u8 = ordinal(century)?;
            (1..=99).contains(&century).then(|| format!("{:02}XX", century - 1))
        }
        [month, y] | [y, month] if year(y).is_some() => {
            let part = month_number(month).or_else(|| part_of_year(month))?;
            Some(format!("{y}-{part:02}"))
        }
        [day, month, y] if month_number(month).is_some() && year(y).is_some() => {
            Some(format!("{y}-{:02}-{:02}", month_number(month)?, ordinal(day)?))
        }
        [month, day, y] | [y, month, day] if month_number(month).is_some() => {
            Some(format!("{}-{:02}-{:02}", year(y)?, month_number(month)?, ordinal(day)?))
        }
        _ => None,
    }
}

fn digits(text: &str) -> Option<&str> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

/// `9`, `9th`.
fn ordinal(word: &str) -> Option<u8> {
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|suffix| word.strip_suffix(suffix));
    digits(bare.unwrap_or(word)).filter(|number| number.len() <= 2)?.parse().ok()
}

/// A month by its name, in full or from three letters on.
fn month_number(word: &str) -> Option<u8> {
    let at = MONTHS.iter().position(|month| {
        let month = month.to_ascii_lowercase();
        word.len() >= 3 && month.starts_with(word)
    })?;
    u8::try_from(at + 1).ok()
}

/// The code of a season or quarter (ISO 8601-2, 4.8).
fn part_of_year(word: &str) -> Option<u8> {
    Some(match word {
        "spring" => 21,
        "summer" => 22,
        "autumn" | "fall" => 23,
        "winter" => 24,
        "q1" => 33,
        "q2" => 34,
        "q3" => 35,
        "q4" => 36,
        _ => return None,
    })
}

fn is_weekday(word: &str) -> bool {
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        .iter()
        .any(|day| word.len() >= 3 && day.starts_with(word))
}
