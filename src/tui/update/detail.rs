//! The record: scrolling it, and following what it points to.

use crate::export::record::Target;
use crate::tui::state::{Focus, State};

/// Scrolls by so many lines.
pub fn scroll(state: &mut State, lines: usize, down: bool) {
    let from = state.detail.scroll;
    // `settle` keeps it from going beyond the last line.
    state.detail.scroll =
        if down { from.saturating_add(lines) } else { from.saturating_sub(lines) };
}

/// Chooses the next link; after the last the keys go back to the timeline.
pub fn next_link(state: &mut State) {
    let count = state.detail.links().len();
    match state.detail.link {
        Some(link) if link + 1 >= count => {
            state.detail.link = None;
            state.focus = Focus::Timeline;
        }
        None if count == 0 => state.focus = Focus::Timeline,
        Some(link) => choose(state, link + 1),
        None => choose(state, 0),
    }
}

/// Chooses the link before.
pub fn previous_link(state: &mut State) {
    match state.detail.link {
        Some(0) => state.detail.link = None,
        Some(link) => choose(state, link - 1),
        None => {
            if let Some(last) = state.detail.links().len().checked_sub(1) {
                choose(state, last);
            }
        }
    }
}

fn choose(state: &mut State, link: usize) {
    let Some((_, line)) = state.detail.links().get(link).copied() else { return };
    state.detail.link = Some(link);
    let height = usize::from(state.areas().detail.height).max(1);
    if line < state.detail.scroll {
        state.detail.scroll = line;
    } else if line >= state.detail.scroll + height {
        state.detail.scroll = line + 1 - height;
    }
}

/// Goes where the chosen link leads.
pub fn follow(state: &mut State) {
    let links = state.detail.links();
    let Some((target, _)) = state.detail.link.and_then(|link| links.get(link)).copied() else {
        next_link(state);
        return;
    };
    match target {
        Target::Entry(entry) => match state.shown.position(entry) {
            Ok(position) => state.select(position),
            Err(_) => state.complain("That entry is not among those shown."),
        },
        Target::Source(source) => match &state.timeline.source(source).url {
            Some(url) => state.say(url.clone()),
            None => state.say("This source has no address."),
        },
        Target::Speaker(_) => {}
    }
}
