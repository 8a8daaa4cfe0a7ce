//! What is kept between runs: for each dataset the place that the user was at, and the last choice
//! made for an export.
//!
//! One file in the state folder holds it all. Nothing that is wrong with it ever stops the
//! program: it goes on without, and says so once. Several instances may run at a time: each reads
//! the file again before it writes, under a lock, and changes only what its user changed.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::fs::{FlockOperation, flock};
use serde::{Deserialize, Serialize};

use crate::files::{instead, open, plain, write_private};

/// The version of the file that this program reads and writes.
const VERSION: u32 = 1;

/// The file, in the state folder.
const FILE: &str = "state.ron";

/// Who holds a lock on this file may write the other.
const LOCK: &str = "state.lock";

/// The datasets that are remembered: beyond these, the ones left longest ago are forgotten.
const MOST_DATASETS: usize = 500;

/// The queries that are remembered for a dataset, and the searches.
const MOST_QUERIES: usize = 100;

/// A larger file is not ours, in bytes.
const LARGEST: u64 = 16 << 20;

/// How long another instance is waited for.
const PATIENCE: Duration = Duration::from_millis(200);

/// Where the user was in a dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// The selected entry, by its full id.
    pub entry: Option<String>,
    /// The marks, each with the full id of its entry.
    pub marks: BTreeMap<char, String>,
    /// The queries made, the newest last.
    pub queries: Vec<String>,
    /// The words searched for, the newest last.
    pub searches: Vec<String>,
    /// The query in force.
    pub query: Option<String>,
    /// The view, by its name.
    pub view: Option<String>,
    /// The last choice made for an export, whatever the dataset.
    #[serde(skip)]
    pub export: Option<ExportChoice>,
}

/// The last choice made for an export.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExportChoice {
    /// The format, by its name.
    pub format: Option<String>,
    /// Where to, as typed.
    pub path: Option<String>,
    /// Whether to the clipboard rather than to a file.
    pub clipboard: bool,
    /// Whether without saying how it came about.
    pub no_provenance: bool,
    /// The width of its text, in columns.
    pub width: Option<usize>,
    /// Whether with a row a figure, rather than a row an entry.
    pub per_figure: bool,
    /// Whether with a byte order mark.
    pub bom: bool,
}

/// A place in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    /// When, as a count of all keeping.
    number: u64,
    place: Place,
}

/// The file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stored {
    version: u32,
    #[serde(default)]
    datasets: BTreeMap<String, Kept>,
    #[serde(default)]
    export: Option<ExportChoice>,
}

impl Default for Stored {
    fn default() -> Self {
        Stored { version: VERSION, datasets: BTreeMap::new(), export: None }
    }
}

/// The memory of one dataset, or of several that are open as one timeline.
#[derive(Debug, Default)]
pub struct Memory {
    /// The state folder; none where nothing is kept.
    folder: Option<PathBuf>,
    /// What the dataset is called in the file.
    key: String,
    /// The place as it was read or last kept: what differs from it, this user changed.
    base: Place,
}

/// What came of looking for an earlier run.
#[derive(Debug, Default)]
pub struct Remembered {
    /// Keeps what is to come.
    pub memory: Memory,
    /// Where the user was.
    pub place: Place,
    /// What the user should know, in one sentence.
    pub notice: Option<String>,
    /// Whether nothing was ever kept: the user is here for the first time.
    pub first: bool,
}

impl Memory {
    /// A memory that keeps nothing.
    pub fn off() -> Self {
        Memory::default()
    }

    /// Looks in the state folder for an earlier run over the datasets of that key.
    pub fn open(folder: &Path, key: &str) -> Remembered {
        let mut remembered = Remembered {
            memory: Memory {
                folder: Some(folder.to_owned()),
                key: key.to_owned(),
                ..Memory::default()
            },
            ..Remembered::default()
        };
        match read(folder) {
            Ok(stored) => {
                remembered.first = stored == Stored::default();
                let kept = stored.datasets.get(key).cloned().unwrap_or_default();
                remembered.place = Place { export: stored.export, ..kept.place };
                remembered.memory.base = remembered.place.clone();
            }
            Err(trouble) => {
                if !matches!(trouble, Trouble::Damaged { .. }) {
                    remembered.memory.folder = None;
                }
                remembered.notice = Some(trouble.to_string());
            }
        }
        remembered
    }

    /// Keeps the place. What another instance kept meanwhile stays: other datasets, and for this
    /// one its marks and queries.
    ///
    /// # Errors
    ///
    /// In one sentence, why it is not kept.
    pub fn keep(&mut self, place: &Place) -> Result<(), String> {
        let Some(folder) = self.folder.clone() else { return Ok(()) };
        if *place == self.base {
            return Ok(());
        }
        self.keep_in(&folder, place)
            .map_err(|reason| format!("your place and marks are not kept: {reason}"))
    }

    fn keep_in(&mut self, folder: &Path, place: &Place) -> Result<(), String> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(|error| format!("no folder `{}` ({})", folder.display(), plain(&error)))?;
        let _lock = lock(folder)?;
        let mut stored = match read(folder) {
            Ok(stored) => stored,
            // It was set aside; what this instance knows begins a new one.
            Err(Trouble::Damaged { .. }) => Stored::default(),
            Err(Trouble::Newer { path, .. }) => return Err(format!("`{path}` is a newer one's")),
            Err(Trouble::Unreadable { path, reason }) => {
                return Err(format!("cannot read `{path}` ({reason})"));
            }
        };
        let theirs = stored.datasets.remove(&self.key).unwrap_or_default();
        let newest = stored.datasets.values().map(|kept| kept.number).max().unwrap_or(0);
        let place_now = merge(&self.base, place, theirs.place);
        let kept = Kept { number: newest.saturating_add(1), place: place_now };
        stored.datasets.insert(self.key.clone(), kept);
        while stored.datasets.len() > MOST_DATASETS {
            let oldest = stored.datasets.iter().min_by_key(|(_, kept)| kept.number);
            let Some(oldest) = oldest.map(|(key, _)| key.clone()) else { break };
            stored.datasets.remove(&oldest);
        }
        if place.export.is_some() && place.export != self.base.export {
            stored.export = place.export.clone();
        }
        let text = crate::dataset::ron_options()
            .to_string_pretty(&stored, ron::ser::PrettyConfig::default())
            .map_err(|error| error.to_string())?;
        write_private(&folder.join(FILE), text.as_bytes()).map_err(|error| error.to_string())?;
        // From here on, what differs from `place` is new; what others added is not ours to remove.
        self.base = place.clone();
        Ok(())
    }
}

/// What this instance changed since `base`, applied to what is in the file now.
fn merge(base: &Place, ours: &Place, theirs: Place) -> Place {
    let mut marks = theirs.marks;
    for (name, entry) in &ours.marks {
        if base.marks.get(name) != Some(entry) {
            marks.insert(*name, entry.clone());
        }
    }
    marks.retain(|name, _| ours.marks.contains_key(name) || !base.marks.contains_key(name));
    let queries = history(&base.queries, &ours.queries, theirs.queries);
    let searches = history(&base.searches, &ours.searches, theirs.searches);
    Place { marks, queries, searches, ..ours.clone() }
}

/// What was typed since `base` comes after all that others typed.
fn history(base: &[String], ours: &[String], mut theirs: Vec<String>) -> Vec<String> {
    let known = base.iter().zip(ours).take_while(|(old, new)| old == new).count();
    for line in ours.iter().skip(known) {
        theirs.retain(|other| other != line);
        theirs.push(line.clone());
    }
    theirs.drain(..theirs.len().saturating_sub(MOST_QUERIES));
    theirs
}

/// Why there is nothing to remember.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error("the state file was damaged; it is kept as `{aside}`, and a new one is begun")]
    Damaged { aside: String },
    #[error(
        "your place and marks are not kept: a newer dateline (version {version}) wrote `{path}`"
    )]
    Newer { path: String, version: u32 },
    #[error("your place and marks are not kept: cannot read `{path}` ({reason})")]
    Unreadable { path: String, reason: String },
}

/// The version alone, whatever else there is.
#[derive(Deserialize)]
struct Version {
    version: u32,
}

fn read(folder: &Path) -> Result<Stored, Trouble> {
    let path = folder.join(FILE);
    let unreadable =
        |reason: String| Trouble::Unreadable { path: path.display().to_string(), reason };
    let bytes = match read_file(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Stored::default()),
        Err(error) => return Err(unreadable(plain(&error))),
    };
    let text = String::from_utf8(bytes).unwrap_or_default();
    let options = crate::dataset::ron_options();
    if let Ok(Version { version }) = options.from_str(&text)
        && version > VERSION
    {
        return Err(Trouble::Newer { path: path.display().to_string(), version });
    }
    match options.from_str::<Stored>(&text) {
        Ok(stored) => Ok(stored),
        Err(_) => {
            let aside = set_aside(&path).map_err(|error| unreadable(plain(&error)))?;
            Err(Trouble::Damaged { aside: aside.display().to_string() })
        }
    }
}

/// All of a file, if it is one and is not too large.
fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let (file, metadata) = open(path)?;
    if metadata.len() > LARGEST {
        return Err(io::Error::other("it is no file that dateline wrote"));
    }
    let mut bytes = Vec::new();
    file.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Renames a damaged file to the first free name of `state.ron.damaged`, `state.ron.damaged-2`, …
fn set_aside(path: &Path) -> io::Result<PathBuf> {
    let mut number = 1;
    loop {
        let ending = if number == 1 { "damaged".to_owned() } else { format!("damaged-{number}") };
        let aside = path.with_extension(format!("ron.{ending}"));
        match fs::symlink_metadata(&aside) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::rename(path, &aside)?;
                return Ok(aside);
            }
            Err(error) => return Err(error),
            Ok(_) => number += 1,
        }
    }
}

/// Whatever has taken a file's place, opening it must not wait.
fn nonblocking() -> i32 {
    rustix::fs::OFlags::NONBLOCK.bits().cast_signed()
}

/// Waits a little for others to finish. The lock ends with the file.
fn lock(folder: &Path) -> Result<File, String> {
    let path = folder.join(LOCK);
    if let Some(what) = fs::metadata(&path).ok().and_then(|found| instead(&found)) {
        return Err(format!("`{}` is {what}, and no file", path.display()));
    }
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .custom_flags(nonblocking())
        .open(&path)
        .map_err(|error| format!("cannot write `{}` ({})", path.display(), plain(&error)))?;
    let begun = Instant::now();
    loop {
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => return Ok(file),
            Err(rustix::io::Errno::WOULDBLOCK) if begun.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(5));
            }
            Err(rustix::io::Errno::WOULDBLOCK) => {
                return Err("another dateline is writing them".to_owned());
            }
            Err(error) => return Err(plain(&error.into())),
        }
    }
}
