//! The list of entries.
//!
//! ```text
//!   2022
//!   Nov       ◐  Milley     Milley puts Russian losses at 100,000
//!   Dec    ┬  ◧             The fight for Bakhmut at its most intense
//!          │
//!   2023   │
//! ▌ May  1 │  ●  Kirby      Over 100,000 casualties since December        ≠1
//!   May  2 └  ●  Peskov     00:30 UTC+3  Plucked from thin air
//!   May  1    ●  Joshi      18:30 UTC-4  Not Bakhmut alone
//! ┬─ date  └ rails  └ mark  └ speaker  └ headline        disputes and the like ┘
//! └─ the selected entry     └ where instants and written days go different ways
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::model::{EntryIndex, Timeline};
use crate::text::{Direction, pad, width};
use crate::tui::action::Action;
use crate::tui::draw::{highlight, put, put_in};
use crate::tui::state::{Focus, State};
use crate::tui::theme::Theme;
use crate::view::label::{Glyphs, LABEL, label, mark, qualifier};
use crate::view::rails::RailPart;
use crate::view::rows::{Row, rows};

/// The most cells that a speaker's name takes.
const SPEAKER: usize = 12;

/// Draws the window of the timeline.
pub fn draw(state: &State, buffer: &mut Buffer) {
    let area = state.areas().timeline;
    if state.shown.is_empty() {
        empty(state, area, buffer);
        return;
    }
    let rows = rows(&state.timeline, &state.shown, state.top, usize::from(area.height));
    let speaker = speaker_width(state, &rows, area);
    for (y, row) in (area.top()..area.bottom()).zip(&rows) {
        match row {
            Row::Heading { text, position } => heading(state, area, y, text, *position, buffer),
            Row::Entry { entry, position, label } => {
                let painter =
                    Painter { state, area, y, speaker, selected: *position == state.cursor };
                painter.entry(*entry, *position, label, buffer);
            }
        }
    }
}

/// What stands where there is no entry.
pub fn empty(state: &State, area: Rect, buffer: &mut Buffer) {
    let theme = &state.preferences.theme;
    let keymap = &state.preferences.keymap;
    let key = |action| keymap.keys_of(crate::tui::keymap::Context::Timeline, action);
    let (said, ways) = if state.timeline.is_empty() {
        let mut ways = vec![(Action::AddEntry, "adds the first"), (Action::Help, "lists all keys")];
        // What came through a pipe is nobody's to change.
        ways.retain(|(action, _)| *action != Action::AddEntry || state.fixed.is_empty());
        ("This dataset has no entries yet.", ways)
    } else {
        let ways = vec![
            (Action::Filter, "changes it"),
            (Action::Undo, "takes the last change back"),
            (Action::Cancel, "shows everything"),
        ];
        ("No entry matches the filter.", ways)
    };
    let ways = ways.into_iter().filter_map(|(action, what)| {
        let key = key(action)?;
        Some(format!("{key:>4}  {what}"))
    });
    let lines = std::iter::once(said.to_owned()).chain(ways);
    for (y, line) in (area.y + 1..area.bottom()).zip(lines) {
        put(buffer, (area.x + 2, y), area.right(), &line, theme.dim);
    }
}

/// As wide as the names in the window need, within reason.
fn speaker_width(state: &State, rows: &[Row], area: Rect) -> usize {
    let widest = rows
        .iter()
        .filter_map(|row| match row {
            Row::Entry { entry, .. } => state.timeline.speaker_of(*entry),
            Row::Heading { .. } => None,
        })
        .map(|speaker| width(state.timeline.speaker(speaker).short_name()))
        .max()
        .unwrap_or(0);
    widest.min(SPEAKER).min(usize::from(area.width) / 4)
}

fn heading(state: &State, area: Rect, y: u16, text: &str, position: usize, buffer: &mut Buffer) {
    let theme = &state.preferences.theme;
    let end = put(buffer, (area.x + 2, y), area.right(), text, theme.heading);
    for rail in 0..state.shown.rails.used() {
        // A year of many digits stands over the rails.
        let free = rail_column(area, rail) >= end;
        if free && position > state.top && state.shown.rails.crosses(rail, position) {
            let glyph =
                rail_glyph(state.shown.rails.part(rail, position), state.preferences.glyphs);
            let glyph = if matches!(glyph, "┴" | "↓") { "│" } else { glyph };
            buffer.set_string(rail_column(area, rail), y, glyph, theme.dim);
        }
    }
}

fn rail_column(area: Rect, rail: usize) -> u16 {
    let before = 2 + LABEL + 1 + rail;
    area.x.saturating_add(u16::try_from(before).unwrap_or(u16::MAX))
}

fn rail_glyph(part: RailPart, glyphs: Glyphs) -> &'static str {
    match (part, glyphs) {
        (RailPart::Empty, _) => " ",
        (RailPart::Start, Glyphs::Unicode) => "┬",
        (RailPart::Through, Glyphs::Unicode) => "│",
        (RailPart::Fading, Glyphs::Unicode) => "╎",
        (RailPart::End, Glyphs::Unicode) => "┴",
        (RailPart::Onwards, Glyphs::Unicode) => "↓",
        (RailPart::Start | RailPart::End, Glyphs::Ascii) => "+",
        (RailPart::Through, Glyphs::Ascii) => "|",
        (RailPart::Fading, Glyphs::Ascii) => ":",
        (RailPart::Onwards, Glyphs::Ascii) => "v",
    }
}

struct Painter<'a> {
    state: &'a State,
    area: Rect,
    y: u16,
    speaker: usize,
    selected: bool,
}

impl Painter<'_> {
    fn entry(&self, entry: EntryIndex, position: usize, text: &str, buffer: &mut Buffer) {
        let (state, area, y) = (self.state, self.area, self.y);
        let theme = &state.preferences.theme;
        let timeline = &state.timeline;
        let date = timeline.date(entry);
        let glyphs = state.preferences.glyphs;
        let row = Rect { y, height: 1, ..area };
        if self.selected {
            let style =
                if state.focus == Focus::Timeline { theme.selected } else { theme.selected_away };
            buffer.set_style(row, style);
            let bar = if glyphs == Glyphs::Ascii { ">" } else { "▌" };
            buffer.set_string(area.x, y, bar, self.over(theme.accent));
        }
        if state.is_selected(entry) {
            let tick = if glyphs == Glyphs::Ascii { "x" } else { "✓" };
            buffer.set_string(area.x + 1, y, tick, self.over(theme.range));
        }
        let whole = if self.selected { label(timeline, entry) } else { text.to_owned() };
        put(buffer, (area.x + 2, y), area.right(), &pad(&whole, LABEL), self.over(theme.dim));
        let rails = state.shown.rails.used();
        for rail in 0..rails {
            let glyph = rail_glyph(state.shown.rails.part(rail, position), glyphs);
            buffer.set_string(rail_column(area, rail), y, glyph, self.over(theme.dim));
        }
        let speaker = timeline.speaker_of(entry);
        let colour = speaker.map_or(theme.text, |speaker| theme.speaker(timeline.person(speaker)));
        let mut x = rail_column(area, rails) + u16::from(rails > 0);
        let sign = format!(
            "{}{} ",
            mark(timeline.kind(entry), date.precision(), glyphs),
            qualifier(&date)
        );
        x = put(buffer, (x, y), area.right(), &sign, self.over(colour));
        if self.speaker > 0 {
            let name = speaker.map_or("", |speaker| timeline.speaker(speaker).short_name());
            let from = x;
            x = put(buffer, (x, y), area.right(), &pad(name, self.speaker), self.over(colour));
            highlight(state, (from, y), x, (name, Direction::of(name)), self.selected, buffer);
            x += 2;
        }
        let badge = badge(timeline, entry, glyphs);
        let end = area.right().saturating_sub(1);
        let badge_at = end.saturating_sub(u16::try_from(width(&badge)).unwrap_or(0));
        put(buffer, (badge_at, y), end, &badge, self.over(theme.dispute));
        let room = if badge.is_empty() { end } else { badge_at.saturating_sub(1) };
        if let Some(clock) = date.clock().filter(|_| timeline.is_crossed(entry)) {
            let clock = clock_within(&clock, usize::from(room.saturating_sub(x)));
            x = put(buffer, (x, y), room, clock, self.over(theme.dim));
            x = x.saturating_add(2);
        }
        let headline = timeline.headline(entry);
        let headline = (headline, Direction::of(headline));
        put_in(buffer, (x, y), room, headline, self.over(theme.text));
        highlight(state, (x, y), room, headline, self.selected, buffer);
    }

    /// The style on the selected row keeps that row's background.
    fn over(&self, style: Style) -> Style {
        let theme = &self.state.preferences.theme;
        match (self.selected, self.state.focus) {
            (false, _) => style,
            (true, Focus::Timeline) => Theme::over(style, theme.selected),
            (true, Focus::Detail) => Theme::over(style, theme.selected_away),
        }
    }
}

/// The time and zone of an entry that stands out of the order of days; the zone alone where the
/// headline would have less room than that.
fn clock_within(clock: &str, room: usize) -> &str {
    match clock.split_once(' ') {
        Some((_, zone)) if room < 2 * clock.len() + 2 => zone,
        _ => clock,
    }
}

/// How often the entry is called into question: `≠2`.
fn badge(timeline: &Timeline, entry: EntryIndex, glyphs: Glyphs) -> String {
    let disputes = timeline.links_of(entry).iter().filter(|link| link.questions()).count();
    match (disputes, glyphs) {
        (0, _) => String::new(),
        (_, Glyphs::Unicode) => format!("≠{disputes}"),
        (_, Glyphs::Ascii) => format!("!{disputes}"),
    }
}
