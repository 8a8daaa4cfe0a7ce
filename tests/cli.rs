//! The real program without a terminal: arguments and files in, plain text and exit codes out.

mod harness;

use std::fs::{self, File};
use std::io::{BufRead, BufReader, pipe};
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt, symlink};
use std::process::Stdio;

use harness::datasets;
use harness::program::{Folder, Output, dateline, ids};
use serde_json::Value;

/// The keys of a JSON object, in order.
fn keys(object: &Value) -> Vec<&str> {
    object.as_object().expect("an object").keys().map(String::as_str).collect()
}

/// Whether an object has these keys and no others, in whatever order.
#[track_caller]
fn assert_keys(object: &Value, expected: &[&str]) {
    let (mut found, mut expected) = (keys(object), expected.to_vec());
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

/// The line of a text, from 1, on which `words` stand first.
#[track_caller]
fn line_of(text: &str, words: &str) -> usize {
    1 + text.lines().position(|line| line.contains(words)).expect(words)
}

// list

#[test]
fn list_prints_all_entries_in_order() {
    let listed = ids(&dateline(&["list"]).done());
    let mut written: Vec<&str> = datasets::CURATED
        .lines()
        .filter_map(|line| line.strip_prefix("            id: \"")?.strip_suffix("\","))
        .collect();
    assert!(written.len() > 20, "the ids in the file: {written:?}");

    let json = dateline(&["list", "--format", "json"]);
    let json = json.json();
    let entries = json.as_array().unwrap();
    let in_json: Vec<&str> = entries.iter().map(|entry| entry["id"].as_str().unwrap()).collect();
    assert_eq!(in_json, listed);
    let days: Vec<&str> =
        entries.iter().map(|entry| entry["date"]["earliest"].as_str().unwrap()).collect();
    assert!(days.is_sorted(), "{days:?}");

    let mut listed = listed;
    listed.sort_unstable();
    written.sort_unstable();
    assert_eq!(listed, written);
}

#[test]
fn list_says_when_who_and_what() {
    let out = dateline(&["list"]).done();
    let line = out.lines().find(|line| line.contains("kirby-may ")).unwrap();
    let words: Vec<&str> =
        line.split("  ").map(str::trim).filter(|part| !part.is_empty()).collect();
    assert_eq!(
        words,
        ["2023-05-01", "kirby-may", "John Kirby", "Over 100,000 Russian casualties since December"]
    );
}

#[test]
fn list_as_json_has_every_key_in_every_entry() {
    let json = dateline(&["list", "--format", "json"]).json();
    for entry in json.as_array().unwrap() {
        assert_keys(
            entry,
            &[
                "id",
                "kind",
                "date",
                "headline",
                "speaker",
                "role",
                "venue",
                "paraphrase",
                "text",
                "quotes",
                "figures",
                "basis",
                "note",
                "place",
                "tags",
                "sources",
                "related",
                "related_left_out",
                "withdrawn",
                "file",
            ],
        );
        assert_keys(&entry["date"], &["edtf", "reading", "earliest", "latest"]);
        for figure in entry["figures"].as_array().unwrap() {
            assert_keys(
                figure,
                &[
                    "bound", "value", "low", "high", "measure", "of", "place", "period", "lasting",
                    "part_of", "reading",
                ],
            );
        }
        for quote in entry["quotes"].as_array().unwrap() {
            assert_keys(quote, &["text", "via", "within", "sources"]);
        }
    }
}

#[test]
fn entries_are_in_order_whatever_the_order_of_the_file() {
    let dates = ["2023-05", "XXXX", "2022-12/..", "1999", "2023-05-01", "../2022", "-0044-03-15"];
    let entries: String = dates
        .iter()
        .enumerate()
        .map(|(number, date)| datasets::statement(&format!("e{number}"), date, "A headline"))
        .collect();
    let folder = Folder::with("record.ron", datasets::dataset(&entries));
    let listed = ids(&folder.run(&["list", "record.ron"]).done());
    // What is undated comes first, then what has no beginning.
    assert_eq!(listed, ["e1", "e5", "e6", "e3", "e2", "e0", "e4"]);
}

#[test]
fn without_a_terminal_a_file_is_listed() {
    let folder = Folder::with("record.ron", datasets::many(7));
    let listed = folder.run(&["list", "record.ron"]).done();
    assert_eq!(folder.run(&["record.ron"]).done(), listed);
    assert_eq!(dateline(&[]).done(), dateline(&["list"]).done());
}

// show

#[test]
fn show_says_who_in_what_capacity_when_the_figure_and_the_source() {
    for (id, parts) in [
        (
            "milley-november",
            [
                "General Mark Milley",
                "Chairman of the Joint Chiefs of Staff",
                "November 2022",
                "about 100,000  casualties",
                "Article",
            ],
        ),
        (
            "kirby-may",
            [
                "John Kirby",
                "Spokesman, White House National Security Council",
                "1 May 2023",
                "over 100,000  casualties",
                "The Hill, 1 May 2023",
            ],
        ),
    ] {
        let out = dateline(&["show", id]).done();
        for part in parts {
            assert!(out.contains(part), "{part:?} is not in\n{out}");
        }
        let json = dateline(&["show", id, "--format", "json"]).json();
        assert_eq!(json["id"], id);
        assert_eq!(json["figures"][0]["value"], 100_000);
        assert_eq!(json["figures"][0]["of"], "Russian forces");
        assert!(json["speaker"]["role"].is_string());
        assert!(!json["sources"].as_array().unwrap().is_empty());
    }
}

#[test]
fn show_keeps_to_the_width() {
    for width in [40, 80, 200] {
        let out = dateline(&["show", "kirby-may", "--width", &width.to_string()]).done();
        // An address is never broken.
        let lines = out.lines().filter(|line| !line.contains("://"));
        let widest = lines.map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= width, "{widest} > {width}\n{out}");
        assert!(widest > width / 2 || width == 200, "{widest} is far from {width}\n{out}");
    }
}

#[test]
fn show_of_an_unknown_entry_suggests_the_nearest() {
    dateline(&["show", "kirby-mai"]).refused_with("did you mean `kirby-may`?");
    dateline(&["show", "zzz"]).refused_with("`dateline list` prints their ids");
}

// check

#[test]
fn check_tells_all_ten_mistakes_at_their_lines() {
    let text = datasets::TEN_MISTAKES;
    // The comma is missed where the next field begins, the headline where its entry does.
    let expected: Vec<(usize, &str)> = [
        ("\"forgotten\":", "uncited-source"),
        ("\"9 Nov 2022\"", "bad-date"),
        ("\"kirbi\"", "unknown-speaker"),
        ("\"A comma is missing above\"", "syntax"),
        ("sorces:", "unknown-field"),
        ("mistake: no headline", "missing-field"),
        ("Between(20000, 10000)", "low-above-high"),
        ("Quote(text: \"\")", "empty"),
        ("\"nowhere\"", "unknown-entry"),
        ("mistake: the id is taken", "duplicate-id"),
    ]
    .map(|(words, code)| (line_of(text, words), code))
    .to_vec();
    let folder = Folder::with("record.ron", text);

    let run = folder.run(&["check", "record.ron", "--format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    let json = run.json();
    let problems = json.as_array().unwrap();
    let told: Vec<(usize, &str)> = problems
        .iter()
        .map(|problem| {
            (problem["line"].as_u64().unwrap() as usize, problem["code"].as_str().unwrap())
        })
        .collect();
    assert_eq!(told, expected);
    for problem in problems {
        assert_keys(problem, &["severity", "file", "line", "column", "code", "message", "hint"]);
        assert_eq!(problem["file"], "record.ron");
        assert!(problem["column"].as_u64().unwrap() > 0);
    }
    let warnings = problems.iter().filter(|problem| problem["severity"] == "warning").count();
    assert_eq!(warnings, 1, "the source that nobody cites");

    let run = folder.run(&["check", "record.ron"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    for (line, code) in expected {
        let place = format!("record.ron:{line}:");
        assert!(run.out.contains(&place), "{place} is not in\n{}", run.out);
        assert!(run.out.contains(code), "{code} is not in\n{}", run.out);
    }
    assert!(run.out.ends_with("9 errors and 1 warning\n"), "{}", run.out);
}

#[test]
fn check_of_a_sound_dataset_is_content() {
    let out = dateline(&["check"]).done();
    assert!(out.ends_with("entries: no problems\n"), "{out}");
    assert_eq!(dateline(&["check", "--format", "json"]).done(), "[]\n");
}

#[test]
fn check_of_warnings_alone_is_content() {
    let text = datasets::one_entry().replace(", sources: [\"article\"]", "");
    let folder = Folder::with("record.ron", text);
    let out = folder.run(&["check", "record.ron"]).done();
    assert!(out.contains("uncited-source"), "{out}");
}

#[test]
fn what_is_sound_in_a_broken_dataset_is_listed_all_the_same() {
    let folder = Folder::with("record.ron", datasets::TEN_MISTAKES);
    let run = folder.run(&["list", "record.ron"]);
    assert_eq!(run.code, 1);
    assert_eq!(ids(&run.out), ["related"]);
    assert!(run.err.contains("9 errors") && run.err.contains("dateline check"), "{}", run.err);
}

// date

#[test]
fn date_explains_dates() {
    for (arguments, code, parts) in [
        (vec!["2022-11"], 0, vec!["November 2022", "2022-11-01", "2022-11-30"]),
        (vec!["2022-12/.."], 0, vec!["2022-12-01", "open"]),
        (vec!["1984~"], 0, vec!["1984-01-01", "1984-12-31"]),
        (vec!["-0044-03-15"], 0, vec!["15 March 45 BCE"]),
        (vec!["2022-11", "1999"], 0, vec!["November 2022", "1999-12-31"]),
        (vec!["9 Nov 2022"], 1, vec!["^", "2022-11-09"]),
        (vec!["2022-11", "soon"], 1, vec!["November 2022", "^"]),
    ] {
        let arguments = [vec!["date"], arguments].concat();
        let run = dateline(&arguments);
        assert_eq!((run.code, run.err.as_str()), (code, ""), "{arguments:?}");
        for part in parts {
            assert!(run.out.contains(part), "{part:?} is not in {run:?}");
        }
    }
}

#[test]
fn date_as_json_has_every_key() {
    for (arguments, code, earliest) in [
        (vec!["2022-11", "--format", "json"], 0, Some("2022-11-01")),
        (vec!["--format", "json", "2022-11"], 0, Some("2022-11-01")),
        (vec!["-0044-03-15", "--format", "json"], 0, Some("-0044-03-15")),
        (vec!["--format", "json", "-0044-03-15"], 0, Some("-0044-03-15")),
        (vec!["--format=json", "--", "-0044-03-15"], 0, Some("-0044-03-15")),
        (vec!["../2022", "--format", "json"], 0, None),
        (vec!["soon", "--format", "json"], 1, None),
    ] {
        let arguments = [vec!["date"], arguments].concat();
        let run = dateline(&arguments);
        assert_eq!((run.code, run.err.as_str()), (code, ""), "{arguments:?}");
        let json = run.json();
        assert_eq!(json.as_array().unwrap().len(), 1);
        let date = &json[0];
        assert_keys(date, &["edtf", "valid", "level", "reading", "earliest", "latest", "error"]);
        assert_eq!(date["valid"], code == 0);
        assert_eq!(date["error"].is_string(), code != 0);
        assert_eq!(date["earliest"].as_str(), earliest, "{arguments:?}");
    }
}

#[test]
fn date_answers_in_the_order_of_its_arguments() {
    for (line, expected) in [
        ("date --format json -- 2001 -0001 ../1985", "2001 -0001 ../1985"),
        ("date -0001 --format json 2001 -04XX", "-0001 2001 -04XX"),
        ("--no-state date -0044 --format json", "-0044"),
        ("--theme light date 2001 -0044 --format=json -- -0001", "2001 -0044 -0001"),
    ] {
        let arguments: Vec<&str> = line.split(' ').collect();
        let json = dateline(&arguments).json();
        let dates: Vec<&str> =
            json.as_array().unwrap().iter().map(|date| date["edtf"].as_str().unwrap()).collect();
        assert_eq!(dates.join(" "), expected, "{line}");
    }
    let run = dateline(&["date", "--formt", "json"]);
    assert!(run.code == 2 && run.err.contains("--format"), "{run:?}");
}

// Inputs

#[test]
fn what_cannot_be_read_is_refused_in_a_sentence() {
    let folder = Folder::new();
    folder.write("empty.ron", "");
    folder.write("blank.ron", "\u{feff} \n\t\n");
    folder.write("latin1.ron", b"Dataset(\n    format: 1,\n    title: \"caf\xe9\",\n)");
    folder.write("utf16.ron", b"\xff\xfeD\0a\0t\0a\0");
    folder.write("utf16be.ron", b"\xfe\xff\0D\0a\0t\0a");
    folder.write("notes/readme.txt", "No dataset.");
    for (file, words) in [
        ("missing.ron", "`missing.ron`: no such file or folder"),
        ("empty.ron", "`empty.ron` is empty"),
        ("blank.ron", "`blank.ron` is empty"),
        ("latin1.ron", "`latin1.ron` is not UTF-8: byte 39, on line 3"),
        ("utf16.ron", "`utf16.ron` is in UTF-16"),
        ("utf16be.ron", "`utf16be.ron` is in UTF-16"),
        ("notes", "no `.ron` file in the folder `notes`"),
        // A file that the system refuses to read, for root as well.
        ("/proc/self/mem", "cannot read `/proc/self/mem`"),
    ] {
        for arguments in
            [vec![file], vec!["list", file], vec!["check", file], vec!["show", "x", file]]
        {
            folder.run(&arguments).refused_with(words);
        }
    }
}

#[test]
fn text_that_is_no_dataset_is_told_as_a_mistake() {
    let folder = Folder::with("record.ron", "Dear reader,\nthis is a letter.\n");
    let run = folder.run(&["check", "record.ron"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    assert!(run.out.contains("record.ron:1:1"), "{}", run.out);
}

#[test]
fn a_dash_is_standard_input() {
    let folder = Folder::new();
    let listed = folder.run_with(&["list", "-"], datasets::one_entry()).done();
    assert_eq!(ids(&listed), ["only"]);
    let shown = folder.run_with(&["show", "only", "-"], datasets::one_entry()).done();
    assert!(shown.contains("The only entry"));
    let run = folder.run_with(&["check", "-"], datasets::all_broken());
    assert_eq!(run.code, 1);
    assert!(run.out.contains("standard input:7:"), "{}", run.out);
    folder.run_with(&["list", "-"], "").refused_with("`standard input` is empty");
    folder.run_with(&["list", "-"], b"caf\xe9").refused_with("`standard input` is not UTF-8");
    folder.run_with(&["list", "-", "-"], datasets::one_entry()).refused_with("only once");
}

#[test]
fn standard_input_that_is_not_read_is_told() {
    let folder = Folder::with("record.ron", datasets::one_entry());
    let told = "dateline: standard input is not read unless a file is named `-`; \
                this is the dataset that comes with the program\n";
    let bundled = dateline(&["list"]).done();
    let run = folder.run_with(&["list"], datasets::one_entry());
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, bundled.as_str(), told));
    let mut command = folder.command(&["list"]);
    command.stdin(File::open(folder.path().join("record.ron")).unwrap());
    let run = Output::of(command);
    assert_eq!((run.out.as_str(), run.err.as_str()), (bundled.as_str(), told));
    // Nothing is there, or it is asked for, or something else is.
    folder.run_with(&["list"], "").done();
    folder.run_with(&["list", "-"], datasets::one_entry()).done();
    folder.run_with(&["list", "record.ron"], "anything").done();
}

#[test]
fn files_and_folders_are_merged_into_one_timeline() {
    let folder = Folder::new();
    let dataset = |entries: &[(&str, &str)]| {
        let entries: String =
            entries.iter().map(|(id, date)| datasets::statement(id, date, "A headline")).collect();
        datasets::dataset(&entries)
    };
    folder.write("a.ron", dataset(&[("first", "2020"), ("same", "2023")]));
    folder.write("notes/b.ron", dataset(&[("second", "2021"), ("same", "2024")]));
    folder.write("notes/deep/c.ron", dataset(&[("third", "2022")]));
    folder.write("notes/.hidden.ron", "no dataset");
    folder.write("notes/readme.txt", "no dataset");
    let listed = ids(&folder.run(&["list", "a.ron", "notes"]).done());
    assert_eq!(listed[..3], ["first", "second", "third"]);
    assert_eq!(listed.len(), 5);

    folder.run(&["show", "same", "a.ron", "notes"]).refused_with("several files have an entry");
    for id in &listed[3..] {
        let shown = folder.run(&["show", id, "a.ron", "notes"]).done();
        assert!(shown.contains("statement same"), "{shown}");
    }
    let run = folder.run(&["list", "a.ron", "missing.ron"]);
    run.refused_with("`missing.ron`");
}

// Output

#[test]
fn an_import_replaces_a_file_as_an_export_does() {
    use rustix::fs::{CWD, FileType, Mode, makedev, mknodat};

    let folder = Folder::with("a.csv", "date,headline\n2022-11,A bridge\n");
    let at = |name: &str| folder.path().join(name);
    let import = |to: &str| folder.run(&["import", "a.csv", "-o", to, "--force"]);
    folder.write("file.ron", "old");
    fs::set_permissions(at("file.ron"), fs::Permissions::from_mode(0o640)).unwrap();
    // Only root can give a file away, or make a device; elsewhere those show nothing.
    let given = std::os::unix::fs::chown(at("file.ron"), Some(12_345), Some(54_321)).is_ok();
    symlink("file.ron", at("link.ron")).unwrap();
    folder
        .run(&["import", "a.csv", "-o", "link.ron"])
        .refused_with("`link.ron` is there already; nothing was changed; `--force` writes over it");
    assert_eq!(fs::read_to_string(at("file.ron")).unwrap(), "old");

    assert_eq!(import("link.ron").code, 0);
    assert!(fs::symlink_metadata(at("link.ron")).unwrap().is_symlink());
    assert!(fs::read_to_string(at("file.ron")).unwrap().contains("A bridge"));
    let metadata = fs::metadata(at("file.ron")).unwrap();
    assert_eq!(metadata.mode() & 0o777, 0o640);
    assert!(!given || (metadata.uid(), metadata.gid()) == (12_345, 54_321));

    let node = |name: &str, kind, device| mknodat(CWD, at(name), kind, Mode::RWXU, device);
    node("fifo", FileType::Fifo, 0).unwrap();
    import("fifo").refused_with("`fifo` is no file that can be written; nothing was changed");
    assert!(fs::symlink_metadata(at("fifo")).unwrap().file_type().is_fifo());
    if node("null", FileType::CharacterDevice, makedev(1, 3)).is_ok() {
        import("null");
        assert!(fs::symlink_metadata(at("null")).unwrap().file_type().is_char_device());
    }
    let left = fs::read_dir(folder.path()).unwrap().map(|item| item.unwrap().file_name());
    let left: Vec<_> = left.filter(|name| name.as_encoded_bytes().starts_with(b".")).collect();
    assert!(left.is_empty(), "{left:?}");
}

/// A run of every command that prints.
const PRINTING: [&[&str]; 11] = [
    &[],
    &["list"],
    &["list", "--format", "json"],
    &["show", "kirby-may"],
    &["show", "kirby-may", "--format", "json"],
    &["check"],
    &["check", "ten-mistakes.ron"],
    &["date", "2022-11"],
    &["keys"],
    &["themes"],
    &["--help"],
];

#[test]
fn output_to_a_pipe_is_plain() {
    let folder = Folder::with("ten-mistakes.ron", datasets::TEN_MISTAKES);
    let wrong: [&[&str]; 4] = [&["--nonsense"], &["show"], &["show", "x"], &["list", "missing"]];
    for arguments in PRINTING.iter().chain(&wrong) {
        for force in ["CLICOLOR_FORCE", "FORCE_COLOR"] {
            let mut command = folder.command(arguments);
            command.env(force, "1");
            let run = Output::of(command);
            for text in [&run.out, &run.err] {
                assert!(!text.contains('\u{1b}'), "{force} {arguments:?}: {text:?}");
            }
        }
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = Folder::with("ten-mistakes.ron", datasets::TEN_MISTAKES);
    for arguments in PRINTING {
        let (reader, writer) = pipe().unwrap();
        drop(reader);
        let mut command = folder.command(arguments);
        command.stdout(writer);
        let run = Output::of(command);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{arguments:?}");
    }
}

#[test]
fn a_reader_that_stops_after_a_line_ends_the_program_quietly() {
    // More than a pipe holds, so that the program is still writing.
    let folder = Folder::with("record.ron", datasets::many(5000));
    for arguments in [&["record.ron"][..], &["list", "record.ron", "--format", "json"]] {
        let mut child = folder.command(arguments).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        assert!(first.ends_with('\n'));
        let run = Output::from(child.wait_with_output().unwrap());
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{arguments:?}");
    }
}

#[test]
fn a_full_disk_is_told() {
    let Ok(full) = File::options().write(true).open("/dev/full") else { return };
    for arguments in [&["list"][..], &["show", "kirby-may"], &["check"], &["keys"]] {
        let mut command = Folder::new().command(arguments);
        command.current_dir("/").stdout(Stdio::from(full.try_clone().unwrap()));
        Output::of(command).refused_with("cannot write");
    }
}

#[test]
fn reading_leaves_no_file_behind() {
    let folder = Folder::with("record.ron", datasets::many(3));
    for arguments in [&["list", "record.ron"][..], &["show", "entry-1", "record.ron"], &["check"]] {
        folder.run(arguments).done();
    }
    let left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|item| item.unwrap().file_name()).collect();
    assert_eq!(left, ["record.ron"]);
}

// The command line

#[test]
fn help_and_version_are_there() {
    let help = dateline(&["--help"]).done();
    for part in ["list", "show", "check", "date", "keys", "themes", "Examples:", "Exit codes:"] {
        assert!(help.contains(part), "{part:?} is not in\n{help}");
    }
    let version = dateline(&["--version"]).done();
    assert_eq!(version, format!("dateline {}\n", env!("CARGO_PKG_VERSION")));
    for command in ["list", "show", "check", "date", "keys", "themes"] {
        assert!(dateline(&[command, "--help"]).done().contains("Usage:"), "{command}");
    }
}

#[test]
fn help_is_a_command_too() {
    let all = dateline(&["help"]).done();
    for part in ["list", "export", "Exit codes:"] {
        assert!(all.contains(part), "{part:?} is not in\n{all}");
    }
    assert_eq!(dateline(&["help", "export"]).done(), dateline(&["export", "--help"]).done());
    let run = dateline(&["help", "lst"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("lst"), "{run:?}");
}

#[test]
fn the_manual_page_holds_every_command_with_its_options() {
    let page = dateline(&["man"]).done();
    let heads: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix(".SH ")).collect();
    assert_eq!(
        heads,
        [
            "NAME",
            "SYNOPSIS",
            "DESCRIPTION",
            "OPTIONS",
            "COMMANDS",
            "EXAMPLES",
            "\"EXIT STATUS\"",
            "VERSION"
        ]
    );
    let commands: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix(".SS ")).collect();
    let help = dateline(&["--help"]).done();
    let listed = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let listed: Vec<&str> = listed
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert_eq!(commands, listed);
    // No other page is referred to, since there is none.
    assert!(!page.contains("(1)"), "{page}");
    for option in ["\\-\\-per", "\\-\\-day\\-first", "\\-\\-minimal"] {
        assert!(page.contains(option), "{option} is not in\n{page}");
    }
}

#[test]
fn options_that_make_no_difference_are_told() {
    for (arguments, told) in [
        (
            &["export", "--per", "figure"][..],
            "dateline: `--per figure` makes no difference to `text`, only to `csv`\n",
        ),
        (
            &["export", "--bom", "-f", "json"],
            "dateline: `--bom` makes no difference to `json`, only to `csv`\n",
        ),
        (&["export", "--bom", "--per", "figure", "-f", "csv"], ""),
    ] {
        let run = dateline(arguments);
        assert_eq!((run.code, run.err.as_str()), (0, told), "{arguments:?}");
    }
}

#[test]
fn an_export_tells_of_entries_that_have_errors() {
    let entries: String = [("a", "2022"), ("b", "2022-13"), ("c", "soon"), ("d", "")]
        .iter()
        .map(|(id, date)| datasets::statement(id, date, "A headline"))
        .collect();
    let folder = Folder::with("record.ron", datasets::dataset(&entries));
    for (format, words) in [
        ("text", "Not read     3 entries that have errors"),
        ("text", "Entries      all 1 without errors"),
        ("markdown", "3 entries that have errors"),
        ("html", "3 entries that have errors"),
        ("ron", "3 entries that have errors"),
        ("json", "\"with_errors\": 3"),
    ] {
        let run = folder.run(&["export", "record.ron", "-f", format]);
        assert_eq!(run.code, 1, "{run:?}");
        assert!(run.out.contains(words), "{words:?} is not in\n{}", run.out);
    }
    folder.write("notes.csv", "date,title\n2022,a\nsoon,b\n");
    let foreign = folder.run(&["export", "notes.csv"]);
    assert!(foreign.out.contains("Not read     1 entry that has errors\n"), "{foreign:?}");
    let sound = dateline(&["export"]).done();
    assert!(!sound.contains("Not read"), "{sound}");
}

#[test]
fn wrong_usage_is_refused() {
    for arguments in [
        &["--nonsense"][..],
        &["show"],
        &["date"],
        &["list", "--format", "xml"],
        &["--theme", "no-such-theme"],
    ] {
        let run = dateline(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
        assert!(!run.err.is_empty() && !run.err.contains("panicked"), "{run:?}");
    }
}

#[test]
fn keys_and_themes_are_listed() {
    let keys = dateline(&["keys"]).done();
    for part in ["j, Down", "gg", "Ctrl-d", "quit", "half-page-down"] {
        assert!(keys.contains(part), "{part:?} is not in\n{keys}");
    }
    let themes = dateline(&["themes"]).done();
    for name in ["dark", "light", "high-contrast", "colour-blind", "terminal"] {
        assert!(themes.lines().any(|line| line.starts_with(name)), "{name} is not in\n{themes}");
    }
}
