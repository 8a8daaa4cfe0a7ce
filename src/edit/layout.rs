//! Puts values into a text and takes them out, in the text's own layout.

use std::ops::Range;

use crate::dataset::places::{Form, Group, Item, Value, value};

/// Bytes of a text, and what is to stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Put {
    pub range: Range<usize>,
    pub new: String,
}

/// The widest line into which a value that stood on several is joined.
const WIDTH: usize = 100;

/// The indentation of values as they are written for export, in columns.
const WRITTEN_INDENT: usize = 4;

/// How a text is laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Style {
    pub newline: &'static str,
    /// How far things stand to the right of what they belong to.
    pub unit: String,
}

impl Style {
    /// That of a dataset with these fields.
    pub fn of(text: &str, dataset: &Group) -> Style {
        let crlf = text
            .find('\n')
            .is_some_and(|at| text.get(..at).is_some_and(|line| line.ends_with('\r')));
        let unit = unit(text, dataset).unwrap_or_else(|| " ".repeat(WRITTEN_INDENT));
        Style { newline: if crlf { "\r\n" } else { "\n" }, unit }
    }

    /// The same, with the indentation that a list's items have within them.
    pub fn within(&self, text: &str, list: &Group) -> Style {
        let groups = list.items.iter().filter_map(|item| match value(text, item.value.start)? {
            Value::Group(group) => unit(text, &group),
            _ => None,
        });
        let unit = groups.take(1).next().unwrap_or_else(|| self.unit.clone());
        Style { newline: self.newline, unit }
    }
}

/// How far the first item that begins a line stands to the right of the line with the bracket.
fn unit(text: &str, group: &Group) -> Option<String> {
    let indent = group.items.iter().find_map(|item| indent_at(text, item.start()))?;
    let unit = indent.strip_prefix(line_indent(text, group.open))?;
    (!unit.is_empty() && unit.len() <= 16).then(|| unit.to_owned())
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}

/// The spaces before a place, if nothing else stands before it on its line.
fn indent_at(text: &str, at: usize) -> Option<&str> {
    let before = text.get(line_start(text, at)..at)?;
    before.chars().all(|next| matches!(next, ' ' | '\t')).then_some(before)
}

/// The spaces with which the line of a place begins.
pub(super) fn line_indent(text: &str, at: usize) -> &str {
    let line = text.get(line_start(text, at)..).unwrap_or_default();
    let length = line.len() - line.trim_start_matches([' ', '\t']).len();
    line.get(..length).unwrap_or_default()
}

/// What stands before a place on its line.
pub(super) fn line_before(text: &str, at: usize) -> &str {
    text.get(line_start(text, at)..at).unwrap_or_default()
}

/// What stands after a place on its line, without the line's end.
fn line_rest(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    line.strip_suffix('\r').unwrap_or(line)
}

/// The place after the end of the line of a place.
fn next_line(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |newline| at + newline + 1)
}

/// Whether there is nothing but spaces and comments that end on the line.
fn is_blank_or_comment(line: &str) -> bool {
    let mut rest = line.trim_start();
    while rest.starts_with("/*") {
        let Some(length) = comments(rest, 0..rest.len()).first().map(|comment| comment.end) else {
            return false;
        };
        let Some(after) =
            rest.get(length..).filter(|_| rest.get(..length).is_some_and(|it| it.ends_with("*/")))
        else {
            return false;
        };
        rest = after.trim_start();
    }
    rest.is_empty() || rest.starts_with("//")
}

/// The comments in a part of a text that holds nothing but comments, spaces and signs. Those to
/// the end of a line do not include it.
pub(super) fn comments(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = part.start;
    let bytes = text.as_bytes().get(..part.end).unwrap_or_default();
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let length = match rest {
            [b'/', b'/', ..] => rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len()),
            [b'/', b'*', ..] => block_comment(rest),
            _ => {
                at += 1;
                continue;
            }
        };
        let crlf = rest.get(..length).is_some_and(|comment| comment.ends_with(b"\r"));
        found.push(at..at + length - usize::from(crlf));
        at += length;
    }
    found
}

/// The length of the block comment that begins here; they nest.
fn block_comment(rest: &[u8]) -> usize {
    let (mut at, mut depth) = (0usize, 0usize);
    while let Some(here) = rest.get(at..).filter(|here| !here.is_empty()) {
        match here {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => {
                (depth, at) = (depth.saturating_sub(1), at + 2);
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    rest.len()
}

/// Where the comments begin that belong to an item: those directly above it, without a blank line
/// between, and those before it on its own line.
fn own_start(text: &str, boundary: usize, item: usize) -> usize {
    let mut start = item;
    for comment in comments(text, boundary..item).into_iter().rev() {
        let between = text.get(comment.end..start).unwrap_or_default();
        let before = text.get(boundary..comment.start).unwrap_or_default();
        let breaks = between.matches('\n').count();
        // One that ends the line of what stands before belongs to that.
        if breaks > 1 || breaks == 1 && !before.contains('\n') {
            break;
        }
        start = comment.start;
    }
    start
}

/// A value as it is written for export, to stand in a text: with its lines at the indentation of
/// the place where it goes.
pub(super) fn set_in(written: &str, indent: &str, style: &Style) -> String {
    // The written value's own indentation is that of the line that closes its brackets.
    let columns = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let own = written.lines().skip(1).map(columns).min().unwrap_or(0);
    let mut out = String::new();
    for (number, line) in written.lines().enumerate() {
        if number > 0 {
            out.push_str(style.newline);
            out.push_str(indent);
            let level = (columns(line) - own) / WRITTEN_INDENT;
            out.extend(std::iter::repeat_n(style.unit.as_str(), level));
        }
        out.push_str(line.trim_start_matches(' '));
    }
    out
}

/// A value as it is written for export, on one line. Strings are written without line breaks.
pub(super) fn joined(written: &str) -> String {
    let mut out = String::new();
    for line in written.lines().map(str::trim) {
        if line.starts_with([')', ']', '}']) && out.ends_with(',') {
            out.pop();
        } else if !out.is_empty() && !out.ends_with(['(', '[', '{']) {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

/// Puts values into a group, before its item with a number or at its end.
pub(super) fn insert(
    text: &str,
    group: &Group,
    index: usize,
    written: &[String],
    style: &Style,
) -> Vec<Put> {
    if written.is_empty() {
        return Vec::new();
    }
    let before = index.checked_sub(1).and_then(|before| group.items.get(before));
    let after = group.items.get(index);
    let neighbour = before.or(after);
    let own_line = |item: &Item| indent_at(text, item.start());
    let indent = match neighbour {
        Some(item) => own_line(item).or_else(|| group.items.iter().find_map(own_line)),
        None => None,
    };
    let Some(indent) = indent else {
        return match neighbour {
            None if spreads(text, group, written) => into_empty(text, group, written, style),
            _ => in_line(group, before, after, written),
        };
    };
    // Fields differ from one another; items of a list and a map are alike.
    let one_line = group.form != Form::Fields
        && neighbour.is_some_and(|item| {
            text.get(item.value.clone()).is_some_and(|value| !value.contains('\n'))
        });
    let laid = |written: &String| {
        let line = joined(written);
        if one_line && indent.len() + line.chars().count() < WIDTH {
            line
        } else {
            set_in(written, indent, style)
        }
    };
    let Some(before) = before else {
        let Some(next) = after else { return Vec::new() };
        if own_line(next).is_none() {
            return in_line(group, None, Some(next), written);
        }
        let start = line_start(text, own_start(text, group.open + 1, next.start()));
        // The bracket may stand on that line, with a comment after it.
        let start = if start > group.open { start } else { line_start(text, next.start()) };
        let new: String =
            written.iter().map(|one| format!("{indent}{},{}", laid(one), style.newline)).collect();
        return vec![Put { range: start..start, new }];
    };
    let mut puts = Vec::new();
    let end = before.end();
    if before.comma.is_none() {
        puts.push(Put { range: end..end, new: ",".to_owned() });
    }
    let rest = line_rest(text, end);
    let at = if is_blank_or_comment(rest) { end + rest.len() } else { end };
    let last = written.len() - 1;
    // The last of the group gets a comma if the last before had one.
    let comma = |number: usize| if number < last || before.comma.is_some() { "," } else { "" };
    let new = written.iter().enumerate();
    let new: String = new
        .map(|(number, one)| format!("{}{indent}{}{}", style.newline, laid(one), comma(number)))
        .collect();
    puts.push(Put { range: at..at, new });
    puts
}

/// Whether what goes into an empty group goes on lines of its own.
fn spreads(text: &str, group: &Group, written: &[String]) -> bool {
    let long: usize = written.iter().map(|one| one.chars().count()).sum();
    long > WIDTH / 2
        || written.iter().any(|one| one.contains('\n'))
        || text.get(group.open..group.close).is_some_and(|inside| inside.contains('\n'))
}

fn into_empty(text: &str, group: &Group, written: &[String], style: &Style) -> Vec<Put> {
    let outer = line_indent(text, group.open);
    let indent = format!("{outer}{}", style.unit);
    let lines: Vec<String> =
        written.iter().map(|one| format!("{indent}{},", set_in(one, &indent, style))).collect();
    let lines = lines.join(style.newline);
    let close = group.close;
    // Comments in it stay above.
    if let Some(before) = indent_at(text, close).filter(|_| line_start(text, close) > group.open) {
        let at = close - before.len();
        return vec![Put { range: at..at, new: lines + style.newline }];
    }
    let new = format!("{n}{lines}{n}{outer}", n = style.newline);
    vec![Put { range: close..close, new }]
}

fn in_line(
    group: &Group,
    before: Option<&Item>,
    after: Option<&Item>,
    written: &[String],
) -> Vec<Put> {
    let joined: Vec<String> = written.iter().map(|one| joined(one)).collect();
    let joined = joined.join(", ");
    let put = |at: usize, new: String| vec![Put { range: at..at, new }];
    match (before, after) {
        (Some(before), _) => match before.comma {
            Some(comma) => put(comma + 1, format!(" {joined},")),
            None => put(before.value.end, format!(", {joined}")),
        },
        (None, Some(after)) => put(after.start(), format!("{joined}, ")),
        (None, None) => put(group.open + 1, joined),
    }
}

/// Takes an item out of a group, with its comma and, where nothing else stands there, its lines;
/// on demand with the comments that belong to it.
pub(super) fn remove(text: &str, group: &Group, index: usize, with_comments: bool) -> Vec<Put> {
    let Some(item) = group.items.get(index) else { return Vec::new() };
    let before = index.checked_sub(1).and_then(|before| group.items.get(before));
    let after = group.items.get(index + 1);
    let gone = |range: Range<usize>| vec![Put { range, new: String::new() }];
    let blank = |range: Range<usize>| text.get(range).is_some_and(|all| all.trim().is_empty());
    let boundary = before.map_or(group.open + 1, Item::end);
    let start = if with_comments { own_start(text, boundary, item.start()) } else { item.start() };
    let end = item.end();
    let rest = line_rest(text, end);
    let alone = indent_at(text, start).is_some() && start > group.open;
    let rest_goes = rest.trim().is_empty() || with_comments && is_blank_or_comment(rest);
    if alone && rest_goes {
        // Between the value and its comma a comment may stand that is not to go.
        if with_comments || comments(text, item.value.end..end).is_empty() {
            return gone(line_start(text, start)..next_line(text, end));
        }
    }
    if !with_comments
        && let Some(comma) = item.comma
        && !comments(text, item.value.end..comma).is_empty()
    {
        let mut puts = gone(start..item.value.end);
        puts.extend(gone(comma..comma + 1));
        return puts;
    }
    match (before.and_then(|before| before.comma), after) {
        (_, Some(after))
            if blank(end..after.start())
                && !text.get(end..after.start()).is_some_and(|gap| gap.contains('\n')) =>
        {
            gone(start..after.start())
        }
        (Some(comma), None) if blank(comma + 1..start) => match item.comma {
            Some(_) => gone(comma + 1..end),
            None => gone(comma..end),
        },
        // What is left on the line keeps the item's place.
        _ if alone => gone(start..end + (rest.len() - rest.trim_start().len())),
        _ => gone(start..end),
    }
}
