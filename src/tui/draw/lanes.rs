//! The lanes: time from left to right.
//!
//! ```text
//!   speakers         2022                             2023
//!                    Aug   Sep   Oct   Nov   Dec      Jan   Feb
//!                    ┬─────┬─────┬─────┬───▼─┬────────┬─────┬───
//! ▌ Milley                                 ●
//! ✓ Kirby                                                       5›
//!   events                                   ░◧░░────────────────▶
//! ┬─ name       └ before the window              after the window ┘
//! └─ the lane of the cursor, or one that holds a selected entry
//! ```
//!
//! The cursor's entry is turned round (bright on dark), in its column a mark on the rule; entries
//! selected for export are underlined in the colour of the selection, those that hold what is
//! searched for have its background. Empty cells under today's column have a thin line.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::model::EntryIndex;
use crate::text::{pad, width};
use crate::tui::draw::{put, timeline};
use crate::tui::state::{Focus, State};
use crate::tui::theme::Theme;
use crate::tui::views::lanes::Plot;
use crate::view::axis::Axis;
use crate::view::label::Glyphs;
use crate::view::lanes::{self, Cell, Class, Lanes};
use crate::view::ruler::{Label, Ruler};

/// Of the entries that share a cell, at most so many are looked at for what is special in them.
const LOOKED_AT: usize = 64;

/// Draws the ruler and the lanes in the window.
pub fn draw(state: &State, buffer: &mut Buffer) {
    let area = state.areas().timeline;
    if area.height == 0 {
        return;
    }
    let view = &state.views.lanes;
    let (Some(axis), false) = (view.axis(), state.shown.is_empty()) else {
        timeline::empty(state, area, buffer);
        return;
    };
    let plot = view.plot(area);
    let ruler = Ruler::new(axis, state.views.today);
    header(state, area, plot, axis, &ruler, buffer);
    let lanes = area.y.saturating_add(plot.header)..area.bottom();
    for (y, lane) in lanes.zip(view.top..view.lanes().lanes().len()) {
        Painter { state, area, plot, axis, ruler: &ruler, y }.lane(lane, buffer);
    }
    let below = view
        .lanes()
        .lanes()
        .len()
        .saturating_sub(view.top + usize::from(area.height.saturating_sub(plot.header)));
    more(state, area, view.top, below, buffer);
}

/// How many lanes lie above and below the window.
fn more(state: &State, area: Rect, above: usize, below: usize, buffer: &mut Buffer) {
    let (up, down) =
        if state.preferences.glyphs == Glyphs::Ascii { ("^", "v") } else { ("↑", "↓") };
    let mut parts = Vec::new();
    if above > 0 {
        parts.push(format!("{above} {up}"));
    }
    if below > 0 {
        parts.push(format!("{below} {down}"));
    }
    if parts.is_empty() {
        return;
    }
    let text = format!(" {} ", parts.join("  "));
    put(buffer, (area.x + 2, area.bottom()), area.right(), &text, state.preferences.theme.dim);
}

fn header(state: &State, area: Rect, plot: Plot, axis: &Axis, ruler: &Ruler, buffer: &mut Buffer) {
    let theme = &state.preferences.theme;
    let ascii = state.preferences.glyphs == Glyphs::Ascii;
    put(buffer, (plot.name, area.y), plot.before, state.views.lanes.heading(), theme.heading);
    labels(&ruler.major, (plot.left, area.y), plot.end, theme.heading, buffer);
    labels(&ruler.minor, (plot.left, area.y + 1), plot.end, theme.dim, buffer);
    let here = state
        .selected()
        .and_then(|entry| Lanes::day(&state.timeline, entry))
        .and_then(|day| axis.column(day));
    if plot.header < 3 {
        if let Some(column) = here {
            let cell = Rect { x: at(plot.left, column), y: area.y + 1, width: 1, height: 1 };
            buffer.set_style(cell, theme.accent.add_modifier(Modifier::REVERSED));
        }
        return;
    }
    let y = area.y + 2;
    let (line, tick, fold, pin) =
        if ascii { ("-", "+", "~", "v") } else { ("─", "┴", "⁞", "▼") };
    let rule = line.repeat(plot.columns());
    put(buffer, (plot.left, y), plot.right, &rule, theme.rule);
    for (columns, glyph) in [(&ruler.ticks, tick), (&ruler.breaks, fold)] {
        for column in columns {
            buffer.set_string(at(plot.left, *column), y, glyph, theme.rule);
        }
    }
    if let Some(column) = ruler.today {
        let glyph = if ascii { "|" } else { "┼" };
        buffer.set_string(at(plot.left, column), y, glyph, theme.good);
        let room = plot.right.saturating_sub(at(plot.left, column) + 1);
        if usize::from(room) > width(" today ") {
            put(buffer, (at(plot.left, column) + 1, y), plot.right, " today ", theme.good);
        }
    }
    if let Some(column) = here {
        buffer.set_string(at(plot.left, column), y, pin, theme.accent);
    }
}

fn labels(labels: &[Label], (x, y): (u16, u16), end: u16, style: Style, buffer: &mut Buffer) {
    for label in labels {
        put(buffer, (at(x, label.column), y), end, &label.text, style);
    }
}

/// The column of the screen at which a column of the plot stands.
fn at(left: u16, column: usize) -> u16 {
    left.saturating_add(u16::try_from(column).unwrap_or(u16::MAX))
}

struct Painter<'a> {
    state: &'a State,
    area: Rect,
    plot: Plot,
    axis: &'a Axis,
    ruler: &'a Ruler,
    y: u16,
}

impl Painter<'_> {
    fn lane(&self, number: usize, buffer: &mut Buffer) {
        let (state, plot, y) = (self.state, self.plot, self.y);
        let theme = &state.preferences.theme;
        let ascii = state.preferences.glyphs == Glyphs::Ascii;
        let view = &state.views.lanes;
        let Some(lane) = view.lanes().lanes().get(number) else { return };
        let here = number == view.lane && state.selected().is_some();
        let ground = match (here, state.focus) {
            (false, _) => Style::new(),
            (true, Focus::Timeline) => theme.selected,
            (true, Focus::Detail) => theme.selected_away,
        };
        let over = |style: Style| Theme::over(style, ground);
        // On a lane that is turned round it is the one cell that is not.
        let turned = ground.add_modifier.contains(Modifier::REVERSED);
        if here {
            buffer.set_style(Rect { y, height: 1, ..self.area }, ground);
            let bar = if ascii { ">" } else { "▌" };
            buffer.set_string(self.area.x, y, bar, over(theme.accent));
        }
        let colour = lane.speaker.map_or(theme.text, |speaker| theme.speaker(speaker));
        let room = usize::from(plot.before.saturating_sub(plot.name + 1));
        let mut name = over(colour);
        if here && !turned {
            name = name.add_modifier(Modifier::BOLD);
        }
        put(buffer, (plot.name, y), plot.before, &pad(&lane.name, room), name);
        let (before, after) = view.lanes().beyond(number, self.axis);
        let (back, on) = if ascii { ("<", ">") } else { ("‹", "›") };
        if before > 0 {
            let text = format!("{back}{}", few(before));
            let wide = u16::try_from(width(&text)).unwrap_or(0);
            let x = plot.left.saturating_sub(1 + wide).max(plot.before);
            put(buffer, (x, y), plot.left, &text, over(theme.dim));
        }
        if after > 0 {
            let text = format!("{}{on}", few(after));
            put(buffer, (plot.right + 1, y), plot.end, &text, over(theme.dim));
        } else if lane.undated() == lane.len() {
            put(buffer, (plot.left, y), plot.right, "undated", over(theme.dim));
        }
        let cells = view.lanes().cells(&state.timeline, number, self.axis, state.selected());
        let glyphs = lanes::draw(&cells, state.preferences.glyphs);
        let mut style = Style::new();
        let (mut touches, mut light) = (false, false);
        for ((column, cell), glyph) in cells.iter().enumerate().zip(glyphs.chars()) {
            let counts = matches!(cell.class, Class::Count(_));
            // Further digits of a count look like the first.
            if !glyph.is_ascii_digit() || counts {
                style = self.style(number, column, cell, colour, here);
                // Two counts side by side are not to be read as one number.
                light = counts && touches && !light;
                if light {
                    style = style.remove_modifier(Modifier::BOLD);
                }
            }
            touches = glyph.is_ascii_digit();
            let x = at(plot.left, column);
            if glyph == ' ' && self.ruler.today == Some(column) {
                let line = if ascii { "|" } else { "┊" };
                buffer.set_string(x, y, line, if here { over(theme.dim) } else { theme.rule });
            } else if glyph != ' ' {
                let mut bytes = [0; 4];
                let style =
                    if turned { self.turned(cell, style, ground) } else { ground.patch(style) };
                buffer.set_string(x, y, glyph.encode_utf8(&mut bytes), style);
            }
        }
    }

    /// What a cell looks like.
    fn style(&self, lane: usize, column: usize, cell: &Cell, colour: Style, here: bool) -> Style {
        let state = self.state;
        let theme = &state.preferences.theme;
        let cursor = state.selected().filter(|_| here);
        let mut style = match cell.class {
            Class::Mark(..) | Class::Count(_) => colour,
            Class::Onwards | Class::Before | Class::Firm => colour,
            Class::Empty | Class::Fold | Class::Loose | Class::Faint => theme.dim,
        };
        let own = cursor.is_some() && cell.entry == cursor;
        if !matches!(cell.class, Class::Mark(..) | Class::Count(_)) {
            return if own { style.patch(theme.accent) } else { style };
        }
        style = style.add_modifier(Modifier::BOLD);
        let marked = state.views.lanes.lanes().marked(lane, self.axis, column);
        let (mut selected, mut found) = (false, false);
        let special = state.search.is_some()
            || state.selection.anchor.is_some()
            || !state.selection.entries.is_empty();
        for entry in marked.take(if special { LOOKED_AT } else { 0 }) {
            selected |= state.is_selected(entry);
            found |= self.found(entry);
        }
        if found {
            style = style.patch(theme.found);
        }
        if selected {
            style = style.patch(theme.range).add_modifier(Modifier::UNDERLINED);
        }
        if own {
            style = theme.accent.add_modifier(Modifier::REVERSED | Modifier::BOLD);
        }
        style
    }

    /// What a cell looks like on a lane that is turned round, whose letters have no colours.
    fn turned(&self, cell: &Cell, style: Style, ground: Style) -> Style {
        let own = cell.entry.is_some() && cell.entry == self.state.selected();
        let special = style.add_modifier.intersects(Modifier::UNDERLINED | Modifier::REVERSED);
        match (own, special) {
            (true, _) => {
                Style::new().remove_modifier(Modifier::REVERSED).add_modifier(Modifier::BOLD)
            }
            (false, true) => ground.add_modifier(Modifier::UNDERLINED),
            (false, false) => ground,
        }
    }

    /// Whether an entry holds the words searched for.
    fn found(&self, entry: EntryIndex) -> bool {
        let search = self.state.search.as_ref();
        let found = search.and_then(|search| search.found.as_ref());
        found.is_some_and(|found| found.binary_search(&entry).is_ok())
    }
}

/// A number in at most four characters: `999`, `12k`, `3M`.
fn few(count: usize) -> String {
    match count {
        ..1000 => count.to_string(),
        1000..1_000_000 => format!("{}k", count / 1000),
        _ => format!("{}M", count / 1_000_000),
    }
}
