//! The form for an entry: opening it, typing into it, saving it.

use std::sync::Arc;

use crate::edit::NewEntry;
use crate::model::Kind;
use crate::tui::action::Action;
use crate::tui::change::{Change, Put, What};
use crate::tui::key::Key;
use crate::tui::keymap::Context;
use crate::tui::overlay::Overlay;
use crate::tui::overlay::form::{Form, Part};
use crate::tui::state::State;
use crate::tui::update::{Effect, change};

/// Opens an empty form, for the file of the selected entry.
pub fn add(state: &mut State) {
    let dataset = change::dataset(state);
    if let Some(reason) = change::refusal(state, dataset) {
        state.complain(reason);
        return;
    }
    open(state, Form::new(&state.timeline, dataset));
}

/// Opens a form with the selected entry in it.
pub fn edit(state: &mut State) {
    let Some(entry) = state.selected() else {
        state.say("Nothing is selected.");
        return;
    };
    let dataset = change::dataset(state);
    if let Some(reason) = change::refusal(state, dataset) {
        state.complain(reason);
        return;
    }
    let entry = NewEntry::of(&state.timeline, entry);
    open(state, Form::of(&state.timeline, dataset, entry));
}

fn open(state: &mut State, mut form: Form) {
    form.refresh(&state.timeline);
    state.overlay = Some(Overlay::Form(Box::new(form)));
}

/// Carries out an action in the form.
pub fn apply(state: &mut State, action: Action) -> Vec<Effect> {
    let timeline = Arc::clone(&state.timeline);
    let Some(Overlay::Form(form)) = &mut state.overlay else { return Vec::new() };
    form.asked = false;
    match action {
        Action::Save => return save(state),
        Action::Complete => {
            if form.take() {
                form.refresh(&timeline);
            }
            form.go(true);
        }
        Action::Accept => {
            if !form.take() {
                form.go(true);
            }
        }
        Action::PreviousField => form.go(false),
        Action::Later if form.offers.is_empty() => form.go(true),
        Action::Earlier if form.offers.is_empty() => form.go(false),
        Action::Later => {
            let last = form.offers.len().saturating_sub(1);
            form.taken = Some(form.taken.map_or(0, |taken| (taken + 1).min(last)));
        }
        Action::Earlier => form.taken = form.taken.and_then(|taken| taken.checked_sub(1)),
        Action::EditLeft | Action::EditRight if form.part == Part::Kind => turn(form),
        Action::EditRight if form.text(form.part).is_empty() => form.offer_all(&timeline),
        action => {
            let before = form.text(form.part).to_owned();
            if form.typing().is_some_and(|field| field.edit(action)) {
                if form.text(form.part) == before {
                    form.close_offers();
                } else {
                    changed(form, &timeline);
                }
                return Vec::new();
            }
        }
    }
    form.refresh(&timeline);
    Vec::new()
}

fn turn(form: &mut Form) {
    form.kind = match form.kind {
        Kind::Statement => Kind::Event,
        Kind::Event => Kind::Statement,
    };
}

/// Brings what follows from a line's text into step.
fn changed(form: &mut Form, timeline: &crate::model::Timeline) {
    if form.part == Part::Id {
        form.made_id = form.was.is_none() && form.text(Part::Id).is_empty();
    }
    // While an id is emptied to be typed anew, none is made.
    let made = std::mem::take(&mut form.made_id);
    form.made_id = made && form.part != Part::Id;
    form.refresh(timeline);
    form.made_id = made;
    form.offer(timeline);
}

/// Types keys: into the line, or as the answer to a question.
pub fn typed(state: &mut State, keys: &[Key]) -> Vec<Effect> {
    let timeline = Arc::clone(&state.timeline);
    let Some(Overlay::Form(form)) = &mut state.overlay else { return Vec::new() };
    let typed: Vec<char> = keys.iter().filter_map(|key| key.typed()).collect();
    if std::mem::take(&mut form.asked) {
        state.message = None;
        if typed == ['y'] {
            state.overlay = None;
            state.say("Nothing was saved.");
        }
        return Vec::new();
    }
    if typed.is_empty() {
        return Vec::new();
    }
    state.message = None;
    let Some(field) = form.typing() else {
        if typed == [' '] {
            turn(form);
            form.refresh(&timeline);
        }
        return Vec::new();
    };
    for letter in typed {
        field.insert(letter);
    }
    changed(form, &timeline);
    Vec::new()
}

/// Types a pasted text.
pub fn paste(state: &mut State, text: &str) {
    let timeline = Arc::clone(&state.timeline);
    let Some(Overlay::Form(form)) = &mut state.overlay else { return };
    form.asked = false;
    let whole = form.part.holds_breaks();
    if let Some(field) = form.typing() {
        let text = text.trim();
        if whole {
            field.paste_whole(text)
        } else {
            field.paste(text)
        }
        changed(form, &timeline);
    }
}

/// One step back: the offers, then the form. Gives whether it is left.
pub fn cancel(state: &mut State) -> bool {
    let Some(Overlay::Form(form)) = &mut state.overlay else { return true };
    if !form.offers.is_empty() {
        form.close_offers();
        return false;
    }
    if std::mem::take(&mut form.asked) {
        return false;
    }
    if !form.is_changed() {
        return true;
    }
    ask(state);
    false
}

/// Whether the program may be left: what was typed is not thrown away unasked. Asking counts as
/// asked.
pub fn may_be_left(state: &mut State) -> bool {
    let Some(Overlay::Form(form)) = &mut state.overlay else { return true };
    if form.asked || !form.is_changed() {
        return true;
    }
    ask(state);
    false
}

fn ask(state: &mut State) {
    let Some(Overlay::Form(form)) = &mut state.overlay else { return };
    form.asked = true;
    let quit = state.preferences.keymap.keys_of(Context::Dialog, Action::Quit);
    let quit = quit.map_or_else(String::new, |key| format!(", {key} also quits"));
    state.complain(format!("Throw away what was typed? y does{quit}; any other key goes on."));
}

/// Asks for the entry to be written, if nothing is missing or wrong.
fn save(state: &mut State) -> Vec<Effect> {
    let timeline = Arc::clone(&state.timeline);
    let Some(Overlay::Form(form)) = &mut state.overlay else { return Vec::new() };
    form.take();
    form.tried = true;
    form.refresh(&timeline);
    let reading = form.read(&timeline);
    let Some(entry) = reading.entry else {
        let mend = form.to_mend();
        if let Some(first) = mend.first() {
            form.part = *first;
        }
        let names: Vec<String> =
            mend.iter().map(|part| part.name().trim().to_lowercase()).collect();
        state.complain(format!("Not saved: look at {}.", names.join(", ")));
        return Vec::new();
    };
    if form.was.as_ref() == Some(&entry) {
        state.overlay = None;
        state.say("Nothing was changed.");
        return Vec::new();
    }
    let put = Put { entry, was: form.was.clone(), new: reading.new, known: reading.known };
    let what = What::Put(Box::new(put));
    vec![Effect::Change(Box::new(Change { file: form.path.clone(), what }))]
}
