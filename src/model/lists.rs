//! A column of short lists, all in one pool in the order of rows.

/// A list for each row.
#[derive(Clone, Debug)]
pub(super) struct Lists<T> {
    /// Where the list of each row ends; it begins where that of the row before does.
    ends: Vec<u32>,
    pool: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Lists { ends: Vec::new(), pool: Vec::new() }
    }
}

impl<T: Copy> Lists<T> {
    pub(super) fn push(&mut self, items: &[T]) {
        self.pool.extend_from_slice(items);
        self.ends.push(number(self.pool.len()));
    }

    /// Makes room, where there is any, for so many times what another has.
    pub(super) fn reserve(&mut self, times: usize, like: &Lists<T>) {
        let _ = self.ends.try_reserve(like.ends.len().saturating_mul(times));
        let _ = self.pool.try_reserve(like.pool.len().saturating_mul(times));
    }

    /// The list of a row; empty where there is no such row.
    pub(super) fn of(&self, row: usize) -> &[T] {
        let end = |row: usize| self.ends.get(row).map(|end| *end as usize);
        let start = row.checked_sub(1).map_or(Some(0), end);
        let list = start.zip(end(row)).and_then(|(start, end)| self.pool.get(start..end));
        list.unwrap_or_default()
    }

    /// Adds another's lists at the end, each item as `change` makes it.
    pub(super) fn append(&mut self, other: Lists<T>, change: impl Fn(T) -> T) {
        let by = number(self.pool.len());
        self.ends.extend(other.ends.into_iter().map(|end| end.saturating_add(by)));
        self.pool.extend(other.pool.into_iter().map(change));
    }

    /// Keeps the rows named, in the order in which they are named.
    pub(super) fn keep(&mut self, from: &[u32]) {
        let mut kept = Lists::default();
        kept.reserve(1, self);
        from.iter().for_each(|row| kept.push(self.of(*row as usize)));
        *self = kept;
    }
}

/// A dataset has fewer than 2^32 bytes; where several together name more, the last names are left
/// out.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_lists_in_any_order_of_rows() {
        let of = |rows: &[&str]| {
            let mut lists = Lists::default();
            rows.iter().for_each(|row| lists.push(&row.chars().collect::<Vec<_>>()));
            lists
        };
        let rows = |lists: &Lists<char>| {
            (0..5).map(|row| lists.of(row).iter().collect::<String>()).collect::<Vec<_>>()
        };
        let mut lists = of(&["ab", "", "c"]);
        lists.append(of(&["d", ""]), |item| item.to_ascii_uppercase());
        assert_eq!(rows(&lists), ["ab", "", "c", "D", ""]);
        lists.keep(&[3, 1, 0]);
        assert_eq!(rows(&lists), ["D", "", "ab", "", ""]);
    }
}
