//! The export dialog: what is chosen, and the bytes that would be written.

use std::sync::Arc;

use crate::export::{Format, OptionKind, Options, Per, Provenance, Request, Written};
use crate::model::{EntryIndex, Timeline};
use crate::tui::effect::WriteRequest;
use crate::tui::field::Field;
use crate::view::formats;

/// Beyond so many entries nothing is written down before it is asked for.
pub const MOST_PREVIEWED: usize = 5_000;

/// A line of the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The format.
    Format,
    /// A file or the clipboard.
    Where,
    /// The file.
    Path,
    /// An option of the format.
    Option(OptionKind),
}

/// What is chosen.
#[derive(Clone, Debug)]
pub struct ExportDialog {
    /// The entries to write.
    pub entries: Arc<Vec<EntryIndex>>,
    /// Whether they were selected, rather than all that is shown.
    pub selected: bool,
    /// The query in force.
    pub query: String,
    /// The format, by its place in [`formats::ALL`].
    pub format: usize,
    /// Whether it goes to the clipboard.
    pub clipboard: bool,
    /// The file, as typed.
    pub path: Field,
    /// Whether the ending of the file's name is still the program's guess.
    pub guessed: bool,
    /// The options.
    pub options: Options,
    /// Whether the export says how it came about.
    pub provenance: bool,
    /// The line that keys change.
    pub line: usize,
    /// What would be written.
    pub bytes: Arc<Vec<u8>>,
    /// The same as lines, harmless; empty where there are too many entries.
    pub preview: Arc<Vec<String>>,
    /// What stands in what was written down.
    pub wrote: Written,
    /// What the format has no room for.
    pub notes: Vec<String>,
    /// The first line of the preview in the window.
    pub scroll: usize,
    /// How the path may go on.
    pub offers: Vec<String>,
    /// A file that is there already, about which the user is asked.
    pub asked: Option<Box<WriteRequest>>,
}

impl ExportDialog {
    /// The format.
    pub fn format(&self) -> &'static Format {
        // The place is always one of the registry's.
        formats::ALL.get(self.format).copied().unwrap_or(&crate::export::text::FORMAT)
    }

    /// The lines that there are for this format and destination.
    pub fn choices(&self) -> Vec<Choice> {
        let mut choices = vec![Choice::Format, Choice::Where];
        if !self.clipboard {
            choices.push(Choice::Path);
        }
        choices.extend(self.format().options.iter().map(|kind| Choice::Option(*kind)));
        choices
    }

    /// The line that keys change.
    pub fn choice(&self) -> Choice {
        self.choices().get(self.line).copied().unwrap_or(Choice::Format)
    }

    /// The value of a line, for a person.
    pub fn value(&self, choice: Choice) -> String {
        let yes = |so: bool| if so { "yes" } else { "no" }.to_owned();
        match choice {
            Choice::Format => self.format().name.to_owned(),
            Choice::Where => if self.clipboard { "clipboard" } else { "file" }.to_owned(),
            Choice::Path => self.path.text().to_owned(),
            Choice::Option(OptionKind::Provenance) => yes(self.provenance),
            Choice::Option(OptionKind::Bom) => yes(self.options.bom),
            Choice::Option(OptionKind::Width) => format!("{} columns", self.options.width),
            Choice::Option(OptionKind::Per) => match self.options.per {
                Per::Entry => "a row an entry".to_owned(),
                Per::Figure => "a row a figure".to_owned(),
            },
        }
    }

    /// Writes the entries down in memory. Gives what went wrong.
    pub fn write_down(&mut self, timeline: &Timeline) -> Option<String> {
        let entries = Arc::clone(&self.entries);
        let provenance = self.provenance.then(|| Provenance {
            query: self.query.clone(),
            range: match (self.selected, entries.len()) {
                (false, _) => String::new(),
                (true, 1) => "one selected entry".to_owned(),
                (true, count) => format!("{count} selected entries"),
            },
            shown: entries.len(),
            left_out: timeline.len().saturating_sub(entries.len()),
        });
        let options = self.options.clone();
        let request = Request { timeline, entries: &entries, provenance, options };
        match (self.format().write)(&request) {
            Ok(output) => {
                self.bytes = Arc::new(output.bytes);
                self.wrote = output.wrote;
                self.notes = output.notes;
                None
            }
            Err(error) => Some(error.to_string()),
        }
    }

    /// Whether there are few enough entries to be shown as they would be written.
    pub fn is_live(&self) -> bool {
        self.entries.len() <= MOST_PREVIEWED
    }

    /// Brings the preview into step with what is chosen. Gives what went wrong.
    pub fn refresh(&mut self, timeline: &Timeline) -> Option<String> {
        self.line = self.line.min(self.choices().len().saturating_sub(1));
        if !self.is_live() {
            return None;
        }
        let wrong = self.write_down(timeline);
        let text = String::from_utf8_lossy(&self.bytes);
        let lines = text.lines().map(|line| crate::text::visible(line).into_owned());
        self.preview = Arc::new(lines.collect());
        self.scroll = self.scroll.min(self.preview.len().saturating_sub(1));
        wrong
    }
}
