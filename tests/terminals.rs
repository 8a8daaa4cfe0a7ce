//! Terminals that are slow, tiny, or show little.

mod harness;

use std::io::{Read, Write};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use harness::datasets;
use harness::program::Folder;
use harness::terminal::{Terminal, answers};
use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Everything that can be on the screen, by the keys that lead to it from the timeline.
const SCREENS: [&str; 17] = [
    "",
    "<enter>",
    "<enter><tab>",
    "gl",
    "gf",
    "Vc",
    "?",
    "s",
    "s<tab>",
    ":",
    "M",
    "/head",
    "fkirby",
    "d2023",
    "x",
    "E",
    "D",
];

#[test]
fn every_screen_may_shrink_to_one_cell_and_grow_again() {
    let folder = Folder::with("a.ron", datasets::many(5));
    for keys in SCREENS {
        let mut terminal = Terminal::open(&folder, &["a.ron", "--no-state"], (100, 30));
        terminal.send(keys);
        let before = terminal.rows();
        for size in [(1, 1), (2, 1), (1, 30), (100, 1), (39, 11), (40, 12), (100, 30)] {
            terminal.resize(size.0, size.1);
        }
        assert_eq!(terminal.rows(), before, "after {keys:?}");
        terminal.resize(1, 1);
        terminal.send("<c-c>");
        assert_eq!(terminal.wait_exit(), 0, "after {keys:?}");
    }
}

#[test]
fn a_locale_of_ascii_gets_nothing_else() {
    let folder = Folder::with(
        "a.ron",
        datasets::dataset(&datasets::statement("a", "2023~", "Größe “x” — 北")),
    );
    for locale in ["LC_ALL=C", "LC_ALL= LC_CTYPE= LANG=POSIX", "LC_ALL=de_DE.ISO-8859-1"] {
        let line = format!("{locale} exec \"$dateline\" a.ron --no-state");
        let mut terminal = Terminal::shell(&folder, &line, (100, 30));
        terminal.wait_text("1 of 1");
        for keys in SCREENS {
            terminal.send(keys);
            terminal.send("<esc><esc><esc>gt");
        }
        terminal.send("<c-c>");
        assert_eq!(terminal.wait_exit(), 0);
        let raw = terminal.raw();
        assert!(raw.is_ascii(), "{locale}: {:?}", String::from_utf8_lossy(&raw));
    }
}

/// While a slow terminal takes one frame, keys go on being typed: they are answered by the next
/// frame, all of them, and no frame is queued for each.
#[test]
fn no_frame_is_drawn_that_a_slow_terminal_would_show_too_late() {
    const KEYS: usize = 1_000;
    let folder = Folder::with("a.ron", datasets::many(3_000));
    let size = PtySize { rows: 40, cols: 120, ..PtySize::default() };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_dateline"));
    command.args(["a.ron", "--no-state"]);
    command.cwd(folder.path());
    command.env_clear();
    for (name, value) in folder.environment() {
        command.env(name, value);
    }
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut writer = pair.master.take_writer().unwrap();
    // Whoever waits in vain reads the end of it.
    let mut killer = child.clone_killer();
    let (done, waiting) = std::sync::mpsc::channel::<()>();
    let watchdog = thread::spawn(move || {
        if waiting.recv_timeout(Duration::from_secs(60)).is_err() {
            let _ = killer.kill();
        }
    });
    let mut parser = vt100::Parser::new(40, 120, 0);
    let mut read_until = |text: &str| {
        let mut raw = Vec::new();
        let mut bytes = [0; 4096];
        while !parser.screen().contents().contains(text) {
            let read = reader.read(&mut bytes).unwrap_or(0);
            assert!(read > 0, "{text:?} never came:\n{}", parser.screen().contents());
            parser.process(&bytes[..read]);
            raw.extend_from_slice(&bytes[..read]);
        }
        raw
    };
    read_until("1 of 3000");
    // So that frames can be told apart.
    writer.write_all(b"\x1b[?2026;2$y").unwrap();
    // Nobody reads: the program is held up in the middle of a frame, sooner or later.
    for _ in 0..KEYS {
        writer.write_all(b"j").unwrap();
        writer.flush().unwrap();
    }
    let drawn = read_until(&format!("{} of 3000", KEYS + 1));
    let frames = memchr::memmem::find_iter(&drawn, b"\x1b[?2026l").count();
    // What the system holds between the two ends of a terminal is full after some dozen frames.
    assert!(frames <= KEYS / 4, "{frames} frames for {KEYS} keys, {} bytes", drawn.len());
    writer.write_all(b"Q").unwrap();
    let mut rest = Vec::new();
    let _ = reader.read_to_end(&mut rest);
    done.send(()).unwrap();
    watchdog.join().unwrap();
    assert_eq!(child.wait().unwrap().exit_code(), 0);
}

/// A terminal at the end of a line of 9,600 baud, from which a byte comes each millisecond or so.
struct SlowTerminal {
    master: Box<dyn MasterPty + Send>,
    parser: vt100::Parser,
    reader: Box<dyn Read + Send>,
    writer: Arc<Mutex<Box<dyn Write + Send>>>,
    child: Box<dyn portable_pty::Child + Send + Sync>,
    raw: Vec<u8>,
}

impl SlowTerminal {
    const BYTE: Duration = Duration::from_micros(1_042);

    fn open(folder: &Folder, line: &str, (columns, rows): (u16, u16)) -> SlowTerminal {
        let size = PtySize { rows, cols: columns, ..PtySize::default() };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new("/bin/sh");
        command.args(["-c", &format!("dateline='{}'; {line}", env!("CARGO_BIN_EXE_dateline"))]);
        command.cwd(folder.path());
        command.env_clear();
        for (name, value) in folder.environment() {
            command.env(name, value);
        }
        SlowTerminal {
            parser: vt100::Parser::new(rows, columns, 0),
            reader: pair.master.try_clone_reader().unwrap(),
            writer: Arc::new(Mutex::new(pair.master.take_writer().unwrap())),
            child: pair.slave.spawn_command(command).unwrap(),
            raw: Vec::new(),
            master: pair.master,
        }
    }

    /// Whether a shell could read lines from it.
    fn is_cooked(&self) -> bool {
        const ICANON: u32 = 0o2;
        let modes = self.master.get_termios().unwrap().local_flags.bits();
        modes & ICANON != 0
    }

    /// Takes what the line can carry in a moment, and answers questions; gives whether there was
    /// anything.
    fn take(&mut self) -> bool {
        let mut bytes = [0; 16];
        let read = self.reader.read(&mut bytes).unwrap_or(0);
        // Not a wait for anything: so long these bytes are on the line.
        thread::sleep(Self::BYTE * u32::try_from(read).unwrap());
        self.parser.process(&bytes[..read]);
        let known = self.raw.len();
        self.raw.extend_from_slice(&bytes[..read]);
        // At its end the program need not hear it.
        let _ = self.writer.lock().unwrap().write_all(&answers(&self.raw, known));
        read > 0
    }

    #[track_caller]
    fn take_until(&mut self, text: &str) {
        while !self.parser.screen().contents().contains(text) {
            assert!(self.take(), "{text:?} never came:\n{}", self.parser.screen().contents());
        }
    }

    fn frames(&self) -> usize {
        memchr::memmem::find_iter(&self.raw, b"\x1b[?2026l").count()
    }

    /// Holds a key down for so many repeats, presses another, and takes what comes meanwhile.
    fn hold_down(&mut self, repeats: usize, then: &'static str) {
        let keyboard = Arc::clone(&self.writer);
        let typist = thread::spawn(move || {
            for _ in 0..repeats {
                keyboard.lock().unwrap().write_all(b"j").unwrap();
                // As a keyboard repeats a key.
                thread::sleep(Duration::from_millis(33));
            }
            keyboard.lock().unwrap().write_all(then.as_bytes()).unwrap();
        });
        while !typist.is_finished() {
            self.take();
        }
    }
}

const READ_A_LINE: &str = "\"$dateline\" a.ron --no-state; read -r line; echo \"got [$line]\"";

/// What is on its way to a slow terminal cannot be taken back: so there is little of it, and after
/// it the frame that answers all the keys.
#[test]
fn a_key_held_down_on_a_slow_line_leaves_no_queue_of_frames() {
    const KEYS: usize = 45;
    let folder = Folder::with("a.ron", datasets::many(300));
    let line = "exec \"$dateline\" a.ron --no-state";
    let mut terminal = SlowTerminal::open(&folder, line, (50, 12));
    terminal.take_until("1 of 300");
    let drawn = terminal.frames();
    terminal.hold_down(KEYS, "");
    let (frames, bytes) = (terminal.frames(), terminal.raw.len());
    assert!(frames > drawn, "some frames are drawn meanwhile");
    terminal.take_until(&format!("{} of 300", KEYS + 1));
    let (after, left) = (terminal.frames() - frames, terminal.raw.len() - bytes);
    assert!(after <= 3 && left < 1_200, "{after} frames and {left} bytes after the last key");
    terminal.hold_down(1, "Q");
    while terminal.take() {}
}

/// The screen is left at once; the answer that is still on its way then is not for the shell.
#[test]
fn whoever_leaves_a_slow_terminal_leaves_nothing_for_the_shell() {
    let folder = Folder::with("a.ron", datasets::many(300));
    let mut terminal = SlowTerminal::open(&folder, READ_A_LINE, (50, 12));
    terminal.take_until("1 of 300");
    terminal.hold_down(45, "Q");
    while terminal.parser.screen().alternate_screen() {
        assert!(terminal.take());
    }
    // Every question came before the end of the screen, and was answered.
    let begun = Instant::now();
    while !terminal.is_cooked() {
        assert!(begun.elapsed() < Duration::from_secs(20));
        thread::yield_now();
    }
    terminal.writer.lock().unwrap().write_all(b"typed\n").unwrap();
    terminal.take_until("got [");
    while terminal.take() {}
    let said = String::from_utf8_lossy(&terminal.raw);
    assert!(said.ends_with("\r\ngot [typed]\r\n"), "{said:?}");
    assert_eq!(terminal.child.wait().unwrap().exit_code(), 0);
}
