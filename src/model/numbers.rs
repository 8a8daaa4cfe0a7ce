//! A column of numbers of names, which are few in most timelines.

use crate::model::sparse::gather;

/// A number for each row, or none: of 16 bits, until there is one that needs 32.
#[derive(Clone, Debug)]
pub(super) enum Numbers {
    Few(Vec<u16>),
    Many(Vec<u32>),
}

/// Stand where there is no number.
const NONE: u32 = u32::MAX;
const NO_SHORT: u16 = u16::MAX;

impl Default for Numbers {
    fn default() -> Self {
        Numbers::Few(Vec::new())
    }
}

/// The number in 16 bits; nothing where it needs more.
fn short(number: u32) -> Option<u16> {
    match number {
        NONE => Some(NO_SHORT),
        number => u16::try_from(number).ok().filter(|number| *number != NO_SHORT),
    }
}

fn long(number: u16) -> u32 {
    if number == NO_SHORT { NONE } else { number.into() }
}

impl Numbers {
    pub(super) fn push(&mut self, number: Option<u32>) {
        self.add(number.unwrap_or(NONE));
    }

    fn add(&mut self, number: u32) {
        match self {
            Numbers::Many(all) => all.push(number),
            Numbers::Few(few) => match short(number) {
                Some(number) => few.push(number),
                None => {
                    let mut all = Vec::with_capacity(few.capacity());
                    all.extend(few.iter().map(|number| long(*number)));
                    all.push(number);
                    *self = Numbers::Many(all);
                }
            },
        }
    }

    pub(super) fn reserve(&mut self, count: usize) {
        match self {
            Numbers::Few(few) => few.reserve(count),
            Numbers::Many(all) => all.reserve(count),
        }
    }

    fn len(&self) -> usize {
        match self {
            Numbers::Few(few) => few.len(),
            Numbers::Many(all) => all.len(),
        }
    }

    /// The number of a row; nothing where it has none, or there is no such row.
    pub(super) fn get(&self, row: usize) -> Option<u32> {
        let number = match self {
            Numbers::Few(few) => long(*few.get(row)?),
            Numbers::Many(all) => *all.get(row)?,
        };
        Some(number).filter(|number| *number != NONE)
    }

    /// Adds another's numbers at the end, each as `change` makes it.
    pub(super) fn append(&mut self, other: &Numbers, change: impl Fn(u32) -> Option<u32>) {
        (0..other.len()).for_each(|row| self.push(other.get(row).and_then(&change)));
    }

    /// Keeps the rows named, in the order in which they are named.
    pub(super) fn keep(&mut self, from: &[u32]) {
        match self {
            Numbers::Few(few) => gather(few, from),
            Numbers::Many(all) => gather(all, from),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn number() -> impl Strategy<Value = Option<u32>> {
        let edge = u32::from(u16::MAX);
        prop_oneof![
            8 => proptest::option::of(0..9u32),
            1 => (edge - 2..edge).prop_map(Some),
            1 => (edge..edge + 2).prop_map(Some),
            1 => Just(Some(NONE - 1)),
        ]
    }

    proptest! {
        #[test]
        fn holds_what_a_plain_list_holds(
            parts in vec(vec(number(), 0..5), 0..5), kept in vec(0..20u32, 0..9),
        ) {
            let mut plain: Vec<Option<u32>> = Vec::new();
            let mut numbers = Numbers::default();
            let change = |number: u32| (number != 3).then_some(number.saturating_sub(1));
            for part in parts {
                let mut other = Numbers::default();
                part.iter().for_each(|number| other.push(*number));
                numbers.append(&other, change);
                plain.extend(part.into_iter().map(|number| number.and_then(change)));
            }
            let all = |numbers: &Numbers| (0..numbers.len()).map(|row| numbers.get(row)).collect::<Vec<_>>();
            prop_assert_eq!(all(&numbers), plain.clone());
            prop_assert_eq!(numbers.get(plain.len()), None);
            numbers.keep(&kept);
            let kept: Vec<_> = kept.iter().filter_map(|row| plain.get(*row as usize).copied()).collect();
            prop_assert_eq!(all(&numbers), kept);
        }
    }
}
