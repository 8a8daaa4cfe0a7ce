//! Text as it stands in columns: made harmless, measured, cut and wrapped.
//!
//! A column is a terminal cell. What the text means, and how it is coloured, is left to others.

use std::borrow::Cow;

use textwrap::WordSeparator;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The mark that stands where text was cut.
pub const CUT: &str = "…";

/// Whether a terminal, or a reader's eye, could be led astray by this character: controls (C0,
/// DEL, C1), bidirectional overrides and isolates (Unicode UAX #9), characters without width, and
/// tags.
pub fn is_treacherous(character: char) -> bool {
    matches!(character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{61c}' | '\u{180e}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

/// The text with every treacherous character in a visible, harmless form: C0 controls as their
/// pictures (`␛`), all others as their code point (`⟨202E⟩`). A tab becomes a space.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_treacherous) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '\t' => out.push(' '),
            '\0'..='\u{1f}' => {
                out.push(char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'));
            }
            '\u{7f}' => out.push('␡'),
            _ if is_treacherous(character) => {
                out.push_str(&format!("⟨{:04X}⟩", u32::from(character)));
            }
            _ => out.push(character),
        }
    }
    Cow::Owned(out)
}

/// [`visible`], but for line breaks, which stay.
pub fn visible_lines(text: &str) -> String {
    text.split('\n').map(visible).collect::<Vec<_>>().join("\n")
}

/// How many columns the text takes.
pub fn width(text: &str) -> usize {
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
    if text.len() <= columns || width(text) <= columns {
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

/// Breaks the text into lines of at most `columns`, on the boundaries that Unicode allows
/// (UAX #14); a word that is longer breaks between characters as a reader sees them (UAX #29).
/// Line breaks in the text are kept. Never empty. The text is made [`visible`] first.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        wrap_paragraph(&visible(paragraph.trim_end_matches('\r')), columns, &mut lines);
    }
    lines
}

fn wrap_paragraph(text: &str, columns: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut used = 0;
    // Spaces are held back until a word follows, so that no line ends in one.
    let mut held = 0;
    for word in WordSeparator::UnicodeBreakProperties.find_words(text) {
        let wide = width(word.word);
        if used + held + wide > columns {
            if used > 0 {
                lines.push(std::mem::take(&mut line));
            }
            (used, held) = (0, 0);
        }
        line.extend(std::iter::repeat_n(' ', held));
        used += held;
        if wide <= columns {
            line.push_str(word.word);
            used += wide;
        } else {
            for grapheme in word.word.graphemes(true) {
                let wide = grapheme.width();
                if used > 0 && used + wide > columns {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push_str(grapheme);
                used += wide;
            }
        }
        held = word.whitespace.len();
    }
    lines.push(line);
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
        ] {
            assert_eq!(visible(text), shown);
        }
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

    #[test]
    fn wrapping_breaks_between_words_then_characters() {
        assert_eq!(wrap("over 100,000 casualties", 12), ["over 100,000", "casualties"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("日本語の文", 4), ["日本", "語の", "文"]);
        assert_eq!(wrap("one\n\ntwo", 9), ["one", "", "two"]);
        assert_eq!(wrap("", 9), [""]);
        assert_eq!(wrap("x", 0), ["x"]);
    }

    proptest! {
        #[test]
        fn wrapped_lines_fit_and_lose_nothing(text in "[a-zé日👩 \u{301}]{0,60}", columns in 2usize..30) {
            let lines = wrap(&text, columns);
            for line in &lines {
                prop_assert!(width(line) <= columns, "{line:?} is wider than {columns}");
            }
            let squeeze = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(squeeze(&lines.concat()), squeeze(&text));
        }

        #[test]
        fn clipped_text_fits(text in "\\PC{0,40}", columns in 0usize..20) {
            prop_assert!(width(&clip(&text, columns)) <= columns);
        }
    }
}
