//! How far the terminal is behind with what was sent to it.
//!
//! Between program and terminal lie the system's buffers, a line, SSH: what they hold cannot be
//! taken back, and the system does not know of it (`TIOCOUTQ` is always 0 for a pseudo-terminal).
//! So each frame ends with a question that every terminal answers once it comes to it (DA1, the
//! primary device attributes of ECMA-48). While an answer is late, no frame is drawn: keys are
//! taken in meanwhile, and all of them are in the one that is drawn then.
//!
//! How long the way there and back takes of itself, as over a satellite, is known by the quickest
//! answer, and is no reason to wait. A terminal that answers nothing is asked twice, and never
//! waited for.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// The question (DA1).
pub const QUESTION: &str = "\x1b[c";

/// An answer that takes so much longer than the quickest is late.
const LATE: Duration = Duration::from_millis(50);

/// As many questions are open at most where none was answered yet.
const UNANSWERED: usize = 2;

/// An answer is waited for so much longer than it should take, and never longer than the other.
const PATIENCE: Duration = Duration::from_millis(250);
const MOST_PATIENCE: Duration = Duration::from_secs(10);

/// A frame of fewer bytes that took its time tells of a busy machine more than of a slow line.
const TELLING: usize = 500;

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
    /// The questions that were not answered yet, the oldest first.
    open: VecDeque<Question>,
    /// Bytes since the last question.
    bytes: usize,
    /// The quickest answer, once there was one.
    quickest: Option<Duration>,
    /// How long a byte took by the last answer that tells, at most.
    byte: Duration,
    /// Whether the last answer was late.
    late: bool,
    /// Whether an answer is missing, so that none is waited for until one comes.
    missing: bool,
}

impl Flow {
    /// Counts what was sent.
    pub fn sent(&mut self, bytes: usize) {
        self.bytes = self.bytes.saturating_add(bytes);
    }

    /// Whether the question is to be asked after the next frame.
    pub fn asks(&self) -> bool {
        self.answers() || self.open.len() < UNANSWERED
    }

    /// The question was sent.
    pub fn asked(&mut self, now: Instant) {
        self.open.push_back(Question { sent: now, bytes: std::mem::take(&mut self.bytes).max(1) });
    }

    /// An answer came.
    pub fn answered(&mut self, now: Instant) {
        if std::mem::take(&mut self.missing) {
            // Which question it belongs to, nobody knows.
            self.open.clear();
            return;
        }
        // Somebody else's answer, as that of the program before us, is no news.
        let Some(question) = self.open.pop_front() else { return };
        let took = now.saturating_duration_since(question.sent);
        let byte = took / u32::try_from(question.bytes).unwrap_or(u32::MAX);
        let tells = question.bytes >= TELLING || self.quickest.is_none();
        self.byte = if tells { byte } else { self.byte.min(byte) };
        let quickest = self.quickest.map_or(took, |quickest| quickest.min(took));
        self.quickest = Some(quickest);
        self.late = took > on_time(quickest);
    }

    /// Until when no frame is to be drawn, though there is something to show.
    pub fn holds(&mut self, now: Instant) -> Option<Instant> {
        let quickest = self.quickest.filter(|_| self.answers())?;
        let oldest = self.open.front()?;
        if !self.late && now.saturating_duration_since(oldest.sent) <= on_time(quickest) {
            return None;
        }
        let until = self.due()?;
        if until <= now {
            self.missing = true;
            self.open.clear();
            return None;
        }
        Some(until)
    }

    /// When the last answer is there or will never come, if any is on its way: whoever has the
    /// terminal after us should not get it.
    pub fn due(&self) -> Option<Instant> {
        let (oldest, newest) = (self.open.front()?, self.open.back()?);
        if !self.answers() {
            return Some(newest.sent + SILENCE);
        }
        let bytes: usize = self.open.iter().map(|question| question.bytes).sum();
        let takes = self.byte.saturating_mul(u32::try_from(bytes).unwrap_or(u32::MAX));
        let patience = PATIENCE + self.quickest.unwrap_or_default() * 2;
        Some(oldest.sent + patience.saturating_add(takes.saturating_mul(3)).min(MOST_PATIENCE))
    }

    /// Whether the terminal answers, as far as is known.
    pub fn answers(&self) -> bool {
        self.quickest.is_some() && !self.missing
    }
}

fn on_time(quickest: Duration) -> Duration {
    quickest + quickest / 2 + LATE
}

#[cfg(test)]
mod tests {
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
        /// Whether the terminal answers.
        answers_come: bool,
    }

    impl Line {
        fn new(way: u64, bytes: u64, answers_come: bool) -> Line {
            let (flow, begun, answers) = (Flow::default(), Instant::now(), VecDeque::new());
            let mut line = Line { flow, begun, now: 0, free: 0, way, bytes, answers, answers_come };
            line.send(50, true);
            line
        }

        fn at(&self, now: u64) -> Instant {
            self.begun + Duration::from_millis(now)
        }

        fn send(&mut self, bytes: u64, asks: bool) {
            self.free = self.free.max(self.now) + bytes * self.bytes / 100;
            self.flow.sent(usize::try_from(bytes).unwrap());
            if asks {
                self.flow.asked(self.at(self.now));
                if self.answers_come {
                    self.answers.push_back(self.free + self.way);
                }
            }
        }

        fn draw(&mut self, bytes: u64) {
            let asks = self.flow.asks();
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
            ("9,600 baud", 5, 104, 2, 4, 900),
            ("9,600 baud far away", 200, 104, 2, 4, 1_400),
            ("38,400 baud", 5, 26, 7, 12, 300),
        ] {
            let mut line = Line::new(way, bytes, true);
            line.draw(3_000);
            line.wait(5_000);
            let (frames, left) = line.hold_a_key(800);
            assert!((fewest..=most).contains(&frames), "{what}: {frames} frames");
            assert!(left <= behind, "{what}: {left} ms behind");
            line.wait(20_000);
            assert!(!line.holds() && line.flow.due().is_none(), "{what}");
        }
    }

    #[test]
    fn nothing_is_drawn_while_the_first_frame_is_on_its_way() {
        let mut line = Line::new(5, 104, true);
        line.draw(3_000);
        line.wait(200);
        for _ in 0..28 {
            assert!(line.holds(), "at {} ms", line.now);
            line.wait(100);
        }
        line.wait(300);
        assert!(!line.holds());
    }

    #[test]
    fn a_terminal_that_never_answers_is_asked_twice_and_not_waited_for() {
        let mut line = Line::new(5, 104, false);
        for _ in 0..10 {
            assert!(!line.holds());
            line.draw(3_000);
            line.wait(10);
        }
        assert_eq!(line.flow.open.len(), UNANSWERED);
        assert!(line.flow.due().unwrap() <= line.at(300));
    }

    #[test]
    fn one_answer_that_is_lost_after_a_late_one_holds_a_frame_only_for_a_moment() {
        let mut line = Line::new(5, 0, true);
        line.wait(100);
        line.draw(3_000);
        line.wait(100);
        line.way = 150;
        line.draw(30);
        line.wait(200);
        line.answers_come = false;
        line.draw(3_000);
        let before = line.now;
        while line.holds() {
            line.wait(10);
        }
        assert!(line.now - before < 500, "{} ms", line.now - before);
    }

    #[test]
    fn a_terminal_that_stops_answering_holds_one_frame_for_a_moment() {
        let mut line = Line::new(5, 0, true);
        line.wait(100);
        line.draw(3_000);
        line.wait(100);
        line.answers_come = false;
        line.draw(800);
        let mut held = 0;
        for _ in 0..1_000 {
            if line.holds() {
                held += 1;
            } else {
                line.draw(800);
            }
            line.wait(1);
        }
        assert!((100..600).contains(&held), "{held} ms");
        assert_eq!(line.flow.open.len(), UNANSWERED);
        // Somebody else took the terminal over.
        line.answers_come = true;
        line.flow.answered(line.at(line.now));
        assert!(line.flow.answers());
        line.draw(800);
        line.wait(100);
        assert!(!line.holds() && line.flow.due().is_none());
    }
}
