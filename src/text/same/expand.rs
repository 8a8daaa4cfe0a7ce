//! What each character is made of, when texts are compared.

use caseless::Caseless;
use unicode_normalization::char::decompose_compatible;

use crate::text::same::Folding;

/// Shows what a character is made of: nothing for one that cannot be seen.
pub(super) fn expand(character: char, how: Folding, see: &mut impl FnMut(char)) {
    if is_invisible(character) {
        return;
    }
    if let Some(sign) = sign(character) {
        return see(sign);
    }
    if let Some(digit) = raised(character).filter(|_| how.plain) {
        see(digit);
        return see(RAISED);
    }
    decompose_compatible(character, |part| {
        if is_invisible(part) {
            return;
        }
        match sign(part) {
            Some(sign) => see(sign),
            None => in_case(part, how, |part| {
                decompose_compatible(part, |part| match stroked(part).filter(|_| how.plain) {
                    Some((plain, mark)) => plain.chars().for_each(|plain| {
                        see(plain);
                        see(mark);
                    }),
                    None => see(part),
                });
            }),
        }
    });
}

/// Full case folding. With both cases apart a small letter is still the same as another: `ß` as
/// `ss`, `ς` as `σ`.
fn in_case(character: char, how: Folding, mut see: impl FnMut(char)) {
    // It becomes one only in its place among other marks.
    if character == IOTA_BELOW {
        return see(character);
    }
    if how.cased {
        if character == 'ẞ' {
            return "SS".chars().for_each(see);
        }
        let mut folded = std::iter::once(character).default_case_fold();
        if character.is_uppercase() || folded.any(char::is_uppercase) {
            return see(character);
        }
    }
    std::iter::once(character).default_case_fold().for_each(&mut see);
}

/// What cannot be seen: the characters with `Default_Ignorable_Code_Point` (UAX #44), and the
/// signs around annotations between lines.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// The one sign that stands for all of a kind: of blanks, dashes, and quotation marks. A sign for
/// minutes, an accent by itself and an apostrophe as a letter are written where a mark is meant.
fn sign(character: char) -> Option<char> {
    if character.is_whitespace() {
        return Some(' ');
    }
    KINDS.iter().find(|(_, kind)| kind.contains(&character)).map(|(sign, _)| *sign)
}

/// The kinds of signs, each with the one that stands for all.
const KINDS: [(char, &[char]); 3] = [
    (
        '\'',
        &[
            '`', '´', '‘', '’', '‚', '‛', '‹', '›', '′', '‵', 'ʹ', 'ʻ', 'ʼ', 'ʽ', 'ˈ', '׳', 'ꞌ',
            '❛', '❜', '＇', '｀',
        ],
    ),
    (
        '"',
        &[
            '“', '”', '„', '‟', '«', '»', '″', '‶', 'ʺ', '״', '❝', '❞', '〝', '〞', '〟', '「',
            '」', '『', '』', '﹁', '﹂', '﹃', '﹄', '｢', '｣', '＂',
        ],
    ),
    (
        '-',
        &['‐', '‑', '‒', '–', '—', '―', '−', '⁃', '⁻', '₋', '⸺', '⸻', '﹘', '﹣', '－', '֊', '־'],
    ),
];

/// The signs for which one stands that is folded.
pub(super) fn signs_for(folded: char) -> impl Iterator<Item = char> {
    let kind = KINDS.iter().find(|(sign, _)| *sign == folded);
    kind.into_iter().flat_map(|(_, kind)| kind.iter().copied())
}

/// The digit that stands raised or lowered: `m²` is found by `m2`, but 10⁶ is not 106.
fn raised(character: char) -> Option<char> {
    if !matches!(character, '²' | '³' | '¹' | '⁰'..='⁹' | '₀'..='₉') {
        return None;
    }
    let mut digit = None;
    decompose_compatible(character, |part| digit = Some(part).filter(char::is_ascii_digit));
    digit
}

/// As case goes it is a letter, ι; where marks fall away, it is a mark like others.
pub(super) const IOTA_BELOW: char = '\u{345}';

// Stand for marks that no character stands for, and are none themselves (The Unicode Standard,
// 23.7).
const STROKE: char = '\u{fdd0}';
const JOINED: char = '\u{fdd1}';
const DOTLESS: char = '\u{fdd2}';
const RAISED: char = '\u{fdd3}';

/// Whether it is a mark that only a folded text has.
pub(super) fn is_own_mark(mark: char) -> bool {
    matches!(mark, STROKE..=RAISED)
}

/// The letter ё and its capital: of Cyrillic letters with a mark the only one that is written
/// without it as often as not.
pub(super) const YO: [(char, char); 2] = [('е', '\u{308}'), ('Е', '\u{308}')];

/// The plain letter for one with a stroke, a bar or a hook through it, for `ı`, and the two that
/// are written as one. Unicode has no decomposition for them.
fn stroked(letter: char) -> Option<(&'static str, char)> {
    let lower = letter.to_lowercase().next().unwrap_or(letter);
    let (plain, mark) = match lower {
        'ⱥ' => (["a", "A"], STROKE),
        'ƀ' | 'ɓ' => (["b", "B"], STROKE),
        'ȼ' => (["c", "C"], STROKE),
        'đ' | 'ɗ' => (["d", "D"], STROKE),
        'ɇ' => (["e", "E"], STROKE),
        'ǥ' | 'ꞡ' => (["g", "G"], STROKE),
        'ħ' => (["h", "H"], STROKE),
        'ɨ' => (["i", "I"], STROKE),
        'ɉ' => (["j", "J"], STROKE),
        'ꝁ' | 'ꞣ' | 'ƙ' => (["k", "K"], STROKE),
        'ł' | 'ƚ' | 'ⱡ' => (["l", "L"], STROKE),
        'ꞥ' => (["n", "N"], STROKE),
        'ø' | 'ɵ' => (["o", "O"], STROKE),
        'ᵽ' | 'ꝑ' => (["p", "P"], STROKE),
        'ɍ' | 'ꞧ' => (["r", "R"], STROKE),
        'ꞩ' => (["s", "S"], STROKE),
        'ŧ' | 'ⱦ' => (["t", "T"], STROKE),
        'ʉ' => (["u", "U"], STROKE),
        'ɏ' | 'ƴ' => (["y", "Y"], STROKE),
        'ƶ' => (["z", "Z"], STROKE),
        'æ' => (["ae", "AE"], JOINED),
        'œ' => (["oe", "OE"], JOINED),
        'ı' => (["i", "I"], DOTLESS),
        _ => return None,
    };
    let [small, capital] = plain;
    Some((if lower == letter { small } else { capital }, mark))
}
