//! Figures side by side as lines: a figure a column or, where columns would be too narrow to read,
//! under one another. How they look is left to `draw`.

use ratatui::layout::Rect;

use crate::text::{pad, visible, width, wrap};
use crate::tui::overlay::Page;
use crate::view::compare::{Comparison, Row};
use crate::view::label::Glyphs;

/// The widest that a comparison is laid out, in cells; longer lines are hard to read.
const WIDEST: u16 = 124;

/// Columns that would be narrower than this stand under one another.
const LEAST: usize = 16;

/// What a part of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What a row is about.
    Label,
    /// A figure, by its number.
    Heading(usize),
    /// What a figure has of it.
    Value,
    /// The same, where that is not like for like.
    Differing,
    /// The sign that it is not.
    Sign,
    /// What it comes to, in words.
    Words,
    /// What stands above them.
    Title,
    /// What may be passed over.
    Dim,
}

/// A line, in pieces.
pub type Line = Vec<(String, Role)>;

/// The frame, and where its lines lie.
pub fn area(page: &Page, size: (u16, u16), glyphs: Glyphs) -> (Rect, Rect) {
    let (columns, rows) = size;
    // Slivers of what lies behind are no help: all of a narrow screen is taken.
    let width = columns.min(WIDEST);
    let room = rows.saturating_sub(2);
    let inner = usize::from(width.saturating_sub(6));
    let length = lines(&page.comparison, inner, glyphs).len();
    let height = u16::try_from(length).unwrap_or(u16::MAX).saturating_add(4).min(room);
    let frame = Rect {
        x: columns.saturating_sub(width) / 2,
        y: (rows.saturating_sub(height) / 3).max(1),
        width,
        height,
    };
    let inner = Rect {
        x: frame.x + 3,
        y: frame.y + 2,
        width: frame.width.saturating_sub(6),
        height: frame.height.saturating_sub(3),
    };
    (frame, inner)
}

/// How many lines it has, and how many of them are in sight.
pub fn size(page: &Page, size: (u16, u16), glyphs: Glyphs) -> (usize, usize) {
    let (_, inner) = area(page, size, glyphs);
    let length = lines(&page.comparison, inner.width.into(), glyphs).len();
    (length, inner.height.into())
}

/// The whole comparison in so many cells.
pub fn lines(comparison: &Comparison, room: usize, glyphs: Glyphs) -> Vec<Line> {
    let sign = if glyphs == Glyphs::Ascii { "!" } else { "≠" };
    let count = comparison.columns.len().max(1);
    let label = comparison.rows.iter().map(|row| width(row.label)).max().unwrap_or(0) + 3;
    let column = room.saturating_sub(label + 3) / count;
    let mut lines = if column < LEAST + 3 {
        under(comparison, room, sign)
    } else {
        beside(comparison, label, column.min(48) - 3, sign)
    };
    lines.push(Line::new());
    lines.push(vec![("In words".to_owned(), Role::Title)]);
    for (number, paragraph) in comparison.paragraphs().iter().enumerate() {
        if number > 0 {
            lines.push(Line::new());
        }
        lines.extend(
            wrap(paragraph, room.min(92)).into_iter().map(|line| vec![(line, Role::Words)]),
        );
    }
    if comparison.rows.iter().any(|row| row.differs) {
        lines.push(Line::new());
        lines.push(vec![
            (sign.to_owned(), Role::Sign),
            ("  where the figures are not like for like".to_owned(), Role::Dim),
        ]);
    }
    lines
}

/// A row a line, a figure a column.
fn beside(comparison: &Comparison, label: usize, column: usize, sign: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let headings: Vec<Vec<String>> =
        comparison.columns.iter().map(|title| wrap(title, column)).collect();
    row(&mut lines, "", label, &headings, column, Role::Heading, None);
    for fact in &comparison.rows {
        let words = fact.cells.iter().map(|cell| wrap(given(cell), column));
        let role = |at: usize| value(fact, at);
        let sign = fact.differs.then_some(sign);
        row(&mut lines, fact.label, label, &words.collect::<Vec<_>>(), column, role, sign);
    }
    lines
}

/// What a figure has of something, or that it has nothing of it.
fn given(cell: &str) -> &str {
    if cell.is_empty() { "not given" } else { cell }
}

fn value(fact: &Row, column: usize) -> Role {
    match fact.cells.get(column) {
        Some(cell) if !cell.is_empty() && fact.differs => Role::Differing,
        Some(cell) if !cell.is_empty() => Role::Value,
        _ => Role::Dim,
    }
}

fn row(
    lines: &mut Vec<Line>,
    name: &str,
    label: usize,
    cells: &[Vec<String>],
    column: usize,
    role: impl Fn(usize) -> Role,
    sign: Option<&str>,
) {
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    for at in 0..height {
        let mut line = vec![(pad(if at == 0 { name } else { "" }, label), Role::Label)];
        for (number, cell) in cells.iter().enumerate() {
            let text = cell.get(at).map_or("", String::as_str);
            line.push((pad(text, column + 3), role(number)));
        }
        line.extend(sign.filter(|_| at == 0).map(|sign| (sign.to_owned(), Role::Sign)));
        lines.push(line);
    }
}

/// A figure a line, under what it is about.
fn under(comparison: &Comparison, room: usize, sign: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let most = comparison.columns.iter().map(|title| width(title)).max().unwrap_or(0);
    let indent = (most + 2).min(room / 2).max(1);
    for fact in &comparison.rows {
        if !lines.is_empty() {
            lines.push(Line::new());
        }
        let mut head = vec![(fact.label.to_owned(), Role::Label)];
        if fact.differs {
            head.push((format!("  {sign}"), Role::Sign));
        }
        lines.push(head);
        for (number, (title, cell)) in comparison.columns.iter().zip(&fact.cells).enumerate() {
            let role = value(fact, number);
            let title = visible(title);
            for (at, words) in
                wrap(given(cell), room.saturating_sub(indent + 2)).into_iter().enumerate()
            {
                let name = pad(if at == 0 { &title } else { "" }, indent - 1) + " ";
                lines.push(vec![(format!("  {name}"), Role::Heading(number)), (words, role)]);
            }
        }
    }
    lines
}
