//! The mouse: wheel, click and drag.

use ratatui::layout::{Position, Rect};

use crate::tui::mouse::{Mouse, MouseKind};
use crate::tui::overlay::{Overlay, help};
use crate::tui::state::{Focus, State};
use crate::tui::update::{Effect, date, detail, views};
use crate::view::rows::{Row, rows};

/// How many entries or lines one turn of the wheel moves.
const TURN: usize = 3;

/// Takes in what the mouse did.
pub fn update(state: &mut State, mouse: Mouse) -> Vec<Effect> {
    let at = Position::new(mouse.column, mouse.row);
    match mouse.kind {
        MouseKind::Release => state.dragging = false,
        MouseKind::Drag if state.dragging => drag(state, mouse),
        MouseKind::Drag => {}
        _ if state.overlay.is_some() => overlay(state, mouse),
        MouseKind::WheelDown | MouseKind::WheelUp => wheel(state, mouse, at),
        MouseKind::Press => press(state, mouse, at),
    }
    Vec::new()
}

fn wheel(state: &mut State, mouse: Mouse, at: Position) {
    let down = mouse.kind == MouseKind::WheelDown;
    if state.areas().detail.contains(at) && state.views.shows_record(state.focus) {
        detail::scroll(state, TURN, down);
    } else if views::wheel(state, TURN, down) {
    } else if down {
        state.select(state.cursor.saturating_add(TURN));
    } else {
        state.select(state.cursor.saturating_sub(TURN));
    }
}

fn press(state: &mut State, mouse: Mouse, at: Position) {
    let areas = state.areas();
    state.message = None;
    if areas.divider.contains(at) {
        state.dragging = true;
    } else if areas.strip.contains(at) || areas.axis.contains(at) {
        let column = usize::from(mouse.column.saturating_sub(areas.strip.x));
        let day = state.shown.density.day_of(column, usize::from(areas.strip.width));
        if let Some(day) = day {
            date::point(state, day);
        }
    } else if areas.timeline.contains(at) {
        state.focus = Focus::Timeline;
        if views::press(state, at) {
            return;
        }
        let height = usize::from(areas.timeline.height);
        let rows = rows(&state.timeline, &state.shown, state.top, height);
        let row = rows.get(usize::from(mouse.row.saturating_sub(areas.timeline.y)));
        if let Some(Row::Entry { position, .. }) = row {
            state.select(*position);
        }
    } else if !state.views.shows_record(state.focus) && views::press(state, at) {
    } else if areas.detail.contains(at) {
        state.focus = Focus::Detail;
        let line = state.detail.scroll + usize::from(mouse.row.saturating_sub(areas.detail.y));
        let target = state.detail.lines.get(line).and_then(|line| line.target);
        let links = state.detail.links();
        state.detail.link =
            links.iter().rposition(|(known, first)| Some(*known) == target && *first <= line);
    }
}

fn drag(state: &mut State, mouse: Mouse) {
    let areas = state.areas();
    let whole = areas.body();
    let (from, length, at) = if areas.wide {
        (whole.x, whole.width, mouse.column)
    } else {
        (whole.y, whole.height, mouse.row)
    };
    let share = u32::from(at.saturating_sub(from)) * 100 / u32::from(length.max(1));
    state.split = u16::try_from(share).unwrap_or(50).clamp(20, 80);
}

/// In a list the wheel moves the selection and a click selects; a click beside it closes it.
fn overlay(state: &mut State, mouse: Mouse) {
    let size = state.size;
    let (area, list) = match &mut state.overlay {
        Some(Overlay::Panel(panel)) => {
            (crate::tui::layout::panel(size, panel.rows.len()), &mut panel.list)
        }
        Some(Overlay::Palette(list)) => (crate::tui::layout::panel(size, usize::MAX), list),
        Some(Overlay::Marks(list, marks)) => (crate::tui::layout::panel(size, marks.len()), list),
        Some(Overlay::Help(help)) => {
            match mouse.kind {
                MouseKind::WheelDown => help.scroll = help.scroll.saturating_add(TURN),
                MouseKind::WheelUp => help.scroll = help.scroll.saturating_sub(TURN),
                _ => {}
            }
            let length = help::length(help, &state.preferences.keymap);
            help.scroll = help.scroll.min(length.saturating_sub(help::area(size).height.into()));
            return;
        }
        _ => return,
    };
    let (frame, rows): (Rect, Rect) = area;
    let at = Position::new(mouse.column, mouse.row);
    match mouse.kind {
        MouseKind::WheelDown => list.cursor = list.cursor.saturating_add(TURN),
        MouseKind::WheelUp => list.cursor = list.cursor.saturating_sub(TURN),
        MouseKind::Press if rows.contains(at) => {
            list.cursor = list.scroll + usize::from(mouse.row.saturating_sub(rows.y));
        }
        MouseKind::Press if !frame.contains(at) => state.overlay = None,
        _ => {}
    }
}
