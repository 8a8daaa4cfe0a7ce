//! Words in the whole text of a timeline at once, for when most of its records are asked for them:
//! a record is looked at only where they stand.

use std::ops::Range;

use crate::model::{EntryIndex, Timeline, Writing};
use crate::query::scan::{Glance, Scan};
use crate::query::slices::each;

/// How many records are gone through between two questions whether to go on; few in
/// tests, so that what lies between two slices is tried too.
const SLICE: usize = if cfg!(test) { 2 } else { 1024 };

/// What the texts say of each record, by dataset and number.
#[derive(Debug)]
pub(super) struct Swept(Vec<Vec<Glance>>);

impl Swept {
    /// Goes through all texts; nothing once `go_on` says no.
    pub(super) fn new(
        timeline: &Timeline,
        scan: &Scan,
        go_on: impl Fn() -> bool + Sync,
    ) -> Option<Self> {
        let texts = (0..).map_while(|dataset| timeline.laid_out(dataset));
        let mut glances: Vec<Vec<Glance>> =
            texts.map(|(_, starts)| vec![Glance::No; starts.len()]).collect();
        // Where a text does not show what a record says, only the record does.
        for index in timeline.indexes() {
            if timeline.writing(index) != Writing::Plain {
                set(&mut glances, timeline.record_of(index), Glance::Perhaps);
            }
        }
        for (dataset, known) in (0..).zip(&mut glances) {
            let Some((text, starts)) = timeline.laid_out(dataset) else { continue };
            let seen = each(starts.len(), SLICE, &go_on, |records| {
                let known = known.get(records.clone()).unwrap_or_default().to_vec();
                sweep(text, starts, records, known, scan)
            })?;
            *known = seen.concat();
        }
        Some(Swept(glances))
    }

    /// What the texts say of an entry.
    pub(super) fn glance(&self, timeline: &Timeline, index: EntryIndex) -> Glance {
        let (dataset, record) = timeline.record_of(index);
        let glances = self.0.get(dataset as usize);
        let glance = glances.and_then(|glances| glances.get(record as usize));
        glance.copied().unwrap_or(Glance::Perhaps)
    }
}

fn set(glances: &mut [Vec<Glance>], (dataset, record): (u32, u32), glance: Glance) {
    let glances = glances.get_mut(dataset as usize);
    if let Some(known) = glances.and_then(|glances| glances.get_mut(record as usize)) {
        *known = glance;
    }
}

/// What a text says of some records, given what is known of them: that the text does not tell, or
/// nothing but that they are plainly written.
fn sweep(
    text: &str,
    starts: &[u32],
    records: Range<usize>,
    mut known: Vec<Glance>,
    scan: &Scan,
) -> Vec<Glance> {
    let start = |record: usize| starts.get(record).map_or(text.len(), |start| *start as usize);
    let Some(whole) = text.get(..start(records.end)) else { return known };
    let mut hits = scan.hits(whole);
    let mut record = records.start;
    let mut from = start(record);
    while let Some(hit) = hits.next_from(from) {
        if !scan.fits_at(whole, hit) {
            from = hit + 1;
            continue;
        }
        while record + 1 < records.end && start(record + 1) <= hit {
            record += 1;
        }
        let (begin, end) = (start(record), start(record + 1));
        // Never back, whatever the starts say.
        from = end.max(hit + 1);
        let glance = known.get_mut(record - records.start).filter(|known| **known == Glance::No);
        if let (Some(glance), Some(own)) = (glance, whole.get(begin..end)) {
            *glance = scan.in_record_from(own, hit.saturating_sub(begin));
        }
    }
    known
}
