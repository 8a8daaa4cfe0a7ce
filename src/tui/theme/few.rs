//! Few colours: the sixteen of the terminal, whose shades are its own affair, or none.
//!
//! What shade a terminal gives to its yellow or its blue nobody knows, nor often what lies behind.
//! So words are of the terminal's own foreground, where a theme paints no ground; on black or grey
//! they have only colours that are light, or dark, by custom. What lies over other things is turned
//! round, which can be read wherever the rest can.

use ratatui::style::{Color, Modifier, Style};

use crate::tui::theme::Sort;

/// What is left of a style.
pub fn style(style: Style, sort: Sort, ground: Option<Color>) -> Style {
    let plain = Style { fg: None, bg: None, ..style };
    match sort {
        Sort::Over if style.bg.is_some() || style.fg.is_some() => {
            Style::new().add_modifier(Modifier::REVERSED)
        }
        // Without a colour of their own they are modifiers already.
        Sort::Over | Sort::Row => plain,
        Sort::Words => Style { fg: style.fg.and_then(|fg| sure(fg, ground)), ..plain },
        Sort::Mark | Sort::Rule => Style { fg: style.fg.and_then(|fg| seen(fg, ground)), ..plain },
    }
}

/// The shade of a colour in which words can be read, if there is one.
fn sure(colour: Color, ground: Option<Color>) -> Option<Color> {
    match ground {
        Some(Color::Black) => Some(match colour {
            Color::Red => Color::LightRed,
            Color::Yellow => Color::LightYellow,
            Color::Magenta => Color::LightMagenta,
            Color::Blue => Color::Cyan,
            Color::Black | Color::DarkGray => Color::Gray,
            other => other,
        }),
        Some(Color::Gray | Color::White) => Some(match colour {
            Color::Blue => Color::Blue,
            _ => Color::Black,
        }),
        _ => None,
    }
}

/// The shade of a colour in which a mark is seen. Magenta is the one of the eight that is neither
/// light nor dark.
fn seen(colour: Color, ground: Option<Color>) -> Option<Color> {
    match ground {
        None => (colour == Color::Magenta).then_some(colour),
        ground => sure(colour, ground),
    }
}

/// The one of the first eight that has the hue; of greys the darker or the lighter. The terminal
/// may show any shade of it, so its brightness says little.
pub fn plainest(red: u8, green: u8, blue: u8) -> Color {
    let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
    if most - least < 40 {
        return if most < 96 { Color::Black } else { Color::Gray };
    }
    let middle = least + (most - least) / 2;
    match (red >= middle, green >= middle, blue >= middle) {
        (true, false, false) => Color::Red,
        (false, true, false) => Color::Green,
        (true, true, false) => Color::Yellow,
        (false, false, true) => Color::Blue,
        (true, false, true) => Color::Magenta,
        (false, true, true) => Color::Cyan,
        (true, true, true) | (false, false, false) => Color::Gray,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hues_are_kept() {
        for ((red, green, blue), colour) in [
            ((0xe6, 0xb4, 0x50), Color::Yellow),
            ((0x7f, 0xb4, 0xca), Color::Cyan),
            ((0xd2, 0xa6, 0xff), Color::Magenta),
            ((0xf0, 0x71, 0x78), Color::Red),
            ((0x20, 0x20, 0x28), Color::Black),
            ((0xd5, 0xd8, 0xda), Color::Gray),
            ((0, 0, 255), Color::Blue),
            ((0, 255, 0), Color::Green),
        ] {
            assert_eq!(plainest(red, green, blue), colour);
        }
    }
}
