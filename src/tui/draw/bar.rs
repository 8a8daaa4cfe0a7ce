//! The bottom bar: hints or a message on the left, pending keys and the position on the right.

use ratatui::buffer::Buffer;

use crate::model::EntryIndex;
use crate::text::width;
use crate::tui::action::Action;
use crate::tui::draw::put;
use crate::tui::key::sequence_name;
use crate::tui::keymap::{Context, Hint, Keymap};
use crate::tui::look::Search;
use crate::tui::overlay::Overlay;
use crate::tui::overlay::export::Choice;
use crate::tui::state::{Rest, State};
use crate::view::label::standing;

/// Draws the bar.
pub fn draw(state: &State, buffer: &mut Buffer) {
    if let Some(Overlay::Prompt(prompt)) = &state.overlay {
        super::prompt::draw(state, prompt, buffer);
        return;
    }
    let area = state.areas().bar;
    let theme = &state.preferences.theme;
    let right = right(state);
    let mut x = area.x + 1;
    let end = area.right().saturating_sub(1);
    let from = end.saturating_sub(u16::try_from(width(&right)).unwrap_or(0));
    let room = from.saturating_sub(2);
    if let Some(message) = &state.message {
        let style = if message.error { theme.error } else { theme.good };
        // Where the cursor stands can be read again; a message cannot.
        let long = width(&message.text) > usize::from(room.saturating_sub(x));
        put(buffer, (x, area.y), if long { end } else { room }, &message.text, style);
        if !long {
            put(buffer, (from, area.y), end, &right, theme.dim);
        }
        return;
    }
    put(buffer, (from, area.y), end, &right, theme.dim);
    let keymap = &state.preferences.keymap;
    let hints = match &state.overlay {
        Some(Overlay::Form(form)) => form_hints(keymap, form.offers.is_empty()),
        Some(Overlay::Ask(_)) => Vec::new(),
        Some(Overlay::Passage(_)) => passage_hints(keymap),
        Some(overlay) => {
            overlay_hints(keymap, overlay).unwrap_or_else(|| keymap.hints(state.context()))
        }
        _ => keymap.hints(state.context()),
    };
    for hint in fitting(hints, usize::from(room.saturating_sub(x))) {
        x = put(buffer, (x, area.y), room, &hint.keys, theme.key);
        x = put(buffer, (x + 1, area.y), room, hint.word, theme.dim) + 3;
    }
}

/// In most overlays not all keys of their context do something, and some do something else.
/// Nothing where the keymap's own hints are right.
fn overlay_hints(keymap: &Keymap, overlay: &Overlay) -> Option<Vec<Hint<'static>>> {
    use Action::{
        Accept, Cancel, Complete, Down, Earlier, EditLeft, EditRight, Later, Narrow, PageDown, Up,
    };
    let context = overlay.context();
    let typing = context == Context::Dialog;
    let moves: &[Action] = if typing { &[Earlier, Later] } else { &[Down, Up] };
    let hints: &[(&[Action], &str)] = match overlay {
        Overlay::Export(dialog) if dialog.choice() == Choice::Path => &[
            (&[Complete], "complete"),
            (moves, "line"),
            (&[PageDown], "preview"),
            (&[Accept], "write"),
            (&[Cancel], "leave"),
        ],
        Overlay::Export(_) => &[
            (&[EditLeft, EditRight], "change"),
            (moves, "line"),
            (&[PageDown], "preview"),
            (&[Accept], "write"),
            (&[Cancel], "leave"),
        ],
        Overlay::Help(_) if typing => {
            &[(moves, "scroll"), (&[Accept], "done"), (&[Cancel], "all keys")]
        }
        Overlay::Help(_) => &[(moves, "scroll"), (&[Narrow], "find"), (&[Cancel], "close")],
        Overlay::Palette(_) => &[(moves, "move"), (&[Accept], "run"), (&[Cancel], "close")],
        Overlay::Marks(..) if !typing => {
            &[(moves, "move"), (&[Narrow], "narrow"), (&[Accept], "go"), (&[Cancel], "close")]
        }
        Overlay::Marks(..) => &[(moves, "move"), (&[Accept], "go"), (&[Cancel], "all marks")],
        Overlay::Panel(_) if typing => {
            &[(moves, "move"), (&[Accept], "take"), (&[Cancel], "all values")]
        }
        Overlay::Panel(_)
        | Overlay::Compare(_)
        | Overlay::Prompt(_)
        | Overlay::Form(_)
        | Overlay::Ask(_)
        | Overlay::Passage(_) => return None,
    };
    let keys = |actions: &[Action]| {
        let keys: Vec<String> =
            actions.iter().filter_map(|action| keymap.keys_of(context, *action)).collect();
        keys.join("/")
    };
    Some(hints.iter().map(|(actions, word)| Hint { keys: keys(actions), word, rank: 0 }).collect())
}

/// In a form, too.
fn form_hints(keymap: &Keymap, idle: bool) -> Vec<Hint<'static>> {
    let keys = |action| keymap.keys_of(Context::Dialog, action);
    let pair = |one, other| Some(format!("{}/{}", keys(one)?, keys(other)?));
    [
        (pair(Action::Complete, Action::PreviousField), "line"),
        (
            if idle { keys(Action::EditRight) } else { pair(Action::Earlier, Action::Later) },
            if idle { "offers" } else { "choose" },
        ),
        (keys(Action::Accept), if idle { "next" } else { "take" }),
        (keys(Action::Save), "save"),
        (keys(Action::Cancel), "leave"),
    ]
    .into_iter()
    .filter_map(|(keys, word)| Some(Hint { keys: keys?, word, rank: 0 }))
    .collect()
}

fn passage_hints(keymap: &Keymap) -> Vec<Hint<'static>> {
    let keys = |action| keymap.keys_of(Context::Panel, action);
    [(Action::Down, "scroll"), (Action::Cancel, "close")]
        .into_iter()
        .filter_map(|(action, word)| Some(Hint { keys: keys(action)?, word, rank: 0 }))
        .collect()
}

/// As many hints as fit into so many cells, by rank. The last two, help and the way out, go last.
pub fn fitting(hints: Vec<Hint<'_>>, room: usize) -> Vec<Hint<'_>> {
    const GAP: usize = 3;
    let last = hints.len().saturating_sub(2);
    let mut order: Vec<usize> = (0..hints.len()).collect();
    order.sort_by_key(|at| (*at < last, hints.get(*at).map(|hint| hint.rank)));
    let mut kept = vec![false; hints.len()];
    // The space behind the last is not needed.
    let mut left = room + GAP;
    for at in order {
        let Some(hint) = hints.get(at) else { continue };
        let wide = width(&hint.keys) + 1 + width(hint.word) + GAP;
        if let (Some(rest), Some(kept)) = (left.checked_sub(wide), kept.get_mut(at)) {
            (left, *kept) = (rest, true);
        }
    }
    hints.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(hint, _)| hint).collect()
}

/// Pending keys, what is selected and searched for, and where the cursor stands.
fn right(state: &State) -> String {
    let mut parts = Vec::new();
    let mut pending = String::new();
    if let Some(count) = state.pending.count {
        pending.push_str(&count.to_string());
    }
    pending.push_str(&sequence_name(&state.pending.keys));
    if let Some(action) = state.pending.letter_for {
        pending.push_str(
            &state.preferences.keymap.keys_of(state.context(), action).unwrap_or_default(),
        );
        pending.push('…');
    }
    // What lies over the screen says itself what it is about; its keys need the room.
    if state.overlay.is_some() {
        return pending;
    }
    if !pending.is_empty() {
        parts.push(pending);
    }
    match state.rest {
        Rest::Read => {}
        Rest::Coming(_) => parts.push("reading…".to_owned()),
        Rest::Missing => parts.push("the beginning alone".to_owned()),
    }
    let chosen = state.chosen_count();
    if chosen > 0 {
        parts.push(format!("{chosen} selected"));
    }
    if let Some(search) = &state.search {
        parts.push(matches(search, state.selected()));
    }
    parts.push(position(state));
    parts.retain(|part| !part.is_empty());
    parts.join("   ")
}

/// Stands for what is not found yet.
pub const LOOKING: &str = "looking…";

/// Which match is selected: `3 of 17`.
pub fn matches(search: &Search, selected: Option<EntryIndex>) -> String {
    let Some(found) = &search.found else { return LOOKING.to_owned() };
    let at = selected.and_then(|entry| found.binary_search(&entry).ok());
    match (at, found.len()) {
        (_, 0) => "no match".to_owned(),
        (Some(at), all) => format!("match {} of {all}", at + 1),
        (None, 1) => "1 match".to_owned(),
        (None, all) => format!("{all} matches"),
    }
}

/// Where the cursor stands: `5 of 12 · 62 %` of the span of time.
fn position(state: &State) -> String {
    let all = state.shown.len();
    if all == 0 {
        return String::new();
    }
    let here = format!("{} of {all}", state.cursor + 1);
    let day = state.selected().and_then(|entry| standing(&state.timeline, entry));
    match (day, state.shown.density.span) {
        (Some(day), Some((first, last))) if last > first => {
            let (day, first, last) = (i128::from(day), i128::from(first), i128::from(last));
            let share = ((day - first) * 100 / (last - first)).clamp(0, 100);
            format!("{here} · {share} %")
        }
        _ => here,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_that_matter_most_are_kept() {
        let keymap = Keymap::built_in().unwrap();
        for (context, room, words) in [
            (Context::Timeline, 10, "help"),
            (Context::Timeline, 20, "help quit"),
            (Context::Timeline, 48, "move select export help quit"),
            (Context::Timeline, 62, "move speakers select export help quit"),
            (Context::Timeline, 100, "move view speakers filter search select export help quit"),
            (
                Context::Timeline,
                180,
                "move view speakers filter search read scroll select export help quit",
            ),
            (Context::Lanes, 62, "time lane zoom lanes by help back"),
            (Context::Figures, 62, "mark compare measure help back"),
            (Context::Detail, 62, "move view follow link help back"),
            (Context::Panel, 40, "move take help back"),
        ] {
            let kept = fitting(keymap.hints(context), room);
            let kept: Vec<&str> = kept.iter().map(|hint| hint.word).collect();
            assert_eq!(kept.join(" "), words, "{context:?}, {room} cells");
        }
    }
}
