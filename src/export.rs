//! Entries as text to take away. One format a file.

pub(crate) mod day;
pub mod json;
pub mod record;

use crate::model::DatasetInfo;

/// The dataset's file without the folders before it: where somebody keeps it is not part of the
/// record, and the same file gives the same bytes wherever it lies.
pub(crate) fn file_name(dataset: &DatasetInfo) -> &str {
    dataset.file.rsplit(['/', '\\']).next().unwrap_or(&dataset.file)
}
