//! A text in place of the one that it was made from, and of no other.
//!
//! The new text is on the disk before the old one is looked at for the last time, and what is left
//! between that look and the change is one step. Where the system lets two files change places
//! (Linux), what came out is looked at once more, and goes back if it is another.

use std::fs::{self, Metadata};
use std::io::{self, Read, Write};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use tempfile::NamedTempFile;

use crate::files::{Overwrite, To, Unfinished, WriteError, Written, access, open, shown};

/// Writes a file whole, if it holds the old bytes and nothing else came to stand there meanwhile.
///
/// # Errors
///
/// Why nothing was changed: [`WriteError::Changed`] if something else stands there.
pub fn write_over(path: &Path, old: &[u8], new: &[u8]) -> Result<Written, WriteError> {
    let mut file = Unfinished::begin(path, Overwrite::Allowed)?;
    let To::Beside(beside, target) = &mut file.to else {
        return Err(WriteError::NoFile { path: shown(path) });
    };
    if let Ok(found) = fs::metadata(&*target)
        && let Some(reason) = access::closed(target, &found)
    {
        return Err(WriteError::Refused { path: shown(path), reason: reason.to_owned() });
    }
    let written = beside.file.write_all(new).and_then(|()| beside.file.as_file().sync_all());
    let read = written.and_then(|()| Stamp::of_one_with(target, old));
    let changed = || WriteError::Changed { path: shown(path) };
    let stamp = read.map_err(|error| file.refusal(&error))?.ok_or_else(changed)?;
    if file.place(|new, target, _| replace(new, target, stamp))? {
        Ok(Written { bytes: new.len() })
    } else {
        Err(changed())
    }
}

/// A file as it was before it was read: which one on which disk, when changed last, how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    file: (u64, u64),
    changed: (i64, i64),
    length: u64,
}

impl Stamp {
    fn of(file: &Metadata) -> Stamp {
        Stamp {
            file: (file.dev(), file.ino()),
            changed: (file.mtime(), file.mtime_nsec()),
            length: file.len(),
        }
    }

    /// The one of a file, if it holds these bytes.
    pub(super) fn of_one_with(path: &Path, bytes: &[u8]) -> io::Result<Option<Stamp>> {
        let (file, found) = match open(path) {
            Ok(opened) => opened,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let stamp = Stamp::of(&found);
        if stamp.length != bytes.len() as u64 {
            return Ok(None);
        }
        let mut found = Vec::with_capacity(bytes.len());
        file.take(stamp.length.saturating_add(1)).read_to_end(&mut found)?;
        Ok((found == bytes).then_some(stamp))
    }

    /// Whether this file, and no link to it, is the one.
    fn is_of(self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok_and(|found| Stamp::of(&found) == self)
    }
}

/// Puts a new file in the place of one. Gives whether it is there; not where that is gone.
pub(super) fn replace(new: NamedTempFile, target: &Path, old: Stamp) -> io::Result<bool> {
    if !old.is_of(target) {
        return Ok(false);
    }
    exchange(new, target, old)
}

/// The last step, in which even what came a moment ago is not lost.
#[cfg(target_os = "linux")]
pub(super) fn exchange(new: NamedTempFile, target: &Path, old: Stamp) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;

    match renameat_with(CWD, new.path(), CWD, target, RenameFlags::EXCHANGE) {
        // What came out has the new file's name, and goes as that goes.
        Ok(()) if old.is_of(new.path()) => Ok(true),
        Ok(()) => {
            new.persist(target)?;
            Ok(false)
        }
        Err(Errno::NOENT) => Ok(false),
        // Not every file system can do that; what is wrong besides is told by what all can.
        Err(_) => {
            new.persist(target)?;
            Ok(true)
        }
    }
}

/// The last step.
#[cfg(not(target_os = "linux"))]
pub(super) fn exchange(new: NamedTempFile, target: &Path, _: Stamp) -> io::Result<bool> {
    new.persist(target)?;
    Ok(true)
}
