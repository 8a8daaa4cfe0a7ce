//! Everything that entries can be taken away as: text formats, and pictures of the views.

use std::path::Path;
use std::sync::LazyLock;

use crate::export::{self, Format, UnknownFormat};
use crate::view::svg;

/// Every format, in the order in which they are offered.
pub static ALL: LazyLock<Vec<&'static Format>> =
    LazyLock::new(|| export::FORMATS.iter().chain(svg::FORMATS).copied().collect());

/// The format of a name, or of the end of file names that mean it.
///
/// # Errors
///
/// The names that come nearest.
pub fn by_name(name: &str) -> Result<&'static Format, UnknownFormat> {
    export::by_name(&ALL, name)
}

/// The format that a file's name asks for.
///
/// # Errors
///
/// The names that come nearest to its end.
pub fn by_extension(path: &Path) -> Result<&'static Format, UnknownFormat> {
    export::by_extension(&ALL, path)
}

#[cfg(test)]
mod tests;
