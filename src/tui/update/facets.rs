//! The panels: speakers, tags, sources, kinds and places to choose from. The timeline follows at
//! once; the choice is written into the query.

use std::collections::HashMap;

use crate::query::{Choice, Facet, rows};
use crate::tui::action::Action;
use crate::tui::layout;
use crate::tui::list::List;
use crate::tui::overlay::{Overlay, Panel};
use crate::tui::state::State;
use crate::tui::update::filter;

/// Opens the panel of a facet, with what is chosen or the selected entry's own value selected.
pub fn open(state: &mut State, facet: Facet) {
    let rows = rows(&state.timeline, state.filter.query(), facet);
    let mut list = List::new(rows.len());
    let choice = state.filter.query().choice(&state.timeline, facet);
    let own = own_value(state, facet);
    let at = rows
        .iter()
        .position(|row| choice.has(&row.key))
        .or_else(|| rows.iter().position(|row| own.as_ref() == Some(&row.key)));
    list.cursor = at.unwrap_or(0);
    state.overlay = Some(Overlay::Panel(Panel { facet, rows, list, changed: false }));
}

/// The key of the selected entry's first value.
fn own_value(state: &State, facet: Facet) -> Option<String> {
    let (timeline, entry) = (&state.timeline, state.selected()?);
    match facet {
        Facet::Speaker => timeline.speaker_of(entry).map(|at| timeline.speaker(at).id.clone()),
        Facet::Tag => {
            timeline.tags_of(entry).first().map(|at| timeline.tags().name(*at).to_owned())
        }
        Facet::Source => {
            timeline.sources_of(entry).first().map(|at| timeline.source(*at).id.clone())
        }
        Facet::Kind => Some(timeline.kind(entry).word().to_owned()),
        Facet::Place => timeline.place_of(entry).map(|at| timeline.places().name(at).to_owned()),
    }
}

/// Counts anew, after a change of the filter.
pub fn refresh(state: &mut State) {
    let Some(Overlay::Panel(panel)) = &mut state.overlay else { return };
    let fresh: HashMap<String, usize> = rows(&state.timeline, state.filter.query(), panel.facet)
        .into_iter()
        .map(|row| (row.key, row.count))
        .collect();
    for row in &mut panel.rows {
        row.count = fresh.get(&row.key).copied().unwrap_or(0);
    }
}

/// Carries out an action in a panel.
pub fn apply(state: &mut State, action: Action, count: Option<usize>) {
    let size = state.size;
    let Some(Overlay::Panel(panel)) = &mut state.overlay else { return };
    let (facet, changed) = (panel.facet, panel.changed);
    let narrowing = panel.list.typing;
    let height = usize::from(layout::panel(size, panel.rows.len()).1.height);
    let selected = panel.list.selected().and_then(|item| panel.rows.get(item));
    let key = selected.map(|row| row.key.clone());
    match action {
        Action::Narrow => panel.list.typing = true,
        Action::Later => {
            panel.list.go(Action::Down, count, height);
        }
        Action::Earlier => {
            panel.list.go(Action::Up, count, height);
        }
        Action::NextFacet | Action::PreviousFacet => {
            let by = if action == Action::NextFacet { 1 } else { Facet::ALL.len() - 1 };
            let at = Facet::ALL.iter().position(|other| *other == facet).unwrap_or(0);
            if let Some(next) = Facet::ALL.get((at + by) % Facet::ALL.len()) {
                open(state, *next);
                remember_change(state, changed);
            }
        }
        Action::Complete => {
            open_next(state, facet);
            remember_change(state, changed);
        }
        Action::Accept => {
            state.overlay = None;
            match key {
                Some(key) if !changed => choose(state, facet, &Choice::only(key)),
                // What was ticked stays; one that was looked for by name is meant as well.
                Some(key) if narrowing => {
                    let mut choice = state.filter.query().choice(&state.timeline, facet);
                    if !choice.has(&key) {
                        choice.toggle(&key);
                        choose(state, facet, &choice);
                    }
                }
                _ => {}
            }
        }
        Action::Only => {
            if let Some(key) = key {
                choose(state, facet, &Choice::only(key));
            }
        }
        Action::All => choose(state, facet, &Choice::default()),
        Action::Invert => {
            let mut choice = state.filter.query().choice(&state.timeline, facet);
            choice.invert();
            choose(state, facet, &choice);
        }
        Action::Toggle => {
            if let Some(key) = key {
                let mut choice = state.filter.query().choice(&state.timeline, facet);
                choice.toggle(&key);
                choose(state, facet, &choice);
            }
        }
        Action::Undo => filter::undo(state),
        Action::Redo => filter::redo(state),
        Action::Help => state.overlay = Some(Overlay::Help(Default::default())),
        other => {
            panel.list.go(other, count, height);
        }
    }
}

fn open_next(state: &mut State, facet: Facet) {
    let at = Facet::ALL.iter().position(|other| *other == facet).unwrap_or(0);
    if let Some(next) = Facet::ALL.get((at + 1) % Facet::ALL.len()) {
        open(state, *next);
    }
}

/// Marks the choice as changed while the panel is open.
fn remember_change(state: &mut State, changed: bool) {
    if let Some(Overlay::Panel(panel)) = &mut state.overlay {
        panel.changed |= changed;
    }
}

fn choose(state: &mut State, facet: Facet, choice: &Choice) {
    remember_change(state, true);
    let query = state.filter.query().with_choice(facet, choice).to_string();
    // The panel's own choice changes none of its counts: each is what would result if it alone
    // were chosen.
    filter::set(state, &query);
}
