//! All keys, group by group, from the keymap.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};

use crate::text::{pad, width};
use crate::tui::draw::put;
use crate::tui::keymap::Keymap;
use crate::tui::state::State;

/// A line of the help.
enum Line {
    Blank,
    Group(String),
    Key(String, String),
}

/// Where the help's lines lie on a screen of this size, in cells.
pub fn area(size: (u16, u16)) -> Rect {
    let width = size.0.saturating_sub(4).min(76);
    let height = size.1.saturating_sub(4);
    Rect { x: (size.0 - width) / 2, y: size.1.saturating_sub(height) / 2, width, height }
}

/// How many lines the help has.
pub fn length(state: &State) -> usize {
    lines(&state.preferences.keymap).len()
}

fn lines(keymap: &Keymap) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut group = None;
    for binding in keymap.bindings() {
        if binding.keys.is_empty() {
            continue;
        }
        if group != Some(&binding.group) {
            if group.is_some() {
                lines.push(Line::Blank);
            }
            lines.push(Line::Group(binding.group.clone()));
            group = Some(&binding.group);
        }
        lines.push(Line::Key(binding.keys_name(), binding.help.clone()));
    }
    lines
}

/// Draws the help over the screen.
pub fn draw(state: &State, scroll: usize, buffer: &mut Buffer) {
    let theme = &state.preferences.theme;
    let area = area(state.size);
    let frame = Rect {
        x: area.x.saturating_sub(2),
        y: area.y.saturating_sub(1),
        width: area.width.saturating_add(4),
        height: area.height.saturating_add(2),
    }
    .intersection(*buffer.area());
    Clear.render(frame, buffer);
    buffer.set_style(frame, theme.ground);
    ratatui::widgets::Block::bordered()
        .border_style(theme.rule)
        .title(" Keys ")
        .title_style(theme.title)
        .render(frame, buffer);
    let lines = lines(&state.preferences.keymap);
    let keys = lines
        .iter()
        .filter_map(|line| match line {
            Line::Key(keys, _) => Some(width(keys)),
            _ => None,
        })
        .max()
        .unwrap_or(0)
        .min(usize::from(area.width) / 2);
    for (y, line) in (area.top()..area.bottom()).zip(lines.iter().skip(scroll)) {
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
}
