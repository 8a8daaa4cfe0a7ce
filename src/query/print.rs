//! A query written out, so that reading it again gives the same query.

use std::fmt;

use crate::query::ast::{Node, Query, Relation, Term, Test, Value};
use crate::query::parse::{is_delimiter, is_keyword, reads_as_field};

impl fmt::Display for Query {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.root)
    }
}

impl fmt::Display for Node {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Node::All(nodes) => list(out, nodes, " ", |node| matches!(node, Node::Any(_))),
            Node::Any(nodes) => list(out, nodes, " OR ", |_| false),
            Node::Not(node) => {
                let group = matches!(**node, Node::All(_) | Node::Any(_));
                if group { write!(out, "-({node})") } else { write!(out, "-{node}") }
            }
            Node::Term(term) => write!(out, "{term}"),
        }
    }
}

fn list(
    out: &mut fmt::Formatter<'_>,
    nodes: &[Node],
    between: &str,
    group: impl Fn(&Node) -> bool,
) -> fmt::Result {
    for (number, node) in nodes.iter().enumerate() {
        if number > 0 {
            out.write_str(between)?;
        }
        if group(node) {
            write!(out, "({node})")?;
        } else {
            write!(out, "{node}")?;
        }
    }
    Ok(())
}

impl fmt::Display for Term {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.test)
    }
}

impl fmt::Display for Test {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Test::Text(text) => out.write_str(&words(text)),
            Test::Named(field, values) => {
                write!(out, "{}:", field.field().name())?;
                commas(out, values)
            }
            Test::Kind(kinds) => {
                out.write_str("kind:")?;
                commas(out, kinds.iter().map(|kind| kind.word()))
            }
            Test::Date { relation, when, certainly } => {
                match (certainly, relation) {
                    (false, relation) => write!(out, "{}:", relation.field().name())?,
                    (true, Relation::During) => out.write_str("certainly:")?,
                    (true, relation) => write!(out, "certainly:{}:", relation.field().name())?,
                }
                // Commas belong to the date: `{1960,1961-12}`.
                out.write_str(&quoted_unless(when.text(), |text| !text.contains(is_delimiter)))
            }
            Test::Figure(figures) => {
                out.write_str("figure:")?;
                commas(out, figures)
            }
            Test::Has(features) => {
                out.write_str("has:")?;
                commas(out, features.iter().map(|feature| feature.word()))
            }
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.exact {
            out.write_str("=")?;
        }
        out.write_str(&name(&self.text))
    }
}

fn commas<T: fmt::Display>(
    out: &mut fmt::Formatter<'_>,
    items: impl IntoIterator<Item = T>,
) -> fmt::Result {
    for (number, item) in items.into_iter().enumerate() {
        if number > 0 {
            out.write_str(",")?;
        }
        write!(out, "{item}")?;
    }
    Ok(())
}

/// Text to look for, in quotation marks where it would not be read as a word otherwise.
fn words(text: &str) -> String {
    quoted_unless(text, |text| {
        !text.contains(is_delimiter)
            && !text.starts_with('-')
            && !is_keyword(text)
            && !reads_as_field(text)
    })
}

/// A value of a list, in quotation marks where it would not be read as one otherwise.
pub(super) fn name(text: &str) -> String {
    quoted_unless(text, |text| {
        !text.contains(is_delimiter) && !text.contains(',') && !text.starts_with('=')
    })
}

/// In quotation marks unless it is plain.
pub(super) fn quoted_unless(text: &str, plain: impl Fn(&str) -> bool) -> String {
    if !text.is_empty() && plain(text) {
        return text.to_owned();
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
