//! ClaimReview (schema.org, JSON-LD): a claim, and the fact-check that answers it.
//!
//! The claim is a statement of the one who made it, or an event where nobody is named; the review
//! is a statement of its author that responds to it. What the rating says is the reviewer's words,
//! and no relation is made of it: a rating is no dispute until somebody has read it.

use serde_json::Value;

use crate::import::draft::{Date, Draft, Who};
use crate::import::flat::{is_address, linked, publish};
use crate::import::json::beside;
use crate::import::sink::Sink;
use crate::import::stream::{self, Part, text};
use crate::import::{Format, ImportError};
use crate::model::{How, Related, Source, SourceKind};

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "claimreview",
    extensions: &["jsonld"],
    about: "fact-checks as schema.org ClaimReview, JSON-LD",
    begins: |head| head.trim_start().starts_with(['{', '[']) && head.contains("\"ClaimReview\""),
    read: |from, sink| {
        let mut number = 0;
        stream::read(
            from,
            sink,
            &["@graph", "dataFeedElement", "itemListElement"],
            &mut |sink, part| match part {
                Part::Item { line, value, .. } => reviews(sink, line, &value, &mut number),
                Part::Beside { key, .. } if key.starts_with('@') => Ok(()),
                Part::Beside { line, key, value } => beside(sink, line, &key, &value),
            },
        )
    },
};

/// Finds the reviews in a value, however it wraps them.
fn reviews(sink: &mut Sink, line: u64, value: &Value, number: &mut u64) -> Result<(), ImportError> {
    match value {
        Value::Array(items) => items.iter().try_for_each(|item| reviews(sink, line, item, number)),
        Value::Object(_) if is_a(value, "ClaimReview") => review(sink, line, value, number),
        Value::Object(fields) => {
            let wrapped = ["item", "@graph", "review", "mainEntity"]
                .iter()
                .filter_map(|key| fields.get(*key))
                .collect::<Vec<_>>();
            if wrapped.is_empty() {
                sink.row();
                return sink.leave_out(line, "it is no ClaimReview".to_owned());
            }
            wrapped.into_iter().try_for_each(|inner| reviews(sink, line, inner, number))
        }
        _ => {
            sink.row();
            sink.leave_out(line, "it is no ClaimReview".to_owned())
        }
    }
}

fn is_a(value: &Value, kind: &str) -> bool {
    match value.get("@type") {
        Some(Value::String(name)) => name == kind,
        Some(Value::Array(names)) => names.iter().any(|name| name == kind),
        _ => false,
    }
}

fn review(sink: &mut Sink, line: u64, value: &Value, number: &mut u64) -> Result<(), ImportError> {
    sink.row();
    *number += 1;
    let claimed = text(value.get("claimReviewed"));
    if claimed.trim().is_empty() {
        return sink.leave_out(line, "it names no claim".to_owned());
    }
    let item = value.get("itemReviewed").unwrap_or(&Value::Null);
    let rules = sink.rules();
    let said = text(item.get("datePublished"));
    let mut claim = Draft {
        line,
        id: format!("claim-{number}"),
        date: Date::new(&said, rules.read(&said)),
        speaker: who(item.get("author")),
        role: text(item.pointer("/author/jobTitle")),
        ..Draft::default()
    };
    let where_from = [item.get("appearance"), item.get("firstAppearance"), item.get("sameAs")];
    for found in where_from.into_iter().flatten() {
        claim.sources.extend(addresses(found).iter().map(|url| linked(url)));
    }
    if claim.speaker.is_some() {
        claim.paraphrase = claimed.clone()
    } else {
        claim.text = claimed.clone()
    }
    let read = claim.date.read.is_ok();
    let to = claim.id.clone();
    sink.add(claim)?;
    if !read && !sink.options.undated {
        // The review would answer nothing.
        sink.note("reviews of a claim that was left out", line);
    }
    answer(sink, line, value, &claimed, &to)
}

/// What the reviewer says.
fn answer(
    sink: &mut Sink,
    line: u64,
    value: &Value,
    claimed: &str,
    to: &str,
) -> Result<(), ImportError> {
    let rules = sink.rules();
    let rating = value.get("reviewRating").unwrap_or(&Value::Null);
    let verdict = text(rating.get("alternateName"));
    let grade = ["ratingValue", "worstRating", "bestRating"].map(|key| text(rating.get(key)));
    let date = text(value.get("datePublished"));
    let mut source = Source { kind: SourceKind::Article, ..Source::default() };
    source.url = Some(text(value.get("url"))).filter(|url| is_address(url));
    source.publisher =
        who(value.get("publisher")).or_else(|| who(value.get("author"))).map(|who| who.name);
    source.title = ["headline", "name"]
        .iter()
        .map(|key| text(value.get(*key)))
        .find(|title| !title.is_empty());
    publish(&mut source, Some(date.clone()), rules);
    let body = ["reviewBody", "description"].iter().map(|key| text(value.get(*key)));
    let body = body.into_iter().find(|body| !body.trim().is_empty()).unwrap_or_default();
    let said = [verdict.clone(), body].into_iter().filter(|text| !text.trim().is_empty());
    let note = match grade {
        [value, worst, best] if !value.is_empty() && !worst.is_empty() && !best.is_empty() => {
            format!("Rated {value} from {worst} to {best}.")
        }
        [value, ..] if !value.is_empty() => format!("Rated {value}."),
        _ => String::new(),
    };
    let verdict = if verdict.trim().is_empty() { "Reviewed".to_owned() } else { verdict };
    let headline = crate::text::clip(&format!("{}: {claimed}", verdict.trim()), 120).into_owned();
    let draft = Draft {
        line,
        date: Date::new(&date, rules.read(&date)),
        headline,
        speaker: who(value.get("author")),
        paraphrase: said.collect::<Vec<_>>().join("\n\n"),
        note,
        sources: vec![source],
        related: vec![Related { to: to.to_owned(), how: How::RespondsTo }],
        ..Draft::default()
    };
    sink.add(draft)
}

/// A person or body: a name, or an object with one; of several the first.
fn who(value: Option<&Value>) -> Option<Who> {
    match value? {
        Value::Array(several) => who(several.first()),
        Value::String(name) => Who::named(name),
        object => Who::named(&text(object.get("name"))),
    }
}

/// Every address in a value: texts, and the `url`, `@id` and `sameAs` of objects.
fn addresses(value: &Value) -> Vec<String> {
    match value {
        Value::String(url) if is_address(url) => vec![url.clone()],
        Value::Array(items) => items.iter().flat_map(addresses).collect(),
        Value::Object(fields) => ["url", "@id", "sameAs"]
            .iter()
            .filter_map(|key| fields.get(*key))
            .map(addresses)
            .find(|found| !found.is_empty())
            .unwrap_or_default(),
        _ => Vec::new(),
    }
}
