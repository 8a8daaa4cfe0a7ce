//! Marks: entries known by a letter.

use crate::tui::action::Action;
use crate::tui::key::Key;
use crate::tui::state::State;
use crate::tui::update::{Effect, detail};

/// Takes the letter that an action was waiting for.
pub fn letter(state: &mut State, action: Action, key: Key) -> Vec<Effect> {
    match (action, key.typed()) {
        (Action::SetMark, Some(letter @ 'a'..='z')) => set(state, letter),
        (Action::GoToMark, Some('\'')) => {
            detail::jump_back(state);
            Vec::new()
        }
        (Action::GoToMark, Some(letter @ 'a'..='z')) => {
            match state.marks.get(&letter).cloned() {
                Some(id) => go(state, &id),
                None => state.complain(format!("No mark {letter}; M lists the marks.")),
            }
            Vec::new()
        }
        (_, Some(other)) => {
            state.say(format!("Marks are the letters a to z; {other} is none."));
            Vec::new()
        }
        (_, None) => Vec::new(),
    }
}

fn set(state: &mut State, letter: char) -> Vec<Effect> {
    let Some(entry) = state.selected() else { return Vec::new() };
    state.marks.insert(letter, state.timeline.full_id(entry));
    state.say(format!("Marked as {letter}: '{letter} comes back here."));
    vec![Effect::Remember(Box::new(state.place()))]
}

/// Goes to the entry with an id, from which one can come back.
pub fn go(state: &mut State, id: &str) {
    match state.timeline.named(id) {
        Some(entry) => detail::go_to(state, entry),
        None => state.complain(format!("The marked entry {id} is no longer there.")),
    }
}
