//! Questions about a date and a time of day: an instant.
//!
//! Two times are held against each other as instants. What has no time may have been at any time
//! of its days, which are taken as days in UTC, and so it is never certain of an instant.

use crate::when::moment::Instant;
use crate::when::relation::{Span, begins_after, ends_before, lies_in};
use crate::when::{Answer, When};

/// Whether it was at an instant.
pub(super) fn during(when: &When, at: Instant) -> Answer {
    match when.facts.instant() {
        Some(own) => own.ask(at, i128::eq),
        None => possible(lies_in(when, Span { first: at.day(), last: at.day(), known: true })),
    }
}

/// Whether all of it was before an instant.
pub(super) fn before(when: &When, at: Instant) -> Answer {
    if let Some(own) = when.facts.instant() {
        return own.ask(at, i128::lt);
    }
    // On the day of the instant it may have been as well, if there is any of that day before it.
    let limit = if at.has_begun() { at.day() + 1 } else { at.day() };
    possible(ends_before(when, limit, true))
}

/// Whether all of it began after an instant.
pub(super) fn after(when: &When, at: Instant) -> Answer {
    if let Some(own) = when.facts.instant() {
        return own.ask(at, i128::gt);
    }
    let limit = if at.has_more() { at.day() - 1 } else { at.day() };
    possible(begins_after(when, limit, true))
}

fn possible(answer: Answer) -> Answer {
    answer.min(Answer::Maybe)
}
