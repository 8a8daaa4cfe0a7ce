//! Datasets for tests, as text.

/// Ten mistakes of ten kinds, each on a line that says so.
pub const TEN_MISTAKES: &str = include_str!("../data/ten-mistakes.ron");

/// The dataset that comes with the program.
pub const CURATED: &str = include_str!("../../data/bakhmut.ron");

/// A dataset with these entries, one speaker and one source.
pub fn dataset(entries: &str) -> String {
    format!(
        r#"Dataset(
    format: 1,
    title: "A test",
    speakers: {{ "kirby": Speaker(name: "John Kirby", role: "Spokesman") }},
    sources: {{ "article": Source(title: "A report", published: "2023-05-01", kind: Article) }},
    entries: [
{entries}    ],
)
"#
    )
}

/// A statement by the one speaker.
pub fn statement(id: &str, date: &str, headline: &str) -> String {
    format!(
        "        Statement(id: {id:?}, date: {date:?}, headline: {headline:?}, speaker: \"kirby\", \
         sources: [\"article\"]),\n"
    )
}

/// A dataset of one statement.
pub fn one_entry() -> String {
    dataset(&statement("only", "2023-05-01", "The only entry"))
}

/// A dataset without entries.
pub fn no_entries() -> String {
    "Dataset(format: 1, title: \"Nothing yet\", entries: [])\n".to_owned()
}

/// A dataset in which no entry is sound.
pub fn all_broken() -> String {
    dataset(&statement("broken", "in May", "No date"))
}

/// A dataset of `count` statements `entry-1`, `entry-2`, …, a day apart and in order of date.
pub fn many(count: usize) -> String {
    let mut entries = String::new();
    for number in 0..count {
        let (year, month, day) = (1900 + number / 336, number / 28 % 12 + 1, number % 28 + 1);
        entries.push_str(&statement(
            &format!("entry-{}", number + 1),
            &format!("{year}-{month:02}-{day:02}"),
            &format!("Headline {}", number + 1),
        ));
    }
    dataset(&entries)
}
