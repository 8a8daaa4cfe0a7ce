//! The keymap: which key asks for which action where, as data.
//!
//! `assets/keys.ron` is the one list; a user's `keys.ron` changes single keys of it. Help, hints
//! and the README's table are made from the result.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::tui::action::Action;
use crate::tui::key::{Key, sequence_name};

/// The keys that come with the program.
const DEFAULT: &str = include_str!("../../assets/keys.ron");

/// Where a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
pub enum Context {
    /// The timeline, in any of its views.
    Timeline,
    /// The timeline as lanes; what has no key of its own there has that of the timeline.
    Lanes,
    /// The table of figures; what has no key of its own there has that of the timeline.
    Figures,
    /// The record of the selected entry.
    Detail,
    /// A list that lies over the screen.
    Panel,
    /// A text that lies over the screen; what has no key of its own there has that of a panel.
    Page,
    /// A line of text being typed.
    Dialog,
}

impl Context {
    /// The context whose keys hold too, where this one has none of its own on them.
    fn below(self) -> Option<Context> {
        match self {
            Context::Lanes | Context::Figures => Some(Context::Timeline),
            Context::Page => Some(Context::Panel),
            Context::Timeline | Context::Detail | Context::Panel | Context::Dialog => None,
        }
    }

    /// This one, then the one below it.
    fn stack(self) -> impl Iterator<Item = Context> {
        std::iter::successors(Some(self), |context| context.below())
    }
}

#[derive(Clone, Debug, Deserialize)]
struct Group(String, Vec<Row>);

/// A line of the keymap: one action, its keys and where they hold.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    run: Action,
    on: Vec<String>,
    #[serde(rename = "in")]
    contexts: Vec<Context>,
    help: String,
    #[serde(default)]
    hint: Option<String>,
    #[serde(default)]
    rank: u8,
    #[serde(default)]
    with: Option<Action>,
}

/// A line of a user's keys.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Override {
    on: String,
    run: String,
    #[serde(rename = "in", default)]
    contexts: Vec<Context>,
}

/// An action as the help lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The action.
    pub action: Action,
    /// Its keys; none where the user took them all away.
    pub keys: Vec<Vec<Key>>,
    /// Where they hold.
    pub contexts: Vec<Context>,
    /// What it does.
    pub help: String,
    /// A word for the bottom bar.
    pub hint: Option<String>,
    /// Where not all hints fit, those of the highest go first.
    pub rank: u8,
    /// The action whose key the bottom bar shows beside this one's.
    pub with: Option<Action>,
    /// The heading under which the help lists it.
    pub group: String,
}

impl Binding {
    /// Its keys as the help shows them: `j, Down`.
    pub fn keys_name(&self) -> String {
        self.keys.iter().map(|keys| sequence_name(keys)).collect::<Vec<_>>().join(", ")
    }
}

/// A hint in the bottom bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint<'k> {
    /// Keys: `j/k`.
    pub keys: String,
    /// A word on what they do.
    pub word: &'k str,
    /// Where not all fit, the highest goes first.
    pub rank: u8,
}

/// What a key means where it is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// An action.
    Run(Action),
    /// The beginning of a longer sequence.
    Prefix,
    /// Nothing.
    Nothing,
}

/// All keys.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

impl Keymap {
    /// The keys that come with the program.
    ///
    /// # Errors
    ///
    /// None, as a test shows; the type is that of any reading.
    pub fn built_in() -> Result<Keymap, String> {
        let groups: Vec<Group> = crate::dataset::ron_options()
            .from_str(DEFAULT)
            .map_err(|error| format!("built-in keys, {}: {}", error.span.start, error.code))?;
        let mut bindings = Vec::new();
        for Group(group, rows) in groups {
            for row in rows {
                let keys = row.on.iter().map(|on| Key::sequence(on)).collect::<Result<_, _>>()?;
                let Row { run: action, contexts, help, hint, rank, with, .. } = row;
                let group = group.clone();
                bindings.push(Binding { action, keys, contexts, help, hint, rank, with, group });
            }
        }
        let keymap = Keymap { bindings };
        keymap.clash().map_or(Ok(keymap), Err)
    }

    /// These keys with a user's own over them. A user's file is a list such as
    /// `[(on: "<c-n>", run: "down"), (on: "d", run: "none", in: [Timeline])]`.
    ///
    /// # Errors
    ///
    /// What is wrong and on which line of the file.
    pub fn with_user(mut self, text: &str) -> Result<Keymap, String> {
        let overrides: Vec<Override> = crate::dataset::ron_options()
            .from_str(text)
            .map_err(|error| format!("line {}: {}", error.span.start.line, error.code))?;
        let lines = lines_of(text);
        let mut seen: Vec<(Context, Vec<Key>, usize)> = Vec::new();
        for (number, change) in overrides.iter().enumerate() {
            let line = lines.get(number).copied().unwrap_or(1);
            let at = |message: String| format!("line {line}: {message}");
            let keys = Key::sequence(&change.on).map_err(at)?;
            let action = action_named(&change.run).map_err(at)?;
            let contexts = self.contexts(change, action).map_err(at)?;
            for context in contexts {
                if let Some((.., first)) =
                    seen.iter().find(|(known, taken, _)| *known == context && *taken == keys)
                {
                    return Err(at(format!(
                        "`{}` is given twice; first on line {first}",
                        change.on
                    )));
                }
                seen.push((context, keys.clone(), line));
                self.set(context, &keys, action);
            }
            if let Some(clash) = self.clash() {
                return Err(at(clash));
            }
        }
        Ok(self)
    }

    /// Where a user's line holds: as it says, else wherever the action is known.
    fn contexts(&self, change: &Override, action: Option<Action>) -> Result<Vec<Context>, String> {
        let Some(action) = action else {
            let all = [
                Context::Timeline,
                Context::Lanes,
                Context::Figures,
                Context::Detail,
                Context::Panel,
                Context::Page,
                Context::Dialog,
            ];
            return Ok(if change.contexts.is_empty() {
                all.into()
            } else {
                change.contexts.clone()
            });
        };
        let known: BTreeSet<Context> = self
            .bindings
            .iter()
            .filter(|binding| binding.action == action)
            .flat_map(|binding| binding.contexts.iter().copied())
            .collect();
        match change.contexts.iter().find(|context| !known.contains(context)) {
            Some(context) => Err(format!("`{}` does nothing in {context:?}", change.run)),
            None if change.contexts.is_empty() => Ok(known.into_iter().collect()),
            None => Ok(change.contexts.clone()),
        }
    }

    fn set(&mut self, context: Context, keys: &[Key], action: Option<Action>) {
        let mut split = Vec::new();
        for binding in &mut self.bindings {
            if !binding.contexts.contains(&context) || !binding.keys.iter().any(|own| own == keys) {
                continue;
            }
            if let [_] = binding.contexts.as_slice() {
                binding.keys.retain(|own| own != keys);
            } else {
                let mut here = binding.clone();
                here.contexts = vec![context];
                here.keys.retain(|own| own != keys);
                binding.contexts.retain(|other| *other != context);
                split.push(here);
            }
        }
        self.bindings.extend(split);
        let Some(action) = action else { return };
        let place = self
            .bindings
            .iter()
            .position(|binding| binding.action == action && binding.contexts.contains(&context));
        let Some(binding) = place.and_then(|at| self.bindings.get_mut(at)) else { return };
        if let [_] = binding.contexts.as_slice() {
            binding.keys.push(keys.to_vec());
        } else {
            let mut here = binding.clone();
            here.contexts = vec![context];
            here.keys.push(keys.to_vec());
            binding.contexts.retain(|other| *other != context);
            self.bindings.push(here);
        }
    }

    /// Two actions on one key, or on a key that begins a longer sequence.
    fn clash(&self) -> Option<String> {
        let mut all: Vec<(Context, &[Key], Action)> = Vec::new();
        for binding in &self.bindings {
            for context in &binding.contexts {
                all.extend(
                    binding.keys.iter().map(|keys| (*context, keys.as_slice(), binding.action)),
                );
            }
        }
        for (number, (context, keys, action)) in all.iter().enumerate() {
            for (other_context, other, other_action) in all.iter().skip(number + 1) {
                let same = context == other_context;
                // A context's own key may hide that of the one below it, but not half of it.
                let over = keys != other
                    && (context.below() == Some(*other_context)
                        || other_context.below() == Some(*context));
                if !(same || over) || !(keys.starts_with(other) || other.starts_with(keys)) {
                    continue;
                }
                return Some(format!(
                    "`{}` for `{}` clashes with `{}` for `{}`",
                    sequence_name(keys),
                    action.word(),
                    sequence_name(other),
                    other_action.word(),
                ));
            }
        }
        None
    }

    /// What a sequence of keys means in a context.
    pub fn meaning(&self, context: Context, keys: &[Key]) -> Meaning {
        let mut meaning = Meaning::Nothing;
        for context in context.stack() {
            for binding in self.bindings.iter().filter(|own| own.contexts.contains(&context)) {
                for own in &binding.keys {
                    if own == keys {
                        return Meaning::Run(binding.action);
                    }
                    if own.starts_with(keys) {
                        meaning = Meaning::Prefix;
                    }
                }
            }
        }
        meaning
    }

    /// Every action with its keys, group by group.
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }

    /// The hints for a context, its own first, in the order of the keymap.
    pub fn hints(&self, context: Context) -> Vec<Hint<'_>> {
        let ends = |action| matches!(action, Action::Help | Action::Back);
        let (mut hints, mut last) = (Vec::new(), Vec::new());
        let bindings = context.stack().flat_map(|at| {
            // In a text there is nothing to choose, as there is in a list.
            let listed = move |action| at == context || context != Context::Page || ends(action);
            self.bindings.iter().filter(move |own| own.contexts.contains(&at) && listed(own.action))
        });
        let mut known = BTreeSet::new();
        for binding in bindings {
            let (Some(word), Some(keys)) = (&binding.hint, binding.keys.first()) else { continue };
            let hidden = self.meaning(context, keys) != Meaning::Run(binding.action);
            if hidden || !known.insert(binding.action) {
                continue;
            }
            let mut keys = sequence_name(keys);
            if let Some(other) = binding.with.and_then(|with| self.keys_of(context, with)) {
                keys = format!("{keys}/{other}");
            }
            let list = if ends(binding.action) { &mut last } else { &mut hints };
            list.push(Hint { keys, word, rank: binding.rank });
        }
        // Help and the way out stand at the end, whatever belongs to the context itself.
        last.sort_by_key(|hint| hint.word != "help");
        hints.append(&mut last);
        hints
    }

    /// The keys that ask for an action anywhere, each once.
    pub fn every_key_of(&self, action: Action) -> Vec<String> {
        let mut names = Vec::new();
        let bindings = self.bindings.iter().filter(|binding| binding.action == action);
        for keys in bindings.flat_map(|binding| &binding.keys) {
            let name = sequence_name(keys);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The keys that ask for an action in a context, as the help shows them.
    pub fn keys_of(&self, context: Context, action: Action) -> Option<String> {
        let here = |at: Context| {
            self.bindings
                .iter()
                .filter(move |binding| binding.action == action && binding.contexts.contains(&at))
        };
        let keys = context.stack().flat_map(here).flat_map(|binding| &binding.keys);
        let mut held = keys.filter(|keys| self.meaning(context, keys) == Meaning::Run(action));
        held.next().map(|keys| sequence_name(keys))
    }
}

fn action_named(name: &str) -> Result<Option<Action>, String> {
    if name == "none" {
        return Ok(None);
    }
    if let Some(action) = Action::ALL.iter().find(|action| action.word() == name) {
        return Ok(Some(*action));
    }
    let near = Action::ALL
        .iter()
        .map(|action| (crate::text::distance(action.word(), name), action.word()))
        .min()
        .filter(|(distance, _)| *distance <= 3);
    Err(match near {
        Some((_, word)) => format!("unknown action `{name}`; did you mean `{word}`?"),
        None => format!("unknown action `{name}`; `dateline keys` lists them all"),
    })
}

/// The line on which each element of a user's list begins. Keys hold no brackets of their own
/// outside strings, so elements begin where a `(` stands outside a string or comment.
fn lines_of(text: &str) -> Vec<usize> {
    let mut lines = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let mut inside = false;
        let mut before = ' ';
        for character in line.chars() {
            match character {
                '"' => inside = !inside,
                '/' if before == '/' && !inside => break,
                '(' if !inside => lines.push(number + 1),
                _ => {}
            }
            before = character;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_keys_are_whole() {
        let keymap = Keymap::built_in().unwrap();
        for action in Action::ALL {
            assert!(
                keymap.bindings().iter().any(|binding| binding.action == *action),
                "{action:?} has no line in assets/keys.ron"
            );
        }
        for binding in keymap.bindings() {
            for keys in &binding.keys {
                let digit = keys
                    .first()
                    .and_then(|key| key.typed())
                    .is_some_and(|key| key.is_ascii_digit());
                assert!(
                    !digit || binding.keys_name() == "0",
                    "digits are counts: {}",
                    binding.keys_name()
                );
            }
        }
    }

    #[test]
    fn a_key_is_told_once() {
        let keymap = Keymap::built_in().unwrap();
        assert_eq!(keymap.every_key_of(Action::Down), ["j", "Down"]);
        assert_eq!(keymap.every_key_of(Action::Back), ["q"]);
    }

    #[test]
    fn a_user_changes_single_keys() {
        let user = r#"[
            (on: "<c-n>", run: "down"),
            (on: "J", run: "none", in: [Timeline]),
            (on: "x", run: "record-down", in: [Timeline]),
        ]"#;
        let keymap = Keymap::built_in().unwrap().with_user(user).unwrap();
        let meaning = |context, text: &str| keymap.meaning(context, &Key::sequence(text).unwrap());
        assert_eq!(meaning(Context::Timeline, "<c-n>"), Meaning::Run(Action::Down));
        assert_eq!(meaning(Context::Timeline, "j"), Meaning::Run(Action::Down));
        assert_eq!(meaning(Context::Timeline, "J"), Meaning::Nothing);
        assert_eq!(meaning(Context::Detail, "J"), Meaning::Run(Action::DetailDown));
        assert_eq!(meaning(Context::Timeline, "x"), Meaning::Run(Action::DetailDown));
        assert_eq!(meaning(Context::Timeline, "g"), Meaning::Prefix);
    }

    #[test]
    fn a_user_s_mistakes_name_their_line() {
        for (user, message) in [
            ("[\n(on: \"x\", run: \"dwn\")]", "line 2: unknown action `dwn`; did you mean `down`?"),
            ("[(on: \"<zz>\", run: \"down\")]", "line 1: `<zz>` is no key"),
            (
                "[\n\n(on: \"gx\", run: \"down\"),\n(on: \"g\", run: \"up\", in: [Timeline])]",
                "line 4: `gg` for `first` clashes with `g` for `up`",
            ),
            (
                "[(on: \"x\", run: \"up\"),\n(on: \"x\", run: \"down\")]",
                "line 2: `x` is given twice; first on line 1",
            ),
            (
                "[(on: \"x\", run: \"follow\", in: [Timeline])]",
                "line 1: `follow` does nothing in Timeline",
            ),
            ("[(on: 5)]", "line 1: "),
        ] {
            let error = Keymap::built_in().unwrap().with_user(user).unwrap_err();
            assert!(error.contains(message), "{error}\nshould say\n{message}");
        }
    }
}
