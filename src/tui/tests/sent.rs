//! Keys as terminals send them where they mean something else, or nothing.

use super::*;

#[test]
fn an_alt_key_that_is_bound_to_nothing_is_esc_and_that_key() {
    let mut state = open();
    for (keys, position) in [("<a-j>", 2), ("5<a-j>", 3), ("g<a-j>", 4), ("<a-G>", usize::MAX)] {
        press(&mut state, keys);
        assert_eq!(state.cursor + 1, position.min(state.shown.len()), "{keys}");
    }
    // Bound where a text is typed.
    press(&mut state, "f");
    type_in(&mut state, "one two");
    press(&mut state, "<a-b>x");
    let Some(Overlay::Prompt(prompt)) = &state.overlay else { panic!("closed") };
    assert_eq!(prompt.field.text(), "one xtwo");
    press(&mut state, "<a-k>");
    assert!(state.overlay.is_none() && state.filter.is_empty());
}

#[test]
fn a_line_feed_that_is_bound_to_nothing_is_enter() {
    let mut state = open();
    press(&mut state, "<c-j>");
    assert_eq!(state.focus, Focus::Detail);
    press(&mut state, "<esc>f");
    type_in(&mut state, "speaker:kirby");
    press(&mut state, "<c-j>");
    assert!(state.overlay.is_none() && !state.filter.is_empty());
}
