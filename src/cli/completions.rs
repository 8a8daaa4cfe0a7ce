//! `dateline completions` and `dateline man`: help where people look for it.

use std::io;

use clap_complete::Shell;

use crate::cli::{Failure, Outcome, command, manual};

/// Prints what makes a shell complete the program's words.
pub fn completions(shell: Shell) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(), "dateline", &mut script);
    write(&script)
}

/// Prints the manual page, as `man -l -` reads it.
pub fn man() -> Result<Outcome, Failure> {
    write(manual::page(command())?.as_bytes())
}

fn write(bytes: &[u8]) -> Result<Outcome, Failure> {
    use io::Write;
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(Outcome::Done)
}
