//! The sources cited, as CSL-JSON (CSL 1.0.2) for Zotero, Pandoc and the like.
//!
//! Authors are given as printed, never split into given and family name. A date that CSL has no
//! parts for is given as it reads. Years before our era are counted as people do, without a year
//! nought: processors write -44 as 44 BC.

use serde::Serialize;

use crate::export::names::Given;
use crate::export::{
    ExportError, Format, Output, Request, Thing, all_cited, day, in_brackets, json, one_line,
};
use crate::model::{Source, SourceKind};
use crate::when::When;

/// The format.
pub static FORMAT: Format = Format {
    name: "csl-json",
    extensions: &["csl.json", "csljson"],
    about: "the sources cited, for Zotero or Pandoc",
    options: &[],
    write,
};

#[derive(Serialize)]
struct Item {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    genre: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<[Name; 1]>,
    #[serde(rename = "container-title", skip_serializing_if = "Option::is_none")]
    container: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Issued>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(rename = "archive_location", skip_serializing_if = "Option::is_none")]
    archive: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Serialize)]
struct Name {
    literal: String,
}

#[derive(Serialize)]
struct Issued {
    #[serde(rename = "date-parts", skip_serializing_if = "Option::is_none")]
    parts: Option<Vec<Vec<i64>>>,
    /// Spring to winter, as 1 to 4.
    #[serde(skip_serializing_if = "Option::is_none")]
    season: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    circa: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    literal: Option<String>,
}

fn write(request: &Request) -> Result<Output, ExportError> {
    let mut names = Given::default();
    let items: Vec<Item> = all_cited(request)
        .into_iter()
        .map(|at| {
            let source = request.timeline.source(at);
            item(source, names.give(&source.id))
        })
        .collect();
    Ok(Output::new(json::pretty(&items), Thing::Source.times(items.len())))
}

fn item(source: &Source, id: String) -> Item {
    let (kind, genre) = item_type(source.kind);
    let within = is_part_of_publication(source.kind);
    let publisher = source.publisher.clone();
    Item {
        id,
        kind,
        genre,
        title: Some(source.title.as_deref().map_or_else(|| in_brackets(source), one_line)),
        author: source.author.clone().map(|literal| [Name { literal }]),
        container: publisher.clone().filter(|_| within),
        publisher: publisher.filter(|_| !within),
        issued: source.published.as_ref().map(issued),
        url: source.url.clone(),
        archive: source.archive.clone(),
        note: source.note.clone(),
    }
}

/// The type of CSL 1.0.2 that comes nearest, and what the type leaves unsaid.
fn item_type(kind: SourceKind) -> (&'static str, Option<&'static str>) {
    match kind {
        SourceKind::Article => ("article-newspaper", None),
        SourceKind::Newsletter => ("article-magazine", Some("newsletter")),
        SourceKind::Broadcast => ("broadcast", None),
        SourceKind::Transcript => ("document", Some("transcript")),
        SourceKind::Video => ("motion_picture", Some("video")),
        SourceKind::Post => ("post", None),
        SourceKind::Report => ("report", None),
        SourceKind::Book => ("book", None),
        SourceKind::Photograph => ("graphic", Some("photograph")),
        SourceKind::Webpage => ("webpage", None),
        SourceKind::Document => ("document", None),
    }
}

/// Whether what the dataset calls the publisher is, to CSL, what the item is printed in.
fn is_part_of_publication(kind: SourceKind) -> bool {
    matches!(
        kind,
        SourceKind::Article
            | SourceKind::Newsletter
            | SourceKind::Broadcast
            | SourceKind::Post
            | SourceKind::Webpage
    )
}

fn issued(when: &When) -> Issued {
    let season = when.season_code().and_then(season).zip(when.start_span());
    let parts = match (day::ends(when), season) {
        (_, Some((_, (first, _)))) => Some(vec![vec![year(day::Known::year_of(first))]]),
        ((Some(from), Some(to)), None) if from == to => Some(vec![parts(from)]),
        ((Some(from), Some(to)), None) => Some(vec![parts(from), parts(to)]),
        _ => None,
    };
    let doubtful = when.is_approximate() || when.is_uncertain();
    Issued {
        season: season.map(|(season, _)| season),
        circa: (doubtful && parts.is_some()).then_some(true),
        literal: parts.is_none().then(|| when.reading()),
        parts,
    }
}

/// The season of an EDTF code, wherever on the globe it is (ISO 8601-2, 4.8.1): the winter of 2023
/// begins in it, and its year is that.
fn season(code: u8) -> Option<u8> {
    (21..=32).contains(&code).then(|| (code - 21) % 4 + 1)
}

fn parts(known: day::Known) -> Vec<i64> {
    let rest = [known.month, known.day].into_iter().flatten().map(i64::from);
    std::iter::once(year(known)).chain(rest).collect()
}

fn year(known: day::Known) -> i64 {
    day::without_nought(known.year)
}
