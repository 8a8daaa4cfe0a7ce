//! The terminal's modes: taken on, and given back whatever happens.

use std::io::{self, BufWriter, Stdout, Write, stdout};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Once};
use std::thread::{self, ThreadId};

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, disable_raw_mode, enable_raw_mode,
};
use ratatui::crossterm::{execute, queue};

use crate::tui::draw::draw;
use crate::tui::state::State;

/// The other screen, bracketed paste, news of focus.
const SETUP: &str = "\x1b[?1049h\x1b[?2004h\x1b[?1004h";

/// Buttons, drags and the wheel, told in SGR; not every move.
const MOUSE: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";

/// All of it off, the cursor and plain text back.
const RESTORE: &str =
    "\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?1004l\x1b[?2004l\x1b[0m\x1b[?1049l\x1b[?25h";

/// One write for each frame: a frame is never seen half-drawn for want of a system call.
const BUFFER: usize = 1 << 16;

/// The terminal while it is ours.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
    mouse: bool,
    taken: Arc<AtomicBool>,
}

impl Screen {
    /// Takes the terminal.
    pub fn take(mouse: bool) -> io::Result<Screen> {
        let taken = Arc::new(AtomicBool::new(false));
        restore_on_panic(Arc::clone(&taken), thread::current().id());
        let mut screen = Screen { terminal: terminal()?, mouse, taken };
        screen.enter()?;
        Ok(screen)
    }

    /// Takes the terminal again after [`Screen::leave`]; every cell is drawn anew.
    pub fn enter(&mut self) -> io::Result<()> {
        self.taken.store(true, Ordering::SeqCst);
        enable_raw_mode()?;
        let mut out = stdout();
        out.write_all(SETUP.as_bytes())?;
        if self.mouse {
            out.write_all(MOUSE.as_bytes())?;
        }
        out.flush()?;
        self.forget()
    }

    /// Takes what the shell may have changed while we were stopped.
    pub fn enter_again(&mut self) -> io::Result<()> {
        disable_raw_mode()?;
        self.enter()
    }

    /// Gives the terminal back.
    pub fn leave(&mut self) -> io::Result<()> {
        give_back(&self.taken)
    }

    /// Forgets what is on the screen: the next frame is drawn whole.
    pub fn forget(&mut self) -> io::Result<()> {
        let mut out = stdout();
        out.write_all(b"\x1b[0m\x1b[2J")?;
        out.flush()?;
        // Not `clear`, which asks the terminal for its cursor and waits for the answer.
        self.terminal = terminal()?;
        self.terminal.hide_cursor()
    }

    /// Draws a frame, which a terminal that can shows all at once (DEC private mode 2026).
    pub fn draw(&mut self, state: &State) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| draw(state, frame))?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)
    }

    /// Width and height, in cells.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        let size = self.terminal.size()?;
        Ok((size.width, size.height))
    }

    /// Sends the terminal something that leaves no mark on the screen.
    pub fn send(&mut self, sequence: &str) -> io::Result<()> {
        let mut out = stdout();
        out.write_all(sequence.as_bytes())?;
        out.flush()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // A terminal that is gone cannot be mended.
        let _ = self.leave();
    }
}

fn terminal() -> io::Result<Terminal<CrosstermBackend<BufWriter<Stdout>>>> {
    Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(BUFFER, stdout())))
}

fn give_back(taken: &AtomicBool) -> io::Result<()> {
    if !taken.swap(false, Ordering::SeqCst) {
        return Ok(());
    }
    let raw = disable_raw_mode();
    let mut out = stdout();
    out.write_all(RESTORE.as_bytes())?;
    out.flush()?;
    raw
}

/// A panic of the thread that draws is told on the terminal as it was before. One of another
/// thread is told by what waits for it: its words on the screen would be noise.
fn restore_on_panic(taken: Arc<AtomicBool>, drawing: ThreadId) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if thread::current().id() == drawing {
                let _ = give_back(&taken);
            } else if taken.load(Ordering::SeqCst) {
                return;
            }
            before(info);
        }));
    });
}
