//! `dateline verify`: quotes against the archived text of their sources.

use std::path::PathBuf;

use crate::cli::args::{Format, Verify};
use crate::cli::{Failure, Outcome, inputs, print, read};
use crate::dataset::did_you_mean;
use crate::model::{Source, Timeline};
use crate::verify::{ArchiveError, Archives, Bound, Texts, verify};

/// Prints what was found; findings if a quote differs from a source or is not in it.
pub fn run(arguments: &Verify) -> Result<Outcome, Failure> {
    let inputs = inputs(&arguments.files)?;
    let (reading, outcome) = read(&inputs);
    let timeline = reading.timeline;
    let mut archives = Archives::of(&inputs);
    for given in &arguments.sources {
        archives.give(known(&timeline, &given.id)?, given.path.clone());
    }
    // What the user names must be there, whether or not a quote needs it.
    for given in &arguments.sources {
        let source = Source { id: given.id.clone(), ..Source::default() };
        let usage = |error: ArchiveError| Failure::Usage(error.to_string());
        if let Some(place) = archives.locate(0, &source).map_err(usage)? {
            archives.open(&place).map_err(usage)?;
        }
    }
    let report = verify(&timeline, timeline.indexes(), &archives, Bound::NONE);
    print(&match arguments.format {
        Format::Text => report.to_text(&timeline),
        Format::Json => report.to_json(&timeline),
    })?;
    Ok(if report.has_findings() { Outcome::Findings } else { outcome })
}

fn known(timeline: &Timeline, id: &str) -> Result<String, Failure> {
    let ids = || timeline.sources().iter().map(|source| source.id.as_str());
    if ids().any(|known| known == id) {
        return Ok(id.to_owned());
    }
    let hint = did_you_mean(id, ids()).map_or(String::new(), |hint| format!("; {hint}"));
    Err(Failure::Usage(format!("no source has the id `{id}`{hint}")))
}

/// A source and the file of its text.
#[derive(Clone, Debug)]
pub struct Given {
    /// The source's id.
    pub id: String,
    /// The file.
    pub path: PathBuf,
}

/// Reads `ID=PATH`.
pub fn given(text: &str) -> Result<Given, String> {
    match text.split_once('=') {
        Some((id, path)) if !id.is_empty() && !path.is_empty() => {
            Ok(Given { id: id.to_owned(), path: path.into() })
        }
        _ => Err("write a source's id and a file: article=sources/article.txt".to_owned()),
    }
}
