//! Times of day within a date.

/// A time of day as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    hour: u8,
    minute: u8,
    second: u8,
    /// Whether fractions of a second were written.
    pub(super) fraction: bool,
    zone: Zone,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Zone {
    /// None was written.
    Local,
    /// `Z` or `+01:00`.
    Known(String),
    /// A name that means different things in different places: `EST`.
    Named,
}

impl Clock {
    /// The time as EDTF has it; nothing where its zone is not known, for then it is another time.
    pub(super) fn known(&self) -> Option<String> {
        let Clock { hour, minute, second, .. } = self;
        match &self.zone {
            Zone::Local => Some(format!("{hour:02}:{minute:02}:{second:02}")),
            Zone::Known(shift) => Some(format!("{hour:02}:{minute:02}:{second:02}{shift}")),
            Zone::Named => None,
        }
    }
}

/// The text without its time of day, and that. Nothing where it has none.
pub(super) fn split(text: &str) -> Option<(String, Clock)> {
    let mut tokens: Vec<String> = Vec::new();
    for token in text.split(' ') {
        match token.split_once('t').filter(|(day, _)| is_iso_day(day)) {
            Some((day, time)) => tokens.extend([day.to_owned(), time.to_owned()]),
            None => tokens.push(token.to_owned()),
        }
    }
    let (at, (mut clock, mut half, shift)) =
        tokens.iter().enumerate().find_map(|(at, token)| Some((at, time(token)?)))?;
    let mut end = at + 1;
    if half.is_none() {
        half = tokens.get(end).and_then(|token| half_of_day(token));
        end += usize::from(half.is_some());
    }
    if let Some(half) = half {
        clock.hour = twelve_hours(clock.hour, half)?;
    }
    clock.zone = if shift.is_empty() {
        let zone = tokens.get(end).and_then(|token| zone(token));
        end += usize::from(zone.is_some());
        zone.unwrap_or(Zone::Local)
    } else {
        zone(shift)?
    };
    // `GMT+0000 (Coordinated Universal Time)`, as browsers write.
    let mut rest = tokens.get(end..).unwrap_or_default();
    if rest.first().is_some_and(|token| token.starts_with('(')) {
        rest = &[];
    }
    let mut before = tokens.get(..at).unwrap_or_default();
    while let [earlier @ .., "at" | "à" | "-" | "@"] =
        before.iter().map(String::as_str).collect::<Vec<_>>().as_slice()
    {
        before = tokens.get(..earlier.len()).unwrap_or_default();
    }
    let date: Vec<&str> = before.iter().chain(rest).map(String::as_str).collect();
    // Two times are a span of time, of which EDTF has none.
    if date.iter().any(|token| time(token).is_some()) || date.is_empty() {
        return None;
    }
    Some((date.join(" "), clock))
}

/// A text that is a time of day and nothing else.
pub(super) fn alone(text: &str) -> Option<Clock> {
    split(&format!("x {text}")).filter(|(rest, _)| rest == "x").map(|(_, clock)| clock)
}

fn is_iso_day(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// `10:30`, `10:30:05.25`, `10:30pm`, `10:30z`, `10pm`: the time, its half of the day, its shift.
fn time(token: &str) -> Option<(Clock, Option<Half>, &str)> {
    let parts = |digits: &str| -> Option<u8> {
        (1..=2).contains(&digits.len()).then(|| digits.parse().ok()).flatten()
    };
    let end = token
        .find(|letter: char| !matches!(letter, '0'..='9' | ':' | '.' | ','))
        .unwrap_or(token.len());
    let (digits, suffix) = token.split_at_checked(end)?;
    let (whole, fraction) = digits.split_once(['.', ',']).map_or((digits, ""), |parts| parts);
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let numbers: Vec<&str> = whole.split(':').collect();
    let half = half_of_day(suffix);
    let (hour, minute, second) = match *numbers.as_slice() {
        [hour] if half.is_some() => (parts(hour)?, 0, 0),
        [hour, minute] if minute.len() == 2 => (parts(hour)?, parts(minute)?, 0),
        [hour, minute, second] if minute.len() == 2 => {
            (parts(hour)?, parts(minute)?, parts(second)?)
        }
        _ => return None,
    };
    let fraction = fraction.bytes().any(|byte| byte != b'0');
    let clock = Clock { hour, minute, second, fraction, zone: Zone::Local };
    Some((clock, half, if half.is_some() { "" } else { suffix }))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

fn half_of_day(token: &str) -> Option<Half> {
    match token {
        "am" | "a.m." | "a.m" => Some(Half::Morning),
        "pm" | "p.m." | "p.m" => Some(Half::Afternoon),
        _ => None,
    }
}

fn twelve_hours(hour: u8, half: Half) -> Option<u8> {
    match (hour, half) {
        (12, Half::Morning) => Some(0),
        (1..=11, Half::Morning) | (12, Half::Afternoon) => Some(hour),
        (1..=11, Half::Afternoon) => Some(hour + 12),
        _ => None,
    }
}

/// A shift from UTC, or a name of a zone.
fn zone(token: &str) -> Option<Zone> {
    let shift = ["utc", "gmt"].iter().find_map(|name| token.strip_prefix(name)).unwrap_or(token);
    if matches!(token, "z" | "utc" | "gmt") {
        return Some(Zone::Known("Z".to_owned()));
    }
    if let Some(digits) = shift.strip_prefix(['+', '-']) {
        let sign = shift.get(..1)?;
        let bare: String = digits.chars().filter(|digit| *digit != ':').collect();
        if !bare.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let (hours, minutes) = match bare.len() {
            1 | 2 => (bare.as_str(), "00"),
            3 => bare.split_at_checked(1)?,
            4 => bare.split_at_checked(2)?,
            _ => return None,
        };
        return Some(Zone::Known(match (hours, minutes) {
            ("00" | "0", "00") => "Z".to_owned(),
            _ => format!("{sign}{hours:0>2}:{minutes}"),
        }));
    }
    let name = (2..=5).contains(&token.len())
        && token.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !matches!(token, "bc" | "bce" | "ad" | "ce")
        && crate::when::from_words(&format!("1 {token} 2000")).is_none();
    (name || token.contains('/')).then_some(Zone::Named)
}
