//! `dateline new`: a dataset to begin with.

use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use crate::cli::args::New;
use crate::cli::{Failure, Outcome, print};
use crate::edit::{MINIMAL, SKELETON};

/// Writes a dataset to a file that is not there yet; `-` is standard output.
pub fn run(arguments: &New) -> Result<Outcome, Failure> {
    let text = if arguments.minimal { MINIMAL } else { SKELETON };
    if arguments.file == Path::new("-") {
        print(text)?;
        return Ok(Outcome::Done);
    }
    let name = arguments.file.display();
    write(&arguments.file, text).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            Failure::Usage(format!("`{name}` is there already; it was not touched"))
        }
        _ => Failure::Usage(format!("cannot write `{name}`: {error}")),
    })?;
    Ok(Outcome::Done)
}

/// In one step with seeing that it is not there.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
