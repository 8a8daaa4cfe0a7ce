//! Every error is a sentence that says what happened, where, and what to do about it; and the exit
//! code says which kind it was.

mod harness;

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;

use dateline::dataset::{Code, Input, LoadError, Severity, location, read};
use dateline::edit::{EditError, SaveError};
use dateline::files::WriteError;
use dateline::import::{self, ImportError};
use dateline::query::Query;
use dateline::tui::keymap::Keymap;
use dateline::tui::theme::{Colours, Theme};
use dateline::verify::ArchiveError;
use harness::datasets;
use harness::program::{Folder, dateline};
use harness::terminal::Terminal;

/// A dataset with one entry, whose fields after its date are these.
fn event(fields: &str) -> String {
    format!(
        "Dataset(format: 1, title: \"t\", entries: [\n\
         Event(id: \"a\", date: \"2022\", {fields}),\n])"
    )
}

/// A dataset with a speaker, a source and a statement with these fields more.
fn said(fields: &str) -> String {
    format!(
        "Dataset(format: 1, title: \"t\", speakers: {{\"kirby\": Speaker(name: \"K\")}},\n\
         sources: {{\"article\": Source(title: \"s\", published: \"2021\")}}, entries: [\n\
         Statement(id: \"a\", date: \"2021\", headline: \"h\", speaker: \"kirby\", {fields}),\n])"
    )
}

/// Each kind of mistake with its sentence and what to do.
fn mistakes() -> Vec<(Code, String, &'static str, &'static str)> {
    let good = "headline: \"h\"";
    let figure = |inside: &str| event(&format!("{good}, figures: [Figure({inside})]"));
    vec![
        (Code::Syntax, event("headline \"h\""), "expected `:` after `headline`", ""),
        (Code::Syntax, event("headline: \"h"), "this string is never closed", "end it with `\"`"),
        (
            Code::Syntax,
            event(&format!("{good} /*")),
            "this comment is never closed",
            "end it with `*/`",
        ),
        (
            Code::Format,
            event(good).replace("format: 1", "format: 2"),
            "format 2; this program reads format 1",
            "newer dateline",
        ),
        (
            Code::UnknownField,
            event("haedline: \"h\""),
            "an event has no field `haedline`",
            "did you mean `headline`?",
        ),
        (
            Code::DuplicateField,
            event(&format!("{good}, {good}")),
            "field `headline` stands here twice",
            "keep one",
        ),
        (Code::MissingField, event("note: \"n\""), "this entry has no `headline`", "add it"),
        (Code::WrongType, event("headline: 1"), "`headline` wants a string", "README"),
        (
            Code::WrongType,
            figure("value: many, measure: \"m\""),
            "`value` is not a number",
            "write for example 100000",
        ),
        (
            Code::UnknownWord,
            event(good).replace("Event(", "Evnt("),
            "an entry is no `Evnt`",
            "did you mean `Event`?",
        ),
        (
            Code::UnknownWord,
            figure("value: 1, bound: Abuot, measure: \"m\""),
            "`Abuot` is no bound",
            "did you mean `About`?",
        ),
        (
            Code::BadDate,
            event(good).replace("2022", "Nov 2022"),
            "`date` is no date",
            "write `2022-11`",
        ),
        (
            Code::DuplicateId,
            event(&format!("{good}), Event(id: \"a\", date: \"2022\", {good}")),
            "the id `a` is taken by the entry on line 2",
            "of its own",
        ),
        (
            Code::UnknownSpeaker,
            said("sources: [\"article\"]").replace("r: \"kirby\"", "r: \"kirbi\""),
            "unknown speaker `kirbi`",
            "did you mean `kirby`?",
        ),
        (
            Code::UnknownSource,
            said("sources: [\"elsewhere\"]"),
            "unknown source `elsewhere`",
            "define it under `sources`",
        ),
        (
            Code::UnknownEntry,
            event(&format!("{good}, related: [Related(to: \"zzz\", how: Disputes)]")),
            "no entry has the id `zzz`",
            "or take it out",
        ),
        (
            Code::UnknownMeasure,
            figure("value: 1, measure: \"m\", part_of: \"zzz\""),
            "no figure of this entry has the measure `zzz`",
            "name the measure",
        ),
        (
            Code::LowAboveHigh,
            figure("bound: Between(2, 1), measure: \"m\""),
            "the low end, 2, is above the high end, 1",
            "write `Between(1, 2)`",
        ),
        (
            Code::BadNumber,
            figure(&format!("value: {}, measure: \"m\"", "9".repeat(400))),
            "more digits than can be held",
            "write it rounded",
        ),
        (
            Code::BadDuration,
            figure("value: 1, measure: \"m\", lasting: \"8 months\""),
            "`lasting` cannot be `8 months`",
            "write `P8M` for eight months",
        ),
        (
            Code::BadDuration,
            figure("value: 1, measure: \"m\", period: \"2022-02/2022-10\", lasting: \"P8D\""),
            "8 days is far shorter than the period",
            "how long that is",
        ),
        (
            Code::BadDuration,
            figure("value: 1, measure: \"m\", period: \"2022-11\", lasting: \"P8M\""),
            "8 months is far longer than the period",
            "how long that is",
        ),
        (
            Code::LargerThanWhole,
            figure(
                "value: 100, measure: \"m\"), Figure(value: 200, measure: \"n\", part_of: \"m\"",
            ),
            "200 is given as a part of 100, which is less",
            "not as it was claimed",
        ),
        (Code::Empty, event("headline: \" \""), "this headline is empty", "or take it out"),
        (
            Code::OwnArchive,
            said("sources: [\"article\"]").replace("Source(", "Source(archive: \"./link.txt\", "),
            "the archive `./link.txt` is this dataset itself",
            "in a file of its own",
        ),
        (Code::UncitedSource, said(""), "no entry cites the source `article`", "cite it"),
        (
            Code::SilentSpeaker,
            said("")
                .replace("r: \"kirby\"", "r: \"b\"")
                .replace("{\"kirby\"", "{\"b\": Speaker(name: \"B\"), \"kirby\""),
            "the speaker `kirby` says and passes on nothing",
            "take it out",
        ),
        (Code::NoSource, said(""), "this statement names no source", "cannot check it"),
        (
            Code::DatedAfterSource,
            said("sources: [\"article\"]").replace("date: \"2021\"", "date: \"2023\""),
            "the entry is dated after its source",
            "when it was said or happened",
        ),
        (
            Code::NotWithin,
            said(
                "quotes: [Quote(text: \"one\", within: Quoted(speaker: \"kirby\", text: \"two\"))]",
            ),
            "these words are not within the quote",
            "verbatim",
        ),
    ]
}

#[test]
fn every_mistake_in_a_dataset_says_what_where_and_what_to_do() {
    let mut told = BTreeSet::new();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ron");
    std::os::unix::fs::symlink("a.ron", folder.path().join("link.txt")).unwrap();
    for (code, text, message, hint) in mistakes() {
        std::fs::write(&path, &text).unwrap();
        let input = Input::new("a.ron", text.as_str());
        let inputs = [Input { path: Some(path.clone()), ..input }];
        let problems = read(&inputs).problems;
        let found = problems
            .iter()
            .find(|problem| problem.flaw.code == code && problem.flaw.message.contains(message))
            .unwrap_or_else(|| panic!("no {code:?}, {message:?}, in {problems:#?}\n{text}"));
        let said = found.flaw.hint.as_deref().unwrap_or_default();
        assert!(said.contains(hint), "{code:?}: {said:?} does not say {hint:?}");
        // What does not belong there says itself what does.
        assert!(
            !said.is_empty() || message.starts_with("expected"),
            "{code:?} says not what to do"
        );
        let place = location(found, &inputs);
        assert!(place.starts_with("a.ron:") && !place.ends_with(":0"), "{place}");
        told.insert(code);
    }
    for (code, message, hint) in [
        (
            Code::AmbiguousEntry,
            "several other files have an entry `x`: `b.ron` and `c.ron`",
            "or `c.ron:x`",
        ),
        (
            Code::DefinedOtherwise,
            "b.ron:1:43 defines the speaker `k` otherwise: role \u{201c}b\u{201d} there",
            "let them agree",
        ),
    ] {
        let file = |name: &str, rest: &str| {
            let text = format!(
                "Dataset(format: 1, title: \"t\", speakers: {{\"k\": Speaker(name: \"K\", role: \"{name}\")}}, \
                 entries: [Event(id: \"{rest}\", date: \"2021\", headline: \"h\", \
                 related: [Related(to: \"x\", how: PartOf)])])"
            );
            Input::new(format!("{name}.ron"), text.as_str())
        };
        let problems = read(&[file("b", "x"), file("c", "x"), file("a", "y")]).problems;
        let found = problems.iter().find(|problem| problem.flaw.code == code);
        let flaw = &found.unwrap_or_else(|| panic!("no {code:?} in {problems:#?}")).flaw;
        assert!(flaw.message.contains(message), "{flaw:?}");
        assert!(flaw.hint.as_ref().is_some_and(|said| said.contains(hint)), "{flaw:?}");
        told.insert(code);
    }
    let silent: Vec<&Code> = Code::ALL.iter().filter(|code| !told.contains(code)).collect();
    assert!(silent.is_empty(), "nothing here makes {silent:?}");
    let words: BTreeSet<&str> = Code::ALL.iter().map(|code| code.word()).collect();
    assert_eq!(words.len(), Code::ALL.len(), "two kinds of problems share a word");
    assert!(Code::ALL.iter().any(|code| code.severity() == Severity::Warning));
}

/// What each refusal to read has to say beside the name. One more kind must be added here.
fn of_reading(error: &LoadError) -> &'static [&'static str] {
    match error {
        LoadError::Missing { .. } => &["no such file or folder", "check the name"],
        LoadError::Unreadable { .. } => &["cannot read", "denied", "whether you may"],
        LoadError::Empty { .. } => &["is empty", "a dataset begins with `Dataset("],
        LoadError::NotUtf8 { .. } => &["not UTF-8", "byte 7, on line 2", "save it as UTF-8"],
        LoadError::NoText { .. } => &["is no text", "name a dataset"],
        LoadError::Utf16 { .. } => &["UTF-16", "save it as UTF-8"],
        LoadError::TooLarge { .. } => &["larger than 9 bytes", "split it"],
        LoadError::BeingWritten { .. } => &["cannot read", "another program", "try again"],
        LoadError::NoDatasets { .. } => &["no `.ron` file in the folder", "name one that holds"],
        LoadError::TwiceStandardInput => &["only once", "name `-` once"],
    }
}

#[test]
fn every_refusal_to_read_says_what_where_and_what_to_do() {
    let name = || "x.ron".to_owned();
    let reason = io::Error::from(io::ErrorKind::PermissionDenied);
    for error in [
        LoadError::Missing { name: name() },
        LoadError::Unreadable { name: name(), reason },
        LoadError::Empty { name: name() },
        LoadError::NotUtf8 { name: name(), offset: 7, line: 2 },
        LoadError::NoText { name: name() },
        LoadError::Utf16 { name: name() },
        LoadError::TooLarge { name: name(), limit: 9 },
        LoadError::BeingWritten { name: name() },
        LoadError::NoDatasets { name: name() },
        LoadError::TwiceStandardInput,
    ] {
        is_a_sentence(&error.to_string(), of_reading(&error));
        let named = error.to_string().contains("`x.ron`");
        assert!(named || matches!(error, LoadError::TwiceStandardInput), "{error}");
    }
}

/// What each refusal to write has to say.
fn of_writing(error: &WriteError) -> &'static [&'static str] {
    match error {
        WriteError::Exists { .. } => &["`x.md` is there already", "nothing was changed"],
        WriteError::IsFolder { .. } => &["`x.md` is a folder", "name a file in it"],
        WriteError::NoFile { .. } => &["`x.md` is no file", "nothing was changed"],
        WriteError::NoFolder { .. } => &["no folder `x.md`", "nothing was written"],
        WriteError::NotAFolder { .. } => &["`x.md` is no folder", "nothing was written"],
        WriteError::ForeignLink { .. } => {
            &["`x.md` is a link", "not followed", "nothing was changed"]
        }
        WriteError::Refused { .. } => {
            &["cannot write `x.md`: the disk is full", "nothing was changed"]
        }
        WriteError::Device { .. } => &["cannot write to the device `x.md`", "the disk is full"],
        WriteError::Changed { .. } => &["`x.md` was changed meanwhile", "nothing was written"],
    }
}

#[test]
fn every_refusal_to_write_says_what_where_and_that_nothing_was_harmed() {
    let path = || "x.md".to_owned();
    let reason = || "the disk is full".to_owned();
    for error in [
        WriteError::Exists { path: path() },
        WriteError::IsFolder { path: path() },
        WriteError::NoFile { path: path() },
        WriteError::NoFolder { folder: path() },
        WriteError::NotAFolder { folder: path() },
        WriteError::ForeignLink { link: path() },
        WriteError::Refused { path: path(), reason: reason() },
        WriteError::Device { path: path(), reason: reason() },
        WriteError::Changed { path: path() },
    ] {
        is_a_sentence(&error.to_string(), of_writing(&error));
    }
}

/// What refusals to change, import and look up have to say.
fn of_others(error: &Other) -> &'static [&'static str] {
    match error {
        Other::Edit(error) => match error {
            EditError::Unreadable => &["brackets or commas", "`dateline check` shows where"],
            EditError::Unknown { .. } => &["no entry has the id `a`"],
            EditError::Taken { .. } => &["the id `a` is taken"],
            EditError::PointedTo { .. } => &["`b` points to `a`", "change that first"],
            EditError::Defined { .. } => &["the speaker `a` is defined already"],
            EditError::Wrong { .. } => &["what is wrong"],
            EditError::Changed => &["the file was changed meanwhile"],
        },
        Other::Save(error) => match error {
            SaveError::Edit(_) => &["the file was changed meanwhile"],
            SaveError::Unreadable { .. } => &["cannot read `x.ron`", "denied", "nothing was"],
            SaveError::Unwritten(_) => &["`x.ron` is a folder"],
        },
        Other::Archive(error) => match error {
            ArchiveError::Outside { .. } => &["`x.txt` leads out of", "with --source"],
            ArchiveError::NoFolder { .. } => &["`x.txt` is in no folder", "with --source"],
            ArchiveError::Missing { .. } => &["`x.txt`: no such file"],
            ArchiveError::NoFile { .. } => &["`x.txt` is not a file"],
            ArchiveError::TooLarge { .. } => &["`x.txt` is larger than"],
            ArchiveError::Pdf { .. } => &["`x.txt` is a PDF", "save its text"],
            ArchiveError::NotText { .. } => &["`x.txt` is not text"],
            ArchiveError::Itself { .. } => &["`x.txt` is a dataset", "a file of its own"],
            ArchiveError::Unreadable { .. } => &["cannot read `x.txt`", "denied"],
        },
        Other::Import(error) => match error {
            ImportError::Read(_) => &["denied"],
            ImportError::Write(_) => &["cannot write", "denied"],
            ImportError::UnknownFormat { .. } => &["no format is called `cvs`", "did you mean"],
            ImportError::Unrecognized => &["none of", "csv", "`--from` names the format"],
            ImportError::Broken { .. } => &["line 3: not csv: a reason"],
            ImportError::NoDate { .. } => &["no column is known as a date", "`--map date=…`"],
            ImportError::NoColumn { .. } => &["no column is called `x`; there is y"],
            ImportError::Strict { .. } => &["line 3: something"],
        },
    }
}

enum Other {
    Edit(EditError),
    Save(SaveError),
    Archive(ArchiveError),
    Import(ImportError),
}

impl fmt::Display for Other {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Other::Edit(error) => error.fmt(out),
            Other::Save(error) => error.fmt(out),
            Other::Archive(error) => error.fmt(out),
            Other::Import(error) => error.fmt(out),
        }
    }
}

#[test]
fn every_refusal_to_change_import_and_look_up_is_a_sentence() {
    let denied = || io::Error::from(io::ErrorKind::PermissionDenied);
    let (id, path) = (|| "a".to_owned(), || "x.txt".to_owned());
    let edits = [
        EditError::Unreadable,
        EditError::Unknown { id: id() },
        EditError::Taken { id: id() },
        EditError::PointedTo { id: id(), by: vec!["b".to_owned()] },
        EditError::Defined { what: "speaker", id: id() },
        EditError::Wrong { message: "what is wrong".to_owned() },
        EditError::Changed,
    ];
    let saves = [
        SaveError::Edit(EditError::Changed),
        SaveError::Unreadable { path: "x.ron".to_owned(), reason: denied() },
        SaveError::Unwritten(WriteError::IsFolder { path: "x.ron".to_owned() }),
    ];
    let archives = [
        ArchiveError::Outside { path: path() },
        ArchiveError::NoFolder { path: path() },
        ArchiveError::Missing { path: path() },
        ArchiveError::NoFile { path: path() },
        ArchiveError::TooLarge { path: path() },
        ArchiveError::Pdf { path: path() },
        ArchiveError::NotText { path: path() },
        ArchiveError::Itself { path: path() },
        ArchiveError::Unreadable { path: path(), reason: denied() },
    ];
    let imports = [
        ImportError::Read(denied()),
        ImportError::Write(denied()),
        import::by_name("cvs").err().unwrap(),
        ImportError::Unrecognized,
        ImportError::Broken { format: "csv", line: 3, reason: "a reason".to_owned() },
        ImportError::NoDate { columns: "a, b".to_owned() },
        ImportError::NoColumn { column: "x".to_owned(), hint: "; there is y".to_owned() },
        ImportError::Strict { line: 3, what: "something".to_owned() },
    ];
    let all = edits.into_iter().map(Other::Edit).chain(saves.into_iter().map(Other::Save));
    let all = all.chain(archives.into_iter().map(Other::Archive));
    for error in all.chain(imports.into_iter().map(Other::Import)) {
        is_a_sentence(&error.to_string(), of_others(&error));
    }
}

#[track_caller]
fn is_a_sentence(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in {text:?}");
    }
    assert_eq!(text.lines().count(), 1, "{text:?}");
    for trace in ["Error {", "Err(", "None", "unwrap", "panicked", "  "] {
        assert!(!text.contains(trace), "{text:?}");
    }
}

#[test]
fn every_mistake_in_a_query_says_where_and_what_was_expected() {
    for (text, at, message, hint) in [
        (")", 0, "nothing to close", ""),
        ("(a", 0, "the group is not closed", "`)`"),
        ("()", 0, "nothing stands in the group", "a term"),
        ("OR a", 0, "nothing stands before `OR`", "a term"),
        ("a OR", 2, "nothing stands after `OR`", "a term"),
        ("\"a", 0, "the quotation is not closed", "`\"`"),
        ("speker:a", 0, "unknown field `speker`", "did you mean `speaker`?"),
        ("kind:evnt", 5, "there is no kind `evnt`", "did you mean `event`?"),
        ("has:figrue", 4, "no record has a `figrue`", "did you mean `figure`?"),
        ("after:soon", 6, "", ""),
        ("after:", 0, "`after:` has no date", "a date such as 2022-11"),
    ] {
        let error = Query::parse(text).unwrap_err();
        assert_eq!(error.span.start, at, "{text}: {error:?}");
        assert!(error.message.contains(message), "{text}: {error:?}");
        let said = error.hint.clone().unwrap_or_default();
        assert!(said.contains(hint), "{text}: {error:?}");
        assert!(!said.is_empty() || text == ")", "{text} says not what to do: {error:?}");
        is_a_sentence(&error.to_string(), &[]);
    }
    let deep = "(".repeat(100_000);
    assert!(Query::parse(&deep).unwrap_err().message.contains("too many groups"));
}

#[test]
fn keys_and_themes_say_which_line_and_what_there_is() {
    let keys = Keymap::built_in().unwrap();
    for (text, parts) in [
        (
            "[(on: \"x\", run: \"donw\")]",
            &["line 1", "unknown action `donw`", "did you mean `down`?"][..],
        ),
        ("[(on: \"x\", run: \"zzzzzzz\")]", &["line 1", "`dateline keys` lists them all"]),
        ("[\n(on: \"<c-\", run: \"down\")]", &["line 2"]),
        ("[\n(on: \"x\"", &["line 2"]),
    ] {
        is_a_sentence(&keys.clone().with_user(text).unwrap_err().to_string(), parts);
    }
    let theme = Theme::parse("(\nabuot: \"mine\")", Colours::True).unwrap_err();
    is_a_sentence(&theme.to_string(), &["line 2", "abuot"]);
}

/// What the command line is refused with, and its exit code.
#[test]
fn every_refusal_of_a_command_says_what_to_do() {
    let folder = Folder::with("a.ron", datasets::one_entry());
    folder.write("broken.ron", datasets::all_broken());
    folder.write("here.md", "mine");
    for (arguments, code, parts) in [
        (&["list", "missing.ron"][..], 2, &["`missing.ron`", "check the name"][..]),
        (&["show", "olny", "a.ron"], 2, &["no entry has the id `olny`", "did you mean `only`?"]),
        (&["show", "zzzzzzzz", "a.ron"], 2, &["a.ron", "`dateline list` prints their ids"]),
        (
            &["list", "-q", "speker:a", "a.ron"],
            2,
            &["the query cannot be read", "^", "did you mean `speaker`?"],
        ),
        (&["export", "-f", "markdwon"], 2, &["no export format is called", "markdown"]),
        (&["export", "-o", "out.zzz"], 2, &["no export format is called"]),
        (
            &["export", "-o", "here.md", "a.ron"],
            2,
            &["`here.md` is there already", "`--force` writes over it"],
        ),
        (&["export", "-o", "no/out.md", "a.ron"], 2, &["no folder `no`", "nothing was written"]),
        (&["export", "--from", "May 32", "a.ron"], 2, &["`May 32` is no date"]),
        (&["--theme", "drak", "a.ron"], 2, &["no theme `drak`", "dark"]),
        (&["list", "--format", "xml"], 2, &["'xml'", "text, json"]),
        (&["lst"], 2, &["`lst`: no such file or folder", "did you mean the command `list`?"]),
        (&["bogus"], 2, &["`bogus`", "check the name", "`dateline help` lists the commands"]),
        (&["lst.ron"], 2, &["`lst.ron`: no such file or folder; check the name"]),
        (
            &["-q", "x", "list"],
            2,
            &["the command `list` goes before its options", "`dateline list …`"],
        ),
        (&["export", "-o", "."], 2, &["`.` is a folder", "name a file in it"]),
        (&["export", "-o", "record"], 2, &["`record` does not say which format", "`-f`"]),
        (
            &["export", "--from", "2023", "--to", "2022"],
            2,
            &["`--from 2023` is after `--to 2022`", "no day"],
        ),
        (&["import", "missing.csv"], 2, &["`missing.csv`: no such file or folder; check the name"]),
        (&["import", "."], 2, &["cannot read `.`: it is a folder"]),
        (
            &["import", "a.csv", "-o", "here.md"],
            2,
            &["`here.md` is there already", "`--force` writes over it"],
        ),
        (&["new", "here.md"], 2, &["`here.md` is there already; nothing was changed"]),
        (
            &["compare", "olny", "x", "-f", "a.ron"],
            2,
            &["no entry has the id `olny`", "did you mean"],
        ),
        (
            &["compare", "zzzzzzzz", "x", "-f", "a.ron"],
            2,
            &["a.ron", "`dateline list` prints their ids"],
        ),
        (&["list", "broken.ron"], 1, &["1 error", "`dateline check` shows where"]),
        (&["check", "broken.ron"], 1, &[]),
        (&["date", "soon"], 1, &[]),
        (&["check", "a.ron"], 0, &[]),
        (&["list", "a.ron"], 0, &[]),
    ] {
        let run = folder.run(arguments);
        assert_eq!(run.code, code, "{arguments:?}: {run:?}");
        for part in parts {
            assert!(run.err.contains(part), "{arguments:?}: {part:?} is not in {:?}", run.err);
        }
    }
    assert_eq!(fs::read_to_string(folder.path().join("here.md")).unwrap(), "mine");
    let help = dateline(&["--help"]).done();
    let codes = "Exit codes: 0 done, 1 findings in a dataset, 2 wrong usage or unreadable input.";
    assert!(help.contains(codes), "{help}");
}

#[test]
fn a_log_says_what_was_done_and_nothing_that_was_read_or_typed() {
    let folder = Folder::with("secret-name.ron", datasets::many(3));
    let arguments = ["secret-name.ron", "--log", "trace"];
    let mut terminal = Terminal::open(&folder, &arguments, (100, 30));
    terminal.send("j/head<enter>");
    terminal.paste("pasted words");
    terminal.resize(80, 24);
    terminal.send("y");
    terminal.send("q");
    assert_eq!(terminal.wait_exit(), 0);
    let log = fs::read_to_string(folder.path().join("trace")).unwrap();
    for part in [
        "dateline log\n",
        &format!("dateline {} on ", env!("CARGO_PKG_VERSION")),
        "terminal 100x30, TERM=xterm-256color",
        "timeline of 3 entries from 1 datasets",
        "draw, ",
        "action down, ",
        " at entry-2\n",
        "resize 80x24",
        "effect copy",
        "\n",
        " end\n",
    ] {
        assert!(log.contains(part), "{part:?} is not in\n{log}");
    }
    for secret in ["Headline", "Kirby", "secret-name", "head", "pasted", "report"] {
        assert!(!log.contains(secret), "{secret:?} is in\n{log}");
    }
    // A dataset is never taken for a log.
    let before = fs::read(folder.path().join("secret-name.ron")).unwrap();
    let mut terminal =
        Terminal::spawn(&folder, &["secret-name.ron", "--log", "secret-name.ron"], (100, 30));
    assert_eq!(terminal.wait_exit(), 2);
    assert_eq!(fs::read(folder.path().join("secret-name.ron")).unwrap(), before);
    // Without it nothing is written but the place.
    let folder = Folder::with("a.ron", datasets::many(3));
    let mut terminal = Terminal::open(&folder, &["a.ron", "--no-state"], (100, 30));
    terminal.send("jq");
    assert_eq!(terminal.wait_exit(), 0);
    let left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|item| item.unwrap().file_name()).collect();
    assert_eq!(left, ["a.ron"]);
}
