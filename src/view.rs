//! What a screen shows, computed from the timeline and free of any terminal.
//!
//! Rows, rails and strips are geometry here; colours and cells are left to `tui`.

pub mod axis;
pub mod compare;
pub mod extent;
pub mod figures;
pub mod formats;
pub mod label;
pub mod lanes;
pub mod rails;
pub mod rows;
pub mod ruler;
pub mod shown;
pub mod stats;
pub mod strip;
pub mod svg;
