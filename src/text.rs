//! Text as it stands in columns: made harmless, measured, cut and wrapped.
//!
//! A column is a terminal cell. What the text means, and how it is coloured, is left to others. Which
//! texts are the same, however they are written, is told by [`same`].

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

mod formless;
pub mod order;
pub mod same;
mod words;
mod wrap;

pub use order::Direction;
pub use words::Words;
pub use wrap::{breaks, wrap, wrapped};

/// The mark that stands where text was cut.
pub const CUT: &str = "…";

/// Whether a terminal, or a reader's eye, could be led astray by this character: controls (C0,
/// DEL, C1), bidirectional overrides and isolates (Unicode UAX #9), characters without width or
/// form, and tags.
pub fn is_treacherous(character: char) -> bool {
    matches!(character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
        | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
        || formless::is_formless(character)
}

/// Whether a character only says how those beside it are to look: joiners, and selectors of a
/// variant. Emoji, Persian and Hindi need them; where they change nothing they hide something.
fn is_joiner(character: char) -> bool {
    matches!(character,
        '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a joiner has nothing to act on: at the beginning, after ASCII, or after another. A
/// selector may have a joiner behind it (`❤️‍🔥`), and turn a digit into a key (`1️⃣`).
fn is_idle(joiner: char, before: Option<char>) -> bool {
    match before {
        None => true,
        Some(before) if is_joiner(before) => {
            !matches!(joiner, '\u{200c}' | '\u{200d}') || matches!(before, '\u{200c}' | '\u{200d}')
        }
        Some('0'..='9' | '#' | '*') => joiner != '\u{fe0f}',
        Some(before) => before.is_ascii() || is_treacherous(before),
    }
}

/// The text with every treacherous character in a visible, harmless form: C0 controls as their
/// pictures (`␛`), all others as their code point (`⟨202E⟩`). A tab becomes a space.
pub fn visible(text: &str) -> Cow<'_, str> {
    if is_harmless(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut before = None;
    let mut marks = 0;
    for character in text.chars() {
        marks = if is_mark(character) { marks + 1 } else { 0 };
        let idle = marks > MOST_MARKS || is_joiner(character) && is_idle(character, before);
        before = (!idle).then_some(character);
        match character {
            '\t' => out.push(' '),
            '\0'..='\u{1f}' => {
                out.push(char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'));
            }
            '\u{7f}' => out.push('␡'),
            _ if idle || is_treacherous(character) => {
                out.push_str(&format!("⟨{:04X}⟩", u32::from(character)));
            }
            _ => out.push(character),
        }
    }
    Cow::Owned(out)
}

/// The most marks on one letter (UAX #15, 13, stream-safe text). Millions on one are one character
/// for a reader, which fits into a cell and takes a terminal minutes to draw.
const MOST_MARKS: usize = 30;

fn is_mark(character: char) -> bool {
    !character.is_ascii() && character.width() == Some(0)
}

/// Whether [`visible`] has nothing to do. Asked of every text that is drawn.
fn is_harmless(text: &str) -> bool {
    let mut marks = 0;
    let mut rest = text;
    loop {
        let plain = plain_beginning(rest.as_bytes());
        marks = if plain > 0 { 0 } else { marks };
        rest = rest.get(plain..).unwrap_or_default();
        let mut characters = rest.chars();
        let Some(character) = characters.next() else { return true };
        if is_treacherous(character) || is_joiner(character) {
            return false;
        }
        marks = if is_mark(character) { marks + 1 } else { 0 };
        if marks > MOST_MARKS {
            return false;
        }
        rest = characters.as_str();
    }
}

/// Whether a byte is a character of ASCII that takes a column.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// How many plain characters the text begins with.
fn plain_beginning(text: &[u8]) -> usize {
    const CHUNK: usize = 32;
    if !text.first().copied().is_some_and(is_plain) {
        return 0;
    }
    // Without a way out of the chunk the compiler tests all of it at once.
    let all_plain = |chunk: &&[u8]| chunk.iter().fold(true, |all, byte| all & is_plain(*byte));
    let whole = text.chunks_exact(CHUNK).take_while(all_plain).count() * CHUNK;
    let rest = text.get(whole..).unwrap_or_default();
    whole + rest.iter().take_while(|byte| is_plain(**byte)).count()
}

/// [`visible`], but for line breaks, which stay.
pub fn visible_lines(text: &str) -> String {
    text.split('\n').map(visible).collect::<Vec<_>>().join("\n")
}

/// The same JSON, with what could lead a terminal or an eye astray as escapes. Such characters
/// stand only in strings, where an escape means the same (RFC 8259, 7).
pub fn harmless_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for letter in json.chars() {
        if letter != '\n' && is_treacherous(letter) {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(letter);
        }
    }
    out
}

/// The longest word that can be a slip for another, in bytes. Measuring takes time and memory in
/// the product of both lengths, and a dataset may name things as long as it likes.
const LONGEST_SLIP: usize = 128;

/// How many letters must be put in, left out, changed or swapped to make one word of the other;
/// [`usize::MAX`] where neither can be a slip for the other.
pub fn distance(one: &str, other: &str) -> usize {
    if one.len().max(other.len()) > LONGEST_SLIP {
        return if one == other { 0 } else { usize::MAX };
    }
    strsim::damerau_levenshtein(one, other)
}

/// How many columns the text takes.
pub fn width(text: &str) -> usize {
    if plain_beginning(text.as_bytes()) == text.len() {
        return text.len();
    }
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// The longest beginning of the text that takes at most `columns`, never splitting what a reader
/// sees as one character.
pub fn prefix(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > columns {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

/// The text in at most `columns`, with a mark where it was cut.
pub fn clip(text: &str, columns: usize) -> Cow<'_, str> {
    if text.len() <= columns || prefix(text, columns).len() == text.len() {
        return Cow::Borrowed(text);
    }
    if columns == 0 {
        return Cow::Borrowed("");
    }
    Cow::Owned(format!("{}{CUT}", prefix(text, columns - 1).trim_end()))
}

/// The text clipped to `columns` and filled up with spaces on the right.
pub fn pad(text: &str, columns: usize) -> String {
    let clipped = clip(text, columns);
    let missing = columns.saturating_sub(width(&clipped));
    format!("{clipped}{}", " ".repeat(missing))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn treacherous_characters_become_visible() {
        for (text, shown) in [
            ("plain", "plain"),
            ("a\u{1b}[31mb", "a␛[31mb"),
            ("a\tb", "a b"),
            ("bell\u{7}", "bell␇"),
            ("\u{9b}2J", "⟨009B⟩2J"),
            ("\u{202e}txt", "⟨202E⟩txt"),
            ("zero\u{200b}width", "zero⟨200B⟩width"),
            ("family 👨‍👩‍👧", "family 👨‍👩‍👧"),
            ("❤️‍🔥 1️⃣ می‌خواهم", "❤️‍🔥 1️⃣ می‌خواهم"),
            ("pay\u{200d}pal \u{fe0f}a\u{fe01}", "pay⟨200D⟩pal ⟨FE0F⟩a⟨FE01⟩"),
            ("é\u{e0100}\u{e0101}\u{200c}\u{200c}", "é\u{e0100}⟨E0101⟩⟨200C⟩⟨200C⟩"),
            ("\u{e0041}\u{3164}", "⟨E0041⟩⟨3164⟩"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }

    #[test]
    fn no_letter_is_buried_in_marks() {
        let marks = |count: usize| "\u{301}".repeat(count);
        let few = format!("e{} x", marks(MOST_MARKS));
        assert_eq!(visible(&few), few);
        let many = format!("e{} x", marks(MOST_MARKS + 2));
        assert_eq!(visible(&many), format!("e{}⟨0301⟩⟨0301⟩ x", marks(MOST_MARKS)));
        assert_eq!(width(&clip(&visible(&marks(100_000)), 10)), 10);
    }

    #[test]
    fn clipping_keeps_characters_whole() {
        for (text, columns, shown) in [
            ("Bakhmut", 7, "Bakhmut"),
            ("Bakhmut", 6, "Bakhm…"),
            ("日本語", 5, "日本…"),
            ("日本語", 4, "日…"),
            ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
            ("anything", 1, "…"),
            ("anything", 0, ""),
        ] {
            assert_eq!(clip(text, columns), shown, "{text} in {columns}");
        }
    }

    proptest! {
        #[test]
        fn clipped_text_fits(text in "\\PC{0,40}", columns in 0usize..20) {
            prop_assert!(width(&clip(&text, columns)) <= columns);
        }
    }
}
