//! Selecting entries and taking them away, through the real program in a terminal and on the
//! command line.

mod harness;

use std::fs;
use std::path::Path;

use harness::datasets;
use harness::program::{Folder, dateline, ids};
use harness::terminal::Terminal;

const LARGE: (u16, u16) = (120, 40);

/// Every format, and the ending of its files.
const FORMATS: [(&str, &str); 11] = [
    ("text", "txt"),
    ("markdown", "md"),
    ("html", "html"),
    ("csv", "csv"),
    ("json", "json"),
    ("jsonl", "jsonl"),
    ("ron", "ron"),
    ("ics", "ics"),
    ("timelinejs", "json"),
    ("csl-json", "json"),
    ("bibtex", "bib"),
];

fn open(folder: &Folder) -> Terminal {
    Terminal::open(folder, &["record.ron"], LARGE)
}

fn curated() -> Folder {
    Folder::with("record.ron", datasets::CURATED)
}

/// The number of an entry, from 1.
fn number(id: &str) -> usize {
    let all = ids(&dateline(&["list"]).done());
    1 + all.iter().position(|known| known == id).expect(id)
}

/// In the export dialog: goes to the path and types another.
fn path(terminal: &mut Terminal, path: &str) {
    terminal.send("<down><down><c-u>");
    terminal.send(path);
}

/// In a fresh dialog: chooses a format.
fn format(terminal: &mut Terminal, name: &str) {
    let at = FORMATS.iter().position(|(known, _)| *known == name).expect(name);
    let listed = dateline(&["export", "--list-formats"]).done();
    let names: Vec<&str> =
        listed.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let to = names.iter().position(|known| *known == name).unwrap_or(at);
    terminal.send(&"<right>".repeat(to));
    terminal.wait_text(&format!("‹ {name} ›"));
}

fn read(folder: &Folder, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

/// The names in a folder that an export could have left behind.
fn files(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|item| item.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.retain(|name| name != "home");
    names.sort();
    names
}

#[test]
fn a_speaker_a_range_a_path_and_the_file_holds_those_entries() {
    let folder = curated();
    let mut terminal = open(&folder);
    terminal.send("s/kirby<enter>ggjv2j");
    terminal.wait_text("3 selected");
    terminal.send("x");
    terminal.wait_text("3 entries: selected");
    format(&mut terminal, "text");
    path(&mut terminal, "kirby.txt");
    terminal.send("<enter>");
    terminal.wait_text("3 entries as text written to kirby.txt (");
    let text = read(&folder, "kirby.txt");
    let said = format!("({} bytes)", text.len());
    terminal.wait_text(&said);
    let kirby = ids(&folder.run(&["list", "record.ron", "-q", "speaker:=kirby"]).done());
    let headline = |id: &str| -> String {
        folder.run(&["show", id, "record.ron", "--format", "json"]).json()["headline"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    // Each headline is a line of its own there; elsewhere it stands behind a speaker's name.
    for (place, id) in kirby.iter().enumerate() {
        let there = text.lines().any(|line| line == headline(id));
        assert_eq!(there, (1..=3).contains(&place), "{id} in\n{text}");
    }
    assert!(text.contains("3 of 27; 24 left out"), "{text}");
    assert!(text.contains("speaker:=kirby"), "{text}");
}

#[test]
fn the_dialog_and_the_command_line_write_the_same_bytes() {
    let folder = curated();
    let mut terminal = open(&folder);
    terminal.send("fspeaker:kirby -tag:wagner<enter>");
    for (name, ending) in FORMATS {
        // The dialog remembers its last choice; begin anew each time from the first format.
        let file = format!("screen-{name}.{ending}");
        terminal.send("x");
        terminal.wait_text("5 entries: all that the filter shows");
        for _ in 0..FORMATS.len() {
            if terminal.screen().contents().contains(&format!("‹ {name} ›")) {
                break;
            }
            terminal.send("<right>");
        }
        path(&mut terminal, &file);
        terminal.send("<enter>");
        terminal.wait_gone(" Export ");
        let line = folder.run(&[
            "export",
            "record.ron",
            "-q",
            "speaker:kirby -tag:wagner",
            "--format",
            name,
        ]);
        assert_eq!(line.code, 0, "{line:?}");
        assert_eq!(read(&folder, &file), line.out, "{name}");
        // And to a file, by its ending.
        if !matches!(name, "timelinejs" | "csl-json") {
            let to = format!("line-{name}.{ending}");
            let arguments =
                ["export", "record.ron", "-q", "speaker:kirby -tag:wagner", "-o", to.as_str()];
            assert_eq!(folder.run(&arguments).code, 0);
            assert_eq!(read(&folder, &to), line.out, "{name} by its ending");
        }
    }
}

#[test]
fn the_dialog_tells_of_entries_that_have_errors() {
    let entries = datasets::statement("a", "2022", "A headline")
        + &datasets::statement("b", "2022-13", "A headline")
        + &datasets::statement("c", "soon", "A headline");
    let folder = Folder::with("record.ron", datasets::dataset(&entries));
    let mut terminal = open(&folder);
    terminal.send("x");
    terminal.wait_text("1 entry: all that could be read; 2 with errors left out");
    terminal.wait_text("2 entries that have errors");
}

#[test]
fn the_preview_is_what_is_written() {
    let folder = curated();
    let mut terminal = open(&folder);
    terminal.send(&format!("{}G<space>x", number("gates-putin")));
    terminal.wait_text("1 entry: selected");
    let mut seen: Vec<String> = Vec::new();
    // All windows of the preview, one after the other.
    loop {
        let screen = terminal.rows();
        let rule = screen.iter().position(|row| row.contains(" bytes ─")).expect("the rule");
        let words: Vec<&str> = screen[rule].split_whitespace().collect();
        let at = words.iter().position(|word| *word == "line").expect("line 1 to 20 of 50");
        let first: usize = words[at + 1].parse().unwrap();
        let last: usize = words[at + 3].parse().unwrap();
        let all: usize = words[at + 5].trim_end_matches(',').parse().unwrap();
        for (number, row) in (first..=last).zip(&screen[rule + 1..]) {
            if number > seen.len() {
                let inner = row.trim_start_matches('│').trim_end_matches('│');
                seen.push(inner.get(1..).unwrap_or_default().trim_end().to_owned());
            }
        }
        if last >= all {
            break;
        }
        terminal.send("<pgdn>");
    }
    path(&mut terminal, "preview.txt");
    terminal.send("<enter>");
    terminal.wait_text("written to preview.txt");
    let written = read(&folder, "preview.txt");
    let lines: Vec<&str> = written.lines().map(str::trim_end).collect();
    assert_eq!(seen, lines);
}

#[test]
fn a_selection_is_made_counted_and_ended() {
    let mut terminal = open(&curated());
    for (keys, count) in [
        ("v", "1 selected"),
        ("4j", "5 selected"),
        ("o", "5 selected"),
        ("k", "5 selected"),
        ("v", "5 selected"),
        ("G<space>", "6 selected"),
        ("V", "27 selected"),
        ("gg<space>", "26 selected"),
    ] {
        terminal.send(keys);
        let bar = terminal.rows().pop().unwrap();
        assert!(bar.contains(count), "after {keys}: {bar}");
    }
    terminal.send("<esc>");
    terminal.wait_gone("selected");
    // A tick at the entry, and its own colour in the strip.
    let colours = |terminal: &Terminal| {
        let screen = terminal.screen();
        let cells = (0..LARGE.0).filter_map(|column| screen.cell(1, column));
        let bars = cells.filter(|cell| !cell.contents().trim().is_empty());
        let colours: std::collections::BTreeSet<String> =
            bars.map(|cell| format!("{:?}", cell.fgcolor())).collect();
        colours.len()
    };
    assert_eq!(colours(&terminal), 1);
    terminal.send("gg<space>");
    assert_eq!(terminal.rows().iter().filter(|row| row.contains('✓')).count(), 1);
    assert_eq!(colours(&terminal), 2);
}

#[test]
fn an_existing_file_is_asked_about() {
    let folder = curated();
    folder.write("there.txt", "mine");
    let mut terminal = open(&folder);
    terminal.send("<space>x");
    path(&mut terminal, "there.txt");
    for no in ["n", "<esc>", "<down>", "x"] {
        terminal.send("<enter>");
        terminal
            .wait_text("`there.txt` is there already. y writes over it; any other key does not.");
        terminal.send(no);
        terminal.wait_gone("y writes over it");
        assert_eq!(read(&folder, "there.txt"), "mine", "after {no}");
        terminal.wait_text(" Export ");
        // Whatever was pressed was the answer, or a move to another line.
        terminal.send("<up><up><up><up><up><down><down>");
        let typed = terminal.rows().iter().any(|row| row.contains("there.txt "));
        assert!(typed, "the path is as it was after {no}");
    }
    terminal.send("<enter>");
    terminal.wait_text("y writes over it");
    terminal.send("y");
    terminal.wait_text("1 entry as text written to there.txt");
    assert!(read(&folder, "there.txt").contains("70,000 to 80,000"));
    assert_eq!(files(folder.path()), ["record.ron", "there.txt"]);
    // On the command line nobody is asked.
    let refused = folder.run(&["export", "record.ron", "-o", "there.txt"]);
    refused.refused_with(
        "`there.txt` is there already; nothing was changed; `--force` writes over it",
    );
    let forced =
        folder.run(&["export", "record.ron", "-q", "kind:event", "-o", "there.txt", "--force"]);
    assert_eq!(forced.code, 0, "{forced:?}");
    assert!(!read(&folder, "there.txt").contains("70,000 to 80,000"));
}

#[test]
fn where_nothing_can_be_written_it_is_said_and_the_program_goes_on() {
    let folder = curated();
    let mut terminal = open(&folder);
    terminal.send("x");
    let before = files(folder.path());
    for (to, words) in [
        ("/proc/dateline.txt", "/proc"),
        ("record.ron/below.txt", "record.ron"),
        ("no/such/folder.txt", "no/such"),
        ("/dev/full", "full"),
        ("/", "folder"),
        ("", "Name a file to write to."),
    ] {
        terminal.send("<up><up><up><up><up>");
        path(&mut terminal, to);
        terminal.send("<enter>");
        terminal.wait_for(words, |screen| {
            let rows = harness::terminal::rows(screen);
            let bar = rows.last().unwrap();
            bar.contains(words) && !bar.contains("written to")
        });
        terminal.wait_text(" Export ");
        assert_eq!(files(folder.path()), before, "after {to}");
    }
    terminal.send("<esc>j");
    terminal.wait_position(2, 27);
}

#[test]
fn a_full_disk_leaves_nothing_half_written() {
    let folder = curated();
    folder.write("old.html", "old");
    // No file may grow beyond four kilobytes.
    let line = "ulimit -f 8; \"$dateline\" --no-state record.ron";
    let mut terminal = Terminal::shell(&folder, line, LARGE);
    terminal.wait_position(1, 27);
    terminal.send("x");
    terminal.wait_text(" Export ");
    for to in ["new.html", "old.html"] {
        terminal.send("<up><up><up><up><up>");
        path(&mut terminal, to);
        terminal.send("<enter>");
        if to == "old.html" {
            terminal.wait_text("y writes over it");
            terminal.send("y");
        }
        terminal.wait_text("the file is larger than the system allows");
        assert_eq!(files(folder.path()), ["old.html", "record.ron"], "nothing is left behind");
        assert_eq!(read(&folder, "old.html"), "old");
    }
    terminal.send("<esc>j");
    terminal.wait_position(2, 27);
    // What is small enough still goes.
    terminal.send("<space>x");
    path(&mut terminal, "small.txt");
    terminal.send("<enter>");
    terminal.wait_text("written to small.txt");
}

#[test]
fn a_path_completes_and_the_last_choice_is_offered_again() {
    let folder = curated();
    folder.write("articles/spring/old.md", "old");
    let mut terminal = open(&folder);
    terminal.send("<space>x");
    format(&mut terminal, "markdown");
    path(&mut terminal, "art<tab>");
    let typed = |terminal: &Terminal| {
        let rows = terminal.rows();
        let row = rows.iter().find(|row| row.contains("  Path ") || row.contains("▌ Path "));
        row.expect("the path").split_whitespace().nth(2).unwrap_or_default().to_owned()
    };
    assert!(typed(&terminal).starts_with("articles/"), "{}", typed(&terminal));
    terminal.send("s<tab>new.md<enter>");
    terminal.wait_text("written to articles/spring/new.md");
    assert_eq!(files(&folder.path().join("articles/spring")), ["new.md", "old.md"]);
    // In this run and in the next.
    for again in 0..2 {
        if again == 1 {
            terminal.send("Q");
            assert_eq!(terminal.wait_exit(), 0);
            terminal = open(&folder);
        }
        terminal.send("x");
        terminal.wait_text("‹ markdown ›");
        terminal.wait_text("articles/spring/new.md");
        terminal.send("<esc>");
    }
}

/// What a terminal was asked to put on its clipboard, the last time (OSC 52).
fn copied(terminal: &Terminal) -> String {
    let raw = terminal.raw();
    let begin = b"\x1b]52;c;";
    let at = raw.windows(begin.len()).rposition(|bytes| bytes == begin).expect("OSC 52");
    let rest = &raw[at + begin.len()..];
    let end = rest.iter().position(|byte| *byte == 7).expect("its end");
    String::from_utf8(decoded(&rest[..end])).unwrap()
}

/// Base 64 (RFC 4648), read independently of how the program writes it.
fn decoded(text: &[u8]) -> Vec<u8> {
    let mut bits = 0u32;
    let mut held = 0;
    let mut bytes = Vec::new();
    for letter in text.iter().filter(|letter| **letter != b'=') {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            other => panic!("{other} in base 64"),
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    bytes
}

#[test]
fn citations_and_records_are_copied_through_the_terminal() {
    let folder = curated();
    let mut terminal = open(&folder);
    terminal.send(&format!("{}Gy", number("kirby-may")));
    terminal.wait_text("sent to the terminal (");
    let citation = copied(&terminal);
    assert_eq!(citation.lines().count(), 1, "{citation}");
    for words in ["John Kirby", "1 May 2023", "Just since December", "The Hill"] {
        assert!(citation.contains(words), "{words} in {citation}");
    }
    terminal.send("Y");
    terminal.wait_text("sent to the terminal (");
    assert_eq!(copied(&terminal), folder.run(&["show", "kirby-may", "record.ron"]).done());
    terminal.send("v2jy");
    terminal.wait_text("sent to the terminal (");
    let citations = copied(&terminal);
    assert_eq!(citations.lines().count(), 3, "{citations}");
    assert!(citations.starts_with(&citation));
    terminal.send("Y");
    terminal.wait_text("sent to the terminal (");
    assert!(copied(&terminal).contains("Many of the dead were Wagner fighters or convicts"));
    // The dialog's clipboard takes what a file would.
    terminal.send("x<down><right><enter>");
    terminal.wait_text("sent to the terminal (");
    assert!(copied(&terminal).contains("3 selected entries"));
}

#[test]
fn a_span_is_typed_and_taken_away() {
    let folder = curated();
    let mut terminal = open(&folder);
    terminal.send("fduring:2022-11<enter>x");
    terminal.wait_text("4 entries: all that the filter shows");
    format(&mut terminal, "json");
    path(&mut terminal, "november.json");
    terminal.send("<enter>");
    terminal.wait_text("written to november.json");
    let whole: serde_json::Value = serde_json::from_str(&read(&folder, "november.json")).unwrap();
    let found: Vec<&str> = whole["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["id"].as_str().unwrap())
        .collect();
    assert_eq!(found, ["milley-november", "milley-words", "milley-ukraine", "milley-civilians"]);
    // The same days by --from and --to.
    let line = folder.run(&[
        "export",
        "record.ron",
        "--from",
        "2022-11",
        "--to",
        "2022-11",
        "--format",
        "json",
        "--no-provenance",
    ]);
    assert_eq!(line.json()["entries"], whole["entries"]);
    assert_eq!(line.json()["provenance"], serde_json::Value::Null);
    // The same input gives the same bytes.
    let once = ["export", "record.ron", "-q", "-tag:wagner", "--format", "html"];
    assert_eq!(folder.run(&once).done(), folder.run(&once).done());
}
