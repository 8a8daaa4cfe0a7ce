//! Words in the strings of a record that is plainly written: with nothing in it but plain strings,
//! so that its quotation marks tell where they are, and what stands before one which it is.

use std::ops::Range;

use memchr::memchr_iter;

use crate::query::scan::Glance;
use crate::query::scan::block::{self, BLOCK, Byte};
use crate::query::scan::run::{Run, Telling};

/// Whether a searched string of a record has the run in it, the record being a part of the text.
pub(super) fn hold(run: &Run, text: &str, record: Range<usize>) -> Glance {
    match run.telling() {
        Telling::One(bytes) => hold_by(run, bytes, text, record),
        Telling::Two(bytes) => hold_by(run, bytes, text, record),
        Telling::Three(bytes) => hold_by(run, bytes, text, record),
    }
}

fn hold_by<const N: usize>(run: &Run, by: &[Byte; N], text: &str, record: Range<usize>) -> Glance {
    let bytes = text.as_bytes();
    let mut strings = Strings::new(bytes, record.clone());
    // The string that was looked at last, by its first mark, and whether it is searched.
    let mut known = None;
    for at in record.clone().step_by(BLOCK) {
        let hits = block::places(bytes, at, by);
        if hits == 0 {
            continue;
        }
        let last = strings.go_to(at);
        let (marks, inside) = strings.here();
        for place in block::each(hits & inside) {
            let hit = at + place;
            if !run.all_at(text, hit) {
                continue;
            }
            let before = marks & block::below(place);
            let start = match before.checked_ilog2() {
                Some(place) => at + place as usize,
                None => last,
            };
            let searched = match known {
                Some((mark, searched)) if mark == start => searched,
                _ => {
                    let before = bytes.get(record.start..start).unwrap_or_default();
                    let Some(searched) = is_searched(before) else { return Glance::Perhaps };
                    known = Some((start, searched));
                    searched
                }
            };
            if searched && run.fits_within(text, start + 1, hit) {
                return Glance::Yes;
            }
        }
    }
    Glance::No
}

/// Where in a record strings are, block by block.
struct Strings<'a> {
    text: &'a [u8],
    end: usize,
    /// The block that is next.
    at: usize,
    /// Whether a string is open where it begins, and where the last mark before it is.
    open: bool,
    last: usize,
}

impl<'a> Strings<'a> {
    fn new(text: &'a [u8], record: Range<usize>) -> Self {
        let Range { start, end } = record;
        Strings { text, end, at: start, open: false, last: start }
    }

    /// Goes on to a block; gives where the last mark before it is.
    #[inline(always)]
    fn go_to(&mut self, at: usize) -> usize {
        while self.at < at {
            let (marks, inside) = self.here();
            if let Some(place) = marks.checked_ilog2() {
                self.last = self.at + place as usize;
            }
            self.open = inside >> (BLOCK - 1) == 1;
            self.at += BLOCK;
        }
        self.last
    }

    /// The marks in the block, and the places inside of strings. Beyond the record none is inside.
    #[inline(always)]
    fn here(&self) -> (u64, u64) {
        let mark = [Byte::new(b'"', b'"', 0)];
        let own = block::below(self.end.saturating_sub(self.at));
        let marks = block::places(self.text, self.at, &mark) & own;
        let odd = block::odd(marks);
        (marks, if self.open { !odd } else { odd })
    }
}

/// Whether this is so of a searched string of a record.
pub(in crate::query) fn any_searched(record: &str, mut so: impl FnMut(&str) -> bool) -> Glance {
    let bytes = record.as_bytes();
    let mut marks = memchr_iter(b'"', bytes);
    while let (Some(start), Some(end)) = (marks.next(), marks.next()) {
        let string = record.get(start + 1..end).unwrap_or_default();
        let searched = is_searched(bytes.get(..start).unwrap_or_default());
        if searched != Some(false) && so(string) {
            return if searched.is_some() { Glance::Yes } else { Glance::Perhaps };
        }
    }
    Glance::No
}

/// Whether the string that begins behind this text is a value of a field that is searched;
/// nothing where that cannot be told. Items of lists are names, which are looked up elsewhere.
fn is_searched(before: &[u8]) -> Option<bool> {
    // Most strings are these, written like this.
    if before.ends_with(b" headline: ") || before.ends_with(b"(text: ") {
        return Some(true);
    }
    if before.ends_with(b" date: ") || before.ends_with(b" speaker: ") {
        return Some(false);
    }
    let before = before.trim_ascii_end();
    let before = match before {
        [before @ .., b':'] => before,
        [.., b',' | b'['] => return Some(false),
        [before @ .., b'('] => {
            let before = before.trim_ascii_end().strip_suffix(b"Some")?.trim_ascii_end();
            match before {
                [before @ .., b':'] => before,
                [.., b',' | b'['] => return Some(false),
                _ => return None,
            }
        }
        _ => return None,
    };
    let before = before.trim_ascii_end();
    let length = before.iter().rev().take_while(|byte| byte.is_ascii_lowercase() || **byte == b'_');
    let name = before.get(before.len() - length.count()..)?;
    Some(matches!(
        name,
        b"id"
            | b"headline"
            | b"role"
            | b"venue"
            | b"paraphrase"
            | b"text"
            | b"basis"
            | b"note"
            | b"measure"
            | b"of"
            | b"place"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_told_from_its_record() {
        let gap = " ".repeat(70);
        let written = [
            r#"Statement(id: "x", headline: "one", tags: ["two"], speaker: "one three","#
                .to_owned(),
            format!(r#"headline:{gap}Some("{gap}four{gap}"), date: "five, six", text: "six"),"#),
            format!(r#"quotes: [{gap}Quote(text: "{gap}seven, six"{gap})], unknown {gap}"eight")"#),
            r#"Statement(id: "next", headline: "nine")"#.to_owned(),
        ];
        let text = written.concat();
        let end = text.find(r#"Statement(id: "next""#).unwrap();
        for before in [0, 1, 13, 63] {
            let text = format!("{}{text}", "(".repeat(before));
            for (words, expected) in [
                ("one", Glance::Yes),
                ("two", Glance::No),
                ("three", Glance::No),
                ("four", Glance::Yes),
                ("five", Glance::No),
                ("six", Glance::Yes),
                ("seven, six", Glance::Yes),
                ("seven six", Glance::No),
                ("eight", Glance::Perhaps),
                ("headline", Glance::No),
                ("nine", Glance::No),
                ("n", Glance::Yes),
                ("q", Glance::No),
            ] {
                let run = Run::new(words, false).unwrap();
                let record = before..before + end;
                assert_eq!(hold(&run, &text, record), expected, "{words} at {before}");
            }
        }
    }
}
