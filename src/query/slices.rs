//! A test of many entries, in slices: on all cores, and given up as soon as nobody wants it.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

/// How many entries are tested between two questions whether to go on.
const SLICE: usize = 4096;

/// From how many slices on it is worth waking other cores.
const MANY: usize = 4;

/// What is picked of the numbers below `count`, in order; nothing once `go_on` says no.
pub(super) fn picked<T: Send>(
    count: usize,
    go_on: impl Fn() -> bool + Sync,
    pick: impl Fn(usize) -> Option<T> + Sync,
) -> Option<Vec<T>> {
    let test = |slice: Range<usize>| slice.filter_map(&pick).collect::<Vec<_>>();
    let slices = each(count, SLICE, go_on, test)?;
    let mut all = Vec::with_capacity(slices.iter().map(Vec::len).sum());
    // Each goes as soon as it is taken, so that there is never room for all of them twice.
    slices.into_iter().for_each(|slice| all.extend(slice));
    Some(all)
}

/// What comes of each slice of the numbers below `count`, in order; nothing once `go_on` says no,
/// which is asked before each.
pub(super) fn each<T: Send>(
    count: usize,
    size: usize,
    go_on: impl Fn() -> bool + Sync,
    work: impl Fn(Range<usize>) -> T + Sync,
) -> Option<Vec<T>> {
    let next = AtomicUsize::new(0);
    let stopped = AtomicBool::new(false);
    let some = || {
        let mut done: Vec<(usize, T)> = Vec::new();
        loop {
            if stopped.load(Ordering::Relaxed) || !go_on() {
                stopped.store(true, Ordering::Relaxed);
                return done;
            }
            let from = next.fetch_add(size, Ordering::Relaxed);
            if from >= count {
                return done;
            }
            done.push((from, work(from..count.min(from + size))));
        }
    };
    let mut slices = if count < MANY * size {
        some()
    } else {
        let others = thread::available_parallelism().map_or(1, usize::from) - 1;
        thread::scope(|scope| {
            let others: Vec<_> = (0..others).map(|_| scope.spawn(some)).collect();
            let mut done = some();
            for other in others {
                match other.join() {
                    Ok(slices) => done.extend(slices),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            done
        })
    };
    if stopped.into_inner() {
        return None;
    }
    slices.sort_unstable_by_key(|(from, _)| *from);
    Some(slices.into_iter().map(|(_, done)| done).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_come_in_order_or_not_at_all() {
        for count in [0, 1, SLICE, SLICE + 1, MANY * SLICE, 10 * MANY * SLICE + 7] {
            let third = |number| (number % 3 == 0).then_some(number);
            let third = picked(count, || true, third);
            assert_eq!(third, Some((0..count).step_by(3).collect()), "{count}");
            assert_eq!(picked(count, || false, Some), None, "{count}");
        }
        let asked = AtomicUsize::new(0);
        let three_times = || asked.fetch_add(1, Ordering::Relaxed) < 3;
        assert_eq!(picked(10 * MANY * SLICE, three_times, Some), None);
    }
}
