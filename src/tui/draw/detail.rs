//! The record of the selected entry.

use ratatui::buffer::Buffer;

use crate::export::record::Line;
use crate::tui::draw::{highlight, put, put_in};
use crate::tui::state::{Focus, State};
use crate::tui::theme::Theme;
use crate::view::label::Glyphs;

/// Draws the window of the record, and how much of it lies outside.
pub fn draw(state: &State, buffer: &mut Buffer) {
    let areas = state.areas();
    let area = areas.detail;
    let theme = &state.preferences.theme;
    let chosen = state.detail.link.and_then(|link| state.detail.links().get(link).copied());
    let lines = state.detail.lines.iter().enumerate().skip(state.detail.scroll);
    for (y, (number, line)) in (area.top()..area.bottom()).zip(lines) {
        let linked = belongs(line, number, chosen, &state.detail.lines);
        if linked {
            let row = ratatui::layout::Rect { x: area.x, y, width: area.width, height: 1 };
            buffer.set_style(row, theme.selected);
            let arrow = if state.preferences.glyphs == Glyphs::Ascii { ">" } else { "▸" };
            buffer.set_string(area.x.saturating_sub(2), y, arrow, theme.accent);
        }
        let mut x = area.x;
        for span in &line.spans {
            let from = x;
            let style = theme.record(span.role);
            let style = if linked { Theme::over(style, theme.selected) } else { style };
            let text = (&*span.text, span.text.direction());
            x = put_in(buffer, (x, y), area.right(), text, style);
            if span.role != crate::export::record::Role::Label {
                highlight(state, (from, y), area.right(), text, true, buffer);
            }
        }
    }
    let below =
        state.detail.lines.len().saturating_sub(state.detail.scroll + usize::from(area.height));
    if below > 0 && state.overlay.is_none() {
        let text = if state.preferences.glyphs == Glyphs::Ascii {
            format!(" {below} more v ")
        } else {
            format!(" {below} more ↓ ")
        };
        let wide = u16::try_from(crate::text::width(&text)).unwrap_or(0);
        let x = area.right().saturating_sub(wide);
        put(buffer, (x, areas.lower_rule.y), area.right(), &text, theme.dim);
    }
    if state.focus == Focus::Detail {
        let style = theme.accent;
        for cell in [areas.divider.y] {
            if areas.wide {
                for y in areas.divider.top()..areas.divider.bottom() {
                    buffer.set_style(
                        ratatui::layout::Rect { x: areas.divider.x, y, width: 1, height: 1 },
                        style,
                    );
                }
            } else {
                buffer.set_style(ratatui::layout::Rect { y: cell, ..areas.divider }, style);
            }
        }
    }
}

/// Whether a line is one of the chosen link's.
fn belongs(
    line: &Line,
    number: usize,
    chosen: Option<(crate::export::record::Target, usize)>,
    lines: &[Line],
) -> bool {
    let Some((target, first)) = chosen else { return false };
    line.target == Some(target)
        && number >= first
        && lines
            .get(first..number)
            .is_some_and(|between| between.iter().all(|line| line.target == Some(target)))
}
