//! The sources cited, as a bibliography for LaTeX: BibTeX entry types, with the EDTF date field
//! that biblatex reads.
//!
//! Titles are braced, so that no style changes their capitals; authors and publishers are, so that
//! nobody takes them apart at commas and "and". A date that biblatex cannot read
//! (EDTF level 2) is said in the note instead.

use std::fmt::Write;

use crate::export::names::Given;
use crate::export::{
    ExportError, Format, Output, Request, Thing, all_cited, in_brackets, one_line,
};
use crate::model::{Source, SourceKind};
use crate::text::{is_treacherous, visible};

/// The format.
pub static FORMAT: Format = Format {
    name: "bibtex",
    extensions: &["bib", "bibtex"],
    about: "the sources cited, for LaTeX with biblatex",
    options: &[],
    write,
};

fn write(request: &Request) -> Result<Output, ExportError> {
    let mut names = Given::default();
    let entries: Vec<String> = all_cited(request)
        .into_iter()
        .map(|at| {
            let source = request.timeline.source(at);
            entry(source, &names.give_plain(&source.id))
        })
        .collect();
    Ok(Output::new(entries.join("\n"), Thing::Source.times(entries.len())))
}

fn entry(source: &Source, key: &str) -> String {
    let (kind, publisher_field, described) = entry_type(source.kind);
    let readable = source.published.as_ref().filter(|when| when.level() <= 1);
    let unreadable = source.published.as_ref().filter(|when| when.level() > 1);
    let said = unreadable.map(|when| format!("published {}", when.reading()));
    let note: Vec<String> =
        [described.map(str::to_owned), said, source.note.clone()].into_iter().flatten().collect();
    let mut out = format!("@{kind}{{{key},\n");
    let mut field = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let _ = writeln!(out, "  {name} = {{{value}}},");
        }
    };
    let braced = |text: &str| format!("{{{}}}", escape(text));
    let title = source.title.clone().unwrap_or_else(|| in_brackets(source));
    field("title", Some(braced(&title)));
    field("author", source.author.as_deref().map(braced));
    field(publisher_field, source.publisher.as_deref().map(braced));
    field("date", readable.map(|when| when.text().to_owned()));
    field("url", source.url.as_deref().map(address));
    field("note", Some(escape(&note.join("; "))));
    out.push_str("}\n");
    out
}

/// The entry type, the field that names the publisher, and what the type leaves unsaid. Only
/// types that both BibTeX and biblatex know.
fn entry_type(kind: SourceKind) -> (&'static str, &'static str, Option<&'static str>) {
    match kind {
        SourceKind::Article => ("article", "journal", None),
        SourceKind::Newsletter => ("article", "journal", Some("newsletter")),
        SourceKind::Broadcast => ("misc", "howpublished", Some("broadcast")),
        SourceKind::Transcript => ("misc", "howpublished", Some("transcript")),
        SourceKind::Video => ("misc", "howpublished", Some("video")),
        SourceKind::Post => ("misc", "howpublished", Some("post")),
        SourceKind::Report => ("techreport", "institution", None),
        SourceKind::Book => ("book", "publisher", None),
        SourceKind::Photograph => ("misc", "howpublished", Some("photograph")),
        SourceKind::Webpage | SourceKind::Document => ("misc", "howpublished", None),
    }
}

/// Text in which LaTeX sees no command. Braces are commands, because BibTeX counts even escaped
/// ones.
fn escape(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len() + 8);
    for letter in visible(&text).chars() {
        match letter {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '$' | '&' | '#' | '_' | '%' => {
                out.push('\\');
                out.push(letter);
            }
            _ => out.push(letter),
        }
    }
    out
}

/// An address stands as it is, but for what BibTeX would stumble over, in percent-encoding
/// (RFC 3986, 2.1).
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for letter in url.chars() {
        match letter {
            _ if matches!(letter, '{' | '}' | '\\' | '"' | ' ') || is_treacherous(letter) => {
                for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(out, "%{byte:02X}");
                }
            }
            _ => out.push(letter),
        }
    }
    out
}
