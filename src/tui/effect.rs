//! What a change of the state asks for that needs a terminal, a file or another program.

use std::path::PathBuf;

use crate::files::Overwrite;
use crate::memory::Place;
use crate::tui::change::Change;

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteRequest {
    /// Where to.
    pub path: PathBuf,
    /// All of it.
    pub bytes: Vec<u8>,
    /// Whether the user agreed to write over a file.
    pub overwrite: Overwrite,
    /// What it is, for the message: `5 entries as Markdown`.
    pub what: String,
}

/// What the loop is to do after a change of state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Leave the program.
    Quit,
    /// Draw every cell anew.
    Redraw,
    /// Leave to the shell until it brings the program back.
    Suspend,
    /// Read the files again.
    Reload,
    /// Open a file in the user's editor.
    Edit {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: u32,
    },
    /// Show an address in the browser.
    Open {
        /// The address: http or https.
        url: String,
    },
    /// Put a text on the clipboard.
    Copy {
        /// The text.
        text: String,
        /// What it is, for the message: `citation`.
        what: String,
    },
    /// Give a text to a command.
    Pipe {
        /// As the shell reads it.
        command: String,
        /// What the command reads.
        input: String,
    },
    /// Keep the place in the state folder now; it is kept at the end anyway.
    Remember(Box<Place>),
    /// Write a file.
    Write(Box<WriteRequest>),
    /// Look for paths that begin as typed.
    OfferPaths {
        /// The beginning.
        typed: String,
    },
    /// Change the file of a dataset.
    Change(Box<Change>),
    /// Look for the quotes of what is open in the archives of their sources.
    Verify,
}
