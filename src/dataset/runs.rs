//! The list of entries, read in runs at the same time on all cores.
//!
//! The text is cut where entries seem to begin, and each run is read from such a guess. A run
//! counts only if the one before it ended exactly where it began, which is all that matters of
//! what came before; whatever was guessed wrong is read again in order. So the answer is always
//! that of reading one entry after the other.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use crate::dataset::entries::{List, Run, next_entry};
use crate::dataset::lines::Lines;
use crate::dataset::problem::Flaws;
use crate::dataset::references::Usage;
use crate::model::{Batch, TimelineBuilder};

/// How many bytes a run is long, unless an entry is longer.
pub(super) const RUN: usize = 1 << 20;

/// How many runs are held for each thread while one before them is waited for.
const EARLY: usize = 4;

/// All runs put together; their batches go to the builder one by one, so that no two of a large
/// dataset's entries are held at once.
pub(super) struct Whole<'a> {
    builder: &'a mut TimelineBuilder,
    /// The last batch, to be handed over when what follows it is known.
    last: Batch,
    /// Where each record begins, in bytes.
    pub starts: Vec<u32>,
    pub flaws: Flaws,
    pub usage: Usage,
    pub broken: HashMap<String, Range<usize>>,
    pub loose: Vec<(String, Range<usize>)>,
    /// How many entries have errors.
    pub left_out: usize,
    /// From where on nothing could be read.
    pub stopped: Option<usize>,
    /// The lines of the text, up to where all is read.
    pub lines: Lines,
}

/// Where runs may begin: at `from`, and at the first line after each run's length that begins an
/// entry.
fn guesses(list: List<'_>, from: usize, run: usize) -> Vec<usize> {
    let mut guesses = vec![from];
    let mut last = from;
    loop {
        let mut after = last.saturating_add(run.max(1));
        if after >= list.end {
            return guesses;
        }
        while !list.text.is_char_boundary(after) {
            after += 1;
        }
        match next_entry(list.text, after) {
            Some(next) if next.at < list.end => last = next.at,
            _ => return guesses,
        }
        guesses.push(last);
    }
}

fn read_guesses(list: List<'_>, guesses: &[usize], whole: &mut Whole<'_>) {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(guesses.len());
    let taken = AtomicUsize::new(0);
    let stop = AtomicBool::new(false);
    let until = |number: usize| guesses.get(number + 1).copied().unwrap_or(usize::MAX);
    thread::scope(|scope| {
        // Those who read wait for the one who puts together, so that few runs are held at once.
        let (done, ready) = mpsc::sync_channel(threads);
        for _ in 0..threads {
            let done = done.clone();
            let (taken, stop, until) = (&taken, &stop, &until);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let number = taken.fetch_add(1, Ordering::Relaxed);
                    let Some(from) = guesses.get(number) else { return };
                    let run = list.read(*from, until(number), Flaws::default());
                    if done.send((number, run)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(done);
        let mut early: HashMap<usize, Run> = HashMap::new();
        let mut at = guesses.first().copied();
        for (number, from) in guesses.iter().enumerate() {
            let mut run = early.remove(&number);
            // One that is late is read here, so that the others need not be held for long.
            while run.is_none() && early.len() < EARLY * threads {
                match ready.recv() {
                    Ok((other, read)) if other == number => run = Some(read),
                    Ok((other, read)) if other > number => drop(early.insert(other, read)),
                    Ok(_) => {}
                    Err(_) => break,
                }
            }
            let Some(next) = at else { break };
            match run {
                Some(run) if next == *from && whole.flaws.have_room_for(&run.flaws) => {
                    if number == 0 {
                        whole.expect_alike(&run, guesses);
                    }
                    at = run.next;
                    whole.add(*from, run);
                }
                // One that begins behind the guess has been read as a part of the run before.
                _ if next >= until(number) => {}
                // With more problems than are kept, each depends on how many came before.
                Some(run) if next == *from && !whole.flaws.have_room_for(&run.flaws) => {
                    stop.store(true, Ordering::Relaxed);
                    whole.read_on(list, next, usize::MAX);
                    at = None;
                }
                _ => at = whole.read_on(list, next, until(number)),
            }
        }
        stop.store(true, Ordering::Relaxed);
    });
}

impl<'a> Whole<'a> {
    /// With nothing read yet. `flaws` are those found before.
    pub fn new(builder: &'a mut TimelineBuilder, flaws: Flaws) -> Self {
        Whole {
            builder,
            last: Batch::default(),
            starts: Vec::new(),
            flaws,
            usage: Usage::default(),
            broken: HashMap::new(),
            loose: Vec::new(),
            left_out: 0,
            stopped: None,
            lines: Lines::default(),
        }
    }

    /// Reads the list of entries from `from`, behind its `[`, in runs of so many bytes.
    pub fn read(&mut self, list: List<'_>, from: usize, run: usize) {
        self.lines.count(list.text, 0, from);
        match guesses(list, from, run).as_slice() {
            [] | [_] => {
                self.read_on(list, from, usize::MAX);
            }
            guesses => read_guesses(list, guesses, self),
        }
        self.finish();
    }

    /// Reads only the entries that begin before `until`.
    pub fn read_until(&mut self, list: List<'_>, from: usize, until: usize) {
        self.lines.count(list.text, 0, from);
        self.read_on(list, from, until);
        self.finish();
    }

    fn finish(&mut self) {
        self.last.columns.last_is_followed();
        self.builder.batch(std::mem::take(&mut self.last));
    }

    /// Reads on in order, from where the runs so far ended.
    fn read_on(&mut self, list: List<'_>, from: usize, until: usize) -> Option<usize> {
        let flaws = std::mem::take(&mut self.flaws);
        let run = list.read(from, until, flaws);
        let next = run.next;
        self.add(from, run);
        next
    }

    /// Makes room for as many entries as there are if all runs are like the first.
    fn expect_alike(&mut self, first: &Run, guesses: &[usize]) {
        let times = guesses.len() + guesses.len() / 8 + 1;
        self.builder.reserve(times, &first.batch);
        self.starts.reserve(first.starts.len().saturating_mul(times));
    }

    /// Adds the run that begins where those so far ended.
    fn add(&mut self, from: usize, mut run: Run) {
        if run.starts.first().is_none_or(|start| *start as usize != from) {
            self.last.columns.last_is_followed();
        }
        run.batch.records_before = u32::try_from(self.starts.len()).unwrap_or(u32::MAX);
        self.lines.append(run.lines);
        self.starts.append(&mut run.starts);
        if !run.batch.columns.is_empty() {
            self.builder.batch(std::mem::replace(&mut self.last, run.batch));
        }
        self.flaws.append(run.flaws);
        self.usage.merge(&run.usage);
        for (id, span) in run.broken {
            self.broken.entry(id).or_insert(span);
        }
        self.loose.append(&mut run.loose);
        self.left_out += run.left_out;
        self.stopped = run.stopped;
    }
}
