//! A text without what printers and editors vary: one space for any run of them, one sign for all
//! quotation marks, one for all dashes, one for all ways to write an ellipsis.
//!
//! Letters, digits and all other signs stay. What is invisible (soft hyphens, characters without
//! width) falls away, and so do spaces around a dash or an ellipsis.

use crate::verify::offsets::Offsets;

/// Stands for every ellipsis: `...`, `. . .`, `…`, `[...]`.
pub(super) const ELLIPSIS: char = '…';

/// A text without its typography, and where each of its parts came from.
#[derive(Clone, Debug, Default)]
pub(super) struct Normal {
    pub text: String,
    pub offsets: Offsets,
}

pub(super) fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Single and double ones alike: which of the two is meant depends on what stands around.
fn is_quotation_mark(character: char) -> bool {
    matches!(
        character,
        '"' | '\'' | '`' | '´' | '«' | '»' | '\u{2018}'
            ..='\u{201f}' | '‹' | '›' | '′' | '″' | 'ʼ' | '＂' | '＇'
    )
}

fn is_dash(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

pub(super) fn normal(text: &str) -> Normal {
    let mut made = Writer { normal: Normal::default(), space: None, glued: true };
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let length = next.len_utf8();
        if next.is_ascii_alphanumeric() {
            // By far the most of any text.
            let rest = text.as_bytes().get(at..).unwrap_or_default();
            let run = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            made.push_str(text.get(at..at + run).unwrap_or_default(), at);
            at += run;
            continue;
        }
        match next {
            _ if next.is_whitespace() => made.space = made.space.or(Some(at)),
            _ if is_invisible(next) => {}
            '.' | ELLIPSIS | '[' | '(' => {
                if let Some(end) = ellipsis(text, at) {
                    made.glue(ELLIPSIS, at);
                    at = end;
                    continue;
                }
                made.push(next, at);
            }
            _ if is_quotation_mark(next) => made.mark(at),
            _ if is_dash(next) => made.glue('-', at),
            _ => made.push(next, at),
        }
        at += length;
    }
    let mut normal = made.normal;
    normal.offsets.push(normal.text.len(), text.len());
    normal
}

struct Writer {
    normal: Normal,
    /// Where spaces began that have not been written yet.
    space: Option<usize>,
    /// Whether spaces fall away here.
    glued: bool,
}

impl Writer {
    fn push_str(&mut self, text: &str, at: usize) {
        let space = self.space.take();
        if let Some(space) = space.filter(|_| !self.glued) {
            self.normal.offsets.push(self.normal.text.len(), space);
            self.normal.text.push(' ');
        }
        self.glued = false;
        self.normal.offsets.push(self.normal.text.len(), at);
        self.normal.text.push_str(text);
    }

    fn push(&mut self, character: char, at: usize) {
        self.push_str(character.encode_utf8(&mut [0; 4]), at);
    }

    /// Two single marks may stand for a double one.
    fn mark(&mut self, at: usize) {
        if self.space.is_some() || !self.normal.text.ends_with('\'') {
            self.push('\'', at);
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
            ELLIPSIS => count += 3,
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
            ("“It’s ‘so’,” «he» said", "'It's 'so',' 'he' said"),
            ("a — b -- c–d", "a-b-c-d"),
            ("well\u{ad}-known \u{200b}fact", "well-known fact"),
            ("there...And", "there…And"),
            ("lines. . . . Most", "lines…Most"),
            ("lines....Most", "lines…Most"),
            ("one [...] two (…) three […] four", "one…two…three…four"),
            ("[ . . . ] and", "…and"),
            ("v. 1.2. [Russian] (it)", "v. 1.2. [Russian] (it)"),
            ("...", "…"),
            ("", ""),
        ] {
            assert_eq!(normal(text).text, plain, "{text}");
        }
    }

    #[test]
    fn every_part_knows_where_it_came_from() {
        let text = "A  “b” — ünd\u{ad}e…  x";
        let normal = normal(text);
        assert_eq!(normal.text, "A 'b'-ünde…x");
        for (made, of) in [
            ("A", "A"),
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
