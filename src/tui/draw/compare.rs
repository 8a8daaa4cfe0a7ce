//! Figures side by side, over the whole screen.
//!
//! ```text
//!                     Milley, 9 Nov 2022        Kirby, 1 May 2023
//!   claimed           about 100,000             over 100,000          ≠
//!   where             Ukraine                   Bakhmut               ≠
//!   a month           about 12,500              over 20,000
//!
//!   In words
//!   More than 1.6 times the monthly rate. Not like for like: …
//!
//!   ≠  where the figures are not like for like
//! ```
//!
//! Where columns would be too narrow to read, the figures stand under one another instead.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use crate::text::width;
use crate::tui::draw::{list, put};
use crate::tui::overlay::Page;
use crate::tui::overlay::comparison::{Role, area, lines};
use crate::tui::state::State;
use crate::view::compare::Comparison;
use crate::view::label::Glyphs;

/// Draws the window of it.
pub fn draw(state: &State, page: &Page, buffer: &mut Buffer) {
    let glyphs = state.preferences.glyphs;
    let (frame, inner) = area(page, state.size, glyphs);
    list::frame(state, frame, "Side by side", buffer);
    let lines = lines(&page.comparison, inner.width.into(), glyphs);
    let scroll = page.scroll.min(lines.len().saturating_sub(inner.height.into()));
    for (y, line) in (inner.top()..inner.bottom()).zip(lines.iter().skip(scroll)) {
        let mut x = inner.x;
        for (text, role) in line {
            x = put(buffer, (x, y), inner.right(), text, style(state, *role, &page.comparison));
        }
    }
    let below = lines.len().saturating_sub(scroll + usize::from(inner.height));
    if below > 0 {
        let arrow = if glyphs == Glyphs::Ascii { "v" } else { "↓" };
        let text = format!(" {below} more {arrow} ");
        let x = frame.right().saturating_sub(u16::try_from(width(&text)).unwrap_or(0) + 2);
        let y = frame.bottom().saturating_sub(1);
        put(buffer, (x, y), frame.right(), &text, state.preferences.theme.dim);
    }
}

fn style(state: &State, role: Role, comparison: &Comparison) -> Style {
    let theme = &state.preferences.theme;
    match role {
        Role::Label | Role::Dim => theme.dim,
        Role::Heading(column) => {
            let id = comparison.figures.get(column).map_or("", |figure| &figure.entry);
            let speaker =
                state.timeline.named(id).and_then(|entry| state.timeline.speaker_of(entry));
            let colour = speaker
                .map_or(theme.title, |speaker| theme.speaker(state.timeline.person(speaker)));
            colour.add_modifier(ratatui::style::Modifier::BOLD)
        }
        Role::Value => theme.text,
        Role::Differing => theme.figure,
        Role::Sign => theme.dispute,
        Role::Words => theme.quote,
        Role::Title => theme.heading,
    }
}
