//! What of the timeline is shown: one query, with what it was before.

use crate::query::{Query, QueryError};

/// How many changes can be taken back.
const MOST_CHANGES: usize = 200;

/// The query in force, and the way back. Its text is the only truth: panels, chips and the
/// command line all read and write it.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    text: String,
    query: Query,
    undone: Vec<String>,
    before: Vec<String>,
    /// How many changes are in force, those that can no longer be taken back too.
    changes: u64,
    /// How many were ever made.
    made: u64,
}

impl Filter {
    /// The query in force, as it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The query in force.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Whether everything is shown.
    pub fn is_empty(&self) -> bool {
        self.query.is_empty()
    }

    /// How many changes are in force: what was done at a number is the latest thing done when it is
    /// the same again.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// How many changes were ever made: where it is another, something new was done.
    pub fn made(&self) -> u64 {
        self.made
    }

    /// Forgets what could be made again: something else was done.
    pub fn forget_undone(&mut self) {
        self.undone.clear();
    }

    /// Puts a query in force without keeping the one before, as while it is typed.
    ///
    /// # Errors
    ///
    /// What is wrong with it; the query in force stays.
    pub fn try_on(&mut self, text: &str) -> Result<(), QueryError> {
        self.query = Query::parse(text)?;
        text.clone_into(&mut self.text);
        Ok(())
    }

    /// Puts a query in force and keeps `before`, so that it can be taken back.
    ///
    /// # Errors
    ///
    /// What is wrong with it; the query in force stays.
    pub fn change(&mut self, text: &str, before: &str) -> Result<(), QueryError> {
        self.try_on(text)?;
        if before.trim() != text.trim() {
            self.before.push(before.to_owned());
            if self.before.len() > MOST_CHANGES {
                self.before.remove(0);
            }
            self.undone.clear();
            self.changes += 1;
            self.made += 1;
        }
        Ok(())
    }

    /// Takes the last change back. Gives whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(before) = self.before.pop() else { return false };
        self.changes = self.changes.saturating_sub(1);
        let now = self.text.clone();
        if self.try_on(&before).is_ok() {
            self.undone.push(now);
        }
        true
    }

    /// Makes the change last taken back again. Gives whether there was one.
    pub fn redo(&mut self) -> bool {
        let Some(undone) = self.undone.pop() else { return false };
        self.changes += 1;
        let now = self.text.clone();
        if self.try_on(&undone).is_ok() {
            self.before.push(now);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_can_be_taken_back_and_made_again() {
        let mut filter = Filter::default();
        filter.change("kirby", "").unwrap();
        filter.change("kirby has:quote", "kirby").unwrap();
        assert!(filter.change("speker:x", "kirby has:quote").is_err());
        assert_eq!(filter.text(), "kirby has:quote");
        assert!(filter.undo() && filter.text() == "kirby");
        assert!(filter.undo() && filter.is_empty());
        assert!(!filter.undo());
        assert!(filter.redo() && filter.redo() && !filter.redo());
        assert_eq!(filter.text(), "kirby has:quote");
        filter.undo();
        filter.change("milley", filter.text().to_owned().as_str()).unwrap();
        assert!(!filter.redo(), "a new change ends what could be made again");
    }
}
