//! Keys as people write them: `j`, `gg`, `<c-d>`, `<enter>`.

use std::fmt;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// One key with what is held down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which.
    pub code: KeyCode,
    /// Whether Ctrl is held.
    pub control: bool,
    /// Whether Alt is held.
    pub alt: bool,
    /// Whether Shift is held with an arrow; with others it shows in what they type.
    pub shift: bool,
}

/// Names in angle brackets, and how the key is called in the help.
const NAMED: [(&str, KeyCode, &str); 16] = [
    ("enter", KeyCode::Enter, "Enter"),
    ("esc", KeyCode::Esc, "Esc"),
    ("tab", KeyCode::Tab, "Tab"),
    ("s-tab", KeyCode::BackTab, "Shift-Tab"),
    ("space", KeyCode::Char(' '), "Space"),
    ("bs", KeyCode::Backspace, "Backspace"),
    ("del", KeyCode::Delete, "Delete"),
    ("up", KeyCode::Up, "Up"),
    ("down", KeyCode::Down, "Down"),
    ("left", KeyCode::Left, "Left"),
    ("right", KeyCode::Right, "Right"),
    ("home", KeyCode::Home, "Home"),
    ("end", KeyCode::End, "End"),
    ("pgup", KeyCode::PageUp, "PgUp"),
    ("pgdn", KeyCode::PageDown, "PgDn"),
    ("lt", KeyCode::Char('<'), "<"),
];

impl Key {
    /// A key alone.
    pub fn plain(code: KeyCode) -> Self {
        Key { code, control: false, alt: false, shift: false }
    }

    /// With Shift held, where that makes another key of it.
    #[must_use]
    pub fn shifted(self, shift: bool) -> Self {
        Key { shift: shift && self.is_arrow(), ..self }
    }

    /// The character that it types, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(typed) if !self.control && !self.alt => Some(typed),
            _ => None,
        }
    }

    /// Reads a sequence such as `gg` or `<c-d>`.
    ///
    /// # Errors
    ///
    /// What is no key.
    pub fn sequence(text: &str) -> Result<Vec<Key>, String> {
        let mut keys = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if first == '<' && rest.len() > 1 {
                let Some((name, after)) = rest.get(1..).and_then(|inner| inner.split_once('>'))
                else {
                    return Err(format!(
                        "`{text}`: `<` begins a key's name and needs a `>`; write `<lt>` for the key itself"
                    ));
                };
                keys.push(Key::named(name).ok_or_else(|| {
                    format!("`<{name}>` is no key; write for example `<c-d>`, `<a-x>`, `<enter>` or `<f1>`")
                })?);
                rest = after;
            } else {
                keys.push(Key::plain(KeyCode::Char(first)));
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
        if keys.is_empty() { Err("a key is missing".to_owned()) } else { Ok(keys) }
    }

    fn named(name: &str) -> Option<Key> {
        let lower = name.to_lowercase();
        if let Some((_, code, _)) = NAMED.iter().find(|(known, ..)| *known == lower) {
            return Some(Key::plain(*code));
        }
        if let Some(inner) = lower.strip_prefix("c-") {
            return Key::part(inner, inner).map(|key| Key { control: true, ..key });
        }
        if let Some(inner) = lower.strip_prefix("s-") {
            return Key::named(inner).map(|key| key.shifted(true)).filter(|key| key.shift);
        }
        if let Some(lower) = lower.strip_prefix("a-") {
            let inner = name.get(2..)?;
            return Key::part(inner, lower).map(|key| Key { alt: true, ..key });
        }
        let number: u8 = lower.strip_prefix('f')?.parse().ok()?;
        (1..=12).contains(&number).then(|| Key::plain(KeyCode::F(number)))
    }

    fn is_arrow(self) -> bool {
        matches!(self.code, KeyCode::Left | KeyCode::Right | KeyCode::Up | KeyCode::Down)
    }

    fn part(inner: &str, lower: &str) -> Option<Key> {
        let mut letters = inner.chars();
        match (letters.next(), letters.next()) {
            (Some(only), None) => Some(Key::plain(KeyCode::Char(only))),
            _ => Key::named(lower).filter(|key| !key.control && !key.alt),
        }
    }
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Self {
        let control = event.modifiers.contains(KeyModifiers::CONTROL);
        let code = match event.code {
            KeyCode::Char(typed) if control => KeyCode::Char(typed.to_ascii_lowercase()),
            KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
            code => code,
        };
        let alt = event.modifiers.contains(KeyModifiers::ALT);
        let shift = event.modifiers.contains(KeyModifiers::SHIFT);
        Key { control, alt, ..Key::plain(code) }.shifted(shift)
    }
}

/// As the help calls it: `Ctrl-d`.
impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.control {
            out.write_str("Ctrl-")?;
        }
        if self.alt {
            out.write_str("Alt-")?;
        }
        if self.shift {
            out.write_str("Shift-")?;
        }
        if let Some((.., called)) = NAMED.iter().find(|(_, code, _)| *code == self.code) {
            return out.write_str(called);
        }
        match self.code {
            KeyCode::Char(typed) => write!(out, "{typed}"),
            KeyCode::F(number) => write!(out, "F{number}"),
            _ => out.write_str("?"),
        }
    }
}

/// A sequence as the help shows it: `gg`, `Ctrl-d`.
pub fn sequence_name(keys: &[Key]) -> String {
    keys.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_are_read_and_named() {
        for (text, name) in [
            ("j", "j"),
            ("gg", "gg"),
            ("<c-d>", "Ctrl-d"),
            ("<C-D>", "Ctrl-d"),
            ("<a-X>", "Alt-X"),
            ("<enter>", "Enter"),
            ("<s-tab>", "Shift-Tab"),
            ("<f1>", "F1"),
            ("<lt>", "<"),
            ("'", "'"),
            ("<c-left>", "Ctrl-Left"),
            ("<s-left>", "Shift-Left"),
        ] {
            assert_eq!(sequence_name(&Key::sequence(text).unwrap()), name);
        }
        for bad in ["", "<nokey>", "<c-", "<f13>", "<c-xy>", "<s-home>"] {
            assert!(Key::sequence(bad).is_err(), "{bad}");
        }
    }
}
