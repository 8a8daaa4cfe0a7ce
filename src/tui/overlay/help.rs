//! All keys as lines, group by group, from the keymap. How they look is left to `draw`.

use ratatui::layout::Rect;

use crate::tui::keymap::Keymap;
use crate::tui::overlay::Help;

/// A line of the help.
pub enum Line {
    /// Between two groups.
    Blank,
    /// What keys have in common.
    Group(String),
    /// Keys, and what they do.
    Key(String, String),
}

/// Where the help's lines lie on a screen of this size, in cells.
pub fn area(size: (u16, u16)) -> Rect {
    let width = size.0.saturating_sub(4).min(80);
    let height = size.1.saturating_sub(5);
    Rect {
        x: size.0.saturating_sub(width) / 2,
        y: size.1.saturating_sub(height) / 2,
        width,
        height,
    }
}

/// How many lines the help has.
pub fn length(help: &Help, keymap: &Keymap) -> usize {
    lines(keymap, help.field.text()).len()
}

/// The lines of those groups and keys that hold all words typed.
pub fn lines(keymap: &Keymap, narrowed: &str) -> Vec<Line> {
    let narrowed = narrowed.to_lowercase();
    let mut lines = Vec::new();
    let mut group = None;
    for binding in keymap.bindings() {
        if binding.keys.is_empty() {
            continue;
        }
        let keys = binding.keys_name();
        let whole = format!("{} {keys} {} {}", binding.group, binding.help, binding.action.word());
        let whole = whole.to_lowercase();
        if !narrowed.split_whitespace().all(|word| whole.contains(word)) {
            continue;
        }
        if group != Some(&binding.group) {
            if group.is_some() {
                lines.push(Line::Blank);
            }
            lines.push(Line::Group(binding.group.clone()));
            group = Some(&binding.group);
        }
        lines.push(Line::Key(keys, binding.help.clone()));
    }
    lines
}
