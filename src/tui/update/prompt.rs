//! Lines of text being typed: a query, words to search for, a date, a command.

use crate::model::EntryIndex;
use crate::query::{Completion, Query, QueryError, Unfinished, complete};
use crate::tui::action::Action;
use crate::tui::field::Field;
use crate::tui::keymap::Context;
use crate::tui::overlay::{Overlay, Prompt, Purpose};
use crate::tui::state::State;
use crate::tui::update::{Effect, date, search, selection};

/// How many lines are kept in a history.
const MOST_LINES: usize = 100;

/// A longer query is not put in force at each key: nobody types so much, and each of its words is
/// looked for in every text. In bytes.
const LONGEST_LIVE: usize = 4096;

/// Begins a line.
pub fn open(state: &mut State, purpose: Purpose) {
    let text = match purpose {
        Purpose::Filter => state.filter.text().to_owned(),
        Purpose::Search | Purpose::Date | Purpose::Pipe => String::new(),
    };
    let mut prompt = Prompt::new(purpose, &text, state.selected());
    if purpose == Purpose::Search {
        prompt.before =
            state.search.as_ref().map_or_else(String::new, |search| search.text.clone());
    }
    state.overlay = Some(Overlay::Prompt(prompt));
    // A space lets the next word of a query begin.
    if purpose == Purpose::Filter && !text.is_empty() && !text.ends_with(' ') {
        with_prompt(state, |prompt| prompt.field.insert(' '));
    }
    changed(state);
}

fn with_prompt(state: &mut State, change: impl FnOnce(&mut Prompt)) {
    if let Some(Overlay::Prompt(prompt)) = &mut state.overlay {
        change(prompt);
    }
}

/// Brings everything into step with the line: what is typed takes effect at once.
pub fn changed(state: &mut State) {
    if state.hurried {
        return;
    }
    let Some(Overlay::Prompt(prompt)) = &state.overlay else { return };
    let (purpose, text) = (prompt.purpose, prompt.field.text().to_owned());
    let (cursor, origin) = (prompt.field.cursor(), prompt.origin);
    with_prompt(state, |prompt| {
        prompt.taken = None;
        prompt.completions.clear();
        prompt.word = None;
        prompt.waiting = None;
        prompt.error = None;
    });
    match purpose {
        Purpose::Filter if text.len() > LONGEST_LIVE => {
            let waiting = format!("a query of {} bytes is put in force on Enter", text.len());
            with_prompt(state, |prompt| prompt.waiting = Some(waiting));
        }
        Purpose::Filter => {
            let completions = complete(&state.timeline, &text, cursor);
            let unfinished = unfinished(&text, cursor, &completions);
            let error = match &unfinished {
                Some(unfinished) => {
                    // Where the rest is no query by itself, the last good one stays, as it does
                    // on the way from one value to the next.
                    if !unfinished.begun {
                        let _ = filter(state, &unfinished.rest);
                    }
                    None
                }
                None => filter(state, &text),
            };
            // What is typed on the way to a query may hide the entry for a moment.
            back_to(state, origin);
            let word = if error.is_none() {
                let remarks = state.filter.query().notes(&state.timeline);
                remarks.into_iter().next().map(|remark| remark.message)
            } else {
                None
            };
            let waiting = unfinished.map(|unfinished| waiting(state, &unfinished));
            with_prompt(state, |prompt| {
                prompt.completions = completions;
                prompt.error = error;
                prompt.word = word;
                prompt.waiting = waiting;
            });
        }
        Purpose::Search => search::live(state, &text, origin),
        Purpose::Date => {
            let word = date::meaning(&text);
            with_prompt(state, |prompt| prompt.word = word);
        }
        Purpose::Pipe => {}
    }
}

/// The word at the cursor while it is better left out: as a word it would hide what the field that
/// it becomes is to find, and a value that is only begun is no mistake yet.
fn unfinished(text: &str, cursor: usize, completions: &[Completion]) -> Option<Unfinished> {
    let unfinished = Unfinished::find(text, cursor)?;
    let reads = Query::parse(text).is_ok();
    let left_out = match unfinished.field {
        None => reads,
        Some(_) => !reads && !completions.is_empty(),
    };
    left_out.then_some(unfinished)
}

/// What is said of it meanwhile.
fn waiting(state: &State, unfinished: &Unfinished) -> String {
    match unfinished.field {
        None => {
            let keymap = &state.preferences.keymap;
            let accept = keymap.keys_of(Context::Dialog, Action::Accept);
            let keys = accept.map_or_else(|| "Space".to_owned(), |keys| format!("Space or {keys}"));
            format!("“{}” is looked for on {keys}", unfinished.word)
        }
        Some(field) => format!("{}: {}", field.name(), field.about()),
    }
}

/// Puts the line in force while it is typed. With a mistake in it, the last good one stays.
fn filter(state: &mut State, text: &str) -> Option<QueryError> {
    if text.trim() == state.filter.text().trim() {
        return None;
    }
    match state.filter.try_on(text.trim()) {
        Ok(()) => {
            state.refilter();
            None
        }
        Err(error) => Some(error),
    }
}

/// Selects the entry at which the typing began, or where it would stand.
fn back_to(state: &mut State, origin: Option<EntryIndex>) {
    if let Some(entry) = origin {
        state.select_entry(entry);
    }
}

/// Carries out an action in the line.
pub fn apply(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Complete => take_completion(state, true),
        // Below the lines written before there is what may come next.
        Action::Later if at_draft(state) => take_completion(state, true),
        Action::Earlier if has_taken(state) => take_completion(state, false),
        Action::Earlier => history(state, true),
        Action::Later => history(state, false),
        Action::Accept => return accept(state),
        _ => {}
    }
    Vec::new()
}

/// Whether the line is not one of those written before.
fn at_draft(state: &State) -> bool {
    matches!(&state.overlay, Some(Overlay::Prompt(prompt)) if prompt.back == 0)
}

/// Whether a completion stands in the line.
fn has_taken(state: &State) -> bool {
    matches!(&state.overlay, Some(Overlay::Prompt(prompt)) if prompt.taken.is_some())
}

/// Takes the next completion; again: the one after it, or the one before.
fn take_completion(state: &mut State, forwards: bool) {
    let Some(Overlay::Prompt(prompt)) = &mut state.overlay else { return };
    if prompt.completions.is_empty() {
        return;
    }
    let last = prompt.completions.len() - 1;
    let next = match (prompt.taken, forwards) {
        (None, _) => 0,
        (Some(taken), true) => {
            if taken < last {
                taken + 1
            } else {
                0
            }
        }
        (Some(taken), false) => taken.checked_sub(1).unwrap_or(last),
    };
    let Some(completion) = prompt.completions.get(next).cloned() else { return };
    let mut range = completion.replace.clone();
    if let Some(taken) = prompt.taken.and_then(|taken| prompt.completions.get(taken)) {
        // The one taken before stands where the typed word stood.
        range.end = taken.replace.start + taken.text.len();
        range.start = taken.replace.start;
    }
    prompt.field.replace(range, &completion.text);
    let completions = std::mem::take(&mut prompt.completions);
    let last = completions.len() == 1;
    changed(state);
    // While one goes through them, the same completions stay on offer.
    if !last {
        with_prompt(state, |prompt| {
            prompt.completions = completions;
            prompt.taken = Some(next);
        });
    }
}

fn lines(state: &mut State, purpose: Purpose) -> Option<&mut Vec<String>> {
    match purpose {
        Purpose::Filter => Some(&mut state.queries),
        Purpose::Search => Some(&mut state.searches),
        Purpose::Date | Purpose::Pipe => None,
    }
}

fn history(state: &mut State, earlier: bool) {
    let Some(Overlay::Prompt(prompt)) = &state.overlay else { return };
    let (purpose, back) = (prompt.purpose, prompt.back);
    let Some(lines) = lines(state, purpose).map(|lines| lines.clone()) else { return };
    let to = if earlier { (back + 1).min(lines.len()) } else { back.saturating_sub(1) };
    if to == back {
        return;
    }
    with_prompt(state, |prompt| {
        if back == 0 {
            prompt.draft = prompt.field.text().to_owned();
        }
        let line = if to == 0 { None } else { lines.get(lines.len() - to) };
        prompt.field = Field::new(line.cloned().unwrap_or_else(|| prompt.draft.clone()));
        prompt.back = to;
    });
    changed(state);
}

fn accept(state: &mut State) -> Vec<Effect> {
    let Some(Overlay::Prompt(prompt)) = &state.overlay else { return Vec::new() };
    let (purpose, text) = (prompt.purpose, prompt.field.text().trim().to_owned());
    let (before, mut error) = (prompt.before.clone(), prompt.error.clone());
    if purpose == Purpose::Filter && prompt.waiting.is_some() {
        error = Query::parse(prompt.field.text()).err();
    }
    if let Some(error) = error {
        state.complain(error.to_string());
        with_prompt(state, |prompt| (prompt.waiting, prompt.error) = (None, Some(error)));
        return Vec::new();
    }
    if let Some(lines) = lines(state, purpose)
        && !text.is_empty()
    {
        lines.retain(|line| *line != text);
        lines.push(text.clone());
        let surplus = lines.len().saturating_sub(MOST_LINES);
        lines.drain(..surplus);
    }
    match purpose {
        Purpose::Filter => {
            state.overlay = None;
            // It is in force, but for a word that was not finished.
            let all = state.filter.text().trim() == text;
            // One change that can be taken back.
            let _ = state.filter.change(&text, &before);
            if !all {
                state.refilter();
            }
        }
        Purpose::Search => {
            state.overlay = None;
            search::accept(state, &text, &before);
        }
        Purpose::Date => date::go(state, &text),
        Purpose::Pipe => {
            state.overlay = None;
            return selection::pipe(state, &text);
        }
    }
    Vec::new()
}

/// Leaves the line: all is as it was before.
pub fn cancel(state: &mut State) {
    let Some(Overlay::Prompt(prompt)) = &state.overlay else { return };
    let (purpose, before, origin) = (prompt.purpose, prompt.before.clone(), prompt.origin);
    match purpose {
        Purpose::Filter => {
            if state.filter.try_on(before.trim()).is_ok() {
                state.refilter();
            }
            back_to(state, origin);
        }
        Purpose::Search => {
            state.search_for(&before);
            back_to(state, origin);
        }
        Purpose::Date | Purpose::Pipe => {}
    }
}
