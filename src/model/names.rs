//! Interned names: each tag or place is kept once and known by its number.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

/// The number of a name within its [`Names`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameIndex(pub u32);

/// A set of names, numbered in the order of their first appearance. Beside its letters a name takes
/// some 15 bytes.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// All names, one after the other.
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Names {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The name with this number; empty for a number that was not given out here.
    pub fn name(&self, index: NameIndex) -> &str {
        name(&self.text, &self.ends, index.0)
    }

    /// The number of a name, if it is known.
    pub fn find(&self, name: &str) -> Option<NameIndex> {
        let same = |number: &u32| self.name(NameIndex(*number)) == name;
        self.numbers.find(self.hasher.hash_one(name), same).copied().map(NameIndex)
    }

    /// All names with their numbers, in order of first appearance.
    pub fn iter(&self) -> impl Iterator<Item = (NameIndex, &str)> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let names = starts.zip(&self.ends).map(|(start, end)| self.text.get(start..*end));
        (0u32..).map(NameIndex).zip(names.map(Option::unwrap_or_default))
    }

    pub(crate) fn intern(&mut self, new: &str) -> NameIndex {
        if let Some(index) = self.find(new) {
            return index;
        }
        // Names come from entries, of which there are fewer than 2^32.
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.text.push_str(new);
        self.ends.push(self.text.len());
        let Names { text, ends, numbers, hasher } = self;
        let hash = |number: u32| hasher.hash_one(name(text, ends, number));
        numbers.insert_unique(hash(number), number, |number| hash(*number));
        NameIndex(number)
    }
}

fn name<'a>(text: &'a str, ends: &[usize], number: u32) -> &'a str {
    let number = number as usize;
    let start = number.checked_sub(1).map_or(Some(0), |before| ends.get(before).copied());
    let place = start.zip(ends.get(number).copied());
    place.and_then(|(start, end)| text.get(start..end)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_kept_once_in_order() {
        let mut names = Names::default();
        for (name, number) in [("grain", 0), ("", 1), ("énergie", 2), ("grain", 0), ("", 1)] {
            assert_eq!(names.intern(name), NameIndex(number), "{name}");
        }
        for number in 3..1000 {
            assert_eq!(names.intern(&format!("name {number}")), NameIndex(number));
        }
        assert_eq!(names.find("énergie"), Some(NameIndex(2)));
        assert_eq!(names.find("name 999"), Some(NameIndex(999)));
        assert_eq!(names.find("rain"), None);
        let all: Vec<_> = names.iter().take(3).collect();
        assert_eq!(all, [(NameIndex(0), "grain"), (NameIndex(1), ""), (NameIndex(2), "énergie")]);
        assert_eq!(names.iter().count(), names.len());
        assert!(names.iter().all(|(number, name)| names.name(number) == name));
        assert_eq!(names.name(NameIndex(1000)), "");
    }
}
