//! Datasets out of random bytes, for the targets that need one that can be read.
//!
//! What is made is valid but for what chance does to dates, ids and references; the text in it is
//! whatever the bytes say, hostile included.

use std::fmt::Write;

use libfuzzer_sys::arbitrary::{Result, Unstructured};

/// Dates of every kind, and some that are none.
const DATES: [&str; 18] = [
    "2022", "2022-11", "2022-11-09", "2022-12/..", "../2022", "1984~", "1984?", "19XX", "XXXX",
    "2022-21", "-0044-03-15", "Y170000002", "[1667,1668]", "{1960,1961-12}", "2004-06-~01/2004-06-~20",
    "/2006", "2022-13", "soon",
];

const KINDS: [&str; 4] = ["Article", "Book", "Video", "Post"];
const HOWS: [&str; 8] = [
    "ComparedWith", "Clarifies", "Disputes", "Corroborates", "RespondsTo", "Supersedes", "Retracts",
    "PartOf",
];
const BOUNDS: [&str; 7] = [
    "Exactly", "About", "AtLeast", "MoreThan", "AtMost", "LessThan", "Between(1, 20_000.5)",
];
/// Few, so that they are often shared.
const NAMES: [&str; 5] = ["a", "b", "kirby", "x y", "\u{1b}[2J"];

/// A string as RON has it.
fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            _ => out.push(letter),
        }
    }
    out + "\""
}

fn text(bytes: &mut Unstructured) -> Result<String> {
    let length = bytes.int_in_range(0..=40)?;
    let raw = bytes.bytes(length.min(bytes.len()))?;
    Ok(string(&format!("t{}", String::from_utf8_lossy(raw))))
}

fn name(bytes: &mut Unstructured) -> Result<String> {
    Ok(string(bytes.choose(&NAMES)?))
}

fn field(out: &mut String, bytes: &mut Unstructured, name: &str) -> Result<()> {
    if bytes.ratio(1, 3)? {
        let _ = write!(out, "{name}: {},", text(bytes)?);
    }
    Ok(())
}

/// A dataset as text.
pub fn dataset(bytes: &mut Unstructured) -> Result<String> {
    let mut out = format!("Dataset(format: 1, title: {}, speakers: {{", text(bytes)?);
    for id in NAMES {
        let _ = write!(out, "{}: Speaker(name: {},", string(id), text(bytes)?);
        for name in ["short", "title", "role", "organization"] {
            field(&mut out, bytes, name)?;
        }
        out.push_str("),");
    }
    out.push_str("}, sources: {");
    for id in NAMES {
        let kind = bytes.choose(&KINDS)?;
        let _ = write!(out, "{}: Source(title: {}, kind: {kind},", string(id), text(bytes)?);
        for name in ["author", "publisher", "url", "archive", "note"] {
            field(&mut out, bytes, name)?;
        }
        out.push_str("),");
    }
    out.push_str("}, entries: [\n");
    for number in 0..bytes.int_in_range(0..=12)? {
        entry(&mut out, bytes, number)?;
    }
    out.push_str("])");
    Ok(out)
}

fn entry(out: &mut String, bytes: &mut Unstructured, number: u8) -> Result<()> {
    let said = bytes.ratio(2, 3)?;
    let kind = if said { "Statement" } else { "Event" };
    let id = if bytes.ratio(1, 8)? { name(bytes)? } else { format!("\"e{number}\"") };
    let date = bytes.choose(&DATES)?;
    let _ = write!(out, "{kind}(id: {id}, date: \"{date}\", headline: {},", text(bytes)?);
    if said {
        let _ = write!(out, "speaker: {},", name(bytes)?);
        for name in ["role", "venue", "paraphrase", "basis"] {
            field(out, bytes, name)?;
        }
        out.push_str("quotes: [");
        for _ in 0..bytes.int_in_range(0..=2)? {
            let _ = write!(out, "Quote(text: {}, via: [{}],", text(bytes)?, name(bytes)?);
            if bytes.ratio(1, 3)? {
                let (who, what) = (name(bytes)?, text(bytes)?);
                let _ = write!(out, "within: Quoted(speaker: {who}, text: {what}),");
            }
            out.push_str("),");
        }
        out.push_str("],");
    } else {
        field(out, bytes, "text")?;
    }
    out.push_str("figures: [");
    for _ in 0..bytes.int_in_range(0..=2)? {
        let bound = bytes.choose(&BOUNDS)?;
        let _ = write!(out, "Figure(bound: {bound}, measure: {},", text(bytes)?);
        if !bound.starts_with("Between") {
            let _ = write!(out, "value: {},", bytes.int_in_range(0..=1_000_000_000u64)?);
        }
        if bytes.ratio(1, 2)? {
            let _ = write!(out, "period: \"{}\",", bytes.choose(&DATES)?);
        }
        out.push_str("),");
    }
    let _ = write!(out, "], tags: [{}], sources: [{}],", name(bytes)?, name(bytes)?);
    if bytes.ratio(1, 2)? {
        let to = bytes.int_in_range(0..=12)?;
        let _ = write!(out, "related: [Related(to: \"e{to}\", how: {})],", bytes.choose(&HOWS)?);
    }
    field(out, bytes, "note")?;
    field(out, bytes, "place")?;
    out.push_str("),\n");
    Ok(())
}
