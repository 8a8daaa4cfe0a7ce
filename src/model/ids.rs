//! Entries by id: a hash table of numbers alone, since the ids themselves stand in the text.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

/// Which rows have which id.
#[derive(Default)]
pub(super) struct Ids {
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Ids {
    pub(super) fn with_capacity(rows: usize) -> Self {
        Ids { table: HashTable::with_capacity(rows), hasher: DefaultHashBuilder::default() }
    }

    /// All rows with an id. `id_of` gives the id of a row.
    pub(super) fn find<'a>(
        &'a self,
        id: &'a str,
        id_of: impl Fn(u32) -> &'a str + 'a,
    ) -> impl Iterator<Item = u32> + 'a {
        let hash = self.hasher.hash_one(id);
        self.table.iter_hash(hash).copied().filter(move |row| id_of(*row) == id)
    }

    /// Adds a row, unless there is one with its id for which `same` holds: then that is given.
    pub(super) fn insert<'a>(
        &mut self,
        row: u32,
        id_of: impl Fn(u32) -> &'a str,
        same: impl Fn(u32) -> bool,
    ) -> Option<&mut u32> {
        let id = id_of(row);
        let hash = self.hasher.hash_one(id);
        let is_same = |other: &u32| same(*other) && id_of(*other) == id;
        // Looked up twice where there is one, since a borrow that may be returned lasts too long.
        if self.table.find(hash, is_same).is_some() {
            return self.table.find_mut(hash, is_same);
        }
        self.table.insert_unique(hash, row, |row| self.hasher.hash_one(id_of(*row)));
        None
    }
}
