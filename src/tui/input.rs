//! What comes into the state: keys, and news from outside.

use std::sync::Arc;

use crate::model::Timeline;
use crate::tui::change::Made;
use crate::tui::effect::WriteRequest;
use crate::tui::key::Key;
use crate::tui::look::Found;
use crate::tui::mouse::Mouse;
use crate::tui::theme::Theme;
use crate::view::shown::Shown;

/// What comes in.
#[derive(Clone, Debug)]
pub enum Input {
    /// A key.
    Key(Key),
    /// A text that was pasted; never keys.
    Paste(String),
    /// The mouse.
    Mouse(Mouse),
    /// The terminal has another size, in cells.
    Resize(u16, u16),
    /// The look that suits the terminal, now that it has told its ground.
    Look(Box<Theme>),
    /// What came of something outside.
    Outside(Report),
}

/// What came of something outside.
#[derive(Clone, Debug)]
pub enum Report {
    /// It was done; a sentence for the bar.
    Said(String),
    /// It was not; a sentence for the bar.
    Failed(String),
    /// The datasets were read again.
    Loaded(Box<Loaded>),
    /// Nothing was written: there is a file of that name. Written over it only if the user wants.
    Exists(Box<WriteRequest>),
    /// A file was written; a sentence for the bar.
    Written(String),
    /// Paths that begin as typed.
    Paths(Vec<String>),
    /// The file of a dataset was changed.
    Changed(Direction, Box<Made>),
    /// It was not, and why; with the change that could be taken back, or made again, later on.
    Unchanged(String, Option<Box<(Direction, Made)>>),
    /// What was looked for on another thread is found.
    Found(Found),
    /// The quotes of a timeline were looked for in their sources.
    Verified(Arc<Timeline>, Arc<crate::verify::Report>),
}

/// Which way a file was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Something new was done.
    Done,
    /// It was taken back.
    Back,
    /// It was made again.
    Again,
}

/// Datasets that were read again.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What they hold now; none where nothing of it could be read, and what was on show stays.
    pub timeline: Option<Arc<Timeline>>,
    /// All its entries, ready to be shown, where that was worked out already.
    pub all: Option<Arc<Shown>>,
    /// The first mistake with its place, in one line, while there are any.
    pub trouble: Option<String>,
}
