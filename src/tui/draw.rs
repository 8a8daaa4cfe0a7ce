//! State to cells. Reads state and changes nothing.

mod bar;
pub mod compare;
mod detail;
mod export;
mod figures;
mod form;
pub(super) mod header;
pub mod help;
mod lanes;
mod list;
mod prompt;
mod timeline;

use std::ops::Range;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Paragraph, Widget};

use crate::query::Needle;
use crate::text::order::{columns, order, ordered, reads_from_the_right};
use crate::text::{Direction, clip, prefix, visible};
use crate::tui::layout::{SMALLEST, too_small};
use crate::tui::overlay::Overlay;
use crate::tui::state::State;
use crate::tui::views::View;
use crate::view::label::Glyphs;

/// Draws the whole screen.
pub fn draw(state: &State, frame: &mut Frame) {
    let area = frame.area();
    let buffer = frame.buffer_mut();
    buffer.set_style(area, state.preferences.theme.ground);
    if too_small((area.width, area.height)) {
        small(state, area, buffer);
        return;
    }
    header::draw(state, buffer);
    rules(state, buffer);
    match state.views.view {
        View::Timeline => timeline::draw(state, buffer),
        View::Lanes => lanes::draw(state, buffer),
        View::Figures => figures::draw(state, buffer),
    }
    if state.views.shows_record(state.focus) && state.areas().detail.height > 0 {
        detail::draw(state, buffer);
    }
    bar::draw(state, buffer);
    match &state.overlay {
        Some(Overlay::Help(help)) => help::draw(state, help, buffer),
        Some(Overlay::Compare(page)) => compare::draw(state, page, buffer),
        Some(Overlay::Export(dialog)) => export::draw(state, dialog, buffer),
        Some(Overlay::Form(form)) => form::draw(state, form, buffer),
        Some(Overlay::Ask(ask)) => form::draw_ask(state, ask, buffer),
        Some(Overlay::Passage(passage)) => form::draw_passage(state, passage, buffer),
        Some(overlay) => list::draw(state, overlay, buffer),
        None => {}
    }
    if state.preferences.glyphs == Glyphs::Ascii {
        plain(buffer);
    }
}

fn small(state: &State, area: Rect, buffer: &mut Buffer) {
    let (width, height) = SMALLEST;
    let text = format!(
        "dateline needs {width} x {height} cells; this is {} x {}.",
        area.width, area.height
    );
    let lines: Vec<Line> =
        crate::text::wrap(&text, usize::from(area.width)).into_iter().map(Line::from).collect();
    Paragraph::new(lines).style(state.preferences.theme.text).render(area, buffer);
}

/// The lines between the parts, meeting where they cross.
fn rules(state: &State, buffer: &mut Buffer) {
    let areas = state.areas();
    let style = state.preferences.theme.rule;
    let ascii = state.preferences.glyphs == Glyphs::Ascii;
    let (across, down) = if ascii { ("-", "|") } else { ("─", "│") };
    let (above, below) = if ascii { ("+", "+") } else { ("┬", "┴") };
    for area in [areas.rule, areas.lower_rule] {
        buffer.set_string(area.x, area.y, across.repeat(usize::from(area.width)), style);
    }
    if !areas.wide {
        let divider = areas.divider;
        if divider.height == 0 {
            return;
        }
        buffer.set_string(divider.x, divider.y, across.repeat(usize::from(divider.width)), style);
        return;
    }
    for y in areas.divider.top()..areas.divider.bottom() {
        buffer.set_string(areas.divider.x, y, down, style);
    }
    buffer.set_string(areas.divider.x, areas.rule.y, above, style);
    buffer.set_string(areas.divider.x, areas.lower_rule.y, below, style);
}

/// Shows where words that are searched for, or that the query asks for, stand in a text just
/// written at a column.
fn highlight(
    state: &State,
    (x, y): (u16, u16),
    end: u16,
    (text, direction): (&str, Direction),
    here: bool,
    buffer: &mut Buffer,
) {
    let theme = &state.preferences.theme;
    if state.shown.needles.is_empty() && state.search.is_none() {
        return;
    }
    let text = &*visible(text);
    let room = usize::from(end.saturating_sub(x));
    // Words beyond the edge need no place, of which a long text may have thousands.
    let in_sight = prefix(text, room).len();
    // Where a text that is read from the right was cut matters to all of it.
    let cut = in_sight < text.len() && reads_from_the_right(text);
    let shown = if cut { clip(text, room) } else { text.into() };
    let mut mark = |needle: &Needle, style: Style| {
        let found = needle.find_all_shown(text).into_iter();
        for range in found.take_while(|range| range.start < in_sight) {
            let range = range.start..range.end.min(in_sight);
            for columns in columns(&shown, direction, &range) {
                buffer.set_style(cells((x, y), end, &columns), style);
            }
        }
    };
    for needle in &state.shown.needles {
        mark(needle, theme.found_by_filter);
    }
    if let Some(search) = &state.search {
        mark(&search.needle, if here { theme.found_here } else { theme.found });
    }
}

/// The cells of some columns of a text that begins at a column.
fn cells((x, y): (u16, u16), end: u16, columns: &Range<usize>) -> Rect {
    let at = |column: usize| x.saturating_add(u16::try_from(column).unwrap_or(u16::MAX)).min(end);
    let (from, to) = (at(columns.start), at(columns.end));
    Rect { x: from, y, width: to.saturating_sub(from), height: 1 }
}

/// Empties an area for what lies over the rest. A wide letter that reaches into it goes as a whole.
fn clear(area: Rect, buffer: &mut Buffer) {
    Clear.render(area, buffer);
    let Some(left) = area.x.checked_sub(1) else { return };
    for y in area.top()..area.bottom() {
        if let Some(cell) = buffer.cell_mut((left, y))
            && crate::text::width(cell.symbol()) > 1
        {
            cell.set_symbol(" ");
        }
    }
}

/// Writes text from a column on, in as many cells as there are up to `end`; gives the column
/// after it. Harmless to the terminal, whatever the text, and in the order in which it is read.
fn put(buffer: &mut Buffer, at: (u16, u16), end: u16, text: &str, style: Style) -> u16 {
    put_in(buffer, at, end, (text, Direction::of(text)), style)
}

/// [`put`], for a line of a paragraph that is read this way.
fn put_in(
    buffer: &mut Buffer,
    (x, y): (u16, u16),
    end: u16,
    (text, direction): (&str, Direction),
    style: Style,
) -> u16 {
    if x >= end {
        return x;
    }
    let text = visible(text);
    let text = clip(&text, usize::from(end - x));
    put_as_it_stands(buffer, (x, y), end, &ordered(&text, direction), style)
}

/// Writes harmless text whose letters are in order from left to right.
fn put_as_it_stands(
    buffer: &mut Buffer,
    (x, y): (u16, u16),
    end: u16,
    text: &str,
    style: Style,
) -> u16 {
    if x >= end {
        return x;
    }
    let text = clip(text, usize::from(end - x));
    buffer.set_stringn(x, y, &*text, usize::from(end - x), style).0
}

/// Writes a line of parts that look different, in the order in which the whole of it is read.
fn put_parts(
    buffer: &mut Buffer,
    (x, y): (u16, u16),
    end: u16,
    (parts, direction): (&[(&str, Style)], Direction),
) {
    let whole: String = parts.iter().map(|(text, _)| visible(text)).collect();
    let whole = clip(&whole, usize::from(end.saturating_sub(x)));
    let Some(letters) = order(&whole, direction) else {
        let mut x = x;
        for (text, style) in parts {
            x = put(buffer, (x, y), end, text, *style);
        }
        return;
    };
    let mut ends = Vec::new();
    for (text, style) in parts {
        let before = ends.last().map_or(0, |(end, _)| *end);
        ends.push((before + visible(text).len(), *style));
    }
    for letter in letters {
        let part = ends.iter().find(|(end, _)| letter.place.start < *end).or(ends.last());
        let style = part.map_or(Style::new(), |(_, style)| *style);
        let at = cells((x, y), end, &(letter.column..letter.column + letter.wide));
        buffer.set_stringn(at.x, y, &*letter.shown(&whole), at.width.into(), style);
    }
}

/// What a terminal that shows only ASCII has for each cell, after all is drawn. A character that
/// is nothing like any of ASCII's becomes a question mark, and keeps its cells.
fn plain(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if cell.symbol().is_ascii() {
            continue;
        }
        let plain = match cell.symbol() {
            "\u{2018}" | "\u{2019}" | "″" | "′" => "'",
            "\u{201c}" | "\u{201d}" => "\"",
            "–" | "—" | "−" | "·" | "•" | "─" => "-",
            "…" => "~",
            "┃" | "│" | "▌" | "▏" => "|",
            "→" | "▸" | "›" | "↵" => ">",
            "←" | "‹" => "<",
            "≠" => "!",
            "✓" => "+",
            "≈" => "~",
            "\u{a0}" => " ",
            other => letter(other),
        };
        cell.set_symbol(plain);
    }
}

/// The plain letter under an accent, where a language of Europe writes one.
fn letter(symbol: &str) -> &'static str {
    const ACCENTS: [(&str, &str); 24] = [
        ("àáâãäåāăą", "a"),
        ("ÀÁÂÃÄÅĀĂĄ", "A"),
        ("çćĉċč", "c"),
        ("ÇĆĈĊČ", "C"),
        ("ďđ", "d"),
        ("ĎĐ", "D"),
        ("èéêëēĕėęě", "e"),
        ("ÈÉÊËĒĔĖĘĚ", "E"),
        ("ìíîïĩīĭįı", "i"),
        ("ÌÍÎÏĨĪĬĮİ", "I"),
        ("ĺļľŀł", "l"),
        ("ĹĻĽĿŁ", "L"),
        ("ñńņň", "n"),
        ("ÑŃŅŇ", "N"),
        ("òóôõöøōŏő", "o"),
        ("ÒÓÔÕÖØŌŎŐ", "O"),
        ("śŝşšș", "s"),
        ("ŚŜŞŠȘ", "S"),
        ("ţťŧț", "t"),
        ("ùúûüũūŭůűų", "u"),
        ("ÙÚÛÜŨŪŬŮŰŲ", "U"),
        ("ýÿŷ", "y"),
        ("źżž", "z"),
        ("ŹŻŽ", "Z"),
    ];
    let found = ACCENTS.iter().find(|(accented, _)| accented.contains(symbol));
    found.map_or("?", |(_, plain)| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overlay_cuts_no_letter_in_two() {
        for (from, to, left) in [
            (0, 2, "  失 xx"),
            (1, 3, "    xx"),
            (2, 4, "損   xx"),
            (2, 3, "損   xx"),
            (3, 6, "損     "),
            (5, 6, "損 失 x "),
        ] {
            let mut buffer = Buffer::with_lines(["損失xx"]);
            clear(Rect { x: from, y: 0, width: to - from, height: 1 }, &mut buffer);
            let cells: String = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
            assert_eq!(cells, left, "{from} to {to}");
        }
    }
}
