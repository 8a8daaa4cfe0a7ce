//! Laying figures side by side.

use crate::model::{EntryIndex, Has, How};
use crate::tui::action::Action;
use crate::tui::list::moved;
use crate::tui::overlay::{Overlay, Page, comparison};
use crate::tui::state::State;
use crate::tui::update::Effect;
use crate::tui::views::View;
use crate::view::compare::{FigureRef, compare};

/// The width of a comparison that is copied, in columns.
const WIDTH: usize = 100;

/// Opens the comparison of the figures marked, else of those selected for export, else of those
/// that the entry at the cursor is compared with.
pub fn open(state: &mut State) {
    let figures = chosen(state);
    if figures.len() < 2 {
        state.say(match state.views.view {
            View::Figures => "Mark two figures or more with Space; then c lays them side by side.",
            _ => "Nothing to compare: select two entries that claim figures.",
        });
        return;
    }
    let comparison = compare(&state.timeline, &figures);
    state.overlay = Some(Overlay::Compare(Page { comparison, scroll: 0 }));
}

fn chosen(state: &State) -> Vec<FigureRef> {
    let view = &state.views.figures;
    let here = if state.views.view == View::Figures { view.figure() } else { None };
    let mut marked = view.marked.clone();
    // One that is marked is compared with the one at the cursor.
    if marked.len() == 1 {
        marked.extend(here.filter(|here| !view.marked.contains(here)));
    }
    if marked.len() > 1 {
        return marked;
    }
    let first = here.or_else(|| state.selected().and_then(|entry| first_figure(state, entry)));
    let selected = of_one_measure(state, state.chosen().into_iter(), first);
    if selected.len() > 1 {
        return selected;
    }
    let Some(first) = first else { return Vec::new() };
    let links = state.timeline.links_of(first.entry).iter();
    let compared = links.filter(|link| link.how == How::ComparedWith).map(|link| link.to);
    let mut others = of_one_measure(state, compared, Some(first));
    others.retain(|other| *other != first);
    // The one that was claimed first is what the others are measured by.
    others.push(first);
    others.sort();
    others
}

fn first_figure(state: &State, entry: EntryIndex) -> Option<FigureRef> {
    let any = state.timeline.has(entry).contains(Has::FIGURE);
    any.then_some(FigureRef { entry, number: 0 })
}

/// The figure of each entry that is of the same measure as `like`, else its first.
fn of_one_measure(
    state: &State,
    entries: impl Iterator<Item = EntryIndex>,
    like: Option<FigureRef>,
) -> Vec<FigureRef> {
    let figures = |entry| state.timeline.entry(entry).figures;
    let measure = like
        .and_then(|like| figures(like.entry).into_iter().nth(like.number))
        .map(|figure| figure.measure);
    let of = |entry| {
        let figures = figures(entry);
        let same = figures.iter().position(|figure| Some(&figure.measure) == measure.as_ref());
        Some(FigureRef { entry, number: same.unwrap_or(0) }).filter(|_| !figures.is_empty())
    };
    // More than a handful side by side is no comparison.
    entries
        .filter(|entry| state.timeline.has(*entry).contains(Has::FIGURE))
        .filter_map(of)
        .take(MOST)
        .collect()
}

/// The most figures that a selection lays side by side.
const MOST: usize = 8;

/// Carries out an action in the comparison.
pub fn apply(state: &mut State, action: Action, count: Option<usize>) -> Vec<Effect> {
    let Some(Overlay::Compare(page)) = &mut state.overlay else { return Vec::new() };
    let (length, height) = comparison::size(page, state.size, state.preferences.glyphs);
    let copied = match action {
        Action::Copy => Some((page.comparison.to_text(WIDTH), "the comparison")),
        Action::CopyRecord => Some((page.comparison.to_markdown(), "the comparison as Markdown")),
        _ => None,
    };
    if let Some((text, what)) = copied {
        return vec![Effect::Copy { text, what: what.to_owned() }];
    }
    let places = length.saturating_sub(height) + 1;
    if let Some(to) = moved(page.scroll, places, height, action, count) {
        page.scroll = to;
    }
    Vec::new()
}
