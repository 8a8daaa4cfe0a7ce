//! Windows that change their size, and lines of any length.

use std::time::{Duration, Instant};

use super::*;

fn resize(state: &mut State, size: (u16, u16)) {
    update(state, Input::Resize(size.0, size.1));
}

/// The text of the record without blanks, and how much of it lies above the window.
fn above(state: &State) -> usize {
    let lines = state.detail.lines.iter().take(state.detail.scroll);
    lines.map(crate::export::record::Line::letters).sum()
}

fn in_sight(state: &State) -> std::ops::Range<usize> {
    let height = usize::from(state.areas().detail.height);
    let lines = state.detail.lines.iter().skip(state.detail.scroll).take(height);
    let from = above(state);
    from..from + lines.map(crate::export::record::Line::letters).sum::<usize>()
}

#[test]
fn the_line_on_top_of_a_record_stays_in_sight() {
    for (from, to) in [
        ((100, 20), (80, 24)),
        ((120, 40), (60, 20)),
        ((60, 20), (200, 50)),
        ((80, 24), (100, 20)),
        ((100, 20), (100, 60)),
    ] {
        for down in 0..30 {
            let mut state = open();
            resize(&mut state, from);
            go_to(&mut state, "milley-november");
            press(&mut state, "<enter>");
            (0..down).for_each(|_| drop(press(&mut state, "j")));
            let (top, scroll) = (above(&state), state.detail.scroll);
            resize(&mut state, to);
            assert!(in_sight(&state).contains(&top), "{down} down, {from:?} to {to:?}");
            if from.0 == to.0 {
                // All of it may have come into sight meanwhile, and then its beginning is on top.
                continue;
            }
            resize(&mut state, from);
            assert!(in_sight(&state).contains(&top), "{down} down, {from:?} to {to:?} and back");
            // A line without letters has no place of its own: the next one has.
            let off = state.detail.scroll.saturating_sub(scroll);
            assert!(off <= 1, "{down} down, {from:?} to {to:?}: {off} lines");
        }
    }
}

#[test]
fn nothing_is_hidden_above_while_there_is_room_below() {
    for keys in ["G", "20j", "Gkkk", "12j"] {
        let mut state = open();
        resize(&mut state, (100, 12));
        press(&mut state, keys);
        for height in [14, 20, 30, 100, 9] {
            resize(&mut state, (100, height));
            let rows = usize::from(state.areas().timeline.height);
            let shown = crate::view::rows::rows(&state.timeline, &state.shown, state.top, 10_000);
            // One more entry above would push the last one out, by itself or with its year.
            assert!(state.top == 0 || shown.len() + 2 > rows, "{keys} at {height}");
        }
    }
    // What lies over it, too.
    for (keys, down) in [("?", "G"), ("x", "<pgdn><pgdn><pgdn><pgdn><pgdn><pgdn><pgdn>")] {
        let mut state = open();
        resize(&mut state, (80, 20));
        press(&mut state, keys);
        press(&mut state, down);
        resize(&mut state, (80, 200));
        let scroll = match &state.overlay {
            Some(Overlay::Help(help)) => help.scroll,
            Some(Overlay::Export(dialog)) => {
                assert!(dialog.preview.len() >= 100, "long enough to scroll");
                dialog.scroll.saturating_sub(dialog.preview.len().saturating_sub(190))
            }
            _ => panic!("{keys}"),
        };
        assert_eq!(scroll, 0, "{keys}");
    }
}

/// Draws a frame, whatever the size.
fn shown(state: &State) {
    let mut terminal = Terminal::new(TestBackend::new(state.size.0, state.size.1)).unwrap();
    terminal.draw(|frame| draw(state, frame)).unwrap();
}

#[test]
fn a_window_of_any_size_is_drawn() {
    for size in [(0, 0), (1, 1), (10_000, 1), (1, 10_000), (1_000, 3), (3, 500)] {
        for keys in ["", "<enter>", "gl", "gf", "?", "s", ":", "x", "a", "/x", "fx"] {
            let mut state = open();
            press(&mut state, keys);
            resize(&mut state, size);
            shown(&state);
        }
    }
}

#[test]
fn a_query_that_nobody_types_waits_for_enter() {
    let mut state = open();
    press(&mut state, "f");
    type_in(&mut state, &"speaker:kirby ".repeat(1_000));
    assert_eq!(state.shown.len(), state.timeline.len());
    let Some(Overlay::Prompt(prompt)) = &state.overlay else { panic!("no prompt") };
    assert!(prompt.waiting.as_deref().unwrap_or_default().contains("14000 bytes"));
    press(&mut state, "<enter>");
    assert!(state.overlay.is_none() && state.shown.len() < state.timeline.len());
}

/// A long text is taken in, and shown, in time that grows with its length alone.
#[test]
fn a_long_paste_takes_time_that_grows_with_its_length_alone() {
    for keys in ["/", "f", "d", "|", "a", "a<tab>", "a<tab><tab>", ":", "?/", "s/", "x<tab><tab>"] {
        let took = |size: usize| {
            let mut state = open();
            press(&mut state, keys);
            let text = "abc q ".repeat(size / 6);
            let begun = Instant::now();
            type_in(&mut state, &text);
            shown(&state);
            press(&mut state, "x");
            shown(&state);
            begun.elapsed()
        };
        let (short, long) = (took(1 << 14), took(1 << 17));
        println!("{keys}: {short:?}, {long:?}");
        assert!(long < short * 20 + Duration::from_millis(100), "{keys}: {short:?}, {long:?}");
    }
}
