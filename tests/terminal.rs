//! The real program in a terminal, from end to end: keys in, screen out.

mod harness;

use harness::datasets;
use harness::program::{Folder, dateline, ids};
use harness::terminal::{Terminal, column_of, position, rows};

const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (120, 40);

/// The ids of the dataset that comes with the program, in order.
fn curated() -> Vec<String> {
    ids(&dateline(&["list"]).done())
}

/// A dataset in a folder, opened.
fn open(text: &str, size: (u16, u16)) -> (Folder, Terminal) {
    let folder = Folder::with("record.ron", text);
    let terminal = Terminal::open(&folder, &["record.ron"], size);
    (folder, terminal)
}

#[test]
fn the_dataset_that_comes_with_the_program_opens() {
    let all = curated().len();
    for size in [SMALL, LARGE] {
        let terminal = Terminal::open(&Folder::new(), &[], size);
        terminal.wait_position(1, all);
        terminal.wait_text("dateline");
        terminal.wait_text("Bakhmut");
        let screen = terminal.screen();
        assert!(screen.alternate_screen() && screen.hide_cursor());
    }
}

#[test]
fn movement_keys_move() {
    let all = curated().len();
    let mut terminal = Terminal::open(&Folder::new(), &[], LARGE);
    for (keys, to) in [
        ("j", 2),
        ("<down>", 3),
        ("k", 2),
        ("<up>", 1),
        ("k", 1),
        ("5j", 6),
        ("3k", 3),
        ("G", all),
        ("j", all),
        ("gg", 1),
        ("12G", 12),
        ("7gg", 7),
        ("999999999999G", all),
        ("<home>", 1),
        ("<end>", all),
    ] {
        terminal.send(keys);
        assert_eq!(position(&terminal.screen()), Some((to, all)), "after {keys}");
    }
    let at = |terminal: &Terminal| position(&terminal.screen()).unwrap().0;
    for (forth, back) in [("<pgdn>", "<pgup>"), ("<c-f>", "<c-b>"), ("<c-d>", "<c-u>")] {
        terminal.send("gg");
        terminal.send(forth);
        let moved = at(&terminal);
        assert!(moved > 5, "{forth} went to {moved}");
        terminal.send(back);
        assert_eq!(at(&terminal), 1, "{back}");
    }
}

#[test]
fn the_selected_entry_is_the_one_in_the_list() {
    let all = curated();
    let number = all.iter().position(|id| id == "kirby-may").unwrap() + 1;
    let mut terminal = Terminal::open(&Folder::new(), &[], (120, 60));
    terminal.send(&format!("{number}G"));
    for text in ["John Kirby", "1 May 2023, Monday", "100,000"] {
        terminal.wait_text(text);
    }
    terminal.send("99J");
    terminal.wait_text("statement kirby-may");
}

#[test]
fn keys_typed_in_one_go_all_count() {
    let all = curated().len();
    let mut terminal = Terminal::open(&Folder::new(), &[], SMALL);
    terminal.send_at_once(&"j".repeat(7));
    terminal.wait_position(8, all);
    terminal.send_at_once("gg4jkG2k");
    terminal.wait_position(all - 2, all);
}

#[test]
fn a_pending_count_or_sequence_shows_and_esc_clears_it() {
    let all = curated().len();
    let mut terminal = Terminal::open(&Folder::new(), &[], LARGE);
    let pending = |terminal: &Terminal, text: &str| {
        terminal.rows().last().unwrap().split_whitespace().any(|word| word == text)
    };
    terminal.send("3");
    assert!(pending(&terminal, "3"));
    terminal.send("<esc>");
    assert!(!pending(&terminal, "3"));
    terminal.send("g");
    assert!(pending(&terminal, "g"));
    terminal.send("<esc>j");
    terminal.wait_position(2, all);
}

#[test]
fn the_record_scrolls_and_its_links_lead_to_other_entries() {
    let all = curated();
    let position_of = |id: &str| all.iter().position(|known| known == id).unwrap() + 1;
    let mut terminal = Terminal::open(&Folder::new(), &[], SMALL);
    terminal.send(&format!("{}G", position_of("peskov-thin-air")));
    // The one entry that Peskov's words point to.
    terminal.send("<enter><tab>");
    terminal.wait_text("▸");
    terminal.send("<enter>");
    terminal.wait_position(position_of("kirby-may"), all.len());

    let headline = "Over 100,000 Russian casualties since December";
    let shown =
        |terminal: &Terminal| terminal.rows().iter().filter(|row| row.contains(headline)).count();
    terminal.send("<esc>");
    assert_eq!(shown(&terminal), 2, "in the list and in the record");
    terminal.send("JJJ");
    assert_eq!(shown(&terminal), 1, "scrolled away");
    terminal.send("KKK");
    assert_eq!(shown(&terminal), 2);
    terminal.send("99J");
    terminal.wait_text("statement kirby-may");
}

#[test]
fn help_lists_every_key_and_goes_away() {
    let mut terminal = Terminal::open(&Folder::new(), &[], LARGE);
    let title = " Keys ";
    for close in ["?", "<esc>", "q"] {
        terminal.send("?");
        terminal.wait_text(title);
        terminal.wait_text("PgDn");
        terminal.send(close);
        terminal.wait_gone(title);
    }
    let mut terminal = Terminal::open(&Folder::new(), &[], (60, 12));
    terminal.send("?G");
    terminal.wait_text("Ctrl-c");
}

#[test]
fn a_key_without_meaning_says_so() {
    let mut terminal = Terminal::open(&Folder::new(), &[], SMALL);
    terminal.send("<f12>");
    terminal.wait_text("F12 does nothing here. ? lists the keys.");
    terminal.send("j");
    terminal.wait_gone("does nothing here");
}

#[test]
fn the_screen_follows_the_terminals_size() {
    let all = curated().len();
    let mut terminal = Terminal::open(&Folder::new(), &[], LARGE);
    terminal.send("9j");
    for (columns, rows) in [SMALL, (40, 12), (200, 60), (96, 20), (95, 19), LARGE] {
        terminal.resize(columns, rows);
        terminal.wait_position(10, all);
    }
    for (columns, rows) in [(30, 8), (39, 12), (40, 11), (4, 2), (1, 1)] {
        terminal.resize(columns, rows);
        if columns >= 30 {
            terminal.wait_text("needs 40 x 12");
        }
        terminal.send("j");
    }
    terminal.resize(SMALL.0, SMALL.1);
    terminal.wait_position(15, all);
    terminal.wait_gone("needs 40 x 12");
}

#[test]
fn leaving_puts_the_terminal_back() {
    for keys in ["q", "Q", "<c-c>", "<enter>Q", "?<c-c>", "<enter>qq"] {
        let folder = Folder::with("record.ron", datasets::one_entry());
        // A terminal's mode is there to be read before the program begins.
        let mut terminal = Terminal::spawn(&folder, &["list", "record.ron"], SMALL);
        assert_eq!(terminal.wait_exit(), 0);
        let before = terminal.mode();

        let mut terminal = Terminal::open(&folder, &["record.ron"], SMALL);
        assert_ne!(terminal.mode(), before, "keys are read one by one");
        terminal.send(keys);
        assert_eq!(terminal.wait_exit(), 0, "{keys}");
        assert_eq!(terminal.mode(), before, "{keys}");
        let raw = terminal.raw();
        let last =
            |sequence: &[u8]| raw.windows(sequence.len()).rposition(|bytes| bytes == sequence);
        let left = last(b"\x1b[?1049l").expect("the alternate screen is left");
        assert!(last(b"\x1b[?1049h").unwrap() < left, "{keys}");
        assert!(last(b"\x1b[?25h") > last(b"\x1b[?25l"), "{keys}: the cursor shows again");
        let screen = terminal.screen();
        assert!(!screen.alternate_screen() && !screen.hide_cursor());
    }
}

#[test]
fn a_dataset_with_errors_opens_with_a_warning() {
    let (_folder, mut terminal) = open(datasets::TEN_MISTAKES, LARGE);
    terminal.wait_text("9 mistakes, the first at ");
    terminal.wait_text("record.ron:16:21: `date` is no date: a date has no spaces");
    terminal.wait_text("1 of 9 read");
    terminal.wait_position(1, 1);
    terminal.send("j");
    terminal.wait_gone("9 errors");
}

#[test]
fn a_dataset_without_a_sound_entry_prints_its_problems() {
    let folder = Folder::with("record.ron", datasets::all_broken());
    let mut terminal = Terminal::spawn(&folder, &["record.ron"], LARGE);
    assert_eq!(terminal.wait_exit(), 1);
    terminal.wait_text("record.ron:7:");
    assert!(!terminal.raw().windows(8).any(|bytes| bytes == b"\x1b[?1049h"));
}

#[test]
fn a_dataset_from_a_pipe_leaves_the_keys_to_the_terminal() {
    let folder = Folder::with("record.ron", datasets::many(9));
    let mut terminal = Terminal::shell(&folder, "cat record.ron | \"$dateline\" -", SMALL);
    terminal.wait_position(1, 9);
    terminal.send("4j");
    terminal.wait_position(5, 9);
    terminal.send("q");
    assert_eq!(terminal.wait_exit(), 0);
}

#[test]
fn what_cannot_be_read_never_takes_the_screen() {
    let folder = Folder::with("empty.ron", "");
    for (file, words) in [("missing.ron", "no such file"), ("empty.ron", "is empty")] {
        let mut terminal = Terminal::spawn(&folder, &[file], SMALL);
        assert_eq!(terminal.wait_exit(), 2);
        terminal.wait_text(words);
        assert!(!terminal.raw().contains(&0x1b), "plain, even on a terminal");
    }
}

#[test]
fn without_colour_the_screen_is_the_same_and_the_selection_shows() {
    let folder = Folder::with("record.ron", datasets::many(9));
    // On a ground that is not known words have no colour of their own.
    let mut coloured = Terminal::open(&folder, &["record.ron", "--theme", "dark"], SMALL);
    let line = "NO_COLOR=1 \"$dateline\" record.ron";
    let mut plain = Terminal::shell(&folder, line, SMALL);
    for keys in ["", "3j", "?"] {
        plain.wait_for("a frame", |screen| position(screen).is_some());
        plain.send(keys);
        coloured.send(keys);
        let expected = plain.rows();
        coloured.wait_for(&format!("the same after {keys}"), |screen| rows(screen) == expected);
    }
    let is_colour = |part: &[u8]| matches!(part, b"\x1b[38;" | b"\x1b[48;");
    assert!(coloured.raw().windows(5).any(is_colour), "the check itself can fail");
    assert!(!plain.raw().windows(5).any(is_colour));
}

#[test]
fn short_lists_have_no_end_to_fall_off() {
    for (text, all) in [(datasets::one_entry(), 1), (datasets::no_entries(), 0)] {
        let (_folder, mut terminal) = open(&text, SMALL);
        match all {
            0 => terminal.wait_text("This dataset has no entries yet."),
            _ => terminal.wait_text("The only entry"),
        }
        terminal.send("jkGgg5j<pgdn><pgup><c-d>JK<enter><tab><s-tab><enter><esc><esc>?j<esc>");
        if all > 0 {
            terminal.wait_position(1, all);
        }
        terminal.send("q");
        assert_eq!(terminal.wait_exit(), 0);
    }
}

#[test]
fn an_undated_entry_stands_under_a_heading_of_its_own() {
    let text = datasets::dataset(
        &[
            datasets::statement("dated", "2023-05-01", "With a date"),
            datasets::statement("undated", "XXXX", "Without a date"),
        ]
        .concat(),
    );
    let (_folder, terminal) = open(&text, SMALL);
    terminal.wait_position(1, 2);
    let rows = terminal.rows();
    let from = 1 + rows.iter().position(|row| row.starts_with("──")).expect("a rule");
    let list: Vec<&str> = rows[from..].iter().take(4).map(|row| row.trim()).collect();
    assert_eq!(list[0], "undated");
    assert!(list[1].ends_with("Without a date"), "{list:?}");
    assert_eq!(list[2], "2023");
    assert!(list[3].ends_with("With a date"), "{list:?}");
}

#[test]
fn wide_and_combining_characters_keep_the_columns() {
    // Who speaks, and what of the headline is looked for.
    let spoken = [
        ("Kirby", "Plain", "Plain letters"),
        ("北京の声", "死者", "死者二百人、北京の発表"),
        ("Se\u{301}gole\u{300}ne", "Re\u{301}", "Re\u{301}ponse a\u{300} la question"),
        ("दुनिया", "नम", "नमस्ते दुनिया"),
    ];
    let mut text = String::new();
    for (number, (name, _, headline)) in spoken.iter().enumerate() {
        let date = format!("2023-05-0{}", number + 1);
        let statement = datasets::statement(&format!("e{number}"), &date, headline);
        text.push_str(&statement.replace("kirby", name));
    }
    let speakers = spoken.map(|(name, ..)| format!("{name:?}: Speaker(name: {name:?}),")).concat();
    let text = datasets::dataset(&text).replace("speakers: {", &format!("speakers: {{ {speakers}"));
    // At some widths the longest headline is cut in the middle of a wide character.
    for columns in [120, 119, 80, 41, 40] {
        let (_folder, terminal) = open(&text, (columns, 40));
        terminal.wait_text(&format!("{} entries", spoken.len()));
        let screen = terminal.screen();
        let rule = rows(&screen).iter().position(|row| row.starts_with("──")).expect("a rule");
        // Under the rule is the year, and under the year the first entry.
        let entries = (0u16..).skip(rule + 2).zip(spoken.map(|(_, part, _)| part));
        let starts: Vec<_> =
            entries.clone().map(|(row, text)| column_of(&screen, row, text)).collect();
        assert!(starts[0].is_some() && starts.iter().all(|at| *at == starts[0]), "{starts:?}");
        if columns >= 96 {
            let dividers: Vec<_> = entries.map(|(row, _)| column_of(&screen, row, "│")).collect();
            assert!(dividers[0].is_some(), "no divider");
            assert!(dividers.iter().all(|at| *at == dividers[0]), "{dividers:?}");
        }
    }
}

#[test]
fn five_thousand_entries_are_as_easy_as_five() {
    const ALL: usize = 5000;
    let (_folder, mut terminal) = open(&datasets::many(ALL), LARGE);
    terminal.wait_position(1, ALL);
    terminal.send("G");
    terminal.wait_position(ALL, ALL);
    terminal.wait_text("Headline 5000");
    terminal.send("2500G");
    terminal.wait_text("Headline 2500");
    terminal.send_at_once(&"j".repeat(100));
    terminal.wait_position(2600, ALL);
    terminal.resize(SMALL.0, SMALL.1);
    terminal.wait_text("Headline 2600");
}

#[test]
fn text_from_a_dataset_cannot_command_the_terminal() {
    let hostile = "\u{1b}]0;owned\u{7}\u{1b}[31mred\u{202e}abc";
    let escaped = "\\u{1b}]0;owned\\u{7}\\u{1b}[31mred\\u{202e}abc";
    let text = datasets::one_entry().replace("The only entry", escaped);
    let (_folder, mut terminal) = open(&text, LARGE);
    terminal.wait_position(1, 1);
    terminal.send("<enter><tab>q");
    let raw = String::from_utf8(terminal.raw()).unwrap();
    // The program's own, for the colour of the ground.
    let raw = raw.replace("\u{1b}]11;?\u{7}", "");
    for part in [hostile, "\u{1b}]0;", "\u{7}", "\u{202e}"] {
        assert!(!raw.contains(part), "{part:?} reached the terminal");
    }
    terminal.wait_for("the text made visible", |screen| {
        let selected = rows(screen).into_iter().find(|row| row.starts_with('▌'));
        selected.is_some_and(|row| row.contains("␛]0;owned␇␛[31mred⟨202E⟩abc"))
    });
}
