//! Whatever is pressed, pasted, clicked and resized over whatever dataset: it can be drawn, and
//! nothing on the screen is a control.
#![no_main]

use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use dateline::dataset::{Input as Text, embedded, read};
use dateline::model::Timeline;
use dateline::text::is_treacherous;
use dateline::tui::draw::draw;
use dateline::tui::key::Key;
use dateline::tui::keymap::Keymap;
use dateline::tui::mouse::{Mouse, MouseKind};
use dateline::tui::state::{Preferences, State};
use dateline::tui::theme::{Colours, Theme};
use dateline::tui::update::{Effect, Input, Loaded, Report, update};
use dateline::view::label::Glyphs;
use libfuzzer_sys::arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

static CURATED: LazyLock<Arc<Timeline>> = LazyLock::new(|| Arc::new(read(&[embedded()]).timeline));

/// All that is bound to a key, and some that is not.
static KEYS: LazyLock<Vec<Vec<Key>>> = LazyLock::new(|| {
    let keymap = Keymap::built_in().unwrap();
    let bound = keymap.bindings().iter().flat_map(|binding| binding.keys.clone());
    let typed = "speaker:kirby 2023 -tag:\"x y\" (a OR b) ~/./".chars();
    let typed = typed.map(|letter| if letter == ' ' { "<space>".into() } else { letter.to_string() });
    let more = typed.filter_map(|key| Key::sequence(&key).ok());
    bound.chain(more).collect()
});

fn timeline(bytes: &mut Unstructured) -> Result<Arc<Timeline>> {
    if bytes.ratio(1, 4)? {
        return Ok(Arc::clone(&CURATED));
    }
    let text = dateline_fuzz::dataset(bytes)?;
    Ok(Arc::new(read(&[Text::new("a.ron", text)]).timeline))
}

fn size(bytes: &mut Unstructured) -> Result<(u16, u16)> {
    Ok((bytes.int_in_range(0..=200)?, bytes.int_in_range(0..=60)?))
}

fn text(bytes: &mut Unstructured) -> Result<String> {
    let length = bytes.int_in_range(0..=20)?;
    let raw = bytes.bytes(length.min(bytes.len()))?;
    Ok(String::from_utf8_lossy(raw).into_owned())
}

fn step(state: &mut State, bytes: &mut Unstructured) -> Result<()> {
    let inputs = match bytes.int_in_range(0..=19u8)? {
        0 => {
            let (width, height) = size(bytes)?;
            vec![Input::Resize(width, height)]
        }
        1 => vec![Input::Paste(text(bytes)?)],
        2 => {
            let kinds = [MouseKind::Press, MouseKind::Drag, MouseKind::Release, MouseKind::WheelDown];
            let kind = *bytes.choose(&kinds)?;
            let (column, row) = size(bytes)?;
            vec![Input::Mouse(Mouse { kind, column, row })]
        }
        3 => {
            let timeline = Some(timeline(bytes)?);
            let loaded = Loaded { timeline, all: None, trouble: Some(text(bytes)?) };
            vec![Input::Outside(Report::Loaded(Box::new(loaded)))]
        }
        4 => vec![Input::Outside(Report::Paths(vec![text(bytes)?, text(bytes)?]))],
        5 => vec![Input::Outside(Report::Failed(text(bytes)?))],
        6 => state.take_look().and_then(|look| look.answer()).map_or_else(Vec::new, |found| vec![Input::Outside(Report::Found(found))]),
        _ => bytes.choose(&KEYS)?.iter().copied().map(Input::Key).collect(),
    };
    for input in inputs {
        for effect in update(state, input) {
            if let Effect::Write(request) = effect {
                let report = if request.path == PathBuf::from("a") {
                    Report::Written("written".to_owned())
                } else {
                    Report::Exists(request)
                };
                update(state, Input::Outside(report));
            }
        }
    }
    Ok(())
}

fn look(state: &State) {
    let mut terminal = Terminal::new(TestBackend::new(state.size.0, state.size.1)).unwrap();
    terminal.draw(|frame| draw(state, frame)).unwrap();
    for cell in terminal.backend().buffer().content() {
        assert!(!cell.symbol().chars().any(is_treacherous), "{:?}", cell.symbol());
    }
    assert!(state.shown.is_empty() || state.cursor < state.shown.len());
}

fn run(bytes: &mut Unstructured) -> Result<()> {
    let theme = Theme::built_in("dark", Colours::Indexed).unwrap();
    let glyphs = if bytes.ratio(1, 4)? { Glyphs::Ascii } else { Glyphs::Unicode };
    let keymap = Arc::new(Keymap::built_in().unwrap());
    let preferences = Preferences { theme, glyphs, keymap };
    let timeline = timeline(bytes)?;
    let mut state = State::new(timeline, preferences, size(bytes)?);
    if bytes.ratio(1, 2)? {
        // What is looked for is found on another thread, whenever that may be.
        state.patience = 0;
    }
    for _ in 0..100 {
        if bytes.is_empty() {
            break;
        }
        step(&mut state, bytes)?;
        look(&state);
    }
    Ok(())
}

fuzz_target!(|bytes: &[u8]| {
    // Bytes that are too few make a shorter session.
    let _ = run(&mut Unstructured::new(bytes));
});
