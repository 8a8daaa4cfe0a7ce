//! What lies over the screen: help, lists, and lines of text being typed.

pub mod ask;
pub mod comparison;
pub mod export;
pub mod form;
pub mod help;
pub mod palette;
pub mod passage;

use crate::model::{EntryIndex, Timeline};
use crate::query::{Completion, Facet, QueryError, Row};
use crate::tui::field::Field;
use crate::tui::keymap::Context;
use crate::tui::list::List;
use crate::tui::overlay::ask::Ask;
use crate::tui::overlay::export::ExportDialog;
use crate::tui::overlay::form::Form;
use crate::tui::overlay::passage::Passage;
use crate::view::compare::Comparison;

/// One thing that lies over the screen.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// All keys.
    Help(Help),
    /// The values of a facet to choose from.
    Panel(Panel),
    /// Every action by its name.
    Palette(List),
    /// All marks; each is its letter and the id that it stands for.
    Marks(List, Vec<(char, String)>),
    /// A line of text.
    Prompt(Prompt),
    /// Figures side by side.
    Compare(Page),
    /// What is to be written, and where to.
    Export(Box<ExportDialog>),
    /// An entry being written.
    Form(Box<Form>),
    /// A question to be answered before something is done.
    Ask(Box<Ask>),
    /// Where a quote stands in its sources.
    Passage(Box<Passage>),
}

impl Overlay {
    /// Which keys hold while it is there.
    pub fn context(&self) -> Context {
        let typing = match self {
            Overlay::Compare(_) => return Context::Page,
            Overlay::Help(help) => help.typing,
            Overlay::Panel(panel) => panel.list.typing,
            Overlay::Palette(_) | Overlay::Prompt(_) | Overlay::Export(_) => true,
            Overlay::Form(_) | Overlay::Ask(_) => true,
            Overlay::Passage(_) => false,
            Overlay::Marks(list, _) => list.typing,
        };
        if typing { Context::Dialog } else { Context::Panel }
    }
}

/// Figures side by side, to be read.
#[derive(Clone, Debug)]
pub struct Page {
    /// The comparison.
    pub comparison: Comparison,
    /// The first line in the window.
    pub scroll: usize,
}

/// All keys, narrowed by a text.
#[derive(Clone, Debug, Default)]
pub struct Help {
    /// What narrows it.
    pub field: Field,
    /// Whether keys go to the field.
    pub typing: bool,
    /// The first line in the window.
    pub scroll: usize,
}

/// The values of a facet.
#[derive(Clone, Debug)]
pub struct Panel {
    /// Which facet.
    pub facet: Facet,
    /// Its values, each with how many entries would result.
    pub rows: Vec<Row>,
    /// Those shown, and the selected one.
    pub list: List,
    /// Whether the choice was changed since the panel was opened: then Enter only closes it.
    pub changed: bool,
}

/// What a line of text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A query, which filters while it is typed.
    Filter,
    /// Words, which are searched for while they are typed.
    Search,
    /// A date to go to.
    Date,
    /// A command to give records to.
    Pipe,
}

/// A line of text being typed at the foot of the screen.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// What it is for.
    pub purpose: Purpose,
    /// The text.
    pub field: Field,
    /// What is wrong with it.
    pub error: Option<QueryError>,
    /// A word on what it means: a date's reading, a value that nothing has.
    pub word: Option<String>,
    /// A word on what is typed and not yet in force.
    pub waiting: Option<String>,
    /// How the word at the cursor may go on.
    pub completions: Vec<Completion>,
    /// The completion last taken, counted from the first.
    pub taken: Option<usize>,
    /// How far back in the history it is; 0 is the line being typed.
    pub back: usize,
    /// The line being typed, while an earlier one is looked at.
    pub draft: String,
    /// The entry at which the cursor of the timeline was.
    pub origin: Option<EntryIndex>,
    /// The query, or the words searched for, before.
    pub before: String,
}

impl Prompt {
    /// For a purpose, with a text in it.
    pub fn new(purpose: Purpose, text: &str, origin: Option<EntryIndex>) -> Self {
        Prompt {
            purpose,
            field: Field::new(text),
            error: None,
            word: None,
            waiting: None,
            completions: Vec::new(),
            taken: None,
            back: 0,
            draft: String::new(),
            origin,
            before: text.to_owned(),
        }
    }
}

/// How the list shows the entry that a mark stands for.
pub fn mark_name(timeline: &Timeline, id: &str) -> String {
    match timeline.named(id) {
        Some(entry) => timeline.headline(entry).to_owned(),
        None => format!("{id} (no longer there)"),
    }
}
