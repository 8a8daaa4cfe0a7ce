//! The export dialog: choosing format, destination and options, and writing.

use std::path::PathBuf;
use std::sync::Arc;

use crate::export::{OptionKind, Options, Per, Written};
use crate::files::Overwrite;
use crate::memory::ExportChoice;
use crate::tui::action::Action;
use crate::tui::field::Field;
use crate::tui::key::Key;
use crate::tui::overlay::Overlay;
use crate::tui::overlay::export::{Choice, ExportDialog};
use crate::tui::state::State;
use crate::tui::update::{Effect, WriteRequest};
use crate::view::formats;

/// The narrowest and the widest text, and the step between, in columns.
const WIDTHS: (usize, usize, usize) = (40, 200, 4);

/// Opens the dialog over what is selected, else over all that is shown.
pub fn open(state: &mut State) {
    let chosen = state.chosen();
    let selected = !chosen.is_empty();
    let entries = if selected { chosen } else { state.shown.entries.clone() };
    if entries.is_empty() {
        state.say("Nothing is shown: there is nothing to export.");
        return;
    }
    let last = state.export.clone().unwrap_or_default();
    let named = last.format.as_deref().and_then(|name| formats::by_name(name).ok());
    let format = formats::ALL
        .iter()
        .position(|format| named.is_some_and(|named| named.name == format.name))
        .unwrap_or(0);
    let mut dialog = ExportDialog {
        entries: Arc::new(entries),
        selected,
        query: state.filter.text().to_owned(),
        format,
        clipboard: last.clipboard,
        path: Field::default(),
        guessed: last.path.is_none(),
        options: options(&last),
        provenance: !last.no_provenance,
        line: 0,
        bytes: Arc::default(),
        wrote: Written::default(),
        preview: Arc::default(),
        notes: Vec::new(),
        scroll: 0,
        offers: Vec::new(),
        asked: None,
    };
    dialog.path = Field::new(last.path.unwrap_or_else(|| guess(state, &dialog)));
    state.overlay = Some(Overlay::Export(Box::new(dialog)));
    refresh(state);
}

/// The options chosen last.
fn options(last: &ExportChoice) -> Options {
    let (narrowest, widest, _) = WIDTHS;
    Options {
        width: last.width.unwrap_or(Options::default().width).clamp(narrowest, widest),
        per: if last.per_figure { Per::Figure } else { Per::Entry },
        bom: last.bom,
    }
}

/// A name for the file: the title's letters and the format's ending.
fn guess(state: &State, dialog: &ExportDialog) -> String {
    let title = state.timeline.title().to_lowercase();
    let words: Vec<&str> = title
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let stem: String = words.join("-").chars().take(24).collect();
    let stem = stem.trim_end_matches('-');
    let stem = if stem.is_empty() { "dateline" } else { stem };
    format!("{stem}.{}", ending(dialog))
}

fn ending(dialog: &ExportDialog) -> &'static str {
    dialog.format().extensions.first().copied().unwrap_or("txt")
}

fn with_dialog(state: &mut State, change: impl FnOnce(&mut ExportDialog)) {
    if let Some(Overlay::Export(dialog)) = &mut state.overlay {
        change(dialog);
    }
}

/// Brings the preview into step.
pub fn refresh(state: &mut State) {
    let timeline = Arc::clone(&state.timeline);
    let mut wrong = None;
    with_dialog(state, |dialog| wrong = dialog.refresh(&timeline));
    if let Some(wrong) = wrong {
        state.complain(wrong);
    }
}

/// Takes the entries anew, after the files were read again.
pub fn renew(state: &mut State) {
    let (chosen, shown) = (state.chosen(), state.shown.entries.clone());
    let mut gone = false;
    with_dialog(state, |dialog| {
        let entries = if dialog.selected { chosen } else { shown };
        gone = entries.is_empty();
        dialog.entries = Arc::new(entries);
        dialog.asked = None;
    });
    if gone {
        state.overlay = None;
        state.complain("The entries to export are no longer there.");
    } else {
        refresh(state);
    }
}

/// Carries out an action in the dialog.
pub fn apply(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(Overlay::Export(dialog)) = &mut state.overlay else { return Vec::new() };
    let (_, preview) = crate::tui::layout::export(state.size, dialog.choices().len());
    let page = usize::from(preview.height.saturating_sub(2)).max(1);
    dialog.asked = None;
    match action {
        Action::Earlier => {
            dialog.offers.clear();
            dialog.line = dialog.line.saturating_sub(1);
        }
        Action::Later => {
            dialog.offers.clear();
            dialog.line = (dialog.line + 1).min(dialog.choices().len().saturating_sub(1));
        }
        Action::Complete if dialog.choice() == Choice::Path => {
            return vec![Effect::OfferPaths { typed: dialog.path.text().to_owned() }];
        }
        Action::Complete => {
            dialog.line = (dialog.line + 1) % dialog.choices().len().max(1);
        }
        Action::PageDown => {
            let last = dialog.preview.len().saturating_sub(page);
            dialog.scroll = dialog.scroll.saturating_add(page).min(last);
        }
        Action::PageUp => dialog.scroll = dialog.scroll.saturating_sub(page),
        Action::Accept => return write(state),
        action if dialog.choice() == Choice::Path && dialog.path.edit(action) => {
            dialog.guessed = false;
            dialog.offers.clear();
        }
        Action::EditLeft | Action::EditRight => {
            change(dialog, action == Action::EditRight);
            refresh(state);
        }
        _ => {}
    }
    Vec::new()
}

/// Changes the value of the line that keys change.
fn change(dialog: &mut ExportDialog, forwards: bool) {
    let (narrowest, widest, step) = WIDTHS;
    match dialog.choice() {
        Choice::Format => {
            let by = if forwards { 1 } else { formats::ALL.len() - 1 };
            let before = ending(dialog);
            dialog.format = (dialog.format + by) % formats::ALL.len();
            dialog.scroll = 0;
            // The name follows the format as long as it ends as the format before did.
            let text = dialog.path.text().to_owned();
            if let Some(stem) = text.strip_suffix(&format!(".{before}")) {
                dialog.path = Field::new(format!("{stem}.{}", ending(dialog)));
            }
        }
        Choice::Where => dialog.clipboard = !dialog.clipboard,
        Choice::Path => {}
        Choice::Option(OptionKind::Provenance) => dialog.provenance = !dialog.provenance,
        Choice::Option(OptionKind::Bom) => dialog.options.bom = !dialog.options.bom,
        Choice::Option(OptionKind::Per) => {
            dialog.options.per = match dialog.options.per {
                Per::Entry => Per::Figure,
                Per::Figure => Per::Entry,
            };
        }
        Choice::Option(OptionKind::Width) => {
            let width = dialog.options.width;
            let width = if forwards { width + step } else { width.saturating_sub(step) };
            dialog.options.width = width.clamp(narrowest, widest);
        }
    }
}

/// Types keys: into the path, or as the answer to a question.
pub fn typed(state: &mut State, keys: &[Key]) -> Vec<Effect> {
    let Some(Overlay::Export(dialog)) = &mut state.overlay else { return Vec::new() };
    if let Some(asked) = dialog.asked.take() {
        if matches!(keys, [key] if key.typed() == Some('y')) {
            return vec![Effect::Write(Box::new(WriteRequest {
                overwrite: Overwrite::Allowed,
                ..*asked
            }))];
        }
        state.say("Nothing was written.");
        return Vec::new();
    }
    if dialog.choice() == Choice::Path {
        for typed in keys.iter().filter_map(|key| key.typed()) {
            dialog.path.insert(typed);
        }
        dialog.guessed = false;
        dialog.offers.clear();
    } else if matches!(keys, [key] if key.typed() == Some(' ')) {
        change(dialog, true);
        refresh(state);
    }
    Vec::new()
}

/// Types a pasted text into the path.
pub fn paste(state: &mut State, text: &str) {
    with_dialog(state, |dialog| {
        dialog.asked = None;
        if dialog.choice() == Choice::Path {
            dialog.path.paste(text.trim());
            dialog.guessed = false;
        }
    });
}

/// Takes paths that the typed one may become: what they have in common is typed at once.
pub fn offer(state: &mut State, paths: Vec<String>) {
    with_dialog(state, |dialog| {
        let common = common(&paths);
        if common.len() > dialog.path.text().len() {
            dialog.path = Field::new(common);
            dialog.guessed = false;
        }
        dialog.offers = if paths.len() > 1 { paths } else { Vec::new() };
    });
}

/// What all of them begin with.
fn common(paths: &[String]) -> String {
    let Some((first, others)) = paths.split_first() else { return String::new() };
    let mut length = first.len();
    for other in others {
        let same = first.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
        length = length.min(same);
    }
    while !first.is_char_boundary(length) {
        length -= 1;
    }
    first.get(..length).unwrap_or_default().to_owned()
}

fn write(state: &mut State) -> Vec<Effect> {
    let timeline = Arc::clone(&state.timeline);
    let Some(Overlay::Export(dialog)) = &mut state.overlay else { return Vec::new() };
    // A preview that is there is what is written, to the byte.
    if !dialog.is_live()
        && let Some(wrong) = dialog.write_down(&timeline)
    {
        state.complain(wrong);
        return Vec::new();
    }
    let what = format!("{} as {}", dialog.wrote, dialog.format().name);
    let choice = ExportChoice {
        format: Some(dialog.format().name.to_owned()),
        path: Some(dialog.path.text().to_owned()).filter(|_| !dialog.guessed),
        clipboard: dialog.clipboard,
        no_provenance: !dialog.provenance,
        width: Some(dialog.options.width).filter(|width| *width != Options::default().width),
        per_figure: dialog.options.per == Per::Figure,
        bom: dialog.options.bom,
    };
    let (bytes, path) = (Arc::clone(&dialog.bytes), dialog.path.text().trim().to_owned());
    if dialog.clipboard {
        state.overlay = None;
        state.export = Some(choice);
        return vec![Effect::Copy { text: String::from_utf8_lossy(&bytes).into_owned(), what }];
    }
    if path.is_empty() {
        state.complain("Name a file to write to.");
        return Vec::new();
    }
    state.export = Some(choice);
    vec![Effect::Write(Box::new(WriteRequest {
        path: PathBuf::from(path),
        bytes: bytes.to_vec(),
        overwrite: Overwrite::Never,
        what,
    }))]
}

/// A file of that name is there: the user is asked.
pub fn ask(state: &mut State, request: Box<WriteRequest>) {
    let path = request.path.display().to_string();
    let mut asked = false;
    with_dialog(state, |dialog| {
        dialog.asked = Some(request);
        asked = true;
    });
    if asked {
        state.complain(format!(
            "`{path}` is there already. y writes over it; any other key does not."
        ));
    } else {
        state.complain(format!("`{path}` is there already; nothing was written."));
    }
}

/// All was written: the dialog is done.
pub fn done(state: &mut State) {
    if matches!(state.overlay, Some(Overlay::Export(_))) {
        state.overlay = None;
    }
}
