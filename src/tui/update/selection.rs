//! Selecting entries, and taking them away by the clipboard or a command.

use crate::export::{citation, record};
use crate::model::EntryIndex;
use crate::tui::state::{Selection, State};
use crate::tui::update::Effect;

/// The width of a record that is copied or piped, in columns.
const WIDTH: usize = 80;

/// Selects the entry at the cursor, or no longer, and goes on to the next.
pub fn toggle(state: &mut State) {
    let Some(entry) = state.selected() else { return };
    if !state.selection.entries.remove(entry) {
        state.selection.entries.insert(entry);
    }
    state.select(state.cursor.saturating_add(1));
}

/// Begins a range at the cursor, or keeps what the range holds.
pub fn range(state: &mut State) {
    if state.selection.anchor.is_some() {
        let chosen = state.chosen();
        state.selection = Selection { entries: chosen.into_iter().collect(), anchor: None };
    } else {
        state.selection.anchor = state.selected();
    }
}

/// Selects all that is shown; where that is so already, nothing.
pub fn all(state: &mut State) {
    let all = state.shown.entries.iter().copied().collect();
    let none = state.selection.entries == all;
    state.selection = Selection { entries: all, anchor: None };
    if none {
        state.selection = Selection::default();
    }
}

/// Ends the range, then the selection. Gives whether there was any.
pub fn end(state: &mut State) -> bool {
    if state.selection.anchor.take().is_some() {
        return true;
    }
    let any = !state.selection.entries.is_empty();
    state.selection = Selection::default();
    any
}

/// Goes to the other end of the range.
pub fn swap_ends(state: &mut State) {
    let (Some(anchor), Some(here)) = (state.selection.anchor, state.selected()) else { return };
    state.selection.anchor = Some(here);
    state.select_entry(anchor);
}

/// What an action takes: the selection, else the entry at the cursor.
fn taken(state: &State) -> Vec<EntryIndex> {
    let chosen = state.chosen();
    if chosen.is_empty() { state.selected().into_iter().collect() } else { chosen }
}

fn named(count: usize, one: &str, many: &str) -> String {
    if count == 1 { one.to_owned() } else { format!("{count} {many}") }
}

/// Copies the citation of each entry taken, a line each.
pub fn copy_citation(state: &mut State) -> Vec<Effect> {
    let taken = taken(state);
    let lines: Vec<String> =
        taken.iter().map(|entry| citation::citation(&state.timeline, *entry)).collect();
    copy(lines.join("\n"), named(taken.len(), "the citation", "citations"))
}

/// Copies the whole record of each entry taken.
pub fn copy_record(state: &mut State) -> Vec<Effect> {
    let taken = taken(state);
    copy(records(state, &taken), named(taken.len(), "the record", "records"))
}

fn copy(text: String, what: String) -> Vec<Effect> {
    if text.is_empty() { Vec::new() } else { vec![Effect::Copy { text, what }] }
}

fn records(state: &State, entries: &[EntryIndex]) -> String {
    let records: Vec<String> =
        entries.iter().map(|entry| record::plain(&state.timeline, *entry, WIDTH)).collect();
    records.join("\n")
}

/// Gives the records taken to a command.
pub fn pipe(state: &mut State, command: &str) -> Vec<Effect> {
    if command.is_empty() {
        return Vec::new();
    }
    let input = records(state, &taken(state));
    vec![Effect::Pipe { command: command.to_owned(), input }]
}
