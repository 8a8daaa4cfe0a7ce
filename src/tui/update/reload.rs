//! Files that were read anew, and other news from outside.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{EntryIndex, Timeline};
use crate::tui::overlay::Overlay;
use crate::tui::state::{Detail, Selection, State};
use crate::tui::update::{Loaded, Report, export, facets};

/// Takes in what came of something outside.
pub fn take(state: &mut State, report: Report) {
    match report {
        Report::Said(text) => state.say(text),
        Report::Failed(text) => state.complain(text),
        Report::Loaded(loaded) => {
            let Loaded { timeline, trouble } = *loaded;
            state.trouble = trouble;
            if let Some(timeline) = timeline {
                replace(state, timeline);
            }
        }
        Report::Exists(request) => export::ask(state, request),
        Report::Written(text) => {
            export::done(state);
            state.say(text);
        }
        Report::Paths(paths) => export::offer(state, paths),
    }
}

/// Shows another reading of the same files: what was selected stays so, by its id.
pub fn replace(state: &mut State, timeline: Arc<Timeline>) {
    let old = Arc::clone(&state.timeline);
    let moved = |entry: EntryIndex| timeline.find(&old.full_id(entry)).ok();
    let here = state.selected();
    let scroll = state.detail.scroll;
    let below_top = state.cursor.saturating_sub(state.top);
    let selection = Selection {
        entries: state
            .selection
            .entries
            .iter()
            .filter_map(|entry| moved(*entry))
            .collect::<BTreeSet<_>>(),
        anchor: state.selection.anchor.and_then(moved),
    };
    let jumps = state.jumps.iter().filter_map(|entry| moved(*entry)).collect();
    let same = here.and_then(moved);
    let position = state.cursor;
    state.timeline = Arc::clone(&timeline);
    state.selection = selection;
    state.jumps = jumps;
    state.detail = Detail::default();
    state.views.reread(moved);
    // The position stands for no entry of the new timeline until one is selected.
    state.shown = crate::view::shown::Shown::default();
    state.refilter();
    match same {
        Some(entry) => state.select_entry(entry),
        None => state.select(position),
    }
    state.top = state.cursor.saturating_sub(below_top);
    if let Some(Overlay::Panel(panel)) = &state.overlay {
        let facet = panel.facet;
        facets::open(state, facet);
    }
    state.settle();
    if same.is_some() {
        state.detail.scroll = scroll;
    }
}
