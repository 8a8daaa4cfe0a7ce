//! The terminal itself: setting it up, the loop, and putting it back as it was.

use std::io;
use std::sync::Arc;

use ratatui::DefaultTerminal;
use ratatui::crossterm::event::{Event, KeyEventKind, read};

use crate::model::Timeline;
use crate::tui::draw::draw;
use crate::tui::state::{Preferences, State};
use crate::tui::update::{Effect, Input, update};

/// Shows a timeline until the user leaves. The terminal is put back as it was, after an error
/// and after a panic too. `warning` is shown until the first key.
///
/// # Errors
///
/// What the terminal refused.
pub fn run(
    timeline: Arc<Timeline>,
    preferences: Preferences,
    warning: Option<String>,
) -> io::Result<()> {
    ratatui::run(|terminal| browse(terminal, timeline, preferences, warning))
}

fn browse(
    terminal: &mut DefaultTerminal,
    timeline: Arc<Timeline>,
    preferences: Preferences,
    warning: Option<String>,
) -> io::Result<()> {
    let size = terminal.size()?;
    let mut state = State::new(timeline, preferences, (size.width, size.height));
    if let Some(warning) = warning {
        state.complain(format!("{warning}; `dateline check` shows where"));
    }
    loop {
        terminal.draw(|frame| draw(&state, frame))?;
        let Some(input) = input(read()?) else { continue };
        for effect in update(&mut state, input) {
            match effect {
                Effect::Quit => return Ok(()),
                Effect::Redraw => terminal.clear()?,
                _ => {}
            }
        }
    }
}

/// What an event means to us; releases of keys and the like mean nothing.
fn input(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Input::Key(key.into())),
        Event::Resize(width, height) => Some(Input::Resize(width, height)),
        _ => None,
    }
}
