//! An entry as it is written, field by field, each with its place.
//!
//! Values of the wrong kind are told and passed over, so that one reading finds all that is wrong
//! in an entry. Whether speakers, sources and dates make sense is left to `resolve`.

use std::ops::Range;

use crate::dataset::cursor::{Cursor, Parsed, Presence, Text};
use crate::dataset::problem::{Code, Flaws, did_you_mean};
use crate::dataset::values::{close, list, number_value, string, strings, structure, word, wrong};
use crate::model::{Amount, How, Kind};

/// How deep words may lie within words. Nobody quotes so; a file that does is made to harm.
const DEEPEST: usize = 64;

/// An entry as written.
#[derive(Clone, Debug, Default)]
pub(super) struct RawEntry<'a> {
    pub kind: Option<Kind>,
    /// `Statement` or `Event`, or where it should stand.
    pub name: Range<usize>,
    pub id: Option<Text<'a>>,
    pub date: Option<Text<'a>>,
    pub headline: Option<Text<'a>>,
    pub speaker: Option<Text<'a>>,
    pub role: Option<Text<'a>>,
    pub venue: Option<Text<'a>>,
    pub paraphrase: Option<Text<'a>>,
    pub text: Option<Text<'a>>,
    pub quotes: Vec<RawQuote<'a>>,
    pub figures: Vec<RawFigure<'a>>,
    pub basis: Option<Text<'a>>,
    pub note: Option<Text<'a>>,
    pub place: Option<Text<'a>>,
    pub tags: Vec<Text<'a>>,
    pub sources: Vec<Text<'a>>,
    pub related: Vec<RawRelated<'a>>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct RawQuote<'a> {
    pub span: Range<usize>,
    pub text: Option<Text<'a>>,
    pub via: Vec<Text<'a>>,
    pub within: Option<RawQuoted<'a>>,
    pub sources: Vec<Text<'a>>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct RawQuoted<'a> {
    pub span: Range<usize>,
    pub speaker: Option<Text<'a>>,
    pub text: Option<Text<'a>>,
    pub within: Option<Box<RawQuoted<'a>>>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct RawFigure<'a> {
    pub span: Range<usize>,
    pub value: Option<(Amount, Range<usize>)>,
    pub bound: Option<(RawBound, Range<usize>)>,
    pub measure: Option<Text<'a>>,
    pub of: Option<Text<'a>>,
    pub place: Option<Text<'a>>,
    pub period: Option<Text<'a>>,
    pub lasting: Option<Text<'a>>,
    pub part_of: Option<Text<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum RawBound {
    Exactly,
    About,
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
    Between(Amount, Amount),
}

const BOUNDS: [(&str, RawBound); 6] = [
    ("Exactly", RawBound::Exactly),
    ("About", RawBound::About),
    ("AtLeast", RawBound::AtLeast),
    ("MoreThan", RawBound::MoreThan),
    ("AtMost", RawBound::AtMost),
    ("LessThan", RawBound::LessThan),
];

#[derive(Clone, Debug)]
pub(super) struct RawRelated<'a> {
    pub span: Range<usize>,
    pub to: Option<Text<'a>>,
    pub how: Option<How>,
}

pub(super) const KINDS: [(&str, Kind); 2] =
    [("Statement", Kind::Statement), ("Event", Kind::Event)];

/// A field of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Id,
    Date,
    Headline,
    Speaker,
    Role,
    Venue,
    Paraphrase,
    Text,
    Quotes,
    Figures,
    Basis,
    Note,
    Place,
    Tags,
    Sources,
    Related,
}

impl Field {
    const fn name(self) -> &'static str {
        match self {
            Field::Id => "id",
            Field::Date => "date",
            Field::Headline => "headline",
            Field::Speaker => "speaker",
            Field::Role => "role",
            Field::Venue => "venue",
            Field::Paraphrase => "paraphrase",
            Field::Text => "text",
            Field::Quotes => "quotes",
            Field::Figures => "figures",
            Field::Basis => "basis",
            Field::Note => "note",
            Field::Place => "place",
            Field::Tags => "tags",
            Field::Sources => "sources",
            Field::Related => "related",
        }
    }
}

const STATEMENT: [Field; 15] = [
    Field::Id,
    Field::Date,
    Field::Headline,
    Field::Speaker,
    Field::Role,
    Field::Venue,
    Field::Paraphrase,
    Field::Quotes,
    Field::Figures,
    Field::Basis,
    Field::Note,
    Field::Place,
    Field::Tags,
    Field::Sources,
    Field::Related,
];
const STATEMENT_NAMES: [&str; 15] = names(&STATEMENT);

/// An event is not said: it has neither speaker nor words, but a text.
const EVENT: [Field; 10] = [
    Field::Id,
    Field::Date,
    Field::Headline,
    Field::Text,
    Field::Figures,
    Field::Note,
    Field::Place,
    Field::Tags,
    Field::Sources,
    Field::Related,
];
const EVENT_NAMES: [&str; 10] = names(&EVENT);

const fn names<const COUNT: usize>(fields: &[Field; COUNT]) -> [&'static str; COUNT] {
    let mut names = [""; COUNT];
    let mut at = 0;
    while at < COUNT {
        names[at] = fields[at].name();
        at += 1;
    }
    names
}

/// Reads the entry at the cursor.
pub(super) fn entry<'a>(cursor: &mut Cursor<'a>, flaws: &mut Flaws) -> Parsed<RawEntry<'a>> {
    let mut entry = RawEntry::default();
    let Some((name, span)) = cursor.word()? else {
        return Err(cursor.unexpected("`Statement` or `Event`"));
    };
    entry.kind = KINDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
    if entry.kind.is_none() {
        let hint = did_you_mean(name, KINDS.iter().map(|(known, _)| *known))
            .unwrap_or_else(|| "write `Statement` or `Event`".to_owned());
        flaws.add(Code::UnknownWord, span.clone(), format!("an entry is no `{name}`"), Some(hint));
    }
    entry.name = span;
    let (what, known, names): (&str, &[Field], &[&str]) = match entry.kind {
        Some(Kind::Event) => ("an event", &EVENT, &EVENT_NAMES),
        _ => ("a statement", &STATEMENT, &STATEMENT_NAMES),
    };
    cursor.fields(flaws, what, names, |cursor, flaws, number| {
        let Some(field) = known.get(number).copied() else { return Ok(()) };
        let name = field.name();
        let text = match field {
            Field::Quotes => return keep(&mut entry.quotes, list(cursor, flaws, name, quote)),
            Field::Figures => return keep(&mut entry.figures, list(cursor, flaws, name, figure)),
            Field::Related => return keep(&mut entry.related, list(cursor, flaws, name, related)),
            Field::Tags => return keep(&mut entry.tags, strings(cursor, flaws, name)),
            Field::Sources => return keep(&mut entry.sources, strings(cursor, flaws, name)),
            Field::Id => &mut entry.id,
            Field::Date => &mut entry.date,
            Field::Headline => &mut entry.headline,
            Field::Speaker => &mut entry.speaker,
            Field::Role => &mut entry.role,
            Field::Venue => &mut entry.venue,
            Field::Paraphrase => &mut entry.paraphrase,
            Field::Text => &mut entry.text,
            Field::Basis => &mut entry.basis,
            Field::Note => &mut entry.note,
            Field::Place => &mut entry.place,
        };
        keep(text, string(cursor, flaws, name))
    })?;
    Ok(entry)
}

fn keep<T>(field: &mut T, read: Parsed<T>) -> Parsed<()> {
    *field = read?;
    Ok(())
}

fn quote<'a>(cursor: &mut Cursor<'a>, flaws: &mut Flaws) -> Parsed<Option<RawQuote<'a>>> {
    let known = ["text", "via", "within", "sources"];
    structure(cursor, flaws, "Quote", &known, |cursor, flaws, quote: &mut RawQuote<'a>, number| {
        match number {
            0 => quote.text = string(cursor, flaws, "text")?,
            1 => quote.via = strings(cursor, flaws, "via")?,
            2 => quote.within = quoted(cursor, flaws, 1)?,
            _ => quote.sources = strings(cursor, flaws, "sources")?,
        }
        Ok(())
    })
    .map(|read| read.map(|(quote, span)| RawQuote { span, ..quote }))
}

fn quoted<'a>(
    cursor: &mut Cursor<'a>,
    flaws: &mut Flaws,
    depth: usize,
) -> Parsed<Option<RawQuoted<'a>>> {
    let known = ["speaker", "text", "within"];
    structure(
        cursor,
        flaws,
        "Quoted",
        &known,
        |cursor, flaws, quoted: &mut RawQuoted<'a>, number| {
            match number {
                0 => quoted.speaker = string(cursor, flaws, "speaker")?,
                1 => quoted.text = string(cursor, flaws, "text")?,
                _ if depth >= DEEPEST => {
                    let span = cursor.skip_value()?;
                    let message = format!("words lie more than {DEEPEST} deep within words");
                    flaws.add(Code::Format, span, message, None);
                }
                _ => quoted.within = self::quoted(cursor, flaws, depth + 1)?.map(Box::new),
            }
            Ok(())
        },
    )
    .map(|read| read.map(|(quoted, span)| RawQuoted { span, ..quoted }))
}

fn figure<'a>(cursor: &mut Cursor<'a>, flaws: &mut Flaws) -> Parsed<Option<RawFigure<'a>>> {
    let known = ["value", "bound", "measure", "of", "place", "period", "lasting", "part_of"];
    structure(
        cursor,
        flaws,
        "Figure",
        &known,
        |cursor, flaws, figure: &mut RawFigure<'a>, number| {
            match number {
                0 => figure.value = number_value(cursor, flaws, "value")?,
                1 => figure.bound = bound(cursor, flaws)?,
                2 => figure.measure = string(cursor, flaws, "measure")?,
                3 => figure.of = string(cursor, flaws, "of")?,
                4 => figure.place = string(cursor, flaws, "place")?,
                5 => figure.period = string(cursor, flaws, "period")?,
                6 => figure.lasting = string(cursor, flaws, "lasting")?,
                _ => figure.part_of = string(cursor, flaws, "part_of")?,
            }
            Ok(())
        },
    )
    .map(|read| read.map(|(figure, span)| RawFigure { span, ..figure }))
}

fn bound(cursor: &mut Cursor<'_>, flaws: &mut Flaws) -> Parsed<Option<(RawBound, Range<usize>)>> {
    let presence = cursor.option()?;
    if presence == Presence::Absent {
        return Ok(None);
    }
    let mut read = None;
    let Some((name, span)) = cursor.word()? else {
        return wrong(cursor, flaws, "bound", "a word such as `About`");
    };
    if name == "Between" {
        cursor.expect(b'(', "`(` of `Between`")?;
        let low = number_value(cursor, flaws, "low end")?;
        cursor.expect(b',', "`,` between the two ends")?;
        let high = number_value(cursor, flaws, "high end")?;
        cursor.take(b',')?;
        cursor.expect(b')', "`)` of `Between`")?;
        if let (Some((low, from)), Some((high, to))) = (low, high) {
            let whole = from.start..to.end;
            if low.number() > high.number() {
                let message = format!("the low end, {low}, is above the high end, {high}");
                let hint = format!("write `Between({}, {})`", high.plain(), low.plain());
                flaws.add(Code::LowAboveHigh, whole, message, Some(hint));
            } else {
                read = Some((RawBound::Between(low, high), span.start..cursor.at()));
            }
        } else {
            // Its ends have been told; it is there all the same.
            read = Some((RawBound::Between(Amount::ZERO, Amount::ZERO), span));
        }
    } else if let Some((_, bound)) = BOUNDS.iter().find(|(known, _)| *known == name) {
        read = Some((*bound, span));
    } else {
        let known = BOUNDS.iter().map(|(known, _)| *known).chain(["Between"]);
        let hint = did_you_mean(name, known.clone())
            .unwrap_or_else(|| format!("write one of {}", known.collect::<Vec<_>>().join(", ")));
        flaws.add(Code::UnknownWord, span.clone(), format!("`{name}` is no bound"), Some(hint));
        if cursor.peek()? == Some(b'(') {
            cursor.skip_value()?;
        }
    }
    close(cursor, presence)?;
    Ok(read)
}

fn related<'a>(cursor: &mut Cursor<'a>, flaws: &mut Flaws) -> Parsed<Option<RawRelated<'a>>> {
    #[derive(Default)]
    struct Read<'a> {
        to: Option<Text<'a>>,
        how: Option<How>,
    }
    structure(
        cursor,
        flaws,
        "Related",
        &["to", "how"],
        |cursor, flaws, related: &mut Read<'a>, number| {
            match number {
                0 => related.to = string(cursor, flaws, "to")?,
                _ => {
                    let words = How::ALL.map(|how| (how.name(), how));
                    related.how = word(cursor, flaws, "how", &words)?;
                }
            }
            Ok(())
        },
    )
    .map(|read| read.map(|(Read { to, how }, span)| RawRelated { span, to, how }))
}
