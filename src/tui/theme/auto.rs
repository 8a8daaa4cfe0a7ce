//! The look that follows the terminal.

use crate::tui::theme::{Rgb, Theme};

/// What it is called.
pub const AUTO: &str = "auto";

/// The looks that it chooses from.
#[derive(Clone, Debug)]
pub struct Looks {
    /// On a dark ground.
    pub dark: Theme,
    /// On a light one.
    pub light: Theme,
    /// On one that is not known: of the terminal's own colours.
    pub unknown: Theme,
}

impl Looks {
    /// The look on a ground of this colour, if it is known. Where all can be read there the
    /// terminal keeps its ground.
    pub fn on(&self, ground: Option<Rgb>) -> Theme {
        match ground {
            None => self.unknown.clone(),
            Some(ground) if ground.is_light() => self.light.clone().upon(ground),
            Some(ground) => self.dark.clone().upon(ground),
        }
    }
}
