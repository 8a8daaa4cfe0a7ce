//! Searching for words within what is shown.

use crate::export::record::{Line, Role};
use crate::model::EntryIndex;
use crate::tui::state::State;

/// Searches while the words are typed: the first match from where the search began is selected.
pub fn live(state: &mut State, text: &str, origin: Option<EntryIndex>) {
    state.search_for(text);
    state.select_match(origin);
    reveal(state);
}

/// What was looked for on another thread is found.
pub fn arrive(state: &mut State, origin: Option<EntryIndex>) {
    state.select_match(origin);
    reveal(state);
    // The line in which it was typed may be closed already.
    if state.overlay.is_none() {
        complain_of_none(state);
    }
}

/// Says that there is no match, if there is none.
fn complain_of_none(state: &mut State) {
    let Some(search) = &state.search else { return };
    if search.found.as_ref().is_some_and(|found| found.is_empty()) {
        let text = search.text.clone();
        state.complain(format!("Nothing that is shown holds `{text}`."));
    }
}

/// Scrolls the record to the first of the words where they stand neither in the headline nor in
/// what is in sight: a match that cannot be seen looks like a mistake.
fn reveal(state: &mut State) {
    state.settle();
    let Some(search) = &state.search else { return };
    let holds = |line: &Line| {
        let texts = line.spans.iter().filter(|span| span.role != Role::Label);
        texts.into_iter().any(|span| !search.needle.find_all(&span.text).is_empty())
    };
    let Some(first) = state.detail.lines.iter().position(holds) else { return };
    let height = usize::from(state.areas().detail.height);
    if first < state.detail.scroll || first >= state.detail.scroll.saturating_add(height) {
        // With the lines that lead to it.
        state.detail.scroll = first.saturating_sub(height / 2);
        state.settle();
    }
}

/// Ends the typing. An empty line searches for what was searched for before.
pub fn accept(state: &mut State, text: &str, before: &str) {
    if text.is_empty() && !before.is_empty() {
        state.search_for(before);
        state.finish_looking();
        next(state, 1, true);
        return;
    }
    complain_of_none(state);
}

/// Goes to the next match, or the one before; from the last to the first.
pub fn next(state: &mut State, times: usize, forwards: bool) {
    let Some(search) = &state.search else {
        state.say("No search yet: / begins one.");
        return;
    };
    let Some(found) = search.found.clone().filter(|found| !found.is_empty()) else {
        complain_of_none(state);
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
        reveal(state);
    }
    if wrapped {
        state.say(if forwards { "On from the first match." } else { "On from the last match." });
    }
}
