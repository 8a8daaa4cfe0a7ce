//! Text and files made to harm: nothing of them acts on the terminal, and none takes more time or
//! memory than its length allows.
//!
//! What may come out is judged here anew, byte by byte, not by the program's own notion of it.

mod harness;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;

use dateline::dataset::{LoadError, load};
use dateline::export::FORMATS;
use harness::datasets;
use harness::program::{Folder, Output};
use harness::terminal::Terminal;

/// Whether a character could act on a terminal or deceive a reader: Unicode's controls (Cc), most
/// of its format characters (Cf), its line and paragraph separators, and letters without a form.
fn is_dangerous(letter: char) -> bool {
    let unicode = u32::from(letter);
    letter.is_control()
        || [
            0xad..=0xad,
            0x34f..=0x34f,
            0x61c..=0x61c,
            0x115f..=0x1160,
            0x17b4..=0x17b5,
            0x180b..=0x180f,
            0x200b..=0x200b,
            0x200e..=0x200f,
            0x2028..=0x202e,
            0x2060..=0x206f,
            0x3164..=0x3164,
            0xfeff..=0xfeff,
            0xffa0..=0xffa0,
            0xfff0..=0xfffb,
            0x1bca0..=0x1bca3,
            0x1d173..=0x1d17a,
            0xe0000..=0xe00ff,
            0xe01f0..=0xe0fff,
        ]
        .iter()
        .any(|range| range.contains(&unicode))
}

/// Attacks that are known by name, and after them every control and every trick one by one.
fn attacks() -> String {
    let mut text = [
        "\x1b]0;title\x07",                                    // the window's title
        "\x1b]2;title\x1b\\",                                  // the same, ended otherwise
        "\x1b]52;c;cm0gLXJmIH4=\x07",                          // a write to the clipboard
        "\x1b]8;;http://evil.example\x1b\\good\x1b]8;;\x1b\\", // a link that is another
        "\x1b]1337;File=inline=1:AAAA\x07",
        "\x1b]777;notify;a;b\x07",
        "\x1b[2J\x1b[1;1H",      // clears, and goes to the corner
        "\x1b[31m\x1b[8m",       // colours, and hides
        "\x1b[6n\x1b[c\x1b[21t", // asks the terminal, which answers as if typing
        "\x1b[?1049l\x1b[?25l\x1b[?2026h",
        "\x1bP$qp\x1b\\\x1bPtmux;\x1b\x1b]0;a\x07\x1b\\", // device control, and past tmux
        "\x1b_Gf=24;AAAA\x1b\\\x1b^private\x1b\\\x1bXstring\x1b\\",
        "\x1bc\x1b#8\x1b(0", // resets, fills, another alphabet
        "\u{9b}2J\u{9d}0;title\u{9c}\u{90}q\u{9c}", // the same in C1
        "safe\roverwritten\x08\x08\x08",
        "/*\u{202e} } \u{2066}if (admin)\u{2069} \u{2066} begin */", // trojan source
        "exe.\u{202e}txt\u{200f}\u{200e}\u{61c}",
        "pay\u{200b}pal\u{2060}\u{feff}\u{ad}\u{200d}x\u{200c}y\u{fe0f}z\u{e0100}",
        "\u{e0001}\u{e0068}\u{e0069}\u{e007f}", // a text in tags
        "\u{3164}\u{115f}\u{1160}\u{ffa0}\u{34f}\u{17b4}\u{180e}",
    ]
    .concat();
    let singles = (1..=0x1f)
        .chain(0x7f..=0x9f)
        .chain(0x2028..=0x202f)
        .chain(0x2060..=0x206f)
        .chain(0xfff9..=0xfffb)
        .chain(0xe0000..=0xe007f);
    // A tab and a line break have a meaning in text; here they stand among the rest.
    text.extend(singles.filter_map(char::from_u32).filter(|letter| *letter != '"'));
    text
}

/// All attacks as a string of a dataset has them.
fn written() -> String {
    attacks().replace('\\', "\\\\")
}

/// A part of all attacks that is no longer than the name of a file may be.
fn short_attacks() -> String {
    "a\x1b]0;title\x07\x1b[2J\u{9b}2J\u{202e}txt\u{200b}\u{e0041}\r\x08b".to_owned()
}

/// A dataset with all attacks in every one of its texts. As its ids, too: `id` tells them apart.
fn hostile_dataset() -> String {
    let evil = written();
    let text = |name: &str| format!("{name}: \"{name} {evil}\",");
    let texts = |names: &[&str]| names.iter().map(|name| text(name)).collect::<String>();
    format!(
        "Dataset(format: 1, {}\n speakers: {{\"who{evil}\": Speaker({})}},\n\
         sources: {{\"source{evil}\": Source(published: \"2023-05-01\", kind: Article, {})}},\n\
         entries: [\n\
         Statement(id: \"one{evil}\", date: \"2022\", {} speaker: \"who{evil}\",\n\
         quotes: [Quote(text: \"quote {evil}\", via: [\"who{evil}\"], sources: [\"source{evil}\"],\n\
         within: Quoted(speaker: \"who{evil}\", text: \"inner {evil}\"))],\n\
         figures: [Figure(value: 3, period: \"2022\", {})],\n\
         tags: [\"tag {evil}\"], sources: [\"source{evil}\"],\n\
         related: [Related(to: \"two\", how: Disputes)]),\n\
         Event(id: \"two\", date: \"2023\", {} tags: [\"tag {evil}\"], sources: [\"source{evil}\"]),\n\
         ])\n",
        texts(&["title", "summary"]),
        texts(&["name", "short", "title", "role", "organization"]),
        texts(&["title", "author", "publisher", "url", "archive", "note"]),
        texts(&["headline", "role", "venue", "paraphrase", "basis", "note", "place"]),
        texts(&["measure", "of", "place"]),
        texts(&["headline", "text", "note", "place"]),
    )
}

/// The same with mistakes, which are told with the text around them.
fn broken_dataset() -> String {
    let evil = written();
    hostile_dataset()
        .replace("to: \"two\"", &format!("to: \"nobody{evil}\""))
        .replace("date: \"2023\"", &format!("date: \"20{evil}\""))
        .replacen("venue:", &format!("venue: {{ 1: \"{evil}\" }}, veneu:"), 1)
        .replacen("Event(", "Evnt(", 1)
}

/// Fails unless the text is nothing but letters and line breaks.
#[track_caller]
fn assert_plain(what: &str, text: &str) {
    let found: BTreeSet<String> = text
        .chars()
        .filter(|letter| *letter != '\n' && is_dangerous(*letter))
        .map(|letter| format!("{:04X}", u32::from(letter)))
        .collect();
    let begins: String = text.chars().take(2_000).collect();
    assert!(found.is_empty(), "{what} lets through {found:?}:\n{begins:?}");
}

/// Fails unless the bytes are letters, and what the program itself sends to draw.
#[track_caller]
fn assert_drawn(what: &str, bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap();
    let mut rest = text;
    let mut plain = String::new();
    while let Some(at) = rest.find('\x1b') {
        plain.push_str(&rest[..at]);
        let sequence = &rest[at..];
        let length = own_sequence(sequence).unwrap_or_else(|| {
            let shown: String = sequence.chars().take(40).collect();
            panic!("{what} sends {shown:?}")
        });
        rest = &sequence[length..];
    }
    plain.push_str(rest);
    // The terminal itself puts the carriage return before a line break.
    assert_plain(what, &plain.replace("\r\n", "\n"));
}

/// The length of a sequence that the program sends: colours and attributes, the cursor's place,
/// the modes of `outside::screen`, clearing, and a copy that the user asked for.
fn own_sequence(text: &str) -> Option<usize> {
    if let Some(copied) = text.strip_prefix("\x1b]52;c;") {
        let length = copied.find(|letter: char| {
            !(letter.is_ascii_alphanumeric() || matches!(letter, '+' | '/' | '='))
        })?;
        let end = if copied[length..].starts_with("\x1b\\") { 2 } else { 1 };
        let ended = end == 2 || copied[length..].starts_with('\x07');
        return ended.then_some(7 + length + end);
    }
    // The keypad's mode, and the question for the ground's colour.
    if let Some(own) =
        ["\x1b=", "\x1b>", "\x1b]11;?\x07"].iter().find(|own| text.starts_with(**own))
    {
        return Some(own.len());
    }
    let body = text.strip_prefix("\x1b[")?;
    // Whether the terminal shows a frame at once (DECRQM).
    if let Some(asked) = ["?2026$p", "?1036$p"].iter().find(|asked| body.starts_with(**asked)) {
        return Some(2 + asked.len());
    }
    let length = body.find(|letter: char| !matches!(letter, '0'..='9' | ';' | ':' | '?'))?;
    let parameters = &body[..length];
    let known = match body[length..].chars().next()? {
        'm' => !parameters.contains('?'),
        'H' => parameters.split(';').all(|number| number.parse::<u16>().is_ok()),
        // Steps over cells, and erases some.
        'C' | 'X' => parameters.is_empty() || parameters.parse::<u16>().is_ok(),
        'J' => parameters == "2",
        // The one question.
        'c' => parameters.is_empty(),
        'h' | 'l' => matches!(
            parameters,
            "?25"
                | "?1049"
                | "?2004"
                | "?1004"
                | "?1000"
                | "?1002"
                | "?1006"
                | "?2026"
                | "?7"
                | "8"
                | "?1036"
        ),
        _ => false,
    };
    known.then_some(2 + length + 1)
}

/// A folder with the hostile dataset under a hostile name, and what else commands are given.
fn hostile_folder() -> (Folder, String) {
    let name = format!("{}.ron", short_attacks());
    let folder = Folder::with(&name, hostile_dataset());
    folder.write("plain.ron", hostile_dataset());
    folder.write("broken.ron", broken_dataset());
    folder.write("notes.txt", attacks());
    // In quotation marks a cell may hold line breaks, too.
    let cell = format!("\"{}\"", attacks());
    folder.write("table.csv", format!("date,headline,{cell}\n2022,{cell},{cell}\n{cell},a,b\n"));
    folder.write(&format!("notes/{name}"), "\u{feff}");
    folder.write(&format!("empty{}/readme", short_attacks()), "");
    (folder, name)
}

#[test]
fn no_command_lets_hostile_text_through() {
    let (folder, name) = hostile_folder();
    let evil = attacks();
    let missing = format!("missing {}", short_attacks());
    let one = format!("one{evil}");
    let (id, nearly) = (&*one, format!("{one}x"));
    let (equals, option) = (format!("--format={evil}"), format!("--{evil}"));
    let (speaker, field) = (format!("speaker:\"{evil}\""), format!("{evil}:x"));
    let (after, empty) = (format!("after:\"{evil}\""), format!("empty{}", short_attacks()));
    let target = format!("{}.md", short_attacks());
    let source = format!("source{evil}=notes.txt");
    let runs: [&[&str]; 60] = [
        &["list", &name],
        &["list", "plain.ron", &name],
        &["list", "--format", "json", &name],
        &["show", id, "plain.ron"],
        &["show", "two", &name],
        &["show", id, "plain.ron", &name],
        &["show", &nearly, "plain.ron"],
        &["show", &evil, &name],
        &["show", id, "--format", "json", "plain.ron"],
        &["check", &name],
        &["check", "broken.ron"],
        &["check", "--format", "json", "broken.ron"],
        &["check", "--format", "json", &name],
        &["list", "broken.ron"],
        &["date", &evil],
        &["date", "--format", "json", &evil],
        &["list", "-q", &evil, "plain.ron"],
        &["list", "-q", &speaker, "plain.ron"],
        &["list", "-q", &field, "plain.ron"],
        &["list", "-q", &after, "plain.ron"],
        &["list", &missing],
        &["list", "notes"],
        &["list", &empty],
        &["check", &missing],
        &[&missing],
        &[&option],
        &["list", &equals],
        &["list", &option],
        &["show"],
        &["keys", &evil],
        &["export", "--width", &evil],
        &["export", "--per", &evil],
        &["--theme", &evil],
        &["export", "-f", &evil, "plain.ron"],
        &["export", "-o", &missing, "plain.ron"],
        &["export", "--from", &evil, "plain.ron"],
        &["export", "-o", &target, "plain.ron"],
        &["export", "-o", &target, "plain.ron"],
        &["export", "plain.ron"],
        &["keys"],
        &["figures", "plain.ron"],
        &["figures", "--format", "json", "plain.ron"],
        &["figures", "--format", "markdown", "plain.ron"],
        &["figures", "--sort", &evil, "plain.ron"],
        &["compare", id, "two", "-f", "plain.ron"],
        &["compare", id, "two", "--format", "markdown", "-f", "plain.ron"],
        &["compare", &nearly, &evil, "-f", "plain.ron"],
        &["stats", &name],
        &["stats", "--format", "json", &name],
        &["verify", "plain.ron"],
        &["verify", "--format", "json", "plain.ron"],
        &["verify", "plain.ron", "--source", &source],
        &["screenshot", "plain.ron", "--view", "lanes"],
        &["screenshot", "plain.ron", "--view", "figures"],
        &["screenshot", "plain.ron", "--keys", "G<enter>"],
        &["screenshot", "--size", &evil, "plain.ron"],
        &["import", "table.csv"],
        &["import", "--from", &evil, "table.csv"],
        &["import", "--map", &evil, "table.csv"],
        &["import", &missing],
    ];
    let mut leaks = Vec::new();
    for arguments in runs {
        let run = folder.run(arguments);
        assert!((0..=2).contains(&run.code), "{arguments:?}: {run:?}");
        let command = arguments.first().copied().unwrap_or_default();
        for (stream, text) in [("output", &run.out), ("errors", &run.err)] {
            let leak = text.chars().find(|letter| *letter != '\n' && is_dangerous(*letter));
            leaks.extend(
                leak.map(|leak| format!("{stream} of {command} {}: {leak:?}", arguments.len())),
            );
        }
    }
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
}

/// JSON leaves bidirectional controls and C1 as they are unless it is asked not to.
#[test]
fn all_json_goes_through_what_makes_it_harmless() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.to_str().unwrap().contains("test") {
                let text = fs::read_to_string(&path).unwrap();
                let writes = text.contains("serde_json::to_string");
                assert!(!writes || text.contains("harmless_json("), "{}", path.display());
            }
        }
    }
}

#[test]
fn no_line_of_a_message_is_forged_by_the_name_of_a_file() {
    let folder = Folder::with("a\ndateline: all is well\n.ron", "\u{feff}");
    let run = folder.run(&["check", "a\ndateline: all is well\n.ron"]);
    run.refused_with("is empty");
    folder.run(&["list", "b\ndateline: all is well"]).refused_with("no such file");
    // What is no UTF-8 at all is no worse.
    let mut command =
        folder.command(&[OsStr::from_bytes(b"list"), OsStr::from_bytes(b"\xff\x1b[2J")]);
    command.stdin(Stdio::null());
    let run = Output::of(command);
    run.refused_with("no such file");
    assert_plain("a name that is no UTF-8", &run.err);
}

#[test]
fn keys_and_themes_of_others_are_harmless() {
    let evil = short_attacks();
    for keys in [
        format!("[(on: \"{evil}\", run: \"quit\")]"),
        format!("[(on: \"x\", run: \"{evil}\")]"),
        format!("({evil}"),
    ] {
        let folder = Folder::with("home/config/dateline/keys.ron", keys);
        for arguments in [&["keys"][..], &[]] {
            let run = folder.run(arguments);
            assert_eq!(run.code, 2, "{run:?}");
            assert_plain("keys", &(run.out + &run.err));
        }
    }
    let folder =
        Folder::with("home/config/dateline/themes/own.ron", format!("(about: \"{evil}\")"));
    folder.write(&format!("home/config/dateline/themes/{evil}.ron"), format!("({evil}"));
    for arguments in [&["themes"][..], &["--theme", "own"], &["--theme", &evil]] {
        let run = folder.run(arguments);
        assert_plain("themes", &(run.out + &run.err));
    }
}

/// A pipe gets data as it is, a terminal nothing that it would obey.
#[test]
fn exports_are_harmless_on_a_terminal_and_whole_in_a_pipe() {
    let (folder, _) = hostile_folder();
    for format in FORMATS.iter().map(|format| format.name) {
        let arguments = ["export", "-f", format, "plain.ron"];
        let mut terminal = Terminal::spawn(&folder, &arguments, (200, 50));
        terminal.wait_exit();
        assert!(terminal.raw().len() > 200, "{format}");
        assert_drawn(format, &terminal.raw());
        let run = folder.run(&arguments);
        assert_eq!(run.code, 0, "{run:?}");
        match format {
            // Strings of a table are data, quoted as RFC 4180 says.
            "csv" => {
                let rows: Vec<_> = csv::Reader::from_reader(run.out.as_bytes())
                    .into_records()
                    .map(Result::unwrap)
                    .collect();
                assert_eq!(rows[0][0], format!("one{}", attacks()));
            }
            "ron" => {
                folder.write("again.ron", &run.out);
                let again = folder.run(&["list", "--format", "json", "again.ron"]).json();
                assert_eq!(again[0]["headline"], format!("headline {}", attacks()));
            }
            "json" => {
                assert_plain(format, &run.out);
                let headline = &run.json()["entries"][0]["headline"];
                assert_eq!(*headline, format!("headline {}", attacks()));
            }
            "ics" => assert_plain(format, &run.out.replace("\r\n", "\n")),
            _ => assert_plain(format, &run.out),
        }
    }
    for arguments in [
        &["list", "plain.ron"][..],
        &["show", "two", "plain.ron"],
        &["check", "broken.ron"],
        &["figures", "plain.ron"],
        &["figures", "--format", "csv", "plain.ron"],
        &["compare", "two", "two", "--format", "csv", "-f", "plain.ron"],
        &["stats", "plain.ron"],
        &["verify", "plain.ron"],
        &["import", "table.csv"],
        &["screenshot", "plain.ron"],
    ] {
        let mut terminal = Terminal::spawn(&folder, arguments, (200, 50));
        terminal.wait_exit();
        assert_drawn(arguments[0], &terminal.raw());
    }
}

/// Every byte of a session that looks at everything, and pastes the worst wherever it can.
#[test]
fn the_screen_draws_hostile_text_and_obeys_none_of_it() {
    let (folder, name) = hostile_folder();
    // A paste ends where it says so; nothing within is a key.
    let (pasted, each_sort) = (attacks().replace('\n', " "), short_attacks());
    for (size, theme) in [((200, 60), "dark"), ((60, 16), "terminal")] {
        let arguments = ["--theme", theme, &*name, "plain.ron"];
        let mut terminal = Terminal::open(&folder, &arguments, size);
        for keys in
            ["jG", "<enter>99J", "<tab>", "<tab><enter>", "<c-o>", "<esc>", "?", "G", "<esc>"]
        {
            terminal.send(keys);
        }
        for (prompt, leave) in [
            ("/", "<enter>"),
            ("f", "<enter>"),
            ("f", "<esc>"),
            ("d", "<enter>"),
            ("|", "<esc>"),
            (":", "<esc>"),
            ("s", "<tab><tab><tab><tab><esc>"),
            ("mx", "M<esc>"),
            ("v", "j<esc>"),
        ] {
            terminal.send(prompt);
            terminal.paste(&pasted);
            terminal.send(leave);
        }
        // The lanes by everything, the figures, two of them side by side.
        terminal.send("<esc><esc>gtglLLLLO+z");
        terminal.send("<enter><esc>gf<space>Olc<esc>gt");
        terminal.send("Vc");
        terminal.send("jyYqV");
        // Forms, which take a paste in each line, and what is asked before an entry is deleted.
        for form in ["a", "E"] {
            terminal.send(form);
            // Its lines are all of a kind: one gets everything, the others one of each sort.
            for line in 0..8 {
                terminal.paste(if line == 2 { &pasted } else { &each_sort });
                terminal.send("<tab>");
            }
            terminal.send("<c-s><esc>y");
        }
        terminal.send("D");
        terminal.send("<esc>");
        terminal.send("Vx");
        for _ in FORMATS.iter() {
            terminal.send("<right>");
        }
        terminal.send("<down><down><down>");
        terminal.paste(&pasted);
        terminal.send("<esc><esc>yYS");
        terminal.send("uTu<esc>");
        // A mistake is told in the bar, with what is there.
        folder.write("plain.ron", broken_dataset());
        terminal.send("R");
        terminal.wait_text("6 mistakes, the first at");
        folder.write("plain.ron", hostile_dataset());
        terminal.send("Q");
        assert_eq!(terminal.wait_exit(), 0);
        assert_drawn("the screen", &terminal.raw());
    }
}

#[test]
fn an_environment_full_of_attacks_is_harmless() {
    let (folder, _) = hostile_folder();
    let line = "export EDITOR=\"$(printf 'no\\033[2J\\033]0;t\\007')\" BROWSER=\"$EDITOR\" \
                XDG_STATE_HOME=\"$EDITOR\" XDG_CONFIG_HOME=\"$EDITOR\" LANG=\"$EDITOR\" \
                COLORTERM=\"$EDITOR\"; exec \"$dateline\" plain.ron";
    let mut terminal = Terminal::shell(&folder, line, (100, 30));
    terminal.wait_text("1 of 2");
    terminal.send("e");
    terminal.wait_text("no program");
    terminal.send("oQ");
    terminal.wait_exit();
    assert_drawn("the environment", &terminal.raw());
}

// Files

const HEAD: &str = "Dataset(format: 1, title: \"t\", entries: [\n";

/// How long a file that is made to be slow is, in bytes. What takes time in the square of it takes
/// far more than [`SECONDS`].
const LENGTH: usize = 1 << 16;

/// How much time of the processor any of them may take, in seconds; unoptimized, on any machine.
const SECONDS: u32 = 6;

/// How much memory, in KiB: a few hundred times their length.
const MEMORY: u32 = 400_000;

fn repeated(piece: &str) -> String {
    piece.repeat(LENGTH / piece.len())
}

fn numbered(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect()
}

/// Files each of which made some way of reading slow, large or deep.
fn slow_files() -> Vec<(&'static str, String)> {
    let entries = |piece: &str| format!("{HEAD}{}", repeated(piece));
    let event = |inside: String| format!("{HEAD}Event(id: \"a\", date: \"2022\", {inside})])");
    let deep = 500_000;
    vec![
        ("entries without end", entries("Statement(\n")),
        ("quotation marks", entries("\"")),
        ("quotation marks on lines", entries("\"\n")),
        ("comments", entries("/*")),
        ("brackets that close", entries(")\n")),
        ("lists that end", entries("]\nStatement()")),
        ("bad dates", entries("Event(id:\"a\",date:\"x\",headline:\"h\"),\n")),
        ("bad dates on a line", entries("Event(id:\"a\",date:\"x\",headline:\"h\"),")),
        ("open strings", entries("Event(id:\"a,\n")),
        ("open raw strings", entries("Event(id:r#\"a,\n")),
        ("open comments", entries("Event(/*,\n")),
        ("broken on a line", entries("Event(id:\"a\" x),")),
        ("entries that swallow the next", {
            let half = LENGTH / 22;
            format!("{HEAD}{}{}", "Event(id: [\n".repeat(half), "])".repeat(half))
        }),
        ("speakers", format!("Dataset(speakers: {{{}", repeated("\"a\": Speaker(/*\n"))),
        (
            "speakers on a line",
            format!("Dataset(speakers: {{{}", repeated("\"a\": Speaker(name:\"x\" x),")),
        ),
        ("fields", format!("Dataset({}", repeated("a:1,"))),
        ("fields of an entry", format!("{HEAD}Event({}", repeated("b: 1,"))),
        ("brackets", format!("{HEAD}{}", "(".repeat(deep))),
        ("quotes in quotes", {
            let within = "within: Quoted(speaker: \"a\", text: \"x\", ";
            event(format!("quotes: [Quote(text: \"x\", {}", within.repeat(40_000)))
        }),
        ("comments in comments", format!("{}{}{HEAD}])", "/*".repeat(deep), "*/".repeat(deep))),
        ("a number", event(format!("figures: [Figure(value: {}, measure: \"m\")]", repeated("9")))),
        (
            "a number with many zeros",
            event(format!("figures: [Figure(value: 0.{}1, measure: \"m\")]", repeated("0"))),
        ),
        ("a year", event(String::new()).replace("2022", &repeated("9"))),
        (
            "a set of dates",
            event(String::new()).replace("2022", &format!("[{}2000]", repeated("1999,"))),
        ),
        ("escapes", event(format!("headline: \"{}\"", repeated("\\u{1b}")))),
        ("a word", entries("a")),
        ("nothing but NUL", entries("\0")),
        ("one entry that points nowhere", {
            let related = repeated("Related(to: \"b\", how: Disputes),");
            event(format!("headline: \"h\", related: [{related}]"))
        }),
        (
            "entries that point nowhere",
            HEAD.to_owned()
                + &numbered(2_500, |at| {
                    format!(
                        "Event(id:\"a{at}\",date:\"2022\",headline:\"h\",related:[Related(to:\"b{at}\",how:Disputes)]),\n"
                    )
                })
                + "])",
        ),
        (
            "the same ids",
            HEAD.to_owned()
                + &numbered(4_000, |at| {
                    format!("Event(id:\"a{}\",date:\"2022\",headline:\"h\"),\n", at % 2_000)
                })
                + "])",
        ),
        ("many speakers, all unknown", {
            let speakers = numbered(4_000, |at| format!("\"who{at}\": Speaker(name: \"a\"),\n"));
            let entries = numbered(4_000, |at| {
                format!(
                    "Statement(id:\"a{at}\",date:\"2022\",headline:\"h\",speaker:\"hwo{at}\"),\n"
                )
            });
            format!(
                "Dataset(format: 1, title: \"t\", speakers: {{{speakers}}}, entries: [{entries}])"
            )
        }),
        // Measuring how far one is from the other would take memory in the product of both.
        ("names that are nearly the same", {
            let long = "x".repeat(100_000);
            format!(
                "Dataset(format: 1, title: \"t\", speakers: {{\"{long}\": Speaker(name: \"a\")}}, \
                     entries: [Statement(id: \"a\", date: \"2022\", headline: \"h\", speaker: \"{long}y\")])"
            )
        }),
    ]
}

#[test]
fn no_file_takes_more_time_or_memory_than_its_length_allows() {
    let files = Mutex::new(slow_files());
    let next = || files.lock().unwrap().pop();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some((what, text)) = next() {
                    is_read_in_bounds(what, &text);
                }
            });
        }
    });
}

#[track_caller]
fn is_read_in_bounds(what: &str, text: &str) {
    let folder = Folder::with("slow.ron", text);
    let limits = format!("ulimit -t {SECONDS}; ulimit -v {MEMORY}; exec \"$0\" check slow.ron");
    let mut command = Command::new("/bin/sh");
    command.args(["-c", &limits, env!("CARGO_BIN_EXE_dateline")]);
    command.current_dir(folder.path()).stdin(Stdio::null());
    let run = Output::of(command);
    assert!((0..=1).contains(&run.code), "{what}: {} {}", run.code, run.err);
    assert_eq!(run.err, "", "{what}");
    assert!(run.out.len() < 8_000_000, "{what}: {} bytes are said of it", run.out.len());
    let last = run.out.lines().last().unwrap_or_default();
    assert!(last.contains("entr") && last.contains(": "), "{what}: {last}");
}

#[test]
fn an_id_as_long_as_a_book_is_not_measured() {
    let long = "x".repeat(100_000);
    let folder = Folder::with("a.ron", datasets::dataset(&datasets::statement(&long, "2022", "h")));
    let nearly = format!("{long}y");
    folder.run(&["show", &nearly, "a.ron"]).refused_with("no entry");
    let query = format!("speaker:{nearly}");
    assert_eq!(folder.run(&["list", "-q", &query, "a.ron"]).code, 0);
    assert_eq!(folder.run(&["export", "-f", &long, "a.ron"]).code, 2);
}

#[test]
fn no_encoding_and_no_line_ends_are_misread() {
    let plain = datasets::one_entry();
    let folder = Folder::new();
    for (name, text) in [
        ("bom", format!("\u{feff}{plain}")),
        ("crlf", plain.replace('\n', "\r\n")),
        ("cr", plain.replace('\n', "\r")),
        ("mixed", plain.replacen('\n', "\r\n", 2).replacen('\n', "\r", 1)),
        ("tail", format!("{plain}\n\n\t \r\n")),
    ] {
        let file = folder.write(&format!("{name}.ron"), text);
        let listed = folder.run(&["list", file.to_str().unwrap()]).done();
        assert!(listed.contains("The only entry"), "{name}");
    }
    let utf16: Vec<u8> = plain.encode_utf16().flat_map(u16::to_be_bytes).collect();
    folder.write("utf16.ron", [&[0xfe, 0xff], &utf16[..]].concat());
    folder.write("bare16.ron", &utf16);
    folder.write(
        "latin1.ron",
        plain
            .replace("entry", "entr")
            .as_bytes()
            .iter()
            .chain(b"\xe9")
            .copied()
            .collect::<Vec<u8>>(),
    );
    for (name, words) in
        [("utf16.ron", "in UTF-16"), ("bare16.ron", "begins with NUL"), ("latin1.ron", "not UTF-8")]
    {
        folder.run(&["check", name]).refused_with(words);
    }
}

#[test]
fn what_is_no_file_is_refused_or_read_to_its_end() {
    let folder = Folder::new();
    symlink("b.ron", folder.path().join("a.ron")).unwrap();
    symlink("a.ron", folder.path().join("b.ron")).unwrap();
    symlink(".", folder.path().join("loop")).unwrap();
    folder.write("deep/er/record.ron", datasets::one_entry());
    symlink("..", folder.path().join("deep/er/up")).unwrap();
    // A file of a few blocks that says that it has many GB.
    let mut sparse = File::create(folder.path().join("huge.ron")).unwrap();
    sparse.seek(SeekFrom::Start(20 << 30)).unwrap();
    sparse.write_all(b"x").unwrap();
    let nul = File::create(folder.path().join("nul.ron")).unwrap();
    nul.set_len(3 << 30).unwrap();
    let limits = format!("ulimit -t {SECONDS}; ulimit -v {MEMORY}; exec \"$0\" check \"$1\"");
    for (name, words) in [
        ("a.ron", "cannot read `a.ron`"),
        ("huge.ron", "is larger than 4294967295 bytes"),
        ("nul.ron", "begins with NUL"),
        ("/dev/zero", "begins with NUL"),
        ("/dev/full", "begins with NUL"),
        ("/dev/random", "is not UTF-8"),
        ("/dev/null", "is empty"),
        ("/proc/self/mem", "cannot read"),
    ] {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", &limits, env!("CARGO_BIN_EXE_dateline"), name]);
        command.current_dir(folder.path()).stdin(Stdio::null());
        Output::of(command).refused_with(words);
    }
    // Each dataset once, whatever leads to it.
    assert!(folder.run(&["list", "deep"]).done().lines().count() == 1);
    fs::remove_file(folder.path().join("a.ron")).unwrap();
    let run = folder.run_with(&["check", "/dev/stdin"], datasets::one_entry());
    assert!(run.out.ends_with("1 entry: no problems\n"), "{run:?}");
}

/// A file is read whole and never mapped: one that shrinks or goes away meanwhile is what it was,
/// or a sentence.
#[test]
fn a_file_that_changes_while_it_is_read_does_no_harm() {
    let folder = Folder::new();
    let path = folder.write("a.ron", datasets::many(500));
    let names: Vec<PathBuf> = vec![path.clone()];
    let text = datasets::many(500);
    let changing = thread::spawn(move || {
        for round in 0..300 {
            match round % 3 {
                0 => File::options().write(true).open(&path).unwrap().set_len(1000).unwrap(),
                1 => fs::remove_file(&path).unwrap(),
                _ => fs::write(&path, &text).unwrap(),
            }
        }
    });
    while !changing.is_finished() {
        match load(&names) {
            Ok(inputs) => {
                dateline::dataset::read(&inputs);
            }
            Err(
                LoadError::Missing { .. }
                | LoadError::Empty { .. }
                | LoadError::BeingWritten { .. },
            ) => {}
            Err(error) => panic!("{error}"),
        }
    }
    changing.join().unwrap();
}
