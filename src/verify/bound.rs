//! How much may be done to verify quotes.

use crate::verify::archive::Found;

/// The steps that a byte of a text costs to be made ready: some 20 ns, a step being one.
const PER_BYTE: u64 = 16;

/// The steps of a quote that stands where its words lead.
const PER_QUOTE: u64 = 1_000;

/// The most steps that opening a dataset is worth: 64 MiB of texts, or some seconds on a thread of its
/// own.
const OPENING: u64 = PER_BYTE * (64 << 20);

/// The most quotes, counted once for each source, that are looked for when a dataset is opened.
const MOST_ROWS: usize = 50_000;

/// How much may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    steps: u64,
    rows: usize,
}

impl Bound {
    /// All there is, as when it is asked for.
    pub const NONE: Bound = Bound { steps: u64::MAX, rows: usize::MAX };

    /// What opening a dataset is worth, which nobody asked to verify.
    pub const OPENING: Bound = Bound { steps: OPENING, rows: MOST_ROWS };
}

/// What is left of a bound.
#[derive(Clone, Copy, Debug)]
pub(super) struct Work {
    left: u64,
    rows: usize,
    stopped: bool,
}

impl Work {
    pub fn of(bound: Bound) -> Work {
        Work { left: bound.steps, rows: bound.rows, stopped: false }
    }

    /// Whether one more quote may be looked for beside so many.
    pub fn has_room_for(&mut self, rows: usize) -> bool {
        self.stopped |= rows >= self.rows;
        rows < self.rows
    }

    /// Takes what a text of a length costs; false where there is not so much left, and then no
    /// smaller one is taken either: which are left out must not depend on their sizes.
    pub fn take(&mut self, length: u64) -> bool {
        self.spend(length.saturating_mul(PER_BYTE));
        !self.stopped
    }

    /// Takes what it cost to look for a quote: one that is not there is laid beside passages word
    /// by word.
    pub fn looked_for(&mut self, words: &str, found: &Found) {
        let laid_beside = match found {
            Found::Near { .. } | Found::Missing => {
                let count = words.split_whitespace().take(1_000).count() as u64;
                4 * count * (3 * count + 400)
            }
            _ => 0,
        };
        self.spend(PER_QUOTE.saturating_add(laid_beside));
    }

    pub fn has_stopped(&self) -> bool {
        self.stopped
    }

    fn spend(&mut self, steps: u64) {
        match self.left.checked_sub(steps) {
            Some(left) => self.left = left,
            None => (self.left, self.stopped) = (0, true),
        }
    }
}

#[cfg(test)]
impl Bound {
    /// For tests: so many bytes of texts, and so many quotes.
    pub(super) fn of_bytes(bytes: u64, rows: usize) -> Bound {
        Bound { steps: bytes * PER_BYTE, rows }
    }
}
