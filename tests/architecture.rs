//! The shape of the code, as `src/lib.rs` describes it.

use std::fs;
use std::path::{Path, PathBuf};

/// The most lines of a source file, so that it can be held in the head.
const LONGEST: usize = 500;

/// The crates that are a terminal.
const TERMINALS: [&str; 2] = ["ratatui", "crossterm"];

/// What ends the program, where an error should be told or a case be handled. An `expect` with
/// anything but a message is some type's own.
const SHORTCUTS: [&str; 8] = [
    ".unwrap()",
    ".expect(\"",
    ".expect(&",
    "todo!(",
    "unimplemented!(",
    "dbg!(",
    "panic!(",
    "unreachable!(",
];

/// A source file without its tests.
struct Source {
    /// From `src` on: `tui/draw.rs`.
    path: String,
    /// Each line with its number.
    lines: Vec<(usize, String)>,
}

impl Source {
    /// The module right under the crate that the file belongs to; none for `lib.rs` and `main.rs`.
    fn module(&self) -> Option<&str> {
        let first = self.path.split('/').next()?;
        let name = first.strip_suffix(".rs").unwrap_or(first);
        (name != "lib" && name != "main").then_some(name)
    }

    /// The lines that are code, without comments.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines.iter().filter_map(|(number, line)| {
            let code = line.split("//").next().unwrap_or_default();
            // What follows `//` inside quotation marks is no comment.
            let code = if code.matches('"').count() % 2 == 1 { line } else { code };
            (!line.trim_start().starts_with("//")).then_some((*number, code))
        })
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files_in(folder: &Path, found: &mut Vec<PathBuf>) {
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            files_in(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The files of a folder named `tests` and those called `tests.rs` are nothing but tests.
fn is_test(path: &str) -> bool {
    path.split('/').any(|part| part == "tests" || part == "tests.rs")
}

/// The files of modules that their parent declares under `#[cfg(test)]`.
fn only_for_tests(paths: &[PathBuf]) -> Vec<String> {
    let mut files = Vec::new();
    for path in paths {
        let text = fs::read_to_string(path).unwrap();
        let folder = path.with_extension("");
        for (above, line) in text.lines().zip(text.lines().skip(1)) {
            let module = line.trim_start_matches("pub(crate) ").strip_prefix("mod ");
            if above.trim() == "#[cfg(test)]"
                && let Some(name) = module.and_then(|rest| rest.strip_suffix(';'))
            {
                let file = folder.join(format!("{name}.rs"));
                if let Ok(below) = file.strip_prefix(root()) {
                    files.push(below.to_str().unwrap().replace('\\', "/"));
                }
            }
        }
    }
    files
}

/// Every source file, without those that are tests.
fn sources() -> Vec<Source> {
    let mut paths = Vec::new();
    files_in(&root(), &mut paths);
    paths.sort();
    let only_for_tests = only_for_tests(&paths);
    let sources: Vec<Source> = paths
        .iter()
        .map(|path| Source {
            path: path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/"),
            lines: without_tests(&fs::read_to_string(path).unwrap()),
        })
        .filter(|source| !is_test(&source.path) && !only_for_tests.contains(&source.path))
        .collect();
    assert!(sources.len() > 40, "only {} files found", sources.len());
    sources
}

/// The lines of a file that are not under `#[cfg(test)]`.
fn without_tests(text: &str) -> Vec<(usize, String)> {
    let mut lines = Vec::new();
    let mut numbered = text.lines().enumerate().map(|(number, line)| (number + 1, line));
    while let Some((number, line)) = numbered.next() {
        if line.trim() != "#[cfg(test)]" {
            lines.push((number, line.to_owned()));
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let end = format!("{}}}", " ".repeat(indent));
        // What is under it ends on its first line or with a brace that stands as far in.
        let opens = numbered
            .by_ref()
            .map(|(_, line)| line)
            .find(|line| !line.trim().starts_with('#'))
            .is_some_and(|line| line.ends_with('{'));
        if opens {
            numbered.by_ref().find(|(_, line)| *line == end);
        }
    }
    lines
}

/// The modules in the order in which `src/lib.rs` lists them.
fn order() -> Vec<String> {
    let text = fs::read_to_string(root().join("lib.rs")).unwrap();
    let order: Vec<String> = text
        .lines()
        .filter_map(|line| line.strip_prefix("//! - [`")?.split_once("`]:"))
        .map(|(name, _)| name.to_owned())
        .collect();
    assert!(order.len() >= 8, "{order:?}");
    order
}

/// The modules that a line names after `crate::`.
fn modules_named(line: &str) -> Vec<String> {
    line.match_indices("crate::")
        .filter(|(at, _)| {
            !line[..*at].ends_with(|before: char| before.is_alphanumeric() || before == '_')
        })
        .map(|(at, prefix)| {
            line[at + prefix.len()..]
                .chars()
                .take_while(|letter| letter.is_alphanumeric() || *letter == '_' || *letter == '{')
                .collect()
        })
        .collect()
}

/// Fails with all that was found, one a line.
#[track_caller]
fn assert_none(rule: &str, found: &[String]) {
    assert!(found.is_empty(), "{rule}\n{}", found.join("\n"));
}

#[test]
fn only_tui_names_a_terminal() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| source.module() != Some("tui")) {
        for (number, line) in source.code() {
            if TERMINALS.iter().any(|name| line.contains(name)) {
                found.push(format!("src/{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    assert_none("a terminal is named outside tui", &found);
}

#[test]
fn a_module_uses_only_modules_above_it() {
    let order = order();
    let rank = |name: &str| order.iter().position(|known| known == name);
    let mut found = Vec::new();
    for source in sources() {
        let Some(module) = source.module() else { continue };
        let own =
            rank(module).unwrap_or_else(|| panic!("`{module}` is not in the list of src/lib.rs"));
        for (number, line) in source.code() {
            for used in modules_named(line) {
                // What is not in the list is a macro of the crate, or several modules in braces.
                if used.starts_with('{') || rank(&used).is_some_and(|other| other > own) {
                    found.push(format!("src/{}:{number}: {}", source.path, line.trim()));
                }
            }
        }
    }
    assert_none("a module uses one below it, or several in one `use crate::{…}`", &found);
}

/// Within `tui`: what a part may not know of.
const APART: [(&str, &[&str]); 4] = [
    ("tui/draw", &["tui::update"]),
    ("tui/update", &["tui::draw"]),
    ("tui/overlay", &["tui::draw", "tui::update"]),
    ("tui/state", &["tui::draw", "tui::update"]),
];

#[test]
fn what_draws_and_what_changes_the_state_do_not_know_one_another() {
    let mut found = Vec::new();
    for source in sources() {
        let apart = APART.iter().filter(|(part, _)| source.path.starts_with(part));
        for (_, others) in apart {
            for (number, line) in source.code() {
                if others.iter().any(|other| line.contains(other)) {
                    found.push(format!("src/{}:{number}: {}", source.path, line.trim()));
                }
            }
        }
    }
    assert_none("key → update → state → draw", &found);
}

#[test]
fn every_module_is_in_the_list() {
    let text = fs::read_to_string(root().join("lib.rs")).unwrap();
    let mut modules: Vec<&str> = text
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'))
        .collect();
    let mut order = order();
    modules.sort_unstable();
    order.sort_unstable();
    assert_eq!(modules, order);
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<String> = sources()
        .iter()
        .filter(|source| !source.lines.first().is_some_and(|(_, line)| line.starts_with("//! ")))
        .map(|source| format!("src/{}", source.path))
        .collect();
    assert_none("no `//!` on the first line", &silent);
}

#[test]
fn nothing_ends_the_program_instead_of_handling_an_error() {
    let mut found = Vec::new();
    for source in sources() {
        for (number, line) in source.code() {
            if SHORTCUTS.iter().any(|shortcut| line.contains(shortcut)) {
                found.push(format!("src/{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    assert_none("outside tests an error is handled or handed on", &found);
}

#[test]
fn a_module_lies_beside_its_folder() {
    let mut paths = Vec::new();
    files_in(&root(), &mut paths);
    let found: Vec<String> = paths
        .iter()
        .filter(|path| path.ends_with("mod.rs"))
        .map(|path| path.display().to_string())
        .collect();
    assert_none("`foo.rs` beside `foo/`, not `foo/mod.rs`", &found);
}

#[test]
fn files_stay_small() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|source| source.lines.len() > LONGEST)
        .map(|source| format!("src/{}: {} lines", source.path, source.lines.len()))
        .collect();
    assert_none("split these", &long);
}

#[test]
fn tests_are_told_from_code() {
    let text = "//! A.\nfn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {\n    }\n}\nfn c() {}\n\
                #[cfg(test)]\n#[path = \"d\"]\nmod d;\nfn e() {}\n";
    let kept: Vec<usize> = without_tests(text).iter().map(|(number, _)| *number).collect();
    assert_eq!(kept, [1, 2, 8, 12]);
    assert_eq!(
        modules_named("use crate::tui::x; pub(crate) fn y() -> crate::model::Z"),
        ["tui", "model"]
    );
    assert_eq!(modules_named("use crate::{a, b};"), ["{a"]);
}
