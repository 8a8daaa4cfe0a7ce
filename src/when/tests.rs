//! Tests of the whole of `when`, as tables.

mod guess;
mod levels;
mod reading;
mod relation;
mod strange;
