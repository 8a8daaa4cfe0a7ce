//! RON, token by token, with the place of everything.
//!
//! Of RON (version 0.12) it reads what a dataset can hold: structures, lists, maps, strings plain
//! and raw, numbers, options with or without `Some`, comments. What the values mean is left to
//! `raw` and `header`.

mod attributes;
mod strings;

use std::borrow::Cow;
use std::fmt::Display;
use std::ops::Range;

use memchr::{memchr, memchr2};

use crate::dataset::problem::{Code, Flaw, Flaws, did_you_mean};
use crate::model::Writing;

/// How much may be read again, in bytes, beside the text's own length a few times over: what is
/// never closed is read to the end of the file, and the file then from the next entry on. Nobody
/// forgets so many quotation marks; without a limit, a file of them would be read for hours.
const MOST_REREAD: usize = 1 << 24;

/// Which bytes a name is made of.
const IN_WORD: [bool; 256] = {
    let mut in_word = [false; 256];
    let mut byte = 0u8;
    loop {
        in_word[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80;
        if byte == u8::MAX {
            break in_word;
        }
        byte += 1;
    }
};

/// What stops the reading of a value: it cannot be told where it ends.
pub(super) type Parsed<T> = Result<T, Box<Flaw>>;

/// A string of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Text<'a> {
    /// Its value; borrowed where it stands in the file as it is.
    pub value: Cow<'a, str>,
    /// Where the value begins, in bytes, when borrowed.
    pub start: usize,
    /// The whole token with its quotation marks.
    pub span: Range<usize>,
    /// What is wrong in it. Where it ends is known all the same, and its value is as it is written
    /// there.
    pub wrong: Option<Box<Flaw>>,
}

impl Text<'_> {
    /// Whether it says what was meant.
    pub fn is_sound(&self) -> bool {
        self.wrong.is_none()
    }
}

/// A place in a text.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    /// The last string.
    last_string: Range<usize>,
    /// How many bytes of the way were gone back.
    back: usize,
    /// How what was passed over is written, since it was last asked for.
    writing: Writing,
}

impl<'a> Cursor<'a> {
    pub fn new(text: &'a str, at: usize) -> Self {
        Cursor { text, at, last_string: 0..0, back: 0, writing: Writing::Plain }
    }

    pub fn at(&self) -> usize {
        self.at
    }

    pub fn move_to(&mut self, at: usize) {
        self.back += self.at.saturating_sub(at);
        self.at = at.min(self.text.len());
        // What goes wrong from here on has nothing to do with the strings before.
        self.last_string = 0..0;
    }

    /// How everything was written that was passed over since this was last asked.
    pub fn take_writing(&mut self) -> Writing {
        std::mem::replace(&mut self.writing, Writing::Plain)
    }

    fn wrote(&mut self, writing: Writing) {
        self.writing = self.writing.max(writing);
    }

    /// What is said where so much was read again, after what is never closed, that no more is.
    pub fn worn(&self) -> Option<Box<Flaw>> {
        let most = MOST_REREAD.saturating_add(self.text.len().saturating_mul(4));
        (self.back > most).then(|| {
            Flaw::boxed(
                Code::Syntax,
                self.at..self.at + 1,
                "so much before this is never closed that the rest is not read",
                Some("mend what is told above first, from the top".to_owned()),
            )
        })
    }

    pub fn text(&self) -> &'a str {
        self.text
    }

    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes().get(self.at..).unwrap_or_default()
    }

    /// The byte at hand, after spaces and comments.
    pub fn peek(&mut self) -> Parsed<Option<u8>> {
        self.skip_blank()?;
        Ok(self.bytes().get(self.at).copied())
    }

    /// Takes a byte of punctuation if it is next.
    pub fn take(&mut self, byte: u8) -> Parsed<bool> {
        let found = self.peek()? == Some(byte);
        if found {
            self.at += 1;
        }
        Ok(found)
    }

    /// Takes a byte of punctuation, which must be next.
    pub fn expect(&mut self, byte: u8, wanted: impl Display) -> Parsed<()> {
        if self.take(byte)? { Ok(()) } else { Err(self.unexpected(wanted)) }
    }

    /// Spaces as Unicode has them in `White_Space`, and comments.
    #[inline]
    fn skip_blank(&mut self) -> Parsed<()> {
        // Mostly there is nothing to pass over.
        match self.bytes().get(self.at) {
            Some(b' ' | b'\t'..=b'\r' | b'/' | 0x80..) => self.skip_blank_here(),
            _ => Ok(()),
        }
    }

    fn skip_blank_here(&mut self) -> Parsed<()> {
        loop {
            let blank = |byte: &u8| matches!(byte, b' ' | b'\t'..=b'\r');
            self.at += usize::from(self.rest().first().is_some_and(blank));
            // What lines begin with, a word of the machine at a time.
            while self.rest().starts_with(&[b' '; 8]) {
                self.at += 8;
            }
            self.at += self.rest().iter().take_while(|byte| blank(byte)).count();
            match self.rest() {
                [b'/', b'/', rest @ ..] => {
                    self.at += 2 + memchr(b'\n', rest).unwrap_or(rest.len());
                    self.wrote(Writing::Escaped);
                }
                [b'/', b'*', ..] => self.skip_block_comment()?,
                [first, ..] if *first >= 0x80 => {
                    let next = self.text.get(self.at..).and_then(|rest| rest.chars().next());
                    match next {
                        Some(character) if character.is_whitespace() => {
                            self.at += character.len_utf8()
                        }
                        _ => return Ok(()),
                    }
                }
                _ => return Ok(()),
            }
        }
    }

    /// Block comments nest.
    fn skip_block_comment(&mut self) -> Parsed<()> {
        let from = self.at;
        self.wrote(Writing::Escaped);
        let mut depth = 0usize;
        loop {
            match self.rest() {
                [b'/', b'*', ..] => {
                    depth += 1;
                    self.at += 2;
                }
                [b'*', b'/', ..] => {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        return Ok(());
                    }
                }
                [_, rest @ ..] => self.at += 1 + memchr2(b'*', b'/', rest).unwrap_or(rest.len()),
                [] => {
                    self.at = self.text.len();
                    return Err(Flaw::boxed(
                        Code::Syntax,
                        from..from + 2,
                        "this comment is never closed",
                        Some("end it with `*/`".to_owned()),
                    ));
                }
            }
        }
    }

    /// A name such as `headline` or `Statement`, if one is next.
    pub fn word(&mut self) -> Parsed<Option<(&'a str, Range<usize>)>> {
        self.skip_blank()?;
        let length = self
            .rest()
            .iter()
            .position(|byte| !IN_WORD[usize::from(*byte)])
            .unwrap_or(self.rest().len());
        let span = self.at..self.at + length;
        let Some(word) = self.text.get(span.clone()).filter(|word| !word.is_empty()) else {
            return Ok(None);
        };
        if word.starts_with(|first: char| first.is_ascii_digit()) {
            return Ok(None);
        }
        self.at = span.end;
        Ok(Some((word, span)))
    }

    /// What stands here is not what it should be.
    pub fn unexpected(&mut self, wanted: impl Display) -> Box<Flaw> {
        // A quotation mark left out makes the rest of its line, and what follows, a string.
        let string = self.text.get(self.last_string.clone()).unwrap_or_default();
        if self.at.saturating_sub(self.last_string.end) < 2 && string.contains('\n') {
            let open = self.last_string.start;
            return Flaw::boxed(
                Code::Syntax,
                open..open + 1,
                "the string that begins here goes over the end of its line, and what follows it makes no sense",
                Some("is its closing `\"` missing?".to_owned()),
            );
        }
        let rest = self.text.get(self.at..).unwrap_or_default();
        let found: String = rest
            .chars()
            .enumerate()
            .take_while(|(at, next)| *at == 0 || next.is_alphanumeric() || *next == '_')
            .map(|(_, next)| next)
            .take(40)
            .collect();
        if found.is_empty() {
            return Flaw::boxed(
                Code::Syntax,
                self.at..self.at,
                &format!("expected {wanted}, but the file ends here"),
                None,
            );
        }
        let span = self.at..self.at + found.len();
        Flaw::boxed(
            Code::Syntax,
            span,
            &format!("expected {wanted}, found `{}`", crate::text::visible(&found)),
            None,
        )
    }

    /// Passes over a value of any form.
    pub fn skip_value(&mut self) -> Parsed<Range<usize>> {
        self.skip_blank()?;
        let from = self.at;
        // The brackets that are open, as those that close them.
        let mut open: Vec<u8> = Vec::new();
        loop {
            self.skip_blank()?;
            match self.rest() {
                [b'"', ..] | [b'r', b'"' | b'#', ..] => {
                    self.string()?;
                }
                [b'(', ..] => self.open(&mut open, b')'),
                [b'[', ..] => self.open(&mut open, b']'),
                [b'{', ..] => self.open(&mut open, b'}'),
                [close, ..] if open.last() == Some(close) => {
                    open.pop();
                    self.at += 1;
                }
                [b',' | b':', ..] if !open.is_empty() => self.at += 1,
                [b')' | b']' | b'}' | b',' | b':', ..] | [] => {
                    return Err(self.unexpected("a value"));
                }
                [b'\'', ..] => self.skip_character(),
                _ => {
                    let length = self.rest().iter().position(|byte| {
                        matches!(
                            byte,
                            b'(' | b')' | b'[' | b']' | b'{' | b'}' | b',' | b':' | b'"' | b'/'
                        ) || byte.is_ascii_whitespace()
                    });
                    self.at += length.unwrap_or(self.rest().len()).max(1);
                }
            }
            // A name may be followed by what it holds: `About`, `Between(1, 2)`.
            if open.is_empty() {
                let end = self.at;
                if !(self.text.get(from..end).is_some_and(is_name) && self.peek()? == Some(b'(')) {
                    self.at = end;
                    return Ok(from..end);
                }
            }
        }
    }

    fn open(&mut self, open: &mut Vec<u8>, close: u8) {
        open.push(close);
        self.at += 1;
    }

    fn skip_character(&mut self) {
        let length = match self.rest() {
            [b'\'', b'\\', _, rest @ ..] => memchr(b'\'', rest).map(|at| at + 4),
            [b'\'', rest @ ..] => memchr(b'\'', rest).map(|at| at + 2),
            _ => None,
        };
        // A lone apostrophe is passed over by itself.
        self.at += length.filter(|length| *length <= 14).unwrap_or(1);
    }

    /// `Some(`, if it is next: gives whether a `)` is owed. `None`, if it is next, is taken.
    pub fn option(&mut self) -> Parsed<Presence> {
        if !matches!(self.peek()?, Some(b'N' | b'S')) {
            return Ok(Presence::Plain);
        }
        let before = self.clone();
        match self.word()? {
            Some(("None", _)) => Ok(Presence::Absent),
            Some(("Some", _)) if self.take(b'(')? => Ok(Presence::Wrapped),
            _ => {
                *self = before;
                Ok(Presence::Plain)
            }
        }
    }

    /// A list: `item` reads one element each time.
    pub fn list(&mut self, mut item: impl FnMut(&mut Self) -> Parsed<()>) -> Parsed<()> {
        self.expect(b'[', "`[`")?;
        loop {
            if self.take(b']')? {
                return Ok(());
            }
            item(self)?;
            if !self.take(b',')? && self.peek()? != Some(b']') {
                return Err(self.unexpected("`,` or `]`"));
            }
        }
    }

    /// The fields of a structure from its `(` to its `)`. `field` reads the value of the field of
    /// `known` with the number it is given. Fields that are not known, and those that stand twice,
    /// are told to `flaws` and passed over.
    pub fn fields(
        &mut self,
        flaws: &mut Flaws,
        what: impl Display,
        known: &[&str],
        mut field: impl FnMut(&mut Self, &mut Flaws, usize) -> Parsed<()>,
    ) -> Parsed<()> {
        self.expect(b'(', format_args!("`(` of {what}"))?;
        let mut seen = 0u32;
        // Most files keep to the order of `known`, so the next is looked for behind the last.
        let mut after = 0;
        loop {
            if self.take(b')')? {
                return Ok(());
            }
            let Some((name, span)) = self.word()? else {
                return Err(self.unexpected("a field's name or `)`"));
            };
            if self.peek()? == Some(b'(') {
                self.at = span.start;
                let mut flaw = self.unexpected(format_args!("a field or the `)` of {what}"));
                flaw.hint = Some("is a `)` missing above?".to_owned());
                return Err(flaw);
            }
            self.expect(b':', format_args!("`:` after `{name}`"))?;
            let order = (after..known.len()).chain(0..after);
            let number = order.into_iter().find(|number| known.get(*number) == Some(&name));
            match number {
                Some(number) if seen & (1 << number) == 0 => {
                    seen |= 1 << number;
                    after = number + 1;
                    field(self, flaws, number)?;
                }
                Some(_) => {
                    flaws.add(
                        Code::DuplicateField,
                        span,
                        format!("field `{name}` stands here twice"),
                        None,
                    );
                    self.skip_value()?;
                }
                None => {
                    let hint = (!flaws.is_full()).then(|| {
                        did_you_mean(name, known.iter().copied())
                            .unwrap_or_else(|| format!("{what} has {}", known.join(", ")))
                    });
                    flaws.add(
                        Code::UnknownField,
                        span,
                        format!("{what} has no field `{name}`"),
                        hint,
                    );
                    self.skip_value()?;
                }
            }
            if !self.take(b',')? && self.peek()? != Some(b')') {
                let mut flaw = self.unexpected(format_args!("`,` or the `)` of {what}"));
                if flaw.hint.is_none() && self.word()?.is_some() {
                    flaw.hint = Some("is a `,` missing before it?".to_owned());
                }
                return Err(flaw);
            }
        }
    }
}

/// How an optional value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// `None`.
    Absent,
    /// `Some(`, which a `)` must close.
    Wrapped,
    /// As it is.
    Plain,
}

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && text.chars().all(|next| next.is_alphanumeric() || next == '_')
}
