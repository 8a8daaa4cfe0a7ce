//! Going from view to view, and what a key does that is a view's own.

use ratatui::layout::Position;

use crate::tui::action::Action;
use crate::tui::state::{Focus, State};
use crate::tui::update::{compare, figures, lanes};
use crate::tui::views::View;

/// Carries out an action that is for a view, or that a view takes differently. Gives whether it
/// was one.
pub fn apply(state: &mut State, action: Action, count: Option<usize>) -> bool {
    match action {
        Action::ShowTimeline => show(state, View::Timeline),
        Action::ShowLanes => show(state, View::Lanes),
        Action::ShowFigures => show(state, View::Figures),
        Action::NextView => show(state, state.views.view.next()),
        Action::Compare => compare::open(state),
        _ => {
            // From the list of all actions a view's own brings that view.
            if let Some(view) = own(action)
                && view != state.views.view
            {
                show(state, view);
                state.settle();
            }
            return match state.views.view {
                View::Timeline => false,
                View::Lanes => lanes::apply(state, action, count),
                View::Figures => figures::apply(state, action, count),
            };
        }
    }
    true
}

/// The view that an action means something in, where it is the only one.
fn own(action: Action) -> Option<View> {
    match action {
        Action::PreviousEntry
        | Action::NextEntry
        | Action::PreviousInLane
        | Action::NextInLane
        | Action::ZoomIn
        | Action::ZoomOut
        | Action::ZoomAll
        | Action::PanLeft
        | Action::PanRight
        | Action::LanesBy
        | Action::LaneOrder
        | Action::Fold => Some(View::Lanes),
        Action::PreviousMeasure
        | Action::NextMeasure
        | Action::SortBy
        | Action::SortReverse
        | Action::MarkFigure => Some(View::Figures),
        _ => None,
    }
}

fn show(state: &mut State, view: View) {
    state.views.view = view;
    state.focus = Focus::Timeline;
    state.detail.link = None;
}

/// One step back out of a view: to the timeline. Gives whether there was one to leave.
pub fn leave(state: &mut State) -> bool {
    let elsewhere = state.views.view != View::Timeline;
    show(state, View::Timeline);
    elsewhere
}

/// One step back within a view. Gives whether there was anything to take back.
pub fn cancel(state: &mut State) -> bool {
    let figures = &mut state.views.figures;
    let any = state.views.view == View::Figures && !figures.marked.is_empty();
    if any {
        figures.marked.clear();
    }
    any
}

/// What a press of the mouse does in a view other than the timeline. Gives whether it did.
pub fn press(state: &mut State, at: Position) -> bool {
    match state.views.view {
        View::Timeline => false,
        View::Lanes => lanes::press(state, at),
        View::Figures => figures::press(state, at),
    }
}

/// What the wheel does in a view whose rows are not the timeline's. Gives whether it did.
pub fn wheel(state: &mut State, turn: usize, down: bool) -> bool {
    let action = if down { Action::Down } else { Action::Up };
    state.views.view == View::Figures
        && state.focus == Focus::Timeline
        && figures::apply(state, action, Some(turn))
}

/// A count as a number of steps, down or up.
pub fn steps(count: Option<usize>, forwards: bool) -> isize {
    let steps = isize::try_from(count.unwrap_or(1)).unwrap_or(isize::MAX);
    if forwards { steps } else { -steps }
}
