//! From places in a text that was made of another to places in that other.

/// Pairs of places; between two of them both texts run alike.
#[derive(Clone, Debug, Default)]
pub(super) struct Offsets(Vec<(u32, u32)>);

impl Offsets {
    /// From here on, `made` stands for `of`. Both only grow.
    pub fn push(&mut self, made: usize, of: usize) {
        let (made, of) = (narrow(made), narrow(of));
        match self.0.last_mut() {
            Some((last, at)) if of.checked_sub(*at) == made.checked_sub(*last) => {}
            Some((last, at)) if *last == made => *at = of,
            _ => self.0.push((made, of)),
        }
    }

    /// The place that a place was made of.
    pub fn get(&self, made: usize) -> usize {
        let made = narrow(made);
        let next = self.0.partition_point(|(from, _)| *from <= made);
        match next.checked_sub(1).and_then(|at| self.0.get(at)) {
            Some((from, of)) => (of.saturating_add(made - from)) as usize,
            None => made as usize,
        }
    }
}

/// Archives are smaller than 4 GiB (see `load::LARGEST_ARCHIVE`).
pub(super) fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
