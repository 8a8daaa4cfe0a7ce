//! The lines of a text: counted once at places some way apart, and on from there when asked for.

use memchr::memchr_iter;

/// How far apart, in bytes: to count as many takes less than a microsecond.
const STEP: usize = 1 << 14;

/// How many lines end before places of a text.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// Places in order, each with how many lines end before it.
    counted: Vec<(u32, u32)>,
    /// How many end before the place up to which they are counted.
    ended: u32,
}

impl Lines {
    /// Counts from one place to another, which lies behind all that were counted before.
    pub fn count(&mut self, text: &str, from: usize, to: usize) {
        let mut at = from;
        while at < to {
            let next = at.saturating_add(STEP).min(to);
            self.counted.push((short(at), self.ended));
            self.ended = self.ended.saturating_add(ends(text, at, next));
            at = next;
        }
    }

    /// Goes on with what was counted from where this one ends.
    pub fn append(&mut self, other: Lines) {
        let counted = other.counted.into_iter();
        self.counted.extend(counted.map(|(at, ended)| (at, ended.saturating_add(self.ended))));
        self.ended = self.ended.saturating_add(other.ended);
    }

    /// The line, from 1, on which a place of the text stands.
    pub fn line(&self, text: &str, at: usize) -> u32 {
        let behind = self.counted.partition_point(|(place, _)| *place as usize <= at);
        let nearest = behind.checked_sub(1).and_then(|before| self.counted.get(before));
        let (from, ended) = nearest.copied().unwrap_or_default();
        ended.saturating_add(ends(text, from as usize, at)).saturating_add(1)
    }
}

fn ends(text: &str, from: usize, to: usize) -> u32 {
    let between = text.as_bytes().get(from..to).unwrap_or_default();
    short(memchr_iter(b'\n', between).count())
}

/// Texts are no longer than [`LARGEST_FILE`](crate::dataset::LARGEST_FILE).
fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_its_line_however_it_was_counted() {
        let text: String = (0..9000).map(|number| format!("{number}\n\n")).collect();
        let line = |at: usize| 1 + u32::try_from(text[..at].matches('\n').count()).unwrap();
        for cuts in [&[][..], &[STEP], &[7, 20_000, 20_001], &[0, text.len()]] {
            let mut whole = Lines::default();
            let mut from = 0;
            // What lies behind the last cut is not counted at all.
            for cut in cuts {
                let mut part = Lines::default();
                part.count(&text, from, *cut);
                whole.append(part);
                from = *cut;
            }
            for at in (0..text.len()).step_by(977).chain([STEP - 1, STEP, STEP + 1, text.len()]) {
                assert_eq!(whole.line(&text, at), line(at), "{at} with {cuts:?}");
            }
        }
    }
}
