//! The record of who said what, when, and according to whom.
//!
//! Data flows one way, and a module uses only modules above it in this list:
//!
//! - [`text`]: text in columns: made harmless, measured, wrapped; and which texts are the same
//! - [`html`]: what a page of HTML shows, and the character set it is written in
//! - [`signals`]: signals that end the program, in order
//! - [`files`]: files written whole or not at all
//! - [`when`]: dates that say only what is known
//! - [`model`]: the timeline in memory
//! - [`dataset`]: RON text to model, with every problem and its place
//! - [`query`]: what narrows a timeline
//! - [`export`]: entries to text, Markdown, …
//! - [`edit`]: entries put into, changed in and taken out of a dataset's text
//! - [`verify`]: quotes against the archived text of their sources
//! - [`import`]: other formats to a dataset
//! - [`view`]: what a screen shows, free of any terminal
//! - [`folders`]: where the program's own files lie
//! - [`memory`]: what is kept between runs
//! - [`log`]: a trace for reports of bugs, on request
//! - [`tui`]: terminal in and out
//! - [`cli`]: arguments, subcommands, exit codes

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod cli;
pub mod dataset;
pub mod edit;
pub mod export;
pub mod files;
pub mod folders;
pub mod html;
pub mod import;
pub mod log;
pub mod memory;
pub mod model;
pub mod query;
pub mod signals;
pub mod text;
pub mod tui;
pub mod verify;
pub mod view;
pub mod when;
