//! A list that narrows while one types: the only list, used by panels, palette and marks.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::text::same::{has_marked, letters, marked};
use crate::tui::action::Action;
use crate::tui::field::Field;

/// A list of things that have a name, of which some are shown.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// What narrows it.
    pub field: Field,
    /// Whether keys go to the field.
    pub typing: bool,
    /// The items shown, by their number, best first.
    pub shown: Vec<usize>,
    /// The selected one of those shown.
    pub cursor: usize,
    /// The first in the window.
    pub scroll: usize,
}

impl List {
    /// All of so many items.
    pub fn new(count: usize) -> Self {
        List { shown: (0..count).collect(), ..List::default() }
    }

    /// The number of the selected item.
    pub fn selected(&self) -> Option<usize> {
        self.shown.get(self.cursor).copied()
    }

    /// Selects an item by its number, if it is shown.
    pub fn select(&mut self, item: usize) {
        if let Some(at) = self.shown.iter().position(|shown| *shown == item) {
            self.cursor = at;
        }
    }

    /// Narrows anew, after a change of the text or the items. The selected item stays selected
    /// where it is still there and nothing was typed.
    pub fn narrow<'a>(&mut self, names: impl Iterator<Item = &'a str>) {
        let selected = self.selected();
        if self.field.is_empty() {
            self.shown = (0..names.count()).collect();
            self.cursor = 0;
            if let Some(selected) = selected {
                self.select(selected);
            }
            return;
        }
        let mut matcher = Matcher::new(Config::DEFAULT);
        let typed = self.field.text();
        let asked = marked(typed);
        let mut plain = String::new();
        letters(typed, false, &mut plain);
        let pattern = Pattern::parse(&plain, CaseMatching::Respect, Normalization::Never);
        let (mut buffer, mut folded) = (Vec::new(), String::new());
        let mut found: Vec<(bool, Reverse<u32>, usize)> = names
            .enumerate()
            .filter_map(|(item, name)| {
                folded.clear();
                letters(name, false, &mut folded);
                let score = pattern.score(Utf32Str::new(&folded, &mut buffer), &mut matcher)?;
                // Whoever types the beginning of a name means it.
                let begins = folded.starts_with(&plain);
                has_marked(&asked, name).then_some((!begins, Reverse(score), item))
            })
            .collect();
        found.sort_unstable();
        self.shown = found.into_iter().map(|(.., item)| item).collect();
        self.cursor = 0;
    }

    /// Moves the selection in a window of `height` rows. Gives whether the action is a move.
    pub fn go(&mut self, action: Action, count: Option<usize>, height: usize) -> bool {
        let moved = moved(self.cursor, self.shown.len(), height, action, count);
        let Some(moved) = moved else { return false };
        self.cursor = moved;
        true
    }

    /// Keeps the selection in a window of `height` rows.
    pub fn settle(&mut self, height: usize) {
        self.cursor = self.cursor.min(self.shown.len().saturating_sub(1));
        let last_top = self.shown.len().saturating_sub(height.max(1));
        let lowest = (self.cursor + 1).saturating_sub(height.max(1));
        self.scroll = self.scroll.clamp(lowest, self.cursor.max(lowest)).min(last_top);
    }
}

/// The position after a move in a list of `length`, of which a page shows `page`; nothing for an
/// action that is no move.
pub fn moved(
    from: usize,
    length: usize,
    page: usize,
    action: Action,
    count: Option<usize>,
) -> Option<usize> {
    let last = length.saturating_sub(1);
    let times = count.unwrap_or(1);
    let step = match action {
        Action::HalfPageDown | Action::HalfPageUp => (page / 2).max(1),
        // Two lines of the page before stay in sight.
        Action::PageDown | Action::PageUp => page.saturating_sub(2).max(1),
        _ => 1,
    }
    .saturating_mul(times);
    let to = match action {
        Action::Down | Action::HalfPageDown | Action::PageDown => from.saturating_add(step),
        Action::Up | Action::HalfPageUp | Action::PageUp => from.saturating_sub(step),
        Action::First => count.map_or(0, |number| number.saturating_sub(1)),
        Action::Last => count.map_or(last, |number| number.saturating_sub(1)),
        _ => return None,
    };
    Some(to.min(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrowing_keeps_what_matches_best_first() {
        let names = ["John Kirby", "Mark Milley", "Robert Gates", "Kirk Irby"];
        let mut list = List::new(names.len());
        list.field = Field::new("kirby");
        list.narrow(names.into_iter());
        assert_eq!(list.shown, [0, 3]);
        // However the name, or what is typed, is written.
        let names = ["Jose\u{301} García", "Jose Garcia", "Łódź", "Пётр", "Strauß", "Rus\u{ad}sia"];
        for (typed, shown) in [
            ("garcia", &[1, 0][..]),
            ("josé", &[0]),
            ("Garci\u{301}a", &[0]),
            ("lodz", &[2]),
            ("петр", &[3]),
            ("STRAUSS", &[4]),
            ("russia", &[5]),
        ] {
            list.field = Field::new(typed);
            list.narrow(names.into_iter());
            list.shown.sort_unstable_by_key(|item| std::cmp::Reverse(*item));
            assert_eq!(list.shown, shown, "{typed}");
        }
        // What begins with it goes before what has it as a word of its own.
        let names = ["filter  by a query", "search", "quit  from anywhere"];
        list.field = Field::new("Qu");
        list.narrow(names.into_iter());
        assert_eq!(list.shown, [2, 0]);
        list.field = Field::new("zzz");
        list.narrow(names.into_iter());
        assert_eq!(list.selected(), None);
        list.field = Field::default();
        list.narrow(names.into_iter());
        assert_eq!(list.shown.len(), 3);
    }

    #[test]
    fn the_selection_stays_in_the_window() {
        let mut list = List::new(20);
        for (cursor, height, scroll) in
            [(0, 5, 0), (7, 5, 3), (19, 5, 15), (4, 5, 4), (4, 0, 4), (0, 50, 0)]
        {
            list.cursor = cursor;
            list.settle(height);
            assert_eq!(list.scroll, scroll, "{cursor} in {height}");
        }
    }

    #[test]
    fn moves_stay_in_the_list() {
        for (from, length, action, count, to) in [
            (0, 12, Action::Down, None, 1),
            (0, 12, Action::Down, Some(5), 5),
            (11, 12, Action::Down, None, 11),
            (3, 12, Action::Up, Some(9), 0),
            (0, 12, Action::Last, None, 11),
            (0, 12, Action::Last, Some(5), 4),
            (0, 12, Action::Last, Some(500), 11),
            (7, 12, Action::First, None, 0),
            (7, 12, Action::First, Some(3), 2),
            (0, 100, Action::PageDown, None, 8),
            (50, 100, Action::HalfPageUp, None, 45),
            (0, 0, Action::Down, None, 0),
            (0, 0, Action::Last, Some(usize::MAX), 0),
        ] {
            let reached = moved(from, length, 10, action, count);
            assert_eq!(reached, Some(to), "{action:?} {count:?} from {from}");
        }
        assert_eq!(moved(1, 2, 10, Action::Help, None), None);
    }
}
