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

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Paragraph, Widget};

use crate::query::Needle;
use crate::text::{clip, prefix, visible};
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
    text: &str,
    here: bool,
    buffer: &mut Buffer,
) {
    let theme = &state.preferences.theme;
    if state.shown.needles.is_empty() && state.search.is_none() {
        return;
    }
    let text = &*visible(text);
    // Words beyond the edge need no place, of which a long text may have thousands.
    let in_sight = prefix(text, usize::from(end.saturating_sub(x))).len();
    let mut mark = |needle: &Needle, style: Style| {
        let column = |at: usize| {
            let cells = crate::text::width(text.get(..at.min(in_sight)).unwrap_or_default());
            x.saturating_add(u16::try_from(cells).unwrap_or(u16::MAX)).min(end)
        };
        let found = needle.find_all(text).into_iter();
        for range in found.take_while(|range| range.start < in_sight) {
            let (from, to) = (column(range.start), column(range.end));
            buffer.set_style(Rect { x: from, y, width: to - from, height: 1 }, style);
        }
    };
    for needle in &state.shown.needles {
        mark(needle, theme.found_by_filter);
    }
    if let Some(search) = &state.search {
        mark(&search.needle, if here { theme.found_here } else { theme.found });
    }
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
/// after it. Harmless to the terminal, whatever the text.
fn put(buffer: &mut Buffer, (x, y): (u16, u16), end: u16, text: &str, style: Style) -> u16 {
    if x >= end {
        return x;
    }
    let text = visible(text);
    let text = clip(&text, usize::from(end - x));
    buffer.set_stringn(x, y, &*text, usize::from(end - x), style).0
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
