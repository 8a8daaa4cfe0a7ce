//! Moving through time: to a date, by years, by months or silences.

use crate::tui::overlay::Overlay;
use crate::tui::state::State;
use crate::view::label::standing;
use crate::when::{Day, When, civil, day_number, from_words};

/// The span up to which one goes by months; beyond, by silences. In days: three years.
const SHORT_SPAN: Day = 3 * 366;

/// What a typed date means, for a person to see.
pub fn meaning(text: &str) -> Option<String> {
    if text.trim().is_empty() {
        return None;
    }
    Some(match read(text) {
        Some(when) => when.reading(),
        None => "no date: write 2023-01, 9 nov 2022 or march 2023".to_owned(),
    })
}

fn read(text: &str) -> Option<When> {
    When::parse(text.trim()).ok().or_else(|| from_words(text.trim()))
}

/// Goes to the first entry from a typed date on.
pub fn go(state: &mut State, text: &str) {
    let Some(when) = read(text) else {
        if text.is_empty() {
            state.overlay = None;
        }
        return;
    };
    state.overlay = None;
    let Some(day) = when.earliest().day().or_else(|| when.latest().day()) else {
        state.complain("That date names no day to go to.");
        return;
    };
    state.remember_jump();
    to_day(state, day);
    let reading = when.reading();
    let here = state.selected().and_then(|entry| standing(&state.timeline, entry));
    let last = when.latest().day().unwrap_or(day);
    match here {
        Some(found) if day <= found && found <= last => state.say(reading),
        Some(found) if found > last => {
            state.say(format!("Nothing from {reading}; this is the next entry."));
        }
        _ => state.say(format!("Nothing from {reading} on; this is the last entry.")),
    }
}

/// Selects the first entry that stands on or after a day.
pub fn to_day(state: &mut State, day: Day) {
    let timeline = &state.timeline;
    let position = state
        .shown
        .entries
        .partition_point(|entry| standing(timeline, *entry).is_none_or(|stands| stands < day));
    state.select(position);
}

/// Selects the last entry that stands before a day.
fn to_before(state: &mut State, day: Day) {
    let timeline = &state.timeline;
    let position = state
        .shown
        .entries
        .partition_point(|entry| standing(timeline, *entry).is_none_or(|stands| stands < day));
    state.select(position.saturating_sub(1));
}

fn here(state: &State) -> Option<Day> {
    state.selected().and_then(|entry| standing(&state.timeline, entry))
}

/// To the first entry of another year that has any.
pub fn year(state: &mut State, times: usize, forwards: bool) {
    for _ in 0..times.min(state.shown.len()) {
        let before = state.cursor;
        let Some(day) = here(state) else {
            // Undated entries stand before all years.
            if forwards {
                to_day(state, Day::MIN);
            }
            return;
        };
        let at = civil(day);
        step(
            state,
            day_number(at.year, 1, 1),
            day_number(at.year.saturating_add(1), 1, 1),
            forwards,
            |day| day_number(civil(day).year, 1, 1),
        );
        if state.cursor == before {
            return;
        }
    }
}

/// To the first entry of another month, or after another silence.
pub fn gap(state: &mut State, times: usize, forwards: bool) {
    let Some((first, last)) = state.shown.density.span else { return };
    let short = last.saturating_sub(first) <= SHORT_SPAN;
    for _ in 0..times.min(state.shown.len()) {
        let before = state.cursor;
        let Some(day) = here(state) else {
            if forwards {
                to_day(state, Day::MIN);
            }
            return;
        };
        if short {
            let month = |day: Day| {
                let at = civil(day);
                day_number(at.year, at.month, 1)
            };
            let at = civil(day);
            let next = match at.month {
                12 => day_number(at.year.saturating_add(1), 1, 1),
                month => day_number(at.year, month + 1, 1),
            };
            step(state, month(day), next, forwards, month);
        } else {
            match state.shown.density.beyond_silence(day, forwards) {
                Some(day) => to_day(state, day),
                None if forwards => state.select(usize::MAX),
                None => state.select(0),
            }
        }
        if state.cursor == before {
            return;
        }
    }
}

/// To the first entry after this unit of time, which ends before `next`; backwards to the first
/// entry of this one, which begins on `first`, then of the one before.
fn step(
    state: &mut State,
    first: Option<Day>,
    next: Option<Day>,
    forwards: bool,
    beginning: impl Fn(Day) -> Option<Day>,
) {
    if forwards {
        if let Some(next) = next {
            to_day(state, next);
        }
        return;
    }
    let Some(first) = first else { return };
    let was = state.cursor;
    to_day(state, first);
    if state.cursor < was {
        return;
    }
    to_before(state, first);
    if let Some(beginning) = here(state).and_then(beginning) {
        to_day(state, beginning);
    }
}

/// Selects the entry nearest to a day that was pointed at.
pub fn point(state: &mut State, day: Day) {
    if state.shown.is_empty() || matches!(state.overlay, Some(Overlay::Prompt(_))) {
        return;
    }
    to_day(state, day);
}
