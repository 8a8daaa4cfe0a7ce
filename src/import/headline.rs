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
        // `U.S. officials` and `Gen. Milley` go on; a sentence has more words than that.
        let before = text.get(..at).unwrap_or_default();
        let word = before.rsplit(' ').next().unwrap_or_default();
        let short = letter == '.' && (word.contains('.') || word.chars().count() <= 3);
        if full_stop && !short {
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
}
