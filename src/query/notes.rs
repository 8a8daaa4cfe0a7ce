//! What is worth saying about a query that is right, yet finds nothing by one of its names, or looks
//! for a word that was meant to join others.

use std::ops::Range;

use crate::model::Timeline;
use crate::query::ast::{NameField, Node, Query, Term, Test, Value};
use crate::query::field::nearest;
use crate::query::resolve::{Ids, resolve};

/// Something worth knowing about a part of a query that is no mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// `no speaker matches “zzz”`.
    pub message: String,
    /// Where in the text, in bytes.
    pub span: Range<usize>,
    /// A name that is spelt almost like it.
    pub hint: Option<String>,
}

impl Query {
    /// Words between terms that seem to be meant as operators, and the names in the query that
    /// stand for nothing in the timeline.
    pub fn notes(&self, timeline: &Timeline) -> Vec<Remark> {
        let mut remarks = self.small_operators();
        self.root.walk(true, &mut |term, _| {
            if let Test::Named(field, values) = &term.test {
                let unknown = values.iter().filter(|value| !stands(timeline, *field, value));
                remarks.extend(unknown.map(|value| remark(timeline, *field, value)));
            }
        });
        remarks
    }
}

impl Query {
    /// `or` and `and` between terms: words to look for like any other, and hardly meant so.
    pub fn small_operators(&self) -> Vec<Remark> {
        let mut remarks = Vec::new();
        small_operators(&self.root, &mut remarks);
        remarks
    }
}

fn small_operators(node: &Node, remarks: &mut Vec<Remark>) {
    let nodes = match node {
        Node::All(nodes) | Node::Any(nodes) => nodes.as_slice(),
        Node::Not(node) => return small_operators(node, remarks),
        Node::Term(_) => return,
    };
    if matches!(node, Node::All(_)) {
        let between = nodes.get(1..nodes.len().saturating_sub(1)).unwrap_or_default();
        remarks.extend(between.iter().filter_map(small_operator));
    }
    nodes.iter().for_each(|node| small_operators(node, remarks));
}

fn small_operator(node: &Node) -> Option<Remark> {
    let Node::Term(Term { test: Test::Text(word), span }) = node else { return None };
    // Between quotation marks it is meant as a word.
    if span.len() != word.len() {
        return None;
    }
    let why = match word.to_ascii_lowercase().as_str() {
        "or" => "`OR` joins",
        "and" => "terms are joined as they are",
        _ => return None,
    };
    let message = format!("`{word}` is looked for as a word; {why}");
    Some(Remark { message, span: span.clone(), hint: None })
}

fn stands(timeline: &Timeline, field: NameField, value: &Value) -> bool {
    let value = std::slice::from_ref(value);
    if field != NameField::Id {
        return !resolve(timeline, field, value).is_empty();
    }
    let ids = Ids::new(value);
    timeline.indexes().any(|index| ids.fit(timeline, index))
}

fn remark(timeline: &Timeline, field: NameField, value: &Value) -> Remark {
    let text = value.text.as_str();
    let near = match field {
        NameField::Speaker | NameField::Via => {
            let speakers = timeline.speakers().iter();
            nearest(text, speakers.flat_map(|who| [who.id.as_str(), &who.name, who.short_name()]))
        }
        NameField::Source => {
            let sources = timeline.sources().iter();
            let names = |(id, publisher)| [Some(id), publisher].into_iter().flatten();
            nearest(
                text,
                sources
                    .map(|source| (source.id.as_str(), source.publisher.as_deref()))
                    .flat_map(names),
            )
        }
        NameField::Tag => nearest(text, timeline.tags().iter().map(|(_, name)| name)),
        NameField::Place => nearest(text, timeline.places().iter().map(|(_, name)| name)),
        NameField::Id => nearest(text, timeline.indexes().map(|index| timeline.id(index))),
    };
    let whole = if value.exact { "is" } else { "matches" };
    Remark {
        message: format!("no {} {whole} `{text}`", field.noun()),
        span: value.span.clone(),
        hint: near.map(|near| format!("did you mean `{near}`?")),
    }
}
