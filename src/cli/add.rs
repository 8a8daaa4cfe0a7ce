//! `dateline add`: a dataset with the form for a new entry open.

use crate::cli::args::Open;
use crate::cli::{Failure, Outcome, open};

/// Opens the timeline and the form. There must be a file to add to, and a terminal.
pub fn run(arguments: &Open) -> Result<Outcome, Failure> {
    if arguments.files.is_empty() {
        let text = "name the file to add to; `dateline new FILE` begins one";
        return Err(Failure::Usage(text.to_owned()));
    }
    open::run_with(arguments, true)
}
