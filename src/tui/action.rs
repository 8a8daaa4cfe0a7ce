//! Actions: what a key asks for, and the only way that state changes.

use serde::Deserialize;

macro_rules! actions {
    ($($name:ident $word:literal),* $(,)?) => {
        /// What a key asks for. What each does is said in `assets/keys.ron`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
        #[allow(missing_docs, reason = "assets/keys.ron says what each does")]
        pub enum Action { $($name),* }

        impl Action {
            /// Every action.
            pub const ALL: &'static [Action] = &[$(Action::$name),*];

            /// Its name in a user's keys and in the palette.
            pub fn word(self) -> &'static str {
                match self { $(Action::$name => $word),* }
            }
        }
    };
}

actions! {
    Down "down",
    Up "up",
    HalfPageDown "half-page-down",
    HalfPageUp "half-page-up",
    PageDown "page-down",
    PageUp "page-up",
    First "first",
    Last "last",
    Open "open",
    Follow "follow",
    DetailDown "record-down",
    DetailUp "record-up",
    NextPane "next-pane",
    NextLink "next-link",
    PreviousLink "previous-link",
    Help "help",
    Cancel "cancel",
    Redraw "redraw",
    Back "back",
    Quit "quit",
}
