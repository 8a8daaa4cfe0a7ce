//! Gives whole records back from the text that they were read from.

use std::sync::Arc;

use crate::dataset::cursor::Cursor;
use crate::dataset::lines::Lines;
use crate::dataset::problem::Flaws;
use crate::dataset::raw::{self, RawEntry};
use crate::dataset::references::References;
use crate::model::{Document, Entry, Kind, Records};
use crate::when::When;

/// One file as its records are read from it.
#[derive(Debug, Default)]
pub(super) struct StoredFile {
    pub text: Arc<Document>,
    /// Where each record begins, in bytes.
    pub starts: Vec<u32>,
    pub lines: Lines,
    pub references: References,
}

impl StoredFile {
    /// The record with a number, as written.
    pub fn raw(&self, record: u32) -> Option<RawEntry<'_>> {
        let start = self.starts.get(record as usize)?;
        let mut cursor = Cursor::new(&self.text, *start as usize);
        raw::entry(&mut cursor, &mut Flaws::default()).ok()
    }

    /// The text from the beginning of a record to that of the next, or to the end.
    pub fn written(&self, record: u32) -> Option<&str> {
        let start = *self.starts.get(record as usize)? as usize;
        let next = self.starts.get(record as usize + 1).map(|next| *next as usize);
        self.text.get(start..next.unwrap_or(self.text.len()))
    }
}

/// All files that are open.
#[derive(Debug, Default)]
pub(super) struct Store {
    pub files: Vec<Arc<StoredFile>>,
}

impl Records for Store {
    fn entry(&self, dataset: u32, record: u32) -> Entry {
        let read = self.files.get(dataset as usize).and_then(|file| {
            let raw = file.raw(record)?;
            Some(file.references.entry(raw))
        });
        // Every record was read once before, so this is never seen.
        read.unwrap_or_else(|| Entry::new(Kind::Event, "", When::undated(), ""))
    }

    fn line(&self, dataset: u32, record: u32) -> u32 {
        let file = self.files.get(dataset as usize);
        let line = file.and_then(|file| {
            let start = file.starts.get(record as usize)?;
            Some(file.lines.line(&file.text, *start as usize))
        });
        line.unwrap_or(1)
    }

    fn written(&self, dataset: u32, record: u32) -> Option<&str> {
        self.files.get(dataset as usize)?.written(record)
    }

    fn laid_out(&self, dataset: u32) -> Option<(&str, &[u32])> {
        let file = self.files.get(dataset as usize)?;
        Some((&file.text, &file.starts))
    }
}
