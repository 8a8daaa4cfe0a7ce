//! The date beside an entry, and the mark that shows how well it is known.
//!
//! ```text
//! May  1   ●    to the day          ■    an event, to the day
//! Nov      ◐    to the month        ◧    an event, to the month
//! 1984     ○    to the year         □    an event, to the year or vaguer
//!          ○~   approximate         ○?   uncertain
//! ```

use crate::model::{EntryIndex, Kind, Timeline};
use crate::when::{Day, Edge, Precision, When, civil, month_short, year};

/// The widest label beside an entry, in cells.
pub const LABEL: usize = 7;

/// Whether a terminal can show more than ASCII.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Glyphs {
    /// Any character.
    #[default]
    Unicode,
    /// Only ASCII.
    Ascii,
}

/// The mark of an entry: its kind, and how well its date is known. One cell wide.
pub fn mark(kind: Kind, precision: Precision, glyphs: Glyphs) -> char {
    match (glyphs, kind, precision) {
        (Glyphs::Unicode, Kind::Statement, Precision::Day) => '●',
        (Glyphs::Unicode, Kind::Statement, Precision::Month | Precision::Season) => '◐',
        (Glyphs::Unicode, Kind::Statement, _) => '○',
        (Glyphs::Unicode, Kind::Event, Precision::Day) => '■',
        (Glyphs::Unicode, Kind::Event, Precision::Month | Precision::Season) => '◧',
        (Glyphs::Unicode, Kind::Event, _) => '□',
        (Glyphs::Ascii, Kind::Statement, Precision::Day) => '*',
        (Glyphs::Ascii, Kind::Statement, Precision::Month | Precision::Season) => 'o',
        (Glyphs::Ascii, Kind::Statement, _) => '.',
        (Glyphs::Ascii, Kind::Event, Precision::Day) => '#',
        (Glyphs::Ascii, Kind::Event, Precision::Month | Precision::Season) => '=',
        (Glyphs::Ascii, Kind::Event, _) => '-',
    }
}

/// What stands behind the mark: `~` approximate, `?` uncertain, `%` both, else a space.
pub fn qualifier(date: &When) -> char {
    match (date.is_approximate(), date.is_uncertain()) {
        (true, true) => '%',
        (true, false) => '~',
        (false, true) => '?',
        (false, false) => ' ',
    }
}

/// The day at which an entry stands on the timeline: its first possible one, or its last where
/// its beginning is not known.
pub fn standing(timeline: &Timeline, entry: EntryIndex) -> Option<Day> {
    if timeline.is_undated(entry) {
        return None;
    }
    match timeline.earliest(entry) {
        Edge::Day(day) => Some(day),
        Edge::Unknown => timeline.latest(entry).day(),
        Edge::Open => None,
    }
}

/// The heading under which an entry stands: its year, `undated`, or `earlier` for what has no
/// beginning.
pub fn heading(timeline: &Timeline, entry: EntryIndex) -> String {
    match standing(timeline, entry) {
        Some(day) => year(civil(day).year),
        None if timeline.is_undated(entry) => "undated".to_owned(),
        None => "earlier".to_owned(),
    }
}

/// The date within its year, in at most [`LABEL`] cells.
pub fn label(timeline: &Timeline, entry: EntryIndex) -> String {
    let Some(day) = standing(timeline, entry) else { return String::new() };
    let date = &timeline.date(entry);
    let at = civil(day);
    if date.is_interval() {
        // What began at an unknown time stands where it ended.
        let (first, last) = date.start_span().or(date.end_span()).unwrap_or((day, day));
        return match last.saturating_sub(first) {
            0 => day_label(at.month, at.day),
            1..=31 => month_short(at.month).to_owned(),
            _ => year_label(at.year),
        };
    }
    match date.precision() {
        Precision::Day if date.earliest() == date.latest() => day_label(at.month, at.day),
        Precision::Day => format!("{} day", month_short(at.month)),
        Precision::Month => month_short(at.month).to_owned(),
        Precision::Season => season_label(date, at.month),
        Precision::Year => year_label(at.year),
        Precision::Vague | Precision::Undated => vague_label(date),
    }
}

/// A year, without its era where there is no room for it: the heading above tells it.
fn year_label(number: i64) -> String {
    let whole = year(number);
    match whole.split_once(' ') {
        Some((bare, _)) if whole.len() > LABEL => bare.to_owned(),
        _ => whole,
    }
}

fn day_label(month: u8, day: u8) -> String {
    format!("{} {day:>2}", month_short(month))
}

/// `spring`, `Q3`, or the month in which another part of a year begins. The numbers are those of
/// ISO 8601-2:2019, 4.8.
fn season_label(date: &When, month: u8) -> String {
    match date.season_code() {
        Some(21 | 25 | 29) => "spring".to_owned(),
        Some(22 | 26 | 30) => "summer".to_owned(),
        Some(23 | 27 | 31) => "autumn".to_owned(),
        Some(24 | 28 | 32) => "winter".to_owned(),
        Some(quarter @ 33..=36) => format!("Q{}", quarter - 32),
        Some(third @ 37..=39) => format!("third {}", third - 36),
        Some(half @ 40..=41) => format!("half {}", half - 39),
        _ => format!("{}…", month_short(month)),
    }
}

/// What has no name of its own this short goes by its years: `1560s`, or the EDTF itself.
fn vague_label(date: &When) -> String {
    let reading = date.reading();
    let bare = reading.trim_start_matches("the ").trim_start_matches("about ");
    if bare.len() <= LABEL {
        bare.to_owned()
    } else {
        crate::text::clip(date.text(), LABEL).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Entry, TimelineBuilder};

    #[test]
    fn labels_say_no_more_than_the_date() {
        for (date, above, beside) in [
            ("2023-05-01", "2023", "May  1"),
            ("2022-11", "2022", "Nov"),
            ("1984", "1984", "1984"),
            ("2003-02/2006-07", "2003", "Feb"),
            ("2003/2006", "2003", "2003"),
            // Not the last day on which it may have ended.
            ("/2006", "2006", "2006"),
            ("/2006-07", "2006", "Jul"),
            ("/2006-07-04", "2006", "Jul  4"),
            ("../2022-12", "earlier", ""),
            ("-0043", "44 BCE", "44 BCE"),
            // The heading has room for the era.
            ("-3000", "3001 BCE", "3001"),
            ("XXXX", "undated", ""),
        ] {
            let mut builder = TimelineBuilder::new();
            builder.entry(Entry::new(Kind::Event, "a", When::parse(date).unwrap(), date), 1);
            let timeline = builder.build();
            let label = label(&timeline, EntryIndex(0));
            assert_eq!(
                (heading(&timeline, EntryIndex(0)).as_str(), label.as_str()),
                (above, beside)
            );
        }
    }
}
