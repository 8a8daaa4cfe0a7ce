//! What few entries have: a list in the order of rows, in place of a column.

/// Items of rows, those of one row side by side and in their order.
#[derive(Clone, Debug)]
pub(super) struct Sparse<T> {
    rows: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Sparse<T> {
    fn default() -> Self {
        Sparse { rows: Vec::new(), items: Vec::new() }
    }
}

impl<T: Copy> Sparse<T> {
    /// Adds items of a row, which must not be before the last one.
    pub(super) fn push(&mut self, row: u32, items: impl IntoIterator<Item = T>) {
        self.items.extend(items);
        self.rows.resize(self.items.len(), row);
    }

    /// Adds those of another, whose rows come `by` further down and not before the last one.
    pub(super) fn append(&mut self, other: Sparse<T>, by: u32, change: impl Fn(T) -> T) {
        self.rows.extend(other.rows.into_iter().map(|row| row.saturating_add(by)));
        self.items.extend(other.items.into_iter().map(change));
    }

    /// Makes room, where there is any, for so many times what another has.
    pub(super) fn reserve(&mut self, times: usize, like: &Sparse<T>) {
        let _ = self.rows.try_reserve(like.rows.len().saturating_mul(times));
        let _ = self.items.try_reserve(like.items.len().saturating_mul(times));
    }

    /// The items of a row.
    pub(super) fn of(&self, row: u32) -> &[T] {
        let from = self.rows.partition_point(|other| *other < row);
        let rest = self.rows.get(from..).unwrap_or_default();
        let count = rest.iter().take_while(|other| **other == row).count();
        self.items.get(from..from.saturating_add(count)).unwrap_or_default()
    }

    /// All items with their rows.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = (u32, T)> {
        self.rows.iter().copied().zip(self.items.iter().copied())
    }

    /// The item at a place among all.
    pub(super) fn get(&self, at: usize) -> Option<&T> {
        self.items.get(at)
    }

    /// Gives each row its new number; those that have none are left out.
    pub(super) fn renumber(&mut self, to: impl Fn(u32) -> Option<u32>) {
        // Their places are sorted, not the items, which take more room.
        let mut kept: Vec<(u32, u32)> =
            (0..).zip(&self.rows).filter_map(|(at, row)| Some((to(*row)?, at))).collect();
        kept.sort_unstable();
        let places: Vec<u32> = kept.iter().map(|(_, at)| *at).collect();
        gather(&mut self.items, &places);
        self.rows = kept.iter().map(|(row, _)| *row).collect();
    }
}

/// Keeps the items at the places named, in the order in which they are named.
pub(super) fn gather<T: Copy>(column: &mut Vec<T>, from: &[u32]) {
    let mut kept = Vec::with_capacity(from.len());
    kept.extend(from.iter().filter_map(|at| column.get(*at as usize).copied()));
    *column = kept;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_items_in_any_order_of_rows() {
        let mut sparse = Sparse::default();
        sparse.push(1, ['a', 'b']);
        sparse.push(2, []);
        sparse.push(4, ['c']);
        let rows = |sparse: &Sparse<char>| {
            (0..6).map(|row| sparse.of(row).iter().collect::<String>()).collect::<Vec<_>>()
        };
        assert_eq!(rows(&sparse), ["", "ab", "", "", "c", ""]);
        sparse.renumber(|row| (row != 2).then_some(5 - row));
        assert_eq!(rows(&sparse), ["", "c", "", "", "ab", ""]);
    }
}
