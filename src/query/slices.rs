//! A test of many entries, in slices: on all cores, and given up as soon as nobody wants it.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

/// How many are tested between two questions whether to go on.
const SLICE: usize = 4096;

/// From how many on it is worth waking other cores.
const MANY: usize = 4 * SLICE;

/// The numbers below `count` for which something holds, in order; nothing once `go_on` says no.
pub(super) fn positions(
    count: usize,
    go_on: impl Fn() -> bool + Sync,
    holds: impl Fn(usize) -> bool + Sync,
) -> Option<Vec<usize>> {
    let next = AtomicUsize::new(0);
    let stopped = AtomicBool::new(false);
    let work = || {
        let mut found: Vec<(usize, Vec<usize>)> = Vec::new();
        loop {
            if stopped.load(Ordering::Relaxed) || !go_on() {
                stopped.store(true, Ordering::Relaxed);
                return found;
            }
            let from = next.fetch_add(SLICE, Ordering::Relaxed);
            if from >= count {
                return found;
            }
            let slice = from..count.min(from + SLICE);
            found.push((from, slice.filter(|number| holds(*number)).collect()));
        }
    };
    let mut slices = if count < MANY {
        work()
    } else {
        let others = thread::available_parallelism().map_or(1, usize::from) - 1;
        thread::scope(|scope| {
            let others: Vec<_> = (0..others).map(|_| scope.spawn(work)).collect();
            let mut found = work();
            for other in others {
                match other.join() {
                    Ok(slices) => found.extend(slices),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            found
        })
    };
    if stopped.into_inner() {
        return None;
    }
    slices.sort_unstable_by_key(|(from, _)| *from);
    let mut all = Vec::with_capacity(slices.iter().map(|(_, slice)| slice.len()).sum());
    slices.iter().for_each(|(_, slice)| all.extend_from_slice(slice));
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_come_in_order_or_not_at_all() {
        for count in [0, 1, SLICE, SLICE + 1, MANY, 10 * MANY + 7] {
            let third = positions(count, || true, |number| number % 3 == 0);
            assert_eq!(third, Some((0..count).step_by(3).collect()), "{count}");
            assert_eq!(positions(count, || false, |_| true), None, "{count}");
        }
        let asked = AtomicUsize::new(0);
        let three_times = || asked.fetch_add(1, Ordering::Relaxed) < 3;
        assert_eq!(positions(10 * MANY, three_times, |_| true), None);
    }
}
