use std::fs;

use super::*;
use crate::files::Overwrite;

const GOOD: &str = r#"Dataset(format: 1, title: "t", entries: [
    Event(id: "a", date: "2022", headline: "h"),
    Event(id: "b", date: "2023", headline: "i"),
])"#;

/// What is loaded after each step that changes a folder: the ids on show, and the trouble.
fn loaded(folder: &Path, steps: &[&dyn Fn(&Path)]) -> Vec<(Option<String>, Option<String>)> {
    let (_rung, bell) = Bell::pair().unwrap();
    let sources = Sources::new(&[folder.to_owned()], &[]);
    let mut outside = Outside::new(sources, None, Memory::off(), bell);
    let mut all = Vec::new();
    for step in steps {
        step(folder);
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
                let ids = loaded.timeline.map(|timeline| {
                    let ids: Vec<&str> = timeline.indexes().map(|at| timeline.id(at)).collect();
                    let amiss = timeline.amiss().map(|amiss| format!(" ({amiss})"));
                    ids.join(" ") + &amiss.unwrap_or_default()
                });
                all.push((ids, loaded.trouble));
            }
        }
    }
    all
}

/// A step that writes a file.
fn write_text(name: &'static str, text: &str) -> impl Fn(&Path) + use<> {
    let text = text.to_owned();
    move |folder| fs::write(folder.join(name), &text).unwrap()
}

/// What happens to the folder, the entries then, and a word of what is told.
type Step<'a> = (&'a dyn Fn(&Path), &'a str, &'a str);

#[test]
fn what_is_sound_is_taken_in_though_something_else_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = GOOD.replace("2023", "2023-13");
    let slip = GOOD.replace("headline: \"h\")", "headline: \"h)");
    let other = GOOD.replace("\"a\"", "\"c\"").replace("\"b\"", "\"d\"");
    let half = other.split("Event(id: \"d\"").next().unwrap().to_owned();
    let remove = |folder: &Path| fs::remove_file(folder.join("b.ron")).unwrap();
    let steps: [Step; 12] = [
        (&write_text("a.ron", GOOD), "a b", ""),
        (&write_text("b.ron", &other), "a c b d", ""),
        // A bad date in one file, then a correction in the other.
        (&write_text("a.ron", &wrong), "a c d (1 not read)", "a.ron:3:"),
        (&write_text("b.ron", &other.replace("\"d\"", "\"e\"")), "a c e (1 not read)", "a.ron:3:"),
        // And in the same file.
        (&write_text("a.ron", &wrong.replace("\"a\"", "\"f\"")), "f c e (1 not read)", "a.ron:3:"),
        // A slip that hides where an entry ends costs that one.
        (&write_text("a.ron", &slip), "c b e (1 not read)", "a.ron:2:"),
        (&write_text("a.ron", GOOD), "a c b e", ""),
        // What is half written, empty or no text keeps what it had.
        (&write_text("b.ron", &half), "a c b e (1 file as before)", "b.ron:"),
        (&write_text("b.ron", ""), "a c b e (1 file as before)", "is empty"),
        (&write_text("b.ron", "half a sen"), "a c b e (1 file as before)", "b.ron:"),
        (&write_text("b.ron", &other), "a c b d", ""),
        // What is taken away is gone, which is told.
        (&remove, "a b", "is gone, and its 2 entries with it"),
    ];
    let only: Vec<&dyn Fn(&Path)> = steps.iter().map(|(step, ..)| *step).collect();
    let all = loaded(folder.path(), &only);
    for (number, ((ids, trouble), (_, expected, told))) in all.iter().zip(&steps).enumerate() {
        let trouble = trouble.as_deref().unwrap_or_default();
        assert_eq!(ids.as_deref(), Some(*expected), "{number}: {trouble}");
        assert!(
            trouble.contains(told) && trouble.is_empty() == told.is_empty(),
            "{number}: {trouble}"
        );
    }
}

#[test]
fn with_nothing_sound_the_last_state_stays() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = GOOD.replace("2022", "2022-13").replace("2023", "2023-13");
    let remove = |folder: &Path| fs::remove_file(folder.join("a.ron")).unwrap();
    let steps: [&dyn Fn(&Path); 4] = [
        &write_text("a.ron", GOOD),
        &write_text("a.ron", &wrong),
        &remove,
        &write_text("a.ron", GOOD),
    ];
    let all = loaded(folder.path(), &steps);
    let ids: Vec<Option<&str>> = all.iter().map(|(ids, _)| ids.as_deref()).collect();
    let kept = Some("a b (1 file as before)");
    assert_eq!(ids, [Some("a b"), None, kept, Some("a b")]);
    assert!(all[2].1.as_ref().unwrap().contains("as they were before"), "{all:?}");
}

#[test]
fn what_has_no_file_is_not_read_again() {
    let (_rung, bell) = Bell::pair().unwrap();
    let mut outside = Outside::new(Sources::default(), None, Memory::off(), bell);
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
    let mut outside = Outside::new(sources, None, Memory::off(), bell);
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
    let mut outside = Outside::new(sources, None, Memory::off(), bell);
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
    let mut outside = Outside::new(Sources::default(), None, memory, bell);
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
