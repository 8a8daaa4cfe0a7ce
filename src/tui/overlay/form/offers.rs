//! What may stand in a line: speakers, sources, tags, places and measures that are there already.

use std::collections::HashSet;

use crate::model::Timeline;
use crate::text::same::{letters, same};
use crate::tui::field::Field;
use crate::tui::list::List;
use crate::tui::overlay::form::{Form, Part};

/// The most that are offered at once.
const MOST: usize = 50;

/// Something that may stand in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What is put there.
    pub text: String,
    /// What it is.
    pub about: String,
}

impl Form {
    /// Offers what fits what is typed. A name that begins as typed is the one that Enter takes.
    pub fn offer(&mut self, timeline: &Timeline) {
        let typed = self.typed();
        self.close_offers();
        if typed.trim().is_empty() {
            return;
        }
        let offers = self.all(timeline);
        let mut list = List { field: Field::new(typed.trim()), ..List::default() };
        let names: Vec<String> =
            offers.iter().map(|offer| format!("{} {}", offer.text, offer.about)).collect();
        list.narrow(names.iter().map(String::as_str));
        let found = list.shown.into_iter().take(MOST);
        self.offers = found.filter_map(|at| offers.get(at).cloned()).collect();
        // The value is whole: there is nothing to choose.
        let typed = typed.trim();
        if self.offers.iter().any(|offer| same(&offer.text, typed)) {
            self.close_offers();
            return;
        }
        let names = matches!(self.part, Part::Speaker | Part::Via | Part::Source);
        let first = self.offers.first();
        if names && first.is_some_and(|offer| begins(&offer.text, typed)) {
            self.taken = Some(0);
        }
    }

    /// Offers all that may stand in the line.
    pub fn offer_all(&mut self, timeline: &Timeline) {
        self.offers = self.all(timeline);
        self.offers.truncate(MOST);
        self.taken = if self.offers.is_empty() { None } else { Some(0) };
    }

    /// Offers nothing.
    pub fn close_offers(&mut self) {
        self.offers.clear();
        self.taken = None;
    }

    /// Puts the chosen offer into the line. Gives whether there was one.
    pub fn take(&mut self) -> bool {
        let Some(offer) = self.taken.and_then(|taken| self.offers.get(taken)).cloned() else {
            return false;
        };
        let part = self.part;
        let before = match part.separator() {
            Some(separator) => match self.text(part).rfind(separator) {
                Some(at) => format!("{} ", self.text(part).get(..=at).unwrap_or_default()),
                None => String::new(),
            },
            None => String::new(),
        };
        self.set(part, before + &offer.text);
        self.close_offers();
        true
    }

    /// What is typed of the value at the end of the line.
    fn typed(&self) -> String {
        let text = self.text(self.part);
        let last = self.part.separator().and_then(|separator| text.rsplit(separator).next());
        last.unwrap_or(text).to_owned()
    }

    fn all(&mut self, timeline: &Timeline) -> Vec<Offer> {
        let plain = |text: &str| Offer { text: text.to_owned(), about: String::new() };
        match self.part {
            Part::Speaker | Part::Via => timeline
                .people()
                .map(|(person, speaker)| Offer {
                    text: speaker.name.clone(),
                    about: timeline.capacities(person).join("; "),
                })
                .collect(),
            Part::Source => timeline
                .sources()
                .iter()
                .map(|source| Offer { text: source.id.clone(), about: source.citation() })
                .collect(),
            Part::Tags => timeline.tags().iter().map(|(_, name)| plain(name)).collect(),
            Part::Place | Part::Where => {
                timeline.places().iter().map(|(_, name)| plain(name)).collect()
            }
            Part::Measure => timeline.measures().iter().map(|(_, name)| plain(name)).collect(),
            Part::Of => {
                let subjects = self.subjects.get_or_insert_with(|| subjects(timeline));
                subjects.iter().map(|name| plain(name)).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// Of whom or what all figures are, each once.
fn subjects(timeline: &Timeline) -> Vec<String> {
    let mut known = HashSet::new();
    let names = timeline.claims().map(|(entry, claim)| timeline.words(entry, claim.of));
    names.filter(|name| !name.is_empty() && known.insert(*name)).map(str::to_owned).collect()
}

/// Whether every word typed begins a word of the name.
fn begins(name: &str, typed: &str) -> bool {
    let plain = |text: &str| {
        let mut plain = String::new();
        letters(text, false, &mut plain);
        plain
    };
    let name = plain(name);
    let words = || name.split(|sign: char| !sign.is_alphanumeric());
    plain(typed).split_whitespace().all(|typed| words().any(|word| word.starts_with(typed)))
}
