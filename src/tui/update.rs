//! The only place that changes state. Touches no terminal: what needs one, or a file, is handed
//! back as an [`Effect`].

mod detail;
mod movement;

use ratatui::crossterm::event::KeyCode;

use crate::tui::action::Action;
use crate::tui::key::Key;
use crate::tui::keymap::Meaning;
use crate::tui::overlay::Overlay;
use crate::tui::state::{Focus, Pending, State};

/// What comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// The terminal has another size, in cells.
    Resize(u16, u16),
}

/// What the loop is to do after a change of state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Leave the program.
    Quit,
    /// Draw every cell anew.
    Redraw,
}

/// The largest count that can be typed before an action; more digits than this are a slip.
const LARGEST_COUNT: usize = 999_999_999;

/// Takes in one input and says what is to be done outside.
pub fn update(state: &mut State, input: Input) -> Vec<Effect> {
    let effects = match input {
        Input::Key(key) => press(state, key),
        Input::Resize(width, height) => {
            state.size = (width, height);
            Vec::new()
        }
    };
    state.settle();
    effects
}

/// Adds a key to those pending and runs what they mean.
fn press(state: &mut State, key: Key) -> Vec<Effect> {
    if state.pending.keys.is_empty() && count(&mut state.pending, key) {
        return Vec::new();
    }
    state.pending.keys.push(key);
    let keymap = std::sync::Arc::clone(&state.preferences.keymap);
    match keymap.meaning(state.context(), &state.pending.keys) {
        Meaning::Prefix => Vec::new(),
        Meaning::Run(action) => {
            let pending = std::mem::take(&mut state.pending);
            apply(state, action, pending.count)
        }
        Meaning::Nothing => {
            let pending = std::mem::take(&mut state.pending);
            unknown(state, &pending);
            Vec::new()
        }
    }
}

/// Whether the key is one more digit of a count. A count never begins with 0.
fn count(pending: &mut Pending, key: Key) -> bool {
    let Some(digit) = key.typed().and_then(|typed| typed.to_digit(10)) else { return false };
    if digit == 0 && pending.count.is_none() {
        return false;
    }
    let before = pending.count.unwrap_or(0);
    let longer = before.saturating_mul(10).saturating_add(digit as usize);
    pending.count = Some(longer.min(LARGEST_COUNT));
    true
}

/// A key that means nothing says so, and Esc only clears what was pending.
fn unknown(state: &mut State, pending: &Pending) {
    if pending.keys.iter().any(|key| key.code == KeyCode::Esc) {
        return;
    }
    let keys = crate::tui::key::sequence_name(&pending.keys);
    let help = state
        .preferences
        .keymap
        .keys_of(state.context(), Action::Help)
        .map_or_else(String::new, |key| format!(" {key} lists the keys."));
    state.say(format!("{keys} does nothing here.{help}"));
}

/// Carries out an action, `count` times or with that number where it takes one.
pub fn apply(state: &mut State, action: Action, count: Option<usize>) -> Vec<Effect> {
    state.message = None;
    match action {
        Action::Quit => return vec![Effect::Quit],
        Action::Redraw => return vec![Effect::Redraw],
        Action::Back => return back(state),
        Action::Cancel => cancel(state),
        Action::Help => {
            state.overlay = match state.overlay {
                Some(Overlay::Help { .. }) => None,
                _ => Some(Overlay::Help { scroll: 0 }),
            };
        }
        Action::Open | Action::NextPane => {
            if state.selected().is_some() {
                state.focus = Focus::Detail;
            }
        }
        Action::DetailDown => detail::scroll(state, count.unwrap_or(1), true),
        Action::DetailUp => detail::scroll(state, count.unwrap_or(1), false),
        Action::NextLink => detail::next_link(state),
        Action::PreviousLink => detail::previous_link(state),
        Action::Follow => detail::follow(state),
        Action::Down
        | Action::Up
        | Action::HalfPageDown
        | Action::HalfPageUp
        | Action::PageDown
        | Action::PageUp
        | Action::First
        | Action::Last => movement::go(state, action, count),
    }
    Vec::new()
}

/// One step back; from the timeline, out.
fn back(state: &mut State) -> Vec<Effect> {
    if state.overlay.is_some() || state.focus == Focus::Detail {
        cancel(state);
        return Vec::new();
    }
    vec![Effect::Quit]
}

/// One step back, never out.
fn cancel(state: &mut State) {
    if state.overlay.take().is_some() {
        return;
    }
    if state.detail.link.take().is_some() {
        return;
    }
    state.focus = Focus::Timeline;
}
