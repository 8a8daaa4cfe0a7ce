//! The mouse, as far as the program listens to it.

/// What was done with it, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What was done.
    pub kind: MouseKind,
    /// The column, from 0 on the left.
    pub column: u16,
    /// The row, from 0 at the top.
    pub row: u16,
}

/// What was done with the left button or the wheel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// The button was pressed.
    Press,
    /// It was moved with the button down.
    Drag,
    /// The button was let go.
    Release,
    /// The wheel was turned towards the user.
    WheelDown,
    /// The wheel was turned away.
    WheelUp,
}
