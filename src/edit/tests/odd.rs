//! Datasets that read well and look odd: comments everywhere, CRLF, raw strings, entries on one
//! line or over many, commas left out and added, the fields of the dataset in any order.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::dataset::places;
use crate::export::{Options, Request, ron};
use crate::model::EntryIndex;
use crate::model::arbitrary::any_single;
use crate::when::When;

/// What may stand between two signs.
const GAPS: [&str; 12] = [
    "",
    " ",
    "\n",
    "\n    ",
    "  ",
    "\t",
    " /* c */ ",
    " // \"c, [\n",
    "\n// own\n  ",
    "\n\n",
    "/* a\n /* b */ */",
    "\n\t// one\n\t// two\n\t",
];

pub(super) fn any_date() -> impl Strategy<Value = When> {
    select(vec!["1900", "2022-11", "2023-05-01", "XXXX", "2022-12/..", "2100"])
        .prop_map(|text| When::parse(text).expect("a date"))
}

pub(super) fn any_odd_dataset() -> impl Strategy<Value = String> {
    let choices = vec(any::<u8>(), 64..256);
    (any_single(), choices, 0u8..4, any::<bool>(), any::<bool>()).prop_map(
        |(timeline, choices, oddness, crlf, turned)| {
            let entries: Vec<EntryIndex> = timeline.indexes().collect();
            let request = Request {
                timeline: &timeline,
                entries: &entries,
                provenance: None,
                options: Options::default(),
            };
            let text = String::from_utf8((ron::FORMAT.write)(&request).unwrap().bytes).unwrap();
            let text = if turned { turned_round(&text) } else { text };
            let text = mangled(&text, &choices, oddness);
            if crlf { text.replace('\n', "\r\n") } else { text }
        },
    )
}

/// The fields of the dataset from the last to the first.
fn turned_round(text: &str) -> String {
    let dataset = places::dataset(text).unwrap();
    let fields: Vec<&str> =
        dataset.items.iter().rev().map(|item| &text[item.start()..item.value.end]).collect();
    format!("Dataset(\n    {},\n)\n", fields.join(",\n    "))
}

/// `oddness` from 0, as it is, to 3, all gaps between signs anew.
fn mangled(text: &str, choices: &[u8], oddness: u8) -> String {
    let mut choices = choices.iter().cycle().copied();
    let mut choose = || choices.next().unwrap_or(0);
    let mut out = String::new();
    let pieces = pieces(text);
    for (at, (gap, sign)) in pieces.iter().enumerate() {
        let choice = choose();
        let next = pieces.get(at + 1).map_or("", |(_, sign)| sign);
        match oddness {
            0 => out.push_str(gap),
            // A comment here and there.
            1 if choice < 40 => {
                out.push_str(gap);
                out.push_str(GAPS[6 + usize::from(choice) % 6]);
            }
            // All on few lines.
            2 if choice > 10 => out.push_str(if gap.is_empty() { "" } else { " " }),
            3 => out.push_str(GAPS[usize::from(choice) % GAPS.len()]),
            _ => out.push_str(gap),
        }
        let closes = |sign: &str| matches!(sign, ")" | "]" | "}");
        if oddness > 0 && *sign == "," && closes(next) && choose() % 2 == 0 {
            continue;
        }
        let plain = sign.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        match plain.filter(|text| oddness > 0 && !text.contains('\\') && choose() % 4 == 0) {
            Some(text) => out.push_str(&format!("r##\"{text}\"##")),
            None => out.push_str(sign),
        }
        let more = oddness == 3 && !matches!(*sign, "," | ":" | "(" | "[" | "{") && closes(next);
        // What closes the dataset has no comma after it.
        if more && at + 2 < pieces.len() && choose() % 3 == 0 {
            out.push(',');
        }
    }
    out
}

/// Signs, words and strings, each with what stands before it.
fn pieces(text: &str) -> Vec<(&str, &str)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let gap = text[at..].len() - text[at..].trim_start().len();
        let rest = &text[at + gap..];
        let length = match rest.chars().next() {
            None => break,
            Some('"') => {
                let mut end = 1;
                while !rest[end..].starts_with('"') {
                    end += if rest[end..].starts_with('\\') {
                        2
                    } else {
                        rest[end..].chars().next().unwrap().len_utf8()
                    };
                }
                end + 1
            }
            Some('(' | ')' | '[' | ']' | '{' | '}' | ',' | ':') => 1,
            _ => rest.find(|next: char| "()[]{},:\" \n".contains(next)).unwrap_or(rest.len()),
        };
        pieces.push((&text[at..at + gap], &rest[..length]));
        at += gap + length;
    }
    pieces
}
