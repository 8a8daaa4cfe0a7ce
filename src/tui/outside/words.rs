//! A command line in an environment variable, as the user's shell would split it.

/// Splits at blanks outside quotes: `'…'`, `"…"` and `\` as in a POSIX shell. Nothing is expanded.
///
/// # Errors
///
/// That a quote has no end.
pub fn split(text: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = text.chars();
    let unended = |quote: char| format!("`{text}` has a {quote} without an end");
    while let Some(letter) = letters.next() {
        match letter {
            _ if letter.is_whitespace() => words.extend(word.take()),
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match letters.next() {
                        Some('\'') => break,
                        Some(inside) => word.push(inside),
                        None => return Err(unended('\'')),
                    }
                }
            }
            '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match letters.next() {
                        Some('"') => break,
                        Some('\\') => match letters.next() {
                            Some(inside @ ('"' | '\\' | '$' | '`')) => word.push(inside),
                            Some(inside) => word.extend(['\\', inside]),
                            None => return Err(unended('"')),
                        },
                        Some(inside) => word.push(inside),
                        None => return Err(unended('"')),
                    }
                }
            }
            '\\' => word.get_or_insert_default().extend(letters.next()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_a_shell() {
        for (text, words) in [
            ("", &[][..]),
            ("  vim  ", &["vim"]),
            ("code --wait -n", &["code", "--wait", "-n"]),
            ("'/opt/my editor/ed' -x", &["/opt/my editor/ed", "-x"]),
            (r#""a \"b\" \n" c"#, &[r#"a "b" \n"#, "c"]),
            (r"my\ editor '' $HOME;ls", &["my editor", "", "$HOME;ls"]),
            (r#"a'b'"c""#, &["abc"]),
        ] {
            assert_eq!(split(text).unwrap(), words, "{text}");
        }
        for text in ["'a", "a \"b", "\"a\\"] {
            assert!(split(text).is_err(), "{text}");
        }
    }
}
