//! Choosing values in a panel, and chips: both read from a query and written back into it.

use std::collections::BTreeSet;

use crate::model::{Kind, Timeline};
use crate::query::Field;
use crate::query::ast::{NameField, Node, Query, Term, Test, Value};
use crate::query::facets::{Facet, Keys};
use crate::query::resolve::{Set, resolve};

/// Which values of a facet a query lets through: some, or all but some. Values are known by
/// [`Row::key`](crate::query::Row::key).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The values named.
    pub values: BTreeSet<String>,
    /// Whether they are the ones left out.
    pub left_out: bool,
}

impl Choice {
    /// This value alone.
    pub fn only(value: impl Into<String>) -> Self {
        Choice { values: BTreeSet::from([value.into()]), left_out: false }
    }

    /// Whether nothing is chosen, so that everything shows.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Whether a value is ticked. Where nothing is chosen, none is.
    pub fn has(&self, value: &str) -> bool {
        !self.is_empty() && self.values.contains(value) != self.left_out
    }

    /// Ticks a value, or takes its tick away.
    pub fn toggle(&mut self, value: &str) {
        if !self.values.remove(value) {
            self.values.insert(value.to_owned());
        }
        if self.is_empty() {
            self.left_out = false;
        }
    }

    /// Lets through what was left out, and the other way round. Entries without any value, such as
    /// events in a choice of speakers, are let through with those that are not named.
    pub fn invert(&mut self) {
        self.left_out = !self.left_out && !self.is_empty();
    }
}

/// An outermost term of a query, to be shown and taken away by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// To show: `speaker: kirby`, `not tag: war`.
    pub label: String,
    /// As the query language writes it.
    pub text: String,
    /// The field; nothing for words and groups.
    pub field: Option<Field>,
}

impl Query {
    /// What the query chooses of a facet by its outermost terms: words typed loosely count as the
    /// values that they match now. Terms side by side are read as one choice.
    pub fn choice(&self, timeline: &Timeline, facet: Facet) -> Choice {
        let mut named = BTreeSet::new();
        let mut left_out = BTreeSet::new();
        let mut chooses = false;
        let keys = Keys::new(timeline, facet);
        for node in self.outermost().iter().filter(|node| is_own(node, facet)) {
            let (Node::Term(term), negated) = strip(node) else { continue };
            let numbers = named_by(timeline, &term.test);
            let values = keys.which(|number| numbers.has(number)).map(str::to_owned);
            if negated {
                left_out.extend(values);
            } else {
                chooses = true;
                named.extend(values);
            }
        }
        if chooses {
            Choice { values: &named - &left_out, left_out: false }
        } else {
            Choice { left_out: !left_out.is_empty(), values: left_out }
        }
    }

    /// The query with this choice in place of the one that it makes. A choice of nothing takes the
    /// facet's terms away.
    pub fn with_choice(&self, facet: Facet, choice: &Choice) -> Query {
        let mut chosen = written(facet, choice);
        let mut nodes = Vec::new();
        for node in self.outermost() {
            if is_own(node, facet) {
                nodes.extend(chosen.take());
            } else {
                nodes.push(node.clone());
            }
        }
        nodes.extend(chosen);
        Query { root: Node::all(nodes) }
    }

    /// The query without the outermost terms that choose among a facet's values.
    pub fn without(&self, facet: Facet) -> Query {
        self.with_choice(facet, &Choice::default())
    }

    /// The outermost terms, in order.
    pub fn chips(&self) -> Vec<Chip> {
        self.outermost().iter().map(chip).collect()
    }

    /// The query narrowed by another.
    pub fn and(&self, other: &Query) -> Query {
        Query { root: Node::all(vec![self.root.clone(), other.root.clone()]) }
    }
}

/// A node without the negation around it, and whether there was one.
fn strip(node: &Node) -> (&Node, bool) {
    match node {
        Node::Not(inner) => (inner, true),
        other => (other, false),
    }
}

/// Whether a node is a term of the facet.
fn is_own(node: &Node, facet: Facet) -> bool {
    matches!(strip(node).0, Node::Term(term) if term.test.field() == Some(facet.field()))
}

/// The numbers of a facet's values that a test of the facet names.
fn named_by(timeline: &Timeline, test: &Test) -> Set {
    match test {
        Test::Named(field, values) => resolve(timeline, *field, values),
        Test::Kind(kinds) => Kind::ALL.iter().map(|kind| kinds.contains(kind)).collect(),
        _ => Set::default(),
    }
}

/// A choice as a term; nothing where nothing is chosen.
fn written(facet: Facet, choice: &Choice) -> Option<Node> {
    if choice.is_empty() {
        return None;
    }
    let exactly = |field| {
        let value = |text: &String| Value { text: text.clone(), exact: true, span: 0..0 };
        Test::Named(field, choice.values.iter().map(value).collect())
    };
    let test = match facet {
        Facet::Speaker => exactly(NameField::Speaker),
        Facet::Tag => exactly(NameField::Tag),
        Facet::Source => exactly(NameField::Source),
        Facet::Place => exactly(NameField::Place),
        Facet::Kind => {
            let named = |kind: &Kind| choice.values.contains(kind.word());
            Test::Kind(Kind::ALL.into_iter().filter(named).collect())
        }
    };
    let term = Node::Term(Term { test, span: 0..0 });
    Some(if choice.left_out { Node::Not(Box::new(term)) } else { term })
}

fn chip(node: &Node) -> Chip {
    let (inner, negated) = strip(node);
    let field = match inner {
        Node::Term(term) => term.test.field(),
        _ => None,
    };
    let asked = match inner {
        Node::Term(term) => label(&term.test),
        other => other.to_string(),
    };
    let label = if negated { format!("not {asked}") } else { asked };
    Chip { label, text: node.to_string(), field }
}

fn label(test: &Test) -> String {
    match test {
        Test::Named(field, values) => {
            let names: Vec<&str> = values.iter().map(|value| value.text.as_str()).collect();
            format!("{}: {}", field.field().name(), names.join(", "))
        }
        Test::Text(text) => format!("“{text}”"),
        other => match other.to_string().split_once(':') {
            Some((field, rest)) => format!("{field}: {}", rest.replace(',', ", ")),
            None => other.to_string(),
        },
    }
}

impl Test {
    /// The field that it stands under; nothing for words.
    pub fn field(&self) -> Option<Field> {
        match self {
            Test::Text(_) => None,
            Test::Named(field, _) => Some(field.field()),
            Test::Kind(_) => Some(Field::Kind),
            Test::Date { certainly: true, .. } => Some(Field::Certainly),
            Test::Date { relation, .. } => Some(relation.field()),
            Test::Figure(_) => Some(Field::Figure),
            Test::Has(_) => Some(Field::Has),
        }
    }
}
