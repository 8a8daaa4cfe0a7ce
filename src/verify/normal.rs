//! A text without what printers and editors vary: [folded](crate::text::same), with one sign for all
//! quotation marks, no blanks around a dash, and one sign for all ways to write an ellipsis.
//!
//! Letters with their marks, digits and all other signs stay. A dash that says that a number is below
//! zero is a sign of that number, `−`; a digit that is raised or a fraction behind a number is no digit
//! of it. A word that is broken at the end of a line keeps its hyphen, marked as one that may not be
//! meant.

use std::ops::Range;

use crate::text::same::{Folding, Letter, fold};
use crate::verify::offsets::{Offsets, narrow};

/// Stands for every ellipsis: `...`, `. . .`, `…`, `[...]`.
pub(super) const ELLIPSIS: char = '…';

/// Stands for a sign that a number is below zero.
pub(super) const MINUS: char = '−';

/// A text without its typography, and where each of its parts came from.
#[derive(Clone, Debug, Default)]
pub(super) struct Normal {
    pub text: String,
    pub offsets: Offsets,
    /// Where the hyphens stand, one byte each, that broke a word at the end of a line or belong to
    /// it: `casu-⏎alties`, `well-⏎known`.
    pub broken: Vec<u32>,
}

/// What cannot be seen and may stand within a text.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether a sign makes another sum of a number.
pub(super) fn is_currency(character: char) -> bool {
    matches!(character,
        '$' | '¢'..='¥' | '\u{58f}' | '\u{60b}' | '\u{9f2}'..='\u{9f3}' | '\u{e3f}' | '\u{20a0}'..='\u{20cf}')
}

pub(super) fn is_share(character: char) -> bool {
    matches!(character, '%' | '‰' | '‱' | '°' | '٪')
}

/// What stands raised, lowered or as a fraction behind a number; compatible forms of digits all.
fn is_behind_number(character: char) -> bool {
    matches!(character,
        '²' | '³' | '¹' | '¼'..='¾' | '\u{2070}'..='\u{208e}' | '\u{2150}'..='\u{215f}' | '\u{2189}'
        | '\u{2460}'..='\u{24ff}')
}

fn breaks_line(character: char) -> bool {
    matches!(character, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

pub(super) fn normal(text: &str) -> Normal {
    let mut made = Writer {
        text,
        normal: Normal::default(),
        space: None,
        glued: true,
        read: 0,
        last: ['\0'; 2],
    };
    made.normal.text.reserve(text.len());
    fold(text, Folding::strict(false), |letter| made.take(letter));
    let mut normal = made.normal;
    normal.offsets.push(normal.text.len(), text.len());
    normal
}

struct Writer<'t> {
    text: &'t str,
    normal: Normal,
    /// Where spaces began that have not been written yet.
    space: Option<usize>,
    /// Whether spaces fall away here.
    glued: bool,
    /// How far the text is taken in already.
    read: usize,
    /// What was written last, the very last first.
    last: [char; 2],
}

impl Writer<'_> {
    fn take(&mut self, letter: Letter) {
        let Letter { value, from, .. } = letter;
        if from.start < self.read {
            return;
        }
        if value.is_ascii_alphanumeric() && from.len() == 1 {
            // By far the most of any text.
            if self.space.is_some() && value.is_ascii_digit() {
                self.join_currency();
            }
            return self.push(value, from.start);
        }
        let written = self.text.get(from.clone()).and_then(|text| text.chars().next());
        let behind = written.filter(|written| is_behind_number(*written) && self.is_number());
        if let Some(written) = behind {
            self.read = from.end;
            return self.push(written, from.start);
        }
        match value {
            ' ' => self.blank(from.start),
            '\'' | '"' => self.mark(from.start),
            '-' => self.dash(written.unwrap_or('-'), from),
            '.' | '[' | '(' => match ellipsis(self.text, from.start) {
                Some(end) => {
                    self.glue(ELLIPSIS, from.start);
                    self.read = end;
                }
                None => self.push(value, from.start),
            },
            _ if is_share(value) || is_currency(value) => self.sign(value, from),
            _ => {
                if self.space.is_some() && value.is_numeric() {
                    self.join_currency();
                }
                self.push(value, from.start);
            }
        }
    }

    /// Whether a number ends here.
    fn is_number(&self) -> bool {
        self.space.is_none() && self.last[0].is_numeric()
    }

    fn push(&mut self, character: char, at: usize) {
        let space = self.space.take();
        if let Some(space) = space.filter(|_| !self.glued) {
            self.normal.offsets.push(self.normal.text.len(), space);
            self.normal.text.push(' ');
            self.last = [' ', self.last[0]];
        }
        self.glued = false;
        self.normal.offsets.push(self.normal.text.len(), at);
        self.normal.text.push(character);
        self.last = [character, self.last[0]];
    }

    /// A run of blanks, which may be the end of a line after a soft hyphen.
    fn blank(&mut self, at: usize) {
        let before = self.text.get(..at).unwrap_or_default();
        let hyphen = before.strip_suffix('\u{ad}').map(str::len);
        let rest = self.text.get(at..).unwrap_or_default();
        match hyphen
            .filter(|_| self.space.is_none() && self.last[0].is_alphabetic() && goes_on(rest))
        {
            Some(hyphen) => self.broken(hyphen),
            None => self.space = self.space.or(Some(at)),
        }
    }

    /// Two single marks may stand for a double one.
    fn mark(&mut self, at: usize) {
        if self.space.is_some() || !self.normal.text.ends_with('\'') {
            self.push('\'', at);
        }
    }

    fn dash(&mut self, written: char, from: Range<usize>) {
        let rest = self.text.get(from.end..).unwrap_or_default();
        let hyphen = matches!(written, '-' | '‐');
        if self.is_below_zero(written, rest) {
            self.push(MINUS, from.start);
        } else if hyphen && self.space.is_none() && self.last[0].is_alphabetic() && goes_on(rest) {
            self.broken(from.start);
        } else {
            self.glue('-', from.start);
        }
    }

    fn broken(&mut self, at: usize) {
        self.normal.broken.push(narrow(self.normal.text.len()));
        self.glue('-', at);
    }

    /// Whether a dash belongs to the number behind it: one stands right there, and no other before.
    fn is_below_zero(&self, written: char, rest: &str) -> bool {
        let [last, before] = self.last;
        let signs = ['-', '−', '–', '‐', '‑', '﹣', '－'];
        let begins = if self.space.is_some() {
            !self.glued && !last.is_numeric()
        } else {
            self.normal.text.is_empty()
                || is_currency(last) && !before.is_numeric()
                || matches!(
                    last,
                    '(' | '['
                        | '{'
                        | '\''
                        | '='
                        | '<'
                        | '>'
                        | '~'
                        | '≤'
                        | '≥'
                        | '≈'
                        | ':'
                        | '/'
                        | '|'
                        | ';'
                )
        };
        let seen = |next: &char| !is_invisible(*next) && !is_currency(*next);
        let mut after = rest.chars().take(8).filter(seen);
        let number = match after.next() {
            Some('.') => after.next(),
            next => next,
        };
        signs.contains(&written) && begins && number.is_some_and(char::is_numeric)
    }

    /// `5 %` is `5%`, and `5 €` is `5€`.
    fn sign(&mut self, value: char, from: Range<usize>) {
        let next = self.text.get(from.end..).and_then(|rest| rest.chars().next());
        if self.last[0].is_numeric() && (is_share(value) || !next.is_some_and(char::is_numeric)) {
            self.space = None;
        }
        self.push(value, from.start);
    }

    /// `€ 5` is `€5`.
    fn join_currency(&mut self) {
        let [last, before] = self.last;
        if is_currency(last) && !before.is_numeric() {
            self.space = None;
        }
    }

    /// A sign that keeps no space beside it, and of which several are one.
    fn glue(&mut self, sign: char, at: usize) {
        self.space = None;
        if !self.normal.text.ends_with(sign) {
            self.push(sign, at);
        }
        self.glued = true;
    }
}

/// Whether a line ends here and a word goes on on the next.
fn goes_on(rest: &str) -> bool {
    let mut broken = false;
    let next = rest.chars().find(|next| {
        broken |= breaks_line(*next);
        !next.is_whitespace() && !is_invisible(*next)
    });
    broken && next.is_some_and(char::is_alphabetic)
}

/// The end of the ellipsis that begins here, with the brackets around it.
fn ellipsis(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    for (open, close) in [('[', ']'), ('(', ')')] {
        if let Some(inner) = rest.strip_prefix(open) {
            let start = text.len() - inner.trim_start().len();
            let end = dots(text, start)?;
            let after = text.get(end..)?.trim_start();
            return after.strip_prefix(close).map(|after| text.len() - after.len());
        }
    }
    dots(text, at)
}

/// The end of three dots or more, each with at most one space before it.
fn dots(text: &str, at: usize) -> Option<usize> {
    let mut end = at;
    let mut count = 0;
    let mut spaces = 0;
    for (offset, next) in text.get(at..)?.char_indices() {
        match next {
            '.' => count += 1,
            ELLIPSIS | '⋯' => count += 3,
            _ if next.is_whitespace() && spaces == 0 && count > 0 => {
                spaces = 1;
                continue;
            }
            _ => break,
        }
        spaces = 0;
        end = at + offset + next.len_utf8();
    }
    (count >= 3).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_falls_away() {
        for (text, plain) in [
            ("plain words", "plain words"),
            ("  two \t\r\n lines ", "two lines"),
            ("“It’s ‘so’,” «he» said", "'it's 'so',' 'he' said"),
            ("a — b -- c–d", "a-b-c-d"),
            ("well\u{ad}-known \u{200b}fact", "well-known fact"),
            ("there...And", "there…and"),
            ("lines. . . . Most", "lines…most"),
            ("lines....Most", "lines…most"),
            ("one [...] two (…) three […] four", "one…two…three…four"),
            ("[ . . . ] and", "…and"),
            ("v. 1.2. [Russian] (it)", "v. 1.2. [russian] (it)"),
            ("ﬁve oﬃcers, Straße, ΟΔΟΣ, e\u{301}", "five officers, strasse, οδοσ, é"),
            ("\u{200e}a \u{2066}b\u{2069}", "a b"),
            ("...", "…"),
            ("", ""),
            // Numbers.
            ("at -5, −5, –5 or (-5)", "at −5, −5, −5 or (−5)"),
            ("at \u{200e}-5, -$5, $-5, -.5", "at −5, −$5, $−5, −.5"),
            ("a - 5, 3-5, 3 -5, a—5, F-16, x-5", "a-5, 3-5, 3-5, a-5, f-16, x-5"),
            ("5 %, 5\u{a0}€, € 5, 5 $6", "5%, 5€, €5, 5 $6"),
            ("10², 1½, CO₂, m²", "10², 1½, co2, m2"),
        ] {
            assert_eq!(normal(text).text, plain, "{text}");
        }
    }

    #[test]
    fn words_broken_at_the_end_of_a_line_are_marked() {
        for (text, plain, broken) in [
            ("casu-\nalties", "casu-alties", vec![4]),
            ("casu\u{ad}\n alties", "casu-alties", vec![4]),
            ("casu‐ \r\n\talties", "casu-alties", vec![4]),
            ("casu- alties", "casu-alties", vec![]),
            ("F-\n16, 2022-\n23", "f-16, 2022-23", vec![]),
            ("out —\nwithout", "out-without", vec![]),
            ("out--\nwithout", "out-without", vec![]),
            ("casu-\n", "casu-", vec![]),
        ] {
            let normal = normal(text);
            assert_eq!((normal.text.as_str(), normal.broken), (plain, broken), "{text:?}");
        }
    }

    #[test]
    fn every_part_knows_where_it_came_from() {
        let text = "A  “b” — ünd\u{ad}e…  x";
        let normal = normal(text);
        assert_eq!(normal.text, "a 'b'-ünde…x");
        for (made, of) in [
            ("a", "A"),
            (" ", "  “"),
            ("b", "b"),
            ("-", "—"),
            ("n", "nd"),
            ("e…", "e…"),
            ("x", "x"),
        ] {
            let place = normal.text.find(made).unwrap();
            assert_eq!(normal.offsets.get(place), text.find(of).unwrap(), "{made}");
        }
        assert_eq!(normal.offsets.get(normal.text.len()), text.len());
    }
}
