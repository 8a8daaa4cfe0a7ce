//! Everything that the screen shows, and that keys change.
//!
//! State knows no terminal. `update` is the only place that changes it; `draw` only reads it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::export::record::{Line, Marks, Target, record_with};
use crate::memory::{ExportChoice, Place};
use crate::model::{EntryIndex, EntrySet, Timeline};
use crate::tui::action::Action;
use crate::tui::change::History;
use crate::tui::filter::Filter;
use crate::tui::input::Input;
use crate::tui::key::Key;
use crate::tui::keymap::{Context, Keymap, Meaning};
use crate::tui::layout::{Areas, WIDEST_LINE, areas};
use crate::tui::look::{Looking, QUICK, Search};
use crate::tui::overlay::{self, Overlay};
use crate::tui::place::Anchor;
use crate::tui::theme::Theme;
use crate::tui::views::Views;
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

/// The record of the selected entry, laid out for the width that it has, as far as lines are easy to
/// read.
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
    /// Where the window was when the lines were laid out.
    pub anchor: Option<Anchor>,
}

impl Detail {
    /// The links, each with its first line.
    pub fn links(&self) -> Vec<(Target, usize)> {
        let mut links: Vec<(Target, usize)> = Vec::new();
        let mut above = None;
        for (number, line) in self.lines.iter().enumerate() {
            if let Some(target) = line.target
                && above != Some(target)
            {
                links.push((target, number));
            }
            above = line.target;
        }
        links
    }
}

/// Whether more of the files is to come than what is on show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Rest {
    /// No: all is read.
    #[default]
    Read,
    /// Only a beginning is read yet. Then on to where the user was in an earlier run.
    Coming(Box<Place>),
    /// It could not be read: what is on show is not the dataset.
    Missing,
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
    /// An action that waits for a letter.
    pub letter_for: Option<Action>,
}

/// Entries selected for export.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Those selected one by one, or by a range that has ended.
    pub entries: EntrySet,
    /// Where a range begins that goes to the cursor.
    pub anchor: Option<EntryIndex>,
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
    /// All of its entries.
    pub all: Arc<Shown>,
    /// Those of them that are shown.
    pub shown: Arc<Shown>,
    /// What is still looked for.
    pub looking: Option<Looking>,
    /// How many bytes of text are looked through while a key waits.
    pub patience: usize,
    /// The query that says so.
    pub filter: Filter,
    /// Words searched for.
    pub search: Option<Search>,
    /// What is selected for export.
    pub selection: Selection,
    /// Which view of it is on the screen.
    pub views: Views,
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
    /// The action carried out last, for the log to take.
    pub applied: Option<Action>,
    /// What the bar says.
    pub message: Option<Message>,
    /// Whether more of the files is to come.
    pub rest: Rest,
    /// What is wrong with the open files, where they are.
    pub trouble: Option<String>,
    /// Where links were followed from, oldest first.
    pub jumps: Vec<EntryIndex>,
    /// Marked entries, by id.
    pub marks: BTreeMap<char, String>,
    /// Queries typed, oldest first.
    pub queries: Vec<String>,
    /// Words searched for, oldest first.
    pub searches: Vec<String>,
    /// Whether the next letter of a line being typed is there already, so that what the line asks
    /// for need not be looked for before it.
    pub hurried: bool,
    /// What was last chosen for an export.
    pub export: Option<ExportChoice>,
    /// Changes of files that can be taken back.
    pub history: History,
    /// The entry to be selected once its file was read again: the file, and the id.
    pub awaited: Option<(PathBuf, String)>,
    /// The datasets that are no files of the user's to change, by what they are called.
    pub fixed: Vec<String>,
    /// Where quotes stand in their sources, once they were looked for.
    pub verified: Option<Arc<crate::verify::Report>>,
    /// Width and height of the screen, in cells.
    pub size: (u16, u16),
    /// Share of the width that the timeline takes beside the detail, in percent.
    pub split: u16,
    /// Whether the divider is being dragged.
    pub dragging: bool,
    /// How the user wants the screen.
    pub preferences: Preferences,
}

/// A little more to the timeline, whose lines are cut, than to the record, whose lines wrap.
pub const SPLIT: u16 = 55;

/// How many places to go back to are kept.
const MOST_JUMPS: usize = 100;

impl State {
    /// The whole timeline, with the first entry selected.
    pub fn new(timeline: Arc<Timeline>, preferences: Preferences, size: (u16, u16)) -> Self {
        let all = Arc::new(Shown::new(&timeline, timeline.indexes().collect()));
        let mut state = State {
            timeline,
            shown: Arc::clone(&all),
            all,
            looking: None,
            patience: QUICK,
            filter: Filter::default(),
            search: None,
            selection: Selection::default(),
            views: Views::default(),
            cursor: 0,
            top: 0,
            detail: Detail::default(),
            focus: Focus::default(),
            overlay: None,
            pending: Pending::default(),
            applied: None,
            message: None,
            rest: Rest::Read,
            trouble: None,
            jumps: Vec::new(),
            marks: BTreeMap::new(),
            queries: Vec::new(),
            searches: Vec::new(),
            hurried: false,
            export: None,
            history: History::default(),
            awaited: None,
            fixed: Vec::new(),
            verified: None,
            size,
            split: SPLIT,
            dragging: false,
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
        self.views.areas(self.size, self.split, self.focus)
    }

    /// Which keys hold.
    pub fn context(&self) -> Context {
        match (&self.overlay, self.focus) {
            (Some(overlay), _) => overlay.context(),
            (None, Focus::Timeline) => self.views.context(),
            (None, Focus::Detail) => Context::Detail,
        }
    }

    /// Whether an input is a letter that goes into the line being typed.
    pub fn is_typed(&self, input: &Input) -> bool {
        let Input::Key(key) = input else { return false };
        matches!(self.overlay, Some(Overlay::Prompt(_)))
            && key.typed().is_some()
            && self.pending == Pending::default()
            && self.preferences.keymap.meaning(self.context(), &[*key]) == Meaning::Nothing
    }

    /// Selects a position, or the nearest there is.
    pub fn select(&mut self, position: usize) {
        self.cursor = position.min(self.shown.len().saturating_sub(1));
    }

    /// Selects an entry, or where it would stand among those shown.
    pub fn select_entry(&mut self, entry: EntryIndex) {
        let position = self.shown.position(entry).unwrap_or_else(|position| position);
        self.select(position);
        self.remember_here(entry);
    }

    /// Keeps the selected entry to come back to.
    pub fn remember_jump(&mut self) {
        let Some(here) = self.selected() else { return };
        if self.jumps.last() != Some(&here) {
            self.jumps.push(here);
            if self.jumps.len() > MOST_JUMPS {
                self.jumps.remove(0);
            }
        }
    }

    /// Whether an entry is selected for export, by itself or by the range to the cursor.
    pub fn is_selected(&self, entry: EntryIndex) -> bool {
        let within = self.range().is_some_and(|(first, last)| first <= entry && entry <= last);
        (within && self.shown.position(entry).is_ok()) || self.selection.entries.contains(entry)
    }

    /// The ends of the range to the cursor, in order.
    pub fn range(&self) -> Option<(EntryIndex, EntryIndex)> {
        let (anchor, here) = (self.selection.anchor?, self.selected()?);
        Some((anchor.min(here), anchor.max(here)))
    }

    /// How many entries are selected for export, without a walk through them all.
    pub fn chosen_count(&self) -> usize {
        let kept = self.selection.entries.len();
        let Some((first, last)) = self.range() else { return kept };
        let at = |entry| self.shown.position(entry).unwrap_or_else(|position| position);
        let to = at(last) + usize::from(self.shown.position(last).is_ok());
        let within = to.saturating_sub(at(first));
        // What is selected and in the range is counted once.
        let twice = if self.shown.len() == self.timeline.len() {
            self.selection.entries.count(first..=last)
        } else {
            let shown = |entry: &EntryIndex| self.shown.position(*entry).is_ok();
            self.selection.entries.range(first..=last).filter(shown).count()
        };
        kept + within - twice
    }

    /// All entries selected for export, in order; nothing if none is.
    pub fn chosen(&self) -> Vec<EntryIndex> {
        let mut chosen = self.selection.entries.clone();
        if let Some((first, last)) = self.range() {
            let from = self.shown.position(first).unwrap_or_else(|position| position);
            let within = self.shown.entries.iter().skip(from).take_while(|entry| **entry <= last);
            chosen.extend(within.copied());
        }
        chosen.iter().collect()
    }

    /// Brings everything that follows from the rest into step: the window holds the cursor, the
    /// record is that of the selected entry. Called after every action.
    pub fn settle(&mut self) {
        self.cursor = self.cursor.min(self.shown.len().saturating_sub(1));
        let height = usize::from(areas(self.size, self.split).timeline.height);
        self.top = scrolled(&self.timeline, &self.shown, self.top, self.cursor, height, MARGIN);
        let here = self.selected();
        self.views.settle(&self.timeline, &self.shown, here, |views| {
            views.areas(self.size, self.split, self.focus)
        });
        let areas = self.areas();
        let width = usize::from(areas.detail.width.min(WIDEST_LINE));
        let of = self.selected().map(|entry| (entry, width));
        if of != self.detail.of {
            let same = of.map(|of| of.0) == self.detail.of.map(|of| of.0);
            let marks = self.verified.as_deref().map(|report| report as &dyn Marks);
            let lines = of.map_or_else(Vec::new, |(entry, width)| {
                record_with(&self.timeline, entry, width, marks)
            });
            let anchor = same.then(|| {
                let old = &self.detail;
                Anchor::of(old.anchor, old.scroll, old.lines.iter().map(Line::letters))
                    .within(lines.iter().map(Line::letters))
            });
            self.detail = Detail {
                of,
                lines: Arc::new(lines),
                scroll: anchor.map_or(0, Anchor::scroll),
                link: if same { self.detail.link } else { None },
                anchor,
            };
        }
        let last = self.detail.lines.len().saturating_sub(usize::from(areas.detail.height));
        self.detail.anchor = self.detail.anchor.map(|anchor| anchor.up_to(last));
        self.detail.scroll = self.detail.scroll.min(last);
        self.settle_overlay();
    }

    fn settle_overlay(&mut self) {
        let size = self.size;
        match &mut self.overlay {
            Some(Overlay::Panel(panel)) => {
                panel
                    .list
                    .settle(crate::tui::layout::panel(size, panel.rows.len()).1.height.into());
            }
            Some(Overlay::Palette(list)) => {
                list.settle(crate::tui::layout::panel(size, usize::MAX).1.height.into());
            }
            Some(Overlay::Marks(list, marks)) => {
                list.settle(crate::tui::layout::panel(size, marks.len()).1.height.into());
            }
            Some(Overlay::Form(form)) => {
                let inside = crate::tui::layout::form(size);
                form.settle(inside.width.into(), inside.height.into());
            }
            Some(Overlay::Passage(passage)) => {
                let inside = crate::tui::layout::form(size);
                passage.settle(inside.width.into(), inside.height.into());
            }
            Some(Overlay::Help(help)) => {
                let length = overlay::help::length(help, &self.preferences.keymap);
                let height = overlay::help::area(size).height.into();
                help.scroll = help.scroll.min(length.saturating_sub(height));
            }
            Some(Overlay::Compare(page)) => {
                let glyphs = self.preferences.glyphs;
                let (length, height) = overlay::comparison::size(page, size, glyphs);
                page.scroll = page.scroll.min(length.saturating_sub(height));
            }
            Some(Overlay::Export(dialog)) => {
                let (_, preview) = crate::tui::layout::export(size, dialog.choices().len());
                let height = usize::from(preview.height.saturating_sub(1));
                dialog.scroll = dialog.scroll.min(dialog.preview.len().saturating_sub(height));
            }
            _ => {}
        }
    }

    /// Says in the bar how to begin.
    pub fn greet(&mut self) {
        let keymap = &self.preferences.keymap;
        let keys = |actions: &[Action]| {
            let keys: Vec<String> = actions
                .iter()
                .filter_map(|action| keymap.keys_of(Context::Timeline, *action))
                .collect();
            keys.join("/")
        };
        let words = [
            (keys(&[Action::Down, Action::Up]), "move"),
            (keys(&[Action::Facets]), "speakers"),
            (keys(&[Action::Filter]), "filter"),
            (keys(&[Action::Help]), "all keys"),
        ];
        let words: Vec<String> = words
            .into_iter()
            .filter(|(keys, _)| !keys.is_empty())
            .map(|(keys, word)| format!("{keys} {word}"))
            .collect();
        self.say(format!("To begin: {}", words.join(" · ")));
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
