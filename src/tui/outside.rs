//! The world outside of state and screen: what the effects of `update` do there.
//!
//! One thread draws, reads keys and carries effects out. What takes time (reading datasets, a
//! browser, a clipboard) runs on threads of its own, whose news come through a channel and wake
//! the one that waits. None of them goes round or asks again: where nothing happens, nothing runs.

pub mod browser;
pub mod changing;
pub mod clipboard;
pub mod clock;
pub mod colour;
pub mod editor;
pub mod flow;
pub mod keys;
pub mod order;
pub mod pen;
pub mod reading;
pub mod screen;
pub mod trace;
pub mod unsure;
pub mod wait;
pub mod watching;
pub mod words;

#[cfg(test)]
mod tests;

use std::io;
use std::path::Path;
use std::process::ExitStatus;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use crate::dataset::Input;
use crate::files::{WriteError, write_whole};
use crate::folders::Folders;
use crate::memory::{Memory, Place};
use crate::model::{DatasetInfo, Timeline};
use crate::tui::change;
use crate::tui::look::Look;
use crate::tui::outside::reading::{Again, Sources, Stamp};
use crate::tui::outside::wait::Bell;
use crate::tui::outside::watching::{Watching, watch};
use crate::tui::update::{Loaded, Report, WriteRequest};
use crate::verify::{Archives, Bound, verify};

/// A save is over when nothing more came for so long.
const QUIET: Duration = Duration::from_millis(50);

/// A file that never comes to rest is read all the same, so long after it began to change.
const LONGEST_SAVE: Duration = Duration::from_millis(250);

/// News from another thread.
enum News {
    /// A dataset may hold something else.
    Changed,
    /// The datasets were read again.
    Read(Box<Again>),
    /// Anything else.
    Report(Report),
}

/// Where other threads leave their news.
#[derive(Clone)]
struct Desk {
    news: Sender<News>,
    bell: Bell,
}

impl Desk {
    fn leave(&self, news: News) {
        // At the end nobody is there to hear it.
        let _ = self.news.send(news);
        self.bell.ring();
    }
}

/// A save that is going on.
#[derive(Clone, Copy)]
struct Change {
    first: Instant,
    last: Instant,
}

/// Why the datasets are read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    /// Only a beginning is on show.
    Beginning,
    /// We changed a file, which was told.
    Ours,
    /// Somebody else did, or the user asks for it: that it was done needs a word.
    Theirs,
}

/// Everything outside that outlives an effect.
pub struct Outside {
    desk: Desk,
    news: Receiver<News>,
    sources: Sources,
    /// The files as they were when they were last to be read.
    stamps: Vec<Stamp>,
    change: Option<Change>,
    /// Why a thread reads the datasets, and why it is to read them once more.
    reading: Option<Why>,
    next: Option<Why>,
    /// What was read last, where that was all there was.
    last: Option<Arc<Timeline>>,
    memory: Memory,
    /// Whether the user knows that nothing is kept.
    told: bool,
    _watching: Option<Watching>,
}

impl Outside {
    /// Watches the sources. `last` is what was read of them, where that is all there was.
    pub fn new(
        sources: Sources,
        last: Option<Arc<Timeline>>,
        memory: Memory,
        bell: Bell,
    ) -> Outside {
        let (sender, news) = channel();
        let desk = Desk { news: sender, bell };
        let watching = if sources.may_change() {
            let notify = desk.clone();
            let watching = watch(&sources, move || notify.leave(News::Changed));
            watching.map_err(|reason| desk.leave(News::Report(Report::Failed(reason)))).ok()
        } else {
            None
        };
        Outside {
            stamps: sources.stamps(),
            desk,
            news,
            sources,
            change: None,
            reading: None,
            next: None,
            last,
            memory,
            told: false,
            _watching: watching,
        }
    }

    /// When something is to be done though nothing comes.
    pub fn due(&self) -> Option<Instant> {
        let change = self.change?;
        Some((change.last + QUIET).min(change.first + LONGEST_SAVE))
    }

    /// What other threads have to tell, now that we are awake.
    pub fn reports(&mut self) -> Vec<Report> {
        let mut reports = Vec::new();
        while let Ok(news) = self.news.try_recv() {
            match news {
                News::Changed => {
                    let now = Instant::now();
                    let first = self.change.map_or(now, |change| change.first);
                    self.change = Some(Change { first, last: now });
                }
                News::Read(again) => reports.extend(self.take_in(*again)),
                News::Report(report) => reports.push(report),
            }
        }
        if self.due().is_some_and(|due| due <= Instant::now()) {
            self.change = None;
            self.look();
        }
        reports
    }

    /// What was read replaces what is on show: a mistake in one entry, or in one file, hides no other.
    /// Where nothing at all could be read, the last state stays.
    fn take_in(&mut self, again: Again) -> Vec<Report> {
        let why = self.reading.take();
        if let Some(next) = self.next.take() {
            self.begin(next);
        }
        let Again { read, trouble } = again;
        let mut reports = Vec::new();
        if let Some((timeline, _)) = &read {
            self.last = Some(Arc::clone(timeline));
            let noun = if timeline.len() == 1 { "entry" } else { "entries" };
            if why == Some(Why::Theirs) {
                let amiss = timeline.amiss().map(|amiss| format!(", {amiss}")).unwrap_or_default();
                reports.push(Report::Said(format!("read again: {} {noun}{amiss}", timeline.len())));
            }
        }
        let (timeline, all) = read.unzip();
        let loaded = Loaded { timeline, all, trouble };
        reports.insert(0, Report::Loaded(Box::new(loaded)));
        reports
    }

    /// Reads the datasets again as they are now: once a thread that reads them already is done.
    fn read_again(&mut self, why: Why) {
        self.change = None;
        self.stamps = self.sources.stamps();
        if self.reading.is_some() {
            self.next = self.next.max(Some(why));
        } else {
            self.begin(why);
        }
    }

    fn begin(&mut self, why: Why) {
        self.reading = Some(why);
        let desk = self.desk.clone();
        let last = self.last.clone();
        self.sources.read_again(last, move |again| desk.leave(News::Read(Box::new(again))));
    }

    /// Changes a file, and reads the datasets again.
    pub fn change(&mut self, change: change::Change) -> Report {
        let report = changing::change(change);
        if matches!(report, Report::Changed(..)) {
            self.read_again(Why::Ours);
        }
        report
    }

    /// Looks for the quotes of a timeline in the archives of their sources, if any names one, as far
    /// as opening it is worth.
    pub fn verify(&self, timeline: Arc<Timeline>) {
        if timeline.sources().iter().all(|source| source.archive.is_none()) {
            return;
        }
        let input =
            |dataset: &DatasetInfo| Input { path: dataset.path.clone(), ..Input::new("", "") };
        let inputs: Vec<Input> = timeline.datasets().iter().map(input).collect();
        self.in_the_background(move || {
            let archives = Archives::of(&inputs);
            let report = verify(&timeline, timeline.indexes(), &archives, Bound::OPENING);
            Some(Report::Verified(timeline, Arc::new(report)))
        });
    }

    /// Looks for what a query shows or a search finds, for as long as it is wanted.
    pub fn look_for(&self, look: Look) {
        self.in_the_background(move || look.answer().map(Report::Found));
    }

    /// Reads the datasets again because the user asks for it.
    pub fn reload(&mut self) -> Option<Report> {
        if !self.sources.may_change() {
            let text = "there is no file to read again: this dataset came with the program or \
                        through standard input";
            return Some(Report::Failed(text.to_owned()));
        }
        self.read_again(Why::Theirs);
        None
    }

    /// Reads all of what only the beginning is on show of.
    pub fn read_rest(&mut self) {
        self.read_again(Why::Beginning);
    }

    /// Reads them again if a file is another than it was: when one may have changed, and when a
    /// change may have been missed, as on a file system of another machine. What we wrote ourselves
    /// is known by its stamps.
    pub fn look(&mut self) {
        if self.sources.may_change() && self.sources.stamps() != self.stamps {
            self.read_again(Why::Theirs);
        }
    }

    /// Keeps the place; tells the first time that it cannot.
    pub fn keep(&mut self, place: &Place) -> Option<Report> {
        let reason = self.memory.keep(place).err()?;
        (!std::mem::replace(&mut self.told, true)).then_some(Report::Failed(reason))
    }

    /// Runs something on a thread of its own that ends in a report.
    pub fn in_the_background(&self, work: impl FnOnce() -> Option<Report> + Send + 'static) {
        let desk = self.desk.clone();
        std::thread::spawn(move || {
            if let Some(report) = work() {
                desk.leave(News::Report(report));
            }
        });
    }
}

/// Writes a file, and says what came of it.
pub fn write(request: Box<WriteRequest>) -> Report {
    let folders = Folders::of_the_user();
    let path = folders.expand(&request.path.to_string_lossy());
    match write_whole(&path, &request.bytes, request.overwrite) {
        Ok(written) => {
            let path = folders.shorten(&path);
            Report::Written(format!("{} written to {path} ({} bytes)", request.what, written.bytes))
        }
        Err(WriteError::Exists { .. }) => Report::Exists(request),
        Err(error) => Report::Failed(error.to_string()),
    }
}

/// How many paths are offered at most.
const MOST_PATHS: usize = 500;

/// The paths that begin as typed, folders with a `/` behind them. Hidden ones only when asked for.
pub fn paths(typed: &str) -> Report {
    let cut = typed.rfind('/').map_or(0, |slash| slash + 1);
    let (folder, begun) = typed.split_at(cut);
    let place = Folders::of_the_user().expand(if folder.is_empty() { "./" } else { folder });
    let mut found = Vec::new();
    for item in std::fs::read_dir(place).into_iter().flatten().flatten() {
        let name = item.file_name().to_string_lossy().into_owned();
        let hidden = name.starts_with('.') && !begun.starts_with('.');
        if !name.starts_with(begun) || hidden {
            continue;
        }
        let slash = if item.path().is_dir() { "/" } else { "" };
        found.push(format!("{folder}{name}{slash}"));
    }
    found.sort();
    found.truncate(MOST_PATHS);
    Report::Paths(found)
}

/// Whether a dataset is a file that an editor can open.
///
/// # Errors
///
/// In one sentence, why not.
pub fn editable(file: &Path, sources: &Sources) -> Result<(), String> {
    if sources.may_change() && file.is_file() {
        return Ok(());
    }
    Err(format!("`{}` is no file here; there is nothing to edit", file.display()))
}

/// What to say of a program that ended; nothing if all is well.
pub fn told(name: &str, ended: io::Result<ExitStatus>, advice: &str) -> Option<Report> {
    let failed = match ended {
        Ok(ended) if ended.success() => return None,
        Ok(ended) => format!("`{name}` ended with {ended}"),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            format!("there is no program `{name}`")
        }
        Err(error) => format!("`{name}` cannot be run: {error}"),
    };
    Some(Report::Failed(format!("{failed}; {advice}")))
}
