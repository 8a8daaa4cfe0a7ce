//! The figures: the measures, a chart of the one chosen, and its table.
//!
//! ```text
//!   casualties 7   deaths 3   tanks 1
//!
//!   150,000 ┤
//!   100,000 ┤ ━━━━━━━━━━━━━━━ Milley, about 100,000
//!         0 ┤
//!           2022
//! ────────────────────────────────────────────────
//!      claimed         who      when        a month
//! ▌ 1  about 100,000   Milley   9 Nov 2022  about 12,500
//! ┬ └─ its place among those marked for comparison
//! └─ the row of the cursor
//! ```

mod chart;
mod table;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::text::width;
use crate::tui::draw::put;
use crate::tui::state::{Focus, State};

/// Draws them.
pub fn draw(state: &State, buffer: &mut Buffer) {
    let areas = state.areas();
    let (upper, lower) = (areas.timeline, areas.detail);
    if state.views.figures.measures().is_empty() {
        nothing(state, upper, buffer);
        return;
    }
    if upper.height > 0 {
        measures(state, Rect { height: 1, ..upper }, buffer);
    }
    if upper.height > 1 {
        let area = Rect {
            x: upper.x + 2,
            y: upper.y + 1,
            width: upper.width.saturating_sub(3),
            height: upper.height - 1,
        };
        chart::draw(state, area, buffer);
    }
    if state.focus == Focus::Timeline {
        table::draw(state, lower, buffer);
    }
}

fn nothing(state: &State, area: Rect, buffer: &mut Buffer) {
    if state.shown.is_empty() {
        super::timeline::empty(state, area, buffer);
        return;
    }
    let text = "No entry that is shown claims a figure.";
    let y = if area.height > 1 { area.y + 1 } else { area.y };
    put(buffer, (area.x + 2, y), area.right(), text, state.preferences.theme.dim);
}

/// The measures, the chosen one marked; those before it give way where there is no room for all.
fn measures(state: &State, area: Rect, buffer: &mut Buffer) {
    let theme = &state.preferences.theme;
    let view = &state.views.figures;
    let end = area.right().saturating_sub(1);
    let wide = |(name, count): &(String, usize)| width(name) + count.to_string().len() + 4;
    let room = usize::from(area.width.saturating_sub(4));
    let mut first = view.measure();
    let mut used = view.measures().get(first).map_or(0, wide);
    while let Some(before) = first.checked_sub(1)
        && let Some(measure) = view.measures().get(before)
        && used + wide(measure) <= room
    {
        used += wide(measure);
        first = before;
    }
    let mut x = area.x + 2;
    for (at, (name, count)) in view.measures().iter().enumerate().skip(first) {
        let style = if at == view.measure() { theme.chip } else { theme.dim };
        x = put(buffer, (x, area.y), end, &format!(" {name} {count} "), style) + 1;
        if x >= end {
            break;
        }
    }
}
