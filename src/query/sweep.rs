//! Words in the whole text of a timeline at once, for when most of its records are asked for them:
//! a record is looked at only where they stand.

use std::hint::black_box;
use std::ops::Range;

use crate::model::{EntryIndex, Timeline, Writing};
use crate::query::scan::{Glance, Hits, Scan};
use crate::query::slices::each;

/// How many records are gone through between two questions whether to go on; few in
/// tests, so that what lies between two slices is tried too.
const SLICE: usize = if cfg!(test) { 2 } else { 1024 };

/// Records are looked at one by one where more than one in so many have to be.
const FEW: usize = 4;

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
            if timeline.writing(index) != Writing::Plain || timeline.needs_folding(index) {
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

/// So many in a slice are looked at before it is asked whether they are many; none in tests, so
/// that both ways are tried.
const SOME: usize = if cfg!(test) { 0 } else { 8 };

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
    let mut looked = 0;
    while record < records.end {
        // One after the other where many have the words, else from one that may to the next.
        if looked <= SOME + (record - records.start) / FEW {
            let Some(hit) = next_fit(scan, whole, &mut hits, start(record)) else { break };
            while record + 1 < records.end && start(record + 1) <= hit {
                record += 1;
            }
        }
        let own = start(record)..start(record + 1);
        let glance = known.get_mut(record - records.start);
        if let Some(glance) = glance.filter(|known| **known == Glance::No) {
            *glance = scan.in_record(whole, own.clone());
        }
        run_through(whole.as_bytes().get(own).unwrap_or_default());
        looked += 1;
        record += 1;
    }
    known
}

/// The first place from one on around which all of the words may stand.
fn next_fit(scan: &Scan, text: &str, hits: &mut Hits<'_>, mut from: usize) -> Option<usize> {
    loop {
        let hit = hits.next_from(from)?;
        if scan.fits_at(text, hit) {
            return Some(hit);
        }
        from = hit + 1;
    }
}

/// Looks at every line of memory in some bytes: those behind them come twice as soon in one stream
/// as with leaps.
fn run_through(bytes: &[u8]) {
    const LINE: usize = 64;
    black_box(bytes.iter().step_by(LINE).fold(0, |all, byte| all | byte));
}
