//! Browsing from end to end: keys as data, filters, searches, places, links, looks and the mouse,
//! through the real program in a terminal.

mod harness;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::LazyLock;

use harness::datasets;
use harness::program::{Folder, dateline, ids};
use harness::terminal::{Mouse, Terminal, column_of, position, rows};

const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (120, 40);

/// The ids of the dataset that comes with the program, in order.
static ALL: LazyLock<Vec<String>> = LazyLock::new(|| ids(&dateline(&["list"]).done()));

/// How many entries a query selects on the command line.
fn count(query: &str) -> usize {
    ids(&dateline(&["list", "-q", query]).done()).len()
}

/// The number of an entry, from 1.
fn number(id: &str) -> usize {
    1 + ALL.iter().position(|known| known == id).expect(id)
}

fn open(size: (u16, u16)) -> Terminal {
    Terminal::open(&Folder::new(), &[], size)
}

/// With an entry selected.
fn open_at(id: &str) -> Terminal {
    let mut terminal = open(LARGE);
    terminal.send(&format!("{}G", number(id)));
    terminal.wait_position(number(id), ALL.len());
    terminal
}

fn bar(terminal: &Terminal) -> String {
    terminal.rows().pop().unwrap_or_default()
}

fn title(terminal: &Terminal) -> String {
    terminal.rows().remove(0)
}

/// A script in a folder, to be run as a program.
fn script(folder: &Folder, name: &str, text: &str) -> String {
    let path = folder.write(name, format!("#!/bin/sh\n{text}\n"));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

const OWN_KEYS: &str = "home/config/dateline/keys.ron";

#[test]
fn a_user_s_own_keys_hold_everywhere() {
    let folder = Folder::with(
        OWN_KEYS,
        "// Mine.\n[\n  (on: \"<c-n>\", run: \"down\"),\n  (on: \"j\", run: \"none\", in: [Timeline]),\n\
         \x20 (on: \"gz\", run: \"last\"),\n]",
    );
    let mut terminal = Terminal::open(&folder, &[], LARGE);
    terminal.send("<c-n>");
    terminal.wait_position(2, ALL.len());
    terminal.send("j");
    terminal.wait_text("j does nothing here. ? lists the keys.");
    terminal.send("gz");
    terminal.wait_position(ALL.len(), ALL.len());
    terminal.send("3gz");
    terminal.wait_position(3, ALL.len());
    // The help, the hints and the command tell the same.
    terminal.send("?/down");
    terminal.wait_text("Ctrl-n");
    let keys = folder.run(&["keys"]).done();
    assert!(keys.contains("Ctrl-n") && keys.contains("gz"), "{keys}");
}

#[test]
fn a_mistake_in_a_user_s_keys_names_its_line() {
    for (text, words) in [
        ("[\n  (on: \"<c-n>\", run: \"dwon\"),\n]", "line 2: unknown action `dwon`; did you mean"),
        (
            "[\n\n  (on: \"g\", run: \"down\"),\n]",
            "line 3: `g` for `down` clashes with `gg` for `first`",
        ),
        (
            "[\n  (on: \"x\", run: \"up\"),\n  (on: \"x\", run: \"down\"),\n]",
            "line 3: `x` is given twice",
        ),
        ("[\n  (on: \"x\"),\n]", "line 2"),
        ("nonsense", "line 1"),
    ] {
        let folder = Folder::with(OWN_KEYS, text);
        for arguments in [&["keys"][..], &[]] {
            let output = folder.run(arguments);
            if words.contains("clashes") {
                // Whichever of the two is named first.
                assert_eq!(output.code, 2, "{output:?}");
                assert!(output.err.contains("keys.ron, line 3") && output.err.contains("clashes"));
                continue;
            }
            output.refused_with(words);
        }
        // Nor does it take the screen.
        let mut terminal = Terminal::spawn(&folder, &[], SMALL);
        assert_eq!(terminal.wait_exit(), 2);
        assert!(!terminal.raw().windows(8).any(|bytes| bytes == b"\x1b[?1049h"));
    }
}

#[test]
fn control_and_alt_edit_a_line() {
    let mut terminal = open(LARGE);
    for (keys, line) in [
        ("fone two", "filter one two"),
        ("<a-b>X", "filter one Xtwo"),
        ("<c-a>Y", "filter Yone Xtwo"),
        ("<c-e><c-w>", "filter Yone"),
        ("<c-u>", "filter"),
    ] {
        terminal.send(keys);
        assert!(bar(&terminal).trim_start().starts_with(line), "{keys}: {}", bar(&terminal));
    }
}

#[test]
fn help_is_searched_and_opened_by_either_key() {
    let mut terminal = open(SMALL);
    terminal.send("<f1>");
    terminal.wait_text(" Keys ");
    terminal.send("/suspend");
    terminal.wait_gone("half a page down");
    terminal.send("<esc><esc>");
    terminal.wait_gone(" Keys ");
}

#[test]
fn one_speaker_is_three_keys_and_the_letters_away() {
    let kirby = count("speaker:=kirby");
    let mut terminal = open(LARGE);
    terminal.send("s/kirb<enter>");
    terminal.wait_text(&format!("{kirby} of {}", ALL.len()));
    assert!(title(&terminal).contains("speaker: kirby"), "{}", title(&terminal));
    terminal.wait_position(1, kirby);

    // From one of his entries it is one key, and one back.
    let mut terminal = open_at("kirby-stockpiles");
    terminal.send("S");
    terminal.wait_text(&format!("{kirby} of {}", ALL.len()));
    terminal.wait_text("stockpiles and forces are exhausted");
    terminal.send("S");
    terminal.wait_position(number("kirby-stockpiles"), ALL.len());
}

#[test]
fn the_panel_ticks_and_counts_and_the_timeline_follows() {
    let mut terminal = open(LARGE);
    terminal.send("s");
    terminal.wait_text(" Speakers ");
    let row = |terminal: &Terminal, name: &str| {
        terminal.rows().into_iter().find(|row| row.contains(name) && row.contains('▆')).expect(name)
    };
    for (name, query) in [("John Kirby", "speaker:=kirby"), ("Robert Gates", "speaker:=gates")] {
        assert!(row(&terminal, name).contains(&format!(" {} │", count(query))), "{name}");
    }
    let (gates, both) = (count("speaker:=gates"), count("speaker:=gates,=kirby"));
    let shows = |terminal: &Terminal, count: usize| {
        let all = ALL.len();
        let words =
            if count == all { format!("{all} entries") } else { format!("{count} of {all}") };
        terminal.wait_for(&words, |screen| rows(screen)[0].ends_with(&words));
    };
    terminal.send("/gates<esc><space>");
    shows(&terminal, gates);
    assert!(row(&terminal, "Robert Gates").contains('✓'));
    terminal.send("/kirby<esc><space>");
    shows(&terminal, both);
    terminal.send("o");
    shows(&terminal, count("speaker:=kirby"));
    terminal.send("i");
    shows(&terminal, ALL.len() - count("speaker:=kirby"));
    terminal.send("u");
    shows(&terminal, count("speaker:=kirby"));
    // The other facets count what would result under this one.
    terminal.send("l");
    terminal.wait_text(" Tags ");
    let wagner = count("speaker:=kirby tag:=wagner");
    assert!(row(&terminal, "wagner ").contains(&format!(" {wagner} │")));
    terminal.send("/wagner<esc>o");
    shows(&terminal, wagner);
    for name in ["Sources", "Kinds", "Places", "Speakers"] {
        terminal.send("l");
        terminal.wait_text(&format!(" {name} "));
    }
    terminal.send("h");
    terminal.wait_text(" Places ");
    terminal.send("l");
    terminal.send("a");
    shows(&terminal, count("tag:=wagner"));
    terminal.send("<esc>");
    terminal.wait_gone(" Speakers ");
    shows(&terminal, count("tag:=wagner"));
}

#[test]
fn a_tag_is_chosen_among_those_of_the_entry() {
    let mut terminal = open_at("gates-putin");
    terminal.send("T");
    let strategy = count("tag:=strategy");
    terminal.wait_position(1 + count("tag:=strategy before:2023-01-29"), strategy);
    terminal.send("T");
    terminal.wait_position(number("gates-putin"), ALL.len());

    let mut terminal = open_at("t72-near-bakhmut");
    terminal.send("T");
    terminal.wait_text(" Tags ");
    let bars = terminal.rows().iter().filter(|row| row.contains('▆')).count();
    assert_eq!(bars, 2, "the entry's own tags alone");
    terminal.send("j<enter>");
    terminal.wait_text(&format!("{} of {}", count("tag:=fighting"), ALL.len()));
}

#[test]
fn a_query_is_completed_corrected_kept_and_taken_back() {
    let all = ALL.len();
    let mut terminal = open(LARGE);
    terminal.send("fspea<tab>");
    assert!(bar(&terminal).contains("filter speaker:"), "{}", bar(&terminal));
    terminal.send("kir<tab>");
    assert!(bar(&terminal).contains("filter speaker:kirby"), "{}", bar(&terminal));
    let kirby = count("speaker:kirby");
    terminal.wait_text(&format!("{kirby} of {all}"));
    // A mistake: the place, a word, and the last good result.
    terminal.send(" has:quot");
    terminal.send("o");
    terminal.wait_text("quoto");
    let good = count("speaker:kirby");
    let screen = terminal.screen();
    assert!(rows(&screen)[0].contains(&format!(" of {all}")), "{}", rows(&screen)[0]);
    let last = LARGE.1 - 1;
    let wrong = column_of(&screen, last, "quoto").expect("the mistake");
    assert!(screen.cell(last, wrong).unwrap().underline(), "the mistake is underlined");
    let right = column_of(&screen, last, "kirby").expect("what is right");
    assert!(!screen.cell(last, right).unwrap().underline());
    let said = &rows(&screen)[usize::from(last) - 1];
    assert!(said.contains("expected") || said.contains("did you mean"), "{said}");
    // Enter does not take it.
    terminal.send("<enter>");
    assert!(bar(&terminal).contains("filter"));
    terminal.send("<bs>e<enter>");
    let quotes = count("speaker:kirby has:quote");
    assert!(quotes < good);
    terminal.wait_position(1, quotes);
    assert!(title(&terminal).contains("speaker: kirby") && title(&terminal).contains("has: quote"));
    terminal.send("f<c-u>milley<enter>");
    let milley = count("milley");
    terminal.wait_text(&format!("{milley} of {all}"));
    // Back, back, forth.
    for (keys, shown) in [("u", quotes), ("u", all), ("<c-r>", quotes), ("<c-r>", milley)] {
        terminal.send(keys);
        assert_eq!(position(&terminal.screen()).map(|at| at.1), Some(shown), "after {keys}");
    }
    // Esc clears without asking, u brings back.
    terminal.send("<esc>");
    terminal.wait_text("Everything is shown; u brings the filter back.");
    assert_eq!(position(&terminal.screen()).map(|at| at.1), Some(all));
    terminal.send("u");
    assert_eq!(position(&terminal.screen()).map(|at| at.1), Some(milley));
    // What was typed before comes back on the arrows.
    terminal.send("f<up>");
    assert!(bar(&terminal).contains("filter milley"), "{}", bar(&terminal));
    terminal.send("<up>");
    assert!(bar(&terminal).contains("filter speaker:kirby has:quote"), "{}", bar(&terminal));
    terminal.send("<down><esc>");
    assert_eq!(position(&terminal.screen()).map(|at| at.1), Some(milley));
}

#[test]
fn words_are_found_while_they_are_typed() {
    let mut terminal = open_at("milley-november");
    terminal.send("/destiny");
    terminal.wait_text("match 1 of 1");
    terminal.wait_text("29 January 2023, Sunday");
    // Leaving the line goes back.
    terminal.send("<esc>");
    terminal.wait_position(number("milley-november"), ALL.len());
    terminal.send("/bakhmut<enter>");
    let found = count("bakhmut");
    terminal.wait_text(&format!("match 1 of {found}"));
    let screen = terminal.screen();
    let row = rows(&screen).iter().position(|row| row.contains("T-72 fires near Bakhmut")).unwrap();
    let row = u16::try_from(row).unwrap();
    let word = column_of(&screen, row, "Bakhmut").unwrap();
    let look = |column| screen.cell(row, column).map(|cell| (cell.bgcolor(), cell.inverse()));
    assert_ne!(look(word), look(word - 2), "a match is highlighted");
    for (keys, at) in [("n", 2), ("2n", 4), ("N", 3), ("3N", found), ("n", 1)] {
        terminal.send(keys);
        terminal.wait_text(&format!("match {at} of {found}"));
    }
    // A capital tells the cases apart.
    terminal.send("/BAKHMUT<enter>");
    terminal.wait_text("Nothing that is shown holds `BAKHMUT`.");
    // Only what is shown is searched.
    terminal.send("<esc>fspeaker:gates<enter>/bakhmut<enter>");
    terminal.wait_text("Nothing that is shown");
}

#[test]
fn the_strip_lights_what_the_filter_leaves_and_time_is_walked() {
    let mut terminal = open(LARGE);
    let all = ALL.len();
    let strip = |terminal: &Terminal| -> Vec<vt100::Color> {
        let screen = terminal.screen();
        let cells = (0..LARGE.0).filter_map(|column| screen.cell(1, column));
        cells.filter(|cell| !cell.contents().trim().is_empty()).map(|cell| cell.fgcolor()).collect()
    };
    let colours = |terminal: &Terminal| {
        let mut colours: Vec<String> =
            strip(terminal).iter().map(|colour| format!("{colour:?}")).collect();
        colours.sort();
        colours.dedup();
        colours.len()
    };
    assert!(terminal.rows()[2].contains("2023"), "an axis");
    assert_eq!(colours(&terminal), 1, "all is lit");
    terminal.send("fspeaker:milley<enter>");
    assert_eq!(colours(&terminal), 2, "and the rest dim");
    terminal.send("<esc>gg");
    for (keys, id) in [
        ("]", "gates-putin"),
        ("[", "pentagon-august"),
        ("}", "milley-november"),
        ("{", "pentagon-august"),
        ("2}", "bakhmut-fight"),
    ] {
        terminal.send(keys);
        assert_eq!(position(&terminal.screen()), Some((number(id), all)), "after {keys}");
    }
    for (date, id) in [
        ("2023-01", "gates-putin"),
        ("march 2023", "t72-near-bakhmut"),
        ("9 nov 2022", "milley-november"),
    ] {
        terminal.send(&format!("d{date}<enter>"));
        terminal.wait_position(number(id), all);
    }
    terminal.send("dno day at all");
    terminal.wait_text("no date: write");
    terminal.send("<esc>G");
    assert!(bar(&terminal).contains("100 %"), "{}", bar(&terminal));
}

#[test]
fn a_source_opens_in_the_browser_as_one_argument() {
    let folder = Folder::new();
    let out = folder.path().join("opened");
    let browser = script(
        &folder,
        "browser",
        &format!(
            "for word; do echo \"$word\" >>'{0}.new'; done; mv '{0}.new' '{0}'",
            out.display()
        ),
    );
    let line = format!("BROWSER='{browser}' \"$dateline\"");
    let mut terminal = Terminal::shell(&folder, &line, LARGE);
    terminal.wait_position(1, ALL.len());
    terminal.send(&format!("{}Go", number("prigozhin-94")));
    terminal.wait_text("opened in the browser");
    let opened = loop {
        if let Ok(text) = fs::read_to_string(&out) {
            break text;
        }
        std::thread::yield_now();
    };
    assert_eq!(opened.lines().count(), 1, "{opened}");
    assert!(opened.starts_with("https://thehill.com/"), "{opened}");
    // Without an address, or without a browser, it is said.
    terminal.send("ggo");
    terminal.wait_text("has no address on the web");
    let mut terminal = open_at("prigozhin-94");
    terminal.send("o");
    terminal.wait_text("no browser here: https://thehill.com/");
}

#[test]
fn links_lead_on_and_back() {
    let all = ALL.len();
    let mut terminal = open_at("peskov-thin-air");
    for back in ["<c-o>", "<bs>"] {
        terminal.send("<enter><tab><enter>");
        terminal.wait_position(number("kirby-may"), all);
        terminal.send(back);
        terminal.wait_position(number("peskov-thin-air"), all);
        terminal.send("<esc>");
    }
}

#[test]
fn marks_and_the_place_are_there_in_the_next_run() {
    let all = ALL.len();
    let folder = Folder::with("record.ron", datasets::CURATED);
    let mut terminal = Terminal::open(&folder, &["record.ron"], LARGE);
    terminal.send("3Gmagg8Gmbgg'a");
    terminal.wait_position(3, all);
    terminal.send("''");
    terminal.wait_position(1, all);
    terminal.send("'c");
    terminal.wait_text("No mark c");
    terminal.send("M");
    terminal.wait_text(" Marks ");
    let screen = terminal.screen().contents();
    for words in ["'a", "'b", "Putin will hang in there"] {
        assert!(screen.contains(words), "{screen}");
    }
    terminal.send("j<enter>");
    terminal.wait_position(8, all);
    terminal.send("q");
    assert_eq!(terminal.wait_exit(), 0);

    let mut terminal = Terminal::open(&folder, &["record.ron"], LARGE);
    terminal.wait_position(8, all);
    terminal.send("'a");
    terminal.wait_position(3, all);
    terminal.send("Q");
    assert_eq!(terminal.wait_exit(), 0);

    // Nothing of it without state.
    let mut terminal = Terminal::open(&folder, &["record.ron", "--no-state"], LARGE);
    terminal.wait_position(1, all);
    terminal.send("'a");
    terminal.wait_text("No mark a");
    terminal.send("9Gq");
    assert_eq!(terminal.wait_exit(), 0);
    let mut terminal = Terminal::open(&folder, &["record.ron"], LARGE);
    terminal.wait_position(3, all);
    terminal.send("q");
    assert_eq!(terminal.wait_exit(), 0);

    // A damaged file is set aside, and told.
    let state = folder.path().join("home/state/dateline/state.ron");
    fs::write(&state, "(version: 1, data").unwrap();
    let mut terminal = Terminal::open(&folder, &["record.ron"], (200, 40));
    terminal.wait_text("was damaged");
    terminal.send("q");
    assert_eq!(terminal.wait_exit(), 0);
    let aside = fs::read_to_string(state.with_extension("ron.damaged")).unwrap();
    assert_eq!(aside, "(version: 1, data");
}

#[test]
fn a_saved_file_keeps_filter_selection_and_place() {
    let text = datasets::many(9);
    let folder = Folder::with("record.ron", &text);
    let mut terminal = Terminal::open(&folder, &["record.ron"], LARGE);
    terminal.send("fspeaker:kirby<enter>5G<space>");
    terminal.wait_text("1 selected");
    terminal.wait_position(6, 9);
    let more = datasets::statement("first", "1800-01-01", "Long before") + "    ],\n";
    let (front, back) = text.rsplit_once("    ],\n").unwrap();
    folder.write("record.ron", format!("{front}{more}{back}"));
    terminal.wait_position(7, 10);
    let shown = terminal.rows();
    let selected = |row: &&String| row.contains('✓');
    assert!(shown.iter().find(selected).expect("a tick").contains("Headline 5"), "{shown:#?}");
    assert!(bar(&terminal).contains("1 selected"));
    // A mistake stands at the top with its place; all else is taken in.
    folder.write("record.ron", text.replacen("1900-01-03", "1900-13-03", 1));
    terminal.wait_for("the mistake", |screen| {
        let title = &rows(screen)[0];
        title.contains("record.ron:9:")
            && title.contains("`date` is no date")
            && title.contains("8 of 8, 1 not read")
    });
    terminal.wait_position(5, 8);
    folder.write("record.ron", &text);
    terminal.wait_position(6, 9);
    terminal.wait_gone("is no date");
}

#[test]
fn an_editor_opens_at_the_entry_and_the_change_is_seen() {
    let folder = Folder::with("record.ron", datasets::many(3));
    let told = folder.path().join("told");
    let editor = script(
        &folder,
        "vi",
        &format!("echo \"$@\" >'{}'; sed -i 's/Headline 2/Put right/' \"$2\"", told.display()),
    );
    let line = format!("EDITOR='{editor}' \"$dateline\" record.ron");
    let mut terminal = Terminal::shell(&folder, &line, LARGE);
    terminal.wait_position(1, 3);
    terminal.send_at_once("je");
    terminal.wait_text("Put right");
    terminal.wait_position(2, 3);
    let told = fs::read_to_string(told).unwrap();
    let text = datasets::many(3);
    let at = 1 + text.lines().position(|line| line.contains("entry-2")).unwrap();
    assert!(
        told.starts_with(&format!("+{at} ")) && told.trim_end().ends_with("record.ron"),
        "{told}"
    );
}

#[test]
fn every_theme_shows_and_a_wrong_one_says_which_there_are() {
    let folder = Folder::new();
    let dark = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/themes/dark.ron"));
    let own =
        dark.unwrap().replace("name: \"dark\"", "name: \"mine\"").replace("#ffffff", "#010203");
    folder.write("home/config/dateline/themes/mine.ron", own);
    folder.write("home/config/dateline/themes/broken.ron", "Theme(name: 5)");
    let names = ["dark", "light", "high-contrast", "colour-blind", "terminal", "mine"];
    let listed = folder.run(&["themes"]).done();
    for name in names {
        assert!(listed.lines().any(|line| line.starts_with(name)), "{name} in {listed}");
        let terminal = Terminal::open(&folder, &["--theme", name], SMALL);
        terminal.wait_position(1, ALL.len());
        let raw = String::from_utf8(terminal.raw()).unwrap();
        let rgb = raw.contains("38;2;");
        assert_eq!(rgb, name != "terminal", "{name} uses the terminal's own colours or others");
        assert_eq!(raw.contains("38;2;1;2;3"), name == "mine", "{name}");
    }
    folder.run(&["--theme", "drak"]).refused_with("no theme `drak`; there are auto, dark, light");
    folder.run(&["--theme", "broken"]).refused_with("broken.ron, line 1:");
}

#[test]
fn ascii_and_no_colour_show_the_same_entries() {
    let folder = Folder::new();
    let mut terminal = Terminal::open(&folder, &["--ascii"], LARGE);
    for keys in ["", "11G", "s", "<esc>?", "<esc>x", "<esc>fspeaker:k", "<esc>:"] {
        terminal.send(keys);
        let shown = terminal.screen().contents();
        assert!(shown.is_ascii(), "after {keys}\n{shown}");
    }
    let mut terminal = Terminal::shell(&folder, "NO_COLOR=1 \"$dateline\"", LARGE);
    terminal.wait_position(1, ALL.len());
    terminal.send("sl<esc>vjj/bakhmut<enter>");
    let screen = terminal.screen();
    for row in 0..LARGE.1 {
        for cell in (0..LARGE.0).filter_map(|column| screen.cell(row, column)) {
            assert_eq!(cell.fgcolor(), vt100::Color::Default);
            assert_eq!(cell.bgcolor(), vt100::Color::Default);
        }
    }
    // Told otherwise: the selected row, the selection, the words found.
    assert!(rows(&screen).iter().any(|row| row.starts_with('▌')));
    assert!(rows(&screen).iter().any(|row| row.contains('✓')));
}

#[test]
fn any_size_from_40_by_12_to_300_by_100_works() {
    let mut terminal = open((40, 12));
    for size in [(40, 12), (80, 24), (300, 100), (300, 12), (40, 100)] {
        if size != (40, 12) {
            terminal.resize(size.0, size.1);
        }
        for keys in ["", "s", "<esc>?", "<esc>x", "<esc>:", "<esc>fkirby", "<esc>11G", "gg"] {
            terminal.send(keys);
            let rows = terminal.rows();
            assert_eq!(rows.len(), usize::from(size.1));
            assert!(!bar(&terminal).trim().is_empty(), "after {keys} at {size:?}");
        }
        terminal.wait_position(1, ALL.len());
    }
}

#[test]
fn the_mouse_selects_scrolls_jumps_and_drags() {
    let all = ALL.len();
    let mut terminal = open(LARGE);
    let row_of = |terminal: &Terminal, text: &str| {
        let row = terminal.rows().iter().position(|row| row.contains(text)).expect(text);
        u16::try_from(row).unwrap()
    };
    let row = row_of(&terminal, "Putin will hang in there");
    terminal.mouse(Mouse::Press, (20, row));
    terminal.mouse(Mouse::Release, (20, row));
    terminal.wait_position(number("gates-putin"), all);
    terminal.mouse(Mouse::WheelDown, (20, row));
    terminal.wait_position(number("gates-putin") + 3, all);
    terminal.mouse(Mouse::WheelUp, (20, row));
    terminal.wait_position(number("gates-putin"), all);
    // The strip: the bar at its right end begins with the 30th of April.
    terminal.mouse(Mouse::Press, (LARGE.0 - 2, 1));
    terminal.mouse(Mouse::Release, (LARGE.0 - 2, 1));
    terminal.wait_position(number("prigozhin-94"), all);
    terminal.mouse(Mouse::Press, (1, 1));
    terminal.wait_position(1, all);
    // The wheel over the record scrolls it.
    terminal.send(&format!("{}G", number("kirby-may")));
    let from = column_of(&terminal.screen(), 3, "┬").expect("a divider");
    let headline = terminal.rows()[4].clone();
    terminal.mouse(Mouse::WheelDown, (from + 10, 10));
    assert_ne!(terminal.rows()[4], headline);
    terminal.wait_position(number("kirby-may"), all);
    // The divider follows.
    terminal.mouse(Mouse::Press, (from, 10));
    terminal.mouse(Mouse::Drag, (from - 20, 10));
    terminal.mouse(Mouse::Release, (from - 20, 10));
    let to = column_of(&terminal.screen(), 3, "┬").expect("a divider");
    assert!(to + 18 <= from && to + 22 >= from, "from {from} to {to}");

    // Left to the terminal, it is never asked for.
    let asked = |terminal: &Terminal| {
        terminal.screen().mouse_protocol_mode() != vt100::MouseProtocolMode::None
    };
    assert!(asked(&terminal));
    assert!(!asked(&Terminal::open(&Folder::new(), &["--no-mouse"], LARGE)));
}

#[test]
fn the_palette_runs_an_action_by_its_name() {
    let mut terminal = open(LARGE);
    terminal.send(":");
    terminal.wait_text(" Actions ");
    terminal.send("lst");
    let shown = terminal.screen().contents();
    assert!(shown.contains("last") && shown.contains("G, End"), "{shown}");
    terminal.send("<c-u>last<enter>");
    terminal.wait_position(ALL.len(), ALL.len());
    terminal.send(":clear-filter");
    terminal.wait_text("show everything");
    terminal.send("<esc>");
    terminal.wait_gone(" Actions ");
}

#[test]
fn the_bar_hints_at_what_its_keys_do_there() {
    let mut terminal = open(LARGE);
    for (keys, hints, never) in [
        ("?", "find", "tick"),
        ("<esc>:", "run", "complete"),
        ("<esc>maM", "go", "tick"),
        ("<esc>s", "tick", "write"),
        ("<esc>x", "Left/Right change", "speakers"),
        ("<down><down>", "Tab complete", "change"),
    ] {
        terminal.send(keys);
        let bar = bar(&terminal);
        assert!(bar.contains(hints) && !bar.contains(never), "after {keys}: {bar}");
    }
}
