//! Help, palette and marks.

use std::sync::Arc;

use crate::tui::action::Action;
use crate::tui::layout;
use crate::tui::list::{List, moved};
use crate::tui::overlay::{Overlay, help, mark_name, palette};
use crate::tui::state::State;
use crate::tui::update::{Effect, marks};

/// Carries out an action in the help.
pub fn apply_help(state: &mut State, action: Action, count: Option<usize>) {
    let keymap = Arc::clone(&state.preferences.keymap);
    let height = usize::from(help::area(state.size).height);
    let Some(Overlay::Help(help)) = &mut state.overlay else { return };
    let length = help::length(help, &keymap);
    match action {
        Action::Help => state.overlay = None,
        Action::Search | Action::Narrow => help.typing = true,
        Action::Accept => help.typing = false,
        Action::Later => help.scroll = help.scroll.saturating_add(1),
        Action::Earlier => help.scroll = help.scroll.saturating_sub(1),
        _ => {
            let places = length.saturating_sub(height) + 1;
            if let Some(to) = moved(help.scroll, places, height, action, count) {
                help.scroll = to;
            }
        }
    }
    if let Some(Overlay::Help(help)) = &mut state.overlay {
        help.scroll = help.scroll.min(length.saturating_sub(height));
    }
}

/// Opens the palette.
pub fn open_palette(state: &mut State) {
    let count = palette::actions(&state.preferences.keymap).len();
    state.overlay = Some(Overlay::Palette(List::new(count)));
}

/// Narrows the palette by its text.
pub fn narrow_palette(state: &mut State) {
    let keymap = Arc::clone(&state.preferences.keymap);
    let names: Vec<String> = palette::actions(&keymap)
        .into_iter()
        .map(|action| palette::name(&keymap, action))
        .collect();
    if let Some(Overlay::Palette(list)) = &mut state.overlay {
        list.narrow(names.iter().map(String::as_str));
    }
}

/// Carries out an action in the palette.
pub fn apply_palette(state: &mut State, action: Action, count: Option<usize>) -> Vec<Effect> {
    let height = usize::from(layout::panel(state.size, usize::MAX).1.height);
    let Some(Overlay::Palette(list)) = &mut state.overlay else { return Vec::new() };
    match action {
        Action::Later => list.go(Action::Down, count, height),
        Action::Earlier => list.go(Action::Up, count, height),
        Action::Accept => {
            let actions = palette::actions(&state.preferences.keymap);
            let chosen = list.selected().and_then(|item| actions.get(item)).copied();
            state.overlay = None;
            return match chosen {
                Some(action) => super::apply(state, action, None),
                None => Vec::new(),
            };
        }
        other => list.go(other, count, height),
    };
    Vec::new()
}

/// Opens the list of marks.
pub fn open_marks(state: &mut State) {
    if state.marks.is_empty() {
        state.say("No marks yet: m and a letter sets one.");
        return;
    }
    let marks: Vec<(char, String)> =
        state.marks.iter().map(|(letter, id)| (*letter, id.clone())).collect();
    state.overlay = Some(Overlay::Marks(List::new(marks.len()), marks));
}

/// Narrows the marks by the list's text.
pub fn narrow_marks(state: &mut State) {
    let Some(Overlay::Marks(_, marks)) = &state.overlay else { return };
    let names: Vec<String> = marks.iter().map(|(_, id)| mark_name(&state.timeline, id)).collect();
    if let Some(Overlay::Marks(list, _)) = &mut state.overlay {
        list.narrow(names.iter().map(String::as_str));
    }
}

/// Carries out an action in the list of marks.
pub fn apply_marks(state: &mut State, action: Action, count: Option<usize>) {
    let size = state.size;
    let Some(Overlay::Marks(list, marks)) = &mut state.overlay else { return };
    let height = usize::from(layout::panel(size, marks.len()).1.height);
    match action {
        Action::Narrow => list.typing = true,
        Action::Later => {
            list.go(Action::Down, count, height);
        }
        Action::Earlier => {
            list.go(Action::Up, count, height);
        }
        Action::Accept => {
            let chosen =
                list.selected().and_then(|item| marks.get(item)).map(|mark| mark.1.clone());
            state.overlay = None;
            if let Some(id) = chosen {
                marks::go(state, &id);
            }
        }
        other => {
            list.go(other, count, height);
        }
    }
}
