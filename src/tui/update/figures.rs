//! Moving through the table of figures, ordering it, and marking figures for comparison.

use ratatui::layout::Position;

use crate::tui::action::Action;
use crate::tui::list::moved;
use crate::tui::state::{Focus, State};
use crate::tui::update::views::steps;
use crate::view::figures::Column;

/// Carries out an action. Gives whether the figures have a use for it.
pub fn apply(state: &mut State, action: Action, count: Option<usize>) -> bool {
    let view = &mut state.views.figures;
    match action {
        Action::NextMeasure => view.next_measure(steps(count, true)),
        Action::PreviousMeasure => view.next_measure(steps(count, false)),
        Action::SortBy => {
            let here = Column::ALL.iter().position(|column| *column == view.sort).unwrap_or(0);
            let at =
                count.map_or((here + 1) % Column::ALL.len(), |number| number.saturating_sub(1));
            let column = Column::ALL.get(at).copied().unwrap_or_default();
            view.sort_by(column);
            say_order(state);
        }
        Action::SortReverse => {
            view.reverse();
            say_order(state);
        }
        Action::MarkFigure => mark(state),
        _ if state.focus == Focus::Timeline => return go(state, action, count),
        _ => return false,
    }
    true
}

fn say_order(state: &mut State) {
    let view = &state.views.figures;
    let way = if view.descending { ", from the last" } else { "" };
    let title = view.sort.title();
    state.say(format!("In order of “{title}”{way}."));
}

fn mark(state: &mut State) {
    let view = &mut state.views.figures;
    if !view.mark() {
        state.say("No figure is selected.");
        return;
    }
    let next = view.row.map_or(0, |row| row + 1);
    if let Some(entry) = view.go(next) {
        state.select_entry(entry);
    }
    match state.views.figures.marked.len() {
        0 => {}
        1 => state.say("1 figure is marked; c lays two or more side by side."),
        count => state.say(format!("{count} figures are marked; c lays them side by side.")),
    }
}

/// Through the rows of the table.
fn go(state: &mut State, action: Action, count: Option<usize>) -> bool {
    let cursor = state.selected();
    let page = usize::from(state.areas().detail.height.saturating_sub(1));
    let view = &mut state.views.figures;
    let from = view.row.unwrap_or(0);
    let Some(to) = moved(from, view.rows().len(), page, action, count) else {
        return false;
    };
    let forwards = matches!(action, Action::Down | Action::HalfPageDown | Action::PageDown);
    let absolute = matches!(action, Action::First | Action::Last);
    let entry = match view.row {
        None if !absolute => view.step(cursor, if forwards { 1 } else { -1 }),
        _ => view.go(to),
    };
    if let Some(entry) = entry {
        state.select_entry(entry);
    }
    true
}

/// A click selects a row of the table.
pub fn press(state: &mut State, at: Position) -> bool {
    let areas = state.areas();
    let view = &mut state.views.figures;
    let table = areas.detail;
    if state.focus != Focus::Timeline || at.y < table.y {
        return false;
    }
    let Some(row) = usize::from(at.y - table.y).checked_sub(1) else { return true };
    if let Some(entry) = view.go(view.top.saturating_add(row)) {
        state.select_entry(entry);
    }
    true
}
