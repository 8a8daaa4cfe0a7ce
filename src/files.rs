//! Writing a file: all of it or nothing.
//!
//! The bytes go to a new file in the same folder, which takes the place of the old one in one
//! step once they are safe on the disk. A full disk, a lost permission or a kill on the way
//! leaves what was there. A file that is replaced keeps its permissions, access control lists and
//! attributes and, where the system lets us, its owner and group; other hard links to it keep the old text. What a kill on the way
//! leaves is a file whose name begins with `.dateline-`; the next write into the folder takes it
//! away.
//!
//! A text that was made from what stood in the file takes the place of that only: what somebody
//! else saves on the way stays.
//!
//! A symbolic link as the destination stays, and the file that it points to is replaced. A link
//! that somebody else put into a folder where everybody may write is never followed.

mod access;
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
mod attributes;
mod identity;
mod open;
mod over;
#[cfg(test)]
mod tests;

use std::fs::{self, File, Metadata, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::io::Errno;
use tempfile::NamedTempFile;

use crate::signals::{self, Listed};

pub use identity::{Identity, stays_below};
pub use open::{
    BEING_WRITTEN, instead, is_unchanged, open, open_given, read_settled, read_small, until_quiet,
};
pub use over::write_over;

/// What the name of a file that is not whole yet begins with.
pub const UNFINISHED: &str = ".dateline-";

/// Nobody is still writing an unfinished file that was not written to for so long.
const LEFT: Duration = Duration::from_secs(60 * 60);

/// Whether a file that is there already may be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overwrite {
    /// No. A file that appears on the way stays, too.
    Never,
    /// The user said yes.
    Allowed,
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// How many bytes.
    pub bytes: usize,
}

/// Why nothing was written. The destination is as it was, with one exception that its sentence
/// tells: a device.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "each says what it is in its message")]
pub enum WriteError {
    #[error("`{path}` is there already; nothing was changed")]
    Exists { path: String },
    #[error("`{path}` is a folder; name a file in it")]
    IsFolder { path: String },
    #[error("`{path}` is no file that can be written; nothing was changed")]
    NoFile { path: String },
    #[error("there is no folder `{folder}`; nothing was written")]
    NoFolder { folder: String },
    #[error("`{folder}` is no folder; nothing was written")]
    NotAFolder { folder: String },
    #[error(
        "`{link}` is a link that somebody else put into a shared folder; it is not followed, and nothing was changed"
    )]
    ForeignLink { link: String },
    #[error("cannot write `{path}`: {reason}; nothing was changed")]
    Refused { path: String, reason: String },
    #[error("cannot write to the device `{path}`: {reason}")]
    Device { path: String, reason: String },
    #[error("`{path}` was changed meanwhile; nothing was written")]
    Changed { path: String },
}

/// Who may read a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Readers {
    /// Whom the user's `umask` lets.
    Usual,
    /// The user alone.
    Owner,
}

/// Writes a file whole, as an export is written.
///
/// # Errors
///
/// Why nothing was changed.
pub fn write_whole(path: &Path, bytes: &[u8], overwrite: Overwrite) -> Result<Written, WriteError> {
    write(path, bytes, overwrite, Readers::Usual)
}

/// Writes or replaces a file that nobody but the user may read (mode 0600).
///
/// # Errors
///
/// Why nothing was changed.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<Written, WriteError> {
    write(path, bytes, Overwrite::Allowed, Readers::Owner)
}

fn write(
    path: &Path,
    bytes: &[u8],
    overwrite: Overwrite,
    readers: Readers,
) -> Result<Written, WriteError> {
    let mut file = Unfinished::begun(path, overwrite, readers)?;
    file.write_all(bytes).map_err(|error| file.refusal(&error))?;
    file.finish()?;
    Ok(Written { bytes: bytes.len() })
}

/// A file that is being written. Dropped before it is finished it leaves what was there.
#[derive(Debug)]
pub struct Unfinished {
    /// As the user named it.
    path: PathBuf,
    overwrite: Overwrite,
    to: To,
}

#[derive(Debug)]
enum To {
    /// A new file, and the one whose place it is to take.
    Beside(New, PathBuf),
    /// A device has no old text to keep: the bytes go straight to it.
    Device(File),
}

/// A new file that goes, should the program be ended before it is in its place.
#[derive(Debug)]
struct New {
    file: NamedTempFile,
    listed: Listed,
}

impl Unfinished {
    /// Begins a file that is written bit by bit, as an export is written.
    ///
    /// # Errors
    ///
    /// Why it cannot be written.
    pub fn begin(path: &Path, overwrite: Overwrite) -> Result<Unfinished, WriteError> {
        Unfinished::begun(path, overwrite, Readers::Usual)
    }

    fn begun(path: &Path, overwrite: Overwrite, readers: Readers) -> Result<Self, WriteError> {
        if let Some(link) = foreign_link(path) {
            return Err(WriteError::ForeignLink { link: shown(&link) });
        }
        let Destination { path: target, replaced } = destination(path, overwrite)?;
        let begun = |to| Unfinished { path: path.to_owned(), overwrite, to };
        if replaced.as_ref().is_some_and(|old| old.file_type().is_char_device()) {
            let device = OpenOptions::new().write(true).open(&target);
            let device = device.map_err(|error| of_device(path, &error))?;
            return Ok(begun(To::Device(device)));
        }
        let folder = folder_of(&target);
        let refused = |error: &io::Error| refusal(path, folder, error);
        take_away_unfinished(folder);
        let mut builder = tempfile::Builder::new();
        // Until it is known who may read the old one, nobody else may read the new one.
        let usual = readers == Readers::Usual && replaced.is_none();
        let mode = if usual { 0o666 } else { 0o600 };
        builder.prefix(UNFINISHED).permissions(Permissions::from_mode(mode));
        // From here on, whatever goes wrong takes the new file away again.
        let (file, listed) = signals::listed(|| builder.tempfile_in(folder), NamedTempFile::path)
            .map_err(|error| refused(&error))?;
        if let (Some(old), Readers::Usual) = (&replaced, readers) {
            access::keep(file.as_file(), &target, old).map_err(|error| refused(&error))?;
        }
        Ok(begun(To::Beside(New { file, listed }, target)))
    }

    /// Puts it in its place, once it is safe on the disk.
    ///
    /// # Errors
    ///
    /// Why nothing was changed.
    pub fn finish(self) -> Result<(), WriteError> {
        self.place(|new, target, overwrite| match overwrite {
            Overwrite::Never => Ok(new.persist_noclobber(target).map(|_| true)?),
            Overwrite::Allowed => Ok(new.persist(target).map(|_| true)?),
        })?;
        Ok(())
    }

    /// Has `put` put it in its place; gives what that gives: whether it did.
    fn place(
        self,
        put: impl FnOnce(NamedTempFile, &Path, Overwrite) -> io::Result<bool>,
    ) -> Result<bool, WriteError> {
        let Unfinished { path, overwrite, to } = self;
        let (new, target) = match to {
            To::Beside(new, target) => (new, target),
            To::Device(_) => return Ok(true),
        };
        let folder = folder_of(&target);
        let New { file, listed } = new;
        let placed = file.as_file().sync_all().and_then(|()| {
            let _held = signals::hold();
            put(file, &target, overwrite)
        });
        drop(listed);
        let placed = placed.map_err(|error| match (overwrite, error.kind()) {
            (Overwrite::Never, io::ErrorKind::AlreadyExists) => {
                WriteError::Exists { path: shown(&path) }
            }
            _ => refusal(&path, folder, &error),
        })?;
        // The name, too, should outlast a power cut. Not every file system can say so.
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
        Ok(placed)
    }

    /// What an error of a write means.
    pub fn refusal(&self, error: &io::Error) -> WriteError {
        match &self.to {
            To::Beside(_, target) => refusal(&self.path, folder_of(target), error),
            To::Device(_) => of_device(&self.path, error),
        }
    }
}

impl Write for Unfinished {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.to {
            To::Beside(new, _) => new.file.as_file_mut().write(bytes),
            To::Device(device) => device.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The folder that a file lies in.
fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Takes away the user's files in a folder that a kill left unfinished.
fn take_away_unfinished(folder: &Path) {
    let user = rustix::process::geteuid().as_raw();
    for item in fs::read_dir(folder).into_iter().flatten().flatten() {
        if !item.file_name().as_encoded_bytes().starts_with(UNFINISHED.as_bytes()) {
            continue;
        }
        let left = item.metadata().is_ok_and(|file| {
            let old = file.modified().is_ok_and(|at| at.elapsed().is_ok_and(|ago| ago > LEFT));
            file.is_file() && file.uid() == user && old
        });
        if left {
            let _ = fs::remove_file(item.path());
        }
    }
}

/// Where the bytes go in the end, and what is there now.
struct Destination {
    path: PathBuf,
    replaced: Option<Metadata>,
}

fn destination(path: &Path, overwrite: Overwrite) -> Result<Destination, WriteError> {
    let name = || shown(path);
    let found = match fs::symlink_metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            // A name that ends in a slash can be that of a folder only.
            if path.as_os_str().as_encoded_bytes().ends_with(b"/") || path.file_name().is_none() {
                return Err(WriteError::IsFolder { path: name() });
            }
            return Ok(Destination { path: path.to_owned(), replaced: None });
        }
        Err(error) => return Err(refusal(path, path.parent().unwrap_or(path), &error)),
    };
    let (target, metadata) = if found.is_symlink() {
        match fs::canonicalize(path).and_then(|target| Ok((fs::metadata(&target)?, target))) {
            Ok((metadata, target)) => (target, metadata),
            Err(_) if overwrite == Overwrite::Never => {
                return Err(WriteError::Exists { path: name() });
            }
            Err(error) => {
                let reason = format!("it is a link that leads nowhere ({})", plain(&error));
                return Err(WriteError::Refused { path: name(), reason });
            }
        }
    } else {
        (path.to_owned(), found)
    };
    if metadata.is_dir() {
        return Err(WriteError::IsFolder { path: name() });
    }
    if !metadata.is_file() && !metadata.file_type().is_char_device() {
        return Err(WriteError::NoFile { path: name() });
    }
    if overwrite == Overwrite::Never {
        return Err(WriteError::Exists { path: name() });
    }
    Ok(Destination { path: target, replaced: Some(metadata) })
}

/// The first link on the way that lies in a folder where others may write, and that belongs
/// neither to the user nor to the system.
fn foreign_link(path: &Path) -> Option<PathBuf> {
    let user = rustix::process::geteuid().as_raw();
    path.ancestors()
        .filter(|part| !part.as_os_str().is_empty())
        .find(|part| {
            let Ok(link) = fs::symlink_metadata(part) else { return false };
            let own = link.uid() == user || link.uid() == 0;
            if !link.is_symlink() || own {
                return false;
            }
            fs::metadata(folder_of(part)).is_ok_and(|folder| folder.mode() & 0o022 != 0)
        })
        .map(Path::to_owned)
}

fn of_device(path: &Path, error: &io::Error) -> WriteError {
    WriteError::Device { path: shown(path), reason: plain(error) }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// What an error means for a file to be written.
fn refusal(path: &Path, folder: &Path, error: &io::Error) -> WriteError {
    let this = folder.as_os_str().is_empty() || folder == Path::new(".");
    let place =
        || if this { "this folder".to_owned() } else { format!("the folder `{}`", shown(folder)) };
    match error.kind() {
        io::ErrorKind::NotFound => WriteError::NoFolder { folder: shown(folder) },
        io::ErrorKind::NotADirectory => WriteError::NotAFolder { folder: shown(folder) },
        io::ErrorKind::PermissionDenied => WriteError::Refused {
            path: shown(path),
            reason: format!("you may not write in {}", place()),
        },
        io::ErrorKind::ReadOnlyFilesystem => {
            WriteError::Refused { path: shown(path), reason: format!("{} is read-only", place()) }
        }
        _ => WriteError::Refused { path: shown(path), reason: plain(error) },
    }
}

/// An error of the system in plain words.
pub fn plain(error: &io::Error) -> String {
    use io::ErrorKind;
    let words = match error.kind() {
        ErrorKind::StorageFull => "the disk is full (make room)",
        ErrorKind::QuotaExceeded => "your share of the disk is used up (make room)",
        ErrorKind::FileTooLarge => "the file is larger than the system allows",
        ErrorKind::ReadOnlyFilesystem => "the file system is read-only",
        ErrorKind::PermissionDenied => "permission denied",
        ErrorKind::NotFound => "there is no such file or folder",
        ErrorKind::IsADirectory => "it is a folder",
        ErrorKind::NotADirectory => "a part of the path is no folder",
        ErrorKind::InvalidFilename => "the name is too long",
        _ if error.raw_os_error() == Some(Errno::LOOP.raw_os_error()) => "links lead in a circle",
        _ => return error.to_string(),
    };
    words.to_owned()
}
