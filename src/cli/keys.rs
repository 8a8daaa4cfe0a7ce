//! `dateline keys`: every key and what it does.

use crate::cli::{Failure, Outcome, print, settings};
use crate::folders::Folders;
use crate::text::{pad, width};

/// Prints the keymap, group by group.
pub fn run() -> Result<Outcome, Failure> {
    let keymap = settings::keymap(&Folders::of_the_user())?;
    let widest = keymap.bindings().iter().map(|binding| width(&binding.keys_name())).max();
    let mut text = String::new();
    let mut group = "";
    for binding in keymap.bindings() {
        if binding.group != group {
            if !text.is_empty() {
                text.push('\n');
            }
            group = &binding.group;
            text.push_str(&format!("{group}\n"));
        }
        let keys = pad(&binding.keys_name(), widest.unwrap_or(0));
        text.push_str(&format!("  {keys}  {:<16}  {}\n", binding.action.word(), binding.help));
    }
    print(&text)?;
    Ok(Outcome::Done)
}
