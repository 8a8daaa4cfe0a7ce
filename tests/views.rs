//! The lanes, the figures and the comparison on the screen, without a terminal.
//!
//! `INSTA_UPDATE=always cargo test --test views` accepts all screens as they are.

#[path = "harness/datasets.rs"]
#[allow(dead_code, reason = "the datasets are shared with other tests")]
mod datasets;

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use dateline::dataset::{Input as Text, embedded, read};
use dateline::model::Timeline;
use dateline::tui::draw::draw;
use dateline::tui::key::Key;
use dateline::tui::keymap::{Context, Keymap};
use dateline::tui::overlay::Overlay;
use dateline::tui::state::{Focus, Preferences, State};
use dateline::tui::theme::{Colours, Theme};
use dateline::tui::update::{Effect, Input, update};
use dateline::tui::views::View;
use dateline::view::figures::Column;
use dateline::view::label::Glyphs;
use dateline::view::lanes::LaneBy;
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// The dataset that comes with the program.
static CURATED: LazyLock<Arc<Timeline>> = LazyLock::new(|| Arc::new(read(&[embedded()]).timeline));

/// More entries, speakers and figures than any screen holds.
static MANY: LazyLock<Arc<Timeline>> = LazyLock::new(|| timeline(&many(5000)));

fn timeline(text: &str) -> Arc<Timeline> {
    let reading = read(&[Text::new("a.ron", text)]);
    assert!(!reading.has_errors(), "{:?}", reading.problems);
    Arc::new(reading.timeline)
}

/// Statements by forty speakers over ninety years, every third with a figure.
fn many(count: usize) -> String {
    let mut speakers = String::new();
    for number in 0..40 {
        let _ = write!(speakers, "\"s{number}\": Speaker(name: \"Speaker {number}\"), ");
    }
    let mut entries = String::new();
    for number in 0..count {
        let (year, month, day) = (1930 + number / 56, number / 5 % 12 + 1, number % 28 + 1);
        let figures = match number % 3 {
            0 => format!(
                "figures: [Figure(value: {}, bound: About, measure: \"losses\", of: \"side {}\")],",
                1000 + number * 7 % 900,
                number % 4,
            ),
            _ => String::new(),
        };
        let _ = writeln!(
            entries,
            "Statement(id: \"e{number}\", date: \"{year}-{month:02}-{day:02}\", headline: \
             \"Headline {number}\", speaker: \"s{}\", {figures} tags: [\"t{}\"]),",
            number * 31 % 40,
            number % 7,
        );
    }
    format!("Dataset(format: 1, title: \"Many\", speakers: {{{speakers}}}, entries: [{entries}])")
}

/// Statements by one speaker on these dates.
fn dated(dates: &[&str]) -> Arc<Timeline> {
    let entries = dates.iter().enumerate().map(|(number, date)| {
        datasets::statement(&format!("e{number}"), date, &format!("Words {number}"))
    });
    timeline(&datasets::dataset(&entries.collect::<String>()))
}

fn open(timeline: &Arc<Timeline>, size: (u16, u16)) -> State {
    let theme = Theme::built_in("dark", Colours::True).unwrap();
    let keymap = Arc::new(Keymap::built_in().unwrap());
    let preferences = Preferences { theme, glyphs: Glyphs::Unicode, keymap };
    State::new(Arc::clone(timeline), preferences, size)
}

fn press(state: &mut State, keys: &str) -> Vec<Effect> {
    let keys = if keys.is_empty() { Vec::new() } else { Key::sequence(keys).unwrap() };
    keys.into_iter().flat_map(|key| update(state, Input::Key(key))).collect()
}

/// The curated timeline on a screen of 120 by 40, after these keys.
fn after(keys: &str) -> State {
    let mut state = open(&CURATED, (120, 40));
    press(&mut state, keys);
    state
}

fn drawn(state: &State) -> TestBackend {
    let mut terminal = Terminal::new(TestBackend::new(state.size.0, state.size.1)).unwrap();
    terminal.draw(|frame| draw(state, frame)).unwrap();
    terminal.backend().clone()
}

/// The id of the entry at the cursor.
fn here(state: &State) -> &str {
    state.timeline.id(state.selected().unwrap())
}

fn message(state: &State) -> &str {
    state.message.as_ref().map_or("", |message| &message.text)
}

#[test]
fn views_are_as_they_were_accepted() {
    let one = timeline(&datasets::one_entry());
    let none = timeline(&datasets::no_entries());
    for (name, timeline) in [("one", &one), ("curated", &*CURATED), ("many", &*MANY)] {
        for size in [(40, 12), (80, 24), (120, 40)] {
            for (view, keys) in [("lanes", "11jgl"), ("figures", "11jgf")] {
                let mut state = open(timeline, size);
                press(&mut state, keys);
                let name = format!("{view}-{name}-{}x{}", size.0, size.1);
                insta::assert_snapshot!(name, drawn(&state));
            }
        }
    }
    for (name, keys) in [("lanes", "gl"), ("figures", "gf")] {
        let mut state = open(&none, (80, 24));
        press(&mut state, keys);
        insta::assert_snapshot!(format!("{name}-none-80x24"), drawn(&state));
    }
}

#[test]
fn comparisons_are_as_they_were_accepted() {
    for size in [(40, 12), (80, 24), (120, 40)] {
        let mut state = open(&CURATED, size);
        press(&mut state, "gfj<space>jj<space>c");
        insta::assert_snapshot!(format!("compare-{}x{}", size.0, size.1), drawn(&state));
    }
}

#[test]
fn any_span_has_its_lanes() {
    for (name, dates) in [
        ("day", &["2023-05-01", "2023-05-01", "2023-05-01"][..]),
        ("year", &["2022-05-01", "2022-08", "2023-01-30", "2023-04-30"]),
        ("ages", &["-4000", "-0044-03-15", "0033~", "1914-06-28/1918-11-11", "2023-05-01"]),
        ("undated", &["XXXX"]),
    ] {
        let mut state = open(&dated(dates), (80, 24));
        press(&mut state, "gl");
        insta::assert_snapshot!(format!("lanes-{name}-80x24"), drawn(&state));
    }
}

#[test]
fn what_is_selected_in_one_view_is_selected_in_all() {
    let mut state = after("11j");
    let id = here(&state).to_owned();
    for (keys, view) in
        [("gl", View::Lanes), ("gf", View::Figures), ("gt", View::Timeline), ("w", View::Lanes)]
    {
        press(&mut state, keys);
        assert_eq!((state.views.view, here(&state)), (view, id.as_str()), "after {keys}");
    }
    press(&mut state, "l<space><space>");
    let chosen = state.chosen();
    press(&mut state, "wwfspeaker:kirby<enter>");
    assert_eq!(state.chosen(), chosen, "the selection goes through views and filters");
    press(&mut state, "gl");
    assert_eq!(state.views.lanes.lanes().lanes().len(), 1, "the filter holds in the lanes");
}

#[test]
fn keys_move_through_the_lanes() {
    for (keys, id) in [
        ("gl", "pentagon-august"),
        ("gll", "milley-november"),
        ("gl9l", "t72-near-bakhmut"),
        ("gl9lh", "gates-time"),
        ("glj", "milley-november"),
        ("gl4j", "kirby-may"),
        // Back up to where one began, not to what is nearest to the entries on the way.
        ("gl4jk4k", "pentagon-august"),
        ("gl4j))", "kirby-trajectory"),
        ("gl4j)((", "kirby-may"),
        ("glG", "peskov-thin-air"),
        ("glGgg", "pentagon-august"),
        ("gl5G", "bakhmut-fight"),
        ("gl0", "pentagon-august"),
        ("gl]", "gates-putin"),
        ("gl<c-d>", "kirby-may"),
    ] {
        if id == "bakhmut-fight" {
            // The fifth in the timeline's order, whichever that is.
            assert_eq!(here(&after(keys)), here(&after("5G")));
        } else if keys == "gl<c-d>" {
            assert_ne!(here(&after(keys)), here(&after("gl")));
        } else {
            assert_eq!(here(&after(keys)), id, "after {keys}");
        }
    }
}

#[test]
fn zoom_and_pan_keep_their_word() {
    let mut state = after("gl11l");
    let whole = state.views.lanes.axis().unwrap().clone();
    press(&mut state, "2+");
    let near = state.views.lanes.axis().unwrap().clone();
    assert!(near.days_a_column() < whole.days_a_column() / 3.0);
    press(&mut state, "2-");
    assert_eq!(state.views.lanes.axis(), Some(&whole), "out again leads back");
    press(&mut state, "++<s-left><s-left>");
    let id = here(&state).to_owned();
    let away = state.views.lanes.axis().unwrap().clone();
    assert!(away.days().unwrap().1 < near.days().unwrap().1);
    press(&mut state, "J");
    assert_eq!((state.views.lanes.axis(), here(&state)), (Some(&away), id.as_str()));
    press(&mut state, "h");
    let day = dateline::view::lanes::Lanes::day(&state.timeline, state.selected().unwrap());
    assert!(state.views.lanes.axis().unwrap().column(day.unwrap()).is_some(), "back in sight");
    press(&mut state, "0");
    assert_eq!(state.views.lanes.axis(), Some(&whole));
    assert_eq!(state.pending.count, None);
}

#[test]
fn lanes_change_what_they_are_and_keep_the_entry() {
    let mut state = after("11jgl");
    let id = here(&state).to_owned();
    for by in [LaneBy::Tag, LaneBy::Source, LaneBy::Place, LaneBy::Kind, LaneBy::Speaker] {
        press(&mut state, "L");
        assert_eq!((state.views.lanes.by, here(&state)), (by, id.as_str()));
        let lane = &state.views.lanes.lanes().lanes()[state.views.lanes.lane];
        assert!(lane.dated().any(|entry| Some(entry) == state.selected()), "{by:?}");
    }
    press(&mut state, "O");
    assert_eq!(message(&state), "Lanes in order of count; next of name.");
    press(&mut state, "z");
    assert!(state.views.lanes.folded && state.views.lanes.axis().unwrap().folds());
}

#[test]
fn the_figures_follow_the_cursor_and_the_cursor_the_figures() {
    let mut state = after("11jgf");
    assert_eq!(
        state.views.figures.rows()[state.views.figures.row.unwrap()].claimed(&state.timeline),
        "over 100,000"
    );
    press(&mut state, "l");
    assert_eq!(state.views.figures.measures()[state.views.figures.measure()].0, "deaths");
    assert_eq!(here(&state), "kirby-may", "its other figure");
    press(&mut state, "j");
    assert_eq!(here(&state), "joshi-all-fronts");
    // An entry without a figure leaves no row selected; the next is the next in time.
    let mut state = after("7jgf");
    assert_eq!((here(&state), state.views.figures.row), ("gates-putin", None));
    press(&mut state, "j");
    assert_eq!(here(&state), "prigozhin-94");
    press(&mut state, "<enter>");
    assert_eq!(state.focus, Focus::Detail);
    press(&mut state, "<esc>G");
    assert_eq!(here(&state), "officials-lead");
}

#[test]
fn the_table_is_sorted_by_keys() {
    let mut state = after("11jgf1O");
    assert_eq!(state.views.figures.sort, Column::Claimed);
    let first = |state: &State| state.views.figures.rows()[0].claimed(&state.timeline);
    assert_eq!((first(&state), here(&state)), ("94".to_owned(), "kirby-may"));
    press(&mut state, "r");
    assert_eq!(first(&state), "over 100,000");
    press(&mut state, "O");
    assert_eq!(state.views.figures.sort, Column::Measure);
    assert_eq!(message(&state), "In order of “measure”.");
}

#[test]
fn two_figures_are_laid_side_by_side_in_several_ways() {
    for keys in [
        "gfj<space>jj<space>c",
        // One that is marked, and the one at the cursor.
        "11jgfkkk<space>jjc",
        // The entry at the cursor, and what it is compared with.
        "11jc",
        // The entries selected.
        "j<space>9j<space>c",
        "gl11lc",
    ] {
        let state = after(keys);
        let Some(Overlay::Compare(page)) = &state.overlay else { panic!("nothing after {keys}") };
        let [first, second, ..] = page.comparison.columns.as_slice() else { panic!("{keys}") };
        assert!(
            first.starts_with("Milley") && second.starts_with("Kirby"),
            "{keys}: {first} {second}"
        );
        assert_eq!(state.context(), Context::Page);
    }
    let mut state = after("gfc");
    assert!(matches!(state.overlay, Some(Overlay::Compare(_))), "{}", message(&state));
    press(&mut state, "<esc>");
    assert!(state.overlay.is_none());
    let state = after("7jc");
    assert_eq!(message(&state), "Nothing to compare: select two entries that claim figures.");
}

#[test]
fn a_comparison_is_copied() {
    let mut state = after("11jc");
    for (key, begins) in [("y", "          Milley"), ("Y", "|  | Milley")] {
        let effects = press(&mut state, key);
        let [Effect::Copy { text, .. }] = effects.as_slice() else { panic!("{effects:?}") };
        assert!(text.starts_with(begins), "{text}");
    }
}

#[test]
fn one_steps_back_out_of_a_view() {
    let mut state = after("11jgf<space>kk<space>");
    assert_eq!(state.views.figures.marked.len(), 2);
    press(&mut state, "<esc>");
    assert!(state.views.figures.marked.is_empty());
    assert!(press(&mut state, "q").is_empty());
    assert_eq!(state.views.view, View::Timeline);
    assert!(!press(&mut state, "q").is_empty(), "from the timeline one leaves");
}

#[test]
fn keys_that_lanes_have_of_their_own_hide_the_timeline_s() {
    let keymap = Keymap::built_in().unwrap();
    let hints =
        |context| keymap.hints(context).iter().map(|hint| hint.word.to_owned()).collect::<Vec<_>>();
    for context in [Context::Lanes, Context::Figures, Context::Page] {
        let words = hints(context);
        assert_eq!(words[words.len() - 2..], ["help", "back"], "{context:?}");
        let mut known = std::collections::BTreeSet::new();
        assert!(words.iter().all(|word| known.insert(word)), "{words:?}");
    }
    assert!(!hints(Context::Page).contains(&"only".to_owned()));
    let user = "[(on: \"g\", run: \"fold\", in: [Lanes])]";
    let clash = keymap.with_user(user).unwrap_err();
    assert!(clash.contains("clashes"), "{clash}");
}

#[test]
fn a_click_selects_what_it_points_at() {
    use dateline::tui::mouse::{Mouse, MouseKind};
    let mut state = after("gl");
    let area = state.areas().timeline;
    let plot = state.views.lanes.plot(area);
    let click = |state: &mut State, column, row| {
        update(state, Input::Mouse(Mouse { kind: MouseKind::Press, column, row }));
    };
    click(&mut state, plot.left + 2, area.y + plot.header + 4);
    assert_eq!(here(&state), "kirby-may", "the nearest in the fifth lane");
    let mut state = after("gf");
    let table = state.areas().detail;
    click(&mut state, table.x + 10, table.y + 4);
    assert_eq!(here(&state), "prigozhin-94");
}

/// What a user may do.
#[derive(Clone, Debug)]
enum Step {
    Press(&'static str),
    Resize(u16, u16),
}

fn step() -> impl Strategy<Value = Step> {
    const KEYS: [&str; 32] = [
        "gt",
        "gl",
        "gf",
        "w",
        "h",
        "l",
        "j",
        "k",
        "(",
        ")",
        "+",
        "-",
        "0",
        "<s-left>",
        "<s-right>",
        "L",
        "O",
        "z",
        "r",
        "<space>",
        "c",
        "<enter>",
        "<esc>",
        "q",
        "v",
        "V",
        "G",
        "gg",
        "<c-d>",
        "<pgup>",
        "S",
        "u",
    ];
    prop_oneof![
        8 => proptest::sample::select(&KEYS[..]).prop_map(Step::Press),
        1 => (0..160u16, 0..60u16).prop_map(|(columns, rows)| Step::Resize(columns, rows)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..Default::default() })]

    /// Whatever is pressed in whatever view, the screen can be drawn, and the cursor is shown.
    #[test]
    fn any_keys_in_any_view(steps in prop::collection::vec(step(), 1..30), which in 0..3usize) {
        let small = dated(&["-0044-03-15", "2022/..", "XXXX", "2023-05-01"]);
        let timeline = [&*CURATED, &small, &small][which];
        let mut state = open(timeline, (80, 24));
        for step in steps {
            match step {
                Step::Press(keys) => { press(&mut state, keys); }
                Step::Resize(columns, rows) => { update(&mut state, Input::Resize(columns, rows)); }
            }
            prop_assert!(state.shown.is_empty() || state.cursor < state.shown.len());
            let backend = drawn(&state);
            let lanes = &state.views.lanes;
            if state.views.view == View::Lanes && state.overlay.is_none() && state.areas().timeline.height > 2 {
                prop_assert!(lanes.top <= lanes.lane, "{backend}");
                let marks = backend.buffer().content();
                prop_assert!(marks.iter().any(|cell| cell.symbol() == "▌"), "no lane is marked\n{backend}");
            }
            if let Some(row) = state.views.figures.row {
                let rows = state.views.figures.rows();
                prop_assert!(row < rows.len());
                if state.views.view == View::Figures {
                    prop_assert_eq!(Some(rows[row].entry), state.selected());
                }
            }
        }
    }
}
