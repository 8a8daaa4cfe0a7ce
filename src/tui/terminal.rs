//! The program at the terminal: wait, take in, draw, and carry out what is to be done outside.
//!
//! All that came meanwhile is taken in before a frame is drawn, and none is drawn while the
//! terminal is behind: no frame is ever queued that nobody needs any more.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::process::{Signal, kill_current_process_group};

use crate::log::{Log, millis};
use crate::memory::{Memory, Place};
use crate::model::Timeline;
use crate::signals;
use crate::tui::action::Action;
use crate::tui::keymap::Context;
use crate::tui::outside::keys::{self, Answer, Sent};
use crate::tui::outside::reading::Sources;
use crate::tui::outside::screen::{Screen, Wants};
use crate::tui::outside::wait::{Waiting, Woken};
use crate::tui::outside::{
    Outside, browser, clipboard, clock, editable, editor, paths, told, trace, write,
};
use crate::tui::state::{Preferences, Rest, State};
use crate::tui::theme::Looks;
use crate::tui::update::{Effect, Input, Report, apply, update};

/// At a signal an answer that is missing is not waited for any longer: the next signal may be the
/// last.
const MOST_AT_A_SIGNAL: Duration = Duration::from_millis(50);

/// How many times the keyboard is read before a frame is drawn, at most.
const MOST_READS: usize = 64;

/// What a session begins with.
pub struct Opening {
    /// What is open.
    pub timeline: Arc<Timeline>,
    /// Whether that is all of it; else the rest is read while it is shown.
    pub whole: bool,
    /// Where it came from.
    pub sources: Sources,
    /// The first mistake in it, with its place.
    pub trouble: Option<String>,
    /// How the user wants the screen.
    pub preferences: Preferences,
    /// The looks to choose from when the terminal tells its ground; none where one was chosen.
    pub looks: Option<Box<Looks>>,
    /// What is asked of the terminal.
    pub wants: Wants,
    /// Where the user was.
    pub place: Place,
    /// Keeps where the user is.
    pub memory: Memory,
    /// What the user should know, until the first key.
    pub notice: Option<String>,
    /// The trace, if there is to be one.
    pub log: Log,
    /// The datasets that are no files of the user's to change, by what they are called.
    pub fixed: Vec<String>,
    /// Whether it begins with the form for a new entry.
    pub adding: bool,
    /// Whether the user was never here before.
    pub first: bool,
    /// Share of the width that the timeline takes, in percent.
    pub split: u16,
}

/// How a session ended.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Ending {
    /// The signal that ended it, if one did. A terminal that is gone counts as a hang-up.
    pub signal: Option<i32>,
    /// What is to be said when the terminal is as it was.
    pub notice: Option<String>,
}

impl Ending {
    fn by(signal: i32) -> Self {
        Ending { signal: Some(signal), notice: None }
    }
}

/// Whether this terminal can show the timeline.
///
/// # Errors
///
/// In one sentence, why not.
pub fn check() -> Result<(), String> {
    let term = std::env::var("TERM").unwrap_or_default();
    if term.is_empty() || term == "dumb" {
        let which =
            if term.is_empty() { "TERM is not set".to_owned() } else { format!("TERM={term}") };
        return Err(format!(
            "this terminal ({which}) cannot show the timeline; `dateline list` prints it"
        ));
    }
    if !io::stdin().is_terminal() && std::fs::File::open("/dev/tty").is_err() {
        return Err("there is no keyboard: standard input is no terminal; \
                    `dateline list` prints the timeline"
            .to_owned());
    }
    Ok(())
}

/// Shows a timeline until the user leaves, a signal comes or the terminal goes away. The terminal
/// is put back as it was, after an error and after a panic too.
///
/// # Errors
///
/// What the terminal refused.
pub fn run(opening: Opening) -> io::Result<Ending> {
    let waiting = Waiting::new()?;
    let screen = Screen::take(Wants { ground: opening.looks.is_some(), ..opening.wants })?;
    let size = screen.size()?;
    let Opening { timeline, whole, sources, trouble, preferences, place, memory, notice, .. } =
        opening;
    let last = whole.then(|| Arc::clone(&timeline));
    let mut log = opening.log;
    log.begin(size, || {
        let (entries, files) = (timeline.len(), timeline.datasets().len());
        let wrong = if trouble.is_some() { ", with trouble" } else { "" };
        format!("timeline of {entries} entries from {files} datasets{wrong}")
    });
    let mut outside = Outside::new(sources.clone(), last, memory, waiting.bell());
    let mut state = State::new(timeline, preferences, size);
    if !whole {
        outside.read_rest();
        state.rest = Rest::Coming(Box::new(place.clone()));
    }
    state.fixed = opening.fixed;
    state.split = opening.split;
    let (today, word) = clock::today();
    state.views.today = today;
    let notice = notice.or(word);
    state.go_back_to(&place);
    state.trouble = trouble;
    if let Some(notice) = notice {
        state.complain(notice);
    } else if opening.first && !opening.adding {
        state.greet();
    }
    if opening.adding {
        // As if its key were pressed first.
        apply(&mut state, Action::AddEntry, None);
        state.settle();
    }
    let keys = keys::Reader::default();
    let looks = opening.looks;
    let mut program = Program { screen, waiting, keys, outside, sources, state, looks, log };
    program.verify();
    let ended = program.browse();
    program.log.note(|| match &ended {
        Ok(Ending { signal: Some(signal), .. }) => format!("end, by signal {signal}"),
        Ok(_) => "end".to_owned(),
        Err(error) => format!("end, by an error: {error}"),
    });
    let patience = match &ended {
        Ok(Ending { signal: Some(_), .. }) | Err(_) => MOST_AT_A_SIGNAL,
        Ok(_) => Duration::MAX,
    };
    let left = program.leave(patience);
    let mut ending = match ended {
        Err(error) if is_gone(&error) => Ending::by(HANG_UP),
        ended => ended?,
    };
    let place = program.state.place();
    if let Some(Report::Failed(notice)) = program.outside.keep(&place) {
        ending.notice = Some(notice);
    }
    if ending.signal.is_none() {
        left?;
    }
    Ok(ending)
}

/// The signal of a terminal that is gone.
const HANG_UP: i32 = Signal::HUP.as_raw();

/// Whether an error says that the terminal is gone.
fn is_gone(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let gone = [Errno::IO, Errno::NXIO, Errno::NODEV, Errno::PIPE].map(Errno::raw_os_error);
    error.raw_os_error().is_some_and(|error| gone.contains(&error))
}

/// What came.
#[derive(Default)]
struct Came {
    inputs: Vec<Input>,
    /// The terminal is gone.
    gone: bool,
    /// More is known of the terminal than when it was drawn on last.
    knows_more: bool,
}

struct Program {
    screen: Screen,
    waiting: Waiting,
    keys: keys::Reader,
    outside: Outside,
    sources: Sources,
    state: State,
    looks: Option<Box<Looks>>,
    log: Log,
}

impl Program {
    fn browse(&mut self) -> io::Result<Ending> {
        let mut stale = true;
        loop {
            let begun = Instant::now();
            let held = if stale { self.screen.flow.holds(begun) } else { None };
            if stale && held.is_none() {
                self.screen.draw(&self.state)?;
                self.log.note(|| format!("draw, {}", millis(begun.elapsed())));
                stale = false;
            }
            let Came { inputs, gone, knows_more } = self.inputs(held)?;
            stale |= !inputs.is_empty() || knows_more;
            let mut inputs = inputs.into_iter().peekable();
            while let Some(input) = inputs.next() {
                self.state.hurried = inputs.peek().is_some_and(|next| self.state.is_typed(next));
                if let Some(ending) = self.take_in(input)? {
                    return Ok(ending);
                }
            }
            // Once for all that was typed.
            if let Some(look) = self.state.take_look() {
                self.outside.look_for(look);
            }
            if let Some(signal) = self.waiting.signals.ending() {
                return Ok(Ending::by(signal));
            }
            if gone {
                return Ok(Ending::by(HANG_UP));
            }
        }
    }

    /// Waits until there is something to take in, or a time, and gives all there is.
    fn inputs(&mut self, until: Option<Instant>) -> io::Result<Came> {
        let mut came = Came::default();
        let mut until = [until, self.keys.due(), self.outside.due()].into_iter().flatten().min();
        let mut sent = Vec::new();
        for _ in 0..MOST_READS {
            let woken: Woken = self.waiting.wait(until)?;
            let now = Instant::now();
            came.gone |= woken.gone;
            if woken.bytes.is_empty() {
                break;
            }
            sent.extend(self.keys.take(&woken.bytes, now));
            until = Some(now);
        }
        if self.keys.due().is_some_and(|due| due <= Instant::now()) {
            sent.extend(self.keys.give_up());
        }
        if self.waiting.signals.continued() {
            self.screen.enter_again()?;
            came.inputs.push(self.resized()?);
            self.outside.look();
        }
        if self.waiting.signals.resized() {
            came.inputs.push(self.resized()?);
        }
        for sent in sent {
            match sent {
                Sent::Key(key) => came.inputs.push(Input::Key(key)),
                Sent::Paste(text) => came.inputs.push(Input::Paste(text)),
                Sent::Mouse(mouse) => came.inputs.push(Input::Mouse(mouse)),
                Sent::FocusGained => self.outside.look(),
                Sent::Answer(Answer::Here) => {
                    came.knows_more |= self.screen.flow.answered(Instant::now());
                }
                // What it does is known for the frame that follows the last answer.
                Sent::Answer(Answer::Synchronized(yes)) => {
                    self.screen.synchronized(yes);
                }
                Sent::Answer(Answer::AltWasOff) => self.screen.alt_was_off(),
                Sent::Answer(Answer::Ground(ground)) => {
                    let look = self.looks.as_ref().map(|looks| looks.on(Some(ground)));
                    came.inputs.extend(look.map(|look| Input::Look(Box::new(look))));
                }
            }
        }
        came.inputs.extend(self.outside.reports().into_iter().map(Input::Outside));
        Ok(came)
    }

    /// Gives the terminal back: first what is seen, then, once the answer is here that it owes,
    /// the keyboard. Whoever has it next, such as the shell, would take one for something typed.
    fn leave(&mut self, patience: Duration) -> io::Result<()> {
        let left = self.screen.leave();
        let most = Instant::now().checked_add(patience);
        while let Some(due) =
            self.screen.flow.due().map(|due| most.map_or(due, |most| due.min(most)))
        {
            if left.is_err() || due <= Instant::now() {
                break;
            }
            let woken = self.waiting.wait(Some(due))?;
            let now = Instant::now();
            if self.keys.take(&woken.bytes, now).contains(&Sent::Answer(Answer::Here)) {
                self.screen.flow.answered(now);
            }
            if woken.gone || self.waiting.signals.ending().is_some() && patience > MOST_AT_A_SIGNAL
            {
                break;
            }
        }
        self.screen.give_back()?;
        left
    }

    fn resized(&self) -> io::Result<Input> {
        let (width, height) = self.screen.size()?;
        Ok(Input::Resize(width, height))
    }

    /// Takes one input in, and carries out what follows from it.
    fn take_in(&mut self, input: Input) -> io::Result<Option<Ending>> {
        trace::input(&mut self.log, &input);
        if let Input::Outside(Report::Loaded(_)) = input {
            // Who saved may have written to the screen, too: an editor's child does.
            self.screen.doubt();
        }
        let begun = Instant::now();
        let effects = update(&mut self.state, input);
        trace::action(&mut self.log, &mut self.state, begun);
        for effect in effects {
            trace::effect(&mut self.log, &effect);
            let report = match effect {
                Effect::Quit => return Ok(Some(Ending::default())),
                Effect::Redraw => {
                    self.screen.forget()?;
                    None
                }
                Effect::Suspend => {
                    self.suspend()?;
                    None
                }
                Effect::Edit { file, line } => self.edit(&file, line)?,
                Effect::Open { url } => self.open(url)?,
                Effect::Copy { text, what } => self.copy(text, what)?,
                Effect::Pipe { command, input } => self.pipe(&command, &input)?,
                Effect::Reload => self.outside.reload(),
                Effect::Remember(place) => self.outside.keep(&place),
                Effect::Write(request) => Some(write(request)),
                Effect::OfferPaths { typed } => Some(paths(&typed)),
                Effect::Change(change) => Some(self.outside.change(*change)),
                Effect::Verify => {
                    self.verify();
                    None
                }
            };
            if let Some(report) = report {
                let input = Input::Outside(report);
                trace::input(&mut self.log, &input);
                update(&mut self.state, input);
            }
        }
        Ok(None)
    }

    fn verify(&self) {
        self.outside.verify(Arc::clone(&self.state.timeline));
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.leave(Duration::MAX)?;
        // All of the job, as the terminal's own Ctrl-Z does: a script that started us stops, too.
        kill_current_process_group(Signal::TSTP)?;
        self.waiting.signals.continued();
        self.come_back()
    }

    /// Takes the terminal again after somebody else had it.
    fn come_back(&mut self) -> io::Result<()> {
        self.keys.forget();
        signals::lend(false);
        self.screen.enter()?;
        let resized = self.resized()?;
        update(&mut self.state, resized);
        self.outside.look();
        Ok(())
    }

    /// Lends the terminal to a program until it ends.
    fn lend(
        &mut self,
        mut command: Command,
        attend: impl FnOnce(&mut Self, Child) -> io::Result<ExitStatus>,
    ) -> io::Result<io::Result<ExitStatus>> {
        self.leave(Duration::MAX)?;
        signals::lend(true);
        let ended = command.spawn().and_then(|child| attend(self, child));
        self.come_back()?;
        Ok(ended)
    }

    fn edit(&mut self, file: &Path, line: u32) -> io::Result<Option<Report>> {
        let found = editable(file, &self.sources).and_then(|()| editor::command(file, line));
        let (name, mut command) = match found {
            Ok(found) => found,
            Err(reason) => return Ok(Some(Report::Failed(reason))),
        };
        command.stdin(self.waiting.keyboard()?);
        let ended = self.lend(command, |_, mut child| child.wait())?;
        Ok(told(&name, ended, "set $VISUAL or $EDITOR to your editor"))
    }

    fn open(&mut self, url: String) -> io::Result<Option<Report>> {
        if let Err(reason) = browser::check(&url) {
            return Ok(Some(Report::Failed(format!("{reason}: {url}"))));
        }
        let Some(mut browser) = browser::find(&url) else {
            return Ok(Some(Report::Said(format!("no browser here: {url}"))));
        };
        if browser.in_the_terminal {
            browser.command.stdin(self.waiting.keyboard()?);
            let ended = self.lend(browser.command, |_, mut child| child.wait())?;
            return Ok(told(&browser.name, ended, &url));
        }
        let name = browser.name;
        match browser.command.spawn() {
            Ok(mut child) => self.outside.in_the_background(move || match child.wait() {
                Ok(ended) if ended.success() => None,
                ended => told(&name, ended, &url),
            }),
            Err(error) => return Ok(told(&name, Err(error), &url)),
        }
        Ok(Some(Report::Said("opened in the browser".to_owned())))
    }

    fn copy(&mut self, text: String, what: String) -> io::Result<Option<Report>> {
        match clipboard::way() {
            clipboard::Way::Terminal => Ok(Some(match clipboard::sequence(&text) {
                Ok(sequence) => {
                    self.screen.send(&sequence)?;
                    let keymap = &self.state.preferences.keymap;
                    let write = keymap.keys_of(Context::Timeline, Action::Export);
                    Report::Said(clipboard::sent(&text, write.as_deref()))
                }
                Err(reason) => Report::Failed(reason),
            })),
            clipboard::Way::System(words) => {
                self.outside.in_the_background(move || {
                    Some(match clipboard::copy(words, &text) {
                        Ok(place) => {
                            let size = clipboard::size(&text);
                            Report::Said(format!("copied {what} to {place} ({size})"))
                        }
                        Err(reason) => Report::Failed(reason),
                    })
                });
                Ok(None)
            }
        }
    }

    fn pipe(&mut self, command: &str, input: &str) -> io::Result<Option<Report>> {
        let shell = std::env::var_os("SHELL").filter(|shell| !shell.is_empty());
        let mut run = Command::new(shell.unwrap_or_else(|| "/bin/sh".into()));
        run.arg("-c").arg(command).stdin(Stdio::piped());
        let ended = self.lend(run, |program, mut child| {
            if let Some(mut to) = child.stdin.take() {
                // A command that reads only the first lines is right to.
                let _ = to.write_all(input.as_bytes());
            }
            let ended = child.wait()?;
            program.until_enter()?;
            Ok(ended)
        })?;
        Ok(told(command, ended, "see what it said"))
    }

    /// Waits for Enter, so that what a command printed can be read.
    fn until_enter(&mut self) -> io::Result<()> {
        signals::lend(false);
        let mut out = io::stdout();
        out.write_all(b"\nPress Enter to come back to dateline. ")?;
        out.flush()?;
        loop {
            let woken = self.waiting.wait(None)?;
            // What was typed before the terminal was given back is Enter as it came from the key.
            let enter = woken.bytes.iter().any(|byte| matches!(byte, b'\n' | b'\r'));
            let done = woken.gone || enter;
            if done || self.waiting.signals.ending().is_some() {
                return Ok(());
            }
        }
    }
}
