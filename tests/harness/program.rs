//! The program run with pipes: arguments and standard input in, output and exit code out.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use tempfile::TempDir;

/// What the environment of every test holds, beside the folders of [`Folder::environment`].
const ENVIRONMENT: [(&str, &str); 4] =
    [("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("LANG", "C.UTF-8"), ("TZ", "UTC")];

/// A folder of a test's own: the program's home and the place of its files. Gone at the end.
pub struct Folder(TempDir);

impl Folder {
    /// An empty one.
    pub fn new() -> Self {
        Folder(TempDir::new().unwrap())
    }

    /// One that holds a file.
    pub fn with(name: &str, content: impl AsRef<[u8]>) -> Self {
        let folder = Folder::new();
        folder.write(name, content);
        folder
    }

    /// Writes a file, and the folders that it lies in.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// All variables that the program sees: nothing of whoever runs the tests.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let below = |name: &str| self.path().join(name).to_str().unwrap().to_owned();
        let mut variables: Vec<(&str, String)> =
            ENVIRONMENT.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        variables.push(("HOME", below("home")));
        variables.push(("XDG_CONFIG_HOME", below("home/config")));
        variables.push(("XDG_STATE_HOME", below("home/state")));
        variables.push(("XDG_DATA_HOME", below("home/data")));
        variables.push(("XDG_CACHE_HOME", below("home/cache")));
        variables
    }

    /// The program, to be started in this folder.
    pub fn command<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.args(arguments).current_dir(self.path()).env_clear().envs(self.environment());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the program in this folder to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        Output::of(self.command(arguments))
    }

    /// Runs the program to its end with something on standard input.
    pub fn run_with(&self, arguments: &[&str], input: impl AsRef<[u8]>) -> Output {
        let mut child = self.command(arguments).stdin(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.as_ref().to_vec();
        // Beside the reading of its output, so that neither waits for the other.
        let writer = thread::spawn(move || stdin.write_all(&input));
        let output = Output::from(child.wait_with_output().unwrap());
        // A program that has seen enough need not read to the end.
        let _ = writer.join().unwrap();
        output
    }
}

/// Runs the program in an empty folder.
pub fn dateline(arguments: &[&str]) -> Output {
    Folder::new().run(arguments)
}

/// What a run came to.
#[derive(Debug)]
pub struct Output {
    /// The exit code; -1 after a signal.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Output {
    /// Runs a command to its end.
    pub fn of(mut command: Command) -> Self {
        Output::from(command.output().unwrap())
    }

    /// Standard output of a run that went well and said nothing else.
    #[track_caller]
    pub fn done(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}", self.out);
        self.out
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Fails unless the run ended with code 2, no output, and one sentence that holds `words`.
    #[track_caller]
    pub fn refused_with(&self, words: &str) {
        assert_eq!((self.code, self.out.as_str()), (2, ""), "{self:?}");
        assert!(self.err.contains(words), "{words:?} is not in {self:?}");
        assert_eq!(self.err.lines().count(), 1, "more than a sentence: {self:?}");
        assert!(self.err.starts_with("dateline: "), "{self:?}");
        for trace in ["panicked", "RUST_BACKTRACE", ".rs:", "os error 0"] {
            assert!(!self.err.contains(trace), "{self:?}");
        }
    }
}

impl From<std::process::Output> for Output {
    fn from(output: std::process::Output) -> Self {
        Output {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The ids that `dateline list` printed, in order.
pub fn ids(list: &str) -> Vec<String> {
    list.lines().map(|line| line.split_whitespace().nth(1).unwrap().to_owned()).collect()
}
