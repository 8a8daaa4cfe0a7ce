//! Everything that the screen shows, and that keys change.
//!
//! State knows no terminal. `update` is the only place that changes it; `draw` only reads it.

use std::sync::Arc;

use crate::export::record::{Line, Target, record};
use crate::model::{EntryIndex, Timeline};
use crate::tui::key::Key;
use crate::tui::keymap::{Context, Keymap};
use crate::tui::layout::{Areas, areas};
use crate::tui::overlay::Overlay;
use crate::tui::theme::Theme;
use crate::view::label::Glyphs;
use crate::view::rows::scrolled;
use crate::view::shown::Shown;

/// Which pane the keys go to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The list of entries.
    #[default]
    Timeline,
    /// The record of the selected entry.
    Detail,
}

/// The record of the selected entry, laid out for the width that it has.
#[derive(Clone, Debug, Default)]
pub struct Detail {
    /// What `lines` were laid out for: the entry, and the width in cells.
    pub of: Option<(EntryIndex, usize)>,
    /// The lines.
    pub lines: Arc<Vec<Line>>,
    /// The first line in the window.
    pub scroll: usize,
    /// The link that Enter follows, counted from the first.
    pub link: Option<usize>,
}

impl Detail {
    /// The links, each with its first line.
    pub fn links(&self) -> Vec<(Target, usize)> {
        let mut links: Vec<(Target, usize)> = Vec::new();
        for (number, line) in self.lines.iter().enumerate() {
            let Some(target) = line.target else { continue };
            if links.last().is_none_or(|(last, _)| *last != target) {
                links.push((target, number));
            }
        }
        links
    }
}

/// What the bar says after an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// One sentence.
    pub text: String,
    /// Whether something went wrong.
    pub error: bool,
}

/// Keys that are not yet an action.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    /// A number typed before an action.
    pub count: Option<usize>,
    /// The beginning of a sequence.
    pub keys: Vec<Key>,
}

/// How the user wants the screen.
#[derive(Clone, Debug)]
pub struct Preferences {
    /// The look.
    pub theme: Theme,
    /// Which characters the terminal shows.
    pub glyphs: Glyphs,
    /// The keys.
    pub keymap: Arc<Keymap>,
}

/// Everything on the screen.
#[derive(Debug)]
pub struct State {
    /// What is open.
    pub timeline: Arc<Timeline>,
    /// What of it is shown.
    pub shown: Shown,
    /// The selected position among those shown.
    pub cursor: usize,
    /// The first position in the window.
    pub top: usize,
    /// The record beside the timeline.
    pub detail: Detail,
    /// Which pane the keys go to.
    pub focus: Focus,
    /// What lies over the screen.
    pub overlay: Option<Overlay>,
    /// Keys that are not yet an action.
    pub pending: Pending,
    /// What the bar says.
    pub message: Option<Message>,
    /// Width and height of the screen, in cells.
    pub size: (u16, u16),
    /// Share of the width that the timeline takes beside the detail, in percent.
    pub split: u16,
    /// How the user wants the screen.
    pub preferences: Preferences,
}

impl State {
    /// The whole timeline, with the first entry selected.
    pub fn new(timeline: Arc<Timeline>, preferences: Preferences, size: (u16, u16)) -> Self {
        let shown = Shown::new(&timeline, timeline.indexes().collect());
        let mut state = State {
            timeline,
            shown,
            cursor: 0,
            top: 0,
            detail: Detail::default(),
            focus: Focus::default(),
            overlay: None,
            pending: Pending::default(),
            message: None,
            size,
            split: 50,
            preferences,
        };
        state.settle();
        state
    }

    /// The selected entry, if any is shown.
    pub fn selected(&self) -> Option<EntryIndex> {
        self.shown.get(self.cursor)
    }

    /// Where each part of the screen lies.
    pub fn areas(&self) -> Areas {
        areas(self.size, self.split)
    }

    /// Which keys hold.
    pub fn context(&self) -> Context {
        match (&self.overlay, self.focus) {
            (Some(overlay), _) => overlay.context(),
            (None, Focus::Timeline) => Context::Timeline,
            (None, Focus::Detail) => Context::Detail,
        }
    }

    /// Selects a position, or the nearest there is.
    pub fn select(&mut self, position: usize) {
        self.cursor = position.min(self.shown.len().saturating_sub(1));
    }

    /// Brings everything that follows from the rest into step: the window holds the cursor, the
    /// record is that of the selected entry. Called after every action.
    pub fn settle(&mut self) {
        self.cursor = self.cursor.min(self.shown.len().saturating_sub(1));
        let areas = self.areas();
        let height = usize::from(areas.timeline.height);
        self.top = scrolled(&self.timeline, &self.shown, self.top, self.cursor, height, MARGIN);
        let width = usize::from(areas.detail.width);
        let of = self.selected().map(|entry| (entry, width));
        if of != self.detail.of {
            let same = of.map(|of| of.0) == self.detail.of.map(|of| of.0);
            let lines =
                of.map_or_else(Vec::new, |(entry, width)| record(&self.timeline, entry, width));
            let kept = if same { self.detail.scroll } else { 0 };
            self.detail = Detail {
                of,
                lines: Arc::new(lines),
                scroll: kept,
                link: if same { self.detail.link } else { None },
            };
        }
        let last = self.detail.lines.len().saturating_sub(usize::from(areas.detail.height));
        self.detail.scroll = self.detail.scroll.min(last);
    }

    /// Says something in the bar.
    pub fn say(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: text.into(), error: false });
    }

    /// Says in the bar that something went wrong.
    pub fn complain(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: text.into(), error: true });
    }
}

/// How many entries stay in sight above and below the cursor.
const MARGIN: usize = 3;
