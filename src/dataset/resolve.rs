//! An entry looked over: its references tied, its date read, its mistakes told.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use crate::dataset::cursor::Text;
use crate::dataset::figures;
use crate::dataset::header::bad_date;
use crate::dataset::problem::{Code, Flaws};
use crate::dataset::raw::{RawBound, RawEntry, RawFigure, RawQuote};
use crate::dataset::references::{References, Usage, claimed, mark};
use crate::model::{
    Batch, Claim, Has, How, Kind, NameIndex, Piece, Row, Sides, SourceIndex, SpeakerIndex, Writing,
};
use crate::when::{Edge, Facts, When, facts};

/// Where an entry stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Its number among the records.
    pub record: u32,
    /// Where it begins in the text, in bytes.
    pub start: u32,
    pub writing: Writing,
    /// Whether a search has to fold it.
    pub folded: bool,
}

/// Looks an entry over and, where it has no mistake, adds it to the batch.
pub(super) struct Check<'a> {
    pub references: &'a References,
    pub flaws: &'a mut Flaws,
    pub usage: &'a mut Usage,
    pub lists: &'a mut Lists,
}

/// What one entry has several of, kept from entry to entry to be filled anew.
#[derive(Debug, Default)]
pub(super) struct Lists {
    tags: Vec<NameIndex>,
    sources: Vec<SourceIndex>,
    related: Vec<(Piece, How)>,
    figures: Vec<Claim>,
    relays: Vec<SpeakerIndex>,
    quoted: Vec<SpeakerIndex>,
    quote_sources: Vec<SourceIndex>,
}

impl Lists {
    fn clear(&mut self) {
        let Lists { tags, sources, related, figures, relays, quoted, quote_sources } = self;
        tags.clear();
        sources.clear();
        related.clear();
        figures.clear();
        relays.clear();
        quoted.clear();
        quote_sources.clear();
    }
}

impl Check<'_> {
    /// Gives whether the entry was added. `errors` is how many there were before it was read.
    pub fn add(
        &mut self,
        raw: &RawEntry<'_>,
        errors: usize,
        batch: &mut Batch,
        place: Place,
    ) -> bool {
        self.lists.clear();
        self.filled(raw.id.as_ref(), "id", &raw.name);
        self.filled(raw.headline.as_ref(), "headline", &raw.name);
        let facts = self.date(raw);
        let speaker = match (raw.kind, &raw.speaker) {
            (Some(Kind::Statement), None) if self.flaws.any_meant("speaker", raw.name.start) => {
                None
            }
            (Some(Kind::Statement), None) => {
                let message = "this statement has no `speaker`".to_owned();
                let hint = Some("what nobody said is an `Event`".to_owned());
                self.flaws.add(Code::MissingField, raw.name.clone(), message, hint);
                None
            }
            (_, speaker) => speaker.as_ref().and_then(|id| self.speaker(id)),
        };
        for quote in &raw.quotes {
            self.quote(quote);
        }
        // Without one that cannot be read it is not known which of them a figure is a part of.
        let measures = raw.figures.iter().filter_map(|figure| figure.measure.as_ref());
        let measures: Option<HashSet<&str>> =
            measures.map(|measure| measure.is_sound().then_some(&*measure.value)).collect();
        for figure in &raw.figures {
            self.figure(figure, measures.as_ref());
        }
        figures::parts(self.flaws, &raw.figures);
        for related in &raw.related {
            if related.to.is_none() || related.how.is_none() {
                let missing = if related.to.is_none() { "to" } else { "how" };
                // A word that is none has been told.
                if related.to.is_none() || self.flaws.errors() == errors {
                    self.missing(&related.span, "`Related`", missing);
                }
            }
        }
        for tag in &raw.tags {
            if tag.value.trim().is_empty() {
                self.flaws.add(Code::Empty, tag.span.clone(), "this tag is empty".to_owned(), None);
            }
        }
        self.sources(raw, facts);
        if self.flaws.errors() > errors {
            return false;
        }
        let Some(facts) = facts else { return false };
        let Batch { columns, tags, places, measures, arena, .. } = batch;
        let mut keep =
            |text: Option<&Text<'_>>| text.map_or_else(Piece::default, |text| piece(arena, text));
        let (id, headline) = (keep(raw.id.as_ref()), keep(raw.headline.as_ref()));
        let date = keep(raw.date.as_ref());
        let lists = &mut *self.lists;
        let related = raw.related.iter();
        lists
            .related
            .extend(related.filter_map(|related| Some((keep(related.to.as_ref()), related.how?))));
        lists.tags.extend(raw.tags.iter().map(|tag| tags.intern(&tag.value)));
        lists.figures.extend(raw.figures.iter().filter_map(|figure| {
            let measure = measures.intern(&figure.measure.as_ref()?.value);
            let bound = claimed(figure)?;
            let (of, place) = (keep(figure.of.as_ref()), keep(figure.place.as_ref()));
            let (period, lasting) = (keep(figure.period.as_ref()), keep(figure.lasting.as_ref()));
            Some(Claim { bound, measure, of, place, period, lasting })
        }));
        columns.push(Row {
            record: place.record,
            start: place.start,
            kind: raw.kind.unwrap_or(Kind::Event),
            id,
            headline,
            date,
            facts,
            sides: facts.interval.then(|| sides(raw)).flatten(),
            has: has(raw, lists),
            speaker,
            place: raw.place.as_ref().map(|place| places.intern(&place.value)),
            tags: &lists.tags,
            sources: &lists.sources,
            related: &lists.related,
            figures: &lists.figures,
            relays: &lists.relays,
            quoted: &lists.quoted,
            quote_sources: &lists.quote_sources,
            writing: place.writing,
            folded: place.folded,
        });
        true
    }

    fn date(&mut self, raw: &RawEntry<'_>) -> Option<Facts> {
        let Some(text) = &raw.date else {
            self.missing(&raw.name, "this entry", "date");
            return None;
        };
        // What is wrong in a string has been told, here and below.
        if !text.is_sound() {
            return None;
        }
        match facts(&text.value) {
            Ok(facts) => Some(facts),
            Err(error) => {
                bad_date(self.flaws, text, "date", &error);
                None
            }
        }
    }

    fn filled(&mut self, text: Option<&Text<'_>>, field: &str, place: &Range<usize>) {
        match text {
            None => self.missing(place, "this entry", field),
            Some(text) if text.value.trim().is_empty() => {
                self.flaws.add(
                    Code::Empty,
                    text.span.clone(),
                    format!("this {field} is empty"),
                    None,
                );
            }
            Some(_) => {}
        }
    }

    fn missing(&mut self, place: &Range<usize>, what: &str, field: &str) {
        if self.flaws.any_meant(field, place.start) {
            return;
        }
        // A whole structure over many lines is shown by its beginning.
        let place = place.start..place.end.min(place.start + 40);
        self.flaws.add(Code::MissingField, place, format!("{what} has no `{field}`"), None);
    }

    fn speaker(&mut self, id: &Text<'_>) -> Option<SpeakerIndex> {
        if !id.is_sound() {
            return None;
        }
        let Some(known) = self.references.speakers.get(&*id.value) else {
            let ids = self.references.speakers.keys().map(String::as_str);
            let hint = self
                .flaws
                .did_you_mean(&id.value, ids)
                .unwrap_or_else(|| "define it under `speakers` at the top".to_owned());
            let message = format!("unknown speaker `{}`", id.value);
            self.flaws.add(Code::UnknownSpeaker, id.span.clone(), message, Some(hint));
            return None;
        };
        mark(&mut self.usage.speakers, known.place);
        known.index
    }

    fn source(&mut self, id: &Text<'_>, entry: Option<Facts>) -> Option<SourceIndex> {
        if !id.is_sound() {
            return None;
        }
        let Some(known) = self.references.sources.get(&*id.value) else {
            let ids = self.references.sources.keys().map(String::as_str);
            let hint = self
                .flaws
                .did_you_mean(&id.value, ids)
                .unwrap_or_else(|| "define it under `sources` at the top".to_owned());
            let message = format!("unknown source `{}`", id.value);
            self.flaws.add(Code::UnknownSource, id.span.clone(), message, Some(hint));
            return None;
        };
        mark(&mut self.usage.sources, known.place);
        let published = self.references.published.get(known.place).copied().flatten();
        if let (Some(Edge::Day(earliest)), Some(published)) =
            (entry.map(|facts| facts.earliest), published)
            && earliest > published
        {
            let message =
                format!("the entry is dated after its source `{}` was published", id.value);
            let hint = Some("the date of an entry is when it was said or happened".to_owned());
            self.flaws.add(Code::DatedAfterSource, id.span.clone(), message, hint);
        }
        known.index
    }

    fn sources(&mut self, raw: &RawEntry<'_>, facts: Option<Facts>) {
        for id in &raw.sources {
            let source = self.source(id, facts);
            self.lists.sources.extend(source);
        }
        let mut quoted = false;
        for id in raw.quotes.iter().flat_map(|quote| &quote.sources) {
            quoted = true;
            let source = self.source(id, facts);
            self.lists.quote_sources.extend(source);
        }
        if raw.kind == Some(Kind::Statement) && raw.sources.is_empty() && !quoted {
            let hint = Some("a reader cannot check it".to_owned());
            let message = "this statement names no source".to_owned();
            self.flaws.add(Code::NoSource, raw.name.clone(), message, hint);
        }
    }

    fn quote(&mut self, quote: &RawQuote<'_>) {
        self.words(quote.text.as_ref(), "quote", &quote.span);
        for relay in &quote.via {
            let relay = self.speaker(relay);
            self.lists.relays.extend(relay);
        }
        // Words within the words of somebody whose definition is broken are not kept.
        let mut kept = true;
        let mut outer = quote.text.as_ref();
        let mut within = quote.within.as_ref();
        while let Some(inner) = within {
            self.words(inner.text.as_ref(), "quote within a quote", &inner.span);
            match &inner.speaker {
                Some(speaker) => {
                    let speaker = self.speaker(speaker).filter(|_| kept);
                    kept &= speaker.is_some();
                    self.lists.quoted.extend(speaker);
                }
                None => self.missing(&inner.span, "`Quoted`", "speaker"),
            }
            if let (Some(outer), Some(text)) = (outer, &inner.text)
                && outer.is_sound()
                && text.is_sound()
                && !outer.value.contains(&*text.value)
            {
                let message = "these words are not within the quote around them".to_owned();
                let hint = Some("both are to be verbatim".to_owned());
                self.flaws.add(Code::NotWithin, text.span.clone(), message, hint);
            }
            outer = inner.text.as_ref();
            within = inner.within.as_deref();
        }
    }

    fn words(&mut self, text: Option<&Text<'_>>, what: &str, place: &Range<usize>) {
        match text {
            None => self.missing(place, &format!("this {what}"), "text"),
            Some(text) if text.value.trim().is_empty() => {
                let hint = Some("write the words, or leave the quote out".to_owned());
                self.flaws.add(
                    Code::Empty,
                    text.span.clone(),
                    format!("this {what} is empty"),
                    hint,
                );
            }
            Some(_) => {}
        }
    }

    fn figure(&mut self, figure: &RawFigure<'_>, measures: Option<&HashSet<&str>>) {
        if figure.measure.is_none() {
            self.missing(&figure.span, "this figure", "measure");
        }
        match (&figure.bound, &figure.value) {
            (Some((RawBound::Between(..), _)), Some((_, span))) => {
                let message = "a figure between two ends has no `value` of its own".to_owned();
                self.flaws.add(
                    Code::WrongType,
                    span.clone(),
                    message,
                    Some("leave it out".to_owned()),
                );
            }
            (Some((RawBound::Between(..), _)), None) => {}
            (_, None) => {
                // A value that is no number, and ends the wrong way round, have been told.
                if !self.flaws_within(&figure.span) {
                    self.missing(&figure.span, "this figure", "value");
                }
            }
            (_, Some(_)) => {}
        }
        if let Some(period) = &figure.period
            && period.is_sound()
            && let Err(error) = facts(&period.value)
        {
            bad_date(self.flaws, period, "period", &error);
        }
        figures::lasting(self.flaws, figure);
        if let (Some(whole), Some(measures)) = (&figure.part_of, measures)
            && whole.is_sound()
            && !measures.contains(&*whole.value)
        {
            let hint = self
                .flaws
                .did_you_mean(&whole.value, measures.iter().copied())
                .unwrap_or_else(|| "name the measure of another figure of this entry".to_owned());
            let message = format!("no figure of this entry has the measure `{}`", whole.value);
            self.flaws.add(Code::UnknownMeasure, whole.span.clone(), message, Some(hint));
        }
    }

    fn flaws_within(&self, span: &Range<usize>) -> bool {
        self.flaws.any_within(span)
    }
}

fn sides(raw: &RawEntry<'_>) -> Option<Sides> {
    let date = When::parse(&raw.date.as_ref()?.value).ok()?;
    Sides::of(&date)
}

/// A text of the file where it stands, or a copy in the arena where it had escapes.
fn piece(arena: &mut String, text: &Text<'_>) -> Piece {
    match &text.value {
        Cow::Borrowed(value) => Piece::of_text(text.start, value.len()),
        Cow::Owned(value) => {
            let piece = Piece::of_arena(arena.len(), value.len());
            arena.push_str(value);
            piece
        }
    }
}

fn has(raw: &RawEntry<'_>, lists: &Lists) -> Has {
    Has::QUOTE
        .when(!raw.quotes.is_empty())
        .and(Has::FIGURE.when(!raw.figures.is_empty()))
        .and(Has::NOTE.when(raw.note.is_some()))
        .and(Has::PARAPHRASE.when(raw.paraphrase.is_some()))
        .and(Has::BASIS.when(raw.basis.is_some()))
        .and(Has::RELAY.when(!lists.relays.is_empty()))
        .and(Has::RELATED.when(!raw.related.is_empty()))
        .and(Has::QUOTED.when(!lists.quoted.is_empty()))
        .and(Has::QUOTE_SOURCE.when(!lists.quote_sources.is_empty()))
}
