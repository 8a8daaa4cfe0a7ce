//! Problems for people and for programs.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;

use crate::dataset::load::Input;
use crate::dataset::problem::{Problem, Severity};
use crate::dataset::read::{Reading, line_of};
use crate::text::{prefix, visible, width};

/// The longest source line that is shown whole, in columns; of a longer one, the part at hand.
const LONGEST_LINE: usize = 160;

/// A line of the text around a problem.
struct Place<'a> {
    /// From 1.
    line: usize,
    /// In characters, from 1.
    column: usize,
    /// The line without its end.
    text: &'a str,
    /// Bytes from the line's beginning to the problem's, and to its end on this line.
    within: (usize, usize),
}

fn place<'a>(problem: &Problem, inputs: &'a [Input]) -> Place<'a> {
    let text = inputs.get(problem.input).map_or("", |input| input.text.as_str());
    let mut at = problem.flaw.span.start.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = text.get(..at).unwrap_or_default();
    let begin = before.rfind('\n').map_or(0, |newline| newline + 1);
    let length = text.get(begin..).and_then(|rest| rest.find('\n')).unwrap_or(text.len() - begin);
    let line = text.get(begin..begin + length).unwrap_or_default().trim_end_matches('\r');
    let from = (at - begin).min(line.len());
    let mut to = problem.flaw.span.end.saturating_sub(begin).clamp(from, line.len());
    while !line.is_char_boundary(to) {
        to += 1;
    }
    Place {
        line: line_of(text, at),
        column: line.get(..from).unwrap_or_default().chars().count() + 1,
        text: line,
        within: (from, to),
    }
}

/// Where a problem is: `file:line:column`.
pub fn location(problem: &Problem, inputs: &[Input]) -> String {
    let place = place(problem, inputs);
    let name = inputs.get(problem.input).map_or("", |input| input.name.as_str());
    format!("{}:{}:{}", visible(name), place.line, place.column)
}

/// All problems for people, each with its line underlined and what to do. Plain text.
pub fn render(problems: &[Problem], inputs: &[Input]) -> String {
    let renderer = Renderer::plain().decor_style(DecorStyle::Unicode);
    problems
        .iter()
        .map(|problem| render_one(problem, inputs, &renderer) + "\n")
        .collect::<Vec<_>>()
        .join("\n")
}

fn render_one(problem: &Problem, inputs: &[Input], renderer: &Renderer) -> String {
    let place = place(problem, inputs);
    let name = inputs.get(problem.input).map_or("", |input| input.name.as_str());
    let name = visible(name);
    let (shown, from, to) = excerpt(&place);
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
    renderer.render(&[group])
}

/// The line made harmless, with the bytes of it that are meant; of a long line the part at hand.
fn excerpt(place: &Place<'_>) -> (String, usize, usize) {
    let (from, to) = place.within;
    let part = |from: usize, to: usize| place.text.get(from..to).unwrap_or_default();
    let mut before = visible(part(0, from)).into_owned();
    let mut meant = visible(part(from, to)).into_owned();
    let mut after = visible(part(to, place.text.len())).into_owned();
    if width(&before) > LONGEST_LINE / 2 {
        let reversed: String = before.chars().rev().collect();
        before = format!("…{}", prefix(&reversed, 40).chars().rev().collect::<String>());
    }
    if width(&meant) > LONGEST_LINE {
        meant = format!("{}…", prefix(&meant, LONGEST_LINE / 2));
    }
    if width(&after) > LONGEST_LINE / 2 {
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
    let all: Vec<Json<'_>> = problems
        .iter()
        .map(|problem| {
            let place = place(problem, inputs);
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
    serde_json::to_string_pretty(&all).map_or_else(|_| "[]\n".to_owned(), |json| json + "\n")
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
