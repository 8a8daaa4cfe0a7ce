//! The text of a slide as `export::timelinejs` has put it together, parted again.

use crate::import::ImportError;
use crate::import::draft::{Draft, Who, Words};
use crate::import::flat::{linked, titled};
use crate::import::html::Block;
use crate::import::sink::Sink;
use crate::model::{How, Source};

/// `12 entries, 3 sources`, which ends the title of what this program has written.
pub(super) fn is_count(block: &Block) -> bool {
    let words: Vec<&str> = block.text.split(' ').collect();
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    matches!(
        *words.as_slice(),
        [entries, "entry," | "entries,", sources, "source" | "sources"]
            if number(entries) && number(sources)
    )
}

/// What stands behind a label in small print, and may go on in the paragraphs after it.
#[derive(Clone, Copy)]
enum Field {
    Basis,
    Note,
    Place,
    /// Nothing that goes on.
    Other,
}

/// Parts the text of a slide.
pub(super) fn part_again(
    draft: &mut Draft,
    blocks: Vec<Block>,
    group: &str,
    sink: &mut Sink,
) -> Result<(), ImportError> {
    let cited: Vec<String> = blocks
        .iter()
        .filter(|block| block.small)
        .filter_map(|block| {
            let all = block.text.strip_prefix("Source: ");
            all.or_else(|| block.text.strip_prefix("Sources: ")).map(str::to_owned)
        })
        .collect();
    let mut blocks = blocks.into_iter().peekable();
    if let Some(who) = Who::named(group)
        && let Some(first) = blocks.next_if(|block| block.text.contains(group))
    {
        speaker(draft, who, &first.text, group);
    }
    let mut texts: Vec<String> = Vec::new();
    let mut paraphrase: Vec<String> = Vec::new();
    let mut quoted: Vec<String> = Vec::new();
    let mut field = Field::Other;
    for block in blocks {
        if block.small {
            field = small(draft, &block, field, &mut quoted, (group, &cited), sink)?;
        } else if block.quotation {
            quoted.push(block.text);
        } else if let Some(words) =
            block.text.strip_suffix("(paraphrase)").filter(|_| block.italic_end)
        {
            paraphrase.push(words.trim_end().to_owned());
        } else {
            texts.push(block.text);
        }
    }
    // Once a quote stood alone.
    draft.quotes.extend(quoted.iter().map(|words| Words::new(unquoted(words))));
    draft.text = texts.join("\n\n");
    draft.paraphrase = paraphrase.join("\n\n");
    Ok(())
}

/// `General Jo Doe, Chairman`, and on a line of its own where it was said.
fn speaker(draft: &mut Draft, mut who: Who, line: &str, group: &str) {
    let Some((title, rest)) = line.split_once(group) else { return };
    let (role, venue) = rest.split_once("\nat ").unwrap_or((rest, ""));
    title.trim().clone_into(&mut who.title);
    role.strip_prefix(", ").unwrap_or_default().clone_into(&mut draft.role);
    venue.clone_into(&mut draft.venue);
    draft.speaker = Some(who);
}

/// A paragraph in small print. `quoted` is what was quoted before it and is not yet anybody's.
fn small(
    draft: &mut Draft,
    block: &Block,
    field: Field,
    quoted: &mut Vec<String>,
    (group, cited): (&str, &[String]),
    sink: &mut Sink,
) -> Result<Field, ImportError> {
    let text = block.text.as_str();
    if let Some(chain) = text.strip_prefix("verbatim · ") {
        let words = std::mem::take(quoted).join("\n\n");
        let via = relays(chain, group, cited);
        draft.quotes.push(Words { via, ..Words::new(unquoted(&words)) });
        return Ok(Field::Other);
    }
    if let Some(name) = text.strip_prefix("words ascribed to ")
        && let (Some(who), Some(quote)) = (Who::named(name), draft.quotes.last_mut())
    {
        let words = std::mem::take(quoted).join("\n\n");
        quote.within.push((who, unquoted(&words).to_owned()));
        return Ok(Field::Other);
    }
    let Some((label, value)) = text.split_once(": ").filter(|(label, _)| is_label(label)) else {
        match field {
            Field::Basis => more(&mut draft.basis, text),
            Field::Note => more(&mut draft.note, text),
            Field::Place => more(&mut draft.place, text),
            // Once only sources were in small print.
            Field::Other => draft.sources.extend(sources(block, text)),
        }
        return Ok(field);
    };
    let field = match label {
        "Rests on" => Field::Basis,
        "Curator" => Field::Note,
        "Place" => Field::Place,
        _ => Field::Other,
    };
    match label {
        "Rests on" => draft.basis = value.to_owned(),
        "Curator" => draft.note = value.to_owned(),
        "Place" => draft.place = value.to_owned(),
        "Tags" => draft.tags.extend(value.split(", ").map(str::to_owned)),
        "Source" | "Sources" => draft.sources.extend(sources(block, value)),
        "Claimed" => {
            let what = "figures, which TimelineJS has only in words; JSON has them";
            sink.lose(what, draft.line)?;
        }
        _ => {
            sink.lose("relations, which TimelineJS has only in words; JSON has them", draft.line)?
        }
    }
    Ok(field)
}

fn is_label(label: &str) -> bool {
    let relation = |how: How| [how.reading(), how.reading_back()];
    matches!(label, "Rests on" | "Curator" | "Place" | "Tags" | "Source" | "Sources" | "Claimed")
        || How::ALL.into_iter().flat_map(relation).any(|known| known.eq_ignore_ascii_case(label))
}

fn more(text: &mut String, paragraph: &str) {
    text.push_str("\n\n");
    text.push_str(paragraph);
}

/// Words without the quotation marks around them.
fn unquoted(words: &str) -> &str {
    let inner = words.strip_prefix('“').and_then(|rest| rest.strip_suffix('”'));
    inner.unwrap_or(words)
}

/// Who passed the words on: those between the speaker and what prints them, which stands among the
/// sources too.
fn relays(chain: &str, speaker: &str, cited: &[String]) -> Vec<Who> {
    let mut names: Vec<&str> = chain.split(" → ").collect();
    if names.first().is_some_and(|first| *first == speaker) {
        names.remove(0);
    }
    let printed = |name: &str| {
        name.split("; ").all(|print| cited.iter().any(|sources| sources.contains(print)))
    };
    if names.last().is_some_and(|last| printed(last)) {
        names.pop();
    }
    names.into_iter().filter_map(Who::named).collect()
}

/// The sources in small print: those with an address are links, the others lie between.
fn sources(block: &Block, text: &str) -> Vec<Source> {
    let mut found = Vec::new();
    let mut rest = text;
    let between = |text: &str, found: &mut Vec<Source>| {
        found.extend(
            text.split("; ").map(str::trim).filter(|at| !at.is_empty() && *at != ";").map(titled),
        );
    };
    for (url, words) in &block.links {
        if let Some((before, after)) = rest.split_once(words.as_str()) {
            between(before, &mut found);
            rest = after;
        }
        found.push(Source { title: Some(words.clone()), ..linked(url) });
    }
    between(rest, &mut found);
    found
}
