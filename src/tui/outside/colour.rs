//! What colour the terminal says that its ground has (XTerm Control Sequences, OSC 11).
//!
//! It is asked once. The answer may come at any time, in pieces, or never, and is never taken for
//! keys: once its beginning is there, what follows in its grammar belongs to it.

use crate::tui::theme::Rgb;

/// The question. Ended by BEL, as older rxvt-unicode leaves half of its answer's end out otherwise.
pub const QUESTION: &str = "\x1b]11;?\x07";

/// No answer is longer, in bytes.
const LONGEST: usize = 64;

/// What some bytes are that begin with `ESC ]`.
#[derive(Debug, PartialEq, Eq)]
pub enum Told {
    /// Not the answer.
    Other,
    /// It may become one.
    MayBe,
    /// One has begun, whose end is still to come.
    Begun,
    /// So many bytes were one.
    Whole(usize, Option<Rgb>),
}

/// Reads an answer at the beginning of some bytes.
pub fn told(bytes: &[u8]) -> Told {
    const BEGIN: &[u8] = b"\x1b]11;";
    if bytes.len() < BEGIN.len() {
        return if BEGIN.starts_with(bytes) { Told::MayBe } else { Told::Other };
    }
    let Some(rest) = bytes.strip_prefix(BEGIN) else { return Told::Other };
    let of_it = |byte: &u8| byte.is_ascii_hexdigit() || b"rgba:/#".contains(byte);
    let long = rest.iter().take_while(|byte| of_it(byte)).count();
    let colour = std::str::from_utf8(rest.get(..long).unwrap_or_default()).unwrap_or_default();
    let used = BEGIN.len() + long;
    match rest.get(long..) {
        _ if used > LONGEST => Told::Whole(used, None),
        Some([0x07, ..]) => Told::Whole(used + 1, parse(colour)),
        Some([0x1b, b'\\', ..]) => Told::Whole(used + 2, parse(colour)),
        Some([] | [0x1b]) => Told::Begun,
        // Broken off by something else, which is read on its own.
        _ => Told::Whole(used, parse(colour)),
    }
}

/// A colour as X11 writes it: `rgb:rr/gg/bb` with one to four digits each, `rgba:` with how opaque
/// it is behind, or `#rrggbb`.
fn parse(colour: &str) -> Option<Rgb> {
    let parts: Vec<&str> = if let Some(digits) = colour.strip_prefix('#') {
        let each = digits.len() / 3;
        let part = |from: usize| digits.get(from * each..(from + 1) * each);
        if digits.len() % 3 > 0 {
            return None;
        }
        (0..3).map(part).collect::<Option<_>>()?
    } else {
        let parts = colour.strip_prefix("rgb:").or(colour.strip_prefix("rgba:"))?;
        parts.split('/').take(3).collect()
    };
    let [red, green, blue] = *parts else { return None };
    Some(Rgb(part(red)?, part(green)?, part(blue)?))
}

/// A share of what so many digits can say, in 255.
fn part(digits: &str) -> Option<u8> {
    if !(1..=4).contains(&digits.len()) {
        return None;
    }
    let most = (1u32 << (4 * digits.len())) - 1;
    u8::try_from(u32::from_str_radix(digits, 16).ok()? * 255 / most).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_as_terminals_write_them() {
        let (black, white) = (Some(Rgb(0, 0, 0)), Some(Rgb(255, 255, 255)));
        for (text, told_of) in [
            ("\x1b]11;rgb:0000/0000/0000\x07j", Told::Whole(24, black)),
            ("\x1b]11;rgb:ffff/ffff/ffff\x1b\\j", Told::Whole(25, white)),
            ("\x1b]11;rgb:1/2/f\x07", Told::Whole(15, Some(Rgb(17, 34, 255)))),
            ("\x1b]11;rgba:ffff/ffff/ffff/8000\x07", Told::Whole(30, white)),
            ("\x1b]11;#fdf6e3\x07", Told::Whole(13, Some(Rgb(0xfd, 0xf6, 0xe3)))),
            ("\x1b]11;?\x07", Told::Whole(5, None)),
            ("\x1b]11;rgb:00/00\x07", Told::Whole(15, None)),
            ("\x1b]11;rgb:00000/0/0\x07", Told::Whole(19, None)),
            ("\x1b]11;rgb:0000/00j", Told::Whole(16, None)),
            ("\x1b]11;rgb:0000/00", Told::Begun),
            ("\x1b]11;rgb:0000/0000/0000\x1b", Told::Begun),
            ("\x1b]11;", Told::Begun),
            ("\x1b]1", Told::MayBe),
            ("\x1b]", Told::MayBe),
            ("\x1b]x", Told::Other),
            ("\x1b]10;rgb:0/0/0\x07", Told::Other),
        ] {
            assert_eq!(told(text.as_bytes()), told_of, "{text:?}");
        }
        let endless = [b"\x1b]11;".as_slice(), &[b'0'; 100]].concat();
        assert_eq!(told(&endless), Told::Whole(105, None));
    }
}
