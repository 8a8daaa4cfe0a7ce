//! Strings of RON: plain, with escapes, and raw.

use std::borrow::Cow;

use memchr::{memchr2, memmem};

use crate::dataset::cursor::{Cursor, Parsed, Text};
use crate::dataset::problem::{Code, Flaw};
use crate::model::Writing;

impl<'a> Cursor<'a> {
    /// A string, plain or raw, if one is next.
    pub fn string(&mut self) -> Parsed<Option<Text<'a>>> {
        self.skip_blank()?;
        match self.rest() {
            [b'"', ..] => self.plain_string().map(Some),
            [b'r', b'"' | b'#', ..] => self.raw_string().map(Some),
            _ => Ok(None),
        }
    }

    fn plain_string(&mut self) -> Parsed<Text<'a>> {
        let open = self.at;
        let start = open + 1;
        self.at = start;
        let mut owned: Option<String> = None;
        let mut wrong: Option<Box<Flaw>> = None;
        loop {
            let from = self.at;
            let Some(stop) = memchr2(b'"', b'\\', self.rest()) else {
                self.at = self.text.len();
                return Err(never_closed(open));
            };
            let end = from + stop;
            if let Some(owned) = &mut owned {
                owned.push_str(self.text.get(from..end).unwrap_or_default());
            }
            self.at = end + 1;
            if self.bytes().get(end) == Some(&b'"') {
                let plain = self.text.get(start..end).unwrap_or_default();
                let span = open..self.at;
                self.last_string = span.clone();
                let value = owned.map_or(Cow::Borrowed(plain), Cow::Owned);
                return Ok(Text { value, start, span, wrong });
            }
            let so_far = self.text.get(start..end).unwrap_or_default();
            let value = owned.get_or_insert_with(|| so_far.to_owned());
            if self.rest().is_empty() {
                return Err(never_closed(open));
            }
            match self.escape(end) {
                Ok(character) => value.extend(character),
                // The first will do: what is written so once is written so throughout.
                Err(flaw) => {
                    wrong.get_or_insert(flaw);
                    value.push_str(self.text.get(end..self.at).unwrap_or_default());
                }
            }
        }
    }

    /// What follows a backslash at `from`; nothing for a line that goes on in the next. Where it
    /// has no meaning the string goes on behind it.
    fn escape(&mut self, from: usize) -> Parsed<Option<char>> {
        let bad = |to: usize, message: &str| {
            let hint = "write `\\\\` for a backslash, or a raw string: r\"…\"".to_owned();
            Flaw::boxed(Code::Syntax, from..to, message, Some(hint))
        };
        let kind = self.rest().first().copied().unwrap_or_default();
        let end = from
            + 1
            + self
                .text
                .get(from + 1..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8);
        self.at = end;
        let hides = matches!(kind, b'x' | b'u' | b'\n' | b'\r');
        self.wrote(if hides { Writing::Hidden } else { Writing::Escaped });
        let simple = match kind {
            b'\\' => '\\',
            b'"' => '"',
            b'\'' => '\'',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'0' => '\0',
            b'\n' | b'\r' => {
                while self.rest().first().is_some_and(u8::is_ascii_whitespace) {
                    self.at += 1;
                }
                return Ok(None);
            }
            b'x' => {
                let digits = self.rest().iter().take(2).take_while(|byte| byte.is_ascii_hexdigit());
                let digits = self.text.get(end..end + digits.count()).unwrap_or_default();
                let code = hexadecimal(digits).filter(|_| digits.len() == 2);
                self.at = end + digits.len();
                return match code.and_then(char::from_u32) {
                    Some(character) => Ok(Some(character)),
                    None => Err(bad(end, "`\\x` needs two hexadecimal digits")),
                };
            }
            b'u' => {
                let rest = self.text.get(end..).unwrap_or_default();
                // At most six digits name a character; a longer search would run through the file.
                let most = rest.bytes().take(9).take_while(|byte| *byte != b'"' && *byte != b'\\');
                let close = most.enumerate().find(|(_, byte)| *byte == b'}').map(|(at, _)| at);
                let digits = close
                    .and_then(|close| rest.get(..close))
                    .and_then(|rest| rest.strip_prefix('{'));
                let character = digits.and_then(hexadecimal).and_then(char::from_u32);
                self.at = end + close.map_or(0, |close| close + 1);
                return match character {
                    Some(character) => Ok(Some(character)),
                    None => Err(bad(end, "`\\u` needs a character's number: `\\u{2019}`")),
                };
            }
            _ => return Err(bad(end, "a backslash with no meaning")),
        };
        Ok(Some(simple))
    }

    fn raw_string(&mut self) -> Parsed<Text<'a>> {
        let open = self.at;
        let hashes = self.rest().iter().skip(1).take_while(|byte| **byte == b'#').count();
        let start = open + 1 + hashes + 1;
        if self.bytes().get(start - 1) != Some(&b'"') {
            self.at = open + 1 + hashes;
            return Err(self.unexpected("`\"` of a raw string"));
        }
        let fence = format!("\"{}", "#".repeat(hashes));
        let rest = self.bytes().get(start..).unwrap_or_default();
        let Some(length) = memmem::find(rest, fence.as_bytes()) else {
            self.at = self.text.len();
            return Err(never_closed(open));
        };
        self.at = start + length + fence.len();
        let value = self.text.get(start..start + length).unwrap_or_default();
        self.wrote(Writing::Escaped);
        Ok(Text { value: Cow::Borrowed(value), start, span: open..self.at, wrong: None })
    }
}

/// The number, where there is nothing but digits: `from_str_radix` takes a sign as well.
fn hexadecimal(digits: &str) -> Option<u32> {
    let all = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    all.then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}

fn never_closed(open: usize) -> Box<Flaw> {
    Flaw::boxed(
        Code::Syntax,
        open..open + 1,
        "this string is never closed",
        Some("end it with `\"`".to_owned()),
    )
}
