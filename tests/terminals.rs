//! Terminals that are slow, tiny, or show little.

mod harness;

use std::io::{Read, Write};
use std::thread;
use std::time::Duration;

use harness::datasets;
use harness::program::Folder;
use harness::terminal::Terminal;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};

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
