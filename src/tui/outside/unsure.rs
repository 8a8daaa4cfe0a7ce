//! Letters of which terminals disagree how wide they are.
//!
//! A family joined of four emoji has two cells here and in some terminals, and eight in others,
//! which show its parts side by side; a heart that is an emoji only by its selector has two cells
//! here and one there. So all cells are cleared that such a letter has here, and all cells are
//! written anew, after it, that it may have had elsewhere. Nothing of it is left when it goes.

use ratatui::buffer::{Buffer, CellDiffOption};
use unicode_width::UnicodeWidthChar;

use crate::text::width;

/// The most cells that a terminal gives to a letter: those of all its parts.
pub fn reach(symbol: &str) -> usize {
    if symbol.len() == 1 {
        return 1;
    }
    symbol.chars().map(widest).sum::<usize>().max(width(symbol))
}

/// The most cells that a character takes in any terminal.
fn widest(character: char) -> usize {
    match character {
        // Halves of a flag.
        '\u{1f1e6}'..='\u{1f1ff}' => 2,
        // Vowels and final consonants of Hangul, which join the letter before them in most.
        '\u{1160}'..='\u{11ff}' | '\u{d7b0}'..='\u{d7ff}' => 2,
        // What encloses a letter, and marks beside it that Unicode counts as part of it.
        '\u{20dd}'..='\u{20e4}'
        | '\u{9be}'
        | '\u{9d7}'
        | '\u{b3e}'
        | '\u{b57}'
        | '\u{bbe}'
        | '\u{bd7}'
        | '\u{cc2}'
        | '\u{cd5}'
        | '\u{cd6}'
        | '\u{d3e}'
        | '\u{d57}'
        | '\u{dcf}'
        | '\u{ddf}'
        | '\u{1b35}'
        | '\u{302e}'
        | '\u{302f}' => 1,
        _ => character.width().unwrap_or(0),
    }
}

/// Whether terminals may give the letter another width than it has here.
pub fn is_unsure(symbol: &str) -> bool {
    if symbol.len() == 1 {
        return false;
    }
    let parts = symbol.chars().filter(|part| widest(*part) > 0).count();
    parts > 1 || reach(symbol) != width(symbol) || symbol.contains('\u{fe0f}')
}

/// Prepares a frame to be compared with the next. When a wide letter goes, what lies under it is
/// left to the terminal, and may keep what it looked like; and what an unsure one may have covered
/// is written whenever the frame is.
pub fn cover(buffer: &mut Buffer) {
    let columns = usize::from(buffer.area.width.max(1));
    for row in buffer.content.chunks_mut(columns) {
        let mut under = 0..0;
        let mut reached = 0;
        for (column, cell) in row.iter_mut().enumerate() {
            if under.contains(&column) {
                // Nothing that is drawn, so it is never the same.
                cell.set_symbol("");
                continue;
            }
            if column < reached {
                cell.set_diff_option(CellDiffOption::AlwaysUpdate);
            }
            let symbol = cell.symbol();
            if symbol.len() > 1 {
                under = column + 1..column + width(symbol).max(1);
                if is_unsure(symbol) {
                    reached = reached.max(column + reach(symbol));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::backend::Backend;
    use ratatui::layout::Rect;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;
    use crate::tui::outside::pen::Pen;

    const UNSURE: [&str; 12] =
        ["👩🏽‍🚀", "👨‍👩‍👧‍👦", "🇺🇦", "👍🏽", "❤️", "1️⃣", "क्षे", "न्द्र", "நி", "한", "🏳️‍🌈", "ก็"];

    #[test]
    fn letters_and_how_far_they_reach() {
        for (symbol, cells, most, unsure) in [
            ("a", 1, 1, false),
            ("é", 1, 1, false),
            ("e\u{301}", 1, 1, false),
            ("字", 2, 2, false),
            ("👩🏽‍🚀", 2, 6, true),
            ("👨‍👩‍👧‍👦", 2, 8, true),
            ("🇺🇦", 2, 4, true),
            ("❤️", 2, 2, true),
            ("\u{1112}\u{1161}\u{11ab}", 2, 6, true),
            ("שָׁ", 1, 1, false),
        ] {
            assert_eq!((width(symbol), reach(symbol)), (cells, most), "{symbol}");
            assert_eq!(is_unsure(symbol), unsure, "{symbol}");
        }
    }

    /// How a terminal takes the letters that it is sent.
    #[derive(Clone, Copy, Debug)]
    enum Takes {
        /// Each character on its own, one beside the other.
        Parts,
        /// What a reader sees as one letter, in no more than two cells.
        Letters,
        /// The same, but an emoji by selector in one.
        Narrow,
    }

    /// A terminal that knows what the pen sends.
    struct Model {
        takes: Takes,
        cells: Vec<Vec<Option<String>>>,
        row: usize,
        column: usize,
    }

    impl Model {
        fn new(takes: Takes, area: Rect) -> Model {
            let row = vec![Some(" ".to_owned()); area.width.into()];
            Model { takes, cells: vec![row; area.height.into()], row: 0, column: 0 }
        }

        /// Half a letter does not stay when the other half is written over.
        fn clear(&mut self, column: usize) {
            let row = &mut self.cells[self.row];
            let mut from = column;
            while from > 0 && row[from].is_none() {
                from -= 1;
            }
            row[from] = Some(" ".to_owned());
            let mut at = from + 1;
            while row.get(at).is_some_and(Option::is_none) {
                row[at] = Some(" ".to_owned());
                at += 1;
            }
        }

        fn write(&mut self, letter: &str, wide: usize) {
            if wide == 0 {
                let before = self.column.saturating_sub(1);
                if let Some(cell) = &mut self.cells[self.row][before] {
                    cell.push_str(letter);
                }
                return;
            }
            let last = self.cells[self.row].len();
            // Without going on in the next row.
            self.column = self.column.min(last.saturating_sub(wide));
            for at in self.column..self.column + wide {
                self.clear(at);
            }
            for at in self.column..self.column + wide {
                self.cells[self.row][at] = (at == self.column).then(|| letter.to_owned());
            }
            self.column += wide;
        }

        fn take(&mut self, bytes: &[u8]) {
            let text = std::str::from_utf8(bytes).unwrap();
            let mut rest = text;
            while !rest.is_empty() {
                if let Some(command) = rest.strip_prefix("\x1b[") {
                    let end = command.find(|it: char| it.is_ascii_alphabetic()).unwrap();
                    let numbers: Vec<usize> =
                        command[..end].split(';').map(|it| it.parse().unwrap_or(1)).collect();
                    match &command[end..=end] {
                        "H" => (self.row, self.column) = (numbers[0] - 1, numbers[1] - 1),
                        "C" => self.column += numbers[0],
                        "X" => (self.column..self.column + numbers[0]).for_each(|at| {
                            self.clear(at);
                        }),
                        "m" => {}
                        other => panic!("{other} is not known"),
                    }
                    rest = &command[end + 1..];
                    continue;
                }
                let end = rest.find('\x1b').unwrap_or(rest.len());
                for letter in rest[..end].graphemes(true) {
                    match self.takes {
                        Takes::Parts => {
                            letter.chars().for_each(|part| {
                                self.write(&part.to_string(), part.width().unwrap_or(0));
                            });
                        }
                        Takes::Letters => self.write(letter, width(letter).clamp(1, 2)),
                        Takes::Narrow => {
                            let narrow = letter.contains('\u{fe0f}');
                            self.write(letter, if narrow { 1 } else { width(letter).clamp(1, 2) });
                        }
                    }
                }
                rest = &rest[end..];
            }
        }
    }

    fn texts() -> impl Strategy<Value = Vec<(u16, u16, String)>> {
        let unsure = proptest::sample::select(UNSURE.to_vec()).prop_map(str::to_owned);
        let text = prop_oneof![3 => unsure, 1 => "[a-z]{1,6}", 1 => "字", 1 => " {1,12}"];
        proptest::collection::vec((0u16..20, 0u16..2, text), 0..8)
    }

    fn frame(area: Rect, texts: &[(u16, u16, String)]) -> Buffer {
        let mut buffer = Buffer::empty(area);
        for (x, y, text) in texts {
            buffer.set_string(*x, *y, text, ratatui::style::Style::new());
        }
        buffer
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        /// Frame after frame: whatever a terminal makes of unsure letters, all other cells are as
        /// they should be.
        #[test]
        fn nothing_of_an_unsure_letter_is_left(frames in proptest::collection::vec(texts(), 1..5)) {
            let area = Rect::new(0, 0, 20, 2);
            for takes in [Takes::Parts, Takes::Letters, Takes::Narrow] {
                let (mut model, mut pen) = (Model::new(takes, area), Pen::default());
                let mut before = Buffer::empty(area);
                for texts in frames.iter().chain([&Vec::new()]) {
                    let mut after = frame(area, texts);
                    let meant = after.clone();
                    cover(&mut after);
                    pen.begin("");
                    pen.draw(before.diff(&after).into_iter()).unwrap();
                    model.take(pen.written());
                    before = after;
                    let mut under = 0;
                    for at in area.positions() {
                        let symbol = meant[at].symbol();
                        if at.x == 0 {
                            under = 0;
                        }
                        if at.x < under {
                            continue;
                        }
                        under = at.x + u16::try_from(width(symbol)).unwrap();
                        if is_unsure(symbol) {
                            continue;
                        }
                        let shown = model.cells[usize::from(at.y)][usize::from(at.x)].as_deref();
                        prop_assert_eq!(shown, Some(symbol), "{:?} at {}", takes, at);
                    }
                }
            }
        }
    }
}
