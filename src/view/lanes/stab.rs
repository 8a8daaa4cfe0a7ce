//! Stretches of days, asked whether one of them touches some days.

use crate::model::EntryIndex;
use crate::when::Day;

/// Stretches in the order of their first day, each with the longest reach of all up to it: so the
/// answer takes one binary search.
#[derive(Clone, Debug, Default)]
pub(super) struct Stab {
    /// First day; the last day that it or one before it reaches, and whose that is.
    reaches: Vec<(Day, Day, EntryIndex)>,
}

impl Stab {
    /// Of stretches in any order: first day, last day, whose.
    pub(super) fn new(mut stretches: Vec<(Day, Day, EntryIndex)>) -> Self {
        stretches.sort_unstable();
        let mut furthest: Option<(Day, EntryIndex)> = None;
        for (_, last, entry) in &mut stretches {
            match furthest {
                Some((reach, whose)) if reach >= *last => (*last, *entry) = (reach, whose),
                _ => furthest = Some((*last, *entry)),
            }
        }
        Stab { reaches: stretches }
    }

    /// One that touches the days from `first` to `last`: of those that begin by then, the one
    /// that reaches furthest.
    pub(super) fn touching(&self, first: Day, last: Day) -> Option<EntryIndex> {
        let begun = self.reaches.partition_point(|(begin, ..)| *begin <= last);
        let (_, reach, entry) = self.reaches.get(begun.checked_sub(1)?)?;
        (*reach >= first).then_some(*entry)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn finds_what_a_search_of_all_finds(
            stretches in proptest::collection::vec((-20i64..20, 0i64..15), 0..12),
            first in -30i64..30, length in 0i64..6,
        ) {
            let all: Vec<(Day, Day, EntryIndex)> =
                (0u32..).zip(&stretches).map(|(at, (from, long))| (*from, from + long, EntryIndex(at))).collect();
            let touches = |(from, to, _): &&(Day, Day, EntryIndex)| *from <= first + length && *to >= first;
            let furthest = all.iter().filter(touches).map(|(_, to, _)| *to).max();
            let found = Stab::new(all.clone()).touching(first, first + length);
            prop_assert_eq!(found.map(|entry| all[entry.at()].1), furthest);
        }
    }
}
