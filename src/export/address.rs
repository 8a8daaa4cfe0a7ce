//! Addresses on the web within a text: where they begin and end, so that a format can say that all
//! of one is one.

use crate::text::is_treacherous;

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// Words.
    Words(&'t str),
    /// An address with its scheme.
    Address(&'t str),
    /// An address that begins with `www.`, to which readers put `http://` (GFM 6.9).
    Bare(&'t str),
}

/// What readers find an address by (GFM 6.9).
const BEGINNINGS: [&str; 4] = ["http://", "https://", "ftp://", "www."];

/// What ends a sentence or clause, and so is not an address's last sign.
const CLAUSE: [char; 8] = ['.', ',', ';', ':', '!', '?', '\'', '\u{2019}'];

/// The text in pieces, which are all of it.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    // How much of the rest is words for certain.
    let mut words = 0;
    while let Some(at) = next(rest, words) {
        let (before, from) = rest.split_at(at);
        let (address, after) = from.split_at(length(from));
        let beginning = BEGINNINGS.iter().find(|known| begins(address, known));
        if beginning.is_none_or(|beginning| address.len() <= beginning.len()) {
            words = at + from.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        if !before.is_empty() {
            found.push(Piece::Words(before));
        }
        let bare = begins(address, "www.");
        found.push(if bare { Piece::Bare(address) } else { Piece::Address(address) });
        (rest, words) = (after, 0);
    }
    if !rest.is_empty() {
        found.push(Piece::Words(rest));
    }
    found
}

/// Where an address may begin, from an offset on: not within a word of the Latin script. Others have
/// no blanks between words.
fn next(text: &str, from: usize) -> Option<usize> {
    let mut before = text.get(..from).and_then(|words| words.chars().next_back());
    for (at, letter) in text.get(from..)?.char_indices() {
        let at = from + at;
        let within = before.is_some_and(|before| before.is_ascii_alphanumeric());
        let here = text.get(at..).unwrap_or_default();
        if !within && BEGINNINGS.iter().any(|known| begins(here, known)) {
            return Some(at);
        }
        before = Some(letter);
    }
    None
}

fn begins(text: &str, with: &str) -> bool {
    text.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with))
}

/// How many bytes of a text are an address: all signs that may be in one, without what closes the
/// sentence or the brackets around it.
fn length(text: &str) -> usize {
    let end = text.find(|letter| !may_be_in_one(letter)).unwrap_or(text.len());
    let mut address = text.get(..end).unwrap_or_default();
    // More of them are closed than opened: one was opened before the address.
    let counts =
        |open: char, close: char| (address.matches(close).count(), address.matches(open).count());
    let ((mut round, round_open), (mut square, square_open)) = (counts('(', ')'), counts('[', ']'));
    while let Some(last) = address.chars().next_back() {
        match last {
            ')' if round > round_open => round -= 1,
            ']' if square > square_open => square -= 1,
            last if CLAUSE.contains(&last) => {}
            _ => break,
        }
        address = address.strip_suffix(last).unwrap_or_default();
    }
    address.len()
}

/// Whether a sign may stand in an address as people paste them: letters of all scripts, but no
/// blanks, no quotation marks, and no full stops of scripts that have their own.
pub(super) fn may_be_in_one(letter: char) -> bool {
    !letter.is_whitespace()
        && !letter.is_control()
        && !is_treacherous(letter)
        && !matches!(
            letter,
            '<' | '>' | '"' | '`' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}'
        )
        && !matches!(
            letter,
            '\u{3000}'
                ..='\u{3011}'
                    | '\u{ff01}'
                    | '\u{ff08}'
                    | '\u{ff09}'
                    | '\u{ff0c}'
                    | '\u{ff1a}'
                    | '\u{ff1b}'
                    | '\u{ff1f}'
        )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_are_whole_and_no_more() {
        for (text, address) in [
            ("see https://t.me/some_channel_x/123.", "https://t.me/some_channel_x/123"),
            ("(https://x.org/Foo_(bar))", "https://x.org/Foo_(bar)"),
            ("[https://x.org/a]", "https://x.org/a"),
            ("https://x.org/a*b*c and", "https://x.org/a*b*c"),
            ("“HTTPS://X.org/~jo/a~b”", "HTTPS://X.org/~jo/a~b"),
            ("https://x.org/?a=1|2&b={3}, or", "https://x.org/?a=1|2&b={3}"),
            ("https://ru.example/wiki/Битва_за", "https://ru.example/wiki/Битва_за"),
            ("见https://x.org/a。后", "https://x.org/a"),
            ("at www.x.org/a_b_c!", "www.x.org/a_b_c"),
            ("‘ftp://x.org/a’", "ftp://x.org/a"),
            ("https://web.example/2020/http://x.org/a", "https://web.example/2020/http://x.org/a"),
        ] {
            let found: Vec<Piece> = pieces(text)
                .into_iter()
                .filter(|piece| !matches!(piece, Piece::Words(_)))
                .collect();
            let bare = address.starts_with("www.");
            let wanted = if bare { Piece::Bare(address) } else { Piece::Address(address) };
            assert_eq!(found, [wanted], "{text}");
        }
        for text in ["xhttp://a", "http://", "http://.", "a www. b", "awww.x.org", "http:/x"] {
            assert_eq!(pieces(text), [Piece::Words(text)]);
        }
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_text(text in "(http://|www\\.|[a-z.()_ é。]){0,12}") {
            let all: String = pieces(&text)
                .into_iter()
                .map(|piece| match piece {
                    Piece::Words(text) | Piece::Address(text) | Piece::Bare(text) => text,
                })
                .collect();
            prop_assert_eq!(all, text);
        }
    }
}
