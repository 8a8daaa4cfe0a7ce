//! Lists over the screen: panels, palette and marks, all drawn alike.
//!
//! ```text
//! ╭ Speakers ─────────────── tags · sources · kinds · places ╮
//! │ / kirb                                                   │
//! │ ▌ ✓ John Kirby    spokesman, White House …   ▆▆▆▆▆▆   8  │
//! │     Kirk Irby                                ▆        1  │
//! │                                                          │
//! ╰──────────────────────────────────────────────────────────╯
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Block, BorderType, Widget};

use crate::query::Facet;
use crate::text::order::ordered;
use crate::text::{Direction, pad, width};
use crate::tui::draw::{clear, put, put_as_it_stands};
use crate::tui::field::Field;
use crate::tui::layout;
use crate::tui::list::List;
use crate::tui::overlay::{Overlay, Panel, mark_name, palette};
use crate::tui::state::State;
use crate::tui::theme::Theme;
use crate::view::label::Glyphs;

/// A frame in the middle of the screen, empty.
pub fn frame(state: &State, frame: Rect, title: &str, buffer: &mut Buffer) {
    let theme = &state.preferences.theme;
    clear(frame, buffer);
    buffer.set_style(frame, theme.ground);
    let ascii = state.preferences.glyphs == Glyphs::Ascii;
    let block = Block::bordered()
        .border_style(theme.rule)
        .title(format!(" {} ", ordered(title, Direction::of(title))))
        .title_style(theme.title);
    if ascii {
        block.border_set(ASCII).render(frame, buffer);
    } else {
        block.border_type(BorderType::Rounded).render(frame, buffer);
    }
}

const ASCII: ratatui::symbols::border::Set<'_> = ratatui::symbols::border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

/// A line of text with its cursor; gives where the cursor stands.
pub fn field(
    state: &State,
    (x, y): (u16, u16),
    end: u16,
    field: &Field,
    typing: bool,
    buffer: &mut Buffer,
) {
    let theme = &state.preferences.theme;
    let room = usize::from(end.saturating_sub(x));
    let window = field.window(room);
    put_as_it_stands(buffer, (x, y), end, &window.text, theme.text);
    if typing {
        let column = u16::try_from(window.column).unwrap_or(u16::MAX);
        cursor(state, x.saturating_add(column), y, end, buffer);
    }
}

/// The block that shows where one types.
pub fn cursor(state: &State, x: u16, y: u16, end: u16, buffer: &mut Buffer) {
    if x < end
        && let Some(cell) = buffer.cell_mut((x, y))
    {
        // On a row that is turned round it is the one that is not.
        let turned = cell.modifier.contains(Modifier::REVERSED);
        cell.set_style(state.preferences.theme.accent);
        cell.modifier.set(Modifier::REVERSED, !turned);
    }
}

/// A row of a list.
struct Row {
    ticked: Option<bool>,
    name: String,
    style: Style,
    about: String,
    /// A bar of this share of its room.
    share: Option<f64>,
    right: String,
}

/// Draws the list that lies over the screen.
pub fn draw(state: &State, overlay: &Overlay, buffer: &mut Buffer) {
    match overlay {
        Overlay::Panel(panel) => draw_panel(state, panel, buffer),
        Overlay::Palette(list) => draw_palette(state, list, buffer),
        Overlay::Marks(list, marks) => {
            let rows = list.shown.iter().map(|item| marks.get(*item)).map(|mark| {
                let (letter, id) = mark.cloned().unwrap_or_default();
                Row {
                    ticked: None,
                    name: format!("'{letter}"),
                    style: state.preferences.theme.key,
                    about: mark_name(&state.timeline, &id),
                    share: None,
                    right: String::new(),
                }
            });
            whole(state, "Marks", "", list, marks.len(), &rows.collect::<Vec<_>>(), buffer);
        }
        Overlay::Help(_) | Overlay::Prompt(_) | Overlay::Compare(_) | Overlay::Export(_) => {}
        Overlay::Form(_) | Overlay::Ask(_) | Overlay::Passage(_) => {}
    }
}

/// What a panel is called.
pub fn facet_name(facet: Facet) -> &'static str {
    match facet {
        Facet::Speaker => "Speakers",
        Facet::Tag => "Tags",
        Facet::Source => "Sources",
        Facet::Kind => "Kinds",
        Facet::Place => "Places",
    }
}

fn draw_panel(state: &State, panel: &Panel, buffer: &mut Buffer) {
    let theme = &state.preferences.theme;
    let choice = state.filter.query().choice(&state.timeline, panel.facet);
    let most = panel.rows.iter().map(|row| row.count).max().unwrap_or(0).max(1);
    let rows: Vec<Row> = panel
        .list
        .shown
        .iter()
        .skip(panel.list.scroll)
        .take(usize::from(state.size.1))
        .filter_map(|item| panel.rows.get(*item))
        .map(|row| Row {
            ticked: Some(choice.has(&row.key)),
            name: row.name.clone(),
            style: match row.value {
                crate::query::FacetValue::Speaker(speaker) => theme.speaker(speaker),
                _ => theme.text,
            },
            about: row.about.clone().unwrap_or_default(),
            share: Some(row.count as f64 / most as f64),
            right: row.count.to_string(),
        })
        .collect();
    let others: Vec<&str> =
        Facet::ALL.into_iter().filter(|facet| *facet != panel.facet).map(facet_name).collect();
    let others = format!("h l  {}", others.join(" · ").to_lowercase());
    window(state, facet_name(panel.facet), &others, &panel.list, panel.rows.len(), &rows, buffer);
}

fn draw_palette(state: &State, list: &List, buffer: &mut Buffer) {
    let keymap = &state.preferences.keymap;
    let actions = palette::actions(keymap);
    let rows: Vec<Row> = list
        .shown
        .iter()
        .filter_map(|item| actions.get(*item))
        .map(|action| {
            let bindings = || keymap.bindings().iter().filter(|binding| binding.action == *action);
            Row {
                ticked: None,
                name: action.word().to_owned(),
                style: state.preferences.theme.text,
                about: bindings().next().map_or_else(String::new, |binding| binding.help.clone()),
                share: None,
                right: keymap.every_key_of(*action).join(", "),
            }
        })
        .collect();
    whole(state, "Actions", "", list, usize::MAX, &rows, buffer);
}

/// [`window`], for rows that are all there.
fn whole(
    state: &State,
    title: &str,
    right: &str,
    list: &List,
    count: usize,
    rows: &[Row],
    buffer: &mut Buffer,
) {
    window(state, title, right, list, count, rows.get(list.scroll..).unwrap_or_default(), buffer);
}

/// A frame with what narrows the list, and the rows from the list's first on.
fn window(
    state: &State,
    title: &str,
    right: &str,
    list: &List,
    count: usize,
    rows: &[Row],
    buffer: &mut Buffer,
) {
    let theme = &state.preferences.theme;
    let (outer, area) = layout::panel(state.size, count);
    frame(state, outer, title, buffer);
    let wide = u16::try_from(width(right) + 2).unwrap_or(u16::MAX);
    let title_end = outer.x.saturating_add(u16::try_from(width(title)).unwrap_or(0) + 4);
    if !right.is_empty() && title_end.saturating_add(wide + 2) < outer.right() {
        let x = outer.right().saturating_sub(wide + 1);
        put(buffer, (x, outer.y), outer.right(), &format!(" {right} "), theme.dim);
    }
    let line = outer.y + 1;
    let typing = state.context() == crate::tui::keymap::Context::Dialog;
    if typing || !list.field.is_empty() {
        let x = put(buffer, (area.x, line), area.right(), "/ ", theme.accent);
        field(state, (x, line), area.right(), &list.field, typing, buffer);
    } else {
        let hint = state
            .preferences
            .keymap
            .keys_of(state.context(), crate::tui::action::Action::Narrow)
            .unwrap_or_default();
        put(buffer, (area.x, line), area.right(), &format!("{hint} narrows the list"), theme.dim);
    }
    if rows.is_empty() {
        let empty = list.field.is_empty();
        let text = if empty { "There are none." } else { "Nothing here has that name." };
        put(buffer, (area.x + 2, area.y), area.right(), text, theme.dim);
        return;
    }
    let columns = Columns::of(rows, area);
    for (number, (y, row)) in (area.top()..area.bottom()).zip(rows).enumerate() {
        let selected = list.scroll + number == list.cursor;
        draw_row(state, area, y, row, &columns, selected, buffer);
    }
    let below = list.shown.len().saturating_sub(list.scroll + usize::from(area.height));
    if below > 0 {
        let text = format!("{below} more");
        let x = area.right().saturating_sub(u16::try_from(width(&text)).unwrap_or(0));
        put(buffer, (x, area.bottom()), area.right(), &text, theme.dim);
    }
}

/// How wide the parts of the rows are, in cells.
struct Columns {
    name: usize,
    bar: usize,
    right: usize,
}

impl Columns {
    fn of(rows: &[Row], area: Rect) -> Columns {
        let widest =
            |of: fn(&Row) -> &str| rows.iter().map(|row| width(of(row))).max().unwrap_or(0);
        let room = usize::from(area.width);
        let right = widest(|row| &row.right).min(room / 3);
        let bars = rows.iter().any(|row| row.share.is_some());
        let bar = if bars && room >= 50 { 10 } else { 0 };
        Columns { name: widest(|row| &row.name).min(room / 2), bar, right }
    }
}

fn draw_row(
    state: &State,
    area: Rect,
    y: u16,
    row: &Row,
    columns: &Columns,
    selected: bool,
    buffer: &mut Buffer,
) {
    let theme = &state.preferences.theme;
    let ascii = state.preferences.glyphs == Glyphs::Ascii;
    let over = |style: Style| if selected { Theme::over(style, theme.selected) } else { style };
    if selected {
        buffer.set_style(Rect { y, height: 1, ..area }, theme.selected);
        put(buffer, (area.x, y), area.right(), if ascii { ">" } else { "▌" }, over(theme.accent));
    }
    let mut x = area.x + 2;
    if let Some(ticked) = row.ticked {
        let tick = match (ticked, ascii) {
            (true, false) => "✓",
            (true, true) => "x",
            (false, _) => " ",
        };
        put(buffer, (x, y), area.right(), tick, over(theme.good));
        x += 2;
    }
    x = put(buffer, (x, y), area.right(), &pad(&row.name, columns.name), over(row.style)) + 2;
    let mut end = area.right();
    let at = end.saturating_sub(u16::try_from(columns.right).unwrap_or(0));
    let right =
        format!("{}{}", " ".repeat(columns.right.saturating_sub(width(&row.right))), row.right);
    put(buffer, (at, y), end, &right, over(theme.key));
    // Only bars need a column of their own.
    let used = if columns.bar > 0 { columns.right } else { width(&row.right) };
    end = end.saturating_sub(u16::try_from(used + 2).unwrap_or(u16::MAX));
    if columns.bar > 0 {
        let at = end.saturating_sub(u16::try_from(columns.bar).unwrap_or(0));
        let cells = row.share.unwrap_or(0.0) * columns.bar as f64;
        let whole = if cells > 0.0 { (cells.round() as usize).max(1) } else { 0 };
        let bar = if ascii { "#" } else { "▆" }.repeat(whole);
        put(buffer, (at, y), end, &bar, over(theme.unlit));
        end = at.saturating_sub(2);
    }
    put(buffer, (x, y), end, &row.about, over(theme.dim));
}
