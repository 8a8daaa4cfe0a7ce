//! Characters and texts as words are compared: without upper and lower case, kinds of quotation
//! marks, of dashes and of white space.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Shows each character of the text as it is compared, with its place in the text.
pub(super) fn fold(text: &str, cased: bool, mut see: impl FnMut(usize, char)) {
    let mut after_space = false;
    for (at, character) in text.char_indices() {
        let space = character.is_whitespace();
        if !(space && after_space) {
            see(at, if space { ' ' } else { fold_character(character, cased) });
        }
        after_space = space;
    }
}

/// Simple folding, one character to one; accents stay.
pub(super) fn fold_character(character: char, cased: bool) -> char {
    if character.is_ascii() {
        return if cased { character } else { character.to_ascii_lowercase() };
    }
    let character = match character {
        '\u{2018}'..='\u{201b}' | '\u{2bc}' => '\'',
        '\u{201c}'..='\u{201f}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        other => other,
    };
    if cased {
        return character;
    }
    match character {
        'ς' => 'σ',
        'ſ' => 's',
        _ => {
            let mut lower = character.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(only), None) => only,
                _ => character,
            }
        }
    }
}

/// All characters that are compared as this one, which is folded; itself the first.
pub(super) fn unfolded(wanted: char, cased: bool) -> Vec<char> {
    static OTHERS: OnceLock<HashMap<char, Vec<char>>> = OnceLock::new();
    let others = OTHERS.get_or_init(|| {
        let mut others: HashMap<char, Vec<char>> = HashMap::new();
        for character in '\0'..=LAST_FOLDED {
            let folded = fold_character(character, false);
            if folded != character {
                others.entry(folded).or_default().push(character);
            }
        }
        others
    });
    let others = others.get(&wanted).into_iter().flatten();
    // With both cases apart, fewer are the same.
    let same = |other: &&char| fold_character(**other, cased) == wanted;
    std::iter::once(wanted).chain(others.filter(same).copied()).collect()
}

/// Characters beyond ASCII that are compared as letters of ASCII, where cases are not told apart.
pub(super) const HIDDEN: [char; 2] = ['\u{17f}', '\u{212a}'];

/// No character beyond this is compared as another: those of the supplementary planes from 2 on
/// have no case (Unicode 17, 2.8).
const LAST_FOLDED: char = '\u{1ffff}';

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_is_folded_beyond_the_last() {
        let beyond = char::from_u32(u32::from(LAST_FOLDED) + 1).unwrap();
        assert!(
            (beyond..=char::MAX).all(|character| fold_character(character, false) == character)
        );
        let hidden = ('\u{80}'..=LAST_FOLDED)
            .filter(|character| fold_character(*character, false).is_ascii_alphanumeric());
        assert!(hidden.eq(HIDDEN));
    }

    #[test]
    fn characters_are_those_that_are_compared_as_one() {
        for (wanted, cased, expected) in [
            ('k', false, "kK\u{212a}"),
            ('k', true, "k"),
            ('ł', false, "łŁ"),
            ('ж', false, "жЖ"),
            ('Ж', true, "Ж"),
            ('σ', false, "σΣς"),
            ('-', true, "-‐‑‒–—―−"),
            ('戦', false, "戦"),
        ] {
            assert_eq!(unfolded(wanted, cased), expected.chars().collect::<Vec<_>>(), "{wanted}");
        }
    }
}
