//! What entries are called, and the entries that a name finds.

use crate::model::{EntryIndex, Timeline};

/// Why an id led to no entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotFound {
    /// No entry has it; the nearest id, if one is near.
    Unknown {
        /// An id that is spelt almost like it.
        nearest: Option<String>,
    },
    /// Entries of several files have it; these are their full names.
    Ambiguous(Vec<String>),
}

impl Timeline {
    /// Its id, with its file before it (`file:id`) where two files share the id. The file is named
    /// from the folder that all files lie in.
    pub fn full_id(&self, index: EntryIndex) -> String {
        let id = self.id(index);
        if self.with_id(id).nth(1).is_some() {
            let file = self.labels.get(self.dataset_number(index));
            return format!("{}:{id}", file.unwrap_or(&self.dataset_of(index).file));
        }
        id.to_owned()
    }

    /// The entry with an id, given as `id` or, where files share it, as `file:id`.
    ///
    /// # Errors
    ///
    /// That there is none, or more than one.
    pub fn find(&self, id: &str) -> Result<EntryIndex, NotFound> {
        if let Some(index) = self.named(id) {
            return Ok(index);
        }
        let mut several: Vec<EntryIndex> = self.with_id(id).collect();
        if several.is_empty() {
            return Err(NotFound::Unknown { nearest: self.nearest(id) });
        }
        several.sort_unstable();
        Err(NotFound::Ambiguous(several.into_iter().map(|index| self.full_id(index)).collect()))
    }

    /// The entry that [`Timeline::find`] finds, if there is one alone; at once, where a message
    /// would have to look through all ids.
    pub fn named(&self, id: &str) -> Option<EntryIndex> {
        let mut found = self.with_id(id);
        match (found.next(), found.next()) {
            (Some(only), None) => return Some(only),
            (Some(_), Some(_)) => return None,
            (None, _) => {}
        }
        // A file's name and an id may have colons of their own.
        id.match_indices(':').find_map(|(at, _)| {
            let (file, bare) = (id.get(..at)?, id.get(at + 1..)?);
            self.with_id(bare).find(|index| {
                let label = self.labels.get(self.dataset_number(*index));
                self.dataset_of(*index).file == file || label.is_some_and(|label| label == file)
            })
        })
    }

    /// Why an id led to no entry, in a sentence.
    pub fn in_words(&self, id: &str, why: &NotFound) -> String {
        match why {
            NotFound::Ambiguous(ids) => {
                format!("several files have an entry `{id}`; write {}", ids.join(" or "))
            }
            NotFound::Unknown { nearest: Some(nearest) } => {
                format!("no entry has the id `{id}`; did you mean `{nearest}`?")
            }
            NotFound::Unknown { nearest: None } => {
                let files: Vec<&str> =
                    self.datasets.iter().map(|dataset| dataset.file.as_str()).collect();
                format!(
                    "no entry among {} in {} has the id `{id}`; `dateline list` prints their ids",
                    self.len(),
                    files.join(", ")
                )
            }
        }
    }

    fn nearest(&self, id: &str) -> Option<String> {
        self.indexes()
            .map(|index| self.id(index))
            // A longer or shorter id is not near; measuring the distance is the costly part.
            .filter(|known| known.len().abs_diff(id.len()) <= id.len() / 3)
            .map(|known| (crate::text::distance(known, id), known))
            .filter(|(distance, known)| *distance <= known.len().max(id.len()) / 3)
            .min()
            .map(|(_, known)| known.to_owned())
    }
}
