//! A headline for an entry that has none: the first sentence of its words.

use crate::text::{CUT, clip, visible_lines};

/// How wide a headline made from a text may be, in columns.
const HEADLINE: usize = 80;

/// The first sentence, or as much of it as a headline has room for.
pub(super) fn first_sentence(text: &str) -> String {
    let text = visible_lines(text.trim()).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut end = text.len();
    for (at, letter) in text.char_indices() {
        let after = text.get(at + letter.len_utf8()..).unwrap_or_default();
        let full_stop = matches!(letter, '.' | '!' | '?') && after.starts_with(' ');
        // Looks back over one word alone, and once for each: a text may be one word of megabytes.
        if full_stop && !(letter == '.' && is_short(text.get(..at).unwrap_or_default())) {
            end = at + letter.len_utf8();
            break;
        }
    }
    let sentence = text.get(..end).unwrap_or_default();
    let sentence = sentence
        .strip_suffix('.')
        .filter(|rest| !rest.trim().is_empty() && !rest.ends_with('.'))
        .unwrap_or(sentence);
    let clipped = clip(sentence, HEADLINE);
    match clipped.strip_suffix(CUT) {
        // At a word, unless that would leave next to nothing.
        Some(cut) if clipped != sentence => match cut.rsplit_once(' ') {
            Some((words, _)) if words.len() > cut.len() / 2 => {
                format!("{words}{}", CUT)
            }
            _ => clipped.into_owned(),
        },
        _ => clipped.into_owned(),
    }
}

/// Whether a text ends in a word that a full stop shortens: `U.S. officials` and `Gen. Milley` go
/// on; a sentence has more words than that.
fn is_short(text: &str) -> bool {
    let word = text.rsplit(' ').next().unwrap_or_default();
    word.contains('.') || word.chars().count() <= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_are_first_sentences() {
        let long = "word ".repeat(40);
        for (text, headline) in [
            (".", "."),
            ("We lost. Then we won.", "We lost"),
            ("Was it so? It was.", "Was it so?"),
            ("Gen. Milley spoke. So did others.", "Gen. Milley spoke"),
            ("U.S. officials\n  spoke", "U.S. officials spoke"),
            ("It was 3.5 percent. No more", "It was 3.5 percent"),
            ("Well… he said", "Well… he said"),
            (long.as_str(), &format!("{}…", "word ".repeat(15).trim_end())),
            (&"x".repeat(99), &format!("{}…", "x".repeat(79))),
        ] {
            assert_eq!(first_sentence(text), headline);
        }
    }

    /// Would take hours, were every letter to look back to where its word begins.
    #[test]
    fn a_word_of_any_length_is_cut_at_once() {
        for letter in ["x", "日", ".", ". "] {
            assert!(first_sentence(&letter.repeat(2_000_000)).len() < 300, "{letter}");
        }
    }
}
