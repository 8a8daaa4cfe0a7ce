//! Entries as text to take away. One format a file.

pub mod record;
