//! Characters that show nothing, or nothing that was ever agreed on.
//!
//! By properties rather than by name: what has no width and is no mark upon a letter, what Unicode
//! has not assigned, and the few blanks that it calls no spaces. What is private has whatever form
//! a font gives it.

use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// Whether a character has no form of its own. Joiners have none either, and are judged by what
/// stands beside them.
pub(super) fn is_formless(character: char) -> bool {
    // Where nearly all text stands, and all is assigned.
    let full = matches!(character,
        ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{400}'..='\u{52f}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
    !full
        && (is_blank(character)
            || is_unassigned(character)
            || is_without_width(character)
            || is_control(character))
}

/// Patterns, heads and fillers that are empty by name.
fn is_blank(character: char) -> bool {
    matches!(character, '\u{2800}' | '\u{16fe4}' | '\u{1d159}')
}

fn is_unassigned(character: char) -> bool {
    let private = matches!(character,
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}');
    !private && character.script() == Script::Unknown
}

fn is_without_width(character: char) -> bool {
    // Vowels and finals that make one syllable with what stands before them, and signs that reach
    // under the digits behind them (Prepended_Concatenation_Mark), are seen.
    let seen = matches!(character,
        '\u{1160}'..='\u{11ff}' | '\u{d7b0}'..='\u{d7fb}'
        | '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}'
        | '\u{110bd}' | '\u{110cd}' | '\u{200c}' | '\u{200d}');
    !seen && character.width() == Some(0) && !is_combining_mark(character)
}

/// Controls and format controls: those that no mark is ever put upon (UAX #29, GB4). Prepended signs
/// and joiners are none of them.
fn is_control(character: char) -> bool {
    let mut bytes = [0; 8];
    let length = character.encode_utf8(&mut bytes).len();
    let mark = '\u{301}'.encode_utf8(bytes.get_mut(length..).unwrap_or_default()).len();
    let both = bytes.get(..length + mark).and_then(|both| std::str::from_utf8(both).ok());
    both.is_some_and(|both| both.graphemes(true).count() == 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_form_is_known_by_its_properties() {
        for character in [
            '\u{2800}',
            '\u{13430}',
            '\u{1343f}',
            '\u{fdd0}',
            '\u{ffff}',
            '\u{10ffff}',
            '\u{378}',
            '\u{e0080}',
            '\u{1d173}',
            '\u{1bca0}',
            '\u{200b}',
            '\u{1d159}',
            '\u{2fff0}',
        ] {
            assert!(is_formless(character), "{:04X}", u32::from(character));
        }
        for character in [
            'a',
            'é',
            'ё',
            'ß',
            '字',
            '가',
            '\u{301}',
            '\u{1161}',
            '\u{600}',
            'अ',
            '\u{94d}',
            '—',
            '🦀',
            '\u{e0b0}',
            '\u{2801}',
            '\u{3000}',
            '\u{a0}',
            '\u{13000}',
            '\u{200d}',
            'ﬁ',
            '€',
            '\u{1f3fb}',
        ] {
            assert!(!is_formless(character), "{:04X}", u32::from(character));
        }
    }
}
