//! What is different while a large dataset comes in, and where much of it is selected.

use proptest::prelude::*;
use ratatui::style::Modifier;

use super::*;
use crate::model::arbitrary::any_timeline;
use crate::model::{Entry, Kind, TimelineBuilder};
use crate::tui::draw::header::chosen_columns;
use crate::tui::state::Rest;
use crate::view::label::standing;
use crate::when::When;

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

#[test]
fn counts_that_touch_in_a_lane_are_told_apart() {
    let mut builder = TimelineBuilder::new();
    let counts = [("Y-170000000", 1), ("Y170000000", 1), ("2023-05-01", 5), ("Y5000000", 7)];
    for (date, count) in counts {
        for number in 0..count {
            let when = When::parse(date).unwrap();
            builder.entry(Entry::new(Kind::Event, format!("{date}-{number}"), when, date), 1);
        }
    }
    let mut state = State::new(Arc::new(builder.build()), preferences(), (120, 40));
    press(&mut state, "gl");
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
    terminal.draw(|frame| draw(&state, frame)).unwrap();
    let cells = &terminal.backend().buffer().content;
    let touching = cells.windows(2).find(|pair| pair[0].symbol() == "5" && pair[1].symbol() == "7");
    let bold = touching.unwrap().iter().map(|cell| cell.modifier.contains(Modifier::BOLD));
    assert_eq!(bold.collect::<Vec<_>>(), [true, false]);
}
