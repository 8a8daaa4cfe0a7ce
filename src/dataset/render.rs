//! Problems for people and for programs.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use memchr::memchr_iter;
use serde::Serialize;

use crate::dataset::load::Input;
use crate::dataset::problem::{Problem, Severity};
use crate::dataset::read::Reading;
use crate::text::{harmless_json, prefix, visible, width};

/// The longest source line that is shown whole, in columns; of a longer one, the part at hand.
const LONGEST_LINE: usize = 160;

/// How far around a problem its line is looked at, in bytes: more than is shown. A line may be all
/// of a file.
const WINDOW: usize = LONGEST_LINE * 8;

/// A line of the text around a problem.
struct Place<'a> {
    /// From 1.
    line: usize,
    /// In characters, from 1.
    column: usize,
    /// The line without its end, or the part of it at hand.
    text: &'a str,
    /// Bytes from the beginning of `text` to the problem's, and to its end on this line.
    within: (usize, usize),
    /// Whether more of the line stands before `text`, and after.
    cut: (bool, bool),
}

/// Finds the lines of problems. It goes on from the last one found: many problems in a large file
/// are not each counted from its beginning.
#[derive(Default)]
struct Places {
    input: usize,
    at: usize,
    /// Line breaks before `at`.
    breaks: usize,
    /// Where the line of `at` begins.
    begin: usize,
    /// Characters between.
    characters: usize,
}

impl Places {
    fn find<'a>(&mut self, problem: &Problem, inputs: &'a [Input]) -> Place<'a> {
        let text = inputs.get(problem.input).map_or("", |input| &*input.text);
        let at = boundary(text, problem.flaw.span.start);
        if self.input != problem.input || at < self.at {
            *self = Places { input: problem.input, ..Places::default() };
        }
        let passed = text.get(self.at..at).unwrap_or_default();
        if let Some(newline) = passed.rfind('\n') {
            self.breaks += memchr_iter(b'\n', passed.as_bytes()).count();
            self.begin = self.at + newline + 1;
            self.characters = 0;
        }
        self.characters +=
            text.get(self.begin.max(self.at)..at).unwrap_or_default().chars().count();
        self.at = at;
        self.place(text, problem.flaw.span.end)
    }

    fn place<'a>(&self, text: &'a str, end: usize) -> Place<'a> {
        let begin = self.begin.max(boundary(text, self.at.saturating_sub(WINDOW)));
        let limit = boundary(text, self.at.saturating_add(WINDOW));
        let near = text.get(self.at..limit).unwrap_or_default();
        let newline = near.find('\n').map(|length| self.at + length);
        let line = text.get(begin..newline.unwrap_or(limit)).unwrap_or_default();
        let line = line.trim_end_matches('\r');
        let from = (self.at - begin).min(line.len());
        let mut to = end.saturating_sub(begin).clamp(from, line.len());
        while !line.is_char_boundary(to) {
            to += 1;
        }
        Place {
            line: self.breaks + 1,
            column: self.characters + 1,
            text: line,
            within: (from, to),
            cut: (begin > self.begin, newline.is_none() && limit < text.len()),
        }
    }
}

/// The last place at which a character begins that is not after `at`.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where a problem is: `file:line:column`.
pub fn location(problem: &Problem, inputs: &[Input]) -> String {
    let place = Places::default().find(problem, inputs);
    let name = inputs.get(problem.input).map_or("", |input| input.name.as_str());
    format!("{}:{}:{}", visible(name), place.line, place.column)
}

/// All problems for people, each with its line underlined and what to do. Plain text.
pub fn render(problems: &[Problem], inputs: &[Input]) -> String {
    let renderer = Renderer::plain().decor_style(DecorStyle::Unicode);
    let mut places = Places::default();
    problems
        .iter()
        .map(|problem| render_one(problem, &places.find(problem, inputs), inputs, &renderer) + "\n")
        .collect::<Vec<_>>()
        .join("\n")
}

fn render_one(
    problem: &Problem,
    place: &Place<'_>,
    inputs: &[Input],
    renderer: &Renderer,
) -> String {
    let name = inputs.get(problem.input).map_or("", |input| input.name.as_str());
    let name = visible(name);
    let (shown, from, to) = excerpt(place);
    let flaw = &problem.flaw;
    let level = match flaw.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = visible(&flaw.message);
    let hint = flaw.hint.as_deref().map(visible);
    let snippet = Snippet::source(shown.as_str())
        .line_start(place.line)
        .path(&*name)
        .annotation(AnnotationKind::Primary.span(from..to));
    let mut group = level.primary_title(&*message).id(flaw.code.word()).element(snippet);
    if let Some(hint) = &hint {
        group = group.element(Level::HELP.message(&**hint));
    }
    with_column(&renderer.render(&[group]), place.column)
}

/// The place on the second line with the column in the file: the renderer knows only the part of a
/// long line that it was given.
fn with_column(rendered: &str, column: usize) -> String {
    let mut lines = rendered.splitn(3, '\n');
    let (Some(title), Some(place), rest) = (lines.next(), lines.next(), lines.next()) else {
        return rendered.to_owned();
    };
    let place = place.rsplit_once(':').map_or(place, |(before, _)| before);
    let rest = rest.map_or_else(String::new, |rest| format!("\n{rest}"));
    format!("{title}\n{place}:{column}{rest}")
}

/// The line made harmless, with the bytes of it that are meant; of a long line the part at hand.
fn excerpt(place: &Place<'_>) -> (String, usize, usize) {
    let (from, to) = place.within;
    let part = |from: usize, to: usize| place.text.get(from..to).unwrap_or_default();
    let mut before = visible(part(0, from)).into_owned();
    let mut meant = visible(part(from, to)).into_owned();
    let mut after = visible(part(to, place.text.len())).into_owned();
    if place.cut.0 || width(&before) > LONGEST_LINE / 2 {
        let reversed: String = before.chars().rev().collect();
        before = format!("…{}", prefix(&reversed, 40).chars().rev().collect::<String>());
    }
    if width(&meant) > LONGEST_LINE {
        meant = format!("{}…", prefix(&meant, LONGEST_LINE / 2));
    }
    if place.cut.1 || width(&after) > LONGEST_LINE / 2 {
        after = format!("{}…", prefix(&after, 40));
    }
    let (from, to) = (before.len(), before.len() + meant.len());
    // At the end of a line there is nothing to underline but the place after it.
    let room = if meant.is_empty() && after.is_empty() { " " } else { "" };
    (format!("{before}{meant}{after}{room}"), from, to.max(from + usize::from(meant.is_empty())))
}

#[derive(Serialize)]
struct Json<'a> {
    severity: &'static str,
    file: &'a str,
    line: usize,
    column: usize,
    code: &'static str,
    message: &'a str,
    hint: Option<&'a str>,
}

/// All problems for programs: one array.
pub fn render_json(problems: &[Problem], inputs: &[Input]) -> String {
    let mut places = Places::default();
    let all: Vec<Json<'_>> = problems
        .iter()
        .map(|problem| {
            let place = places.find(problem, inputs);
            Json {
                severity: problem.flaw.code.severity().word(),
                file: inputs.get(problem.input).map_or("", |input| input.name.as_str()),
                line: place.line,
                column: place.column,
                code: problem.flaw.code.word(),
                message: &problem.flaw.message,
                hint: problem.flaw.hint.as_deref(),
            }
        })
        .collect();
    // Strings and numbers always have a JSON form.
    let json = serde_json::to_string_pretty(&all).unwrap_or_else(|_| "[]".to_owned());
    harmless_json(&json) + "\n"
}

/// `2 errors and 1 warning`, or that there are none.
pub fn summary(reading: &Reading) -> String {
    let count = |severity: Severity| {
        reading.problems.iter().filter(|problem| problem.flaw.code.severity() == severity).count()
    };
    let named = |count: usize, word: &str| match count {
        1 => format!("1 {word}"),
        _ => format!("{count} {word}s"),
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let text = match (errors, warnings) {
        (0, 0) => "no problems".to_owned(),
        (0, _) => named(warnings, "warning"),
        (_, 0) => named(errors, "error"),
        _ => format!("{} and {}", named(errors, "error"), named(warnings, "warning")),
    };
    match reading.more {
        0 => text,
        more => format!("{text}, and {more} more"),
    }
}
