//! markwhen: a date, a colon and words on a line; sections, tags and comments around them.
//!
//! Its numbers go month first, as its own documentation has it, unless the head says
//! `dateFormat: d/M/y`. `now` and spans such as `5 days` depend on when they are read, and are no
//! dates of a record.

use std::io::BufRead;

use crate::import::dates::{DayOrder, Rules};
use crate::import::draft::{Date, Draft};
use crate::import::flat::{is_address, linked};
use crate::import::sink::Sink;
use crate::import::{Format, ImportError};
use crate::model::Source;

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "markwhen",
    extensions: &["mw", "markwhen"],
    about: "markwhen's plain text",
    begins: |_| false,
    read,
};

fn read(from: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ImportError> {
    let order = sink.rules().order.unwrap_or(DayOrder::MonthFirst);
    let mut page = Page {
        rules: Rules { order: Some(order), ..sink.rules() },
        sections: Vec::new(),
        event: None,
        head: Head::Possible,
    };
    let mut text = String::new();
    let mut line = 0;
    loop {
        text.clear();
        if from.read_line(&mut text)? == 0 {
            return page.done(sink);
        }
        line += 1;
        page.line(text.trim_end(), line, sink)?;
    }
}

/// What stands before the first event.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Head {
    /// Nothing has been read that is no head.
    Possible,
    /// Between two lines of `---`.
    Fenced,
    /// It is over.
    Over,
}

struct Page {
    rules: Rules,
    /// The sections that are open, each with its depth.
    sections: Vec<(usize, String)>,
    event: Option<Event>,
    head: Head,
}

struct Event {
    draft: Draft,
    lines: Vec<String>,
}

impl Page {
    fn line(&mut self, text: &str, line: u64, sink: &mut Sink) -> Result<(), ImportError> {
        let bare = text.trim();
        if bare.starts_with("//") {
            sink.note("comments passed over", line);
            return Ok(());
        }
        if bare == "---" && self.event.is_none() && self.head != Head::Over {
            self.head = if self.head == Head::Fenced { Head::Over } else { Head::Fenced };
            return Ok(());
        }
        if self.head == Head::Fenced {
            return self.property(bare, line, sink);
        }
        if self.section(bare, line, sink)? {
            return Ok(());
        }
        if let Some((date, words)) = self.dated(text) {
            self.done(sink)?;
            self.head = Head::Over;
            sink.row();
            let sections = self.sections.iter().map(|(_, name)| name.clone());
            let draft = Draft { line, date, tags: sections.collect(), ..Draft::default() };
            self.event = Some(Event { draft, lines: vec![words.to_owned()] });
            return Ok(());
        }
        if let Some(event) = &mut self.event {
            event.lines.push(text.to_owned());
            return Ok(());
        }
        match bare {
            "" => Ok(()),
            _ if self.head == Head::Possible => self.property(bare, line, sink),
            _ => sink.lose("lines that belong to no event", line),
        }
    }

    /// `title: …` and the like, before the first event.
    fn property(&mut self, text: &str, line: u64, sink: &mut Sink) -> Result<(), ImportError> {
        let Some((key, value)) = text.split_once(':') else {
            return if text.is_empty() {
                Ok(())
            } else {
                sink.lose("lines that belong to no event", line)
            };
        };
        let value = value.trim().trim_matches(['"', '\'']);
        match key.trim() {
            "title" => sink.title(value),
            "description" => sink.summary(value),
            "dateFormat" if value == "d/M/y" && sink.rules().order.is_none() => {
                self.rules.order = Some(DayOrder::DayFirst);
            }
            _ => sink.note("properties of the head passed over", line),
        }
        Ok(())
    }

    /// Opens or closes a section, if the line does.
    fn section(&mut self, text: &str, line: u64, sink: &mut Sink) -> Result<bool, ImportError> {
        let marks = text.bytes().take_while(|byte| *byte == b'#').count();
        let heading =
            text.get(marks..).and_then(|rest| rest.strip_prefix(' ')).filter(|_| marks > 0);
        let word = ["section ", "group "].iter().find_map(|word| text.strip_prefix(word));
        let closes =
            matches!(text.to_lowercase().replace(' ', "").as_str(), "endsection" | "endgroup");
        if heading.is_none() && word.is_none() && !closes {
            // `#tag: red` gives a tag its colour.
            let colour = marks == 1 && self.event.is_none() && text.contains(':');
            if colour {
                sink.note("properties of the head passed over", line);
            }
            return Ok(colour);
        }
        self.done(sink)?;
        self.head = Head::Over;
        if closes {
            self.sections.pop();
            return Ok(true);
        }
        let depth = if heading.is_some() { marks } else { usize::MAX };
        if heading.is_some() {
            self.sections.retain(|(other, _)| *other < depth);
        }
        let (name, _) = without_tags(heading.or(word).unwrap_or_default());
        self.sections.push((depth, name));
        Ok(true)
    }

    /// The date at the beginning of a line, and the words behind its colon. A line that begins as
    /// one and is none has its reason.
    fn dated<'t>(&self, text: &'t str) -> Option<(Date, &'t str)> {
        if text.starts_with([' ', '\t']) && self.event.is_some() {
            return None;
        }
        let text = text.trim_start().trim_start_matches(['-', '*']).trim_start();
        // A date has no more letters than this.
        let colons: Vec<usize> =
            text.match_indices(':').map(|(at, _)| at).take_while(|at| *at <= 80).collect();
        let parted = |at: usize| Some((text.get(..at)?, text.get(at + 1..)?));
        let ends = |at: &usize| {
            parted(*at).is_some_and(|(_, rest)| rest.is_empty() || rest.starts_with(' '))
        };
        // The colon of a time of day has no space behind it.
        let (spaced, close): (Vec<usize>, Vec<usize>) = colons.into_iter().partition(ends);
        for at in spaced.iter().chain(&close) {
            let (written, rest) = parted(*at)?;
            let date = self.read(written);
            if date.read.is_ok() && !written.trim().is_empty() {
                return Some((date, rest));
            }
        }
        let (written, rest) = parted(*spaced.first()?)?;
        looks_dated(written.trim()).then(|| (self.read(written), rest))
    }

    fn read(&self, written: &str) -> Date {
        let written = written.trim();
        let whole = self.rules.read(written);
        if whole.is_ok() {
            return Date::new(written, whole);
        }
        // `2020-01 / 2020-03`, or dates of people on both sides.
        let parted = written.split_once(" / ").or_else(|| written.split_once(" - "));
        let parted = parted
            .or_else(|| written.split_once('/').filter(|_| written.matches('/').count() == 1));
        match parted {
            Some((from, to)) => match self.rules.read_span(from, to) {
                Ok(read) => Date::new(written, Ok(read)),
                Err(why) => Date::new(written, Err(why)),
            },
            None => Date::new(written, whole),
        }
    }

    /// Hands over the event that is open.
    fn done(&mut self, sink: &mut Sink) -> Result<(), ImportError> {
        let Some(Event { mut draft, lines }) = self.event.take() else { return Ok(()) };
        let mut lines = lines.into_iter();
        let (headline, tags) = without_tags(&lines.next().unwrap_or_default());
        draft.tags.extend(tags);
        let mut body: Vec<String> = Vec::new();
        for text in lines {
            let bare = text.trim();
            let property = bare.split_once(": ").filter(|_| body.is_empty());
            match property {
                Some(("id", value)) => value.trim().clone_into(&mut draft.id),
                Some(("location" | "loc", value)) => value.trim().clone_into(&mut draft.place),
                Some(("tags", value)) => {
                    let list = value.trim().trim_matches(['[', ']']).split(',');
                    draft.tags.extend(list.map(|tag| tag.trim().to_owned()));
                }
                _ => {
                    draft.tags.extend(without_tags(bare).1);
                    body.push(text);
                }
            }
        }
        let body = body.join("\n");
        let (headline, mut sources) = links(&headline);
        let (body, more) = links(body.trim());
        sources.extend(more);
        draft.headline = headline.trim().to_owned();
        draft.text = body;
        draft.sources = sources;
        sink.add(draft)
    }
}

/// Whether something before a colon was meant as a date.
fn looks_dated(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let begins = text.starts_with(|first: char| first.is_ascii_digit());
    let words: Vec<&str> = text.split([' ', '/', '-']).collect();
    let relative = words.iter().any(|word| matches!(*word, "now" | "today"));
    (begins && digits >= 4) || (relative && words.len() <= 4) || (begins && text.contains('/'))
}

/// The text without `#tags`, and those.
fn without_tags(text: &str) -> (String, Vec<String>) {
    let is_tag = |word: &str| {
        let name = word.strip_prefix('#').unwrap_or_default();
        name.starts_with(|first: char| first.is_alphabetic())
            && name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'))
    };
    let (tags, words): (Vec<&str>, Vec<&str>) =
        text.split_whitespace().partition(|word| is_tag(word));
    (words.join(" "), tags.iter().map(|tag| tag.trim_start_matches('#').to_owned()).collect())
}

/// The text with `[words](address)` as words, and the addresses as sources.
fn links(text: &str) -> (String, Vec<Source>) {
    let mut out = String::new();
    let mut sources = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let link = from.get(1..).and_then(|inner| {
            let (words, after) = inner.split_once("](")?;
            let (url, after) = after.split_once(')')?;
            (is_address(url) && !words.contains('[')).then_some((words, url, after))
        });
        let Some((words, url, after)) = link else {
            out.push('[');
            rest = from.get(1..).unwrap_or_default();
            continue;
        };
        out.push_str(words);
        let title = Some(words.to_owned()).filter(|words| !words.trim().is_empty());
        sources.push(Source { title, ..linked(url) });
        rest = after;
    }
    out.push_str(rest);
    (out, sources)
}
