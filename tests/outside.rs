//! The program in a pseudo-terminal, against files, editors, signals and terminals that go away.
//! Every step waits for what it needs to see, never for a time.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

/// Long enough for a loaded machine; nothing takes so long unless it fails.
const PATIENCE: Duration = Duration::from_secs(30);

const ROWS: u16 = 24;
const COLUMNS: u16 = 100;

/// Local modes of a terminal that a shell reads lines from: `ICANON`, `ECHO` and `ISIG`.
const COOKED: u64 = 0o2 | 0o10 | 0o1;

struct Session {
    master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<(Mutex<vt100::Parser>, Condvar)>,
    /// Whether nobody looks any more.
    away: Arc<AtomicBool>,
    looking: Option<JoinHandle<()>>,
}

impl Session {
    fn start(program: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Session {
        let size = PtySize { rows: ROWS, cols: COLUMNS, ..PtySize::default() };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        for name in ["VISUAL", "EDITOR", "BROWSER", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "TMUX"] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm-256color");
        command.cwd(std::env::temp_dir());
        for (name, value) in environment {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let seen = Arc::new((Mutex::new(vt100::Parser::new(ROWS, COLUMNS, 0)), Condvar::new()));
        let mut output = pair.master.try_clone_reader().unwrap();
        let shown = Arc::clone(&seen);
        let away = Arc::new(AtomicBool::new(false));
        let gone = Arc::clone(&away);
        let looking = std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                shown.0.lock().unwrap().process(&bytes[..count]);
                shown.1.notify_all();
                if gone.load(Ordering::SeqCst) {
                    break;
                }
            }
        });
        let keyboard = pair.master.take_writer().unwrap();
        Session {
            master: Some(pair.master),
            keyboard: Some(keyboard),
            child,
            seen,
            away,
            looking: Some(looking),
        }
    }

    /// Opens a file whose state is kept in its own folder.
    fn open(file: &Path, environment: &[(&str, &str)]) -> Session {
        let home = file.parent().unwrap().to_str().unwrap();
        let mut all = vec![("HOME", home)];
        all.extend(environment);
        let session = Session::start(PROGRAM, &[file.to_str().unwrap()], &all);
        session.shows("1 of 3");
        session
    }

    fn press(&mut self, keys: &str) {
        let keyboard = self.keyboard.as_mut().unwrap();
        keyboard.write_all(keys.as_bytes()).unwrap();
        keyboard.flush().unwrap();
    }

    /// Nobody takes what comes out of the terminal any more.
    fn stop_looking(&mut self) {
        self.away.store(true, Ordering::SeqCst);
        self.press("j");
        self.looking.take().unwrap().join().unwrap();
    }

    /// Takes the terminal away.
    fn hang_up(&mut self) {
        self.away.store(true, Ordering::SeqCst);
        // Something to see, so that the one who looks goes.
        self.press("j");
        self.looking.take().unwrap().join().unwrap();
        self.keyboard = None;
        self.master = None;
    }

    fn until(&self, what: &str, condition: impl Fn(&vt100::Screen) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        let mut parser = self.seen.0.lock().unwrap();
        while !condition(parser.screen()) {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "{what} never came:\n{}", parser.screen().contents());
            parser = self.seen.1.wait_timeout(parser, left).unwrap().0;
        }
    }

    fn shows(&self, text: &str) {
        self.until(text, |screen| screen.contents().contains(text));
    }

    fn ended(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "it does not end");
            std::thread::yield_now();
        }
    }

    /// Everything that was switched on is off.
    fn is_restored(&self) {
        self.until("a restored terminal", |screen| {
            !screen.alternate_screen()
                && !screen.bracketed_paste()
                && !screen.hide_cursor()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        });
        let modes = self.master.as_ref().unwrap().get_termios().unwrap().local_flags.bits();
        assert_eq!(u64::from(modes) & COOKED, COOKED);
    }

    fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.child.process_id().unwrap()).unwrap();
        kill_process(Pid::from_raw(pid).unwrap(), signal).unwrap();
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

const PROGRAM: &str = env!("CARGO_BIN_EXE_dateline");

fn dataset(first: &str) -> String {
    format!(
        "Dataset(format: 1, title: \"Trial\", entries: [\n\
         Event(id: \"a\", date: \"2022\", headline: \"{first}\"),\n\
         Event(id: \"b\", date: \"2023\", headline: \"Second thing\"),\n\
         Event(id: \"c\", date: \"2024\", headline: \"Third thing\"),\n])\n"
    )
}

/// A folder with the dataset in it.
fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("trial.ron");
    fs::write(&file, dataset("First thing")).unwrap();
    (folder, file)
}

fn script(folder: &Path, text: &str) -> String {
    let path = folder.join("script");
    fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_saved_file_is_shown_and_the_selection_stays() {
    let (folder, file) = folder();
    let mut session = Session::open(&file, &[]);
    session.press("G");
    session.shows("3 of 3");
    // Replaced, as editors do, by one with another entry before the selected.
    let more = dataset("First again").replace(
        "Event(id: \"b\"",
        "Event(id: \"new\", date: \"2022-06\", headline: \"Something new\"),\nEvent(id: \"b\"",
    );
    fs::write(folder.path().join("new"), more).unwrap();
    fs::rename(folder.path().join("new"), &file).unwrap();
    session.shows("Something new");
    session.shows("4 of 4");
    // A mistake is told with its place, and where the entries are counted; all else is taken in.
    fs::write(&file, dataset("First indeed").replace("2023", "2023-13")).unwrap();
    session.shows("trial.ron:3:28: `date` is no date");
    session.shows("First indeed");
    session.shows("2 of 3 read");
    fs::remove_file(&file).unwrap();
    session.shows("trial.ron`: no such f");
    session.shows("2 of 3 read, 1 file as before");
    session.shows("First indeed");
    fs::write(&file, dataset("First of all")).unwrap();
    session.shows("First of all");
    session.shows("3 of 3");
    session.press("q");
    assert_eq!(session.ended().exit_code(), 0);
    session.is_restored();
}

#[test]
fn one_mistake_in_a_folder_hides_no_correction_beside_it() {
    let (folder, politics) = folder();
    let health = folder.path().join("health.ron");
    let text = |headline: &str| {
        dataset(headline)
            .replace("\"a\"", "\"h\"")
            .replace("\"b\"", "\"i\"")
            .replace("\"c\"", "\"j\"")
    };
    fs::write(&health, text("A wrong number")).unwrap();
    let home = folder.path().to_str().unwrap();
    let mut session = Session::start(PROGRAM, &[home], &[("HOME", home)]);
    session.shows("6 entries");
    fs::write(&politics, dataset("First thing").replace("2023", "2023-13")).unwrap();
    session.shows("5 of 6 read");
    fs::write(&health, text("The right number")).unwrap();
    session.shows("The right number");
    session.shows("trial.ron:3:28");
    // What is written half stays as it was read; the export is of what is shown, and says so.
    let half = text("Another number");
    fs::write(&health, half.split_at(half.len() / 2).0).unwrap();
    session.shows("5 of 6 read, 1 file as before");
    session.shows("The right number");
    session.press("x");
    session.shows("5 entries: all that could be read; 1 with errors left out; 1 file as before");
    session.shows("Not read     health.ron as it is now; this is what it was before");
    session.press("\x1b");
    fs::remove_file(&health).unwrap();
    session.shows("is gone");
    session.shows("2 of 3 read");
    session.press("q");
    assert_eq!(session.ended().exit_code(), 0);
}

#[test]
fn an_editor_gets_the_terminal_and_gives_it_back() {
    let (folder, file) = folder();
    let editor = script(
        folder.path(),
        "trap 'printf \"not that one \"' INT; trap '' QUIT\n\
         stty -a | grep -q ' icanon' && echo \"$@\" >\"$HOME/told\"\n\
         printf 'in the editor'; until read line; do :; done\n\
         sed 's/Second/Edited/' \"$2\" >\"$2.new\"; mv \"$2.new\" \"$2\"",
    );
    let link = folder.path().join("vim");
    fs::rename(&editor, &link).unwrap();
    let visual = format!("'{}'", link.display());
    let mut session = Session::open(&file, &[("VISUAL", &visual)]);
    session.press("je");
    session.shows("in the editor");
    session.until("the first screen", |screen| {
        !screen.alternate_screen() && !screen.bracketed_paste()
    });
    // Keys go to the editor, also those that would end us, and that twice.
    session.press("\x03");
    session.shows("not that one");
    session.press("\x03\x1cqqq\r");
    session.shows("Edited thing");
    session.shows("2 of 3");
    let told = fs::read_to_string(folder.path().join("told")).unwrap();
    assert_eq!(told, format!("+3 {}\n", file.display()));
    session.until("the other screen", |screen| screen.alternate_screen());
    session.press("q");
    assert_eq!(session.ended().exit_code(), 0);
    session.is_restored();
}

#[test]
fn an_editor_that_is_not_there_is_told() {
    let (_folder, file) = folder();
    let mut session = Session::open(&file, &[("EDITOR", "no-such-editor")]);
    session.press("e");
    session.shows("no program `no-such-editor`");
    session.press("j");
    session.shows("2 of 3");
}

#[test]
fn a_record_goes_to_a_command_and_to_the_clipboard() {
    let (_folder, file) = folder();
    let here = [("SHELL", "/bin/sh"), ("SSH_TTY", "/dev/pts/0")];
    let mut session = Session::open(&file, &here);
    session.press("|");
    session.press("head -1; echo in plain sight\r");
    session.shows("in plain sight");
    session.shows("Press Enter to come back");
    session.until("the first screen", |screen| !screen.alternate_screen());
    session.press("\r");
    session.shows("1 of 3");
    session.press("|");
    session.press("exit 3\r");
    session.shows("Press Enter to come back");
    session.press("\r");
    session.shows("ended with exit status: 3");
    session.press("y");
    session.shows("sent to the terminal (");
    session.press("q");
    assert_eq!(session.ended().exit_code(), 0);
    session.is_restored();
}

/// Ends the server of a tmux of its own.
struct Tmux(PathBuf);

impl Tmux {
    /// Says something to it; gives what it says.
    fn say(&self, words: &[&str]) -> std::io::Result<String> {
        let mut tmux = std::process::Command::new("tmux");
        for name in
            ["TMUX", "DISPLAY", "WAYLAND_DISPLAY", "SSH_TTY", "SSH_CONNECTION", "SSH_CLIENT"]
        {
            tmux.env_remove(name);
        }
        let socket = self.0.join("socket");
        tmux.args(["-f", "/dev/null", "-S"]).arg(socket).args(words).env("HOME", &self.0);
        Ok(String::from_utf8_lossy(&tmux.output()?.stdout).into_owned())
    }

    fn until(&self, words: &[&str], text: &str) {
        let begun = Instant::now();
        loop {
            let said = self.say(words).unwrap();
            if said.contains(text) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{text:?} never came:\n{said}");
        }
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        let _ = self.say(&["kill-server"]);
    }
}

/// In tmux as it comes, which drops what programs in it send to the terminal's clipboard. Without
/// tmux this shows nothing.
#[test]
fn a_copy_in_tmux_is_in_its_buffer() {
    let (folder, file) = folder();
    let tmux = Tmux(folder.path().to_owned());
    let command = format!("{PROGRAM} {}", file.display());
    let started = tmux.say(&["new-session", "-d", "-x", "120", "-y", "30", &command]);
    if started.is_err() {
        return;
    }
    let screen = ["capture-pane", "-p"];
    tmux.until(&screen, "1 of 3");
    tmux.say(&["send-keys", "y"]).unwrap();
    tmux.until(&screen, "to tmux's buffer (");
    assert!(tmux.say(&["show-buffer"]).unwrap().contains("First thing"));
}

#[test]
fn signals_end_it_in_order() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT] {
        let (folder, file) = folder();
        let mut session = Session::open(&file, &[]);
        session.press("j");
        session.shows("2 of 3");
        session.signal(signal);
        let code = session.ended().exit_code();
        assert_eq!(i32::try_from(code).unwrap(), 128 + signal.as_raw());
        session.is_restored();
        let state = folder.path().join(".local/state/dateline/state.ron");
        assert!(fs::read_to_string(state).unwrap().contains("\"b\""), "the place is kept");
    }
}

/// In the middle of something that takes long, the second signal ends it, and the terminal is as it
/// was all the same.
#[test]
fn a_second_signal_gives_the_terminal_back_whatever_goes_on() {
    let (folder, file) = folder();
    let mut session = Session::open(&file, &[]);
    // Whoever gets the terminal does not give it back.
    session.press("|");
    session.press("trap '' TERM; printf 'for ever'; while :; do sleep 1; done\r");
    session.shows("for ever");
    session.signal(Signal::TERM);
    std::thread::sleep(Duration::from_millis(100));
    session.signal(Signal::TERM);
    assert_eq!(session.ended().exit_code(), 128 + 15);
    session.is_restored();
    drop(folder);
}

/// A terminal that takes no more output: what is drawn for it is never drawn to its end.
#[test]
fn a_stalled_terminal_does_not_keep_it() {
    for signal in [Signal::TERM, Signal::HUP] {
        let (_folder, file) = folder();
        let mut session = Session::open(&file, &[]);
        session.stop_looking();
        // Each is a whole frame, until nothing more fits into the terminal.
        for _ in 0..400 {
            session.press("\x0c");
        }
        let begun = Instant::now();
        session.signal(signal);
        let code = session.ended().exit_code();
        assert_eq!(i32::try_from(code).unwrap(), 128 + signal.as_raw());
        let most = Duration::from_millis(if signal == Signal::HUP { 1_000 } else { 3_000 });
        assert!(begun.elapsed() < most, "{signal:?}: {:?}", begun.elapsed());
    }
}

/// `Esc` is a key on its own once nothing followed it for a moment, whatever the terminal owes.
#[test]
fn a_key_after_escape_is_a_key() {
    let (_folder, file) = folder();
    let mut session = Session::open(&file, &[]);
    session.press("j");
    session.shows("2 of 3");
    session.press("\x1b");
    // Not a wait for anything: so long nobody types.
    std::thread::sleep(Duration::from_millis(70));
    session.press("q");
    assert_eq!(session.ended().exit_code(), 0);
    session.is_restored();
}

/// The answers to what it asked at its start come late, in pieces, or in the middle of typing: none
/// is a key, and none swallows one.
#[test]
fn late_answers_are_no_keys() {
    let (_folder, file) = folder();
    let mut session = Session::open(&file, &[]);
    session.press("\x1b[?2026;2$yj\x1b[?62;2");
    session.press("2cG");
    session.shows("3 of 3");
    session.press("\x1b[?62;22cq");
    assert_eq!(session.ended().exit_code(), 0);
    session.is_restored();
}

/// Every writer takes its unfinished file away when it is ended.
#[test]
fn an_import_that_is_ended_leaves_nothing() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let folder = tempfile::tempdir().unwrap();
        let mut import = std::process::Command::new(PROGRAM)
            .args(["import", "-", "--from", "csv", "-o", "out.ron"])
            .current_dir(folder.path())
            .stdin(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = import.stdin.take().unwrap();
        input.write_all(b"date,headline\n2020,one\n").unwrap();
        let names = || fs::read_dir(folder.path()).unwrap().count();
        let begun = Instant::now();
        while names() == 0 {
            assert!(begun.elapsed() < PATIENCE);
            std::thread::yield_now();
        }
        let pid = Pid::from_raw(i32::try_from(import.id()).unwrap()).unwrap();
        kill_process(pid, signal).unwrap();
        let status = import.wait().unwrap();
        assert_eq!(std::os::unix::process::ExitStatusExt::signal(&status), Some(signal.as_raw()));
        assert_eq!(names(), 0, "{signal:?}");
    }
}

/// Beyond the limit of the system a write is refused in a sentence, and nothing is left.
#[test]
fn a_limit_on_the_size_of_files_is_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let line = "ulimit -f 4; exec \"$0\" export -f html -o out.html";
    let output = std::process::Command::new("sh")
        .args(["-c", line, PROGRAM])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(said.contains("larger than the system allows"), "{said}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// What stands in the place of the program's own files is told, and nothing more.
#[test]
fn nothing_in_the_place_of_its_own_files_stops_it() {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    let (folder, file) = folder();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at(".config/dateline")).unwrap();
    fs::create_dir_all(at(".local/state/dateline")).unwrap();
    let keys = at(".config/dateline/keys.ron");
    let lock = at(".local/state/dateline/state.lock");
    let pipe = |path: &Path| {
        mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    };
    let home = folder.path().to_str().unwrap();
    let file = file.to_str().unwrap();
    let opened = |variables: &[(&str, &str)], shown: &str| {
        let mut session = Session::start(PROGRAM, &[file], variables);
        session.shows(shown);
        session.shows("First thing");
        session.press("jq");
        assert_eq!(session.ended().exit_code(), 0);
        session
    };
    std::os::unix::fs::symlink("/dev/zero", &keys).unwrap();
    opened(&[("HOME", home)], "is not heeded: it is a device");
    fs::remove_file(&keys).unwrap();
    pipe(&keys);
    opened(&[("HOME", home)], "is not heeded: it is a named pipe");
    fs::remove_file(&keys).unwrap();
    opened(&[("HOME", home), ("TZ", "/dev/zero")], "days are those of UTC");
    opened(&[("HOME", "/dev/null")], "not kept");
    fs::remove_file(&lock).unwrap();
    pipe(&lock);
    // By now its place is the last entry: another one is news, which is to be kept.
    let mut session = Session::start(PROGRAM, &[file], &[("HOME", home)]);
    session.shows("3 of 3");
    session.press("kq");
    assert_eq!(session.ended().exit_code(), 0);
    session.shows("state.lock");
}

#[test]
fn it_ends_with_its_terminal() {
    let (folder, file) = folder();
    let home = folder.path().to_str().unwrap();
    let commands = "trap '' HUP; exec \"$0\" \"$1\" --no-state";
    let arguments = ["-c", commands, PROGRAM, file.to_str().unwrap()];
    for mut session in [
        Session::open(&file, &[]),
        // Nobody tells this one.
        Session::start("sh", &arguments, &[("HOME", home)]),
    ] {
        session.shows("1 of 3");
        session.hang_up();
        session.ended();
    }
}

#[test]
fn it_stops_and_comes_back() {
    let (folder, file) = folder();
    let commands = "\"$0\" \"$1\"; printf 'stopped at %s' \"$(stty -a | grep -o ' icanon')\"; \
                    read line; fg; echo all done";
    let arguments = ["-m", "-c", commands, PROGRAM, file.to_str().unwrap()];
    let home = folder.path().to_str().unwrap();
    let mut session = Session::start("bash", &arguments, &[("HOME", home)]);
    session.shows("1 of 3");
    session.press("j");
    session.shows("2 of 3");
    session.press("\x1a");
    session.shows("stopped at  icanon");
    session.is_restored();
    session.press("\r");
    session.shows("2 of 3");
    session.press("\x0c");
    session.press("k");
    session.shows("1 of 3");
    session.press("q");
    session.shows("all done");
    session.is_restored();
    session.ended();
}

#[test]
fn a_dataset_through_a_pipe_leaves_the_keyboard() {
    let (folder, file) = folder();
    let arguments = ["-c", "cat \"$1\" | \"$0\" -", PROGRAM, file.to_str().unwrap()];
    let home = folder.path().to_str().unwrap();
    let mut session = Session::start("sh", &arguments, &[("HOME", home)]);
    session.shows("1 of 3");
    session.press("j");
    session.shows("2 of 3");
    session.press("R");
    session.shows("there is no file to read again");
    session.press("q");
    assert_eq!(session.ended().exit_code(), 0);
    assert!(!folder.path().join(".local").exists());
}

#[test]
fn pasted_text_and_halves_of_sequences_are_no_keys() {
    let (_folder, file) = folder();
    let mut session = Session::open(&file, &[]);
    session.press("\x1b[200~qQ\rq\x1b[201~\x1b[I\x1b[O\x1b[?62;c\x1b[");
    session.press("B");
    session.shows("2 of 3");
    session.press("q");
    assert_eq!(session.ended().exit_code(), 0);
}

#[test]
fn the_place_is_there_in_the_next_run() {
    let (_folder, file) = folder();
    let home = file.parent().unwrap().to_str().unwrap();
    for (arguments, shown) in
        [(&[][..], "1 of 3"), (&[], "3 of 3"), (&["--no-state"], "1 of 3"), (&[], "3 of 3")]
    {
        let mut all = vec![file.to_str().unwrap()];
        all.extend(arguments);
        let mut session = Session::start(PROGRAM, &all, &[("HOME", home)]);
        session.shows(shown);
        session.press(if arguments.is_empty() { "G" } else { "j" });
        session.shows(if arguments.is_empty() { "3 of 3" } else { "2 of 3" });
        session.press("q");
        assert_eq!(session.ended().exit_code(), 0);
    }
}

#[test]
fn nothing_wrong_with_the_state_stops_it() {
    let (folder, file) = folder();
    let state = folder.path().join("state/dateline");
    fs::create_dir_all(&state).unwrap();
    fs::write(state.join("state.ron"), "(version: 1, data").unwrap();
    let nowhere = file.join("below").to_str().unwrap().to_owned();
    let good = folder.path().join("state").to_str().unwrap().to_owned();
    let home = folder.path().to_str().unwrap();
    for (variables, shown) in [
        ([("HOME", home), ("XDG_STATE_HOME", &*good)], "was damaged"),
        ([("HOME", ""), ("XDG_STATE_HOME", "")], "there is no home folder"),
        ([("HOME", home), ("XDG_STATE_HOME", "nonsense")], "XDG_STATE_HOME is no absolute"),
        ([("HOME", home), ("XDG_STATE_HOME", &*nowhere)], "not kept"),
    ] {
        let mut session = Session::start(PROGRAM, &[file.to_str().unwrap()], &variables);
        session.shows(shown);
        session.shows("First thing");
        session.press("jq");
        assert_eq!(session.ended().exit_code(), 0);
    }
}

#[test]
fn a_terminal_that_cannot_show_it_gets_a_sentence() {
    let (_folder, file) = folder();
    for term in ["dumb", ""] {
        let mut session = Session::start(PROGRAM, &[file.to_str().unwrap()], &[("TERM", term)]);
        session.shows("`dateline list` prints it");
        assert_eq!(session.ended().exit_code(), 2);
    }
}

/// Runs in a terminal of its own.
#[test]
#[ignore = "run by the test below"]
fn in_a_terminal_that_sees_a_panic() {
    let _screen = dateline::tui::outside::screen::Screen::take(Default::default()).unwrap();
    // Another thread's panic is not for the screen.
    let quiet = std::thread::spawn(|| panic!("unseen")).join();
    assert!(quiet.is_err());
    panic!("for all to see");
}

#[test]
fn a_panic_restores_the_terminal_first() {
    let itself = std::env::current_exe().unwrap();
    let arguments = ["--ignored", "--exact", "--nocapture", "in_a_terminal_that_sees_a_panic"];
    let mut session = Session::start(itself.to_str().unwrap(), &arguments, &[]);
    session.shows("for all to see");
    session.is_restored();
    session.ended();
    let contents = session.seen.0.lock().unwrap().screen().contents();
    assert!(!contents.contains("unseen"), "{contents}");
}
