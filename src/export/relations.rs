//! What an export may say of an entry's connections to others.
//!
//! Who leaves an entry out of an export means that none of its words leave the house: not its
//! headline, its id, its speaker or its quotes. A connection to such an entry is counted, no more.
//! One thing is said all the same, because whoever reads the export is misled without it: that an
//! entry was retracted or superseded, and of what date the entry is that does so. A date has no
//! words.
//!
//! Every format asks here, and none looks at the links of an entry itself.

use crate::model::{EntryIndex, How, Link, Timeline};
use crate::when::When;

/// What an entry goes by of which nothing may be said.
pub(crate) const OUTSIDE: &str = "an entry that is not in this export";

/// The entries whose words may be said.
#[derive(Clone, Copy, Debug)]
pub enum Scope<'a> {
    /// All: nothing is taken away.
    All,
    /// These alone, in the timeline's order.
    Only(&'a [EntryIndex]),
}

impl Scope<'_> {
    fn holds(self, index: EntryIndex) -> bool {
        match self {
            Scope::All => true,
            Scope::Only(entries) => entries.binary_search(&index).is_ok(),
        }
    }
}

/// That an entry was taken back, or that another takes its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Withdrawal {
    /// Retracts or supersedes.
    pub how: How,
    /// The date of the entry that does so.
    pub date: When,
    /// That entry, where its words may be said.
    pub by: Option<EntryIndex>,
}

impl Withdrawal {
    /// In a few words: `retracted by Kirby (3 May 2023)`.
    pub fn words(&self, timeline: &Timeline) -> String {
        format!("{} {}", self.how.reading_back(), self.source(timeline))
    }

    /// By whom and when.
    fn source(&self, timeline: &Timeline) -> String {
        let date = self.date.reading();
        match self.by {
            None => format!("{OUTSIDE} ({date})"),
            Some(by) => match timeline.speaker_of(by) {
                Some(speaker) => format!("{} ({date})", timeline.speaker(speaker).short_name()),
                None => format!("“{}” ({date})", timeline.headline(by)),
            },
        }
    }

    /// Without by whom: `retracted (3 May 2023)`.
    pub fn brief(&self) -> String {
        format!("{} ({})", self.how.done().unwrap_or_default(), self.date.reading())
    }
}

/// By which entries an entry is retracted or superseded.
pub fn withdrawals(timeline: &Timeline, scope: Scope<'_>, index: EntryIndex) -> Vec<Withdrawal> {
    let links = timeline.links_of(index).iter().filter(|link| link.withdraws());
    links
        .map(|link| Withdrawal {
            how: link.how,
            date: timeline.date(link.to),
            by: scope.holds(link.to).then_some(link.to),
        })
        .collect()
}

/// What may be said of an entry's connections.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Relations {
    /// Those to entries whose words may be said.
    pub links: Vec<Link>,
    /// What was done to it by entries whose words may not.
    pub withdrawn: Vec<Withdrawal>,
    /// How many more entries it is connected with.
    pub left_out: usize,
}

/// A line about a connection, for people.
pub(super) struct Relation {
    /// What the connection is: `disputed by`.
    pub label: &'static str,
    /// The other entry, where its words may be said.
    pub to: Option<EntryIndex>,
    /// What stands behind the label.
    pub words: String,
    /// Whether it calls the entry into question.
    pub questions: bool,
}

impl Relations {
    /// Those of an entry.
    pub fn of(timeline: &Timeline, scope: Scope<'_>, index: EntryIndex) -> Relations {
        let all = timeline.links_of(index).iter().copied();
        let (links, hidden): (Vec<Link>, Vec<Link>) = all.partition(|link| scope.holds(link.to));
        let mut withdrawn = withdrawals(timeline, scope, index);
        withdrawn.retain(|withdrawal| withdrawal.by.is_none());
        let said = |link: &Link| hidden.iter().any(|same| same.withdraws() && same.to == link.to);
        let mut others: Vec<EntryIndex> =
            hidden.iter().filter(|link| !said(link)).map(|link| link.to).collect();
        others.sort_unstable();
        others.dedup();
        Relations { links, withdrawn, left_out: others.len() }
    }

    /// A line for each, and one for all that are only counted.
    pub fn lines(&self, timeline: &Timeline) -> Vec<Relation> {
        let links = self.links.iter().map(|link| Relation {
            label: link.reading(),
            to: Some(link.to),
            words: named(timeline, link.to),
            questions: link.questions(),
        });
        let withdrawn = self.withdrawn.iter().map(|withdrawal| Relation {
            label: withdrawal.how.reading_back(),
            to: None,
            words: withdrawal.source(timeline),
            questions: withdrawal.how == How::Retracts,
        });
        let mut lines: Vec<Relation> = links.chain(withdrawn).collect();
        lines.extend(self.counted(!lines.is_empty()).map(|words| Relation {
            label: "related",
            to: None,
            words,
            questions: false,
        }));
        lines
    }

    /// How many there are of which nothing else is said; `more` says that others stand before it.
    fn counted(&self, more: bool) -> Option<String> {
        match (self.left_out, more) {
            (0, _) => None,
            (1, false) => Some("1 entry that is not in this export".to_owned()),
            (1, true) => Some("and 1 more that is not in this export".to_owned()),
            (count, false) => Some(format!("{count} entries that are not in this export")),
            (count, true) => Some(format!("and {count} more that are not in this export")),
        }
    }
}

/// Another entry in a few words: who says it, and its headline.
fn named(timeline: &Timeline, index: EntryIndex) -> String {
    let headline = timeline.headline(index);
    match timeline.speaker_of(index) {
        Some(speaker) => format!("{}: {headline}", timeline.speaker(speaker).short_name()),
        None => headline.to_owned(),
    }
}
