//! `dateline themes`: the looks to choose from.

use crate::cli::{Failure, Outcome, print};
use crate::tui::theme::{BUILT_IN, Colours, Theme};

/// Prints the name of each theme, and what it is for.
pub fn run() -> Result<Outcome, Failure> {
    let mut text = String::new();
    for (name, _) in BUILT_IN {
        let about =
            Theme::built_in(name, Colours::None).map_or_else(String::new, |theme| theme.about);
        text.push_str(&format!("{name:<14}  {about}\n"));
    }
    print(&text)?;
    Ok(Outcome::Done)
}
