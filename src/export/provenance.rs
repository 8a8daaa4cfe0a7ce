//! How an export came about, so that somebody else can make it again. No clock time: the same
//! input gives the same bytes.

use serde::Serialize;

use crate::export::{Request, file_name, one_line};
use crate::model::Timeline;
use crate::text::visible;

/// Which entries were asked for, and how many there were. What the export says of the datasets
/// and the program it knows without being told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// The query as typed; empty for all entries.
    pub query: String,
    /// The range as a person would put it: `from a to b`; empty where all that the query found is
    /// in.
    pub range: String,
    /// How many entries are in.
    pub shown: usize,
    /// How many entries of the timeline were left out.
    pub left_out: usize,
}

const PROGRAM: &str = env!("CARGO_PKG_NAME");
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What stands over an export made for people, as label and value; nothing where provenance is
/// to be left out. Everything is on one line and harmless.
pub(super) fn facts(request: &Request) -> Vec<(&'static str, String)> {
    let Some(provenance) = &request.provenance else { return Vec::new() };
    let mut facts = Vec::new();
    let datasets = request.timeline.datasets();
    for (number, dataset) in datasets.iter().enumerate() {
        let (title, file) = (one_line(&dataset.title), file_name(dataset));
        let named = if title.is_empty() { file.to_owned() } else { format!("{title} ({file})") };
        facts.push(("Dataset", named));
        if let Some(digest) = request.timeline.sha256(number) {
            facts.push(("SHA-256", digest.to_owned()));
        }
        if dataset.kept {
            facts.push(("Not read", format!("{file} as it is now; this is what it was before")));
        }
    }
    let or = |text: &str, otherwise: &str| {
        if text.is_empty() { otherwise.to_owned() } else { one_line(text) }
    };
    facts.push(("Query", or(&provenance.query, "none")));
    facts.push(("Range", or(&provenance.range, "everything that the query finds")));
    let all = provenance.shown.saturating_add(provenance.left_out);
    let errors = request.timeline.left_out();
    let sound = if errors > 0 { " without errors" } else { "" };
    facts.push((
        "Entries",
        match provenance.left_out {
            0 => format!("all {all}{sound}"),
            left => format!("{} of {all}{sound}; {left} left out", provenance.shown),
        },
    ));
    if errors > 0 {
        let what =
            if errors == 1 { "1 entry that has" } else { &format!("{errors} entries that have") };
        facts.push(("Not read", format!("{what} errors")));
    }
    facts.push(("Made with", program()));
    facts.into_iter().map(|(label, value)| (label, visible(&value).into_owned())).collect()
}

/// Name and version of this program.
pub(super) fn program() -> String {
    format!("{PROGRAM} {VERSION}")
}

/// [`facts`] for programs.
#[derive(Serialize)]
pub(super) struct Record {
    datasets: Vec<DatasetRecord>,
    query: String,
    range: String,
    entries: usize,
    left_out: usize,
    with_errors: usize,
    program: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct DatasetRecord {
    title: String,
    file: String,
    sha256: Option<String>,
    as_before: bool,
}

impl Record {
    pub(super) fn of(timeline: &Timeline, provenance: &Provenance) -> Record {
        let datasets =
            timeline.datasets().iter().enumerate().map(|(number, dataset)| DatasetRecord {
                title: dataset.title.clone(),
                file: file_name(dataset).to_owned(),
                sha256: timeline.sha256(number).map(str::to_owned),
                as_before: dataset.kept,
            });
        Record {
            datasets: datasets.collect(),
            query: provenance.query.clone(),
            range: provenance.range.clone(),
            entries: provenance.shown,
            left_out: provenance.left_out,
            with_errors: timeline.left_out(),
            program: PROGRAM,
            version: VERSION,
        }
    }
}
