//! `dateline new`: a dataset to begin with.

use std::path::Path;

use crate::cli::args::New;
use crate::cli::{Failure, Outcome, print};
use crate::edit::{MINIMAL, SKELETON};
use crate::files::{Overwrite, write_whole};

/// Writes a dataset to a file that is not there yet; `-` is standard output.
pub fn run(arguments: &New) -> Result<Outcome, Failure> {
    let text = if arguments.minimal { MINIMAL } else { SKELETON };
    if arguments.file == Path::new("-") {
        print(text)?;
        return Ok(Outcome::Done);
    }
    write_whole(&arguments.file, text.as_bytes(), Overwrite::Never)
        .map_err(|error| Failure::Usage(error.to_string()))?;
    Ok(Outcome::Done)
}
