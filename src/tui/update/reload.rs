//! Files that were read anew, and other news from outside.

use std::sync::Arc;

use crate::model::{EntryIndex, Timeline};
use crate::tui::overlay::Overlay;
use crate::tui::state::{Detail, Rest, Selection, State};
use crate::tui::update::{Effect, Loaded, Report, change, export, facets, passage};
use crate::view::shown::Shown;

/// Takes in what came of something outside.
pub fn take(state: &mut State, report: Report) -> Vec<Effect> {
    match report {
        // A question, or what is wrong with the entry at hand, is not talked over.
        Report::Said(_) if matches!(state.overlay, Some(Overlay::Form(_) | Overlay::Ask(_))) => {}
        Report::Said(text) => state.say(text),
        Report::Failed(text) => state.complain(text),
        Report::Loaded(loaded) => {
            let Loaded { timeline, all, trouble } = *loaded;
            state.trouble = trouble;
            if let Some(timeline) = timeline {
                let rest = std::mem::take(&mut state.rest);
                // Whoever went to the end while it was being read means the end.
                let at_end =
                    rest != Rest::Read && state.cursor > 0 && state.cursor + 1 == state.shown.len();
                let at_start = state.cursor == 0;
                replace(state, timeline, all);
                if at_end {
                    state.select(usize::MAX);
                } else if let Rest::Coming(place) = rest
                    && at_start
                {
                    state.go_back_to(&place);
                }
                return vec![Effect::Verify];
            }
            if state.rest != Rest::Read {
                state.rest = Rest::Missing;
            }
        }
        Report::Exists(request) => export::ask(state, request),
        Report::Written(text) => {
            export::done(state);
            state.say(text);
        }
        Report::Paths(paths) => export::offer(state, paths),
        Report::Changed(direction, made) => change::made(state, direction, *made),
        Report::Unchanged(reason, later) => {
            if let Some((direction, made)) = later.map(|later| *later) {
                change::give_back(state, direction, made);
            }
            state.complain(format!("Nothing was changed: {reason}."));
        }
        Report::Found(found) => state.take_found(found),
        Report::Verified(of, report) => passage::verified(state, &of, report),
    }
    Vec::new()
}

/// Shows another reading of the same files: what was selected stays so, by its id.
pub fn replace(state: &mut State, timeline: Arc<Timeline>, all: Option<Arc<Shown>>) {
    let old = Arc::clone(&state.timeline);
    let moved = |entry: EntryIndex| timeline.named(&old.full_id(entry));
    let here = state.looking.take().and_then(|looking| looking.here()).or(state.selected());
    let scroll = state.detail.scroll;
    let below_top = state.cursor.saturating_sub(state.top);
    let selection = Selection {
        entries: state.selection.entries.iter().filter_map(moved).collect(),
        anchor: state.selection.anchor.and_then(moved),
    };
    let jumps = state.jumps.iter().filter_map(|entry| moved(*entry)).collect();
    let same = here.and_then(moved);
    let position = state.cursor;
    state.timeline = Arc::clone(&timeline);
    state.selection = selection;
    state.jumps = jumps;
    state.detail = Detail::default();
    state.verified = None;
    state.views.reread(moved);
    let all = all.unwrap_or_else(|| Arc::new(Shown::new(&timeline, timeline.indexes().collect())));
    (state.all, state.shown) = (Arc::clone(&all), all);
    state.refilter();
    // A glimpse of everything would only be in the way.
    state.finish_looking();
    match same {
        Some(entry) => state.select_entry(entry),
        None => state.select(position),
    }
    state.top = state.cursor.saturating_sub(below_top);
    change::select_awaited(state);
    match &mut state.overlay {
        Some(Overlay::Panel(panel)) => {
            let facet = panel.facet;
            facets::open(state, facet);
        }
        Some(Overlay::Prompt(prompt)) => prompt.origin = prompt.origin.and_then(moved),
        Some(Overlay::Export(_)) => export::renew(state),
        _ => {}
    }
    if let Some(Overlay::Form(form)) = &mut state.overlay {
        form.reread(&timeline);
    }
    if matches!(state.overlay, Some(Overlay::Passage(_))) {
        state.overlay = None;
    }
    state.settle();
    if same.is_some() && same == state.selected() {
        state.detail.scroll = scroll;
    }
}
