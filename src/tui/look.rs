//! What a query shows and a search finds: worked out at once where that is quick, and on another
//! thread where it is not, so that typing never waits for it.
//!
//! Only typing goes on meanwhile. Any other key means what is on the screen when all is found, so
//! it waits for that ([`State::finish_looking`]). What is newer stops what is older.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::export::record::{Line, Role};
use crate::model::{EntryIndex, Timeline};
use crate::query::{Needle, Query, search_while};
use crate::tui::input::Input;
use crate::tui::overlay::Overlay;
use crate::tui::state::State;
use crate::view::shown::Shown;

/// Texts of so many bytes are read at once, in less than a millisecond.
pub const QUICK: usize = 2 << 20;

/// Words that are searched for in what is shown.
#[derive(Clone, Debug)]
pub struct Search {
    /// As typed.
    pub text: String,
    /// What finds them.
    pub needle: Needle,
    /// The entries that hold them, in order; nothing while they are looked for.
    pub found: Option<Arc<Vec<EntryIndex>>>,
    /// What was found last among the entries on show, and by what.
    before: Option<(Needle, Arc<Vec<EntryIndex>>)>,
}

/// A question to the timeline, with all that its answer needs.
#[derive(Clone, Debug)]
pub struct Look {
    timeline: Arc<Timeline>,
    /// All entries, and those on show.
    all: Arc<Shown>,
    shown: Arc<Shown>,
    /// What is to be shown, where that changes.
    query: Option<Query>,
    /// What is to be found in it, and what was last.
    needle: Option<Needle>,
    before: Option<(Needle, Arc<Vec<EntryIndex>>)>,
    /// Whether the answer is still wanted, which also tells it from others.
    wanted: Arc<AtomicBool>,
}

/// The answer to a [`Look`].
#[derive(Clone, Debug)]
pub struct Found {
    shown: Option<Arc<Shown>>,
    found: Option<Arc<Vec<EntryIndex>>>,
    to: Arc<AtomicBool>,
}

/// A question that has no answer yet.
#[derive(Debug)]
pub struct Looking {
    look: Look,
    /// Whether a thread has it.
    taken: bool,
    /// The entry to be selected in what will be shown.
    here: Option<EntryIndex>,
    /// From where on the first match is to be selected.
    first_from: Option<EntryIndex>,
}

impl Looking {
    /// The entry to be selected in what will be shown.
    pub fn here(&self) -> Option<EntryIndex> {
        self.here
    }
}

/// What nobody waits for any more is given up.
impl Drop for Looking {
    fn drop(&mut self) {
        self.look.wanted.store(false, Ordering::Relaxed);
    }
}

impl Look {
    /// Works the answer out; nothing once it is not wanted any more.
    pub fn answer(&self) -> Option<Found> {
        let go_on = || self.wanted.load(Ordering::Relaxed);
        let shown = match &self.query {
            None => None,
            Some(query) if query.is_empty() => Some(Arc::clone(&self.all)),
            Some(query) => {
                let entries = match self.among() {
                    Some(among) => {
                        let beyond = query.beyond(&self.shown.asked);
                        beyond.compile(&self.timeline).select_among(&self.timeline, among, go_on)
                    }
                    None => query.compile(&self.timeline).select_while(&self.timeline, go_on),
                }?;
                Some(Arc::new(self.all.narrowed(&self.timeline, query, entries)))
            }
        };
        let found = match &self.needle {
            None => None,
            Some(needle) => {
                let shown = &shown.as_ref().unwrap_or(&self.shown).entries;
                let among = self.found_before().unwrap_or(shown);
                Some(search_while(&self.timeline, among, needle, go_on)?)
            }
        };
        Some(Found { shown, found: found.map(Arc::new), to: Arc::clone(&self.wanted) })
    }

    /// The only entries that the query can let through, where those on show are.
    fn among(&self) -> Option<&[EntryIndex]> {
        let query = self.query.as_ref()?;
        (!self.shown.asked.is_empty() && query.narrows(&self.shown.asked))
            .then_some(&self.shown.entries)
    }

    /// The only entries in which the words can be found, where such are known.
    fn found_before(&self) -> Option<&[EntryIndex]> {
        let (before, found) = self.before.as_ref().filter(|_| self.query.is_none())?;
        self.needle.as_ref()?.narrows(before).then_some(found)
    }

    /// About how many bytes of text have to be read for the answer.
    fn work(&self) -> usize {
        let all = self.timeline.len().max(1);
        let share = |entries: usize| self.timeline.bytes() / all * entries;
        let filtering = match &self.query {
            Some(query) if query.reads_texts() => share(self.among().map_or(all, <[_]>::len)),
            _ => 0,
        };
        let searching = match &self.needle {
            Some(_) => share(self.found_before().map_or(self.shown.len(), <[_]>::len)),
            None => 0,
        };
        filtering.saturating_add(searching)
    }
}

impl State {
    /// Shows what the filter lets through, with the cursor where it was or as near as can be.
    pub fn refilter(&mut self) {
        let here = self.looking.as_ref().and_then(|looking| looking.here).or(self.selected());
        self.look(true);
        if let Some(here) = here {
            self.select_entry(here);
        }
    }

    /// Searches for words in what is shown; none ends the search.
    pub fn search_for(&mut self, text: &str) {
        let before = self.search.take().and_then(|search| match search.found {
            Some(found) => Some((search.needle, found)),
            None => search.before,
        });
        if !text.is_empty() {
            let (text, needle) = (text.to_owned(), Needle::new(text));
            self.search = Some(Search { text, needle, found: None, before });
        }
        self.look(false);
    }

    /// Selects the first match from an entry on, from the last on to the first; the entry itself
    /// where there is none.
    pub fn select_match(&mut self, from: Option<EntryIndex>) {
        let from = from.or_else(|| self.shown.get(0));
        if let Some(looking) = &mut self.looking {
            looking.first_from = from;
            return;
        }
        let Some(from) = from else { return };
        let found = self.search.as_ref().and_then(|search| search.found.clone());
        let found = found.unwrap_or_default();
        let next = found.partition_point(|entry| *entry < from);
        let to = found.get(next).or(found.first());
        self.select_entry(to.copied().unwrap_or(from));
    }

    /// Asks for what is to be shown, or only for what is to be found in it.
    fn look(&mut self, filtering: bool) {
        let filtering =
            filtering || self.looking.as_ref().is_some_and(|looking| looking.look.query.is_some());
        let here = self.looking.take().and_then(|looking| looking.here);
        let search = self.search.as_ref();
        let look = Look {
            timeline: Arc::clone(&self.timeline),
            all: Arc::clone(&self.all),
            shown: Arc::clone(&self.shown),
            query: filtering.then(|| self.filter.query().clone()),
            needle: search.map(|search| search.needle.clone()),
            before: search.and_then(|search| search.before.clone()),
            wanted: Arc::new(AtomicBool::new(true)),
        };
        if look.work() > self.patience {
            self.looking = Some(Looking { look, taken: false, here, first_from: None });
        } else if let Some(found) = look.answer() {
            self.put(found);
        }
    }

    /// What a thread is to look for, once.
    pub fn take_look(&mut self) -> Option<Look> {
        let looking = self.looking.as_mut().filter(|looking| !looking.taken)?;
        looking.taken = true;
        Some(looking.look.clone())
    }

    /// Takes an answer in, if it is the one that is waited for.
    pub fn take_found(&mut self, found: Found) {
        let awaited = |looking: &Looking| Arc::ptr_eq(&looking.look.wanted, &found.to);
        if self.looking.as_ref().is_some_and(awaited) {
            self.end_looking(found);
        }
    }

    /// Waits for what is looked for, if anything is.
    pub fn finish_looking(&mut self) {
        let Some(looking) = &self.looking else { return };
        // No other thread is to take the processor from this one.
        looking.look.wanted.store(false, Ordering::Relaxed);
        let look = Look { wanted: Arc::new(AtomicBool::new(true)), ..looking.look.clone() };
        if let Some(found) = look.answer() {
            self.end_looking(found);
        }
    }

    fn end_looking(&mut self, found: Found) {
        let Some(looking) = self.looking.take() else { return };
        let here = looking.here.or(self.selected());
        self.put(found);
        if let Some(here) = here {
            self.select_entry(here);
        }
        if looking.first_from.is_some() {
            self.arrive(looking.first_from);
        }
    }

    fn put(&mut self, found: Found) {
        if let Some(shown) = found.shown {
            self.shown = shown;
            self.views.renew();
        }
        if let Some(search) = &mut self.search {
            search.found = found.found;
            search.before = None;
        }
    }

    /// Keeps the entry to be selected, where what is to be shown is still looked for.
    pub(super) fn remember_here(&mut self, entry: EntryIndex) {
        if let Some(looking) = &mut self.looking {
            looking.here = Some(entry);
        }
    }

    /// Whether the answer to what is looked for must be there before an input is taken in.
    pub(super) fn must_wait(&self, input: &Input) -> bool {
        let typing = matches!(self.overlay, Some(Overlay::Prompt(_)));
        let by_hand = matches!(input, Input::Key(_) | Input::Paste(_) | Input::Mouse(_));
        self.looking.is_some() && by_hand && !typing
    }
}

impl State {
    /// What was looked for on another thread is found.
    pub(super) fn arrive(&mut self, origin: Option<EntryIndex>) {
        self.select_match(origin);
        self.reveal_match();
        // The line in which it was typed may be closed already.
        if self.overlay.is_none() {
            self.complain_of_none();
        }
    }

    /// Says that there is no match, if there is none.
    pub(super) fn complain_of_none(&mut self) {
        let Some(search) = &self.search else { return };
        if search.found.as_ref().is_some_and(|found| found.is_empty()) {
            let text = search.text.clone();
            self.complain(format!("Nothing that is shown holds `{text}`."));
        }
    }

    /// Scrolls the record to the first of the words where they stand neither in the headline nor in
    /// what is in sight: a match that cannot be seen looks like a mistake.
    pub(super) fn reveal_match(&mut self) {
        self.settle();
        let Some(search) = &self.search else { return };
        let holds = |line: &Line| {
            let texts = line.spans.iter().filter(|span| span.role != Role::Label);
            texts.into_iter().any(|span| !search.needle.find_all_shown(&span.text).is_empty())
        };
        let Some(first) = self.detail.lines.iter().position(holds) else { return };
        let height = usize::from(self.areas().detail.height);
        if first < self.detail.scroll || first >= self.detail.scroll.saturating_add(height) {
            // With the lines that lead to it.
            self.detail.scroll = first.saturating_sub(height / 2);
            self.settle();
        }
    }
}
