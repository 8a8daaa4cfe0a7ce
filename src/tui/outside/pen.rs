//! Cells to bytes, as few as a terminal needs: on a slow line they are what a key costs.
//!
//! A colour or an attribute is sent when it changes and only where it can be seen, so a blank has
//! a background and no more. Gaps within a row are stepped over, and many blanks are one command.
//! What a VT220 knows is enough, colours apart (ECMA-48 for the commands).

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::crossterm::terminal;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

use crate::text::width;
use crate::tui::outside::unsure::is_unsure;

/// So many blanks are erased rather than written.
const MANY: u16 = 8;

/// What can be seen of a blank.
const SEEN_ON_BLANKS: Modifier =
    Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

/// Attributes, with the numbers that begin and end them (SGR).
const ATTRIBUTES: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// What letters look like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Ink {
    fg: Color,
    bg: Color,
    attributes: Modifier,
}

/// Blanks of one background, side by side.
#[derive(Clone, Copy, Debug)]
struct Blanks {
    from: Position,
    count: u16,
    bg: Color,
}

/// Writes the cells of a frame, for whoever sends them.
#[derive(Debug, Default)]
pub struct Pen {
    out: Vec<u8>,
    ink: Ink,
    /// Where the next letter falls.
    at: Option<Position>,
    /// Whether the terminal agrees for sure: it may have other ideas of how wide a letter is.
    sure: bool,
    /// Whether the cursor shows, once that was said.
    shown: Option<bool>,
}

impl Pen {
    /// Begins a frame.
    pub fn begin(&mut self, sequence: &str) {
        self.out.clear();
        self.add(sequence);
    }

    /// Adds something that leaves no mark on the screen.
    pub fn add(&mut self, sequence: &str) {
        self.out.extend_from_slice(sequence.as_bytes());
    }

    /// All of the frame so far.
    pub fn written(&self) -> &[u8] {
        &self.out
    }

    fn command(&mut self, number: u16, letter: char) {
        // A number of one is understood.
        let _ = match number {
            1 => write!(self.out, "\x1b[{letter}"),
            _ => write!(self.out, "\x1b[{number}{letter}"),
        };
    }

    fn go_to(&mut self, to: Position) {
        if self.at == Some(to) {
            return;
        }
        match self.at {
            Some(at) if self.sure && at.y == to.y && at.x < to.x => {
                self.command(to.x - at.x, 'C');
            }
            _ => {
                let (row, column) = (u32::from(to.y) + 1, u32::from(to.x) + 1);
                let _ = write!(self.out, "\x1b[{row};{column}H");
            }
        }
        (self.at, self.sure) = (Some(to), true);
    }

    fn letter(&mut self, at: Position, cell: &Cell) {
        self.go_to(at);
        self.dip(Ink { fg: cell.fg, bg: cell.bg, attributes: cell.modifier });
        let symbol = cell.symbol();
        let unsure = is_unsure(symbol);
        if unsure {
            let cells = width(symbol);
            self.out.extend(std::iter::repeat_n(b' ', cells));
            (self.at, self.sure) = (None, false);
            self.go_to(at);
        }
        self.add(symbol);
        // Behind a wide one a place is named.
        let next = Position { x: at.x.saturating_add(1), ..at };
        self.at = (!unsure && width(symbol) < 2).then_some(next);
        self.sure &= symbol.len() == 1;
    }

    fn blanks(&mut self, blanks: Blanks) {
        self.go_to(blanks.from);
        let attributes = self.ink.attributes.difference(SEEN_ON_BLANKS);
        self.dip(Ink { bg: blanks.bg, attributes, ..self.ink });
        // Not every terminal erases with a colour.
        if blanks.count >= MANY && blanks.bg == Color::Reset {
            self.command(blanks.count, 'X');
            return;
        }
        self.out.extend(std::iter::repeat_n(b' ', usize::from(blanks.count)));
        self.at = Some(Position { x: blanks.from.x.saturating_add(blanks.count), ..blanks.from });
    }

    /// Changes what letters look like. Attributes and colours go apart: the Linux console takes 16
    /// numbers at once.
    fn dip(&mut self, ink: Ink) {
        if ink == Ink::default() && self.ink != ink {
            self.ink = ink;
            self.add("\x1b[m");
            return;
        }
        let mut numbers = Vec::new();
        let mut left = self.ink.attributes;
        for (attribute, _, end) in ATTRIBUTES {
            if left.contains(attribute) && !ink.attributes.contains(attribute) {
                numbers.push(end);
                // One number may end two of them.
                let ended = ATTRIBUTES.iter().filter(|(.., other)| *other == end);
                ended.for_each(|(other, ..)| left.remove(*other));
            }
        }
        let begun = ATTRIBUTES.iter().filter(|(it, ..)| ink.attributes.contains(*it));
        numbers.extend(begun.filter(|(it, ..)| !left.contains(*it)).map(|(_, begin, _)| *begin));
        self.graphics(&numbers);
        numbers.clear();
        if ink.fg != self.ink.fg {
            colour(ink.fg, 0, &mut numbers);
        }
        if ink.bg != self.ink.bg {
            colour(ink.bg, 10, &mut numbers);
        }
        self.graphics(&numbers);
        self.ink = ink;
    }

    fn graphics(&mut self, numbers: &[u8]) {
        for (place, number) in numbers.iter().enumerate() {
            self.add(if place == 0 { "\x1b[" } else { ";" });
            let _ = write!(self.out, "{number}");
        }
        if !numbers.is_empty() {
            self.add("m");
        }
    }

    fn show(&mut self, shown: bool) {
        if self.shown.replace(shown) != Some(shown) {
            self.add(if shown { "\x1b[?25h" } else { "\x1b[?25l" });
        }
    }
}

/// What a terminal is taken for that does not know its size, as one at the end of a plain line.
const USUAL: Size = Size { width: 80, height: 24 };

/// No screen has more cells; a larger one is drawn in its upper rows.
const MOST_CELLS: u32 = 500_000;

/// The part of a terminal's columns and rows that is drawn.
fn size((width, height): (u16, u16)) -> Size {
    if width == 0 || height == 0 {
        return USUAL;
    }
    let most = u16::try_from(MOST_CELLS / u32::from(width)).unwrap_or(u16::MAX);
    Size { width, height: height.min(most) }
}

/// The numbers of a colour (SGR); those of a background are 10 higher.
fn colour(colour: Color, ground: u8, numbers: &mut Vec<u8>) {
    let named = |number: u8| number + ground;
    numbers.push(named(match colour {
        Color::Reset => 39,
        Color::Black => 30,
        Color::Red => 31,
        Color::Green => 32,
        Color::Yellow => 33,
        Color::Blue => 34,
        Color::Magenta => 35,
        Color::Cyan => 36,
        Color::Gray => 37,
        Color::DarkGray => 90,
        Color::LightRed => 91,
        Color::LightGreen => 92,
        Color::LightYellow => 93,
        Color::LightBlue => 94,
        Color::LightMagenta => 95,
        Color::LightCyan => 96,
        Color::White => 97,
        Color::Rgb(red, green, blue) => {
            numbers.extend([named(38), 2, red, green, blue]);
            return;
        }
        Color::Indexed(index) => {
            numbers.extend([named(38), 5, index]);
            return;
        }
    }));
}

impl Backend for Pen {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut run: Option<Blanks> = None;
        let (mut row, mut under) = (0, 0);
        for (x, y, cell) in content {
            let at = Position { x, y };
            // What lies under a wide letter is its own.
            if row == y && x < under {
                continue;
            }
            let wide = if cell.symbol().len() > 1 { width(cell.symbol()) } else { 1 };
            (row, under) = (y, x.saturating_add(u16::try_from(wide).unwrap_or(u16::MAX)));
            let blank = cell.symbol() == " " && !cell.modifier.intersects(SEEN_ON_BLANKS);
            if let Some(blanks) = &mut run {
                let next = Position { x: blanks.from.x + blanks.count, ..blanks.from };
                if blank && at == next && cell.bg == blanks.bg {
                    blanks.count += 1;
                    continue;
                }
            }
            if let Some(blanks) = run.take() {
                self.blanks(blanks);
            }
            if blank {
                run = Some(Blanks { from: at, count: 1, bg: cell.bg });
            } else {
                self.letter(at, cell);
            }
        }
        if let Some(blanks) = run {
            self.blanks(blanks);
        }
        // Whatever the terminal does by itself is done plainly.
        self.dip(Ink::default());
        self.at = None;
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.show(false);
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.show(true);
        Ok(())
    }

    /// Where it was last put. The terminal is not asked: it may never answer.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.at.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.at = None;
        self.go_to(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.add(match region {
            ClearType::All => "\x1b[2J",
            ClearType::AfterCursor => "\x1b[J",
            ClearType::BeforeCursor => "\x1b[1J",
            ClearType::CurrentLine => "\x1b[2K",
            ClearType::UntilNewLine => "\x1b[K",
        });
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(size(terminal::size()?))
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::default() })
    }

    /// The bytes are written by whoever takes them, all at once.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::backend::CrosstermBackend;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;
    use crate::tui::outside::unsure::cover;

    fn sent(from: &Buffer, to: &Buffer) -> String {
        let mut pen = Pen::default();
        pen.draw(from.diff(to).into_iter()).unwrap();
        String::from_utf8(pen.written().to_vec()).unwrap()
    }

    #[test]
    fn a_window_of_any_size_has_a_part_that_is_drawn() {
        for (told, drawn) in [
            ((0, 0), (80, 24)),
            ((0, 50), (80, 24)),
            ((1, 1), (1, 1)),
            ((10_000, 1), (10_000, 1)),
            ((u16::MAX, u16::MAX), (u16::MAX, 7)),
            ((3, u16::MAX), (3, u16::MAX)),
        ] {
            assert_eq!(size(told), Size::from(drawn), "{told:?}");
        }
    }

    #[test]
    fn few_bytes_are_sent() {
        let amber = Style::new().fg(Color::Rgb(230, 180, 80));
        let on_blue = amber.bg(Color::Blue);
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let dim = Style::new().add_modifier(Modifier::DIM);
        let both = bold.patch(dim);
        let before = Buffer::with_lines(["one two three four five six", "                  seven"]);
        let change = |changes: &[(u16, u16, &str, Style)]| {
            let mut after = before.clone();
            for (x, y, text, style) in changes {
                after.set_string(*x, *y, text, *style);
            }
            sent(&before, &after)
        };
        let plain = Style::new();
        for (changes, expected) in [
            (&[][..], ""),
            (&[(0, 0, "ONE", plain)][..], "\x1b[1;1HONE"),
            // A gap is stepped over.
            (&[(0, 0, "O", plain), (2, 0, "E", plain)], "\x1b[1;1HO\x1b[CE"),
            (&[(0, 0, "O", plain), (9, 0, "H", plain)], "\x1b[1;1HO\x1b[8CH"),
            // How far a letter leads is not known for sure.
            (&[(0, 0, "◐", plain), (2, 0, "E", plain)], "\x1b[1;1H◐\x1b[1;3HE"),
            (&[(0, 0, "◐N", plain)], "\x1b[1;1H◐N"),
            (&[(0, 0, "字N", plain)], "\x1b[1;1H字\x1b[1;3HN"),
            // Whatever a terminal makes of it, both cells are drawn.
            (&[(0, 0, "⚠\u{fe0f}N", plain)], "\x1b[1;1H  \x1b[1;1H⚠\u{fe0f}\x1b[1;3HN"),
            // A blank has no colour of its own.
            (&[(0, 0, "A B", amber)], "\x1b[1;1H\x1b[38;2;230;180;80mA B\x1b[m"),
            (&[(0, 0, "A B", on_blue)], "\x1b[1;1H\x1b[38;2;230;180;80;44mA B\x1b[m"),
            (&[(0, 0, "A", dim), (1, 0, "B", bold)], "\x1b[1;1H\x1b[2mA\x1b[22;1mB\x1b[m"),
            (&[(0, 0, "A", both), (1, 0, "B", dim)], "\x1b[1;1H\x1b[1;2mA\x1b[22;2mB\x1b[m"),
            (&[(0, 0, "A", bold), (1, 0, "B", plain)], "\x1b[1;1H\x1b[1mA\x1b[mB"),
            (
                &[(0, 0, "A", bold), (1, 0, "B", amber)],
                "\x1b[1;1H\x1b[1mA\x1b[22m\x1b[38;2;230;180;80mB\x1b[m",
            ),
        ] {
            assert_eq!(change(changes), expected);
        }
        // Many blanks are one command, unless they have a colour.
        let rule = Buffer::with_lines(["-".repeat(20)]);
        let mut blank = Buffer::empty(rule.area);
        assert_eq!(sent(&rule, &blank), "\x1b[1;1H\x1b[20X");
        blank.set_style(rule.area, on_blue);
        assert_eq!(sent(&rule, &blank), format!("\x1b[1;1H\x1b[44m{}\x1b[m", " ".repeat(20)));
    }

    fn styles() -> impl Strategy<Value = Style> {
        let colours = proptest::sample::select(vec![
            Color::Reset,
            Color::Red,
            Color::White,
            Color::Indexed(100),
            Color::Rgb(1, 20, 255),
        ]);
        let attributes = proptest::sample::subsequence(
            vec![
                Modifier::BOLD,
                Modifier::DIM,
                Modifier::ITALIC,
                Modifier::UNDERLINED,
                Modifier::REVERSED,
            ],
            0..5,
        );
        (colours.clone(), colours, attributes).prop_map(|(fg, bg, attributes)| {
            Style::new().fg(fg).bg(bg).add_modifier(attributes.into_iter().collect::<Modifier>())
        })
    }

    fn texts() -> impl Strategy<Value = Vec<(u16, u16, String, Style)>> {
        let text = proptest::sample::select(vec![
            "a",
            "word",
            "         ",
            "  ",
            "字幕",
            "●",
            "e\u{301}",
            "x y  z",
            "                    ",
        ]);
        let text = (0u16..24, 0u16..4, text.prop_map(str::to_owned), styles());
        proptest::collection::vec(text, 0..12)
    }

    /// What a terminal shows, where it can be seen: of a blank no colour but that of its ground.
    fn shown(parser: &vt100::Parser, at: Position) -> impl PartialEq + std::fmt::Debug + use<> {
        let cell = parser.screen().cell(at.y, at.x).unwrap();
        let letter = if cell.has_contents() { cell.contents() } else { " " };
        let blank = letter == " " && !cell.is_wide_continuation();
        let ground = (cell.bgcolor(), cell.inverse(), cell.underline());
        // The judge knows bold or dim, and not both.
        let face = (cell.fgcolor(), cell.bold() || cell.dim(), cell.italic());
        let face = (!blank || cell.inverse()).then_some(face);
        (letter.to_owned(), cell.is_wide_continuation(), ground, face)
    }

    proptest! {
        /// Frame after frame, a terminal shows what it shows when all is said in full.
        #[test]
        fn what_is_left_out_is_not_missed(frames in proptest::collection::vec(texts(), 1..5)) {
            let area = Rect::new(0, 0, 24, 4);
            let mut before = Buffer::empty(area);
            let (mut pen, mut full) = (Pen::default(), Vec::new());
            let (mut brief, mut whole) = (vt100::Parser::new(4, 24, 0), vt100::Parser::new(4, 24, 0));
            for texts in frames {
                let mut after = Buffer::empty(area);
                for (x, y, text, style) in texts {
                    after.set_string(x, y, text, style);
                }
                pen.begin("");
                pen.draw(before.diff(&after).into_iter()).unwrap();
                brief.process(pen.written());
                full.clear();
                CrosstermBackend::new(&mut full).draw(before.diff(&after).into_iter()).unwrap();
                whole.process(&full);
                for at in area.positions() {
                    let (seen, meant) = (shown(&brief, at), shown(&whole, at));
                    prop_assert!(seen == meant, "at {}: {:?}, not {:?}", at, seen, meant);
                }
                prop_assert!(pen.written().len() <= full.len());
                before = after;
            }
        }

        /// Frame after frame, a terminal shows what it shows of the last one alone.
        #[test]
        fn nothing_is_left_of_an_earlier_frame(frames in proptest::collection::vec(texts(), 2..5)) {
            let area = Rect::new(0, 0, 24, 4);
            let empty = Buffer::empty(area);
            let mut before = empty.clone();
            let (mut pen, mut used) = (Pen::default(), vt100::Parser::new(4, 24, 0));
            for texts in frames {
                let mut after = Buffer::empty(area);
                for (x, y, text, style) in texts {
                    after.set_string(x, y, text, style);
                }
                cover(&mut after);
                pen.begin("");
                pen.draw(before.diff(&after).into_iter()).unwrap();
                used.process(pen.written());
                before = after;
            }
            let mut fresh = vt100::Parser::new(4, 24, 0);
            fresh.process(sent(&empty, &before).as_bytes());
            for at in area.positions() {
                let (seen, meant) = (shown(&used, at), shown(&fresh, at));
                prop_assert!(seen == meant, "at {}: {:?}, not {:?}", at, seen, meant);
            }
        }
    }
}
