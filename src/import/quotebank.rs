//! Quotebank, quotation-centric (EPFL, doi:10.5281/zenodo.4277311): a quotation a line, with the
//! speaker that a program holds for the likeliest.

use serde_json::Value;

use crate::import::draft::{Date, Draft, Who, Words};
use crate::import::flat::linked;
use crate::import::json::beside;
use crate::import::sink::Sink;
use crate::import::stream::{self, Part, text};
use crate::import::{Format, ImportError};
use crate::model::{Source, SourceKind};

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "quotebank",
    extensions: &[],
    about: "Quotebank's quotation-centric JSON Lines",
    begins: |head| head.contains("\"quoteID\"") && head.contains("\"quotation\""),
    read: |from, sink| {
        stream::read(from, sink, &[], &mut |sink, part| match part {
            Part::Item { line, value, .. } => quotation(sink, line, &value),
            Part::Beside { line, key, value } => beside(sink, line, &key, &value),
        })
    },
};

const KEYS: [&str; 9] = [
    "quoteID",
    "quotation",
    "speaker",
    "qids",
    "date",
    "numOccurrences",
    "probas",
    "urls",
    "phase",
];

fn quotation(sink: &mut Sink, line: u64, value: &Value) -> Result<(), ImportError> {
    sink.row();
    let Some(fields) = value.as_object() else {
        return sink.leave_out(line, "it is no object".to_owned());
    };
    for (key, value) in fields {
        if !KEYS.contains(&key.as_str()) {
            beside(sink, line, key, value)?;
        }
    }
    let date = text(value.get("date"));
    if !date.is_empty() {
        sink.note("dated by when the words were first printed", line);
    }
    let speaker = text(value.get("speaker"));
    let urls = value.get("urls").and_then(Value::as_array);
    let sources =
        urls.into_iter().flatten().map(|url| text(Some(url))).filter(|url| !url.is_empty());
    let draft = Draft {
        line,
        id: text(value.get("quoteID")),
        date: Date::new(&date, sink.rules().read(&date)),
        speaker: Who::named(&speaker).filter(|who| who.name != "None"),
        quotes: vec![Words::new(text(value.get("quotation")))],
        note: how_sure(value),
        sources: sources.map(|url| Source { kind: SourceKind::Article, ..linked(&url) }).collect(),
        ..Draft::default()
    };
    sink.add(draft)
}

/// What a program's guess at the speaker rests on.
fn how_sure(value: &Value) -> String {
    let mut said = Vec::new();
    let best = value.pointer("/probas/0");
    let name = text(best.and_then(|best| best.get(0)));
    let share = text(best.and_then(|best| best.get(1)));
    if !share.is_empty() {
        let name = if name == "None" { "nobody named".to_owned() } else { name };
        said.push(format!("attributed by Quotebank to {name} with probability {share}"));
    }
    let ids: Vec<String> = value
        .get("qids")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|id| text(Some(id)))
        .collect();
    match ids.as_slice() {
        [] => {}
        [only] => said.push(format!("Wikidata {only}")),
        several => said.push(format!("one of Wikidata {}", several.join(", "))),
    }
    let times = text(value.get("numOccurrences"));
    if !times.is_empty() {
        said.push(format!("found {times} {}", if times == "1" { "time" } else { "times" }));
    }
    let phase = text(value.get("phase"));
    if !phase.is_empty() {
        said.push(format!("phase {phase}"));
    }
    let mut note = said.join("; ");
    if let Some(first) = note.get(..1).map(str::to_uppercase) {
        note.replace_range(..1, &first);
        note.push('.');
    }
    note
}
