//! Entries sorted into lanes.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::thread;

use crate::model::{EntryIndex, Kind, SourceIndex, SpeakerIndex, Timeline};
use crate::text::visible;
use crate::view::extent::Extent;
use crate::view::lanes::{Lane, LaneBy, LaneOrder, Lanes, Mark, Stab};
use crate::when::Day;

/// From how many entries on it is worth waking another core.
const MANY: usize = 20_000;

impl Lanes {
    /// Sorts the entries on show, which are in chronological order, into lanes. Takes time in
    /// proportion to their number.
    pub fn new(timeline: &Timeline, shown: &[EntryIndex], by: LaneBy, order: LaneOrder) -> Self {
        let (whole, mut lanes) = if shown.len() < MANY {
            (Whole::of(timeline, shown), fill(timeline, shown, by))
        } else {
            thread::scope(|scope| {
                let whole = scope.spawn(|| Whole::of(timeline, shown));
                let lanes = fill(timeline, shown, by);
                match whole.join() {
                    Ok(whole) => (whole, lanes),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            })
        };
        name(timeline, by, &mut lanes);
        match order {
            LaneOrder::First => lanes.sort_by_cached_key(|(_, lane)| {
                let first = lane.marks.iter().map(|mark| mark.entry).min();
                (first.is_none(), first)
            }),
            LaneOrder::Count => lanes.sort_by_key(|(_, lane)| Reverse(lane.len())),
            LaneOrder::Name => lanes.sort_by_cached_key(|(_, lane)| lane.name.to_lowercase()),
        }
        lanes.sort_by_key(|(key, _)| key.is_none());
        let lanes = lanes.into_iter().map(|(_, lane)| lane).collect();
        let Whole { marked, span, gaps } = whole;
        Lanes { by, lanes, marked, span, gaps: gaps.into() }
    }
}

/// What holds of all lanes together.
struct Whole {
    marked: Vec<EntryIndex>,
    span: Option<(Day, Day)>,
    gaps: Vec<(Day, Day)>,
}

impl Whole {
    fn of(timeline: &Timeline, shown: &[EntryIndex]) -> Whole {
        let mut marks = Marks::with_capacity(shown.len());
        // Days known exactly come in order, and many entries share one.
        let mut exact: Vec<(Day, Day)> = Vec::new();
        let mut others: Vec<(Day, Day)> = Vec::new();
        for entry in shown.iter().copied() {
            let Some(extent) = Extent::of_entry(timeline, entry) else { continue };
            marks.add(extent, entry);
            for edge in extent.edges.into_iter().flatten() {
                let edges = if extent.first == extent.last { &mut exact } else { &mut others };
                if edges.last() != Some(&edge) {
                    edges.push(edge);
                }
            }
        }
        exact.append(&mut others);
        exact.sort_unstable();
        let marked = marks.in_order().iter().map(|mark| mark.entry).collect();
        Whole { marked, span: span(&exact), gaps: gaps(&exact) }
    }
}

/// Marks as they come. Those of exact days come in the order of entries, and need no sorting.
#[derive(Default)]
struct Marks {
    exact: Vec<Mark>,
    others: Vec<Mark>,
}

impl Marks {
    fn with_capacity(count: usize) -> Self {
        Marks { exact: Vec::with_capacity(count), others: Vec::new() }
    }

    fn add(&mut self, extent: Extent, entry: EntryIndex) {
        let mark = Mark::new(extent.mark, entry);
        let exact = extent.first == extent.last && self.exact.last().is_none_or(|it| *it < mark);
        if exact { &mut self.exact } else { &mut self.others }.push(mark);
    }

    /// All, the others put in where they belong, from the end on.
    fn in_order(self) -> Vec<Mark> {
        let Marks { exact: mut marks, mut others } = self;
        others.sort_unstable();
        let mut left = marks.len();
        marks.reserve_exact(others.len());
        marks.resize(left + others.len(), Mark::new(0, EntryIndex(0)));
        let mut to = marks.len();
        while let Some(other) = others.last().copied() {
            to -= 1;
            match left.checked_sub(1).map(|at| (at, marks[at])) {
                Some((at, exact)) if exact > other => {
                    marks[to] = exact;
                    left = at;
                }
                _ => {
                    marks[to] = other;
                    others.pop();
                }
            }
        }
        marks
    }
}

/// The lanes in the order of first appearance, each with the number of the tag, source, … that it
/// stands for; with none for the entries that have none.
fn fill(timeline: &Timeline, shown: &[EntryIndex], by: LaneBy) -> Vec<(Option<u32>, Lane)> {
    let mut lanes: Vec<(Option<u32>, Filling)> = Vec::new();
    let mut keys = Vec::new();
    let slot = |key: Option<u32>| key.map_or(0, |key| key as usize + 1);
    // Counted first, so that each lane takes no more room than it needs.
    let mut counts: Vec<usize> = Vec::new();
    for entry in shown.iter().copied() {
        lane_keys(timeline, entry, by, &mut keys);
        for slot in keys.iter().copied().map(slot) {
            if counts.len() <= slot {
                counts.resize(slot + 1, 0);
            }
            counts[slot] += 1;
        }
    }
    let mut known: Vec<Option<usize>> = vec![None; counts.len()];
    for entry in shown.iter().copied() {
        let extent = Extent::of_entry(timeline, entry);
        lane_keys(timeline, entry, by, &mut keys);
        for key in keys.iter().copied() {
            let slot = slot(key);
            let at = *known[slot].get_or_insert_with(|| {
                let marks = Marks::with_capacity(counts[slot]);
                lanes.push((key, Filling { marks, ..Filling::default() }));
                lanes.len() - 1
            });
            if let Some((_, filling)) = lanes.get_mut(at) {
                filling.add(entry, extent);
            }
        }
    }
    lanes.into_iter().map(|(key, filling)| (key, filling.lane())).collect()
}

/// The lanes in which an entry stands, each once.
fn lane_keys(timeline: &Timeline, entry: EntryIndex, by: LaneBy, keys: &mut Vec<Option<u32>>) {
    keys.clear();
    match by {
        LaneBy::Speaker => {
            keys.extend(timeline.speaker_of(entry).map(|at| Some(timeline.person(at).0)));
        }
        LaneBy::Tag => keys.extend(timeline.tags_of(entry).iter().map(|index| Some(index.0))),
        LaneBy::Source => {
            keys.extend(timeline.sources_of(entry).iter().map(|at| Some(timeline.work(*at).0)));
        }
        LaneBy::Place => keys.extend(timeline.place_of(entry).map(|index| Some(index.0))),
        LaneBy::Kind => match timeline.kind(entry) {
            Kind::Statement => keys.push(Some(0)),
            Kind::Event => {}
        },
    }
    keys.sort_unstable();
    keys.dedup();
    if keys.is_empty() {
        keys.push(None);
    }
}

/// Gives every lane its name.
fn name(timeline: &Timeline, by: LaneBy, lanes: &mut [(Option<u32>, Lane)]) {
    let mut short: HashMap<&str, usize> = HashMap::new();
    if by == LaneBy::Speaker {
        for index in lanes.iter().filter_map(|(key, _)| *key) {
            *short.entry(timeline.speaker(SpeakerIndex(index)).short_name()).or_default() += 1;
        }
    }
    for (key, lane) in lanes {
        let name = match (key, by) {
            (None, by) => by.without().to_owned(),
            (Some(index), LaneBy::Speaker) => {
                lane.speaker = Some(SpeakerIndex(*index));
                let speaker = timeline.speaker(SpeakerIndex(*index));
                let shared = short.get(speaker.short_name()).is_some_and(|count| *count > 1);
                if shared { speaker.name.clone() } else { speaker.short_name().to_owned() }
            }
            (Some(index), LaneBy::Tag) => {
                timeline.tags().name(crate::model::NameIndex(*index)).to_owned()
            }
            (Some(index), LaneBy::Place) => {
                timeline.places().name(crate::model::NameIndex(*index)).to_owned()
            }
            (Some(index), LaneBy::Source) => timeline.source(SourceIndex(*index)).citation(),
            (Some(_), LaneBy::Kind) => "statements".to_owned(),
        };
        lane.name = visible(&name).into_owned();
    }
}

/// A lane as it fills.
#[derive(Default)]
struct Filling {
    lane: Lane,
    marks: Marks,
    firm: Vec<(Day, Day, EntryIndex)>,
    loose: Vec<(Day, Day, EntryIndex)>,
    soft_start: Vec<(Day, Day, EntryIndex)>,
    soft_end: Vec<(Day, Day, EntryIndex)>,
}

impl Filling {
    fn add(&mut self, entry: EntryIndex, extent: Option<Extent>) {
        let lane = &mut self.lane;
        let Some(extent) = extent else {
            lane.undated.push(entry);
            return;
        };
        self.marks.add(extent, entry);
        if let Some((first, last)) = extent.firm {
            self.firm.push((first, last, entry));
        }
        // An exact day is its mark and no bar, however many columns it has.
        let days = (extent.first, extent.last, entry);
        if extent.first < extent.last {
            self.loose.push(days);
        }
        if extent.soft_start {
            self.soft_start.push(days);
        }
        if extent.soft_end {
            self.soft_end.push(days);
        }
        if extent.onwards && lane.onwards.is_none_or(|(day, _)| extent.mark < day) {
            lane.onwards = Some((extent.mark, entry));
        }
        if extent.before && lane.before.is_none_or(|(day, _)| extent.mark > day) {
            lane.before = Some((extent.mark, entry));
        }
    }

    fn lane(self) -> Lane {
        let mut lane = self.lane;
        lane.marks = self.marks.in_order();
        lane.firm = Stab::new(self.firm);
        lane.loose = Stab::new(self.loose);
        lane.soft_start = Stab::new(self.soft_start);
        lane.soft_end = Stab::new(self.soft_end);
        lane
    }
}

fn span(edges: &[(Day, Day)]) -> Option<(Day, Day)> {
    let first = edges.first()?.0;
    let last = edges.iter().map(|(_, last)| *last).max()?;
    Some((first, last))
}

/// The stretches between sorted ones that none of them touches, of at least a week.
fn gaps(edges: &[(Day, Day)]) -> Vec<(Day, Day)> {
    const LEAST: i128 = 7;
    let mut gaps = Vec::new();
    let Some((_, mut reach)) = edges.first().copied() else { return gaps };
    for (first, last) in edges.iter().copied() {
        if i128::from(first) - i128::from(reach) > LEAST {
            gaps.push((reach + 1, first - 1));
        }
        reach = reach.max(last);
    }
    gaps
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::when::When;

    proptest! {
        #[test]
        fn marks_come_in_order(days in proptest::collection::vec((1u8..29, any::<bool>()), 0..30)) {
            let mut marks = Marks::default();
            let mut all = Vec::new();
            for (number, (day, month)) in (0..).zip(days) {
                let date = if month { "2022-05".to_owned() } else { format!("2022-05-{day:02}") };
                let extent = Extent::of(&When::parse(&date).unwrap()).unwrap();
                marks.add(extent, EntryIndex(number));
                all.push(Mark::new(extent.mark, EntryIndex(number)));
            }
            all.sort_unstable();
            prop_assert_eq!(marks.in_order(), all);
        }
    }
}
