//! What the mouse does.

/// A move of the left button, or of the wheel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub kind: MouseKind,
    /// The column, in cells from 0.
    pub column: u16,
    /// The row, in cells from 0.
    pub row: u16,
}

/// What the mouse can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button goes down.
    Press,
    /// The mouse moves while it is down.
    Drag,
    /// It comes up.
    Release,
    /// The wheel turns away from the user.
    WheelUp,
    /// The wheel turns towards the user.
    WheelDown,
}
