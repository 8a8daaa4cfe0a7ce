//! Bytes to text: UTF-8, or UTF-16 where a byte order mark says so; line breaks as `\n`.

use std::fmt;
use std::io::{self, Read};

/// How much is read at once, in bytes.
const CHUNK: usize = 1 << 16;

/// Bytes that are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoText {
    encoding: Encoding,
    /// Bytes before it.
    offset: u64,
    /// Its line, from 1.
    line: u64,
}

impl fmt::Display for NoText {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let NoText { encoding, offset, line } = self;
        let name = match encoding {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16 { .. } => "UTF-16, as its byte order mark says it is",
        };
        write!(
            out,
            "not {name}: byte {offset}, on line {line}, is no part of any character; save it as UTF-8"
        )
    }
}

impl std::error::Error for NoText {}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16 { big: bool },
}

/// A reader of UTF-8 over one of bytes. Tells how many bytes it has taken.
pub(super) struct Decoder<'a, R> {
    from: R,
    progress: &'a mut dyn FnMut(u64),
    /// Nothing before the first bytes have been looked at.
    encoding: Option<Encoding>,
    /// What the last read gave.
    taken: Vec<u8>,
    raw: Vec<u8>,
    ended: bool,
    text: Vec<u8>,
    at: usize,
    /// Whether a carriage return is held back until it is known what follows.
    held: bool,
    /// Bytes decoded so far.
    offset: u64,
    line: u64,
}

impl<'a, R: Read> Decoder<'a, R> {
    pub(super) fn new(from: R, progress: &'a mut dyn FnMut(u64)) -> Self {
        Decoder {
            from,
            progress,
            encoding: None,
            taken: vec![0; CHUNK],
            raw: Vec::new(),
            ended: false,
            text: Vec::new(),
            at: 0,
            held: false,
            offset: 0,
            line: 1,
        }
    }

    /// Takes more bytes, as many as there is room for.
    fn take(&mut self) -> io::Result<()> {
        while self.raw.len() < CHUNK && !self.ended {
            let room = CHUNK - self.raw.len();
            match self.from.read(self.taken.get_mut(..room).unwrap_or_default()) {
                Ok(0) => self.ended = true,
                Ok(got) => self.raw.extend_from_slice(self.taken.get(..got).unwrap_or_default()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        (self.progress)(self.offset.saturating_add(self.raw.len() as u64));
        Ok(())
    }

    fn fill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.at = 0;
        self.take()?;
        let encoding = match self.encoding {
            Some(encoding) => encoding,
            None => {
                let (encoding, mark) = match self.raw.as_slice() {
                    [0xef, 0xbb, 0xbf, ..] => (Encoding::Utf8, 3),
                    [0xff, 0xfe, ..] => (Encoding::Utf16 { big: false }, 2),
                    [0xfe, 0xff, ..] => (Encoding::Utf16 { big: true }, 2),
                    _ => (Encoding::Utf8, 0),
                };
                self.drop_raw(mark);
                *self.encoding.insert(encoding)
            }
        };
        match encoding {
            Encoding::Utf8 => self.utf8(),
            Encoding::Utf16 { big } => self.utf16(big),
        }
    }

    fn drop_raw(&mut self, bytes: usize) {
        self.raw.drain(..bytes.min(self.raw.len()));
        self.offset = self.offset.saturating_add(bytes as u64);
    }

    fn utf8(&mut self) -> io::Result<()> {
        let raw = std::mem::take(&mut self.raw);
        let (valid, broken) = match std::str::from_utf8(&raw) {
            Ok(_) => (raw.len(), false),
            Err(error) => (error.valid_up_to(), error.error_len().is_some() || self.ended),
        };
        self.push(raw.get(..valid).unwrap_or_default());
        self.raw = raw;
        self.drop_raw(valid);
        if broken && self.text.is_empty() {
            return Err(self.no_text(Encoding::Utf8));
        }
        Ok(())
    }

    fn utf16(&mut self, big: bool) -> io::Result<()> {
        let read = |pair: &[u8]| match *pair {
            [a, b] if big => u16::from_be_bytes([a, b]),
            [a, b] => u16::from_le_bytes([a, b]),
            _ => 0,
        };
        let units: Vec<u16> = self.raw.chunks_exact(2).map(read).collect();
        let mut used = 0usize;
        let mut text = String::with_capacity(units.len());
        let mut broken = !self.raw.len().is_multiple_of(2) && self.ended;
        for letter in char::decode_utf16(units.iter().copied()) {
            match letter {
                Ok(letter) => {
                    text.push(letter);
                    used += letter.len_utf16();
                }
                // Its other half may come with the next bytes.
                Err(_) if used + 1 == units.len() && !self.ended => break,
                Err(_) => {
                    broken = true;
                    break;
                }
            }
        }
        self.push(text.as_bytes());
        self.drop_raw(used * 2);
        if broken && self.text.is_empty() {
            return Err(self.no_text(Encoding::Utf16 { big }));
        }
        Ok(())
    }

    /// Adds text, with `\n` for `\r\n`.
    fn push(&mut self, text: &[u8]) {
        let mut rest = text;
        if self.held && !rest.is_empty() {
            if rest.first() != Some(&b'\n') {
                self.text.push(b'\r');
            }
            self.held = false;
        }
        while let Some(at) = memchr::memchr(b'\r', rest) {
            self.text.extend_from_slice(rest.get(..at).unwrap_or_default());
            rest = rest.get(at + 1..).unwrap_or_default();
            match rest.first() {
                Some(b'\n') => {}
                Some(_) => self.text.push(b'\r'),
                None => self.held = true,
            }
        }
        self.text.extend_from_slice(rest);
        if self.held && self.ended {
            self.text.push(b'\r');
            self.held = false;
        }
        let lines = memchr::memchr_iter(b'\n', &self.text).count() as u64;
        self.line = self.line.saturating_add(lines);
    }

    fn no_text(&self, encoding: Encoding) -> io::Error {
        let place = NoText { encoding, offset: self.offset, line: self.line };
        io::Error::new(io::ErrorKind::InvalidData, place)
    }
}

impl<R: Read> Read for Decoder<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at >= self.text.len() {
            if self.ended && self.raw.is_empty() && self.encoding.is_some() {
                return Ok(0);
            }
            self.fill()?;
        }
        let rest = self.text.get(self.at..).unwrap_or_default();
        let count = rest.len().min(into.len());
        let (Some(to), Some(from)) = (into.get_mut(..count), rest.get(..count)) else {
            return Ok(0);
        };
        to.copy_from_slice(from);
        self.at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Gives few bytes at a time, as a pipe may.
    struct Drip<'a>(&'a [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(into.len());
            let (now, later) = self.0.split_at(count);
            into[..count].copy_from_slice(now);
            self.0 = later;
            Ok(count)
        }
    }

    fn decode(bytes: &[u8]) -> Result<String, String> {
        decode_by(bytes, 3)
    }

    fn decode_by(bytes: &[u8], step: usize) -> Result<String, String> {
        let mut text = String::new();
        Decoder::new(Drip(bytes, step), &mut |_| {})
            .read_to_string(&mut text)
            .map(|_| text)
            .map_err(|error| error.to_string())
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn byte_order_marks_tell_the_encoding() {
        for text in ["", "Fälle, 日本 👩", "a\nb\n"] {
            assert_eq!(decode(text.as_bytes()).unwrap(), text);
            assert_eq!(decode(format!("\u{feff}{text}").as_bytes()).unwrap(), text);
            assert_eq!(decode(&utf16(text, true)).unwrap(), text);
            assert_eq!(decode(&utf16(text, false)).unwrap(), text);
        }
    }

    #[test]
    fn line_breaks_are_made_one_kind() {
        for (bytes, text) in
            [("a\r\nb\r\n", "a\nb\n"), ("a\rb\r", "a\rb\r"), ("\r\r\n\n", "\r\n\n")]
        {
            assert_eq!(decode(bytes.as_bytes()).unwrap(), text);
        }
    }

    #[test]
    fn what_is_no_text_is_told_with_its_place() {
        for (bytes, place) in [
            (&b"a\nb\xffc"[..], "not UTF-8: byte 3, on line 2"),
            (b"a\xc3", "not UTF-8: byte 1, on line 1"),
            (
                b"\xff\xfea\0\0\xd8",
                "not UTF-16, as its byte order mark says it is: byte 4, on line 1",
            ),
            (b"\xff\xfea\0b", "not UTF-16, as its byte order mark says it is: byte 4, on line 1"),
        ] {
            let error = decode(bytes).unwrap_err();
            assert!(error.starts_with(place), "{error}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn long_texts_come_through(text in "[a-zé日👩\r\n]{0,40}", times in 0usize..3000) {
            let text = text.repeat(times);
            let wanted = text.replace("\r\n", "\n");
            let back = decode_by(&utf16(&text, true), 4099);
            prop_assert!(back.is_ok_and(|back| back == wanted));
            let back = decode_by(text.as_bytes(), 4099);
            prop_assert!(back.is_ok_and(|back| back == wanted));
        }
    }
}
