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
    NextYear "next-year",
    PreviousYear "previous-year",
    NextGap "next-gap",
    PreviousGap "previous-gap",
    GoToDate "go-to-date",
    ShowTimeline "show-timeline",
    ShowLanes "show-lanes",
    ShowFigures "show-figures",
    NextView "next-view",
    PreviousEntry "previous-entry",
    NextEntry "next-entry",
    PreviousInLane "previous-in-lane",
    NextInLane "next-in-lane",
    ZoomIn "zoom-in",
    ZoomOut "zoom-out",
    ZoomAll "zoom-all",
    PanLeft "pan-left",
    PanRight "pan-right",
    LanesBy "lanes-by",
    LaneOrder "lane-order",
    Fold "fold",
    PreviousMeasure "previous-measure",
    NextMeasure "next-measure",
    SortBy "sort-by",
    SortReverse "sort-reverse",
    MarkFigure "mark-figure",
    Compare "compare",
    Open "open",
    Follow "follow",
    DetailDown "record-down",
    DetailUp "record-up",
    NextPane "next-pane",
    NextLink "next-link",
    PreviousLink "previous-link",
    JumpBack "jump-back",
    OpenSource "open-source",
    Filter "filter",
    FilterSpeaker "filter-speaker",
    FilterTag "filter-tag",
    Facets "facets",
    Undo "undo",
    Redo "redo",
    ClearFilter "clear-filter",
    Search "search",
    NextMatch "next-match",
    PreviousMatch "previous-match",
    Toggle "toggle",
    Only "only",
    All "all",
    Invert "invert",
    NextFacet "next-facet",
    PreviousFacet "previous-facet",
    Narrow "narrow",
    Range "range",
    SelectAll "select-all",
    SwapEnds "swap-ends",
    Export "export",
    Copy "copy",
    CopyRecord "copy-record",
    Pipe "pipe",
    Edit "edit",
    AddEntry "add-entry",
    EditEntry "edit-entry",
    DeleteEntry "delete-entry",
    SetMark "set-mark",
    GoToMark "go-to-mark",
    Marks "marks",
    Palette "palette",
    Help "help",
    Accept "accept",
    Cancel "cancel",
    Complete "complete",
    PreviousField "previous-field",
    Save "save",
    Earlier "earlier",
    Later "later",
    EditLeft "edit-left",
    EditRight "edit-right",
    EditWordLeft "edit-word-left",
    EditWordRight "edit-word-right",
    EditStart "edit-start",
    EditEnd "edit-end",
    EditBackspace "edit-backspace",
    EditDelete "edit-delete",
    EditDeleteWord "edit-delete-word",
    EditDeleteLine "edit-delete-line",
    Wider "wider",
    Narrower "narrower",
    Reload "reload",
    Redraw "redraw",
    Suspend "suspend",
    Back "back",
    Quit "quit",
}
