//! Entries by id: a hash table of numbers alone, since the ids themselves stand in the text.

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;

/// Which rows have which id.
#[derive(Default)]
pub(super) struct Ids {
    table: HashTable<u32>,
    hasher: RandomState,
}

impl Ids {
    pub(super) fn with_capacity(rows: usize) -> Self {
        Ids { table: HashTable::with_capacity(rows), hasher: RandomState::new() }
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

    pub(super) fn insert<'a>(&mut self, row: u32, id_of: impl Fn(u32) -> &'a str) {
        let hash = self.hasher.hash_one(id_of(row));
        self.table.insert_unique(hash, row, |row| self.hasher.hash_one(id_of(*row)));
    }
}
