//! What a filter leaves of a timeline, and what is worked out once for it.

use crate::model::{EntryIndex, Timeline};
use crate::query::{Needle, Query};
use crate::view::rails::Rails;
use crate::view::strip::Density;

/// The entries on show, in order, with what their drawing needs beyond themselves.
#[derive(Debug, Default)]
pub struct Shown {
    /// The entries, in chronological order.
    pub entries: Vec<EntryIndex>,
    /// The intervals among them.
    pub rails: Rails,
    /// How they lie in time.
    pub density: Density,
    /// The query that let them through.
    pub asked: Query,
    /// The words that it asks for, to be shown where they stand.
    pub needles: Vec<Needle>,
}

impl Shown {
    /// Without a query; takes time in proportion to the timeline.
    pub fn new(timeline: &Timeline, entries: Vec<EntryIndex>) -> Self {
        let rails = Rails::new(timeline, &entries);
        let density = Density::new(timeline, &entries);
        Shown { entries, rails, density, ..Shown::default() }
    }

    /// The same for what a query leaves of the same timeline; quicker than anew.
    #[must_use]
    pub fn narrowed(&self, timeline: &Timeline, asked: &Query, entries: Vec<EntryIndex>) -> Self {
        let rails = Rails::new(timeline, &entries);
        let density = self.density.narrowed(timeline, &entries);
        Shown { entries, rails, density, asked: asked.clone(), needles: asked.needles() }
    }

    /// How many entries are on show.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether the filter left none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entry at a position.
    pub fn get(&self, position: usize) -> Option<EntryIndex> {
        self.entries.get(position).copied()
    }

    /// The position of an entry; of one that is not on show, where it would stand.
    pub fn position(&self, entry: EntryIndex) -> Result<usize, usize> {
        self.entries.binary_search(&entry)
    }
}
