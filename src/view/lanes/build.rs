//! Entries sorted into lanes.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::model::{EntryIndex, Kind, SourceIndex, SpeakerIndex, Timeline};
use crate::text::visible;
use crate::view::extent::Extent;
use crate::view::lanes::{Lane, LaneBy, LaneOrder, Lanes, Mark, Stab};
use crate::when::Day;

impl Lanes {
    /// Sorts the entries on show, which are in chronological order, into lanes. Takes time in
    /// proportion to their number.
    pub fn new(timeline: &Timeline, shown: &[EntryIndex], by: LaneBy, order: LaneOrder) -> Self {
        // Tag, source, … by number; `None` for the entries that have none.
        let mut lanes: Vec<(Option<u32>, Filling)> = Vec::new();
        let mut known: HashMap<Option<u32>, usize> = HashMap::new();
        let mut all = Lanes { by, ..Lanes::default() };
        let mut edges: Vec<(Day, Day)> = Vec::new();
        let mut keys = Vec::new();
        for entry in shown.iter().copied() {
            let extent = Extent::of_entry(timeline, entry);
            if let Some(extent) = extent {
                all.marks.push(Mark { day: extent.mark, entry });
                edges.extend(extent.edges.into_iter().flatten());
            }
            lane_keys(timeline, entry, by, &mut keys);
            for key in keys.iter().copied() {
                let at = *known.entry(key).or_insert_with(|| {
                    lanes.push((key, Filling::default()));
                    lanes.len() - 1
                });
                if let Some((_, filling)) = lanes.get_mut(at) {
                    filling.add(entry, extent);
                }
            }
        }
        all.marks.sort_unstable();
        edges.sort_unstable();
        all.span = span(&edges);
        all.gaps = gaps(&edges).into();
        let mut lanes: Vec<(Option<u32>, Lane)> =
            lanes.into_iter().map(|(key, filling)| (key, filling.lane())).collect();
        name(timeline, by, &mut lanes);
        match order {
            LaneOrder::First => lanes.sort_by_key(|(_, lane)| {
                let first = lane.marks.iter().map(|mark| mark.entry).min();
                (first.is_none(), first)
            }),
            LaneOrder::Count => lanes.sort_by_key(|(_, lane)| Reverse(lane.entries.len())),
            LaneOrder::Name => lanes.sort_by_cached_key(|(_, lane)| lane.name.to_lowercase()),
        }
        lanes.sort_by_key(|(key, _)| key.is_none());
        all.lanes = lanes.into_iter().map(|(_, lane)| lane).collect();
        all
    }
}

/// The lanes in which an entry stands, each once.
fn lane_keys(timeline: &Timeline, entry: EntryIndex, by: LaneBy, keys: &mut Vec<Option<u32>>) {
    keys.clear();
    match by {
        LaneBy::Speaker => keys.extend(timeline.speaker_of(entry).map(|index| Some(index.0))),
        LaneBy::Tag => keys.extend(timeline.tags_of(entry).iter().map(|index| Some(index.0))),
        LaneBy::Source => keys.extend(timeline.sources_of(entry).iter().map(|index| Some(index.0))),
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
    firm: Vec<(Day, Day, EntryIndex)>,
    loose: Vec<(Day, Day, EntryIndex)>,
    soft_start: Vec<(Day, Day, EntryIndex)>,
    soft_end: Vec<(Day, Day, EntryIndex)>,
}

impl Filling {
    fn add(&mut self, entry: EntryIndex, extent: Option<Extent>) {
        let lane = &mut self.lane;
        lane.entries.push(entry);
        let Some(extent) = extent else {
            lane.undated += 1;
            return;
        };
        lane.marks.push(Mark { day: extent.mark, entry });
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
        lane.marks.sort_unstable();
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
