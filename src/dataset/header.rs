//! What stands around the entries: title, speakers and sources.

use std::collections::HashMap;
use std::ops::Range;

use crate::dataset::cursor::{Cursor, Parsed, Text};
use crate::dataset::problem::{Code, Flaws};
use crate::dataset::values::{string, structure, tell_wrong, word};
use crate::model::{Source, SourceKind, Speaker};
use crate::when::When;

/// A thing that entries refer to by its id.
#[derive(Clone, Debug)]
pub(super) struct Defined<T> {
    pub id: String,
    /// Where its id stands.
    pub span: Range<usize>,
    /// Nothing where it could not be read; its id is known all the same.
    pub value: Option<T>,
}

/// What a dataset defines.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    pub title: Option<String>,
    pub summary: Option<String>,
    pub speakers: Vec<Defined<Speaker>>,
    pub sources: Vec<Defined<Source>>,
    /// What the sources name as their archives, each with its place.
    pub archives: Vec<(String, Range<usize>)>,
}

/// `{ "id": Speaker(…), … }`. A broken one does not hide the next.
pub(super) fn map<'a, T>(
    cursor: &mut Cursor<'a>,
    flaws: &mut Flaws,
    what: &str,
    mut value: impl FnMut(&mut Cursor<'a>, &mut Flaws, &str) -> Parsed<Option<T>>,
) -> Parsed<Vec<Defined<T>>> {
    cursor.expect(b'{', format_args!("`{{` of the {what}"))?;
    let mut all: Vec<Defined<T>> = Vec::new();
    let mut known: HashMap<String, ()> = HashMap::new();
    let mut next = NextDefinition::default();
    loop {
        if cursor.take(b'}')? {
            return Ok(all);
        }
        let Some(id) = cursor.string()? else {
            return Err(
                cursor.unexpected(format_args!("an id of the {what} in quotation marks, or `}}`"))
            );
        };
        cursor.expect(b':', "`:` after the id")?;
        cursor.peek()?;
        let from = cursor.at();
        tell_wrong(flaws, &id);
        let span = id.span.clone();
        let id = id.value.into_owned();
        let read = match value(cursor, flaws, &id) {
            Ok(read) => read,
            Err(flaw) => {
                flaws.push(*flaw);
                cursor.move_to(from);
                pass_over(cursor, &mut next)?;
                None
            }
        };
        if id.is_empty() {
            flaws.add(Code::Empty, span, format!("an id of the {what} is empty"), None);
        } else if known.insert(id.clone(), ()).is_some() {
            flaws.add(
                Code::DuplicateId,
                span,
                format!("`{id}` stands twice among the {what}"),
                None,
            );
        } else {
            all.push(Defined { id, span, value: read });
        }
        if !cursor.take(b',')? && cursor.peek()? != Some(b'}') {
            return Err(cursor.unexpected(format_args!("`,` or the `}}` of the {what}")));
        }
    }
}

/// Looks for the line that begins a definition, and remembers the last it found: what is broken
/// often asks for the same one.
#[derive(Debug, Default)]
struct NextDefinition {
    /// Between these two places it is always the one found. The second is where its line begins.
    known: Range<usize>,
    found: Option<usize>,
}

impl NextDefinition {
    /// Where the first line after the one of `from` defines something or ends the definitions.
    fn after(&mut self, text: &str, from: usize) -> Option<usize> {
        if self.known.contains(&from) {
            return self.found;
        }
        let mut at = from;
        self.found = None;
        for line in text.get(from..)?.split_inclusive('\n') {
            let begins = line.trim_start();
            let defines = begins.starts_with('"') && begins.contains("\":") && begins.contains('(');
            if at > from && (defines || begins.starts_with('}')) {
                self.found = Some(at + (line.len() - begins.len()));
                break;
            }
            at += line.len();
        }
        self.known = from..at;
        self.found
    }
}

/// Passes over a broken value: to the next line that begins with an id, or as its brackets say.
fn pass_over(cursor: &mut Cursor<'_>, next: &mut NextDefinition) -> Parsed<()> {
    let from = cursor.at();
    let text = cursor.text();
    if let Some(flaw) = cursor.worn() {
        return Err(flaw);
    }
    let next = next.after(text, from);
    let whole =
        Cursor::new(text.get(..next.unwrap_or(text.len())).unwrap_or_default(), from).skip_value();
    match (whole, next) {
        (Ok(span), _) => cursor.move_to(span.end),
        // The comma that should follow is lost with the rest; `map` must see one.
        (Err(_), Some(next)) => {
            let comma = text.get(from..next).and_then(|broken| broken.rfind(','));
            cursor.move_to(comma.map_or(next, |comma| from + comma));
        }
        (Err(flaw), None) => return Err(flaw),
    }
    Ok(())
}

pub(super) fn speaker<'a>(
    cursor: &mut Cursor<'a>,
    flaws: &mut Flaws,
    id: &str,
) -> Parsed<Option<Speaker>> {
    #[derive(Default)]
    struct Raw<'a>([Option<Text<'a>>; 5]);
    let known = ["name", "short", "title", "role", "organization"];
    let read =
        structure(cursor, flaws, "Speaker", &known, |cursor, flaws, raw: &mut Raw<'a>, number| {
            let field = known.get(number).copied().unwrap_or_default();
            if let Some(slot) = raw.0.get_mut(number) {
                *slot = string(cursor, flaws, field)?;
            }
            Ok(())
        })?;
    let Some((Raw([name, short, title, role, organization]), span)) = read else { return Ok(None) };
    let Some(name) = required(flaws, name, "speaker", "name", &span) else { return Ok(None) };
    Ok(Some(Speaker {
        id: id.to_owned(),
        name,
        short: sound(short),
        title: sound(title),
        role: sound(role),
        organization: sound(organization),
    }))
}

pub(super) fn source<'a>(
    cursor: &mut Cursor<'a>,
    flaws: &mut Flaws,
    id: &str,
    archives: &mut Vec<(String, Range<usize>)>,
) -> Parsed<Option<Source>> {
    #[derive(Default)]
    struct Raw<'a> {
        texts: [Option<Text<'a>>; 7],
        kind: Option<SourceKind>,
    }
    let known = ["title", "author", "publisher", "published", "url", "archive", "note", "kind"];
    let read =
        structure(cursor, flaws, "Source", &known, |cursor, flaws, raw: &mut Raw<'a>, number| {
            match raw.texts.get_mut(number) {
                Some(slot) => {
                    *slot = string(cursor, flaws, known.get(number).copied().unwrap_or_default())?
                }
                None => {
                    let kinds = SourceKind::ALL.map(|kind| (kind.name(), kind));
                    raw.kind = word(cursor, flaws, "kind", &kinds)?;
                }
            }
            Ok(())
        })?;
    let Some((raw, _)) = read else { return Ok(None) };
    let [title, author, publisher, published, url, archive, note] = raw.texts;
    archives.extend(archive.iter().map(|text| (text.value.to_string(), text.span.clone())));
    Ok(Some(Source {
        id: id.to_owned(),
        title: sound(title),
        author: sound(author),
        publisher: sound(publisher),
        published: published
            .filter(Text::is_sound)
            .and_then(|text| date(flaws, &text, "published")),
        kind: raw.kind.unwrap_or_default(),
        url: sound(url),
        archive: sound(archive),
        note: sound(note),
    }))
}

/// A date, or nothing and a word on what is wrong with it.
pub(super) fn date(flaws: &mut Flaws, text: &Text<'_>, field: &str) -> Option<When> {
    match When::parse(&text.value) {
        Ok(when) => Some(when),
        Err(error) => {
            bad_date(flaws, text, field, &error);
            None
        }
    }
}

/// Tells what is wrong with a date, at its character.
pub(super) fn bad_date(
    flaws: &mut Flaws,
    text: &Text<'_>,
    field: &str,
    error: &crate::when::DateError,
) {
    // With escapes the places do not fit: then the whole string is meant.
    let borrowed = matches!(text.value, std::borrow::Cow::Borrowed(_));
    let at = text.start.saturating_add(error.offset);
    let span = if borrowed && at < text.span.end {
        at..text.start + text.value.len().max(error.offset + 1)
    } else {
        text.span.clone()
    };
    let hint = error.suggestion.as_ref().map_or(
        "dates are written as EDTF: 2022, 2022-11, 2022-11-09, 2022-12/.., 1984~".to_owned(),
        |meant| format!("write `{meant}`"),
    );
    flaws.add(Code::BadDate, span, format!("`{field}` is no date: {}", error.message), Some(hint));
}

pub(super) fn required(
    flaws: &mut Flaws,
    text: Option<Text<'_>>,
    what: &str,
    field: &str,
    place: &Range<usize>,
) -> Option<String> {
    match text {
        Some(text) if text.value.trim().is_empty() => {
            flaws.add(Code::Empty, text.span, format!("the {field} of this {what} is empty"), None);
            None
        }
        Some(text) => Some(text.value.into_owned()),
        None => {
            flaws.add(
                Code::MissingField,
                place.clone(),
                format!("this {what} has no `{field}`"),
                None,
            );
            None
        }
    }
}

/// A text that need not be there; one with something wrong in it is left out.
pub(super) fn sound(text: Option<Text<'_>>) -> Option<String> {
    owned(text.filter(Text::is_sound))
}

pub(super) fn owned(text: Option<Text<'_>>) -> Option<String> {
    text.map(|text| text.value.into_owned())
}
