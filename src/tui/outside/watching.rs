//! Noticing that a dataset was saved.
//!
//! Editors replace a file rather than write into it, so it is the folder that is watched. Of a
//! folder of datasets, all below it.

use std::fs;
use std::path::{Path, PathBuf};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::tui::outside::reading::Sources;

/// What is watched for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    /// This file.
    File(PathBuf),
    /// Every dataset below this folder.
    Below(PathBuf),
}

impl Target {
    /// The targets of a path as the user named it: for a link, where it leads, too.
    fn of(path: &Path) -> Vec<Target> {
        if path.is_dir() {
            return fs::canonicalize(path).map(Target::Below).into_iter().collect();
        }
        let parent = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let itself = fs::canonicalize(parent)
            .ok()
            .and_then(|parent| Some(Target::File(parent.join(path.file_name()?))));
        let meant = fs::canonicalize(path).ok().map(Target::File);
        let mut targets: Vec<Target> = itself.into_iter().chain(meant).collect();
        targets.dedup();
        targets
    }

    /// The folder to watch.
    fn root(&self) -> (&Path, RecursiveMode) {
        match self {
            Target::File(file) => (file.parent().unwrap_or(file), RecursiveMode::NonRecursive),
            Target::Below(folder) => (folder, RecursiveMode::Recursive),
        }
    }

    fn concerns(&self, path: &Path) -> bool {
        match self {
            Target::File(file) => path == file,
            // Without an extension it may be a folder that holds some.
            Target::Below(folder) => path.strip_prefix(folder).is_ok_and(|inside| {
                let hidden = inside.iter().any(|part| part.as_encoded_bytes().starts_with(b"."));
                !hidden && inside.extension().is_none_or(|extension| extension == "ron")
            }),
        }
    }
}

/// Watches as long as it is there.
pub struct Watching {
    _watcher: RecommendedWatcher,
}

/// Watches the sources; calls `changed`, from another thread, whenever one may hold something
/// else. Several times for one save.
///
/// # Errors
///
/// In one sentence, why changes are not noticed.
pub fn watch(sources: &Sources, changed: impl Fn() + Send + 'static) -> Result<Watching, String> {
    let targets: Vec<Target> = sources.paths().flat_map(Target::of).collect();
    let unnoticed = |error: notify::Error| format!("changes of files are not noticed: {error}");
    let concerned = targets.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| matters(&event, &concerned)) {
            changed();
        }
    })
    .map_err(unnoticed)?;
    let mut watched: Vec<&Path> = Vec::new();
    // A folder that is watched with all below it first: it must not be taken for done.
    let (folders, files): (Vec<&Target>, Vec<&Target>) =
        targets.iter().partition(|target| matches!(target, Target::Below(_)));
    for target in folders.into_iter().chain(files) {
        let (root, mode) = target.root();
        if !watched.contains(&root) {
            watcher.watch(root, mode).map_err(unnoticed)?;
            watched.push(root);
        }
    }
    Ok(Watching { _watcher: watcher })
}

/// Whether an event may be a save. That we read a file is an event, too.
fn matters(event: &Event, targets: &[Target]) -> bool {
    let may = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)) => false,
        _ => true,
    };
    event.need_rescan()
        || may && event.paths.iter().any(|path| targets.iter().any(|target| target.concerns(path)))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;
    use std::sync::mpsc::{Receiver, channel};
    use std::time::Duration;

    use super::*;

    /// Watches; what comes of it is told through a channel.
    fn watched(names: &[PathBuf]) -> (Watching, Receiver<()>) {
        let (sender, receiver) = channel();
        let sources = Sources::new(names, &[]);
        let watching = watch(&sources, move || sender.send(()).unwrap_or_default()).unwrap();
        (watching, receiver)
    }

    fn noticed(receiver: &Receiver<()>) -> bool {
        let noticed = receiver.recv_timeout(Duration::from_secs(10)).is_ok();
        while receiver.recv_timeout(Duration::from_millis(30)).is_ok() {}
        noticed
    }

    #[test]
    fn a_file_is_followed_however_it_is_saved() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("real")).unwrap();
        fs::write(at("real/b.ron"), "1").unwrap();
        fs::write(at("a.ron"), "1").unwrap();
        symlink("real/b.ron", at("link.ron")).unwrap();
        let (_watching, receiver) = watched(&[at("a.ron"), at("link.ron")]);
        fs::write(at("a.ron"), "2").unwrap();
        assert!(noticed(&receiver), "written");
        fs::write(at("new"), "3").unwrap();
        fs::rename(at("new"), at("a.ron")).unwrap();
        assert!(noticed(&receiver), "replaced");
        fs::remove_file(at("a.ron")).unwrap();
        assert!(noticed(&receiver), "removed");
        fs::write(at("a.ron"), "4").unwrap();
        assert!(noticed(&receiver), "back again");
        fs::write(at("real/b.ron"), "2").unwrap();
        assert!(noticed(&receiver), "behind a link");
        fs::remove_file(at("link.ron")).unwrap();
        symlink("a.ron", at("link.ron")).unwrap();
        assert!(noticed(&receiver), "another link");
    }

    #[test]
    fn new_datasets_in_a_folder_are_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("deep")).unwrap();
        let (_watching, receiver) = watched(&[folder.path().to_owned()]);
        fs::write(at("a.ron"), "1").unwrap();
        assert!(noticed(&receiver));
        fs::write(at("deep/b.ron"), "1").unwrap();
        assert!(noticed(&receiver));
    }

    #[test]
    fn only_what_may_be_a_save_matters() {
        use notify::event::{CreateKind, DataChange, MetadataKind};
        let targets = [Target::File("/f/a.ron".into()), Target::Below("/d".into())];
        let written = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        let read = EventKind::Access(AccessKind::Close(AccessMode::Read));
        let closed = EventKind::Access(AccessKind::Close(AccessMode::Write));
        let chmod = EventKind::Modify(ModifyKind::Metadata(MetadataKind::Permissions));
        for (kind, path, expected) in [
            (written, "/f/a.ron", true),
            (closed, "/f/a.ron", true),
            (read, "/f/a.ron", false),
            (chmod, "/f/a.ron", false),
            (written, "/f/b.ron", false),
            (written, "/d/x/b.ron", true),
            (EventKind::Create(CreateKind::Folder), "/d/x", true),
            (written, "/d/.git/b.ron", false),
            (written, "/d/b.ron.swp", false),
        ] {
            let event = Event::new(kind).add_path(path.into());
            assert_eq!(matters(&event, &targets), expected, "{kind:?} {path}");
        }
    }

    #[test]
    fn what_is_not_there_is_not_watched() {
        assert_eq!(Target::of(Path::new("/dev/null/nowhere/a.ron")), []);
    }
}
