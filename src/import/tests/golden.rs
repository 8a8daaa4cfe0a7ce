//! Sample files of every format in `tests/data/import`, each beside the dataset that it becomes and
//! the report. After a change that is meant, `UPDATE_GOLDEN=1 cargo test golden` writes them anew.

use std::path::PathBuf;
use std::{env, fs};

use super::checked;
use crate::import::dates::{DayOrder, Rules};
use crate::import::{Options, to_text};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/import")
}

fn check(name: &str, got: &str) {
    let path = folder().join(name);
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, got).unwrap();
        return;
    }
    let held = fs::read_to_string(&path).unwrap_or_default();
    assert!(held == got, "{name} differs; UPDATE_GOLDEN=1 writes it anew. It is now:\n{got}");
}

#[test]
fn every_sample_is_imported_as_it_was() {
    let mapped = {
        let mut options = Options::default();
        options.map.add("speaker=by.who").unwrap();
        options.map.add("quote=by.words").unwrap();
        options
    };
    let month_first = Options {
        rules: Rules { order: Some(DayOrder::MonthFirst), epoch: false },
        ..Options::default()
    };
    for (name, format, options) in [
        ("spreadsheet.csv", "csv", &Options::default()),
        ("deutsch.tsv", "tsv", &Options::default()),
        ("american.csv", "csv", &month_first),
        ("utf16.csv", "csv", &Options::default()),
        ("nested.json", "json", &mapped),
        ("lines.jsonl", "jsonl", &Options::default()),
        ("timeline.json", "timelinejs", &Options::default()),
        ("timeline.csv", "timelinejs", &Options::default()),
        ("history.mw", "markwhen", &Options::default()),
        ("calendar.ics", "ics", &Options::default()),
        ("claims.json", "claimreview", &Options::default()),
        ("quotes.jsonl", "quotebank", &Options::default()),
        ("sketch.csv", "timesketch", &Options::default()),
        ("sketch.jsonl", "timesketch", &Options::default()),
    ] {
        let bytes = fs::read(folder().join(name)).unwrap();
        let (ron, report) = to_text(&bytes, name, options).unwrap();
        assert_eq!(report.format, format, "{name}");
        checked(&ron);
        check(&format!("{name}.ron"), &ron);
        check(&format!("{name}.report.txt"), &report.to_string());
    }
}
