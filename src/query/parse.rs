//! Text to a query, or what is wrong with it, where, and what was expected.
//!
//! ```text
//! query    = [ any ]
//! any      = all { "OR" all }
//! all      = unary { [ "AND" ] unary }
//! unary    = ( "-" | "NOT" ) unary | "(" any ")" | term
//! term     = names | kind | has | figures | date | text
//! names    = ( "speaker" | "tag" | "source" | "place" | "via" | "id" ) ":" value { "," value }
//! value    = [ "=" ] ( bare | quotation )
//! kind     = "kind:" ( "statement" | "event" ) { "," … }
//! has      = "has:" feature { "," feature }
//! figures  = "figure:" figure { "," figure }
//! figure   = measure | [ measure ] ( ">" | ">=" | "<" | "<=" | "=" ) number
//!          | [ measure "=" ] number [ ".." number ]
//! measure  = bare | quotation
//! number   = [ "-" ] digits with "," or "_" between groups [ "." digits ] [ "k" | "m" ]
//! date     = ( relation | "certainly" [ ":" relation ] ) ":" edtf
//! relation = "after" | "before" | "since" | "from" | "until" | "to" | "on" | "during"
//! text     = bare | quotation
//! quotation: from `"` to `"` or from `“` to `”`; `\` takes the mark or itself literally
//! bare:      no white space, no `(` `)` `"` `“`; in a list no `,` either
//! ```
//!
//! A field's name is read in any case. A word with a colon is text to look for where no field is
//! meant: `10:30`, `http://x`, `note:` with nothing after it.

use std::fmt;
use std::ops::Range;

use crate::model::Kind;
use crate::query::ast::{Feature, NameField, Node, Relation, Term, Test, Value};
use crate::query::field::{Field, nearest};
use crate::query::figure;
use crate::when::{DateError, When};

/// How deep groups and negations may lie in one another; no person writes more.
const DEEPEST: usize = 64;

/// Why a text is no query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// What is wrong.
    pub message: String,
    /// Where, in bytes, on characters' boundaries. Empty only in an empty place.
    pub span: Range<usize>,
    /// What was expected, or probably meant.
    pub hint: Option<String>,
}

impl fmt::Display for QueryError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(out, "; {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for QueryError {}

/// Reads a whole text.
pub(super) fn parse(text: &str) -> Result<Node, QueryError> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    let node = parser.any()?;
    match parser.peek() {
        None => Ok(node),
        // Only a closing parenthesis ends a group.
        Some(_) => Err(error("nothing to close here", parser.at..parser.at + 1, None)),
    }
}

/// Whether a bare word or value ends before this character.
pub(super) fn is_delimiter(character: char) -> bool {
    character.is_whitespace() || matches!(character, '(' | ')') || closing(character).is_some()
}

/// The mark that closes what this one opens.
fn closing(open: char) -> Option<char> {
    match open {
        '"' => Some('"'),
        '“' => Some('”'),
        _ => None,
    }
}

/// The nearest character's boundary at or before a position.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at = at.saturating_sub(1);
    }
    at
}

/// Whether a bare word is an operator.
pub(super) fn is_keyword(word: &str) -> bool {
    matches!(word, "OR" | "AND" | "NOT")
}

/// Whether a bare word would be taken for a field with a value, be it a wrong one.
pub(super) fn reads_as_field(word: &str) -> bool {
    head(word).is_some()
}

/// The field's name at the start of a word, where it is to be read as one: `10:30` and `http://x`
/// are words to look for, and so is `note:` with nothing after it.
pub(super) fn head(text: &str) -> Option<&str> {
    let (name, rest) =
        text.split_at_checked(text.find(|next: char| !next.is_ascii_alphabetic())?)?;
    let rest = rest.strip_prefix(':')?;
    if name.is_empty() {
        return None;
    }
    let lower = name.bytes().all(|byte| byte.is_ascii_lowercase());
    let valued =
        rest.chars().next().is_some_and(|next| !is_delimiter(next) || closing(next).is_some());
    let unknown = lower && valued && !rest.starts_with("//");
    (Field::find(name).is_some() || unknown).then_some(name)
}

fn error(message: impl Into<String>, span: Range<usize>, hint: Option<String>) -> QueryError {
    QueryError { message: message.into(), span, hint }
}

fn expected(what: impl fmt::Display) -> Option<String> {
    Some(format!("expected {what}"))
}

fn did_you_mean(word: Option<&str>) -> Option<String> {
    word.map(|word| format!("did you mean `{word}`?"))
}

/// Reads a text from left to right. Positions are always on characters' boundaries.
pub(super) struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl<'t> Parser<'t> {
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn position(&self) -> usize {
        self.at
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    /// Takes characters for as long as they are wanted.
    pub(super) fn take(&mut self, wanted: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|character| !wanted(character)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        self.take(char::is_whitespace);
    }

    /// The operator that stands here, if one does.
    fn keyword(&self) -> Option<&'t str> {
        let rest = self.rest();
        let word = rest.get(..rest.find(is_delimiter).unwrap_or(rest.len()))?;
        is_keyword(word).then_some(word)
    }

    fn eat_keyword(&mut self, wanted: &str) -> bool {
        let found = self.keyword() == Some(wanted);
        if found {
            self.at += wanted.len();
        }
        found
    }

    /// Whether nothing that could be a term follows.
    fn at_end_of_group(&self) -> bool {
        matches!(self.peek(), None | Some(')')) || matches!(self.keyword(), Some("OR" | "AND"))
    }

    fn deeper(&mut self, start: usize) -> Result<(), QueryError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(error("too many groups within one another", start..self.at, None));
        }
        Ok(())
    }

    fn any(&mut self) -> Result<Node, QueryError> {
        let mut options = vec![self.all()?];
        loop {
            let start = self.at;
            if !self.eat_keyword("OR") {
                break;
            }
            let operator = start..self.at;
            if matches!(options.last(), Some(Node::All(nodes)) if nodes.is_empty()) {
                return Err(error("nothing stands before `OR`", operator, expected("a term")));
            }
            let option = self.all()?;
            if matches!(&option, Node::All(nodes) if nodes.is_empty()) {
                return Err(error("nothing stands after `OR`", operator, expected("a term")));
            }
            options.push(option);
        }
        Ok(Node::any(options))
    }

    /// What stands side by side; perhaps nothing.
    fn all(&mut self) -> Result<Node, QueryError> {
        let mut nodes = Vec::new();
        loop {
            self.skip_space();
            let start = self.at;
            if self.eat_keyword("AND") {
                let operator = start..self.at;
                self.skip_space();
                if nodes.is_empty() || self.at_end_of_group() {
                    let side = if nodes.is_empty() { "before" } else { "after" };
                    let message = format!("nothing stands {side} `AND`");
                    return Err(error(message, operator, expected("a term")));
                }
            } else if self.at_end_of_group() {
                return Ok(Node::all(nodes));
            }
            nodes.push(self.unary()?);
        }
    }

    fn unary(&mut self) -> Result<Node, QueryError> {
        let start = self.at;
        let sign = if self.eat('-') {
            "-"
        } else if self.eat_keyword("NOT") {
            self.skip_space();
            "NOT"
        } else {
            return self.primary();
        };
        if self.at_end_of_group() || self.peek().is_some_and(char::is_whitespace) {
            let message = format!("`{sign}` leaves out what follows it, and nothing does");
            let hint = expected("a term or a group right after it");
            return Err(error(message, start..start + sign.len(), hint));
        }
        self.deeper(start)?;
        let node = self.unary()?;
        self.depth -= 1;
        Ok(Node::Not(Box::new(node)))
    }

    fn primary(&mut self) -> Result<Node, QueryError> {
        let start = self.at;
        if self.eat('(') {
            return self.group(start);
        }
        let test = if self.peek().is_some_and(|next| closing(next).is_some()) {
            Test::Text(self.quotation()?)
        } else if let Some(name) = head(self.rest()) {
            self.at += name.len() + 1;
            let Some(field) = Field::find(name) else {
                return Err(unknown_field(name, start));
            };
            self.field(field, start)?
        } else {
            Test::Text(self.take(|next| !is_delimiter(next)).to_owned())
        };
        Ok(Node::Term(Term { test, span: start..self.at }))
    }

    fn group(&mut self, start: usize) -> Result<Node, QueryError> {
        self.deeper(start)?;
        let node = self.any()?;
        self.depth -= 1;
        if !self.eat(')') {
            return Err(error("the group is not closed", start..start + 1, expected("`)`")));
        }
        if matches!(&node, Node::All(nodes) if nodes.is_empty()) {
            return Err(error("nothing stands in the group", start..self.at, expected("a term")));
        }
        Ok(node)
    }

    /// Words between quotation marks, in which `\` takes a mark or itself literally.
    pub(super) fn quotation(&mut self) -> Result<String, QueryError> {
        let start = self.at;
        let close = self.peek().and_then(closing).unwrap_or('"');
        let mut words = String::new();
        let mut escaped = false;
        let opening = self.peek().map_or(0, char::len_utf8);
        for (at, character) in self.rest().char_indices().skip(1) {
            if escaped {
                if character != close && character != '\\' {
                    words.push('\\');
                }
                words.push(character);
                escaped = false;
            } else if character == '\\' {
                escaped = true;
            } else if character == close {
                self.at += at + character.len_utf8();
                if words.is_empty() {
                    let message = "nothing stands between the quotation marks";
                    return Err(error(message, start..self.at, expected("words")));
                }
                return Ok(words);
            } else {
                words.push(character);
            }
        }
        let hint = expected(format_args!("`{close}`"));
        Err(error("the quotation is not closed", start..start + opening, hint))
    }

    /// What follows a field's colon. `start` is where its name begins.
    fn field(&mut self, field: Field, start: usize) -> Result<Test, QueryError> {
        match field {
            Field::Speaker => self.names(NameField::Speaker),
            Field::Tag => self.names(NameField::Tag),
            Field::Source => self.names(NameField::Source),
            Field::Place => self.names(NameField::Place),
            Field::Via => self.names(NameField::Via),
            Field::Id => self.names(NameField::Id),
            Field::Kind => Ok(Test::Kind(self.kinds()?)),
            Field::Has => Ok(Test::Has(self.features()?)),
            Field::Figure => {
                Ok(Test::Figure(self.list(Field::Figure, |parser| figure::parse(parser))?))
            }
            Field::Certainly => {
                let inner = head(self.rest())
                    .and_then(|name| Some((relation(Field::find(name)?)?, name.len() + 1)));
                if let Some((relation, length)) = inner {
                    self.at += length;
                    return self.date(relation, true, start);
                }
                self.date(Relation::During, true, start)
            }
            Field::After => self.date(Relation::After, false, start),
            Field::Before => self.date(Relation::Before, false, start),
            Field::Since => self.date(Relation::Since, false, start),
            Field::Until => self.date(Relation::Until, false, start),
            Field::On => self.date(Relation::On, false, start),
            Field::During => self.date(Relation::During, false, start),
        }
    }

    /// One or more values with commas between them.
    fn list<T>(
        &mut self,
        field: Field,
        mut item: impl FnMut(&mut Self) -> Result<T, QueryError>,
    ) -> Result<Vec<T>, QueryError> {
        let mut items = Vec::new();
        loop {
            let before = self.at;
            if self
                .peek()
                .is_none_or(|next| next == ',' || (is_delimiter(next) && closing(next).is_none()))
            {
                let name = field.name();
                let (message, from) = if items.is_empty() {
                    (format!("`{name}:` has no value"), before.saturating_sub(name.len() + 1))
                } else {
                    (
                        format!("a value of `{name}:` is missing after the comma"),
                        before.saturating_sub(1),
                    )
                };
                let hint = expected(format_args!("{}, as in `{}`", field.about(), field.example()));
                return Err(error(message, boundary(self.text, from)..before, hint));
            }
            items.push(item(self)?);
            if !self.eat(',') {
                return Ok(items);
            }
        }
    }

    fn value(&mut self) -> Result<Value, QueryError> {
        let start = self.at;
        let exact = self.eat('=');
        let text = match self.peek() {
            Some(next) if closing(next).is_some() => self.quotation()?,
            _ => self.take(|next| next != ',' && !is_delimiter(next)).to_owned(),
        };
        if text.is_empty() {
            return Err(error("nothing stands after `=`", start..self.at, expected("a name")));
        }
        Ok(Value { text, exact, span: start..self.at })
    }

    fn names(&mut self, field: NameField) -> Result<Test, QueryError> {
        Ok(Test::Named(field, self.list(field.field(), Self::value)?))
    }

    fn kinds(&mut self) -> Result<Vec<Kind>, QueryError> {
        let kinds = self.list(Field::Kind, |parser| {
            let value = parser.value()?;
            let word = value.text.to_lowercase();
            let same = |kind: &Kind| word.strip_suffix('s').unwrap_or(&word) == kind.word();
            Kind::ALL.into_iter().find(same).ok_or_else(|| {
                let near = nearest(&word, Kind::ALL.into_iter().map(Kind::word));
                let hint = did_you_mean(near).or_else(|| expected("`statement` or `event`"));
                error(format!("there is no kind `{}`", value.text), value.span, hint)
            })
        })?;
        Ok(without_repeats(kinds))
    }

    fn features(&mut self) -> Result<Vec<Feature>, QueryError> {
        let features = self.list(Field::Has, |parser| {
            let value = parser.value()?;
            Feature::find(&value.text).ok_or_else(|| {
                let words = || Feature::ALL.into_iter().map(Feature::word);
                let hint = did_you_mean(nearest(&value.text, words())).or_else(|| {
                    expected(format_args!("one of {}", words().collect::<Vec<_>>().join(", ")))
                });
                error(format!("no record has a `{}`", value.text), value.span, hint)
            })
        })?;
        Ok(without_repeats(features))
    }

    fn date(
        &mut self,
        relation: Relation,
        certainly: bool,
        start: usize,
    ) -> Result<Test, QueryError> {
        let from = self.at;
        let quoted = self.peek().is_some_and(|next| closing(next).is_some());
        let text = if quoted {
            self.quotation()?
        } else {
            self.take(|next| !is_delimiter(next)).to_owned()
        };
        if text.is_empty() {
            let name = self.text.get(start..from).unwrap_or_default();
            let hint = expected("a date such as 2022-11, 2023-05-01 or 2022-12/2023-02");
            return Err(error(format!("`{name}` has no date"), start..from, hint));
        }
        match When::parse(&text) {
            Ok(when) => Ok(Test::Date { relation, when, certainly }),
            Err(wrong) => {
                let span = if quoted { from..self.at } else { self.place_of(&wrong, from) };
                let hint = match &wrong.suggestion {
                    Some(meant) => did_you_mean(Some(meant)),
                    None => expected("a date such as 2022-11, 2023-05-01 or 2022-12/2023-02"),
                };
                Err(error(wrong.message, span, hint))
            }
        }
    }

    /// From where a date goes wrong to its end; all of it where that is at its end.
    fn place_of(&self, wrong: &DateError, from: usize) -> Range<usize> {
        let at = from.saturating_add(wrong.offset);
        let inside = at < self.at && self.text.is_char_boundary(at);
        if inside { at..self.at } else { from..self.at }
    }
}

/// The relation that a field asks about, where it is one for dates.
fn relation(field: Field) -> Option<Relation> {
    Relation::ALL.into_iter().find(|relation| relation.field() == field)
}

fn unknown_field(name: &str, start: usize) -> QueryError {
    let near = nearest(name, Field::ALL.into_iter().map(Field::name));
    let hint = did_you_mean(near)
        .or_else(|| Some("to look for the text, put it in quotation marks".to_owned()));
    error(format!("unknown field `{name}`"), start..start + name.len(), hint)
}

fn without_repeats<T: PartialEq>(items: Vec<T>) -> Vec<T> {
    let mut kept = Vec::with_capacity(items.len());
    for item in items {
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    kept
}
