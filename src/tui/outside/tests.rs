use std::fs;

use super::*;
use crate::files::Overwrite;

const GOOD: &str = r#"Dataset(format: 1, title: "t", entries: [
    Event(id: "a", date: "2022", headline: "h"),
    Event(id: "b", date: "2023", headline: "i"),
])"#;

/// What is on show after each text of a file: how many entries were loaded, and the trouble.
fn shown(first_is_whole: bool, texts: &[&str]) -> Vec<(Option<usize>, bool)> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.ron");
    let (_rung, bell) = Bell::pair().unwrap();
    let sources = Sources::new(std::slice::from_ref(&file), &[]);
    let mut outside = Outside::new(sources, first_is_whole, Memory::off(), bell);
    let mut all = Vec::new();
    for text in texts {
        fs::write(&file, text).unwrap();
        assert!(outside.reload().is_none());
        let read = loop {
            match outside.news.recv().unwrap() {
                News::Read(again) => break again,
                // The watcher, too, noticed the file; its news are another test's.
                News::Changed | News::Report(_) => {}
            }
        };
        for report in outside.take_in(*read) {
            if let Report::Loaded(loaded) = report {
                let entries = loaded.timeline.map(|timeline| timeline.len());
                all.push((entries, loaded.trouble.is_some()));
            }
        }
    }
    all
}

#[test]
fn the_last_good_state_stays() {
    let wrong = GOOD.replace("2023", "2023-13");
    let broken = "Dataset(format: 1, entries: [";
    assert_eq!(
        shown(true, &[&wrong, GOOD, broken, "", GOOD]),
        [(None, true), (Some(2), false), (None, true), (None, true), (Some(2), false)]
    );
    // What had mistakes when it was opened is kept up to date with what can be read of it.
    assert_eq!(
        shown(false, &[&wrong, broken, GOOD, &wrong]),
        [(Some(1), true), (None, true), (Some(2), false), (None, true)]
    );
}

#[test]
fn what_has_no_file_is_not_read_again() {
    let (_rung, bell) = Bell::pair().unwrap();
    let mut outside = Outside::new(Sources::default(), true, Memory::off(), bell);
    assert!(matches!(outside.reload(), Some(Report::Failed(_))));
    outside.look();
    assert!(outside.reading.is_none());
}

/// As if the watcher had told of a change, and nothing more had come.
fn noticed(outside: &mut Outside) {
    let long_ago = Instant::now() - LONGEST_SAVE;
    outside.change = Some(Change { first: long_ago, last: long_ago });
    outside.reports();
}

#[test]
fn one_save_is_read_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.ron");
    fs::write(&file, GOOD).unwrap();
    let (_rung, bell) = Bell::pair().unwrap();
    let sources = Sources::new(std::slice::from_ref(&file), &[]);
    let mut outside = Outside::new(sources, true, Memory::off(), bell);
    fs::write(&file, GOOD.replace("2023", "2023-05")).unwrap();
    outside.desk.leave(News::Changed);
    outside.desk.leave(News::Changed);
    outside.reports();
    let due = outside.due().unwrap();
    assert!(outside.reading.is_none() && due > Instant::now() - QUIET);
    outside.change = Some(Change { first: due - LONGEST_SAVE, last: due - QUIET });
    // A file that changes on and on is due all the same.
    assert!(outside.due().unwrap() <= due);
    while outside.due().is_some_and(|due| due > Instant::now()) {
        std::thread::yield_now();
    }
    outside.reports();
    assert!(outside.reading == Some(Why::Theirs) && outside.due().is_none());
}

/// What is said of all that is read until nothing more is to be read.
fn said(outside: &mut Outside) -> Vec<String> {
    let mut said = Vec::new();
    while outside.reading.is_some() {
        let News::Read(read) = outside.news.recv().unwrap() else { continue };
        said.extend(outside.take_in(*read).into_iter().filter_map(|report| match report {
            Report::Said(text) => Some(text),
            _ => None,
        }));
    }
    said
}

#[test]
fn our_own_change_is_read_once_and_without_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.ron");
    fs::write(&file, GOOD).unwrap();
    let (_rung, bell) = Bell::pair().unwrap();
    // A folder, whose own stamp says nothing of what is in it.
    let sources = Sources::new(&[folder.path().to_owned()], &[]);
    let mut outside = Outside::new(sources, true, Memory::off(), bell);
    let removed = |id: &str| {
        let timeline = crate::dataset::read(&[Input::new("a", GOOD)]).timeline;
        let was = crate::edit::NewEntry::of(&timeline, timeline.with_id(id).next().unwrap());
        change::Change { file: file.clone(), what: change::What::Remove(Box::new(was)) }
    };
    let Report::Changed(_, made) = outside.change(removed("a")) else { panic!("not changed") };
    assert_eq!(said(&mut outside), [""; 0]);
    // However late it is told.
    noticed(&mut outside);
    assert_eq!(outside.reading, None);
    // Two, while the first is still being read, and what somebody else saves.
    let back = change::Change { file: file.clone(), what: change::What::Back(*made) };
    assert!(matches!(outside.change(back), Report::Changed(..)));
    assert!(matches!(outside.change(removed("b")), Report::Changed(..)));
    noticed(&mut outside);
    assert_eq!(said(&mut outside), [""; 0]);
    fs::write(&file, GOOD).unwrap();
    noticed(&mut outside);
    assert_eq!(said(&mut outside), ["read again: 2 entries"]);
}

#[test]
fn a_place_that_cannot_be_kept_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let below = folder.path().join("file/state");
    let (_rung, bell) = Bell::pair().unwrap();
    // The first look finds nothing wrong where there is nothing yet.
    let memory = Memory::open(&folder.path().join("new"), "a").memory;
    let mut outside = Outside::new(Sources::default(), true, memory, bell);
    fs::remove_file(folder.path().join("file")).unwrap();
    fs::write(folder.path().join("new"), "in the way").unwrap();
    let place = Place { entry: Some("a".to_owned()), ..Place::default() };
    assert!(matches!(outside.keep(&place), Some(Report::Failed(_))));
    assert!(outside.keep(&place).is_none());
    assert!(!below.exists());
}

#[test]
fn an_export_is_told_or_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.md");
    let request = WriteRequest {
        path: path.clone(),
        bytes: b"words".to_vec(),
        overwrite: Overwrite::Never,
        what: "2 entries as Markdown".to_owned(),
    };
    let Report::Written(text) = write(Box::new(request.clone())) else { panic!("not written") };
    assert_eq!(text, format!("2 entries as Markdown written to {} (5 bytes)", path.display()));
    let Report::Exists(asked) = write(Box::new(request)) else { panic!("written over") };
    let agreed = WriteRequest { overwrite: Overwrite::Allowed, ..*asked };
    assert!(matches!(write(Box::new(agreed)), Report::Written(_)));
}
