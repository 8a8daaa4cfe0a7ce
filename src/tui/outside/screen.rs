//! The terminal's modes: taken on, and given back whatever happens.

use std::io::{self, Write, stdout};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Once};
use std::thread::{self, ThreadId};
use std::time::Instant;

use ratatui::Terminal;
use ratatui::crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use crate::tui::draw::draw;
use crate::tui::outside::flow::{Flow, QUESTION};
use crate::tui::outside::pen::{Pen, cover};
use crate::tui::state::State;

/// The other screen, bracketed paste, news of focus.
const SETUP: &str = "\x1b[?1049h\x1b[?2004h\x1b[?1004h";

/// Buttons, drags and the wheel, told in SGR; not every move.
const MOUSE: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";

/// All of it off, the cursor and plain text back. Where there is no other screen, as on the Linux
/// console and in GNU Screen unless it is told to, the shell goes on with an empty one.
const RESTORE: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?1004l\x1b[?2004l\x1b[0m\x1b[2J\x1b[1;1H\
                       \x1b[?1049l\x1b[?25h";

/// What is between them a terminal that can shows all at once (DEC private mode 2026).
const BEGIN: &str = "\x1b[?2026h";
const END: &str = "\x1b[?2026l";

/// The terminal while it is ours.
pub struct Screen {
    terminal: Terminal<Pen>,
    /// How far it is behind.
    pub flow: Flow,
    mouse: bool,
    taken: Arc<AtomicBool>,
}

impl Screen {
    /// Takes the terminal.
    pub fn take(mouse: bool) -> io::Result<Screen> {
        let taken = Arc::new(AtomicBool::new(false));
        restore_on_panic(Arc::clone(&taken), thread::current().id());
        let mut screen = Screen { terminal: terminal()?, flow: Flow::default(), mouse, taken };
        screen.enter()?;
        Ok(screen)
    }

    /// Takes the terminal again after [`Screen::leave`]; every cell is drawn anew.
    pub fn enter(&mut self) -> io::Result<()> {
        self.taken.store(true, Ordering::SeqCst);
        enable_raw_mode()?;
        self.flow = Flow::default();
        // Before the first frame, which may take long: what is asked with it is not.
        let mouse = if self.mouse { MOUSE } else { "" };
        self.send(&[SETUP, mouse, QUESTION].concat())?;
        self.flow.asked(Instant::now());
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
        self.terminal = terminal()?;
        self.send("\x1b[0m\x1b[2J\x1b[?25l")
    }

    /// Draws a frame, in one write: it is never seen half-drawn for want of a system call.
    pub fn draw(&mut self, state: &State) -> io::Result<()> {
        self.terminal.backend_mut().begin(BEGIN);
        self.terminal.draw(|frame| {
            draw(state, frame);
            cover(frame.buffer_mut());
        })?;
        let asks = self.flow.asks();
        let pen = self.terminal.backend_mut();
        pen.add(END);
        if asks {
            pen.add(QUESTION);
        }
        let begun = Instant::now();
        write(pen.written())?;
        self.flow.sent(pen.written().len());
        if asks {
            self.flow.asked(begun);
        }
        Ok(())
    }

    /// Width and height, in cells.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        let size = self.terminal.size()?;
        Ok((size.width, size.height))
    }

    /// Sends the terminal something that leaves no mark on the screen.
    pub fn send(&mut self, sequence: &str) -> io::Result<()> {
        self.flow.sent(sequence.len());
        write(sequence.as_bytes())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // A terminal that is gone cannot be mended.
        let _ = self.leave();
    }
}

fn terminal() -> io::Result<Terminal<Pen>> {
    Terminal::new(Pen::default())
}

fn write(bytes: &[u8]) -> io::Result<()> {
    let mut out = stdout();
    out.write_all(bytes)?;
    out.flush()
}

fn give_back(taken: &AtomicBool) -> io::Result<()> {
    if !taken.swap(false, Ordering::SeqCst) {
        return Ok(());
    }
    let raw = disable_raw_mode();
    write(RESTORE.as_bytes())?;
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
