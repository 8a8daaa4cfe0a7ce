//! The same place in a text that is laid out anew, for another width.
//!
//! Lines end elsewhere then, and only the letters stay: a place is how many of them stand before it.

/// The place of the line on top of a window, for as long as the window is not moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The first line in the window.
    scroll: usize,
    /// How many letters stand before it.
    letters: usize,
}

/// How many letters a line has that it has in every layout.
pub fn letters(line: &str) -> usize {
    line.chars().filter(|letter| letter.is_alphanumeric()).count()
}

impl Anchor {
    /// Of a window whose first line is `scroll`, over lines of so many letters. Where the window
    /// was not moved since the last one, that one holds: going there and back leads to no other
    /// place.
    pub fn of(last: Option<Anchor>, scroll: usize, lines: impl Iterator<Item = usize>) -> Anchor {
        match last {
            Some(last) if last.scroll == scroll => last,
            _ => Anchor { scroll, letters: lines.take(scroll).sum() },
        }
    }

    /// The same in other lines.
    #[must_use]
    pub fn within(self, lines: impl Iterator<Item = usize>) -> Anchor {
        let mut before = 0;
        let mut last = 0;
        for (number, letters) in lines.enumerate() {
            last = number;
            before += letters;
            if before > self.letters {
                break;
            }
        }
        // The very beginning may have lines without letters.
        Anchor { scroll: if self.letters == 0 { self.scroll.min(last) } else { last }, ..self }
    }

    /// With the window moved no further than to a line, so that it is full.
    #[must_use]
    pub fn up_to(self, last: usize) -> Anchor {
        Anchor { scroll: self.scroll.min(last), ..self }
    }

    /// The first line in the window.
    pub fn scroll(self) -> usize {
        self.scroll
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::wrap;

    proptest! {
        /// The first letter of the line on top is in the line on top of any other layout, and on
        /// the way back the same line is.
        #[test]
        fn the_line_on_top_stays(
            words in proptest::collection::vec("[a-z]{1,9}", 1..60), top in 0usize..40,
            one in 10usize..60, other in 10usize..60,
        ) {
            let text = words.join(" ");
            let (old, new) = (wrap(&text, one), wrap(&text, other));
            let counts = |lines: &[String]| -> Vec<usize> {
                lines.iter().map(|line| letters(line)).collect()
            };
            let (old, new) = (counts(&old), counts(&new));
            let top = top.min(old.len() - 1);
            let anchor = Anchor::of(None, top, old.iter().copied());
            let there = anchor.within(new.iter().copied());
            let before: usize = old[..top].iter().sum();
            let (start, end): (usize, usize) =
                (new[..there.scroll()].iter().sum(), new[..=there.scroll()].iter().sum());
            prop_assert!((start..end).contains(&before));
            let again = Anchor::of(Some(there), there.scroll(), new.iter().copied());
            prop_assert_eq!(again.within(old.iter().copied()).scroll(), top);
        }
    }
}
