//! Every action by its name.

use std::collections::BTreeSet;

use crate::tui::action::Action;
use crate::tui::keymap::{Context, Keymap};

/// The actions that the palette offers: those of the timeline and of the record.
pub fn actions(keymap: &Keymap) -> Vec<Action> {
    let mut actions: Vec<Action> = keymap
        .bindings()
        .iter()
        .filter(|binding| {
            binding.contexts.iter().any(|at| {
                matches!(
                    at,
                    Context::Timeline | Context::Lanes | Context::Figures | Context::Detail
                )
            })
        })
        .map(|binding| binding.action)
        .filter(|action| *action != Action::Palette)
        .collect();
    let mut known = BTreeSet::new();
    actions.retain(|action| known.insert(*action));
    actions
}

/// What the palette finds an action by: its name, and what it does.
pub fn name(keymap: &Keymap, action: Action) -> String {
    let help = keymap.bindings().iter().find(|binding| binding.action == action);
    format!("{}  {}", action.word(), help.map_or("", |binding| &binding.help))
}
