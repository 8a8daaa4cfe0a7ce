//! A set of entries, small and quick however many it holds.

use std::ops::RangeInclusive;

use roaring::RoaringBitmap;

use crate::model::EntryIndex;

/// Entries, each once and in order. A million that stand side by side take a few hundred kilobytes
/// at most, and none of the questions but [`EntrySet::iter`] takes longer for them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntrySet(RoaringBitmap);

impl EntrySet {
    /// How many there are.
    pub fn len(&self) -> usize {
        usize::try_from(self.0.len()).unwrap_or(usize::MAX)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an entry is among them.
    pub fn contains(&self, entry: EntryIndex) -> bool {
        self.0.contains(entry.0)
    }

    /// Takes an entry in; gives whether it was not there.
    pub fn insert(&mut self, entry: EntryIndex) -> bool {
        self.0.insert(entry.0)
    }

    /// Takes an entry out; gives whether it was there.
    pub fn remove(&mut self, entry: EntryIndex) -> bool {
        self.0.remove(entry.0)
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = EntryIndex> + '_ {
        self.0.iter().map(EntryIndex)
    }

    /// Those from one to another, both included, in order.
    pub fn range(&self, range: RangeInclusive<EntryIndex>) -> impl Iterator<Item = EntryIndex> {
        self.0.range(range.start().0..=range.end().0).map(EntryIndex)
    }

    /// How many there are from one to another, both included.
    pub fn count(&self, range: RangeInclusive<EntryIndex>) -> usize {
        let count = self.0.range_cardinality(range.start().0..=range.end().0);
        usize::try_from(count).unwrap_or(usize::MAX)
    }
}

impl FromIterator<EntryIndex> for EntrySet {
    fn from_iter<T: IntoIterator<Item = EntryIndex>>(entries: T) -> Self {
        EntrySet(entries.into_iter().map(|entry| entry.0).collect())
    }
}

impl Extend<EntryIndex> for EntrySet {
    fn extend<T: IntoIterator<Item = EntryIndex>>(&mut self, entries: T) {
        self.0.extend(entries.into_iter().map(|entry| entry.0));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_a_set(
            steps in proptest::collection::vec((any::<bool>(), 0..70_000u32), 0..60),
            ends in (0..70_000u32, 0..70_000u32),
        ) {
            let (mut set, mut naive) = (EntrySet::default(), BTreeSet::new());
            for (insert, entry) in steps {
                let entry = EntryIndex(entry);
                if insert {
                    prop_assert_eq!(set.insert(entry), naive.insert(entry));
                } else {
                    prop_assert_eq!(set.remove(entry), naive.remove(&entry));
                }
                prop_assert_eq!(set.contains(entry), insert);
            }
            prop_assert!(set.iter().eq(naive.iter().copied()));
            prop_assert_eq!((set.len(), set.is_empty()), (naive.len(), naive.is_empty()));
            let range = EntryIndex(ends.0.min(ends.1))..=EntryIndex(ends.0.max(ends.1));
            prop_assert!(set.range(range.clone()).eq(naive.range(range.clone()).copied()));
            prop_assert_eq!(set.count(range.clone()), naive.range(range).count());
            prop_assert_eq!(naive.into_iter().collect::<EntrySet>(), set);
        }
    }
}
