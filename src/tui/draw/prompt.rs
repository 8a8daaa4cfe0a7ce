//! The line of text being typed, at the foot of the screen, with how it may go on above it.
//!
//! ```text
//!  speaker:kirby     John Kirby, 8 entries
//!  speaker:milley    Mark Milley, 3 entries
//! ──────────────────────────────────────────
//!  filter  speaker:ki█         7 of 23
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::query::Completion;
use crate::text::{pad, width};
use crate::tui::action::Action;
use crate::tui::draw::bar::fitting;
use crate::tui::draw::list::cursor;
use crate::tui::draw::{cells, clear, put, put_as_it_stands};
use crate::tui::keymap::{Context, Hint};
use crate::tui::overlay::{Prompt, Purpose};
use crate::tui::state::State;
use crate::tui::theme::Theme;
use crate::view::label::Glyphs;

/// The most completions that are shown at once.
const MOST: usize = 8;

/// Draws it over the bar.
pub fn draw(state: &State, prompt: &Prompt, buffer: &mut Buffer) {
    let theme = &state.preferences.theme;
    let areas = state.areas();
    let bar = areas.bar;
    clear(bar, buffer);
    buffer.set_style(bar, theme.ground);
    let name = match prompt.purpose {
        Purpose::Filter => "filter",
        Purpose::Search => "/",
        Purpose::Date => "go to",
        Purpose::Pipe => "pipe to",
    };
    let x = put(buffer, (bar.x + 1, bar.y), bar.right(), name, theme.accent) + 1;
    let right = state_of(state, prompt);
    let wide = u16::try_from(width(&right)).unwrap_or(0).min(bar.width / 2);
    let end = bar.right().saturating_sub(1);
    put(buffer, (end.saturating_sub(wide), bar.y), end, &right, theme.dim);
    let end = end.saturating_sub(wide + 2);
    let window = prompt.field.window(usize::from(end.saturating_sub(x)));
    put_as_it_stands(buffer, (x, bar.y), end, &window.text, theme.text);
    if let Some(error) = &prompt.error {
        for mut columns in prompt.field.columns(&window, &error.span) {
            columns.end = columns.end.max(columns.start + 1);
            let area = cells((x, bar.y), end, &columns);
            buffer.set_style(area, theme.error.add_modifier(Modifier::UNDERLINED));
        }
    }
    let column = u16::try_from(window.column).unwrap_or(u16::MAX);
    cursor(state, x.saturating_add(column), bar.y, end, buffer);
    let (said, style) = said(state, prompt);
    above(state, &said, style, buffer);
    completions(state, prompt, x, buffer);
}

/// What stands at the right: how much is found, or what the date means.
fn state_of(state: &State, prompt: &Prompt) -> String {
    match prompt.purpose {
        Purpose::Filter if state.looking.is_some() => super::bar::LOOKING.to_owned(),
        Purpose::Filter => format!("{} of {}", state.shown.len(), state.timeline.len()),
        Purpose::Search => match &state.search {
            Some(search) => super::bar::matches(search, state.selected()),
            None => String::new(),
        },
        Purpose::Date => prompt.word.clone().unwrap_or_default(),
        Purpose::Pipe => match state.chosen_count() {
            0 | 1 => "one record".to_owned(),
            count => format!("{count} records"),
        },
    }
}

/// What there is to say of a query, the gravest first; else which keys do what.
fn said(state: &State, prompt: &Prompt) -> (String, Style) {
    let theme = &state.preferences.theme;
    let error = prompt.error.as_ref().map(|error| (error.to_string(), theme.error));
    let word = || prompt.word.clone().map(|word| (word, theme.warning));
    let waiting = || prompt.waiting.clone().map(|waiting| (waiting, theme.dim));
    let said =
        if prompt.purpose == Purpose::Filter { error.or_else(word).or_else(waiting) } else { None };
    said.unwrap_or_else(|| (ways(state, prompt), theme.dim))
}

/// As many keys as there is room for; the way out goes last.
fn ways(state: &State, prompt: &Prompt) -> String {
    let accept = match prompt.purpose {
        Purpose::Filter | Purpose::Search => "keep",
        Purpose::Date => "go",
        Purpose::Pipe => "run",
    };
    let complete = match prompt.completions.len() {
        0 => None,
        1 => Some("take it".to_owned()),
        count => Some(format!("choose from {count}")),
    };
    let keymap = &state.preferences.keymap;
    let hint = |(action, word)| {
        Some(Hint { keys: keymap.keys_of(Context::Dialog, action)?, word, rank: 0 })
    };
    let complete = complete.as_deref().map(|word| (Action::Complete, word));
    let ways = [complete, Some((Action::Accept, accept)), Some((Action::Cancel, "leave"))];
    let ways = ways.into_iter().flatten().filter_map(hint).collect();
    let room = usize::from(state.areas().lower_rule.width).saturating_sub(4);
    let ways: Vec<String> =
        fitting(ways, room).iter().map(|hint| format!("{} {}", hint.keys, hint.word)).collect();
    ways.join("   ")
}

/// A line in the rule above the bar.
fn above(state: &State, text: &str, style: Style, buffer: &mut Buffer) {
    let rule = state.areas().lower_rule;
    put(buffer, (rule.x + 1, rule.y), rule.right().saturating_sub(1), &format!(" {text} "), style);
}

fn completions(state: &State, prompt: &Prompt, x: u16, buffer: &mut Buffer) {
    let offers: &[Completion] = &prompt.completions;
    if offers.is_empty() {
        return;
    }
    let theme = &state.preferences.theme;
    let areas = state.areas();
    let shown = offers.len().min(MOST);
    // The one taken is kept in sight.
    let first = prompt.taken.map_or(0, |taken| (taken + 1).saturating_sub(shown));
    let offers = offers.get(first..first + shown).unwrap_or_default();
    let text = offers.iter().map(|offer| width(&offer.text)).max().unwrap_or(0).min(40);
    let about = offers.iter().map(|offer| width(&offer.about)).max().unwrap_or(0).min(40);
    let height = u16::try_from(shown).unwrap_or(0);
    let area = Rect {
        x: x.saturating_sub(1),
        y: areas.lower_rule.y.saturating_sub(height),
        width: u16::try_from(text + about + 5).unwrap_or(u16::MAX),
        height,
    }
    .intersection(areas.body());
    clear(area, buffer);
    buffer.set_style(area, theme.ground.patch(theme.selected_away));
    for (number, (y, offer)) in (area.top()..area.bottom()).zip(offers).enumerate() {
        let taken = prompt.taken == Some(first + number);
        if taken {
            buffer.set_style(Rect { y, height: 1, ..area }, theme.selected);
        }
        let back = if taken { theme.selected } else { theme.selected_away };
        if taken {
            let bar = if state.preferences.glyphs == Glyphs::Ascii { ">" } else { "▌" };
            put(buffer, (area.x, y), area.right(), bar, Theme::over(theme.accent, back));
        }
        let at = put(
            buffer,
            (area.x + 1, y),
            area.right(),
            &pad(&offer.text, text),
            Theme::over(theme.text, back),
        );
        put(buffer, (at + 2, y), area.right(), &offer.about, Theme::over(theme.dim, back));
    }
}
