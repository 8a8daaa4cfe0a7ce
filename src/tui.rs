//! Terminal in and out: keys to actions, actions to state, state to cells.
//!
//! ```text
//! key ─ keymap ─→ Action ─ update ─→ State ─ draw ─→ Frame
//! ```
//!
//! What is shown, and where, is worked out in `view`; only this module names a terminal.

pub mod action;
pub mod change;
pub mod draw;
pub mod effect;
pub mod field;
pub mod filter;
pub mod input;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod list;
pub mod look;
pub mod mouse;
pub mod outside;
pub mod overlay;
pub mod place;
pub mod rows;
pub mod screenshot;
pub mod state;
pub mod terminal;
pub mod theme;
pub mod update;
pub mod views;

#[cfg(test)]
mod tests;
