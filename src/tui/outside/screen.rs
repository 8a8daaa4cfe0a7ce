//! The terminal's modes: taken on, and given back whatever happens.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Once};
use std::thread::{self, ThreadId};
use std::time::Instant;

use ratatui::Terminal;
use ratatui::crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;

use crate::signals;
use crate::tui::draw::draw;
use crate::tui::outside::colour;
use crate::tui::outside::flow::{Flow, QUESTION};
use crate::tui::outside::order::Order;
use crate::tui::outside::pen::Pen;
use crate::tui::outside::unsure::cover;
use crate::tui::state::State;

/// The other screen.
const OTHER_SCREEN: &str = "\x1b[?1049h";

/// No going on in the next row (DECAWM). Letters as they are sent, though they are
/// read from the right (BDSM). The keypad in its mode, without which st has no Delete. `ESC` before
/// what is typed with Alt (1036). Bracketed paste, news of focus.
const SETUP: &str = "\x1b[?7l\x1b[8l\x1b=\x1b[?1036h\x1b[?2004h\x1b[?1004h";

/// Alt as it was, where the terminal said that it was otherwise. Saving and restoring modes
/// (`CSI ? … s`, `r`) would need no answer, but some take the latter for margins.
const ALT_OFF: &str = "\x1b[?1036l";

/// Buttons, drags and the wheel, told in SGR; not every move.
const MOUSE: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";

/// All of it off, the cursor and plain text back. Where there is no other screen, as on the Linux
/// console and in GNU Screen unless it is told to, the shell goes on with an empty one.
const RESTORE: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?1004l\x1b[?2004l\x1b>\x1b[8h\x1b[?7h\x1b[0m\
                       \x1b[2J\x1b[1;1H\
                       \x1b[?1049l\x1b[?25h";

/// What is between them a terminal that can shows all at once (DEC private mode 2026).
const BEGIN: &str = "\x1b[?2026h";
const END: &str = "\x1b[?2026l";

/// What a terminal is asked once, beside the colour of its ground: whether it knows that mode, and how
/// Alt is sent (DECRQM). What stands last is answered by every terminal, after all the others that it answers. No
/// frame and no key waits for it.
const QUESTIONS: [&str; 3] = ["\x1b[?2026$p", "\x1b[?1036$p", QUESTION];

/// What is to be given back.
#[derive(Debug, Default)]
struct Taken {
    /// The screen, with all modes of the terminal.
    screen: AtomicBool,
    /// How Alt is sent, if that has to be put back.
    alt: AtomicBool,
    /// How the system handles what is typed.
    input: AtomicBool,
}

impl Taken {
    fn give_back_screen(&self) -> io::Result<()> {
        if !self.screen.swap(false, Ordering::SeqCst) {
            return Ok(());
        }
        let alt = if self.alt.load(Ordering::SeqCst) { ALT_OFF } else { "" };
        write([alt, RESTORE].concat().as_bytes())
    }

    fn give_back(&self) -> io::Result<()> {
        let screen = self.give_back_screen();
        if self.input.swap(false, Ordering::SeqCst) {
            disable_raw_mode()?;
        }
        screen
    }
}

/// What is asked of the terminal.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wants {
    /// To tell what the mouse does.
    pub mouse: bool,
    /// To tell what colour its ground has, once.
    pub ground: bool,
    /// What it does by itself to letters that are read from the right.
    pub order: Order,
}

/// The terminal while it is ours.
pub struct Screen {
    terminal: Terminal<Pen>,
    /// How far it is behind.
    pub flow: Flow,
    wants: Wants,
    /// Whether it shows a frame all at once, as far as is known.
    synchronized: bool,
    asked: bool,
    /// Whether somebody else may have written to it.
    unsure: bool,
    taken: Arc<Taken>,
}

impl Screen {
    /// Takes the terminal.
    pub fn take(wants: Wants) -> io::Result<Screen> {
        let taken = Arc::new(Taken::default());
        restore_on_panic(Arc::clone(&taken), thread::current().id());
        signals::give_back_with({
            let taken = Arc::clone(&taken);
            move || _ = taken.give_back()
        });
        let mut screen = Screen {
            terminal: terminal()?,
            flow: Flow::default(),
            wants,
            synchronized: false,
            asked: false,
            unsure: false,
            taken,
        };
        screen.enter()?;
        Ok(screen)
    }

    /// Takes the terminal again after [`Screen::leave`]; every cell is drawn anew.
    pub fn enter(&mut self) -> io::Result<()> {
        self.taken.input.store(true, Ordering::SeqCst);
        enable_raw_mode()?;
        self.taken.screen.store(true, Ordering::SeqCst);
        self.send(OTHER_SCREEN)?;
        if !std::mem::replace(&mut self.asked, true) {
            // Before all that takes long on a slow line: how soon the answer comes tells of the way.
            let ground = if self.wants.ground { colour::QUESTION } else { "" };
            self.send(&[ground, &QUESTIONS.concat()].concat())?;
            self.flow.asked(Instant::now());
        }
        self.send(&[SETUP, if self.wants.mouse { MOUSE } else { "" }].concat())?;
        self.forget()
    }

    /// The terminal shows a frame all at once, or does not. Gives whether that is news.
    pub fn synchronized(&mut self, synchronized: bool) -> bool {
        std::mem::replace(&mut self.synchronized, synchronized) != synchronized
    }

    /// The terminal had sent what is typed with Alt in another way, and will again.
    pub fn alt_was_off(&mut self) {
        self.taken.alt.store(true, Ordering::SeqCst);
    }

    /// Takes what the shell may have changed while we were stopped.
    pub fn enter_again(&mut self) -> io::Result<()> {
        disable_raw_mode()?;
        self.enter()
    }

    /// Leaves the screen; what is typed is still ours.
    pub fn leave(&mut self) -> io::Result<()> {
        self.taken.give_back_screen()
    }

    /// Gives the terminal back.
    pub fn give_back(&mut self) -> io::Result<()> {
        self.taken.give_back()
    }

    /// Forgets what is on the screen: the next frame is drawn whole.
    pub fn forget(&mut self) -> io::Result<()> {
        self.terminal = terminal()?;
        self.send("\x1b[0m\x1b[2J\x1b[?25l")
    }

    /// Somebody else may have written to the screen: the next frame is drawn whole.
    pub fn doubt(&mut self) {
        self.unsure = true;
    }

    /// Draws a frame, in one write: it is never seen half-drawn for want of a system call.
    pub fn draw(&mut self, state: &State) -> io::Result<()> {
        let (synchronized, order) = (self.synchronized, self.wants.order);
        let begin = if synchronized { BEGIN } else { "" };
        if std::mem::take(&mut self.unsure) {
            self.terminal = terminal()?;
            self.terminal.backend_mut().begin(&[begin, "\x1b[0m\x1b[2J"].concat());
        } else {
            self.terminal.backend_mut().begin(begin);
        }
        self.terminal.draw(|frame| {
            draw(state, frame);
            order.apply(frame.buffer_mut());
            cover(frame.buffer_mut());
        })?;
        let pen = self.terminal.backend_mut();
        if synchronized {
            pen.add(END);
        }
        let now = Instant::now();
        self.flow.sent(pen.written().len(), now);
        let asks = self.flow.asks(now);
        if asks {
            pen.add(QUESTION);
            self.flow.asked(now);
        }
        write(pen.written())
    }

    /// Width and height, in cells.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        let size = self.terminal.size()?;
        Ok((size.width, size.height))
    }

    /// Sends the terminal something that leaves no mark on the screen.
    pub fn send(&mut self, sequence: &str) -> io::Result<()> {
        self.flow.sent(sequence.len(), Instant::now());
        write(sequence.as_bytes())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // A terminal that is gone cannot be mended.
        let _ = self.give_back();
    }
}

fn terminal() -> io::Result<Terminal<Pen>> {
    Terminal::new(Pen::default())
}

/// Writes past the buffer and the lock of standard output: who ends the program in the middle of a
/// write must not wait for it.
fn write(mut bytes: &[u8]) -> io::Result<()> {
    let out = rustix::stdio::stdout();
    while !bytes.is_empty() {
        match rustix::io::write(out, bytes) {
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            // Somebody who has it, too, wants to wait for nothing.
            Err(Errno::AGAIN) => _ = poll(&mut [PollFd::new(&out, PollFlags::OUT)], None),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// A panic of the thread that draws is told on the terminal as it was before. One of another
/// thread is told by what waits for it: its words on the screen would be noise.
fn restore_on_panic(taken: Arc<Taken>, drawing: ThreadId) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if thread::current().id() == drawing {
                let _ = taken.give_back();
            } else if taken.screen.load(Ordering::SeqCst) {
                return;
            }
            before(info);
        }));
    });
}
