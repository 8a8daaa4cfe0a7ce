//! Curating in the real program: entries added, changed and deleted by form, quotes verified.

mod harness;

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;

use harness::datasets;
use harness::program::{Folder, ids};
use harness::terminal::Terminal;

const SIZE: (u16, u16) = (110, 40);

#[test]
fn a_new_file_grows_by_form() {
    let folder = Folder::new();
    folder.run(&["new", "record.ron", "--minimal"]).done();
    let file = folder.path().join("record.ron");
    let text = || fs::read_to_string(&file).unwrap();
    // A comment of the user's, which must stay whatever happens.
    let begun = text().replace("    entries: [", "    // mine\n    entries: [");
    fs::write(&file, &begun).unwrap();

    let mut terminal = Terminal::open(&folder, &["add", "record.ron"], SIZE);
    terminal.wait_text("New entry in record.ron");
    terminal.send("2 may 2024<tab>Ada Berg<tab>mayor<tab><tab>The bridge opens in June<tab>");
    terminal.wait_text("2024-05-02: 2 May 2024, Thursday");
    terminal.send("It will open in June.<c-s>");
    terminal.wait_text("Saved the new entry `berg-the-bridge-opens-in-june`");
    terminal.wait_position(1, 1);

    // The second by the same speaker, before the first; Ctrl-s in the middle of a line.
    terminal
        .send("a2024-03<tab>ber<tab>The bridge closes<tab><tab><tab>about 2 million<tab>cost<c-s>");
    terminal.wait_position(1, 2);
    terminal.wait_text("about 2,000,000");
    // The third is an event.
    terminal.send("a<s-tab><space><tab>2024-04<tab>The river floods<c-s>");
    terminal.wait_position(2, 3);

    let three = text();
    assert!(three.contains("    // mine\n    entries: ["), "{three}");
    let list = folder.run(&["list", "record.ron"]);
    assert_eq!(
        ids(&list.out),
        ["berg-the-bridge-closes", "the-river-floods", "berg-the-bridge-opens-in-june"]
    );
    folder.run(&["check", "record.ron"]);

    terminal.send("E<tab>, again<c-s>");
    terminal.wait_text("Saved the change of `the-river-floods`");
    terminal.wait_text("The river floods, again");
    terminal.send("D");
    terminal.wait_text("Delete this entry from record.ron?");
    terminal.send("y");
    terminal.wait_position(2, 2);
    assert!(!text().contains("river"));
    // What cannot be taken back now can be later.
    let away = folder.path().join("away");
    fs::rename(&file, &away).unwrap();
    terminal.send("u");
    terminal.wait_text("Nothing was changed: cannot read");
    fs::rename(&away, &file).unwrap();
    terminal.send("u");
    terminal.wait_text("Took back the deletion of `the-river-floods`");
    terminal.wait_position(2, 3);
    terminal.send("u");
    terminal.wait_text("Took back the change of");
    terminal.wait_gone("floods, again");
    assert_eq!(text(), three, "to the byte");
    terminal.send("<c-r>");
    terminal.wait_text("floods, again");
    // One order with the filter.
    terminal.send("fbridge<enter>");
    terminal.wait_position(2, 2);
    terminal.send("u");
    terminal.wait_position(3, 3);
    terminal.send("q");
    assert_eq!(terminal.wait_exit(), 0);

    let exported = folder.run(&["export", "record.ron", "--format", "markdown"]).out;
    assert!(exported.contains("The river floods, again"), "{exported}");
    assert!(exported.contains("It will open in June."), "{exported}");
}

#[test]
fn a_file_changed_meanwhile_is_never_overwritten() {
    let entries = [
        datasets::statement("first", "2023-05-01", "The first"),
        datasets::statement("second", "2023-05-02", "The second"),
    ];
    let folder = Folder::with("record.ron", datasets::dataset(&entries.concat()));
    let file = folder.path().join("record.ron");
    let mut terminal = Terminal::open(&folder, &["record.ron"], SIZE);
    terminal.wait_position(1, 2);
    terminal.send("E<tab><tab> of all");
    // Somebody else changes another entry: both changes stand.
    let theirs = fs::read_to_string(&file).unwrap().replace("The second", "Theirs");
    fs::write(&file, &theirs).unwrap();
    terminal.send("<c-s>");
    terminal.wait_text("Saved the change of `first`");
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(text, theirs.replace("The first", "The first of all"));
    terminal.wait_text("Theirs");

    // Somebody changes the same entry: nothing is written, and what was typed is still there.
    terminal.send("E<tab><tab> and more");
    let theirs = text.replace("The first of all", "Their first");
    fs::write(&file, &theirs).unwrap();
    terminal.send("<c-s>");
    terminal.wait_text("`first` was changed in the file meanwhile");
    assert_eq!(fs::read_to_string(&file).unwrap(), theirs);
    terminal.wait_text("The first of all and more");
    terminal.send("<esc>");
    terminal.wait_text("Throw away what was typed?");
    terminal.send("y");
    terminal.wait_text("Their first");
    terminal.send("q");
    assert_eq!(terminal.wait_exit(), 0);
}

#[test]
fn a_file_whose_name_is_no_text_is_changed_too() {
    let folder = Folder::new();
    let file = folder.path().join(OsStr::from_bytes(b"odd\xff.ron"));
    fs::write(&file, datasets::one_entry()).unwrap();
    let line = "VISUAL='grep -c Dataset' \"$dateline\" \"$(printf 'odd\\377.ron')\"";
    let mut terminal = Terminal::shell(&folder, line, SIZE);
    terminal.wait_position(1, 1);
    terminal.send("E<tab><tab>, changed<c-s>");
    terminal.wait_text("Saved the change of `only`");
    terminal.wait_text(", changed");
    assert!(fs::read_to_string(&file).unwrap().contains(", changed\""));
    // What is told of a deletion is about this file, too, and an editor gets it.
    terminal.send("D");
    terminal.wait_text("Delete this entry from odd");
    terminal.send("ne");
    terminal.wait_gone("Delete this entry");
    assert!(!terminal.screen().contents().contains("is no file here"));
    terminal.send("Dy");
    terminal.wait_text("Saved the deletion of `only`");
    assert!(!fs::read_to_string(&file).unwrap().contains(", changed"));
    assert_eq!(
        fs::read_dir(folder.path())
            .unwrap()
            .filter(|item| item.as_ref().unwrap().path().is_file())
            .count(),
        1
    );
}

#[test]
fn what_comes_with_the_program_or_a_pipe_is_not_changed() {
    let folder = Folder::with("record.ron", datasets::one_entry());
    let mut terminal = Terminal::open(&folder, &[], SIZE);
    terminal.send("a");
    terminal.wait_text("`dateline new FILE` begins one");
    let mut terminal = Terminal::shell(&folder, "cat record.ron | \"$dateline\" -", SIZE);
    terminal.wait_position(1, 1);
    terminal.send("E");
    terminal.wait_text("`dateline new FILE` begins one");
    folder.run(&["add"]).refused_with("name the file to add to");
    folder.run(&["add", "record.ron"]).refused_with("in a terminal");
}

#[test]
fn quotes_are_marked_and_lead_to_their_passages() {
    let quote = |text: &str| format!("Quote(text: {text:?}),");
    let quotes = [quote("We have lost forty boats"), quote("in a long cold winter")].concat();
    let entry = format!(
        "Statement(id: \"a\", date: \"2001-03\", headline: \"Boats\", speaker: \"kirby\",\n\
         quotes: [{quotes}], sources: [\"article\"]),\n"
    );
    let text = datasets::dataset(&entry)
        .replace("kind: Article", "kind: Article, archive: \"sources/a.txt\"");
    let folder = Folder::with("record.ron", text);
    folder
        .write("sources/a.txt", "She said: We have lost forty boats in one long cold winter, so.");
    let mut terminal = Terminal::open(&folder, &["record.ron"], SIZE);
    terminal.wait_text("✓ verified");
    terminal.wait_text("≈ differs");
    terminal.send("<enter><tab><enter>");
    terminal.wait_text("verified: to the letter");
    terminal.wait_text("She said: We have lost forty boats in one long cold winter");
    terminal.send("<esc>");
    terminal.wait_gone("to the letter");
    terminal.send("<tab><enter>");
    terminal.wait_text("differs in 1 place");
    terminal.wait_text("in [a] long cold winter");
    terminal.wait_text("in [one] long cold winter");
    terminal.send("q");
    terminal.wait_gone("differs in 1 place");
    // Without an archive there is nothing to say.
    let folder = Folder::with("record.ron", datasets::dataset(&entry));
    let terminal = Terminal::open(&folder, &["record.ron"], SIZE);
    terminal.wait_text("verbatim");
    terminal.wait_gone("not checked");
}

#[test]
fn settings_are_taken_from_a_file_and_flags_go_before_it() {
    let folder = Folder::with("record.ron", datasets::one_entry());
    let printed = folder.run(&["config"]).done();
    assert!(printed.contains("config.ron: settings, not there"), "{printed}");
    let config = folder.path().join("home/config/dateline");
    fs::create_dir_all(&config).unwrap();
    // What is printed is a file of settings.
    fs::write(config.join("config.ron"), &printed).unwrap();
    assert!(folder.run(&["config"]).done().contains("config.ron: settings, found"));
    fs::write(config.join("config.ron"), "Config(ascii: true,\n  split: 30)").unwrap();
    let box_drawing = |terminal: &Terminal| terminal.screen().contents().contains('─');
    let terminal = Terminal::open(&folder, &["record.ron"], SIZE);
    assert!(!box_drawing(&terminal));
    let terminal = Terminal::open(&folder, &["record.ron", "--ascii=false"], SIZE);
    assert!(box_drawing(&terminal));
    fs::write(config.join("config.ron"), "Config(\n  colour: 5)").unwrap();
    let mut terminal = Terminal::spawn(&folder, &["record.ron"], SIZE);
    assert_eq!(terminal.wait_exit(), 2);
    terminal.wait_text("config.ron, line 2: ");
}

#[test]
fn the_first_start_says_how_to_begin_once() {
    let folder = Folder::with("record.ron", datasets::one_entry());
    let mut terminal = Terminal::open(&folder, &["record.ron"], SIZE);
    terminal.wait_text("To begin: j/k move · s speakers · f filter · ? all keys");
    terminal.send("jq");
    assert_eq!(terminal.wait_exit(), 0);
    let terminal = Terminal::open(&folder, &["record.ron"], SIZE);
    terminal.wait_position(1, 1);
    assert!(!terminal.screen().contents().contains("To begin"));
}
