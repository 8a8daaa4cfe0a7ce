//! Searching for words within what is shown.

use crate::export::record::{Line, Role};
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
    reveal(state);
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
        reveal(state);
    }
    if wrapped {
        state.say(if forwards { "On from the first match." } else { "On from the last match." });
    }
}
