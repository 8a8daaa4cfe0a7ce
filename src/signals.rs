//! Signals that end the program: nothing half done is left behind, and the terminal is given back.
//!
//! A thread of its own hears them, so that they are heard whatever the others wait for: a disk, a
//! terminal that takes no output, a program that has the terminal. A command ends at once, as the
//! signal asks, once its unfinished files are gone. The screen is told, and ends in order: its
//! place is kept. When it does not soon, or at the second signal, it is ended from here.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXFSZ};
use signal_hook::iterator::Signals;
use signal_hook::{flag, low_level};

/// What ends the program.
const ENDING: [i32; 4] = [SIGTERM, SIGHUP, SIGINT, SIGQUIT];

/// Those that a terminal sends for keys, Ctrl-C and Ctrl-\, to all that run in it.
const KEYS: [i32; 2] = [SIGINT, SIGQUIT];

/// So long the screen has to end in order. With its terminal gone nobody waits for more.
const PATIENCE: Duration = Duration::from_secs(2);
const PATIENCE_WITHOUT_TERMINAL: Duration = Duration::from_millis(700);

/// So long a terminal has to take what gives it back, and a file to come to its place.
const LAST_WORDS: Duration = Duration::from_millis(100);

type Act = Box<dyn Fn() + Send + Sync>;

/// Wakes the screen; set once there is one.
static WAKE: OnceLock<Act> = OnceLock::new();

/// Gives its terminal back.
static GIVE_BACK: OnceLock<Act> = OnceLock::new();

/// The signal that came for the screen, or 0.
static CAME: AtomicI32 = AtomicI32::new(0);

/// Whether another program has the terminal.
static LENT: AtomicBool = AtomicBool::new(false);

/// Files that are not whole yet.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Whether signals are heard.
static HEARD: Mutex<bool> = Mutex::new(false);

/// At the program's start: a file beyond the system's limit is an error of its write, not the
/// program's end.
pub fn begin() {
    // Where that cannot be had, the program ends as the system says.
    let _ = flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)));
}

/// From now on a signal wakes the screen rather than ending the program.
///
/// # Errors
///
/// The system lets us hear no signals.
pub fn wake_with(wake: impl Fn() + Send + Sync + 'static) -> io::Result<()> {
    let _ = WAKE.set(Box::new(wake));
    listen(|_| true)
}

/// How the terminal is given back; it may be called more than once.
pub fn give_back_with(give_back: impl Fn() + Send + Sync + 'static) {
    let _ = GIVE_BACK.set(Box::new(give_back));
}

/// The signal that came for the screen, if one did.
pub fn came() -> Option<i32> {
    Some(CAME.load(Ordering::SeqCst)).filter(|signal| *signal != 0)
}

/// Leaves Ctrl-C and Ctrl-\ to another program that has the terminal, or takes them back.
pub fn lend(lent: bool) {
    LENT.store(lent, Ordering::SeqCst);
}

/// A file that goes when the program is ended before it is whole.
#[derive(Debug)]
pub struct Listed(PathBuf);

impl Drop for Listed {
    fn drop(&mut self) {
        unfinished().retain(|path| *path != self.0);
    }
}

/// Creates a file that goes when the program is ended before what this gives is dropped.
///
/// # Errors
///
/// Those of `create`.
pub fn listed<F>(
    create: impl FnOnce() -> io::Result<F>,
    path: impl Fn(&F) -> &Path,
) -> io::Result<(F, Listed)> {
    // Where no signal is heard, the file is left, and taken away by a later run.
    let _ = listen(|signal| !is_ignored(signal));
    let mut unfinished = unfinished();
    let file = create()?;
    let path = path(&file).to_owned();
    unfinished.push(path.clone());
    Ok((file, Listed(path)))
}

/// While this is held no unfinished file is taken away: one may be changing places with a whole one.
pub fn hold() -> impl Drop {
    unfinished()
}

fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

fn listen(which: impl Fn(i32) -> bool) -> io::Result<()> {
    let mut heard = HEARD.lock().unwrap_or_else(PoisonError::into_inner);
    if *heard {
        return Ok(());
    }
    let mut signals = Signals::new(ENDING.into_iter().filter(|signal| which(*signal)))?;
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || signals.forever().for_each(hear))?;
    *heard = true;
    Ok(())
}

/// Whether whoever started the program wants the signal to do nothing, as `nohup` does. Only Linux
/// tells.
fn is_ignored(signal: i32) -> bool {
    let Ok(status) = fs::read_to_string("/proc/self/status") else { return false };
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    ignored >> (signal - 1) & 1 == 1
}

fn hear(signal: i32) {
    let Some(wake) = WAKE.get() else {
        take_away_unfinished();
        let _ = low_level::emulate_default_handler(signal);
        return;
    };
    let lent = || LENT.load(Ordering::SeqCst);
    if lent() && KEYS.contains(&signal) {
        return;
    }
    if let Err(first) = CAME.compare_exchange(0, signal, Ordering::SeqCst, Ordering::SeqCst) {
        end(first);
    }
    wake();
    thread::spawn(move || {
        let gone = signal == SIGHUP;
        thread::sleep(if gone { PATIENCE_WITHOUT_TERMINAL } else { PATIENCE });
        // An editor is not left alone in a terminal that the shell has, too.
        if gone || !lent() {
            end(signal);
        }
    });
}

/// Ends the program here and now.
fn end(signal: i32) -> ! {
    let (done, given_back) = channel();
    // A terminal that takes nothing any more is not waited for.
    thread::spawn(move || {
        GIVE_BACK.get().into_iter().for_each(|give_back| give_back());
        done.send(()).unwrap_or_default();
    });
    let _ = given_back.recv_timeout(LAST_WORDS);
    take_away_unfinished();
    low_level::exit(128 + signal)
}

fn take_away_unfinished() {
    let begun = Instant::now();
    let unfinished = loop {
        match UNFINISHED.try_lock() {
            Ok(unfinished) => break unfinished,
            Err(TryLockError::Poisoned(unfinished)) => break unfinished.into_inner(),
            // The next write into that folder takes away what is left.
            Err(TryLockError::WouldBlock) if begun.elapsed() > LAST_WORDS => return,
            Err(TryLockError::WouldBlock) => thread::yield_now(),
        }
    };
    for path in unfinished.iter() {
        let _ = fs::remove_file(path);
    }
    // Held until the end: nothing more is begun.
    std::mem::forget(unfinished);
}
