//! `dateline themes`: the looks to choose from.

use crate::cli::{Failure, Outcome, print, settings};
use crate::folders::Folders;
use crate::text::pad;
use crate::tui::theme::{AUTO, BUILT_IN, Colours};

/// What the look that is no theme of its own does.
const FOLLOWS: &str = "follows the terminal: `dark`, `light`, or `terminal` where its background is \
                       not told (the default)";

/// Prints the name of each theme, and what it is for.
pub fn run() -> Result<Outcome, Failure> {
    let folders = Folders::of_the_user();
    let built_in = BUILT_IN.iter().map(|(name, _)| (*name).to_owned());
    let mut text = format!("{}  {FOLLOWS}\n", pad(AUTO, 14));
    for name in built_in.chain(settings::own_themes(&folders)) {
        // A theme of the user's that cannot be read is listed with what is wrong with it.
        let about = match settings::theme(&folders, &name, Colours::None) {
            Ok(theme) => theme.about,
            Err(error) => error.to_string(),
        };
        text.push_str(&format!("{}  {about}\n", pad(&name, 14)));
    }
    if let Some(folder) = settings::themes_folder(&folders) {
        text.push_str(&format!("\nYour own lie in {}.\n", folders.shorten(&folder)));
    }
    print(&crate::text::visible_lines(&text))?;
    Ok(Outcome::Done)
}
