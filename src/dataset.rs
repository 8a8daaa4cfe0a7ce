//! RON text to a timeline: read, resolve references, report every problem with its place.
//!
//! The format is described in the README. A file is read entry by entry with the place of
//! everything, so that one run reports all problems, each entry knows its line, and a whole
//! record can be read again from its text when it is asked for.

mod cursor;
mod definitions;
mod entries;
mod figures;
mod header;
mod lines;
mod load;
pub mod places;
mod problem;
mod raw;
mod read;
mod references;
mod render;
mod resolve;
mod runs;
mod store;
#[cfg(test)]
mod tests;
mod values;

pub use load::{
    Input, LARGEST_FILE, LARGEST_STREAM, LoadError, embedded, files, load, load_each, load_first,
};
pub use problem::{Code, Flaw, Flaws, MOST_PROBLEMS, Problem, Severity, did_you_mean, nearest};
pub use read::{FORMAT, Reading, read, read_first};
pub use render::{location, render, render_json, summary};

/// RON as the program's own small files (keys, themes, settings) are written.
pub fn ron_options() -> ron::Options {
    use ron::extensions::Extensions;
    ron::Options::default().with_default_extension(
        Extensions::IMPLICIT_SOME
            | Extensions::UNWRAP_NEWTYPES
            | Extensions::UNWRAP_VARIANT_NEWTYPES,
    )
}
