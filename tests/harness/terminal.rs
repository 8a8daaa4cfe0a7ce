//! The program in a terminal: keys in, screen out.
//!
//! Nothing here waits for a time. Every draw of the program ends by hiding or showing the cursor,
//! so a key is answered when one more frame is complete; that also keeps an Esc apart from the key
//! after it, which a terminal would otherwise pass on as Alt with that key.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::{Parser, Screen};

use super::program::Folder;

/// How long anything may take before a test fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// What ends a frame that is shown all at once.
const FRAME: &[u8] = b"\x1b[?2026l";

/// What a terminal is asked, and what it answers: whether it shows frames at once (DECRQM), and
/// whether it has come so far (DA1).
const QUESTIONS: [(&[u8], &[u8]); 2] =
    [(b"\x1b[?2026$p", b"\x1b[?2026;2$y"), (b"\x1b[c", b"\x1b[?62;22c")];

/// What a terminal answers when, after the first `known` bytes, these came, too.
pub fn answers(raw: &[u8], known: usize) -> Vec<u8> {
    let mut answers = Vec::new();
    for (question, answer) in QUESTIONS {
        answers.extend(answer.repeat(count(raw, known, question)));
    }
    answers
}

/// How often a sequence stands in what came after the first `known` bytes; it may be cut there.
fn count(raw: &[u8], known: usize, sequence: &[u8]) -> usize {
    let from = known.saturating_sub(sequence.len() - 1);
    raw[from..].windows(sequence.len()).filter(|part| *part == sequence).count()
}

/// Keys by name, and what a terminal sends for them.
const KEYS: [(&str, &str); 16] = [
    ("enter", "\r"),
    // As a terminal with the kitty keyboard protocol sends it: a bare one waits for what follows.
    ("esc", "\x1b[27u"),
    ("tab", "\t"),
    ("s-tab", "\x1b[Z"),
    ("space", " "),
    ("bs", "\x7f"),
    ("up", "\x1b[A"),
    ("down", "\x1b[B"),
    ("left", "\x1b[D"),
    ("right", "\x1b[C"),
    ("home", "\x1b[H"),
    ("end", "\x1b[F"),
    ("pgup", "\x1b[5~"),
    ("pgdn", "\x1b[6~"),
    ("f1", "\x1bOP"),
    ("f12", "\x1b[24~"),
];

/// A terminal in which the program runs.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    writer: Arc<Mutex<Box<dyn Write + Send>>>,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
}

/// What a mouse does, with its left button or its wheel.
#[derive(Clone, Copy, Debug)]
pub enum Mouse {
    Press,
    Release,
    Drag,
    WheelUp,
    WheelDown,
}

/// What came out of the program.
struct Seen {
    parser: Parser,
    raw: Vec<u8>,
    /// How many frames are complete.
    frames: usize,
    ended: bool,
}

impl Terminal {
    /// Starts the program in a folder, in a terminal of so many columns and rows, without waiting
    /// for anything.
    pub fn spawn(folder: &Folder, arguments: &[&str], size: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_dateline"));
        command.args(arguments);
        Terminal::run(folder, command, size)
    }

    /// Starts a line of shell in which `$dateline` is the program.
    pub fn shell(folder: &Folder, line: &str, size: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new("/bin/sh");
        command.args(["-c", &format!("dateline='{}'; {line}", env!("CARGO_BIN_EXE_dateline"))]);
        Terminal::run(folder, command, size)
    }

    fn run(folder: &Folder, mut command: CommandBuilder, (columns, rows): (u16, u16)) -> Self {
        let pair = native_pty_system().openpty(pty_size(columns, rows)).unwrap();
        command.cwd(folder.path());
        command.env_clear();
        for (name, value) in folder.environment() {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        // With our end of it gone, the program's end closes the terminal.
        drop(pair.slave);
        let seen = Seen {
            parser: Parser::new(rows, columns, 0),
            raw: Vec::new(),
            frames: 0,
            ended: false,
        };
        let seen = Arc::new((Mutex::new(seen), Condvar::new()));
        let reader = pair.master.try_clone_reader().unwrap();
        let writer = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        thread::spawn({
            let (seen, writer) = (Arc::clone(&seen), Arc::clone(&writer));
            move || watch(reader, &seen, &writer)
        });
        Terminal { master: pair.master, writer, child, seen }
    }

    /// Starts the program as [`Terminal::spawn`] does and waits for a frame that it shows at once,
    /// as all are once it knows that the terminal can.
    pub fn open(folder: &Folder, arguments: &[&str], size: (u16, u16)) -> Self {
        let terminal = Terminal::spawn(folder, arguments, size);
        terminal.until("the first frame", |seen| seen.frames > 0);
        terminal
    }

    /// Types keys, such as `5j<enter>`, and waits for the answer to each. A name in angle
    /// brackets is a key; `<c-x>` is Ctrl-x, `<a-x>` Alt-x and `<lt>` the sign itself.
    pub fn send(&mut self, keys: &str) {
        for key in split(keys) {
            let before = self.frames();
            self.write(&key);
            self.until(&format!("an answer to {key:?}"), |seen| seen.ended || seen.frames > before);
        }
    }

    /// Types keys in one go, as a paste or an impatient typist would.
    pub fn send_at_once(&mut self, keys: &str) {
        self.write(&split(keys).concat());
    }

    /// Pastes a text, as a terminal passes it on, and waits for the answer.
    pub fn paste(&mut self, text: &str) {
        let before = self.frames();
        self.write(&format!("\x1b[200~{text}\x1b[201~"));
        self.until("an answer to a paste", |seen| seen.ended || seen.frames > before);
    }

    /// Does something with the mouse at a column and row, from 0, and waits for the answer.
    pub fn mouse(&mut self, what: Mouse, (column, row): (u16, u16)) {
        let (button, end) = match what {
            Mouse::Press => (0, 'M'),
            Mouse::Release => (0, 'm'),
            Mouse::Drag => (32, 'M'),
            Mouse::WheelUp => (64, 'M'),
            Mouse::WheelDown => (65, 'M'),
        };
        let before = self.frames();
        self.write(&format!("\x1b[<{button};{};{}{end}", column + 1, row + 1));
        self.until("an answer to the mouse", |seen| seen.frames > before);
    }

    /// How many frames there were. The first that is shown at once answers no key: it is drawn anew
    /// once the terminal's answers are known.
    fn frames(&self) -> usize {
        self.until("the first frame", |seen| seen.ended || seen.frames > 0);
        self.seen().frames
    }

    fn write(&mut self, bytes: &str) {
        let mut writer = self.writer.lock().unwrap();
        writer.write_all(bytes.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    /// Gives the terminal another size and waits for the frame that answers it.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        let before = {
            let mut seen = self.seen();
            seen.parser.screen_mut().set_size(rows, columns);
            seen.frames
        };
        self.master.resize(pty_size(columns, rows)).unwrap();
        self.until("an answer to the new size", |seen| seen.frames > before);
    }

    /// Waits until the screen is as it should be.
    #[track_caller]
    pub fn wait_for(&self, what: &str, condition: impl Fn(&Screen) -> bool) {
        self.until(what, |seen| condition(seen.parser.screen()));
    }

    /// Waits until a text is on the screen.
    #[track_caller]
    pub fn wait_text(&self, text: &str) {
        self.wait_for(&format!("{text:?}"), |screen| screen.contents().contains(text));
    }

    /// Waits until a text is no longer on the screen.
    #[track_caller]
    pub fn wait_gone(&self, text: &str) {
        self.wait_for(&format!("{text:?} gone"), |screen| !screen.contents().contains(text));
    }

    /// Waits until the bottom bar says `number of all`.
    #[track_caller]
    pub fn wait_position(&self, number: usize, all: usize) {
        self.wait_for(&format!("{number} of {all}"), |screen| {
            position(screen) == Some((number, all))
        });
    }

    /// Waits for the program to end; gives its exit code.
    #[track_caller]
    pub fn wait_exit(&mut self) -> u32 {
        self.until("the end of the program", |seen| seen.ended);
        self.child.wait().unwrap().exit_code()
    }

    /// The rows of the screen as text.
    pub fn rows(&self) -> Vec<String> {
        rows(self.seen().parser.screen())
    }

    /// The screen as it is.
    pub fn screen(&self) -> Screen {
        self.seen().parser.screen().clone()
    }

    /// Every byte that the program has written.
    pub fn raw(&self) -> Vec<u8> {
        self.seen().raw.clone()
    }

    /// How the terminal handles input (echo, lines, signals), to be compared.
    pub fn mode(&self) -> impl PartialEq + std::fmt::Debug + use<> {
        self.master.get_termios().unwrap()
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.0.lock().unwrap()
    }

    /// Waits until what came out is as it should be; fails with the whole screen.
    #[track_caller]
    fn until(&self, what: &str, condition: impl Fn(&Seen) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        let mut seen = self.seen();
        while !condition(&seen) {
            let left = deadline.saturating_duration_since(Instant::now());
            // After the end nothing more will come.
            if left.is_zero() || seen.ended {
                let screen = framed(seen.parser.screen());
                let ended = if seen.ended { ", and the program has ended" } else { "" };
                drop(seen);
                panic!("waited in vain for {what}{ended}; the screen is\n{screen}");
            }
            seen = self.seen.1.wait_timeout(seen, left).unwrap().0;
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A failed test leaves no program behind; one that has ended cannot be killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Seen {
    /// Takes bytes in; gives the answers to what they ask.
    fn take_in(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.parser.process(bytes);
        let known = self.raw.len();
        self.raw.extend_from_slice(bytes);
        self.ended = bytes.is_empty();
        self.frames += count(&self.raw, known, FRAME);
        answers(&self.raw, known)
    }
}

fn watch(
    mut reader: impl Read,
    (seen, news): &(Mutex<Seen>, Condvar),
    writer: &Mutex<Box<dyn Write + Send>>,
) {
    let mut bytes = [0; 4096];
    loop {
        // The end of the program shows as an error or as no bytes, as the system likes.
        let read = reader.read(&mut bytes).unwrap_or(0);
        let mut seen = seen.lock().unwrap();
        let answers = seen.take_in(&bytes[..read]);
        news.notify_all();
        if seen.ended {
            return;
        }
        drop(seen);
        // At its end the program need not hear it.
        let _ = writer.lock().unwrap().write_all(&answers);
    }
}

fn pty_size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

/// What a terminal sends for each key.
fn split(keys: &str) -> Vec<String> {
    let mut sent = Vec::new();
    let mut rest = keys;
    while let Some(first) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|inner| inner.split_once('>'));
        if let Some((name, after)) = named {
            sent.push(bytes_of(name));
            rest = after;
        } else {
            sent.push(first.to_string());
            rest = &rest[first.len_utf8()..];
        }
    }
    sent
}

fn bytes_of(name: &str) -> String {
    if let Some((_, bytes)) = KEYS.iter().find(|(known, _)| *known == name) {
        return (*bytes).to_owned();
    }
    if name == "lt" {
        return "<".to_owned();
    }
    if let Some(letter) = name.strip_prefix("a-") {
        return format!("\x1b{letter}");
    }
    match name.strip_prefix("c-").map(str::as_bytes) {
        Some([letter @ b'a'..=b'z']) => char::from(letter & 0x1f).to_string(),
        _ => panic!("no key is called <{name}>"),
    }
}

/// The rows of a screen as text, without the spaces at their ends.
pub fn rows(screen: &Screen) -> Vec<String> {
    screen.rows(0, screen.size().1).map(|row| row.trim_end().to_owned()).collect()
}

/// What the bottom bar says of the position: 5 and 12 of `5 of 12`.
pub fn position(screen: &Screen) -> Option<(usize, usize)> {
    let rows = rows(screen);
    let words: Vec<&str> = rows.last()?.split_whitespace().collect();
    words.windows(3).rev().find_map(|words| match words {
        [number, "of", all] => Some((number.parse().ok()?, all.parse().ok()?)),
        _ => None,
    })
}

/// The column, in cells, at which a text begins in a row of the screen.
pub fn column_of(screen: &Screen, row: u16, text: &str) -> Option<u16> {
    let columns = screen.size().1;
    (0..columns).find(|from| {
        let mut rest = text;
        for column in *from..columns {
            let cell = screen.cell(row, column).filter(|cell| !cell.is_wide_continuation());
            let content = cell.map_or("", |cell| cell.contents());
            let content = if cell.is_some() && content.is_empty() { " " } else { content };
            match rest.strip_prefix(content) {
                Some(after) => rest = after,
                None => return false,
            }
            if rest.is_empty() {
                return true;
            }
        }
        false
    })
}

/// A screen in a frame, for the eyes of whoever reads a failure.
fn framed(screen: &Screen) -> String {
    let mut out = String::new();
    for row in rows(screen) {
        let _ = writeln!(out, "| {row}");
    }
    out
}
