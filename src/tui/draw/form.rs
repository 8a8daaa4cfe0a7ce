//! The form for an entry, the question before a deletion, and the passage of a quote.
//!
//! ```text
//! ╭ New entry in record.ron ──────────────────────────── ready to save ╮
//! │   Kind         ‹ statement ›                                       │
//! │   Date         may 2023                        2023-05: May 2023   │
//! │ ▌ Speaker      kir█                                                │
//! │                ▌ John Kirby    spokesman, White House              │
//! │   Headline                                                         │
//! ╰──────────────────────────────────── kept: 2 more quotes ───────────╯
//! ```

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::model::Kind;
use crate::text::order::{self, ordered};
use crate::text::{Direction, clip, pad, visible, width, wrap};
use crate::tui::draw::{clear, list, put, put_as_it_stands, put_parts};
use crate::tui::field::Field;
use crate::tui::layout;
use crate::tui::overlay::ask::Ask;
use crate::tui::overlay::form::{Form, NAME, Part, Placed, Tone};
use crate::tui::overlay::passage::{Look, Passage};
use crate::tui::rows::rows;
use crate::tui::state::State;
use crate::tui::theme::Theme;
use crate::view::label::Glyphs;

/// The most offers that are shown at once.
const MOST_OFFERS: u16 = 7;

/// What a line break looks like; the text after it is in the next row.
const BREAK: &str = "\u{21b5}";

/// Draws the form over the screen.
pub fn draw(state: &State, form: &Form, buffer: &mut Buffer) {
    let theme = &state.preferences.theme;
    let frame = layout::dialog(state.size);
    let title = match &form.was {
        Some(was) => format!("{} in {}", was.id, form.file),
        None => format!("New entry in {}", form.file),
    };
    list::frame(state, frame, &visible(&title), buffer);
    let (standing, brief, style) = match form.to_mend().len() {
        0 => ("ready to save".to_owned(), "ready".to_owned(), theme.good),
        1 => ("1 line to fill in or mend".to_owned(), "1 to mend".to_owned(), theme.dim),
        count => {
            (format!("{count} lines to fill in or mend"), format!("{count} to mend"), theme.dim)
        }
    };
    // Which entry it is matters more than how it stands.
    let room = usize::from(frame.width).saturating_sub(width(&visible(&title)) + 8);
    let standing = if width(&standing) <= room { standing } else { brief };
    in_border(frame, frame.y, &standing, style, buffer);
    let kept = form.kept();
    if !kept.is_empty() {
        let text = format!("kept: {}", kept.join(", "));
        in_border(frame, frame.bottom().saturating_sub(1), &text, theme.dim, buffer);
    }
    let inside = layout::form(state.size);
    let placed = form.placed(inside.width.into(), inside.height.into());
    for line in &placed {
        self::line(state, form, inside, line, buffer);
    }
    let all = placed.last().map_or(0, |last| last.row + last.rows);
    let below = all.saturating_sub(form.scroll + usize::from(inside.height));
    if below > 0 {
        let arrow = if plain(state) { "v" } else { "\u{2193}" };
        let text = format!(" {below} more {arrow} ");
        put(buffer, (frame.x + 3, frame.bottom() - 1), frame.right(), &text, theme.dim);
    }
    if let Some(here) = placed.iter().find(|line| line.part == form.part) {
        offers(state, form, inside, here, buffer);
    }
}

fn plain(state: &State) -> bool {
    state.preferences.glyphs == Glyphs::Ascii
}

/// A few words at the right end of a line of the frame.
fn in_border(frame: Rect, y: u16, text: &str, style: Style, buffer: &mut Buffer) {
    let wide = u16::try_from(width(text) + 2).unwrap_or(u16::MAX);
    let at = frame.right().saturating_sub(wide.saturating_add(2)).max(frame.x + 10);
    put(buffer, (at, y), frame.right().saturating_sub(1), &format!(" {text} "), style);
}

/// The row of the screen for a row of the form; nothing where that is out of sight.
fn row(form: &Form, inside: Rect, row: usize) -> Option<u16> {
    let y = u16::try_from(row.checked_sub(form.scroll)?).ok()?;
    (y < inside.height).then_some(inside.y + y)
}

fn line(state: &State, form: &Form, inside: Rect, placed: &Placed, buffer: &mut Buffer) {
    let theme = &state.preferences.theme;
    let current = placed.part == form.part;
    let over = |style: Style| if current { Theme::over(style, theme.selected) } else { style };
    let name_end = inside.x + u16::try_from(NAME).unwrap_or(0);
    let end = name_end.saturating_add(u16::try_from(placed.room).unwrap_or(u16::MAX));
    let end = end.min(inside.right());
    let text = texts(form, placed, current);
    for (number, (text, cursor)) in text.iter().enumerate() {
        let Some(y) = row(form, inside, placed.row + number) else { continue };
        if current {
            buffer.set_style(Rect { y, height: 1, ..inside }, theme.selected);
            let mark = if plain(state) { ">" } else { "\u{258c}" };
            put(buffer, (inside.x, y), inside.right(), mark, over(theme.accent));
        }
        if number == 0 {
            let name = pad(placed.part.name(), NAME - 3);
            put(buffer, (inside.x + 2, y), inside.right(), &name, over(theme.label));
            let (said, tone) = form.beside(placed.part);
            let style = match tone {
                Tone::Reads => theme.dim,
                Tone::Missing if !form.tried => theme.dim,
                Tone::Missing => theme.warning,
                Tone::Wrong => theme.error,
            };
            let wide = u16::try_from(width(&said).min(placed.beside)).unwrap_or(0);
            let at = inside.right().saturating_sub(wide + 1);
            put(buffer, (at, y), inside.right().saturating_sub(1), &said, over(style));
        }
        if placed.part == Part::Kind {
            kind(state, form, (name_end, y), end, over(theme.text), buffer);
            continue;
        }
        put_as_it_stands(buffer, (name_end, y), end, text, over(theme.text));
        if let Some(column) = cursor {
            let x = name_end.saturating_add(u16::try_from(*column).unwrap_or(u16::MAX));
            list::cursor(state, x, y, end, buffer);
        }
    }
}

fn kind(state: &State, form: &Form, at: (u16, u16), end: u16, style: Style, buffer: &mut Buffer) {
    let (left, right) = match (form.part == Part::Kind, plain(state)) {
        (false, _) => ("", ""),
        (true, false) => ("\u{2039} ", " \u{203a}"),
        (true, true) => ("< ", " >"),
    };
    let word = match form.kind {
        Kind::Statement => "statement",
        Kind::Event => "event",
    };
    put(buffer, at, end, &format!("{left}{word}{right}"), style);
}

/// The rows of a line's text, each with the column of the cursor where that is in it.
fn texts(form: &Form, placed: &Placed, current: bool) -> Vec<(String, Option<usize>)> {
    let field: Field = form.field(placed.part);
    if !placed.part.is_long() {
        if !current {
            let text = visible(field.text());
            let text = clip(&text, placed.room);
            return vec![(ordered(&text, Direction::of(&text)).into_owned(), None)];
        }
        let window = field.window(placed.room);
        return vec![(window.text, Some(window.column))];
    }
    let text = field.text();
    let all = rows(text, placed.room.saturating_sub(1));
    let at = field.cursor();
    let with_cursor = all.iter().rposition(|range| range.start <= at).unwrap_or(0);
    let first = if current { (with_cursor + 1).saturating_sub(placed.rows) } else { 0 };
    let shown = all.iter().enumerate().skip(first).take(placed.rows);
    shown
        .map(|(number, range)| {
            let shown = |range: Range<usize>| {
                visible(&text.get(range).unwrap_or_default().replace('\n', BREAK)).into_owned()
            };
            let row = shown(range.clone());
            let direction = Direction::of(paragraph(text, range.start));
            if current && number == with_cursor {
                let (row, column) =
                    order::with_cursor(&row, shown(range.start..at).len(), direction);
                return (row.into_owned(), Some(column));
            }
            (ordered(&row, direction).into_owned(), None)
        })
        .collect()
}

/// The text from the line break before a place on.
fn paragraph(text: &str, at: usize) -> &str {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let rest = text.get(start..).unwrap_or_default();
    rest.split('\n').next().unwrap_or_default()
}

/// What may stand in the line, under it or, where there is more room, above it.
fn offers(state: &State, form: &Form, inside: Rect, here: &Placed, buffer: &mut Buffer) {
    if form.offers.is_empty() {
        return;
    }
    let Some(y) = row(form, inside, here.row + here.rows - 1) else { return };
    let theme = &state.preferences.theme;
    let below = inside.bottom().saturating_sub(y + 1);
    let above = y.saturating_sub(inside.y);
    let room = below.max(above).min(MOST_OFFERS);
    let height = u16::try_from(form.offers.len()).unwrap_or(u16::MAX).min(room);
    let top = if below >= height { y + 1 } else { y.saturating_sub(height) };
    let x = inside.x + u16::try_from(NAME).unwrap_or(0).saturating_sub(2);
    let area = Rect { x, y: top, width: inside.right().saturating_sub(x), height };
    clear(area, buffer);
    buffer.set_style(area, theme.ground);
    let taken = form.taken.unwrap_or(0);
    let first = (taken + 1).saturating_sub(height.into());
    let widest = form.offers.iter().map(|offer| width(&offer.text)).max().unwrap_or(0);
    let name = widest.min(usize::from(area.width) / 2);
    for (number, (y, offer)) in
        (area.top()..area.bottom()).zip(form.offers.iter().skip(first)).enumerate()
    {
        let chosen = form.taken == Some(first + number);
        let over = |style: Style| if chosen { Theme::over(style, theme.selected) } else { style };
        let mark = match (chosen, plain(state)) {
            (false, _) => " ",
            (true, false) => "\u{25b8}",
            (true, true) => ">",
        };
        if chosen {
            buffer.set_style(Rect { y, height: 1, ..area }, theme.selected);
        }
        let x = put(buffer, (area.x, y), area.right(), mark, over(theme.accent)) + 1;
        let x = put(buffer, (x, y), area.right(), &pad(&offer.text, name), over(theme.text)) + 2;
        put(buffer, (x, y), area.right(), &offer.about, over(theme.dim));
    }
}

/// Draws the question before a deletion.
pub fn draw_ask(state: &State, ask: &Ask, buffer: &mut Buffer) {
    let theme = &state.preferences.theme;
    let wide = state.size.0.saturating_sub(4).min(66);
    let room = usize::from(wide.saturating_sub(4));
    let about: Vec<String> = ask.about.iter().flat_map(|text| wrap(text, room)).collect();
    let question = wrap(&ask.question, room);
    let rows = about.len() + question.len() + 5;
    let height = u16::try_from(rows).unwrap_or(u16::MAX).min(state.size.1);
    let frame = Rect {
        x: state.size.0.saturating_sub(wide) / 2,
        y: state.size.1.saturating_sub(height) / 3,
        width: wide,
        height,
    };
    list::frame(state, frame, "Delete", buffer);
    let lines = question
        .iter()
        .map(|line| (line.as_str(), theme.warning))
        .chain([("", theme.text)])
        .chain(about.iter().map(|line| (line.as_str(), theme.text)))
        .chain([("", theme.text), ("y deletes it; any other key does not", theme.dim)]);
    for (y, (text, style)) in (frame.y + 1..frame.bottom().saturating_sub(1)).zip(lines) {
        put(buffer, (frame.x + 2, y), frame.right().saturating_sub(2), text, style);
    }
}

/// Draws where a quote stands in its sources.
pub fn draw_passage(state: &State, passage: &Passage, buffer: &mut Buffer) {
    let theme = &state.preferences.theme;
    let frame = layout::dialog(state.size);
    list::frame(state, frame, "Quote and source", buffer);
    let inside = layout::form(state.size);
    let rows = passage.rows(usize::from(inside.width.saturating_sub(2)));
    let shown = rows.iter().skip(passage.scroll);
    let style = |look: Look| match look {
        Look::Label => theme.label,
        Look::Verdict => theme.attribution,
        Look::Quote => theme.quote,
        Look::Differs => theme.dispute,
        Look::Around => theme.dim,
    };
    for (y, (parts, direction)) in (inside.top()..inside.bottom()).zip(shown) {
        let parts: Vec<(&str, Style)> =
            parts.iter().map(|(text, look)| (*text, style(*look))).collect();
        put_parts(buffer, (inside.x + 1, y), inside.right(), (&parts, *direction));
    }
    let below = rows.len().saturating_sub(passage.scroll + usize::from(inside.height));
    if below > 0 {
        in_border(frame, frame.bottom() - 1, &format!("{below} more"), theme.dim, buffer);
    }
}
