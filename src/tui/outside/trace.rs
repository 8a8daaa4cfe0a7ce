//! What the log says of inputs and effects: that they came, never what was typed or read.

use crate::log::{Log, millis};
use crate::tui::state::State;
use crate::tui::update::{Effect, Input, Report};
use std::time::Instant;

/// What came in; keys are told by the action they ask for.
pub fn input(log: &mut Log, input: &Input) {
    log.note(|| match input {
        Input::Key(_) => "key".to_owned(),
        Input::Paste(text) => format!("paste, {} bytes", text.len()),
        Input::Mouse(mouse) => format!("mouse {:?} {},{}", mouse.kind, mouse.column, mouse.row),
        Input::Resize(width, height) => format!("resize {width}x{height}"),
        Input::Look(look) => format!("look {}", look.name),
        Input::Outside(report) => format!("news {}", report_word(report)),
    });
}

/// The action that was carried out, if one was, how long it took, and where it led.
pub fn action(log: &mut Log, state: &mut State, begun: Instant) {
    let Some(action) = state.applied.take() else { return };
    log.note(|| {
        let id = state.selected().map_or("nothing", |entry| state.timeline.id(entry));
        format!("action {}, {}, at {id}", action.word(), millis(begun.elapsed()))
    });
}

/// An effect that is about to be carried out.
pub fn effect(log: &mut Log, effect: &Effect) {
    log.note(|| format!("effect {}", effect_word(effect)));
}

fn effect_word(effect: &Effect) -> &'static str {
    match effect {
        Effect::Quit => "quit",
        Effect::Redraw => "redraw",
        Effect::Suspend => "suspend",
        Effect::Reload => "reload",
        Effect::Edit { .. } => "edit",
        Effect::Open { .. } => "open",
        Effect::Copy { .. } => "copy",
        Effect::Pipe { .. } => "pipe",
        Effect::Remember(_) => "remember",
        Effect::Write(_) => "write",
        Effect::OfferPaths { .. } => "offer paths",
        Effect::Change(_) => "change",
        Effect::Verify => "verify",
    }
}

fn report_word(report: &Report) -> &'static str {
    match report {
        Report::Said(_) => "said",
        Report::Failed(_) => "failed",
        Report::Loaded(loaded) if loaded.trouble.is_some() => "loaded, with trouble",
        Report::Loaded(_) => "loaded",
        Report::Exists(_) => "exists",
        Report::Written(_) => "written",
        Report::Paths(_) => "paths",
        Report::Changed(..) => "changed",
        Report::Unchanged(..) => "unchanged",
        Report::Found(..) => "found",
        Report::Verified(..) => "verified",
    }
}
