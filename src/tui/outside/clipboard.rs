//! Copying: to the system's clipboard where there is one, else through the terminal.
//!
//! Over SSH the clipboard of the machine that we run on is not the user's; the terminal's is. It
//! takes text as OSC 52 (XTerm Control Sequences, "Manipulate Selection Data"), and says nothing
//! of whether it did.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::tui::outside::browser::on_path;

/// The most text that goes through a terminal, in bytes: more is cut off or dropped by some.
const MOST: usize = 74_000;

/// A way to the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A program of the system that reads the text.
    System(&'static [&'static str]),
    /// The terminal.
    Terminal,
}

/// The way to the user's clipboard.
pub fn way() -> Way {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"].into_iter().any(set) {
        return Way::Terminal;
    }
    let known: [(bool, &'static [&'static str]); 4] = [
        (set("WAYLAND_DISPLAY"), &["wl-copy"]),
        (set("DISPLAY"), &["xclip", "-selection", "clipboard"]),
        (set("DISPLAY"), &["xsel", "--clipboard", "--input"]),
        (cfg!(target_os = "macos"), &["pbcopy"]),
    ];
    let found = known
        .into_iter()
        .find(|(serves, words)| *serves && words.first().is_some_and(|program| on_path(program)));
    found.map_or(Way::Terminal, |(_, words)| Way::System(words))
}

/// Hands the text to a program of the system, and waits for it.
///
/// # Errors
///
/// What went wrong.
pub fn hand_over(words: &[&str], text: &str) -> Result<(), String> {
    let Some((program, arguments)) = words.split_first() else { return Ok(()) };
    let failed = |reason: String| format!("`{program}` failed: {reason}");
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        // What it leaves running in the background keeps nothing of ours open.
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| failed(error.to_string()))?;
    let given = child.stdin.take().map_or(Ok(()), |mut input| input.write_all(text.as_bytes()));
    let ended = child.wait().map_err(|error| failed(error.to_string()))?;
    given.map_err(|error| failed(error.to_string()))?;
    if ended.success() { Ok(()) } else { Err(failed(ended.to_string())) }
}

/// The sequence that puts text on the terminal's clipboard.
///
/// # Errors
///
/// That the text is too long.
pub fn sequence(text: &str) -> Result<String, String> {
    if text.len() > MOST {
        return Err(format!(
            "{} bytes are too many for the terminal's clipboard ({MOST}); write a file instead",
            text.len()
        ));
    }
    let sequence = format!("\x1b]52;c;{}\x07", base64(text.as_bytes()));
    let inside = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    // GNU Screen passes on only what is wrapped, a piece at a time; tmux understands it itself.
    let screen = inside("STY") && !inside("TMUX");
    Ok(if screen { wrapped_for_screen(&sequence) } else { sequence })
}

/// GNU Screen takes device control strings of up to 768 bytes.
fn wrapped_for_screen(sequence: &str) -> String {
    let pieces = sequence.as_bytes().chunks(512);
    // The sequence is ASCII: no piece is cut within a character.
    pieces.map(|piece| format!("\x1bP{}\x1b\\", String::from_utf8_lossy(piece))).collect()
}

/// Base 64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let all = group.iter().fold(0u32, |all, byte| all << 8 | u32::from(*byte))
            << (8 * (3 - group.len()));
        for place in 0..4 {
            let letter = LETTERS.get((all >> (18 - 6 * place)) as usize & 63).copied();
            let shown = if place <= group.len() { letter } else { None };
            out.push(shown.map_or('=', char::from));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64_is_that_of_the_rfc() {
        // RFC 4648, section 10.
        for (text, encoded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("é🦀\u{0}", "w6nwn6aAAA=="),
        ] {
            assert_eq!(base64(text.as_bytes()), encoded);
        }
        assert_eq!(base64(&[0xfb, 0xff]), "+/8=");
    }

    #[test]
    fn a_long_text_does_not_go_through_the_terminal() {
        assert!(sequence(&"x".repeat(MOST + 1)).is_err());
        let wrapped = wrapped_for_screen(&"x".repeat(1000));
        assert_eq!(wrapped.matches("\x1bP").count(), 2);
        assert_eq!(wrapped.matches('x').count(), 1000);
    }

    #[test]
    fn a_program_s_failure_is_told() {
        hand_over(&["sh", "-c", "cat >/dev/null"], "text").unwrap();
        let error = hand_over(&["sh", "-c", "cat >/dev/null; exit 3"], "text").unwrap_err();
        assert!(error.contains("exit status: 3"), "{error}");
        assert!(hand_over(&["no-such-program"], "text").is_err());
    }
}
