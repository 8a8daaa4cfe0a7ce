//! Changing what is shown.

use crate::query::{Choice, Facet};
use crate::tui::overlay::Overlay;
use crate::tui::state::State;
use crate::tui::update::facets;

/// Puts a query in force that can be taken back.
pub fn set(state: &mut State, text: &str) {
    let before = state.filter.text().to_owned();
    match state.filter.change(text, &before) {
        Ok(()) => state.refilter(),
        Err(error) => state.complain(error.to_string()),
    }
}

/// Only the selected entry's speaker; where that is so already, everybody again.
pub fn by_speaker(state: &mut State) {
    let Some(speaker) = state.selected().and_then(|entry| state.timeline.speaker_of(entry)) else {
        state.say("Nobody speaks in an event.");
        return;
    };
    let id = state.timeline.speaker(speaker).id.clone();
    only_or_all(state, Facet::Speaker, id);
}

/// Only one of the selected entry's tags; with several, a choice of them.
pub fn by_tag(state: &mut State) {
    let Some(entry) = state.selected() else { return };
    let tags: Vec<String> = state
        .timeline
        .tags_of(entry)
        .iter()
        .map(|tag| state.timeline.tags().name(*tag).to_owned())
        .collect();
    let chosen = state.filter.query().choice(&state.timeline, Facet::Tag);
    match tags.as_slice() {
        [] => state.say("This entry has no tags."),
        _ if !chosen.is_empty() => {
            let query = state.filter.query().without(Facet::Tag).to_string();
            set(state, &query);
        }
        [only] => only_or_all(state, Facet::Tag, only.clone()),
        several => {
            facets::open(state, Facet::Tag);
            if let Some(Overlay::Panel(panel)) = &mut state.overlay {
                panel.rows.retain(|row| several.contains(&row.key));
                panel.list = crate::tui::list::List::new(panel.rows.len());
            }
        }
    }
}

fn only_or_all(state: &mut State, facet: Facet, value: String) {
    let query = state.filter.query();
    let only = Choice::only(value);
    let next = if query.choice(&state.timeline, facet) == only {
        query.without(facet)
    } else {
        query.with_choice(facet, &only)
    };
    set(state, &next.to_string());
}

/// Takes the last change of the filter back.
pub fn undo(state: &mut State) {
    if state.filter.undo() {
        state.refilter();
        facets::refresh(state);
    } else {
        state.say("Nothing to take back.");
    }
}

/// Makes it again.
pub fn redo(state: &mut State) {
    if state.filter.redo() {
        state.refilter();
        facets::refresh(state);
    } else {
        state.say("Nothing to make again.");
    }
}

/// Shows everything.
pub fn clear(state: &mut State) {
    if state.filter.is_empty() {
        return;
    }
    set(state, "");
    let undo = state.preferences.keymap.keys_of(state.context(), crate::tui::action::Action::Undo);
    if let Some(key) = undo {
        state.say(format!("Everything is shown; {key} brings the filter back."));
    }
}
