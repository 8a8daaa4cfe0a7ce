//! Text broken into lines.
//!
//! Where Unicode allows a break takes tables and time. Most words need none: letters, with a space
//! before them and one after (UAX #14, LB18). Those are told at a glance, so that a record of a
//! megabyte is laid out between two keys; all else goes to the tables.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use textwrap::WordSeparator;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::{Direction, Words, is_harmless, visible_lines, width};

/// Breaks the text into lines of at most `columns`, on the boundaries that Unicode allows
/// (UAX #14); a word that is longer breaks between characters as a reader sees them (UAX #29).
/// Line breaks in the text are kept. Never empty. The text is made [`visible`] first.
///
/// [`visible`]: crate::text::visible
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    wrapped(text, columns).iter().map(|line| String::from(&**line)).collect()
}

/// [`wrap`], its lines being parts of one text.
pub fn wrapped(text: &str, columns: usize) -> Vec<Words> {
    let text: Arc<str> = if text.split('\n').all(is_harmless) {
        text.into()
    } else {
        let paragraphs = text.split('\n').map(|paragraph| paragraph.trim_end_matches('\r'));
        visible_lines(&paragraphs.collect::<Vec<_>>().join("\n")).into()
    };
    let mut paragraph = 0..0;
    let mut direction = Direction::default();
    let line = |line: Range<usize>| {
        if line.start >= paragraph.end {
            let rest = text.get(line.start..).unwrap_or_default();
            let end = rest.find('\n').map_or(text.len() + 1, |end| line.start + end + 1);
            paragraph = line.start..end;
            direction = Direction::of(rest.get(..end - line.start).unwrap_or(rest));
        }
        Words::of(&text, line, direction)
    };
    breaks(&text, columns).into_iter().map(line).collect()
}

/// Where the lines of [`wrap`] stand in a text that is visible already, in bytes.
pub fn breaks(text: &str, columns: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut from = 0;
    for paragraph in text.split('\n') {
        break_paragraph(paragraph, columns.max(1), |line| {
            lines.push(from + line.start..from + line.end);
        });
        from += paragraph.len() + 1;
    }
    lines
}

fn break_paragraph(text: &str, columns: usize, mut push: impl FnMut(Range<usize>)) {
    let mut line = 0..0;
    let mut used = 0;
    // Spaces are held back until a word follows, so that no line ends in one.
    let mut held = 0;
    find_words(text, |word| {
        if used + held + word.wide > columns {
            if !line.is_empty() {
                push(line.clone());
            }
            line.start = word.place.start;
            (used, held) = (0, 0);
        }
        used += held;
        if word.wide > columns {
            let letters = text.get(word.place.clone()).unwrap_or_default();
            for (at, wide) in letters.grapheme_indices(true).map(|(at, it)| (at, it.width())) {
                let at = word.place.start + at;
                if used > 0 && used + wide > columns {
                    push(line.start..at);
                    line.start = at;
                    used = 0;
                }
                used += wide;
            }
        } else {
            used += word.wide;
        }
        line.end = word.place.end;
        held = word.spaces;
    });
    push(line);
}

/// What stands between two boundaries at which a line may break.
struct Word {
    /// Where it stands, without the spaces after it.
    place: Range<usize>,
    /// How many columns it takes.
    wide: usize,
    /// How many spaces follow.
    spaces: usize,
}

/// Shows all words of a text in order.
fn find_words(text: &str, mut see: impl FnMut(Word)) {
    let mut from = 0;
    while from < text.len() {
        if let Some(word) = plain_word(text.as_bytes(), from) {
            from = word.place.end + word.spaces;
            see(word);
            continue;
        }
        let end = sure_boundary(text.as_bytes(), from);
        let unsure = with_end(text.get(from..end).unwrap_or_default());
        for word in WordSeparator::UnicodeBreakProperties.find_words(&unsure) {
            let place = from..from + word.word.len();
            let spaces = word.whitespace.len();
            from = place.end + spaces;
            see(Word { place, wide: width(word.word), spaces });
        }
        from = end;
    }
}

/// The text so that it ends in no hyphen, before which the last boundary would be lost.
fn with_end(text: &str) -> Cow<'_, str> {
    if text.ends_with('-') { Cow::Owned(format!("{text} ")) } else { Cow::Borrowed(text) }
}

/// The word that begins here, where it is of letters, digits and a few signs, and where after its
/// spaces another letter or digit follows or nothing.
fn plain_word(text: &[u8], from: usize) -> Option<Word> {
    let mut end = from;
    let mut wide = 0;
    while let Some(bytes) = letter(text, end).or_else(|| joint(text, end)) {
        end += bytes;
        wide += 1;
    }
    if wide == 0 {
        return None;
    }
    let stops = text.get(end..)?.iter().take_while(|byte| is_stop(**byte)).count();
    end += stops;
    let spaces = text.get(end..)?.iter().take_while(|byte| **byte == b' ').count();
    let next = end + spaces;
    let sure = next == text.len() || (spaces > 0 && letter(text, next).is_some());
    sure.then_some(Word { place: from..end, wide: wide + stops, spaces })
}

/// The next place where surely a word begins, whatever stands around; else the end of the text.
fn sure_boundary(text: &[u8], from: usize) -> usize {
    let mut at = from;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let Some(space) = rest.iter().position(|byte| *byte == b' ') else { return text.len() };
        let before = at + space;
        let spaces = rest.iter().skip(space).take_while(|byte| **byte == b' ').count();
        at = before + spaces;
        let plain = before > from && ends_plainly(text, before);
        if plain && letter(text, at).is_some() {
            return at;
        }
    }
}

/// Whether a letter, a digit or a stop stands before this place.
fn ends_plainly(text: &[u8], place: usize) -> bool {
    let before = |bytes| place.checked_sub(bytes);
    before(1).is_some_and(|at| text.get(at).is_some_and(|byte| is_stop(*byte)))
        || before(1).is_some_and(|at| letter(text, at) == Some(1))
        || before(2).is_some_and(|at| letter(text, at) == Some(2))
}

/// How many bytes the letter or digit here has, if it is of the Latin, Greek or Cyrillic script and
/// takes one column: all of UAX #14's class AL or NU.
fn letter(text: &[u8], at: usize) -> Option<usize> {
    let first = *text.get(at)?;
    if first.is_ascii_alphanumeric() {
        return Some(1);
    }
    let second = *text.get(at + 1)?;
    let known = match first {
        // À to ÿ, without × and ÷.
        0xc3 => second != 0x97 && second != 0xb7,
        // Ā to ſ, and Ѐ to ѿ.
        0xc4 | 0xc5 | 0xd0 | 0xd1 => true,
        // Α to ώ.
        0xce => (0x91..=0xbf).contains(&second) && second != 0xa2,
        0xcf => (0x80..=0x8e).contains(&second),
        _ => false,
    };
    known.then_some(2)
}

/// A hyphen or an apostrophe between letters, a comma or a point between digits: no break there.
fn joint(text: &[u8], at: usize) -> Option<usize> {
    let [before, sign] = *text.get(at.checked_sub(1)?..=at)? else { return None };
    let after = *text.get(at + 1)?;
    let joins = match sign {
        b'-' | b'\'' => before.is_ascii_alphabetic() && after.is_ascii_alphabetic(),
        b',' | b'.' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    };
    joins.then_some(1)
}

/// Whether this ends a word, and never begins one after a space.
fn is_stop(byte: u8) -> bool {
    matches!(byte, b'.' | b',' | b';' | b':' | b'!' | b'?')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::visible;

    #[test]
    fn wrapping_breaks_between_words_then_characters() {
        assert_eq!(wrap("over 100,000 casualties", 12), ["over 100,000", "casualties"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("日本語の文", 4), ["日本", "語の", "文"]);
        assert_eq!(wrap("one\n\ntwo", 9), ["one", "", "two"]);
        assert_eq!(wrap("one\r\ntwo\r", 9), ["one", "two"]);
        assert_eq!(wrap("a\tb\u{1b}", 9), ["a b␛"]);
        assert_eq!(wrap("over the-", 6), ["over", "the-"]);
        assert_eq!(wrap("“over” the-", 8), ["“over”", "the-"]);
        assert_eq!(wrap("", 9), [""]);
        assert_eq!(wrap("x", 0), ["x"]);
    }

    /// What [`wrap`] is to do, with all words from the tables.
    fn naively(text: &str, columns: usize) -> Vec<String> {
        let mut lines = Vec::new();
        for paragraph in text.split('\n') {
            let text = &visible(paragraph.trim_end_matches('\r'));
            let (mut line, mut used, mut held) = (String::new(), 0, 0);
            for word in WordSeparator::UnicodeBreakProperties.find_words(&with_end(text)) {
                let wide = word.word.graphemes(true).map(UnicodeWidthStr::width).sum::<usize>();
                if used + held + wide > columns {
                    if !line.is_empty() {
                        lines.push(std::mem::take(&mut line));
                    }
                    (used, held) = (0, 0);
                }
                line.extend(std::iter::repeat_n(' ', held));
                used += held;
                for grapheme in word.word.graphemes(true) {
                    if wide > columns && used > 0 && used + grapheme.width() > columns {
                        lines.push(std::mem::take(&mut line));
                        used = 0;
                    }
                    line.push_str(grapheme);
                    used += grapheme.width();
                }
                held = word.whitespace.len();
            }
            lines.push(line);
        }
        lines
    }

    #[test]
    fn every_letter_told_at_a_glance_is_one_to_the_tables() {
        let letters: Vec<char> = ('\0'..='\u{2ff}').chain('\u{370}'..='\u{5ff}').collect();
        let told = |it: &char| letter(it.to_string().as_bytes(), 0) == Some(it.len_utf8());
        let told: Vec<char> = letters.into_iter().filter(told).collect();
        assert_eq!(told.len(), 62 + 62 + 128 + 128 + 46 + 15);
        for it in told {
            assert_eq!(width(&it.to_string()), 1, "{it}");
            for text in [format!("{it}{it} {it}x  9{it} x{it}"), format!("x, {it}. {it}! 1 {it}")] {
                for columns in 1..12 {
                    assert_eq!(wrap(&text, columns), naively(&text, columns), "{text}");
                }
            }
        }
    }

    /// Words and signs that stand where rules of UAX #14 meet.
    fn text() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            4 => "[a-zA-Z0-9]{1,6}",
            4 => " {1,3}",
            3 => "[\\PC]",
            2 => "[.,;:!?'\\-]{1,2}",
            2 => "[()\\[\\]“”‘’«»\"/%$€+–—…]",
            1 => "[éößžłΩЖя×÷ªſ\u{301}\u{a0}\u{2011}日本👩🇩ไ]",
            1 => "[\\n\\r\\t]",
        ];
        proptest::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn lines_are_those_of_the_tables(text in text(), columns in 1usize..20) {
            prop_assert_eq!(wrap(&text, columns), naively(&text, columns));
        }

        #[test]
        fn wrapped_lines_fit_and_lose_nothing(text in "[a-zé日👩 \u{301}]{0,60}", columns in 2usize..30) {
            let lines = wrap(&text, columns);
            for line in &lines {
                prop_assert!(width(line) <= columns, "{line:?} is wider than {columns}");
            }
            let squeeze = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(squeeze(&lines.concat()), squeeze(&text));
        }
    }
}
