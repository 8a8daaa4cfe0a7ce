//! Any program in a terminal of 120 by 40 cells, timed from outside as a person feels it:
//! `cargo bench --bench terminal -- 1000000`, or with another program behind a second `--`.
//!
//! Words before it say what to look for and which keys to press; see `Plan`. Times are those at
//! which bytes arrive.

mod records;

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};
use vt100::Parser;

/// What is done to the program, each by `name=value`.
struct Plan {
    /// A text in the first record and in the last, to be waited for.
    first: String,
    last: String,
    /// Keys: to the beginning, to the end, a line down, a page down.
    home: String,
    end: String,
    down: String,
    page: String,
    /// Keys that are typed one by one, each of which has to have its effect before the next.
    typed: String,
    /// A word in one record far from the first, to be searched for.
    needle: String,
    /// How long keys of all kinds are pressed at the end, in minutes, to see what memory does.
    minutes: u64,
    command: Vec<String>,
}

impl Plan {
    fn new(arguments: impl Iterator<Item = String>) -> Plan {
        let mut plan = Plan {
            first: " 1990".to_owned(),
            last: "of ".to_owned(),
            home: "gg".to_owned(),
            end: "G".to_owned(),
            down: "j".to_owned(),
            page: "\x1b[6~".to_owned(),
            typed: "/ceasefire".to_owned(),
            needle: "needlemark".to_owned(),
            minutes: 0,
            command: Vec::new(),
        };
        let mut entries = 100_000;
        let mut arguments = arguments.filter(|word| word != "--bench");
        while let Some(word) = arguments.next() {
            if word == "--" {
                plan.command = arguments.collect();
                break;
            }
            let (name, value) = word.split_once('=').unwrap_or((&word, ""));
            let value = value.to_owned();
            match name {
                "first" => plan.first = value,
                "last" => plan.last = value,
                "home" => plan.home = value,
                "end" => plan.end = value,
                "down" => plan.down = value,
                "page" => plan.page = value,
                "typed" => plan.typed = value,
                "needle" => plan.needle = value,
                "minutes" => plan.minutes = value.parse().expect("a number of minutes"),
                number => entries = number.parse().expect("a number of entries, or name=value"),
            }
        }
        if plan.command.is_empty() {
            let file =
                Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("records-{entries}.ron"));
            if !file.exists() {
                fs::write(&file, records::dataset(entries)).expect("room for the file");
            }
            let file = file.to_string_lossy().into_owned();
            plan.last = format!("{entries} of {entries}");
            plan.command = vec![env!("CARGO_BIN_EXE_dateline").into(), "--no-state".into(), file];
        }
        plan
    }
}

#[derive(Default)]
struct Seen {
    screen: Parser,
    /// How many pieces came, when the last did, and when the first after a key.
    pieces: usize,
    last: Option<Instant>,
    next: Option<Instant>,
    ended: bool,
}

struct Session {
    seen: Arc<(Mutex<Seen>, Condvar)>,
    writer: Arc<Mutex<Box<dyn Write + Send>>>,
    child: Box<dyn Child + Send + Sync>,
    begun: Instant,
}

impl Session {
    fn begin(command: &[String]) -> Session {
        let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let (program, arguments) = command.split_first().expect("a program");
        let mut builder = CommandBuilder::new(program);
        builder.args(arguments);
        builder.env("TERM", "xterm-256color");
        builder.cwd(std::env::current_dir().expect("a folder to be in"));
        let begun = Instant::now();
        let child = pair.slave.spawn_command(builder).expect("a program that runs");
        drop(pair.slave);
        let screen = Parser::new(40, 120, 0);
        let seen = Arc::new((Mutex::new(Seen { screen, ..Seen::default() }), Condvar::new()));
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let writer = Arc::new(Mutex::new(pair.master.take_writer().expect("a writer")));
        thread::spawn({
            let (seen, writer) = (Arc::clone(&seen), Arc::clone(&writer));
            // Kept, so that the terminal stays.
            let _master = pair.master;
            move || {
                let _master = _master;
                let mut bytes = vec![0; 1 << 16];
                let mut asked = Vec::new();
                loop {
                    let count = reader.read(&mut bytes).unwrap_or(0);
                    let now = Instant::now();
                    asked.extend_from_slice(&bytes[..count]);
                    answer(&mut asked, &writer);
                    let mut seen_now = seen.0.lock().expect("no panic elsewhere");
                    seen_now.screen.process(&bytes[..count]);
                    seen_now.pieces += 1;
                    seen_now.last = Some(now);
                    seen_now.next.get_or_insert(now);
                    seen_now.ended = count == 0;
                    seen.1.notify_all();
                    if count == 0 {
                        return;
                    }
                }
            }
        });
        Session { seen, writer, child, begun }
    }

    /// Sends keys; gives when.
    fn send(&mut self, keys: &str) -> Instant {
        self.seen.0.lock().expect("no panic elsewhere").next = None;
        let now = Instant::now();
        write(&self.writer, keys);
        now
    }

    /// Waits until something holds of what came, or not for longer.
    fn wait(&self, patience: Duration, holds: impl Fn(&Seen) -> bool) -> bool {
        let seen = self.seen.0.lock().expect("no panic elsewhere");
        let waiting = |seen: &mut Seen| !holds(seen) && !seen.ended;
        let (seen, _) = self.seen.1.wait_timeout_while(seen, patience, waiting).expect("no panic");
        holds(&seen)
    }

    /// When a text came to the screen; the keys are sent again every 100 ms until it does.
    fn until(&mut self, text: &str, again: Option<&str>) -> Option<Instant> {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(120) {
            let there = |seen: &Seen| seen.screen.screen().contents().contains(text);
            if self.wait(Duration::from_millis(100), there) {
                return self.seen.0.lock().expect("no panic elsewhere").last;
            }
            if let Some(keys) = again {
                self.send(keys);
            }
        }
        None
    }

    /// Waits until nothing came for so long; gives when the last did. Of a program that is never
    /// quiet, it waits for three seconds.
    fn quiet(&self, gap: Duration) -> Option<Instant> {
        let begun = Instant::now();
        loop {
            if begun.elapsed() > Duration::from_secs(3) {
                return None;
            }
            let before = self.seen.0.lock().expect("no panic elsewhere").pieces;
            if !self.wait(gap, |seen| seen.pieces != before) {
                return self.seen.0.lock().expect("no panic elsewhere").last;
            }
        }
    }

    /// From a key to the first bytes that answer it, in milliseconds, so many times.
    fn answers(&mut self, keys: &str, times: usize) -> Vec<f64> {
        let mut all = Vec::new();
        for _ in 0..times {
            self.quiet(Duration::from_millis(8));
            let sent = self.send(keys);
            self.wait(Duration::from_secs(2), |seen| seen.next.is_some());
            let next = self.seen.0.lock().expect("no panic elsewhere").next;
            all.extend(next.map(|next| millis(next - sent)));
        }
        all
    }

    fn status(&self, name: &str) -> Option<f64> {
        let id = self.child.process_id()?;
        let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
        let line = status.lines().find(|line| line.starts_with(name))?;
        Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
    }

    /// How long it had a processor, in hundredths of a second.
    fn ticks(&self) -> Option<u64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.process_id()?)).ok()?;
        let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
        Some(fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?)
    }
}

/// Answers each question as terminals do: where the cursor is, and what they are. Bytes that may
/// begin another are left for the next time.
fn answer(bytes: &mut Vec<u8>, writer: &Mutex<Box<dyn Write + Send>>) {
    let answers = [(&b"\x1b[6n"[..], "\x1b[1;1R"), (b"\x1b[c", "\x1b[?62;22c")];
    for at in 0..bytes.len() {
        for (question, answer) in answers {
            if bytes[at..].starts_with(question) {
                write(writer, answer);
            }
        }
    }
    let begun = |from: &usize| {
        let part = &bytes[*from..];
        answers.iter().any(|(all, _)| all.len() > part.len() && all.starts_with(part))
    };
    let rest = (bytes.len().saturating_sub(3)..bytes.len()).find(begun).unwrap_or(bytes.len());
    bytes.drain(..rest);
}

fn write(writer: &Mutex<Box<dyn Write + Send>>, text: &str) {
    let mut writer = writer.lock().expect("no panic elsewhere");
    // A program that has ended listens no more.
    let _ = writer.write_all(text.as_bytes()).and_then(|()| writer.flush());
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn tell(name: &str, times: &mut [f64]) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times.get(((times.len() as f64 * share) as usize).min(times.len() - 1));
    if let (Some(half), Some(most), Some(last)) = (at(0.5), at(0.99), times.last()) {
        println!("{name:<28} median {half:>8.2}  99 % {most:>8.2}  most {last:>8.2} ms");
    }
}

fn tell_one(name: &str, time: Option<f64>, unit: &str) {
    let time = time.map_or("–".to_owned(), |time| format!("{time:.1} {unit}"));
    println!("{name:<28} {time}");
}

fn main() {
    let plan = Plan::new(std::env::args().skip(1));
    let mut session = Session::begin(&plan.command);
    let begun = session.begun;
    let since = |stamp: Option<Instant>| stamp.map(|stamp| millis(stamp - begun));
    let first = session.until(&plan.first, None);
    tell_one("first record on the screen", since(first), "ms");
    let loaded = session.until(&plan.last, Some(&plan.end));
    tell_one("last record on the screen", since(loaded), "ms");
    session.quiet(Duration::from_millis(300));
    session.send(&plan.home);
    session.quiet(Duration::from_millis(200));
    for (name, keys, times) in [("a line down", &plan.down, 200), ("a page down", &plan.page, 100)]
    {
        tell(name, &mut session.answers(keys, times));
    }
    let mut ends = Vec::new();
    for _ in 0..20 {
        ends.extend(session.answers(&plan.end, 1));
        session.send(&plan.home);
    }
    tell("to the end", &mut ends);
    session.quiet(Duration::from_millis(200));
    let mut typed = Vec::new();
    for key in plan.typed.chars() {
        let sent = session.send(&key.to_string());
        session.wait(Duration::from_secs(2), |seen| seen.next.is_some());
        // Whatever it leads to has come when nothing comes for half a second.
        let last = session.quiet(Duration::from_millis(500));
        typed.extend(last.and_then(|last| last.checked_duration_since(sent)).map(millis));
    }
    tell("a key typed, all shown", &mut typed);
    session.send("\r");
    session.quiet(Duration::from_millis(500));
    tell_one("a rare word searched for", search(&mut session, &plan), "ms");
    session.quiet(Duration::from_millis(500));
    let before = session.ticks();
    thread::sleep(Duration::from_secs(3));
    let idle = session.ticks().zip(before).map(|(after, before)| (after - before) as f64 * 10.0);
    tell_one("processor in 3 s of rest", idle, "ms");
    tell_one("most memory", session.status("VmHWM"), "MiB");
    for minute in 0..plan.minutes {
        go_about(&mut session, minute, Duration::from_secs(60));
        tell_one(&format!("memory after minute {}", minute + 1), session.status("VmRSS"), "MiB");
    }
    if plan.minutes > 0 {
        tell_one("most memory", session.status("VmHWM"), "MiB");
    }
    let _ = session.child.kill();
    let _ = session.child.wait();
}

/// From the Enter that ends a search to what it looks for, in milliseconds; 0 where that was on the
/// screen before.
fn search(session: &mut Session, plan: &Plan) -> Option<f64> {
    session.send(&plan.home);
    session.quiet(Duration::from_millis(300));
    session.send(&format!("/{}", plan.needle));
    session.quiet(Duration::from_millis(300));
    // The lowest row is where it is typed.
    let there = |seen: &Seen| {
        let rows: Vec<String> = seen.screen.screen().rows(0, 120).take(39).collect();
        rows.iter().any(|row| row.to_lowercase().contains(&plan.needle.to_lowercase()))
    };
    if there(&session.seen.0.lock().expect("no panic elsewhere")) {
        session.send("\r");
        return Some(0.0);
    }
    let sent = session.send("\r");
    session.wait(Duration::from_secs(60), there).then(|| millis(sent.elapsed()))
}

/// Keys of all kinds, the same in every minute but for their order.
fn go_about(session: &mut Session, minute: u64, long: Duration) {
    const KEYS: [&str; 22] = [
        "j",
        "j",
        "j",
        "k",
        "\x1b[6~",
        "\x1b[6~",
        "\x1b[5~",
        "G",
        "gg",
        "]",
        "[",
        "\t",
        "gl",
        "j",
        "gf",
        "j",
        "gt",
        "/the\r",
        "nnn",
        "/ceasefire\r",
        "\x1b[27u",
        "fspeaker:=s7 the\r",
    ];
    let begun = Instant::now();
    let mut dice = minute.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    while begun.elapsed() < long {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let keys = KEYS[(dice >> 33) as usize % KEYS.len()];
        session.send(keys);
        session.quiet(Duration::from_millis(20));
    }
}
