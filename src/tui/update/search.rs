//! Searching for words within what is shown.

use crate::model::EntryIndex;
use crate::query::Needle;
use crate::tui::state::{Search, State};

/// Searches while the words are typed: the first match from where the search began is selected.
pub fn live(state: &mut State, text: &str, origin: Option<EntryIndex>) {
    set(state, text);
    let origin = origin.map_or(0, |entry| match state.shown.position(entry) {
        Ok(position) | Err(position) => position,
    });
    let found = state.search.as_ref().map_or(&[][..], |search| &search.found);
    let at = found.partition_point(|position| *position < origin);
    match found.get(at).or(found.first()).copied() {
        Some(position) => state.select(position),
        None => state.select(origin),
    }
}

/// Searches for words; none ends the search.
pub fn set(state: &mut State, text: &str) {
    state.search = if text.is_empty() {
        None
    } else {
        Some(Search { text: text.to_owned(), needle: Needle::new(text), found: Vec::new() })
    };
    state.research();
}

/// Ends the typing. An empty line searches for what was searched for before.
pub fn accept(state: &mut State, text: &str, before: &str) {
    if text.is_empty() && !before.is_empty() {
        set(state, before);
        next(state, 1, true);
        return;
    }
    if let Some(search) = &state.search
        && search.found.is_empty()
    {
        let text = search.text.clone();
        state.complain(format!("Nothing that is shown holds `{text}`."));
    }
}

/// Goes to the next match, or the one before; from the last to the first.
pub fn next(state: &mut State, times: usize, forwards: bool) {
    let Some(search) = &state.search else {
        state.say("No search yet: / begins one.");
        return;
    };
    let found = &search.found;
    if found.is_empty() {
        let text = search.text.clone();
        state.complain(format!("Nothing that is shown holds `{text}`."));
        return;
    }
    let count = found.len();
    let cursor = state.cursor;
    let (at, wrapped) = if forwards {
        let first = found.partition_point(|position| *position <= cursor);
        let to = first + (times - 1) % count;
        (to % count, to >= count)
    } else {
        let first = found.partition_point(|position| *position < cursor) + count - 1;
        let to = first - (times - 1) % count;
        (to % count, to < count)
    };
    if let Some(position) = found.get(at).copied() {
        state.select(position);
    }
    if wrapped {
        state.say(if forwards { "On from the first match." } else { "On from the last match." });
    }
}
