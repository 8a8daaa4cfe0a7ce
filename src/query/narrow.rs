//! Whether one query lets through nothing that another does not, as while a word is being typed:
//! then only what the other let through need be looked at.

use crate::query::ast::{Node, Query, Test};
use crate::query::needle::Needle;

impl Query {
    /// Whether every entry that this selects is surely one that `other` selects: everything that
    /// has to match in `other` has to match here, or words have to that hold its words.
    pub fn narrows(&self, other: &Query) -> bool {
        let own = self.outermost();
        other.outermost().iter().all(|asked| own.iter().any(|node| implies(node, asked)))
    }

    /// What is left to be tested of entries that `other` selects.
    #[must_use]
    pub fn beyond(&self, other: &Query) -> Query {
        let known = other.outermost();
        let left = self.outermost().iter().filter(|node| !known.contains(node));
        Query { root: Node::All(left.cloned().collect()) }
    }

    /// Whether it looks into the texts of records, for which time grows with their length.
    pub fn reads_texts(&self) -> bool {
        let mut reads = false;
        self.root().walk(true, &mut |term, _| reads |= matches!(term.test, Test::Text(_)));
        reads
    }
}

fn implies(node: &Node, asked: &Node) -> bool {
    if let (Some(words), Some(fewer)) = (words(node), words(asked)) {
        return Needle::any_case(words).narrows(&Needle::any_case(fewer));
    }
    node == asked
}

fn words(node: &Node) -> Option<&str> {
    match node {
        Node::Term(term) => match &term.test {
            Test::Text(words) => Some(words),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_narrows_what_it_adds_to() {
        for (query, other, expected) in [
            ("", "", true),
            ("kirby", "", true),
            ("", "kirby", false),
            ("kirby", "kir", true),
            ("kir", "kirby", false),
            ("KIRBY’S", "kirby's", true),
            ("kirby war", "kir", true),
            ("\"a  b\"", "\"a b\"", true),
            ("speaker:kirby war", "speaker:kirby", true),
            ("speaker:kirby war", "wa speaker:kirby", true),
            ("speaker:kirby", "speaker:ki", false),
            ("-kirby", "-kirby", true),
            // What is left out grows less with a longer word.
            ("-kirby", "-kir", false),
            ("kirby OR war", "kirby", false),
            ("(kirby OR war) x", "kirby OR war", true),
        ] {
            let (query, other) = (Query::parse(query).unwrap(), Query::parse(other).unwrap());
            assert_eq!(query.narrows(&other), expected, "{query} after {other}");
        }
    }

    #[test]
    fn what_was_asked_before_is_not_asked_again() {
        for (query, other, left) in [
            ("the war", "the", "war"),
            ("the war", "the wa", "war"),
            ("the", "the", ""),
            ("the war", "", "the war"),
            ("speaker:kirby -x war", "war speaker:kirby", "-x"),
        ] {
            let (query, other) = (Query::parse(query).unwrap(), Query::parse(other).unwrap());
            assert_eq!(query.beyond(&other).to_string(), left, "{query} after {other}");
        }
    }

    #[test]
    fn words_narrow_what_is_told_apart_no_more_strictly() {
        for (words, other, expected) in [
            ("kirby", "kir", true),
            ("Kirby", "kir", true),
            ("Kirby", "Kir", true),
            ("kirby", "Kir", false),
            ("kirby", "by x", false),
            ("kirby", "", false),
        ] {
            let narrows = Needle::new(words).narrows(&Needle::new(other));
            assert_eq!(narrows, expected, "{words} after {other}");
        }
    }

    #[test]
    fn words_are_read_wherever_they_stand() {
        for (query, reads) in [
            ("", false),
            ("speaker:x", false),
            ("a", true),
            ("-a", true),
            ("has:quote (x OR y)", true),
        ] {
            assert_eq!(Query::parse(query).unwrap().reads_texts(), reads, "{query}");
        }
    }
}
