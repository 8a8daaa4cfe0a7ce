//! The only place that changes state. Touches no terminal: what needs one, or a file, is handed
//! back as an [`Effect`].

mod change;
mod compare;
mod date;
mod detail;
pub mod export;
mod facets;
mod figures;
mod filter;
mod form;
mod lanes;
pub mod lists;
mod marks;
mod mouse;
pub mod movement;
mod overlay;
mod passage;
mod place;
mod prompt;
pub mod reload;
pub mod search;
mod selection;
mod views;

pub use crate::tui::effect::{Effect, WriteRequest};
pub use crate::tui::input::{Direction, Input, Loaded, Report};

use std::sync::Arc;

use ratatui::crossterm::event::KeyCode;

use crate::tui::action::Action;
use crate::tui::key::Key;
use crate::tui::keymap::Meaning;
use crate::tui::overlay::{Overlay, Purpose};
use crate::tui::state::{Focus, Pending, Rest, State};

/// The largest count that can be typed before an action; more digits than this are a slip.
const LARGEST_COUNT: usize = 999_999_999;

/// Takes in one input and says what is to be done outside.
pub fn update(state: &mut State, input: Input) -> Vec<Effect> {
    if state.must_wait(&input) {
        state.finish_looking();
    }
    let effects = match input {
        Input::Key(key) => press(state, key),
        Input::Paste(text) => {
            overlay::paste(state, &text);
            Vec::new()
        }
        Input::Mouse(mouse) => self::mouse::update(state, mouse),
        Input::Resize(width, height) => {
            state.size = (width, height);
            Vec::new()
        }
        Input::Look(look) => {
            state.preferences.theme = *look;
            Vec::new()
        }
        Input::Outside(report) => reload::take(state, report),
    };
    state.settle();
    effects
}

/// Adds a key to those pending and runs what they mean.
fn press(state: &mut State, key: Key) -> Vec<Effect> {
    // The way out is never the second half of something else.
    let out =
        state.preferences.keymap.meaning(state.context(), &[key]) == Meaning::Run(Action::Quit);
    if out && key.control {
        state.pending = Pending::default();
    }
    if let Some(action) = state.pending.letter_for.take() {
        return marks::letter(state, action, key);
    }
    let typing = state.context() == crate::tui::keymap::Context::Dialog;
    if !typing && state.pending.keys.is_empty() && count(&mut state.pending, key) {
        return Vec::new();
    }
    state.pending.keys.push(key);
    let keymap = Arc::clone(&state.preferences.keymap);
    match keymap.meaning(state.context(), &state.pending.keys) {
        Meaning::Prefix => Vec::new(),
        Meaning::Run(action) => {
            let pending = std::mem::take(&mut state.pending);
            apply(state, action, pending.count)
        }
        Meaning::Nothing => {
            let pending = std::mem::take(&mut state.pending);
            if let Some(keys) = instead(key) {
                return keys.into_iter().flat_map(|key| press(state, key)).collect();
            }
            if matches!(state.overlay, Some(Overlay::Export(_))) {
                return export::typed(state, &pending.keys);
            }
            match state.overlay {
                Some(Overlay::Form(_)) => return form::typed(state, &pending.keys),
                Some(Overlay::Ask(_)) => return change::answered(state, &pending.keys),
                _ => {}
            }
            if !overlay::typed(state, &pending.keys) {
                unknown(state, &pending);
            }
            Vec::new()
        }
    }
}

/// The keys that one is which is bound to nothing: a terminal sends Alt with a key as Esc and that
/// key, and some send a line feed for the keypad's Enter.
fn instead(key: Key) -> Option<Vec<Key>> {
    if key.alt {
        return Some(vec![Key::plain(KeyCode::Esc), Key { alt: false, ..key }]);
    }
    let line_feed = key.control && key.code == KeyCode::Char('j');
    line_feed.then(|| vec![Key::plain(KeyCode::Enter)])
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
    state.applied = Some(action);
    match action {
        Action::Quit if !form::may_be_left(state) => return Vec::new(),
        Action::Quit => return vec![Effect::Quit],
        Action::Redraw => return vec![Effect::Redraw],
        Action::Suspend => return vec![Effect::Suspend],
        Action::Reload => return vec![Effect::Reload],
        Action::Back => return back(state),
        Action::Cancel => return cancel(state),
        _ => {}
    }
    if state.overlay.is_some() {
        return overlay::apply(state, action, count);
    }
    if needs_all(action) {
        match state.rest {
            Rest::Read => {}
            Rest::Coming(_) => {
                state.say("The rest of the dataset is still being read; a moment.");
                return Vec::new();
            }
            Rest::Missing => {
                state.complain("Only the beginning could be read: mend the file first.");
                return Vec::new();
            }
        }
    }
    if views::apply(state, action, count) {
        return Vec::new();
    }
    match action {
        Action::Help => state.overlay = Some(Overlay::Help(Default::default())),
        Action::Palette => lists::open_palette(state),
        Action::Marks => lists::open_marks(state),
        Action::Open | Action::NextPane => {
            if state.selected().is_some() {
                state.focus = Focus::Detail;
            }
        }
        Action::DetailDown => detail::scroll(state, count.unwrap_or(1), true),
        Action::DetailUp => detail::scroll(state, count.unwrap_or(1), false),
        Action::NextLink => detail::next_link(state),
        Action::PreviousLink => detail::previous_link(state),
        Action::Follow => return detail::follow(state),
        Action::JumpBack => detail::jump_back(state),
        Action::OpenSource if state.selection.anchor.is_some() => selection::swap_ends(state),
        Action::OpenSource => return detail::open_source(state),
        Action::Facets => facets::open(state, crate::query::Facet::Speaker),
        Action::FilterSpeaker => filter::by_speaker(state),
        Action::FilterTag => filter::by_tag(state),
        Action::Undo => return change::undo(state),
        Action::Redo => return change::redo(state),
        Action::ClearFilter => filter::clear(state),
        Action::Filter => prompt::open(state, Purpose::Filter),
        Action::Search => prompt::open(state, Purpose::Search),
        Action::GoToDate => prompt::open(state, Purpose::Date),
        Action::Pipe => prompt::open(state, Purpose::Pipe),
        Action::NextMatch => search::next(state, count.unwrap_or(1), true),
        Action::PreviousMatch => search::next(state, count.unwrap_or(1), false),
        Action::NextYear => date::year(state, count.unwrap_or(1), true),
        Action::PreviousYear => date::year(state, count.unwrap_or(1), false),
        Action::NextGap => date::gap(state, count.unwrap_or(1), true),
        Action::PreviousGap => date::gap(state, count.unwrap_or(1), false),
        Action::Toggle => selection::toggle(state),
        Action::Range => selection::range(state),
        Action::SelectAll => selection::all(state),
        Action::SwapEnds => selection::swap_ends(state),
        Action::Export => export::open(state),
        Action::Copy => return selection::copy_citation(state),
        Action::CopyRecord => return selection::copy_record(state),
        Action::Edit => return place::edit(state),
        Action::AddEntry => form::add(state),
        Action::EditEntry => form::edit(state),
        Action::DeleteEntry => change::delete(state),
        Action::SetMark | Action::GoToMark => state.pending.letter_for = Some(action),
        Action::Wider => state.split = state.split.saturating_add(5).min(80),
        Action::Narrower => state.split = state.split.saturating_sub(5).max(20),
        other => movement::go(state, other, count),
    }
    Vec::new()
}

/// Whether an action is about all of a dataset, so that its beginning is not enough.
fn needs_all(action: Action) -> bool {
    matches!(action, Action::Export | Action::AddEntry | Action::EditEntry | Action::DeleteEntry)
}

/// One step back; from the timeline, out.
fn back(state: &mut State) -> Vec<Effect> {
    if state.overlay.is_some() || state.focus == Focus::Detail {
        return cancel(state);
    }
    if views::leave(state) {
        return Vec::new();
    }
    vec![Effect::Quit]
}

/// One step back, never out: the overlay, the link, the record, the selection, the search, the
/// filter.
fn cancel(state: &mut State) -> Vec<Effect> {
    if state.overlay.is_some() {
        overlay::cancel(state);
    } else if state.focus == Focus::Detail {
        if state.detail.link.take().is_none() {
            state.focus = Focus::Timeline;
        }
    } else if !views::cancel(state) && !selection::end(state) && state.search.take().is_none() {
        filter::clear(state);
    }
    Vec::new()
}
