//! Sixty-four bytes of a text at once, and which of them are what: a set of places as bits, the
//! first place the lowest.

use wide::u8x16;

/// How many bytes a block has, as many as a set of places has bits.
pub(super) const BLOCK: usize = 64;

/// How many of them are compared in one step on any processor.
const STEP: usize = 16;

/// A byte to be found at some distance behind a place, either of two.
#[derive(Clone, Copy, Debug)]
pub(super) struct Byte {
    distance: usize,
    either: u8x16,
    or: u8x16,
}

impl Byte {
    /// Either of two bytes, which may be the same.
    pub(super) fn new(either: u8, or: u8, distance: usize) -> Self {
        Byte { distance, either: u8x16::splat(either), or: u8x16::splat(or) }
    }

    fn fits(&self, text: u8x16) -> u8x16 {
        text.simd_eq(self.either) | text.simd_eq(self.or)
    }
}

/// Where in the block from a place on all of some bytes stand, in bits; none beyond the text.
#[inline(always)]
pub(super) fn places<const N: usize>(text: &[u8], at: usize, bytes: &[Byte; N]) -> u64 {
    let mut blocks = [&[[0; STEP]; BLOCK / STEP]; N];
    for (block, byte) in blocks.iter_mut().zip(bytes) {
        let rest = text.get(at + byte.distance..);
        match rest.and_then(|rest| rest.as_chunks().0.first_chunk()) {
            Some(own) => *block = own,
            None => return places_at_the_end(text, at, bytes),
        }
    }
    let mut places = 0;
    for step in 0..BLOCK / STEP {
        let mut fit = u8x16::splat(u8::MAX);
        for (block, byte) in blocks.iter().zip(bytes) {
            fit &= byte.fits(u8x16::new(block[step]));
        }
        places |= u64::from(fit.to_bitmask()) << (step * STEP);
    }
    places
}

/// [`places`] of the few that have no whole block behind them.
#[cold]
#[inline(never)]
fn places_at_the_end<const N: usize>(text: &[u8], at: usize, bytes: &[Byte; N]) -> u64 {
    bytes.iter().fold(u64::MAX, |all, byte| {
        let rest = text.get(at + byte.distance..).unwrap_or_default();
        let rest = rest.get(..BLOCK).unwrap_or(rest);
        let mut padded = [0; BLOCK];
        if let Some(own) = padded.get_mut(..rest.len()) {
            own.copy_from_slice(rest);
        }
        all & places(&padded, 0, &[Byte { distance: 0, ..*byte }]) & below(rest.len())
    })
}

/// The places of a set, the first first.
pub(super) fn each(mut places: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = (places != 0).then(|| places.trailing_zeros() as usize)?;
        places &= places - 1;
        Some(place)
    })
}

/// The places up to each of which, with itself, there is an odd number of marks.
pub(super) fn odd(mut marks: u64) -> u64 {
    for step in [1, 2, 4, 8, 16, 32] {
        marks ^= marks << step;
    }
    marks
}

/// The places below a number, which may be beyond the block.
pub(super) fn below(count: usize) -> u64 {
    if count < BLOCK { (1 << count) - 1 } else { u64::MAX }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_bytes() {
        for length in [0, 1, 63, 64, 65, 130] {
            let text: Vec<u8> = b"ab\"CX".iter().copied().cycle().take(length).collect();
            for at in [0, 1, 5, 62, length] {
                for (either, or) in
                    [(b'a', b'a'), (b'"', b'a'), (b'c', b'C'), (b'c', b'c'), (b'X', b'X')]
                {
                    let expected = (0..BLOCK).filter(|place| {
                        text.get(at + place).is_some_and(|byte| [either, or].contains(byte))
                    });
                    let places = places(&text, at, &[Byte::new(either, or, 0)]);
                    assert!(each(places).eq(expected), "{at}");
                }
            }
        }
    }

    #[test]
    fn marks_are_counted_up_to_each_place() {
        for marks in [0, 1, 0b1010, u64::MAX, 0x8000_0000_0001_0100] {
            let expected =
                (0..BLOCK).filter(|place| (marks & below(place + 1)).count_ones() % 2 == 1);
            assert!(each(odd(marks)).eq(expected), "{marks:x}");
        }
    }
}
