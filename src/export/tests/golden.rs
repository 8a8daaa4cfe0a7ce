//! Every format over the curated dataset, held against files in `tests/golden`. After a change
//! that is meant, `UPDATE_GOLDEN=1 cargo test golden` writes them anew; read the difference.

use std::path::PathBuf;
use std::{env, fs};

use crate::dataset;
use crate::export::{
    FORMATS, Format, Options, Output, Per, Provenance, Request, by_name, citation, record,
};
use crate::model::{EntryIndex, Timeline};

/// The timeline that the golden files show.
pub(super) fn sample() -> Timeline {
    dataset::read(&[dataset::embedded()]).timeline
}

fn check(name: &str, bytes: &[u8]) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, bytes).unwrap();
        return;
    }
    let held = fs::read(&path).unwrap_or_default();
    let (held, got) = (String::from_utf8_lossy(&held), String::from_utf8_lossy(bytes));
    let differs = held.lines().zip(got.lines()).position(|(held, got)| held != got);
    assert!(
        held == got,
        "{name} differs, first in line {:?}; UPDATE_GOLDEN=1 writes it anew",
        differs.map(|line| line + 1)
    );
}

fn export(format: &Format, options: Options, provenance: bool, last: usize) -> Output {
    let timeline = sample();
    let all: Vec<EntryIndex> = timeline.indexes().collect();
    let entries = &all[all.len().saturating_sub(last)..];
    let provenance = provenance.then(|| Provenance {
        query: if entries.len() == all.len() { String::new() } else { "after:2023-04".into() },
        range: String::new(),
        shown: entries.len(),
        left_out: all.len() - entries.len(),
    });
    let request = Request { timeline: &timeline, entries, provenance, options };
    (format.write)(&request).unwrap()
}

#[test]
fn every_format_is_as_it_was() {
    for format in FORMATS {
        let output = export(format, Options::default(), true, usize::MAX);
        check(&format!("bakhmut.{}", format.extensions[0]), &output.bytes);
        assert_eq!(output.notes, Vec::<String>::new(), "{}", format.name);
    }
}

#[test]
fn options_are_as_they_were() {
    let figures = Options { per: Per::Figure, bom: true, ..Options::default() };
    let narrow = Options { width: 50, ..Options::default() };
    for (name, file, options, provenance, last) in [
        ("csv", "figures.csv", figures, true, usize::MAX),
        ("text", "narrow.txt", narrow, false, 4),
        ("ron", "part.ron", Options::default(), true, 4),
        ("markdown", "part.md", Options::default(), false, 4),
    ] {
        let output = export(by_name(FORMATS, name).unwrap(), options, provenance, last);
        check(file, &output.bytes);
    }
}

#[test]
fn what_is_copied_is_as_it_was() {
    let timeline = sample();
    let mut text = String::new();
    for index in timeline.indexes() {
        text.push_str(&citation::citation(&timeline, index));
        text.push('\n');
    }
    check("citations.txt", text.as_bytes());
    let last = timeline.indexes().next_back().unwrap();
    check("record.txt", record::plain(&timeline, last, 72).as_bytes());
}
