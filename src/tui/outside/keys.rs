//! Bytes from the terminal to keys, mouse and pasted text.
//!
//! Read here rather than by crossterm, whose reader goes round for ever when the terminal is gone
//! and waits for the rest of a sequence while nothing else is heard. Follows the XTerm Control
//! Sequences; mouse reports are SGR (1006), pasted text is bracketed (2004). What is no key is
//! passed over, whole sequences at a time, so that no piece of one is ever taken for a key.

use std::time::{Duration, Instant};

use ratatui::crossterm::event::KeyCode;

use crate::tui::key::Key;
use crate::tui::mouse::{Mouse, MouseKind};
use crate::tui::outside::colour::{Told, told};
use crate::tui::theme::Rgb;

/// What the terminal sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// A key.
    Key(Key),
    /// Pasted text, its lines ended by `\n`.
    Paste(String),
    /// The mouse.
    Mouse(Mouse),
    /// The user came to this window.
    FocusGained,
    /// An answer to what the terminal was asked.
    Answer(Answer),
}

/// What a terminal answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// To [`crate::tui::outside::flow::QUESTION`]: that it has come so far.
    Here,
    /// Whether it shows a frame all at once (DECRPM for mode 2026).
    Synchronized(bool),
    /// That it had sent no `ESC` before what is typed with Alt (DECRPM for mode 1036).
    AltWasOff,
    /// What colour its ground has (OSC 11).
    Ground(Rgb),
}

/// The rest of a sequence comes so soon after its beginning; whatever comes later is on its own.
pub const REST_OF_SEQUENCE: Duration = Duration::from_millis(50);

/// No sequence is longer, in bytes.
const LONGEST: usize = 256;

/// More than this is no text that a line of input could take, in bytes.
const LARGEST_PASTE: usize = 1 << 20;

const PASTE_END: &[u8] = b"\x1b[201~";

/// Takes bytes in as they come, however they are cut.
#[derive(Debug, Default)]
pub struct Reader {
    held: Vec<u8>,
    /// When the last of those came.
    since: Option<Instant>,
    /// What was pasted so far, while the paste lasts.
    paste: Option<Vec<u8>>,
    /// Whether an `ESC` was taken for the key just now, so that the rest of an answer may follow.
    gave_up: bool,
}

/// What the beginning of some bytes is.
enum Piece {
    /// So many bytes, which mean this or nothing.
    Whole(usize, Option<Sent>),
    /// The beginning of a paste, so many bytes long.
    Paste(usize),
    /// Not yet whole.
    Part,
}

impl Reader {
    /// Takes bytes in that came now, and gives what they complete.
    pub fn take(&mut self, bytes: &[u8], now: Instant) -> Vec<Sent> {
        let mut sent = Vec::new();
        if self.due().is_some_and(|due| due <= now) && !self.goes_on_with(bytes) {
            sent = self.give_up();
        }
        let bytes = if std::mem::take(&mut self.gave_up) { after_answer(bytes) } else { bytes };
        self.held.extend_from_slice(bytes);
        sent.extend(self.read(false));
        let waits = !self.held.is_empty() && self.paste.is_none() && !has_begun(&self.held);
        self.since = waits.then_some(now);
        sent
    }

    /// Until when the rest of a sequence that has begun may come.
    pub fn due(&self) -> Option<Instant> {
        Some(self.since? + REST_OF_SEQUENCE)
    }

    /// Nothing more came in time: what was begun is whole. An `ESC` alone is the Esc key.
    pub fn give_up(&mut self) -> Vec<Sent> {
        self.gave_up = self.held == b"\x1b";
        self.since = None;
        self.read(true)
    }

    /// Forgets what was begun.
    pub fn forget(&mut self) {
        *self = Reader::default();
    }

    /// Whether bytes that came late complete a sequence all the same: we may have been busy. An
    /// `ESC` with a letter behind it is two keys then.
    fn goes_on_with(&self, bytes: &[u8]) -> bool {
        let whole = [self.held.as_slice(), bytes].concat();
        matches!(whole.as_slice(), [0x1b, b'[' | b'O', ..] | [0xc2..=0xf4, ..])
            && !matches!(piece(&whole, false), Piece::Part)
    }

    fn read(&mut self, last: bool) -> Vec<Sent> {
        let mut sent = Vec::new();
        let mut at = 0;
        loop {
            let rest = self.held.get(at..).unwrap_or_default();
            if let Some(paste) = &mut self.paste {
                let (used, done) = take_pasted(rest, paste);
                at += used;
                if !done {
                    break;
                }
                sent.push(Sent::Paste(text(paste)));
                self.paste = None;
                continue;
            }
            if rest.is_empty() {
                break;
            }
            match piece(rest, last) {
                Piece::Whole(used, meant) => {
                    sent.extend(meant);
                    at += used;
                }
                Piece::Paste(used) => {
                    self.paste = Some(Vec::new());
                    at += used;
                }
                Piece::Part if rest.len() < LONGEST && !last => break,
                // An answer that has begun is waited for, without waiting.
                Piece::Part if has_begun(rest) => break,
                Piece::Part => at += rest.len(),
            }
        }
        self.held.drain(..at.min(self.held.len()));
        sent
    }
}

/// Whether bytes are an answer without its end, which nothing but its end completes.
fn has_begun(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x1b]") && told(bytes) == Told::Begun
}

/// Moves what was pasted; gives how many bytes were used and whether the paste has ended.
fn take_pasted(bytes: &[u8], paste: &mut Vec<u8>) -> (usize, bool) {
    let end = memchr::memmem::find(bytes, PASTE_END);
    let length = end.unwrap_or_else(|| {
        // The end may be cut: as much as could be its beginning is left.
        let most = bytes.len().min(PASTE_END.len() - 1);
        let cut = (1..=most)
            .rev()
            .find(|length| bytes.ends_with(PASTE_END.get(..*length).unwrap_or_default()));
        bytes.len() - cut.unwrap_or(0)
    });
    let room = LARGEST_PASTE.saturating_sub(paste.len());
    paste.extend_from_slice(bytes.get(..length.min(room)).unwrap_or_default());
    match end {
        Some(_) => (length + PASTE_END.len(), true),
        None => (length, false),
    }
}

/// What comes behind the rest of an answer whose `ESC` came too early. Nobody types so much at once.
fn after_answer(bytes: &[u8]) -> &[u8] {
    let whole = [b"\x1b", bytes].concat();
    match piece(&whole, false) {
        Piece::Whole(used, Some(Sent::Answer(_))) => bytes.get(used - 1..).unwrap_or_default(),
        _ => bytes,
    }
}

fn text(pasted: &[u8]) -> String {
    String::from_utf8_lossy(pasted).replace("\r\n", "\n").replace('\r', "\n")
}

fn piece(bytes: &[u8], last: bool) -> Piece {
    match bytes {
        [0x1b] if last => key(1, Key::plain(KeyCode::Esc)),
        [0x1b] => Piece::Part,
        [0x1b, 0x1b, ..] => with_escape(bytes, last),
        [0x1b, b']', ..] => ground(bytes, last),
        [0x1b, letter @ (b'[' | b'O')] if last => character(&[*letter], 1, true),
        [0x1b, b'[', ..] => control_sequence(bytes),
        [0x1b, b'O'] => Piece::Part,
        [0x1b, b'O', letter, ..] => Piece::Whole(3, single(*letter).map(Sent::Key)),
        [0x1b, rest @ ..] => character(rest, 1, true),
        _ => character(bytes, 0, false),
    }
}

fn key(used: usize, key: Key) -> Piece {
    Piece::Whole(used, Some(Sent::Key(key)))
}

/// What begins with two of them: rxvt-unicode sends another before an arrow with Alt held. Before
/// all else the first was the key.
fn with_escape(bytes: &[u8], last: bool) -> Piece {
    let rest = bytes.get(1..).unwrap_or_default();
    let named = matches!(rest, [0x1b, b'[' | b'O', _, ..]);
    match (rest, named.then(|| piece(rest, last))) {
        ([0x1b] | [0x1b, b'[' | b'O'], _) if !last => Piece::Part,
        (_, Some(Piece::Part)) if !last => Piece::Part,
        (_, Some(Piece::Whole(used, Some(Sent::Key(held))))) if !held.alt => {
            key(used + 1, Key { alt: true, ..held })
        }
        _ => key(1, Key::plain(KeyCode::Esc)),
    }
}

/// What begins as the answer to what colour the ground has, or Alt with a bracket.
fn ground(bytes: &[u8], last: bool) -> Piece {
    match told(bytes) {
        Told::Whole(used, ground) => {
            Piece::Whole(used, ground.map(|ground| Sent::Answer(Answer::Ground(ground))))
        }
        Told::Begun => Piece::Part,
        Told::MayBe if !last => Piece::Part,
        Told::MayBe | Told::Other => character(bytes.get(1..).unwrap_or_default(), 1, true),
    }
}

/// What one letter behind `ESC O` means: a key with a name, or one of the keypad in its mode; of
/// rxvt-unicode an arrow with Ctrl held.
fn single(letter: u8) -> Option<Key> {
    let typed = |typed: u8| Key::plain(KeyCode::Char(typed.into()));
    Some(match letter {
        b'a'..=b'd' => Key { control: true, ..Key::plain(code_of_letter(letter - b'a' + b'A')?) },
        b'j'..=b'o' => typed(letter - b'j' + b'*'),
        b'p'..=b'y' => typed(letter - b'p' + b'0'),
        b'X' => typed(b'='),
        b'I' => Key::plain(KeyCode::Tab),
        _ => Key::plain(code_of_letter(letter)?),
    })
}

/// One character or control code, after so many bytes that only say that Alt is held.
fn character(bytes: &[u8], before: usize, alt: bool) -> Piece {
    let Some(first) = bytes.first().copied() else { return Piece::Part };
    let control = |letter: u8| Key { control: true, ..Key::plain(KeyCode::Char(letter.into())) };
    let plain = match first {
        b'\r' => Key::plain(KeyCode::Enter),
        b'\t' => Key::plain(KeyCode::Tab),
        0x7f => Key::plain(KeyCode::Backspace),
        0 => control(b' '),
        0x01..=0x1a => control(first - 1 + b'a'),
        0x1b => Key::plain(KeyCode::Esc),
        0x1c..=0x1f => control(first - 0x1c + b'4'),
        0x20..=0x7e => Key::plain(KeyCode::Char(first.into())),
        _ => return letter(bytes, before, alt),
    };
    key(before + 1, Key { alt, ..plain })
}

/// A character of several bytes.
fn letter(bytes: &[u8], before: usize, alt: bool) -> Piece {
    let length = match bytes.first() {
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        _ => return Piece::Whole(before + 1, None),
    };
    let Some(whole) = bytes.get(..length) else {
        let sound = bytes.iter().skip(1).all(|byte| byte & 0xc0 == 0x80);
        return if sound { Piece::Part } else { Piece::Whole(before + 1, None) };
    };
    match std::str::from_utf8(whole).ok().and_then(|text| text.chars().next()) {
        Some(typed) => key(before + length, Key { alt, ..Key::plain(KeyCode::Char(typed)) }),
        None => Piece::Whole(before + 1, None),
    }
}

/// What begins with `ESC [`: parameters, then one letter that says what it is.
fn control_sequence(bytes: &[u8]) -> Piece {
    let body = bytes.get(2..).unwrap_or_default();
    // The Linux console's F1 to F5.
    if let [b'[', rest @ ..] = body {
        return match rest.first() {
            None => Piece::Part,
            Some(letter @ b'A'..=b'E') => key(4, Key::plain(KeyCode::F(letter - b'A' + 1))),
            Some(_) => Piece::Whole(4, None),
        };
    }
    // A mouse report of the oldest kind: three bytes follow.
    if let [b'M', rest @ ..] = body {
        return if rest.len() < 3 { Piece::Part } else { Piece::Whole(6, None) };
    }
    if let Some(key) = shifted(body) {
        return key;
    }
    let Some(length) = body.iter().position(|byte| !(0x20..=0x3f).contains(byte)) else {
        return Piece::Part;
    };
    let last = body.get(length).copied().unwrap_or_default();
    if !(0x40..=0x7e).contains(&last) {
        // Broken off by something else, which is read on its own.
        return Piece::Whole(2 + length, None);
    }
    let used = 3 + length;
    let parameters = body.get(..length).unwrap_or_default();
    if let (Some(b'<'), b'M' | b'm') = (parameters.first(), last) {
        let report = parameters.get(1..).unwrap_or_default();
        return Piece::Whole(used, mouse(&numbers(report), last).map(Sent::Mouse));
    }
    let numbers = numbers(parameters);
    let first = numbers.first().copied().unwrap_or(0);
    match (last, first) {
        (b'~', 200) => Piece::Paste(used),
        (b'I', _) if parameters.is_empty() => Piece::Whole(used, Some(Sent::FocusGained)),
        (b'c', _) if parameters.starts_with(b"?") => {
            Piece::Whole(used, Some(Sent::Answer(Answer::Here)))
        }
        (b'y', _) => Piece::Whole(used, mode(parameters).map(Sent::Answer)),
        _ => Piece::Whole(used, named(last, &numbers).map(Sent::Key)),
    }
}

/// What a terminal says of a mode: that it is set or not, always or for now, or that it has none.
fn mode(parameters: &[u8]) -> Option<Answer> {
    let parameters = parameters.strip_suffix(b"$")?;
    match parameters.strip_prefix(b"?1036;") {
        Some(state) => (state == b"2").then_some(Answer::AltWasOff),
        None => {
            let state = parameters.strip_prefix(b"?2026;")?;
            Some(Answer::Synchronized(matches!(state, b"1" | b"2" | b"3")))
        }
    }
}

/// A key of rxvt-unicode with Shift held, which ends in a sign that nothing else ends in: `ESC [ 3 $`.
fn shifted(body: &[u8]) -> Option<Piece> {
    let end = body.iter().position(|byte| !byte.is_ascii_digit()).filter(|end| *end > 0)?;
    if body.get(end) != Some(&b'$') {
        return None;
    }
    let number = numbers(body.get(..end).unwrap_or_default()).first().copied()?;
    let key = code_of_tilde(number).map(|code| Key::plain(code).shifted(true));
    Some(Piece::Whole(end + 3, key.map(Sent::Key)))
}

/// The numbers between semicolons; what is no number counts as 0.
fn numbers(parameters: &[u8]) -> Vec<u32> {
    parameters
        .split(|byte| *byte == b';')
        // `97:65` is a key with what it would be under Shift.
        .map(|part| part.split(|byte| *byte == b':').next().unwrap_or_default())
        .map(|part| std::str::from_utf8(part).ok().and_then(|part| part.parse().ok()).unwrap_or(0))
        .collect()
}

/// A key with a name, and what is held down with it.
fn named(last: u8, numbers: &[u32]) -> Option<Key> {
    let first = numbers.first().copied().unwrap_or(0);
    // As rxvt-unicode sends them: with Shift, with Ctrl, with both.
    let rxvt = |code, shift, control| Key { control, ..Key::plain(code) }.shifted(shift);
    match last {
        b'a'..=b'd' if numbers == [0] => {
            return Some(rxvt(code_of_letter(last - b'a' + b'A')?, true, false));
        }
        b'^' | b'@' => return Some(rxvt(code_of_tilde(first)?, last == b'@', true)),
        _ => {}
    }
    let (code, held) = match (last, first) {
        // XTerm's modifyOtherKeys.
        (b'~', 27) => (code_of_number(numbers.get(2).copied()?)?, numbers.get(1)),
        (b'u', _) => (code_of_number(first)?, numbers.get(1)),
        (b'~', _) => (code_of_tilde(first)?, numbers.get(1)),
        // A larger number is the answer to a question that we did not ask.
        (_, 0 | 1) => (code_of_letter(last)?, numbers.get(1)),
        _ => return None,
    };
    let held = held.copied().unwrap_or(1).saturating_sub(1);
    let (shift, alt, control) = (held & 1 != 0, held & 2 != 0, held & 4 != 0);
    let code = match code {
        KeyCode::Tab if shift => KeyCode::BackTab,
        KeyCode::Char(typed) if control => KeyCode::Char(typed.to_ascii_lowercase()),
        KeyCode::Char(typed) if shift => KeyCode::Char(typed.to_ascii_uppercase()),
        code => code,
    };
    Some(Key { control, alt, ..Key::plain(code) }.shifted(shift))
}

fn code_of_letter(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'M' => KeyCode::Enter,
        b'Z' => KeyCode::BackTab,
        b'P'..=b'S' => KeyCode::F(letter - b'P' + 1),
        _ => return None,
    })
}

fn code_of_tilde(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(u8::try_from(number - 10).ok()?),
        17..=21 => KeyCode::F(u8::try_from(number - 11).ok()?),
        23 | 24 => KeyCode::F(u8::try_from(number - 12).ok()?),
        _ => return None,
    })
}

fn code_of_number(number: u32) -> Option<KeyCode> {
    Some(match number {
        9 => KeyCode::Tab,
        13 => KeyCode::Enter,
        27 => KeyCode::Esc,
        127 => KeyCode::Backspace,
        _ => KeyCode::Char(char::from_u32(number).filter(|typed| !typed.is_control())?),
    })
}

/// An SGR mouse report: button and what it does, column, row, both from 1.
fn mouse(numbers: &[u32], last: u8) -> Option<Mouse> {
    let [button, column, row] = numbers else { return None };
    let cell = |number: u32| u16::try_from(number.checked_sub(1)?).ok();
    // What is held down with it does not matter.
    let kind = match (button & !0b1_1100, last) {
        (64, b'M') => MouseKind::WheelUp,
        (65, b'M') => MouseKind::WheelDown,
        (0, b'M') => MouseKind::Press,
        (0, b'm') => MouseKind::Release,
        (32, b'M') => MouseKind::Drag,
        _ => return None,
    };
    Some(Mouse { kind, column: cell(*column)?, row: cell(*row)? })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(bytes: &[u8]) -> Vec<Sent> {
        let mut reader = Reader::default();
        let mut sent = reader.take(bytes, Instant::now());
        sent.extend(reader.give_up());
        sent
    }

    fn names(bytes: &[u8]) -> String {
        named(all(bytes))
    }

    fn named(sent: Vec<Sent>) -> String {
        let name = |sent: Sent| match sent {
            Sent::Key(key) => key.to_string(),
            Sent::Paste(text) => format!("{text:?}"),
            Sent::FocusGained => "focus".to_owned(),
            Sent::Answer(Answer::Here) => "answer".to_owned(),
            Sent::Answer(Answer::Ground(Rgb(red, green, blue))) => {
                format!("ground {red},{green},{blue}")
            }
            Sent::Answer(answer) => format!("{answer:?}"),
            Sent::Mouse(mouse) => format!("{:?} {},{}", mouse.kind, mouse.column, mouse.row),
        };
        sent.into_iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn bytes_are_keys() {
        for (bytes, expected) in [
            ("jG/", "j G /"),
            ("\r\t\x7f", "Enter Tab Backspace"),
            ("\x04\x1a\x00\n\x08", "Ctrl-d Ctrl-z Ctrl-Space Ctrl-j Ctrl-h"),
            ("é字🦀", "é 字 🦀"),
            ("\x1b", "Esc"),
            ("\x1b\x1b", "Esc Esc"),
            ("\x1b\x1b[A", "Alt-Up"),
            ("\x1b\x1bx\x1b\x1b", "Esc Alt-x Esc Esc"),
            ("\x1b\x1b[", "Esc Alt-["),
            ("\x1b\x1b[200~x\x1b[201~", "Esc \"x\""),
            // As rxvt-unicode sends them, and the keypad in its mode.
            ("\x1bOa\x1bOd\x1b[a\x1b[d", "Ctrl-Up Ctrl-Left Shift-Up Shift-Left"),
            (
                "\x1b\x1bOd\x1b\x1b[D\x1b[3^\x1b[3@\x1b[3$x",
                "Ctrl-Alt-Left Alt-Left Ctrl-Delete Ctrl-Delete Delete x",
            ),
            ("\x1bOM\x1bOj\x1bOk\x1bOm\x1bOp\x1bOy\x1bOX", "Enter * + - 0 9 ="),
            ("\x1b]11;rgb:ffff/ffff/ffff\x07j", "ground 255,255,255 j"),
            ("\x1b\x1b]11;rgb:00/00/ff\x1b\\j", "Esc ground 0,0,255 j"),
            ("\x1b]x\x1b]", "Alt-] x Alt-]"),
            ("\x1b]11;rgb:zj", "z j"),
            ("\x1bx\x1bé\x1b\r", "Alt-x Alt-é Alt-Enter"),
            ("\x1b[", "Alt-["),
            ("\x1bO", "Alt-O"),
            ("\x1b[A\x1bOB\x1b[1;5C", "Up Down Ctrl-Right"),
            ("\x1b[H\x1b[4~\x1b[5~\x1b[6~\x1b[3~", "Home End PgUp PgDn Delete"),
            ("\x1b[Z\x1b[9;2u", "Shift-Tab Shift-Tab"),
            ("\x1bOP\x1b[[B\x1b[15~\x1b[24~\x1b[1;2S", "F1 F2 F5 F12 F4"),
            ("\x1b[97;5u\x1b[27;5;13~\x1b[97:65;2u", "Ctrl-a Ctrl-Enter A"),
            ("\x1b[I\x1b[O", "focus"),
            ("\x1b[<0;3;4M\x1b[<32;4;4M\x1b[<0;4;4m", "Press 2,3 Drag 3,3 Release 3,3"),
            ("\x1b[<64;1;1M\x1b[<69;1;1M\x1b[<2;1;1M", "WheelUp 0,0 WheelDown 0,0"),
            ("\x1b[<0;0;4M\x1b[<0;99999;4M\x1b[<0;1M", ""),
            ("\x1b[Mabcj", "j"),
            ("\x1b[?1;2c\x1b[99~\x1b[12;34Rj", "answer j"),
            ("\x1b\x1b[?6c\x1b[>0;10;1c", "Esc answer"),
            ("\x1b[?2026;2$y\x1b[?2026;0$yj", "Synchronized(true) Synchronized(false) j"),
            ("\x1b[?2026;4$y\x1b[?7;1$yj", "Synchronized(false) j"),
            ("\x1b[?1036;2$y\x1b[?1036;1$y\x1b[?1036;0$yj", "AltWasOff j"),
            ("\x1b[1;\x1b[A", "Up"),
            ("\x1b[200~a\r\nb\rc\x1b[Aj\x1b[201~k", "\"a\\nb\\nc\\u{1b}[Aj\" k"),
            ("\x1b[200~\x1b[201~", "\"\""),
        ] {
            assert_eq!(names(bytes.as_bytes()), expected, "{bytes:?}");
        }
        assert_eq!(names(b"\xff\xc3jj\xe5\xad"), "j j");
    }

    /// Bytes that come in pieces, each so many milliseconds after the one before.
    #[test]
    fn what_comes_late_is_on_its_own() {
        for (pieces, expected) in [
            (&[(0, "\x1b"), (60, "q")][..], "Esc q"),
            (&[(0, "\x1b"), (40, "q")], "Alt-q"),
            (&[(0, "\x1b"), (900, "\x1b"), (60, "q")], "Esc Esc q"),
            // We were busy; nobody types so much at once.
            (&[(0, "\x1b"), (500, "[B")], "Down"),
            (&[(0, "\x1b[1;"), (500, "5C")], "Ctrl-Right"),
            (&[(0, "\u{5b57}")], "\u{5b57}"),
            (&[(0, "\x1b"), (500, "[")], "Esc ["),
            // The end of an answer whose beginning was given up.
            (&[(0, "\x1b"), (60, ""), (60, "[?62;22cj")], "Esc j"),
            (&[(0, "\x1b"), (60, ""), (60, "[?2026;2$y")], "Esc"),
            (&[(0, "\x1b"), (60, ""), (60, "[")], "Esc ["),
        ] {
            let (mut reader, mut now, mut sent) = (Reader::default(), Instant::now(), Vec::new());
            for (after, piece) in pieces {
                now += Duration::from_millis(*after);
                if piece.is_empty() {
                    assert!(reader.due().is_some_and(|due| due <= now));
                    sent.extend(reader.give_up());
                } else {
                    sent.extend(reader.take(piece.as_bytes(), now));
                }
            }
            sent.extend(reader.give_up());
            assert_eq!(named(sent), expected, "{pieces:?}");
        }
    }

    #[test]
    fn a_sequence_without_end_does_not_grow() {
        let mut reader = Reader::default();
        let now = Instant::now();
        assert_eq!(reader.take(b"\x1b[", now), []);
        for _ in 0..1_000 {
            reader.take(b"0000", now);
            assert!(reader.held.len() <= LONGEST + 4);
        }
        reader.take(b"\x1b[200~", now);
        for _ in 0..300 {
            reader.take(&[b'x'; 8192], now);
        }
        assert_eq!(reader.take(b"\x1b[201~", now), [Sent::Paste("x".repeat(LARGEST_PASTE))]);
    }

    proptest! {
        /// However the bytes are cut, they mean the same.
        #[test]
        fn cuts_do_not_matter(
            pieces in proptest::collection::vec(
                proptest::sample::select(vec![
                    "j", "\x1b[A", "字", "\x1b[<0;3;4M", "\x1b[200~", "\x1b[201~", "\x1bx", "\x1b", "[",
                    "\x1b[?62;22c", "\x1b]11;rgb:00/7f/ff\x07", "\x1b]11;#ffffff\x1b\\", "\x1bOd", "\x1b[3$",
                ]),
                0..12
            ),
            size in 1usize..9,
        ) {
            let bytes = pieces.concat().into_bytes();
            let mut reader = Reader::default();
            let now = Instant::now();
            let mut sent: Vec<Sent> =
                bytes.chunks(size).flat_map(|cut| reader.take(cut, now)).collect();
            sent.extend(reader.give_up());
            prop_assert_eq!(sent, all(&bytes));
        }

        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            all(&bytes);
        }
    }
}
