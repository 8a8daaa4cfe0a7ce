//! Opening a file to read it: a file, and nothing that only stands in a file's place.
//!
//! A named pipe waits for somebody to write to it, a device may give without end or nothing at all,
//! and a file that somebody is writing this moment is not whole: none of them is taken for a file,
//! and nothing is waited for longer than a person notices.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::thread;
use std::time::{Duration, SystemTime};

use rustix::fs::OFlags;

/// A file that was written to so lately may still be.
const QUIET: Duration = Duration::from_millis(50);

/// How often a file that changes is looked at again.
const LOOKS: usize = 6;

/// Opens a file. What stands in its place is refused in words, and never waited for.
///
/// # Errors
///
/// Those of the system, and what is there instead.
pub fn open(path: &Path) -> io::Result<(File, Metadata)> {
    let waits_for_nothing = OFlags::NONBLOCK | OFlags::NOCTTY;
    let flags = waits_for_nothing.bits().cast_signed();
    let file = OpenOptions::new().read(true).custom_flags(flags).open(path)?;
    let found = file.metadata()?;
    match instead(&found) {
        None => Ok((file, found)),
        Some(what) => Err(io::Error::other(format!("it is {what}, and no file"))),
    }
}

/// Opens what the user named to be read: a file, or what a shell handed over under a name of its
/// own (`<(…)`, `/dev/stdin`), which ends as any other stream. A device is read as far as it gives
/// something at once.
///
/// # Errors
///
/// Those of [`open`].
pub fn open_given(path: &Path) -> io::Result<(File, Metadata)> {
    if is_handed_over(path) {
        let file = File::open(path)?;
        let found = file.metadata()?;
        return Ok((file, found));
    }
    let found = std::fs::metadata(path)?;
    if !found.file_type().is_char_device() {
        return open(path);
    }
    let flags = (OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed();
    let file = OpenOptions::new().read(true).custom_flags(flags).open(path)?;
    if rustix::termios::isatty(&file) {
        return Err(io::Error::other("it is a terminal, and no file"));
    }
    Ok((file, found))
}

/// Whether a path is that of an open file of ours.
fn is_handed_over(path: &Path) -> bool {
    ["/dev/fd", "/proc/self/fd"].iter().any(|folder| path.starts_with(folder))
        || path == Path::new("/dev/stdin")
}

/// What stands in the place of a file.
pub fn instead(found: &Metadata) -> Option<&'static str> {
    let kind = found.file_type();
    if kind.is_file() {
        None
    } else if kind.is_dir() {
        Some("a folder")
    } else if kind.is_fifo() {
        Some("a named pipe")
    } else if kind.is_socket() {
        Some("a socket")
    } else {
        Some("a device")
    }
}

/// All of a small file, such as one of settings.
///
/// # Errors
///
/// Those of [`open`], that it is larger than that, and that it is no UTF-8.
pub fn read_small(path: &Path, most: u64) -> io::Result<String> {
    let (file, _) = open(path)?;
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other(format!("it is larger than {most} bytes")));
    }
    String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "no UTF-8"))
}

/// All of a file that nobody is writing this moment, as a text.
///
/// # Errors
///
/// Those of [`open`], that somebody is writing it, and that it is no UTF-8.
pub fn read_settled(path: &Path) -> io::Result<String> {
    for _ in 0..LOOKS {
        let (mut file, before) = open(path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        thread::sleep(until_quiet(&before));
        if is_unchanged(&file, &before)? {
            let no_text = |_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8");
            return String::from_utf8(bytes).map_err(no_text);
        }
    }
    Err(io::Error::other(BEING_WRITTEN))
}

/// What is said of a file that does not come to rest.
pub const BEING_WRITTEN: &str = "another program is writing it; try again when that is done";

/// How long it takes until a file that nobody writes to has not been written to for a while.
pub fn until_quiet(found: &Metadata) -> Duration {
    // A time in the future says nothing.
    let age = found.modified().ok().and_then(|at| SystemTime::now().duration_since(at).ok());
    age.map_or(Duration::ZERO, |age| QUIET.saturating_sub(age))
}

/// Whether an open file is as long and as old as it was.
///
/// # Errors
///
/// The system does not tell.
pub fn is_unchanged(file: &File, before: &Metadata) -> io::Result<bool> {
    let now = file.metadata()?;
    let of = |found: &Metadata| (found.len(), found.mtime(), found.mtime_nsec());
    Ok(of(&now) == of(before))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;
    use std::sync::atomic::{AtomicBool, Ordering};

    use rustix::fs::{CWD, FileType, Mode, mknodat};

    use super::*;

    #[test]
    fn what_is_no_file_is_told_and_never_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        mknodat(CWD, at("pipe"), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        fs::create_dir(at("folder")).unwrap();
        fs::write(at("file"), "text").unwrap();
        fs::write(at("latin"), b"\xe9").unwrap();
        mknodat(CWD, at("socket"), FileType::Socket, Mode::RUSR, 0).unwrap();
        for (path, expected) in [
            (at("pipe"), "it is a named pipe, and no file"),
            (at("folder"), "it is a folder, and no file"),
            (Path::new("/dev/zero").to_owned(), "it is a device, and no file"),
        ] {
            for read in [read_settled, |path: &Path| read_small(path, 10)] {
                assert_eq!(read(&path).unwrap_err().to_string(), expected, "{}", path.display());
            }
        }
        assert!(open_given(&at("pipe")).unwrap_err().to_string().contains("named pipe"));
        assert!(open_given(Path::new("/dev/null")).is_ok());
        assert!(open(&at("socket")).is_err());
        assert_eq!(read_small(&at("file"), 4).unwrap(), "text");
        assert!(read_small(&at("file"), 3).unwrap_err().to_string().contains("larger than 3"));
        assert!(read_settled(&at("latin")).unwrap_err().to_string().contains("UTF-8"));
    }

    #[test]
    fn a_file_that_grows_is_not_taken_for_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "begun").unwrap();
        let done = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                let mut file = OpenOptions::new().append(true).open(&path).unwrap();
                while !done.load(Ordering::SeqCst) {
                    file.write_all(b".").unwrap();
                    thread::sleep(Duration::from_millis(1));
                }
            });
            let error = read_settled(&path).map_err(|error| error.to_string());
            done.store(true, Ordering::SeqCst);
            assert_eq!(error.unwrap_err(), BEING_WRITTEN);
        });
        assert!(read_settled(&path).unwrap().starts_with("begun"));
    }
}
