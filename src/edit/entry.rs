//! An entry as it is meant to be, apart from any timeline: speakers and sources by their ids.

use crate::export::ron::records::{self, ENTRY_END, Names};
use crate::model::{
    Entry, EntryIndex, Figure, Kind, Quote, Quoted, Related, SourceIndex, SpeakerIndex, Timeline,
};
use crate::when::When;

/// An entry to put into a dataset. Its fields are those of [`Entry`].
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "each is the field of the same name of `model::Entry`")]
pub struct NewEntry {
    pub id: String,
    pub kind: Kind,
    pub date: When,
    pub headline: String,
    /// An id.
    pub speaker: Option<String>,
    pub role: Option<String>,
    pub venue: Option<String>,
    pub paraphrase: Option<String>,
    pub text: Option<String>,
    pub quotes: Vec<NewQuote>,
    pub figures: Vec<Figure>,
    pub basis: Option<String>,
    pub note: Option<String>,
    pub place: Option<String>,
    pub tags: Vec<String>,
    /// Ids.
    pub sources: Vec<String>,
    pub related: Vec<Related>,
}

/// Verbatim words, as [`Quote`] has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewQuote {
    /// The words, to the letter.
    pub text: String,
    /// The ids of those who passed them on, from the speaker outwards.
    pub via: Vec<String>,
    /// Somebody else's words inside these.
    pub within: Option<NewQuoted>,
    /// The ids of the sources that print these words, where not all of the entry's do.
    pub sources: Vec<String>,
}

/// Words that a speaker ascribes to somebody else, as [`Quoted`] has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewQuoted {
    /// The id of the one whose words they are said to be.
    pub speaker: String,
    /// The words, to the letter.
    pub text: String,
    /// And whose words those in turn hold.
    pub within: Option<Box<NewQuoted>>,
}

impl NewEntry {
    /// An entry with the three things that every entry has, and nothing else.
    pub fn new(kind: Kind, id: impl Into<String>, date: When, headline: impl Into<String>) -> Self {
        NewEntry {
            id: id.into(),
            kind,
            date,
            headline: headline.into(),
            speaker: None,
            role: None,
            venue: None,
            paraphrase: None,
            text: None,
            quotes: Vec::new(),
            figures: Vec::new(),
            basis: None,
            note: None,
            place: None,
            tags: Vec::new(),
            sources: Vec::new(),
            related: Vec::new(),
        }
    }

    /// The entry of a timeline as it stands in its file.
    pub fn of(timeline: &Timeline, index: EntryIndex) -> NewEntry {
        let Entry {
            id,
            kind,
            date,
            headline,
            speaker,
            role,
            venue,
            paraphrase,
            text,
            quotes,
            figures,
            basis,
            note,
            place,
            tags,
            sources,
            related,
        } = timeline.entry(index);
        let who = |at: SpeakerIndex| timeline.speaker(at).id.clone();
        let all = |sources: &[SourceIndex]| {
            sources.iter().map(|at| timeline.source(*at).id.clone()).collect()
        };
        let quote = |quote: Quote| NewQuote {
            text: quote.text,
            via: quote.via.iter().map(|at| who(*at)).collect(),
            within: quote.within.map(|inner| NewQuoted::of(timeline, inner)),
            sources: all(&quote.sources),
        };
        NewEntry {
            id,
            kind,
            date,
            headline,
            speaker: speaker.map(who),
            role,
            venue,
            paraphrase,
            text,
            quotes: quotes.into_iter().map(quote).collect(),
            figures,
            basis,
            note,
            place,
            tags,
            sources: all(&sources),
            related,
        }
    }

    /// As the export writes it, in RON.
    pub(super) fn written(&self) -> String {
        let mut ids = Ids::default();
        let entry = ids.entry(self);
        let related = self.related.iter().map(|related| (related.to.as_str(), related.how));
        let mut text = records::entry(&self.id, &entry, &ids);
        text.push_str(&records::related(related));
        text.push_str(ENTRY_END);
        text
    }
}

impl NewQuoted {
    fn of(timeline: &Timeline, quoted: Quoted) -> NewQuoted {
        NewQuoted {
            speaker: timeline.speaker(quoted.speaker).id.clone(),
            text: quoted.text,
            within: quoted.within.map(|inner| Box::new(NewQuoted::of(timeline, *inner))),
        }
    }
}

/// Ids by the numbers that stand for them in a record.
#[derive(Default)]
struct Ids {
    speakers: Vec<String>,
    sources: Vec<String>,
}

impl Names for Ids {
    fn speaker(&self, at: SpeakerIndex) -> &str {
        self.speakers.get(at.0 as usize).map_or("", String::as_str)
    }

    fn source(&self, at: SourceIndex) -> &str {
        self.sources.get(at.0 as usize).map_or("", String::as_str)
    }
}

impl Ids {
    fn entry(&mut self, new: &NewEntry) -> Entry {
        let mut entry =
            Entry::new(new.kind, new.id.clone(), new.date.clone(), new.headline.clone());
        entry.speaker = new.speaker.as_ref().map(|id| self.who(id));
        entry.role.clone_from(&new.role);
        entry.venue.clone_from(&new.venue);
        entry.paraphrase.clone_from(&new.paraphrase);
        entry.text.clone_from(&new.text);
        for quote in &new.quotes {
            let via = quote.via.iter().map(|id| self.who(id)).collect();
            let within = quote.within.as_ref().map(|inner| self.quoted(inner));
            let sources = self.all(&quote.sources);
            entry.quotes.push(Quote { text: quote.text.clone(), via, within, sources });
        }
        entry.figures.clone_from(&new.figures);
        entry.basis.clone_from(&new.basis);
        entry.note.clone_from(&new.note);
        entry.place.clone_from(&new.place);
        entry.tags.clone_from(&new.tags);
        entry.sources = self.all(&new.sources);
        entry
    }

    fn quoted(&mut self, new: &NewQuoted) -> Quoted {
        Quoted {
            speaker: self.who(&new.speaker),
            text: new.text.clone(),
            within: new.within.as_ref().map(|inner| Box::new(self.quoted(inner))),
        }
    }

    fn who(&mut self, id: &str) -> SpeakerIndex {
        self.speakers.push(id.to_owned());
        SpeakerIndex(last(&self.speakers))
    }

    fn all(&mut self, ids: &[String]) -> Vec<SourceIndex> {
        let mut all = Vec::new();
        for id in ids {
            self.sources.push(id.clone());
            all.push(SourceIndex(last(&self.sources)));
        }
        all
    }
}

fn last(all: &[String]) -> u32 {
    u32::try_from(all.len().saturating_sub(1)).unwrap_or(u32::MAX)
}
