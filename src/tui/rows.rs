//! Text broken into rows, by its bytes: for what has a cursor in it, or parts of different styles.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::text::{visible, width};

/// The rows of a text in so many columns, as byte ranges that together are all of it. A row ends
/// after a space, and after a line break; a word that is wider than a row is broken. Never empty.
pub fn rows(text: &str, columns: usize) -> Vec<Range<usize>> {
    let columns = columns.max(1);
    let mut rows = Vec::new();
    let (mut start, mut used) = (0, 0);
    // Where the row may end, and how wide what follows that is.
    let mut space: Option<usize> = None;
    let mut since = 0;
    for (at, letter) in text.grapheme_indices(true) {
        let wide = width(&visible(letter));
        let blank = letter.chars().all(char::is_whitespace);
        // A space may hang over the end of its row.
        if used + wide > columns && at > start && !blank {
            if let Some(end) = space.take() {
                rows.push(start..end);
                (start, used) = (end, since);
            }
            if used + wide > columns && at > start {
                rows.push(start..at);
                (start, used) = (at, 0);
            }
        }
        used += wide;
        since += wide;
        if letter.ends_with('\n') {
            rows.push(start..at + letter.len());
            (start, used, since) = (at + letter.len(), 0, 0);
            space = None;
        } else if blank {
            space = Some(at + letter.len());
            since = 0;
        }
    }
    rows.push(start..text.len());
    rows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rows_end_after_spaces() {
        for (text, columns, expected) in [
            ("", 5, vec![""]),
            ("one two three", 8, vec!["one two ", "three"]),
            ("one two three", 7, vec!["one two ", "three"]),
            ("incomprehensible", 6, vec!["incomp", "rehens", "ible"]),
            ("a incomprehensible", 6, vec!["a ", "incomp", "rehens", "ible"]),
            ("北京の声", 4, vec!["北京", "の声"]),
            ("x", 0, vec!["x"]),
            ("one\n\ntwo", 8, vec!["one\n", "\n", "two"]),
            ("one two\nthree four", 7, vec!["one two\n", "three ", "four"]),
            ("one\n", 7, vec!["one\n", ""]),
        ] {
            let found: Vec<&str> =
                rows(text, columns).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text} in {columns}");
        }
    }

    proptest! {
        #[test]
        fn rows_are_all_of_the_text_and_fit(text in "[a-d北\u{301} \n]{0,40}", columns in 2usize..12) {
            let all = rows(&text, columns);
            let joined: String = all.iter().map(|range| &text[range.clone()]).collect();
            prop_assert_eq!(&joined, &text);
            for range in all {
                prop_assert!(width(text[range].trim_end()) <= columns);
            }
        }
    }
}
