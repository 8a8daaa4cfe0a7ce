//! What the terminal is asked and told, what it answers, and what it sends for keys.

mod harness;

use harness::datasets;
use harness::program::Folder;
use harness::terminal::{Terminal, column_of};
use vt100::{Color, Screen};

const QUESTION: &[u8] = b"\x1b]11;?\x07";
const SIZE: (u16, u16) = (100, 30);

/// The words of the dark look, of the light one, and the terminal's own.
const LIGHT_ON_DARK: Color = Color::Rgb(0xd5, 0xd8, 0xda);
const DARK_ON_LIGHT: Color = Color::Rgb(0x24, 0x29, 0x2f);
const OWN: Color = Color::Default;

/// The program in a shell that sets some variables first.
fn open(folder: &Folder, line: &str) -> Terminal {
    let line = format!("{line} exec \"$dateline\" a.ron --no-state");
    let terminal = Terminal::shell(folder, &line, SIZE);
    terminal.wait_text("1 of 3");
    terminal
}

fn folder() -> Folder {
    Folder::with("a.ron", datasets::many(3))
}

/// The rows of the list with headlines.
fn headlines(screen: &Screen) -> impl Iterator<Item = u16> {
    let listed = |row: &u16| {
        let divider = column_of(screen, *row, "│");
        column_of(screen, *row, "Headline").is_some_and(|at| Some(at) < divider)
    };
    (0..SIZE.1).filter(listed)
}

/// The colours of the first headline in the list, which is not selected while this is asked.
fn words(screen: &Screen) -> (Color, Color) {
    let row = headlines(screen).next().unwrap_or_else(|| panic!("{}", screen.contents()));
    let cell = screen.cell(row, column_of(screen, row, "Headline").unwrap()).unwrap();
    (cell.fgcolor(), cell.bgcolor())
}

fn count(raw: &[u8], sequence: &[u8]) -> usize {
    memchr::memmem::find_iter(raw, sequence).count()
}

#[test]
fn the_look_follows_the_ground_whenever_the_terminal_tells_it() {
    let folder = folder();
    for (answer, colours) in [
        ("\x1b]11;rgb:0000/0000/0000\x07", (LIGHT_ON_DARK, OWN)),
        ("\x1b]11;rgb:ffff/ffff/ffff\x1b\\", (DARK_ON_LIGHT, OWN)),
        ("\x1b]11;rgba:ff/ff/ff/ff\x07", (DARK_ON_LIGHT, OWN)),
        ("\x1b]11;#000000\x07", (LIGHT_ON_DARK, OWN)),
        // On such a ground neither could be read.
        ("\x1b]11;rgb:8080/8080/8080\x07", (DARK_ON_LIGHT, Color::Rgb(0xfb, 0xfa, 0xf7))),
        ("\x1b]11;rgb:ff/ff\x07", (OWN, OWN)),
    ] {
        let mut terminal = open(&folder, "");
        assert_eq!(count(&terminal.raw(), QUESTION), 1);
        // A key before it, one right behind it, and one after.
        terminal.send_at_once("j");
        terminal.wait_position(2, 3);
        // No frame waited for it.
        assert_eq!(words(&terminal.screen()), (OWN, OWN));
        terminal.send_at_once(&format!("{answer}j"));
        terminal.wait_position(3, 3);
        if colours != (OWN, OWN) {
            terminal.wait_for("the look", |screen| words(screen).0 == colours.0);
            assert_eq!(words(&terminal.screen()), colours, "{answer:?}");
        }
        terminal.send_at_once("k");
        terminal.wait_position(2, 3);
        assert!(!terminal.screen().contents().contains("does nothing here"), "{answer:?}");
        // Nor is it asked again.
        terminal.send("<c-l>");
        assert_eq!(count(&terminal.raw(), QUESTION), 1);
    }
}

#[test]
fn what_was_chosen_is_not_asked_for() {
    let folder = folder();
    folder.write("home/config/dateline/config.ron", "Config(theme: \"auto\")");
    for (line, asked, colours) in [
        ("COLORFGBG='0;15'", true, (DARK_ON_LIGHT, OWN)),
        ("COLORFGBG='15;default;0'", true, (LIGHT_ON_DARK, OWN)),
        ("COLORFGBG='0;15' NO_COLOR=1", false, (OWN, OWN)),
        ("COLORFGBG='0;15' TERM=xterm COLORTERM=", false, (OWN, OWN)),
        ("TERM=linux COLORTERM=", false, (OWN, OWN)),
        ("STY=1.x", false, (OWN, OWN)),
    ] {
        let mut terminal = open(&folder, line);
        terminal.send_at_once("j");
        terminal.wait_position(2, 3);
        assert_eq!(count(&terminal.raw(), QUESTION), usize::from(asked), "{line}");
        assert_eq!(words(&terminal.screen()), colours, "{line}");
    }
    folder.write("home/config/dateline/config.ron", "Config(theme: \"light\")");
    let mut terminal = open(&folder, "COLORFGBG='15;0'");
    terminal.send_at_once("j");
    terminal.wait_position(2, 3);
    assert_eq!(count(&terminal.raw(), QUESTION), 0);
    assert_eq!(words(&terminal.screen()), (DARK_ON_LIGHT, Color::Rgb(0xfb, 0xfa, 0xf7)));
}

#[test]
fn a_selected_row_of_sixteen_colours_has_one_style() {
    let terminal = open(&folder(), "TERM=xterm COLORTERM=");
    let screen = terminal.screen();
    let row = headlines(&screen).next().unwrap();
    let divider = column_of(&screen, row, "│").unwrap();
    let style = |column: u16| {
        let cell = screen.cell(row, column).unwrap();
        (cell.inverse(), cell.fgcolor(), cell.bgcolor(), cell.bold(), cell.dim(), cell.underline())
    };
    for column in 0..divider {
        assert_eq!(style(column), (true, OWN, OWN, false, false, false), "column {column}");
    }
}

#[test]
fn modes_are_given_back() {
    let folder = folder();
    let line = "\"$dateline\" a.ron --no-state";
    let mut terminal = Terminal::shell(&folder, line, SIZE);
    terminal.wait_text("1 of 3");
    // Alt is put back where it was said to have been otherwise.
    terminal.send_at_once("\x1b[?1036;2$yQ");
    assert_eq!(terminal.wait_exit(), 0);
    let raw = terminal.raw();
    let leaves = memchr::memmem::rfind(&raw, b"\x1b[?1049l").unwrap();
    for (on, off) in [
        ("\x1b[?7l", "\x1b[?7h"),
        ("\x1b[8l", "\x1b[8h"),
        ("\x1b=", "\x1b>"),
        ("\x1b[?1036h", "\x1b[?1036l"),
        ("\x1b[?1000h", "\x1b[?1000l"),
    ] {
        assert_eq!(count(&raw, on.as_bytes()), 1, "{on:?}");
        let off_at = memchr::memmem::rfind(&raw, off.as_bytes()).expect(off);
        assert!(off_at < leaves && raw.len() - off_at < 150, "{off:?}");
    }
}

#[test]
fn screen_is_asked_for_no_mouse_and_no_italics() {
    let folder = folder();
    let noted = datasets::many(3).replace("sources:", "note: \"Italic.\", sources:");
    folder.write("a.ron", noted);
    for (line, mouse, italics) in [
        ("", true, true),
        ("STY=1.x TERM=screen-256color", false, false),
        ("TERM=screen.xterm-256color", false, false),
        ("TMUX=/tmp/x TERM=screen-256color", true, false),
        ("TMUX=/tmp/x TERM=tmux-256color", true, true),
    ] {
        let terminal = open(&folder, &format!("COLORFGBG='15;0' {line}"));
        let raw = terminal.raw();
        assert_eq!(count(&raw, b"\x1b[?1000h") > 0, mouse, "{line}");
        let screen = terminal.screen();
        let cells = (0..SIZE.1).flat_map(|row| (0..SIZE.0).map(move |column| (row, column)));
        let italic = |(row, column)| screen.cell(row, column).is_some_and(|cell| cell.italic());
        assert_eq!(cells.into_iter().any(italic), italics, "{line}");
    }
}

/// Bytes as real terminals send them, and what the line of the filter holds then.
#[test]
fn keys_mean_what_they_mean_in_each_terminal() {
    let folder = folder();
    for (bytes, text) in [
        ("\x1bbx", "one xtwo"),
        // rxvt-unicode
        ("\x1bOdx", "one xtwo"),
        ("\x1b[1;5Dx", "one xtwo"),
        ("\x1bOd\x1bOdx", "xone two"),
        ("\x1bOd\x1b[3^\x1b[3~x", "one xwo"),
        ("\x1bOd\x1b[3$x", "one xwo"),
        ("\x1b[7~x", "xone two"),
        ("\x1b[7~\x1b[3~", "ne two"),
        // The keypad in its mode.
        ("\x1bOpx", "one two0x"),
        ("\x1bOox", "one two/x"),
    ] {
        let mut terminal = open(&folder, "");
        terminal.send("f");
        terminal.send_at_once("one two");
        terminal.wait_text("filter one two");
        terminal.send_at_once(bytes);
        terminal.wait_text(&format!("filter {text} "));
    }
    let mut terminal = open(&folder, "");
    // An Alt-key that means nothing is Esc and that key, and a line feed is Enter.
    terminal.send_at_once("\x1bj");
    terminal.wait_position(2, 3);
    terminal.send_at_once("\x1b\x1b[B");
    terminal.wait_position(3, 3);
    terminal.send_at_once("f");
    terminal.wait_text("filter");
    terminal.send_at_once("id:entry-2\n");
    terminal.wait_text("1 of 1");
}

#[test]
fn what_another_program_wrote_is_painted_over_when_the_file_is_read_again() {
    let folder = folder();
    let line = "(while [ ! -e go ]; do sleep 0.05; done; printf '\\033[12;40HGARBAGE' >/dev/tty) & \
                exec \"$dateline\" a.ron --no-state";
    let mut terminal = Terminal::shell(&folder, line, SIZE);
    terminal.wait_text("1 of 3");
    folder.write("go", "");
    terminal.wait_text("GARBAGE");
    terminal.send("jk");
    assert!(terminal.screen().contents().contains("GARBAGE"), "nobody knows of it");
    folder.write("a.ron", datasets::many(4));
    terminal.wait_text("read again: 4 entries");
    assert!(!terminal.screen().contents().contains("GARBAGE"));
}
