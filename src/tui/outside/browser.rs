//! Opening an address in the user's browser.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::tui::outside::words::split;

/// The longest address that is opened, in bytes.
const LONGEST: usize = 8192;

/// Browsers that need the terminal.
const IN_THE_TERMINAL: [&str; 7] =
    ["w3m", "lynx", "links", "elinks", "links2", "browsh", "www-browser"];

/// A program that opens an address.
#[derive(Debug)]
pub struct Browser {
    /// Its name.
    pub name: String,
    /// What to run.
    pub command: Command,
    /// Whether it needs the terminal.
    pub in_the_terminal: bool,
}

/// Whether an address may be handed to a program: http or https, and nothing that a program could
/// take for anything else.
///
/// # Errors
///
/// In one sentence, why not.
pub fn check(url: &str) -> Result<(), String> {
    let after = ["https://", "http://"].iter().find_map(|scheme| {
        let begin = url.get(..scheme.len())?;
        begin.eq_ignore_ascii_case(scheme).then(|| url.get(scheme.len()..)).flatten()
    });
    let Some(after) = after else {
        return Err("only http and https addresses are opened".to_owned());
    };
    if after.is_empty() || after.starts_with(['/', '?', '#']) {
        return Err("this address names no site".to_owned());
    }
    if url.len() > LONGEST {
        return Err("this address is too long to be opened".to_owned());
    }
    if url.chars().any(|letter| letter.is_control() || letter.is_whitespace()) {
        return Err("this address holds blanks or control characters; it is not opened".to_owned());
    }
    Ok(())
}

/// The user's browser: `$BROWSER`, else what the system has. The address is one argument.
pub fn find(url: &str) -> Option<Browser> {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if let Ok(browsers) = std::env::var("BROWSER") {
        // As `sensible-browser` and Python's `webbrowser` read it.
        for browser in browsers.split(':') {
            let Ok(words) = split(browser) else { continue };
            if let Some(found) = from_words(&words, url) {
                return Some(found);
            }
        }
    }
    let graphical = set("DISPLAY") || set("WAYLAND_DISPLAY");
    let candidates: &[&str] = if cfg!(target_os = "macos") {
        &["open"]
    } else if set("WSL_DISTRO_NAME") {
        &["wslview", "xdg-open"]
    } else if graphical {
        &["xdg-open"]
    } else {
        &[]
    };
    candidates.iter().find_map(|program| from_words(&[(*program).to_owned()], url))
}

fn from_words(words: &[String], url: &str) -> Option<Browser> {
    let (program, arguments) = words.split_first()?;
    if !on_path(program) {
        return None;
    }
    let mut command = Command::new(program);
    let mut placed = false;
    for argument in arguments {
        placed |= argument.contains("%s");
        command.arg(argument.replace("%s", url));
    }
    if !placed {
        command.arg(url);
    }
    let name = Path::new(program).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let in_the_terminal = IN_THE_TERMINAL.contains(&name.as_str());
    if !in_the_terminal {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // Keys meant for us, such as Ctrl-C in an editor, are none of its business.
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
    }
    Some(Browser { name, command, in_the_terminal })
}

/// Whether a program of that name, or at that path, can be run.
pub fn on_path(program: &str) -> bool {
    use std::os::unix::fs::PermissionsExt;
    let runs = |path: &Path| {
        path.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
    };
    if program.contains('/') {
        return runs(Path::new(program));
    }
    let path = std::env::var_os("PATH");
    std::env::split_paths(path.as_deref().unwrap_or(OsStr::new("")))
        .any(|folder| runs(&folder.join(program)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_opened() {
        for (url, opened) in [
            ("https://example.org/a?b=c&d='e'#f", true),
            ("HTTP://example.org", true),
            ("https://example.org/$(reboot);`ls`", true),
            ("file:///etc/passwd", false),
            ("javascript:alert(1)", false),
            ("--help", false),
            ("example.org", false),
            ("https://", false),
            ("https:///x", false),
            ("https://example.org/\n--x", false),
            ("https://example.org/a b", false),
            ("https://example.org/\u{1b}[2J", false),
            ("https://example.org/\u{9b}2J", false),
            ("é", false),
        ] {
            assert_eq!(check(url).is_ok(), opened, "{url:?}");
        }
        assert!(check(&format!("https://example.org/{}", "x".repeat(LONGEST))).is_err());
    }

    #[test]
    fn the_address_is_one_argument() {
        let url = "https://example.org/$(x) ;y";
        for (browser, expected) in [
            ("sh", vec![url]),
            ("sh -c --", vec!["-c", "--", url]),
            ("sh --url=%s -n", vec!["--url=https://example.org/$(x) ;y", "-n"]),
        ] {
            let found = from_words(&split(browser).unwrap(), url).unwrap();
            let arguments: Vec<_> =
                found.command.get_args().map(|word| word.to_str().unwrap()).collect();
            assert_eq!(arguments, expected);
        }
        assert!(from_words(&split("no-such-browser").unwrap(), url).is_none());
    }
}
