//! Interned names: each tag or place is kept once and known by its number.

use std::collections::HashMap;
use std::sync::Arc;

/// The number of a name within its [`Names`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameIndex(pub u32);

/// A set of names, numbered in the order of their first appearance.
#[derive(Clone, Debug, Default)]
pub struct Names {
    names: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, NameIndex>,
}

impl Names {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The name with this number; empty for a number that was not given out here.
    pub fn name(&self, index: NameIndex) -> &str {
        self.names.get(index.0 as usize).map_or("", |name| name)
    }

    /// The number of a name, if it is known.
    pub fn find(&self, name: &str) -> Option<NameIndex> {
        self.numbers.get(name).copied()
    }

    /// All names with their numbers, in order of first appearance.
    pub fn iter(&self) -> impl Iterator<Item = (NameIndex, &str)> {
        (0u32..).map(NameIndex).zip(self.names.iter().map(|name| &**name))
    }

    pub(crate) fn intern(&mut self, name: &str) -> NameIndex {
        if let Some(index) = self.numbers.get(name) {
            return *index;
        }
        // Names come from entries, of which there are fewer than 2^32.
        let index = NameIndex(u32::try_from(self.names.len()).unwrap_or(u32::MAX));
        let name: Arc<str> = name.into();
        self.names.push(Arc::clone(&name));
        self.numbers.insert(name, index);
        index
    }
}
