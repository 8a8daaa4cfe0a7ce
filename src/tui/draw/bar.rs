//! The bottom bar: hints or a message on the left, pending keys and the position on the right.

use ratatui::buffer::Buffer;

use crate::text::width;
use crate::tui::draw::put;
use crate::tui::key::sequence_name;
use crate::tui::state::State;

/// Draws the bar.
pub fn draw(state: &State, buffer: &mut Buffer) {
    let area = state.areas().bar;
    let theme = &state.preferences.theme;
    let mut right = String::new();
    if let Some(count) = state.pending.count {
        right.push_str(&count.to_string());
    }
    right.push_str(&sequence_name(&state.pending.keys));
    if !right.is_empty() {
        right.push_str("   ");
    }
    right.push_str(&position(state));
    let end = area.right().saturating_sub(1);
    let from = end.saturating_sub(u16::try_from(width(&right)).unwrap_or(0));
    put(buffer, (from, area.y), end, &right, theme.dim);
    let room = from.saturating_sub(2);
    let mut x = area.x + 1;
    if let Some(message) = &state.message {
        let style = if message.error { theme.error } else { theme.good };
        put(buffer, (x, area.y), room, &message.text, style);
        return;
    }
    for (keys, word) in state.preferences.keymap.hints(state.context()) {
        let wide = u16::try_from(width(&keys) + 1 + width(word)).unwrap_or(u16::MAX);
        if x.saturating_add(wide) > room {
            break;
        }
        x = put(buffer, (x, area.y), room, &keys, theme.key);
        x = put(buffer, (x + 1, area.y), room, word, theme.dim) + 3;
    }
}

/// Where the cursor stands: `5 of 12`.
fn position(state: &State) -> String {
    match state.shown.len() {
        0 => String::new(),
        all => format!("{} of {all}", state.cursor + 1),
    }
}
