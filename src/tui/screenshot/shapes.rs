//! Lines and blocks as shapes that meet from cell to cell.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::tui::screenshot::{CELL, number};

/// Light and heavy lines, in the picture's units.
const STROKES: (&str, &str) = ("1", "2.6");

/// How a shape is painted: its colour, and the width of a line or the strength of an area.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Paint {
    Line(String, &'static str),
    Area(String, &'static str),
}

/// Shapes gathered by how they are painted.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    paths: BTreeMap<Paint, String>,
    /// The line to the left that may go on: its paint, where it ends.
    open: Option<(Paint, u16, u16)>,
}

impl Shapes {
    /// Adds a cell whose symbol is a shape. Gives whether it is one.
    pub(super) fn add(&mut self, (x, y): (u16, u16), symbol: &str, colour: &str) -> bool {
        let (left, top) = (f64::from(x) * CELL.0, f64::from(y) * CELL.1);
        let (right, bottom) = (left + CELL.0, top + CELL.1);
        // On the grid of halves, so that thin lines stay sharp.
        let (middle, centre) =
            ((left + CELL.0 / 2.0).round() + 0.5, (top + CELL.1 / 2.0).floor() + 0.5);
        let light = |colour: &str| Paint::Line(colour.to_owned(), STROKES.0);
        let heavy = |colour: &str| Paint::Line(colour.to_owned(), STROKES.1);
        match symbol {
            "─" => self.across(light(colour), (x, y), centre),
            "━" => self.across(heavy(colour), (x, y), centre),
            "│" => self.line(light(colour), &[(middle, top), (middle, bottom)]),
            "┃" => self.line(heavy(colour), &[(middle, top), (middle, bottom)]),
            "┬" | "┴" | "┤" | "├" | "┼" => {
                let (up, down) = (symbol != "┬", symbol != "┴");
                let (back, on) = (symbol != "├", symbol != "┤");
                let from = (middle, if up { top } else { centre });
                let to = (middle, if down { bottom } else { centre });
                self.line(light(colour), &[from, to]);
                let from = (if back { left } else { middle }, centre);
                self.line(light(colour), &[from, (if on { right } else { middle }, centre)]);
            }
            "╭" | "┌" => {
                self.line(light(colour), &[(right, centre), (middle, centre), (middle, bottom)])
            }
            "╮" | "┐" => {
                self.line(light(colour), &[(left, centre), (middle, centre), (middle, bottom)])
            }
            "╰" | "└" => {
                self.line(light(colour), &[(right, centre), (middle, centre), (middle, top)])
            }
            "╯" | "┘" => {
                self.line(light(colour), &[(left, centre), (middle, centre), (middle, top)])
            }
            "╌" => {
                for from in [left + CELL.0 * 0.1, left + CELL.0 * 0.6] {
                    self.line(light(colour), &[(from, centre), (from + CELL.0 * 0.3, centre)]);
                }
            }
            "╎" | "┊" | "⁞" => {
                let parts = if symbol == "╎" { 2 } else { 4 };
                let length = CELL.1 / f64::from(parts);
                for part in 0..parts {
                    let from = top + length * (f64::from(part) + 0.2);
                    self.line(light(colour), &[(middle, from), (middle, from + length * 0.6)]);
                }
            }
            _ => return self.block((left, top), symbol, colour),
        }
        true
    }

    /// A part of a cell that is filled.
    fn block(&mut self, (left, top): (f64, f64), symbol: &str, colour: &str) -> bool {
        let eighth = |of: f64| of / 8.0;
        let (part, strength) = match symbol {
            "█" => ((0.0, 8.0), "1"),
            "▌" => ((-1.0, 4.0), "1"),
            "▏" => ((-1.0, 1.0), "1"),
            "░" => ((0.0, 8.0), "0.22"),
            "▒" => ((0.0, 8.0), "0.5"),
            "▁" => ((0.0, 1.0), "1"),
            "▂" => ((0.0, 2.0), "1"),
            "▃" => ((0.0, 3.0), "1"),
            "▄" => ((0.0, 4.0), "1"),
            "▅" => ((0.0, 5.0), "1"),
            "▆" => ((0.0, 6.0), "1"),
            "▇" => ((0.0, 7.0), "1"),
            _ => return false,
        };
        let (width, height) = match part {
            (-1.0, width) => (eighth(CELL.0) * width, CELL.1),
            (_, height) => (CELL.0, eighth(CELL.1) * height),
        };
        let path = self.paths.entry(Paint::Area(colour.to_owned(), strength)).or_default();
        let _ = write!(
            path,
            "M{} {}h{}v{}h-{}z",
            number(left),
            number(top + CELL.1 - height),
            number(width),
            number(height),
            number(width),
        );
        true
    }

    fn line(&mut self, paint: Paint, points: &[(f64, f64)]) {
        let path = self.paths.entry(paint).or_default();
        for (at, (x, y)) in points.iter().enumerate() {
            let _ =
                write!(path, "{}{} {}", if at == 0 { 'M' } else { 'L' }, number(*x), number(*y));
        }
    }

    /// A line through a cell from left to right; it goes on where the cell before had it.
    fn across(&mut self, paint: Paint, (x, y): (u16, u16), centre: f64) {
        let right = number(f64::from(x + 1) * CELL.0);
        let path = self.paths.entry(paint.clone()).or_default();
        if self.open == Some((paint.clone(), x, y))
            && let Some(at) = path.rfind('H')
        {
            path.truncate(at + 1);
            path.push_str(&right);
        } else {
            let _ = write!(path, "M{} {}H{right}", number(f64::from(x) * CELL.0), number(centre));
        }
        self.open = Some((paint, x + 1, y));
    }

    /// All of them.
    pub(super) fn svg(&self) -> String {
        let mut out = String::new();
        for (paint, path) in &self.paths {
            let _ = match paint {
                Paint::Line(colour, width) => writeln!(
                    out,
                    "<path d=\"{path}\" stroke=\"{colour}\" stroke-width=\"{width}\" fill=\"none\"/>"
                ),
                Paint::Area(colour, "1") => writeln!(out, "<path d=\"{path}\" fill=\"{colour}\"/>"),
                Paint::Area(colour, strength) => writeln!(
                    out,
                    "<path d=\"{path}\" fill=\"{colour}\" fill-opacity=\"{strength}\"/>"
                ),
            };
        }
        out
    }
}
