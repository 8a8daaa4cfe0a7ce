//! Whether two claims are one: where somebody passes on what another said, there is nothing to hold
//! against one another.

use crate::model::{EntryIndex, How, Timeline};

/// How two claims are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kin {
    /// The first passes on the other.
    First,
    /// The other passes on the first.
    Other,
    /// Both pass on a third.
    Both,
}

impl Kin {
    /// In words, of the first and another.
    pub(super) fn sentence(self, other: &str) -> String {
        let who = match self {
            Kin::First => format!("The first passes on the {other}"),
            Kin::Other => format!("The {other} passes on the first"),
            Kin::Both => format!("The first and the {other} pass on the same claim"),
        };
        format!("{who}: they are one claim, not two, and no ratio is given.")
    }
}

/// How the claims of two entries are one; nothing where each speaks for itself.
pub(super) fn passed_on(timeline: &Timeline, first: EntryIndex, other: EntryIndex) -> Option<Kin> {
    if first == other {
        return None;
    }
    let (ours, theirs) = (passed_by(timeline, first), passed_by(timeline, other));
    if ours.contains(&other) {
        Some(Kin::First)
    } else if theirs.contains(&first) {
        Some(Kin::Other)
    } else {
        ours.iter().any(|entry| theirs.contains(entry)).then_some(Kin::Both)
    }
}

/// What an entry passes on, and what that does in turn. However the relations run, it ends.
fn passed_by(timeline: &Timeline, entry: EntryIndex) -> Vec<EntryIndex> {
    let mut found = Vec::new();
    let mut open = vec![entry];
    while let Some(next) = open.pop() {
        for link in timeline.links_of(next) {
            if link.how == How::PassesOn && !link.back && !found.contains(&link.to) {
                found.push(link.to);
                open.push(link.to);
            }
        }
    }
    found
}
