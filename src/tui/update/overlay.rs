//! What lies over the screen: which part of it an action, a letter or a pasted text is for.

use crate::tui::action::Action;
use crate::tui::field::Field;
use crate::tui::key::Key;
use crate::tui::list::List;
use crate::tui::overlay::Overlay;
use crate::tui::state::State;
use crate::tui::update::{Effect, change, compare, export, facets, form, lists, passage, prompt};

/// Carries out an action in the overlay.
pub fn apply(state: &mut State, action: Action, count: Option<usize>) -> Vec<Effect> {
    if matches!(state.overlay, Some(Overlay::Form(_))) {
        return form::apply(state, action);
    }
    if let Some(field) = field(state)
        && field.edit(action)
    {
        changed(state);
        return Vec::new();
    }
    match &state.overlay {
        Some(Overlay::Help(_)) => lists::apply_help(state, action, count),
        Some(Overlay::Panel(_)) => facets::apply(state, action, count),
        Some(Overlay::Palette(_)) => return lists::apply_palette(state, action, count),
        Some(Overlay::Marks(..)) => lists::apply_marks(state, action, count),
        Some(Overlay::Prompt(_)) => return prompt::apply(state, action),
        Some(Overlay::Compare(_)) => return compare::apply(state, action, count),
        Some(Overlay::Export(_)) => return export::apply(state, action),
        Some(Overlay::Passage(_)) => passage::apply(state, action, count),
        Some(Overlay::Ask(_)) => return change::answered(state, &[]),
        Some(Overlay::Form(_)) | None => {}
    }
    Vec::new()
}

/// One step back: out of the field that narrows a list, then out of the overlay.
pub fn cancel(state: &mut State) {
    let leave = match &mut state.overlay {
        Some(Overlay::Panel(panel)) => leave_field(&mut panel.list),
        Some(Overlay::Marks(list, _)) => leave_field(list),
        Some(Overlay::Help(help)) => {
            let idle = !help.typing && help.field.is_empty();
            *help = Default::default();
            idle
        }
        Some(Overlay::Prompt(_)) => {
            prompt::cancel(state);
            true
        }
        Some(Overlay::Export(dialog)) => dialog.asked.take().is_none(),
        Some(Overlay::Form(_)) => form::cancel(state),
        Some(Overlay::Ask(_) | Overlay::Passage(_) | Overlay::Palette(_) | Overlay::Compare(_))
        | None => true,
    };
    if leave {
        state.overlay = None;
    } else {
        changed(state);
    }
}

/// Empties the field that narrows a list; gives whether it was empty and idle already.
fn leave_field(list: &mut List) -> bool {
    let idle = !list.typing && list.field.is_empty();
    list.typing = false;
    list.field = Field::default();
    idle
}

/// Types keys that are no action. Gives whether there was anything to type into.
pub fn typed(state: &mut State, keys: &[Key]) -> bool {
    let typed: Option<Vec<char>> = keys.iter().map(|key| key.typed()).collect();
    let Some(typed) = typed else { return state.context() == crate::tui::keymap::Context::Dialog };
    // A letter that is no key of a list begins to narrow it.
    match &mut state.overlay {
        Some(Overlay::Panel(panel)) => panel.list.typing = true,
        Some(Overlay::Marks(list, _)) => list.typing = true,
        Some(Overlay::Help(help)) => help.typing = true,
        _ => {}
    }
    let Some(field) = field(state) else { return false };
    for letter in typed {
        field.insert(letter);
    }
    changed(state);
    true
}

/// Types a pasted text. Where nothing is being typed it does nothing but say so.
pub fn paste(state: &mut State, text: &str) {
    if matches!(state.overlay, Some(Overlay::Export(_))) {
        export::paste(state, text);
        return;
    }
    if matches!(state.overlay, Some(Overlay::Form(_))) {
        form::paste(state, text);
        return;
    }
    match field(state) {
        Some(field) => {
            field.paste(text);
            changed(state);
        }
        None => {
            state.say("Pasted text goes into a line that is being typed: f, / or d begins one.")
        }
    }
}

/// The field that is being typed into.
fn field(state: &mut State) -> Option<&mut Field> {
    match &mut state.overlay {
        Some(Overlay::Help(help)) if help.typing => Some(&mut help.field),
        Some(Overlay::Panel(panel)) if panel.list.typing => Some(&mut panel.list.field),
        Some(Overlay::Palette(list)) => Some(&mut list.field),
        Some(Overlay::Marks(list, _)) if list.typing => Some(&mut list.field),
        Some(Overlay::Prompt(prompt)) => Some(&mut prompt.field),
        _ => None,
    }
}

/// Brings what depends on the field's text into step.
fn changed(state: &mut State) {
    match &mut state.overlay {
        Some(Overlay::Help(help)) => help.scroll = 0,
        Some(Overlay::Panel(panel)) => {
            panel.list.narrow(panel.rows.iter().map(|row| row.name.as_str()));
        }
        Some(Overlay::Palette(_)) => lists::narrow_palette(state),
        Some(Overlay::Marks(..)) => lists::narrow_marks(state),
        Some(Overlay::Prompt(_)) => prompt::changed(state),
        Some(
            Overlay::Compare(_)
            | Overlay::Export(_)
            | Overlay::Form(_)
            | Overlay::Ask(_)
            | Overlay::Passage(_),
        )
        | None => {}
    }
}
