//! The real program over a folder of several files, which are one record: who is who, which entry is
//! meant, and what leaves the house.

mod harness;

use harness::program::{Folder, Output};
use serde_json::Value;

/// A dataset of these entries.
fn dataset(head: &str, entries: &str) -> String {
    format!("Dataset(format: 1, title: \"T\", {head}\n    entries: [\n{entries}    ],\n)\n")
}

/// A statement that is sound, an entry of one's own that retracts it, and one that disputes both.
fn private() -> Folder {
    let entries = r#"
        Statement(id: "open", date: "2023-05-01", headline: "The figure", speaker: "kirby",
            figures: [Figure(value: 100000, measure: "casualties", period: "2022")], sources: ["s"]),
        Event(id: "secret-1", date: "2023-05-03", headline: "Hush one", tags: ["private"],
            related: [Related(to: "open", how: Retracts)]),
        Statement(id: "secret-2", date: "2023-05-04", headline: "Hush two", speaker: "hush",
            tags: ["private"], sources: ["s"], related: [Related(to: "open", how: ComparedWith)]),
"#;
    let head = r#"speakers: { "kirby": Speaker(name: "John Kirby"), "hush": Speaker(name: "Hush Hush") },
    sources: { "s": Source(title: "A report") },"#;
    Folder::with("a.ron", dataset(head, entries))
}

#[test]
fn what_a_query_leaves_out_leaves_no_word_but_that_it_retracts() {
    let folder = private();
    let formats = folder.run(&["export", "--list-formats"]).done();
    let formats: Vec<&str> =
        formats.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(formats.len() >= 13, "{formats:?}");
    for format in formats {
        let export = ["export", "-q", "-tag:private", "-f", format, "a.ron"];
        let Output { code, out, err } = folder.run(&export);
        assert_eq!(code, 0, "{err}");
        let lower = out.to_lowercase();
        for word in ["hush", "secret"] {
            assert!(!lower.contains(word) && !err.contains(word), "{word} in {format}:\n{out}");
        }
        if ["csl-json", "bibtex"].contains(&format) {
            continue;
        }
        assert!(lower.contains("retract"), "{format} is silent:\n{out}");
        assert!(out.contains("3 May 2023") || out.contains("2023-05-03"), "{format}:\n{out}");
    }
    let text = folder.run(&["export", "-q", "-tag:private", "a.ron"]).done();
    let squeezed: Vec<&str> = text.split_whitespace().collect();
    let squeezed = squeezed.join(" ");
    assert!(
        squeezed.contains(
            "Retracted by an entry that is not in this export (3 May 2023) \
             Related and 1 more that is not in this export"
        ),
        "{text}"
    );
    let per_figure = ["export", "-f", "csv", "--per", "figure", "-q", "-tag:private", "a.ron"];
    let table = folder.run(&per_figure).done();
    assert!(table.contains("retracted by an entry that is not in this export"), "{table}");
    // A range leaves out as a query does, and so does a list.
    let range = folder.run(&["export", "-f", "json", "--to", "2023-05-02", "a.ron"]).json();
    let list = folder.run(&["list", "--format", "json", "-q", "id:open", "a.ron"]).json();
    for entry in [&range["entries"][0], &list[0]] {
        assert_eq!(entry["related"], Value::Array(Vec::new()));
        assert_eq!(entry["related_left_out"], 1);
        assert_eq!(entry["withdrawn"][0]["how"], "Retracts");
        assert_eq!(entry["withdrawn"][0]["date"]["edtf"], "2023-05-03");
        assert_eq!(entry["withdrawn"][0]["by"], Value::Null);
    }
}

#[test]
fn what_is_retracted_is_found_and_marked() {
    let folder = private();
    let ids = |query: &str| {
        let list = folder.run(&["list", "-q", query, "a.ron"]).done();
        harness::program::ids(&list)
    };
    assert_eq!(ids("has:retracted"), ["open"]);
    assert_eq!(ids("has:superseded"), [""; 0]);
    let figures = folder.run(&["figures", "a.ron"]).done();
    assert!(figures.contains("100,000 (retracted)"), "{figures}");
    let figures = folder.run(&["figures", "--format", "json", "a.ron"]).json();
    assert_eq!(figures[0]["withdrawn"], "retracted");
    // Beside the dataset nothing is held back.
    let show = folder.run(&["show", "open", "a.ron"]).done();
    assert!(show.contains("Hush one") && show.contains("Hush: Hush two"), "{show}");
}

// who is who

/// A statement by one whom two files know in two roles.
fn ekman(role: &str, id: &str) -> String {
    let head = format!(
        "speakers: {{ \"ekman\": Speaker(name: \"Ann Ekman\", role: {role:?}) }},\n    \
         sources: {{ \"s\": Source(title: \"A report\", note: {role:?}) }},"
    );
    let entry = format!(
        "        Statement(id: {id:?}, date: \"2023-05-01\", headline: \"She said {id}\", \
         speaker: \"ekman\", sources: [\"s\"]),\n"
    );
    dataset(&head, &entry)
}

#[test]
fn each_file_says_what_its_own_people_are() {
    let folder = Folder::with("x/a.ron", ekman("Chief physician", "first"));
    folder.write("x/b.ron", ekman("Minister", "second"));
    for (id, role, other) in
        [("first", "Chief physician", "Minister"), ("second", "Minister", "Chief physician")]
    {
        let show = folder.run(&["show", id, "x"]).done();
        assert!(show.contains(role) && !show.contains(other), "{show}");
        let query = format!("id:{id}");
        let formats =
            ["text", "markdown", "html", "csv", "json", "jsonl", "ron", "ics", "timelinejs"];
        for format in formats {
            let out = folder.run(&["export", "-q", &query, "-f", format, "x"]).done();
            let out = out.replace("\r\n ", "");
            assert!(out.contains(role) && !out.contains(other), "{format}:\n{out}");
        }
        let found = folder.run(&["list", "-q", role, "x"]).done();
        assert_eq!(harness::program::ids(&found), [id]);
    }
    // She is one person, and the report one source.
    let both = folder.run(&["list", "-q", "speaker:ekman source:s", "x"]).done();
    assert_eq!(harness::program::ids(&both), ["first", "second"]);
    let stats = folder.run(&["stats", "--format", "json", "x"]).json();
    for list in ["speakers", "sources"] {
        assert_eq!(stats[list].as_array().map(Vec::len), Some(1), "{stats}");
        assert_eq!(stats[list][0]["entries"], 2, "{stats}");
    }
    let picture = folder.run(&["export", "-f", "svg", "x"]).done();
    assert_eq!(picture.matches(">Ekman</text>").count(), 1, "{picture}");
}

#[test]
fn check_tells_both_places_of_definitions_that_differ() {
    let folder = Folder::with("x/a.ron", ekman("Chief physician", "first"));
    folder.write("x/b.ron", ekman("Minister", "second"));
    folder.write("x/c.ron", ekman("Chief physician", "third"));
    let check = folder.run(&["check", "x"]);
    assert_eq!(check.code, 0, "{check:?}");
    for words in [
        "warning[defined-otherwise]: x/a.ron:1:44 defines the speaker `ekman` otherwise: role \
         \u{201c}Chief physician\u{201d} there, role \u{201c}Minister\u{201d} here",
        "x/b.ron:1:44",
        "defines the source `s` otherwise",
    ] {
        assert!(check.out.contains(words), "{words}\n{}", check.out);
    }
    assert!(!check.out.contains("c.ron"), "{}", check.out);
}

// which entry is meant

fn event(id: &str, related: &str) -> String {
    format!(
        "        Event(id: {id:?}, date: \"2023\", headline: \"{id}\", related: [{related}]),\n"
    )
}

fn pointing(to: &str) -> String {
    dataset("", &event("from", &format!("Related(to: {to:?}, how: Disputes)")))
}

/// Which entries the one called `from` points to, as `list` names them.
fn pointed(folder: &Folder, opened: &str) -> Vec<String> {
    let shown = folder.run(&["show", "from", "--format", "json", opened]).json();
    let related = shown["related"].as_array().unwrap();
    related.iter().map(|link| link["to"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_id_means_its_own_files_entry_or_the_only_one() {
    let folder = Folder::with("x/a.ron", pointing("water"));
    folder.write("x/water.ron", dataset("", &event("water", "")));
    assert_eq!(folder.run(&["check", "x"]).code, 0);
    assert_eq!(pointed(&folder, "x"), ["water"]);
    // A stale copy: nobody can say which is meant.
    folder.write("x/water (1).ron", dataset("", &event("water", "")));
    let check = folder.run(&["check", "x"]);
    assert_eq!(check.code, 1);
    for words in [
        "error[ambiguous-entry]: several other files have an entry `water`: `water (1).ron` and \
         `water.ron`",
        "x/a.ron:",
        "write `water (1).ron:water` or `water.ron:water`",
    ] {
        assert!(check.out.contains(words), "{words}\n{}", check.out);
    }
    assert_eq!(pointed(&folder, "x"), [""; 0]);
    // What is to be written is right.
    folder.write("x/a.ron", pointing("water.ron:water"));
    assert_eq!(folder.run(&["check", "x"]).code, 0);
    assert_eq!(pointed(&folder, "x"), ["water.ron:water"]);
    // An entry of its own is meant, though it has a mistake.
    let own = event("water", "").replace("2023", "2023-13");
    folder.write("x/a.ron", pointing("water").replace("    ],\n)", &format!("{own}    ],\n)")));
    let check = folder.run(&["check", "x"]);
    assert!(check.out.contains("bad-date") && !check.out.contains("ambiguous"), "{}", check.out);
    assert_eq!(pointed(&folder, "x"), [""; 0]);
}

#[test]
fn a_file_is_named_from_the_one_that_refers_whatever_was_typed() {
    let folder = Folder::with("up/x1/a.ron", pointing("b.ron:same"));
    folder.write("up/x1/b.ron", dataset("", &event("same", "")));
    folder.write("up/x1/c.ron", dataset("", &event("same", "")));
    folder.write("up/x2/d.ron", dataset("", &event("same", "")));
    std::os::unix::fs::symlink("up/x1", folder.path().join("link")).unwrap();
    let whole = folder.path().join("up/x1");
    let inside = |opened: &str, at: &str| {
        let mut command = folder.command(&["check", opened]);
        command.current_dir(folder.path().join(at));
        Output::of(command)
    };
    for (opened, at) in [
        ("up/x1", ""),
        ("./up/x1/", ""),
        ("up/../up/x1", ""),
        ("link", ""),
        (whole.to_str().unwrap(), ""),
        (".", "up/x1"),
        ("../x1", "up/x1"),
        ("up", ""),
    ] {
        let check = inside(opened, at);
        assert_eq!(check.code, 0, "{opened} in {at}: {}", check.out);
        let mut command = folder.command(&["export", "-f", "json", "--no-provenance", opened]);
        command.current_dir(folder.path().join(at));
        let json = Output::of(command).json();
        let from = json["entries"].as_array().unwrap();
        let from = from.iter().find(|entry| entry["id"] == "from").unwrap();
        let to = if opened == "up" { "x1/b.ron:same" } else { "b.ron:same" };
        assert_eq!(from["related"][0]["to"], to, "{opened} in {at}");
    }
    // Two files named, and one in another folder.
    folder.write("up/x1/a.ron", pointing("../x2/d.ron:same"));
    assert_eq!(inside("up", "").code, 0);
    assert_eq!(folder.run(&["check", "up/x1/a.ron", "up/x2/d.ron"]).code, 0);
    // What was typed to open the folder is no part of it; what is meant is told.
    folder.write("up/x1/a.ron", pointing("up/x1/b.ron:same"));
    let check = inside("up/x1", "");
    assert_eq!(check.code, 1);
    assert!(check.out.contains("no entry has the id `up/x1/b.ron:same`"), "{}", check.out);
    assert!(
        check.out.contains("a file is named from the one that refers: `b.ron:same`"),
        "{}",
        check.out
    );
}
