//! `--log FILE`: a trace for reports of bugs. Without it nothing is logged anywhere.
//!
//! It says what the program did and how long that took, never what a dataset says, what was typed
//! or where files lie; of entries there is the id at most.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::fs::OFlags;

use crate::files::plain;
use crate::text::visible;

/// What a log begins with, by which it is told from a file that is not to be touched.
const TITLE: &str = "dateline log\n";

/// Why there is no log.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "each says what it is in its message")]
pub enum LogError {
    #[error(
        "`{path}` is there already and is no log of this program's; nothing was changed. Name another file with --log"
    )]
    NoLog { path: String },
    #[error("cannot write the log `{path}`: {reason}; name another file with --log")]
    Refused { path: String, reason: String },
}

/// Where the trace goes, if anywhere.
#[derive(Debug)]
pub struct Log {
    out: Option<File>,
    begun: Instant,
}

impl Default for Log {
    fn default() -> Self {
        Log { out: None, begun: Instant::now() }
    }
}

impl Log {
    /// Begins a log that nobody else can read, or goes on with an earlier one.
    ///
    /// # Errors
    ///
    /// Why there is none. A file that is no log is left as it is.
    pub fn open(path: &Path) -> Result<Log, LogError> {
        let name = || path.display().to_string();
        let refused = |error: io::Error| LogError::Refused { path: name(), reason: plain(&error) };
        let mut options = OpenOptions::new();
        // No link is followed, and nothing waited for, such as the reader of a pipe.
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        options.append(true).mode(0o600).custom_flags(flags.bits().cast_signed());
        let out = match options.clone().create_new(true).open(path) {
            Ok(mut new) => match new.write_all(TITLE.as_bytes()) {
                Ok(()) => new,
                Err(error) => {
                    // What is left would be no log.
                    let _ = fs::remove_file(path);
                    return Err(refused(error));
                }
            },
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                let earlier = fs::symlink_metadata(path).map_err(refused)?.is_file()
                    && is_log(options.clone().read(true).open(path).map_err(refused)?);
                if !earlier {
                    return Err(LogError::NoLog { path: name() });
                }
                options.open(path).map_err(refused)?
            }
            Err(error) => return Err(refused(error)),
        };
        Ok(Log { out: Some(out), begun: Instant::now() })
    }

    /// Writes a line, with the time since the beginning in seconds. A log that cannot be written
    /// any more ends; nothing else does.
    pub fn note(&mut self, line: impl FnOnce() -> String) {
        let Some(out) = &mut self.out else { return };
        let line = format!("{:10.4} {}\n", self.begun.elapsed().as_secs_f64(), visible(&line()));
        if out.write_all(line.as_bytes()).is_err() {
            self.out = None;
        }
    }

    /// What every report of a bug should say.
    pub fn begin(&mut self, size: (u16, u16), facts: impl FnOnce() -> String) {
        self.note(|| {
            let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
            format!("dateline {} on {os} {arch}", env!("CARGO_PKG_VERSION"))
        });
        self.note(|| {
            let of = |name: &str| {
                std::env::var(name)
                    .map_or_else(|_| format!("no {name}"), |it| format!("{name}={it}"))
            };
            let about =
                ["TERM", "COLORTERM", "NO_COLOR", "TMUX", "LC_ALL", "LANG"].map(of).join(", ");
            format!("terminal {}x{}, {about}", size.0, size.1)
        });
        self.note(facts);
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.note(|| "end, by a panic".to_owned());
        }
    }
}

fn is_log(mut file: File) -> bool {
    let mut begins = [0; TITLE.len()];
    file.read_exact(&mut begins).is_ok() && begins == TITLE.as_bytes()
}

/// A duration as the log has it.
pub fn millis(duration: Duration) -> String {
    format!("{:.2} ms", duration.as_secs_f64() * 1e3)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{MetadataExt, symlink};

    use super::*;

    #[test]
    fn a_log_is_private_and_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        Log::open(&path).unwrap().note(|| "one".to_owned());
        let mut log = Log::open(&path).unwrap();
        log.note(|| "two\u{1b}[2J\n".to_owned());
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with(TITLE) && text.contains(" one\n"), "{text}");
        assert!(text.ends_with(" two␛[2J␊\n"), "{text}");
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
    }

    #[test]
    fn what_is_no_log_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("record.ron"), "Dataset(").unwrap();
        fs::write(at("empty"), "").unwrap();
        Log::open(&at("real")).unwrap();
        symlink("real", at("link")).unwrap();
        symlink("nowhere", at("dangling")).unwrap();
        for name in ["record.ron", "empty", "link", "dangling", "", "missing/log"] {
            let error = Log::open(&at(name)).unwrap_err().to_string();
            assert!(error.contains("--log"), "{name}: {error}");
        }
        assert_eq!(fs::read_to_string(at("record.ron")).unwrap(), "Dataset(");
        assert_eq!(fs::read_to_string(at("real")).unwrap(), TITLE);
        assert!(!at("nowhere").exists());
        assert!(Log::open(Path::new("/dev/null")).is_err());
    }
}
