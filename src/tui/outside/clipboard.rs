//! Copying: to the system's clipboard where there is one, else through the terminal.
//!
//! Over SSH the clipboard of the machine that we run on is not the user's; the terminal's is. It
//! takes text as OSC 52 (XTerm Control Sequences, "Manipulate Selection Data"), and says nothing
//! of whether it did. tmux, as it comes, drops that from the programs in it; what is handed to its
//! own buffers arrives there, and with `-w` goes on to the terminal where tmux is set to allow it.

use std::io::Write;
use std::process::{Command, Stdio};

use unicode_segmentation::UnicodeSegmentation;

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
    let far = ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"].into_iter().any(set);
    let known: [(bool, &'static [&'static str]); 5] = [
        (!far && set("WAYLAND_DISPLAY"), &["wl-copy"]),
        (!far && set("DISPLAY"), &["xclip", "-selection", "clipboard"]),
        (!far && set("DISPLAY"), &["xsel", "--clipboard", "--input"]),
        (!far && cfg!(target_os = "macos"), &["pbcopy"]),
        (set("TMUX"), TMUX),
    ];
    let found = known
        .into_iter()
        .find(|(serves, words)| *serves && words.first().is_some_and(|program| on_path(program)));
    found.map_or(Way::Terminal, |(_, words)| Way::System(words))
}

/// Whether tmux should have the text, too, after a program of the system has it.
pub fn also_tmux(words: &[&str]) -> bool {
    let inside = std::env::var_os("TMUX").is_some_and(|value| !value.is_empty());
    words != TMUX && inside && on_path(TMUX_PROGRAM)
}

const TMUX_PROGRAM: &str = "tmux";

/// tmux's own buffer, and from there the terminal's clipboard where tmux allows that.
pub const TMUX: &[&str] = &[TMUX_PROGRAM, "load-buffer", "-w", "-"];

/// The same for tmux before 3.2, which knows no `-w`.
const OLD_TMUX: &[&str] = &[TMUX_PROGRAM, "load-buffer", "-"];

/// Copies the text through programs of the system; gives what has it now, for people.
///
/// # Errors
///
/// What went wrong.
pub fn copy(words: &'static [&'static str], text: &str) -> Result<&'static str, String> {
    let to_tmux =
        || hand_over(TMUX, text).or_else(|error| hand_over(OLD_TMUX, text).map_err(|_| error));
    if words == TMUX {
        return to_tmux().map(|()| "tmux's buffer");
    }
    hand_over(words, text)?;
    let both = also_tmux(words) && to_tmux().is_ok();
    Ok(if both { "the clipboard and tmux's buffer" } else { "the clipboard" })
}

/// What is to be said of a text that went to the terminal, which does not say whether it took it:
/// five of seven, as they come, do not. `write` is the key that writes a file.
pub fn sent(text: &str, write: Option<&str>) -> String {
    let instead = write.map_or(String::new(), |key| format!(": {key} writes a file"));
    format!("sent to the terminal ({}); not every one takes it{instead}", size(text))
}

/// How much was copied, for people.
pub fn size(text: &str) -> String {
    let letters = text.graphemes(true).count();
    let noun = if letters == 1 { "character" } else { "characters" };
    format!("{letters} {noun}")
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
    fn what_nobody_confirmed_is_not_called_copied() {
        let said = sent("e\u{301} 字", Some("x"));
        assert_eq!(
            said,
            "sent to the terminal (3 characters); not every one takes it: x writes a file"
        );
        assert!(!said.contains("copied") && said.len() < 80);
        assert!(sent(&"x".repeat(1_000_000), Some("x")).len() <= 85);
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
