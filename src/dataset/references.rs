//! What entries refer to, and the record that an entry as written means.

use std::collections::HashMap;

use crate::dataset::cursor::Text;
use crate::dataset::header::Defined;
use crate::dataset::raw::{RawBound, RawEntry, RawFigure, RawQuoted};
use crate::model::{
    Bound, Entry, Figure, Kind, Quote, Quoted, Related, Source, SourceIndex, Speaker, SpeakerIndex,
    TimelineBuilder,
};
use crate::when::{Day, When};

/// One thing that a dataset defines, as entries find it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<T> {
    /// Nothing where its definition is broken.
    pub index: Option<T>,
    /// Its place among its dataset's own.
    pub place: usize,
}

/// What the entries of one dataset can refer to.
#[derive(Debug, Default)]
pub(super) struct References {
    pub speakers: HashMap<String, Known<SpeakerIndex>>,
    pub sources: HashMap<String, Known<SourceIndex>>,
    /// The last day on which each source may have been published, by its place.
    pub published: Vec<Option<Day>>,
}

/// Which of the things that a dataset defines are used, by their place in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Usage {
    pub speakers: Vec<bool>,
    pub sources: Vec<bool>,
}

pub(super) fn mark(used: &mut Vec<bool>, place: usize) {
    if used.len() <= place {
        used.resize(place + 1, false);
    }
    if let Some(used) = used.get_mut(place) {
        *used = true;
    }
}

impl Usage {
    /// Marks all that is used in another part of the text.
    pub fn merge(&mut self, other: &Usage) {
        for (used, other) in
            [(&mut self.speakers, &other.speakers), (&mut self.sources, &other.sources)]
        {
            let places = other.iter().enumerate().filter(|(_, used)| **used);
            places.for_each(|(place, _)| mark(used, place));
        }
    }
}

impl References {
    /// Gives speakers and sources their numbers in the timeline.
    pub fn new(
        builder: &mut TimelineBuilder,
        speakers: &[Defined<Speaker>],
        sources: &[Defined<Source>],
    ) -> Self {
        let mut references = References::default();
        for (place, speaker) in speakers.iter().enumerate() {
            let index = speaker.value.clone().map(|speaker| builder.speaker(speaker));
            references.speakers.insert(speaker.id.clone(), Known { index, place });
        }
        for (place, source) in sources.iter().enumerate() {
            let published = source.value.as_ref().and_then(|source| source.published.as_ref());
            references.published.push(published.and_then(|when| when.latest().day()));
            let index = source.value.clone().map(|source| builder.source(source));
            references.sources.insert(source.id.clone(), Known { index, place });
        }
        references
    }

    /// Takes every speaker and source whose id stands in a text for used. In a text that could not
    /// be read no quotation mark is sure to open or to close anything, or to be there.
    pub fn mentioned(&self, text: &str, usage: &mut Usage) {
        let bare = |letter: char| !(letter.is_alphanumeric() || "-_.".contains(letter));
        for word in text.split('"').chain(text.split(bare)) {
            if let Some(known) = self.speakers.get(word) {
                mark(&mut usage.speakers, known.place);
            }
            if let Some(known) = self.sources.get(word) {
                mark(&mut usage.sources, known.place);
            }
        }
    }

    fn speaker(&self, id: &str) -> Option<SpeakerIndex> {
        self.speakers.get(id).and_then(|known| known.index)
    }

    fn source(&self, id: &str) -> Option<SourceIndex> {
        self.sources.get(id).and_then(|known| known.index)
    }

    /// The record that an entry without mistakes means.
    pub fn entry(&self, raw: RawEntry<'_>) -> Entry {
        let value = |text: Option<Text<'_>>| text.map(|text| text.value.into_owned());
        let all =
            |texts: &[Text<'_>]| texts.iter().filter_map(|id| self.source(&id.value)).collect();
        let date = raw.date.and_then(|text| When::parse(&text.value).ok());
        Entry {
            id: value(raw.id).unwrap_or_default(),
            kind: raw.kind.unwrap_or(Kind::Event),
            date: date.unwrap_or_else(When::undated),
            headline: value(raw.headline).unwrap_or_default(),
            speaker: raw.speaker.and_then(|id| self.speaker(&id.value)),
            role: value(raw.role),
            venue: value(raw.venue),
            paraphrase: value(raw.paraphrase),
            text: value(raw.text),
            sources: all(&raw.sources),
            quotes: raw
                .quotes
                .into_iter()
                .map(|quote| Quote {
                    via: quote.via.iter().filter_map(|id| self.speaker(&id.value)).collect(),
                    within: quote.within.and_then(|quoted| self.quoted(quoted)),
                    sources: all(&quote.sources),
                    text: value(quote.text).unwrap_or_default(),
                })
                .collect(),
            figures: raw.figures.into_iter().filter_map(figure).collect(),
            basis: value(raw.basis),
            note: value(raw.note),
            place: value(raw.place),
            tags: raw.tags.into_iter().map(|tag| tag.value.into_owned()).collect(),
            related: raw
                .related
                .into_iter()
                .filter_map(|related| Some(Related { to: value(related.to)?, how: related.how? }))
                .collect(),
        }
    }

    fn quoted(&self, raw: RawQuoted<'_>) -> Option<Quoted> {
        Some(Quoted {
            speaker: self.speaker(&raw.speaker?.value)?,
            text: raw.text?.value.into_owned(),
            within: raw.within.and_then(|inner| self.quoted(*inner)).map(Box::new),
        })
    }
}

fn figure(raw: RawFigure<'_>) -> Option<Figure> {
    let value = |text: Option<Text<'_>>| text.map(|text| text.value.into_owned());
    Some(Figure {
        bound: claimed(&raw)?,
        measure: value(raw.measure)?,
        of: value(raw.of),
        place: value(raw.place),
        period: raw.period.and_then(|text| When::parse(&text.value).ok()),
        lasting: raw.lasting.and_then(|text| text.value.parse().ok()),
        part_of: value(raw.part_of),
    })
}

/// The number of a figure as written; nothing where a part of it is missing.
pub(super) fn claimed(raw: &RawFigure<'_>) -> Option<Bound> {
    let value = raw.value.as_ref().map(|(amount, _)| *amount);
    Some(match raw.bound.as_ref().map_or(RawBound::Exactly, |(bound, _)| *bound) {
        RawBound::Between(low, high) => Bound::Between(low, high),
        RawBound::Exactly => Bound::Exactly(value?),
        RawBound::About => Bound::About(value?),
        RawBound::AtLeast => Bound::AtLeast(value?),
        RawBound::MoreThan => Bound::MoreThan(value?),
        RawBound::AtMost => Bound::AtMost(value?),
        RawBound::LessThan => Bound::LessThan(value?),
    })
}
