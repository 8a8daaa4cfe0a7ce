//! Moving among lanes, and changing the window on time.

use ratatui::layout::Position;

use crate::tui::action::Action;
use crate::tui::state::{Focus, State};
use crate::tui::update::views::steps;
use crate::view::lanes::{LaneBy, LaneOrder, Lanes};

/// Carries out an action. Gives whether the lanes have a use for it.
pub fn apply(state: &mut State, action: Action, count: Option<usize>) -> bool {
    let day = state.selected().and_then(|entry| Lanes::day(&state.timeline, entry));
    let times = count.unwrap_or(1);
    let view = &mut state.views.lanes;
    match action {
        Action::NextEntry => along(state, steps(count, true), false),
        Action::PreviousEntry => along(state, steps(count, false), false),
        Action::NextInLane => along(state, steps(count, true), true),
        Action::PreviousInLane => along(state, steps(count, false), true),
        Action::ZoomIn => view.zoom(true, times, day),
        Action::ZoomOut => view.zoom(false, times, day),
        Action::ZoomAll => view.zoom_to_whole(),
        Action::PanLeft => view.pan(times, false),
        Action::PanRight => view.pan(times, true),
        Action::LanesBy => {
            view.next_kind();
            let by = view.heading();
            let next = next_of(&LaneBy::ALL, view.by).word();
            state.say(format!("Lanes by {by}; next by {next}."));
        }
        Action::LaneOrder => {
            view.next_order();
            let order = view.order.word();
            let next = next_of(&LaneOrder::ALL, view.order).word();
            state.say(format!("Lanes in order of {order}; next of {next}."));
        }
        Action::Fold => {
            view.fold(day);
            let folded = view.folded;
            state.say(if folded {
                "Long times without entries are folded."
            } else {
                "All of the time is shown."
            });
        }
        _ if state.focus == Focus::Timeline => return movement(state, action, count),
        _ => return false,
    }
    true
}

fn next_of<T: Copy + PartialEq + Default>(all: &[T], of: T) -> T {
    let at = all.iter().position(|other| *other == of).map_or(0, |at| at + 1);
    all.get(at).or(all.first()).copied().unwrap_or_default()
}

/// From lane to lane, by one, or by half a window or a whole one.
fn movement(state: &mut State, action: Action, count: Option<usize>) -> bool {
    let area = state.areas().timeline;
    let height = usize::from(area.height.saturating_sub(state.views.lanes.plot(area).header));
    let page = match action {
        Action::Down | Action::Up => 1,
        Action::HalfPageDown | Action::HalfPageUp => (height / 2).max(1),
        Action::PageDown | Action::PageUp => height.saturating_sub(1).max(1),
        _ => return false,
    };
    let down = matches!(action, Action::Down | Action::HalfPageDown | Action::PageDown);
    let by = steps(Some(page.saturating_mul(count.unwrap_or(1))), down);
    let Some(here) = state.selected() else { return true };
    if let Some(entry) = state.views.lanes.lane_step(&state.timeline, here, by) {
        state.select_entry(entry);
    }
    true
}

/// Along time, among all lanes or within the cursor's.
fn along(state: &mut State, by: isize, within: bool) {
    let Some(here) = state.selected() else { return };
    let view = &state.views.lanes;
    let lane = within.then_some(view.lane);
    let to = view.lanes().step(&state.timeline, here, by, lane);
    state.select_entry(to);
}

/// A click selects the entry that is shown there, else the one of that lane nearest in time.
pub fn press(state: &mut State, at: Position) -> bool {
    let area = state.areas().timeline;
    if !area.contains(at) {
        return false;
    }
    let view = &mut state.views.lanes;
    let plot = view.plot(area);
    let row = usize::from(at.y.saturating_sub(area.y.saturating_add(plot.header)));
    let lane = view.top + row;
    if at.y < area.y.saturating_add(plot.header) || lane >= view.lanes().lanes().len() {
        return true;
    }
    view.lane = lane;
    let Some(axis) = view.axis() else { return true };
    let column = usize::from(at.x.saturating_sub(plot.left));
    let shown = view.lanes().marked(lane, axis, column).next();
    let day = axis.stretch(isize::try_from(column).unwrap_or(0)).first;
    if let Some(entry) = shown.or_else(|| view.lanes().nearest(lane, day)) {
        state.select_entry(entry);
    }
    true
}
