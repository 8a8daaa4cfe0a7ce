//! Waiting for whatever comes first: keys, news from other threads, a signal, or a time.
//!
//! One `poll` on the terminal and on a pair of sockets that threads and signals ring. Nothing
//! goes round while nothing happens.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::consts::{SIGCONT, SIGWINCH};
use signal_hook::{flag, low_level};

use crate::signals;

/// As many bytes are read at once.
const CHUNK: usize = 4096;

/// Wakes the thread that waits.
#[derive(Clone, Debug)]
pub struct Bell(Arc<UnixStream>);

impl Bell {
    /// A bell that rings, and what hears it.
    pub(super) fn pair() -> io::Result<(UnixStream, Bell)> {
        let (rung, bell) = UnixStream::pair()?;
        rung.set_nonblocking(true)?;
        bell.set_nonblocking(true)?;
        Ok((rung, Bell(Arc::new(bell))))
    }

    /// Wakes it.
    pub fn ring(&self) {
        // A full pipe wakes as well as one more byte.
        let _ = (&*self.0).write(&[1]);
    }
}

/// Where keys come from: standard input, or the terminal itself where that is a dataset.
enum Keyboard {
    Standard(io::Stdin),
    Terminal(File),
}

impl Keyboard {
    fn open() -> io::Result<Keyboard> {
        let input = io::stdin();
        if input.is_terminal() {
            return Ok(Keyboard::Standard(input));
        }
        Ok(Keyboard::Terminal(File::options().read(true).write(true).open("/dev/tty")?))
    }

    fn fd(&self) -> BorrowedFd<'_> {
        match self {
            Keyboard::Standard(input) => input.as_fd(),
            Keyboard::Terminal(file) => file.as_fd(),
        }
    }
}

/// What woke us.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Woken {
    /// What came from the terminal.
    pub bytes: Vec<u8>,
    /// The terminal is gone.
    pub gone: bool,
}

/// The signals that came for the screen; those that end it are heard by [`signals`].
pub struct Signals {
    resized: Arc<AtomicBool>,
    continued: Arc<AtomicBool>,
}

impl Signals {
    fn listen(bell: &Bell) -> io::Result<Signals> {
        let listen = |signal: i32| {
            let flag = Arc::new(AtomicBool::new(false));
            flag::register(signal, Arc::clone(&flag))?;
            low_level::pipe::register(signal, bell.0.try_clone()?)?;
            io::Result::Ok(flag)
        };
        let wake = bell.clone();
        signals::wake_with(move || wake.ring())?;
        Ok(Signals { resized: listen(SIGWINCH)?, continued: listen(SIGCONT)? })
    }

    /// The signal that ends the program, if one came.
    pub fn ending(&self) -> Option<i32> {
        signals::came()
    }

    /// Whether the terminal has another size since last asked.
    pub fn resized(&self) -> bool {
        self.resized.swap(false, Ordering::SeqCst)
    }

    /// Whether the program was stopped and goes on, since last asked.
    pub fn continued(&self) -> bool {
        self.continued.swap(false, Ordering::SeqCst)
    }
}

/// What is waited for.
pub struct Waiting {
    keyboard: Keyboard,
    rung: UnixStream,
    bell: Bell,
    /// The signals that came.
    pub signals: Signals,
}

impl Waiting {
    /// Opens the keyboard and listens to signals.
    pub fn new() -> io::Result<Waiting> {
        let (rung, bell) = Bell::pair()?;
        let signals = Signals::listen(&bell)?;
        Ok(Waiting { keyboard: Keyboard::open()?, rung, bell, signals })
    }

    /// What other threads ring.
    pub fn bell(&self) -> Bell {
        self.bell.clone()
    }

    /// The keyboard for a program that gets the terminal.
    pub fn keyboard(&self) -> io::Result<Stdio> {
        Ok(Stdio::from(self.keyboard.fd().try_clone_to_owned()?))
    }

    /// Waits until something comes, or a time.
    pub fn wait(&mut self, until: Option<Instant>) -> io::Result<Woken> {
        let timeout = until.map(|until| {
            let left = until.saturating_duration_since(Instant::now());
            Timespec::try_from(left).unwrap_or_default()
        });
        let mut asked = [
            PollFd::from_borrowed_fd(self.keyboard.fd(), PollFlags::IN),
            PollFd::from_borrowed_fd(self.rung.as_fd(), PollFlags::IN),
        ];
        match poll(&mut asked, timeout.as_ref()) {
            Ok(_) => {}
            // A signal; its flag says which.
            Err(Errno::INTR) => return Ok(Woken::default()),
            Err(error) => return Err(error.into()),
        }
        let [keys, rung] = asked.map(|asked| asked.revents());
        if rung.contains(PollFlags::IN) {
            self.silence();
        }
        let mut woken = Woken::default();
        if !keys.is_empty() {
            self.read(&mut woken)?;
        }
        Ok(woken)
    }

    /// Reads what the terminal sent. It is gone when it has nothing to give though it says so.
    fn read(&mut self, woken: &mut Woken) -> io::Result<()> {
        let mut chunk = [0; CHUNK];
        match rustix::io::read(self.keyboard.fd(), &mut chunk) {
            Ok(0) => woken.gone = true,
            Ok(count) => woken.bytes.extend_from_slice(chunk.get(..count).unwrap_or_default()),
            Err(Errno::INTR | Errno::AGAIN) => {}
            Err(Errno::IO | Errno::BADF | Errno::NXIO | Errno::NODEV) => woken.gone = true,
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    fn silence(&mut self) {
        let mut bytes = [0; 256];
        while self.rung.read(&mut bytes).is_ok_and(|count| count == bytes.len()) {}
    }
}
