//! The table of figures, in as many columns as there is room for.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::text::{Direction, pad, visible, width};
use crate::tui::draw::{highlight, put};
use crate::tui::state::State;
use crate::tui::theme::Theme;
use crate::tui::views::figures::FiguresView;
use crate::view::figures::{Column, FigureRow};
use crate::view::label::Glyphs;

/// Columns by their weight: those at the end give way first.
const BY_WEIGHT: [Column; 8] = [
    Column::Claimed,
    Column::Who,
    Column::When,
    Column::Rate,
    Column::Period,
    Column::Place,
    Column::Of,
    Column::Source,
];

/// The most cells that a column takes before others have what they need.
const WIDEST: usize = 30;

/// Cells before the first column: the bar, what is marked, a space.
const MARKS: usize = 5;

/// Draws the heading and the rows in the window.
pub fn draw(state: &State, area: Rect, buffer: &mut Buffer) {
    if area.height == 0 {
        return;
    }
    let theme = &state.preferences.theme;
    let view = &state.views.figures;
    let area = Rect { x: area.x.saturating_sub(2), width: area.width.saturating_add(2), ..area };
    let columns = columns(view, usize::from(area.width).saturating_sub(MARKS));
    let start = area.x.saturating_add(MARKS as u16);
    let mut x = start;
    for (column, wide) in &columns {
        let sorted = *column == view.sort;
        let title = if sorted {
            format!("{} {}", column.title(), way(state))
        } else {
            column.title().to_owned()
        };
        let style = if sorted { theme.accent } else { theme.heading };
        put(buffer, (x, area.y), area.right(), &pad(&title, *wide), style);
        x = x.saturating_add(u16::try_from(wide + 2).unwrap_or(u16::MAX));
    }
    let rows = (view.top..).zip(view.window());
    for (y, (number, row)) in (area.y + 1..area.bottom()).zip(rows) {
        draw_row(state, Rect { y, height: 1, ..area }, number, row, &columns, buffer);
    }
    let below = view.rows().len().saturating_sub(view.top + usize::from(area.height - 1));
    if below > 0 {
        let arrow = if state.preferences.glyphs == Glyphs::Ascii { "v" } else { "↓" };
        let text = format!(" {below} more {arrow} ");
        let x = area.right().saturating_sub(u16::try_from(width(&text)).unwrap_or(0));
        put(buffer, (x, area.bottom()), area.right(), &text, theme.dim);
    }
}

fn way(state: &State) -> &'static str {
    match (state.views.figures.descending, state.preferences.glyphs) {
        (false, Glyphs::Unicode) => "▲",
        (true, Glyphs::Unicode) => "▼",
        (false, Glyphs::Ascii) => "^",
        (true, Glyphs::Ascii) => "v",
    }
}

fn draw_row(
    state: &State,
    area: Rect,
    number: usize,
    row: &FigureRow,
    columns: &[(Column, usize)],
    buffer: &mut Buffer,
) {
    let theme = &state.preferences.theme;
    let ascii = state.preferences.glyphs == Glyphs::Ascii;
    let view = &state.views.figures;
    let here = view.row == Some(number);
    let over = |style: Style| if here { Theme::over(style, theme.selected) } else { style };
    if here {
        buffer.set_style(area, theme.selected);
        buffer.set_string(area.x, area.y, if ascii { ">" } else { "▌" }, over(theme.accent));
    }
    if state.is_selected(row.entry) {
        let tick = if ascii { "x" } else { "✓" };
        buffer.set_string(area.x + 1, area.y, tick, over(theme.range));
    }
    if let Some(mark) = view.mark_of(row) {
        let style = over(theme.accent).add_modifier(Modifier::BOLD);
        put(buffer, (area.x + 2, area.y), area.x + 5, &format!("{mark:>2}"), style);
    }
    let mut x = area.x.saturating_add(MARKS as u16);
    for (column, wide) in columns {
        let text = visible(&row.cell(*column)).into_owned();
        let style = match column {
            Column::Claimed => theme.figure,
            Column::Who => row.speaker.map_or(theme.text, |speaker| theme.speaker(speaker)),
            Column::Rate => theme.text,
            _ if *column == view.sort => theme.text,
            _ => theme.dim,
        };
        let end = x.saturating_add(u16::try_from(*wide).unwrap_or(u16::MAX)).min(area.right());
        put(buffer, (x, area.y), end, &pad(&text, *wide), over(style));
        highlight(state, (x, area.y), end, (&text, Direction::of(&text)), here, buffer);
        x = end.saturating_add(2);
    }
}

/// The columns that have room, from left to right, and how wide each is, in cells. What room is
/// left goes to those that are cut.
fn columns(view: &FiguresView, room: usize) -> Vec<(Column, usize)> {
    let sort = view.sort;
    // Room for the arrow of the order.
    let natural = |column: Column| match view.widest(column) {
        0 => 0,
        wide => wide.max(width(column.title()) + 2),
    };
    let mut chosen: Vec<(Column, usize, usize)> = Vec::new();
    let mut used = 0;
    let first = BY_WEIGHT.into_iter().filter(|column| *column == sort);
    let rest = BY_WEIGHT.into_iter().filter(|column| *column != sort);
    for column in first.chain(rest) {
        let wants = natural(column);
        let wide = wants.min(WIDEST);
        if wants == 0 || (used > 0 && used + wide > room) {
            continue;
        }
        let wide = wide.min(room);
        used += wide + 2;
        chosen.push((column, wide, wants));
    }
    let mut spare = (room + 2).saturating_sub(used);
    for (_, wide, wants) in &mut chosen {
        let more = wants.saturating_sub(*wide).min(spare);
        *wide += more;
        spare -= more;
    }
    let mut columns: Vec<(Column, usize)> =
        chosen.into_iter().map(|(column, wide, _)| (column, wide)).collect();
    columns.sort_by_key(|(column, _)| Column::ALL.iter().position(|other| other == column));
    columns
}
