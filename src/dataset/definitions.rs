//! What two files define otherwise.
//!
//! Each file's entries go by their own file's words, so nothing is lost; but one of the files may
//! be wrong, or behind.

use std::collections::HashMap;
use std::hash::Hash;

use crate::dataset::header::Defined;
use crate::dataset::load::Input;
use crate::dataset::problem::{Code, Flaw, Problem};
use crate::dataset::render::location;
use crate::model::{Source, Speaker};
use crate::text::clip;

/// As much is shown of what a field holds, in columns.
const LONGEST: usize = 60;

/// A field of a definition, as a person would say what it holds.
type Field = (&'static str, Option<String>);

/// Something that a file defines.
pub(super) trait Definition {
    /// What it is called.
    const WHAT: &'static str;

    /// What makes it the same in two files, beside its id.
    fn name(&self) -> Option<&str>;

    /// All else that it says.
    fn fields(&self) -> Vec<Field>;
}

impl Definition for Speaker {
    const WHAT: &'static str = "speaker";

    fn name(&self) -> Option<&str> {
        Some(&self.name)
    }

    fn fields(&self) -> Vec<Field> {
        let Speaker { id: _, name: _, short, title, role, organization } = self;
        let texts = [short, title, role, organization];
        ["short", "title", "role", "organization"]
            .into_iter()
            .zip(texts.map(Clone::clone))
            .collect()
    }
}

impl Definition for Source {
    const WHAT: &'static str = "source";

    fn name(&self) -> Option<&str> {
        self.title.as_deref()
    }

    fn fields(&self) -> Vec<Field> {
        let Source { id: _, title: _, author, publisher, published, kind, url, archive, note } =
            self;
        let published = published.as_ref().map(|when| when.text().to_owned());
        vec![
            ("author", author.clone()),
            ("publisher", publisher.clone()),
            ("published", published),
            ("kind", Some(kind.name().to_owned())),
            ("url", url.clone()),
            ("archive", archive.clone()),
            ("note", note.clone()),
        ]
    }
}

/// A warning for each definition that says something else of one id and name than a file before it
/// does, with the file it is of. `files` are what the files define, in order.
pub(super) fn compare<'a, T: Definition + 'a>(
    files: impl Iterator<Item = &'a [Defined<T>]>,
    inputs: &[Input],
) -> Vec<(usize, Flaw)> {
    let mut firsts = HashMap::new();
    let mut found = Vec::new();
    for (input, defined) in files.enumerate() {
        for one in defined {
            let Some(value) = &one.value else { continue };
            let (first_input, first) =
                first_of(&mut firsts, (&*one.id, value.name()), (input, one));
            let Some(before) = &first.value else { continue };
            let fields = before.fields().into_iter().zip(value.fields());
            let differs: Vec<(Field, Field)> =
                fields.filter(|((_, there), (_, here))| there != here).collect();
            if differs.is_empty() {
                continue;
            }
            let said = |(name, text): &Field| match text {
                Some(text) => format!("{name} \u{201c}{}\u{201d}", clip(text, LONGEST)),
                None => format!("no {name}"),
            };
            let list = |fields: Vec<String>| fields.join(", ");
            let there = list(differs.iter().map(|(there, _)| said(there)).collect());
            let here = list(differs.iter().map(|(_, here)| said(here)).collect());
            let span = first.span.clone();
            let flaw =
                Flaw { code: Code::DefinedOtherwise, span, message: String::new(), hint: None };
            let place = location(&Problem { input: first_input, flaw }, inputs);
            let message = format!(
                "{place} defines the {} `{}` otherwise: {there} there, {here} here",
                T::WHAT,
                one.id
            );
            let hint = "each file's entries go by its own; let them agree, or give one another id";
            found.push((
                input,
                Flaw {
                    code: Code::DefinedOtherwise,
                    span: one.span.clone(),
                    message,
                    hint: Some(hint.to_owned()),
                },
            ));
        }
    }
    found
}

/// What was known first by a key: what is there already, or this.
fn first_of<K: Eq + Hash, V: Copy>(known: &mut HashMap<K, V>, key: K, here: V) -> V {
    *known.entry(key).or_insert(here)
}
