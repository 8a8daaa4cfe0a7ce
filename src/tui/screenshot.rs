//! A screen as a picture: the very cells that a terminal would show, as SVG.
//!
//! Words are real text, in runs of one look; lines and blocks are shapes, so that they meet
//! whatever font the reader has. Nothing is animated, and nothing is fetched.

mod shapes;

use std::fmt::Write as _;
use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use crate::model::Timeline;
use crate::text::Direction;
use crate::text::order::ordered;
use crate::tui::draw::draw;
use crate::tui::key::Key;
use crate::tui::screenshot::shapes::Shapes;
use crate::tui::state::{Preferences, State};
use crate::tui::theme::Theme;
use crate::tui::update::{Input, update};
use crate::tui::views::View;

/// Width and height of a cell, in the picture's units.
const CELL: (f64, f64) = (8.4, 19.0);

/// The size of the font, in the same units.
const FONT: f64 = 14.0;

/// The free space around the cells.
const MARGIN: f64 = 14.0;

/// Fonts that have all of the program's marks, then any of fixed width.
const FONTS: &str = "ui-monospace,'Cascadia Mono','JetBrains Mono','DejaVu Sans Mono',Menlo,\
                     Consolas,monospace";

/// What a picture is taken of.
#[derive(Clone, Debug)]
pub struct Shot {
    /// Columns and rows.
    pub size: (u16, u16),
    /// The view on the screen.
    pub view: View,
    /// Keys pressed before the picture is taken, such as `jj<enter>`.
    pub keys: String,
}

/// The screen after the keys, as SVG. What the keys ask for outside of the program is not done.
///
/// # Errors
///
/// Which of the keys is none.
pub fn take(
    timeline: Arc<Timeline>,
    preferences: Preferences,
    shot: &Shot,
) -> Result<String, String> {
    let keys = if shot.keys.is_empty() { Vec::new() } else { Key::sequence(&shot.keys)? };
    let title = timeline.title();
    let mut state = State::new(timeline, preferences, shot.size);
    state.views.view = shot.view;
    state.settle();
    for key in keys {
        update(&mut state, Input::Key(key));
    }
    let backend = TestBackend::new(shot.size.0, shot.size.1);
    let Ok(mut terminal) = Terminal::new(backend);
    let Ok(frame) = terminal.draw(|frame| draw(&state, frame));
    Ok(svg(frame.buffer, &state.preferences.theme, &title))
}

/// The cells as SVG.
pub fn svg(buffer: &Buffer, theme: &Theme, title: &str) -> String {
    let ground = Ground::of(theme);
    let area = buffer.area;
    let width = f64::from(area.width) * CELL.0 + 2.0 * MARGIN;
    let height = f64::from(area.height) * CELL.1 + 2.0 * MARGIN;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         role=\"img\">\n<title>{}</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{}\"/>\n\
         <g transform=\"translate({MARGIN} {MARGIN})\" font-family=\"{FONTS}\" \
         font-size=\"{FONT}\" style=\"white-space:pre\">",
        escaped(&format!("dateline: {title}")),
        ground.back,
    );
    let mut shapes = Shapes::default();
    let mut words = String::new();
    for y in 0..area.height {
        let row: Vec<(u16, &Cell)> = (0..area.width)
            .filter_map(|x| buffer.cell((area.x + x, area.y + y)).map(|cell| (x, cell)))
            .collect();
        backgrounds(&mut out, y, &row, &ground);
        let mut run: Option<Run> = None;
        let mut hidden_until = 0;
        for (x, cell) in row {
            // The second half of a wide character shows nothing of its own.
            if x < hidden_until {
                continue;
            }
            let look = Look::of(cell, &ground);
            let wide = u16::try_from(crate::text::width(cell.symbol())).unwrap_or(1).max(1);
            hidden_until = x + wide;
            if shapes.add((x, y), cell.symbol(), &look.front) {
                words.extend(run.take().map(|run| run.svg(y)));
            } else {
                // Two spaces end a run: a viewer may make one of them.
                let gap = cell.symbol() == " " && !look.underlined;
                let goes_on = |run: &Run| run.look == look && !(gap && run.text.ends_with(' '));
                match run.as_mut().filter(|run| goes_on(run)) {
                    Some(run) => run.push(cell.symbol(), wide),
                    None => {
                        words.extend(run.take().map(|run| run.svg(y)));
                        run = (!gap).then(|| Run::new(x, cell.symbol(), wide, look));
                    }
                }
            }
        }
        words.extend(run.take().map(|run| run.svg(y)));
    }
    out.push_str(&shapes.svg());
    out.push_str(&words);
    out.push_str("</g>\n</svg>\n");
    out
}

/// What a cell without colours of its own looks like.
struct Ground {
    front: String,
    back: String,
}

impl Ground {
    /// The theme's; where it leaves the background to the terminal, one that its text can be read
    /// on.
    fn of(theme: &Theme) -> Ground {
        let front = theme.text.fg.and_then(hex).unwrap_or_else(|| "#d5d8da".to_owned());
        let light = brightness(&front) > 0.5;
        let usual = if light { "#16161c" } else { "#fdfcf8" };
        let back = theme.ground.bg.and_then(hex).unwrap_or_else(|| usual.to_owned());
        Ground { front, back }
    }
}

/// How bright a colour `#rrggbb` is, from 0 to 1 (ITU-R BT.601, without gamma).
fn brightness(colour: &str) -> f64 {
    let part = |at: usize| {
        let digits = colour.get(at..at + 2).unwrap_or("00");
        f64::from(u8::from_str_radix(digits, 16).unwrap_or(0)) / 255.0
    };
    0.299 * part(1) + 0.587 * part(3) + 0.114 * part(5)
}

/// What a run of cells has in common.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Look {
    front: String,
    back: Option<String>,
    bold: bool,
    italic: bool,
    underlined: bool,
    dim: bool,
}

impl Look {
    fn of(cell: &Cell, ground: &Ground) -> Look {
        let has = |modifier| cell.modifier.contains(modifier);
        let mut front = hex(cell.fg).unwrap_or_else(|| ground.front.clone());
        let mut back = hex(cell.bg).filter(|back| *back != ground.back);
        if has(Modifier::REVERSED) {
            let behind = back.take().unwrap_or_else(|| ground.back.clone());
            back = Some(std::mem::replace(&mut front, behind));
        }
        Look {
            front,
            back,
            bold: has(Modifier::BOLD),
            italic: has(Modifier::ITALIC),
            underlined: has(Modifier::UNDERLINED),
            dim: has(Modifier::DIM),
        }
    }
}

/// Text in one look.
struct Run {
    x: u16,
    cells: u16,
    text: String,
    look: Look,
}

impl Run {
    fn new(x: u16, symbol: &str, wide: u16, look: Look) -> Run {
        Run { x, cells: wide, text: symbol.to_owned(), look }
    }

    fn push(&mut self, symbol: &str, wide: u16) {
        self.text.push_str(symbol);
        self.cells += wide;
    }

    fn svg(&self, y: u16) -> String {
        let mut text = self.text.as_str();
        let mut cells = self.cells;
        if !self.look.underlined {
            text = text.trim_end_matches(' ');
            cells -= u16::try_from(self.text.len() - text.len()).unwrap_or(0);
        }
        if text.is_empty() {
            return String::new();
        }
        let mut style = String::new();
        for (on, attribute) in [
            (self.look.bold, " font-weight=\"700\""),
            (self.look.italic, " font-style=\"italic\""),
            (self.look.underlined, " text-decoration=\"underline\""),
            (self.look.dim, " opacity=\"0.7\""),
        ] {
            if on {
                style.push_str(attribute);
            }
        }
        // The length holds the grid together in fonts of another width.
        format!(
            "<text x=\"{}\" y=\"{}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\" \
             fill=\"{}\"{style}>{}</text>\n",
            number(f64::from(self.x) * CELL.0),
            number(f64::from(y) * CELL.1 + FONT),
            number(f64::from(cells) * CELL.0),
            self.look.front,
            // Whoever shows the picture orders letters that are read from the right again.
            escaped(&ordered(text, Direction::LeftToRight)),
        )
    }
}

/// The backgrounds of a row, each stretch of one colour as one.
fn backgrounds(out: &mut String, y: u16, row: &[(u16, &Cell)], ground: &Ground) {
    let mut open: Option<(u16, u16, String)> = None;
    let mut close = |open: Option<(u16, u16, String)>| {
        if let Some((from, to, colour)) = open {
            let _ = writeln!(
                out,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{colour}\"/>",
                number(f64::from(from) * CELL.0),
                number(f64::from(y) * CELL.1),
                number(f64::from(to - from) * CELL.0),
                CELL.1,
            );
        }
    };
    for (x, cell) in row {
        let colour = Look::of(cell, ground).back;
        match (&mut open, colour) {
            (Some((_, to, known)), Some(colour)) if *known == colour => *to = x + 1,
            (other, colour) => close(std::mem::replace(other, colour.map(|at| (*x, x + 1, at)))),
        }
    }
    close(open);
}

/// A number with at most one decimal.
fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// The text within an element.
fn escaped(text: &str) -> String {
    crate::text::visible(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A colour as `#rrggbb`; nothing for the terminal's own.
fn hex(colour: Color) -> Option<String> {
    // XTerm's first sixteen.
    const NAMED: [(u8, u8, u8); 16] = [
        (0, 0, 0),
        (205, 0, 0),
        (0, 205, 0),
        (205, 205, 0),
        (0, 0, 238),
        (205, 0, 205),
        (0, 205, 205),
        (229, 229, 229),
        (127, 127, 127),
        (255, 0, 0),
        (0, 255, 0),
        (255, 255, 0),
        (92, 92, 255),
        (255, 0, 255),
        (0, 255, 255),
        (255, 255, 255),
    ];
    let index = match colour {
        Color::Reset => return None,
        Color::Rgb(red, green, blue) => return Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        Color::Indexed(index) => index,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    };
    let level = |part: u8| if part == 0 { 0 } else { 55 + part * 40 };
    let (red, green, blue) = match index {
        0..=15 => NAMED.get(usize::from(index)).copied().unwrap_or_default(),
        16..=231 => {
            let at = index - 16;
            (level(at / 36), level(at / 6 % 6), level(at % 6))
        }
        grey => {
            let level = 8 + (grey - 232) * 10;
            (level, level, level)
        }
    };
    Some(format!("#{red:02x}{green:02x}{blue:02x}"))
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;
    use crate::tui::theme::Colours;

    fn drawn(paint: impl Fn(&mut Buffer)) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 2));
        paint(&mut buffer);
        svg(&buffer, &Theme::built_in("dark", Colours::True).unwrap(), "a <b>")
    }

    #[test]
    fn words_are_text_in_runs_of_one_look() {
        let svg = drawn(|buffer| {
            buffer.set_string(0, 0, "one two  six", Style::new());
            buffer.set_string(0, 1, "a&b", Style::new().add_modifier(Modifier::BOLD));
        });
        for part in [">one two</text>", ">six</text>", "font-weight=\"700\">a&amp;b</text>"] {
            assert!(svg.contains(part), "{part} is not in {svg}");
        }
        assert!(svg.contains("<text x=\"75.6\" y=\"14\""), "a run stands at its column: {svg}");
        assert!(svg.contains("<title>dateline: a &lt;b&gt;</title>"));
    }

    #[test]
    fn lines_meet_and_wide_characters_keep_their_place() {
        let svg = drawn(|buffer| {
            buffer.set_string(0, 0, "────┬───", Style::new());
            buffer.set_string(0, 1, "日本 x", Style::new());
        });
        assert!(!svg.contains('─'), "{svg}");
        assert!(svg.contains("M0 9.5H33.6"), "four cells are one line: {svg}");
        assert!(svg.contains("textLength=\"50.4\"") && svg.contains(">日本 x</text>"), "{svg}");
    }

    #[test]
    fn a_look_turned_round_has_its_colour_behind() {
        let style = Style::new().fg(Color::Rgb(230, 180, 80)).add_modifier(Modifier::REVERSED);
        let svg = drawn(|buffer| {
            buffer.set_string(2, 0, "ab", style);
        });
        let behind = "<rect x=\"16.8\" y=\"0\" width=\"16.8\" height=\"19\" fill=\"#e6b450\"/>";
        assert!(svg.contains(behind), "{svg}");
        assert!(svg.contains("fill=\"#16161c\">ab</text>"), "{svg}");
    }
}
