//! Entries by id: hash tables of numbers alone, since the ids themselves stand in the text.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

/// As many rows are meant for one table. A table has a power of two of places and keeps an eighth
/// of them empty, so this fills one of 2^14; a single one for all rows could be half empty.
const FULL: usize = 13_500;

/// Which rows have which id.
#[derive(Default)]
pub(super) struct Ids {
    tables: Vec<HashTable<u32>>,
    hasher: DefaultHashBuilder,
}

impl Ids {
    pub(super) fn with_capacity(rows: usize) -> Self {
        let count = rows.div_ceil(FULL).max(1);
        let each = rows.div_ceil(count);
        // Chance does not give the same to each.
        let room = if count == 1 { each } else { each + each / 20 };
        let tables = (0..count).map(|_| HashTable::with_capacity(room)).collect();
        Ids { tables, hasher: DefaultHashBuilder::default() }
    }

    /// The table of a hash, by bits that are not looked at within a large table.
    fn number(&self, hash: u64) -> usize {
        let (bits, count) = ((hash << 7) >> 32, self.tables.len() as u64);
        usize::try_from((bits * count) >> 32).unwrap_or_default()
    }

    /// All rows with an id. `id_of` gives the id of a row.
    pub(super) fn find<'a>(
        &'a self,
        id: &'a str,
        id_of: impl Fn(u32) -> &'a str + 'a,
    ) -> impl Iterator<Item = u32> + 'a {
        let hash = self.hasher.hash_one(id);
        let table = self.tables.get(self.number(hash)).into_iter();
        let same = move |row: &u32| id_of(*row) == id;
        table.flat_map(move |table| table.iter_hash(hash)).copied().filter(same)
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
        let number = self.number(hash);
        let table = self.tables.get_mut(number)?;
        // Looked up twice where there is one, since a borrow that may be returned lasts too long.
        if table.find(hash, is_same).is_some() {
            return table.find_mut(hash, is_same);
        }
        table.insert_unique(hash, row, |row| self.hasher.hash_one(id_of(*row)));
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_found_among_few_and_many() {
        for count in [0, 1, FULL, FULL + 1, 3 * FULL] {
            let names: Vec<String> = (0..count).map(|row| format!("id-{row}")).collect();
            let id_of = |row: u32| names[row as usize].as_str();
            let mut ids = Ids::with_capacity(count);
            for row in (0u32..).take(count) {
                assert_eq!(ids.insert(row, id_of, |_| true), None);
            }
            // One that is taken, and the same again where both may have it.
            let last = (0u32..).take(count).last();
            if let Some(last) = last {
                assert_eq!(ids.insert(last, id_of, |_| true).copied(), Some(last));
                assert_eq!(ids.insert(last, id_of, |_| false), None);
            }
            for row in (0u32..).take(count) {
                let found: Vec<u32> = ids.find(id_of(row), id_of).collect();
                assert_eq!(found, if Some(row) == last { vec![row, row] } else { vec![row] });
            }
            assert_eq!(ids.find("id", id_of).count(), 0);
        }
        assert_eq!(Ids::default().find("id", |_| "id").count(), 0);
    }
}
