//! What lies over the screen: help, panels and lines of text being typed.

use crate::tui::keymap::Context;

/// One thing that lies over the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// All keys; the first line in the window.
    Help {
        /// The first line in the window.
        scroll: usize,
    },
}

impl Overlay {
    /// Which keys hold while it is there.
    pub fn context(&self) -> Context {
        match self {
            Overlay::Help { .. } => Context::Panel,
        }
    }
}
