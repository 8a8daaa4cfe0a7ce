//! What is different while a large dataset comes in, and where much of it is selected.

use proptest::prelude::*;

use super::*;
use crate::model::arbitrary::any_timeline;
use crate::tui::draw::header::chosen_columns;
use crate::tui::state::Rest;
use crate::view::label::standing;

#[test]
fn a_beginning_is_not_taken_for_the_whole() {
    let mut state = open();
    state.rest = Rest::Coming(Box::default());
    press(&mut state, "x");
    assert_eq!(state.overlay.as_ref().map(Overlay::context), None, "not while it comes in");
    let failed = Loaded { timeline: None, all: None, trouble: Some("not UTF-8".to_owned()) };
    update(&mut state, Input::Outside(Report::Loaded(Box::new(failed))));
    for key in ["x", "a", "E", "D"] {
        press(&mut state, key);
        assert!(state.overlay.is_none(), "{key}");
        let message = state.message.as_ref().map(|message| message.text.as_str());
        assert_eq!(
            message,
            Some("Only the beginning could be read: mend the file first."),
            "{key}"
        );
    }
    reload(&mut state, &embedded().text);
    press(&mut state, "x");
    assert!(matches!(state.overlay, Some(Overlay::Export(_))));
}

#[test]
fn keys_of_a_line_go_through_what_may_follow() {
    let line = |state: &State| match &state.overlay {
        Some(Overlay::Prompt(prompt)) => prompt.field.text().to_owned(),
        _ => panic!("no line"),
    };
    let mut state = open();
    press(&mut state, "f<down>");
    assert_eq!(line(&state), "speaker:");
    press(&mut state, "<down>");
    assert_eq!(line(&state), "tag:");
    press(&mut state, "<up>");
    assert_eq!(line(&state), "speaker:");
    // Lines written before are there as ever.
    press(&mut state, "<esc>fgates<enter>f<c-u><up>");
    assert_eq!(line(&state), "gates");
}

proptest! {
    #[test]
    fn columns_with_selected_entries_are_found_without_a_walk(
        timeline in any_timeline(),
        picks in proptest::collection::vec(any::<bool>(), 40),
        columns in 1..80usize,
    ) {
        let mut state = State::new(Arc::new(timeline), preferences(), (120, 40));
        let picked = state.timeline.indexes().zip(picks).filter(|(_, pick)| *pick);
        state.selection.entries = picked.map(|(entry, _)| entry).collect();
        let column = |entry| {
            state.shown.density.column_of(standing(&state.timeline, entry)?, columns)
        };
        let naive: Vec<usize> = state.selection.entries.iter().filter_map(column).collect();
        prop_assert_eq!(
            chosen_columns(&state, columns),
            naive.into_iter().collect::<std::collections::BTreeSet<_>>()
        );
    }
}
