//! What the README says is so: its commands print what stands there, its tables are those of the
//! program, its datasets are sound. `UPDATE_README=1 cargo test --test readme` writes it anew.

mod harness;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dateline::dataset::{Input, read, render};
use dateline::tui::keymap::Keymap;
use harness::program::Folder;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// Holds the README against what it should be, or writes it so.
fn hold(should: &str) {
    let is = readme();
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(root().join("README.md"), should).unwrap();
        return;
    }
    let line = is.lines().zip(should.lines()).position(|(is, should)| is != should);
    assert!(
        is == should,
        "README.md is behind, first on line {}; UPDATE_README=1 writes it anew\n{}",
        line.unwrap_or(0) + 1,
        should.lines().nth(line.unwrap_or(0)).unwrap_or_default(),
    );
}

/// The blocks of a kind, without their fences.
fn blocks(text: &str, kind: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut rest = text;
    let fence = format!("```{kind}\n");
    while let Some((_, after)) = rest.split_once(&fence) {
        let (block, after) = after.split_once("```").unwrap();
        blocks.push(block.to_owned());
        rest = after;
    }
    blocks
}

/// What a command of the README prints, both streams.
fn printed(command: &str) -> String {
    let folder = Folder::new();
    let program = Path::new(env!("CARGO_BIN_EXE_dateline")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let mut run = Command::new("sh");
    run.arg("-c").arg(command).current_dir(root()).env_clear();
    run.env("PATH", path).env("HOME", folder.path());
    let output = run.output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    // Tables end their lines as RFC 4180 asks.
    String::from_utf8(text).unwrap().replace("\r\n", "\n")
}

#[test]
fn tables_are_the_program_s_and_commands_print_what_stands_there() {
    let mut text = readme();
    for (name, table) in [("keys", keys()), ("formats", formats())] {
        let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let (before, after) = text.split_once(&open).unwrap();
        let (_, after) = after.split_once(&close).unwrap();
        text = format!("{before}{open}{table}{close}{after}");
    }
    for block in blocks(&readme(), "console") {
        let command = block.lines().next().unwrap().strip_prefix("$ ").unwrap();
        let should = format!("$ {command}\n{}", printed(command));
        assert!(should.lines().count() > 1, "{command} prints nothing");
        text =
            text.replace(&format!("```console\n{block}```"), &format!("```console\n{should}```"));
    }
    hold(&text);
}

#[test]
fn datasets_in_it_are_sound() {
    let datasets: Vec<String> = blocks(&readme(), "ron")
        .into_iter()
        .filter(|block| block.starts_with("Dataset("))
        .collect();
    assert!(!datasets.is_empty());
    for dataset in datasets {
        let inputs = [Input::new("README.md", dataset)];
        let reading = read(&inputs);
        assert_eq!(render(&reading.problems, &inputs), "");
    }
}

#[test]
fn datasets_in_the_guides_are_sound() {
    let mut found = 0;
    for item in fs::read_dir(root().join("docs")).unwrap() {
        let path = item.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        for block in blocks(&fs::read_to_string(&path).unwrap(), "ron") {
            if block.starts_with("Dataset(") {
                let inputs = [Input::new(name.as_str(), block)];
                assert_eq!(render(&read(&inputs).problems, &inputs), "");
                found += 1;
            }
        }
    }
    assert!(found >= 2, "only {found}");
}

/// The format's guide has every field that there is, as the program's own words name them.
#[test]
fn the_format_is_shown_whole() {
    let guide = fs::read_to_string(root().join("docs/format.md")).unwrap();
    for kind in dateline::model::SourceKind::ALL {
        assert!(guide.contains(kind.name()), "{}", kind.name());
    }
    for how in dateline::model::How::ALL {
        assert!(guide.contains(how.name()), "{}", how.name());
    }
}

/// A date in a guide's table is one.
#[test]
fn dates_in_the_guide_are_dates() {
    let guide = fs::read_to_string(root().join("docs/format.md")).unwrap();
    let dates = guide.split("\n## Dates\n").nth(1).unwrap();
    let cells = dates.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
    let mut found = 0;
    for date in cells.flat_map(|cell| cell.split("`, `")) {
        let date = date.trim_end_matches('`');
        assert!(dateline::when::When::parse(date).is_ok(), "{date}");
        found += 1;
    }
    assert!(found > 15, "only {found}");
}

#[test]
fn keys_in_it_are_a_user_s() {
    let keys: Vec<String> =
        blocks(&readme(), "ron").into_iter().filter(|block| block.starts_with('[')).collect();
    assert!(!keys.is_empty());
    for text in keys {
        Keymap::built_in().unwrap().with_user(&text).unwrap();
    }
}

#[test]
fn files_that_it_names_are_there() {
    let text = readme();
    let names = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    for name in names.filter(|name| !name.contains("://") && !name.starts_with('#')) {
        assert!(root().join(name).exists(), "{name}");
    }
}

#[test]
fn crates_that_it_lists_are_those_of_the_program() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let section = manifest.split("[dependencies]\n").nth(1).unwrap().split("\n[").next().unwrap();
    let text = readme();
    let made_of = text.split("## What it is made of").nth(1).unwrap();
    for name in section.lines().filter_map(|line| line.split([' ', '=']).next()) {
        assert!(name.is_empty() || made_of.contains(name), "{name} is not explained");
    }
}

fn keys() -> String {
    let keymap = Keymap::built_in().unwrap();
    let mut text = "| keys | what they do |\n|---|---|\n".to_owned();
    let mut group = "";
    for binding in keymap.bindings().iter().filter(|binding| !binding.keys.is_empty()) {
        if binding.group != group {
            group = &binding.group;
            text.push_str(&format!("| **{group}** | |\n"));
        }
        let names = binding.keys_name().replace('|', "\\|");
        let names: Vec<String> = names.split(", ").map(|name| format!("`{name}`")).collect();
        text.push_str(&format!("| {} | {} |\n", names.join(" "), binding.help));
    }
    text
}

fn formats() -> String {
    let mut text = "| format | file | for |\n|---|---|---|\n".to_owned();
    for format in dateline::view::formats::ALL.iter() {
        text.push_str(&format!(
            "| `{}` | `.{}` | {} |\n",
            format.name, format.extensions[0], format.about
        ));
    }
    text
}
