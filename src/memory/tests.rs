use std::os::unix::fs::PermissionsExt;

use super::*;

fn place(entry: &str, marks: &[(char, &str)], queries: &[&str]) -> Place {
    Place {
        entry: Some(entry.to_owned()),
        marks: marks.iter().map(|(name, id)| (*name, (*id).to_owned())).collect(),
        queries: queries.iter().map(|query| (*query).to_owned()).collect(),
        ..Place::default()
    }
}

fn marks(place: &Place) -> String {
    place.marks.iter().map(|(name, id)| format!("{name}={id} ")).collect()
}

#[test]
fn a_place_is_there_in_the_next_run() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("new/dateline");
    let mut first = Memory::open(&state, "/a.ron");
    assert_eq!((first.place, first.notice), (Place::default(), None));
    let kept = place("one \"of\" \u{1f980}", &[('a', "x"), ('\'', "y")], &["speaker:kirby", "x"]);
    let choice = Some(ExportChoice {
        format: Some("markdown".to_owned()),
        clipboard: true,
        no_provenance: true,
        width: Some(100),
        ..ExportChoice::default()
    });
    let kept = Place { export: choice.clone(), ..kept };
    first.memory.keep(&kept).unwrap();
    let second = Memory::open(&state, "/a.ron");
    assert_eq!((second.place, second.notice), (kept, None));
    assert_eq!(Memory::open(&state, "/b.ron").place, Place { export: choice, ..Place::default() });
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&state), 0o700);
    assert_eq!(mode(&state.join(FILE)), 0o600);
}

#[test]
fn nothing_is_written_where_nothing_changed() {
    let folder = tempfile::tempdir().unwrap();
    let mut opened = Memory::open(&folder.path().join("state"), "/a.ron");
    opened.memory.keep(&Place::default()).unwrap();
    assert!(!folder.path().join("state").exists());
    Memory::off().keep(&place("x", &[], &[])).unwrap();
}

#[test]
fn two_instances_keep_each_other_s_marks() {
    let folder = tempfile::tempdir().unwrap();
    let open = |key: &str| Memory::open(folder.path(), key);
    open("/a.ron").memory.keep(&place("1", &[('a', "1"), ('b', "2")], &["one"])).unwrap();
    let (mut left, mut right, mut other) = (open("/a.ron"), open("/a.ron"), open("/b.ron"));
    let left_now = place("3", &[('a', "9"), ('b', "2"), ('l', "3")], &["one", "left"]);
    left.memory.keep(&left_now).unwrap();
    other.memory.keep(&place("7", &[('o', "7")], &[])).unwrap();
    // The right one takes `b` away and sets `r`.
    let right_now = place("4", &[('a', "1"), ('r', "4")], &["one", "right"]);
    right.memory.keep(&right_now).unwrap();
    let now = open("/a.ron").place;
    assert_eq!(marks(&now), "a=9 l=3 r=4 ");
    assert_eq!(now.queries, ["one", "left", "right"]);
    assert_eq!(now.entry.as_deref(), Some("4"));
    assert_eq!(marks(&open("/b.ron").place), "o=7 ");
    // Keeping the same again takes nothing of the other's away.
    let left_later = Place { entry: Some("5".to_owned()), ..left_now };
    left.memory.keep(&left_later).unwrap();
    assert_eq!(marks(&open("/a.ron").place), "a=9 l=3 r=4 ");
}

#[test]
fn many_instances_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for name in 'a'..='h' {
            let folder = folder.path();
            scope.spawn(move || {
                let mut opened = Memory::open(folder, "/a.ron");
                let mut now = opened.place;
                now.marks.insert(name, name.to_string());
                // How long each waits for the others is not what is tried here.
                while let Err(reason) = opened.memory.keep(&now) {
                    assert!(reason.contains("another dateline is writing"), "{reason}");
                }
            });
        }
    });
    let now = Memory::open(folder.path(), "/a.ron").place;
    assert_eq!(marks(&now), "a=a b=b c=c d=d e=e f=f g=g h=h ");
}

#[test]
fn old_datasets_and_queries_are_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let many: Vec<String> = (0..300).map(|number| format!("query {number}")).collect();
    let mut stored = Stored::default();
    for number in 0..MOST_DATASETS as u64 {
        let old = Kept { number: number + 1, ..Kept::default() };
        stored.datasets.insert(format!("/{number}.ron"), old);
    }
    fs::write(folder.path().join(FILE), ron::to_string(&stored).unwrap()).unwrap();
    let mut opened = Memory::open(folder.path(), "/new.ron");
    opened.memory.keep(&Place { queries: many, ..place("x", &[], &[]) }).unwrap();
    let now = read(folder.path()).unwrap();
    assert_eq!(now.datasets.len(), MOST_DATASETS);
    assert!(!now.datasets.contains_key("/0.ron") && now.datasets.contains_key("/1.ron"));
    let queries = &now.datasets["/new.ron"].place.queries;
    assert_eq!((queries.len(), queries[0].as_str()), (MOST_QUERIES, "query 200"));
}

#[test]
fn a_damaged_file_is_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(FILE);
    for (number, damage) in
        ["", "(version: 1, datasets: {", "(datasets: {})", "\u{0}\u{0}", "(version: -1)"]
            .into_iter()
            .enumerate()
    {
        fs::write(&file, damage).unwrap();
        let mut opened = Memory::open(folder.path(), "/a.ron");
        let notice = opened.notice.unwrap();
        assert!(notice.contains("damaged"), "{notice}");
        let aside = match number {
            0 => "state.ron.damaged".to_owned(),
            _ => format!("state.ron.damaged-{}", number + 1),
        };
        assert_eq!(fs::read_to_string(folder.path().join(aside)).unwrap(), damage);
        assert!(!file.exists());
        opened.memory.keep(&place("x", &[], &[])).unwrap();
        assert_eq!(Memory::open(folder.path(), "/a.ron").notice, None);
    }
}

#[test]
fn a_newer_file_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let text = "(version: 2, datasets: [\"other\"], more: true)";
    fs::write(folder.path().join(FILE), text).unwrap();
    let mut opened = Memory::open(folder.path(), "/a.ron");
    assert!(opened.notice.unwrap().contains("newer dateline (version 2) wrote"));
    opened.memory.keep(&place("x", &[], &[])).unwrap();
    assert_eq!(fs::read_to_string(folder.path().join(FILE)).unwrap(), text);
}

#[test]
fn a_place_that_cannot_be_kept_says_why() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let kept = place("x", &[], &[]);
    let mut opened = Memory::open(&folder.path().join("file/dateline"), "/a.ron");
    let said = match opened.notice {
        Some(notice) => notice,
        None => opened.memory.keep(&kept).unwrap_err(),
    };
    assert!(said.contains("not kept"), "{said}");
    // A folder where the file should be.
    fs::create_dir(folder.path().join(FILE)).unwrap();
    let opened = Memory::open(folder.path(), "/a.ron");
    assert!(opened.notice.unwrap().contains("it is a folder, and no file"));
}

#[test]
fn somebody_who_holds_the_lock_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let held = lock(folder.path()).unwrap();
    let mut opened = Memory::open(folder.path(), "/a.ron");
    let said = opened.memory.keep(&place("x", &[], &[])).unwrap_err();
    assert!(said.contains("another dateline"), "{said}");
    drop(held);
    opened.memory.keep(&place("x", &[], &[])).unwrap();
}
