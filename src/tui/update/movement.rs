//! Moving: through the timeline, through the record, through a list.

use crate::tui::action::Action;
use crate::tui::list::moved;
use crate::tui::state::{Focus, State};

/// Moves in whatever the keys go to.
pub fn go(state: &mut State, action: Action, count: Option<usize>) {
    let areas = state.areas();
    match state.focus {
        Focus::Timeline => {
            let page = usize::from(areas.timeline.height);
            if let Some(to) = moved(state.cursor, state.shown.len(), page, action, count) {
                state.select(to);
            }
        }
        Focus::Detail => {
            let page = usize::from(areas.detail.height);
            let length = state.detail.lines.len().saturating_sub(page) + 1;
            if let Some(to) = moved(state.detail.scroll, length, page, action, count) {
                state.detail.scroll = to;
            }
        }
    }
}
