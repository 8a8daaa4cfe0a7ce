//! The record: scrolling it, and following what it points to.

use crate::export::record::Target;
use crate::model::{EntryIndex, SourceIndex, SpeakerIndex};
use crate::query::Query;
use crate::tui::state::{Focus, State};
use crate::tui::update::{Effect, filter, passage};

/// Scrolls by so many lines.
pub fn scroll(state: &mut State, lines: usize, down: bool) {
    let from = state.detail.scroll;
    // `settle` keeps it from going beyond the last line.
    state.detail.scroll =
        if down { from.saturating_add(lines) } else { from.saturating_sub(lines) };
}

/// Chooses the next link; after the last the keys go back to the timeline.
pub fn next_link(state: &mut State) {
    let count = state.detail.links().len();
    match state.detail.link {
        Some(link) if link + 1 >= count => {
            state.detail.link = None;
            state.focus = Focus::Timeline;
        }
        None if count == 0 => state.focus = Focus::Timeline,
        Some(link) => choose(state, link + 1),
        None => choose(state, 0),
    }
}

/// Chooses the link before.
pub fn previous_link(state: &mut State) {
    match state.detail.link {
        Some(0) => state.detail.link = None,
        Some(link) => choose(state, link - 1),
        None => {
            if let Some(last) = state.detail.links().len().checked_sub(1) {
                choose(state, last);
            }
        }
    }
}

fn choose(state: &mut State, link: usize) {
    let Some((_, line)) = state.detail.links().get(link).copied() else { return };
    state.detail.link = Some(link);
    let height = usize::from(state.areas().detail.height).max(1);
    if line < state.detail.scroll {
        state.detail.scroll = line;
    } else if line >= state.detail.scroll + height {
        state.detail.scroll = line + 1 - height;
    }
}

/// The chosen link's target.
fn chosen(state: &State) -> Option<Target> {
    let links = state.detail.links();
    state.detail.link.and_then(|link| links.get(link)).map(|(target, _)| *target)
}

/// Goes where the chosen link leads.
pub fn follow(state: &mut State) -> Vec<Effect> {
    match chosen(state) {
        None => next_link(state),
        Some(Target::Entry(entry)) => {
            go_to(state, entry);
            state.focus = Focus::Detail;
        }
        Some(Target::Source(source)) => return open(state, &[source]),
        Some(Target::Speaker(speaker)) => by_words_of(state, speaker),
        Some(Target::Passage(quote)) => passage::open(state, quote),
    }
    Vec::new()
}

/// Selects an entry, from which one can come back. A filter that hides it is lifted.
pub fn go_to(state: &mut State, entry: EntryIndex) {
    state.remember_jump();
    if state.shown.position(entry).is_err() {
        filter::set(state, "");
        state.say("The filter was lifted to show this entry; u brings it back.");
    }
    state.select_entry(entry);
}

/// Back to where the last link was followed, or the last mark or date was gone to.
pub fn jump_back(state: &mut State) {
    let Some(entry) = state.jumps.pop() else {
        state.say("Nowhere to go back to: no link has been followed.");
        return;
    };
    if state.shown.position(entry).is_err() {
        filter::set(state, "");
        state.say("The filter was lifted to show this entry; u brings it back.");
    }
    state.select_entry(entry);
}

/// All that somebody said or passed on.
fn by_words_of(state: &mut State, speaker: SpeakerIndex) {
    let id = Query::default()
        .with_choice(
            crate::query::Facet::Speaker,
            &crate::query::Choice::only(state.timeline.speaker(speaker).id.clone()),
        )
        .to_string();
    let via = id.replacen("speaker:", "via:", 1);
    let query = format!("{id} OR {via}");
    let any = Query::parse(&query).is_ok_and(|query| !query.select(&state.timeline).is_empty());
    if any {
        state.remember_jump();
        filter::set(state, &query);
    } else {
        let name = state.timeline.speaker(speaker).name.clone();
        state.say(format!("{name} says and passes on nothing else."));
    }
}

/// Shows the chosen source, else the entry's, in the browser.
pub fn open_source(state: &mut State) -> Vec<Effect> {
    if let Some(Target::Source(source)) = chosen(state) {
        return open(state, &[source]);
    }
    let Some(entry) = state.selected() else { return Vec::new() };
    let sources = state.timeline.sources_of(entry).to_vec();
    open(state, &sources)
}

/// Opens the first of the sources that has an address on the web.
fn open(state: &mut State, sources: &[SourceIndex]) -> Vec<Effect> {
    let urls = sources.iter().filter_map(|source| state.timeline.source(*source).url.clone());
    let Some(url) = urls.into_iter().next() else {
        state.say(match sources {
            [_] => "This source has no address on the web.",
            _ => "No source of this entry has an address on the web.",
        });
        return Vec::new();
    };
    if !is_web(&url) {
        state.complain(format!("Only http and https are opened, not {url}"));
        return Vec::new();
    }
    vec![Effect::Open { url }]
}

/// Whether an address may be handed to a browser: http or https, and nothing but what an address
/// is made of (RFC 3986, 2).
fn is_web(url: &str) -> bool {
    let lower = url.get(..8.min(url.len())).unwrap_or_default().to_ascii_lowercase();
    (lower.starts_with("http://") || lower.starts_with("https://"))
        && !url.chars().any(|letter| letter.is_control() || letter.is_whitespace())
}
