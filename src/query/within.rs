//! Which of many words a text holds, all looked for at once.

use crate::query::needle::{Marks, folded};

/// Words as letters that branch from a root, by bytes.
pub(super) struct Words {
    /// The root is the first.
    nodes: Vec<Node>,
    /// By its first byte, where a word goes on; the root's own branches, for speed.
    first: Box<[u32; 256]>,
    /// The marks that each word asks for.
    marks: Vec<Marks>,
}

#[derive(Default)]
struct Node {
    branches: Vec<(u8, u32)>,
    /// The words that end here.
    words: Vec<usize>,
}

impl Words {
    /// Words in any case, as a [`Needle`](crate::query::Needle) finds them.
    pub(super) fn new(words: &[&str]) -> Self {
        let mut all = Words {
            nodes: vec![Node::default()],
            first: Box::new([0; 256]),
            marks: Vec::with_capacity(words.len()),
        };
        for (number, word) in words.iter().enumerate() {
            all.add(number, word);
        }
        for (byte, to) in all.nodes.first().into_iter().flat_map(|root| &root.branches) {
            all.first[usize::from(*byte)] = *to;
        }
        all
    }

    fn add(&mut self, number: usize, word: &str) {
        let (letters, marks) = folded(word, false);
        self.marks.push(marks);
        let mut at = 0;
        for byte in letters.bytes() {
            at = self.branch(at, byte).unwrap_or_else(|| {
                // There are no more nodes than bytes typed or named.
                let new = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
                self.nodes.push(Node::default());
                if let Some(node) = self.nodes.get_mut(at as usize) {
                    node.branches.push((byte, new));
                }
                new
            });
        }
        if let Some(node) = self.nodes.get_mut(at as usize) {
            node.words.push(number);
        }
    }

    fn branch(&self, from: u32, byte: u8) -> Option<u32> {
        let branches = &self.nodes.get(from as usize)?.branches;
        branches.iter().find(|(other, _)| *other == byte).map(|(_, to)| *to)
    }

    /// Shows the numbers of the words that stand in a text, one as often as it stands there.
    pub(super) fn within(&self, text: &str, mut see: impl FnMut(usize)) {
        let (letters, marks) = folded(text, false);
        let mut ends = |node: u32, start: usize| {
            let words = self.nodes.get(node as usize).map_or(&[][..], |node| &node.words);
            for number in words {
                let asked = self.marks.get(*number);
                if asked.is_none_or(|asked| asked.is_empty() || asked.are_among(&marks, start)) {
                    see(*number);
                }
            }
        };
        ends(0, 0);
        let bytes = letters.as_bytes();
        for (start, byte) in bytes.iter().enumerate() {
            let mut node = self.first[usize::from(*byte)];
            let mut rest = bytes.iter().skip(start + 1);
            while node != 0 {
                ends(node, start);
                let next = rest.next().and_then(|byte| self.branch(node, *byte));
                node = next.unwrap_or(0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::Needle;

    proptest! {
        #[test]
        fn finds_what_needles_find(
            words in proptest::collection::vec("[aAbsſSς’' éeß\u{301}]{0,4}", 0..8),
            text in "[aAbsſSς’' éeß\u{301}]{0,12}",
        ) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let mut found = Vec::new();
            Words::new(&words).within(&text, |number| found.push(number));
            found.sort_unstable();
            found.dedup();
            let needles = words.iter().map(|word| Needle::any_case(word)).enumerate();
            let naive = needles.filter(|(_, needle)| needle.is_in(&text));
            prop_assert_eq!(found, naive.map(|(number, _)| number).collect::<Vec<_>>());
        }
    }
}
