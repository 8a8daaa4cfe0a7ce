//! Changes of a dataset's file: asked for, made, taken back and made again.
//!
//! One order with the filter: `u` takes back what was done last, whichever it was.

use crate::edit::NewEntry;
use crate::model::EntryIndex;
use crate::tui::action::Action;
use crate::tui::change::{Change, Made, What};
use crate::tui::key::Key;
use crate::tui::overlay::Overlay;
use crate::tui::overlay::ask::Ask;
use crate::tui::state::State;
use crate::tui::update::{Direction, Effect, filter};

/// Why the file of a dataset cannot be changed.
pub fn refusal(state: &State, dataset: usize) -> Option<String> {
    let file = &state.timeline.datasets().get(dataset)?.file;
    state
        .fixed
        .contains(file)
        .then(|| format!("`{file}` is no file of yours to change; `dateline new FILE` begins one."))
}

/// The number of the dataset that the selected entry is of; the first where none is selected.
pub fn dataset(state: &State) -> usize {
    state.selected().map_or(0, |entry| state.timeline.dataset_number(entry))
}

/// Asks whether the selected entry is to go.
pub fn delete(state: &mut State) {
    let Some(entry) = state.selected() else {
        state.say("Nothing is selected.");
        return;
    };
    if let Some(reason) = refusal(state, dataset(state)) {
        state.complain(reason);
        return;
    }
    if let Some(by) = pointing(state, entry) {
        state.complain(format!("`{by}` points to this entry; change that first."));
        return;
    }
    let timeline = &state.timeline;
    let dataset = timeline.dataset_of(entry);
    let was = NewEntry::of(timeline, entry);
    let who = timeline.speaker_of(entry).map(|who| timeline.speaker(who).name.clone());
    let when = was.date.reading();
    let about = [
        Some(was.headline.clone()),
        Some(match who {
            Some(who) => format!("{who}, {when}"),
            None => when,
        }),
    ];
    state.overlay = Some(Overlay::Ask(Box::new(Ask {
        question: format!("Delete this entry from {}?", dataset.file),
        about: about.into_iter().flatten().collect(),
        then: Change { file: dataset.path().to_owned(), what: What::Remove(Box::new(was)) },
    })));
}

/// The id of an entry of the same file that points to this one.
fn pointing(state: &State, entry: EntryIndex) -> Option<String> {
    let timeline = &state.timeline;
    let id = timeline.id(entry);
    let links = timeline.links_of(entry).iter().map(|link| link.to).filter(|to| *to != entry);
    links
        .filter(|to| timeline.dataset_number(*to) == timeline.dataset_number(entry))
        .find(|to| timeline.entry(*to).related.iter().any(|related| related.to == id))
        .map(|to| timeline.id(to).to_owned())
}

/// Takes keys as the answer: `y` is a yes, all else a no.
pub fn answered(state: &mut State, keys: &[Key]) -> Vec<Effect> {
    let Some(Overlay::Ask(ask)) = state.overlay.take() else { return Vec::new() };
    if matches!(keys, [key] if key.typed() == Some('y')) {
        return vec![Effect::Change(Box::new(ask.then))];
    }
    state.say("Nothing was deleted.");
    Vec::new()
}

/// Takes back what was done last.
pub fn undo(state: &mut State) -> Vec<Effect> {
    match state.history.to_take_back(&state.filter) {
        Some(made) => vec![step(made, What::Back)],
        None => {
            filter::undo(state);
            Vec::new()
        }
    }
}

/// Makes again what was taken back last.
pub fn redo(state: &mut State) -> Vec<Effect> {
    match state.history.to_make_again(&state.filter) {
        Some(made) => vec![step(made, What::Again)],
        None => {
            filter::redo(state);
            Vec::new()
        }
    }
}

fn step(made: Made, what: fn(Made) -> What) -> Effect {
    Effect::Change(Box::new(Change { file: made.file.clone(), what: what(made) }))
}

/// Keeps a change that could not be taken back, or made again, for when it can.
pub fn give_back(state: &mut State, direction: Direction, made: Made) {
    match direction {
        Direction::Done => {}
        Direction::Back => state.history.push_again(&state.filter, made),
        Direction::Again => state.history.push_back(&state.filter, made),
    }
}

/// Takes in that a file was changed.
pub fn made(state: &mut State, direction: Direction, made: Made) {
    let undo = |action, what: &str| {
        let keymap = &state.preferences.keymap;
        let keys = keymap.keys_of(crate::tui::keymap::Context::Timeline, action);
        keys.map_or_else(String::new, |keys| format!("; {keys} {what}"))
    };
    let meanwhile = if made.rebased { ", beside what was changed there meanwhile" } else { "" };
    let text = match direction {
        Direction::Done => {
            let undo = undo(Action::Undo, "takes it back");
            format!("Saved {} in {}{meanwhile}{undo}.", made.what, made.file.display())
        }
        Direction::Back => {
            let redo = undo(Action::Redo, "makes it again");
            format!("Took back {}{redo}.", made.what)
        }
        Direction::Again => format!("Made {} again.", made.what),
    };
    state.say(text);
    let there = if direction == Direction::Back { &made.before } else { &made.after };
    state.awaited = there.clone().map(|id| (made.file.clone(), id));
    match direction {
        Direction::Done => {
            if matches!(state.overlay, Some(Overlay::Form(_))) {
                state.overlay = None;
            }
            state.filter.forget_undone();
            state.history.push(&state.filter, made);
        }
        Direction::Back => state.history.push_back(&state.filter, made),
        Direction::Again => state.history.push_again(&state.filter, made),
    }
}

/// Selects the entry that was changed, now that it was read.
pub fn select_awaited(state: &mut State) {
    let Some((file, id)) = &state.awaited else { return };
    let timeline = &state.timeline;
    let entry = timeline.with_id(id).find(|entry| timeline.dataset_of(*entry).path() == file);
    let Some(entry) = entry else { return };
    let hidden = state.shown.position(entry).is_err();
    let id = id.clone();
    state.awaited = None;
    state.select_entry(entry);
    if hidden {
        state.say(format!("Saved `{id}`; the filter hides it."));
    }
}
