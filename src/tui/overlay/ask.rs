//! A question to be answered with `y` before something is done.

use crate::tui::change::Change;

/// The question.
#[derive(Clone, Debug)]
pub struct Ask {
    /// What is asked: `Delete this entry from record.ron?`
    pub question: String,
    /// What it is about, in a few lines.
    pub about: Vec<String>,
    /// What is done after a yes.
    pub then: Change,
}
