//! What the terminal shows, as the environment says.

use crate::tui::outside::order::Order;
use crate::tui::theme::{Colours, Rgb};

/// What is known of the terminal.
pub struct Terminal {
    /// How many colours it shows.
    pub colours: Colours,
    /// Whether it has italics. GNU Screen's own description of a terminal has none, and what asks
    /// for them is shown turned round there, by tmux too.
    pub italics: bool,
    /// Its ground, where that is known.
    pub ground: Option<Rgb>,
    /// Whether it is GNU Screen, which passes on what the mouse does only in part, and questions to
    /// whoever else looks at it.
    pub is_screen: bool,
    /// What it does by itself to letters that are read from the right.
    pub order: Order,
}

impl Terminal {
    /// What `NO_COLOR` (no-color.org), `TERM`, `COLORTERM` and `COLORFGBG` say of this one.
    pub fn ours() -> Terminal {
        let value =
            |name: &str| std::env::var_os(name).unwrap_or_default().to_string_lossy().into_owned();
        let (term, ground) = (value("TERM"), value("COLORFGBG"));
        let plain = !value("NO_COLOR").is_empty();
        Terminal {
            colours: if plain { Colours::None } else { of(&term, &value("COLORTERM")) },
            italics: !term.starts_with("screen"),
            ground: ground_of(&ground),
            // Within tmux within it, it is tmux that is asked.
            is_screen: value("TMUX").is_empty()
                && (!value("STY").is_empty() || term.starts_with("screen.")),
            order: Order::of_the_terminal(value),
        }
    }
}

/// The ground that `COLORFGBG` tells, as rxvt and Konsole set it: the numbers of two of the sixteen
/// colours, the ground last. Their shades are not known; black and white stand for them.
fn ground_of(colorfgbg: &str) -> Option<Rgb> {
    let number: u8 = colorfgbg.rsplit_once(';')?.1.parse().ok()?;
    match number {
        0..=6 | 8 => Some(Rgb(0, 0, 0)),
        7 | 9..=15 => Some(Rgb(255, 255, 255)),
        _ => None,
    }
}

/// Terminals that show all colours and whose names do not tell. Their `COLORTERM` does, but it
/// does not come along over a line to another machine.
const KNOWN: [&str; 8] =
    ["alacritty", "contour", "foot", "rio", "wezterm", "xterm-ghostty", "xterm-kitty", "zed"];

fn of(term: &str, colorterm: &str) -> Colours {
    // COLORTERM comes from a terminal around this one, and this one may be an editor's.
    if is_plain(term) {
        return Colours::None;
    }
    let ends = |end: &str| term.ends_with(end);
    let all = matches!(colorterm, "truecolor" | "24bit") || KNOWN.contains(&term);
    if all || ends("-direct") || ends("-truecolor") {
        Colours::True
    } else if ends("-256color") || ends("-256") {
        Colours::Indexed
    } else {
        Colours::Sixteen
    }
}

/// Terminals without colours: DEC's and those of one colour by their names in terminfo, and
/// whatever does not say what it is.
fn is_plain(term: &str) -> bool {
    let dec = term.strip_prefix("vt").is_some_and(|rest| rest.starts_with(char::is_numeric));
    let one = term.ends_with("-mono") || term.ends_with("-m");
    dec || one || matches!(term, "" | "dumb" | "unknown" | "network")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ground_is_the_last_number() {
        let (dark, light) = (Some(Rgb(0, 0, 0)), Some(Rgb(255, 255, 255)));
        for (colorfgbg, ground) in [
            ("15;0", dark),
            ("0;15", light),
            ("0;7", light),
            ("7;8", dark),
            ("15;default;0", dark),
            ("0;default", None),
            ("0;300", None),
            ("15;16", None),
            ("0", None),
            ("", None),
        ] {
            assert_eq!(ground_of(colorfgbg), ground, "{colorfgbg:?}");
        }
    }

    #[test]
    fn terminals_and_their_colours() {
        for (term, colorterm, colours) in [
            ("xterm-256color", "truecolor", Colours::True),
            ("xterm-256color", "24bit", Colours::True),
            ("xterm", "truecolor", Colours::True),
            ("xterm-direct", "", Colours::True),
            ("xterm-kitty", "", Colours::True),
            ("alacritty", "", Colours::True),
            ("xterm-256color", "", Colours::Indexed),
            ("xterm-256color", "yes", Colours::Indexed),
            ("screen-256color", "", Colours::Indexed),
            ("tmux-256color", "", Colours::Indexed),
            ("xterm", "", Colours::Sixteen),
            ("xterm-color", "", Colours::Sixteen),
            ("xterm-16color", "", Colours::Sixteen),
            ("screen", "", Colours::Sixteen),
            ("linux", "", Colours::Sixteen),
            ("ansi", "", Colours::Sixteen),
            ("something-new", "", Colours::Sixteen),
            ("vt52", "", Colours::None),
            ("vt100", "", Colours::None),
            ("vt220-8bit", "", Colours::None),
            ("dumb", "", Colours::None),
            ("", "", Colours::None),
            ("xterm-mono", "", Colours::None),
            ("linux-m", "", Colours::None),
            ("dumb", "truecolor", Colours::None),
            // Not DEC's.
            ("vte-256color", "", Colours::Indexed),
        ] {
            assert_eq!(of(term, colorterm), colours, "TERM={term} COLORTERM={colorterm}");
        }
    }
}
