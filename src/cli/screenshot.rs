//! `dateline screenshot`: the program's own screen as a picture, without a terminal.

use std::sync::Arc;

use crate::cli::args::{Screenshot, ViewName};
use crate::cli::{Failure, Outcome, inputs, print, read, settings, unwritten};
use crate::files::{Overwrite, write_whole};
use crate::folders::Folders;
use crate::tui::keymap::Keymap;
use crate::tui::screenshot::{Shot, take};
use crate::tui::state::Preferences;
use crate::tui::theme::Colours;
use crate::tui::views::View;
use crate::view::label::Glyphs;

/// Writes the picture.
pub fn run(arguments: &Screenshot) -> Result<Outcome, Failure> {
    let theme = settings::theme(&Folders::of_the_user(), &arguments.theme, Colours::True)?;
    let size = size(&arguments.size)?;
    let (reading, outcome) = read(&inputs(&arguments.files)?);
    let preferences = Preferences {
        theme,
        glyphs: if arguments.ascii { Glyphs::Ascii } else { Glyphs::Unicode },
        keymap: Arc::new(Keymap::built_in().map_err(Failure::Usage)?),
    };
    let view = match arguments.view {
        ViewName::Timeline => View::Timeline,
        ViewName::Lanes => View::Lanes,
        ViewName::Figures => View::Figures,
    };
    let shot = Shot { size, view, keys: arguments.keys.clone() };
    let svg = take(Arc::new(reading.timeline), preferences, &shot).map_err(Failure::Usage)?;
    match &arguments.output {
        Some(path) => {
            let overwrite = if arguments.force { Overwrite::Allowed } else { Overwrite::Never };
            write_whole(path, svg.as_bytes(), overwrite).map_err(unwritten)?;
        }
        None => print(&svg)?,
    }
    Ok(outcome)
}

/// Columns and rows: `120x40`.
fn size(text: &str) -> Result<(u16, u16), Failure> {
    let parts = text
        .split_once('x')
        .and_then(|(columns, rows)| Some((columns.parse().ok()?, rows.parse().ok()?)));
    parts
        .filter(|(columns, rows)| (1..=MOST).contains(columns) && (1..=MOST).contains(rows))
        .ok_or_else(|| {
            Failure::Usage(format!(
                "no size `{text}`; write columns and rows up to {MOST}, such as 120x40"
            ))
        })
}

/// The most columns, or rows, of a picture.
const MOST: u16 = 500;
