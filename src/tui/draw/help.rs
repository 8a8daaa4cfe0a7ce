//! All keys, group by group, from the keymap.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::text::{pad, width};
use crate::tui::draw::{list, put};
use crate::tui::overlay::Help;
use crate::tui::overlay::help::{Line, area, lines};
use crate::tui::state::State;

/// Draws the help over the screen.
pub fn draw(state: &State, help: &Help, buffer: &mut Buffer) {
    let theme = &state.preferences.theme;
    let area = area(state.size);
    let frame = Rect {
        x: area.x.saturating_sub(2),
        y: area.y.saturating_sub(2),
        width: area.width.saturating_add(4),
        height: area.height.saturating_add(3),
    }
    .intersection(*buffer.area());
    list::frame(state, frame, "Keys", buffer);
    let line = area.y.saturating_sub(1);
    if help.typing || !help.field.is_empty() {
        let x = put(buffer, (area.x, line), area.right(), "/ ", theme.accent);
        list::field(state, (x, line), area.right(), &help.field, help.typing, buffer);
    } else {
        put(buffer, (area.x, line), area.right(), "type a word to find a key", theme.dim);
    }
    let lines = lines(&state.preferences.keymap, help.field.text());
    if lines.is_empty() {
        put(buffer, (area.x + 2, area.y), area.right(), "No key does that.", theme.dim);
    }
    let keys = lines
        .iter()
        .filter_map(|line| match line {
            Line::Key(keys, _) => Some(width(keys)),
            _ => None,
        })
        .max()
        .unwrap_or(0)
        .min(usize::from(area.width) / 3);
    for (y, line) in (area.top()..area.bottom()).zip(lines.iter().skip(help.scroll)) {
        match line {
            Line::Blank => {}
            Line::Group(text) => {
                put(buffer, (area.x, y), area.right(), text, theme.heading);
            }
            Line::Key(name, help) => {
                let x = put(buffer, (area.x + 2, y), area.right(), &pad(name, keys), theme.key);
                put(buffer, (x + 2, y), area.right(), help, theme.text);
            }
        }
    }
    let below = lines.len().saturating_sub(help.scroll + usize::from(area.height));
    if below > 0 {
        let text = format!(" {below} more ");
        let x = frame.right().saturating_sub(u16::try_from(width(&text)).unwrap_or(0) + 2);
        put(buffer, (x, frame.bottom().saturating_sub(1)), frame.right(), &text, theme.dim);
    }
}
