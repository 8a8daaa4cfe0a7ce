//! How many colours the terminal shows, as the environment says.

use crate::tui::theme::Colours;

/// What `NO_COLOR` (no-color.org), `TERM` and `COLORTERM` say together.
pub fn of_the_terminal() -> Colours {
    let value = |name: &str| std::env::var_os(name).unwrap_or_default();
    if !value("NO_COLOR").is_empty() {
        return Colours::None;
    }
    let (term, colorterm) = (value("TERM"), value("COLORTERM"));
    of(&term.to_string_lossy(), &colorterm.to_string_lossy())
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
