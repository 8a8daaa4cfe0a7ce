//! A change written to a file, whole or not at all.

use std::io;
use std::path::Path;

use crate::dataset::{self, Input, Severity};
use crate::edit::{Edit, EditError};
use crate::files::{WriteError, plain, read_settled, write_over};

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The file's text now.
    pub text: String,
    /// The change as it was made; what undoes it is [`Edit::invert`], for [`Saved::text`].
    pub edit: Edit,
    /// Whether somebody else had changed the file elsewhere since it was read.
    pub rebased: bool,
}

/// Why a change was not written.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "each says what it is in its message")]
pub enum SaveError {
    #[error(transparent)]
    Edit(#[from] EditError),
    #[error("cannot read `{path}`: {}; nothing was changed", plain(.reason))]
    Unreadable { path: String, reason: io::Error },
    #[error(transparent)]
    Unwritten(WriteError),
}

/// Makes a change, meant for the text that was `opened`, in a file.
///
/// The file is read again first. Where somebody else has changed it, the change is laid onto what
/// stands there now, or refused where that touches the same place. The new text takes the place of
/// that as [`write_over`] does it.
///
/// # Errors
///
/// The file cannot be read or written, or it was changed where the change belongs.
pub fn save(path: &Path, opened: &str, edit: &Edit) -> Result<Saved, SaveError> {
    let now = read_settled(path)
        .map_err(|reason| SaveError::Unreadable { path: path.display().to_string(), reason })?;
    let rebased = now != opened;
    let edit =
        if rebased { edit.rebase(opened, &now).ok_or(EditError::Changed)? } else { edit.clone() };
    let text = edit.apply(&now)?;
    // Both changes may be sound and what comes of them is not: an id that both add.
    if rebased && errors(&text) > errors(&now) {
        return Err(EditError::Changed.into());
    }
    write_over(path, now.as_bytes(), text.as_bytes()).map_err(|error| match error {
        WriteError::Changed { .. } => EditError::Changed.into(),
        error => SaveError::Unwritten(error),
    })?;
    Ok(Saved { text, edit, rebased })
}

fn errors(text: &str) -> usize {
    let reading = dataset::read(&[Input::new("dataset", text)]);
    let errors = |one: &&dataset::Problem| one.flaw.code.severity() == Severity::Error;
    reading.problems.iter().filter(errors).count() + reading.more
}
