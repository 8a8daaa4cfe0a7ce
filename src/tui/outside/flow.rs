//! How far the terminal is behind with what was sent to it.
//!
//! Between program and terminal lie the system's buffers, a line, SSH: what they hold cannot be
//! taken back, and the system does not tell of it (`TIOCOUTQ` is always 0 for a pseudo-terminal,
//! which holds some 20,000 bytes of its own). Only the terminal knows, and tells by answering a
//! question once it comes to it. That costs a way there and back, so it is asked only while frames
//! follow each other so quickly that they could pile up, as when a key is held down, and again only
//! after a while where the answer came in time; and once after the first frame, which tells how
//! quick the line is. While an answer is late no frame is drawn: keys are
//! taken in meanwhile, and all of them are in the one that is drawn then. No key ever waits for an
//! answer.
//!
//! How long the way there and back takes of itself, as over a satellite, is known by the quickest
//! answer, and is no reason to wait. A terminal that answers nothing is not asked again, and never
//! waited for.

use std::time::{Duration, Instant};

/// The question: DA1, the primary device attributes of ECMA-48, which every terminal answers.
pub const QUESTION: &str = "\x1b[c";

/// An answer that takes so much longer than the quickest is late.
const LATE: Duration = Duration::from_millis(50);

/// An answer is waited for so much longer than it should take, and never longer than the other.
const PATIENCE: Duration = Duration::from_millis(250);
const MOST_PATIENCE: Duration = Duration::from_secs(10);

/// A frame that follows the one before sooner than this belongs to a run of them.
const RUN: Duration = Duration::from_millis(200);

/// So many bytes in a run take a slow line long enough to be noticed; fewer tell of a busy machine
/// more than of a line.
const TELLING: usize = 400;

/// A line on which a byte takes longer is slow, whatever of a short frame may pass for its way: some
/// 40,000 baud.
const SLOW: Duration = Duration::from_micros(250);

/// A line that was quick enough is so for a while.
const AGAIN: Duration = Duration::from_secs(1);

/// Whoever has not answered until then will not.
const SILENCE: Duration = Duration::from_millis(200);

#[derive(Clone, Copy, Debug)]
struct Question {
    sent: Instant,
    /// How many bytes there were since the one before.
    bytes: usize,
}

/// What is known of the way to the terminal.
#[derive(Debug, Default)]
pub struct Flow {
    /// The question that was not answered yet: one at a time.
    open: Option<Question>,
    /// When it was asked last.
    asked: Option<Instant>,
    /// Bytes since the last question, and when the last of them were sent.
    bytes: usize,
    sent: Option<Instant>,
    /// Those of them that followed others at once.
    run: usize,
    /// Whether it is known how quick the line is.
    known: bool,
    /// The quickest answer, once there was one.
    quickest: Option<Duration>,
    /// How long a byte took by the last answer that tells, at most.
    byte: Duration,
    /// Whether the line is slow, by the last answer that tells.
    slow: bool,
    /// Whether the last answer was late, or will be as the line is slow.
    late: bool,
    /// Whether an answer is missing, so that none is waited for until one comes.
    missing: bool,
}

impl Flow {
    /// Counts what is sent.
    pub fn sent(&mut self, bytes: usize, now: Instant) {
        let runs = self.sent.is_some_and(|last| now.saturating_duration_since(last) < RUN);
        self.run = if runs { self.run.saturating_add(bytes) } else { 0 };
        self.bytes = self.bytes.saturating_add(bytes);
        self.sent = Some(now);
    }

    /// Whether the question is to be asked after what was counted last.
    pub fn asks(&self, now: Instant) -> bool {
        let lately = self.asked.is_some_and(|at| now.saturating_duration_since(at) < AGAIN);
        let telling = self.run >= TELLING && !lately || self.bytes >= TELLING && !self.known;
        self.open.is_none() && self.quickest.is_some() && (self.late || telling)
    }

    /// The question was sent.
    pub fn asked(&mut self, now: Instant) {
        self.open = Some(Question { sent: now, bytes: std::mem::take(&mut self.bytes).max(1) });
        self.run = 0;
        self.asked = Some(now);
    }

    /// An answer came. Gives whether it is the first.
    pub fn answered(&mut self, now: Instant) -> bool {
        self.missing = false;
        // Somebody else's answer, as that of the program before us, is no news.
        let Some(question) = self.open.take() else { return false };
        let took = now.saturating_duration_since(question.sent);
        let byte = took / u32::try_from(question.bytes).unwrap_or(u32::MAX);
        let tells = question.bytes >= TELLING || self.quickest.is_none();
        self.byte = if tells { byte } else { self.byte.min(byte) };
        self.known |= question.bytes >= TELLING;
        let quickest = self.quickest.map_or(took, |quickest| quickest.min(took));
        if question.bytes >= TELLING {
            let bytes = u32::try_from(question.bytes).unwrap_or(u32::MAX);
            self.slow = took.saturating_sub(quickest) > SLOW.saturating_mul(bytes);
        }
        self.late = self.slow || took > on_time(quickest);
        self.quickest.replace(quickest).is_none()
    }

    /// Until when no frame is to be drawn, though there is something to show.
    pub fn holds(&mut self, now: Instant) -> Option<Instant> {
        let quickest = self.quickest.filter(|_| self.answers())?;
        let open = self.open.as_ref()?;
        if !self.late && now.saturating_duration_since(open.sent) <= on_time(quickest) {
            return None;
        }
        let until = self.due()?;
        if until <= now {
            (self.missing, self.late, self.slow) = (true, false, false);
            return None;
        }
        Some(until)
    }

    /// When the last answer is there or will never come, if any is on its way: whoever has the
    /// terminal after us should not get it.
    pub fn due(&self) -> Option<Instant> {
        let open = self.open.as_ref()?;
        if !self.answers() {
            return Some(open.sent + SILENCE);
        }
        let takes = self.byte.saturating_mul(u32::try_from(open.bytes).unwrap_or(u32::MAX));
        let patience = PATIENCE + self.quickest.unwrap_or_default() * 2;
        Some(open.sent + patience.saturating_add(takes.saturating_mul(3)).min(MOST_PATIENCE))
    }

    /// Whether the terminal answers, as far as is known.
    fn answers(&self) -> bool {
        self.quickest.is_some() && !self.missing
    }
}

fn on_time(quickest: Duration) -> Duration {
    quickest + quickest / 2 + LATE
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;

    /// A way to a terminal, in milliseconds there and back, and milliseconds for each 100 bytes.
    struct Line {
        flow: Flow,
        begun: Instant,
        now: u64,
        free: u64,
        way: u64,
        bytes: u64,
        /// When the answers come that are on their way.
        answers: VecDeque<u64>,
        asked: usize,
        /// Whether the terminal answers.
        answers_come: bool,
    }

    impl Line {
        fn new(way: u64, bytes: u64, answers_come: bool) -> Line {
            let (flow, begun, answers) = (Flow::default(), Instant::now(), VecDeque::new());
            let mut line =
                Line { flow, begun, now: 0, free: 0, way, bytes, answers, asked: 0, answers_come };
            line.flow.sent(50, begun);
            line.send(50, true);
            line
        }

        fn at(&self, now: u64) -> Instant {
            self.begun + Duration::from_millis(now)
        }

        fn send(&mut self, bytes: u64, asks: bool) {
            self.free = self.free.max(self.now) + bytes * self.bytes / 100;
            if asks {
                self.flow.asked(self.at(self.now));
                self.asked += 1;
                if self.answers_come {
                    self.answers.push_back(self.free + self.way);
                }
            }
        }

        fn draw(&mut self, bytes: u64) {
            let now = self.at(self.now);
            self.flow.sent(usize::try_from(bytes).unwrap(), now);
            let asks = self.flow.asks(now);
            self.send(bytes, asks);
        }

        fn holds(&mut self) -> bool {
            let now = self.at(self.now);
            self.flow.holds(now).is_some()
        }

        fn wait(&mut self, milliseconds: u64) {
            self.now += milliseconds;
            while self.answers.front().is_some_and(|answer| *answer <= self.now) {
                let answer = self.answers.pop_front().unwrap();
                let answer = self.at(answer);
                self.flow.answered(answer);
            }
        }

        /// Holds a key down for two seconds, a frame for each of them or fewer; gives how many
        /// frames were drawn, and for how long the terminal goes on to draw old ones.
        fn hold_a_key(&mut self, bytes: u64) -> (usize, u64) {
            let mut frames = 0;
            for _ in 0..60 {
                if !self.holds() {
                    self.draw(bytes);
                    frames += 1;
                }
                self.wait(33);
            }
            (frames, self.free.saturating_sub(self.now))
        }
    }

    #[test]
    fn frames_are_held_while_the_terminal_is_behind_and_only_then() {
        for (what, way, bytes, fewest, most, behind) in [
            ("beside it", 0, 0, 60, 60, 0),
            ("a slow one, that takes 40 ms to answer", 40, 0, 60, 60, 0),
            ("over a satellite", 600, 0, 60, 60, 0),
            ("9,600 baud", 5, 104, 2, 6, 1_000),
            ("9,600 baud far away", 200, 104, 2, 8, 1_700),
            ("38,400 baud", 5, 26, 7, 12, 400),
        ] {
            let mut line = Line::new(way, bytes, true);
            line.draw(3_000);
            line.wait(way + 100);
            line.draw(16);
            line.wait(5_000);
            let (frames, left) = line.hold_a_key(800);
            assert!((fewest..=most).contains(&frames), "{what}: {frames} frames");
            assert!(left <= behind, "{what}: {left} ms behind");
            line.wait(20_000);
            assert!(!line.holds() && line.flow.due().is_none(), "{what}");
        }
    }

    #[test]
    fn whoever_types_is_not_asked_about() {
        let mut line = Line::new(5, 0, true);
        line.wait(1_000);
        line.draw(3_000);
        line.wait(1_000);
        let asked = line.asked;
        for bytes in [300, 3_000, 5_000, 300, 3_000] {
            line.draw(bytes);
            line.wait(250);
        }
        // A key held down on a quick line: once a second.
        assert_eq!(line.asked, asked);
        line.hold_a_key(300);
        assert!((1..=3).contains(&(line.asked - asked)), "{}", line.asked - asked);
    }

    #[test]
    fn a_terminal_that_never_answers_is_not_asked_again_nor_waited_for() {
        let mut line = Line::new(5, 104, false);
        for _ in 0..100 {
            assert!(!line.holds());
            line.draw(3_000);
            line.wait(10);
        }
        assert_eq!(line.asked, 1);
        assert!(line.flow.due().unwrap() <= line.at(300));
    }

    #[test]
    fn a_terminal_that_stops_answering_holds_one_frame_for_a_moment() {
        let mut line = Line::new(5, 0, true);
        line.wait(100);
        line.draw(3_000);
        line.wait(2_000);
        line.answers_come = false;
        let mut held = 0;
        for _ in 0..3_000 {
            if line.holds() {
                held += 1;
            } else {
                line.draw(800);
            }
            line.wait(1);
        }
        assert!((100..600).contains(&held), "{held} ms");
        assert_eq!(line.asked, 3);
        // Somebody else took the terminal over.
        line.answers_come = true;
        line.flow.answered(line.at(line.now));
        assert!(line.flow.answers());
        line.wait(2_000);
        line.draw(800);
        line.wait(100);
        assert!(!line.holds() && line.flow.due().is_none());
    }
}
