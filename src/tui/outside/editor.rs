//! The user's editor, at a line of a file.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use crate::tui::outside::words::split;

/// How an editor is told the line.
enum Line {
    /// `+12 file`.
    Plus,
    /// `file:12`.
    Colon,
    /// `--goto file:12`.
    Goto,
    /// Not at all.
    Untold,
}

/// What is known of an editor by the name of its program: how it is told the line, and what
/// makes it wait until the file is closed.
fn habits(program: &str) -> (Line, Option<&'static str>) {
    match program {
        "vi" | "vim" | "nvim" | "nvi" | "view" | "vis" | "gvim" | "nano" | "pico" | "emacs"
        | "emacsclient" | "kak" | "micro" | "joe" | "jed" | "mg" | "ne" | "ed" => {
            (Line::Plus, None)
        }
        "hx" | "helix" => (Line::Colon, None),
        "subl" | "sublime_text" | "zed" | "zeditor" => (Line::Colon, Some("--wait")),
        "code" | "code-insiders" | "codium" | "vscodium" | "cursor" => (Line::Goto, Some("--wait")),
        _ => (Line::Untold, None),
    }
}

/// The editor's name as the user knows it, and the command: `$VISUAL`, else `$EDITOR`, else `vi`.
///
/// # Errors
///
/// That the variable cannot be understood.
pub fn command(file: &Path, line: u32) -> Result<(String, Command), String> {
    let variable = |name: &str| {
        let value = std::env::var(name).ok()?;
        (!value.trim().is_empty()).then_some((name.to_owned(), value))
    };
    let (name, value) = variable("VISUAL")
        .or_else(|| variable("EDITOR"))
        .unwrap_or_else(|| ("EDITOR".to_owned(), "vi".to_owned()));
    let words = split(&value).map_err(|error| format!("${name}: {error}"))?;
    let Some((program, arguments)) = words.split_first() else {
        return Err(format!("${name} names no program"));
    };
    let mut command = Command::new(program);
    command.args(arguments).args(at_line(program, arguments, file, line));
    Ok((program.clone(), command))
}

/// The arguments that open a file at a line.
fn at_line(program: &str, given: &[String], file: &Path, line: u32) -> Vec<OsString> {
    let program = Path::new(program).file_stem().unwrap_or_default().to_string_lossy();
    let (told, waits) = habits(&program);
    let mut file = file.as_os_str().to_owned();
    // A file must not be taken for an option.
    if matches!(file.as_encoded_bytes().first(), Some(b'-' | b'+')) {
        let mut safe = OsString::from("./");
        safe.push(&file);
        file = safe;
    }
    let mut with_line = file.clone();
    with_line.push(format!(":{line}"));
    let mut arguments = Vec::new();
    if let Some(waits) = waits
        && !given.iter().any(|word| word == waits || word == "-w")
    {
        arguments.push(waits.into());
    }
    match told {
        Line::Plus => arguments.extend([format!("+{line}").into(), file]),
        Line::Colon => arguments.push(with_line),
        Line::Goto => arguments.extend(["--goto".into(), with_line]),
        Line::Untold => arguments.push(file),
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_editor_is_told_the_line_in_its_way() {
        for (editor, file, expected) in [
            ("vi", "a.ron", "+12 a.ron"),
            ("/usr/bin/nvim", "a b.ron", "+12 a b.ron"),
            ("nano", "-a.ron", "+12 ./-a.ron"),
            ("vim", "+a.ron", "+12 ./+a.ron"),
            ("hx", "a.ron", "a.ron:12"),
            ("code", "a.ron", "--wait --goto a.ron:12"),
            ("code --wait", "a.ron", "--goto a.ron:12"),
            ("subl -w", "a.ron", "a.ron:12"),
            ("gedit", "a.ron", "a.ron"),
        ] {
            let words = split(editor).unwrap();
            let arguments = at_line(&words[0], &words[1..], Path::new(file), 12);
            let arguments: Vec<_> = arguments.iter().map(|word| word.to_str().unwrap()).collect();
            assert_eq!(arguments.join(" "), expected, "{editor}");
        }
    }
}
