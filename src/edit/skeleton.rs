//! What a new dataset begins with.

/// A commented example that teaches the format: one statement with a quote, a relay and a figure,
/// and one event.
pub const SKELETON: &str = include_str!("../../assets/new.ron");

/// The least that is a dataset.
pub const MINIMAL: &str = "Dataset(
    format: 1,
    title: \"Untitled\",
    speakers: {},
    sources: {},
    entries: [],
)
";
