//! Quotes in their sources: marks in the record, and the passage behind a mark.

use std::sync::Arc;

use crate::model::Timeline;
use crate::tui::action::Action;
use crate::tui::overlay::Overlay;
use crate::tui::overlay::passage::Passage;
use crate::tui::state::State;
use crate::verify::Report;

/// Takes in what came of looking for the quotes, unless it was for another timeline.
pub fn verified(state: &mut State, of: &Arc<Timeline>, report: Arc<Report>) {
    if !Arc::ptr_eq(of, &state.timeline) {
        return;
    }
    let links = state.detail.links();
    let chosen = state.detail.link.and_then(|link| links.get(link)).map(|(target, _)| *target);
    if report.has_stopped() {
        state.say("not all quotes were looked for in their sources: `dateline verify` does so");
    }
    state.verified = Some(report);
    // The same entry, but laid out for no width that there is.
    state.detail.of = state.detail.of.map(|(entry, _)| (entry, usize::MAX));
    state.settle();
    // The marks are links, too: the chosen one has another number now.
    if let Some(chosen) = chosen {
        state.detail.link = state.detail.links().iter().position(|(target, _)| *target == chosen);
    }
}

/// Opens the passage of a quote of the selected entry.
pub fn open(state: &mut State, quote: usize) {
    let (Some(report), Some(entry)) = (&state.verified, state.selected()) else { return };
    let passage = Passage::of(&state.timeline, report.of(entry, quote));
    state.overlay = Some(Overlay::Passage(Box::new(passage)));
}

/// Scrolls, or closes it.
pub fn apply(state: &mut State, action: Action, count: Option<usize>) {
    let page = usize::from(crate::tui::layout::form(state.size).height).max(1);
    let Some(Overlay::Passage(passage)) = &mut state.overlay else { return };
    let times = count.unwrap_or(1);
    let scroll = &mut passage.scroll;
    // `settle` keeps it from going beyond the last row.
    *scroll = match action {
        Action::Down => scroll.saturating_add(times),
        Action::Up => scroll.saturating_sub(times),
        Action::HalfPageDown => scroll.saturating_add((page / 2).saturating_mul(times)),
        Action::HalfPageUp => scroll.saturating_sub((page / 2).saturating_mul(times)),
        Action::PageDown => scroll.saturating_add(page.saturating_mul(times)),
        Action::PageUp => scroll.saturating_sub(page.saturating_mul(times)),
        Action::First => 0,
        Action::Last => usize::MAX,
        Action::Accept => {
            state.overlay = None;
            return;
        }
        _ => return,
    };
}
