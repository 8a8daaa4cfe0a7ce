//! The views of one timeline: which of them is on the screen, and what each keeps for itself.
//!
//! Entry at the cursor, filter, search and selection belong to the state and hold in every view;
//! a view keeps only how it looks at them, so that to leave it and come back changes nothing.
//! What a view is made of is worked out when it is on the screen, and anew after the filter
//! changed.

pub mod figures;
pub mod lanes;

use crate::model::{EntryIndex, Timeline};
use crate::tui::keymap::Context;
use crate::tui::layout::{Areas, areas, stacked, stacked_high};
use crate::tui::state::Focus;
use crate::tui::views::figures::FiguresView;
use crate::tui::views::lanes::LanesView;
use crate::view::shown::Shown;
use crate::when::Day;

/// A view of the timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum View {
    /// A row an entry, from top to bottom.
    #[default]
    Timeline,
    /// Time from left to right, a lane for each speaker, tag, …
    Lanes,
    /// Every figure claimed, as a chart and a table.
    Figures,
}

impl View {
    /// All, in the order in which a key goes through them.
    pub const ALL: [View; 3] = [View::Timeline, View::Lanes, View::Figures];

    /// The word a person uses.
    pub fn word(self) -> &'static str {
        match self {
            View::Timeline => "timeline",
            View::Lanes => "lanes",
            View::Figures => "figures",
        }
    }

    /// The next one; after the last the first.
    pub fn next(self) -> View {
        let at = View::ALL.iter().position(|view| *view == self).map_or(0, |at| at + 1);
        View::ALL.get(at).copied().unwrap_or_default()
    }
}

/// All views.
#[derive(Clone, Debug, Default)]
pub struct Views {
    /// The one on the screen.
    pub view: View,
    /// The lanes.
    pub lanes: LanesView,
    /// The figures.
    pub figures: FiguresView,
    /// Whatever day it is; nothing where that is not to be shown.
    pub today: Option<Day>,
}

/// A body of fewer rows shows either lanes or the record.
const LANES_AND_RECORD: u16 = 12;

/// A body of fewer rows has no chart over the table.
const CHART_AND_TABLE: u16 = 14;

impl Views {
    /// Which keys hold in the view on the screen.
    pub fn context(&self) -> Context {
        match self.view {
            View::Timeline => Context::Timeline,
            View::Lanes => Context::Lanes,
            View::Figures => Context::Figures,
        }
    }

    /// Whether the record is on the screen; in the figures only once one has gone into it.
    pub fn shows_record(&self, focus: Focus) -> bool {
        self.view != View::Figures || focus == Focus::Detail
    }

    /// Where each part of the screen lies. `split` is the share of the upper or left part, in
    /// percent.
    pub fn areas(&self, size: (u16, u16), split: u16, focus: Focus) -> Areas {
        let whole = areas(size, split);
        let body = whole.body().height;
        let share = body.saturating_mul(split) / 100;
        match self.view {
            View::Timeline => whole,
            View::Lanes => stacked_high(size, |body| {
                if body < LANES_AND_RECORD {
                    return if focus == Focus::Detail { 0 } else { body };
                }
                // The record gets what the lanes leave free.
                self.lanes.rows().min(body.saturating_mul(split) / 100).max(5)
            }),
            View::Figures if self.figures.measures().is_empty() && focus != Focus::Detail => {
                stacked(size, body)
            }
            View::Figures if body < CHART_AND_TABLE => {
                stacked(size, u16::from(focus != Focus::Detail))
            }
            View::Figures => stacked(size, share.max(8)),
        }
    }

    /// Forgets what was worked out, after a change of what is shown.
    pub fn renew(&mut self) {
        self.lanes.renew();
        self.figures.renew();
    }

    /// Keeps what it can through another reading of the files. `moved` gives the place of an entry
    /// in the new reading.
    pub fn reread(&mut self, moved: impl Fn(EntryIndex) -> Option<EntryIndex>) {
        self.figures.reread(moved);
        self.renew();
    }

    /// Brings the view on the screen into step with what is shown and the entry at the cursor.
    pub fn settle(
        &mut self,
        timeline: &Timeline,
        shown: &Shown,
        cursor: Option<EntryIndex>,
        areas: impl Fn(&Views) -> Areas,
    ) {
        match self.view {
            View::Timeline => {}
            View::Lanes => {
                self.lanes.refresh(timeline, shown);
                let area = areas(self).timeline;
                self.lanes.settle(timeline, cursor, area, self.today);
            }
            View::Figures => {
                self.figures.refresh(timeline, shown);
                let areas = areas(self);
                self.figures.settle(timeline, cursor, areas.timeline, areas.detail);
            }
        }
    }
}
