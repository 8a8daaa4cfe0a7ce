//! Speakers and sources as they are met, each once, with the ids that they go by.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::import::draft::Who;
use crate::model::{Source, Speaker, SpeakerIndex};
use crate::text::same::{Folding, folded};

/// The longest id that is made up, in characters.
const LONGEST: usize = 48;

/// Ids given out, each once. Of each only a number is kept, so that many take little room; two
/// with the same number would only make one of them longer than need be.
#[derive(Default)]
pub(super) struct Ids(HashMap<u64, u32>);

impl Ids {
    /// The id itself where it is free, else the first of `id-2`, `id-3` that is.
    pub(super) fn give(&mut self, id: &str) -> String {
        let Some(last) = self.0.get(&hash(&id, 0)).copied() else {
            self.0.insert(hash(&id, 0), 1);
            return id.to_owned();
        };
        let mut number = last;
        loop {
            number = number.saturating_add(1);
            let next = format!("{id}-{number}");
            if let std::collections::hash_map::Entry::Vacant(free) =
                self.0.entry(hash(&next.as_str(), 0))
            {
                free.insert(1);
                self.0.insert(hash(&id, 0), number);
                return next;
            }
        }
    }

    /// Whether it was given out.
    pub(super) fn has(&self, id: &str) -> bool {
        self.0.contains_key(&hash(&id, 0))
    }
}

fn hash(value: &impl Hash, seed: u8) -> u64 {
    let mut hasher = DefaultHasher::new();
    seed.hash(&mut hasher);
    value.hash(&mut hasher);
    hasher.finish()
}

/// A text as an id: small letters and digits with hyphens between.
pub(super) fn slug(text: &str) -> String {
    let mut out = String::new();
    let mut length = 0;
    for letter in text.chars().flat_map(char::to_lowercase) {
        if length >= LONGEST {
            break;
        }
        if letter.is_alphanumeric() {
            out.push(letter);
            length += 1;
        } else if !matches!(letter, '\'' | '’') && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
            length += 1;
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// Everybody who speaks or passes words on.
#[derive(Default)]
pub(super) struct Speakers {
    list: Vec<Speaker>,
    ids: Ids,
    /// Those defined by the file, by all that it says of them.
    defined: HashMap<Who, SpeakerIndex>,
    /// The others, by name, however it is written.
    named: HashMap<String, Vec<SpeakerIndex>>,
}

impl Speakers {
    /// The speaker that is meant, new or known.
    ///
    /// One without an id is known by name; what a row leaves blank another may fill. Two of whom a
    /// title or an organization differs are two.
    pub(super) fn meet(&mut self, who: Who) -> SpeakerIndex {
        if !who.id.trim().is_empty() {
            if let Some(known) = self.defined.get(&who) {
                return *known;
            }
            let index = self.add(&who, who.id.trim());
            self.defined.insert(who, index);
            return index;
        }
        let name = folded(&who.name, Folding::strict(false));
        let same = self.named.get(&name).cloned().unwrap_or_default();
        for index in same {
            if let Some(known) = self.list.get_mut(index.0 as usize)
                && fits(&known.title, &who.title)
                && fits(&known.organization, &who.organization)
            {
                fill(&mut known.title, &who.title);
                fill(&mut known.organization, &who.organization);
                return index;
            }
        }
        let id = slug(&who.name);
        let index = self.add(&who, if id.is_empty() { "speaker" } else { &id });
        self.named.entry(name).or_default().push(index);
        index
    }

    fn add(&mut self, who: &Who, id: &str) -> SpeakerIndex {
        // There are fewer than bytes in the file, and a dataset of more than 2^32 is refused.
        let index = SpeakerIndex(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        let given = |text: &str| (!text.trim().is_empty()).then(|| text.to_owned());
        self.list.push(Speaker {
            id: self.ids.give(id),
            name: who.name.clone(),
            short: None,
            title: given(&who.title),
            role: given(&who.role),
            organization: given(&who.organization),
        });
        index
    }

    /// All of them, in the order in which they were met.
    pub(super) fn list(&self) -> &[Speaker] {
        &self.list
    }

    pub(super) fn id(&self, index: SpeakerIndex) -> &str {
        self.list.get(index.0 as usize).map_or("", |speaker| &speaker.id)
    }

    /// A name in a few letters, for an id.
    pub(super) fn short(&self, index: SpeakerIndex) -> &str {
        self.list.get(index.0 as usize).map_or("", Speaker::short_name)
    }
}

fn fits(known: &Option<String>, said: &str) -> bool {
    said.is_empty() || known.as_deref().is_none_or(|known| known == said)
}

fn fill(known: &mut Option<String>, said: &str) {
    if known.is_none() && !said.is_empty() {
        *known = Some(said.to_owned());
    }
}

/// The sources met so far. Of each only its id is kept.
#[derive(Default)]
pub(super) struct Sources {
    ids: Ids,
    /// By a number made from all that is known of it, which no two share in practice.
    met: HashMap<u128, Box<str>>,
    /// The ids that the file has, and those that they became.
    defined: HashMap<String, Box<str>>,
}

impl Sources {
    /// The id that a source goes by, and whether it is new.
    pub(super) fn meet(&mut self, source: &Source) -> (Box<str>, bool) {
        let published = source.published.as_ref().map(|when| when.text());
        let all = (
            (&source.id, &source.title, &source.author, &source.publisher, published),
            (source.kind, &source.url, &source.archive, &source.note),
        );
        let key = u128::from(hash(&all, 1)) << 64 | u128::from(hash(&all, 2));
        if let Some(known) = self.met.get(&key) {
            return (known.clone(), false);
        }
        let given = source.id.trim();
        let id = if given.is_empty() { made_up(source) } else { given.to_owned() };
        let id: Box<str> = self.ids.give(&id).into();
        self.met.insert(key, id.clone());
        if !given.is_empty() {
            self.defined.entry(given.to_owned()).or_insert_with(|| id.clone());
        }
        (id, true)
    }

    /// The id that one of the file's own became.
    pub(super) fn defined(&self, id: &str) -> Option<&str> {
        self.defined.get(id.trim()).map(|id| &**id)
    }
}

/// Publisher and date, else title, else the address in a few words.
fn made_up(source: &Source) -> String {
    let published = source.published.as_ref().map(|when| when.text()).unwrap_or_default();
    let words = match (&source.publisher, &source.author, &source.title, &source.url) {
        (Some(publisher), ..) => format!("{publisher} {published}"),
        (None, Some(author), ..) => format!("{author} {published}"),
        (None, None, Some(title), _) => title.clone(),
        (None, None, None, Some(url)) => address(url),
        (None, None, None, None) => published.to_owned(),
    };
    match slug(&words) {
        id if id.is_empty() => "source".to_owned(),
        id => id,
    }
}

/// The host of an address and the last words of its path.
fn address(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.strip_prefix("www.").unwrap_or(host);
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let last = last.rsplit_once('.').map_or(last, |(name, _)| name);
    format!("{host} {last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_made_of_words() {
        for (text, id) in [
            ("John Kirby", "john-kirby"),
            ("Médecins sans frontières", "médecins-sans-frontières"),
            ("  O’Brien, T. ", "obrien-t"),
            ("…", ""),
            ("a".repeat(99).as_str(), "a".repeat(LONGEST).as_str()),
        ] {
            assert_eq!(slug(text), id);
        }
    }

    #[test]
    fn ids_are_given_once() {
        let mut ids = Ids::default();
        let given = ["a", "a", "a-2", "a", "b"].map(|id| ids.give(id));
        assert_eq!(given, ["a", "a-2", "a-2-2", "a-3", "b"]);
    }

    #[test]
    fn speakers_are_known_by_name_until_something_differs() {
        let mut speakers = Speakers::default();
        let who = |name: &str, organization: &str| Who {
            name: name.into(),
            organization: organization.into(),
            ..Who::default()
        };
        let met: Vec<u32> = [
            who("Ann Lee", ""),
            who("Ann Lee", "AP"),
            who("Ann Lee", ""),
            who("Ann Lee", "AFP"),
            who("Bo", ""),
        ]
        .map(|who| speakers.meet(who).0)
        .into();
        assert_eq!(met, [0, 0, 0, 1, 2]);
        let ids: Vec<&str> = speakers.list().iter().map(|who| who.id.as_str()).collect();
        assert_eq!(ids, ["ann-lee", "ann-lee-2", "bo"]);
    }

    #[test]
    fn sources_are_named_after_what_is_known_of_them() {
        let url = |url: &str| Source { url: Some(url.into()), ..Source::default() };
        for (source, id) in [
            (url("https://www.example.org/news/a-day.html?x=1"), "example-org-a-day"),
            (url("https://example.org"), "example-org"),
            (Source { publisher: Some("The Hill".into()), ..Source::default() }, "the-hill"),
            (Source::default(), "source"),
        ] {
            let mut sources = Sources::default();
            assert_eq!(sources.meet(&source), (id.into(), true));
            assert_eq!(sources.meet(&source), (id.into(), false));
        }
    }
}
