//! A date explained: for people as a few lines, for programs as fields.

use serde::Serialize;

use crate::text::{clip, visible, width};
use crate::when::{DateError, Day, Edge, When, bounds, civil};

/// How many columns of a text are shown, at most; what is wrong is always among them.
const SHOWN: usize = 100;

/// What one text says as a date, or why it says nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The text as given.
    pub edtf: String,
    /// Whether it is EDTF.
    pub valid: bool,
    /// Its level: 0, 1 or 2.
    pub level: Option<u8>,
    /// Read aloud.
    pub reading: Option<String>,
    /// The first possible day, `YYYY-MM-DD`; nothing where it is open or unknown.
    pub earliest: Option<String>,
    /// The last possible day, likewise.
    pub latest: Option<String>,
    /// What is wrong, where, and what was probably meant.
    pub error: Option<String>,
    #[serde(skip)]
    outcome: Outcome,
}

/// What people are told beyond the fields.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Outcome {
    Date { earliest: &'static str, latest: &'static str },
    Error(DateError),
}

/// Explains a text as a date.
pub fn explain(text: &str) -> Explanation {
    match When::parse(text) {
        Ok(when) => explain_date(&when),
        Err(error) => Explanation {
            edtf: text.to_owned(),
            valid: false,
            level: None,
            reading: None,
            earliest: None,
            latest: None,
            error: Some(describe(text, &error)),
            outcome: Outcome::Error(error),
        },
    }
}

fn explain_date(when: &When) -> Explanation {
    let day = |edge: Edge, first: bool| match edge {
        // A day beyond all numbers may still have a date.
        Edge::Day(Day::MIN | Day::MAX) => {
            bounds::beyond(&when.edtf, first).map(|date| date.to_string())
        }
        Edge::Open | Edge::Unknown => None,
        Edge::Day(day) => Some(civil(day).to_string()),
    };
    let word = |edge: Edge| match edge {
        _ if when.is_undated() => "none: undated",
        Edge::Open => "open",
        Edge::Day(Day::MIN | Day::MAX) => "beyond all numbers",
        Edge::Unknown | Edge::Day(_) => "unknown",
    };
    Explanation {
        edtf: when.text().to_owned(),
        valid: true,
        level: Some(when.level()),
        reading: Some(when.reading()),
        earliest: day(when.earliest(), true),
        latest: day(when.latest(), false),
        error: None,
        outcome: Outcome::Date { earliest: word(when.earliest()), latest: word(when.latest()) },
    }
}

/// `whitespace is not allowed, at character 2; write 2022-11-09`.
fn describe(text: &str, error: &DateError) -> String {
    let at = text.get(..error.offset).unwrap_or(text).chars().count() + 1;
    let mut out = format!("{}, at character {at}", error.message);
    if let Some(suggestion) = &error.suggestion {
        out += &format!("; write `{suggestion}`");
    }
    out
}

impl Explanation {
    /// The explanation as lines of text, the last one ended too.
    pub fn to_text(&self) -> String {
        match &self.outcome {
            Outcome::Date { earliest, latest } => {
                let mut out = format!("{}\n", clip(&visible(&self.edtf), SHOWN));
                let level = self.level.map(|level| level.to_string());
                for (name, value, word) in [
                    ("reading", &self.reading, ""),
                    ("earliest", &self.earliest, *earliest),
                    ("latest", &self.latest, *latest),
                    ("level", &level, ""),
                ] {
                    out += &format!("  {name:<9} {}\n", value.as_deref().unwrap_or(word));
                }
                out
            }
            Outcome::Error(error) => {
                let (shown, column) = excerpt(&self.edtf, error.offset);
                let mut out = format!("{shown}\n{}^ {}\n", " ".repeat(column), error.message);
                if let Some(suggestion) = &error.suggestion {
                    out += &format!("  write `{suggestion}`\n");
                }
                out
            }
        }
    }
}

/// The part of a text around an offset, made harmless, and the column of the offset in it.
fn excerpt(text: &str, offset: usize) -> (String, usize) {
    let (before, after) = text.split_at_checked(offset).unwrap_or((text, ""));
    // As much as may matter; the rest is not even looked at.
    let cut = before.char_indices().rev().nth(SHOWN / 2).map(|(at, _)| at);
    let before = match cut {
        Some(at) => format!("…{}", visible(before.get(at..).unwrap_or_default())),
        None => visible(before).into_owned(),
    };
    let near: String = after.chars().take(SHOWN).collect();
    let column = width(&before);
    let after = visible(&near);
    let shown = clip(&after, SHOWN / 2);
    (format!("{before}{shown}"), column)
}
