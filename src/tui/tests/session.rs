//! What must hold whatever is done, in whatever order, to whatever timeline.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::KeyCode;

use super::{CURATED, preferences};
use crate::export::{Options, Request};
use crate::model::arbitrary::any_timeline;
use crate::model::{EntryIndex, EntrySet, Timeline};
use crate::query::Query;
use crate::tui::action::Action;
use crate::tui::draw::draw;
use crate::tui::key::Key;
use crate::tui::keymap::Context;
use crate::tui::layout::WIDEST_LINE;
use crate::tui::mouse::{Mouse, MouseKind};
use crate::tui::overlay::Overlay;
use crate::tui::state::State;
use crate::tui::update::{Input, Loaded, Report, apply, update};

/// Something that a user, or the world, does.
#[derive(Clone, Debug)]
enum Step {
    /// An action that the keys reach where the user is, by its number among them.
    Act(usize, Option<usize>),
    /// A text typed, or pasted.
    Type(String),
    /// A letter for a mark.
    Mark(char),
    Mouse(MouseKind, u16, u16),
    Resize(u16, u16),
    /// The file was saved again with some of its entries.
    Reload,
    /// A file of that name is there already.
    Exists,
    /// What is looked for on another thread is found, and told more than once.
    Found,
}

fn step() -> impl Strategy<Value = Step> {
    let texts = [
        "kirby",
        "speaker:",
        "speaker:=kirby",
        "-tag:wagner",
        "(",
        "has:quote",
        " OR ",
        "2023",
        "march 2023",
        "a",
        "e",
        "zzz",
        "北",
        "\"",
        "during:2022",
        "figure:>1",
        "x.md",
        "/",
    ];
    let kinds = vec![
        MouseKind::Press,
        MouseKind::Drag,
        MouseKind::Release,
        MouseKind::WheelUp,
        MouseKind::WheelDown,
    ];
    prop_oneof![
        24 => (any::<usize>(), prop::option::weighted(0.1, 1..2000usize))
            .prop_map(|(action, count)| Step::Act(action, count)),
        6 => select(texts.to_vec()).prop_map(|text| Step::Type(text.to_owned())),
        1 => select(vec!['a', 'b', '\'', '1', 'A']).prop_map(Step::Mark),
        3 => (select(kinds), 0..130u16, 0..45u16)
            .prop_map(|(kind, column, row)| Step::Mouse(kind, column, row)),
        1 => (0..160u16, 0..60u16).prop_map(|(columns, rows)| Step::Resize(columns, rows)),
        1 => Just(Step::Reload),
        1 => Just(Step::Exists),
        6 => Just(Step::Found),
    ]
}

/// The actions that have a line in the keymap for a context.
fn actions(state: &State, context: Context) -> Vec<Action> {
    let bindings = state.preferences.keymap.bindings().iter();
    bindings.filter(|binding| binding.contexts.contains(&context)).map(|own| own.action).collect()
}

fn take(state: &mut State, step: Step, other: &Arc<Timeline>) {
    match step {
        Step::Act(number, count) => {
            wait_as_a_key_does(state);
            let actions = actions(state, state.context());
            apply(state, actions[number % actions.len()], count);
            state.settle();
        }
        Step::Type(text) => {
            update(state, Input::Paste(text));
        }
        Step::Mark(letter) => {
            let key = crate::tui::key::Key::sequence(&letter.to_string()).unwrap();
            update(state, Input::Key(key[0]));
        }
        Step::Mouse(kind, column, row) => {
            update(state, Input::Mouse(Mouse { kind, column, row }));
        }
        Step::Resize(width, height) => {
            update(state, Input::Resize(width, height));
        }
        Step::Reload => {
            let timeline = Some(Arc::clone(other));
            let loaded = Loaded { timeline, all: None, trouble: Some("a mistake".to_owned()) };
            update(state, Input::Outside(Report::Loaded(Box::new(loaded))));
        }
        Step::Found => {
            if let Some(found) = state.take_look().and_then(|look| look.answer()) {
                update(state, Input::Outside(Report::Found(found.clone())));
                update(state, Input::Outside(Report::Found(found)));
            }
        }
        Step::Exists => {
            wait_as_a_key_does(state);
            let effects = apply(state, Action::Accept, None);
            for effect in effects {
                if let crate::tui::update::Effect::Write(request) = effect {
                    update(state, Input::Outside(Report::Exists(request)));
                }
            }
            state.settle();
        }
    }
}

fn wait_as_a_key_does(state: &mut State) {
    if state.must_wait(&Input::Paste(String::new())) {
        state.finish_looking();
    }
}

/// What is selected, worked out entry by entry.
fn chosen_naively(state: &State) -> Vec<EntryIndex> {
    let ends = state.selection.anchor.zip(state.selected());
    let within = |entry: EntryIndex| {
        ends.is_some_and(|(anchor, here)| anchor.min(here) <= entry && entry <= anchor.max(here))
            && state.shown.entries.contains(&entry)
    };
    let all = state.timeline.indexes();
    all.filter(|entry| state.selection.entries.contains(*entry) || within(*entry)).collect()
}

/// The ids of the entries in an export as JSON.
fn exported(state: &State, entries: &[EntryIndex]) -> Vec<String> {
    let request = Request {
        timeline: &state.timeline,
        entries,
        provenance: None,
        options: Options::default(),
    };
    let output = (crate::export::json::FORMAT.write)(&request).unwrap();
    let whole: serde_json::Value = serde_json::from_slice(&output.bytes).unwrap();
    let ids = |value: &serde_json::Value| {
        let entries = value.as_array().unwrap().iter();
        entries.map(|entry| entry["id"].as_str().unwrap().to_owned()).collect()
    };
    ids(whole.get("entries").unwrap_or(&whole))
}

fn holds(state: &State) -> Result<(), TestCaseError> {
    // The cursor, and what is shown.
    let shown = &state.shown.entries;
    prop_assert!(state.cursor < shown.len().max(1));
    prop_assert!(shown.windows(2).all(|pair| pair[0] < pair[1]), "in order, each once");
    let query = Query::parse(state.filter.text()).expect("the query in force can be read");
    if state.looking.is_none() {
        prop_assert_eq!(shown, &query.select(&state.timeline), "the query says what is shown");
    }

    // The selection.
    let all: EntrySet = state.timeline.indexes().collect();
    prop_assert!(state.selection.entries.iter().all(|entry| all.contains(entry)));
    prop_assert!(state.selection.anchor.is_none_or(|anchor| all.contains(anchor)));
    prop_assert!(state.jumps.iter().all(|entry| all.contains(*entry)));
    let chosen = state.chosen();
    prop_assert_eq!(&chosen, &chosen_naively(state));
    prop_assert_eq!(state.chosen_count(), chosen.len());
    for entry in state.timeline.indexes() {
        prop_assert_eq!(state.is_selected(entry), chosen.contains(&entry));
    }

    // The record.
    let width = usize::from(state.areas().detail.width.min(WIDEST_LINE));
    prop_assert_eq!(state.detail.of, state.selected().map(|entry| (entry, width)));
    let height = usize::from(state.areas().detail.height);
    prop_assert!(state.detail.scroll <= state.detail.lines.len().saturating_sub(height));
    let links = state.detail.links();
    prop_assert!(state.detail.link.is_none_or(|link| link < links.len()));

    // The search.
    if let Some(search) = &state.search {
        let found = crate::query::search(&state.timeline, shown, &search.needle);
        if state.looking.is_none() {
            prop_assert_eq!(search.found.as_deref(), Some(&found));
        }
    }

    // The export.
    if let Some(Overlay::Export(dialog)) = &state.overlay {
        let expected = if dialog.selected { &chosen } else { shown };
        prop_assert_eq!(&**dialog.entries, expected);
        prop_assert!(dialog.scroll < dialog.preview.len().max(1));
        prop_assert!(dialog.line < dialog.choices().len());
        prop_assert!(dialog.format < crate::view::formats::ALL.len());
        let ids = exported(state, &dialog.entries);
        let expected: Vec<String> =
            dialog.entries.iter().map(|entry| state.timeline.full_id(*entry)).collect();
        prop_assert_eq!(ids, expected);
    }

    // The lists.
    if let Some(Overlay::Panel(panel)) = &state.overlay {
        prop_assert!(panel.list.shown.iter().all(|item| *item < panel.rows.len()));
        prop_assert!(panel.list.cursor < panel.list.shown.len().max(1));
        for row in &panel.rows {
            let one = crate::query::Choice::only(row.key.clone());
            let one = state.filter.query().with_choice(panel.facet, &one);
            prop_assert_eq!(row.count, one.select(&state.timeline).len(), "{}", &row.name);
        }
    }
    Ok(())
}

fn drawn(state: &State) {
    let mut terminal = Terminal::new(TestBackend::new(state.size.0, state.size.1)).unwrap();
    terminal.draw(|frame| draw(state, frame)).unwrap();
}

/// Back on the timeline, with nothing over it.
fn come_to_rest(state: &mut State) {
    for _ in 0..10 {
        if state.overlay.is_none() {
            break;
        }
        apply(state, Action::Cancel, None);
        state.settle();
        // A form asks before typed text is thrown away.
        if matches!(state.overlay, Some(Overlay::Form(_))) {
            update(state, Input::Key(Key::plain(KeyCode::Char('y'))));
        }
    }
    assert!(state.overlay.is_none(), "Esc leaves everything");
    state.finish_looking();
    state.pending = Default::default();
    state.focus = Default::default();
}

/// What a user sees of the filter.
fn filtered(state: &State) -> (String, Vec<EntryIndex>) {
    (state.filter.text().to_owned(), state.shown.entries.clone())
}

fn act(state: &mut State, action: Action) {
    state.finish_looking();
    apply(state, action, None);
    state.finish_looking();
    state.settle();
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        failure_persistence: None,
        ..Default::default()
    })]

    #[test]
    fn whatever_is_done_the_state_holds(
        steps in vec(step(), 1..30),
        any in any_timeline(),
        other in any_timeline(),
        curated in any::<bool>(),
        elsewhere in any::<bool>(),
    ) {
        let timeline = if curated { Arc::clone(&CURATED) } else { Arc::new(any) };
        // The same file with an entry less, or something else altogether.
        let other = Arc::new(other);
        let mut state = State::new(timeline, preferences(), (120, 40));
        if elsewhere {
            state.patience = 0;
        }
        holds(&state)?;
        for (number, step) in steps.into_iter().enumerate() {
            let told = format!("{step:?}");
            take(&mut state, step, &other);
            holds(&state).map_err(|error| TestCaseError::fail(format!("{told}: {error}")))?;
            // Drawing takes longer than all else together.
            if number % 5 == 0 {
                drawn(&state);
            }
        }
        drawn(&state);

        // The way back is the way there.
        come_to_rest(&mut state);
        let before = filtered(&state);
        act(&mut state, Action::Undo);
        let undone = filtered(&state);
        act(&mut state, Action::Redo);
        if before.0 != undone.0 {
            prop_assert_eq!(&before, &filtered(&state), "made again");
        }
        let before = filtered(&state);
        act(&mut state, Action::ClearFilter);
        state.finish_looking();
        prop_assert_eq!(state.shown.len(), state.timeline.len());
        if !before.0.trim().is_empty() {
            act(&mut state, Action::Undo);
        }
        prop_assert_eq!(&before.1, &filtered(&state).1, "cleared and taken back");

        // A link followed is come back from.
        if let Some(here) = state.selected() {
            act(&mut state, Action::Open);
            act(&mut state, Action::NextLink);
            let jumps = state.jumps.len();
            act(&mut state, Action::Follow);
            if state.jumps.len() > jumps {
                act(&mut state, Action::JumpBack);
                prop_assert_eq!(state.selected(), Some(here));
            }
        }
        holds(&state)?;
    }
}
