//! Where the program's own files lie: its settings and its state.
//!
//! As the XDG Base Directory Specification says (version 0.8), on every Unix: a variable that is
//! unset, empty or no absolute path is as good as none.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The program's folder below those of the user.
const OURS: &str = "dateline";

/// The program's folders; none where the user has no home.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folders {
    /// The user's home.
    pub home: Option<PathBuf>,
    /// Settings: keys, themes.
    pub config: Option<PathBuf>,
    /// What is kept between runs.
    pub state: Option<PathBuf>,
    /// Variables that are set to nonsense, and so count for nothing: one sentence each.
    pub ignored: Vec<String>,
}

impl Folders {
    /// As the environment says.
    pub fn of_the_user() -> Self {
        Folders::from(|name| std::env::var_os(name))
    }

    fn from(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let mut ignored = Vec::new();
        let mut absolute = |name: &str| {
            let value = variable(name).filter(|value| !value.is_empty())?;
            let path = PathBuf::from(value);
            if path.is_absolute() {
                return Some(path);
            }
            ignored.push(format!("{name} is no absolute path (`{}`)", path.display()));
            None
        };
        let home = absolute("HOME");
        let mut folder = |name: &str, usual: &str| {
            let base = absolute(name).or_else(|| Some(home.as_ref()?.join(usual)))?;
            Some(base.join(OURS))
        };
        let config = folder("XDG_CONFIG_HOME", ".config");
        let state = folder("XDG_STATE_HOME", ".local/state");
        Folders { home, config, state, ignored }
    }

    /// A path as the user typed it, with `~/` for the home.
    pub fn expand(&self, typed: &str) -> PathBuf {
        let inside = typed.strip_prefix("~/").or_else(|| (typed == "~").then_some(""));
        match (inside, &self.home) {
            (Some(inside), Some(home)) => home.join(inside),
            _ => PathBuf::from(typed),
        }
    }

    /// A path for the user to read, with `~/` for the home.
    pub fn shorten(&self, path: &Path) -> String {
        match self.home.as_ref().and_then(|home| path.strip_prefix(home).ok()) {
            Some(inside) if !inside.as_os_str().is_empty() => format!("~/{}", inside.display()),
            _ => path.display().to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders(variables: &[(&str, &str)]) -> Folders {
        Folders::from(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into())
        })
    }

    #[test]
    fn folders_follow_the_environment() {
        for (variables, config, state, ignored) in [
            (
                vec![("HOME", "/home/a")],
                Some("/home/a/.config/dateline"),
                Some("/home/a/.local/state/dateline"),
                0,
            ),
            (
                vec![("HOME", "/home/a"), ("XDG_CONFIG_HOME", "/c"), ("XDG_STATE_HOME", "/s")],
                Some("/c/dateline"),
                Some("/s/dateline"),
                0,
            ),
            (
                vec![("HOME", "/home/a"), ("XDG_CONFIG_HOME", "c"), ("XDG_STATE_HOME", "")],
                Some("/home/a/.config/dateline"),
                Some("/home/a/.local/state/dateline"),
                1,
            ),
            (vec![("XDG_STATE_HOME", "/s")], None, Some("/s/dateline"), 0),
            (vec![("HOME", "here")], None, None, 1),
            (vec![], None, None, 0),
        ] {
            let found = folders(&variables);
            assert_eq!(found.config.as_deref(), config.map(Path::new), "{variables:?}");
            assert_eq!(found.state.as_deref(), state.map(Path::new), "{variables:?}");
            assert_eq!(found.ignored.len(), ignored, "{variables:?}");
        }
    }

    #[test]
    fn home_is_written_short_and_read_long() {
        let home = folders(&[("HOME", "/home/a")]);
        for (typed, path) in [
            ("~/out.md", "/home/a/out.md"),
            ("~", "/home/a/"),
            ("~b/out.md", "~b/out.md"),
            ("out~/x", "out~/x"),
        ] {
            assert_eq!(home.expand(typed), Path::new(path));
            assert_eq!(folders(&[]).expand(typed), Path::new(typed));
        }
        assert_eq!(home.shorten(Path::new("/home/a/x/y")), "~/x/y");
        assert_eq!(home.shorten(Path::new("/home/ab")), "/home/ab");
    }
}
