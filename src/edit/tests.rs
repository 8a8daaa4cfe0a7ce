mod odd;

use std::fs;
use std::os::unix::fs::PermissionsExt;

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::edit::tests::odd::any_odd_dataset;
use crate::model::{Amount, Bound, How, Kind, Related};
use crate::when::When;

#[test]
fn a_new_dataset_is_sound() {
    for (name, text) in [("skeleton", SKELETON), ("minimal", MINIMAL)] {
        let inputs = [Input::new(name, text)];
        let reading = dataset::read(&inputs);
        assert_eq!(dataset::render(&reading.problems, &inputs), "");
        assert!(text.lines().all(|line| line.chars().count() <= 110));
    }
}

const TEXT: &str = r##"// A record.
Dataset(
  format: 1,
  title: "t",
  speakers: {
    "a": Speaker(name: "Ames"),   // the first
    "b": (name: "Best")           // the last
  },
  sources: {"s": Source(title: "S")},
  entries: [
    // About the first.
    Statement(
      id: "one", date: "2021", // a year
      headline: r#"One "raw""#,
      /* before the speaker */
      speaker: "a",
      // Two quotes.
      quotes: [
        Quote(text: "first words"), // said first
        // The second.
        Quote(text: "second words", via: ["b"]),
      ],
      figures: [Figure(value: 100_000, measure: "boats")],
      tags: ["x", "y"],
      sources: ["s"],
    ), // after one

    // A heading.

    // About the second.
    // In two lines.
    Event(id: "two", date: "2022-05", headline: "Two", related: [Related(to: "one", how: PartOf)]),
    Event(id: "three", date: "2023", headline: "Three"), // the end
  ],
)
"##;

fn new(id: &str, date: &str) -> NewEntry {
    let mut entry = NewEntry::new(Kind::Statement, id, When::parse(date).unwrap(), "New");
    entry.speaker = Some("a".to_owned());
    entry.sources = vec!["s".to_owned()];
    entry
}

fn entry(text: &str, id: &str) -> NewEntry {
    let timeline = read(text).timeline;
    NewEntry::of(&timeline, find(&timeline, id).unwrap())
}

/// The lines that a change takes away and adds.
fn told(text: &str, edit: Result<Edit, EditError>) -> String {
    let edit = match edit {
        Ok(edit) => edit,
        Err(error) => return error.to_string(),
    };
    let after = edit.apply(text).unwrap();
    assert_eq!(edit.invert().apply(&after).unwrap(), text);
    let (old, new): (Vec<&str>, Vec<&str>) =
        (text.split('\n').collect(), after.split('\n').collect());
    let start = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let rest = old.len().min(new.len()) - start;
    let end = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(rest)
        .take_while(|(one, other)| one == other)
        .count();
    let lines = |sign, lines: &[&str]| {
        lines.iter().map(|line| format!("{sign}{line}\n")).collect::<String>()
    };
    lines("-", &old[start..old.len() - end]) + &lines("+", &new[start..new.len() - end])
}

fn none() -> Definitions {
    Definitions::default()
}

#[test]
fn a_new_entry_goes_where_its_date_says() {
    for (date, after) in [
        ("2020", "entries: ["),
        ("2021", "after one"),
        ("2022-01", "after one"),
        ("2022-05", "id: \"two\""),
        ("2023", "id: \"three\""),
        ("XXXX", "entries: ["),
    ] {
        let edit = insert(TEXT, &new("new", date), &none()).unwrap();
        let text = edit.apply(TEXT).unwrap();
        let at =
            text.find("id: \"new\"").and_then(|at| text[..at].rfind("    Statement(")).unwrap();
        let line = text[..at].trim_end().lines().next_back().unwrap();
        assert!(line.contains(after), "{date}: {line}\n{text}");
    }
    // From the latest to the earliest.
    let text = "Dataset(format: 1, title: \"t\", entries: [\n\tEvent(id: \"c\", date: \"2023\", headline: \"C\"),\n\tEvent(id: \"a\", date: \"2021\", headline: \"A\"),\n])";
    let entry = NewEntry::new(Kind::Event, "b", When::parse("2022").unwrap(), "B");
    assert_eq!(
        told(text, insert(text, &entry, &none())),
        "+\tEvent(id: \"b\", date: \"2022\", headline: \"B\"),\n"
    );
}

#[test]
fn a_new_entry_looks_like_its_neighbours() {
    let mut entry = new("new", "2022-01");
    entry.quotes = vec![NewQuote {
        text: "words".to_owned(),
        via: vec!["c".to_owned()],
        within: None,
        sources: Vec::new(),
    }];
    entry.speaker = Some("c".to_owned());
    entry.tags = vec!["x".to_owned()];
    let speaker = |id: &str| Speaker {
        id: id.to_owned(),
        name: "Carr".to_owned(),
        short: None,
        title: None,
        role: None,
        organization: None,
    };
    let definitions = Definitions { speakers: vec![speaker("c")], sources: Vec::new() };
    insta::assert_snapshot!(told(TEXT, insert(TEXT, &entry, &definitions)));
    let crlf = TEXT.replace('\n', "\r\n");
    let after = insert(&crlf, &entry, &definitions).unwrap().apply(&crlf).unwrap();
    assert_eq!(after.matches('\n').count(), after.matches("\r\n").count());
    for (text, result) in [
        (
            "(format: 1, title: \"t\", entries: [Event(id: \"a\", date: \"2021\", headline: \"A\")])",
            "(format: 1, title: \"t\", entries: [Event(id: \"a\", date: \"2021\", headline: \"A\"), Event(id: \"n\", date: \"2022\", headline: \"N\")])",
        ),
        (
            "(format: 1, title: \"t\", entries: [])",
            "(format: 1, title: \"t\", entries: [\n    Event(\n        id: \"n\", date: \"2022\",\n        headline: \"N\",\n    ),\n])",
        ),
        (
            "(\n  format: 1,\n  title: \"t\",\n)\n",
            "(\n  format: 1,\n  title: \"t\",\n  entries: [\n    Event(\n      id: \"n\", date: \"2022\",\n      headline: \"N\",\n    ),\n  ],\n)\n",
        ),
        (
            "(format: 1, title: \"t\", entries: [\n  // none yet\n])",
            "(format: 1, title: \"t\", entries: [\n  // none yet\n    Event(\n        id: \"n\", date: \"2022\",\n        headline: \"N\",\n    ),\n])",
        ),
    ] {
        let entry = NewEntry::new(Kind::Event, "n", When::parse("2022").unwrap(), "N");
        assert_eq!(insert(text, &entry, &none()).unwrap().apply(text).unwrap(), result);
    }
}

#[test]
fn only_what_differs_changes() {
    type Change = fn(&mut NewEntry);
    let changes: [(&str, Change); 14] = [
        ("nothing", |_| {}),
        ("headline", |one| one.headline = "Now \"#raw\"# too".to_owned()),
        ("date", |one| one.date = When::parse("2021-02").unwrap()),
        ("new fields", |one| {
            (one.role, one.note) = (Some("Reeve".to_owned()), Some("N".to_owned()))
        }),
        ("speaker", |one| one.speaker = Some("b".to_owned())),
        ("a quote's words", |one| one.quotes[1].text = "other words".to_owned()),
        ("a quote's relay", |one| one.quotes[1].via = Vec::new()),
        ("first quote gone", |one| drop(one.quotes.remove(0))),
        ("last quote gone", |one| drop(one.quotes.pop())),
        ("a quote more", |one| {
            one.quotes.insert(
                1,
                NewQuote {
                    text: "middle".to_owned(),
                    via: Vec::new(),
                    within: None,
                    sources: Vec::new(),
                },
            )
        }),
        ("a span", |one| {
            one.figures[0].bound =
                Bound::Between(Amount::new(1.0).unwrap(), Amount::new(2.5).unwrap())
        }),
        ("tags", |one| one.tags = vec!["y".to_owned(), "z".to_owned()]),
        ("no tags, no figures", |one| (one.tags, one.figures) = (Vec::new(), Vec::new())),
        ("an event", |one| (one.kind, one.speaker, one.quotes) = (Kind::Event, None, Vec::new())),
    ];
    let mut all = String::new();
    for (name, change) in changes {
        let mut one = entry(TEXT, "one");
        change(&mut one);
        all.push_str(&format!("{name}:\n{}", told(TEXT, replace(TEXT, "one", &one, &none()))));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn an_entry_goes_with_its_own_comments() {
    let mut all = String::new();
    for id in ["three", "two", "one", "none"] {
        all.push_str(&format!("{id}:\n{}\n", told(TEXT, delete(TEXT, id))));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_change_that_would_break_the_file_is_refused() {
    let mut other = entry(TEXT, "one");
    other.id = "uno".to_owned();
    let mut stranger = new("x", "2022");
    stranger.speaker = Some("nobody".to_owned());
    let mut event = new("x", "2022");
    event.kind = Kind::Event;
    let mut dangling = new("x", "2022");
    dangling.related = vec![Related { to: "nowhere".to_owned(), how: How::Disputes }];
    let speaker = Speaker {
        id: "a".to_owned(),
        name: "A".to_owned(),
        short: None,
        title: None,
        role: None,
        organization: None,
    };
    let defined = Definitions { speakers: vec![speaker], sources: Vec::new() };
    for (result, message) in [
        (insert(TEXT, &new("two", "2022"), &none()), "the id `two` is taken"),
        (insert(TEXT, &stranger, &none()), "unknown speaker `nobody`"),
        (insert(TEXT, &event, &none()), "an event has no field `speaker`"),
        (insert(TEXT, &dangling, &none()), "no entry has the id `nowhere`"),
        (insert(TEXT, &new("x", "2022"), &defined), "the speaker `a` is defined already"),
        (replace(TEXT, "one", &other, &none()), "`two` points to `one`; change that first"),
        (replace(TEXT, "four", &other, &none()), "no entry has the id `four`"),
        (delete(TEXT, "one"), "`two` points to `one`; change that first"),
        (
            insert("Dataset(", &new("x", "2022"), &none()),
            "the brackets or commas of the file are broken; `dateline check` shows where",
        ),
    ] {
        assert_eq!(result.unwrap_err().to_string(), message);
    }
    // An entry with errors of its own stays as it is.
    let broken = TEXT.replace("date: \"2023\"", "date: \"soon\"");
    assert!(insert(&broken, &new("x", "2022"), &none()).is_ok());
}

#[test]
fn a_change_is_laid_onto_what_somebody_else_wrote() {
    let mut one = entry(TEXT, "one");
    one.headline = "Changed".to_owned();
    let edits = [
        insert(TEXT, &new("new", "2022-01"), &none()).unwrap(),
        replace(TEXT, "one", &one, &none()).unwrap(),
        delete(TEXT, "two").unwrap(),
    ];
    let others = [
        TEXT.replace("// A record.", "// A record of boats.\n// And more."),
        TEXT.replace("headline: \"Three\"", "headline: \"Third\""),
        TEXT.replace("// A record.", "// A record of boats.").replace("\"Three\"", "\"Third\""),
    ];
    for edit in &edits {
        for other in &others {
            let rebased = edit.rebase(TEXT, other).unwrap();
            let after = rebased.apply(other).unwrap();
            assert!(!read(&after).has_errors(), "{after}");
            assert_eq!(rebased.invert().apply(&after).unwrap(), *other);
            // Undone after others wrote.
            let mine = edit.apply(TEXT).unwrap();
            assert_eq!(edit.invert().rebase(&mine, &after).unwrap().apply(&after).unwrap(), *other);
        }
    }
    for (edit, touched) in [
        (&edits[1], TEXT.replace("tags: [\"x\", \"y\"]", "tags: [\"x\"]")),
        (&edits[1], TEXT.replace("One \\\"raw", "None").replace("One \"raw", "No \"raw")),
        (&edits[2], TEXT.replace("date: \"2022-05\"", "date: \"2022-06\"")),
        (
            &edits[2],
            TEXT.replace("// About the second.", "// On the second.").replace("// A record.", ""),
        ),
    ] {
        assert_eq!(edit.rebase(TEXT, &touched), None);
        assert_eq!(edits[1].apply("short"), Err(EditError::Changed));
    }
}

#[test]
fn a_file_is_written_whole_and_never_over_another_change() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.ron");
    fs::write(&path, TEXT).unwrap();
    let killed = fs::File::create(folder.path().join(".dateline-killed")).unwrap();
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(24 * 60 * 60);
    killed.set_modified(long_ago).unwrap();
    let link = folder.path().join("link.ron");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink(&path, &link).unwrap();
    let edit = insert(TEXT, &new("new", "2022-01"), &none()).unwrap();
    let saved = save(&link, TEXT, &edit).unwrap();
    assert!(!saved.rebased);
    assert_eq!(fs::read_to_string(&link).unwrap(), edit.apply(TEXT).unwrap());
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&path).unwrap(), saved.text);
    // Somebody else writes; undone all the same.
    let theirs = saved.text.replace("\"Three\"", "\"Third\"");
    fs::write(&link, &theirs).unwrap();
    let undone = save(&link, &saved.text, &saved.edit.invert()).unwrap();
    assert!(undone.rebased);
    assert_eq!(undone.text, TEXT.replace("\"Three\"", "\"Third\""));
    // The same place: refused, and the file is as it was.
    let edit = delete(TEXT, "three").unwrap();
    let refused = save(&link, TEXT, &edit).unwrap_err();
    assert_eq!(refused.to_string(), EditError::Changed.to_string());
    assert_eq!(fs::read_to_string(&link).unwrap(), undone.text);
    // Two that add the same id.
    let edit = insert(TEXT, &new("twice", "2022-01"), &none()).unwrap();
    fs::write(&link, insert(TEXT, &new("twice", "2020"), &none()).unwrap().apply(TEXT).unwrap())
        .unwrap();
    assert!(save(&link, TEXT, &edit).is_err());
    let left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|one| one.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "nothing is left beside: {left:?}");
}

/// Every entry by its id.
fn entries(text: &str) -> Vec<NewEntry> {
    let reading = read(text);
    assert!(!reading.has_errors(), "{:?}\n{text}", reading.problems);
    let mut all: Vec<NewEntry> =
        reading.timeline.indexes().map(|index| NewEntry::of(&reading.timeline, index)).collect();
    all.sort_by(|one, other| one.id.cmp(&other.id));
    all
}

/// Where an entry stands, its comma not included.
fn place_of(text: &str, id: &str) -> Range<usize> {
    let dataset = places::dataset(text).unwrap();
    let list = group(text, &dataset, "entries", Form::List).unwrap().unwrap();
    list.items[item_of(text, &list, id).unwrap()].value.clone()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn adding_changes_nothing_else(text in any_odd_dataset(), pick in any::<Index>(), date in odd::any_date()) {
        let before = entries(&text);
        prop_assume!(!before.is_empty());
        let mut entry = pick.get(&before).clone();
        (entry.id, entry.date) = ("brand new".to_owned(), date);
        let speaker = Speaker { id: "new speaker".to_owned(), name: "N".to_owned(), short: None, title: None, role: None, organization: None };
        let source = Source { id: "new source".to_owned(), ..Source::default() };
        let new = Definitions { speakers: vec![speaker], sources: vec![source] };
        let edit = insert(&text, &entry, &new).unwrap();
        for one in edit.replacements() {
            prop_assert!(one.old.is_empty(), "{:?}", one);
        }
        let after = edit.apply(&text).unwrap();
        let mut wanted = before;
        wanted.push(entry);
        wanted.sort_by(|one, other| one.id.cmp(&other.id));
        prop_assert_eq!(entries(&after), wanted, "{}", after);
        prop_assert_eq!(edit.invert().apply(&after).unwrap(), text);
    }

    #[test]
    fn editing_changes_the_entry_alone(text in any_odd_dataset(), from in any::<Index>(), to in any::<Index>(), fields in any::<[bool; 8]>()) {
        let before = entries(&text);
        prop_assume!(!before.is_empty());
        let old = to.get(&before);
        let other = from.get(&before);
        // Some fields are those of another entry.
        let mut entry = if fields[0] { other.clone() } else { old.clone() };
        entry.id.clone_from(&old.id);
        entry.related.retain(|related| related.to != old.id);
        if fields[1] { entry.date = other.date.clone(); }
        if fields[2] { entry.headline.clone_from(&other.headline); }
        if fields[3] { entry.tags.clone_from(&other.tags); }
        if fields[4] { entry.figures.reverse(); entry.figures.iter_mut().for_each(|one| one.part_of = None); }
        if fields[5] { entry.quotes.truncate(1); }
        if fields[6] { entry.note = None; }
        if fields[7] { entry.sources.clear(); }
        let place = place_of(&text, &old.id);
        let edit = replace(&text, &old.id, &entry, &none()).unwrap();
        for one in edit.replacements() {
            prop_assert!(place.start <= one.range.start && one.range.end <= place.end);
        }
        prop_assert!(old != &entry || edit.is_empty());
        let after = edit.apply(&text).unwrap();
        let wanted: Vec<NewEntry> =
            before.iter().map(|one| if one.id == entry.id { entry.clone() } else { one.clone() }).collect();
        prop_assert_eq!(entries(&after), wanted, "{}\n{}", text, after);
        prop_assert_eq!(edit.invert().apply(&after).unwrap(), text);
    }

    #[test]
    fn a_new_headline_changes_the_headline_alone(text in any_odd_dataset(), pick in any::<Index>()) {
        let before = entries(&text);
        prop_assume!(!before.is_empty());
        let mut entry = pick.get(&before).clone();
        entry.headline = "Quite \"another\" one".to_owned();
        let Some(Value::Group(fields)) = places::value(&text, place_of(&text, &entry.id).start) else { panic!() };
        let place = fields.get("headline").unwrap().value.clone();
        let edit = replace(&text, &entry.id, &entry, &none()).unwrap();
        let [one] = edit.replacements() else { panic!("{edit:?}") };
        prop_assert!(place.start <= one.range.start && one.range.end <= place.end);
    }

    #[test]
    fn deleting_takes_the_entry_and_its_comments(text in any_odd_dataset(), pick in any::<Index>()) {
        let before = entries(&text);
        prop_assume!(!before.is_empty());
        let id = pick.get(&before).id.clone();
        let place = place_of(&text, &id);
        match delete(&text, &id) {
            Ok(edit) => {
                let mut left = String::new();
                for one in edit.replacements() {
                    prop_assert!(one.new.is_empty());
                    let skipped = one.range.start.max(place.start)..one.range.end.min(place.end);
                    left.push_str(&text[one.range.start..skipped.start.min(one.range.end)]);
                    left.push_str(&text[skipped.end.max(one.range.start)..one.range.end]);
                }
                // What goes beside the entry is a comma, spaces and comments.
                let mut bare = left.clone();
                for comment in layout::comments(&left, 0..left.len()).into_iter().rev() {
                    bare.replace_range(comment, "");
                }
                prop_assert!(bare.trim().len() <= 1 && bare.trim().trim_matches(',').is_empty(), "{left:?}");
                let after = edit.apply(&text).unwrap();
                let wanted: Vec<NewEntry> = before.into_iter().filter(|one| one.id != id).collect();
                prop_assert_eq!(entries(&after), wanted, "{}", after);
                prop_assert_eq!(edit.invert().apply(&after).unwrap(), text);
            }
            Err(EditError::PointedTo { .. }) => {}
            Err(error) => prop_assert!(false, "{error}"),
        }
    }

    #[test]
    fn two_changes_to_different_entries_meet(text in any_odd_dataset(), one in any::<Index>(), other in any::<Index>()) {
        let before = entries(&text);
        prop_assume!(before.len() > 1);
        let one = one.index(before.len());
        let other = (one + 1 + other.index(before.len() - 1)) % before.len();
        let changed = |at: usize| {
            let mut entry = before[at].clone();
            entry.headline = format!("Changed {at}");
            (replace(&text, &entry.id, &entry, &none()).unwrap(), entry)
        };
        let ((mine, my_entry), (theirs, their_entry)) = (changed(one), changed(other));
        let now = theirs.apply(&text).unwrap();
        if let Some(edit) = mine.rebase(&text, &now) {
            let mut wanted = before.clone();
            (wanted[one], wanted[other]) = (my_entry, their_entry);
            prop_assert_eq!(entries(&edit.apply(&now).unwrap()), wanted);
        }
        // One change elsewhere is always met.
        let longer = format!("// more\n{text}");
        prop_assert!(mine.rebase(&text, &longer).is_some());
    }
}
