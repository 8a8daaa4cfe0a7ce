//! Moving: through the timeline, through the record, through a list.

use crate::tui::action::Action;
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

/// The position after a move in a list of `length`, of which a page shows `page`; nothing for an
/// action that is no move.
pub fn moved(
    from: usize,
    length: usize,
    page: usize,
    action: Action,
    count: Option<usize>,
) -> Option<usize> {
    let last = length.saturating_sub(1);
    let times = count.unwrap_or(1);
    let step = match action {
        Action::HalfPageDown | Action::HalfPageUp => (page / 2).max(1),
        // Two lines of the page before stay in sight.
        Action::PageDown | Action::PageUp => page.saturating_sub(2).max(1),
        _ => 1,
    }
    .saturating_mul(times);
    let to = match action {
        Action::Down | Action::HalfPageDown | Action::PageDown => from.saturating_add(step),
        Action::Up | Action::HalfPageUp | Action::PageUp => from.saturating_sub(step),
        Action::First => count.map_or(0, |number| number.saturating_sub(1)),
        Action::Last => count.map_or(last, |number| number.saturating_sub(1)),
        _ => return None,
    };
    Some(to.min(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_stay_in_the_list() {
        for (from, length, action, count, to) in [
            (0, 12, Action::Down, None, 1),
            (0, 12, Action::Down, Some(5), 5),
            (11, 12, Action::Down, None, 11),
            (3, 12, Action::Up, Some(9), 0),
            (0, 12, Action::Last, None, 11),
            (0, 12, Action::Last, Some(5), 4),
            (0, 12, Action::Last, Some(500), 11),
            (7, 12, Action::First, None, 0),
            (7, 12, Action::First, Some(3), 2),
            (0, 100, Action::PageDown, None, 8),
            (50, 100, Action::HalfPageUp, None, 45),
            (0, 0, Action::Down, None, 0),
            (0, 0, Action::Last, Some(usize::MAX), 0),
        ] {
            let reached = moved(from, length, 10, action, count);
            assert_eq!(reached, Some(to), "{action:?} {count:?} from {from}");
        }
        assert_eq!(moved(1, 2, 10, Action::Help, None), None);
    }
}
