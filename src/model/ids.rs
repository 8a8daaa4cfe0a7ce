//! Entries by id: hash tables of numbers alone, since the ids themselves stand in the text.

use std::hash::BuildHasher;
use std::thread;

use hashbrown::hash_table::Entry;
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

/// A row, and the first that has its id.
type Taken = (u32, u32);

impl Ids {
    /// Of as many rows. `id_of` gives the id of one, `same` whether two may not both have one id.
    /// Gives as well the rows whose id another before them has, with that other, in order.
    pub(super) fn of<'a>(
        rows: usize,
        id_of: impl Fn(u32) -> &'a str + Sync,
        same: impl Fn(u32, u32) -> bool + Sync,
    ) -> (Self, Vec<Taken>) {
        let mut ids = Ids::with_capacity(rows);
        let threads = thread::available_parallelism().map_or(1, usize::from).min(ids.tables.len());
        let hashes = ids.hashes(rows, threads, &id_of);
        let count = ids.tables.len();
        let each = count.div_ceil(threads);
        let parts = ids.tables.chunks_mut(each).zip((0..count).step_by(each)).collect();
        let taken =
            at_once(parts, |(tables, first)| fill(tables, first, count, &hashes, &id_of, &same));
        let mut taken = taken.concat();
        taken.sort_unstable();
        (ids, taken)
    }

    fn with_capacity(rows: usize) -> Self {
        let count = rows.div_ceil(FULL).max(1);
        let each = rows.div_ceil(count);
        // Chance does not give the same to each.
        let room = if count == 1 { each } else { each + each / 20 };
        let tables = (0..count).map(|_| HashTable::with_capacity(room)).collect();
        Ids { tables, hasher: DefaultHashBuilder::default() }
    }

    /// The hash of each row's id.
    fn hashes<'a>(
        &self,
        rows: usize,
        threads: usize,
        id_of: &(impl Fn(u32) -> &'a str + Sync),
    ) -> Vec<u64> {
        let mut hashes = vec![0; rows];
        let each = rows.div_ceil(threads).max(1);
        let parts = hashes.chunks_mut(each).zip((0u32..).step_by(each)).collect();
        at_once(parts, |(hashes, first): (&mut [u64], u32)| {
            for (hash, row) in hashes.iter_mut().zip(first..) {
                *hash = self.hasher.hash_one(id_of(row));
            }
        });
        hashes
    }

    /// All rows with an id. `id_of` gives the id of a row.
    pub(super) fn find<'a>(
        &'a self,
        id: &'a str,
        id_of: impl Fn(u32) -> &'a str + 'a,
    ) -> impl Iterator<Item = u32> + 'a {
        let hash = self.hasher.hash_one(id);
        let table = self.tables.get(table_of(hash, self.tables.len())).into_iter();
        let same = move |row: &u32| id_of(*row) == id;
        table.flat_map(move |table| table.iter_hash(hash)).copied().filter(same)
    }
}

/// Works on all parts at the same time; on one alone without a thread of its own, which would take
/// longer than the work on a small dataset.
fn at_once<T: Send, R: Send>(parts: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    if parts.len() < 2 {
        return parts.into_iter().map(work).collect();
    }
    thread::scope(|scope| {
        let work = &work;
        let parts: Vec<_> = parts.into_iter().map(|part| scope.spawn(move || work(part))).collect();
        parts.into_iter().filter_map(|part| part.join().ok()).collect()
    })
}

/// The number of a hash's table, of so many, by bits that are not looked at within a large table.
fn table_of(hash: u64, count: usize) -> usize {
    let bits = (hash << 7) >> 32;
    usize::try_from((bits * count as u64) >> 32).unwrap_or_default()
}

/// Fills neighbouring tables, the first of which has a number among `count`.
fn fill<'a>(
    tables: &mut [HashTable<u32>],
    first: usize,
    count: usize,
    hashes: &[u64],
    id_of: impl Fn(u32) -> &'a str,
    same: impl Fn(u32, u32) -> bool,
) -> Vec<Taken> {
    let hash_of = |row: &u32| hashes.get(*row as usize).copied().unwrap_or_default();
    let mut taken = Vec::new();
    for (row, hash) in (0u32..).zip(hashes) {
        let number = table_of(*hash, count).checked_sub(first);
        let Some(table) = number.and_then(|number| tables.get_mut(number)) else { continue };
        let is_same = |other: &u32| {
            hash_of(other) == *hash && same(row, *other) && id_of(*other) == id_of(row)
        };
        match table.entry(*hash, is_same, hash_of) {
            Entry::Occupied(known) => taken.push((row, *known.get())),
            Entry::Vacant(place) => drop(place.insert(row)),
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_found_among_few_and_many() {
        for count in [0, 1, 2, FULL, FULL + 1, 3 * FULL] {
            let names: Vec<String> = (0..count).map(|row| format!("id-{row}")).collect();
            let id_of = |row: u32| names[row as usize].as_str();
            let (ids, taken) = Ids::of(count, id_of, |_, _| true);
            assert_eq!(taken, []);
            for row in (0u32..).take(count) {
                let found: Vec<u32> = ids.find(id_of(row), id_of).collect();
                assert_eq!(found, [row]);
            }
            assert_eq!(ids.find("id", id_of).count(), 0);
        }
        assert_eq!(Ids::default().find("id", |_| "id").count(), 0);
    }

    #[test]
    fn rows_that_have_the_id_of_one_before_are_told_with_it() {
        for count in [4, 2 * FULL] {
            // The last has the id of the first, as has the one before it.
            let name = |row: usize| if row + 2 < count { row } else { 0 };
            let names: Vec<String> = (0..count).map(|row| format!("id-{}", name(row))).collect();
            let id_of = |row: u32| names[row as usize].as_str();
            let last = u32::try_from(count - 1).unwrap();
            let (ids, taken) = Ids::of(count, id_of, |_, _| true);
            assert_eq!(taken, [(last - 1, 0), (last, 0)]);
            assert_eq!(ids.find("id-0", id_of).collect::<Vec<_>>(), [0]);
            // Where both may have it, all are found.
            let (ids, taken) = Ids::of(count, id_of, |_, _| false);
            assert_eq!(taken, []);
            let mut found: Vec<u32> = ids.find("id-0", id_of).collect();
            found.sort_unstable();
            assert_eq!(found, [0, last - 1, last]);
        }
    }
}
