//! What is looked for on another thread.

use super::*;

/// What has to be found on another thread is found there.
fn arrive(state: &mut State) {
    if let Some(found) = state.take_look().and_then(|look| look.answer()) {
        update(state, Input::Outside(Report::Found(found)));
    }
}

#[test]
fn what_is_found_on_another_thread_ends_as_if_found_at_once() {
    let ends = |state: &State| {
        let found = state.search.as_ref().and_then(|search| search.found.as_deref().cloned());
        let message = state.message.clone().map(|message| message.text);
        (here(state).to_owned(), state.shown.entries.clone(), found, message, state.detail.scroll)
    };
    for keys in [
        "9j/wagner",
        "9j/wagner<enter>",
        "9j/wagner<enter>n",
        "9j/wagner<enter>nNj",
        "9j/zzz<enter>",
        "9j/zzz<enter>j",
        "9j/wagner<bs><bs>",
        "9j/wagner<enter>/zz<esc>",
        "9j/wagner<enter>/<enter>",
        "5jfkirby",
        "5jfkirby<enter>j",
        "5jfkirby<enter>uj",
        "5jfkirby<esc>j",
        "5jfkirby<space>has:quote<enter>G/bakh<enter>c",
        "5jfzzz<enter>",
    ] {
        let (mut at_once, mut never, mut always) = (open(), open(), open());
        press(&mut at_once, keys);
        // Nothing arrives before the last key.
        never.patience = 0;
        press(&mut never, keys);
        arrive(&mut never);
        assert_eq!(ends(&never), ends(&at_once), "{keys}");
        // Everything does before the next.
        always.patience = 0;
        for key in Key::sequence(keys).unwrap() {
            update(&mut always, Input::Key(key));
            arrive(&mut always);
        }
        assert_eq!(ends(&always), ends(&at_once), "{keys}, one by one");
    }
}

#[test]
fn an_answer_that_nobody_waits_for_changes_nothing() {
    let mut state = open();
    state.patience = 0;
    press(&mut state, "fkirb");
    let old = state.take_look().unwrap();
    let early = old.answer().unwrap();
    press(&mut state, "y");
    assert!(old.answer().is_none(), "given up");
    update(&mut state, Input::Outside(Report::Found(early)));
    assert!(state.looking.is_some() && state.shown.len() == state.timeline.len());
    arrive(&mut state);
    assert!(state.looking.is_none() && state.shown.len() < state.timeline.len());
    assert!(state.take_look().is_none());
}
