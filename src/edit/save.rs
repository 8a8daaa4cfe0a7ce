//! A change written to a file, whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use crate::dataset::{self, Input, Severity};
use crate::edit::{Edit, EditError};

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
    #[error("cannot write `{path}`: {reason}")]
    Unwritable { path: String, reason: io::Error },
}

/// Makes a change, meant for the text that was `opened`, in a file.
///
/// The file is read again first. Where somebody else has changed it, the change is laid onto what
/// stands there now, or refused where that touches the same place. The new text is written beside
/// the file and takes its place in one step, with its permissions; a link stays a link.
///
/// # Errors
///
/// The file cannot be read or written, or it was changed where the change belongs.
pub fn save(path: &Path, opened: &str, edit: &Edit) -> Result<Saved, SaveError> {
    let unwritable = |reason| SaveError::Unwritable { path: path.display().to_string(), reason };
    let file = fs::canonicalize(path).map_err(unwritable)?;
    let now = fs::read_to_string(&file).map_err(unwritable)?;
    let rebased = now != opened;
    let edit =
        if rebased { edit.rebase(opened, &now).ok_or(EditError::Changed)? } else { edit.clone() };
    let text = edit.apply(&now)?;
    // Both changes may be sound and what comes of them is not: an id that both add.
    if rebased && errors(&text) > errors(&now) {
        return Err(EditError::Changed.into());
    }
    write(&file, &now, &text).map_err(unwritable)??;
    Ok(Saved { text, edit, rebased })
}

fn errors(text: &str) -> usize {
    let reading = dataset::read(&[Input::new("dataset", text)]);
    let errors = |one: &&dataset::Problem| one.flaw.code.severity() == Severity::Error;
    reading.problems.iter().filter(errors).count() + reading.more
}

/// Writes a text in place of another. Not if that is no longer there.
fn write(file: &Path, old: &str, text: &str) -> io::Result<Result<(), EditError>> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut beside = tempfile::Builder::new().prefix(".dateline-").tempfile_in(folder)?;
    beside.write_all(text.as_bytes())?;
    beside.as_file().set_permissions(fs::metadata(file)?.permissions())?;
    beside.as_file().sync_all()?;
    // The little that is left is the time between this line and the next.
    if fs::read(file)? != old.as_bytes() {
        return Ok(Err(EditError::Changed));
    }
    beside.persist(file)?;
    Ok(Ok(()))
}
