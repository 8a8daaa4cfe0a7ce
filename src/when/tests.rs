//! Tests of the whole of `when`, as tables.

mod guess;
pub(crate) mod instants;
mod levels;
mod reading;
mod relation;
mod strange;
