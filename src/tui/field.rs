//! One line of text being typed: the only text field, used by every prompt and list.

use std::ops::Range;

use tui_input::{Input, InputRequest};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::order::{columns, reads_from_the_right, with_cursor};
use crate::text::{Direction, prefix, visible, width};
use crate::tui::action::Action;

/// No letter with its marks that is shown as one has more bytes, in one cell.
const WIDEST: usize = 128;

/// So much of a text says which way it is read, in bytes.
const TELLING: usize = 4096;

/// What of a line of text is shown where room is short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// The text, harmless, in order from left to right.
    pub text: String,
    /// The column of the cursor in it.
    pub column: usize,
    /// How many bytes of the whole text lie before it.
    skipped: usize,
    /// The text in the order in which it is read.
    line: String,
    direction: Direction,
}

/// A line of text with a cursor.
#[derive(Clone, Debug, Default)]
pub struct Field {
    input: Input,
}

impl Field {
    /// With a text in it and the cursor behind it.
    pub fn new(text: impl Into<String>) -> Self {
        Field { input: Input::new(text.into()) }
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// Where the cursor stands, in bytes.
    pub fn cursor(&self) -> usize {
        self.text().chars().take(self.input.cursor()).map(char::len_utf8).sum()
    }

    /// Types a character. Controls are not typed.
    pub fn insert(&mut self, typed: char) {
        if !typed.is_control() {
            self.input.handle(InputRequest::InsertChar(typed));
        }
    }

    /// Types a text that was pasted; its line breaks, and the spaces around them, become one space.
    pub fn paste(&mut self, text: &str) {
        let mut lines = text.split(['\n', '\r']);
        let mut joined = lines.next().unwrap_or_default().to_owned();
        for line in lines {
            joined.truncate(joined.trim_end().len());
            joined.push(' ');
            joined.push_str(line.trim_start());
        }
        self.paste_whole(&joined.replace(char::is_whitespace, " "));
    }

    /// Types a text that was pasted, with its line breaks. Tabs become spaces.
    pub fn paste_whole(&mut self, text: &str) {
        let text = text.replace('\t', " ");
        let typed: String =
            text.chars().filter(|typed| *typed == '\n' || !typed.is_control()).collect();
        // In one step: letter by letter takes time in the square of their number.
        self.replace(self.cursor()..self.cursor(), &typed);
    }

    /// Puts a text in the place of a range of bytes, with the cursor behind it.
    pub fn replace(&mut self, range: Range<usize>, text: &str) {
        let mut whole = self.text().to_owned();
        if whole.get(range.clone()).is_none() {
            return;
        }
        let cursor = whole.get(..range.start).map_or(0, |before| before.chars().count());
        whole.replace_range(range, text);
        self.input = Input::new(whole).with_cursor(cursor + text.chars().count());
    }

    /// Carries out an action on the text. Gives whether it is one.
    pub fn edit(&mut self, action: Action) -> bool {
        let request = match action {
            Action::EditLeft => InputRequest::GoToPrevChar,
            Action::EditRight => InputRequest::GoToNextChar,
            Action::EditWordLeft => InputRequest::GoToPrevWord,
            Action::EditWordRight => InputRequest::GoToNextWord,
            Action::EditStart => InputRequest::GoToStart,
            Action::EditEnd => InputRequest::GoToEnd,
            Action::EditBackspace => InputRequest::DeletePrevChar,
            Action::EditDelete => InputRequest::DeleteNextChar,
            Action::EditDeleteWord => InputRequest::DeletePrevWord,
            Action::EditDeleteLine => InputRequest::DeleteLine,
            _ => return false,
        };
        self.input.handle(request);
        true
    }

    /// What a window of so many cells shows. However long the text is, no more of it is looked at
    /// than may be in sight.
    pub fn window(&self, columns: usize) -> Window {
        let columns = columns.max(1);
        let most = columns.saturating_mul(WIDEST);
        let text = self.text();
        let cursor = self.cursor();
        let near = boundary(text, cursor.saturating_sub(most));
        let before = text.get(near..cursor).unwrap_or_default();
        // The cursor needs a cell of its own.
        let mut room = columns - 1;
        let mut skipped = cursor;
        for (at, letter) in before.grapheme_indices(true).rev() {
            let cells = width(&visible(letter));
            if cells > room {
                break;
            }
            room -= cells;
            skipped = near + at;
        }
        let end = boundary(text, cursor.saturating_add(most));
        let shown = visible(text.get(skipped..end).unwrap_or_default());
        let before = visible(text.get(skipped..cursor).unwrap_or_default());
        let beginning = text.get(..boundary(text, TELLING)).unwrap_or_default();
        let direction = Direction::of(beginning);
        if direction == Direction::LeftToRight && !reads_from_the_right(&shown) {
            let (line, column) = (shown.into_owned(), width(&before));
            return Window { text: line.clone(), column, skipped, line, direction };
        }
        // All that is shown, as where it ends says where it stands.
        let line = prefix(&shown, columns - 1).to_owned();
        let (text, column) = with_cursor(&line, before.len(), direction);
        Window { text: text.into_owned(), column, skipped, line: format!("{line} "), direction }
    }

    /// The columns of a window in which some bytes of the text stand.
    pub fn columns(&self, window: &Window, range: &Range<usize>) -> Vec<Range<usize>> {
        let from = range.start.max(window.skipped);
        let shown = |range: Range<usize>| visible(self.text().get(range).unwrap_or_default()).len();
        let before = shown(window.skipped..from);
        columns(&window.line, window.direction, &(before..before + shown(from..range.end)))
    }
}

/// The last place, up to one, where no character is cut.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_keeps_the_cursor_in_sight() {
        let mut field = Field::new("speaker:kirby after:2022-11");
        let shown = |field: &Field, columns| {
            let window = field.window(columns);
            (window.text, window.column, window.skipped)
        };
        assert_eq!(shown(&field, 40), ("speaker:kirby after:2022-11".to_owned(), 27, 0));
        assert_eq!(shown(&field, 10), ("r:2022-11".to_owned(), 9, 18));
        field.edit(Action::EditStart);
        assert_eq!(field.window(10).column, 0);
        assert_eq!(shown(&Field::default(), 0), (String::new(), 0, 0));
        // What is read from the right goes on at the left.
        let mut field = Field::new("speaker:שלום רב");
        assert_eq!(shown(&field, 40), ("speaker:בר םולש ".to_owned(), 15, 0));
        assert_eq!(shown(&field, 8), ("בר םולש ".to_owned(), 7, 8));
        let window = field.window(40);
        assert!(field.columns(&window, &(8..16)).iter().eq(&Some(11..15)));
        field.edit(Action::EditWordLeft);
        assert_eq!(field.window(40).column, 9);
        let field = Field::new("שלום a");
        assert_eq!(shown(&field, 40), (" a םולש".to_owned(), 0, 0));
    }

    #[test]
    fn a_window_is_the_end_of_what_stands_before_the_cursor() {
        let naive = |text: &str, columns: usize| {
            let starts = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]);
            let fits = |at: &usize| width(&visible(text.get(*at..).unwrap())) < columns.max(1);
            starts.into_iter().find(fits).unwrap()
        };
        for text in
            ["plain words of a line", "字幕字幕字幕", "e\u{301}e\u{301}x", "a\u{202e}b\u{1b}c", ""]
        {
            for columns in 0..30 {
                let window = Field::new(text).window(columns);
                assert_eq!(window.skipped, naive(text, columns), "{text:?} in {columns}");
                assert_eq!(window.column, width(&window.text), "{text:?} in {columns}");
            }
        }
        // A long text takes no longer than a short one.
        let mut field = Field::new("word ".repeat(200_000));
        for _ in 0..2 {
            let begun = std::time::Instant::now();
            assert!(field.window(80).text.len() < 80 * WIDEST * 2);
            assert!(begun.elapsed() < std::time::Duration::from_secs(1));
            field.edit(Action::EditStart);
        }
    }

    #[test]
    fn pasted_text_is_text() {
        let mut field = Field::default();
        field.paste("two\nlines\u{1b}[31m");
        assert_eq!(field.text(), "two lines[31m");
        field.replace(4..9, "words");
        assert_eq!((field.text(), field.cursor()), ("two words[31m", 9));
        field.replace(90..91, "no");
        assert_eq!(field.text(), "two words[31m");
        for (pasted, line, whole) in [
            ("a\n\nb", "a b", "a\n\nb"),
            (" a \r\n\tb ", " a b ", " a \n b "),
            ("a\u{a0}b\tc\u{7}", "a b c", "a\u{a0}b c"),
        ] {
            let (mut one, mut other) = (Field::new("xy"), Field::new("xy"));
            one.edit(Action::EditLeft);
            other.edit(Action::EditLeft);
            one.paste(pasted);
            other.paste_whole(pasted);
            assert_eq!(one.text(), format!("x{line}y"), "{pasted:?}");
            assert_eq!(other.text(), format!("x{whole}y"), "{pasted:?}");
            assert_eq!(other.cursor(), 1 + whole.len());
        }
        // So much at once takes no time that anybody notices.
        let begun = std::time::Instant::now();
        field.paste(&"word\n".repeat(200_000));
        assert!(begun.elapsed() < std::time::Duration::from_secs(10));
    }
}
