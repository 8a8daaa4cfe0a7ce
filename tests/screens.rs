//! The screen as it is drawn, without a terminal: keys go through `update`, cells come from `draw`.
//!
//! `INSTA_UPDATE=always cargo test --test screens` accepts all screens as they are.

#[path = "harness/datasets.rs"]
#[allow(dead_code, reason = "the datasets are shared with other tests")]
mod datasets;

use std::sync::{Arc, LazyLock};

use dateline::dataset::{Input as Text, embedded, read};
use dateline::model::Timeline;
use dateline::tui::draw::draw;
use dateline::tui::key::Key;
use dateline::tui::keymap::Keymap;
use dateline::tui::state::{Preferences, State};
use dateline::tui::theme::{Colours, Theme};
use dateline::tui::update::{Effect, Input, update};
use dateline::tui::views::View;
use dateline::view::label::Glyphs;
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// The dataset that comes with the program.
static CURATED: LazyLock<Arc<Timeline>> = LazyLock::new(|| Arc::new(read(&[embedded()]).timeline));

/// More entries than any screen holds.
static MANY: LazyLock<Arc<Timeline>> = LazyLock::new(|| timeline(&datasets::many(300)));

/// A text as a timeline.
fn timeline(text: &str) -> Arc<Timeline> {
    Arc::new(read(&[Text::new("a.ron", text)]).timeline)
}

/// A timeline on a screen of so many columns and rows.
fn open_with(timeline: &Arc<Timeline>, size: (u16, u16), glyphs: Glyphs) -> State {
    let theme = Theme::built_in("dark", Colours::True).unwrap();
    let preferences = Preferences { theme, glyphs, keymap: Arc::new(Keymap::built_in().unwrap()) };
    State::new(Arc::clone(timeline), preferences, size)
}

fn open(size: (u16, u16)) -> State {
    open_with(&CURATED, size, Glyphs::Unicode)
}

/// Presses keys such as `5j<enter>`; gives what they ask of the loop.
fn press(state: &mut State, keys: &str) -> Vec<Effect> {
    if keys.is_empty() {
        return Vec::new();
    }
    let keys = Key::sequence(keys).unwrap();
    keys.into_iter().flat_map(|key| update(state, Input::Key(key))).collect()
}

/// The screen drawn.
fn drawn(state: &State) -> TestBackend {
    let mut terminal = Terminal::new(TestBackend::new(state.size.0, state.size.1)).unwrap();
    terminal.draw(|frame| draw(state, frame)).unwrap();
    terminal.backend().clone()
}

/// The screens that are kept: after these keys, at 80x24 and 120x40.
const SCREENS: [(&str, &str); 5] = [
    ("start", ""),
    ("moved", "10j"),
    ("record", "10j<enter>"),
    ("link", "G<enter><tab>"),
    ("help", "?"),
];

#[test]
fn screens_are_as_they_were_accepted() {
    for size in [(80, 24), (120, 40)] {
        for (name, keys) in SCREENS {
            let mut state = open(size);
            press(&mut state, keys);
            insta::assert_snapshot!(format!("{name}-{}x{}", size.0, size.1), drawn(&state));
        }
    }
}

#[test]
fn large_small_empty_and_plain_screens_are_as_they_were_accepted() {
    let mut large = open((200, 60));
    press(&mut large, "10j");
    insta::assert_snapshot!("moved-200x60", drawn(&large));
    insta::assert_snapshot!("too-small-30x8", drawn(&open((30, 8))));
    let empty = open_with(&timeline(&datasets::no_entries()), (80, 24), Glyphs::Unicode);
    insta::assert_snapshot!("empty-80x24", drawn(&empty));
    let mut ascii = open_with(&CURATED, (80, 24), Glyphs::Ascii);
    press(&mut ascii, "10j");
    insta::assert_snapshot!("ascii-80x24", drawn(&ascii));
}

/// Entries of two days in zones far from each other, in order of instant.
static ZONES: LazyLock<Arc<Timeline>> = LazyLock::new(|| {
    let dates = [
        "2022-12-31T14:00:00+03:00",
        "2022-12-31T09:00:00-04:00",
        "2023-01-01",
        "2023-01-01T00:30:00+03:00",
        "2022-12-31T18:30:00-04:00",
        "2023-01-01T08:00:00Z",
        "2023-01-02T09:00:00+05:30",
    ];
    let entries: String = (1..)
        .zip(dates)
        .map(|(number, date)| {
            datasets::statement(&format!("e{number}"), date, &format!("Statement number {number}"))
        })
        .collect();
    timeline(&datasets::dataset(&entries))
});

#[test]
fn a_row_out_of_the_order_of_days_shows_its_zone() {
    for size in [(40, 12), (80, 24)] {
        let mut state = open_with(&ZONES, size, Glyphs::Unicode);
        press(&mut state, "4j");
        insta::assert_snapshot!(format!("zones-{}x{}", size.0, size.1), drawn(&state));
    }
}

#[test]
fn the_selected_row_is_told_by_more_than_colour() {
    let mut state = open((120, 40));
    for keys in ["", "j", "5j", "G"] {
        press(&mut state, keys);
        let screen = drawn(&state).to_string();
        assert_eq!(screen.matches('▌').count(), 1, "after {keys}\n{screen}");
    }
}

#[test]
fn a_style_reaches_the_cells() {
    let state = open((80, 24));
    let backend = drawn(&state);
    let theme = &state.preferences.theme;
    let row = state.areas().timeline.y + 1;
    let cell = &backend.buffer()[(2, row)];
    assert_eq!(Some(cell.bg), theme.selected.bg, "the selected row");
    let below = &backend.buffer()[(2, row + 1)];
    assert_ne!(Some(below.bg), theme.selected.bg, "the row below it");
}

#[test]
fn no_screen_is_too_silly_to_draw() {
    let one = timeline(&datasets::one_entry());
    let none = timeline(&datasets::no_entries());
    for timeline in [&*CURATED, &one, &none] {
        for columns in [0, 1, 3, 39, 40, 95, 96, 200] {
            for rows in [0, 1, 2, 3, 11, 12, 19, 20, 60] {
                let mut state = open_with(timeline, (columns, rows), Glyphs::Unicode);
                for keys in ["", "3j", "<enter><tab>", "<esc><esc>?", "<esc>G"] {
                    press(&mut state, keys);
                    drawn(&state);
                }
            }
        }
    }
}

/// What a user may do.
#[derive(Clone, Debug)]
enum Step {
    Press(&'static str),
    Resize(u16, u16),
}

/// Keys that move, read, narrow, select, remember and open panels, words to type there, and keys
/// that mean nothing.
const KEYS: &str = "j k g gg G 5 0 99999999999 <c-d> <c-u> <pgdn> <pgup> <home> <end> [ ] { } \
    <enter> <tab> <s-tab> <esc> J K o <c-o> s S T f & u <c-r> / n N <space> v V m ' M \
    ? : q > <lt> <c-l> x a E D <c-s> é 北 <f12> kirby speaker:kirby 2023 zzz <bs> <c-w> <c-a> <left> <up>";

fn step() -> impl Strategy<Value = Step> {
    let keys: Vec<&str> = KEYS.split_whitespace().collect();
    prop_oneof![
        6 => proptest::sample::select(keys).prop_map(Step::Press),
        1 => (0..160u16, 0..60u16).prop_map(|(columns, rows)| Step::Resize(columns, rows)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..Default::default() })]

    /// Whatever is pressed, the screen can be drawn, and it shows the selected entry.
    #[test]
    fn any_keys_at_any_size(steps in prop::collection::vec(step(), 1..30), many in any::<bool>()) {
        let timeline = if many { &*MANY } else { &*CURATED };
        let mut state = open_with(timeline, (80, 24), Glyphs::Unicode);
        for step in steps {
            match step {
                Step::Press(keys) => {
                    press(&mut state, keys);
                }
                Step::Resize(columns, rows) => {
                    update(&mut state, Input::Resize(columns, rows));
                }
            }
            prop_assert!(state.shown.is_empty() || state.cursor < state.shown.len());
            let backend = drawn(&state);
            let areas = state.areas();
            // The figures of one measure need not be the selected entry's.
            let listed = state.views.view != View::Figures;
            let free = state.overlay.is_none() && !state.shown.is_empty();
            if free && listed && areas.timeline.height > 0 {
                let cells = backend.buffer().content();
                prop_assert!(
                    cells.iter().any(|cell| cell.symbol() == "▌"),
                    "the selected entry is out of sight\n{backend}"
                );
                prop_assert!(
                    state.detail.scroll < state.detail.lines.len().max(1),
                    "the record is out of sight\n{backend}"
                );
            }
        }
    }
}
