//! What the end-to-end tests share: running the real program with pipes or in a terminal, and
//! small datasets to give it.

#![allow(dead_code, reason = "each test program uses a part of it")]

pub mod datasets;
pub mod program;
pub mod terminal;
