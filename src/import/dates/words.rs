//! Words in dates that `when` does not know: parts of a decade, centuries before the common era,
//! sides, and the months of other languages.

use crate::import::dates::{Dated, Rest};
use crate::when::{When, from_words};

/// In lower case, with plain dashes, single spaces and no commas.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            _ if letter.is_whitespace() || letter == ',' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ => out.extend(letter.to_lowercase()),
        }
    }
    out.trim_matches(|letter: char| " \"'`“”‘’«»".contains(letter)).to_owned()
}

/// Words of other languages with the English for them. Only what means one thing.
const WORDS: &[(&str, &str)] = &[
    ("januar", "january"),
    ("jänner", "january"),
    ("janvier", "january"),
    ("enero", "january"),
    ("februar", "february"),
    ("février", "february"),
    ("febrero", "february"),
    ("märz", "march"),
    ("mars", "march"),
    ("marzo", "march"),
    ("avril", "april"),
    ("abril", "april"),
    ("mai", "may"),
    ("mayo", "may"),
    ("juni", "june"),
    ("juin", "june"),
    ("junio", "june"),
    ("juli", "july"),
    ("juillet", "july"),
    ("julio", "july"),
    ("août", "august"),
    ("agosto", "august"),
    ("septembre", "september"),
    ("septiembre", "september"),
    ("setiembre", "september"),
    ("oktober", "october"),
    ("octobre", "october"),
    ("octubre", "october"),
    ("novembre", "november"),
    ("noviembre", "november"),
    ("dezember", "december"),
    ("décembre", "december"),
    ("diciembre", "december"),
    ("sept", "september"),
    ("okt", "october"),
    ("dez", "december"),
    ("1er", "1"),
    ("um", "circa"),
    ("etwa", "circa"),
    ("vers", "circa"),
    ("environ", "circa"),
    ("hacia", "circa"),
    ("seit", "since"),
    ("depuis", "since"),
    ("desde", "since"),
    ("bis", "to"),
    ("jahrhundert", "century"),
    ("centuries", "century"),
    ("cent", "century"),
];

/// Words between the parts of a date that say nothing.
const SILENT: &[&str] = &["de", "del", "le", "den", "der", "am", "el", "la"];

/// The same with English words where it has others.
pub(super) fn in_english(text: &str) -> String {
    let text = text.replace("v. chr.", "bc").replace("v.chr.", "bc").replace("av. j.-c.", "bc");
    let mut words = text.split(' ').peekable();
    let mut out: Vec<&str> = Vec::new();
    while let Some(word) = words.next() {
        // `am` behind a time is not German, and `um` before one is no guess.
        let behind = word == "am" && !out.is_empty();
        let before = word == "um" && words.peek().is_some_and(|next| next.contains(':'));
        if SILENT.contains(&word) && !behind || before {
            continue;
        }
        let bare = word.trim_end_matches('.');
        let known = WORDS.iter().find(|(foreign, _)| *foreign == bare);
        out.push(known.map_or(word, |(_, english)| english));
    }
    out.join(" ")
}

/// What stands for an end that has not come.
pub(super) fn is_open(text: &str) -> bool {
    matches!(plain(text).as_str(), ".." | "present" | "the present" | "ongoing" | "heute")
}

/// Whether it means another day tomorrow.
pub(super) fn is_relative(text: &str) -> bool {
    plain(text).split(' ').any(|word| {
        matches!(word, "now" | "today" | "yesterday" | "tomorrow" | "ago" | "last" | "next")
    })
}

/// The rest behind `early`, `mid`, `late` and the like, for which EDTF has nothing.
pub(super) fn without_part(text: &str) -> Option<&str> {
    const PARTS: &[&str] = &[
        "early ",
        "mid ",
        "mid-",
        "middle of ",
        "late ",
        "beginning of ",
        "start of ",
        "end of ",
        "anfang ",
        "mitte ",
        "ende ",
        "début ",
        "fin ",
    ];
    let bare = text.strip_prefix("the ").or_else(|| text.strip_prefix("in ")).unwrap_or(text);
    let rest = PARTS.iter().find_map(|part| bare.strip_prefix(part))?;
    Some(rest.trim_start_matches("the ").trim_start())
}

/// On which side of a date something was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    UpTo,
    From,
    After,
}

/// A date known only from one side, and which.
pub(super) fn side(text: &str) -> Option<(Side, &str)> {
    const SIDES: &[(&str, Side)] = &[
        ("before ", Side::Before),
        ("earlier than ", Side::Before),
        ("vor ", Side::Before),
        ("avant ", Side::Before),
        ("antes ", Side::Before),
        ("not later than ", Side::UpTo),
        ("no later than ", Side::UpTo),
        ("by ", Side::UpTo),
        ("not before ", Side::From),
        ("after ", Side::After),
        ("later than ", Side::After),
        ("nach ", Side::After),
        ("après ", Side::After),
    ];
    SIDES.iter().find_map(|(word, side)| Some((*side, text.strip_prefix(word)?)))
}

/// The two sides of a range.
pub(super) fn parted(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix("from ").unwrap_or(text);
    let words =
        [" to ", " until ", " through ", " - "].iter().find_map(|sign| text.split_once(sign));
    let (from, to) = words.or_else(|| {
        // A dash without spaces, between dates that have none.
        let dashes = text.matches('-').count();
        text.split_once('-').filter(|_| dashes == 1)
    })?;
    Some((from.trim(), to.trim()))
}

/// `november 9-12 2022`.
pub(super) fn days_of_month(text: &str) -> Option<When> {
    let [month, days, year] = *text.split(' ').collect::<Vec<_>>().as_slice() else { return None };
    let (from, to) = days.split_once('-')?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(from) || !digits(to) || !digits(year) {
        return None;
    }
    from_words(&format!("{from} {month} {year} to {to} {month} {year}"))
}

/// Centuries and millennia before the common era, and ranges of either era; `words` knows the
/// single ones of the common era.
///
/// A century before the common era is a choice of years: those of the first, -99 to 0, share no
/// digits that an `X` could follow.
pub(super) fn centuries(text: &str) -> Option<Dated> {
    let (rest, before) = match text.rsplit_once(' ') {
        Some((rest, "bc" | "bce" | "b.c." | "b.c.e." | "b.c")) => (rest, true),
        Some((rest, "ad" | "ce" | "a.d." | "c.e.")) => (rest, false),
        _ => (text, false),
    };
    let (rest, circa) = match ["circa ", "c. ", "ca. ", "about ", "around "]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
    {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    let (numbers, span) = match rest.rsplit_once(' ')? {
        (numbers, "century" | "c." | "c") => (numbers, 100),
        (numbers, "millennium" | "millennia") => (numbers, 1000),
        _ => return None,
    };
    let pair = numbers
        .split_once(" to ")
        .or_else(|| numbers.split_once(" - "))
        .or_else(|| numbers.split_once('-'));
    let years = |word: &str| -> Option<(i64, i64)> {
        let number = i64::from(ordinal(word.trim())?);
        Some(if before {
            // The first century before is the years -99 to 0.
            (1 - number * span, span - number * span)
        } else {
            ((number - 1) * span, number * span - 1)
        })
    };
    let blank = |year: i64| {
        if span == 100 { format!("{:02}XX", year / 100) } else { format!("{}XXX", year / 1000) }
    };
    let signed = |year: i64| if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") };
    let edtf = |mark: &str| -> Option<String> {
        Some(match pair {
            None => match (years(numbers)?, before) {
                ((first, last), true) => format!("[{}..{}]", signed(first), signed(last)),
                ((first, _), false) => format!("{}{mark}", blank(first)),
            },
            Some((from, to)) => match (years(from)?, years(to)?, before) {
                ((first, _), (_, last), true) => {
                    format!("{}{mark}/{}{mark}", signed(first), signed(last))
                }
                ((first, _), (last, _), false) => {
                    format!("{}{mark}/{}{mark}", blank(first), blank(last))
                }
            },
        })
    };
    let when = When::parse(&edtf(if circa { "~" } else { "" })?).ok()?;
    // A choice of years is not about anything.
    let rest = if circa && !when.is_approximate() { Rest::Words } else { Rest::None };
    Some(Dated { when, rest })
}

/// `1st`, `19.`, `first` up to `tenth`.
fn ordinal(word: &str) -> Option<u8> {
    const NAMES: [&str; 10] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth",
    ];
    if let Some(at) = NAMES.iter().position(|name| *name == word) {
        return u8::try_from(at + 1).ok();
    }
    let digits = ["st", "nd", "rd", "th", "."].iter().find_map(|end| word.strip_suffix(end));
    let digits = digits.unwrap_or(word);
    let number: u8 = digits.parse().ok()?;
    (digits.bytes().all(|byte| byte.is_ascii_digit()) && (1..=99).contains(&number))
        .then_some(number)
}
