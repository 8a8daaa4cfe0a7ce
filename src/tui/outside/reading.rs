//! Reading the datasets again, on a thread of its own.

use std::collections::HashSet;
use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime};

use crate::dataset::{self, Input, LoadError, Problem, Reading, Severity};
use crate::import;
use crate::model::Timeline;
use crate::view::shown::Shown;

/// A file that is being replaced may be away or empty for a moment.
const MOMENT: Duration = Duration::from_millis(150);

/// The datasets as the user named them.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    names: Vec<PathBuf>,
    /// What came from standard input: it can be read only once.
    stream: Option<Input>,
}

/// A file as it is seen from outside; nothing is seen of one that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    file: PathBuf,
    /// Which one on which disk, how long, and when changed last.
    seen: Option<((u64, u64), u64, SystemTime)>,
}

/// What came of reading again.
#[derive(Debug)]
pub struct Again {
    /// All entries without errors, ready to be shown.
    pub read: Option<(Arc<Timeline>, Arc<Shown>)>,
    /// What is wrong, in one line.
    pub trouble: Option<String>,
}

impl Sources {
    /// The names as given, none for the dataset that comes with the program, and what was read.
    pub fn new(names: &[PathBuf], inputs: &[Input]) -> Sources {
        // Standard input is read under no path; a device that has no end is not read again either.
        let from_stream = inputs.iter().find(|input| input.path.is_none());
        let named = names.iter().any(|name| is_stream(name));
        Sources { names: names.to_vec(), stream: from_stream.filter(|_| named).cloned() }
    }

    /// The files and folders that may change.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.names.iter().map(PathBuf::as_path).filter(|name| !is_stream(name))
    }

    /// Whether there is anything to read again.
    pub fn may_change(&self) -> bool {
        self.paths().next().is_some()
    }

    /// What the memory calls them; none for standard input, which is nothing to come back to.
    pub fn key(&self) -> Option<String> {
        if self.names.is_empty() {
            return Some("built in".to_owned());
        }
        if self.stream.is_some() {
            return None;
        }
        let whole = |path| fs::canonicalize(path).unwrap_or_else(|_| PathBuf::from(path));
        let paths: Vec<String> =
            self.paths().map(|path| whole(path).to_string_lossy().into_owned()).collect();
        Some(paths.join("\n"))
    }

    /// What tells apart the files that are read: where they differ, something was saved.
    pub fn stamps(&self) -> Vec<Stamp> {
        let files = self.paths().flat_map(|path| match dataset::files(path) {
            Ok(files) => files.into_iter().map(|(file, found)| (file, Some(found))).collect(),
            Err(_) => vec![(path.to_owned(), None)],
        });
        let seen = |found: Metadata| {
            Some(((found.dev(), found.ino()), found.len(), found.modified().ok()?))
        };
        files.map(|(file, found)| Stamp { file, seen: found.and_then(seen) }).collect()
    }

    /// Reads the files as they are now. What cannot be read stays as it was read last, and what is
    /// gone from a folder goes; both are told.
    fn load(&self, last: Option<&Timeline>) -> Loaded {
        let mut loaded = Loaded::default();
        for name in &self.names {
            match &self.stream {
                Some(stream) if is_stream(name) => {
                    loaded.inputs.push(stream.clone());
                    continue;
                }
                _ => {}
            }
            // What is wrong with it as a dataset says more.
            if let Ok(Some((foreign, _))) = import::open(name, &import::Options::default()) {
                loaded.inputs.push(foreign);
                continue;
            }
            match dataset::load_each(std::slice::from_ref(name)) {
                Ok(files) => files.into_iter().for_each(|(file, input)| match input {
                    Ok(input) => loaded.inputs.push(input),
                    Err(error) => loaded.keep(last, &error, |known| known == file),
                }),
                Err(error) => loaded.keep(last, &error, |known| known.starts_with(name)),
            }
        }
        let here: HashSet<&str> = loaded.inputs.iter().map(|input| &*input.name).collect();
        let before = last.into_iter().flat_map(|last| (0..).zip(last.datasets()));
        let gone: Vec<String> = before
            .filter(|(_, dataset)| !here.contains(&*dataset.file))
            .map(|(number, dataset)| gone(&dataset.file, entries_of(last, number)))
            .collect();
        loaded.gone = !gone.is_empty();
        loaded.told.extend(gone);
        loaded
    }

    fn load_patiently(&self, last: Option<&Timeline>) -> Loaded {
        let loaded = self.load(last);
        if loaded.away || loaded.gone {
            thread::sleep(MOMENT);
            return self.load(last);
        }
        loaded
    }

    fn read(&self, last: Option<&Timeline>) -> Again {
        let Loaded { mut inputs, mut told, .. } = self.load_patiently(last);
        if inputs.is_empty() {
            return Again { read: None, trouble: Some(told.join("; ")) };
        }
        let mut reading = dataset::read(&inputs);
        // A text that ends too early may be on its way: what stood there before is not let go for it.
        let mut again = false;
        for (number, input) in inputs.iter_mut().enumerate() {
            let cut = reading.cut.get(number).copied().unwrap_or_default();
            let Some(kept) = last.and_then(|last| kept(last, &input.name)).filter(|_| cut) else {
                continue;
            };
            let before = last.and_then(|last| number_of(last, &input.name));
            let before = before.map_or(0, |number| entries_of(last, number));
            if before > entries_of(Some(&reading.timeline), number) {
                let first = reading.problems.iter().find(|problem| problem.input == number);
                let place = first.map_or_else(
                    || input.name.clone(),
                    |problem| {
                        let here = Problem { input: 0, flaw: problem.flaw.clone() };
                        dataset::location(&here, std::slice::from_ref(input))
                    },
                );
                told.push(as_before(&format!("{place}: the dataset is not whole")));
                *input = kept;
                again = true;
            }
        }
        if again {
            reading = dataset::read(&inputs);
        }
        told.extend(trouble(&reading, &inputs));
        let trouble = Some(told.join("; ")).filter(|told| !told.is_empty());
        // With nothing sound in it, it is no timeline to look at, as when it is opened.
        if reading.timeline.is_empty() && reading.has_errors() {
            return Again { read: None, trouble };
        }
        let timeline = Arc::new(reading.timeline);
        let all = Shown::new(&timeline, timeline.indexes().collect());
        Again { read: Some((timeline, Arc::new(all))), trouble }
    }

    /// Reads them on a thread of its own, which hands over what came of it. Never fails: what goes
    /// wrong is the trouble that is told.
    /// `last` is what was read before, where that was all there was.
    pub fn read_again(
        &self,
        last: Option<Arc<Timeline>>,
        done: impl FnOnce(Again) + Send + 'static,
    ) {
        let sources = self.clone();
        thread::spawn(move || {
            let read = catch_unwind(AssertUnwindSafe(|| sources.read(last.as_deref())));
            drop(last);
            let read = read.unwrap_or_else(|_| Again {
                read: None,
                trouble: Some("reading the datasets failed; this is a bug in dateline".to_owned()),
            });
            let timeline = read.read.as_ref().map(|(timeline, _)| Arc::clone(timeline));
            done(read);
            // An export names it, and is not to wait for it at a key.
            if let Some(timeline) = timeline {
                (0..timeline.datasets().len()).for_each(|dataset| _ = timeline.sha256(dataset));
            }
        });
    }
}

/// The files as they are now, and what is to be told of them.
#[derive(Default)]
struct Loaded {
    inputs: Vec<Input>,
    told: Vec<String>,
    /// Whether a file is not there, or empty, which it may be for a moment only.
    away: bool,
    /// Whether files are gone from a folder.
    gone: bool,
}

impl Loaded {
    /// Keeps what was read before of the files that are meant.
    fn keep(
        &mut self,
        last: Option<&Timeline>,
        error: &LoadError,
        is_meant: impl Fn(&Path) -> bool,
    ) {
        self.away |= matches!(
            error,
            LoadError::Missing { .. } | LoadError::Empty { .. } | LoadError::NoDatasets { .. }
        );
        let known = last.into_iter().flat_map(Timeline::datasets);
        let meant = known.filter(|dataset| is_meant(Path::new(&dataset.file)));
        let inputs: Vec<Input> = meant.filter_map(|one| kept(last?, &one.file)).collect();
        let text = error.to_string();
        self.told.push(if inputs.is_empty() { text } else { as_before(&text) });
        self.inputs.extend(inputs);
    }
}

/// What was read of a file before, as an input again.
fn kept(last: &Timeline, file: &str) -> Option<Input> {
    let number = number_of(last, file)?;
    let (dataset, text) = (last.datasets().get(number)?, last.text(number)?);
    Some(Input {
        path: dataset.path.clone(),
        text: Arc::clone(text),
        kept: true,
        ..Input::new(file, "")
    })
}

fn number_of(timeline: &Timeline, file: &str) -> Option<usize> {
    timeline.datasets().iter().position(|dataset| dataset.file == file)
}

fn entries_of(timeline: Option<&Timeline>, dataset: usize) -> usize {
    let Some(timeline) = timeline else { return 0 };
    timeline.indexes().filter(|at| timeline.dataset_number(*at) == dataset).count()
}

fn as_before(what: &str) -> String {
    format!("{what}; its entries are as they were before")
}

fn gone(file: &str, entries: usize) -> String {
    match entries {
        1 => format!("`{file}` is gone, and its entry with it"),
        count => format!("`{file}` is gone, and its {count} entries with it"),
    }
}

fn is_stream(name: &Path) -> bool {
    name.as_os_str() == "-"
}

/// How many errors there are, which is read even where the line is cut, and the first with its
/// place: `3 mistakes, the first at a.ron:3:14: …`.
pub fn trouble(reading: &Reading, inputs: &[Input]) -> Option<String> {
    let mut errors =
        reading.problems.iter().filter(|problem| problem.flaw.code.severity() == Severity::Error);
    let first = errors.next()?;
    let place = dataset::location(first, inputs);
    let message = &first.flaw.message;
    Some(match errors.count() + reading.more {
        0 => format!("{place}: {message}"),
        more => format!("{} mistakes, the first at {place}: {message}", more.saturating_add(1)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(folder: &Path, names: &[&str]) -> Sources {
        let names: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
        Sources::new(&names, &[])
    }

    const ONE: &str = r#"Dataset(format: 1, title: "t", entries: [
        Event(id: "a", date: "2022", headline: "h"),
    ])"#;

    #[test]
    fn trouble_is_one_line() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.ron");
        let bad = ONE.replace("2022", "2022-13").replace("title: \"t\", ", "");
        for (text, expected) in [
            (ONE, None),
            (&*ONE.replace("2022", "2022-13"), Some(":2:36: ")),
            (&bad, Some("2 mistakes, the first at ")),
            ("", Some("is empty")),
        ] {
            fs::write(&file, text).unwrap();
            let again = sources(folder.path(), &["a.ron"]).read(None);
            match (again.trouble, expected) {
                (None, None) => assert_eq!(again.read.unwrap().0.len(), 1),
                (Some(trouble), Some(expected)) => {
                    assert!(trouble.contains(expected) && !trouble.contains('\n'), "{trouble}");
                }
                (trouble, _) => panic!("{text}: {trouble:?}"),
            }
        }
    }

    #[test]
    fn every_save_shows_in_the_stamps() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("all/deep")).unwrap();
        fs::write(at("all/deep/a.ron"), ONE).unwrap();
        fs::write(at("b.ron"), ONE).unwrap();
        let sources = sources(folder.path(), &["all", "b.ron"]);
        let steps: [(&str, &dyn Fn()); 5] = [
            ("longer", &|| fs::write(at("all/deep/a.ron"), format!("{ONE} ")).unwrap()),
            ("replaced by one as long and as old", &|| {
                fs::write(at("new"), ONE.replace("2022", "2023")).unwrap();
                let time = fs::metadata(at("b.ron")).unwrap().modified().unwrap();
                fs::File::options()
                    .write(true)
                    .open(at("new"))
                    .unwrap()
                    .set_modified(time)
                    .unwrap();
                fs::rename(at("new"), at("b.ron")).unwrap();
            }),
            ("one more", &|| fs::write(at("all/c.ron"), ONE).unwrap()),
            ("one less", &|| fs::remove_file(at("b.ron")).unwrap()),
            ("none left", &|| fs::remove_dir_all(at("all")).unwrap()),
        ];
        for (what, step) in steps {
            let before = sources.stamps();
            assert_eq!(before, sources.stamps());
            step();
            assert_ne!(before, sources.stamps(), "{what}");
        }
    }

    #[test]
    fn standard_input_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.ron"), ONE).unwrap();
        let names = [folder.path().join("a.ron"), PathBuf::from("-")];
        let stream = Input::new("standard input", ONE.replace("\"a\"", "\"b\""));
        let sources = Sources::new(&names, &[stream]);
        assert_eq!(sources.read(None).read.unwrap().0.len(), 2);
        assert!(sources.may_change());
        assert_eq!(sources.key(), None);
        assert!(!Sources::new(&names[1..], &[]).may_change());
    }

    #[test]
    fn a_file_is_known_by_whatever_name() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.ron"), ONE).unwrap();
        let key = sources(folder.path(), &["a.ron"]).key().unwrap();
        assert_eq!(sources(folder.path(), &["./a.ron"]).key(), Some(key.clone()));
        assert_ne!(sources(folder.path(), &[""]).key(), Some(key));
    }
}
