//! Where words beside the marks of a picture have room.

/// A rectangle of the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
}

/// The height of a line of words.
const LINE: f64 = 15.0;

/// Between words and what they are beside.
const GAP: f64 = 7.0;

/// Words further to the side of their mark than this are led back to it.
const NEAR: f64 = 9.0;

/// The same of words over or under it: so many lines are seen to belong to it.
const STACK: f64 = 4.0 * LINE;

impl Area {
    fn meets(self, other: Area) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn holds(self, other: Area) -> bool {
        self.left <= other.left
            && other.right <= self.right
            && self.top <= other.top
            && other.bottom <= self.bottom
    }

    /// A line from words to the mark that they are of, which stands at a height; nothing where
    /// they are right beside it.
    pub(super) fn leader(self, mark: Area, height: f64) -> Option<((f64, f64), (f64, f64))> {
        let beside = (self.left - mark.right).max(mark.left - self.right);
        let over = (self.top - mark.bottom).max(mark.top - self.bottom);
        // Right beside it, or in a stack over or under it.
        if beside <= 0.0 && over <= STACK || beside <= NEAR && over <= 0.0 {
            return None;
        }
        let to = f64::midpoint(self.left, self.right).clamp(mark.left, mark.right);
        let from = to.clamp(self.left, self.right);
        let middle = f64::midpoint(self.top, self.bottom);
        let from_y = if self.top > height {
            self.top + 2.0
        } else if self.bottom < height {
            self.bottom - 2.0
        } else {
            middle
        };
        Some(((from, from_y), (to, height)))
    }
}

/// What is free within a plot.
pub(super) struct Places {
    whole: Area,
    marks: Vec<Area>,
    words: Vec<Area>,
}

impl Places {
    pub(super) fn new(whole: Area, marks: Vec<Area>) -> Self {
        Places { whole, marks, words: Vec::new() }
    }

    /// Takes room for words of so many units: behind the mark, above it, below it, before it, or
    /// as near as there is any. On marks only where nothing else is left, on other words never as
    /// long as there is room for a line.
    pub(super) fn take(&mut self, mark: Area, height: f64, wide: f64) -> Area {
        let at = |left: f64, middle: f64| Area {
            left,
            right: left + wide,
            top: middle - LINE / 2.0,
            bottom: middle + LINE / 2.0,
        };
        let start = (mark.left + 14.0).min(self.whole.right - wide).max(self.whole.left);
        let beside = [
            at(mark.right + GAP, height),
            at(start, mark.top - LINE / 2.0 - 1.0),
            at(start, mark.bottom + LINE / 2.0 + 1.0),
            at(mark.left - GAP - wide, height),
        ];
        let steps = (1..64).flat_map(|step| {
            let away = f64::from(step) * LINE / 2.0;
            [-away, away]
        });
        let columns = [start, mark.right + GAP, mark.left - GAP - wide];
        let near = steps.flat_map(|away| columns.map(|left| at(left, height + away)));
        let all: Vec<Area> = beside.into_iter().chain(near).collect();
        let free = |area: &&Area| {
            self.whole.holds(**area) && !self.words.iter().any(|words| words.meets(**area))
        };
        let clear = |area: &&Area| free(area) && !self.marks.iter().any(|mark| mark.meets(**area));
        let found = all.iter().find(clear).or_else(|| all.iter().find(free));
        let place = found.copied().unwrap_or_else(|| at(start, mark.top - LINE / 2.0 - 1.0));
        self.words.push(place);
        place
    }
}
