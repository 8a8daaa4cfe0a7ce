//! Names that formats give to things: short, plain and each once.

use std::collections::HashSet;

/// Names given out so far.
#[derive(Default)]
pub(super) struct Given {
    given: HashSet<String>,
    reserved: HashSet<String>,
}

impl Given {
    /// A reserved name goes only to the one who asks for that very name first.
    pub(super) fn reserving(names: impl IntoIterator<Item = String>) -> Self {
        Given { given: HashSet::new(), reserved: names.into_iter().collect() }
    }

    /// The name itself for the first who asks for it; then `name-2`, `name-3`.
    pub(super) fn give(&mut self, name: &str) -> String {
        if self.given.insert(name.to_owned()) {
            return name.to_owned();
        }
        let mut number = 2u64;
        loop {
            let next = format!("{name}-{number}");
            if !self.reserved.contains(&next) && self.given.insert(next.clone()) {
                return next;
            }
            number = number.saturating_add(1);
        }
    }

    /// [`Given::give`] for a place where only ASCII letters, digits, `-` and `_` may stand.
    pub(super) fn give_plain(&mut self, name: &str) -> String {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
        let parts = name.split(|letter| !plain(letter)).filter(|part| !part.is_empty());
        let name = parts.collect::<Vec<_>>().join("-");
        self.give(if name.is_empty() { "unnamed" } else { &name })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_given_once() {
        let mut given = Given::reserving(["a", "a", "a-2", "b"].map(str::to_owned));
        let names = ["a", "a", "a-2", "b", "b"].map(|name| given.give(name));
        assert_eq!(names, ["a", "a-3", "a-2", "b", "b-2"]);
    }

    #[test]
    fn plain_names_are_ascii() {
        let mut given = Given::default();
        let names = ["A b", "a: b", "é", "", "x_1", "A-b"].map(|name| given.give_plain(name));
        assert_eq!(names, ["A-b", "a-b", "unnamed", "unnamed-2", "x_1", "A-b-2"]);
    }
}
