//! The language as a whole: what queries select, what is wrong with those that are wrong, and what
//! holds for all of them.

mod choices;
mod completion;
mod errors;
mod properties;
mod selection;
mod written;
