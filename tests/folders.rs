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
