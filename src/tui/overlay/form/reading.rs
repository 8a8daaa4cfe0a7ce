//! What the lines of a form come to: an entry, what it needs defined, and a remark on each line.

use std::collections::BTreeMap;

use crate::edit::{Definitions, NewEntry, NewQuote};
use crate::model::{Figure, Kind, Source, Speaker, Timeline};
use crate::text::same::{means, same};
use crate::tui::overlay::form::{Form, Part, Remark, Tone, claim};
use crate::when::{Lasting, When, from_words};

/// How the remark on somebody or something new begins.
pub(super) const NEW: &str = "new: ";

/// The longest id that is made, in bytes.
const LONGEST_ID: usize = 32;

/// What the lines come to.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The entry, where nothing is missing or wrong.
    pub entry: Option<NewEntry>,
    /// What nobody has defined yet.
    pub new: Definitions,
    /// What it refers to that the timeline knows.
    pub known: Definitions,
    /// What there is to say of each line.
    pub remarks: BTreeMap<Part, Remark>,
}

impl Reading {
    fn say(&mut self, part: Part, tone: Tone, text: impl Into<String>) {
        self.remarks.insert(part, Remark { text: text.into(), tone });
    }
}

impl Form {
    /// Reads the lines.
    pub fn read(&self, timeline: &Timeline) -> Reading {
        let mut reading = Reading::default();
        let date = self.date(Part::Date, &mut reading);
        if date.is_none() && self.text(Part::Date).trim().is_empty() {
            reading.say(Part::Date, Tone::Missing, "needed");
        }
        let headline = self.value(Part::Headline);
        if headline.is_none() {
            reading.say(Part::Headline, Tone::Missing, "needed");
        }
        let id = self.id(timeline, &mut reading);
        let said = self.kind == Kind::Statement;
        let mut entry = match &self.was {
            Some(was) => was.clone(),
            None => NewEntry::new(self.kind, "", When::undated(), ""),
        };
        entry.kind = self.kind;
        if said {
            self.words(timeline, &mut entry, &mut reading);
            entry.text = None;
        } else {
            entry = NewEntry {
                speaker: None,
                role: None,
                venue: None,
                paraphrase: None,
                quotes: Vec::new(),
                basis: None,
                text: self.kept_or(Part::Text, entry.text),
                ..entry
            };
        }
        self.figure(&mut entry, &mut reading);
        if !self.is_same(Part::Source) {
            entry.sources = self.sources(timeline, &mut reading);
        } else {
            for id in &entry.sources {
                know_source(timeline, self.dataset, id, &mut reading);
            }
        }
        entry.place = self.kept_or(Part::Place, entry.place);
        entry.note = self.kept_or(Part::Note, entry.note);
        if !self.is_same(Part::Tags) {
            entry.tags = listed(self.text(Part::Tags), ',');
        }
        if let (Some(date), Some(headline), Some(id)) = (date, headline, id) {
            entry.date = date;
            entry.id = id;
            entry.headline = if self.is_same(Part::Headline) { entry.headline } else { headline };
            let sound = reading.remarks.values().all(|remark| remark.tone == Tone::Reads);
            reading.entry = Some(entry).filter(|_| sound);
        }
        reading
    }

    /// What is typed into a line; nothing for spaces.
    fn value(&self, part: Part) -> Option<String> {
        let text = self.text(part).trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// What a line had at the beginning, to the letter, unless it was changed.
    fn kept_or(&self, part: Part, before: Option<String>) -> Option<String> {
        if self.is_same(part) { before } else { self.value(part) }
    }

    /// The date of a line, in EDTF or in words.
    fn date(&self, part: Part, reading: &mut Reading) -> Option<When> {
        let text = self.value(part)?;
        match When::parse(&text) {
            Ok(when) => {
                reading.say(part, Tone::Reads, when.reading_with_weekday());
                Some(when)
            }
            Err(error) => {
                if let Some(when) = from_words(&text) {
                    let words = format!("{}: {}", when.text(), when.reading_with_weekday());
                    reading.say(part, Tone::Reads, words);
                    return Some(when);
                }
                let meant = error.suggestion.map(|meant| format!("; write {meant}"));
                let words = format!("{}{}", error.message, meant.unwrap_or_default());
                reading.say(part, Tone::Wrong, words);
                None
            }
        }
    }

    /// Speaker, quote, paraphrase and what else only a statement has.
    fn words(&self, timeline: &Timeline, entry: &mut NewEntry, reading: &mut Reading) {
        if !self.is_same(Part::Speaker) || entry.speaker.is_none() {
            entry.speaker = match self.value(Part::Speaker) {
                Some(name) => Some(self.somebody(timeline, Part::Speaker, &name, reading)),
                None => {
                    reading.say(Part::Speaker, Tone::Missing, "needed: who said it");
                    None
                }
            };
        } else if let Some(id) = &entry.speaker {
            know_speaker(timeline, self.dataset, id, reading);
        }
        let mut quote = entry.quotes.first().cloned().unwrap_or_else(|| NewQuote {
            text: String::new(),
            via: Vec::new(),
            within: None,
            sources: Vec::new(),
        });
        match self.value(Part::Quote) {
            None if entry.quotes.is_empty() => {}
            None => {
                entry.quotes.remove(0);
            }
            Some(text) => {
                if !self.is_same(Part::Quote) {
                    quote.text = unquoted(&text).to_owned();
                }
                if !self.is_same(Part::Via) {
                    let names = listed(self.text(Part::Via), ';');
                    let via =
                        names.iter().map(|name| self.somebody(timeline, Part::Via, name, reading));
                    quote.via = via.collect();
                } else {
                    for id in &quote.via {
                        know_speaker(timeline, self.dataset, id, reading);
                    }
                }
                if unquoted(&text) != text {
                    let words = "the quotation marks around it are left out";
                    reading.say(Part::Quote, Tone::Reads, words);
                }
                match entry.quotes.first_mut() {
                    Some(first) => *first = quote,
                    None => entry.quotes.push(quote),
                }
            }
        }
        for quote in &entry.quotes {
            quote.sources.iter().for_each(|id| know_source(timeline, self.dataset, id, reading));
            let mut inner = quote.within.as_ref();
            while let Some(quoted) = inner {
                know_speaker(timeline, self.dataset, &quoted.speaker, reading);
                inner = quoted.within.as_deref();
            }
        }
        entry.paraphrase = self.kept_or(Part::Paraphrase, entry.paraphrase.take());
        entry.role = self.kept_or(Part::Role, entry.role.take());
        entry.venue = self.kept_or(Part::Venue, entry.venue.take());
        entry.basis = self.kept_or(Part::Basis, entry.basis.take());
    }

    /// The id of somebody by their name; a name that nobody has is somebody new's.
    fn somebody(
        &self,
        timeline: &Timeline,
        part: Part,
        name: &str,
        reading: &mut Reading,
    ) -> String {
        let names = |speaker: &Speaker| {
            vec![speaker.name.clone(), speaker.id.clone(), speaker.titled_name()]
        };
        if let Some(known) = meant(timeline.speakers_from(self.dataset), name, names) {
            know_speaker(timeline, self.dataset, &known.id, reading);
            if part == Part::Speaker {
                let mut words = known.capacity(None).unwrap_or_else(|| format!("`{}`", known.id));
                if !names(known).iter().any(|known| same(known, name)) {
                    words = format!("{}, {words}", known.name);
                }
                reading.say(part, Tone::Reads, words);
            }
            return known.id.clone();
        }
        if let Some(known) = meant(reading.new.speakers.iter(), name, names) {
            return known.id.clone();
        }
        let taken = |id: &str| {
            timeline.speakers().iter().chain(&reading.new.speakers).any(|one| one.id == id)
        };
        let last = slug(name.split_whitespace().next_back().unwrap_or(name), LONGEST_ID);
        let id = if last.is_empty() || taken(&last) {
            free(&slug(name, LONGEST_ID), "speaker", taken)
        } else {
            last
        };
        let (role, organization) = match part {
            Part::Speaker => (self.value(Part::SpeakerRole), self.value(Part::Organization)),
            _ => (None, None),
        };
        let speaker = Speaker {
            id: id.clone(),
            name: name.to_owned(),
            short: None,
            title: None,
            role,
            organization,
        };
        reading.new.speakers.push(speaker);
        reading.say(part, Tone::Reads, format!("{NEW}a speaker, `{id}`"));
        id
    }

    /// The first figure; the others stay.
    fn figure(&self, entry: &mut NewEntry, reading: &mut Reading) {
        let parts =
            [Part::Claim, Part::Measure, Part::Of, Part::Where, Part::Period, Part::Lasting];
        let Some(text) = self.value(Part::Claim) else {
            if !entry.figures.is_empty() {
                entry.figures.remove(0);
            }
            return;
        };
        let bound = match claim::read(&text) {
            Ok(bound) => {
                if bound.to_string() != text {
                    reading.say(Part::Claim, Tone::Reads, bound.to_string());
                }
                Some(bound)
            }
            Err(error) => {
                reading.say(Part::Claim, Tone::Wrong, error);
                None
            }
        };
        let measure = self.value(Part::Measure);
        if measure.is_none() {
            reading.say(Part::Measure, Tone::Missing, "needed");
        }
        let period = self.date(Part::Period, reading);
        let lasting = self.lasting(reading);
        if parts.iter().all(|part| self.is_same(*part)) && !entry.figures.is_empty() {
            return;
        }
        let (Some(bound), Some(measure)) = (bound, measure) else { return };
        let part_of = entry.figures.first().and_then(|figure| figure.part_of.clone());
        let figure = Figure {
            bound,
            measure,
            of: self.value(Part::Of),
            place: self.value(Part::Where),
            period,
            lasting,
            part_of,
        };
        match entry.figures.first_mut() {
            Some(first) => *first = figure,
            None => entry.figures.push(figure),
        }
    }

    /// How long a figure's period lasts.
    fn lasting(&self, reading: &mut Reading) -> Option<Lasting> {
        match self.value(Part::Lasting)?.parse::<Lasting>() {
            Ok(lasting) => {
                reading.say(Part::Lasting, Tone::Reads, lasting.reading());
                Some(lasting)
            }
            Err(hint) => {
                reading.say(Part::Lasting, Tone::Wrong, hint.to_string());
                None
            }
        }
    }

    /// The ids of the sources that are named; a title that none has is a new one's.
    fn sources(&self, timeline: &Timeline, reading: &mut Reading) -> Vec<String> {
        let names = listed(self.text(Part::Source), ';');
        let mut ids = Vec::new();
        for name in &names {
            let known_as = |source: &Source| {
                let title = source.title.clone();
                [source.id.clone(), source.citation()].into_iter().chain(title).collect()
            };
            if let Some(known) = meant(timeline.sources_from(self.dataset), name, known_as) {
                know_source(timeline, self.dataset, &known.id, reading);
                if names.len() == 1 {
                    reading.say(Part::Source, Tone::Reads, known.citation());
                }
                ids.push(known.id.clone());
                continue;
            }
            if !reading.new.sources.is_empty() {
                reading.say(Part::Source, Tone::Wrong, "one new source at a time");
                continue;
            }
            ids.push(self.new_source(timeline, name, reading));
        }
        ids
    }

    fn new_source(&self, timeline: &Timeline, title: &str, reading: &mut Reading) -> String {
        let publisher = self.value(Part::Publisher);
        let published = self.date(Part::Published, reading);
        let url = self.value(Part::Url);
        if let Some(url) = &url
            && !(url.starts_with("https://") || url.starts_with("http://"))
        {
            reading.say(Part::Url, Tone::Wrong, "an address begins with https://");
        }
        let wanted = slug(publisher.as_deref().unwrap_or(title), 20);
        let id = free(&wanted, "source", |id| timeline.sources().iter().any(|one| one.id == id));
        reading.new.sources.push(Source {
            id: id.clone(),
            title: Some(title.to_owned()),
            publisher,
            published,
            url,
            ..Source::default()
        });
        reading.say(Part::Source, Tone::Reads, format!("{NEW}a source, `{id}`"));
        id
    }

    /// The id, if no other entry of the file has it.
    fn id(&self, timeline: &Timeline, reading: &mut Reading) -> Option<String> {
        let Some(id) = self.value(Part::Id) else {
            // Without a headline there is nothing to make it from, and that is told already.
            if !self.made_id {
                reading.say(Part::Id, Tone::Missing, "needed");
            }
            return None;
        };
        if self.is_taken(timeline, &id) {
            reading.say(Part::Id, Tone::Wrong, "another entry has this id");
            return None;
        }
        Some(id)
    }

    fn is_taken(&self, timeline: &Timeline, id: &str) -> bool {
        self.was.as_ref().is_none_or(|was| was.id != id)
            && timeline.with_id(id).any(|entry| timeline.dataset_number(entry) == self.dataset)
    }

    /// An id from the speaker and the headline that no other entry of the file has.
    pub(super) fn id_made(&self, timeline: &Timeline) -> String {
        let headline = slug(self.text(Part::Headline), LONGEST_ID);
        let speaker = match (self.kind, self.value(Part::Speaker)) {
            (Kind::Statement, Some(name)) => {
                self.somebody(timeline, Part::Speaker, &name, &mut Reading::default())
            }
            _ => String::new(),
        };
        if headline.is_empty() {
            return String::new();
        }
        let bare = headline.strip_prefix(&format!("{speaker}-")).unwrap_or(&headline);
        let whole = if speaker.is_empty() { headline } else { format!("{speaker}-{bare}") };
        free(&slug(&whole, LONGEST_ID), "entry", |id| self.is_taken(timeline, id))
    }
}

/// The values between separators.
pub(super) fn listed(text: &str, separator: char) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for value in text.split(separator).map(str::trim).filter(|value| !value.is_empty()) {
        if !values.iter().any(|known| known == value) {
            values.push(value.to_owned());
        }
    }
    values
}

/// The words without quotation marks around all of them.
fn unquoted(text: &str) -> &str {
    for (open, close) in [('"', '"'), ('\u{201c}', '\u{201d}'), ('\u{ab}', '\u{bb}')] {
        let bare = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if let Some(bare) = bare.filter(|bare| !bare.contains([open, close])) {
            return bare.trim();
        }
    }
    text
}

/// Letters and digits of a text in lower case, words joined by `-`, no longer than so many bytes
/// and cut between words.
fn slug(text: &str, longest: usize) -> String {
    let mut slug = String::new();
    // An apostrophe does not part a word.
    let text: String = text.chars().filter(|sign| !matches!(sign, '\'' | '\u{2019}')).collect();
    for word in text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        if !slug.is_empty() && slug.len() + 1 + word.len() > longest {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word);
    }
    while slug.len() > longest {
        slug.pop();
    }
    slug
}

/// The first of `id`, `id-2`, `id-3`, … that is not taken.
fn free(id: &str, otherwise: &str, taken: impl Fn(&str) -> bool) -> String {
    let id = if id.is_empty() { otherwise } else { id };
    let numbered = (2..).map(|number: u32| format!("{id}-{number}"));
    std::iter::once(id.to_owned()).chain(numbered).find(|id| !taken(id)).unwrap_or_default()
}

/// Takes down somebody whom the timeline knows.
fn know_speaker(timeline: &Timeline, dataset: usize, id: &str, reading: &mut Reading) {
    let known = timeline.speakers_from(dataset).find(|speaker| speaker.id == id);
    let all = &mut reading.known.speakers;
    if let Some(known) = known.filter(|known| !all.contains(known)) {
        all.push(known.clone());
    }
}

/// Takes down a source that the timeline knows.
fn know_source(timeline: &Timeline, dataset: usize, id: &str, reading: &mut Reading) {
    let known = timeline.sources_from(dataset).find(|source| source.id == id);
    let all = &mut reading.known.sources;
    if let Some(known) = known.filter(|known| !all.contains(known)) {
        all.push(known.clone());
    }
}

/// The one that goes by a name: however that is written, or else the only one that has it but for
/// marks that are not typed.
fn meant<'a, T: 'a>(
    known: impl Iterator<Item = &'a T> + Clone,
    typed: &str,
    names: impl Fn(&T) -> Vec<String>,
) -> Option<&'a T> {
    let goes_by = |one: &&T, by: fn(&str, &str) -> bool| names(one).iter().any(|it| by(typed, it));
    known.clone().find(|one| goes_by(one, same)).or_else(|| {
        let mut meant = known.filter(|one| goes_by(one, means));
        let first = meant.next()?;
        // Somebody whom several files define is one.
        meant.all(|other| names(other) == names(first)).then_some(first)
    })
}
