//! The title, and the density strip with its axis.
//!
//! ```text
//!  dateline  Bakhmut: what U.S. officials said                  7 of 23
//!  ▁ ▂   ▁ ▃  ▁ █▁     bright: shown; dim: filtered out; underlined: the cursor
//!  2022     Oct   2023    Apr
//! ```

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::style::Modifier;

use crate::model::EntryIndex;
use crate::text::width;
use crate::tui::draw::put;
use crate::tui::state::State;
use crate::view::label::{Glyphs, standing};

/// Draws both.
pub fn draw(state: &State, buffer: &mut Buffer) {
    title(state, buffer);
    strip(state, buffer);
}

fn title(state: &State, buffer: &mut Buffer) {
    let theme = &state.preferences.theme;
    let area = state.areas().title;
    let (shown, all) = (state.shown.len(), state.timeline.len());
    // What could not be read is told where the entries are counted.
    let (unread, kept) = (state.timeline.left_out(), state.timeline.kept());
    let count = match (state.filter.is_empty(), unread, all) {
        (true, 1.., _) => format!("{all} of {} read", all.saturating_add(unread)),
        (true, 0, 1) => "1 entry".to_owned(),
        (true, 0, _) => format!("{all} entries"),
        (false, ..) => format!("{shown} of {all}"),
    };
    let more = match (state.filter.is_empty(), unread, kept.as_deref()) {
        (true, _, Some(kept)) => format!(", {kept}"),
        (true, _, None) | (false, 0, None) => String::new(),
        (false, ..) => state.timeline.amiss().map(|amiss| format!(", {amiss}")).unwrap_or_default(),
    };
    // What is wrong says so itself where there is room for one of them only.
    let fits = 5 * (width(&count) + width(&more)) <= 2 * usize::from(area.width);
    let more = if fits { more } else { String::new() };
    let right = area.right().saturating_sub(1);
    let before = |end: u16, text: &str| end.saturating_sub(u16::try_from(width(text)).unwrap_or(0));
    let from = before(right, &more);
    put(buffer, (from, area.y), right, &more, theme.error);
    let (right, from) = (from, before(from, &count));
    let style = match (state.filter.is_empty(), unread) {
        (true, 0) => theme.dim,
        (true, _) => theme.error,
        (false, _) => theme.accent,
    };
    put(buffer, (from, area.y), right, &count, style);
    let from = chips(state, area.x + 12, from.saturating_sub(2), buffer);
    let x = put(buffer, (area.x + 1, area.y), from, "dateline", theme.accent);
    if let Some(trouble) = &state.trouble {
        put(buffer, (x + 2, area.y), from, trouble, theme.error);
        return;
    }
    let title = state.timeline.title();
    put(buffer, (x + 2, area.y), from.saturating_sub(2), &title, theme.title);
}

/// The terms of the filter, from the right; gives the column that they begin at. The title gives
/// way to them.
fn chips(state: &State, start: u16, end: u16, buffer: &mut Buffer) -> u16 {
    if state.filter.is_empty() {
        return end;
    }
    let theme = &state.preferences.theme;
    let y = state.areas().title.y;
    let mut x = end;
    let chips = state.filter.query().chips();
    for (number, chip) in chips.iter().enumerate().rev() {
        let label = format!(" {} ", chip.label);
        let wide = u16::try_from(width(&label)).unwrap_or(u16::MAX);
        // Room for the dots that stand for the others.
        let needed = wide.saturating_add(if number == 0 { 0 } else { 3 });
        if x.saturating_sub(start) < needed {
            let room = if number + 1 == chips.len() { x.saturating_sub(start) } else { 1 };
            let text = if room > 1 { label } else { "…".to_owned() };
            let from = x.saturating_sub(room);
            put(buffer, (from, y), x, &text, theme.chip);
            return from.saturating_sub(1);
        }
        let from = x - wide;
        put(buffer, (from, y), x, &label, theme.chip);
        x = from.saturating_sub(1);
    }
    x
}

fn strip(state: &State, buffer: &mut Buffer) {
    let areas = state.areas();
    let area = areas.strip;
    if area.height == 0 {
        return;
    }
    let theme = &state.preferences.theme;
    let columns = usize::from(area.width);
    let here = state
        .selected()
        .and_then(|entry| standing(&state.timeline, entry))
        .and_then(|day| state.shown.density.column_of(day, columns));
    let chosen = chosen_columns(state, columns);
    let bars = state.shown.density.columns(columns);
    for ((x, bar), number) in (area.x..area.right()).zip(bars).zip(0usize..) {
        let (height, style) =
            if bar.lit > 0.0 { (bar.lit, theme.lit) } else { (bar.all, theme.unlit) };
        let style = if chosen.contains(&number) { theme.range } else { style };
        let glyph = bar_glyph(height, state.preferences.glyphs);
        if here == Some(number) {
            let mut style =
                theme.selected.patch(theme.lit).add_modifier(Modifier::UNDERLINED | Modifier::BOLD);
            // Reversed, a full cell would be an empty one.
            if glyph == "█" {
                style = style.remove_modifier(Modifier::REVERSED);
            }
            buffer.set_string(x, area.y, if glyph == " " { "▏" } else { glyph }, style);
        } else {
            buffer.set_string(x, area.y, glyph, style);
        }
    }
    let area = areas.axis;
    for (column, text) in state.shown.density.axis(columns) {
        let x = area.x.saturating_add(u16::try_from(column).unwrap_or(u16::MAX));
        put(buffer, (x, area.y), area.right(), &text, theme.dim);
    }
}

/// The columns in which selected entries stand.
pub(in crate::tui) fn chosen_columns(state: &State, columns: usize) -> BTreeSet<usize> {
    let column = |entry: EntryIndex| {
        standing(&state.timeline, entry).and_then(|day| state.shown.density.column_of(day, columns))
    };
    let mut chosen = BTreeSet::new();
    let last = EntryIndex(u32::MAX);
    let mut from = EntryIndex(0);
    // From one column on to the next: there may be as many entries in each as there are.
    while let Some(entry) = state.selection.entries.range(from..=last).next() {
        let here = column(entry);
        chosen.extend(here);
        let all = &state.all.entries;
        let beyond = all.partition_point(|other| *other <= entry || column(*other) <= here);
        let Some(next) = all.get(beyond) else { break };
        from = *next;
    }
    // A range is drawn whole: its entries need not be gone through.
    if let Some((first, last)) = state.range()
        && let (Some(from), Some(to)) = (column(first), column(last))
    {
        chosen.extend(from..=to);
    }
    chosen
}

/// A bar of so much of a cell's height; anything above nothing shows.
fn bar_glyph(height: f32, glyphs: Glyphs) -> &'static str {
    const UNICODE: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
    const ASCII: [&str; 4] = [".", ":", "|", "#"];
    if height <= 0.0 {
        return " ";
    }
    let levels: &[&str] = if glyphs == Glyphs::Ascii { &ASCII } else { &UNICODE };
    let level = ((height * levels.len() as f32).ceil() as usize).clamp(1, levels.len());
    levels.get(level - 1).copied().unwrap_or(" ")
}
