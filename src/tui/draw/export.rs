//! The export dialog.
//!
//! ```text
//! ╭ Export ─────────────────────────────── 8 entries: all that is shown ╮
//! │ ▌ Format       ‹ markdown ›   footnoted sources                     │
//! │   To           file                                                 │
//! │   Path         bakhmut.md█                                          │
//! │ ─────────────────────────────────────────────────── 120 lines ───── │
//! │ # Bakhmut: …                                                        │
//! ╰─────────────────────────────────────────────────────────────────────╯
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::export::OptionKind;
use crate::text::{pad, width};
use crate::tui::draw::{list, put};
use crate::tui::layout;
use crate::tui::overlay::export::{Choice, ExportDialog};
use crate::tui::state::State;
use crate::tui::theme::Theme;
use crate::view::label::Glyphs;

/// The width of the column of names, in cells.
const NAME: usize = 13;

/// Draws the dialog over the screen.
pub fn draw(state: &State, dialog: &ExportDialog, buffer: &mut Buffer) {
    let theme = &state.preferences.theme;
    let (frame, preview) = layout::export(state.size, dialog.choices().len());
    list::frame(state, frame, "Export", buffer);
    let room = usize::from(frame.width).saturating_sub("╭ Export ─  ─╮".chars().count());
    let what = subject(state, dialog, room);
    let wide = u16::try_from(width(&what) + 2).unwrap_or(u16::MAX);
    let at = frame.right().saturating_sub(wide.saturating_add(2)).max(frame.x + 10);
    put(buffer, (at, frame.y), frame.right().saturating_sub(1), &format!(" {what} "), theme.dim);
    let inside = Rect { x: frame.x + 1, width: frame.width.saturating_sub(2), ..frame };
    let choices = dialog.choices();
    for (number, (y, choice)) in (frame.y + 1..preview.y).zip(&choices).enumerate() {
        line(state, dialog, inside, y, *choice, number == dialog.line, buffer);
    }
    offers(
        state,
        dialog,
        inside,
        frame.y + 1 + u16::try_from(choices.len()).unwrap_or(0),
        preview,
        buffer,
    );
    body(state, dialog, preview, buffer);
}

/// What will be written, said so that nobody is surprised, in so many cells.
fn subject(state: &State, dialog: &ExportDialog, room: usize) -> String {
    let count = dialog.entries.len();
    let noun = if count == 1 { "entry" } else { "entries" };
    let (which, brief) = match (dialog.selected, state.filter.is_empty()) {
        (true, _) => ("selected", "selected"),
        (false, true) if state.timeline.left_out() > 0 => ("all that could be read", "all read"),
        (false, true) => ("the whole timeline", "all"),
        (false, false) => ("all that the filter shows", "filtered"),
    };
    // What has errors is in no export; one of all there is must not pass for the whole file.
    let errors = match state.timeline.left_out() {
        0 => String::new(),
        errors => format!("; {errors} with errors left out"),
    };
    let kept = state.timeline.kept().map(|kept| format!("; {kept}")).unwrap_or_default();
    let errors = errors + &kept;
    let whole = format!("{count} {noun}: {which}{errors}");
    if width(&whole) <= room { whole } else { format!("{count} {noun}: {brief}{errors}") }
}

fn name(choice: Choice) -> &'static str {
    match choice {
        Choice::Format => "Format",
        Choice::Where => "To",
        Choice::Path => "Path",
        Choice::Option(OptionKind::Provenance) => "Provenance",
        Choice::Option(OptionKind::Width) => "Width",
        Choice::Option(OptionKind::Per) => "Rows",
        Choice::Option(OptionKind::Bom) => "For Excel",
    }
}

fn line(
    state: &State,
    dialog: &ExportDialog,
    inside: Rect,
    y: u16,
    choice: Choice,
    current: bool,
    buffer: &mut Buffer,
) {
    let theme = &state.preferences.theme;
    let ascii = state.preferences.glyphs == Glyphs::Ascii;
    let over = |style: Style| if current { Theme::over(style, theme.selected) } else { style };
    if current {
        buffer.set_style(Rect { y, height: 1, ..inside }, theme.selected);
        put(
            buffer,
            (inside.x, y),
            inside.right(),
            if ascii { ">" } else { "▌" },
            over(theme.accent),
        );
    }
    let x =
        put(buffer, (inside.x + 2, y), inside.right(), &pad(name(choice), NAME), over(theme.label));
    if choice == Choice::Path {
        list::field(state, (x, y), inside.right(), &dialog.path, current, buffer);
        return;
    }
    let value = dialog.value(choice);
    let (left, right) = match (current, ascii) {
        (false, _) => ("  ", "  "),
        (true, false) => ("‹ ", " ›"),
        (true, true) => ("< ", " >"),
    };
    let mut x = put(buffer, (x.saturating_sub(2), y), inside.right(), left, over(theme.key));
    x = put(buffer, (x, y), inside.right(), &value, over(theme.text));
    x = put(buffer, (x, y), inside.right(), right, over(theme.key));
    let about = match choice {
        Choice::Format => dialog.format().about,
        Choice::Option(OptionKind::Provenance) => {
            "how the export came about: dataset, digest, query"
        }
        Choice::Option(OptionKind::Bom) => "a byte order mark, by which Excel knows UTF-8",
        _ => "",
    };
    put(buffer, (x + 2, y), inside.right(), about, over(theme.dim));
}

/// How the path may go on, under the lines of the dialog.
fn offers(
    state: &State,
    dialog: &ExportDialog,
    inside: Rect,
    y: u16,
    preview: Rect,
    buffer: &mut Buffer,
) {
    if y >= preview.y || dialog.offers.is_empty() {
        return;
    }
    let names: Vec<&str> = dialog
        .offers
        .iter()
        .map(|path| {
            let bare = path.trim_end_matches('/');
            path.get(bare.rfind('/').map_or(0, |slash| slash + 1)..).unwrap_or(path)
        })
        .collect();
    let text = names.join("  ");
    let from = inside.x + 2 + u16::try_from(NAME).unwrap_or(0);
    put(buffer, (from, y), inside.right(), &text, state.preferences.theme.dim);
}

/// The preview under its rule.
fn body(state: &State, dialog: &ExportDialog, area: Rect, buffer: &mut Buffer) {
    let theme = &state.preferences.theme;
    if area.height == 0 {
        return;
    }
    let ascii = state.preferences.glyphs == Glyphs::Ascii;
    let rule = if ascii { "-" } else { "─" }.repeat(usize::from(area.width));
    put(buffer, (area.x, area.y), area.right(), &rule, theme.rule);
    let (first, all) = (dialog.scroll + 1, dialog.preview.len());
    let window = usize::from(area.height.saturating_sub(1));
    let place = if dialog.is_live() {
        format!(
            " line {first} to {} of {all}, {} bytes ",
            (dialog.scroll + window).min(all),
            dialog.bytes.len()
        )
    } else {
        " no preview ".to_owned()
    };
    let wide = u16::try_from(width(&place)).unwrap_or(0);
    put(buffer, (area.right().saturating_sub(wide + 1), area.y), area.right(), &place, theme.dim);
    if !dialog.is_live() {
        let text = "So many entries are not written down before you ask: Enter writes them.";
        put(buffer, (area.x + 1, area.y + 1), area.right(), text, theme.dim);
        return;
    }
    let notes = dialog.notes.iter().map(|note| (note.as_str(), theme.warning));
    let lines = dialog.preview.iter().skip(dialog.scroll).map(|line| (line.as_str(), theme.text));
    for (y, (text, style)) in (area.y + 1..area.bottom()).zip(notes.chain(lines)) {
        put(buffer, (area.x + 1, y), area.right(), text, style);
    }
}
