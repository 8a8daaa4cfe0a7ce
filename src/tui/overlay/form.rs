//! The form for an entry: its lines, what is typed into them, and what may be chosen.
//!
//! What the lines come to, and what is wrong with them, is read by `reading`; nothing is written
//! here. Of an entry that is changed, what the form has no line for stays as it is.

pub mod claim;
mod offers;
mod reading;
mod size;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::edit::NewEntry;
use crate::model::{DatasetInfo, Kind, Timeline};
use crate::tui::field::Field;

pub use offers::Offer;
pub use reading::Reading;
pub use size::{NAME, Placed};

/// A line of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is called what it is by `Part::name`")]
pub enum Part {
    Kind,
    Date,
    Speaker,
    SpeakerRole,
    Organization,
    Headline,
    Quote,
    Via,
    Paraphrase,
    Text,
    Claim,
    Measure,
    Of,
    Where,
    Period,
    Lasting,
    Source,
    Publisher,
    Published,
    Url,
    Role,
    Venue,
    Place,
    Tags,
    Basis,
    Note,
    Id,
}

impl Part {
    /// What the line is called.
    pub fn name(self) -> &'static str {
        match self {
            Part::Kind => "Kind",
            Part::Date => "Date",
            Part::Speaker => "Speaker",
            Part::SpeakerRole => "  who is",
            Part::Organization => "  for",
            Part::Headline => "Headline",
            Part::Quote => "Quote",
            Part::Via => "  relayed by",
            Part::Paraphrase => "Paraphrase",
            Part::Text => "Text",
            Part::Claim => "Figure",
            Part::Measure => "  of what",
            Part::Of => "  of whom",
            Part::Where => "  where",
            Part::Period => "  period",
            Part::Lasting => "  lasting",
            Part::Source => "Source",
            Part::Publisher => "  publisher",
            Part::Published => "  published",
            Part::Url => "  address",
            Part::Role => "Role then",
            Part::Venue => "Venue",
            Part::Place => "Place",
            Part::Tags => "Tags",
            Part::Basis => "Rests on",
            Part::Note => "Note",
            Part::Id => "Id",
        }
    }

    /// What belongs into it.
    pub fn hint(self) -> &'static str {
        match self {
            Part::Kind => "a statement is said, an event happens",
            Part::Date => "when it was said or happened: 2023-05-01, may 2023, circa 1850",
            Part::Speaker => "type to choose one, or a new name; \u{2192} shows all",
            Part::SpeakerRole => "what they do: spokesman",
            Part::Organization => "for whom: White House",
            Part::Headline => "one line that says what it is about",
            Part::Quote => "verbatim, to the letter, without quotation marks",
            Part::Via => "who passed the words on; several with ;",
            Part::Paraphrase => "reported speech, in other words than theirs",
            Part::Text => "what happened, in your words",
            Part::Claim => "as claimed: over 100,000, or 70 to 80 thousand",
            Part::Measure => "what is counted: casualties, deaths",
            Part::Of => "Russian forces",
            Part::Where => "the place that the figure covers",
            Part::Period => "the time that it covers: 2022-12/2023-05",
            Part::Lasting => "how long that is, where the claim says so: P8M, eight months",
            Part::Source => "type to choose one, or the title of a new one",
            Part::Publisher => "who published it",
            Part::Published => "when, which may be later than it was said",
            Part::Url => "https://\u{2026}",
            Part::Role => "the capacity at the time, where it was another",
            Part::Venue => "where it was said: a programme, a hall",
            Part::Place => "the place that it is about",
            Part::Tags => "subjects, with commas between them",
            Part::Basis => "what the speaker rests it on",
            Part::Note => "your own words, shown as yours",
            Part::Id => "made from the speaker and the headline",
        }
    }

    /// Whether its text is long, and shown in rows.
    pub fn is_long(self) -> bool {
        matches!(
            self,
            Part::Headline | Part::Quote | Part::Paraphrase | Part::Text | Part::Basis | Part::Note
        )
    }

    /// Whether its text may have line breaks, as what somebody said or wrote has.
    pub fn holds_breaks(self) -> bool {
        self.is_long() && self != Part::Headline
    }

    /// Whether it begins another subject than the line above it.
    pub fn begins_group(self) -> bool {
        matches!(
            self,
            Part::Headline | Part::Quote | Part::Text | Part::Claim | Part::Source | Part::Role
        )
    }

    /// What separates several values in it; nothing where it has one.
    pub fn separator(self) -> Option<char> {
        match self {
            Part::Tags => Some(','),
            Part::Via | Part::Source => Some(';'),
            _ => None,
        }
    }
}

/// How a remark on a line is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It says how the line is read.
    Reads,
    /// The line must be filled in.
    Missing,
    /// Something is wrong.
    Wrong,
}

/// A remark on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// A few words.
    pub text: String,
    /// How they are meant.
    pub tone: Tone,
}

/// What is being typed.
#[derive(Clone, Debug)]
pub struct Form {
    /// The number of the dataset that it is for.
    pub dataset: usize,
    /// The file of that, as the user named it.
    pub file: String,
    /// The file itself.
    pub path: PathBuf,
    /// Statement or event.
    pub kind: Kind,
    fields: BTreeMap<Part, Field>,
    /// The entry as it stands in the file, when one is changed.
    pub was: Option<NewEntry>,
    /// What the lines held at the beginning.
    begun: BTreeMap<Part, String>,
    /// The line that keys go to.
    pub part: Part,
    /// The first row in the window.
    pub scroll: usize,
    /// What there is to say of the lines.
    pub remarks: BTreeMap<Part, Remark>,
    /// Whether saving was tried: from then on what is missing is a mistake.
    pub tried: bool,
    /// Whether the id is still the program's.
    pub made_id: bool,
    /// What may stand in the line.
    pub offers: Vec<Offer>,
    /// The offer that Enter takes.
    pub taken: Option<usize>,
    /// Whether the user is asked to throw it away.
    pub asked: bool,
    /// Of whom or what figures are in the timeline, once that was asked for.
    subjects: Option<Vec<String>>,
}

impl Form {
    /// An empty form for a dataset.
    pub fn new(timeline: &Timeline, dataset: usize) -> Form {
        let info = timeline.datasets().get(dataset);
        Form {
            dataset,
            file: info.map_or_else(String::new, |info| info.file.clone()),
            path: info.map_or_else(PathBuf::new, |info| info.path().to_owned()),
            kind: Kind::Statement,
            fields: BTreeMap::new(),
            was: None,
            begun: BTreeMap::new(),
            part: Part::Date,
            scroll: 0,
            remarks: BTreeMap::new(),
            tried: false,
            made_id: true,
            offers: Vec::new(),
            taken: None,
            asked: false,
            subjects: None,
        }
    }

    /// A form with an entry in it.
    pub fn of(timeline: &Timeline, dataset: usize, entry: NewEntry) -> Form {
        let mut form = Form { kind: entry.kind, made_id: false, ..Form::new(timeline, dataset) };
        let name = |id: &String| {
            let known = timeline.speakers_from(dataset).find(|speaker| speaker.id == *id);
            known.map_or_else(|| id.clone(), |speaker| speaker.name.clone())
        };
        let mut set = |part, text: Option<&str>| {
            if let Some(text) = text {
                form.fields.insert(part, Field::new(text));
            }
        };
        set(Part::Date, Some(entry.date.text()));
        set(Part::Speaker, entry.speaker.as_ref().map(name).as_deref());
        set(Part::Headline, Some(&entry.headline));
        if let Some(quote) = entry.quotes.first() {
            let via: Vec<String> = quote.via.iter().map(name).collect();
            set(Part::Quote, Some(&quote.text));
            set(Part::Via, Some(&via.join("; ")));
        }
        set(Part::Paraphrase, entry.paraphrase.as_deref());
        set(Part::Text, entry.text.as_deref());
        if let Some(figure) = entry.figures.first() {
            set(Part::Claim, Some(&figure.bound.to_string()));
            set(Part::Measure, Some(&figure.measure));
            set(Part::Of, figure.of.as_deref());
            set(Part::Where, figure.place.as_deref());
            set(Part::Period, figure.period.as_ref().map(|period| period.text()));
            set(Part::Lasting, figure.lasting.map(|long| long.to_string()).as_deref());
        }
        set(Part::Source, Some(&entry.sources.join("; ")));
        set(Part::Role, entry.role.as_deref());
        set(Part::Venue, entry.venue.as_deref());
        set(Part::Place, entry.place.as_deref());
        set(Part::Tags, Some(&entry.tags.join(", ")));
        set(Part::Basis, entry.basis.as_deref());
        set(Part::Note, entry.note.as_deref());
        set(Part::Id, Some(&entry.id));
        form.begun = form.fields.iter().map(|(part, field)| (*part, field.text().into())).collect();
        form.was = Some(entry);
        form
    }

    /// The text of a line.
    pub fn text(&self, part: Part) -> &str {
        self.fields.get(&part).map_or("", Field::text)
    }

    /// The field of a line.
    pub fn field(&self, part: Part) -> Field {
        self.fields.get(&part).cloned().unwrap_or_default()
    }

    /// The field of the line that keys go to; the kind is chosen, not typed.
    pub fn typing(&mut self) -> Option<&mut Field> {
        if self.part == Part::Kind {
            return None;
        }
        Some(self.fields.entry(self.part).or_default())
    }

    /// Puts a text into a line.
    pub fn set(&mut self, part: Part, text: impl Into<String>) {
        self.fields.insert(part, Field::new(text));
    }

    /// The lines that there are, from top to bottom.
    pub fn parts(&self) -> Vec<Part> {
        let mut parts = vec![Part::Kind, Part::Date];
        let said = self.kind == Kind::Statement;
        if said {
            parts.push(Part::Speaker);
            if self.is_new(Part::Speaker) {
                parts.extend([Part::SpeakerRole, Part::Organization]);
            }
        }
        parts.push(Part::Headline);
        if said {
            parts.push(Part::Quote);
            if !self.text(Part::Quote).is_empty() {
                parts.push(Part::Via);
            }
            parts.push(Part::Paraphrase);
        } else {
            parts.push(Part::Text);
        }
        parts.push(Part::Claim);
        if !self.text(Part::Claim).is_empty() {
            parts.extend([Part::Measure, Part::Of, Part::Where, Part::Period, Part::Lasting]);
        }
        parts.push(Part::Source);
        if self.is_new(Part::Source) {
            parts.extend([Part::Publisher, Part::Published, Part::Url]);
        }
        if said {
            parts.extend([Part::Role, Part::Venue]);
        }
        parts.extend([Part::Place, Part::Tags]);
        if said {
            parts.push(Part::Basis);
        }
        parts.extend([Part::Note, Part::Id]);
        parts
    }

    /// Whether a speaker or source is one that nobody has defined.
    fn is_new(&self, part: Part) -> bool {
        let choosing = part == self.part && self.taken.is_some();
        !choosing
            && self.remarks.get(&part).is_some_and(|remark| remark.text.starts_with(reading::NEW))
    }

    /// Goes to the line after this one, or before; round at the end.
    pub fn go(&mut self, forwards: bool) {
        self.close_offers();
        let parts = self.parts();
        let at = parts.iter().position(|part| *part == self.part).unwrap_or(0);
        let next = if forwards { at + 1 } else { at + parts.len().saturating_sub(1) };
        self.part = parts.get(next % parts.len().max(1)).copied().unwrap_or(Part::Date);
    }

    /// Whether anything would be lost without saving.
    pub fn is_changed(&self) -> bool {
        let kind = self.was.as_ref().map_or(Kind::Statement, |was| was.kind);
        kind != self.kind
            || self.fields.iter().any(|(part, field)| {
                let own = *part == Part::Id && self.made_id;
                !own && self.begun.get(part).map_or("", String::as_str) != field.text()
            })
    }

    /// Whether a line still holds what it held at the beginning.
    fn is_same(&self, part: Part) -> bool {
        self.was.is_some() && self.begun.get(&part).map_or("", String::as_str) == self.text(part)
    }

    /// Lines that keep it from being saved, in order.
    pub fn to_mend(&self) -> Vec<Part> {
        let bad =
            |part: &Part| self.remarks.get(part).is_some_and(|remark| remark.tone != Tone::Reads);
        self.parts().into_iter().filter(bad).collect()
    }

    /// What of the entry the form has no line for, in words: `2 more quotes`.
    pub fn kept(&self) -> Vec<String> {
        let Some(was) = &self.was else { return Vec::new() };
        let count = |number: usize, one: &str, many: &str| match number {
            0 => None,
            1 => Some(format!("1 {one}")),
            number => Some(format!("{number} {many}")),
        };
        let within = was.quotes.first().is_some_and(|quote| quote.within.is_some());
        let quotes = was.quotes.len().saturating_sub(1);
        let figures = was.figures.len().saturating_sub(1);
        [
            within.then(|| "the words within the quote".to_owned()),
            count(quotes, "more quote", "more quotes"),
            count(figures, "more figure", "more figures"),
            count(was.related.len(), "connection", "connections"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Takes in that the timeline is another: the file's number may be, too.
    pub fn reread(&mut self, timeline: &Timeline) {
        self.subjects = None;
        let ours = |dataset: &DatasetInfo| dataset.path() == self.path;
        // Gone, it is none of those that there are.
        let number = timeline.datasets().iter().position(ours);
        self.dataset = number.unwrap_or(usize::MAX);
        self.refresh(timeline);
    }

    /// Reads all lines anew, and what may stand in the one being typed.
    pub fn refresh(&mut self, timeline: &Timeline) {
        if self.made_id {
            let id = self.id_made(timeline);
            self.set(Part::Id, id);
        }
        self.remarks = self.read(timeline).remarks;
    }
}
