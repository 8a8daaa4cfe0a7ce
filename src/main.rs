//! The command `dateline`. Everything it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    dateline::cli::run()
}
