//! Changes of a dataset's file: what is asked for, what was made, and what can be taken back.

use std::path::PathBuf;
use std::sync::Arc;

use crate::edit::{Definitions, Edit, NewEntry};
use crate::tui::filter::Filter;

/// How many changes can be taken back. Each keeps the text of its file.
const MOST_MADE: usize = 20;

/// How long these texts may be together, in bytes. The latest is kept however long it is.
const MOST_BYTES: usize = 64 << 20;

/// A change that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The file.
    pub file: PathBuf,
    /// What is to become of it.
    pub what: What,
}

// All numbers in an entry are finite, so that each is equal to itself.
impl Eq for Change {}

/// What is to become of a file.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// An entry is put in, or takes the place of one.
    Put(Box<Put>),
    /// An entry goes. As it was shown: if it is another by now, it stays.
    Remove(Box<NewEntry>),
    /// A change is taken back.
    Back(Made),
    /// A change that was taken back is made again.
    Again(Made),
}

/// An entry for a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Put {
    /// The entry.
    pub entry: NewEntry,
    /// The one whose place it takes, as it was shown.
    pub was: Option<NewEntry>,
    /// What nobody has defined yet.
    pub new: Definitions,
    /// What it refers to, for a file that does not define that itself.
    pub known: Definitions,
}

/// A change that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The file.
    pub file: PathBuf,
    /// Its text with the change.
    pub text: Arc<String>,
    /// What takes it back.
    pub back: Edit,
    /// What it was: `the new entry `a``.
    pub what: String,
    /// The entry before, by its id, where there was one.
    pub before: Option<String>,
    /// The entry after it, where there is one.
    pub after: Option<String>,
    /// Whether somebody else had changed the file meanwhile.
    pub rebased: bool,
}

/// Changes made and taken back, in one order with those of the filter.
///
/// Each stands at the number of the filter's changes that were in force when it was made: where
/// there are as many again, it is the latest thing done.
#[derive(Clone, Debug, Default)]
pub struct History {
    made: Vec<(u64, Made)>,
    /// With how many changes of the filter were ever made: after another one there is nothing to
    /// make again.
    back: Vec<(u64, u64, Made)>,
}

impl History {
    /// Keeps a change; what was taken back before can no longer be made again.
    pub fn push(&mut self, filter: &Filter, made: Made) {
        self.back.clear();
        self.push_again(filter, made);
    }

    /// Keeps a change that was made again.
    pub fn push_again(&mut self, filter: &Filter, made: Made) {
        self.made.push((filter.changes(), made));
        self.forget();
    }

    /// Keeps a change that was taken back.
    pub fn push_back(&mut self, filter: &Filter, made: Made) {
        self.back.push((filter.changes(), filter.made(), made));
        self.forget();
    }

    /// Forgets the oldest where there are too many, or too long ones. The latest stays, made or
    /// taken back.
    fn forget(&mut self) {
        while self.made.len() > MOST_MADE {
            self.made.remove(0);
        }
        let made = self.made.iter().map(|(_, made)| made);
        let back = self.back.iter().map(|(.., made)| made);
        let mut bytes: usize = made.chain(back).map(|made| made.text.len()).sum();
        while bytes > MOST_BYTES {
            // What could be made again lies nearer than what could be taken back last.
            let oldest = if self.made.len() > 1 {
                self.made.remove(0).1
            } else if self.back.len() > 1 {
                self.back.remove(0).2
            } else {
                break;
            };
            bytes = bytes.saturating_sub(oldest.text.len());
        }
    }

    /// The change to take back, if that is the latest thing done.
    pub fn to_take_back(&mut self, filter: &Filter) -> Option<Made> {
        let (_, made) = self.made.pop_if(|(at, _)| *at >= filter.changes())?;
        Some(made)
    }

    /// The change to make again, if that comes next.
    pub fn to_make_again(&mut self, filter: &Filter) -> Option<Made> {
        self.back.retain(|(_, made, _)| *made == filter.made());
        let (.., made) = self.back.pop_if(|(at, ..)| *at == filter.changes())?;
        Some(made)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(what: usize, text: &Arc<String>) -> Made {
        let back = Edit::default();
        let (file, what) = (PathBuf::new(), what.to_string());
        Made { file, text: Arc::clone(text), back, what, before: None, after: None, rebased: false }
    }

    /// What can be taken back, latest first, and then made again.
    fn kept(bytes: usize, changes: usize) -> (Vec<String>, Vec<String>) {
        let (filter, text) = (Filter::default(), Arc::new("x".repeat(bytes)));
        let mut history = History::default();
        (0..changes).for_each(|what| history.push(&filter, made(what, &text)));
        let mut back = Vec::new();
        while let Some(made) = history.to_take_back(&filter) {
            back.push(made.what.clone());
            history.push_back(&filter, made);
        }
        let mut again = Vec::new();
        while let Some(made) = history.to_make_again(&filter) {
            again.push(made.what.clone());
            history.push_again(&filter, made);
        }
        (back, again)
    }

    #[test]
    fn as_many_changes_are_kept_as_there_is_room_for() {
        for (bytes, changes, first) in [
            (1, 15, 0),
            (1, 30, 10),
            (MOST_BYTES / 4, 4, 0),
            (MOST_BYTES / 4, 6, 2),
            (MOST_BYTES + 1, 3, 2),
        ] {
            let (back, again) = kept(bytes, changes);
            let names: Vec<String> = (first..changes).map(|what| what.to_string()).collect();
            assert_eq!(again, names, "{changes} of {bytes} bytes");
            assert!(back.iter().rev().eq(&names), "{changes} of {bytes} bytes");
        }
    }
}
