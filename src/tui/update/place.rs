//! The place that the user is at: kept between runs, and opened in an editor.

use crate::memory::Place;
use crate::tui::state::State;
use crate::tui::update::Effect;

impl State {
    /// What of the present state is kept until the next run.
    pub fn place(&self) -> Place {
        Place {
            entry: self.selected().map(|entry| self.timeline.full_id(entry)),
            marks: self.marks.clone(),
            queries: self.queries.clone(),
            searches: self.searches.clone(),
            // A filter of last time would hide what one came to see.
            query: None,
            export: self.export.clone(),
            ..Place::default()
        }
    }

    /// Goes back to where the user was in an earlier run, as far as it is still there.
    pub fn go_back_to(&mut self, place: &Place) {
        self.marks.clone_from(&place.marks);
        self.queries.clone_from(&place.queries);
        self.export.clone_from(&place.export);
        self.searches.clone_from(&place.searches);
        if let Some(query) = &place.query
            && self.filter.change(query, "").is_ok()
        {
            self.refilter();
        }
        let entry = place.entry.as_deref().and_then(|id| self.timeline.named(id));
        if let Some(entry) = entry {
            self.select_entry(entry);
        }
        self.settle();
    }
}

/// The selected entry in the user's editor.
pub fn edit(state: &mut State) -> Vec<Effect> {
    let Some(entry) = state.selected() else { return Vec::new() };
    let file = state.timeline.dataset_of(entry).path().to_owned();
    vec![Effect::Edit { file, line: state.timeline.line_of(entry) }]
}
