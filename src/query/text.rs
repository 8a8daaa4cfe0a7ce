//! Words in the entries of a timeline: in their texts, their names, and their numbers as shown.

use std::mem::{Discriminant, discriminant};
use std::sync::OnceLock;

use crate::model::{
    Amount, Bound, Entry, EntryIndex, NameIndex, Quoted, SourceIndex, Speaker, SpeakerIndex,
    Timeline, Writing,
};
use crate::query::needle::Needle;
use crate::query::resolve::Set;
use crate::query::scan::Glance;
use crate::query::slices::picked;
use crate::query::sweep::Swept;

/// Those of some entries that hold the words, in the order given. None for an empty needle.
pub fn search(timeline: &Timeline, among: &[EntryIndex], needle: &Needle) -> Vec<EntryIndex> {
    search_while(timeline, among, needle, || true).unwrap_or_default()
}

/// [`search`] for as long as `go_on` says so, which is asked every few milliseconds; nothing once
/// it says no.
pub fn search_while(
    timeline: &Timeline,
    among: &[EntryIndex],
    needle: &Needle,
    go_on: impl Fn() -> bool + Sync,
) -> Option<Vec<EntryIndex>> {
    if needle.is_empty() {
        return Some(Vec::new());
    }
    let search = Search::new(timeline, needle.clone());
    search.expect(timeline, among.len(), &go_on)?;
    picked(among.len(), go_on, |number| {
        among.get(number).copied().filter(|index| search.matches(timeline, *index))
    })
}

/// A needle made ready for one timeline: what is kept once for many entries is looked at once.
pub(super) struct Search {
    needle: Needle,
    speakers: Set,
    sources: Set,
    tags: Set,
    places: Set,
    /// Whether any of them has anything in it.
    names: bool,
    numbers: Numbers,
    /// What the texts say, where they were gone through.
    swept: OnceLock<Swept>,
}

/// Texts are gone through from end to end where at least one record in so many is asked for.
const FEW: usize = 4;

impl Search {
    pub(super) fn new(timeline: &Timeline, needle: Needle) -> Self {
        let holds = |text: &str| needle.is_in(text);
        let name = |(_, name): (NameIndex, &str)| holds(name);
        let speakers: Set =
            timeline.speakers().iter().map(|who| speaker_holds(who, &needle)).collect();
        let sources: Set = timeline
            .sources()
            .iter()
            .map(|source| holds(&source.citation()) || source.url.as_deref().is_some_and(holds))
            .collect();
        let tags: Set = timeline.tags().iter().map(name).collect();
        let places: Set = timeline.places().iter().map(name).collect();
        let names = [&speakers, &sources, &tags, &places].into_iter().any(|set| !set.is_empty());
        Search {
            names,
            speakers,
            sources,
            tags,
            places,
            numbers: needle.without_marks().map_or(Numbers::Of(Vec::new()), Numbers::new),
            needle,
            swept: OnceLock::new(),
        }
    }

    /// Makes ready for so many entries to be asked for; nothing once `go_on` says no.
    pub(super) fn expect(
        &self,
        timeline: &Timeline,
        entries: usize,
        go_on: impl Fn() -> bool + Sync,
    ) -> Option<()> {
        if self.swept.get().is_none() && entries.saturating_mul(FEW) >= timeline.len() {
            // The first of two threads that do the same is as good as the second.
            let _ = self.swept.set(Swept::new(timeline, self.needle.scan(), go_on)?);
        }
        Some(())
    }

    /// Whether any text of the entry, of its speakers or of its sources holds the needle.
    pub(super) fn matches(&self, timeline: &Timeline, index: EntryIndex) -> bool {
        // What is known costs least, and what has to be read most.
        let swept = self.swept.get().map(|swept| swept.glance(timeline, index));
        swept == Some(Glance::Yes)
            || (self.names && self.named(timeline, index))
            || self.claimed(timeline, index)
            || (swept != Some(Glance::No) && self.written(timeline, index))
    }

    fn named(&self, timeline: &Timeline, index: EntryIndex) -> bool {
        let speakers = |who: &[SpeakerIndex]| who.iter().any(|who| self.speakers.has(who.0));
        let sources = |at: &[SourceIndex]| at.iter().any(|at| self.sources.has(at.0));
        timeline.speaker_of(index).is_some_and(|who| self.speakers.has(who.0))
            || timeline.place_of(index).is_some_and(|place| self.places.has(place.0))
            || timeline.tags_of(index).iter().any(|tag| self.tags.has(tag.0))
            || sources(timeline.sources_of(index))
            || speakers(timeline.relays_of(index))
            || speakers(timeline.quoted_of(index))
            || sources(timeline.quote_sources_of(index))
    }

    fn claimed(&self, timeline: &Timeline, index: EntryIndex) -> bool {
        let holds = |bound: &Bound| match &self.numbers {
            Numbers::Of(kinds) => kinds.contains(&discriminant(bound)),
            Numbers::Perhaps => self.needle.is_in(&bound.to_string()),
        };
        let none = matches!(&self.numbers, Numbers::Of(kinds) if kinds.is_empty());
        !none && timeline.claims_of(index).iter().any(|claim| holds(&claim.bound))
    }

    /// Whether a text of the record itself holds the needle.
    fn written(&self, timeline: &Timeline, index: EntryIndex) -> bool {
        match self.glance(timeline, index) {
            Glance::No => false,
            Glance::Yes => true,
            Glance::Perhaps => {
                self.needle.is_in(timeline.headline(index))
                    || self.needle.is_in(timeline.id(index))
                    || self.record_holds(&timeline.entry(index))
            }
        }
    }

    /// What the text of the record says by itself.
    fn glance(&self, timeline: &Timeline, index: EntryIndex) -> Glance {
        let scan = self.needle.scan();
        let folded = timeline.needs_folding(index);
        match (timeline.written(index), timeline.writing(index)) {
            (Some(text), Writing::Plain) if folded => self.needle.in_folded_record(text),
            (Some(text), Writing::Plain) => scan.in_record(text, 0..text.len()),
            (Some(text), Writing::Escaped) if !folded && !scan.may_be_in(text) => Glance::No,
            _ => Glance::Perhaps,
        }
    }

    fn record_holds(&self, entry: &Entry) -> bool {
        let holds =
            |text: &Option<String>| text.as_ref().is_some_and(|text| self.needle.is_in(text));
        holds(&entry.role)
            || holds(&entry.venue)
            || holds(&entry.paraphrase)
            || holds(&entry.text)
            || holds(&entry.basis)
            || holds(&entry.note)
            || entry.quotes.iter().any(|quote| {
                self.needle.is_in(&quote.text)
                    || quote.within.as_ref().is_some_and(|within| self.quoted_holds(within))
            })
            || entry.figures.iter().any(|figure| {
                self.needle.is_in(&figure.measure) || holds(&figure.of) || holds(&figure.place)
            })
    }

    fn quoted_holds(&self, quoted: &Quoted) -> bool {
        std::iter::successors(Some(quoted), |quoted| quoted.within.as_deref())
            .any(|quoted| self.needle.is_in(&quoted.text))
    }
}

/// Which numbers as claimed, such as “over 100,000”, hold the words.
enum Numbers {
    /// Those of some kinds, whatever the number is.
    Of(Vec<Discriminant<Bound>>),
    /// That has to be looked at one by one.
    Perhaps,
}

impl Numbers {
    /// For words that are folded, and numbers as [`Bound`] is shown.
    fn new(words: &str) -> Self {
        let zero = Amount::ZERO;
        let bounds = [
            Bound::About(zero),
            Bound::AtLeast(zero),
            Bound::MoreThan(zero),
            Bound::AtMost(zero),
            Bound::LessThan(zero),
            Bound::Between(zero, zero),
        ];
        // Whatever the number is, the words around it are these.
        let digit = |next: char| next.is_ascii_digit() || matches!(next, ',' | '.' | '-');
        let mut squeezed = String::with_capacity(words.len());
        for next in words.chars() {
            match digit(next) {
                true if squeezed.ends_with('0') => {}
                true => squeezed.push('0'),
                false => squeezed.push(next),
            }
        }
        let kinds = bounds.into_iter().filter(|bound| bound.to_string().contains(&squeezed));
        let kinds: Vec<_> = kinds.map(|bound| discriminant(&bound)).collect();
        if !kinds.is_empty() && words.contains(digit) {
            return Numbers::Perhaps;
        }
        Numbers::Of(kinds)
    }
}

fn speaker_holds(speaker: &Speaker, needle: &Needle) -> bool {
    [&speaker.short, &speaker.title, &speaker.role, &speaker.organization]
        .into_iter()
        .flatten()
        .chain([&speaker.name, &speaker.id])
        .any(|text| needle.is_in(text))
}
