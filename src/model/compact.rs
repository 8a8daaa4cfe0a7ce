//! A column of values that nearly all fit 32 bits.

use crate::model::sparse::{Sparse, gather};

/// A value that mostly can be told by a short number.
pub(super) trait Short: Copy {
    /// The number; nothing for a value that has none.
    fn short(self) -> Option<u32>;

    /// The value that has this number.
    fn of_short(number: u32) -> Self;
}

/// Stands in the column where a value has no short number.
const LONG: u32 = u32::MAX;

/// Values by row: each as its short number, and those few that have none whole, in a list beside.
#[derive(Clone, Debug)]
pub(super) struct Compact<T> {
    short: Vec<u32>,
    long: Sparse<T>,
}

impl<T> Default for Compact<T> {
    fn default() -> Self {
        Compact { short: Vec::new(), long: Sparse::default() }
    }
}

impl<T: Short> Compact<T> {
    pub(super) fn push(&mut self, value: T) {
        let number = value.short().filter(|number| *number != LONG);
        if number.is_none() {
            self.long.push(row(self.short.len()), [value]);
        }
        self.short.push(number.unwrap_or(LONG));
    }

    pub(super) fn reserve(&mut self, count: usize) {
        self.short.reserve(count);
    }

    /// The value of a row; nothing where there is no such row.
    pub(super) fn get(&self, at: usize) -> Option<T> {
        match *self.short.get(at)? {
            LONG => self.long.of(row(at)).first().copied(),
            number => Some(T::of_short(number)),
        }
    }

    /// Adds another's values at the end; those without a short number as `change` makes them.
    pub(super) fn append(&mut self, other: Compact<T>, change: impl Fn(T) -> T) {
        self.long.append(other.long, row(self.short.len()), change);
        self.short.extend(other.short);
    }

    /// Keeps the rows named in `from`, in that order. `to` gives the new number of an old row.
    pub(super) fn keep(&mut self, from: &[u32], to: impl Fn(u32) -> Option<u32>) {
        self.long.renumber(to);
        gather(&mut self.short, from);
    }
}

/// There are fewer than 2^32 rows.
fn row(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    impl Short for u64 {
        fn short(self) -> Option<u32> {
            u32::try_from(self).ok()
        }

        fn of_short(number: u32) -> u64 {
            number.into()
        }
    }

    fn value() -> impl Strategy<Value = u64> {
        let edge = u64::from(u32::MAX);
        prop_oneof![0..9u64, edge - 2..edge + 2, Just(u64::MAX - 1)]
    }

    proptest! {
        #[test]
        fn holds_what_a_plain_list_holds(
            parts in vec(vec(value(), 0..6), 0..4), kept in vec(any::<prop::sample::Index>(), 0..9),
        ) {
            let mut plain: Vec<u64> = Vec::new();
            let mut compact = Compact::default();
            for part in parts {
                let mut other = Compact::default();
                part.iter().for_each(|value| other.push(*value));
                let change = |value| value + u64::from(value > u64::from(u32::MAX));
                // Only what has no short number can be changed.
                plain.extend(part.into_iter().map(change));
                compact.append(other, change);
            }
            let all = |compact: &Compact<u64>, count| {
                (0..=count).map_while(|row| compact.get(row)).collect::<Vec<_>>()
            };
            prop_assert_eq!(all(&compact, plain.len()), plain.clone());
            let mut from: Vec<u32> = Vec::new();
            if !plain.is_empty() {
                from.extend(kept.iter().map(|pick| row(pick.index(plain.len()))));
            }
            let mut known = std::collections::HashSet::new();
            from.retain(|row| known.insert(*row));
            let to = |old: u32| from.iter().position(|row| *row == old).map(row);
            compact.keep(&from, to);
            let plain: Vec<u64> = from.iter().map(|row| plain[*row as usize]).collect();
            prop_assert_eq!(all(&compact, plain.len()), plain);
        }
    }
}
