//! Searching for words within what is shown.

use crate::model::EntryIndex;
use crate::tui::state::State;

/// Searches while the words are typed: the first match from where the search began is selected.
pub fn live(state: &mut State, text: &str, origin: Option<EntryIndex>) {
    state.search_for(text);
    state.select_match(origin);
    state.reveal_match();
}

/// Ends the typing. An empty line searches for what was searched for before.
pub fn accept(state: &mut State, text: &str, before: &str) {
    if text.is_empty() && !before.is_empty() {
        state.search_for(before);
        state.finish_looking();
        next(state, 1, true);
        return;
    }
    state.complain_of_none();
}

/// Goes to the next match, or the one before; from the last to the first.
pub fn next(state: &mut State, times: usize, forwards: bool) {
    let Some(search) = &state.search else {
        state.say("No search yet: / begins one.");
        return;
    };
    let Some(found) = search.found.clone().filter(|found| !found.is_empty()) else {
        state.complain_of_none();
        return;
    };
    let count = found.len();
    let Some(here) = state.selected() else { return };
    let (at, wrapped) = if forwards {
        let first = found.partition_point(|entry| *entry <= here);
        let to = first + (times - 1) % count;
        (to % count, to >= count)
    } else {
        let first = found.partition_point(|entry| *entry < here) + count - 1;
        let to = first - (times - 1) % count;
        (to % count, to < count)
    };
    if let Some(entry) = found.get(at).copied() {
        state.select_entry(entry);
        state.reveal_match();
    }
    if wrapped {
        state.say(if forwards { "On from the first match." } else { "On from the last match." });
    }
}
