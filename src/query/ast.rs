//! A query as a tree of terms.

use std::ops::Range;

use crate::model::Kind;
use crate::query::figure::FigureTest;
use crate::query::needle::Needle;
use crate::query::{Field, QueryError, parse};
use crate::when::When;

/// What narrows the timeline. Two queries are equal if they ask the same in the same order,
/// wherever their terms stood in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    pub(super) root: Node,
}

/// The query that everything matches.
impl Default for Query {
    fn default() -> Self {
        Query { root: Node::All(Vec::new()) }
    }
}

impl Query {
    /// Reads a query; nothing at all is the query that everything matches.
    ///
    /// # Errors
    ///
    /// What is wrong, where, and what was expected.
    pub fn parse(text: &str) -> Result<Query, QueryError> {
        parse::parse(text).map(|root| Query { root })
    }

    /// The tree.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// Whether it narrows nothing.
    pub fn is_empty(&self) -> bool {
        matches!(&self.root, Node::All(nodes) if nodes.is_empty())
    }

    /// The words that make an entry match, to be marked where they stand. Those that are left out
    /// by `-` are not among them.
    pub fn needles(&self) -> Vec<Needle> {
        let mut needles = Vec::new();
        self.root.walk(true, &mut |term, wanted| {
            if let (Test::Text(text), true) = (&term.test, wanted) {
                needles.push(Needle::any_case(text));
            }
        });
        needles
    }

    /// The terms and groups that all have to match.
    pub(super) fn outermost(&self) -> &[Node] {
        match &self.root {
            Node::All(nodes) => nodes,
            other => std::slice::from_ref(other),
        }
    }
}

/// A part of a query.
///
/// The parser keeps a tree flat: no `All` directly within an `All`, no `Any` within an `Any`, and
/// neither with a single part.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Everything in it matches. With nothing in it: always.
    All(Vec<Node>),
    /// Something in it matches.
    Any(Vec<Node>),
    /// What is in it does not match.
    Not(Box<Node>),
    /// One test.
    Term(Term),
}

impl Node {
    /// All of these, flat.
    pub(super) fn all(nodes: Vec<Node>) -> Node {
        let mut flat = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Node::All(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.len() == 1 { flat.remove(0) } else { Node::All(flat) }
    }

    /// Any of these, flat.
    pub(super) fn any(nodes: Vec<Node>) -> Node {
        let mut flat = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Node::Any(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.len() == 1 { flat.remove(0) } else { Node::Any(flat) }
    }

    /// Shows every term, and whether it is wanted or left out.
    pub(super) fn walk<'a>(&'a self, wanted: bool, see: &mut impl FnMut(&'a Term, bool)) {
        match self {
            Node::All(nodes) | Node::Any(nodes) => {
                nodes.iter().for_each(|node| node.walk(wanted, see));
            }
            Node::Not(node) => node.walk(!wanted, see),
            Node::Term(term) => see(term, wanted),
        }
    }
}

/// One test, and where it stands in the text.
#[derive(Clone, Debug)]
pub struct Term {
    /// What is asked.
    pub test: Test,
    /// In bytes, with the field's name; `0..0` for a term that no text holds.
    pub span: Range<usize>,
}

/// Where a term stands is no part of what it asks.
impl PartialEq for Term {
    fn eq(&self, other: &Self) -> bool {
        self.test == other.test
    }
}

/// What a term asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// Whether these words stand anywhere in the record, in one piece.
    Text(String),
    /// Whether something has one of these names.
    Named(NameField, Vec<Value>),
    /// Whether it is of one of these kinds.
    Kind(Vec<Kind>),
    /// How its date lies to another.
    Date {
        /// What is asked about the two.
        relation: Relation,
        /// The other date.
        when: When,
        /// Whether it must be so; otherwise it is enough that it may.
        certainly: bool,
    },
    /// Whether it claims one of these figures.
    Figure(Vec<FigureTest>),
    /// Whether the record holds one of these.
    Has(Vec<Feature>),
}

/// The fields whose values are names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameField {
    /// Who said it.
    Speaker,
    /// A subject.
    Tag,
    /// Where a reader can check it.
    Source,
    /// The entry's place.
    Place,
    /// Who passed the words on.
    Via,
    /// The entry's id.
    Id,
}

impl NameField {
    /// The field of the language.
    pub fn field(self) -> Field {
        match self {
            NameField::Speaker => Field::Speaker,
            NameField::Tag => Field::Tag,
            NameField::Source => Field::Source,
            NameField::Place => Field::Place,
            NameField::Via => Field::Via,
            NameField::Id => Field::Id,
        }
    }

    /// What has the names: `via` asks about speakers.
    pub fn noun(self) -> &'static str {
        match self {
            NameField::Via => "speaker",
            NameField::Id => "entry",
            other => other.field().name(),
        }
    }
}

/// A name to look for.
#[derive(Clone, Debug)]
pub struct Value {
    /// The name, or a part of it.
    pub text: String,
    /// Whether it is the whole name or id, to the letter: written `=name`.
    pub exact: bool,
    /// In bytes; `0..0` for a value that no text holds.
    pub span: Range<usize>,
}

/// Where a value stands is no part of what it asks.
impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.exact == other.exact
    }
}

/// How the date of an entry lies to another date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Begun after its last day.
    After,
    /// Over before its first day.
    Before,
    /// Begun on its first day or later.
    Since,
    /// Over by its last day.
    Until,
    /// The same as [`Relation::During`]; reads better with a day.
    On,
    /// On a day that it covers.
    During,
}

impl Relation {
    /// Every relation.
    pub const ALL: [Relation; 6] = [
        Relation::After,
        Relation::Before,
        Relation::Since,
        Relation::Until,
        Relation::On,
        Relation::During,
    ];

    /// The field of the language.
    pub fn field(self) -> Field {
        match self {
            Relation::After => Field::After,
            Relation::Before => Field::Before,
            Relation::Since => Field::Since,
            Relation::Until => Field::Until,
            Relation::On => Field::On,
            Relation::During => Field::During,
        }
    }
}

/// What a record may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Feature {
    /// Verbatim words.
    Quote,
    /// Reported speech.
    Paraphrase,
    /// Words that somebody passed on.
    Relay,
    /// A claimed number.
    Figure,
    /// What the speaker rests it on.
    Basis,
    /// The curator's own words.
    Note,
    /// A source.
    Source,
    /// A source with an address on the web.
    Url,
    /// A place.
    Place,
    /// A subject.
    Tag,
    /// Somebody who said it.
    Speaker,
    /// A connection to another entry, from either side.
    Related,
    /// Another entry that disputes it.
    Dispute,
    /// Another entry that takes it back.
    Retracted,
    /// Another entry that takes its place.
    Superseded,
}

impl Feature {
    /// Every feature, in the order of the documentation.
    pub const ALL: [Feature; 15] = [
        Feature::Quote,
        Feature::Paraphrase,
        Feature::Relay,
        Feature::Figure,
        Feature::Basis,
        Feature::Note,
        Feature::Source,
        Feature::Url,
        Feature::Place,
        Feature::Tag,
        Feature::Speaker,
        Feature::Related,
        Feature::Dispute,
        Feature::Retracted,
        Feature::Superseded,
    ];

    /// The word after `has:`.
    pub fn word(self) -> &'static str {
        match self {
            Feature::Quote => "quote",
            Feature::Paraphrase => "paraphrase",
            Feature::Relay => "relay",
            Feature::Figure => "figure",
            Feature::Basis => "basis",
            Feature::Note => "note",
            Feature::Source => "source",
            Feature::Url => "url",
            Feature::Place => "place",
            Feature::Tag => "tag",
            Feature::Speaker => "speaker",
            Feature::Related => "related",
            Feature::Dispute => "dispute",
            Feature::Retracted => "retracted",
            Feature::Superseded => "superseded",
        }
    }

    /// What an entry with it has.
    pub fn about(self) -> &'static str {
        match self {
            Feature::Quote => "verbatim words",
            Feature::Paraphrase => "reported speech",
            Feature::Relay => "words that somebody passed on",
            Feature::Figure => "a claimed number",
            Feature::Basis => "what the speaker rests it on",
            Feature::Note => "the curator's own words",
            Feature::Source => "a source",
            Feature::Url => "a source with an address on the web",
            Feature::Place => "a place",
            Feature::Tag => "a tag",
            Feature::Speaker => "somebody who said it",
            Feature::Related => "a connection to another entry",
            Feature::Dispute => "another entry that disputes it",
            Feature::Retracted => "another entry that takes it back",
            Feature::Superseded => "another entry that takes its place",
        }
    }

    /// The feature with this word in any case; the plural and `via` do as well.
    pub fn find(word: &str) -> Option<Feature> {
        let word = word.to_lowercase();
        if word == "via" {
            return Some(Feature::Relay);
        }
        Feature::ALL.into_iter().find(|feature| {
            word == feature.word() || word.strip_suffix('s') == Some(feature.word())
        })
    }
}
