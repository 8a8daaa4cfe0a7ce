//! How well a colour stands out from another (WCAG 2.2, "contrast ratio").

use ratatui::style::{Color, Modifier, Style};

use crate::tui::theme::shades::shade;
use crate::tui::theme::{Sort, Theme};

/// Red, green and blue, as a terminal tells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// What words need, and what marks and rules do.
const WORDS: f64 = 4.5;
const MARKS: f64 = 3.0;

/// As much the selected row must differ from the others for the eye to find it.
const ROW: f64 = 1.15;

/// Of two colours of this luminance, black and white stand out alike.
const MIDDLE: f64 = 0.179;

impl Rgb {
    /// A colour's shade, where that is not the terminal's own affair.
    pub(super) fn of(colour: Color) -> Option<Rgb> {
        match colour {
            Color::Rgb(red, green, blue) => Some(Rgb(red, green, blue)),
            Color::Indexed(index) if index >= 16 => {
                let (red, green, blue) = shade(index);
                Some(Rgb(red, green, blue))
            }
            _ => None,
        }
    }

    /// Relative luminance, from 0 for black to 1 for white.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Whether it is a light ground, on which dark words are read best.
    pub fn is_light(self) -> bool {
        self.luminance() > MIDDLE
    }

    /// The ratio of two, from 1 to 21.
    pub(super) fn against(self, other: Rgb) -> f64 {
        let (one, other) = (self.luminance() + 0.05, other.luminance() + 0.05);
        one.max(other) / one.min(other)
    }
}

impl Theme {
    /// What cannot be read, or seen, on a ground of this colour and on its rows: the role, on what,
    /// and how little it stands out.
    pub(super) fn faults_on(&self, ground: Rgb) -> Vec<(&'static str, &'static str, f64)> {
        let mut faults = Vec::new();
        let rows = [
            ("the ground", Style::new()),
            ("the selected row", self.selected),
            ("the row selected elsewhere", self.selected_away),
        ];
        for (name, row) in rows {
            let behind = shown(row, self, ground).1;
            if name == "the selected row" && behind.against(ground) < ROW {
                faults.push(("selected", name, behind.against(ground)));
            }
            for (role, sort, style) in self.roles() {
                let needs = match sort {
                    Sort::Words | Sort::Over => WORDS,
                    Sort::Mark => MARKS,
                    Sort::Rule if row == Style::new() => MARKS,
                    Sort::Rule | Sort::Row => continue,
                };
                let over =
                    if sort == Sort::Over { row.patch(style) } else { Theme::over(style, row) };
                let (front, behind) = shown(over, self, ground);
                let ratio = front.against(behind);
                if ratio < needs {
                    faults.push((role, name, ratio));
                }
            }
        }
        faults
    }

    /// The theme on the terminal's own ground, where all of it can be read there; else on its own.
    pub(super) fn upon(mut self, ground: Rgb) -> Theme {
        if self.faults_on(ground).is_empty() {
            self.ground = Style::new();
        }
        self
    }
}

/// What a style looks like on a ground: its letters and what is behind them.
fn shown(style: Style, theme: &Theme, ground: Rgb) -> (Rgb, Rgb) {
    let own = [style.fg, theme.ground.fg, theme.text.fg].into_iter().flatten().find_map(Rgb::of);
    let front = own.unwrap_or(Rgb(0, 0, 0));
    let behind = style.bg.and_then(Rgb::of).unwrap_or(ground);
    if style.add_modifier.contains(Modifier::REVERSED) { (behind, front) } else { (front, behind) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_those_of_the_recommendation() {
        let (black, white) = (Rgb(0, 0, 0), Rgb(255, 255, 255));
        for (one, other, ratio) in [
            (black, white, 21.0),
            (white, white, 1.0),
            // Known from many a checker: the lightest grey that is legible on white, and the next.
            (Rgb(0x76, 0x76, 0x76), white, 4.54),
            (Rgb(0x77, 0x77, 0x77), white, 4.48),
            (Rgb(255, 0, 0), white, 4.0),
            (Rgb(0, 0, 255), black, 2.44),
        ] {
            assert!((one.against(other) - ratio).abs() < 0.005, "{one:?} {other:?}");
        }
        assert!(white.is_light() && !black.is_light());
        assert!(!Rgb(0, 0x2b, 0x36).is_light() && Rgb(0xfd, 0xf6, 0xe3).is_light());
    }
}
